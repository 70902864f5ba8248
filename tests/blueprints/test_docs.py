"""Every automation that the docs show is a file, is shown as it stands there, and works."""

from pathlib import Path
import re
from typing import Any

import pytest
import yaml

from custom_components.backstride.engine.session import Command
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import slugify

from ..setup import GYM, state_of
from .driving import SHIPPED, Drive, mock

ROOT = SHIPPED.parents[2]
EXAMPLES = ROOT / "docs" / "examples"


async def _use(hass: HomeAssistant, name: str, *mocked: str) -> None:
    """Set an example up as it stands, and take the actions that it calls of others."""
    mock(hass, *mocked)
    example = yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text())
    assert await async_setup_component(hass, "automation", {"automation": [{"id": name, **example}]})
    await hass.async_block_till_done()
    made = hass.states.get(f"automation.{slugify(example['alias'])}")
    assert made is not None
    assert made.state == "on"


def test_the_docs_show_every_example_as_it_stands() -> None:
    docs = (ROOT / "docs" / "automations.md").read_text()
    # What shows how triggers are written is no whole automation, and is tried beside them.
    shown = [each for each in re.findall(r"```yaml\n(.*?)```", docs, re.DOTALL) if each.startswith("alias:")]
    assert sorted(shown) == sorted(path.read_text() for path in EXAMPLES.glob("*.yaml"))


def test_every_example_is_tried_here() -> None:
    tried = re.findall(r'_use\(\s*hass, "(\w+)"', Path(__file__).read_text())
    assert sorted(tried) == sorted(path.stem for path in EXAMPLES.glob("*.yaml"))


async def test_the_robot_goes_home_before_the_first_interval(hass: HomeAssistant, drive: Drive) -> None:
    await _use(hass, "robot_stays_home", "vacuum.return_to_base")
    drive.start()
    await drive.wait(5)
    assert drive.called("vacuum") == [("vacuum.return_to_base", {"entity_id": ["vacuum.robot"]})]


async def test_who_is_at_home_hears_who_is_held_and_where(hass: HomeAssistant, drive: Drive) -> None:
    await drive.see("binary_sensor.dog", "off")
    entry = drive.coordinator.entry
    gym = entry.subentries[GYM]
    obstacles = [{"entity_id": "binary_sensor.dog", "reaction": "hold"}]
    hass.config_entries.async_update_subentry(entry, gym, data={**gym.data, "obstacles": obstacles})
    await drive.settle()
    await _use(hass, "tell_who_is_held", "notify.send_message")
    drive.start()
    await drive.wait(15)
    await drive.see("binary_sensor.dog", "on")
    await drive.wait(2, 0.5)
    (told,) = drive.called("notify")
    assert told[1]["message"] == "Anna stopped in the Gym. Please look what is in the way."


@pytest.mark.parametrize("walks_on", [False, True])
async def test_a_message_waits_until_it_startles_nobody(
    hass: HomeAssistant, drive: Drive, *, walks_on: bool
) -> None:
    await drive.see("binary_sensor.washing_machine", "on")
    await _use(hass, "quiet_while_walking_backward", "tts.speak")
    drive.start()
    await drive.wait(15)
    await drive.see("binary_sensor.washing_machine", "off")
    assert drive.called("tts") == []
    if walks_on:
        for _ in range(11):
            drive.command(Command.PREVIOUS)
            await drive.wait(56, 28)
        assert drive.called("tts") == []
    else:
        await drive.wait(60)
        assert [data["message"] for _, data in drive.called("tts")] == ["The washing is done."]


async def test_a_milestone_is_celebrated_with_its_number(hass: HomeAssistant, drive: Drive) -> None:
    await _use(hass, "celebrate", "light.turn_on", "notify.send_message")
    for day in range(26, 29):
        data = {"athlete": "Anna", "place": "Gym", "backward_minutes": 10}
        when = {"started_at": f"2026-02-{day} 08:00:00"}
        await hass.services.async_call("backstride", "log_session", {**data, **when}, blocking=True)
        await drive.settle()
    assert [data["message"] for _, data in drive.called("notify")] == [
        "Anna has walked backward for 3 days in a row."
    ]
    assert len(drive.called("light")) == 1


@pytest.mark.parametrize(
    ("dog", "goal", "message"),
    [
        ("off", 0, "The gym is ready for your walk."),
        ("on", 0, "Before your walk: Something is in the way (dog)"),
        ("off", 1, None),
    ],
    ids=["ready", "something-in-the-way", "goal-met"],
)
async def test_after_work_it_tells_what_is_to_be_done_if_anything_is(
    hass: HomeAssistant, drive: Drive, dog: str, goal: float, message: str | None
) -> None:
    await drive.see("binary_sensor.dog", dog)
    await drive.see("person.anna", "not_home")
    entry = drive.coordinator.entry
    gym = entry.subentries[GYM]
    obstacles = [{"entity_id": "binary_sensor.dog"}]
    hass.config_entries.async_update_subentry(entry, gym, data={**gym.data, "obstacles": obstacles})
    drive.freezer.move_to("2026-03-02T17:30:00-08:00")
    if goal:
        data: dict[str, Any] = {"athlete": "Anna", "place": "Gym", "backward_minutes": goal}
        await hass.services.async_call("backstride", "log_session", data, blocking=True)
    await drive.settle()
    await _use(hass, "after_work", "notify.send_message")
    await drive.see("person.anna", "home")
    assert [data["message"] for _, data in drive.called("notify")] == ([message] if message else [])


async def test_a_press_logs_the_walk_in_the_park(hass: HomeAssistant, drive: Drive) -> None:
    await drive.see("input_button.walked_in_the_park", "unknown")
    await _use(hass, "log_a_walk_outdoors")
    await drive.happens("input_button.walked_in_the_park")
    await hass.async_block_till_done()
    assert state_of(hass, "sensor", "anna", "total_sessions") == "1"
    (record,) = await drive.coordinator.book("anna").async_records()
    assert (record.workout, record.backward_seconds) == ("In the park", 600)
