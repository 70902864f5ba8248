"""What each command and each boundary does to a session. Which of them is allowed when is decided in `session`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from . import turns
from .errors import CommandRefused
from .events import EventKind, Reason
from .levels import CEILINGS
from .move import Move
from .place import PlaceKind
from .remarks import Code
from .state import (
    RESUME_LEAD_IN,
    Command,
    EndedBy,
    Session,
    SessionState,
    Visit,
    current,
    following,
    position,
)
from .workout import Direction, Ends, Interval, seconds_of

RESTART_AFTER: Final = timedelta(seconds=5)
"""Going back restarts an interval that is older than this, and leaves a younger one for the one before."""
SHORTEST_TURN: Final = timedelta(seconds=5)
"""Nobody turns round faster; a confirmation before that was meant for what came before."""
LEAST_REST: Final = timedelta(seconds=15)
"""The shortest rest of the built-in workouts: one that was left earlier does not end a stretch of backward work."""
LONGEST_EXTENSION: Final = 10 * 60
"""Seconds at once; more is a slip of the tongue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A command's instant and what came with it."""

    at: datetime
    seconds: int | None = None
    reason: Reason | None = None
    lead_in: timedelta | None = None


def _interval_over(move: Move, due: datetime) -> None:
    if current(move.session).ends is Ends.CONFIRMED:
        move.wait(due)
    else:
        _go_on(move, due, EndedBy.TIME)


def _unanswered(move: Move, due: datetime) -> None:
    move.interrupt(SessionState.PAUSED, EventKind.PAUSED, due, Reason.NO_ANSWER)


def _abandoned(move: Move, due: datetime) -> None:
    move.finish(SessionState.STOPPED, EventKind.STOPPED, due, Reason.ABANDONED)


def _go_on(move: Move, at: datetime, ended_by: EndedBy, lead_in: timedelta | None = None) -> None:
    """Leave the current interval for the one after it, or complete the session."""
    if following(move.session) is None:
        move.finish(SessionState.COMPLETED, EventKind.COMPLETED, at, None, ended_by)
        return
    index = move.session.index if move.session.turn else move.session.index + 1
    move.go(at, ended_by, index, None, lead_in=lead_in)


def _pause(move: Move, order: Order) -> None:
    move.interrupt(SessionState.PAUSED, EventKind.PAUSED, order.at, order.reason or Reason.ATHLETE)


def _resume(move: Move, order: Order) -> None:
    now = move.session
    if now.visit is not None and current(now).direction is Direction.TURN:
        # Who stood still in the middle of a turn may face anywhere: it is done again, in full.
        move.go(order.at, EndedBy.INTERRUPTION, now.index, now.turn)
    move.lead_in(order.at, order.lead_in or RESUME_LEAD_IN)


def _hold(move: Move, order: Order) -> None:
    if move.session.state is SessionState.HELD:
        move.set(reason=order.reason or move.session.reason)
    else:
        move.interrupt(SessionState.HELD, EventKind.HELD, order.at, order.reason or Reason.OBSTACLE)


def _release(move: Move, order: Order) -> None:
    move.interrupt(SessionState.PAUSED, EventKind.RELEASED, order.at, order.reason or Reason.RELEASED)


def _stop(move: Move, order: Order) -> None:
    move.finish(SessionState.STOPPED, EventKind.STOPPED, order.at, order.reason or Reason.ATHLETE)


def _confirm(move: Move, order: Order) -> None:
    now = move.session
    turning = current(now).direction is Direction.TURN and position(now, order.at) >= SHORTEST_TURN
    if now.state is not SessionState.WAITING and not turning:
        raise CommandRefused(Code.NOTHING_TO_CONFIRM)
    move.tell(EventKind.CONFIRMED, order.at)
    _go_on(move, order.at, EndedBy.CONFIRM, order.lead_in)


def _skip(move: Move, order: Order) -> None:
    if current(move.session).direction is Direction.TURN:
        raise CommandRefused(Code.TURN_NOT_SKIPPED)
    _go_on(move, order.at, EndedBy.SKIP, order.lead_in)


def _previous(move: Move, order: Order) -> None:
    """Restart the interval, or go back to the one before it; on a treadmill facing another way means turning first."""
    now = move.session
    index, turn = now.index, now.turn
    if position(now, order.at) <= RESTART_AFTER:
        # Turns lead onward only: going back starts from the walking before them.
        earlier = (
            back for back in range(now.index - 1, -1, -1) if now.plan[back].direction is not Direction.TURN
        )
        index = next(earlier, now.index)
        turn = _turn_to(now, index) if index != now.index else now.turn
    move.go(order.at, EndedBy.PREVIOUS, index, turn)


def _turn_to(session: Session, index: int) -> Interval | None:
    facing = turns.facing_at(session.plan, index)
    nobody_walked = session.visit is None and not session.done
    if session.place is not PlaceKind.TREADMILL or nobody_walked or facing in {None, session.facing}:
        return None
    confirmed = any(
        interval.ends is Ends.CONFIRMED for interval in session.plan if interval.direction is Direction.TURN
    )
    return turns.with_turns((turns.TURN,), confirmed=confirmed)[0]


def _extend(move: Move, order: Order) -> None:
    now, seconds = move.session, order.seconds or 0
    if not 1 <= seconds <= LONGEST_EXTENSION:
        raise CommandRefused(Code.EXTENSION, longest=LONGEST_EXTENSION)
    longest = CEILINGS[now.level].bout_seconds
    if _stretch_seconds(now) + seconds > longest:
        raise CommandRefused(Code.OVER_LONGEST_BOUT, longest=longest)
    move.extend(timedelta(seconds=seconds))


def _stretch_seconds(session: Session) -> float:
    """Tell how long the current interval is; backward work counts together with what it is joined to on either side."""
    planned = session.visit.planned.total_seconds() if session.visit else 0.0
    if current(session).direction is not Direction.BACKWARD:
        return planned

    def backward(interval: Interval) -> bool:
        return interval.direction is Direction.BACKWARD

    def joined(visit: Visit) -> bool:
        return backward(visit.interval) or visit.active < LEAST_REST

    before = (visit for visit in takewhile(joined, reversed(session.done)) if backward(visit.interval))
    after = takewhile(backward, session.plan[session.index + 1 :])
    return planned + sum(visit.active.total_seconds() for visit in before) + seconds_of(after)


BOUNDARIES: Final[Mapping[SessionState, Callable[[Move, datetime], None]]] = MappingProxyType(
    {
        SessionState.LEAD_IN: Move.walk,
        SessionState.RUNNING: _interval_over,
        SessionState.WAITING: _unanswered,
        SessionState.PAUSED: _abandoned,
        SessionState.HELD: _abandoned,
    }
)
"""What happens by itself when a state has lasted its time."""

COMMANDS: Final[Mapping[Command, Callable[[Move, Order], None]]] = MappingProxyType(
    {
        Command.PAUSE: _pause,
        Command.RESUME: _resume,
        Command.CONFIRM: _confirm,
        Command.SKIP: _skip,
        Command.PREVIOUS: _previous,
        Command.EXTEND: _extend,
        Command.HOLD: _hold,
        Command.RELEASE: _release,
        Command.STOP: _stop,
    }
)
