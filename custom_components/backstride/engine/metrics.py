"""How far, how fast and at what heart rate: what a reading is, what a visit keeps of them, and what they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from .workout import WALKING, Direction, Gait, Interval

COVERED: Final = 0.9
"""Share of a visit that the speed must be known for, to call its distance measured."""
KMH_PER_MS: Final = 3.6
STEP_PER_HEIGHT: Final = 0.414
"""Forward walking step as a share of body height: the rule of thumb of step counters."""
BACKWARD_STEP: Final = 0.75
BACKWARD_STEP_OLDER: Final = 0.60
"""Backward steps are shorter than forward ones, and shorter still from 65 years on: an engineering choice in the
direction of Laufer 2003 and 2005, who gives no lengths."""
OLDER: Final = 65


class Source(StrEnum):
    """Where a total comes from."""

    MEASURED = "measured"
    ESTIMATED = "estimated"


class Quantity(StrEnum):
    """What a reading tells."""

    SPEED = "speed"
    """km/h"""
    DISTANCE = "distance"
    """A counter in metres."""
    STEPS = "steps"
    """A counter."""
    HEART_RATE = "heart_rate"
    """Beats a minute."""
    INCLINE = "incline"
    """Percent."""
    DIRECTION = "direction"
    """Which way a machine is walked that can tell: above zero forward, below it backward."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of a source entity, converted; None when the source fell silent."""

    quantity: Quantity
    value: float | None
    at: datetime
    is_wild: bool = False
    """Whether there was a value, and one that cannot be true: it counts as none."""
    is_live: bool = False
    """Whether the source speaks as it happens; for a heart rate, nothing else tells its zone now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """A mean over time, kept as a sum so that parts can be added."""

    total: float = 0.0
    """Value times seconds."""
    seconds: float = 0.0
    highest: float | None = None

    def held(self, value: float | None, seconds: float) -> Average:
        """Add a value that held for some seconds; None adds nothing."""
        if value is None:
            return self
        return Average(
            total=self.total + value * seconds,
            seconds=self.seconds + seconds,
            highest=value if self.highest is None else max(self.highest, value),
        )

    def plus(self, other: Average) -> Average:
        """Join two stretches of time."""
        peaks = [peak for peak in (self.highest, other.highest) if peak is not None]
        return Average(
            total=self.total + other.total,
            seconds=self.seconds + other.seconds,
            highest=max(peaks, default=None),
        )

    @property
    def mean(self) -> float | None:
        """The mean, or None where nothing was ever told."""
        return self.total / self.seconds if self.seconds else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """What was measured during one visit."""

    counted_m: float = 0.0
    """Share of the machine's distance counter."""
    steps: float = 0.0
    """Share of the step counter."""
    speed: Average = Average()
    heart_rate: Average = Average()
    incline: Average = Average()
    zones: tuple[float, ...] = ()
    """Seconds in heart-rate zones 1 to 5; empty where no zone was ever known."""
    other_way: float = 0.0
    """Seconds walked backward where forward was planned or the reverse, by a machine that tells which way it is walked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A total and where it comes from; one estimated part makes the whole an estimate."""

    value: float = 0.0
    source: Source = Source.MEASURED


def speed_covers(measured: Measurement, seconds: float) -> bool:
    """Tell whether the speed was known for enough of a visit to call what follows from it measured."""
    return seconds > 0 and measured.speed.seconds >= COVERED * seconds


def distance(
    interval: Interval,
    seconds: float,
    measured: Measurement,
    *,
    coarsest_step: float = 0.0,
    uncounted_m: float = 0.0,
    step_length_m: float | None = None,
) -> Amount:
    """Metres of one visit, from the best source there is; who stands on the rails goes nowhere, whatever the belt does.

    `coarsest_step` is the largest step the machine's counter made in this session, 0 where it never moved, and
    `uncounted_m` what speed or target say was walked in this visit after its last step. `step_length_m` is given only
    over ground, where steps mean distance: on a belt their length follows the belt.
    """
    if interval.direction not in WALKING:
        return Amount()
    by_speed = speed_covers(measured, seconds)
    if coarsest_step:
        # Without a speed, what the counter has not told is at most what it had not told yet, unless it died.
        rest = uncounted_m if by_speed else min(uncounted_m, coarsest_step)
        whole = measured.counted_m + rest
        sure = by_speed or rest <= (1 - COVERED) * whole
        return Amount(value=whole, source=Source.MEASURED if sure else Source.ESTIMATED)
    integrated = measured.speed.total / KMH_PER_MS
    if by_speed:
        return Amount(value=integrated)
    if step_length_m is not None and measured.steps:
        return Amount(value=measured.steps * step_length_m, source=Source.ESTIMATED)
    guessed = (interval.speed_kmh or 0.0) / KMH_PER_MS * max(seconds - measured.speed.seconds, 0.0)
    return Amount(value=integrated + guessed, source=Source.ESTIMATED)


def total(amounts: Iterable[Amount]) -> Amount:
    """Add up many."""
    value, source = 0.0, Source.MEASURED
    for amount in amounts:
        value += amount.value
        if amount.source is Source.ESTIMATED:
            source = Source.ESTIMATED
    return Amount(value=value, source=source)


def prefer_athletes[T](
    athletes: T | None, places: T | None, *, athletes_live: bool, places_live: bool
) -> T | None:
    """Choose between the athlete's own source and the place's: live before delayed, then the athlete's before the place's."""
    if athletes is not None and (athletes_live or places is None or not places_live):
        return athletes
    return places


def step_length_m(interval: Interval, *, height_cm: float, age: int) -> float | None:
    """Estimate a walking step over ground, +-20 %; None for what is no plain walking."""
    if interval.gait is not Gait.WALK or interval.direction is Direction.SIDEWAYS:
        return None
    step = STEP_PER_HEIGHT * height_cm / 100
    if interval.direction is Direction.FORWARD:
        return step
    return step * (BACKWARD_STEP_OLDER if age >= OLDER else BACKWARD_STEP)
