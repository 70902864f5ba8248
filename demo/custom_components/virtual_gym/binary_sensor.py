"""Whether the belt runs, whether the link is there, and whether something is behind."""

from typing import Final, override

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .descriptions import GymBinarySensorDescription
from .entity import MachineEntity
from .machine import Machine
from .room import GymConfigEntry, RearSensor

OBSTACLE: Final = GymBinarySensorDescription[RearSensor](
    key="obstacle",
    device_class=BinarySensorDeviceClass.OCCUPANCY,
    is_on_fn=lambda rear_sensor: rear_sensor.dog_there,
)


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add those of every machine, and look behind."""
    gym = entry.runtime_data
    async_add_entities(
        GymBinarySensor(room, room.make.device, description, room.link)
        for room in gym.rooms
        for description in room.make.binary_sensors
    )
    async_add_entities(
        GymBinarySensor(room, "rear sensor", OBSTACLE, room.rear_sensor) for room in gym.furnished
    )


class GymBinarySensor[MachineT: Machine](MachineEntity[MachineT], BinarySensorEntity):
    """Something that is or is not."""

    entity_description: GymBinarySensorDescription[MachineT]

    @property
    @override
    def is_on(self) -> bool:
        return self.entity_description.is_on_fn(self.machine)
