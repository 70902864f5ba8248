"""What can be asked of a machine: which speeds and inclines it can be set to, and whether it can be told to stand."""

from dataclasses import dataclass
from enum import StrEnum
import math


class Asked(StrEnum):
    """What can be asked of a machine."""

    SPEED = "speed"
    GRADE = "grade"
    PAUSE = "pause"
    """To stand, and to keep its counters: the workout goes on."""
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One thing to ask of the machine: km/h, percent, or to stand."""

    asked: Asked
    value: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """What a machine's set-point can be, in km/h or percent."""

    low: float
    high: float
    step: float

    def at_most(self, value: float) -> float | None:
        """Give the highest setting that is not over a value; None where even the lowest is."""
        value = min(value, self.high)
        if value < self.low - 1e-6:
            return None
        return round(self.low + math.floor((value - self.low) / self.step + 1e-6) * self.step, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What may be done to one place's belt."""

    speed: Axis | None = None
    grade: Axis | None = None
    can_halt: bool = False
