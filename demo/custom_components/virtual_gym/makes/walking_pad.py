"""A walking pad, as the integration king_smith shows it: a switch for the belt, and another that is none."""

from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.number import NumberDeviceClass
from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.components.switch.const import SwitchDeviceClass
from homeassistant.const import EntityCategory, UnitOfLength, UnitOfSpeed

from ..belt import MIN_SPEED, Belt, Phase
from ..descriptions import (
    GymBinarySensorDescription,
    GymButtonDescription,
    GymNumberDescription,
    GymSensorDescription,
    GymSwitchDescription,
)
from ..manners import Key, Setting
from ..treadmill import Link
from .hands import CONSOLE, LINK
from .make import Make

PAD: Final = Belt(max_speed=6.0, countdown=3.0)


def _state(belt: Belt) -> str:
    """Name what the belt does as the pad does."""
    if belt.driven:
        return "starting" if belt.phase is Phase.STARTING else "active"
    if not belt.finished:
        return "paused"
    return "stopped" if belt.steps else "standby"


WALKING_PAD: Final = Make(
    belt=PAD,
    sensors=(
        GymSensorDescription[Link](
            key="walkingpad_current_speed",
            device_class=SensorDeviceClass.SPEED,
            native_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
            state_class=SensorStateClass.MEASUREMENT,
            value_fn=lambda link: round(link.told.speed, 1),
        ),
        # The same class and unit as the speed, and it never changes.
        GymSensorDescription[Link](
            key="walkingpad_max_speed",
            device_class=SensorDeviceClass.SPEED,
            entity_category=EntityCategory.DIAGNOSTIC,
            native_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
            value_fn=lambda link: link.told.max_speed,
        ),
        GymSensorDescription[Link](
            key="walkingpad_distance",
            device_class=SensorDeviceClass.DISTANCE,
            native_unit_of_measurement=UnitOfLength.KILOMETERS,
            state_class=SensorStateClass.TOTAL_INCREASING,
            value_fn=lambda link: round(link.told.distance / 1000, 2),
        ),
        GymSensorDescription[Link](
            key="walkingpad_steps",
            state_class=SensorStateClass.TOTAL_INCREASING,
            value_fn=lambda link: int(link.told.steps),
        ),
        GymSensorDescription[Link](
            key="walkingpad_state",
            device_class=SensorDeviceClass.ENUM,
            options=["stopped", "active", "paused", "standby", "starting"],
            value_fn=lambda link: _state(link.told),
        ),
    ),
    binary_sensors=(
        GymBinarySensorDescription[Link](
            key="walkingpad_connected",
            always=True,
            device_class=BinarySensorDeviceClass.CONNECTIVITY,
            entity_category=EntityCategory.DIAGNOSTIC,
            is_on_fn=lambda link: link.available,
        ),
    ),
    numbers=(
        GymNumberDescription(
            key="walkingpad_speed",
            device_class=NumberDeviceClass.SPEED,
            native_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
            native_min_value=MIN_SPEED,
            native_max_value=PAD.max_speed,
            native_step=0.1,
            setting=Setting.SPEED,
            value_fn=lambda belt: belt.shown_target,
        ),
    ),
    buttons=(
        GymButtonDescription[Link](
            key="walkingpad_stop_session", press_fn=lambda link: link.async_press(Key.STOP)
        ),
    ),
    has_manners=True,
    switches=(
        GymSwitchDescription[Link](
            key="walkingpad_belt_switch",
            device_class=SwitchDeviceClass.SWITCH,
            is_on_fn=lambda link: link.told.driven,
            turn_on_fn=lambda link: link.async_press(Key.START),
            turn_off_fn=lambda link: link.async_press(Key.PAUSE),
        ),
        GymSwitchDescription[Link](
            key="walkingpad_stay_connected",
            always=True,
            is_on_fn=lambda link: link.stays_connected,
            turn_on_fn=lambda link: link.async_connect(stays_connected=True),
            turn_off_fn=lambda link: link.async_connect(stays_connected=False),
        ),
        LINK,
    ),
    hand_buttons=CONSOLE,
)
