"""What is seen behind the treadmill."""

from freezegun.api import FrozenDateTimeFactory

from homeassistant.core import HomeAssistant

from .visit import IN_THE_GYM, async_do, async_open, async_pass, async_press, state, value

pytestmark = IN_THE_GYM

OBSTACLE = "binary_sensor.gym_rear_sensor_obstacle"
DISTANCE = "sensor.gym_rear_sensor_distance"
PLUG = "switch.gym_rear_sensor_plugged_in"


async def test_a_dog_is_seen_at_once_and_leaves_by_itself(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    assert (state(hass, OBSTACLE), value(hass, DISTANCE)) == ("off", 320)
    await async_press(hass, "gym_rear_sensor_dog_walks_in")
    assert (state(hass, OBSTACLE), value(hass, DISTANCE)) == ("on", 60)
    assert state(hass, "binary_sensor.garage_rear_sensor_obstacle") == "off"
    await async_pass(hass, freezer, 7)
    assert state(hass, OBSTACLE) == "on"
    await async_pass(hass, freezer, 1)
    assert (state(hass, OBSTACLE), value(hass, DISTANCE)) == ("off", 320)


async def test_a_dog_can_be_sent_away(hass: HomeAssistant) -> None:
    await async_open(hass)
    await async_press(hass, "gym_rear_sensor_dog_walks_in")
    await async_press(hass, "gym_rear_sensor_dog_leaves")
    assert (state(hass, OBSTACLE), value(hass, DISTANCE)) == ("off", 320)


async def test_a_sensor_without_its_plug_knows_nothing(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    await async_press(hass, "gym_rear_sensor_dog_walks_in")
    await async_do(hass, "switch.turn_off", PLUG)
    assert state(hass, PLUG) == "off"
    assert (state(hass, OBSTACLE), state(hass, DISTANCE)) == ("unavailable", "unavailable")
    await async_do(hass, "switch.turn_on", PLUG)
    assert (state(hass, OBSTACLE), value(hass, DISTANCE)) == ("on", 60)
    await async_pass(hass, freezer, 8)
    assert state(hass, OBSTACLE) == "off"
