"""Sensors: what goes on at a place, and what an athlete has done."""

from functools import partial

from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .athlete_sensors import athlete_sensors
from .const import SubentryType
from .coordinator import BackstrideConfigEntry
from .place_sensors import place_sensors

PARALLEL_UPDATES = 0


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001 - Home Assistant's signature
    entry: BackstrideConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Make the sensors of every place and athlete."""
    coordinator = entry.runtime_data
    for kind, there, make in (
        (SubentryType.PLACE, coordinator.places, place_sensors),
        (SubentryType.ATHLETE, coordinator.athletes, athlete_sensors),
    ):
        coordinator.entities.async_register(kind, there, partial(make, coordinator), async_add_entities)
