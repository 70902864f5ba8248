"""How the gym is set up, and what is in it then."""

from homeassistant.config_entries import SOURCE_USER
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component

from .visit import IN_THE_GYM, async_open

pytestmark = IN_THE_GYM

ROOM = [
    "binary_sensor.{}_rear_sensor_obstacle",
    "binary_sensor.{}_treadmill_belt_running",
    "button.{}_rear_sensor_dog_leaves",
    "button.{}_rear_sensor_dog_walks_in",
    "button.{}_treadmill_pause",
    "button.{}_treadmill_start",
    "button.{}_treadmill_stop",
    "light.{}_lights_ceiling",
    "light.{}_lights_lamp",
    "light.{}_lights_strip",
    "media_player.{}_speaker",
    "number.{}_treadmill_target_incline",
    "number.{}_treadmill_target_speed",
    "sensor.{}_rear_sensor_distance",
    "sensor.{}_strap_heart_rate",
    "sensor.{}_treadmill_distance",
    "sensor.{}_treadmill_incline",
    "sensor.{}_treadmill_speed",
    "sensor.{}_treadmill_steps",
    "switch.{}_rear_sensor_plugged_in",
    "switch.{}_treadmill_safety_key",
]


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


async def test_both_rooms_have_everything_under_names_that_can_be_guessed(hass: HomeAssistant) -> None:
    entry = await async_open(hass)
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    found = {one.entity_id for one in entities if one.domain != Platform.TTS}
    assert found == {name.format(room) for name in ROOM for room in ("gym", "garage")}


async def test_every_machine_is_a_device_that_is_named_for_its_room(hass: HomeAssistant) -> None:
    entry = await async_open(hass)
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    machines = ("treadmill", "strap", "rear sensor", "lights", "speaker")
    assert {one.name for one in devices} - {"Virtual gym"} == {
        f"{room} {machine}" for room in ("Gym", "Garage") for machine in machines
    }
