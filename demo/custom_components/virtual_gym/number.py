"""What can be asked of a machine: a speed, an incline or a resistance."""

from typing import override

from homeassistant.components.number import NumberEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .descriptions import GymNumberDescription
from .entity import MachineEntity
from .room import GymConfigEntry
from .treadmill import Link


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the numbers of every machine."""
    async_add_entities(
        GymNumber(room, room.make.device, description, room.link)
        for room in entry.runtime_data.rooms
        for description in room.make.numbers
    )


class GymNumber(MachineEntity[Link], NumberEntity):
    """A set-point of a machine."""

    entity_description: GymNumberDescription

    @property
    @override
    def available(self) -> bool:
        return super().available and self.entity_description.available_fn(self.machine.told)

    @property
    @override
    def native_value(self) -> float:
        return round(self.entity_description.value_fn(self.machine.told) / self.entity_description.scale, 2)

    @override
    async def async_set_native_value(self, value: float) -> None:
        self.machine.async_put(self.entity_description.setting, value * self.entity_description.scale)
