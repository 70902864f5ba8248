"""What a make of treadmill is: the same belt, behind other controls."""

from dataclasses import dataclass, field

from ..belt import Belt
from ..descriptions import (
    GymBinarySensorDescription,
    GymButtonDescription,
    GymNumberDescription,
    GymSelectDescription,
    GymSensorDescription,
    GymSwitchDescription,
)
from ..treadmill import Link, Treadmill


@dataclass(frozen=True, slots=True, kw_only=True)
class Make:
    """What a machine shows over its link and can be asked there, and what hands can do in the room."""

    device: str = "treadmill"
    belt: Belt = field(default_factory=Belt)
    """How it comes out of its box."""

    sensors: tuple[GymSensorDescription[Link], ...] = ()
    binary_sensors: tuple[GymBinarySensorDescription[Link], ...] = ()
    buttons: tuple[GymButtonDescription[Link], ...] = ()
    numbers: tuple[GymNumberDescription, ...] = ()
    selects: tuple[GymSelectDescription[Link], ...] = ()
    switches: tuple[GymSwitchDescription[Link], ...] = ()
    is_player: bool = False
    """Whether it poses as a media player."""

    has_manners: bool = False
    """Whether a tester can choose what it makes of commands."""

    hand_buttons: tuple[GymButtonDescription[Treadmill], ...] = ()
    hand_switches: tuple[GymSwitchDescription[Treadmill], ...] = ()
    behind_plug: bool = False
    """Whether a plug stands before it, which measures what it draws."""
