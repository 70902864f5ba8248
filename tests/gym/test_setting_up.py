"""How the gym is set up, and what is in it then."""

from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import SOURCE_USER
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component

from .visit import IN_THE_GYM, async_open, state

pytestmark = IN_THE_GYM

NAMED_BY_DEVICE = {"speaker", "media"}
CONSOLE = [f"button.{{}}_console_{key}" for key in ("faster", "pause", "slower", "start", "stop")]
FAULTS = ["select.{}_manners", "switch.{}_link"]
KNOBS = [
    "number.{}_buffers_for",
    "number.{}_wakes_up_in",
    "select.{}_manners",
    "switch.{}_plugged_in",
]
SPEAKERS = ("gym_speaker", "gym_wall_speaker", "gym_amplifier", "garage_speaker")
VOICE_KNOBS = {"number.virtual_gym_voice_delay", "select.virtual_gym_voice_manners"}
FURNITURE = [
    "binary_sensor.{}_rear_sensor_obstacle",
    "button.{}_rear_sensor_dog_leaves",
    "button.{}_rear_sensor_dog_walks_in",
    "light.{}_lights_ceiling",
    "light.{}_lights_lamp",
    "light.{}_lights_strip",
    "sensor.{}_rear_sensor_distance",
    "sensor.{}_strap_heart_rate",
    "switch.{}_rear_sensor_plugged_in",
]
TREADMILL = [
    *CONSOLE,
    *FAULTS,
    "binary_sensor.{}_belt_running",
    "button.{}_pause",
    "button.{}_start",
    "button.{}_stop",
    "number.{}_target_incline",
    "number.{}_target_speed",
    "sensor.{}_distance",
    "sensor.{}_incline",
    "sensor.{}_speed",
    "sensor.{}_steps",
    "switch.{}_safety_key",
]
MACHINES = {
    "gym_treadmill": TREADMILL,
    "garage_treadmill": TREADMILL,
    "loft_treadmill": [
        *CONSOLE,
        *FAULTS,
        "binary_sensor.{}_connected",
        "button.{}_stop_session",
        "number.{}_speed",
        "sensor.{}_current_speed",
        "sensor.{}_distance",
        "sensor.{}_maximum_speed",
        "sensor.{}_state",
        "sensor.{}_steps",
        "switch.{}_belt",
        "switch.{}_stay_connected",
    ],
    "study_treadmill": [
        *CONSOLE,
        *FAULTS,
        "binary_sensor.{}_connected",
        "media_player.{}",
        "number.{}_speed_control",
        "sensor.{}_distance",
        "sensor.{}_speed",
        "sensor.{}_steps",
    ],
    "cellar_treadmill": [
        *CONSOLE,
        *FAULTS,
        "number.{}_target_speed",
        "select.{}_belt",
        "sensor.{}_distance",
        "sensor.{}_speed",
    ],
    "barn_treadmill": [
        *CONSOLE,
        *FAULTS,
        "number.{}_speed",
        "sensor.{}_distance",
        "sensor.{}_speed",
        "sensor.{}_steps",
        "switch.{}_belt",
    ],
    "shed_treadmill": CONSOLE,
    "shed_plug": ["sensor.{}_power", "switch.{}_relay"],
    "studio_cross_trainer": [
        "number.{}_target_resistance",
        "sensor.{}_distance",
        "sensor.{}_movement_direction",
        "sensor.{}_speed",
        "sensor.{}_steps",
        "switch.{}_link",
        "switch.{}_person_treads",
        "switch.{}_person_treads_backward",
    ],
}


async def test_it_asks_once_and_can_be_there_once(hass: HomeAssistant) -> None:
    flow = await hass.config_entries.flow.async_init("virtual_gym", context={"source": SOURCE_USER})
    assert flow["type"] is FlowResultType.FORM
    done = await hass.config_entries.flow.async_configure(flow["flow_id"], {})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    again = await hass.config_entries.flow.async_init("virtual_gym", context={"source": SOURCE_USER})
    assert again["reason"] == "single_instance_allowed"


async def test_a_key_in_the_configuration_is_enough(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, "virtual_gym", {"virtual_gym": {}})
    await hass.async_block_till_done()
    assert hass.states.get("sensor.gym_treadmill_speed") is not None


async def test_every_room_has_what_belongs_there_under_names_that_can_be_guessed(hass: HomeAssistant) -> None:
    entry = await async_open(hass)
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    found = {one.entity_id for one in entities if one.domain != Platform.TTS}
    furniture = {name.format(room) for name in FURNITURE for room in ("gym", "garage")}
    machines = {name.format(machine) for machine, names in MACHINES.items() for name in names}
    speakers = {name.format(one) for one in SPEAKERS for name in ("media_player.{}", *KNOBS)}
    assert found == furniture | machines | speakers | VOICE_KNOBS


async def test_more_speakers_and_voices_are_there_where_the_entry_asks_for_them(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(
        domain="virtual_gym",
        data={
            "speakers": {"radio": {"announces": False, "wakes": 1.5, "buffers": 0.25}},
            "voices": {"slow": {"delay": 2}},
        },
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert state(hass, "number.gym_radio_wakes_up_in") == "1.5"
    assert state(hass, "number.gym_radio_buffers_for") == "0.25"
    assert state(hass, "media_player.gym_radio") == "idle"
    assert state(hass, "tts.virtual_gym_slow") == "unknown", "it has said nothing yet"


async def test_every_machine_is_a_device_that_is_named_for_its_room(hass: HomeAssistant) -> None:
    entry = await async_open(hass)
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    furniture = ("strap", "rear sensor", "lights", "speaker")
    more_speakers = {"Gym wall speaker", "Gym amplifier"}
    assert {one.name for one in devices} - {"Virtual gym"} == {
        *(f"{room} {machine}" for room in ("Gym", "Garage") for machine in furniture),
        *(machine.replace("_", " ").capitalize() for machine in MACHINES),
        *more_speakers,
    }


async def test_what_is_no_part_of_a_machine_is_set_apart_from_its_controls(hass: HomeAssistant) -> None:
    """Who looks for controls must be able to leave out hands and faults, which no real machine has."""
    entry = await async_open(hass)
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    apart = {one.entity_id for one in entities if one.entity_category is EntityCategory.CONFIG}
    extra = {name for name in MACHINES["studio_cross_trainer"] if "person" in name}
    of_machines = {
        name.format(machine)
        for machine, names in MACHINES.items()
        for name in names
        if name in {*CONSOLE, *FAULTS, *extra}
    }
    of_speakers = {knob.format(speaker) for speaker in SPEAKERS for knob in KNOBS}
    assert apart == of_machines | of_speakers | VOICE_KNOBS


async def test_every_entity_has_a_name_and_every_choice_too(hass: HomeAssistant) -> None:
    entry = await async_open(hass)
    translated = await async_get_translations(hass, "en", "entity", ["virtual_gym"])
    for one in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id):
        key = f"component.virtual_gym.entity.{one.domain}.{one.translation_key}"
        assert one.translation_key in NAMED_BY_DEVICE or f"{key}.name" in translated, one.entity_id
        found = hass.states.get(one.entity_id)
        assert found is not None
        if one.domain in {Platform.SELECT, Platform.SENSOR}:
            options = found.attributes.get("options", [])
            assert [option for option in options if f"{key}.state.{option}" not in translated] == []
