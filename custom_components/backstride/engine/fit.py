"""Whether a workout fits a level: what is over a ceiling is named in words, and either lowered or refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .errors import InvalidWorkout
from .levels import CEILINGS, Ceiling, Level
from .place import TO_CONFIRM, PlaceKind, Requirement
from .remarks import Code, Remark
from .workout import HARDEST, Direction, Gait, Interval, Item, Repeat, Workout, expand


class Over(StrEnum):
    """What can be over a ceiling."""

    SPEED = "speed"
    GRADE = "grade"
    EFFORT = "effort"
    RUN = "run"
    RUN_EFFORT = "run_effort"
    """A run over ground is limited by its effort, and nobody gave one."""
    BOUT = "bout"


LOWERED: Final = frozenset({Over.SPEED, Over.GRADE, Over.EFFORT})
"""What can be lowered to the ceiling; lowering anything else would make another workout of it."""

_SAID: Final[Mapping[Over, tuple[Code, tuple[str, ...]]]] = MappingProxyType(
    {
        Over.SPEED: (Code.OVER_SPEED, ("found", "allowed")),
        Over.GRADE: (Code.OVER_GRADE, ("found", "allowed")),
        Over.EFFORT: (Code.OVER_EFFORT, ("found", "allowed")),
        Over.RUN: (Code.OVER_RUN, ()),
        Over.RUN_EFFORT: (Code.OVER_RUN_EFFORT, ("allowed",)),
        Over.BOUT: (Code.OVER_BOUT, ("found", "allowed")),
    }
)
"""How each is said, and which of its values are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing over a ceiling, with the value found and the value allowed."""

    over: Over
    found: float = 0.0
    allowed: float = 0.0

    @property
    def remark(self) -> Remark:
        """The reason, to be said."""
        code, values = _SAID[self.over]
        return Remark(code=code, details={name: getattr(self, name) for name in values})

    def __str__(self) -> str:
        """Give the reason in words."""
        return str(self.remark)


def backward_stretches(intervals: Sequence[Interval]) -> Iterator[slice]:
    """Where backward work goes on without a rest, a turn or forward walking in between."""
    start: int | None = None
    for index, interval in enumerate(intervals):
        if interval.direction is Direction.BACKWARD:
            start = index if start is None else start
        elif start is not None:
            yield slice(start, index)
            start = None
    if start is not None:
        yield slice(start, len(intervals))


def bouts(intervals: Sequence[Interval]) -> Iterator[int]:
    """Seconds of each such stretch."""
    for stretch in backward_stretches(intervals):
        yield sum(interval.seconds for interval in intervals[stretch])


def findings(intervals: Sequence[Interval], level: Level, place: PlaceKind) -> tuple[Finding, ...]:
    """Everything over this level's ceilings, each kind of thing once, with the worst value."""
    ceiling = CEILINGS[level]
    worst: dict[Over, Finding] = {}
    found = [finding for interval in intervals for finding in _of_interval(interval, ceiling, place)]
    longest = max(bouts(intervals), default=0)
    if longest > ceiling.bout_seconds:
        found.append(Finding(over=Over.BOUT, found=longest, allowed=ceiling.bout_seconds))
    for finding in found:
        known = worst.get(finding.over)
        if known is None or finding.found > known.found:
            worst[finding.over] = finding
    return tuple(worst.values())


