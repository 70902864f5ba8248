"""The treadmill, as a person at its console and an automation see it."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from homeassistant.core import HomeAssistant

from .visit import IN_THE_GYM, async_do, async_open, async_pass, async_press, state, value

pytestmark = IN_THE_GYM

SPEED = "sensor.gym_treadmill_speed"
TARGET = "number.gym_treadmill_target_speed"
RUNNING = "binary_sensor.gym_treadmill_belt_running"
KEY = "switch.gym_treadmill_safety_key"


async def test_a_person_starts_the_belt_at_the_console(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    assert (state(hass, SPEED), state(hass, RUNNING)) == ("0.0", "off")
    await async_press(hass, "gym_treadmill_start")
    await async_pass(hass, freezer, 1)
    assert value(hass, SPEED) == pytest.approx(0.3, abs=0.02)
    assert state(hass, RUNNING) == "on"
    await async_pass(hass, freezer, 5)
    assert state(hass, SPEED) == "1.0"


async def test_a_target_speed_moves_only_a_belt_that_runs(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    await async_do(hass, "number.set_value", TARGET, value=4)
    await async_pass(hass, freezer, 5)
    assert state(hass, SPEED) == "0.0"
    assert state(hass, TARGET) == "0.5"
    await async_press(hass, "gym_treadmill_start")
    await async_do(hass, "number.set_value", TARGET, value=4)
    await async_pass(hass, freezer, 5)
    assert value(hass, SPEED) == pytest.approx(1.5, abs=0.05)
    await async_pass(hass, freezer, 10)
    assert state(hass, SPEED) == "4.0"


async def test_the_belt_stops_within_a_second_of_the_key_being_pulled(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    await async_press(hass, "gym_treadmill_start")
    await async_do(hass, "number.set_value", TARGET, value=12)
    await async_pass(hass, freezer, 45)
    assert state(hass, SPEED) == "12.0"
    await async_do(hass, "switch.turn_off", KEY)
    assert state(hass, KEY) == "off"
    await async_pass(hass, freezer, 1)
    assert (state(hass, SPEED), state(hass, RUNNING)) == ("0.0", "off")
    await async_press(hass, "gym_treadmill_start")
    await async_pass(hass, freezer, 3)
    assert state(hass, SPEED) == "0.0"
    await async_do(hass, "switch.turn_on", KEY)
    await async_pass(hass, freezer, 3)
    assert state(hass, SPEED) == "0.0"
    await async_press(hass, "gym_treadmill_start")
    await async_pass(hass, freezer, 4)
    assert state(hass, SPEED) == "1.0"


async def test_distance_and_steps_grow_while_the_belt_runs(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    await async_press(hass, "gym_treadmill_start")
    await async_pass(hass, freezer, 10)
    distance, steps = value(hass, "sensor.gym_treadmill_distance"), value(hass, "sensor.gym_treadmill_steps")
    assert distance > 2
    await async_pass(hass, freezer, 36)
    assert value(hass, "sensor.gym_treadmill_distance") == pytest.approx(distance + 10, abs=0.3)
    assert value(hass, "sensor.gym_treadmill_steps") == pytest.approx(steps + 30, abs=1)


@pytest.mark.parametrize("button", ["stop", "pause"])
async def test_stop_and_pause_let_the_belt_run_out(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, button: str
) -> None:
    await async_open(hass)
    await async_press(hass, "gym_treadmill_start")
    await async_do(hass, "number.set_value", TARGET, value=3)
    await async_pass(hass, freezer, 20)
    await async_press(hass, f"gym_treadmill_{button}")
    await async_pass(hass, freezer, 1)
    assert value(hass, SPEED) == pytest.approx(2.2, abs=0.02)
    await async_pass(hass, freezer, 4)
    assert (state(hass, SPEED), state(hass, RUNNING)) == ("0.0", "off")


async def test_the_deck_tilts(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    await async_open(hass)
    await async_do(hass, "number.set_value", "number.gym_treadmill_target_incline", value=2)
    await async_pass(hass, freezer, 2)
    assert state(hass, "sensor.gym_treadmill_incline") == "1.0"
    await async_pass(hass, freezer, 3)
    assert state(hass, "sensor.gym_treadmill_incline") == "2.0"


async def test_the_heart_follows_the_effort_and_comes_to_rest_again(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    heart = "sensor.gym_strap_heart_rate"
    await async_open(hass)
    assert state(hass, heart) == "64"
    await async_press(hass, "gym_treadmill_start")
    await async_do(hass, "number.set_value", TARGET, value=5)
    await async_pass(hass, freezer, 16)
    assert 68 < value(hass, heart) < 90
    await async_pass(hass, freezer, 180)
    walking = value(hass, heart)
    assert walking == 109
    await async_do(hass, "number.set_value", "number.gym_treadmill_target_incline", value=10)
    await async_pass(hass, freezer, 120)
    assert value(hass, heart) > walking + 40
    await async_press(hass, "gym_treadmill_stop")
    await async_pass(hass, freezer, 240)
    assert state(hass, heart) == "64"


async def test_the_strap_sends_at_most_every_two_seconds(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    await async_press(hass, "gym_treadmill_start")
    await async_do(hass, "number.set_value", TARGET, value=9)
    changes = set()
    for _ in range(40):
        await async_pass(hass, freezer, 1)
        changes.add(hass.states.get("sensor.gym_strap_heart_rate").last_reported)  # type: ignore[union-attr]
    assert 15 <= len(changes) <= 21


async def test_nothing_ticks_while_everything_stands(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """A gym nobody is in must cost nothing, before the first workout and after the last."""
    await async_open(hass)
    await async_press(hass, "gym_treadmill_start")
    await async_pass(hass, freezer, 30)
    await async_press(hass, "gym_treadmill_stop")
    await async_pass(hass, freezer, 200)
    reported = {one.entity_id: one.last_reported for one in hass.states.async_all()}
    freezer.tick(timedelta(hours=1))
    async_fire_time_changed(hass, fire_all=True)
    await hass.async_block_till_done()
    assert {one.entity_id: one.last_reported for one in hass.states.async_all()} == reported


async def test_the_garage_has_a_treadmill_of_its_own(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    await async_press(hass, "garage_treadmill_start")
    await async_pass(hass, freezer, 5)
    assert state(hass, "sensor.garage_treadmill_speed") == "1.0"
    assert state(hass, SPEED) == "0.0"


async def test_a_gym_that_is_closed_leaves_nothing_running(hass: HomeAssistant) -> None:
    """The harness fails a test that leaves a timer behind."""
    entry = await async_open(hass)
    await async_press(hass, "gym_treadmill_start")
    await async_press(hass, "gym_rear_sensor_dog_walks_in")
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done()
    assert state(hass, SPEED) == "unavailable"
