"""Machines that are asked in miles per hour, and tell what they do in kilometres per hour."""

from typing import Final

from homeassistant.components.number import NumberDeviceClass
from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import UnitOfLength, UnitOfSpeed

from ..belt import Belt
from ..descriptions import (
    GymNumberDescription,
    GymSelectDescription,
    GymSensorDescription,
    GymSwitchDescription,
)
from ..manners import Key, Setting
from ..treadmill import Link
from .hands import CONSOLE, LINK
from .make import Make

KMH_PER_MPH: Final = 1.609344

FASTEST_CHOICE: Final = 7.4
FASTEST_PAD: Final = 4.0
"""What the two machines can do, in miles per hour."""

SPEED: Final = GymSensorDescription[Link](
    key="speed",
    device_class=SensorDeviceClass.SPEED,
    native_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
    state_class=SensorStateClass.MEASUREMENT,
    value_fn=lambda link: round(link.told.speed, 2),
)

OPTIONS: Final = {"stop": Key.STOP, "pause": Key.PAUSE, "run": Key.START}
"""What the belt can be told, and which key that is."""


def _option(belt: Belt) -> str:
    if belt.driven:
        return "run"
    return "stop" if belt.finished else "pause"


# A machine bridged by hand: one choice for the belt, and a unit that is not the home's.
SELECT: Final = Make(
    belt=Belt(max_speed=FASTEST_CHOICE * KMH_PER_MPH),
    sensors=(
        SPEED,
        GymSensorDescription[Link](
            key="distance",
            device_class=SensorDeviceClass.DISTANCE,
            native_unit_of_measurement=UnitOfLength.METERS,
            state_class=SensorStateClass.TOTAL,
            value_fn=lambda link: round(link.told.distance, 1),
        ),
    ),
    numbers=(
        GymNumberDescription(
            key="target_speed",
            device_class=NumberDeviceClass.SPEED,
            native_unit_of_measurement=UnitOfSpeed.MILES_PER_HOUR,
            native_min_value=0.3,
            native_max_value=FASTEST_CHOICE,
            native_step=0.1,
            setting=Setting.SPEED,
            scale=KMH_PER_MPH,
            value_fn=lambda belt: belt.shown_target,
        ),
    ),
    selects=(
        GymSelectDescription[Link](
            key="belt",
            options=list(OPTIONS),
            current_fn=lambda link: _option(link.told),
            choose_fn=lambda link, option: link.async_press(OPTIONS[option]),
        ),
    ),
    has_manners=True,
    switches=(LINK,),
    hand_buttons=CONSOLE,
)

# As the first integration called king_smith shows a walking pad: a number without any unit, from which zero stops it.
MPH: Final = Make(
    belt=Belt(max_speed=FASTEST_PAD * KMH_PER_MPH),
    sensors=(
        SPEED,
        GymSensorDescription[Link](
            key="distance",
            device_class=SensorDeviceClass.DISTANCE,
            native_unit_of_measurement=UnitOfLength.KILOMETERS,
            state_class=SensorStateClass.TOTAL_INCREASING,
            value_fn=lambda link: round(link.told.distance / 1000, 2),
        ),
        GymSensorDescription[Link](
            key="steps",
            state_class=SensorStateClass.TOTAL_INCREASING,
            value_fn=lambda link: int(link.told.steps),
        ),
    ),
    numbers=(
        GymNumberDescription(
            key="speed",
            native_min_value=0.0,
            native_max_value=FASTEST_PAD,
            native_step=0.1,
            setting=Setting.SPEED,
            scale=KMH_PER_MPH,
            value_fn=lambda belt: belt.shown_target if belt.driven else 0.0,
        ),
    ),
    has_manners=True,
    switches=(
        GymSwitchDescription[Link](
            key="switch",
            is_on_fn=lambda link: link.told.driven,
            turn_on_fn=lambda link: link.async_press(Key.START),
            turn_off_fn=lambda link: link.async_press(Key.STOP),
        ),
        LINK,
    ),
    hand_buttons=CONSOLE,
)
