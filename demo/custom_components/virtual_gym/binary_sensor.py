"""Whether the belt runs, and whether something is behind it."""

from typing import override

from homeassistant.components.binary_sensor import BinarySensorEntity
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import MachineEntity
from .room import GymConfigEntry, RearSensor, Room, Treadmill


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add both to every room."""
    for room in entry.runtime_data.rooms:
        async_add_entities([BeltRunning(room), Obstacle(room)])


class BeltRunning(MachineEntity[Treadmill], BinarySensorEntity):
    """Whether the belt moves."""

    _attr_device_class = BinarySensorDeviceClass.RUNNING

    def __init__(self, room: Room) -> None:
        """Look at the room's treadmill."""
        super().__init__(room, "treadmill", "belt_running", room.treadmill)

    @property
    @override
    def is_on(self) -> bool:
        return self.machine.belt.speed > 0


class Obstacle(MachineEntity[RearSensor], BinarySensorEntity):
    """Whether something is behind the treadmill; nobody knows where the plug is pulled."""

    _attr_device_class = BinarySensorDeviceClass.OCCUPANCY

    def __init__(self, room: Room) -> None:
        """Look with the room's rear sensor."""
        super().__init__(room, "rear sensor", "obstacle", room.rear_sensor)

    @property
    @override
    def available(self) -> bool:
        return self.machine.plugged_in

    @property
    @override
    def is_on(self) -> bool:
        return self.machine.dog_there
