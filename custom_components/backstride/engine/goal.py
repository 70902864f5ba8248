"""What a session wants of the belt under it: to move, how fast at most, to slow down, to stop, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .events import Reason
from .levels import CEILINGS, Level
from .state import Session, SessionState, current
from .workout import WALKING, Direction, Gait, Interval


class Want(StrEnum):
    """What a session wants of the belt."""

    LEAVE = "leave"
    """Nothing: whatever it does is the athlete's."""
    MOVE = "move"
    SLOW = "slow"
    """As slow as for somebody on the rails."""
    STOP = "stop"
    """Slow, then stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the session wants now."""

    want: Want = Want.LEAVE
    kmh: float | None = None
    """Never over a ceiling; None leaves the speed as it is."""
    percent: float | None = None
    urgent: bool = False
    """Slow down whoever steers: somebody or something is behind."""


STANDING: Final[Mapping[SessionState, Want]] = MappingProxyType(
    {
        SessionState.LEAD_IN: Want.LEAVE,
        SessionState.RUNNING: Want.SLOW,
        SessionState.WAITING: Want.SLOW,
        SessionState.PAUSED: Want.SLOW,
        SessionState.HELD: Want.SLOW,
        SessionState.COMPLETED: Want.STOP,
        SessionState.STOPPED: Want.STOP,
    }
)
"""What each state wants while nobody walks; who runs a session but does not walk turns round or rests."""
OWN_PAUSES: Final = frozenset(
    {Reason.ATHLETE, Reason.NO_ANSWER, Reason.RELEASED, Reason.RECOVERED, Reason.GUARD_OFF}
)
"""Pauses in which the belt is slowed. After others, such as a restart or a lost link, it is left as it was found."""

LEFT: Final = frozenset({Reason.ABANDONED, Reason.IDLE})
"""Ends that come by themselves long after anybody walked: who is on the belt by then has nothing to do with it."""


def goal(session: Session, limit_kmh: float) -> Goal:
    """Tell what a session wants of the belt now; `limit_kmh` is the place's own limit."""
    interval = current(session)
    if session.state is SessionState.RUNNING and interval.direction in WALKING:
        return _moving(session, interval, limit_kmh)
    if session.reason in LEFT or (session.state is SessionState.PAUSED and session.reason not in OWN_PAUSES):
        return Goal()
    return Goal(want=STANDING[session.state], urgent=session.state is SessionState.HELD)


def _moving(session: Session, interval: Interval, limit_kmh: float) -> Goal:
    if interval.direction is Direction.BACKWARD and interval.gait is Gait.RUN:
        # Never steered by us: who runs backward on a belt has a spotter at the console.
        return Goal()
    ceiling = speed_ceiling(interval, session.level, limit_kmh)
    graded = any(each.grade_percent for each in session.plan)
    return Goal(
        want=Want.MOVE,
        kmh=None if interval.speed_kmh is None else min(interval.speed_kmh, ceiling),
        percent=_grade(interval, session.level) if graded else None,
    )


def speed_ceiling(interval: Interval, level: Level, limit_kmh: float) -> float:
    """Give the fastest a belt may run in an interval, km/h, whoever sets it."""
    if interval.direction is not Direction.BACKWARD:
        return limit_kmh
    ceiling = CEILINGS[level]
    own = ceiling.treadmill_run_kmh if interval.gait is Gait.RUN else ceiling.walk_kmh
    # Where a level does not run on a belt, nobody was let start such an interval.
    return limit_kmh if own is None else min(own, limit_kmh)


def _grade(interval: Interval, level: Level) -> float:
    if interval.direction is not Direction.BACKWARD:
        return interval.grade_percent
    most = CEILINGS[level].grade_percent
    return max(-most, min(interval.grade_percent, most))
