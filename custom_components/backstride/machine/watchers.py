"""Which entities can watch the space behind the athlete, told by class, unit and registry, also while they are away."""

from collections.abc import Iterator
from dataclasses import dataclass
import math
from typing import Final

from homeassistant.components.sensor import ATTR_STATE_CLASS
from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
    UnitOfLength,
)
from homeassistant.core import HomeAssistant, callback, split_entity_id
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..engine.sight import Kind

OBSTACLE_CLASSES: Final = ("occupancy", "motion", "presence", "moving", "door", "opening")
"""Device classes of binary sensors whose "on" can mean something in the way."""
COUNTED: Final = frozenset(
    {"object", "objects", "person", "persons", "people", "animal", "animals", "target", "targets"}
)
"""Units that cameras and radars give their counts, where they give any: Frigate counts objects."""
DISTANCE: Final = "distance"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Nature:
    """What an entity is, as its state says it or else the registry."""

    device_class: str | None
    unit: str | None
    state_class: str | None
    value: str | None
    """None where it says nothing just now."""


@callback
def kind(hass: HomeAssistant, entity_id: str) -> Kind | None:
    """Tell in what way an entity can see something behind; None where it cannot.

    Of one that is nowhere only the domain is known, and it is taken at that.
    """
    # What was taken out of the registry is known by its registry id only, which has no domain.
    is_sensor = entity_id.startswith(f"{Platform.SENSOR}.")
    nature = _nature(hass, entity_id)
    if nature is None:
        return Kind.DISTANCE if is_sensor else Kind.PRESENCE
    if not is_sensor:
        return Kind.PRESENCE if nature.device_class in OBSTACLE_CLASSES else None
    if nature.device_class == DISTANCE or (nature.device_class is None and nature.unit in set(UnitOfLength)):
        return Kind.DISTANCE
    return Kind.COUNT if _counts(nature) else None


@callback
def candidates(hass: HomeAssistant) -> Iterator[str]:
    """Give every entity that can watch; our own cannot, they only tell what others saw."""
    registry = er.async_get(hass)
    known = {entry.entity_id for entry in registry.entities.values() if not entry.disabled}
    known |= set(hass.states.async_entity_ids({Platform.BINARY_SENSOR, Platform.SENSOR}))
    for entity_id in sorted(known):
        if split_entity_id(entity_id)[0] not in {Platform.BINARY_SENSOR, Platform.SENSOR}:
            continue
        if not is_own(hass, entity_id) and kind(hass, entity_id) is not None:
            yield entity_id


@callback
def is_own(hass: HomeAssistant, entity_id: str) -> bool:
    """Tell whether an entity is one of ours."""
    entry = er.async_get(hass).async_get(entity_id)
    return entry is not None and entry.platform == DOMAIN


def _nature(hass: HomeAssistant, entity_id: str) -> _Nature | None:
    state, entry = hass.states.get(entity_id), er.async_get(hass).async_get(entity_id)
    if state is None and entry is None:
        return None
    said = state.attributes if state else {}
    known = (entry.device_class or entry.original_device_class, entry.unit_of_measurement) if entry else ()
    device_class, unit = known or (None, None)
    kept = entry.capabilities or {} if entry else {}
    return _Nature(
        device_class=said.get(ATTR_DEVICE_CLASS, device_class),
        unit=said.get(ATTR_UNIT_OF_MEASUREMENT, unit),
        state_class=said.get(ATTR_STATE_CLASS, kept.get(ATTR_STATE_CLASS)),
        value=state.state if state and state.state not in {STATE_UNAVAILABLE, STATE_UNKNOWN} else None,
    )


def _counts(nature: _Nature) -> bool:
    """Tell whether it counts what is there now; what only ever adds up, such as steps, says nothing about now."""
    if nature.device_class is not None or (nature.unit or "object").lower() not in COUNTED:
        return False
    if nature.value is None:
        return nature.state_class == "measurement"
    return nature.state_class in {None, "measurement"} and _is_number(nature.value)


def _is_number(value: str) -> bool:
    try:
        return math.isfinite(float(value))
    except ValueError:
        return False
