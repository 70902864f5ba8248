"""Between readings and visits: what each source said last, and whose metres and steps a counter's next step is.

Speed, heart rate and incline hold until they change. A counter tells only now and then (some treadmills every 100 m,
watches in batches), so each step it makes is shared among the visits since the step before: metres in proportion to what
speed or target say was walked, steps in proportion to the time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
import math
from typing import Final

from .heart import zone
from .metrics import KMH_PER_MS, Measurement, Quantity, Reading
from .workout import FASTEST, WALKING, Direction, Interval

COARSEST_COUNTER: Final = 110.0
"""Metres. Distance in km with one decimal is the coarsest known; a tenth of that on top for rounding."""
FASTEST_CADENCE: Final = 5.0
"""Steps a second; sprinters reach about 4.5."""
COARSEST_STEPS: Final = 100
"""Steps that may arrive at once."""
DIP: Final = 0.5
"""A counter that falls, but not below this share of itself, has flickered; one that falls further has begun again."""
AT_MOST: Final = 2.0
"""Nobody walks more than twice as far as speed or target say."""
LIVE_FOR: Final = timedelta(seconds=60)
"""How long a live heart rate tells the zone. A live source speaks three times in that; one that does not has fallen off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """What a counter said last."""

    value: float
    at: datetime
    fallen_from: float | None = None
    """Where it stood before it fell to zero, until it moves on: it may have dropped out and come back."""
    coarsest_step: float = 0.0
    """The largest step it made in this session; 0 as long as it did not move."""
    doubted: float | None = None
    """What it said next, where nobody can have walked that far since: true only if it goes on from there."""
    doubts: int = 0
    """How often that happened since the session began or was brought back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """What the sources said last, from which the next reading makes a difference."""

    at: datetime
    """Up to when held values were added."""
    held: Mapping[Quantity, float]
    """The value each source holds until it says otherwise."""
    counters: Mapping[Quantity, Counter]
    unshared: Mapping[Quantity, Mapping[int, float]]
    """What was walked in each visit since a counter's last step: metres for the distance, seconds for the steps."""
    zone_floors: tuple[float, ...] = ()
    """Where the athlete's heart-rate zones begin; empty where they are not known."""
    live_until: datetime | None = None
    """Until when the held heart rate tells the zone; None where it is not live."""

    @property
    def coarsest_step(self) -> float:
        """How coarse the distance counter is; 0 as long as it did not move."""
        counter = self.counters.get(Quantity.DISTANCE)
        return counter.coarsest_step if counter else 0.0

    def uncounted_m(self, visit: int) -> float:
        """Give the metres of a visit that the counter has not told yet."""
        return self.unshared.get(Quantity.DISTANCE, {}).get(visit, 0.0)


def new_meter(at: datetime, zone_floors: tuple[float, ...] = ()) -> Meter:
    """Start with nothing known but the athlete's zones."""
    return Meter(at=at, held={}, counters={}, unshared={}, zone_floors=zone_floors)


def flow(
    now: Meter, visit: int, interval: Interval, measured: Measurement, at: datetime
) -> tuple[Meter, Measurement]:
    """Add what the held values amount to until `at`, while the athlete moves."""
    seconds = (at - now.at).total_seconds()
    if seconds <= 0:
        return now, measured
    held = now.held
    if held:
        measured = replace(
            measured,
            speed=measured.speed.held(held.get(Quantity.SPEED), seconds),
            heart_rate=measured.heart_rate.held(held.get(Quantity.HEART_RATE), seconds),
            incline=measured.incline.held(held.get(Quantity.INCLINE), seconds),
            zones=_with_zone(now, measured.zones, at),
            other_way=measured.other_way + (seconds if _goes_other_way(now, interval) else 0.0),
        )
    speed = held.get(Quantity.SPEED, interval.speed_kmh) or 0.0
    walked = {
        Quantity.DISTANCE: speed / KMH_PER_MS * seconds,
        Quantity.STEPS: seconds if interval.direction in WALKING else 0.0,
    }
    unshared = {
        quantity: {
            **(before := now.unshared.get(quantity, {})),
            visit: before.get(visit, 0.0) + more,
        }
        for quantity, more in walked.items()
    }
    return replace(now, at=at, unshared=unshared), measured


