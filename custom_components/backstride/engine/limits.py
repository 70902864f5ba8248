"""What an athlete must not go over in a session: a heart rate, a speed, a length of time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
import math
from typing import Final

from .goal import speed_ceiling
from .guard import Cause
from .metrics import Quantity, Reading
from .place import PlaceKind
from .state import Session, SessionState, current, elapsed
from .workout import WALKING, seconds_of

AVERAGED_OVER: Final = timedelta(seconds=30)
"""One beat says little; a heart rate is judged by its mean over this long."""
SHORTEST_JUDGED: Final = 60
"""Seconds. A heart lags behind what is done by half a minute, so that shorter intervals are not judged by it."""
STRAINING: Final = frozenset({SessionState.RUNNING, SessionState.WAITING, SessionState.HELD})
RUNAWAY_KMH: Final = 0.3
"""How far a belt may be over its ceiling: one step of a console, or what a display rounds."""
LONGEST: Final = timedelta(hours=3)
"""No session is meant to last longer, whatever was planned: what good treadmill integrations time out after."""
LONGER: Final = 1.5
LONGER_BY: Final = timedelta(minutes=10)
"""A session may take half as long again as planned, and these minutes, for waiting and extensions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is set up for one athlete at one place."""

    heart_bpm: float = math.inf
    """Beats a minute."""
    place_kmh: float = math.inf


@dataclass(frozen=True, slots=True, kw_only=True)
class Strain:
    """What was measured of it lately."""

    beats: tuple[tuple[datetime, float], ...] = ()
    """Live heart rates of the time they are averaged over."""
    live_since: datetime | None = None
    """Since when they come without a break."""
    kmh: float | None = None


def hear(strain: Strain, said: Reading) -> Strain:
    """Take in a reading; a heart rate counts only while it is live, and what cannot be one is as if nothing was said."""
    if said.quantity is Quantity.SPEED:
        return replace(strain, kmh=said.value)
    if said.quantity is not Quantity.HEART_RATE or said.is_wild:
        return strain
    if said.value is None or not said.is_live:
        return replace(strain, beats=(), live_since=None)
    latest = tuple(each for each in strain.beats if said.at - each[0] < AVERAGED_OVER)
    beats = (*latest, (said.at, said.value))
    # After a gap as long as the average nothing is left of what went before.
    return replace(strain, beats=beats, live_since=strain.live_since if latest else said.at)


def over(strain: Strain, session: Session, limits: Limits, at: datetime) -> frozenset[Cause]:
    """Tell which limits are passed now."""
    return frozenset(_passed(strain, session, limits, at))


def overlong_at(session: Session, at: datetime) -> datetime | None:
    """Tell when to look whether a session that goes on as it does is overlong; None while its time stands still."""
    if session.state not in {SessionState.RUNNING, SessionState.WAITING}:
        return None
    if _is_young(session, at):
        return session.started_at + LONGER_BY
    return at + _longest(session) - elapsed(session, at)


def _passed(strain: Strain, session: Session, limits: Limits, at: datetime) -> Iterator[Cause]:
    if session.state in STRAINING and current(session).seconds >= SHORTEST_JUDGED:
        mean = _mean(strain, at)
        if mean is not None and mean > limits.heart_bpm:
            yield Cause.HEART_RATE
    if strain.kmh is not None and strain.kmh > _fastest(session, limits) + RUNAWAY_KMH:
        yield Cause.OVER_CEILING
    if (
        session.state in STRAINING
        and not _is_young(session, at)
        and elapsed(session, at) >= _longest(session)
    ):
        yield Cause.OVERLONG


def _mean(strain: Strain, at: datetime) -> float | None:
    """Average the heart rate; None before it was live for long enough, or where it fell silent."""
    if strain.live_since is None or at - strain.live_since < AVERAGED_OVER:
        return None
    beats = [bpm for said_at, bpm in strain.beats if at - said_at < AVERAGED_OVER]
    return sum(beats) / len(beats) if beats else None


def _fastest(session: Session, limits: Limits) -> float:
    """Give the fastest the belt may run while somebody walks or runs on it."""
    interval = current(session)
    walks = session.state is SessionState.RUNNING and interval.direction in WALKING
    if session.place is not PlaceKind.TREADMILL or not walks:
        return math.inf
    return speed_ceiling(interval, session.level, limits.place_kmh)


def _is_young(session: Session, at: datetime) -> bool:
    """Tell whether it cannot be overlong yet, which spares adding up."""
    return at - session.started_at < LONGER_BY


def _longest(session: Session) -> timedelta:
    planned = timedelta(seconds=seconds_of(session.plan))
    return min(LONGER * planned + LONGER_BY, LONGEST)
