"""A treadmill's belt as a frozen value: it is told what a person does and how much time passes, and knows no clock."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

MIN_SPEED: Final = 0.5
MAX_SPEED: Final = 12.0
MAX_INCLINE: Final = 12.0

START_SPEED: Final = 1.0
"""What the belt moves to when a new workout is started, in km/h."""

SPEEDING_UP: Final = 0.3
SLOWING_DOWN: Final = 0.8
"""How fast the speed changes, in km/h per second."""

KEY_PULLED: Final = 15.0
"""As above with the key pulled: from full speed the belt stands within a second."""

TILTING: Final = 0.5
"""How fast the deck rises and falls, in percent per second."""

REPORT_EVERY: Final = 1.0
"""How often a moving machine tells what it does, in seconds."""

SOON: Final = 0.05
"""The shortest wait for the belt to stand: a timer that is a hair early must not be armed again for nothing."""


class Phase(StrEnum):
    """What the belt is doing."""

    STANDING = "standing"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True, kw_only=True)
class Belt:
    """A belt at one instant."""

    speed: float = 0.0
    target_speed: float = MIN_SPEED
    incline: float = 0.0
    target_incline: float = 0.0
    distance: float = 0.0
    """Metres since the workout began."""

    steps: float = 0.0
    driven: bool = False
    """Whether the motor is to turn the belt."""

    finished: bool = True
    """Whether the next start begins a new workout, and does not go on with a paused one."""

    key_in: bool = True

    @property
    def phase(self) -> Phase:
        """Tell what the belt is doing."""
        if self.driven:
            return Phase.STARTING if self.speed == 0 else Phase.RUNNING
        return Phase.STOPPING if self.speed else Phase.STANDING

    @property
    def reports_in(self) -> float | None:
        """Tell in how many seconds there is something new to tell; never, where everything stands."""
        if self.phase is Phase.STANDING:
            return None if self.incline == self.target_incline else REPORT_EVERY
        if self.phase is Phase.STOPPING:
            return min(max(self.speed / self._slowing, SOON), REPORT_EVERY)
        return REPORT_EVERY

    @property
    def _slowing(self) -> float:
        return SLOWING_DOWN if self.key_in else KEY_PULLED

    def start(self) -> Belt:
        """Press start: a new workout begins gently, a paused one goes on as it was. Nothing without the key."""
        if self.driven or not self.key_in:
            return self
        if not self.finished:
            return replace(self, driven=True)
        return replace(self, driven=True, finished=False, target_speed=START_SPEED, distance=0.0, steps=0.0)

    def pause(self) -> Belt:
        """Press pause: the belt slows down, and the workout can be gone on with."""
        return replace(self, driven=False)

    def stop(self) -> Belt:
        """Press stop: the belt slows down, and the workout is over."""
        return replace(self, driven=False, finished=True)

    def pull_key(self) -> Belt:
        """Pull the safety key: everything halts where it is."""
        return replace(self.stop(), key_in=False, target_incline=self.incline)

    def insert_key(self) -> Belt:
        """Put the key back; nothing moves before start is pressed."""
        return replace(self, key_in=True)

    def aim(self, speed: float) -> Belt:
        """Ask for a speed. Like many machines it obeys only while the belt is driven."""
        return replace(self, target_speed=min(max(speed, MIN_SPEED), MAX_SPEED)) if self.driven else self

    def tilt(self, incline: float) -> Belt:
        """Ask for an incline; the deck tilts also under a standing belt."""
        return replace(self, target_incline=min(max(incline, 0.0), MAX_INCLINE)) if self.key_in else self

    def advance(self, seconds: float) -> Belt:
        """Let time pass. However it is cut into pieces, the sums are the same."""
        goal = self.target_speed if self.driven else 0.0
        rate = SPEEDING_UP if goal > self.speed else self._slowing
        changing = min(abs(goal - self.speed) / rate, seconds)
        speed = _towards(self.speed, goal, rate * seconds)
        ramp = Ramp(first=self.speed, last=speed, seconds=changing)
        steady = Ramp(first=speed, last=speed, seconds=seconds - changing)
        return replace(
            self,
            speed=speed,
            incline=_towards(self.incline, self.target_incline, TILTING * seconds),
            distance=self.distance + ramp.distance + steady.distance,
            steps=self.steps + ramp.steps + steady.steps,
        )


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


def _towards(value: float, goal: float, most: float) -> float:
    """Move a value towards its goal, and no further; what is as good as there is there."""
    if abs(goal - value) <= most + 1e-9:
        return goal
    return value + most if goal > value else value - most
