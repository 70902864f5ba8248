"""Real automations, and what they noticed."""

from typing import Any

from pytest_homeassistant_custom_component.common import async_mock_service

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from .setup import GYM, HALL, entity_id


async def async_automate(
    hass: HomeAssistant, *triggers: dict[str, Any], tells: str = "", **more: Any
) -> list[ServiceCall]:
    """Set up an automation with these triggers; each run calls with what it was told, by these names."""
    calls = async_mock_service(hass, "test", "noticed")
    data = {name: f"{{{{ trigger.{name} }}}}" for name in ("platform", *tells.split())}
    rule = {"triggers": list(triggers), "actions": {"action": "test.noticed", "data": data}, "mode": "queued"}
    config = {"automation": {"alias": "Notices", **rule, **more}}
    assert await async_setup_component(hass, "automation", config)
    await hass.async_block_till_done()
    return calls


def on(key: str, target: dict[str, Any], **options: Any) -> dict[str, Any]:
    """Write a trigger down, as the editor does."""
    return {"trigger": f"backstride.{key}", "target": target, **({"options": options} if options else {})}


def noticed(calls: list[ServiceCall]) -> list[Any]:
    """Give what was noticed: the trigger, and behind it what it told, if that was asked for."""
    rows = [tuple(call.data.values()) for call in calls]
    return [
        (key.removeprefix("backstride."), *told) if told else key.removeprefix("backstride.")
        for key, *told in rows
    ]


def device_of(hass: HomeAssistant, subentry_id: str) -> dict[str, str]:
    """Target the device of a place or an athlete."""
    key = "session" if subentry_id in {GYM, HALL} else "streak"
    entry = er.async_get(hass).async_get(entity_id(hass, "event", subentry_id, key))
    assert entry is not None
    assert entry.device_id is not None
    return {"device_id": entry.device_id}
