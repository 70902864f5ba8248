"""What all entities of the gym have in common: a device in a room, and a name from the translations."""

from typing import Protocol, override

from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity

from .const import DOMAIN
from .descriptions import GymDescription
from .machine import Machine


class Spot(Protocol):
    """Where devices stand: a room, or the gym as such."""

    @property
    def key(self) -> str:
        """Give what it is called in ids."""

    @property
    def name(self) -> str:
        """Give what it is called."""


def device_info(room: Spot, device: str) -> DeviceInfo:
    """Describe a device of a room."""
    return DeviceInfo(
        identifiers={(DOMAIN, f"{room.key}_{device.replace(' ', '_')}")},
        manufacturer="Backstride",
        model=f"Simulated {device}",
        name=f"{room.name} {device}",
    )


class GymEntity(Entity):
    """An entity of a device in a room."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, room: Spot, device: str, key: str) -> None:
        """Say which device it belongs to, and what it is there."""
        self._attr_device_info = device_info(room, device)
        self._attr_translation_key = key
        self._attr_unique_id = f"{room.key}_{device.replace(' ', '_')}-{key}"


class MachineEntity[MachineT: Machine](GymEntity):
    """An entity that shows something of a machine, and is written when the machine changes."""

    entity_description: GymDescription

    def __init__(self, room: Spot, device: str, description: GymDescription, machine: MachineT) -> None:
        """Say also what it is there, and of which machine."""
        super().__init__(room, device, description.key)
        self.entity_description = description
        self.machine = machine

    @property
    @override
    def available(self) -> bool:
        return self.entity_description.always or self.machine.available

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self.machine.async_listen(self._handle_change))

    @callback
    def _handle_change(self) -> None:
        self.async_write_ha_state()
