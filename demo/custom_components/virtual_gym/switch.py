"""The treadmill's safety key, and the plug of the rear sensor."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .belt import Belt
from .entity import MachineEntity
from .machine import Machine
from .room import GymConfigEntry, RearSensor, Room, Treadmill


@dataclass(frozen=True, kw_only=True)
class GymSwitchDescription[MachineT: Machine](SwitchEntityDescription):
    """A switch, whether it is on, and what turning it does."""

    is_on_fn: Callable[[MachineT], bool]
    turn_on_fn: Callable[[MachineT], None]
    turn_off_fn: Callable[[MachineT], None]


SAFETY_KEY: Final = GymSwitchDescription[Treadmill](
    key="safety_key",
    is_on_fn=lambda treadmill: treadmill.belt.key_in,
    turn_on_fn=lambda treadmill: treadmill.async_command(Belt.insert_key),
    turn_off_fn=lambda treadmill: treadmill.async_command(Belt.pull_key),
)
PLUG: Final = GymSwitchDescription[RearSensor](
    key="plugged_in",
    is_on_fn=lambda rear_sensor: rear_sensor.plugged_in,
    turn_on_fn=lambda rear_sensor: rear_sensor.async_plug(plugged_in=True),
    turn_off_fn=lambda rear_sensor: rear_sensor.async_plug(plugged_in=False),
)


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add both to every room."""
    for room in entry.runtime_data.rooms:
        async_add_entities(
            [
                GymSwitch(room, "treadmill", SAFETY_KEY, room.treadmill),
                GymSwitch(room, "rear sensor", PLUG, room.rear_sensor),
            ]
        )


class GymSwitch[MachineT: Machine](MachineEntity[MachineT], SwitchEntity):
    """Something a person puts in or pulls out."""

    entity_description: GymSwitchDescription[MachineT]

    def __init__(
        self, room: Room, device: str, description: GymSwitchDescription[MachineT], machine: MachineT
    ) -> None:
        """Say what it is a part of."""
        super().__init__(room, device, description.key, machine)
        self.entity_description = description

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
