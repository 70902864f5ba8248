"""Binary sensors: whether a session is on, and whether today's goal is met."""

from typing import override

from homeassistant.components.binary_sensor import BinarySensorEntity, BinarySensorEntityDescription
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import SubentryType
from .coordinator import BackstrideConfigEntry
from .entity import AthleteEntity, PlaceStateEntity

PARALLEL_UPDATES = 0

ACTIVE = BinarySensorEntityDescription(key="active", device_class=BinarySensorDeviceClass.RUNNING)
GOAL_MET_TODAY = BinarySensorEntityDescription(key="goal_met_today")


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001 - Home Assistant's signature
    entry: BackstrideConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Make the binary sensors of every place and athlete."""
    coordinator = entry.runtime_data
    coordinator.entities.async_register(
        SubentryType.PLACE,
        coordinator.places,
        lambda place_id: [ActiveSensor(coordinator, place_id, ACTIVE)],
        async_add_entities,
    )
    coordinator.entities.async_register(
        SubentryType.ATHLETE,
        coordinator.athletes,
        lambda athlete_id: [GoalSensor(coordinator, athlete_id, GOAL_MET_TODAY)],
        async_add_entities,
    )


class ActiveSensor(PlaceStateEntity[bool], BinarySensorEntity):
    """On from the lead-in to the end, pauses included."""

    @override
    def _says(self) -> bool:
        return self.live.is_on

    @property
    @override
    def is_on(self) -> bool:
        return self._said


class GoalSensor(AthleteEntity, BinarySensorEntity):
    """On from the second the daily goal is met until the athlete's day ends."""

    @property
    @override
    def is_on(self) -> bool:
        today = self.book.today()
        return self.book.backward_seconds_on(today, today) >= self.book.goal_seconds
