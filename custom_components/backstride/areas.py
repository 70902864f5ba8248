"""Who speaks stands somewhere, and so does a place: what is said in the gym is meant for the gym."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .const import DOMAIN
from .coordinator import Coordinator
from .settings import PlaceSettings


def area_of_speaker(hass: HomeAssistant, satellite_id: str | None, device_id: str | None) -> str | None:
    """Give the area of whatever listened: a satellite's own, else that of its device."""
    return _area_of_entity(hass, satellite_id) or _area_of_device(hass, device_id)


def places_in(coordinator: Coordinator, area_id: str | None) -> list[PlaceSettings]:
    """Give the places of an area; nowhere is none."""
    if area_id is None:
        return []
    return [place for place in coordinator.places.values() if area_of_place(coordinator, place) == area_id]


def area_of_place(coordinator: Coordinator, place: PlaceSettings) -> str | None:
    """Give where a place is: as its owner says, else where its machine stands."""
    device = dr.async_get(coordinator.hass).async_get_device_by_identifier(
        (DOMAIN, place.id), coordinator.entry.entry_id
    )
    if device is not None and device.area_id is not None:
        return device.area_id
    machine = (_area_of_entity(coordinator.hass, part) for part in place.roles.values())
    return next((area_id for area_id in machine if area_id is not None), None)


def _area_of_entity(hass: HomeAssistant, entity: str | None) -> str | None:
    registry = er.async_get(hass)
    entity_id = er.async_resolve_entity_id(registry, entity) if entity is not None else None
    entry = registry.async_get(entity_id) if entity_id is not None else None
    return er.async_get_effective_area_id(hass, entry) if entry is not None else None


def _area_of_device(hass: HomeAssistant, device_id: str | None) -> str | None:
    device = dr.async_get(hass).async_get(device_id) if device_id is not None else None
    return dr.async_get_effective_area_id(hass, device) if device is not None else None
