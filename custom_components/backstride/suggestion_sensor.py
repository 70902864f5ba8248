"""The sensor that says what an athlete is to walk next, and why."""

import asyncio
from collections.abc import Mapping
from typing import Any, override

from homeassistant.components.sensor import SensorEntity, SensorEntityDescription
from homeassistant.const import MATCH_ALL
from homeassistant.core import callback

from .const import DOMAIN
from .coordinator import Coordinator
from .engine.progression import Suggestion
from .engine.streak import StreakNews
from .entity import AthleteEntity
from .problems import say
from .suggesting import question, usual_place

SUGGESTED_WORKOUT = SensorEntityDescription(key="suggested_workout")


class SuggestionSensor(AthleteEntity, SensorEntity):
    """The next workout, looked for again whenever something it hangs on has changed."""

    _unrecorded_attributes = frozenset({MATCH_ALL})

    def __init__(self, coordinator: Coordinator, athlete_id: str) -> None:
        """Begin with none: what it is made of is read when everything is set up."""
        super().__init__(coordinator, athlete_id, SUGGESTED_WORKOUT)
        self._turn = asyncio.Lock()
        self._found: Suggestion | None = None
        self._place_id: str | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the book, and to what there is to choose from."""
        await super().async_added_to_hass()
        choices = self._coordinator.entities
        self.async_on_remove(choices.async_subscribe_choices(self._subentry_id, self._look_again))
        self._look_again()

    @override
    @callback
    def _handle_news(self, _news: tuple[StreakNews, ...]) -> None:
        self._look_again()

    @callback
    def _look_again(self) -> None:
        self._coordinator.entry.async_create_task(self.hass, self._async_look(), f"{DOMAIN} suggestion")

    async def _async_look(self) -> None:
        # One after the other: of two changes the answer to the later one stays.
        async with self._turn:
            place_id = usual_place(self._coordinator, self._subentry_id)
            asked = question(self._coordinator, self._subentry_id, place_id)
            # A few milliseconds of looking at workouts need not keep anybody's countdown waiting.
            found = await self.hass.async_add_executor_job(asked) if asked is not None else None
            self._found, self._place_id = found, place_id
            self.async_write_ha_state()

    @property
    @override
    def native_value(self) -> str | None:
        return self._found.workout.name if self._found else None

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any]:
        place = self._coordinator.places.get(self._place_id or "")
        if self._found is None or place is None:
            return {}
        return {
            "workout_id": self._found.workout.id,
            "place": place.name,
            "minutes": round(self._found.workout.seconds / 60, 1),
            "backward_minutes": round(self._found.seconds / 60, 1),
            "day": self._found.day.isoformat(),
            "reason": self._found.reason.value,
            "reason_text": say(self.hass, self._found.remark),
        }
