"""A press is an emergency stop, always and at once; a button that only comes back is none."""

import pytest

from homeassistant.core import HomeAssistant

from ..setup import GYM
from .driving import Drive, async_use

BUTTON, WIRE, LEVER = "event.red_button", "binary_sensor.red_wire", "sensor.red_lever"


@pytest.fixture
async def armed(hass: HomeAssistant, drive: Drive) -> Drive:
    """Give a gym with red buttons."""
    await drive.see(BUTTON, "2026-02-28T09:00:00.000+00:00", event_type="press")
    await drive.see(WIRE, "off")
    await drive.see(LEVER, "up")
    await async_use(
        hass,
        "emergency_stop_button",
        place=drive.device(GYM),
        buttons=[BUTTON, WIRE],
        other_triggers=[
            {"trigger": "event", "event_type": "red_remote"},
            {"trigger": "event", "event_type": "red_pedal", "id": "button"},
            {"trigger": "event", "event_type": "red_cord", "id": "backstride_buttons"},
            {"trigger": "state", "entity_id": LEVER, "to": "down", "id": "button"},
        ],
    )
    return drive


def _stops(drive: Drive) -> list[dict[str, str]]:
    return [data for _, data in drive.called("backstride.emergency_stop")]


async def test_every_press_of_every_kind_is_a_stop_also_where_no_session_is_on(
    hass: HomeAssistant, armed: Drive
) -> None:
    armed.start()
    await armed.wait(15)
    await armed.happens(BUTTON, "long_press")
    assert armed.session() == "stopped"
    await armed.happens(BUTTON, "long_press")
    for _ in range(2):
        await armed.wait(1, 1)
        await armed.happens(BUTTON, "press")
    await armed.see(WIRE, "on")
    hass.bus.async_fire("red_remote")
    await armed.settle()
    assert _stops(armed) == [{"place": armed.device(GYM)}] * 5


async def test_what_else_there_is_counts_whatever_it_is_called(hass: HomeAssistant, armed: Drive) -> None:
    for count, remote in enumerate(("red_pedal", "red_cord"), 1):
        hass.bus.async_fire(remote)
        await armed.settle()
        assert len(_stops(armed)) == count
    await armed.see(LEVER, "down")
    assert len(_stops(armed)) == 3


async def test_a_button_that_comes_back_stops_nothing_unless_it_comes_back_with_a_press(
    armed: Drive,
) -> None:
    armed.start()
    await armed.wait(15)
    await armed.see(BUTTON, "unavailable")
    await armed.see(BUTTON, "2026-02-28T09:00:00.000+00:00", event_type="press")
    armed.hass.states.async_remove(BUTTON)
    await armed.see(WIRE, "unavailable")
    await armed.see(WIRE, "off")
    assert armed.session() == "running"
    await armed.see(BUTTON, "unavailable")
    await armed.happens(BUTTON, "press")
    assert armed.session() == "stopped", "a battery button often wakes up only to tell of its press"
