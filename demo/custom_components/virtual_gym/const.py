"""The names the simulated gym is known by."""

from typing import Final

DOMAIN: Final = "virtual_gym"
TITLE: Final = "Virtual gym"

PLAYED: Final = "played"
"""The attribute in which a speaker lists what it said."""

PLAYED_KEPT: Final = 20

COMMANDS: Final = "commands"
"""The attribute in which a treadmill's manners list what it was asked."""
