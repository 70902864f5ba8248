"""How a value moves towards its goal, and what passes while a speed does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Ramp:
    """A while in which the speed changes evenly, or not at all."""

    first: float
    last: float
    seconds: float

    @property
    def distance(self) -> float:
        """Give the metres that pass."""
        return (self.first + self.last) / 2 / 3.6 * self.seconds

    @property
    def steps(self) -> float:
        """Give the steps in them: nobody steps slower than 30 a minute, and each km/h brings 20 more."""
        if self.first == self.last == 0:
            return 0.0
        return (30 + 20 * (self.first + self.last) / 2) / 60 * self.seconds


def towards(value: float, goal: float, most: float) -> float:
    """Move a value towards its goal, and no further; what is as good as there is there."""
    if abs(goal - value) <= most + 1e-9:
        return goal
    return value + most if goal > value else value - most
