"""What can be asked of a machine: a speed, an incline or a resistance; and how long speakers and voices take."""

from typing import override

from homeassistant.components.number import NumberEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .descriptions import GymKnobDescription, GymNumberDescription
from .entity import MachineEntity
from .machine import Machine
from .room import GymConfigEntry
from .speakers import BUFFERS, VOICE_DELAY, WAKES
from .treadmill import Link
from .voice_device import VOICES, at_voice


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the numbers of every machine."""
    async_add_entities(
        GymNumber(room, room.make.device, description, room.link)
        for room in entry.runtime_data.rooms
        for description in room.make.numbers
    )
    async_add_entities(
        GymKnob(room, device, description, deck)
        for room in entry.runtime_data.furnished
        for device, deck in room.decks.items()
        for description in (WAKES, BUFFERS)
    )
    async_add_entities([at_voice(GymKnob(VOICES, "voice", VOICE_DELAY, entry.runtime_data.voices[0]))])


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


class GymKnob[MachineT: Machine](MachineEntity[MachineT], NumberEntity):
    """A number that a hand sets."""

    entity_description: GymKnobDescription[MachineT]

    @property
    @override
    def native_value(self) -> float:
        return self.entity_description.value_fn(self.machine)

    @override
    async def async_set_native_value(self, value: float) -> None:
        self.entity_description.turn_fn(self.machine, value)