def _with_zone(now: Meter, zones: tuple[float, ...], at: datetime) -> tuple[float, ...]:
    """Add the time until `at` to the zone the heart rate is in.

    The plain value counts, not an average, and in short intervals too: the heart lags behind rising effort as long as
    behind falling effort, so over a session its time in zone is right, and nobody is told to act on it.
    """
    beats = now.held.get(Quantity.HEART_RATE)
    if beats is None or now.live_until is None or not now.zone_floors:
        return zones
    seconds = (min(at, now.live_until) - now.at).total_seconds()
    if seconds <= 0:
        return zones
    here = zone(beats, now.zone_floors)
    zones = zones or (0.0,) * len(now.zone_floors)
    return (*zones[: here - 1], zones[here - 1] + seconds, *zones[here:])


def _goes_other_way(now: Meter, interval: Interval) -> bool:
    way = now.held.get(Quantity.DIRECTION, 0.0)
    return (way < 0 and interval.direction is Direction.FORWARD) or (
        way > 0 and interval.direction is Direction.BACKWARD
    )


def skip_time(now: Meter, at: datetime) -> Meter:
    """Let time pass in which nothing counts."""
    return replace(now, at=at)


def observe(now: Meter, reading: Reading, visit: int, *, moving: bool) -> tuple[Meter, dict[int, float]]:
    """Take in a reading: gives each visit's share of the step a counter made, nothing for other readings."""
    quantity = reading.quantity
    value = reading.value if reading.value is not None and math.isfinite(reading.value) else None
    if quantity not in {Quantity.DISTANCE, Quantity.STEPS}:
        held = {key: kept for key, kept in now.held.items() if key is not quantity}
        if value is not None:
            held[quantity] = value
        if quantity is Quantity.HEART_RATE:
            return replace(now, held=held, live_until=reading.at + LIVE_FOR if reading.is_live else None), {}
        return replace(now, held=held), {}
    if value is None:
        return now, {}
    before = now.counters.get(quantity)
    counter, step = (
        _moved(quantity, before, value, reading.at) if before else (Counter(value=value, at=reading.at), 0.0)
    )
    now = replace(now, counters={**now.counters, quantity: counter})
    walked = now.unshared.get(quantity, {})
    whole = sum(walked.values())
    # A step that comes while standing counts if it was walked before: half of it, or two steps a second.
    if not step or not (moving or 2 * whole >= step):
        return now, {}
    if quantity is Quantity.DISTANCE and whole and before and not before.coarsest_step:
        # The first step was begun before anyone looked; what cannot have been walked here was walked before.
        step = min(step, AT_MOST * whole)
    shares = {key: step * part / whole for key, part in walked.items()} if whole else {visit: step}
    return replace(now, unshared={**now.unshared, quantity: {}}), shares


def _moved(quantity: Quantity, before: Counter, value: float, at: datetime) -> tuple[Counter, float]:
    """Measure the step from one counter value to the next, or 0.0 where it cannot be true.

    A counter that falls has begun again from zero (power cycle, wrap at its end): what it shows was walked since. One
    that comes back to where it was had dropped out. A value too far away, up or down, is doubted: where the next goes on
    from it, the counter is another one now; else that one value was wild, and must not keep the true ones from counting.
    """
    seconds = max((at - before.at).total_seconds(), 0.0)
    if quantity is Quantity.DISTANCE:
        possible = FASTEST / KMH_PER_MS * seconds + COARSEST_COUNTER
    else:
        possible = FASTEST_CADENCE * seconds + COARSEST_STEPS
    fallen_from = before.fallen_from
    if before.doubted is not None and 0 <= value - before.doubted <= possible:
        step, fallen_from = value - before.doubted, None
    elif value >= before.value:
        back = fallen_from is not None and value >= fallen_from
        step = value - (fallen_from if back and fallen_from is not None else before.value)
        fallen_from = fallen_from if value == before.value else None
    elif value > DIP * before.value:
        if before.value - value <= possible:
            return replace(before, doubted=None), 0.0
        step = before.value - value
    else:
        step, fallen_from = value, before.value
    if step > possible:
        return replace(before, doubted=value, doubts=before.doubts + 1), 0.0
    coarsest = max(before.coarsest_step, step)
    return replace(
        before, value=value, at=at, fallen_from=fallen_from, coarsest_step=coarsest, doubted=None
    ), step
