"""What things are called, in texts that people read, hear or say."""

import re
from typing import Final

from homeassistant.core import HomeAssistant, callback


@callback
def name_of(hass: HomeAssistant, entity_id: str) -> str:
    """Name an entity as people do; what is not there is called by its id."""
    state = hass.states.get(entity_id)
    return state.name if state else entity_id


_NOT_SAID: Final = re.compile(r"\([^)]*\)|[^\w' ]|_")
"""What of a name nobody says: what stands in brackets, and signs; a template of sentences would take them for its own."""


def plain(name: str) -> str:
    """Give a name as it is said: without signs and case."""
    return " ".join(_NOT_SAID.sub(" ", name).casefold().split())
