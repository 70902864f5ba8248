"""Everything that lies ahead of a session, with the instant it is due, as far as that is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from .cues import (
    SPOKEN_SECONDS,
    CueKind,
    Delivery,
    Slot,
    before_start,
    delivery,
    entered_late,
    frame,
    plan_slots,
)
from .state import Session, SessionState, current, next_boundary
from .workout import Ends, Interval, seconds_of


class BoundaryKind(StrEnum):
    """What changes by itself at a boundary."""

    LEAD_IN_OVER = "lead_in_over"
    INTERVAL_OVER = "interval_over"
    CONFIRMATION_DUE = "confirmation_due"
    """The interval's time is up and the athlete is waited for."""
    SESSION_OVER = "session_over"
    NO_ANSWER = "no_answer"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """An instant at which the session changes."""

    due: datetime
    kind: BoundaryKind
    provisional: bool
    """It lies after a confirmation, so it is only as good as the guess that the athlete confirms at once."""
    interval: Interval | None = None
    """The interval that ends, or that the lead-in leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """Something to be said, beeped or shown."""

    due: datetime
    kind: CueKind
    provisional: bool
    interval: Interval
    """The interval it falls into."""
    names: Interval | None
    """The interval its words may name; None where no next one is certain."""
    length: float
    """Estimated seconds."""
    spoken: bool
    """False for a chime or a light only."""
    minutes: int | None = None
    leads_in: bool = False
    """It belongs to the lead-in: the interval it names is the one that is about to begin."""


type Entry = Boundary | Cue

_NAMES_NEXT: Final = frozenset({CueKind.PREVIEW, CueKind.IMMINENT, CueKind.COUNTDOWN})
_NAMES_OWN: Final = frozenset({CueKind.CHANGE, CueKind.LAST_INTERVAL})
_FORESEEN: Final = frozenset({SessionState.LEAD_IN, SessionState.RUNNING})
"""States in which the instants of what lies ahead are known."""
_ALONE: Final = {
    SessionState.WAITING: BoundaryKind.NO_ANSWER,
    SessionState.PAUSED: BoundaryKind.ABANDONED,
    SessionState.HELD: BoundaryKind.ABANDONED,
}
"""States in which nobody knows when things go on: all that is certain is when they end."""


def timeline(
    session: Session,
    *,
    glance_seconds: float = 6.0,
    lengths: Mapping[CueKind, float] = SPOKEN_SECONDS,
) -> tuple[Entry, ...]:
    """Give every remaining boundary and cue in order.

    Remaining is what is not too late when the session was last told the time. While the session waits, is paused or
    held, only the end of the patience is known.
    """
    due = next_boundary(session)
    if due is None:
        return ()
    if kind := _ALONE.get(session.state):
        return (Boundary(due=due, kind=kind, provisional=False, interval=current(session)),)
    entries = (
        entry for entry in _ahead(session, glance_seconds, lengths) if not _is_past(entry, session.seen)
    )
    return tuple(sorted(entries, key=lambda entry: entry.due))


def interval_ends_at(session: Session) -> datetime | None:
    """Tell when the current interval's time is up; unknown while waiting, paused or held."""
    if session.state not in _FORESEEN:
        return None
    entry, begin, length = _entered(session)
    return _over_at(entry - begin, length, entry)


def session_ends_at(session: Session) -> datetime | None:
    """Tell when the session is over if every confirmation comes at once; unknown while waiting, paused or held."""
    ends_at = interval_ends_at(session)
    if ends_at is None:
        return None
    later = session.plan[session.index if session.turn else session.index + 1 :]
    return ends_at + timedelta(seconds=seconds_of(later))


def _entered(session: Session) -> tuple[datetime, timedelta, timedelta]:
    """Tell when the current interval is walked again, how far into it the athlete is then, and how long it is."""
    entry = session.since + (session.lead_in if session.state is SessionState.LEAD_IN else timedelta())
    if session.visit is None:
        return entry, timedelta(), timedelta(seconds=current(session).seconds)
    return entry, session.visit.active, session.visit.planned


