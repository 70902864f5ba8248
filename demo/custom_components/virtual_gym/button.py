"""What can be pressed: over a treadmill's link, by a hand at its console, and what the dog does."""

from typing import Final, override

from homeassistant.components.button import ButtonEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .descriptions import GymButtonDescription
from .entity import MachineEntity
from .machine import Machine
from .room import GymConfigEntry, RearSensor

DOG: Final = (
    GymButtonDescription[RearSensor](key="dog_walks_in", always=True, press_fn=RearSensor.async_dog_walks_in),
    GymButtonDescription[RearSensor](key="dog_leaves", always=True, press_fn=RearSensor.async_dog_leaves),
)


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the buttons of every room."""
    gym = entry.runtime_data
    for room in gym.rooms:
        device = room.make.device
        async_add_entities(GymButton(room, device, one, room.link) for one in room.make.buttons)
        async_add_entities(GymButton(room, device, one, room.treadmill) for one in room.make.hand_buttons)
    async_add_entities(
        GymButton(room, "rear sensor", one, room.rear_sensor) for room in gym.furnished for one in DOG
    )


class GymButton[MachineT: Machine](MachineEntity[MachineT], ButtonEntity):
    """A button in a room."""

    entity_description: GymButtonDescription[MachineT]
    _shown_available = True

    @override
    async def async_press(self) -> None:
        self.entity_description.press_fn(self.machine)

    @callback
    @override
    def _handle_change(self) -> None:
        """Show only whether it can be pressed: nothing else of a machine is to be seen on a button."""
        if self.available != self._shown_available:
            self._shown_available = self.available
            self.async_write_ha_state()
