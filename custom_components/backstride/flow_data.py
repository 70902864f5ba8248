"""How the answers of a form are kept: whole numbers as such, entities by registry id so that a rename is followed."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from homeassistant.const import CONF_ENTITY_ID, CONF_NAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .const import (
    CONF_DEVICE,
    CONF_HEART_RATE,
    CONF_LIGHTS,
    CONF_MACHINE_ENTITY,
    CONF_NOTIFY,
    CONF_OBSTACLES,
    CONF_PERSON,
    CONF_ROLES,
    CONF_SPEAKER_DELAYS,
    CONF_SPEAKERS,
    CONF_STEPS,
    CONF_TTS_ENGINE,
)
from .machine.roles import Role

type Form = Mapping[str, Any]
type Problems = dict[str, str]
"""Field -> key of an error's text."""

ONE_ENTITY: Final = frozenset(
    {CONF_PERSON, CONF_NOTIFY, CONF_HEART_RATE, CONF_STEPS, CONF_TTS_ENGINE, CONF_MACHINE_ENTITY, *Role}
)
SEVERAL_ENTITIES: Final = frozenset({CONF_SPEAKERS, CONF_LIGHTS})


@callback
def to_data(hass: HomeAssistant, form: Form) -> dict[str, Any]:
    """Make of a form what a subentry keeps; the name is its title, and entities are kept by registry id."""
    registry = er.async_get(hass)

    def reference(entity_id: str) -> str:
        return entry.id if (entry := registry.async_get(entity_id)) else entity_id

    kept = {key: _whole(value) for key, value in form.items() if key != CONF_NAME}
    data = _with_entities(kept, reference)
    if CONF_OBSTACLES in data:
        data[CONF_OBSTACLES] = [
            {key: reference(value) if key == CONF_ENTITY_ID else _whole(value) for key, value in one.items()}
            for one in data[CONF_OBSTACLES]
        ]
    return data


@callback
def to_form(hass: HomeAssistant, data: Form) -> dict[str, Any]:
    """Make of a subentry's data what a form shows: entities as they are called today, without what is gone."""
    registry = er.async_get(hass)
    shown = dict(data)
    if CONF_DEVICE in shown and dr.async_get(hass).async_get(shown[CONF_DEVICE]) is None:
        del shown[CONF_DEVICE]
    if obstacles := data.get(CONF_OBSTACLES):
        sensors = [one[CONF_ENTITY_ID] for one in obstacles if one.get(CONF_ENTITY_ID)]
        shown[CONF_OBSTACLES] = [
            found for each in sensors if (found := er.async_resolve_entity_id(registry, each))
        ]
    return _with_entities(shown, partial(er.async_resolve_entity_id, registry))


def _whole(value: object) -> object:
    """Numbers from a form are floats."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _with_entities(data: Form, change: Callable[[str], str | None]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for key, value in data.items():
        if key == CONF_ROLES:
            changed[key] = _with_entities(value, change)
        elif key == CONF_SPEAKER_DELAYS:
            changed[key] = {found: delay for each, delay in (value or {}).items() if (found := change(each))}
        elif key in SEVERAL_ENTITIES:
            changed[key] = [found for each in value or () if each and (found := change(each))]
        elif key not in ONE_ENTITY:
            changed[key] = value
        elif found := change(value):
            changed[key] = found
    return changed
