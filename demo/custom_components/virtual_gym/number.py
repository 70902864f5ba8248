"""What can be asked of a running belt: a speed and an incline."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.number import NumberDeviceClass, NumberEntity, NumberEntityDescription
from homeassistant.const import PERCENTAGE, UnitOfSpeed
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .belt import MAX_INCLINE, MAX_SPEED, MIN_SPEED, Belt
from .entity import MachineEntity
from .room import GymConfigEntry, Room, Treadmill


@dataclass(frozen=True, kw_only=True)
class GymNumberDescription(NumberEntityDescription):
    """A number, where it stands and what is done to the belt to change it."""

    value_fn: Callable[[Belt], float]
    command: Callable[[Belt, float], Belt]


NUMBERS: Final = (
    GymNumberDescription(
        key="target_speed",
        device_class=NumberDeviceClass.SPEED,
        native_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
        native_min_value=MIN_SPEED,
        native_max_value=MAX_SPEED,
        native_step=0.1,
        value_fn=lambda belt: belt.target_speed,
        command=Belt.aim,
    ),
    GymNumberDescription(
        key="target_inclination",
        native_unit_of_measurement=PERCENTAGE,
        native_min_value=0.0,
        native_max_value=MAX_INCLINE,
        native_step=0.5,
        value_fn=lambda belt: round(belt.target_incline, 1),
        command=Belt.tilt,
    ),
)


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the numbers of every treadmill."""
    async_add_entities(
        GymNumber(room, description) for room in entry.runtime_data.rooms for description in NUMBERS
    )


class GymNumber(MachineEntity[Treadmill], NumberEntity):
    """A set-point of a treadmill."""

    entity_description: GymNumberDescription

    def __init__(self, room: Room, description: GymNumberDescription) -> None:
        """Say which."""
        super().__init__(room, "treadmill", description.key, room.treadmill)
        self.entity_description = description

    @property
    @override
    def native_value(self) -> float:
        return self.entity_description.value_fn(self.machine.belt)

    @override
    async def async_set_native_value(self, value: float) -> None:
        command = self.entity_description.command
        self.machine.async_command(lambda belt: command(belt, value))
