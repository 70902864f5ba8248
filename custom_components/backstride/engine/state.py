"""What a session is at one instant: frozen values and the questions that can be asked of them.

Nothing here ticks. A session keeps sums and the instant from which the present stretch counts; everything else is
computed from a given `at`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from .events import Event, Reason
from .levels import Level
from .meter import Meter
from .metrics import Measurement
from .place import PlaceKind
from .workout import Direction, Interval, Workout, seconds_of

RESUME_LEAD_IN: Final = timedelta(seconds=3)
"""Three, two, one: time to get a grip before anything moves again."""
NO_ANSWER: Final = timedelta(seconds=120)
"""How long a confirmation is waited for before the session pauses."""
ABANDONED: Final = timedelta(minutes=30)
"""How long a session stays paused or held before it counts as left."""


class SessionState(StrEnum):
    """What a session is doing."""

    LEAD_IN = "lead_in"
    RUNNING = "running"
    WAITING = "waiting"
    PAUSED = "paused"
    HELD = "held"
    COMPLETED = "completed"
    STOPPED = "stopped"


class Command(StrEnum):
    """What a session can be told."""

    PAUSE = "pause"
    RESUME = "resume"
    CONFIRM = "confirm"
    SKIP = "skip"
    PREVIOUS = "previous"
    EXTEND = "extend"
    HOLD = "hold"
    RELEASE = "release"
    STOP = "stop"


FINAL: Final = frozenset({SessionState.COMPLETED, SessionState.STOPPED})


class EndedBy(StrEnum):
    """What ended a visit."""

    TIME = "time"
    CONFIRM = "confirm"
    SKIP = "skip"
    PREVIOUS = "previous"
    INTERRUPTION = "interruption"
    """A turn that was paused is done again from its start."""
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One time an interval was walked; going back makes another visit of the same interval."""

    index: int
    """Which interval of the plan; for an inserted turn the one it leads to."""
    interval: Interval
    started_at: datetime
    planned: timedelta
    """The interval's time, with every extension."""
    active: timedelta = timedelta()
    """Time walked, up to the present stretch."""
    waiting: timedelta = timedelta()
    """Time spent waiting for a confirmation, kept apart."""
    ended_at: datetime | None = None
    ended_by: EndedBy | None = None
    measured: Measurement = field(default_factory=Measurement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One athlete doing one workout at one place."""

    id: str
    workout: Workout
    plan: tuple[Interval, ...]
    """The workout's intervals one by one, with a treadmill's turns."""
    place: PlaceKind
    level: Level
    state: SessionState
    since: datetime
    """From when the present stretch counts: the state was entered, or the interval within it."""
    seen: datetime
    """The latest instant the session was told of; time does not run back behind it."""
    started_at: datetime
    lead_in: timedelta
    """How long the present or next lead-in lasts."""
    index: int = 0
    """The interval of the plan that is walked, or comes next while a lead-in or pause leads there."""
    turn: Interval | None = None
    """A turn that was inserted before it and is not done yet."""
    facing: Direction | None = None
    """Which way the athlete was last known to face; None during and after an unfinished turn."""
    done: tuple[Visit, ...] = ()
    visit: Visit | None = None
    """The visit that goes on; None before the first and after a jump during a pause."""
    interrupted: bool = False
    """Whether the athlete stands since a pause or hold, so that moving again is news."""
    stood_since: datetime | None = None
    """When the pause or hold began; a hold during a pause, or a jump, does not begin another."""
    reason: Reason | None = None
    """Why it is paused, held or stopped."""
    events: int = 0
    """How many events were told so far."""
    meter: Meter


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of a session, and what there is to tell about it."""

    session: Session
    events: tuple[Event, ...] = ()


def current(session: Session) -> Interval:
    """Give the interval that is walked, or comes next: an inserted turn, or the plan's."""
    return walked(session.plan, session.index, session.turn)


def walked(plan: Sequence[Interval], index: int, turn: Interval | None) -> Interval:
    """Give what is walked at a place of a plan: the turn that was inserted before it, as long as it is not done."""
    return turn or plan[index]


def is_fresh(visit: Visit, meter: Meter) -> bool:
    """Tell whether nothing is booked yet of a visit that goes on: it has only just begun."""
    return meter.at == visit.started_at and visit.measured == Measurement()


def following(session: Session) -> Interval | None:
    """Give what comes after it in the order of the plan; None at the end."""
    after = session.index if session.turn else session.index + 1
    return session.plan[after] if after < len(session.plan) else None


def upcoming(session: Session) -> Interval | None:
    """Give what begins next: the current interval while nobody walks, else what comes after it."""
    if session.state in {SessionState.RUNNING, SessionState.WAITING}:
        return following(session)
    return current(session)


def progress(session: Session) -> float:
    """Tell how many percent of the plan are over, counted in whole intervals and their planned time."""
    if session.state is SessionState.COMPLETED:
        return 100.0
    return round(100 * seconds_of(session.plan[: session.index]) / seconds_of(session.plan), 1)


def position(session: Session, at: datetime) -> timedelta:
    """Tell how far into the current interval the session is."""
    if session.visit is None:
        return timedelta()
    return session.visit.active + _stretch(session, SessionState.RUNNING, at)


def walked_for(session: Session, direction: Direction, at: datetime) -> timedelta:
    """Tell how long was walked in one direction by then."""
    walked_one = (visit.active for visit in session.done if visit.interval.direction is direction)
    over = sum(walked_one, timedelta())
    return over + position(session, at) if current(session).direction is direction else over


def elapsed(session: Session, at: datetime) -> timedelta:
    """Tell the time spent in intervals and waiting; pauses and lead-ins do not count."""
    visits = session.done if session.visit is None else (*session.done, session.visit)
    spent = sum((visit.active + visit.waiting for visit in visits), timedelta())
    return spent + _stretch(session, SessionState.RUNNING, at) + _stretch(session, SessionState.WAITING, at)


def _stretch(session: Session, state: SessionState, at: datetime) -> timedelta:
    return max(at - session.since, timedelta()) if session.state is state else timedelta()


def next_boundary(session: Session) -> datetime | None:
    """Tell when the session changes by itself: the instant to wake at; None when it is over."""
    match session.state:
        case SessionState.LEAD_IN:
            return session.since + session.lead_in
        case SessionState.RUNNING if session.visit:
            return session.since + session.visit.planned - session.visit.active
        case SessionState.WAITING:
            return session.since + NO_ANSWER
        case SessionState.PAUSED | SessionState.HELD:
            return (session.stood_since or session.since) + ABANDONED
    return None
