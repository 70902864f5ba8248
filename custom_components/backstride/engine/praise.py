"""What a session earned beyond its own end: a personal best, and another day of the streak.

Judged by what an athlete's summary knows before and after the session, so that no record has to be read.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MARGIN: Final = 10.0
"""Seconds by which a best must be beaten: the same workout again is a little longer by chance, and nobody would notice."""


class Praise(StrEnum):
    """What there is to praise."""

    LONGEST_SESSION = "longest_session"
    """More backward time than in any session before."""
    BEST_DAY = "best_day"
    """More backward time than on any other day."""
    STREAK = "streak"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an athlete stands, on one day."""

    longest_session: float | None = None
    """Backward seconds; None where nobody knows."""
    day: float = 0.0
    """Backward seconds of that day."""
    best_other_day: float = 0.0
    """The most backward seconds of any other day."""
    streak: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Merit:
    """One thing to praise."""

    praise: Praise
    days: int | None = None
    """For the streak: how many."""


def merits(before: Standing, after: Standing) -> tuple[Merit, ...]:
    """Tell what a session earned that took an athlete from one standing to another: one best at most, then the streak.

    A best is one only where there is something to beat, and a day is the best but once.
    """
    earned: list[Merit] = []
    if _beats(before.longest_session or 0.0, after.longest_session or 0.0):
        earned.append(Merit(praise=Praise.LONGEST_SESSION))
    elif _beats(after.best_other_day, after.day) and not _beats(after.best_other_day, before.day):
        earned.append(Merit(praise=Praise.BEST_DAY))
    if after.streak > before.streak:
        earned.append(Merit(praise=Praise.STREAK, days=after.streak))
    return tuple(earned)


def _beats(best: float, seconds: float) -> bool:
    return best > 0 and seconds >= best + MARGIN
