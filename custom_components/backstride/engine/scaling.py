"""Make a workout last as long as wanted: repeats first, then work and rest, within what is safe."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
import math
from typing import Final

from .errors import InvalidWorkout
from .fit import backward_stretches, bouts
from .levels import CEILINGS, Level
from .place import PlaceKind
from .remarks import Code, Remark, duration
from .turns import with_turns
from .workout import (
    LONGEST_WORKOUT,
    MOST_INTERVALS,
    MOST_REPEATS,
    Direction,
    Interval,
    Item,
    Part,
    Repeat,
    Workout,
    expand,
)

SHORTEST_WISH: Final = 60
"""Seconds; below a minute there is no session left to speak of."""
LEAST: Final = 0.5
"""Work and rest shrink to half at most."""
MOST_EDGE: Final = 1.5
"""Warm-up and cool-down grow by half at most."""

HALVINGS: Final = 48
"""Enough to bring a factor between 0.5 and 14400 to well under a millisecond of a session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaled:
    """A workout as near to the wanted time as it can be."""

    workout: Workout
    """The same workout with its intervals written out one by one, a treadmill's turns included."""
    wanted: int
    """Seconds."""
    reached: int
    """Seconds."""

    @property
    def remark(self) -> Remark | None:
        """What is to be said: the nearest, where the wish cannot be had."""
        if self.reached == self.wanted:
            return None
        wanted, nearest = duration(self.wanted), duration(self.reached)
        return Remark(
            code=Code.NEAREST, details={"workout": self.workout.name, "wanted": wanted, "nearest": nearest}
        )

    def __str__(self) -> str:
        """Say what came of the wish."""
        return str(self.remark or f"{self.workout.name}, {duration(self.reached)}")


def scale(workout: Workout, seconds: int, *, level: Level, place: PlaceKind) -> Scaled:
    """Change the time in all, turns included; raises InvalidWorkout for a wish outside 1 minute to 4 hours."""
    if not SHORTEST_WISH <= seconds <= LONGEST_WORKOUT:
        raise InvalidWorkout(
            Code.UNREACHABLE, shortest=duration(SHORTEST_WISH), longest=duration(LONGEST_WORKOUT)
        )
    longest_bout = CEILINGS[level].bout_seconds

    def prepared(items: tuple[Item, ...]) -> tuple[Interval, ...]:
        intervals = tuple(expand(items))
        return with_turns(intervals, confirmed=False) if place is PlaceKind.TREADMILL else intervals

    intervals = _repeated(workout.items, seconds, longest_bout, prepared)
    stretched = _stretched(intervals, seconds, longest_bout)
    return Scaled(
        workout=replace(workout, items=stretched),
        wanted=seconds,
        reached=sum(interval.seconds for interval in stretched),
    )


def _repeated(
    items: tuple[Item, ...],
    seconds: int,
    longest_bout: int,
    prepared: Callable[[tuple[Item, ...]], tuple[Interval, ...]],
) -> tuple[Interval, ...]:
    """Choose how often the outermost repeats come, all in proportion, so that the time is nearest to the wish."""
    best = prepared(items)
    most = max((item.times for item in items if isinstance(item, Repeat)), default=0)
    for times in range(1, MOST_REPEATS + 1 if most else 1):
        changed = tuple(
            replace(item, times=max(1, round(item.times * times / most)))
            if isinstance(item, Repeat)
            else item
            for item in items
        )
        candidate = prepared(changed)
        if len(candidate) > MOST_INTERVALS or max(bouts(candidate), default=0) > longest_bout:
            break
        if _distance(candidate, seconds) < _distance(best, seconds):
            best = candidate
        if sum(interval.seconds for interval in candidate) >= seconds:
            break
    return best


def _distance(intervals: Sequence[Interval], seconds: int) -> int:
    return abs(sum(interval.seconds for interval in intervals) - seconds)


def _stretched(intervals: tuple[Interval, ...], seconds: int, longest_bout: int) -> tuple[Interval, ...]:
    """Stretch or shrink every interval by one factor, each within its own limits, to whole seconds."""
    stretches = tuple(backward_stretches(intervals))
    limits = _limits(intervals, stretches, longest_bout)

    def at(factor: float) -> list[float]:
        return [
            min(max(interval.seconds * factor, low), high)
            for interval, (low, high) in zip(intervals, limits, strict=True)
        ]

    def too_long(factor: float) -> bool:
        return sum(at(factor)) > seconds

    lengths = at(_largest(too_long, LEAST, LONGEST_WORKOUT / min(interval.seconds for interval in intervals)))
    return tuple(
        replace(interval, seconds=length)
        for interval, length in zip(intervals, _whole(lengths, seconds), strict=True)
    )


def _limits(
    intervals: Sequence[Interval], stretches: Sequence[slice], longest_bout: int
) -> list[tuple[int, int]]:
    """Give the shortest and longest each interval may become; turns never scale, and no bout outgrows the level."""
    limits = [_limits_alone(interval, longest_bout) for interval in intervals]
    for stretch in stretches:
        share = max(longest_bout / sum(interval.seconds for interval in intervals[stretch]), 1.0)
        limits[stretch] = [
            (low, min(high, math.floor(interval.seconds * share)))
            for interval, (low, high) in zip(intervals[stretch], limits[stretch], strict=True)
        ]
    return limits


def _limits_alone(interval: Interval, longest_bout: int) -> tuple[int, int]:
    if interval.direction is Direction.TURN:
        return interval.seconds, interval.seconds
    shortest = math.ceil(interval.seconds * LEAST)
    if interval.part is Part.MAIN:
        return shortest, max(interval.seconds, longest_bout)
    return shortest, math.floor(interval.seconds * MOST_EDGE)


def _largest(too_large: Callable[[float], bool], low: float, high: float) -> float:
    """Find the largest factor that is not too large, by halving; `low` where none is."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if too_large(middle):
            high = middle
        else:
            low = middle
    return low


def _whole(lengths: Sequence[float], seconds: int) -> list[int]:
    """Round to whole seconds so that the sum is the wish where the lengths allow it: largest remainders go up.

    A length at its limit is whole already and has none.
    """
    whole = [math.floor(length) for length in lengths]
    missing = min(round(sum(lengths)), seconds) - sum(whole)
    by_remainder = sorted(range(len(whole)), key=lambda index: whole[index] - lengths[index])
    # Where the shortest of all is still too long there is nothing to add.
    for index in by_remainder[: max(missing, 0)]:
        whole[index] += 1
    return whole
