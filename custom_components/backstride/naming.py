"""What an entity is called, in texts that people read or hear."""

from homeassistant.core import HomeAssistant, callback


@callback
def name_of(hass: HomeAssistant, entity_id: str) -> str:
    """Name an entity as people do; what is not there is called by its id."""
    state = hass.states.get(entity_id)
    return state.name if state else entity_id
