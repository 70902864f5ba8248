"""Selects: which workout, and for whom, the next start is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import SubentryType
from .coordinator import BackstrideConfigEntry, Coordinator
from .entity import PlaceChoiceEntity
from .selection import Selection

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class ChoiceDescription(SelectEntityDescription):
    """A choice among named things, which may come and go."""

    named_fn: Callable[[Coordinator, str], dict[str, str]]
    """What can be chosen at a place, id by name."""
    chosen_fn: Callable[[Coordinator, str], str | None]
    """The id that is chosen."""
    choose_fn: Callable[[Selection, str], Selection]


def _athletes(coordinator: Coordinator, _place_id: str) -> dict[str, str]:
    return {athlete.name: athlete.id for athlete in coordinator.athletes.values()}


def _athlete(coordinator: Coordinator, place_id: str) -> str | None:
    athlete = coordinator.chosen_athlete(place_id)
    return athlete.id if athlete else None


CHOICES = (
    ChoiceDescription(
        key="workout",
        named_fn=Coordinator.workouts_for,
        chosen_fn=lambda coordinator, place_id: coordinator.chosen_workout(place_id).id,
        # Another workout has another length: what was set for the last one does not fit it.
        choose_fn=lambda choice, workout_id: replace(choice, workout_id=workout_id, minutes=None),
    ),
    ChoiceDescription(
        key="athlete",
        named_fn=_athletes,
        chosen_fn=_athlete,
        choose_fn=lambda choice, athlete_id: replace(choice, athlete_id=athlete_id),
    ),
)


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
        lambda place_id: [ChoiceSelect(coordinator, place_id, description) for description in CHOICES],
        async_add_entities,
    )


class ChoiceSelect(PlaceChoiceEntity[tuple[str | None, list[str]]], SelectEntity):
    """What the next start is about."""

    entity_description: ChoiceDescription

    @override
    def _says(self) -> tuple[str | None, list[str]]:
        return self.current_option, self.options

    @property
    def _named(self) -> dict[str, str]:
        return self.entity_description.named_fn(self._coordinator, self._subentry_id)

    @property
    @override
    def options(self) -> list[str]:
        return list(self._named)

    @property
    @override
    def current_option(self) -> str | None:
        chosen = self.entity_description.chosen_fn(self._coordinator, self._subentry_id)
        return next((name for name, key in self._named.items() if key == chosen), None)

    @override
    async def async_select_option(self, option: str) -> None:
        choice = self.entity_description.choose_fn(self.live.choice, self._named[option])
        self._coordinator.async_choose(self._subentry_id, choice)
