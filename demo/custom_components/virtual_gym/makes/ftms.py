"""Treadmills and cross trainers with the Bluetooth profile for fitness machines, as the integration ftms shows them."""

from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.number import NumberDeviceClass
from homeassistant.components.sensor import SensorDeviceClass, SensorStateClass
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfLength, UnitOfSpeed

from ..belt import MAX_INCLINE, MAX_RESISTANCE, MAX_SPEED, MIN_SPEED, Belt
from ..descriptions import (
    GymBinarySensorDescription,
    GymButtonDescription,
    GymNumberDescription,
    GymSensorDescription,
    GymSwitchDescription,
)
from ..manners import Key, Setting
from ..treadmill import Link, Treadmill
from .hands import CONSOLE, LINK, SAFETY_KEY
from .make import Make

STRIDE_SPEED: Final = 5.0
"""How fast somebody treads who begins to, in km/h."""

SPEED: Final = GymSensorDescription[Link](
    key="speed_instant",
    device_class=SensorDeviceClass.SPEED,
    native_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
    state_class=SensorStateClass.MEASUREMENT,
    value_fn=lambda link: round(link.told.speed, 2),
)
DISTANCE: Final = GymSensorDescription[Link](
    key="distance_total",
    device_class=SensorDeviceClass.DISTANCE,
    native_unit_of_measurement=UnitOfLength.METERS,
    state_class=SensorStateClass.TOTAL,
    value_fn=lambda link: round(link.told.distance, 1),
)
INCLINATION: Final = GymSensorDescription[Link](
    key="inclination",
    native_unit_of_measurement=PERCENTAGE,
    state_class=SensorStateClass.MEASUREMENT,
    value_fn=lambda link: round(link.told.incline, 1),
)
STEPS: Final = GymSensorDescription[Link](
    key="step_count", state_class=SensorStateClass.TOTAL, value_fn=lambda link: int(link.told.steps)
)
MOVEMENT: Final = GymSensorDescription[Link](
    key="movement_direction",
    device_class=SensorDeviceClass.ENUM,
    options=["forward", "backward"],
    # Many such machines have the entity and never a value; here it comes with the first step.
    value_fn=lambda link: ("backward" if link.told.backward else "forward") if link.told.steps else None,
)

TREADMILL: Final = Make(
    sensors=(SPEED, DISTANCE, INCLINATION, STEPS),
    binary_sensors=(
        GymBinarySensorDescription[Link](
            key="belt_running",
            device_class=BinarySensorDeviceClass.RUNNING,
            is_on_fn=lambda link: link.told.speed > 0,
        ),
    ),
    numbers=(
        GymNumberDescription(
            key="target_speed",
            device_class=NumberDeviceClass.SPEED,
            native_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
            native_min_value=MIN_SPEED,
            native_max_value=MAX_SPEED,
            native_step=0.1,
            setting=Setting.SPEED,
            value_fn=lambda belt: belt.shown_target,
        ),
        GymNumberDescription(
            key="target_inclination",
            native_unit_of_measurement=PERCENTAGE,
            native_min_value=0.0,
            native_max_value=MAX_INCLINE,
            native_step=0.5,
            setting=Setting.INCLINE,
            value_fn=lambda belt: belt.target_incline,
        ),
    ),
    buttons=(
        GymButtonDescription[Link](key="start", press_fn=lambda link: link.async_press(Key.START)),
        GymButtonDescription[Link](key="stop", press_fn=lambda link: link.async_press(Key.STOP)),
        GymButtonDescription[Link](key="pause", press_fn=lambda link: link.async_press(Key.PAUSE)),
    ),
    has_manners=True,
    switches=(LINK,),
    hand_buttons=CONSOLE,
    hand_switches=(SAFETY_KEY,),
)

# Nothing moves it but a person, so nothing but the resistance can be asked for.
CROSS_TRAINER: Final = Make(
    device="cross trainer",
    sensors=(SPEED, DISTANCE, STEPS, MOVEMENT),
    numbers=(
        GymNumberDescription(
            key="target_resistance",
            native_min_value=1.0,
            native_max_value=MAX_RESISTANCE,
            native_step=1.0,
            setting=Setting.RESISTANCE,
            value_fn=lambda belt: belt.resistance,
        ),
    ),
    switches=(LINK,),
    hand_switches=(
        GymSwitchDescription[Treadmill](
            key="person_treads",
            entity_category=EntityCategory.CONFIG,
            is_on_fn=lambda trainer: trainer.belt.driven,
            turn_on_fn=lambda trainer: trainer.async_do(lambda belt: belt.start().aim(STRIDE_SPEED)),
            turn_off_fn=lambda trainer: trainer.async_do(Belt.pause),
        ),
        GymSwitchDescription[Treadmill](
            key="person_treads_backward",
            entity_category=EntityCategory.CONFIG,
            is_on_fn=lambda trainer: trainer.belt.backward,
            turn_on_fn=lambda trainer: trainer.async_do(lambda belt: belt.tread(backward=True)),
            turn_off_fn=lambda trainer: trainer.async_do(lambda belt: belt.tread(backward=False)),
        ),
    ),
)
