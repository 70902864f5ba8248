"""The actions: what automations, scripts and dashboards can ask for.

Registered once, whether or not the entry is loaded, so that an automation is told what is missing instead of finding no
such action. Whom and what a call means is decided in `targets`; what may follow what, in the engine.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol

from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, callback
from homeassistant.helpers import config_validation as cv

from . import distress, history_actions, preflight, targets
from .action_fields import LONGEST_MINUTES, NONE, ONLY, OPTIONAL, WHERE, Action, whole
from .blueprint_copies import COPYING, async_copy
from .const import DOMAIN
from .driver import Driver
from .engine.commands import LONGEST_EXTENSION
from .engine.levels import Level
from .engine.place import PlaceKind, Requirement
from .engine.session import Command
from .engine.turns import with_turns
from .engine.workout import Workout, expand, format_notation
from .problems import problem, say
from .rating import WRITING
from .starting import Conditions
from .wish import Wish

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


@callback
def _start(call: ServiceCall) -> ServiceResponse:
    coordinator = targets.coordinator_of(call.hass)
    place, athlete = targets.place_and_athlete(coordinator, Wish.of(call))
    workout, minutes = targets.workout_for(coordinator, place, call.data, athlete)
    started = coordinator.async_start(
        place.id,
        athlete_id=athlete.id,
        workout=workout,
        minutes=minutes,
        how=Conditions(confirmed=frozenset(call.data["confirmed"]), override=call.data["override_blockers"]),
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
    response["reminders"] = preflight.described(call.hass, started.report)["reminders"]
    if started.scaled is not None and started.scaled.remark is not None:
        response["message"] = say(call.hass, started.scaled.remark)
    return response


@callback
def _check(call: ServiceCall) -> ServiceResponse:
    coordinator = targets.coordinator_of(call.hass)
    place = targets.place_for(coordinator, Wish.of(call), None)
    walks = coordinator.chosen_athlete(place.id)
    workout, _ = targets.workout_for(coordinator, place, call.data, walks)
    found = preflight.described(call.hass, coordinator.check(place.id, workout))
    return {"place": place.name, "place_kind": place.kind.value, **found}


@callback
def _steer(call: ServiceCall) -> None:
    coordinator = targets.coordinator_of(call.hass)
    place_id = targets.steered_place(coordinator, Wish.of(call))
    coordinator.async_command(place_id, STEERING[call.service], seconds=call.data.get("seconds"))


def _driver(call: ServiceCall) -> Driver:
    coordinator = targets.coordinator_of(call.hass)
    return coordinator.coach(targets.steered_place(coordinator, Wish.of(call))).driver


@callback
def _take_over(call: ServiceCall) -> None:
    _driver(call).async_take_over()


@callback
def _release_belt(call: ServiceCall) -> None:
    _driver(call).async_release()


@callback
def _emergency_stop(call: ServiceCall) -> None:
    distress.async_emergency_stop(targets.coordinator_of(call.hass), call.data.get("place"))


@callback
def _acknowledge(call: ServiceCall) -> None:
    coordinator = targets.coordinator_of(call.hass)
    for place_id in targets.places_heard(coordinator, call.data.get("place")):
        coach = coordinator.coach(place_id)
        coach.driver.async_acknowledge()
        coach.lookout.async_acknowledge()


@callback
def _report_stumble(call: ServiceCall) -> None:
    coordinator = targets.coordinator_of(call.hass)
    distress.async_report_stumble(coordinator, targets.steered_place(coordinator, Wish.of(call)))


async def _walk_test(call: ServiceCall) -> ServiceResponse:
    coordinator, wish = targets.coordinator_of(call.hass), Wish.of(call)
    place = targets.place_for(coordinator, wish, None)
    found = coordinator.walk_tests.async_begin(place.id)
    if not call.return_response:
        return None
    if (outcomes := await found) is None:
        raise problem("walk_test_ended", place=place.name)
    return {"place": place.name, "sensors": [outcome.response for outcome in outcomes]}


async def _install_blueprints(call: ServiceCall) -> ServiceResponse:
    # Asked of nobody else; but where Backstride is not set up, nothing of it is to be written.
    targets.coordinator_of(call.hass)
    became = await async_copy(call.hass, again=True)
    return became if call.return_response else None


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


_START: Final = {
    **WHERE,
    vol.Optional("workout"): cv.string,
    vol.Optional("duration"): vol.All(whole, vol.Range(min=1, max=LONGEST_MINUTES)),
    vol.Optional("notation"): cv.string,
    vol.Optional("confirmed", default=list): vol.All(cv.ensure_list, [vol.Coerce(Requirement)]),
    vol.Optional("override_blockers", default=False): cv.boolean,
}
_EXTEND: Final = {**WHERE, vol.Required("seconds"): vol.All(whole, vol.Range(min=1, max=LONGEST_EXTENSION))}
_WORKOUTS: Final = {vol.Optional("place"): cv.string, vol.Optional("level"): vol.Coerce(Level)}
_PLACE: Final = {vol.Optional("place"): cv.string}
_CHECK: Final = {**_PLACE, vol.Optional("workout"): cv.string}

ACTIONS: Final[Mapping[str, Action]] = {
    "start_session": (_start, _START, OPTIONAL),
    **dict.fromkeys(STEERING, (_steer, WHERE, NONE)),
    "extend_interval": (_steer, _EXTEND, NONE),
    "take_over": (_take_over, WHERE, NONE),
    "release_belt": (_release_belt, WHERE, NONE),
    "emergency_stop": (_emergency_stop, _PLACE, NONE),
    "acknowledge_hazard": (_acknowledge, _PLACE, NONE),
    "report_stumble": (_report_stumble, WHERE, NONE),
    "walk_test": (_walk_test, _PLACE, OPTIONAL),
    "check_place": (_check, _CHECK, ONLY),
    "install_blueprints": (_install_blueprints, {}, OPTIONAL),
    "get_workouts": (_get_workouts, _WORKOUTS, ONLY),
    **history_actions.ACTIONS,
}


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register every action."""
    hass.data[WRITING] = asyncio.Lock()
    hass.data[COPYING] = asyncio.Lock()
    for name, (handle, fields, response) in ACTIONS.items():
        hass.services.async_register(DOMAIN, name, handle, vol.Schema(fields), response)
