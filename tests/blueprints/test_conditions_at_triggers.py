"""When a trigger fires, the entities and conditions beside it already say the same."""

import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from ..setup import ANNA, GYM
from .driving import Drive

SEEN = {
    "session_started": "{{ states('sensor.gym_session') }}",
    "interval_started": "{{ states('sensor.gym_interval') }}",
    "session_completed": "{{ states('sensor.gym_session') }}",
    "hazard_raised": "{{ states('binary_sensor.gym_hazard') }}",
    "streak_extended": "{{ states('sensor.anna_streak') }}, {{ states('binary_sensor.anna_goal_met_today') }}",
}


@pytest.mark.parametrize(
    ("trigger", "seen"),
    [
        ("session_started", ["lead_in"]),
        ("interval_started", ["backward", "turn", "forward"]),
        ("session_completed", ["completed"]),
        ("hazard_raised", ["on"]),
        ("streak_extended", ["1, on"]),
    ],
)
async def test_what_an_automation_looks_at_is_what_it_was_told(
    hass: HomeAssistant, drive: Drive, trigger: str, seen: list[str]
) -> None:
    """Otherwise an automation with the most natural of conditions would do nothing, sometimes."""
    await drive.see("binary_sensor.dog", "off")
    entry = drive.coordinator.entry
    gym = entry.subentries[GYM]
    obstacles = [{"entity_id": "binary_sensor.dog", "reaction": "remind"}]
    hass.config_entries.async_update_subentry(entry, gym, data={**gym.data, "obstacles": obstacles})
    await drive.settle()
    calls = async_mock_service(hass, "test", "seen")
    device = drive.device(ANNA if trigger.startswith("streak") else GYM)
    rule = {
        "alias": "Looks",
        "mode": "queued",
        "triggers": [{"trigger": f"backstride.{trigger}", "target": {"device_id": device}}],
        "actions": [{"action": "test.seen", "data": {"seen": SEEN[trigger]}}],
    }
    assert await async_setup_component(hass, "automation", {"automation": [rule]})
    drive.start()
    await drive.wait(15)
    await drive.see("binary_sensor.dog", "on")
    await drive.wait(2)
    await drive.see("binary_sensor.dog", "off")
    await drive.wait(160)
    await hass.async_block_till_done()
    assert [call.data["seen"] for call in calls] == seen
