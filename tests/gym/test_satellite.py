"""A voice satellite, which is there only where a voice assistant is."""

import pytest

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from .visit import IN_THE_GYM, async_open, attribute, state

pytestmark = IN_THE_GYM

SATELLITE = "assist_satellite.gym_satellite"


async def test_what_a_satellite_announces_is_listed(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    await hass.config.async_update(internal_url="http://127.0.0.1:8123")
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "assist_satellite", {})
    await async_open(hass)
    # At true speed: under a clock that stands still it would never have finished speaking.
    await hass.services.async_call(
        "assist_satellite",
        "announce",
        {"entity_id": SATELLITE, "message": "Somebody is behind you", "preannounce": False},
        blocking=True,
    )
    assert [clip["text"] for clip in attribute(hass, SATELLITE, "played")] == ["Somebody is behind you"]
    assert state(hass, SATELLITE) == "idle"
