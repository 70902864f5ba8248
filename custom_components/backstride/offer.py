"""Which workouts there are to choose from: the built-in ones and people's own."""

from types import MappingProxyType

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant

from .const import LOGGER
from .engine.errors import InvalidWorkout
from .engine.place import PlaceKind
from .engine.workout import Workout
from .library import load_library
from .settings import workout_settings


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

    def fitting(self, kind: PlaceKind) -> dict[str, str]:
        """Give the workouts that fit a kind of place, id by name; of two with one name people's own."""
        fitting = [each for each in self.all.values() if not each.place_kinds or kind in each.place_kinds]
        first = {workout.name: workout.id for workout in reversed(fitting)}
        return dict(reversed(first.items()))

    def gentlest(self, kind: PlaceKind) -> Workout:
        """Give the built-in workout to begin with at a kind of place: the lowest level, and of these the shortest."""
        fitting = (each for each in self._library.values() if kind in each.place_kinds)
        return min(fitting, key=lambda workout: (workout.level or "", workout.seconds))

    def _join(self) -> None:
        self.all = MappingProxyType({**self.own, **self._library})
