"""Somebody is in trouble: stops belts and sessions without asking back, whoever calls for it and however.

Actions and voices share this. Whoever shouts cannot choose between two names, and to stop one belt too many hurts nobody.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from homeassistant.core import callback
from homeassistant.exceptions import ServiceValidationError

from . import targets
from .coordinator import Coordinator
from .engine.events import Reason
from .engine.place import PlaceKind
from .engine.session import Command
from .fence import fenced
from .machine.roles import Role
from .wish import Wish

STOPPING: Final = frozenset({Role.STOP, Role.PAUSE, Role.SET_SPEED})
"""What a belt can be stopped with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """What was done for somebody in trouble."""

    has_belt: bool
    """Whether there is a treadmill, and so a red stop to press."""
    stops_belt: bool
    """Whether a treadmill was told to stop; whether it does is seen later."""
    ended: bool
    """Whether a session was ended."""


@callback
def async_emergency_stop(coordinator: Coordinator, place: str | None) -> Relief:
    """Stop everything where it is meant; where nobody says, wherever somebody walks, or else everywhere.

    A name that nobody knows, or that two places have, is no reason to stop nothing.
    """
    try:
        places = targets.places_to_stop(coordinator, place)
    except ServiceValidationError:
        places = targets.places_to_stop(coordinator, None)
    relief = _relief(coordinator, places, needs_leave=False)
    for place_id in places:
        coordinator.coach(place_id).async_emergency_stop()
    return relief


@callback
def async_report_stumble(coordinator: Coordinator, place_id: str) -> None:
    """End a place's session because somebody stumbled; raises where none is on, but only after the belt was stopped."""
    fenced(coordinator.coach(place_id).driver.async_brake)()
    coordinator.async_command(place_id, Command.STOP, reason=Reason.STUMBLE)


@callback
def async_stumbled(coordinator: Coordinator, wish: Wish) -> Relief:
    """Do so wherever it may have been.

    Of several sessions every one that may be meant ends as stumbled: a stumble too many can be taken back by rating
    the session, a belt that goes on under somebody who lies on it cannot.
    """
    places = targets.places_of_stumble(coordinator, wish)
    relief = _relief(coordinator, places, needs_leave=True)
    for place_id in places:
        # Where nobody walks the belt may move all the same; what was due in this instant may have ended the session.
        with suppress(ServiceValidationError):
            async_report_stumble(coordinator, place_id)
    return relief


def _relief(coordinator: Coordinator, place_ids: Iterable[str], *, needs_leave: bool) -> Relief:
    """Foresee what is going to be done; `needs_leave` where a belt is stopped only if its owner allows it."""
    ids = list(place_ids)
    belts = [place for key in ids if (place := coordinator.places[key]).kind is PlaceKind.TREADMILL]
    return Relief(
        has_belt=bool(belts),
        stops_belt=any(
            STOPPING & place.roles.keys() and (place.belt_control or not needs_leave) for place in belts
        ),
        ended=any(coordinator.is_on(key) for key in ids),
    )
