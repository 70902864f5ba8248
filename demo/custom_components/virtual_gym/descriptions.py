"""What an entity of a machine is: what it shows of it, and what it does to it."""

from collections.abc import Callable
from dataclasses import dataclass

from homeassistant.components.binary_sensor import BinarySensorEntityDescription
from homeassistant.components.button import ButtonEntityDescription
from homeassistant.components.media_player import MediaPlayerEntityDescription
from homeassistant.components.number import NumberEntityDescription
from homeassistant.components.select import SelectEntityDescription
from homeassistant.components.sensor import SensorEntityDescription
from homeassistant.components.switch import SwitchEntityDescription
from homeassistant.components.text import TextEntityDescription
from homeassistant.helpers.entity import EntityDescription

from .belt import Belt
from .machine import Machine
from .manners import Setting


@dataclass(frozen=True, kw_only=True)
class GymDescription(EntityDescription):
    """What holds for every entity of a machine."""

    always: bool = False
    """Whether it is there also while the machine is not: what brings the machine back has to be."""


@dataclass(frozen=True, kw_only=True)
class GymSensorDescription[MachineT: Machine](GymDescription, SensorEntityDescription):
    """A sensor, and how it is read from its machine."""

    value_fn: Callable[[MachineT], float | str | None]


@dataclass(frozen=True, kw_only=True)
class GymBinarySensorDescription[MachineT: Machine](GymDescription, BinarySensorEntityDescription):
    """A binary sensor, and how it is read from its machine."""

    is_on_fn: Callable[[MachineT], bool]


@dataclass(frozen=True, kw_only=True)
class GymButtonDescription[MachineT: Machine](GymDescription, ButtonEntityDescription):
    """A button, and what happens when it is pressed."""

    press_fn: Callable[[MachineT], None]


@dataclass(frozen=True, kw_only=True)
class GymSwitchDescription[MachineT: Machine](GymDescription, SwitchEntityDescription):
    """A switch, whether it is on, and what turning it does."""

    is_on_fn: Callable[[MachineT], bool]
    turn_on_fn: Callable[[MachineT], None]
    turn_off_fn: Callable[[MachineT], None]


@dataclass(frozen=True, kw_only=True)
class GymNumberDescription(GymDescription, NumberEntityDescription):
    """A number that asks a treadmill for something."""

    setting: Setting
    value_fn: Callable[[Belt], float]
    """Where it stands, in the belt's own unit."""

    scale: float = 1.0
    """How much of the belt's own unit one of the number's is."""

    available_fn: Callable[[Belt], bool] = lambda _: True


@dataclass(frozen=True, kw_only=True)
class GymKnobDescription[MachineT: Machine](GymDescription, NumberEntityDescription):
    """A number that a hand sets, with its unit."""

    value_fn: Callable[[MachineT], float]
    turn_fn: Callable[[MachineT, float], None]


@dataclass(frozen=True, kw_only=True)
class GymSelectDescription[MachineT: Machine](GymDescription, SelectEntityDescription):
    """A choice, how it stands and what choosing does."""

    current_fn: Callable[[MachineT], str]
    choose_fn: Callable[[MachineT, str], None]


@dataclass(frozen=True, kw_only=True)
class GymPlayerDescription(GymDescription, MediaPlayerEntityDescription):
    """A player."""


@dataclass(frozen=True, kw_only=True)
class GymTextDescription(GymDescription, TextEntityDescription):
    """A text."""
