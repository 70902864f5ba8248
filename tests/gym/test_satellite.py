"""A voice satellite, which is there only where a voice assistant is."""

from typing import Any

import pytest

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component

from .visit import IN_THE_GYM, async_do, async_open, attribute, state

pytestmark = IN_THE_GYM

SATELLITE = "assist_satellite.gym_satellite"
ANSWERS = "text.gym_satellite_prepared_answers"


@pytest.fixture(autouse=True)
async def _assistant(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    gym_can_be_found: None,  # noqa: ARG001 - a fixture is asked for by name
) -> None:
    """Open a gym in which there is a voice assistant."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    await hass.config.async_update(internal_url="http://127.0.0.1:8123")
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "assist_satellite", {})
    await async_open(hass)


async def test_what_a_satellite_announces_is_listed(hass: HomeAssistant) -> None:
    # At true speed: under a clock that stands still it would never have finished speaking.
    await async_do(
        hass,
        "assist_satellite.announce",
        SATELLITE,
        message="Somebody is behind you",
        preannounce=False,
    )
    assert [clip["text"] for clip in attribute(hass, SATELLITE, "played")] == ["Somebody is behind you"]
    assert state(hass, SATELLITE) == "idle"


async def ask(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - whatever is answered
    """Ask a question, in no time."""
    monkeypatch.setattr("custom_components.virtual_gym.assist_satellite.PACE", 0)
    data = {
        "entity_id": SATELLITE,
        "question": "Coffee or tea?",
        "preannounce": False,
        "answers": [{"id": "tea", "sentences": ["tea [please]"]}],
    }
    return await hass.services.async_call(
        "assist_satellite", "ask_question", data, blocking=True, return_response=True
    )


async def test_a_satellite_hears_the_answers_that_were_prepared_each_once(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    await async_do(hass, "text.set_value", ANSWERS, value="Tea, please.; water")
    assert (await ask(hass, monkeypatch))["id"] == "tea"
    assert attribute(hass, SATELLITE, "played")[-1]["text"] == "Coffee or tea?"
    assert state(hass, ANSWERS) == "water"
    assert await ask(hass, monkeypatch) == {"id": None, "sentence": "water", "slots": {}}
    assert state(hass, SATELLITE) == "idle"


async def test_where_nobody_answers_a_satellite_gives_up(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    await async_do(hass, "text.set_value", ANSWERS, value="; tea")
    with pytest.raises(HomeAssistantError, match="No answer"):
        await ask(hass, monkeypatch)
    assert state(hass, SATELLITE) == "idle"
    assert (await ask(hass, monkeypatch))["id"] == "tea"
    with pytest.raises(HomeAssistantError, match="No answer"):
        await ask(hass, monkeypatch)
