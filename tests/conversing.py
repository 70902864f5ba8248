"""Somebody talks to Home Assistant as a satellite, a phone or a browser does."""

from typing import Any

import pytest

from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component

OVER_THE_WEB = pytest.mark.filterwarnings("ignore:It is recommended to use web.AppKey")
"""A conversation brings the web server, which keeps an old name for others; the library under it warns of that."""


async def async_converse(hass: HomeAssistant) -> bool:
    """Bring the conversation that a plain Home Assistant has."""
    return await async_setup_component(hass, "homeassistant", {}) and await async_setup_component(
        hass, "conversation", {}
    )


async def said(hass: HomeAssistant, sentence: str, *, user_id: str | None = None, **who: Any) -> str:
    """Say a sentence and give the words of the answer."""
    result = await conversation.async_converse(hass, sentence, None, Context(user_id=user_id), **who)
    await hass.async_block_till_done()
    return str(result.response.speech["plain"]["speech"])
