"""Which entities are ours: triggers and conditions look at no others, whoever shares their area."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN


@callback
def ours(hass: HomeAssistant, entity_ids: set[str], key: str) -> set[str]:
    """Keep the entities of Backstride with this key, whatever they are called and whether or not they are there."""
    registry = er.async_get(hass)
    return {
        entity_id
        for entity_id in entity_ids
        if (entry := registry.async_get(entity_id)) is not None
        and entry.platform == DOMAIN
        and entry.translation_key == key
    }
