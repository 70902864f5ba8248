"""Entities of other integrations as Home Assistant keeps them, without the integrations: called by names that say nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pytest_homeassistant_custom_component.common import MockConfigEntry
import yaml

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

FOLDER: Final = Path(__file__).parent / "integrations"

type Row = dict[str, Any]


@dataclass(kw_only=True)
class Machine:
    """What an integration has registered: a device, or entities without one."""

    device_id: str | None = None
    entity_ids: dict[str, str] = field(default_factory=dict)
    """Domain and key -> entity id."""

    def __getitem__(self, name: str) -> str:
        """Give the id of an entity by its domain and key."""
        return self.entity_ids[name]


def variants() -> Iterator[tuple[str, Row]]:
    """Give the variants of every integration, each with its platform and under a name."""
    for path in sorted(FOLDER.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for variant in data["variants"]:
            yield f"{path.stem}: {variant['name']}", {"platform": data["platform"], **variant}


def variant(name: str) -> Row:
    """Give one variant by its name."""
    return next(found for each, found in variants() if each == name)


def register(hass: HomeAssistant, given: Row, entry: ConfigEntry | None = None) -> Machine:
    """Register an integration's entities under ids that nobody would guess by, in the order of the file."""
    platform = given["platform"]
    if entry is None and given.get("config_entry", True):
        entry = MockConfigEntry(domain=platform)
        entry.add_to_hass(hass)
    machine = Machine()
    if entry is not None and given.get("device", True):
        identifiers = {(platform, given["unique_id"])}
        devices = dr.async_get(hass)
        machine.device_id = devices.async_get_or_create(
            config_entry_id=entry.entry_id, identifiers=identifiers, name="Renamed"
        ).id
    for row in given["entities"]:
        key = row.get("key", "")
        registered = _register(hass, given, row, entry, machine.device_id)
        machine.entity_ids[f"{row['domain']} {key}".strip()] = registered.entity_id
    return machine


def _register(
    hass: HomeAssistant, given: Row, row: Row, entry: ConfigEntry | None, device_id: str | None
) -> er.RegistryEntry:
    registry = er.async_get(hass)
    platform: str = row.get("platform") or given["platform"]
    disabled = row.get("disabled")
    capabilities: Row = {key: row[key] for key in ("state_class", "options") if key in row}
    registered = registry.async_get_or_create(
        row["domain"],
        platform,
        given["unique_id"].format(key=row.get("key", "")),
        suggested_object_id=f"thing_{len(registry.entities)}",
        disabled_by=er.RegistryEntryDisabler(disabled) if disabled else None,
        capabilities=capabilities or None,
        config_entry=entry,
        device_id=device_id,
        entity_category=EntityCategory(row["category"]) if "category" in row else None,
        has_entity_name=True,
        original_device_class=row.get("class"),
        original_name=row.get("name"),
        translation_key=row.get("translation_key") or (row["key"] if given.get("translated") else None),
        unit_of_measurement=row.get("unit"),
    )
    state = row.get("state", "unknown")
    if not disabled and state is not None:
        about: Row = {
            "unit_of_measurement": row.get("unit"),
            "device_class": row.get("class"),
            **capabilities,
        }
        hass.states.async_set(
            registered.entity_id, state, {key: value for key, value in about.items() if value is not None}
        )
    return registered
