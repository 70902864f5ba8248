"""The names the simulated gym is known by."""

from typing import Final

DOMAIN: Final = "virtual_gym"
TITLE: Final = "Virtual gym"

CONF_ROOMS: Final = "rooms"
CONF_SPEAKERS: Final = "speakers"
CONF_VOICES: Final = "voices"

PLAYED: Final = "played"
"""The attribute in which a speaker lists what it said."""

PLAYED_KEPT: Final = 60

HEARD: Final = "virtual_gym_heard"
"""The event of something beginning to sound in a speaker, with all that is known of it."""

COMMANDS: Final = "commands"
"""The attribute in which a treadmill's manners list what it was asked."""
