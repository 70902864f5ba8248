"""Which way a machine is walked, beside which way was planned: cross trainers tell, and people forget."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from .workout import Direction

TELL_AFTER: Final = timedelta(seconds=5)
"""How long somebody may go the other way before it is said: changing direction takes a few steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What was planned, and what is measured."""

    planned: Direction | None = None
    """None while no direction is wanted that a machine could tell."""
    planned_since: datetime | None = None
    measured: Direction | None = None
    measured_since: datetime | None = None
    told: bool = False
    """In this interval."""


def plan(way: Way, planned: Direction | None, since: datetime) -> Way:
    """Follow the session: which way is wanted, and since when; another interval may be told anew."""
    planned = planned if planned in {Direction.BACKWARD, Direction.FORWARD} else None
    if (planned, since) == (way.planned, way.planned_since):
        return way
    return replace(way, planned=planned, planned_since=since, told=False)


def notice(way: Way, measured: Direction | None, at: datetime) -> Way:
    """Take in what the machine says."""
    return way if measured is way.measured else replace(way, measured=measured, measured_since=at)


def due(way: Way) -> datetime | None:
    """Tell when it is to be said, if nothing changes until then."""
    if way.told or way.planned_since is None or way.measured_since is None:
        return None
    if way.planned is None or way.measured in {None, way.planned}:
        return None
    return max(way.planned_since, way.measured_since) + TELL_AFTER


def look(way: Way, at: datetime) -> tuple[Way, Direction | None]:
    """Give the direction that was planned where it has to be said now."""
    when = due(way)
    if when is None or at < when:
        return way, None
    return replace(way, told=True), way.planned
