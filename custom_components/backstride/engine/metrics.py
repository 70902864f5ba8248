"""How far, how fast and at what heart rate: readings in, totals with their source out.

Distance is taken from the machine's own counter where it counts, else from its speed, else estimated. A counter tells
only now and then (some every 100 m), so each step it makes is shared among the visits since the step before, in
proportion to what speed or target say was walked in each.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from .workout import FASTEST, Direction, Gait, Interval

COARSEST_COUNTER: Final = 110.0
"""Metres. Distance in km with one decimal is the coarsest known; a tenth of that on top for rounding."""
FASTEST_CADENCE: Final = 5.0
"""Steps a second; sprinters reach about 4.5."""
COARSEST_STEPS: Final = 100
"""Steps that may arrive at once: watches report in batches."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value of a source entity, converted; None when the source fell silent."""

    quantity: Quantity
    value: float | None
    at: datetime


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
    steps: int = 0
    speed: Average = Average()
    heart_rate: Average = Average()
    incline: Average = Average()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """What the sources said last, from which the next reading makes a difference."""

    at: datetime
    """Up to when held values were added."""
    held: Mapping[Quantity, float]
    """The value each source holds until it says otherwise."""
    counters: Mapping[Quantity, tuple[float, datetime]]
    counted: bool = False
    """Whether the distance counter has moved in this session."""
    unshared: Mapping[int, float]
    """Metres walked per visit, by speed or target, since the counter's last step."""


def meter(at: datetime, *, counted: bool = False) -> Meter:
    """Start with nothing known; after a restart it is still known whether the counter moves."""
    return Meter(at=at, held={}, counters={}, counted=counted, unshared={})


_COUNTERS: Final = frozenset({Quantity.DISTANCE, Quantity.STEPS})


def flow(
    now: Meter, visit: int, interval: Interval, measured: Measurement, at: datetime
) -> tuple[Meter, Measurement]:
    """Add what the held values amount to until `at`, while the athlete moves."""
    seconds = (at - now.at).total_seconds()
    if seconds <= 0:
        return now, measured
    held = now.held
    measured = replace(
        measured,
        speed=measured.speed.held(held.get(Quantity.SPEED), seconds),
        heart_rate=measured.heart_rate.held(held.get(Quantity.HEART_RATE), seconds),
        incline=measured.incline.held(held.get(Quantity.INCLINE), seconds),
    )
    speed = held.get(Quantity.SPEED, interval.speed_kmh) or 0.0
    walked = now.unshared.get(visit, 0.0) + speed / KMH_PER_MS * seconds
    return replace(now, at=at, unshared={**now.unshared, visit: walked}), measured


def skip_time(now: Meter, at: datetime) -> Meter:
    """Let time pass in which nothing counts."""
    return replace(now, at=at)


def observe(now: Meter, reading: Reading) -> tuple[Meter, float]:
    """Take in a reading: gives the step a counter made, or 0.0."""
    quantity, value = reading.quantity, reading.value
    if quantity not in _COUNTERS:
        held = {key: kept for key, kept in now.held.items() if key is not quantity}
        return replace(now, held=held if value is None else {**held, quantity: value}), 0.0
    if value is None:
        return now, 0.0
    before = now.counters.get(quantity)
    counters = {**now.counters, quantity: (value, reading.at)}
    return replace(now, counters=counters), _step(quantity, before, value, reading.at) if before else 0.0


def _step(quantity: Quantity, before: tuple[float, datetime], value: float, at: datetime) -> float:
    """Measure the way from one counter value to the next, through resets and wraps, or 0.0 where it cannot be true.

    A counter that falls has begun again from zero (power cycle, wrap at its end): what it shows has been walked since.
    One that drops out and comes back far higher has not been walked.
    """
    step = value - before[0] if value >= before[0] else value
    seconds = max((at - before[1]).total_seconds(), 0.0)
    if quantity is Quantity.DISTANCE:
        possible = FASTEST / KMH_PER_MS * seconds + COARSEST_COUNTER
    else:
        possible = FASTEST_CADENCE * seconds + COARSEST_STEPS
    return step if 0 < step <= possible else 0.0


def share(now: Meter, step: float, visit: int) -> tuple[Meter, dict[int, float]]:
    """Split a step of the distance counter among the visits since the last one; `visit` takes it where none moved."""
    walked = sum(now.unshared.values())
    shares = {key: step * part / walked for key, part in now.unshared.items()} if walked else {visit: step}
    return replace(now, counted=True, unshared={}), shares


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A total and where it comes from; one estimated part makes the whole an estimate."""

    value: float = 0.0
    source: Source = Source.MEASURED

    def plus(self, other: Amount) -> Amount:
        """Add up; a part that is nothing does not spoil the source."""
        guessed = any(part.value and part.source is Source.ESTIMATED for part in (self, other))
        return Amount(value=self.value + other.value, source=Source.ESTIMATED if guessed else Source.MEASURED)


def distance(
    interval: Interval,
    seconds: float,
    measured: Measurement,
    *,
    counted: bool,
    step_length_m: float | None = None,
) -> Amount:
    """Metres of one visit, from the best source there is.

    `counted` says whether the machine's counter moved in this session; `step_length_m` is given only over ground, where
    steps mean distance. On a belt steps are never used: step length there follows the belt.
    """
    if counted:
        return Amount(value=measured.counted_m)
    known = measured.speed.seconds
    by_speed = measured.speed.total / KMH_PER_MS
    if seconds and known >= COVERED * seconds:
        return Amount(value=by_speed)
    if step_length_m is not None and measured.steps:
        return Amount(value=measured.steps * step_length_m, source=Source.ESTIMATED)
    guessed = (interval.speed_kmh or 0.0) / KMH_PER_MS * max(seconds - known, 0.0)
    return Amount(value=by_speed + guessed, source=Source.ESTIMATED)


def total(amounts: Iterable[Amount]) -> Amount:
    """Add up many."""
    result = Amount()
    for amount in amounts:
        result = result.plus(amount)
    return result


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
