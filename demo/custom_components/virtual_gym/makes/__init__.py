"""Every make of treadmill there is in the gym: one belt, and each shape of controls that real machines have."""

from typing import Final

from .ftms import CROSS_TRAINER, TREADMILL
from .hands import MANNERS
from .imperial import MPH, SELECT
from .make import Make
from .plain import PLAIN, POWER, RELAY
from .player import PLAYER, player_state
from .walking_pad import WALKING_PAD

__all__ = ["MANNERS", "POWER", "RELAY", "Make", "player_state"]

FURNISHED: Final = {"Gym": TREADMILL, "Garage": TREADMILL}
"""The rooms with everything a coach can use, and the make of their treadmills."""

BARE: Final = {
    "Loft": WALKING_PAD,
    "Study": PLAYER,
    "Cellar": SELECT,
    "Barn": MPH,
    "Shed": PLAIN,
    "Studio": CROSS_TRAINER,
}
"""The rooms with nothing but a machine."""
