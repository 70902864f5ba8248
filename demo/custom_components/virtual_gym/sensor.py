"""What the treadmill, the strap and the rear sensor measure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, UnitOfLength, UnitOfSpeed
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import MachineEntity
from .machine import Machine
from .room import GymConfigEntry, RearSensor, Room, Strap, Treadmill


@dataclass(frozen=True, kw_only=True)
class GymSensorDescription[MachineT: Machine](SensorEntityDescription):
    """A sensor, and how it is read from its machine."""

    value_fn: Callable[[MachineT], float]


TREADMILL: Final = (
    GymSensorDescription[Treadmill](
        key="speed_instant",
        device_class=SensorDeviceClass.SPEED,
        native_unit_of_measurement=UnitOfSpeed.KILOMETERS_PER_HOUR,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda treadmill: round(treadmill.belt.speed, 2),
    ),
    GymSensorDescription[Treadmill](
        key="distance_total",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        state_class=SensorStateClass.TOTAL,
        value_fn=lambda treadmill: round(treadmill.belt.distance, 1),
    ),
    GymSensorDescription[Treadmill](
        key="inclination",
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
        value_fn=lambda treadmill: round(treadmill.belt.incline, 1),
    ),
    GymSensorDescription[Treadmill](
        key="step_count",
        state_class=SensorStateClass.TOTAL,
        value_fn=lambda treadmill: int(treadmill.belt.steps),
    ),
)
STRAP: Final = GymSensorDescription[Strap](
    key="heart_rate",
    native_unit_of_measurement="bpm",
    state_class=SensorStateClass.MEASUREMENT,
    value_fn=lambda strap: round(strap.beats),
)
REAR: Final = GymSensorDescription[RearSensor](
    key="distance",
    device_class=SensorDeviceClass.DISTANCE,
    native_unit_of_measurement=UnitOfLength.CENTIMETERS,
    state_class=SensorStateClass.MEASUREMENT,
    value_fn=lambda rear_sensor: rear_sensor.distance,
)


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the sensors of every room."""
    for room in entry.runtime_data.rooms:
        async_add_entities(
            GymSensor(room, "treadmill", description, room.treadmill) for description in TREADMILL
        )
        async_add_entities(
            [GymSensor(room, "strap", STRAP, room.strap), RearDistance(room, REAR, room.rear_sensor)]
        )


class GymSensor[MachineT: Machine](MachineEntity[MachineT], SensorEntity):
    """Something a machine measures."""

    entity_description: GymSensorDescription[MachineT]

    def __init__(
        self, room: Room, device: str, description: GymSensorDescription[MachineT], machine: MachineT
    ) -> None:
        """Say what is read from which machine."""
        super().__init__(room, device, description.key, machine)
        self.entity_description = description

    @property
    @override
    def native_value(self) -> float:
        return self.entity_description.value_fn(self.machine)


class RearDistance(GymSensor[RearSensor]):
    """How far away what is seen is; nothing where the plug is pulled."""

    def __init__(
        self, room: Room, description: GymSensorDescription[RearSensor], machine: RearSensor
    ) -> None:
        """Let it belong to the rear sensor."""
        super().__init__(room, "rear sensor", description, machine)

    @property
    @override
    def available(self) -> bool:
        return self.machine.plugged_in
