"""A treadmill's belt as a frozen value: it is told what a person does and how much time passes, and knows no clock."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from .ramp import Ramp, towards

MIN_SPEED: Final = 0.5
MAX_SPEED: Final = 12.0
MAX_INCLINE: Final = 12.0
MAX_RESISTANCE: Final = 20.0

START_SPEED: Final = 1.0
"""What the belt moves to when a new workout is started, in km/h."""

NUDGE: Final = 0.5
"""What a press of the console's faster and slower keys changes, in km/h."""

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

IDLE_WATTS: Final = 6.0
MOVING_WATTS: Final = 150.0
WATTS_PER_KMH: Final = 30.0
"""What the machine draws while it stands, and while it moves."""


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
    max_speed: float = MAX_SPEED
    countdown: float = 0.0
    """For how many seconds a start is counted down before the belt moves."""

    starts_in: float | None = None
    """What is left of them, while they are counted."""

    responds: float = 1.0
    """How eagerly the motor follows, as a share of what it could do."""

    acknowledged: float | None = None
    """A speed the machine said yes to without following it; nothing where there is none."""

    reverts_in: float | None = None
    """In how many seconds the speed falls back to that of a start, where it does."""

    backward: bool = False
    """Which way it is trodden; only a cross trainer can tell."""

    resistance: float = 1.0
    """How hard a cross trainer is to tread, in the machine's own levels."""

    @property
    def phase(self) -> Phase:
        """Tell what the belt is doing."""
        if self.driven:
            return Phase.STARTING if self.speed == 0 or self.starts_in is not None else Phase.RUNNING
        return Phase.STOPPING if self.speed else Phase.STANDING

    @property
    def shown_target(self) -> float:
        """Give the speed the console and the number show as asked for."""
        return self.target_speed if self.acknowledged is None else self.acknowledged

    @property
    def watts(self) -> float:
        """Tell what the machine draws; nothing where its power is cut, which is as good as a pulled key."""
        if not self.key_in:
            return 0.0
        return MOVING_WATTS + WATTS_PER_KMH * self.speed if self.speed else IDLE_WATTS

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
        return SLOWING_DOWN * self.responds if self.key_in else KEY_PULLED

    def start(self) -> Belt:
        """Press start: a new workout begins gently, a paused one goes on as it was. Nothing without the key."""
        if self.driven or not self.key_in:
            return self
        started = replace(self, driven=True, starts_in=self.countdown or None)
        if not self.finished:
            return started
        return replace(started, finished=False, target_speed=START_SPEED, distance=0.0, steps=0.0)

    def pause(self) -> Belt:
        """Press pause: the belt slows down, and the workout can be gone on with."""
        return replace(self, driven=False, starts_in=None, acknowledged=None, reverts_in=None)

    def stop(self) -> Belt:
        """Press stop: the belt slows down, and the workout is over."""
        return replace(self.pause(), finished=True)

    def pull_key(self) -> Belt:
        """Pull the safety key: everything halts where it is."""
        return replace(self.stop(), key_in=False, target_incline=self.incline)

    def insert_key(self) -> Belt:
        """Put the key back; nothing moves before start is pressed."""
        return replace(self, key_in=True)

    def aim(self, speed: float) -> Belt:
        """Ask for a speed. Like many machines it obeys only while the belt is driven; zero is as good as pause."""
        if not self.driven:
            return self
        if speed <= 0:
            return self.pause()
        within = min(max(speed, MIN_SPEED), self.max_speed)
        return replace(self, target_speed=within, acknowledged=None, reverts_in=None)

    def nudge(self, change: float) -> Belt:
        """Press faster or slower at the console: never slower than the belt can run."""
        return self.aim(max(self.target_speed + change, MIN_SPEED))

    def acknowledge(self, speed: float) -> Belt:
        """Say yes to a speed, and do nothing about it."""
        return replace(self, acknowledged=speed)

    def aim_for(self, speed: float, seconds: float) -> Belt:
        """Obey a speed for a while, and then fall back to that of a start."""
        aimed = self.aim(speed)
        return replace(aimed, reverts_in=seconds) if aimed.driven else aimed

    def tilt(self, incline: float) -> Belt:
        """Ask for an incline; the deck tilts also under a standing belt."""
        return replace(self, target_incline=min(max(incline, 0.0), MAX_INCLINE)) if self.key_in else self

    def resist(self, level: float) -> Belt:
        """Ask for a resistance; it is there at once."""
        return replace(self, resistance=level)

    def tread(self, *, backward: bool) -> Belt:
        """Tread the other way, or the usual one."""
        return replace(self, backward=backward)

    def advance(self, seconds: float) -> Belt:
        """Let time pass. However it is cut into pieces, the sums are the same."""
        turns = [left for left in (self.starts_in, self.reverts_in) if left is not None]
        if turns and min(turns) <= seconds:
            return self._pass(min(turns)).advance(seconds - min(turns))
        return self._pass(seconds)

    def _pass(self, seconds: float) -> Belt:
        """Let time pass in which nothing happens but at its very end."""
        goal = self.target_speed if self.driven and self.starts_in is None else 0.0
        rate = SPEEDING_UP * self.responds if goal > self.speed else self._slowing
        changing = min(abs(goal - self.speed) / rate, seconds)
        speed = towards(self.speed, goal, rate * seconds)
        ramp = Ramp(first=self.speed, last=speed, seconds=changing)
        steady = Ramp(first=speed, last=speed, seconds=seconds - changing)
        reverts_in = _left(self.reverts_in, seconds)
        reverts = self.reverts_in is not None and reverts_in is None
        return replace(
            self,
            speed=speed,
            target_speed=START_SPEED if reverts else self.target_speed,
            incline=towards(self.incline, self.target_incline, TILTING * seconds),
            distance=self.distance + ramp.distance + steady.distance,
            steps=self.steps + ramp.steps + steady.steps,
            starts_in=_left(self.starts_in, seconds),
            reverts_in=reverts_in,
        )


def _left(before: float | None, seconds: float) -> float | None:
    """Give what is left of a while; nothing once it is over, or as good as over."""
    if before is None or before - seconds < 1e-9:  # noqa: PLR2004 - less than any clock can tell
        return None
    return before - seconds
