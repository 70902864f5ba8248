"""Our entities without an entry that is loaded, and those of others that share their area, floor, label and names."""

from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.backstride.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    floor_registry as fr,
    label_registry as lr,
)

TARGETS = ("entity_id", "device_id", "area_id", "floor_id", "label_id")


class Neighbours:
    """Two entities of ours with one key, the foreign ones beside them, and every way to target all of them."""

    def __init__(self, hass: HomeAssistant, domain: str, key: str) -> None:
        """Put them into the registries; nothing has a state."""
        self._hass = hass
        floor = fr.async_get(hass).async_create("Cellar")
        self._area = ar.async_get(hass).async_create("Fitness", floor_id=floor.floor_id)
        self._label = lr.async_get(hass).async_create("Sport")
        ours, theirs = MockConfigEntry(domain=DOMAIN), MockConfigEntry(domain="test")
        devices = {
            name: self._device(entry, name)
            for entry, name in ((ours, "gym"), (ours, "hall"), (theirs, "lamp"))
        }
        self.ours = [
            self._entity(ours, domain, devices[name], f"{name}_{key}", key) for name in ("gym", "hall")
        ]
        self.foreign = [
            # The same name in the same place, and another of our own.
            self._entity(theirs, domain, devices["lamp"], f"gym_{key}", key),
            self._entity(ours, domain, devices["gym"], "gym_other", "other"),
        ]
        nobodys = er.async_get(hass).async_get_or_create(domain, "test", "nobodys", translation_key=key)
        er.async_get(hass).async_update_entity(
            nobodys.entity_id, area_id=self._area.id, labels={self._label.label_id}
        )
        self.foreign.append(nobodys.entity_id)
        self.targets: dict[str, dict[str, Any]] = {
            "entity_id": {"entity_id": [*self.ours, *self.foreign]},
            "device_id": {"device_id": list(devices.values())},
            "area_id": {"area_id": self._area.id},
            "floor_id": {"floor_id": floor.floor_id},
            "label_id": {"label_id": self._label.label_id},
        }

    def _device(self, entry: MockConfigEntry, name: str) -> str:
        entry.add_to_hass(self._hass)
        registry = dr.async_get(self._hass)
        device = registry.async_get_or_create(
            config_entry_id=entry.entry_id, identifiers={(entry.domain, name)}, name=name
        )
        registry.async_update_device(device.id, area_id=self._area.id, labels={self._label.label_id})
        return device.id

    def _entity(self, entry: MockConfigEntry, domain: str, device: str, unique_id: str, key: str) -> str:
        return (
            er.async_get(self._hass)
            .async_get_or_create(
                domain, entry.domain, unique_id, config_entry=entry, device_id=device, translation_key=key
            )
            .entity_id
        )

    def as_the_kit_wants(self) -> dict[str, list[str]]:
        """Give them under the names that Home Assistant's test kit has for them."""
        return {"included_entities": self.ours, "excluded_entities": self.foreign}
