"""What each athlete is to walk next, for whoever asks: the sensor, the actions, a voice."""

from collections.abc import Callable
from functools import partial
import math
from typing import Final

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .coordinator import Coordinator
from .engine.levels import Level
from .engine.metrics import OLDER
from .engine.progression import Suggestion, suggest
from .engine.tailoring import Spot
from .engine.workout import Workout
from .machine.roles import Role
from .problems import problem, say
from .settings import AthleteSettings, PlaceSettings

OLDER_LEADS_TO: Final = Level.L1
"""From 65 years on nobody is led further without somebody who knows them (reference/science.md 4.3, placement)."""


@callback
def async_recall(coordinator: Coordinator) -> None:
    """Let the books that are new here read what suggestions are made of."""
    for athlete_id in coordinator.athletes:
        book = coordinator.book(athlete_id)
        if book.lately is None:
            coordinator.entry.async_create_task(coordinator.hass, book.async_recall(), f"{DOMAIN} recall")


def suggestion(coordinator: Coordinator, athlete_id: str, place_id: str | None = None) -> Suggestion | None:
    """Give what an athlete is to walk next at a place, or where the last session was; None where nobody knows, or nothing fits."""
    asked = question(coordinator, athlete_id, place_id)
    return asked() if asked is not None else None


def question(
    coordinator: Coordinator, athlete_id: str, place_id: str | None = None
) -> Callable[[], Suggestion | None] | None:
    """Give what finds the answer, in whatever thread; None as long as the answer cannot be found."""
    athlete = coordinator.athletes.get(athlete_id)
    where = place_id or usual_place(coordinator, athlete_id)
    if athlete is None or where is None:
        return None
    book = coordinator.book(athlete_id)
    if (lately := book.lately) is None:
        return None
    now = dt_util.utcnow()
    return partial(
        suggest,
        lately,
        athlete.level,
        athlete.daily_goal_minutes * 60,
        _spot(coordinator.places[where]),
        workouts=coordinator.workouts,
        today=book.day_of(now),
        now=now,
        highest=_highest(athlete, now.year),
    )


def usual_place(coordinator: Coordinator, athlete_id: str) -> str | None:
    """Tell where an athlete is likely to walk next: where the last session was, as far as its kind tells."""
    last = coordinator.book(athlete_id).last if athlete_id in coordinator.athletes else None
    likely = [
        place.id for place in coordinator.places.values() if last is not None and place.kind is last.place
    ]
    likely = likely or list(coordinator.places)
    chosen = [place_id for place_id in likely if coordinator.selection(place_id).athlete_id == athlete_id]
    return next(iter(chosen or likely), None)


def suggested_workout(
    coordinator: Coordinator, place: PlaceSettings, athlete: AthleteSettings | None
) -> Workout:
    """Give what an athlete is to walk now at a place; raises where there is nothing, or not today."""
    if athlete is None:
        raise problem("no_athlete_chosen", place=place.name)
    book = coordinator.book(athlete.id)
    if book.lately is None:
        raise problem("not_suggested_yet", athlete=athlete.name)
    found = suggestion(coordinator, athlete.id, place.id)
    if found is None:
        raise problem("nothing_to_suggest", athlete=athlete.name, place=place.name)
    if found.day > book.today():
        why = say(coordinator.hass, found.remark)
        raise problem("suggested_later", athlete=athlete.name, day=found.day.isoformat(), reason=why)
    return found.workout


def _spot(place: PlaceSettings) -> Spot:
    return Spot(
        kind=place.kind,
        clear_length_m=place.clear_length_m,
        max_kmh=place.max_speed_kmh or math.inf,
        inclines=bool({Role.INCLINE, Role.SET_INCLINE} & place.roles.keys()),
    )


def _highest(athlete: AthleteSettings, year: int) -> Level:
    is_older = athlete.birth_year is not None and year - athlete.birth_year >= OLDER
    return OLDER_LEADS_TO if is_older else Level.L4
