"""Whom and what a caller means: place, athlete and workout, from a device, a name, or nothing at all.

Actions and voices share these rules, so that "pause" means the same wherever it comes from. Whatever cannot be decided
is asked back with the names to choose from.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .areas import places_in
from .const import DOMAIN, SUGGESTED
from .coordinator import BackstrideConfigEntry, Coordinator
from .engine import fit
from .engine.errors import InvalidWorkout
from .engine.levels import Level
from .engine.place import PlaceKind
from .engine.state import FINAL
from .engine.workout import Workout, parse
from .naming import as_said, by_name, names, single
from .problems import from_engine, problem
from .settings import AthleteSettings, PlaceSettings
from .suggesting import suggested_workout
from .wish import Wish


def coordinator_of(hass: HomeAssistant) -> Coordinator:
    """Give the coordinator; raises where Backstride is not set up or not loaded."""
    entries: list[BackstrideConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    if not entries:
        raise problem("not_set_up")
    return entries[0].runtime_data


# What was named


def find_place(coordinator: Coordinator, named: str) -> PlaceSettings:
    """Find a place by device, id or name; raises with the names there are."""
    found = _find(coordinator, coordinator.places, named)
    if found is None and (alike := as_said(coordinator.places, named)):
        # Said alike, they are told apart by where somebody walks, or not at all.
        found = single(alike) or single(place for place in alike if coordinator.is_on(place.id))
        if found is None:
            raise problem("ambiguous_name", name=named)
    if found is None:
        raise problem("unknown_place", place=named, places=names(coordinator.places.values()))
    return found


def find_athlete(coordinator: Coordinator, named: str) -> AthleteSettings:
    """Find an athlete by device, id or name; raises with the names there are."""
    found = _find(coordinator, coordinator.athletes, named)
    alike = as_said(coordinator.athletes, named) if found is None else []
    if len(alike) > 1:
        raise problem("ambiguous_name", name=named)
    if (found := found or single(alike)) is None:
        raise problem("unknown_athlete", athlete=named, athletes=names(coordinator.athletes.values()))
    return found


def find_workout(coordinator: Coordinator, named: str, kind: PlaceKind) -> Workout:
    """Find a workout by id or name, a custom one before one of the library; raises with the names that fit the place."""
    workouts = coordinator.workouts
    if named in workouts:
        return workouts[named]
    own = {key: workout for key, workout in workouts.items() if key in coordinator.entry.subentries}
    found = by_name(own, named) or by_name(workouts, named)
    if found is None:
        # Of several that sound alike the one that is made for this kind of place.
        alike = as_said(workouts, named)
        found = next((each for each in alike if fit.fits(each, kind)), alike[0] if alike else None)
    if found is None:
        raise problem("unknown_workout", workout=named, workouts=names(workouts_for(coordinator, kind)))
    return found


def workout_for(
    coordinator: Coordinator,
    place: PlaceSettings,
    data: Mapping[str, Any],
    athlete: AthleteSettings | None,
) -> tuple[Workout, int | None]:
    """Find what is to be walked and how long: named, written, suggested to the athlete, or as chosen last at the place.

    Only the workout chosen last keeps the minutes chosen for it; another one has its own length.
    """
    named, notation, minutes = data.get("workout"), data.get("notation"), data.get("duration")
    if named is not None and notation is not None:
        raise problem("one_of_two", first="workout", second="notation")
    if named == SUGGESTED:
        return suggested_workout(coordinator, place, athlete), minutes
    if named is not None:
        return find_workout(coordinator, named, place.kind), minutes
    if notation is not None:
        try:
            return parse(notation), minutes
        except InvalidWorkout as error:
            raise from_engine(coordinator.hass, error) from error
    return coordinator.chosen_workout(place.id), minutes or coordinator.selection(place.id).minutes


def workouts_for(
    coordinator: Coordinator, kind: PlaceKind | None, level: Level | None = None
) -> list[Workout]:
    """Give the workouts that fit a kind of place and are made for a level; None for any."""
    return [
        workout
        for workout in coordinator.workouts.values()
        if (kind is None or not workout.place_kinds or kind in workout.place_kinds)
        and level in {None, level_of(workout, kind)}
    ]


def level_of(workout: Workout, kind: PlaceKind | None) -> Level:
    """Give the level a workout is made for; one that nobody rated is for the lowest that may walk it."""
    return workout.level or fit.lowest_level(workout, kind or PlaceKind.TREADMILL)


# What was left out


def steered_place(coordinator: Coordinator, wish: Wish) -> str:
    """Find the place whose session a command is for: named, the athlete's, the only one, the caller's, where the caller spoke, the only live one."""
    if wish.place is not None:
        place = find_place(coordinator, wish.place)
        # Naming both is a safeguard: nobody wants to stop the wrong person.
        if wish.athlete is not None:
            athlete = find_athlete(coordinator, wish.athlete)
            if coordinator.athlete_at(place.id) != athlete.id:
                raise problem("athlete_not_here", athlete=athlete.name, place=place.name)
        return place.id
    if wish.athlete is not None:
        athlete = find_athlete(coordinator, wish.athlete)
        if (where := coordinator.place_of(athlete.id)) is None:
            raise problem("athlete_not_in_session", athlete=athlete.name)
        return where
    if (only := single(coordinator.places.values())) is not None:
        return only.id
    here = places_in(coordinator, wish.area_id)
    if (only_here := single(place for place in here if coordinator.is_on(place.id))) is not None:
        # Whoever is signed in at the tablet on the wall, somebody else may stand before it.
        return only_here.id
    caller = _caller(coordinator, wish.user_id)
    if caller is not None and (where := coordinator.place_of(caller.id)) is not None:
        return where
    return _only_live(coordinator)


def places_to_stop(coordinator: Coordinator, named: str | None) -> list[str]:
    """Find where to stop at once, without asking back: as named, or else wherever somebody may be, or else everywhere.

    Somebody may be where a session is on, and on a belt that moves without one.
    """
    if named is not None:
        return [find_place(coordinator, named).id]
    meant = [
        place_id
        for place_id in coordinator.places
        if coordinator.is_on(place_id) or coordinator.coach(place_id).driver.may_need_stop
    ]
    return meant or list(coordinator.places)


def places_heard(coordinator: Coordinator, named: str | None) -> list[str]:
    """Find where an alarm was heard: as named, or else everywhere; where there is none nothing comes of it."""
    return list(coordinator.places) if named is None else [find_place(coordinator, named).id]


def places_of_stumble(coordinator: Coordinator, wish: Wish) -> list[str]:
    """Find where somebody stumbled, without asking back: as named, the speaker's own session, or one in the speaker's area.

    Where nobody walks in that area its belts may move all the same; it is only more likely than everywhere else.
    """
    if wish.place is not None:
        with suppress(ServiceValidationError):
            return [find_place(coordinator, wish.place).id]
    caller = _caller(coordinator, wish.user_id)
    where = coordinator.place_of(caller.id) if caller is not None else None
    own = [where] if where is not None else []
    here = [place.id for place in places_in(coordinator, wish.area_id)]
    if own or any(coordinator.is_on(place_id) for place_id in here):
        # Somebody else may have called, at what the caller is signed in to.
        return list(dict.fromkeys([*own, *here]))
    return list(dict.fromkeys([*here, *places_to_stop(coordinator, None)]))


def place_and_athlete(coordinator: Coordinator, wish: Wish) -> tuple[PlaceSettings, AthleteSettings]:
    """Find where a session is to be and whose; each may decide the other by what was chosen last."""
    athlete = _known_athlete(coordinator, wish)
    place = place_for(coordinator, wish, athlete)
    return place, athlete or _last_athlete(coordinator, place)


def place_for(coordinator: Coordinator, wish: Wish, athlete: AthleteSettings | None) -> PlaceSettings:
    """Find a place: named, the only one, where the athlete walks, where the caller spoke, or where the athlete was last."""
    if wish.place is not None:
        return find_place(coordinator, wish.place)
    places = coordinator.places
    if (only := single(places.values())) is not None:
        return only
    if athlete is not None and (where := coordinator.place_of(athlete.id)) is not None:
        return places[where]
    if (here := single(places_in(coordinator, wish.area_id))) is not None:
        return here
    if athlete is not None:
        chosen = [
            place for place in places.values() if coordinator.selection(place.id).athlete_id == athlete.id
        ]
        if (last := single(chosen)) is not None:
            return last
    if not places:
        raise problem("no_places")
    raise problem("choose_place", places=names(places.values()))


def athlete_for(coordinator: Coordinator, wish: Wish) -> AthleteSettings:
    """Find the athlete: named, the only one, the caller, or who was chosen last at the place that is meant: named, the only one, or where the caller spoke."""
    if (athlete := _known_athlete(coordinator, wish)) is not None:
        return athlete
    named = find_place(coordinator, wish.place) if wish.place is not None else None
    meant = named or single(coordinator.places.values()) or single(places_in(coordinator, wish.area_id))
    return _last_athlete(coordinator, meant)


def latest_session(coordinator: Coordinator, athlete: AthleteSettings) -> str:
    """Give the athlete's latest session: one that has just ended may not be in the book yet, and is meant all the same."""
    shown = [
        coordinator.session(place)
        for place in coordinator.places
        if coordinator.athlete_at(place) == athlete.id
    ]
    ended = [session for session in shown if session is not None and session.state in FINAL]
    if ended:
        return max(ended, key=lambda session: session.since).id
    if (last := coordinator.book(athlete.id).last) is None:
        raise problem("nothing_recorded", athlete=athlete.name)
    return last.id


