"""The names the simulated gym is known by."""

from typing import Final

DOMAIN: Final = "virtual_gym"
TITLE: Final = "Virtual gym"

ROOMS: Final = ("Gym", "Garage")

PLAYED: Final = "played"
"""The attribute in which a speaker lists what it said."""

PLAYED_KEPT: Final = 20
