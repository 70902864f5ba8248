"""What one obstacle sensor sees: nothing, something, or nothing that can be trusted.

A distance is an obstacle below its limit and clear again only well above it. A distance sensor that used to speak
regularly and fell silent is as blind as one that is gone; where no regularity was seen, silence says nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

BELOW_M: Final = 1.2
"""Metres, where a distance sensor has no limit of its own: a step and a half of room behind the belt."""
CLEAR_BY_M: Final = 0.1
"""Metres over its limit at which a distance is clear again: more than what cheap ultrasonic sensors waver by."""
GAPS: Final = 8
"""How many times between reports tell the period of a sensor."""
IRREGULAR: Final = 3
"""A sensor whose longest time between reports is more than so many times its shortest reports what changes, not regularly."""
REGULAR_FOR: Final = timedelta(seconds=30)
"""How long it must have been regular; a dog that runs about makes any sensor regular for a few seconds."""
STALE_PERIODS: Final = 3
STALE_AT_LEAST: Final = timedelta(seconds=10)


class Sight(StrEnum):
    """What one sensor sees."""

    CLEAR = "clear"
    BLIND = "blind"
    """It says nothing that can be trusted, which is as unsafe as something in the way."""
    OBSTACLE = "obstacle"


class Kind(StrEnum):
    """What a sensor's number means."""

    PRESENCE = "presence"
    """1 for something there."""
    COUNT = "count"
    """How many persons or animals."""
    DISTANCE = "distance"
    """Metres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Eye:
    """One sensor: what it said last, and how regularly it speaks."""

    kind: Kind
    below_m: float = BELOW_M
    stale_after: timedelta | None = None
    """After how long a silent distance sensor is blind, as its owner says; None lets its own period decide."""
    value: float | None = None
    """What it said last; None where that is nothing that can be trusted."""
    said_at: datetime | None = None
    is_near: bool = False
    """Whether what it said last was an obstacle."""
    gaps: tuple[timedelta, ...] = ()
    """The latest times between its reports."""
    regular_since: datetime | None = None


def sees(eye: Eye, value: float) -> bool:
    """Tell whether a value is an obstacle."""
    if eye.kind is Kind.DISTANCE:
        return value < (eye.below_m + CLEAR_BY_M if eye.is_near else eye.below_m)
    return value > 0


def hear(eye: Eye, value: float | None, at: datetime) -> Eye:
    """Take in a report; None where the sensor is gone or says no number."""
    if value is None:
        return replace(eye, value=None, said_at=None, is_near=False, gaps=(), regular_since=None)
    eye = replace(eye, value=value, is_near=sees(eye, value))
    return _timed(eye, at) if eye.kind is Kind.DISTANCE else eye


def sight(eye: Eye, at: datetime) -> Sight:
    """Judge what the sensor sees now."""
    due = stale_at(eye)
    if eye.value is None or (due is not None and at >= due):
        return Sight.BLIND
    return Sight.OBSTACLE if eye.is_near else Sight.CLEAR


def stale_at(eye: Eye) -> datetime | None:
    """Tell when a distance sensor counts as blind if it says nothing more; None for never."""
    if eye.kind is not Kind.DISTANCE or eye.said_at is None:
        return None
    within = eye.stale_after or _period(eye)
    return None if within is None else eye.said_at + within


def _period(eye: Eye) -> timedelta | None:
    """Give how long a regular sensor may be silent."""
    if eye.said_at is None or eye.regular_since is None or len(eye.gaps) < GAPS:
        return None
    if eye.said_at - eye.regular_since < REGULAR_FOR or not _is_regular(eye.gaps):
        return None
    return max(STALE_PERIODS * max(eye.gaps), STALE_AT_LEAST)


def _is_regular(gaps: tuple[timedelta, ...]) -> bool:
    return max(gaps) <= IRREGULAR * min(gaps)


def _timed(eye: Eye, at: datetime) -> Eye:
    if eye.said_at is None or at <= eye.said_at:
        return replace(eye, said_at=at, regular_since=eye.regular_since or at)
    gaps = (*eye.gaps, at - eye.said_at)[-GAPS:]
    since = eye.regular_since if _is_regular(gaps) else at
    return replace(eye, said_at=at, gaps=gaps, regular_since=since)
