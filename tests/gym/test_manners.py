"""Machines that do not do what they are asked, and hands that do what they like."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .visit import IN_THE_GYM, asked, async_do, async_open, async_pass, async_press, reported, state, value

pytestmark = IN_THE_GYM

SPEED = "sensor.gym_treadmill_speed"
TARGET = "number.gym_treadmill_target_speed"
MANNERS = "select.gym_treadmill_manners"


async def async_walk(hass: HomeAssistant, freezer: FrozenDateTimeFactory, manner: str) -> None:
    """Let somebody walk at 1 km/h on a machine with certain manners."""
    await async_open(hass)
    await async_do(hass, "select.select_option", MANNERS, option=manner)
    await async_press(hass, "gym_treadmill_console_start")
    await async_pass(hass, freezer, 5)
    assert value(hass, SPEED) >= 0.3


async def test_a_machine_keeps_a_list_of_what_it_was_asked_but_not_of_what_hands_did(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer, "obeys")
    assert asked(hass, "gym_treadmill") == []
    await async_do(hass, "number.set_value", TARGET, value=2)
    await async_do(hass, "number.set_value", "number.gym_treadmill_target_incline", value=1)
    await async_press(hass, "gym_treadmill_pause")
    await async_press(hass, "gym_treadmill_start")
    await async_press(hass, "gym_treadmill_stop")
    assert asked(hass, "gym_treadmill") == [
        ("speed", 2),
        ("incline", 1),
        ("pause", None),
        ("start", None),
        ("stop", None),
    ]
    assert asked(hass, "garage_treadmill") == []


async def test_only_a_machine_that_starts_by_itself_is_moved_by_a_speed(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """A coach that writes speeds to a standing belt is dangerous here, so it has to be seen here."""
    await async_open(hass)
    await async_do(hass, "number.set_value", TARGET, value=2)
    await async_pass(hass, freezer, 3)
    assert state(hass, SPEED) == "0.0"
    await async_do(hass, "select.select_option", MANNERS, option="starts_by_itself")
    await async_do(hass, "number.set_value", TARGET, value=2)
    await async_pass(hass, freezer, 10)
    assert state(hass, SPEED) == "2.0"
    assert asked(hass, "gym_treadmill") == [("speed", 2), ("speed", 2)]


async def test_a_belt_that_runs_out_is_started_again_too(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer, "starts_by_itself")
    await async_press(hass, "gym_treadmill_console_pause")
    await async_do(hass, "number.set_value", TARGET, value=3)
    await async_pass(hass, freezer, 10)
    assert state(hass, SPEED) == "3.0"


async def test_even_a_machine_that_starts_by_itself_needs_its_key(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer, "starts_by_itself")
    await async_do(hass, "switch.turn_off", "switch.gym_treadmill_safety_key")
    await async_do(hass, "number.set_value", TARGET, value=3)
    await async_pass(hass, freezer, 5)
    assert state(hass, SPEED) == "0.0"


async def test_a_speed_can_be_taken_and_ignored(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    await async_walk(hass, freezer, "ignores_speed")
    await async_do(hass, "number.set_value", TARGET, value=4)
    await async_pass(hass, freezer, 10)
    assert (state(hass, TARGET), state(hass, SPEED)) == ("4.0", "1.0")
    await async_press(hass, "gym_treadmill_stop")
    await async_pass(hass, freezer, 3)
    assert state(hass, SPEED) == "0.0", "it is only deaf to speeds"


async def test_a_deaf_machine_obeys_nothing_but_a_hand(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer, "ignores_commands")
    await async_do(hass, "number.set_value", TARGET, value=4)
    await async_do(hass, "number.set_value", "number.gym_treadmill_target_incline", value=4)
    await async_press(hass, "gym_treadmill_stop")
    await async_pass(hass, freezer, 10)
    assert (state(hass, TARGET), state(hass, SPEED)) == ("1.0", "1.0")
    assert state(hass, "sensor.gym_treadmill_incline") == "0.0"
    assert asked(hass, "gym_treadmill") == [("speed", 4), ("incline", 4), ("stop", None)]
    await async_press(hass, "gym_treadmill_console_stop")
    await async_pass(hass, freezer, 3)
    assert state(hass, SPEED) == "0.0"


async def test_a_refused_command_is_an_error_and_does_nothing(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer, "refuses_commands")
    with pytest.raises(HomeAssistantError, match="did not take the command speed"):
        await async_do(hass, "number.set_value", TARGET, value=4)
    with pytest.raises(HomeAssistantError, match="did not take the command stop"):
        await async_press(hass, "gym_treadmill_stop")
    await async_pass(hass, freezer, 10)
    assert (state(hass, TARGET), state(hass, SPEED)) == ("1.0", "1.0")
    assert asked(hass, "gym_treadmill") == [("speed", 4), ("stop", None)]


async def test_a_speed_may_not_last(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    await async_walk(hass, freezer, "reverts")
    await async_do(hass, "number.set_value", TARGET, value=2)
    await async_pass(hass, freezer, 3)
    assert state(hass, TARGET) == "2.0"
    assert value(hass, SPEED) == pytest.approx(1.9)
    await async_pass(hass, freezer, 1)
    assert state(hass, TARGET) == "1.0"
    await async_pass(hass, freezer, 2)
    assert state(hass, SPEED) == "1.0"


async def test_a_sluggish_machine_follows_at_a_quarter_of_the_rate(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer, "sluggish")
    walks_at = value(hass, SPEED)
    await async_do(hass, "number.set_value", TARGET, value=4)
    await async_pass(hass, freezer, 8)
    assert value(hass, SPEED) == pytest.approx(walks_at + 0.6, abs=0.02)


async def test_other_manners_forget_what_the_old_ones_had_in_store(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer, "reverts")
    await async_do(hass, "number.set_value", TARGET, value=2)
    await async_do(hass, "select.select_option", MANNERS, option="obeys")
    await async_pass(hass, freezer, 10)
    assert state(hass, SPEED) == "2.0"


async def test_a_moving_belt_is_reported_every_second_changed_or_not(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """Who judges by the age of a report whether a machine still tells the truth needs reports without news."""
    await async_walk(hass, freezer, "obeys")
    for _ in range(20):
        before = reported(hass, SPEED)
        await async_pass(hass, freezer, 1)
        assert (reported(hass, SPEED) - before).total_seconds() == pytest.approx(1, abs=0.1)
    assert state(hass, SPEED) == "1.0"


async def test_a_machine_sparing_of_words_obeys_at_once_and_tells_so_late(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer, "obeys")
    await async_do(hass, "select.select_option", MANNERS, option="reports_seldom")
    chosen = reported(hass, SPEED)
    await async_do(hass, "number.set_value", TARGET, value=3)
    await async_pass(hass, freezer, 11)
    assert (state(hass, SPEED), state(hass, TARGET)) == ("1.0", "1.0")
    assert reported(hass, SPEED) == chosen
    await async_pass(hass, freezer, 1)
    assert (state(hass, SPEED), state(hass, TARGET)) == ("3.0", "3.0")
    assert (reported(hass, SPEED) - chosen).total_seconds() == pytest.approx(12, abs=0.1)


async def test_a_machine_sparing_of_words_does_tell_in_the_end_that_it_stands(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer, "obeys")
    await async_do(hass, "select.select_option", MANNERS, option="reports_seldom")
    await async_press(hass, "gym_treadmill_console_stop")
    await async_pass(hass, freezer, 11)
    assert state(hass, SPEED) == "1.0"
    await async_pass(hass, freezer, 1)
    assert state(hass, SPEED) == "0.0"


async def test_a_hand_on_the_console_changes_the_speed_and_the_number_says_so(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer, "obeys")
    await async_do(hass, "number.set_value", TARGET, value=2)
    await async_pass(hass, freezer, 5)
    await async_press(hass, "gym_treadmill_console_faster")
    assert state(hass, TARGET) == "2.5"
    await async_pass(hass, freezer, 3)
    assert state(hass, SPEED) == "2.5"
    await async_press(hass, "gym_treadmill_console_slower")
    await async_press(hass, "gym_treadmill_console_slower")
    assert state(hass, TARGET) == "1.5"
    await async_pass(hass, freezer, 3)
    assert state(hass, SPEED) == "1.5"


async def test_the_console_pauses_goes_on_and_stops(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_walk(hass, freezer, "obeys")
    await async_do(hass, "number.set_value", TARGET, value=2)
    await async_press(hass, "gym_treadmill_console_pause")
    await async_pass(hass, freezer, 4)
    assert state(hass, SPEED) == "0.0"
    await async_press(hass, "gym_treadmill_console_start")
    await async_pass(hass, freezer, 8)
    assert state(hass, SPEED) == "2.0", "a paused workout goes on as it was"
    await async_press(hass, "gym_treadmill_console_stop")
    await async_pass(hass, freezer, 4)
    await async_press(hass, "gym_treadmill_console_start")
    await async_pass(hass, freezer, 8)
    assert state(hass, SPEED) == "1.0", "a stopped one begins anew"
