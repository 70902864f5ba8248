"""Which workouts there are to choose from: the built-in ones and people's own."""

from types import MappingProxyType

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant

from .const import LOGGER
from .engine.errors import InvalidWorkout
from .engine.fit import fits
from .engine.workout import Workout
from .library import load_library
from .problems import problem
from .settings import PlaceSettings, workout_settings


class Offer:
    """Every workout by id, people's own before the built-in ones."""

    def __init__(self) -> None:
        """Begin with none."""
        self.own: dict[str, Workout] = {}
        self._library: dict[str, Workout] = {}
        self.all: MappingProxyType[str, Workout] = MappingProxyType({})

    async def async_load(self, hass: HomeAssistant) -> None:
        """Read the built-in ones."""
        self._library = dict(await hass.async_add_executor_job(load_library))
        self._join()

    def take(self, subentry: ConfigSubentry) -> None:
        """Add or change one of people's own."""
        try:
            self.own[subentry.subentry_id] = workout_settings(subentry).workout
        except (InvalidWorkout, KeyError) as error:
            # The form refuses what is none; data edited by hand must not keep the rest from loading.
            LOGGER.error("The workout %s cannot be used: %s", subentry.title, error)
        self._join()

    def drop(self, workout_id: str) -> None:
        """Let go of one of people's own."""
        self.own.pop(workout_id, None)
        self._join()

    def fitting(self, place: PlaceSettings) -> dict[str, str]:
        """Give the workouts that fit a place, id by name; of two with one name people's own."""
        fitting = [each for each in self.all.values() if fits(each, place.kind, place.clear_length_m)]
        first = {workout.name: workout.id for workout in reversed(fitting)}
        return dict(reversed(first.items()))

    def gentlest(self, place: PlaceSettings) -> Workout:
        """Give the built-in workout to begin with at a place: the lowest level, and of these the shortest."""
        of_kind = [each for each in self._library.values() if fits(each, place.kind)]
        fitting = [each for each in of_kind if fits(each, place.kind, place.clear_length_m)]
        # Where nothing fits something is named all the same, and starting it says what is wrong with the place.
        return min(fitting or of_kind, key=lambda workout: (workout.level or "", workout.seconds))

    def _join(self) -> None:
        self.all = MappingProxyType({**self.own, **self._library})


def require_length(workout: Workout, place: PlaceSettings) -> None:
    """Refuse a workout that is made for this kind of place, but for a longer one."""
    if fits(workout, place.kind) and not fits(workout, place.kind, place.clear_length_m):
        needs, has = f"{workout.clear_length_m:g}", f"{place.clear_length_m:g}"
        raise problem("place_too_short", workout=workout.name, place=place.name, needs=needs, has=has)
