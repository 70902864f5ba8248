"""The link between a home and a treadmill, and what goes on while it is down."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from .visit import IN_THE_GYM, asked, async_do, async_open, async_pass, async_press, reported, state, value

pytestmark = IN_THE_GYM

SPEED = "sensor.gym_treadmill_speed"
TARGET = "number.gym_treadmill_target_speed"
LINK = "switch.gym_treadmill_link"

HANDS_AND_FAULTS = {
    "button.gym_treadmill_console_faster",
    "button.gym_treadmill_console_pause",
    "button.gym_treadmill_console_slower",
    "button.gym_treadmill_console_start",
    "button.gym_treadmill_console_stop",
    "select.gym_treadmill_manners",
    "switch.gym_treadmill_link",
    "switch.gym_treadmill_safety_key",
}
NEVER_THERE = {"number.study_treadmill_speed_control"}
"""Not there while nobody walks, link or no link."""

SPEEDS = {
    "gym_treadmill": "speed",
    "loft_treadmill": "current_speed",
    "study_treadmill": "speed",
    "cellar_treadmill": "speed",
    "barn_treadmill": "speed",
    "studio_cross_trainer": "speed",
}


async def async_walk(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Let somebody walk at 2 km/h."""
    await async_open(hass)
    await async_press(hass, "gym_treadmill_console_start")
    await async_do(hass, "number.set_value", TARGET, value=2)
    await async_pass(hass, freezer, 8)
    assert state(hass, SPEED) == "2.0"


async def test_without_its_link_all_of_a_machine_is_gone_but_hands_and_faults(hass: HomeAssistant) -> None:
    entry = await async_open(hass)
    registry = er.async_get(hass)
    await async_do(hass, "switch.turn_off", LINK)
    gone = {one.entity_id for one in hass.states.async_all() if one.state == "unavailable"} - NEVER_THERE
    entities = er.async_entries_for_config_entry(registry, entry.entry_id)
    treadmill = {one.entity_id for one in entities if "gym_treadmill" in one.entity_id}
    assert len(treadmill) > len(HANDS_AND_FAULTS)
    assert gone == treadmill - HANDS_AND_FAULTS
    await async_do(hass, "switch.turn_on", LINK)
    assert {one.entity_id for one in hass.states.async_all() if one.state == "unavailable"} == NEVER_THERE


@pytest.mark.parametrize("machine", SPEEDS)
async def test_every_machine_with_a_link_can_lose_it(hass: HomeAssistant, machine: str) -> None:
    await async_open(hass)
    speed = f"sensor.{machine}_{SPEEDS[machine]}"
    await async_do(hass, "switch.turn_off", f"switch.{machine}_link")
    assert state(hass, speed) == "unavailable"
    await async_do(hass, "switch.turn_on", f"switch.{machine}_link")
    assert value(hass, speed) == 0


async def test_the_belt_goes_on_while_the_link_is_down_and_nothing_asked_arrives(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer)
    walked = value(hass, "sensor.gym_treadmill_distance")
    await async_do(hass, "switch.turn_off", LINK)
    await async_do(hass, "number.set_value", TARGET, value=5)
    await async_press(hass, "gym_treadmill_stop")
    await async_pass(hass, freezer, 36)
    assert state(hass, SPEED) == "unavailable"
    assert asked(hass, "gym_treadmill") == [("speed", 2)]
    await async_do(hass, "switch.turn_on", LINK)
    assert (state(hass, SPEED), state(hass, TARGET)) == ("2.0", "2.0")
    assert value(hass, "sensor.gym_treadmill_distance") == pytest.approx(walked + 20, abs=0.2)


async def test_who_asks_although_the_link_is_down_gets_an_error(hass: HomeAssistant) -> None:
    """Home Assistant itself asks nothing of what is unavailable, so this is tried behind its back."""
    entry = await async_open(hass)
    link = entry.runtime_data.furnished[0].link
    await async_do(hass, "switch.turn_off", LINK)
    with pytest.raises(HomeAssistantError, match="did not take the command stop"):
        link.async_press("stop")
    assert link.commands == []


async def test_a_link_that_is_down_reports_nothing(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer)
    await async_do(hass, "switch.turn_off", LINK)
    fell = reported(hass, SPEED)
    await async_pass(hass, freezer, 5)
    assert reported(hass, SPEED) == fell


async def test_hands_reach_the_belt_without_the_link(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer)
    await async_do(hass, "switch.turn_off", LINK)
    await async_press(hass, "gym_treadmill_console_faster")
    await async_pass(hass, freezer, 3)
    await async_do(hass, "switch.turn_on", LINK)
    assert (state(hass, SPEED), state(hass, TARGET)) == ("2.5", "2.5")
    await async_do(hass, "switch.turn_off", LINK)
    await async_do(hass, "switch.turn_off", "switch.gym_treadmill_safety_key")
    assert state(hass, "switch.gym_treadmill_safety_key") == "off"
    await async_pass(hass, freezer, 2)
    await async_do(hass, "switch.turn_on", LINK)
    assert state(hass, SPEED) == "0.0"


async def test_the_heart_beats_on_without_the_link(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer)
    before = value(hass, "sensor.gym_strap_heart_rate")
    await async_do(hass, "switch.turn_off", LINK)
    await async_pass(hass, freezer, 60)
    assert value(hass, "sensor.gym_strap_heart_rate") > before


async def test_one_link_says_nothing_about_another(hass: HomeAssistant) -> None:
    await async_open(hass)
    await async_do(hass, "switch.turn_off", LINK)
    assert state(hass, "sensor.garage_treadmill_speed") == "0.0"
    assert state(hass, "sensor.gym_strap_heart_rate") == "64"


async def test_a_link_that_falls_while_a_late_report_is_due_stays_silent(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer)
    await async_do(hass, "select.select_option", "select.gym_treadmill_manners", option="reports_seldom")
    await async_press(hass, "gym_treadmill_console_faster")
    await async_do(hass, "switch.turn_off", LINK)
    await async_pass(hass, freezer, 20)
    assert state(hass, SPEED) == "unavailable"
