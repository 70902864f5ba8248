"""Which workout is meant by a word such as "easy" or "hills": of those that fit, the one that comes nearest to it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .errors import InvalidWorkout
from .fit import adjust, bouts, fits, lowest_level, to_confirm
from .levels import Level
from .place import PlaceKind
from .workout import Direction, Gait, Workout, expand


class Choice(StrEnum):
    """A kind of workout that somebody may ask for in a word."""

    EASY = "easy"
    HARD = "hard"
    SHORT = "short"
    LONG = "long"
    STEADY = "steady"
    INTERVALS = "intervals"
    HILLS = "hills"
    RUN = "run"


SEVERAL: Final = 3
"""Stretches of backward work that make a workout one of intervals; fewer, and it is steady."""
STEADY_BOUT: Final = 5 * 60
"""Seconds that the longest stretch of a steady walk has at least: the longest that the first level walks at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Traits:
    """What of a workout a word can mean."""

    workout: Workout
    is_lowered: bool
    """Whether something of it had to be lowered to the level."""
    level: int
    """For which it is made, before that."""
    backward: int
    """Seconds."""
    stretches: int
    longest: int
    """Seconds of the longest stretch of backward work."""
    climbs: bool
    runs: bool


type _Key = Callable[[_Traits], tuple[float, ...]]


def _own_level(traits: _Traits) -> tuple[float, ...]:
    """Come near to what the athlete may do, and where everything is over it, be as gentle as there is."""
    return traits.is_lowered, traits.level if traits.is_lowered else -traits.level, traits.workout.seconds


_MEANING: Final[Mapping[Choice, tuple[Callable[[_Traits], bool], _Key]]] = MappingProxyType(
    {
        Choice.EASY: (lambda traits: not traits.is_lowered, lambda it: (it.level, it.workout.seconds)),
        Choice.HARD: (lambda traits: not traits.is_lowered, lambda it: (-it.level, -it.backward)),
        Choice.SHORT: (lambda traits: not traits.is_lowered, lambda it: (it.workout.seconds, it.level)),
        Choice.LONG: (lambda traits: not traits.is_lowered, lambda it: (-it.backward, it.level)),
        Choice.STEADY: (
            lambda traits: traits.stretches < SEVERAL and traits.longest >= STEADY_BOUT and not traits.climbs,
            _own_level,
        ),
        Choice.INTERVALS: (lambda it: it.stretches >= SEVERAL and not it.climbs and not it.runs, _own_level),
        Choice.HILLS: (lambda traits: traits.climbs, _own_level),
        Choice.RUN: (lambda traits: traits.runs, lambda it: (it.is_lowered, it.level, it.workout.seconds)),
    }
)
"""What each word can mean, and which of several is meant: the first by this order."""


def pick(
    workouts: Iterable[Workout],
    choice: Choice,
    *,
    level: Level,
    place: PlaceKind,
    clear_length_m: float | None = None,
) -> Workout | None:
    """Give the workout that a word means for an athlete of this level at such a place; None where nothing is like that.

    Nothing that has to be confirmed before is ever meant by a word.
    """
    there = [
        traits
        for workout in workouts
        if fits(workout, place, clear_length_m)
        and not to_confirm(workout, place)
        and (traits := _traits(workout, level, place)) is not None
    ]
    is_meant, order = _MEANING[choice]
    best = min(filter(is_meant, there), key=order, default=None)
    return best.workout if best else None


def _traits(workout: Workout, level: Level, place: PlaceKind) -> _Traits | None:
    """Look at a workout as it may be walked at a level; None where it cannot be lowered to it."""
    try:
        fitting, over = adjust(workout, level, place)
    except InvalidWorkout:
        return None
    intervals = tuple(expand(fitting.items))
    backward = [each for each in intervals if each.direction is Direction.BACKWARD]
    stretches = tuple(bouts(intervals))
    levels = tuple(Level)
    return _Traits(
        workout=fitting,
        is_lowered=bool(over),
        level=levels.index(workout.level or lowest_level(workout, place)),
        backward=sum(each.seconds for each in backward),
        stretches=len(stretches),
        longest=max(stretches, default=0),
        climbs=any(each.grade_percent > 0 for each in backward),
        runs=any(each.gait is Gait.RUN for each in backward),
    )
