"""What the person in a room will answer when the satellite asks."""

from typing import Final, override

from homeassistant.components.text import TextEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .descriptions import GymTextDescription
from .entity import MachineEntity
from .room import GymConfigEntry, Person

ANSWERS: Final = GymTextDescription(key="answers")


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add what is answered in every room with a satellite."""
    async_add_entities(
        Answers(room, "satellite", ANSWERS, room.person) for room in entry.runtime_data.furnished
    )


class Answers(MachineEntity[Person], TextEntity):
    """Prepared answers, with a semicolon between two."""

    entity_description: GymTextDescription

    @property
    @override
    def native_value(self) -> str:
        return "; ".join(self.machine.answers)

    @override
    async def async_set_value(self, value: str) -> None:
        self.machine.async_prepare(value)
