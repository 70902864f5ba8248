"""What may follow what in a session. This file alone says so.

`start` makes a session, `apply` gives it a command, `advance` lets time pass. Each returns a `Step`: the session as it
is then, and the events in between, each at the instant it was due, however late it is told. Half-open throughout: an
interval of 60 s that began at 10:00:00 is over at 10:01:00, and what happens at that instant happens in the next.

A command is first told the time: whatever was due before it has happened before it. A command that is refused raises
and changes nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from . import checkpoint, fit, turns
from .checkpoint import Dumped
from .commands import BOUNDARIES, COMMANDS, Order
from .cues import PREVIEW_BEFORE_START
from .errors import IllegalCommand, InvalidInstant, InvalidWorkout
from .events import EventKind, Reason
from .levels import Level
from .meter import new_meter
from .metrics import Reading
from .move import Move
from .place import PlaceKind
from .remarks import Code
from .state import FINAL, RESUME_LEAD_IN, Command, Session, SessionState, Step, next_boundary
from .timeline import timeline
from .workout import Workout, expand

__all__ = [
    "TRANSITIONS",
    "Command",
    "Dumped",
    "Session",
    "SessionState",
    "Step",
    "advance",
    "apply",
    "measure",
    "next_boundary",
    "restore",
    "snapshot",
    "start",
    "timeline",
]

START_LEAD_IN: Final = timedelta(seconds=PREVIEW_BEFORE_START)
"""Time to put the remote away, take hold and look ahead."""
ANSWERED_LEAD_IN: Final = START_LEAD_IN + timedelta(seconds=6)
"""The same after a start that is answered aloud: twelve words take five seconds, and a voice begins within one."""
ANSWERED_RESUME: Final = RESUME_LEAD_IN + timedelta(seconds=3.5)
"""The same after anything shorter that is answered: six words, and the countdown is heard whole after them."""

TRANSITIONS: Final[Mapping[SessionState, Mapping[Command, SessionState]]] = MappingProxyType(
    {
        SessionState.LEAD_IN: {
            Command.PAUSE: SessionState.PAUSED,
            Command.HOLD: SessionState.HELD,
            Command.STOP: SessionState.STOPPED,
        },
        SessionState.RUNNING: {
            Command.PAUSE: SessionState.PAUSED,
            Command.CONFIRM: SessionState.RUNNING,
            Command.SKIP: SessionState.RUNNING,
            Command.PREVIOUS: SessionState.RUNNING,
            Command.EXTEND: SessionState.RUNNING,
            Command.HOLD: SessionState.HELD,
            Command.STOP: SessionState.STOPPED,
        },
        SessionState.WAITING: {
            Command.PAUSE: SessionState.PAUSED,
            Command.CONFIRM: SessionState.RUNNING,
            Command.SKIP: SessionState.RUNNING,
            Command.PREVIOUS: SessionState.RUNNING,
            Command.HOLD: SessionState.HELD,
            Command.STOP: SessionState.STOPPED,
        },
        SessionState.PAUSED: {
            Command.RESUME: SessionState.LEAD_IN,
            Command.SKIP: SessionState.PAUSED,
            Command.PREVIOUS: SessionState.PAUSED,
            Command.HOLD: SessionState.HELD,
            Command.STOP: SessionState.STOPPED,
        },
        SessionState.HELD: {
            # A second hazard during a hold changes the reason and must never fail.
            Command.HOLD: SessionState.HELD,
            Command.RELEASE: SessionState.PAUSED,
            Command.STOP: SessionState.STOPPED,
        },
        SessionState.COMPLETED: {},
        SessionState.STOPPED: {},
    }
)
"""State x command -> state. A missing pair is illegal. Where confirm or skip leave the last interval, the session is
completed instead; where they lead in, it is running only after that."""


def start(
    workout: Workout,
    at: datetime,
    *,
    session_id: str | None = None,
    place: PlaceKind | None = None,
    level: Level | None = None,
    confirm_turns: bool = False,
    lead_in: timedelta = START_LEAD_IN,
    zone_floors: tuple[float, ...] = (),
) -> Step:
    """Begin a session with its lead-in.

    Left out, the place is the first kind the workout is made for (a treadmill where it does not say, because a turn too
    many is safe and one too few is not), and the level is the workout's own. Without `zone_floors` no time in zone is
    kept. Raises InvalidWorkout where the workout does not fit the place or is over the level.
    """
    _require_utc(at)
    place = place or next(iter(workout.place_kinds), PlaceKind.TREADMILL)
    if workout.place_kinds and place not in workout.place_kinds:
        raise InvalidWorkout(Code.WRONG_PLACE, workout=workout.name, place=place, kinds=workout.place_kinds)
    level = level or workout.level or fit.lowest_level(workout, place)
    intervals = tuple(expand(workout.items))
    fit.refuse(fit.findings(intervals, level, place), workout.name, level)
    on_belt = place is PlaceKind.TREADMILL
    move = Move(
        Session(
            id=session_id or f"{at:%Y%m%dT%H%M%S%f}",
            workout=workout,
            plan=turns.with_turns(intervals, confirmed=confirm_turns) if on_belt else intervals,
            place=place,
            level=level,
            state=SessionState.LEAD_IN,
            since=at,
            seen=at,
            started_at=at,
            lead_in=lead_in,
            meter=new_meter(at, zone_floors),
        )
    )
    move.tell(EventKind.STARTED, at)
    return move.step()


def advance(session: Session, at: datetime) -> Step:
    """Let time pass up to and including `at`: everything that was due happens, each at its own instant.

    A clock that went back changes nothing; time does not run backward.
    """
    _require_utc(at)
    at = max(at, session.seen)
    move = Move(session)
    while (due := next_boundary(move.session)) is not None and due <= at:
        BOUNDARIES[move.session.state](move, due)
    return move.step(seen=at)


def apply(
    session: Session,
    command: Command,
    at: datetime,
    *,
    seconds: int | None = None,
    reason: Reason | None = None,
    lead_in: timedelta | None = None,
) -> Step:
    """Carry out a command, after everything that was due before it.

    `extend` takes `seconds`; `pause`, `hold` and `stop` may give a `reason`; `resume` leads in,
    and `confirm` and `skip` do where they are given how long: for who commands without a hand on anything. Raises IllegalCommand where the state does
    not know the command, CommandRefused where it makes no sense here.
    """
    before = advance(session, at)
    move = Move(before.session, before.events)
    if command not in TRANSITIONS[move.session.state]:
        raise IllegalCommand(command, move.session.state)
    COMMANDS[command](move, Order(at=move.session.seen, seconds=seconds, reason=reason, lead_in=lead_in))
    return move.step()


def measure(session: Session, reading: Reading) -> Step:
    """Take in a reading of a source, after everything that was due before it."""
    before = advance(session, reading.at)
    move = Move(before.session, before.events)
    move.measure(reading)
    return move.step()


def snapshot(session: Session, before: Dumped | None = None) -> dict[str, Any]:
    """Write a session down as plain data, as it was when it was last told the time.

    What it was and how it was written `before` makes it cheaper and changes nothing else.
    """
    move = Move(session)
    move.settle(session.seen)
    return checkpoint.dump(move.session, before)


def restore(data: Mapping[str, Any], at: datetime) -> Step:
    """Bring a session back after a restart: paused where it was last seen, or abandoned if that is too long ago.

    Raises InvalidSnapshot for data that is not a session of ours.
    """
    _require_utc(at)
    move = Move(checkpoint.load(data))
    if move.session.state not in {*FINAL, SessionState.PAUSED}:
        move.interrupt(SessionState.PAUSED, EventKind.PAUSED, move.session.seen, Reason.RESTART)
    session, events = move.step().session, move.events
    if at < session.seen:
        # The clock was ahead when the session was last seen; waiting until it is there again would freeze everything.
        session = replace(session, since=min(session.since, at), seen=at, stood_since=at)
        events = [replace(event, at=at) for event in events]
    after = advance(session, at)
    return Step(session=after.session, events=(*events, *after.events))


def _require_utc(at: datetime) -> None:
    if at.utcoffset() != timedelta():
        raise InvalidInstant("not_utc", f"expected an aware UTC instant, got {at.isoformat()}")
