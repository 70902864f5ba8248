"""Selects: which workout, and for whom, the next start is."""

from dataclasses import replace
from typing import override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import SubentryType
from .coordinator import BackstrideConfigEntry
from .entity import PlaceEntity

PARALLEL_UPDATES = 0

WORKOUT = SelectEntityDescription(key="workout")
ATHLETE = SelectEntityDescription(key="athlete")


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001 - Home Assistant's signature
    entry: BackstrideConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Make the selects of every place."""
    coordinator = entry.runtime_data
    coordinator.entities.async_register(
        SubentryType.PLACE,
        coordinator.places,
        lambda place_id: [
            WorkoutSelect(coordinator, place_id, WORKOUT),
            AthleteSelect(coordinator, place_id, ATHLETE),
        ],
        async_add_entities,
    )


class ChoiceSelect(PlaceEntity, SelectEntity):
    """A choice among named things, which may come and go."""

    @property
    def _named(self) -> dict[str, str]:
        """Give what can be chosen, id by name."""
        raise NotImplementedError

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self._coordinator.entities.async_subscribe_choices(self.async_write_ha_state))

    @property
    @override
    def options(self) -> list[str]:
        return list(self._named)


class WorkoutSelect(ChoiceSelect):
    """The workout of the next session; choosing one gives it its own length back."""

    @property
    @override
    def _named(self) -> dict[str, str]:
        return self._coordinator.workouts_for(self._subentry_id)

    @property
    @override
    def current_option(self) -> str | None:
        chosen = self._coordinator.selection(self._subentry_id).workout_id
        return next((name for name, key in self._named.items() if key == chosen), None)

    @override
    async def async_select_option(self, option: str) -> None:
        choice = replace(self.live.choice, workout_id=self._named[option], minutes=None)
        self._coordinator.async_choose(self._subentry_id, choice)


class AthleteSelect(ChoiceSelect):
    """Who walks next."""

    @property
    @override
    def _named(self) -> dict[str, str]:
        return {athlete.name: athlete.id for athlete in self._coordinator.athletes.values()}

    @property
    @override
    def current_option(self) -> str | None:
        athlete = self._coordinator.chosen_athlete(self._subentry_id)
        return athlete.name if athlete else None

    @override
    async def async_select_option(self, option: str) -> None:
        choice = replace(self.live.choice, athlete_id=self._named[option])
        self._coordinator.async_choose(self._subentry_id, choice)
