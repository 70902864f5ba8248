"""What a person presses at the treadmill's console, and what the dog does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .belt import Belt
from .entity import GymEntity
from .room import GymConfigEntry, Room


@dataclass(frozen=True, kw_only=True)
class GymButtonDescription(ButtonEntityDescription):
    """A button, and what happens when it is pressed."""

    device: str
    press_fn: Callable[[Room], None]


BUTTONS: Final = (
    GymButtonDescription(
        key="start", device="treadmill", press_fn=lambda room: room.treadmill.async_command(Belt.start)
    ),
    GymButtonDescription(
        key="stop", device="treadmill", press_fn=lambda room: room.treadmill.async_command(Belt.stop)
    ),
    GymButtonDescription(
        key="pause", device="treadmill", press_fn=lambda room: room.treadmill.async_command(Belt.pause)
    ),
    GymButtonDescription(
        key="dog_walks_in",
        device="rear sensor",
        press_fn=lambda room: room.rear_sensor.async_dog_walks_in(),
    ),
    GymButtonDescription(
        key="dog_leaves", device="rear sensor", press_fn=lambda room: room.rear_sensor.async_dog_leaves()
    ),
)


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the buttons of every room."""
    async_add_entities(
        GymButton(room, description) for room in entry.runtime_data.rooms for description in BUTTONS
    )


class GymButton(GymEntity, ButtonEntity):
    """A button in a room."""

    entity_description: GymButtonDescription

    def __init__(self, room: Room, description: GymButtonDescription) -> None:
        """Say what it does, and where."""
        super().__init__(room, description.device, description.key)
        self.entity_description = description
        self._room = room

    @override
    async def async_press(self) -> None:
        self.entity_description.press_fn(self._room)
