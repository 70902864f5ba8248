"""An entity that may fill a role: what its registry entry and its state together tell of it."""

from dataclasses import dataclass
from typing import Self

from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_FRIENDLY_NAME,
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    EntityCategory,
)
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er

from ..catalog import Known, known
from ..vocabulary import joined

ATTR_STATE_CLASS = "state_class"
ATTR_OPTIONS = "options"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An entity, as detection sees it."""

    entity_id: str
    domain: str
    words: str
    """What it is called, as words; see `vocabulary`."""
    known: Known | None = None
    device_class: str | None = None
    state_class: str | None = None
    unit: str | None = None
    values: frozenset[str] = frozenset()
    """What its state can be where that is a closed set, else what it is."""
    is_configuration: bool = False
    is_disabled: bool = False
    is_unavailable: bool = False
    """Whether it cannot be read just now; a control that is there only while the belt runs is one."""

    @classmethod
    def of_entry(cls, hass: HomeAssistant, entry: er.RegistryEntry, words: str) -> Self:
        """Look at an entity of the registry; one that is disabled has no state, and is told by what it had."""
        state = hass.states.get(entry.entity_id)
        about = {**(entry.capabilities or {}), **(state.attributes if state else {})}
        return cls(
            entity_id=entry.entity_id,
            domain=entry.domain,
            words=words,
            known=known(entry),
            device_class=entry.device_class or entry.original_device_class or about.get(ATTR_DEVICE_CLASS),
            state_class=about.get(ATTR_STATE_CLASS),
            unit=about.get(ATTR_UNIT_OF_MEASUREMENT) or entry.unit_of_measurement,
            values=frozenset(about.get(ATTR_OPTIONS) or ([state.state] if state else [])),
            is_configuration=entry.entity_category is EntityCategory.CONFIG,
            is_disabled=entry.disabled,
            is_unavailable=not entry.disabled and (state is None or state.state == STATE_UNAVAILABLE),
        )

    @classmethod
    def of_state(cls, state: State) -> Self:
        """Look at an entity that no registry knows; its id is all the key it has."""
        about = state.attributes
        return cls(
            entity_id=state.entity_id,
            domain=state.domain,
            words=joined(state.object_id, about.get(ATTR_FRIENDLY_NAME)),
            device_class=about.get(ATTR_DEVICE_CLASS),
            state_class=about.get(ATTR_STATE_CLASS),
            unit=about.get(ATTR_UNIT_OF_MEASUREMENT),
            values=frozenset(about.get(ATTR_OPTIONS) or [state.state]),
            is_unavailable=state.state == STATE_UNAVAILABLE,
        )
