"""What is chosen of a treadmill: what its belt does; and for tests the manners of machines, speakers and voices."""

from typing import Any, override

from homeassistant.components.select import SelectEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import COMMANDS
from .descriptions import GymSelectDescription
from .entity import MachineEntity
from .machine import Machine
from .makes import MANNERS
from .room import GymConfigEntry
from .speakers import SPEAKER_MANNERS, VOICE_MANNERS
from .treadmill import Link
from .voice_device import VOICES, at_voice


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the choices of every machine."""
    for room in entry.runtime_data.rooms:
        device = room.make.device
        async_add_entities(GymSelect(room, device, one, room.link) for one in room.make.selects)
        if room.make.has_manners:
            async_add_entities([Manners(room, device, MANNERS, room.link)])
    async_add_entities(
        GymSelect(room, device, SPEAKER_MANNERS, deck)
        for room in entry.runtime_data.furnished
        for device, deck in room.decks.items()
    )
    async_add_entities([at_voice(GymSelect(VOICES, "voice", VOICE_MANNERS, entry.runtime_data.voices[0]))])


class GymSelect[MachineT: Machine](MachineEntity[MachineT], SelectEntity):
    """A choice."""

    entity_description: GymSelectDescription[MachineT]

    @property
    @override
    def current_option(self) -> str:
        return self.entity_description.current_fn(self.machine)

    @override
    async def async_select_option(self, option: str) -> None:
        self.entity_description.choose_fn(self.machine, option)


class Manners(GymSelect[Link]):
    """How a machine treats what it is asked, and what that was."""

    _unrecorded_attributes = frozenset({COMMANDS})

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        return {
            COMMANDS: [
                {"command": command.name, "value": command.value, "at": command.at.isoformat()}
                for command in self.machine.commands
            ]
        }
