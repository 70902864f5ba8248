"""Of an integration nobody has heard of, what is found has the right class, unit and words; all else is left to the person."""

import pytest

from custom_components.backstride.machine.detect import Proposal, propose, propose_roles
from custom_components.backstride.machine.roles import Role
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..gym.visit import IN_THE_GYM, async_open
from .registered import Machine, Row, register

SPEED: Row = {"domain": "sensor", "key": "speed", "unit": "km/h", "class": "speed", "state": "0"}


def _device(hass: HomeAssistant, *rows: Row, unique_id: str = "a1:b2-{key}") -> Machine:
    return register(hass, {"platform": "unheard_of", "unique_id": unique_id, "entities": list(rows)})


def _named(machine: Machine, roles: dict[Role, str]) -> dict[str, str]:
    names = {entity_id: name for name, entity_id in machine.entity_ids.items()}
    return {role.value: names[entity_id] for role, entity_id in roles.items()}


def _found(hass: HomeAssistant, *rows: Row) -> dict[str, str]:
    machine = _device(hass, *rows)
    return _named(machine, propose_roles(hass, machine.device_id))


async def test_a_treadmill_with_good_classes_is_found_whole(hass: HomeAssistant) -> None:
    found = _found(
        hass,
        {"domain": "sensor", "key": "average_speed", "unit": "m/s", "class": "speed"},
        {"domain": "sensor", "key": "top_speed", "unit": "m/s", "class": "speed"},
        {
            "domain": "sensor",
            "key": "velocity",
            "unit": "m/s",
            "class": "speed",
            "state_class": "measurement",
        },
        {
            "domain": "sensor",
            "key": "total_distance",
            "unit": "km",
            "class": "distance",
            "state_class": "total",
        },
        {"domain": "sensor", "key": "distance", "unit": "m", "class": "distance", "state_class": "total"},
        {"domain": "sensor", "key": "stride_length", "unit": "cm", "class": "distance"},
        {"domain": "sensor", "key": "grade", "unit": "%", "state_class": "measurement"},
        {"domain": "sensor", "key": "pulse", "unit": "BPM", "state_class": "measurement"},
        {"domain": "sensor", "key": "steps", "unit": "steps", "state_class": "total_increasing"},
        {
            "domain": "sensor",
            "key": "state",
            "class": "enum",
            "options": ["idle", "running"],
            "state": "idle",
        },
        {"domain": "binary_sensor", "key": "running", "class": "running", "state": "off"},
        {"domain": "number", "key": "max_speed", "unit": "m/s", "class": "speed"},
        {"domain": "number", "key": "speed", "unit": "m/s", "class": "speed"},
        {"domain": "number", "key": "incline", "unit": "%"},
        {"domain": "button", "key": "restart"},
        {"domain": "button", "key": "start"},
        {"domain": "button", "key": "stop"},
        {"domain": "button", "key": "pause"},
        {"domain": "sensor", "key": "direction", "class": "enum", "options": ["forward", "backward"]},
    )
    assert found == {
        "speed": "sensor velocity",
        "distance": "sensor distance",
        "incline": "sensor grade",
        "heart_rate": "sensor pulse",
        "steps": "sensor steps",
        "belt_running": "sensor state",
        "set_speed": "number speed",
        "set_incline": "number incline",
        "start": "button start",
        "stop": "button stop",
        "pause": "button pause",
        "direction": "sensor direction",
    }


async def test_words_do_where_there_are_no_classes_in_several_languages(hass: HomeAssistant) -> None:
    found = _found(
        hass,
        {"domain": "sensor", "key": "x", "name": "Bandgeschwindigkeit", "unit": "km/h"},
        {"domain": "sensor", "key": "y", "name": "Zurückgelegte Strecke", "unit": "km"},
        {"domain": "sensor", "key": "z", "name": "Fréquence cardiaque", "unit": "bpm"},
        {"domain": "sensor", "key": "v", "name": "Schritte"},
        {"domain": "sensor", "key": "w", "name": "Steigung", "unit": "%"},
        {"domain": "sensor", "key": "u", "name": "Zustand", "state": "stopped"},
    )
    assert found == {
        "speed": "sensor x",
        "distance": "sensor y",
        "heart_rate": "sensor z",
        "steps": "sensor v",
        "incline": "sensor w",
        "belt_running": "sensor u",
    }


