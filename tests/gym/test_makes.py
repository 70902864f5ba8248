"""One belt behind every shape of controls that real machines have."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from homeassistant.const import UnitOfSpeed
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM

from .visit import IN_THE_GYM, asked, async_do, async_open, async_pass, async_press, attribute, state, value

pytestmark = IN_THE_GYM

UNIT = "unit_of_measurement"

PAD_BELT = "switch.loft_treadmill_belt"
PAD_SPEED = "sensor.loft_treadmill_current_speed"
PAD_STATE = "sensor.loft_treadmill_state"

PLAYER = "media_player.study_treadmill"
PLAYER_SPEED = "sensor.study_treadmill_speed"
PLAYER_TARGET = "number.study_treadmill_speed_control"

SELECT = "select.cellar_treadmill_belt"
SELECT_SPEED = "sensor.cellar_treadmill_speed"
SELECT_TARGET = "number.cellar_treadmill_target_speed"

MPH_BELT = "switch.barn_treadmill_belt"
MPH_SPEED = "sensor.barn_treadmill_speed"
MPH_TARGET = "number.barn_treadmill_speed"

POWER = "sensor.shed_plug_power"
DIRECTION = "sensor.studio_cross_trainer_movement_direction"


async def test_a_walking_pads_switch_starts_and_pauses_and_a_button_ends(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    assert (state(hass, PAD_STATE), state(hass, PAD_BELT)) == ("standby", "off")
    await async_do(hass, "switch.turn_on", PAD_BELT)
    assert (state(hass, PAD_STATE), state(hass, PAD_BELT)) == ("starting", "on")
    await async_pass(hass, freezer, 2)
    assert (state(hass, PAD_STATE), state(hass, PAD_SPEED)) == ("starting", "0.0")
    await async_pass(hass, freezer, 6)
    assert (state(hass, PAD_STATE), state(hass, PAD_SPEED)) == ("active", "1.0")
    await async_do(hass, "number.set_value", "number.loft_treadmill_speed", value=3)
    await async_pass(hass, freezer, 10)
    assert state(hass, PAD_SPEED) == "3.0"
    await async_do(hass, "switch.turn_off", PAD_BELT)
    await async_pass(hass, freezer, 5)
    assert (state(hass, PAD_STATE), state(hass, PAD_SPEED)) == ("paused", "0.0")
    steps = value(hass, "sensor.loft_treadmill_steps")
    await async_do(hass, "switch.turn_on", PAD_BELT)
    await async_pass(hass, freezer, 15)
    assert state(hass, PAD_SPEED) == "3.0", "off was a pause, so the walk goes on as it was"
    assert value(hass, "sensor.loft_treadmill_steps") > steps
    await async_press(hass, "loft_treadmill_stop_session")
    await async_pass(hass, freezer, 5)
    assert (state(hass, PAD_STATE), state(hass, PAD_SPEED)) == ("stopped", "0.0")
    assert [name for name, _ in asked(hass, "loft_treadmill")] == ["start", "speed", "pause", "start", "stop"]


async def test_a_walking_pads_other_switch_is_not_its_belt(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    await async_do(hass, "switch.turn_on", PAD_BELT)
    await async_pass(hass, freezer, 8)
    await async_do(hass, "switch.turn_off", "switch.loft_treadmill_stay_connected")
    assert state(hass, "switch.loft_treadmill_stay_connected") == "off"
    assert state(hass, "binary_sensor.loft_treadmill_connected") == "off"
    assert (state(hass, PAD_SPEED), state(hass, PAD_BELT)) == ("unavailable", "unavailable")
    await async_pass(hass, freezer, 10)
    await async_do(hass, "switch.turn_on", "switch.loft_treadmill_stay_connected")
    assert (state(hass, PAD_SPEED), state(hass, PAD_BELT)) == ("1.0", "on")


async def test_a_walking_pad_stays_away_until_both_the_link_and_the_wish_for_it_are_there(
    hass: HomeAssistant,
) -> None:
    await async_open(hass)
    await async_do(hass, "switch.turn_off", "switch.loft_treadmill_stay_connected")
    await async_do(hass, "switch.turn_off", "switch.loft_treadmill_link")
    await async_do(hass, "switch.turn_on", "switch.loft_treadmill_stay_connected")
    assert state(hass, PAD_SPEED) == "unavailable"
    await async_do(hass, "switch.turn_on", "switch.loft_treadmill_link")
    assert state(hass, PAD_SPEED) == "0.0"


async def test_a_belt_is_played_paused_and_stopped(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    assert (state(hass, PLAYER), state(hass, PLAYER_TARGET)) == ("idle", "unavailable")
    await async_do(hass, "media_player.media_play", PLAYER)
    assert (state(hass, PLAYER), state(hass, PLAYER_TARGET)) == ("countdown 3", "unavailable")
    await async_pass(hass, freezer, 1)
    assert state(hass, PLAYER) == "countdown 2"
    await async_pass(hass, freezer, 3)
    assert (state(hass, PLAYER), state(hass, PLAYER_TARGET)) == ("playing", "1.0")
    await async_do(hass, "number.set_value", PLAYER_TARGET, value=2.5)
    await async_pass(hass, freezer, 8)
    assert state(hass, PLAYER_SPEED) == "2.5"
    await async_do(hass, "media_player.media_pause", PLAYER)
    assert (state(hass, PLAYER), state(hass, PLAYER_TARGET)) == ("paused", "unavailable")
    await async_pass(hass, freezer, 5)
    assert state(hass, PLAYER_SPEED) == "0.0"
    await async_do(hass, "media_player.media_play", PLAYER)
    await async_pass(hass, freezer, 15)
    assert state(hass, PLAYER_SPEED) == "2.5"
    await async_do(hass, "media_player.media_stop", PLAYER)
    await async_pass(hass, freezer, 5)
    assert (state(hass, PLAYER), state(hass, PLAYER_SPEED)) == ("idle", "0.0")
    assert [name for name, _ in asked(hass, "study_treadmill")] == [
        "start",
        "speed",
        "pause",
        "start",
        "stop",
    ]


async def test_a_speed_for_a_belt_that_is_not_played_never_arrives(hass: HomeAssistant) -> None:
    await async_open(hass)
    await async_do(hass, "number.set_value", PLAYER_TARGET, value=2)
    assert asked(hass, "study_treadmill") == []


async def test_a_belt_is_chosen_to_run_pause_and_stop(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    assert (state(hass, SELECT), attribute(hass, SELECT, "options")) == ("stop", ["stop", "pause", "run"])
    await async_do(hass, "select.select_option", SELECT, option="run")
    await async_pass(hass, freezer, 5)
    assert (state(hass, SELECT), state(hass, SELECT_SPEED)) == ("run", "1.0")
    await async_do(hass, "select.select_option", SELECT, option="pause")
    await async_pass(hass, freezer, 5)
    assert (state(hass, SELECT), state(hass, SELECT_SPEED)) == ("pause", "0.0")
    await async_do(hass, "select.select_option", SELECT, option="run")
    await async_do(hass, "select.select_option", SELECT, option="stop")
    assert state(hass, SELECT) == "stop"
    assert [name for name, _ in asked(hass, "cellar_treadmill")] == ["start", "pause", "start", "stop"]


@pytest.mark.parametrize(
    ("number", "speed", "unit"),
    [(SELECT_TARGET, SELECT_SPEED, UnitOfSpeed.MILES_PER_HOUR), (MPH_TARGET, MPH_SPEED, None)],
    ids=["with the unit", "without any"],
)
async def test_a_speed_is_asked_for_in_miles_and_told_in_kilometres(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, number: str, speed: str, unit: str | None
) -> None:
    """Who overlooks the unit asks for a speed that is too high by half."""
    await async_open(hass)
    machine = number.removeprefix("number.").rpartition("_treadmill")[0] + "_treadmill"
    found = hass.states.get(number)
    assert found is not None
    assert (found.attributes.get(UNIT), found.attributes.get("device_class")) == (unit, unit and "speed")
    assert attribute(hass, speed, UNIT) == UnitOfSpeed.KILOMETERS_PER_HOUR
    await async_press(hass, f"{machine}_console_start")
    await async_do(hass, "number.set_value", number, value=2)
    ((name, kilometres),) = asked(hass, machine)
    assert name == "speed"
    assert kilometres == pytest.approx(3.219, abs=0.001)
    await async_pass(hass, freezer, 15)
    assert state(hass, number) == "2.0"
    assert value(hass, speed) == pytest.approx(3.22)
    await async_press(hass, f"{machine}_console_faster")
    assert value(hass, number) == pytest.approx(2.31)


async def test_a_number_from_zero_stops_the_belt_at_zero(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    await async_do(hass, "switch.turn_on", MPH_BELT)
    await async_do(hass, "number.set_value", MPH_TARGET, value=2)
    await async_pass(hass, freezer, 10)
    await async_do(hass, "number.set_value", MPH_TARGET, value=0)
    await async_pass(hass, freezer, 5)
    assert (state(hass, MPH_SPEED), state(hass, MPH_BELT), state(hass, MPH_TARGET)) == ("0.0", "off", "0.0")


async def test_the_other_walking_pads_switch_stops_for_good(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    await async_do(hass, "switch.turn_on", MPH_BELT)
    await async_do(hass, "number.set_value", MPH_TARGET, value=2)
    await async_pass(hass, freezer, 10)
    await async_do(hass, "switch.turn_off", MPH_BELT)
    await async_pass(hass, freezer, 5)
    await async_do(hass, "switch.turn_on", MPH_BELT)
    await async_pass(hass, freezer, 10)
    assert state(hass, MPH_SPEED) == "1.0", "off was a stop, so a new walk begins gently"


async def test_of_a_plain_treadmill_only_its_plug_knows_anything(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    assert (state(hass, POWER), attribute(hass, POWER, UNIT)) == ("6.0", "W")
    await async_press(hass, "shed_treadmill_console_start")
    await async_pass(hass, freezer, 5)
    slow = value(hass, POWER)
    assert slow == 180
    await async_press(hass, "shed_treadmill_console_faster")
    await async_pass(hass, freezer, 3)
    assert value(hass, POWER) > slow
    await async_press(hass, "shed_treadmill_console_stop")
    await async_pass(hass, freezer, 5)
    assert state(hass, POWER) == "6.0"


async def test_a_plug_turned_off_takes_the_power_and_turned_on_starts_nothing(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    await async_press(hass, "shed_treadmill_console_start")
    await async_pass(hass, freezer, 5)
    await async_do(hass, "switch.turn_off", "switch.shed_plug_relay")
    await async_pass(hass, freezer, 1)
    assert (state(hass, POWER), state(hass, "switch.shed_plug_relay")) == ("0.0", "off")
    await async_do(hass, "switch.turn_on", "switch.shed_plug_relay")
    await async_pass(hass, freezer, 5)
    assert state(hass, POWER) == "6.0"


async def test_a_cross_trainer_tells_which_way_it_is_trodden(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    assert state(hass, DIRECTION) == "unknown"
    await async_do(hass, "switch.turn_on", "switch.studio_cross_trainer_person_treads")
    await async_pass(hass, freezer, 20)
    assert (state(hass, "sensor.studio_cross_trainer_speed"), state(hass, DIRECTION)) == ("5.0", "forward")
    await async_do(hass, "switch.turn_on", "switch.studio_cross_trainer_person_treads_backward")
    assert state(hass, DIRECTION) == "backward"
    assert state(hass, "switch.studio_cross_trainer_person_treads_backward") == "on"
    await async_do(hass, "switch.turn_off", "switch.studio_cross_trainer_person_treads_backward")
    assert state(hass, DIRECTION) == "forward"
    await async_do(hass, "switch.turn_off", "switch.studio_cross_trainer_person_treads")
    await async_pass(hass, freezer, 8)
    assert state(hass, "sensor.studio_cross_trainer_speed") == "0.0"
    assert state(hass, "switch.studio_cross_trainer_person_treads") == "off"


async def test_nothing_but_the_resistance_can_be_asked_of_a_cross_trainer(hass: HomeAssistant) -> None:
    entry = await async_open(hass)
    resistance = "number.studio_cross_trainer_target_resistance"
    assert state(hass, resistance) == "1.0"
    await async_do(hass, "number.set_value", resistance, value=7)
    assert state(hass, resistance) == "7.0"
    controls = [
        one.entity_id
        for one in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
        if "cross_trainer" in one.entity_id and one.domain != "sensor" and one.entity_category is None
    ]
    assert controls == [resistance]


async def test_in_a_home_with_miles_the_sensors_change_their_unit_and_the_numbers_do_not(
    hass: HomeAssistant,
) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    await async_open(hass)
    assert attribute(hass, "sensor.gym_treadmill_speed", UNIT) == UnitOfSpeed.MILES_PER_HOUR
    assert attribute(hass, "number.gym_treadmill_target_speed", UNIT) == UnitOfSpeed.KILOMETERS_PER_HOUR
    assert attribute(hass, PLAYER_SPEED, UNIT) == UnitOfSpeed.KILOMETERS_PER_HOUR, "it has no class"


async def test_no_number_ever_stands_outside_its_own_range(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    entry = await async_open(hass)
    numbers = [
        one.entity_id
        for one in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
        if one.domain == "number"
    ]
    for key in ("", "start", *["slower"] * 2, *["faster"] * 30):
        for room in ("gym", "garage", "loft", "study", "cellar", "barn"):
            if key:
                await async_press(hass, f"{room}_treadmill_console_{key}")
        await async_pass(hass, freezer, 4 if key == "start" else 0)
        for number in numbers:
            if state(hass, number) != "unavailable":
                assert attribute(hass, number, "min") <= value(hass, number), number
                assert value(hass, number) <= attribute(hass, number, "max"), number
