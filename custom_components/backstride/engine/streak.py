"""The streak: consecutive scheduled days on which the daily goal of backward time was met.

A pure fold over seconds per day and a ledger. The ledger keeps every setting with the date it took effect, so that
changing one today never changes what happened before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise
from typing import Final

from .errors import EngineError

DEFAULT_GOAL_SECONDS: Final = 5 * 60
WEEKDAYS: Final = frozenset(range(7))
HOURS: Final = range(24)
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The settings from one date on, until the next."""

    since: date
    goal_seconds: int = DEFAULT_GOAL_SECONDS
    rest_weekdays: frozenset[int] = frozenset()
    """Monday is 0, as in Python's calendar."""
    day_start_hour: int = 0
    """A night owl's day may begin at four in the morning."""
    time_zone: str = "UTC"

    def __post_init__(self) -> None:
        """Refuse settings that no day could keep."""
        if self.goal_seconds < 1:
            raise EngineError("goal", "expected a goal of at least 1 second")
        if not self.rest_weekdays < WEEKDAYS:
            raise EngineError("rest_weekdays", "expected at most six weekdays from 0 (Monday) to 6")
        if self.day_start_hour not in HOURS:
            raise EngineError("day_start_hour", "expected an hour from 0 to 23")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacation:
    """Days off, both ends included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a vacation that ends before it begins."""
        if self.last < self.first:
            raise EngineError("vacation", "expected a vacation that ends on or after its first day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Everything besides walking that a streak depends on, each with its date."""

    rules: tuple[Rules, ...]
    """In order of date; the first also holds for the days before it."""
    vacations: tuple[Vacation, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a ledger that does not say which rules hold when."""
        dates = [rules.since for rules in self.rules]
        if not dates or any(later <= earlier for earlier, later in pairwise(dates)):
            raise EngineError("ledger", "expected rules in order of their dates, at least one")


class DayKind(StrEnum):
    """What a day does to a streak."""

    MET = "met"
    MISSED = "missed"
    OPEN = "open"
    """Today, as long as the goal is not met."""
    REST = "rest"
    VACATION = "vacation"


NEUTRAL: Final = frozenset({DayKind.REST, DayKind.VACATION, DayKind.OPEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """What the fold gives."""

    current: int = 0
    best: int = 0
    total: int = 0
    """Scheduled days on which the goal was met, ever."""
    today: DayKind = DayKind.OPEN
    is_at_risk: bool = False
    """Whether there is one, and it is late in a day whose goal is not met."""
    last_met: date | None = None


class StreakNews(StrEnum):
    """What a change of a streak means to the athlete."""

    EXTENDED = "extended"
    MILESTONE = "milestone"
    AT_RISK = "at_risk"
    """It is late, and today's goal is not met."""
    LOST = "lost"


MILESTONES: Final = (3, 7, 14, 21, 30, 50, 75, 100, 150, 200, 250, 300, 365, 500, 730, 1000)
"""Days worth a word: close together at first, when a habit is young."""


def news(before: Streak, after: Streak) -> tuple[StreakNews, ...]:
    """Tell what is new between two looks at one streak."""
    if after.current > before.current:
        passed = any(before.current < milestone <= after.current for milestone in MILESTONES)
        return (StreakNews.EXTENDED, StreakNews.MILESTONE) if passed else (StreakNews.EXTENDED,)
    if before.current and not after.current:
        return (StreakNews.LOST,)
    return (StreakNews.AT_RISK,) if after.is_at_risk and not before.is_at_risk else ()


def local_day(at: datetime, *, zone: tzinfo, day_start_hour: int = 0) -> date:
    """Tell the athlete's day that an instant belongs to.

    Decided by the clock on the wall, not by counting hours back, so that a day with 23 or 25 hours begins on time.
    """
    local = at.astimezone(zone)
    return local.date() - _ONE_DAY if local.hour < day_start_hour else local.date()


def is_late(at: datetime, *, zone: tzinfo, day_start_hour: int, from_hour: int) -> bool:
    """Tell whether an hour of the athlete's day has struck; a day that begins at four is not over at midnight."""
    return (at.astimezone(zone).hour - day_start_hour) % 24 >= (from_hour - day_start_hour) % 24


def rules_on(ledger: Ledger, day: date) -> Rules:
    """Give the rules that held on a day."""
    held = ledger.rules[0]
    for rules in ledger.rules:
        if rules.since > day:
            break
        held = rules
    return held


def changed(ledger: Ledger, rules: Rules) -> Ledger:
    """Add rules from their date on; a second change on one day replaces the first."""
    kept = tuple(earlier for earlier in ledger.rules if earlier.since < rules.since)
    later = tuple(other for other in ledger.rules if other.since > rules.since)
    return Ledger(rules=(*kept, rules, *later), vacations=ledger.vacations)


def fold(seconds_per_day: Mapping[date, float], ledger: Ledger, today: date, *, late: bool = False) -> Streak:
    """Count from the first day walked to today, which may be late; days after today do not count yet."""
    current = best = total = 0
    last_met: date | None = None
    kind = DayKind.OPEN
    for day in _days(min(seconds_per_day, default=today), today):
        kind = _kind(day, seconds_per_day.get(day, 0.0), ledger, today)
        if kind is DayKind.MET:
            current, total, last_met = current + 1, total + 1, day
            best = max(best, current)
        elif kind not in NEUTRAL:
            current = 0
    return Streak(
        current=current,
        best=best,
        total=total,
        today=kind,
        is_at_risk=late and current > 0 and kind is DayKind.OPEN,
        last_met=last_met,
    )


def _kind(day: date, seconds: float, ledger: Ledger, today: date) -> DayKind:
    rules = rules_on(ledger, day)
    if any(vacation.first <= day <= vacation.last for vacation in ledger.vacations):
        return DayKind.VACATION
    if day.weekday() in rules.rest_weekdays:
        return DayKind.REST
    if seconds >= rules.goal_seconds:
        return DayKind.MET
    return DayKind.OPEN if day >= today else DayKind.MISSED


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