async def test_an_average_speed_is_better_than_none_but_a_setpoint_is_no_speed(hass: HomeAssistant) -> None:
    average = {"domain": "sensor", "key": "speed_avg", "unit": "km/h", "class": "speed"}
    setpoint = {"domain": "number", "key": "speed", "unit": "km/h", "class": "speed"}
    target = {"domain": "sensor", "key": "target_speed", "unit": "km/h", "class": "speed"}
    assert _found(hass, average, setpoint, target) == {
        "speed": "sensor speed_avg",
        "set_speed": "number speed",
    }


async def test_a_number_in_miles_beside_a_sensor_in_kilometres_is_still_the_speed_to_set(
    hass: HomeAssistant,
) -> None:
    found = _found(hass, SPEED, {"domain": "number", "key": "belt_speed", "unit": "mph"})
    assert found == {"speed": "sensor speed", "set_speed": "number belt_speed"}


async def test_a_number_without_a_unit_is_found_by_its_word(hass: HomeAssistant) -> None:
    assert _found(hass, {"domain": "number", "key": "speed"}) == {"set_speed": "number speed"}


@pytest.mark.parametrize(
    "key",
    [
        "max_speed",
        "speed_limit",
        "start_speed",
        "fan_speed",
        "default_speed",
        "speed_increment",
        "speed_step",
    ],
)
async def test_a_number_that_sets_a_limit_or_a_fan_is_no_speed_to_set(hass: HomeAssistant, key: str) -> None:
    assert _found(hass, {"domain": "number", "key": key, "unit": "km/h"}) == {}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({"key": "wind_speed", "unit": "km/h", "class": "speed"}, id="wind"),
        pytest.param({"key": "target_1_speed", "unit": "mm/s", "class": "speed"}, id="a radar's target"),
        pytest.param({"key": "max_speed", "unit": "km/h", "class": "speed"}, id="a limit"),
        pytest.param({"key": "speed", "class": "speed"}, id="without a unit"),
        pytest.param({"key": "speed", "unit": "Mbit/s"}, id="of a line"),
        pytest.param({"key": "target_distance", "unit": "m", "class": "distance"}, id="a way to go"),
        pytest.param({"key": "moving_distance", "unit": "cm", "class": "distance"}, id="a radar's distance"),
        pytest.param(
            {"key": "distance", "unit": "m", "class": "distance", "state_class": "measurement"},
            id="how far away",
        ),
        pytest.param({"key": "elevation_gain", "unit": "m", "class": "distance"}, id="a climb"),
        pytest.param({"key": "incline", "unit": "level"}, id="an incline in levels"),
        pytest.param({"key": "target_incline", "unit": "%"}, id="an incline to be"),
        pytest.param({"key": "respiratory_rate", "unit": "bpm"}, id="breaths"),
        pytest.param({"key": "heart_resp_rate", "unit": "bpm"}, id="breaths beside a heart"),
        pytest.param({"key": "resting_heart_rate", "unit": "bpm"}, id="a resting heart"),
        pytest.param({"key": "restingHeartRate", "unit": "bpm"}, id="a resting heart in one word"),
        pytest.param({"key": "x", "name": "Ruhepuls", "unit": "bpm"}, id="a resting heart in German"),
        pytest.param({"key": "max_heart_rate", "unit": "bpm"}, id="the highest heart rate"),
        pytest.param({"key": "heart_rate_avg", "unit": "bpm"}, id="an average heart rate"),
        pytest.param({"key": "heart_rate_variability", "unit": None}, id="variability"),
        pytest.param({"key": "heart_rate_recovery", "unit": "bpm"}, id="recovery"),
        pytest.param({"key": "heart_rate_zone"}, id="a zone"),
        pytest.param({"key": "pulse_wave"}, id="stiff arteries"),
        pytest.param({"key": "heart_rate_time", "class": "timestamp"}, id="when a heart rate was"),
        pytest.param({"key": "tempo", "unit": "bpm"}, id="music"),
        pytest.param({"key": "step_goal", "unit": "steps"}, id="a goal"),
        pytest.param({"key": "steps_per_minute", "unit": "steps"}, id="a rate"),
        pytest.param({"key": "cadence", "unit": "steps"}, id="a cadence"),
        pytest.param({"key": "step_length"}, id="a length"),
        pytest.param({"key": "average_steps", "unit": "steps"}, id="an average"),
        pytest.param({"key": "steps_yesterday", "unit": "steps"}, id="of yesterday"),
        pytest.param({"key": "battery_state", "state": "idle"}, id="a battery"),
        pytest.param({"key": "training_status", "state": "idle"}, id="a training status"),
        pytest.param(
            {"key": "speed", "unit": "km/h", "class": "speed", "category": "config"}, id="configured"
        ),
    ],
)
async def test_a_sensor_that_only_looks_so_is_not_proposed(hass: HomeAssistant, row: Row) -> None:
    assert _found(hass, {"domain": "sensor", "state": "0", **row}) == {}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            {"domain": "binary_sensor", "key": "connected", "class": "connectivity"}, id="connected"
        ),
        pytest.param({"domain": "binary_sensor", "key": "belt_connected"}, id="connected, without a class"),
        pytest.param({"domain": "binary_sensor", "key": "paused", "name": "Workout paused"}, id="paused"),
        pytest.param({"domain": "binary_sensor", "key": "moving_target", "class": "moving"}, id="a radar"),
        pytest.param({"domain": "switch", "key": "connection"}, id="the link"),
        pytest.param({"domain": "switch", "key": "treadmill_bluetooth"}, id="the link, by another word"),
        pytest.param({"domain": "switch", "key": "treadmill_auto_reconnect"}, id="the link by itself"),
        pytest.param({"domain": "switch", "key": "belt_led"}, id="a lamp"),
        pytest.param({"domain": "switch", "key": "belt_light"}, id="a light"),
        pytest.param({"domain": "switch", "key": "treadmill_fan"}, id="a fan"),
        pytest.param({"domain": "switch", "key": "belt_vibration"}, id="vibration"),
        pytest.param({"domain": "switch", "key": "treadmill_use_watch"}, id="another source"),
        pytest.param({"domain": "switch", "key": "belt_safety_key"}, id="the safety key"),
        pytest.param({"domain": "switch", "key": "treadmill_plug"}, id="the plug"),
        pytest.param({"domain": "switch", "key": "auto_pause"}, id="a habit"),
        pytest.param({"domain": "button", "key": "reset"}, id="reset"),
        pytest.param({"domain": "button", "key": "reset_and_stop_session"}, id="a stop that resets"),
        pytest.param({"domain": "button", "key": "restart"}, id="restart"),
        pytest.param({"domain": "button", "key": "reconnect"}, id="reconnect"),
        pytest.param({"domain": "number", "key": "incline", "unit": "level"}, id="an incline in levels"),
        pytest.param({"domain": "media_player", "key": "screen"}, id="the console's screen"),
    ],
)
async def test_a_control_that_is_not_the_belts_is_not_proposed(hass: HomeAssistant, row: Row) -> None:
    assert _found(hass, SPEED, row) == {"speed": "sensor speed"}


