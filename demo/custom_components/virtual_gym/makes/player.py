"""A walking pad that poses as a media player, as the integration kingsmith_walkingpad shows it."""

from math import ceil
from typing import Final

from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import UnitOfLength, UnitOfSpeed

from ..belt import MIN_SPEED, Belt
from ..descriptions import GymBinarySensorDescription, GymNumberDescription, GymSensorDescription
from ..manners import Setting
from ..treadmill import Link
from .hands import CONSOLE, LINK
from .make import Make
from .walking_pad import PAD


def player_state(belt: Belt) -> str:
    """Name what the belt does as a media player does, and as none does: it counts a start down."""
    if belt.starts_in is not None:
        return f"countdown {ceil(belt.starts_in)}"
    if belt.driven:
        return "playing"
    return "idle" if belt.finished else "paused"


# Its sensors have no class, so only their words and units tell what they are.
PLAYER: Final = Make(
    belt=PAD,
    is_player=True,
    sensors=(
        GymSensorDescription[Link](
            key="speed",
            native_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
            value_fn=lambda link: round(link.told.speed, 1),
        ),
        GymSensorDescription[Link](
            key="distance",
            native_unit_of_measurement=UnitOfLength.METERS,
            value_fn=lambda link: round(link.told.distance),
        ),
        GymSensorDescription[Link](key="steps", value_fn=lambda link: int(link.told.steps)),
    ),
    binary_sensors=(
        GymBinarySensorDescription[Link](
            key="connected",
            always=True,
            device_class=BinarySensorDeviceClass.CONNECTIVITY,
            is_on_fn=lambda link: link.available,
        ),
    ),
    numbers=(
        GymNumberDescription(
            key="speed_control",
            native_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
            native_min_value=MIN_SPEED,
            native_max_value=PAD.max_speed,
            native_step=0.1,
            setting=Setting.SPEED,
            value_fn=lambda belt: belt.shown_target,
            available_fn=lambda belt: belt.driven and belt.starts_in is None,
        ),
    ),
    has_manners=True,
    switches=(LINK,),
    hand_buttons=CONSOLE,
)
