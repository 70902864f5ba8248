"""The actions: what automations, scripts and dashboards can ask for.

Registered once, whether or not the entry is loaded, so that an automation is told what is missing instead of finding no
such action. Whom and what a call means is decided in `targets`; what may follow what, in the engine.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol

from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from . import history_actions, targets
from .action_fields import LONGEST_MINUTES, NONE, ONLY, OPTIONAL, WHERE, Action, whole
from .const import DOMAIN
from .driver import Driver
from .engine.commands import LONGEST_EXTENSION
from .engine.events import Reason
from .engine.levels import Level
from .engine.place import PlaceKind
from .engine.session import Command
from .engine.turns import with_turns
from .engine.workout import Workout, expand, format_notation
from .fence import fenced
from .problems import say
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
    """Never asks: where nobody says which place, every one where somebody may walk is stopped, or else every one.

    A name that nobody knows, or that two places have, is no reason to stop nothing.
    """
    coordinator = targets.coordinator_of(call.hass)
    try:
        places = targets.places_to_stop(coordinator, call.data.get("place"))
    except ServiceValidationError:
        places = targets.places_to_stop(coordinator, None)
    for place_id in places:
        coordinator.coach(place_id).async_emergency_stop()


@callback
def _acknowledge(call: ServiceCall) -> None:
    coordinator = targets.coordinator_of(call.hass)
    for place_id in targets.places_heard(coordinator, call.data.get("place")):
        coach = coordinator.coach(place_id)
        coach.driver.async_acknowledge()
        coach.lookout.async_acknowledge()


@callback
def _report_stumble(call: ServiceCall) -> None:
    """Stop first and ask afterwards: whoever stumbles may be on a belt that no session knows of."""
    coordinator = targets.coordinator_of(call.hass)
    place_id = targets.steered_place(coordinator, Wish.of(call))
    fenced(coordinator.coach(place_id).driver.async_brake)()
    coordinator.async_command(place_id, Command.STOP, reason=Reason.STUMBLE)


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
}
_EXTEND: Final = {**WHERE, vol.Required("seconds"): vol.All(whole, vol.Range(min=1, max=LONGEST_EXTENSION))}
_WORKOUTS: Final = {vol.Optional("place"): cv.string, vol.Optional("level"): vol.Coerce(Level)}
_PLACE: Final = {vol.Optional("place"): cv.string}

ACTIONS: Final[Mapping[str, Action]] = {
    "start_session": (_start, _START, OPTIONAL),
    **dict.fromkeys(STEERING, (_steer, WHERE, NONE)),
    "extend_interval": (_steer, _EXTEND, NONE),
    "take_over": (_take_over, WHERE, NONE),
    "release_belt": (_release_belt, WHERE, NONE),
    "emergency_stop": (_emergency_stop, _PLACE, NONE),
    "acknowledge_hazard": (_acknowledge, _PLACE, NONE),
    "report_stumble": (_report_stumble, WHERE, NONE),
    "get_workouts": (_get_workouts, _WORKOUTS, ONLY),
    **history_actions.ACTIONS,
}


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register every action."""
    hass.data[history_actions.WRITING] = asyncio.Lock()
    for name, (handle, fields, response) in ACTIONS.items():
        hass.services.async_register(DOMAIN, name, handle, vol.Schema(fields), response)