async def test_a_treadmills_name_makes_none_of_its_switches_the_belts(hass: HomeAssistant) -> None:
    rows = [SPEED, {"domain": "switch", "key": "display", "name": "Treadmill display", "state": "on"}]
    machine = _device(hass, {**rows[0], "name": "Treadmill speed"}, rows[1], unique_id="treadmill_{key}")
    assert propose_roles(hass, machine.device_id) == {Role.SPEED: machine["sensor speed"]}


async def test_a_word_that_says_what_it_is_is_not_taken_for_the_machines_name(hass: HomeAssistant) -> None:
    rows = ({**SPEED, "key": "belt_speed"}, {"domain": "switch", "key": "belt_switch", "state": "off"})
    machine = _device(hass, *rows, unique_id="{key}")
    assert propose_roles(hass, machine.device_id)[Role.STOP] == machine["switch belt_switch"]


async def test_a_belt_switch_beside_a_speed_starts_and_stops_and_tells_whether_it_runs(
    hass: HomeAssistant,
) -> None:
    belt = {"domain": "switch", "key": "belt", "state": "off"}
    assert _found(hass, SPEED, belt) == {
        "speed": "sensor speed",
        "belt_running": "switch belt",
        "start": "switch belt",
        "stop": "switch belt",
    }


async def test_a_belt_that_is_a_media_player_has_all_its_controls(hass: HomeAssistant) -> None:
    player = {"domain": "media_player", "key": "belt", "state": "idle"}
    assert _found(hass, SPEED, player) == {
        "speed": "sensor speed",
        "belt_running": "media_player belt",
        "start": "media_player belt",
        "stop": "media_player belt",
        "pause": "media_player belt",
    }


