"""Real automations, and what they noticed."""

from typing import Any

from pytest_homeassistant_custom_component.common import async_mock_service

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component

from .setup import entity_id

NAMES = "athlete place workout interval intervals direction seconds reason cause source streak best".split()


async def async_automate(hass: HomeAssistant, *triggers: dict[str, Any], **more: Any) -> list[ServiceCall]:
    """Set up an automation with these triggers; what it notices is in the data of its calls, by the names it was told."""
    calls = async_mock_service(hass, "test", "noticed")
    data = {name: "{{ trigger.%s }}" % name for name in ("platform", *NAMES)}
    rule = {
        "triggers": list(triggers),
        "actions": {"action": "test.noticed", "data": data},
        "mode": "queued",
        **more,
    }
    assert await async_setup_component(hass, "automation", {"automation": {"alias": "Notices", **rule}})
    await hass.async_block_till_done()
    return calls


def on(key: str, target: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Write a trigger down, as the editor does."""
    return {"trigger": f"backstride.{key}", "target": target, **({"options": options} if options else {})}


def device_of(hass: HomeAssistant, subentry_id: str, domain: str = "event") -> str:
    """Find the device of a place or an athlete."""
    key = "session" if subentry_id in {"gym", "hall"} else "streak"
    entry = er.async_get(hass).async_get(entity_id(hass, domain, subentry_id, key))
    assert entry is not None
    assert entry.device_id is not None
    assert dr.async_get(hass).async_get(entry.device_id) is not None
    return entry.device_id


def noticed(calls: list[ServiceCall], *names: str) -> list[tuple[Any, ...]]:
    """Give what was noticed, under these names."""
    return [tuple(call.data[name] for name in names) for call in calls]
