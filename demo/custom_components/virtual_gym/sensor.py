"""What a machine tells, and what the strap, the rear sensor and a plug measure."""

from typing import Final, override

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity, SensorStateClass
from homeassistant.const import UnitOfLength
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .descriptions import GymSensorDescription
from .entity import MachineEntity
from .machine import Machine
from .makes import POWER
from .room import GymConfigEntry, RearSensor, Strap

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
    gym = entry.runtime_data
    for room in gym.rooms:
        async_add_entities(
            GymSensor(room, room.make.device, description, room.link) for description in room.make.sensors
        )
        if room.make.behind_plug:
            async_add_entities([GymSensor(room, "plug", POWER, room.treadmill)])
    for furnished in gym.furnished:
        async_add_entities(
            [
                GymSensor(furnished, "strap", STRAP, furnished.strap),
                GymSensor(furnished, "rear sensor", REAR, furnished.rear_sensor),
            ]
        )


class GymSensor[MachineT: Machine](MachineEntity[MachineT], SensorEntity):
    """Something a machine measures."""

    entity_description: GymSensorDescription[MachineT]

    @property
    @override
    def native_value(self) -> float | str | None:
        return self.entity_description.value_fn(self.machine)
