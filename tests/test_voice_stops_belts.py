"""A belt that moves is stopped by who shouts at it, on the simulated gym's real treadmill."""

import pytest

from custom_components.backstride.machine.detect import propose_roles
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .conversing import async_converse, said
from .gym.visit import IN_THE_GYM, asked, value
from .hall import Hall, OpenHall
from .setup import ANNA, GYM

pytestmark = IN_THE_GYM

SPEED = "sensor.gym_treadmill_speed"
CRIES = ("stop the treadmill", "I fell")


async def moving(hass: HomeAssistant, open_hall: OpenHall, *, belt_control: bool) -> Hall:
    """Open a gym whose treadmill moves, though nobody walks as far as Backstride knows."""
    assert await async_converse(hass)
    entry = er.async_get(hass).async_get(SPEED)
    assert entry is not None
    roles = {role.value: found for role, found in propose_roles(hass, entry.device_id).items()}
    hall = await open_hall(roles=roles, belt_control=belt_control, obstacles=[])
    await hall.press_other("gym_treadmill_console_start")
    await hall.wait(5)
    assert value(hass, SPEED) > 0
    return hall


@pytest.mark.parametrize("cry", CRIES)
async def test_a_belt_that_moves_without_a_session_is_stopped(
    hass: HomeAssistant, open_hall: OpenHall, cry: str
) -> None:
    hall = await moving(hass, open_hall, belt_control=True)
    assert await said(hass, cry) == "Stopping the belt. Press the red stop."
    assert asked(hass, "gym_treadmill") == [("stop", None)]
    await hall.wait(6)
    assert value(hass, SPEED) == 0


async def test_who_fell_on_a_belt_that_must_not_be_moved_is_told_to_press(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await moving(hass, open_hall, belt_control=False)
    assert await said(hass, "I fell") == "No session is on. Press the red stop."
    assert asked(hass, "gym_treadmill") == []
    await hall.wait(1)


async def test_a_stumble_that_was_said_is_noted(hass: HomeAssistant, open_hall: OpenHall) -> None:
    hall = await moving(hass, open_hall, belt_control=True)
    hall.start()
    await hall.wait(20)
    assert await said(hass, "I stumbled") == "Stopping the belt. Press the red stop."
    await hall.wait(6)
    assert value(hass, SPEED) == 0
    assert "Hold on. Feet on the side rails." in hall.words
    last = hall.coordinator.book(ANNA).last
    assert last is not None
    assert last.rating.stumbles == 1
    assert not hall.coordinator.is_on(GYM)
