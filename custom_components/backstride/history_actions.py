"""Actions on an athlete's history: log, rate, delete and read sessions."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

import voluptuous as vol

from homeassistant.core import ServiceCall, ServiceResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

from . import targets
from .action_fields import LONGEST_MINUTES, NONE, ONLY, OPTIONAL, WHERE, WHO, Action, day, instant, whole
from .coordinator import Coordinator
from .engine import energy
from .engine.archive import record_to_data
from .engine.metrics import KMH_PER_MS, Amount, Source
from .engine.place import PlaceKind
from .engine.record import Part, Rating, Record, Way
from .engine.session import SessionState
from .engine.workout import HARDEST, Direction, Gait, Interval
from .problems import problem
from .rating import WRITING, async_rate
from .settings import AthleteSettings
from .wish import Wish

FARTHEST: Final = 100_000
"""Metres: the longest session at the upper end of what a treadmill can do. More is a slip of the pen."""
OLDEST: Final = timedelta(days=3653)
"""How far back a session can be logged. A streak is counted day by day from the first: a slip in the year must not make
that a thousand years."""
MOST_STUMBLES: Final = 99
LONGEST_NOTE: Final = 500


def _whose(call: ServiceCall) -> tuple[Coordinator, AthleteSettings]:
    coordinator = targets.coordinator_of(call.hass)
    return coordinator, targets.athlete_for(coordinator, Wish.of(call))


async def _async_log(call: ServiceCall) -> ServiceResponse:
    coordinator, athlete = _whose(call)
    if "place" in call.data and "place_kind" in call.data:
        raise problem("one_of_two", first="place", second="place_kind")
    kind = call.data.get("place_kind") or targets.place_for(coordinator, Wish.of(call), athlete).kind
    minutes = call.data["backward_minutes"] + call.data["forward_minutes"]
    if minutes > LONGEST_MINUTES:
        raise problem("too_long", longest=LONGEST_MINUTES)
    now, lasted = dt_util.utcnow(), timedelta(minutes=minutes)
    started_at = call.data.get("started_at", now - lasted)
    if started_at > now - lasted:
        raise problem("not_over_yet", now=f"{dt_util.as_local(now):%Y-%m-%d %H:%M}")
    if started_at < now - OLDEST:
        raise problem("too_long_ago", oldest=(now - OLDEST).date().isoformat())
    book = coordinator.book(athlete.id)
    record = _by_hand(athlete, kind, book.day_of(started_at), started_at, call.data)
    async with call.hass.data[WRITING]:
        await book.async_add(record)
    return {"session_id": record.id} if call.return_response else None


def _by_hand(
    athlete: AthleteSettings, kind: PlaceKind, day: date, started_at: datetime, data: Mapping[str, Any]
) -> Record:
    """Make the record of a session that nobody measured: what the athlete says, and what follows from it."""
    rating = Rating(**_told(data))
    backward, forward = data["backward_minutes"] * 60, data["forward_minutes"] * 60
    metres = Amount(value=data["distance_m"], source=Source.ESTIMATED) if "distance_m" in data else Amount()
    kcal = kcal_net = None
    if (mass := athlete.mass_kg) is not None:
        kcal = kcal_net = 0.0
        kmh = metres.value / backward * KMH_PER_MS or None
        walks = ((Direction.BACKWARD, backward, kmh), (Direction.FORWARD, forward, None))
        for direction, seconds, speed in walks:
            # A minute stands for all of them: the cost is per minute, and no interval lasts four hours.
            walk = Interval(direction=direction, gait=Gait.WALK, seconds=60, effort=rating.effort or None)
            mets = energy.interval_mets(walk, speed_kmh=speed)
            kcal += energy.kcal_per_minute(mets, mass) * seconds / 60
            kcal_net += energy.kcal_per_minute(mets, mass, net=True) * seconds / 60
    walked = {Way.BACKWARD: Part(seconds=backward, metres=metres), Way.FORWARD: Part(seconds=forward)}
    return Record(
        # By its start, so that an action repeated by mistake, or to correct it, does not count twice.
        id=f"by-hand-{started_at:%Y%m%dT%H%M%S}",
        day=day,
        started_at=started_at,
        ended_at=started_at + timedelta(seconds=backward + forward),
        outcome=SessionState.COMPLETED,
        workout=data["workout"],
        level=athlete.level,
        place=kind,
        parts={**dict.fromkeys(Way, Part()), **walked},
        kcal=kcal,
        kcal_net=kcal_net,
        rating=rating,
    )


def _told(data: Mapping[str, Any]) -> dict[str, Any]:
    """Give what was told of how a session was found."""
    return {key: data[key] for key in ("effort", "pain", "stumbles", "note") if key in data}


async def _async_rate(call: ServiceCall) -> None:
    coordinator, athlete = _whose(call)
    if not (told := _told(call.data)):
        raise problem("nothing_to_rate")
    book = coordinator.book(athlete.id)
    async with call.hass.data[WRITING]:
        record_id = call.data.get("session_id") or targets.latest_session(coordinator, athlete)
        if not await async_rate(book, record_id, told):
            raise problem("unknown_session", athlete=athlete.name, session=record_id)


async def _async_delete(call: ServiceCall) -> None:
    coordinator, athlete = _whose(call)
    record_id: str = call.data["session_id"]
    async with call.hass.data[WRITING]:
        if not await coordinator.book(athlete.id).async_delete(record_id):
            raise problem("unknown_session", athlete=athlete.name, session=record_id)


async def _async_get_sessions(call: ServiceCall) -> ServiceResponse:
    coordinator, athlete = _whose(call)
    first, last = call.data.get("start_date"), call.data.get("end_date")
    if first is not None and last is not None and last < first:
        raise problem("dates_reversed", start=first.isoformat(), end=last.isoformat())
    records = await coordinator.book(athlete.id).async_records(first, last)
    sessions: list[Any] = [{**record_to_data(record), **in_minutes(record)} for record in records]
    return {"athlete": athlete.name, "sessions": sessions}


def in_minutes(record: Record) -> dict[str, float]:
    """Say how much a session was, as people do."""
    return {
        "minutes": round(record.seconds / 60, 2),
        "backward_minutes": round(record.backward_seconds / 60, 2),
        "backward_m": round(record.parts[Way.BACKWARD].metres.value, 1),
    }


_TEN: Final = vol.All(whole, vol.Range(min=0, max=HARDEST))
_RATING: Final = {
    vol.Optional("effort"): _TEN,
    vol.Optional("pain"): _TEN,
    vol.Optional("stumbles"): vol.All(whole, vol.Range(min=0, max=MOST_STUMBLES)),
    vol.Optional("note"): vol.All(cv.string, vol.Length(max=LONGEST_NOTE)),
}
_MINUTES: Final = vol.All(vol.Coerce(float), vol.Range(min=0, max=LONGEST_MINUTES))
_LOG: Final = {
    **WHERE,
    **_RATING,
    vol.Optional("place_kind"): vol.Coerce(PlaceKind),
    vol.Optional("started_at"): instant,
    vol.Required("backward_minutes"): vol.All(_MINUTES, vol.Range(min=0, min_included=False)),
    vol.Optional("forward_minutes", default=0): _MINUTES,
    vol.Optional("distance_m"): vol.All(vol.Coerce(float), vol.Range(min=0, max=FARTHEST)),
    vol.Optional("workout", default=""): cv.string,
}
_RATE: Final = {**WHO, **_RATING, vol.Optional("session_id"): cv.string}
_DAYS: Final = {**WHO, vol.Optional("start_date"): day, vol.Optional("end_date"): day}

ACTIONS: Final[Mapping[str, Action]] = {
    "log_session": (_async_log, _LOG, OPTIONAL),
    "rate_session": (_async_rate, _RATE, NONE),
    "delete_session": (_async_delete, {**WHO, vol.Required("session_id"): cv.string}, NONE),
    "get_sessions": (_async_get_sessions, _DAYS, ONLY),
}