def _over_at(starts_at: datetime, length: timedelta, entry: datetime) -> datetime:
    # A confirmed interval whose time is up is over, or waits again, as soon as the lead-in is.
    return max(starts_at + length, entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leg:
    """One interval of what lies ahead."""

    index: int | None
    """None for an inserted turn."""
    interval: Interval
    seconds: float
    begin: float
    """How far into it the athlete already is."""
    starts_at: datetime
    """When it would have begun without pauses."""
    ends_at: datetime
    provisional: bool


def _legs(session: Session) -> Iterator[_Leg]:
    upcoming: list[tuple[int | None, Interval]] = [(None, session.turn)] if session.turn else []
    upcoming += [(index, session.plan[index]) for index in range(session.index, len(session.plan))]
    entry, begin, planned = _entered(session)
    starts_at = entry - begin
    provisional = False
    for number, (index, interval) in enumerate(upcoming):
        length = timedelta(seconds=interval.seconds) if number else planned
        ends_at = _over_at(starts_at, length, entry)
        yield _Leg(
            index=index,
            interval=interval,
            seconds=length.total_seconds(),
            begin=begin.total_seconds(),
            starts_at=starts_at,
            ends_at=ends_at,
            provisional=provisional,
        )
        provisional = provisional or interval.ends is Ends.CONFIRMED
        starts_at, begin = ends_at, timedelta()


def _ahead(session: Session, glance_seconds: float, lengths: Mapping[CueKind, float]) -> Iterator[Entry]:
    legs = tuple(_legs(session))
    seconds: list[float] = [interval.seconds for interval in session.plan]
    if legs[0].index is not None:
        seconds[legs[0].index] = legs[0].seconds
    planned = plan_slots(
        session.plan,
        seconds,
        level=session.level,
        place=session.place,
        glance_seconds=glance_seconds,
        lengths=lengths,
    )
    if session.state is SessionState.LEAD_IN:
        yield from _lead_in(session, legs[0].interval, lengths)
    for leg, after in zip(legs, (*legs[1:], None), strict=True):
        slots = frame(leg.interval, lengths) if leg.index is None else planned[leg.index]
        if leg.begin:
            slots = entered_late(slots, leg.seconds, leg.begin, lengths)
        for slot in slots:
            if slot.kind is not CueKind.HALFWAY or not _passed(session, leg.index, slot.offset):
                yield _cue(leg, slot, after.interval if after else None)
        yield from _end(leg, after, lengths)


def _lead_in(session: Session, first: Interval, lengths: Mapping[CueKind, float]) -> Iterator[Entry]:
    for slot in before_start(session.lead_in.total_seconds(), lengths):
        yield Cue(
            due=session.since + timedelta(seconds=slot.offset),
            kind=slot.kind,
            provisional=False,
            interval=first,
            names=first,
            length=slot.length,
            spoken=True,
            leads_in=True,
        )
    yield Boundary(
        due=session.since + session.lead_in, kind=BoundaryKind.LEAD_IN_OVER, provisional=False, interval=first
    )


def _cue(leg: _Leg, slot: Slot, after: Interval | None) -> Cue:
    names = after if slot.kind in _NAMES_NEXT else leg.interval if slot.kind in _NAMES_OWN else None
    return Cue(
        due=leg.starts_at + timedelta(seconds=slot.offset),
        kind=slot.kind,
        provisional=leg.provisional,
        interval=leg.interval,
        names=names,
        length=slot.length,
        spoken=slot.spoken,
        minutes=slot.minutes,
    )


def _end(leg: _Leg, after: _Leg | None, lengths: Mapping[CueKind, float]) -> Iterator[Entry]:
    confirmed = leg.interval.ends is Ends.CONFIRMED
    if confirmed or after:
        kind = BoundaryKind.CONFIRMATION_DUE if confirmed else BoundaryKind.INTERVAL_OVER
        yield Boundary(due=leg.ends_at, kind=kind, provisional=leg.provisional, interval=leg.interval)
    if after is None:
        provisional = leg.provisional or confirmed
        yield Boundary(
            due=leg.ends_at, kind=BoundaryKind.SESSION_OVER, provisional=provisional, interval=leg.interval
        )
        yield Cue(
            due=leg.ends_at,
            kind=CueKind.COMPLETE,
            provisional=provisional,
            interval=leg.interval,
            names=None,
            length=lengths[CueKind.COMPLETE],
            spoken=True,
        )


def _is_past(entry: Entry, seen: datetime) -> bool:
    return isinstance(entry, Cue) and delivery(entry.kind, seen - entry.due) is Delivery.DROPPED


def _passed(session: Session, index: int | None, offset: float) -> bool:
    """Whether this point of the plan was walked before: going back does not bring the half a second time."""
    return index is not None and any(
        visit.index > index or (visit.index == index and visit.active.total_seconds() > offset)
        for visit in session.done
    )
