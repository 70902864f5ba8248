"""What a place's machine can tell and be told: each role an entity of another integration may fill."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ..engine.metrics import Quantity


class Role(StrEnum):
    """What an entity of a place is there for."""

    SPEED = "speed"
    DISTANCE = "distance"
    INCLINE = "incline"
    HEART_RATE = "heart_rate"
    STEPS = "steps"
    BELT_RUNNING = "belt_running"
    SET_SPEED = "set_speed"
    SET_INCLINE = "set_incline"
    START = "start"
    """Known so that it is never pressed: a belt is started by the athlete."""
    STOP = "stop"
    PAUSE = "pause"
    DIRECTION = "direction"
    """Which way a cross trainer's pedals turn; no treadmill tells it."""


QUANTITY: Final[Mapping[Role, Quantity]] = MappingProxyType(
    {
        Role.SPEED: Quantity.SPEED,
        Role.DISTANCE: Quantity.DISTANCE,
        Role.INCLINE: Quantity.INCLINE,
        Role.HEART_RATE: Quantity.HEART_RATE,
        Role.STEPS: Quantity.STEPS,
        Role.DIRECTION: Quantity.DIRECTION,
    }
)
"""The roles that are readings, and of what; the others are states and controls."""
