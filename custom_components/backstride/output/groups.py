"""Groups of lamps: each lamp is addressed by itself, because only so it can be put back exactly."""

from collections.abc import Iterable

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er


@callback
def lamps_of(hass: HomeAssistant, lights: Iterable[str]) -> list[str]:
    """Give the lamps behind these registry or entity ids, each once: of a group, or a group of groups, its members."""
    registry = er.async_get(hass)
    found: dict[str, None] = {}
    waiting = [er.async_resolve_entity_id(registry, light) or light for light in lights]
    seen: set[str] = set()
    while waiting:
        entity_id = waiting.pop(0)
        if entity_id in seen:
            continue
        seen.add(entity_id)
        state = hass.states.get(entity_id)
        members = state.attributes.get(ATTR_ENTITY_ID) if state else None
        if members:
            waiting.extend(member for member in members if member.startswith("light."))
        else:
            found[entity_id] = None
    return list(found)
