"""Backstride works without a conversation, and is heard as soon as there is one."""

import pytest

from custom_components.backstride.engine.events import Reason
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.core import HomeAssistant

from .conversing import OVER_THE_WEB, async_converse, said
from .setup import ANNA, GYM, MINE, async_set_up

pytestmark = [pytest.mark.usefixtures("enable_custom_integrations"), OVER_THE_WEB]


async def test_a_conversation_that_comes_later_hears_it(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    assert await async_converse(hass)
    await hass.async_block_till_done()
    assert await said(hass, "emergency stop") == "Session stopped. Press the red stop."
    session = coordinator.session(GYM)
    assert session is not None
    assert session.reason is Reason.EMERGENCY


async def test_a_conversation_that_comes_after_a_reload_hears_it_once(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    assert await hass.config_entries.async_reload(coordinator.entry.entry_id)
    assert await async_converse(hass)
    await hass.async_block_till_done()
    heard = get_agent_manager(hass).trigger_sentences
    assert len(heard) == len(set(heard)) > 0


async def test_a_conversation_that_comes_too_late_hears_nothing(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    assert await hass.config_entries.async_unload(coordinator.entry.entry_id)
    assert await async_converse(hass)
    await hass.async_block_till_done()
    assert get_agent_manager(hass).trigger_sentences == []
