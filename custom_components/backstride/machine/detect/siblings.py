"""Which entities are one machine: those of a device, or where there is none, those whose unique ids begin alike."""

from collections import Counter
from collections.abc import Iterable
import re
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..catalog import known
from ..vocabulary import is_named_for

_WORD: Final = re.compile(r"[^\W_]+")
_HUBS: Final = frozenset({"mqtt", "knx"})
"""Integrations of which one config entry holds entities that have nothing to do with each other."""

type Entries = list[er.RegistryEntry]


def of_device(hass: HomeAssistant, device_id: str) -> Entries:
    """Give the entities of a device, disabled ones too; of its whole config entry where that is one machine."""
    registry = er.async_get(hass)
    entries = er.async_entries_for_device(registry, device_id, include_disabled_entities=True)
    spread = {entry.config_entry_id for entry in entries if _is_one_machine(entry)}
    others = (each for entry_id in spread for each in _of_config_entry(registry, entry_id))
    return list({entry.id: entry for entry in (*entries, *others)}.values())


def of_entity(hass: HomeAssistant, picked: er.RegistryEntry) -> Entries:
    """Give the entities that belong with one that was picked: its device's, or where it has none, those like it."""
    registry = er.async_get(hass)
    if picked.device_id is not None:
        return of_device(hass, picked.device_id)
    near = _of_config_entry(registry, picked.config_entry_id)
    near = [entry for entry in near if entry.device_id is None and entry.platform == picked.platform]
    machines = Counter(_machine(entry) for entry in near)
    several = {machine for machine, entities in machines.items() if entities > 1 and machine}
    if picked.config_entry_id is not None and picked.platform not in _HUBS and len(several) <= 1:
        return near
    mine = _machine(picked)
    return [
        entry
        for entry in near
        if entry.id == picked.id or (mine and _owner(entry.unique_id, several | {mine}) == mine)
    ]


def _of_config_entry(registry: er.EntityRegistry, entry_id: str | None) -> Entries:
    """Give the entities of a config entry; without one, those that have none, because they are set up in YAML."""
    if entry_id is not None:
        return er.async_entries_for_config_entry(registry, entry_id)
    return [entry for entry in registry.entities.values() if entry.config_entry_id is None]


def _is_one_machine(entry: er.RegistryEntry) -> bool:
    found = known(entry) if entry.config_entry_id else None
    return found is not None and found.integration.is_one_machine


def _machine(entry: er.RegistryEntry) -> str:
    """Give what the unique ids of an entity's machine begin with: all before the words that say what it is there."""
    if (found := known(entry)) and found.machine:
        return found.machine
    words = list(_WORD.finditer(entry.unique_id))
    own = len(words)
    while own and is_named_for(words[own - 1].group()):
        own -= 1
    # Where no word is one that is understood, the last is what it is.
    own = own - 1 if own == len(words) else own
    return entry.unique_id[: words[own - 1].end()] if own > 0 else ""


def _owner(unique_id: str, machines: Iterable[str]) -> str | None:
    """Give the machine whose beginning is the longest that a unique id has; so one's name may begin with another's."""
    return max(
        (each for each in machines if re.match(rf"{re.escape(each)}(?![^\W_])", unique_id)),
        key=len,
        default=None,
    )
