"""What takes an athlete one step on, and what takes one back, as two tables.

The rules and figures are those of reference/science.md section 4 (4.2 starting speeds, 4.3 levels, 4.4 progression);
where one is an engineering choice of ours it says so.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from . import events
from .levels import BELOW, CEILINGS, Level
from .past import Past
from .place import PlaceKind
from .story import FULL_SECONDS, LONG_BREAK_DAYS, SHORT_BREAK_DAYS, Story
from .tailoring import SLOWEST_KMH, Aim


class Reason(StrEnum):
    """Why this workout is next; the first ones go before the later ones."""

    STUMBLED = "stumbled"
    EMERGENCY = "emergency"
    PAIN = "pain"
    EFFORT = "effort"
    LONG_BREAK = "long_break"
    SHORT_BREAK = "short_break"
    WEEK_LIMIT = "week_limit"
    REST = "rest"
    LEVEL_READY = "level_ready"
    FIRST = "first"
    """The first session at all, or the first at such a place."""
    NEW_LEVEL = "new_level"
    REPEAT = "repeat"
    """The last one was not clean."""
    ONCE_MORE = "once_more"
    """One clean session is not two."""
    MORE_TIME = "more_time"
    LIGHTER_HANDS = "lighter_hands"
    FASTER = "faster"
    STEEPER = "steeper"
    KEEP = "keep"
    """Everything is as this level allows."""


START_KMH: Final = 1.6
"""The most for a first time (4.2)."""

# Steps forward: 4.4 "time +1-2 min, or speed +0.2-0.3 km/h, or grade +1 %, or hands. Order: time, hands, speed, grade".
MORE_SECONDS: Final = 120
LEAST_MORE_SECONDS: Final = 60
MORE_KMH: Final = 0.2
LEAST_MORE_KMH: Final = 0.1
MORE_GRADE: Final = 1.0
LETS_GO: Final = frozenset({Level.L1, Level.L2})
"""Where 4.3 leaves a choice of hands: before it both hold on, after it none does."""
LIGHTER_FOR: Final = 4
"""Clean sessions at full time until hands are no subject any more: two to earn the step, two with it."""

# Steps back: 4.4 "next session -20 % speed, hands on"; "pain > 3/10: -50 % time, no grade"; DESIGN: effort >= 8.
SLOWER: Final = 0.8
SHORTER: Final = 0.5


# Steps back. All that apply are taken; the first says why.


def _slower(aim: Aim, _story: Story, trouble: Past) -> Aim:
    last = aim.kmh if trouble.kmh is None else trouble.kmh
    return replace(aim, kmh=max(min(aim.kmh, last * SLOWER), SLOWEST_KMH))


def _shorter(aim: Aim, _story: Story, trouble: Past) -> Aim:
    last = trouble.backward_seconds if trouble.is_completed else aim.seconds
    return replace(aim, seconds=min(aim.seconds, last) * SHORTER, grade=0.0)


def _one_step_back(aim: Aim, _story: Story, _last: Past) -> Aim:
    """Undo what was added last: in the reverse of the order in which things are added."""
    if aim.grade > 0:
        return replace(aim, grade=max(aim.grade - MORE_GRADE, 0.0))
    if aim.kmh > START_KMH:
        return replace(aim, kmh=max(round(aim.kmh - MORE_KMH, 2), START_KMH))
    return replace(aim, seconds=max(aim.seconds - MORE_SECONDS, aim.seconds * SHORTER))


def _one_level_back(aim: Aim, story: Story, last: Past) -> Aim:
    if story.level not in BELOW:
        return _one_step_back(aim, story, last)
    level = min(BELOW[story.level], aim.level)
    ceiling = CEILINGS[level]
    return replace(
        aim,
        level=level,
        seconds=min(aim.seconds, FULL_SECONDS[level]),
        kmh=min(aim.kmh, ceiling.walk_kmh),
        grade=min(aim.grade, ceiling.grade_percent),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Setback:
    """What takes an athlete back, and how far."""

    reason: Reason
    happened: Callable[[Story], Past | None]
    """Give the session that it began with."""
    back: Callable[[Aim, Story, Past], Aim]


def _trouble(had: Callable[[Past], bool]) -> Callable[[Story], Past | None]:
    """Look for the latest that had it: what was broken off since, or walked elsewhere, does not make it good."""
    return lambda story: next((each for each in story.unsettled if had(each)), None)


def _break(fits: Callable[[int], bool]) -> Callable[[Story], Past | None]:
    return lambda story: story.last if fits(story.days_off) else None


SETBACKS: Final = (
    Setback(reason=Reason.STUMBLED, happened=_trouble(lambda last: last.stumbles > 0), back=_slower),
    Setback(
        reason=Reason.EMERGENCY,
        happened=_trouble(lambda last: last.reason is events.Reason.EMERGENCY),
        back=_slower,
    ),
    Setback(reason=Reason.PAIN, happened=_trouble(lambda last: last.hurt), back=_shorter),
    Setback(reason=Reason.EFFORT, happened=_trouble(lambda last: last.was_too_hard), back=_one_step_back),
    Setback(
        reason=Reason.LONG_BREAK,
        happened=_break(lambda days: days >= LONG_BREAK_DAYS),
        back=_one_level_back,
    ),
    Setback(
        reason=Reason.SHORT_BREAK,
        happened=_break(lambda days: SHORT_BREAK_DAYS <= days < LONG_BREAK_DAYS),
        back=_one_step_back,
    ),
)


# Steps forward. The first that there is room for is taken, alone.


def _more_time(aim: Aim, story: Story) -> Aim | None:
    if aim.seconds + LEAST_MORE_SECONDS > story.full_seconds:
        return None
    return replace(aim, seconds=min(aim.seconds + MORE_SECONDS, story.full_seconds))


def _lighter_hands(aim: Aim, story: Story) -> Aim | None:
    if story.spot.kind is not PlaceKind.TREADMILL or story.level not in LETS_GO:
        return None
    full = story.full_seconds - LEAST_MORE_SECONDS
    held = sum(each.level is story.level and each.backward_seconds >= full for each in story.clean)
    return aim if held < LIGHTER_FOR else None


def _faster(aim: Aim, story: Story) -> Aim | None:
    """Give a higher speed; over ground nothing measures it and nothing sets it."""
    most = min(CEILINGS[story.level].walk_kmh, story.spot.max_kmh)
    if story.spot.kind is not PlaceKind.TREADMILL or round(most - aim.kmh, 2) < LEAST_MORE_KMH:
        return None
    return replace(aim, kmh=min(round(aim.kmh + MORE_KMH, 2), most))


def _steeper(aim: Aim, story: Story) -> Aim | None:
    if not story.spot.inclines or aim.grade + MORE_GRADE > CEILINGS[story.level].grade_percent:
        return None
    return replace(aim, grade=aim.grade + MORE_GRADE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """What two clean sessions may earn."""

    reason: Reason
    forward: Callable[[Aim, Story], Aim | None]


STEPS: Final = (
    Advance(reason=Reason.MORE_TIME, forward=_more_time),
    Advance(reason=Reason.LIGHTER_HANDS, forward=_lighter_hands),
    Advance(reason=Reason.FASTER, forward=_faster),
    Advance(reason=Reason.STEEPER, forward=_steeper),
)
