"""What to walk next, and why: two clean sessions earn one step, and trouble takes one back.

The rules and their figures are those of reference/science.md section 4 (4.2 starting speeds, 4.3 levels, 4.4 progression);
where one is an engineering choice of ours it says so. No level is ever changed here: it is only said when one may be.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
import math
from types import MappingProxyType
from typing import Final

from .levels import ABOVE, CEILINGS, Level
from .past import Past
from .remarks import Code, Detail, Remark
from .steps import SETBACKS, START_KMH, STEPS, Reason
from .story import WEEK, Story
from .tailoring import SLOWEST_KMH, Aim, Spot, find, shape
from .workout import Workout

FIRST_AS: Final[Mapping[Level, Level]] = MappingProxyType(
    {Level.L0: Level.L0, Level.L1: Level.L0, Level.L2: Level.L0, Level.L3: Level.L1, Level.L4: Level.L1}
)
"""A first time is as at the level of first steps; 4.3 has "one clean familiarisation session (10 min, easy)" for the trained."""
CLEAN_IN_A_ROW: Final = 2

SHORTEST_SECONDS: Final = 120
"""Nobody is sent to walk less: it takes longer to get ready (engineering choice)."""

ROUNDED_UP_TO: Final = 15
"""Seconds. A session that ended moments early is repeated whole, and does not become shorter time after time."""

# Levels: 4.3, column "unlock".
CLEAN_TO_RISE: Final[Mapping[Level, int]] = MappingProxyType(
    {Level.L0: 3, Level.L1: 6, Level.L2: 6, Level.L3: 6}
)
DAYS_TO_RISE: Final[Mapping[Level, int]] = MappingProxyType({Level.L1: 14})


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What to walk next."""

    workout: Workout
    """To be walked as it is, whatever the workout of this id is otherwise."""
    reason: Reason
    details: Mapping[str, Detail]
    """What fills the reason's text."""
    day: date
    """From which on it may be walked; today, unless the week was full already."""
    seconds: int
    """Of backward walking."""

    @property
    def remark(self) -> Remark:
        """The reason, to be said."""
        return Remark(code=Code(f"suggest_{self.reason}"), details=self.details)


def suggest(
    history: Iterable[Past],
    level: Level,
    goal_seconds: int,
    place: Spot,
    *,
    workouts: Mapping[str, Workout],
    today: date,
    now: datetime,
    highest: Level = Level.L4,
) -> Suggestion | None:
    """Give the next workout with its reason; None where nothing there is fits the place.

    `history` are the sessions of the last weeks. `highest` is the level beyond which nobody is led by this rule.
    """
    past = tuple(sorted(history, key=lambda each: each.ended_at))
    story = Story(past=past, level=level, goal_seconds=goal_seconds, spot=place, today=today, now=now)
    aim, reason = _next(story)
    if story.is_resting:
        aim, reason = replace(aim, grade=0.0, gently=True), min(reason, Reason.REST, key=_RANK.__getitem__)
    if reason in _QUIET and _may_rise(story, highest):
        reason = Reason.LEVEL_READY
    aim = replace(aim, seconds=max(aim.seconds, SHORTEST_SECONDS))
    known = story.known
    # At a new level it is time for a workout of that level.
    goes_on = known is not None and known.level is level
    base = workouts.get(known.workout_id) if known is not None and goes_on else None
    return _within_the_week(story, aim, reason, workouts, base)


def _within_the_week(
    story: Story, aim: Aim, reason: Reason, workouts: Mapping[str, Workout], base: Workout | None
) -> Suggestion | None:
    """Find a workout for the first day on which there is room for one: after a week without any, there is."""
    tried = 0.0
    for days in range(WEEK.days + 1):
        day = story.today + timedelta(days=days)
        seconds = min(aim.seconds, story.room(day))
        if seconds < SHORTEST_SECONDS or seconds == tried:
            continue
        tried = seconds
        workout = find(workouts, base, replace(aim, seconds=seconds), story.spot)
        if workout is not None:
            if days or seconds < aim.seconds:
                reason = Reason.WEEK_LIMIT if days else min(reason, Reason.WEEK_LIMIT, key=_RANK.__getitem__)
            details = _DETAILS.get(reason, _nothing)(story, replace(aim, seconds=seconds))
            found = shape(workout, story.spot.kind).seconds
            return Suggestion(workout=workout, reason=reason, details=details, day=day, seconds=found)
    return None