async def test_a_belt_that_is_a_select_has_the_controls_that_it_has_words_for(hass: HomeAssistant) -> None:
    select = {"domain": "select", "key": "belt", "state": "stop", "options": ["stop", "run"]}
    assert _found(hass, SPEED, select) == {
        "speed": "sensor speed",
        "start": "select belt",
        "stop": "select belt",
    }
    select["options"] = ["stop", "pause", "run"]
    assert _found(hass, SPEED, select) == {
        "speed": "sensor speed",
        "start": "select belt",
        "stop": "select belt",
        "pause": "select belt",
    }
    assert _found(hass, SPEED, {**select, "options": ["low", "high"]}) == {"speed": "sensor speed"}


async def test_one_button_for_start_and_stop_is_the_last_thing_to_stop_with(hass: HomeAssistant) -> None:
    toggle, stop = {"domain": "button", "key": "start_stop"}, {"domain": "button", "key": "stop"}
    assert _found(hass, toggle) == {"start": "button start_stop", "stop": "button start_stop"}
    assert _found(hass, toggle, {**stop, "domain": "button", "key": "stop_belt"}) == {
        "start": "button start_stop",
        "stop": "button stop_belt",
    }


async def test_one_button_for_play_and_pause_is_no_stop_while_there_is_one(hass: HomeAssistant) -> None:
    found = _found(hass, {"domain": "button", "key": "play_pause"}, {"domain": "button", "key": "stop"})
    assert found == {"start": "button play_pause", "stop": "button stop", "pause": "button play_pause"}


async def test_a_pause_that_is_a_switch_is_found(hass: HomeAssistant) -> None:
    assert _found(hass, {"domain": "switch", "key": "pause"}) == {"pause": "switch pause"}


async def test_a_plug_with_a_meter_tells_that_the_belt_runs_and_never_switches_it(
    hass: HomeAssistant,
) -> None:
    found = _found(
        hass,
        {"domain": "switch", "key": "switch", "name": "Treadmill", "class": "outlet", "state": "on"},
        {"domain": "sensor", "key": "voltage", "unit": "V", "class": "voltage", "state": "230"},
        {"domain": "sensor", "key": "power", "unit": "W", "class": "power", "state": "3"},
        {"domain": "sensor", "key": "energy", "unit": "kWh", "class": "energy", "state": "12"},
    )
    assert found == {"belt_running": "sensor power"}


async def test_the_power_of_a_machine_that_tells_more_tells_nothing_of_its_belt(hass: HomeAssistant) -> None:
    power = {"domain": "sensor", "key": "power", "unit": "W", "class": "power", "state": "3"}
    assert _found(hass, SPEED, power) == {"speed": "sensor speed"}


