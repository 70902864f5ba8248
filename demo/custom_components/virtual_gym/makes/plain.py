"""A treadmill without any link: all a home can know of it is what a smart plug before it measures."""

from typing import Final

from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.components.switch.const import SwitchDeviceClass
from homeassistant.const import UnitOfPower

from ..belt import Belt
from ..descriptions import GymSensorDescription, GymSwitchDescription
from ..treadmill import Treadmill
from .hands import CONSOLE
from .make import Make

PLAIN: Final = Make(hand_buttons=CONSOLE, behind_plug=True)

POWER: Final = GymSensorDescription[Treadmill](
    key="power",
    device_class=SensorDeviceClass.POWER,
    native_unit_of_measurement=UnitOfPower.WATT,
    state_class=SensorStateClass.MEASUREMENT,
    value_fn=lambda treadmill: round(treadmill.belt.watts, 1),
)
RELAY: Final = GymSwitchDescription[Treadmill](
    key="relay",
    device_class=SwitchDeviceClass.OUTLET,
    is_on_fn=lambda treadmill: treadmill.belt.key_in,
    turn_on_fn=lambda treadmill: treadmill.async_do(Belt.insert_key),
    turn_off_fn=lambda treadmill: treadmill.async_do(Belt.pull_key),
)