def _next(story: Story) -> tuple[Aim, Reason]:
    """Tell what is to be done and why, before it is looked at how much of that the week has room for."""
    aim, reason = _same_again(story)
    if not story.past:
        return aim, reason
    setbacks = [(each, last) for each in SETBACKS if (last := each.happened(story)) is not None]
    if setbacks:
        for setback, last in setbacks:
            aim = setback.back(aim, story, last)
        return replace(aim, gently=True), setbacks[0][0].reason
    if story.went_well < CLEAN_IN_A_ROW:
        return aim, reason
    steps = ((step.reason, step.forward(aim, story)) for step in STEPS)
    return next(((after, why) for why, after in steps if after is not None), (aim, Reason.KEEP))


def _same_again(story: Story) -> tuple[Aim, Reason]:
    known, ceiling = story.known, CEILINGS[story.level]
    if known is None:
        level = FIRST_AS[story.level]
        first = Aim(level=level, seconds=CEILINGS[level].bout_seconds, kmh=START_KMH, gently=True)
        return first, Reason.FIRST
    kmh = next((each.kmh for each in (known, *reversed(story.here)) if each.kmh is not None), START_KMH)
    seconds: float = math.ceil(known.backward_seconds / ROUNDED_UP_TO) * ROUNDED_UP_TO
    if known.level is not story.level or not known.workout_id:
        # Neither a higher level's time nor that of walking freely was earned at this level.
        seconds = min(seconds, story.full_seconds)
    aim = Aim(
        level=story.level,
        seconds=seconds,
        kmh=max(min(kmh, ceiling.walk_kmh), SLOWEST_KMH),
        grade=min(known.grade_percent, ceiling.grade_percent),
    )
    if known.level is not story.level:
        return aim, Reason.NEW_LEVEL
    return aim, Reason.ONCE_MORE if story.run else Reason.REPEAT


# Reasons and what is said with them.

_RANK: Final[Mapping[Reason, int]] = MappingProxyType({reason: rank for rank, reason in enumerate(Reason)})
_QUIET: Final = frozenset({Reason.ONCE_MORE, Reason.KEEP, *(step.reason for step in STEPS)})
"""Reasons that may wait for the good news that a level is done."""


def _may_rise(story: Story, highest: Level) -> bool:
    level = story.level
    clean = [each for each in story.clean if each.level is level]
    since = next((each.day for each in story.past if each.level is level), story.today)
    return (
        level in CLEAN_TO_RISE
        and level < highest
        and len(clean) >= CLEAN_TO_RISE[level]
        and (story.today - since).days >= DAYS_TO_RISE.get(level, 0)
    )


def _minutes(aim: Aim) -> int:
    return round(aim.seconds / 60)


def _nothing(_story: Story, _aim: Aim) -> Mapping[str, Detail]:
    return {}


_DETAILS: Final[Mapping[Reason, Callable[[Story, Aim], Mapping[str, Detail]]]] = MappingProxyType(
    {
        Reason.PAIN: lambda story, _: {"pain": next(each.pain or 0 for each in story.unsettled if each.hurt)},
        Reason.EFFORT: lambda story, _: {
            "effort": next(each.effort or 0 for each in story.unsettled if each.was_too_hard)
        },
        Reason.LONG_BREAK: lambda story, _: {"days": story.days_off},
        Reason.SHORT_BREAK: lambda story, _: {"days": story.days_off},
        Reason.LEVEL_READY: lambda story, _: {"level": ABOVE[story.level].upper()},
        Reason.NEW_LEVEL: lambda story, _: {"level": story.level.upper()},
        Reason.MORE_TIME: lambda _, aim: {"minutes": _minutes(aim)},
        Reason.FASTER: lambda _, aim: {"speed": round(aim.kmh, 1)},
        Reason.STEEPER: lambda _, aim: {"grade": aim.grade},
    }
)