async def test_what_a_person_corrected_in_the_registry_counts(hass: HomeAssistant) -> None:
    machine = _device(hass, {"domain": "sensor", "key": "reading", "unit": "km/h", "state": "0"})
    assert propose_roles(hass, machine.device_id) == {}
    er.async_get(hass).async_update_entity(machine["sensor reading"], name="Belt speed")
    assert propose_roles(hass, machine.device_id) == {Role.SPEED: machine["sensor reading"]}
    er.async_get(hass).async_update_entity(machine["sensor reading"], name=None, device_class="speed")
    assert propose_roles(hass, machine.device_id) == {Role.SPEED: machine["sensor reading"]}


async def test_of_two_that_fit_the_one_that_is_enabled_and_then_the_plainer_is_taken(
    hass: HomeAssistant,
) -> None:
    plain = {**SPEED, "key": "speed"}
    assert _found(hass, {**SPEED, "key": "speed_of_something"}, plain) == {"speed": "sensor speed"}
    found = _found(hass, {**plain, "key": "speeds", "disabled": "user"}, {**SPEED, "key": "speed_of_it"})
    assert found == {"speed": "sensor speed_of_it"}


async def test_an_entity_of_the_known_is_never_guessed_about(hass: HomeAssistant) -> None:
    """Their versions add entities that look right, such as a phone's walking speed or a lowest speed."""
    odd = {"domain": "sensor", "key": "walkingpad_something_speed", "unit": "km/h", "class": "speed"}
    given = {"platform": "king_smith", "unique_id": "AA:BB:CC:DD:EE:FF-{key}", "entities": [odd]}
    machine = register(hass, given)
    assert propose_roles(hass, machine.device_id) == {}


async def test_a_helper_on_a_known_machine_fills_what_the_machine_cannot_tell(hass: HomeAssistant) -> None:
    strap = {"domain": "sensor", "platform": "template", "key": "chest_pulse", "unit": "bpm", "state": "80"}
    known = {"domain": "sensor", "key": "walkingpad_current_speed", "unit": "km/h", "class": "speed"}
    given = {"platform": "king_smith", "unique_id": "AA:BB:CC:DD:EE:FF-{key}", "entities": [known, strap]}
    machine = register(hass, given)
    assert propose_roles(hass, machine.device_id) == {
        Role.SPEED: machine["sensor walkingpad_current_speed"],
        Role.HEART_RATE: machine["sensor chest_pulse"],
    }


async def test_an_entity_without_registry_is_judged_by_its_state(hass: HomeAssistant) -> None:
    hass.states.async_set(
        "sensor.strap", "unavailable", {"friendly_name": "Herzfrequenz", "unit_of_measurement": "bpm"}
    )
    assert propose(hass, entity_id="sensor.strap") == Proposal(
        roles={Role.HEART_RATE: "sensor.strap"}, unavailable=frozenset({Role.HEART_RATE})
    )


@pytest.mark.usefixtures("gym_can_be_found")
@IN_THE_GYM[1]
async def test_the_simulated_gym_is_found_whole(hass: HomeAssistant) -> None:
    entry = await async_open(hass)
    found = {
        device.name: propose_roles(hass, device.id)
        for device in dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
        if (device.name or "").startswith("Gym")
    }
    assert found == {
        "Gym treadmill": {
            Role.SPEED: "sensor.gym_treadmill_speed",
            Role.DISTANCE: "sensor.gym_treadmill_distance",
            Role.INCLINE: "sensor.gym_treadmill_incline",
            Role.STEPS: "sensor.gym_treadmill_steps",
            Role.BELT_RUNNING: "binary_sensor.gym_treadmill_belt_running",
            Role.SET_SPEED: "number.gym_treadmill_target_speed",
            Role.SET_INCLINE: "number.gym_treadmill_target_incline",
            Role.START: "button.gym_treadmill_start",
            Role.STOP: "button.gym_treadmill_stop",
            Role.PAUSE: "button.gym_treadmill_pause",
        },
        "Gym strap": {Role.HEART_RATE: "sensor.gym_strap_heart_rate"},
        "Gym rear sensor": {},
        "Gym lights": {},
        "Gym amplifier": {},
        "Gym wall speaker": {},
        "Gym speaker": {},
    }
