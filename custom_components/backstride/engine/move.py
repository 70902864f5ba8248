"""One change of a session in the making: the session so far, and the events it gave rise to.

How sums are kept, not when: `session` decides what happens, this file keeps the books while it does.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from . import turns
from .events import Event, EventKind, Reason
from .meter import Meter, flow, observe, skip_time
from .metrics import Measurement, Quantity, Reading
from .state import EndedBy, Session, SessionState, Step, Visit, current, walked
from .workout import Direction, Interval


class Move:
    """Changes a session step by step; short-lived, and never seen outside the engine."""

    def __init__(self, session: Session, events: Iterable[Event] = ()) -> None:
        """Begin with a session and what has already been told."""
        self.session = session
        self.events = list(events)
        self._told_before = session.events - len(self.events)

    def step(self, **last: Any) -> Step:
        """Give what became of it, with what there is to change at the very end."""
        told = self._told_before + len(self.events)
        if told != self.session.events:
            last["events"] = told
        if last:
            self.set(**last)
        return Step(session=self.session, events=tuple(self.events))

    def set(self, **changes: Any) -> None:
        """Change fields."""
        self.session = replace(self.session, **changes)

    def tell(self, kind: EventKind, at: datetime, reason: Reason | None = None) -> None:
        """Add an event about the current interval."""
        session = self.session
        self.events.append(
            Event(
                number=self._told_before + len(self.events),
                kind=kind,
                at=at,
                visit=None if session.visit is None else len(session.done),
                interval=current(session),
                reason=reason,
            )
        )

    def enter(
        self,
        state: SessionState,
        at: datetime,
        reason: Reason | None = None,
        *,
        ended_by: EndedBy | None = None,
        **more: Any,
    ) -> None:
        """Book the stretch that ends here and begin another, and change `more` at the same time.

        A visit that is ended by something is done.
        """
        session, visit = self.session, self.session.visit
        meter, measured = self._measured(at)
        changes = {
            "meter": meter,
            "state": state,
            "since": at,
            "seen": max(at, session.seen),
            "reason": reason,
        }
        if visit is not None:
            spent = at - session.since
            booked: dict[str, Any] = {"measured": measured}
            if session.state is SessionState.RUNNING:
                booked["active"] = visit.active + spent
            elif session.state is SessionState.WAITING:
                booked["waiting"] = visit.waiting + spent
            if ended_by is None:
                changes["visit"] = replace(visit, **booked)
            else:
                visit = replace(visit, **booked, ended_at=at, ended_by=ended_by)
                changes |= {"done": (*session.done, visit), "visit": None}
        self.set(**changes | more)

    def settle(self, at: datetime) -> None:
        """Book what the sources told until now; only what is measured while moving counts."""
        meter, measured = self._measured(at)
        visit = self.session.visit
        self.set(meter=meter, visit=visit and replace(visit, measured=measured))

    def _measured(self, at: datetime) -> tuple[Meter, Measurement]:
        """Give what the sources told until now: the meter, and what the visit that goes on keeps of it."""
        session, visit = self.session, self.session.visit
        if visit is None:
            return skip_time(session.meter, at), Measurement()
        if session.state is not SessionState.RUNNING:
            return skip_time(session.meter, at), visit.measured
        return flow(session.meter, len(session.done), visit.interval, visit.measured, at)

    def walk(self, at: datetime) -> None:
        """Begin to move: the lead-in is over."""
        self.enter(SessionState.RUNNING, at)
        if self.session.interrupted:
            self.set(interrupted=False)
            self.tell(EventKind.RESUMED, at)
        if self.session.visit is None:
            self.set(**self._begun(at, self.session.index, self.session.turn))
            self.tell(EventKind.INTERVAL_STARTED, at)

    def wait(self, at: datetime) -> None:
        """Wait for the athlete to confirm."""
        self.enter(SessionState.WAITING, at)
        self.tell(EventKind.WAITING, at)

    def interrupt(self, state: SessionState, kind: EventKind, at: datetime, reason: Reason) -> None:
        """Stand still, keeping the place in the interval."""
        self.enter(state, at, reason, interrupted=True, stood_since=self.session.stood_since or at)
        self.tell(kind, at, reason)

    def lead_in(self, at: datetime, length: timedelta) -> None:
        """Count down to moving again."""
        self.enter(SessionState.LEAD_IN, at, lead_in=length, stood_since=None)

    def go(
        self,
        at: datetime,
        ended_by: EndedBy,
        index: int,
        turn: Interval | None,
        *,
        lead_in: timedelta | None = None,
    ) -> None:
        """Leave the current interval for another: at once while moving, else when the athlete moves again."""
        paused = self.session.state is SessionState.PAUSED
        moving = not paused and lead_in is None
        self.enter(
            SessionState.RUNNING if moving else SessionState.PAUSED,
            at,
            self.session.reason,
            ended_by=ended_by,
            index=index,
            turn=turn,
            **self._begun(at, index, turn) if moving else {},
        )
        if moving:
            self.tell(EventKind.INTERVAL_STARTED, at)
        elif not paused and lead_in is not None:
            self.lead_in(at, lead_in)

    def finish(
        self,
        state: SessionState,
        kind: EventKind,
        at: datetime,
        reason: Reason | None,
        ended_by: EndedBy = EndedBy.STOP,
    ) -> None:
        """End the session."""
        self.enter(state, at, reason, ended_by=ended_by)
        self.tell(kind, at, reason)

    def extend(self, more: timedelta) -> None:
        """Make the visit longer."""
        visit = self.session.visit
        self.set(visit=visit and replace(visit, planned=visit.planned + more))

    def measure(self, reading: Reading) -> None:
        """Book what was measured until a reading, and what the reading adds."""
        self.settle(self.session.seen)
        session = self.session
        moving = session.state is SessionState.RUNNING
        meter, shares = observe(session.meter, reading, len(session.done), moving=moving)
        visits = [*session.done, *((session.visit,) if session.visit else ())]
        for number, amount in shares.items():
            visit = visits[number]
            measured = visit.measured
            if reading.quantity is Quantity.DISTANCE:
                measured = replace(measured, counted_m=measured.counted_m + amount)
            else:
                measured = replace(measured, steps=measured.steps + amount)
            visits[number] = replace(visit, measured=measured)
        self.set(
            meter=meter,
            done=tuple(visits[: len(session.done)]) if shares else session.done,
            visit=visits[-1] if session.visit else None,
        )

    def _begun(self, at: datetime, index: int, turn: Interval | None) -> dict[str, Any]:
        """Give what changes where an interval begins: the visit, and which way the athlete faces."""
        session = self.session
        interval = walked(session.plan, index, turn)
        turning = interval.direction is Direction.TURN
        facing = None if turning else turns.facing_at(session.plan, index) or session.facing
        planned = timedelta(seconds=interval.seconds)
        return {
            "facing": facing,
            "visit": Visit(index=index, interval=interval, started_at=at, planned=planned),
        }
