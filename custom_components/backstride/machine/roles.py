"""What a place's machine can tell, and what an entity has to be for each."""

from enum import StrEnum
from typing import Final

from ..engine.metrics import Quantity


class Role(StrEnum):
    """What a source entity of a place is there for."""

    SPEED = "speed"
    DISTANCE = "distance"
    INCLINE = "incline"
    HEART_RATE = "heart_rate"
    STEPS = "steps"


QUANTITY: Final = {
    Role.SPEED: Quantity.SPEED,
    Role.DISTANCE: Quantity.DISTANCE,
    Role.INCLINE: Quantity.INCLINE,
    Role.HEART_RATE: Quantity.HEART_RATE,
    Role.STEPS: Quantity.STEPS,
}