def _of_interval(interval: Interval, ceiling: Ceiling, place: PlaceKind) -> Iterator[Finding]:
    if interval.effort is not None and interval.effort > _effort(interval, ceiling):
        yield Finding(over=Over.EFFORT, found=interval.effort, allowed=_effort(interval, ceiling))
    if interval.direction is not Direction.BACKWARD:
        return
    # Down is no easier than up: backward downhill one cannot see what one leans towards.
    if abs(interval.grade_percent) > ceiling.grade_percent:
        yield Finding(over=Over.GRADE, found=abs(interval.grade_percent), allowed=ceiling.grade_percent)
    on_belt = place is PlaceKind.TREADMILL
    if interval.gait is Gait.WALK:
        yield from _of_speed(interval, ceiling.walk_kmh)
    elif not on_belt and ceiling.run_effort is not None:
        # Over ground runs and jumps are limited by their effort; without one they are for those without a limit.
        if interval.effort is None and ceiling.run_effort < HARDEST:
            yield Finding(over=Over.RUN_EFFORT, allowed=ceiling.run_effort)
    elif (
        on_belt and interval.gait is Gait.RUN and interval.speed_kmh and ceiling.treadmill_run_kmh is not None
    ):
        yield from _of_speed(interval, ceiling.treadmill_run_kmh)
    else:
        # Nobody jumps backward on a belt, or runs there at a speed that nobody named.
        yield Finding(over=Over.RUN)


def _of_speed(interval: Interval, limit: float) -> Iterator[Finding]:
    if interval.speed_kmh is not None and interval.speed_kmh > limit:
        yield Finding(over=Over.SPEED, found=interval.speed_kmh, allowed=limit)


def _effort(interval: Interval, ceiling: Ceiling) -> int:
    fast_backward = interval.direction is Direction.BACKWARD and interval.gait is not Gait.WALK
    return min(ceiling.effort, ceiling.run_effort) if fast_backward and ceiling.run_effort else ceiling.effort


def fits(workout: Workout, place: PlaceKind, clear_length_m: float | None = None) -> bool:
    """Tell whether a workout is made for a kind of place; a hallway, where its clear length is known, must be long enough."""
    if workout.place_kinds and place not in workout.place_kinds:
        return False
    return (
        place is not PlaceKind.HALLWAY or clear_length_m is None or workout.clear_length_m <= clear_length_m
    )


def to_confirm(workout: Workout, place: PlaceKind) -> frozenset[Requirement]:
    """Give what the athlete must confirm each time before this workout starts here.

    Running backward on a belt asks for harness and spotter whatever the workout says.
    """
    wanted = TO_CONFIRM & set(workout.requires)
    runs = (
        each.direction is Direction.BACKWARD and each.gait is not Gait.WALK for each in expand(workout.items)
    )
    return (
        wanted | {Requirement.HARNESS, Requirement.SPOTTER}
        if place is PlaceKind.TREADMILL and any(runs)
        else wanted
    )


def adjust(workout: Workout, level: Level, place: PlaceKind) -> tuple[Workout, tuple[Finding, ...]]:
    """Lower what can be lowered to this level's ceilings and say what was; refuse the rest, with every reason."""
    over = findings(tuple(expand(workout.items)), level, place)
    refuse([finding for finding in over if finding.over not in LOWERED], workout.name, level)
    if not over:
        return workout, ()
    items = tuple(_lowered(item, CEILINGS[level], place) for item in workout.items)
    return replace(workout, items=items), over


def refuse(over: Sequence[Finding], name: str, level: Level) -> None:
    """Raise InvalidWorkout when anything is over."""
    if over:
        reasons = tuple(finding.remark for finding in over)
        raise InvalidWorkout(Code.OVER_CEILING, workout=name, level=level.upper(), reasons=reasons)


def _lowered(item: Item, ceiling: Ceiling, place: PlaceKind) -> Item:
    if isinstance(item, Repeat):
        return replace(item, items=tuple(_lowered(inner, ceiling, place) for inner in item.items))
    allowed = {finding.over: finding.allowed for finding in _of_interval(item, ceiling, place)}
    return replace(
        item,
        speed_kmh=allowed.get(Over.SPEED, item.speed_kmh),
        grade_percent=allowed.get(Over.GRADE, item.grade_percent),
        effort=int(allowed[Over.EFFORT]) if Over.EFFORT in allowed else item.effort,
    )


def lowest_level(workout: Workout, place: PlaceKind) -> Level:
    """Find the first level whose ceilings the workout keeps; the last one where none does."""
    intervals = tuple(expand(workout.items))
    return next((level for level in Level if not findings(intervals, level, place)), Level.L4)
