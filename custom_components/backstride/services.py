"""The actions: what automations, scripts and dashboards can ask for.

Registered once, whether or not the entry is loaded, so that an automation is told what is missing instead of finding no
such action. Whom and what a call means is decided in `targets`; what may follow what, in the engine.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

import voluptuous as vol

from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from . import targets
from .const import DOMAIN
from .coordinator import Coordinator
from .engine import energy
from .engine.archive import record_to_data
from .engine.commands import LONGEST_EXTENSION
from .engine.levels import Level
from .engine.metrics import KMH_PER_MS, Amount, Source
from .engine.place import PlaceKind
from .engine.record import Part, Rating, Record, Way
from .engine.session import Command, SessionState
from .engine.turns import with_turns
from .engine.workout import HARDEST, Direction, Gait, Interval, Workout, expand, format_notation
from .problems import problem, say
from .settings import AthleteSettings
from .targets import Wish

STEERING: Final = {
    "pause_session": Command.PAUSE,
    "resume_session": Command.RESUME,
    "confirm": Command.CONFIRM,
    "skip_interval": Command.SKIP,
    "previous_interval": Command.PREVIOUS,
    "extend_interval": Command.EXTEND,
    "stop_session": Command.STOP,
}
"""The actions that are one command to a session that is on."""

LONGEST_MINUTES: Final = 240
"""What the engine allows a workout to last."""
FARTHEST: Final = 100_000
"""Metres: the longest session at the upper end of what a treadmill can do. More is a slip of the pen."""
OLDEST: Final = timedelta(days=3653)
"""How far back a session can be logged. A streak is counted day by day from the first: a slip in the year must not make
that a thousand years."""
MOST_STUMBLES: Final = 99
LONGEST_NOTE: Final = 500

WRITING: Final[HassKey[asyncio.Lock]] = HassKey(f"{DOMAIN}_writing")
"""Held while a book is read and written: of two ratings at once, one of effort and one of pain, both must be kept."""


@callback
def _start(call: ServiceCall) -> ServiceResponse:
    coordinator = targets.coordinator_of(call.hass)
    place, athlete = targets.place_and_athlete(coordinator, Wish.of(call))
    workout, minutes = targets.workout_for(coordinator, place, call.data)
    scaled = coordinator.async_start(
        place.id, athlete_id=athlete.id, workout=workout, minutes=minutes, context=call.context
    )
    session = coordinator.session(place.id)
    if session is None or not call.return_response:
        return None
    response: dict[str, Any] = {
        "session_id": session.id,
        "place": place.name,
        "athlete": athlete.name,
        "workout": workout.name,
        "minutes": round(sum(interval.seconds for interval in session.plan) / 60, 2),
    }
    if scaled is not None and scaled.remark is not None:
        response["message"] = say(call.hass, scaled.remark)
    return response


@callback
def _steer(call: ServiceCall) -> None:
    coordinator = targets.coordinator_of(call.hass)
    place_id = targets.steered_place(coordinator, Wish.of(call))
    coordinator.async_command(place_id, STEERING[call.service], seconds=call.data.get("seconds"))


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
        # Reading one day is enough for the latest; of any other, nobody knows the day.
        day = book.last.day if book.last is not None and book.last.id == record_id else None
        found = [record for record in await book.async_records(day, day) if record.id == record_id]
        if not found or not await book.async_rate(record_id, replace(found[0].rating, **told)):
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
    sessions: list[Any] = [
        {
            **record_to_data(record),
            "minutes": round(record.seconds / 60, 2),
            "backward_minutes": round(record.backward_seconds / 60, 2),
            "backward_m": round(record.parts[Way.BACKWARD].metres.value, 1),
        }
        for record in records
    ]
    return {"athlete": athlete.name, "sessions": sessions}


@callback
def _get_workouts(call: ServiceCall) -> ServiceResponse:
    coordinator, named = targets.coordinator_of(call.hass), call.data.get("place")
    kind = targets.find_place(coordinator, named).kind if named is not None else None
    workouts = targets.workouts_for(coordinator, kind, call.data.get("level"))
    return {"workouts": [_described(workout, kind) for workout in workouts]}


def _described(workout: Workout, kind: PlaceKind | None) -> dict[str, Any]:
    intervals = tuple(expand(workout.items))
    if kind is PlaceKind.TREADMILL:
        intervals = with_turns(intervals, confirmed=False)
    return {
        "id": workout.id,
        "name": workout.name,
        "level": targets.level_of(workout, kind).value,
        "place_kinds": [each.value for each in workout.place_kinds or PlaceKind],
        "requires": [requirement.value for requirement in workout.requires],
        "minutes": round(sum(interval.seconds for interval in intervals) / 60, 2),
        "notation": format_notation(workout),
    }


def _whole(value: object) -> int:
    """Accept a whole number, also written as 5.0 or "5"; half a point of effort is refused, not rounded."""
    number: float = vol.Coerce(float)(value)
    if not number.is_integer():
        raise vol.Invalid("expected a whole number")
    return int(number)


def _day(value: object) -> date:
    """Accept a date; of an instant only its day, because the two cannot be compared."""
    day = cv.date(value)
    return day.date() if isinstance(day, datetime) else day


def _instant(value: object) -> datetime:
    """Accept a date and time; without an offset it is local."""
    try:
        return dt_util.as_utc(cv.datetime(value))
    except OverflowError as error:
        raise vol.Invalid(f"expected a date and time of our age, not {value}") from error


type _Handler = Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse] | ServiceResponse]

_WHO: Final = {vol.Optional("athlete"): cv.string}
_WHERE: Final = {vol.Optional("place"): cv.string, **_WHO}
_TEN: Final = vol.All(_whole, vol.Range(min=0, max=HARDEST))
_RATING: Final = {
    vol.Optional("effort"): _TEN,
    vol.Optional("pain"): _TEN,
    vol.Optional("stumbles"): vol.All(_whole, vol.Range(min=0, max=MOST_STUMBLES)),
    vol.Optional("note"): vol.All(cv.string, vol.Length(max=LONGEST_NOTE)),
}
_START: Final = {
    **_WHERE,
    vol.Optional("workout"): cv.string,
    vol.Optional("duration"): vol.All(_whole, vol.Range(min=1, max=LONGEST_MINUTES)),
    vol.Optional("notation"): cv.string,
}
_MINUTES: Final = vol.All(vol.Coerce(float), vol.Range(min=0, max=LONGEST_MINUTES))
_LOG: Final = {
    **_WHERE,
    **_RATING,
    vol.Optional("place_kind"): vol.Coerce(PlaceKind),
    vol.Optional("started_at"): _instant,
    vol.Required("backward_minutes"): vol.All(_MINUTES, vol.Range(min=0, min_included=False)),
    vol.Optional("forward_minutes", default=0): _MINUTES,
    vol.Optional("distance_m"): vol.All(vol.Coerce(float), vol.Range(min=0, max=FARTHEST)),
    vol.Optional("workout", default=""): cv.string,
}
_EXTEND: Final = {**_WHERE, vol.Required("seconds"): vol.All(_whole, vol.Range(min=1, max=LONGEST_EXTENSION))}
_RATE: Final = {**_WHO, **_RATING, vol.Optional("session_id"): cv.string}
_DAYS: Final = {**_WHO, vol.Optional("start_date"): _day, vol.Optional("end_date"): _day}
_WORKOUTS: Final = {vol.Optional("place"): cv.string, vol.Optional("level"): vol.Coerce(Level)}
NONE, OPTIONAL, ONLY = SupportsResponse.NONE, SupportsResponse.OPTIONAL, SupportsResponse.ONLY

ACTIONS: Final[Mapping[str, tuple[_Handler, dict[vol.Marker, Any], SupportsResponse]]] = {
    "start_session": (_start, _START, OPTIONAL),
    **dict.fromkeys(STEERING, (_steer, _WHERE, NONE)),
    "extend_interval": (_steer, _EXTEND, NONE),
    "log_session": (_async_log, _LOG, OPTIONAL),
    "rate_session": (_async_rate, _RATE, NONE),
    "delete_session": (_async_delete, {**_WHO, vol.Required("session_id"): cv.string}, NONE),
    "get_sessions": (_async_get_sessions, _DAYS, ONLY),
    "get_workouts": (_get_workouts, _WORKOUTS, ONLY),
}


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register every action."""
    hass.data[WRITING] = asyncio.Lock()
    for name, (handle, fields, response) in ACTIONS.items():
        hass.services.async_register(DOMAIN, name, handle, vol.Schema(fields), response)
