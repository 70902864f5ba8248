"""What lamps are made to look like. No look is saturated red, because that is what photosensitive people bear least."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ..engine.workout import Direction


class LightEffect(StrEnum):
    """What the lamps of a place may be used for, besides steady amber as a warning."""

    COLOURS = "colours"
    """Directions, each in its colour, and short pulses at a switch and for a glance."""
    FLASH = "flash"
    """A warning that blinks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a lamp shows, each lamp as far as it can."""

    hue: float
    saturation: float
    """Percent."""
    kelvin: int
    """For lamps that know white only: warm and cool tell directions apart too."""
    brightness: float
    """Percent."""

    def dimmed(self) -> Look:
        """Give the darker half of a blink: no deeper than 50 %, which is easier on a sensitive eye (an engineering choice)."""
        return replace(self, brightness=self.brightness / 2)


DIRECTIONS: Final[Mapping[Direction, Look]] = MappingProxyType(
    {
        Direction.BACKWARD: Look(hue=215, saturation=100, kelvin=6500, brightness=100),
        Direction.FORWARD: Look(hue=130, saturation=90, kelvin=4000, brightness=80),
        Direction.SIDEWAYS: Look(hue=300, saturation=80, kelvin=5000, brightness=90),
        Direction.TURN: Look(hue=0, saturation=0, kelvin=5000, brightness=100),
        Direction.REST: Look(hue=30, saturation=60, kelvin=2700, brightness=50),
    }
)
"""Blue and green apart in brightness too, for who cannot tell them apart; a turn has full white light to see the rails."""
WARNING: Final = Look(hue=38, saturation=95, kelvin=2000, brightness=100)
"""Amber."""
