"""What is on or off: a belt, a link, a safety key, a person's feet, a plug."""

from typing import Any, Final, override

from homeassistant.components.switch import SwitchEntity
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .descriptions import GymSwitchDescription
from .entity import MachineEntity
from .machine import Machine
from .makes import RELAY
from .room import GymConfigEntry, RearSensor
from .speakers import SPEAKER_PLUG

PLUG: Final = GymSwitchDescription[RearSensor](
    key="plugged_in",
    always=True,
    is_on_fn=lambda rear_sensor: rear_sensor.plugged_in,
    turn_on_fn=lambda rear_sensor: rear_sensor.async_plug(plugged_in=True),
    turn_off_fn=lambda rear_sensor: rear_sensor.async_plug(plugged_in=False),
)


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the switches of every room."""
    gym = entry.runtime_data
    for room in gym.rooms:
        device = room.make.device
        async_add_entities(GymSwitch(room, device, one, room.link) for one in room.make.switches)
        async_add_entities(GymSwitch(room, device, one, room.treadmill) for one in room.make.hand_switches)
        if room.make.behind_plug:
            async_add_entities([GymSwitch(room, "plug", RELAY, room.treadmill)])
    async_add_entities(GymSwitch(room, "rear sensor", PLUG, room.rear_sensor) for room in gym.furnished)
    async_add_entities(
        GymSwitch(room, device, SPEAKER_PLUG, deck)
        for room in gym.furnished
        for device, deck in room.decks.items()
    )


class GymSwitch[MachineT: Machine](MachineEntity[MachineT], SwitchEntity):
    """Something that is turned on and off."""

    entity_description: GymSwitchDescription[MachineT]

    @property
    @override
    def is_on(self) -> bool:
        return self.entity_description.is_on_fn(self.machine)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        self.entity_description.turn_on_fn(self.machine)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        self.entity_description.turn_off_fn(self.machine)
