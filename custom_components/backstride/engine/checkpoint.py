"""A session as plain data and back, so that a restart loses nothing that was seen before it."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from typing import Any, Final

from .errors import EngineError, InvalidSnapshot
from .events import Reason
from .heart import per_zone
from .levels import Level
from .meter import Counter, Meter
from .metrics import Average, Measurement, Quantity
from .notation import IntervalData
from .place import PlaceKind
from .state import EndedBy, Session, SessionState, Visit
from .workout import Direction, Interval, item_from_data, item_to_data
from .written import workout_from_data, workout_to_data

VERSION: Final = 1
"""Raised when what was written before cannot be read any more; what is new and may be missing leaves it as it is."""

type Dumped = tuple[Session, dict[str, Any]]
"""A session and what it was written as."""


def dump(session: Session, before: Dumped | None = None) -> dict[str, Any]:
    """Write a session as data that JSON can hold; its time is up to `seen`.

    What did not change is taken from how it was written `before`: most of the work is there.
    """
    if before is None or before[0].id != session.id:
        workout = workout_to_data(session.workout)
        plan = [item_to_data(interval) for interval in session.plan]
        done = [_dump_visit(visit) for visit in session.done]
    else:
        earlier, data = before
        workout, plan = data["workout"], data["plan"]
        done = [
            written if visit is old else _dump_visit(visit)
            for visit, old, written in zip_longest(session.done, earlier.done, data["done"])
            if visit is not None
        ]
    return {
        "version": VERSION,
        "id": session.id,
        "workout": workout,
        "plan": plan,
        "place": session.place.value,
        "level": session.level.value,
        "state": session.state.value,
        "since": session.since.isoformat(),
        "seen": session.seen.isoformat(),
        "started_at": session.started_at.isoformat(),
        "lead_in": session.lead_in.total_seconds(),
        "index": session.index,
        "turn": item_to_data(session.turn) if session.turn else None,
        "facing": session.facing,
        "done": done,
        "visit": _dump_visit(session.visit) if session.visit else None,
        "interrupted": session.interrupted,
        "reason": session.reason,
        "events": session.events,
        "stood_since": session.stood_since.isoformat() if session.stood_since else None,
        "counters": {
            quantity: _dump_counter(counter) for quantity, counter in session.meter.counters.items()
        },
        "unshared": {
            quantity: {str(visit): walked for visit, walked in visits.items()}
            for quantity, visits in session.meter.unshared.items()
        },
        "zone_floors": list(session.meter.zone_floors),
    }


def load(data: Mapping[str, Any]) -> Session:
    """Read what `dump` wrote; raises InvalidSnapshot for anything else."""
    try:
        if data["version"] != VERSION:
            raise InvalidSnapshot(
                "version", f"expected a session of version {VERSION}, got {data['version']}"
            )
        seen = datetime.fromisoformat(data["seen"]).astimezone(UTC)
        session = Session(
            id=data["id"],
            workout=workout_from_data(data["workout"]),
            plan=tuple(_interval(item) for item in data["plan"]),
            place=PlaceKind(data["place"]),
            level=Level(data["level"]),
            state=SessionState(data["state"]),
            since=_instant(data["since"]),
            seen=seen,
            started_at=_instant(data["started_at"]),
            lead_in=timedelta(seconds=data["lead_in"]),
            index=data["index"],
            turn=_interval(data["turn"]) if data["turn"] else None,
            facing=Direction(data["facing"]) if data["facing"] else None,
            done=tuple(_load_visit(visit) for visit in data["done"]),
            visit=_load_visit(data["visit"]) if data["visit"] else None,
            interrupted=data["interrupted"],
            reason=Reason(data["reason"]) if data["reason"] else None,
            events=data["events"],
            stood_since=_instant(data["stood_since"]) if data["stood_since"] else None,
            meter=Meter(
                at=seen,
                held={},
                counters={
                    Quantity(quantity): _load_counter(said) for quantity, said in data["counters"].items()
                },
                unshared={
                    Quantity(quantity): {int(visit): walked for visit, walked in visits.items()}
                    for quantity, visits in data["unshared"].items()
                },
                zone_floors=per_zone(data.get("zone_floors", ())),
            ),
        )
        _require_whole(session)
    except (AttributeError, EngineError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise InvalidSnapshot("damaged", f"expected a session, found something else ({error!r})") from error
    return session


def _require_whole(session: Session) -> None:
    if not 0 <= session.index < len(session.plan):
        raise ValueError("expected an interval of the plan")
    visits = len(session.done) + (session.visit is not None)
    if any(visit not in range(visits) for walked in session.meter.unshared.values() for visit in walked):
        raise ValueError("expected metres of visits there were")
    if session.visit is None and session.state in {SessionState.RUNNING, SessionState.WAITING}:
        raise ValueError("expected a visit while moving")


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _interval(data: IntervalData) -> Interval:
    interval = item_from_data(data)
    if not isinstance(interval, Interval):
        raise TypeError("expected an interval, found a repeat")
    return interval


def _dump_visit(visit: Visit) -> dict[str, Any]:
    measured = visit.measured
    return {
        "index": visit.index,
        "interval": item_to_data(visit.interval),
        "started_at": visit.started_at.isoformat(),
        "planned": visit.planned.total_seconds(),
        "active": visit.active.total_seconds(),
        "waiting": visit.waiting.total_seconds(),
        "ended_at": visit.ended_at.isoformat() if visit.ended_at else None,
        "ended_by": visit.ended_by,
        "counted_m": measured.counted_m,
        "steps": measured.steps,
        "speed": _dump_average(measured.speed),
        "heart_rate": _dump_average(measured.heart_rate),
        "incline": _dump_average(measured.incline),
        "zones": list(measured.zones),
        "other_way": measured.other_way,
    }


def _load_visit(data: Mapping[str, Any]) -> Visit:
    return Visit(
        index=data["index"],
        interval=_interval(data["interval"]),
        started_at=_instant(data["started_at"]),
        planned=timedelta(seconds=data["planned"]),
        active=timedelta(seconds=data["active"]),
        waiting=timedelta(seconds=data["waiting"]),
        ended_at=_instant(data["ended_at"]) if data["ended_at"] else None,
        ended_by=EndedBy(data["ended_by"]) if data["ended_by"] else None,
        measured=Measurement(
            counted_m=data["counted_m"],
            steps=data["steps"],
            speed=_load_average(data["speed"]),
            heart_rate=_load_average(data["heart_rate"]),
            incline=_load_average(data["incline"]),
            zones=per_zone(data.get("zones", ())),
            other_way=data.get("other_way", 0.0),
        ),
    )


def _dump_counter(counter: Counter) -> list[float | str | None]:
    return [counter.value, counter.at.isoformat(), counter.fallen_from, counter.coarsest_step]


def _load_counter(data: list[Any]) -> Counter:
    value, at, fallen_from, coarsest_step = data
    return Counter(value=value, at=_instant(at), fallen_from=fallen_from, coarsest_step=coarsest_step)


def _dump_average(average: Average) -> list[float | None]:
    return [getattr(average, field.name) for field in fields(Average)]


def _load_average(data: list[Any]) -> Average:
    total, seconds, highest = data
    return Average(total=total, seconds=seconds, highest=highest)
