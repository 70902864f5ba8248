"""Numbers: how long the next session lasts, and how much backward walking a day is the goal."""

from dataclasses import replace
from typing import override

from homeassistant.components.number import NumberDeviceClass, NumberEntity, NumberEntityDescription
from homeassistant.const import EntityCategory, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import CONF_DAILY_GOAL, SubentryType
from .coordinator import BackstrideConfigEntry
from .entity import AthleteEntity, PlaceChoiceEntity

PARALLEL_UPDATES = 0

DURATION = NumberEntityDescription(
    key="duration",
    device_class=NumberDeviceClass.DURATION,
    native_unit_of_measurement=UnitOfTime.MINUTES,
    native_min_value=1,
    native_max_value=240,
    native_step=1,
)
DAILY_GOAL = NumberEntityDescription(
    key="daily_goal",
    device_class=NumberDeviceClass.DURATION,
    native_unit_of_measurement=UnitOfTime.MINUTES,
    native_min_value=1,
    native_max_value=120,
    native_step=1,
    entity_category=EntityCategory.CONFIG,
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001 - Home Assistant's signature
    entry: BackstrideConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Make the numbers of every place and athlete."""
    coordinator = entry.runtime_data
    coordinator.entities.async_register(
        SubentryType.PLACE,
        coordinator.places,
        lambda place_id: [DurationNumber(coordinator, place_id, DURATION)],
        async_add_entities,
    )
    coordinator.entities.async_register(
        SubentryType.ATHLETE,
        coordinator.athletes,
        lambda athlete_id: [GoalNumber(coordinator, athlete_id, DAILY_GOAL)],
        async_add_entities,
    )


class DurationNumber(PlaceChoiceEntity[float], NumberEntity):
    """Minutes in all; as long as nobody set it, those of the chosen workout."""

    @override
    def _says(self) -> float:
        minutes = self.live.choice.minutes
        if minutes is not None:
            return minutes
        return round(self._coordinator.chosen_workout(self._subentry_id).seconds / 60, 1)

    @property
    @override
    def native_value(self) -> float:
        return self._said

    @override
    async def async_set_native_value(self, value: float) -> None:
        choice = replace(self.live.choice, minutes=int(value))
        self._coordinator.async_choose(self._subentry_id, choice)


class GoalNumber(AthleteEntity, NumberEntity):
    """The daily goal, kept with the athlete's other settings."""

    @property
    @override
    def native_value(self) -> float:
        return self._coordinator.athletes[self._subentry_id].daily_goal_minutes

    @override
    async def async_set_native_value(self, value: float) -> None:
        entry = self._coordinator.entry
        subentry = entry.subentries[self._subentry_id]
        data = {**subentry.data, CONF_DAILY_GOAL: int(value)}
        self.hass.config_entries.async_update_subentry(entry, subentry, data=data)
