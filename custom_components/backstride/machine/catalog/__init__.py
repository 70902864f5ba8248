"""Looks up what is known of other integrations' entities: whose they are, which roles they fill, and how they act."""

from dataclasses import dataclass
from typing import Final

from homeassistant.helpers import entity_registry as er

from ..roles import Role
from ..vocabulary import PAUSE, TOGGLE, words_of
from .integration import Integration, Key
from .treadmills import TREADMILLS
from .wearables import WEARABLES

CATALOG: Final = tuple(
    (integration, integration.pattern(), integration.keys()) for integration in (*TREADMILLS, *WEARABLES)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An entity whose integration is known."""

    integration: Integration
    machine: str
    """What the unique ids of one machine begin with."""
    key: Key
    """What the entity is called there; a key that fills no role is known too, and never guessed about."""

    def rank(self, role: Role) -> int | None:
        """Tell how well it fills a role, 0 the best; None where it does not."""
        keys = self.integration.roles.get(role, ())
        return keys.index(self.key) if self.key in keys else None


def known(entry: er.RegistryEntry) -> Known | None:
    """Recognise an entity by its platform, domain and translation key or unique id; never by its names."""
    translated = (entry.domain, entry.translation_key) if entry.translation_key else None
    for integration, pattern, keys in CATALOG:
        if entry.platform != integration.platform:
            continue
        found = pattern.fullmatch(entry.unique_id)
        machine = found["machine"] if found else ""
        if translated in keys:
            return Known(integration=integration, machine=machine, key=translated)
        if found:
            return Known(integration=integration, machine=machine, key=(entry.domain, found["key"] or ""))
    return None


def is_toggle(entry: er.RegistryEntry) -> bool:
    """Tell whether pressing or turning a control on starts a belt that stands and halts one that moves."""
    found = known(entry)
    is_known = found is not None and found.key in found.integration.toggles
    return is_known or TOGGLE.search(words_of(entry)) is not None


def pauses_when_off(entry: er.RegistryEntry) -> bool:
    """Tell of a switch that pauses whether turning it off does so, as with a belt's, or turning it on."""
    return PAUSE.search(words_of(entry)) is None


def number_unit(entry: er.RegistryEntry, state_unit: str | None) -> str | None:
    """Give the unit a speed must be written in: the number's own, or where it names none what is known; else None.

    The unit of the speed sensor beside it says nothing about the number.
    """
    if unit := state_unit or entry.unit_of_measurement:
        return unit
    found = known(entry)
    return found.integration.speed_unit if found else None