def _known_athlete(coordinator: Coordinator, wish: Wish) -> AthleteSettings | None:
    """Tell whom the caller means without looking at any place."""
    if wish.athlete is not None:
        return find_athlete(coordinator, wish.athlete)
    return single(coordinator.athletes.values()) or _caller(coordinator, wish.user_id)


def _last_athlete(coordinator: Coordinator, place: PlaceSettings | None) -> AthleteSettings:
    chosen = coordinator.selection(place.id).athlete_id if place is not None else None
    if chosen is not None and chosen in coordinator.athletes:
        return coordinator.athletes[chosen]
    if not coordinator.athletes:
        raise problem("no_athletes")
    raise problem("choose_athlete", athletes=names(coordinator.athletes.values()))


def _only_live(coordinator: Coordinator) -> str:
    """Give where the only session is on."""
    live = [place for place in coordinator.places.values() if coordinator.is_on(place.id)]
    if not live:
        raise problem("nothing_running")
    if (only := single(live)) is None:
        raise problem("choose_session", places=names(live))
    return only.id


def _caller(coordinator: Coordinator, user_id: str | None) -> AthleteSettings | None:
    """Give the athlete whose person is the calling user; a person without a user is nobody's."""
    if user_id is None:
        return None
    registry = er.async_get(coordinator.hass)

    def user_of(athlete: AthleteSettings) -> str | None:
        entity_id = er.async_resolve_entity_id(registry, athlete.person) if athlete.person else None
        state = coordinator.hass.states.get(entity_id) if entity_id else None
        return state.attributes.get("user_id") if state else None

    return single([athlete for athlete in coordinator.athletes.values() if user_of(athlete) == user_id])


def _find[T: AthleteSettings | PlaceSettings](
    coordinator: Coordinator, things: Mapping[str, T], named: str
) -> T | None:
    if named in things:
        return things[named]
    if (device := dr.async_get(coordinator.hass).async_get(named)) is not None:
        return next((thing for key, thing in things.items() if (DOMAIN, key) in device.identifiers), None)
    return by_name(things, named)
