"""What is said to a conversation reaches Backstride, and nothing else does, right after installing."""

import asyncio
import logging
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.backstride.const import CONF_VOICE, SubentryType
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.output.words import PHRASES, load_phrases
from custom_components.backstride.voice import sentences
from homeassistant.components import conversation
from homeassistant.components.conversation.trigger import TRIGGER_SCHEMA
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import intent
from homeassistant.setup import async_setup_component

from .setup import ANNA, BEN, GYM, HALL, MINE, async_set_up, new_entry, subentries, subentry

pytestmark = [
    pytest.mark.usefixtures("enable_custom_integrations"),
    # Home Assistant's web server keeps an old name for other integrations, of which the library under it warns.
    pytest.mark.filterwarnings("ignore:It is recommended to use web.AppKey"),
]

EMERGENCIES = (
    "emergency stop",
    "Emergency stop!",
    "Emergency. Stop!",
    "emergency, stop now",
    "emergency stop please",
    "emergency emergency stop",
    "emergency stop, emergency stop",
    "panic stop",
    "e-stop",
    "emergency brake",
    "emergency stop the treadmill",
    "treadmill emergency stop",
    "press the emergency stop",
    "hit the emergency stop button",
    "I need an emergency stop",
    "stop the belt",
    "Stop the belt, stop the belt!",
    "stop the treadmill now",
    "stop the treadmill immediately",
    "please stop the treadmill",
    "stop stop stop the treadmill",
    "stop treadmill",
    "stop that belt right now",
    "halt the treadmill",
    "kill the belt",
    "oh my god, stop the treadmill",
    "help me, stop the belt",
    "treadmill stop",
    "the treadmill stop now",
    "make the belt stop",
    "get the treadmill to stop",
    "can you stop the treadmill",
    "could you please stop the belt now",
    "I need you to stop the treadmill",
    "stop the walking pad",
    "stop my running machine",
)
STUMBLES = (
    "I fell",
    "I fell!",
    "I stumbled",
    "I tripped",
    "I slipped",
    "I've fallen",
    "I’ve fallen and I can’t get up",  # noqa: RUF001 - as speech-to-text writes it
    "I have fallen down",
    "I just fell",
    "I almost fell",
    "I nearly tripped",
    "ouch, I stumbled",
    "help, I fell",
    "help me, I have fallen",
    "I fell over",
    "I fell off the treadmill",
    "I tripped on the belt",
    "I've slipped off the treadmill",
    "she fell off the treadmill",
    "someone has fallen on the treadmill",
    "I lost my balance",
    "I took a fall",
    "I'm falling",
    "report a stumble",
)
NEAR_MISSES = (
    "stop",
    "stop it",
    "stop that",
    "stop the music",
    "stop the song",
    "stop the timer",
    "stop the emergency timer",
    "stop the alarm",
    "stop the conveyor belt timer",
    "stop the vacuum",
    "stop the washing machine",
    "stop the machine",
    "stop the car",
    "stop talking",
    "stop the treadmill in ten minutes",
    "stop the treadmill light",
    "stop the treadmill music",
    "don't stop the treadmill",
    "do not stop the belt",
    "never stop the treadmill",
    "turn off the treadmill light",
    "turn off the treadmill",
    "turn on the treadmill",
    "start the treadmill",
    "is the treadmill on",
    "did the treadmill stop",
    "the treadmill stopped",
    "why did the belt stop",
    "when will the treadmill stop",
    "how do I stop the treadmill",
    "pause the treadmill video",
    "where is the emergency stop",
    "what is an emergency stop",
    "cancel the emergency stop",
    "there is no emergency stop",
    "call the emergency number",
    "emergency",
    "emergency lights on",
    "add belt to my shopping list",
    "add emergency stop button to my shopping list",
    "fasten your seat belt",
    "I stumbled upon a recipe",
    "I stumbled on a great song",
    "I fell asleep",
    "I fell asleep on the treadmill",
    "I fell in love",
    "I fell behind schedule",
    "I tripped the breaker",
    "I slipped the dog a treat",
    "I am falling asleep",
    "I'm falling in love",
    "she fell",
    "the vase fell off the shelf",
    "the phone fell off the treadmill",
    "what happens if I fell",
    "play I'm falling by the beatles",
    "play i stumbled",
    "leaves fall in autumn",
    "set a timer for my trip",
    "report the weather",
    "what is the temperature",
    "turn on the kitchen light",
)


@pytest.fixture(autouse=True)
async def conversing(hass: HomeAssistant) -> None:
    """Have the conversation of a plain Home Assistant."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})


async def answer(
    hass: HomeAssistant, sentence: str, *, user_id: str | None = None, **who: Any
) -> intent.IntentResponse:
    """Say a sentence and give what is answered."""
    result = await conversation.async_converse(hass, sentence, None, Context(user_id=user_id), **who)
    await hass.async_block_till_done()
    return result.response


async def said(hass: HomeAssistant, sentence: str, **who: Any) -> str:
    """Say a sentence and give the words of the answer."""
    return str((await answer(hass, sentence, **who)).speech["plain"]["speech"])


def walk(coordinator: Coordinator, place_id: str = GYM, athlete_id: str = ANNA) -> None:
    """Begin a session."""
    coordinator.async_start(place_id, athlete_id=athlete_id, workout=coordinator.workouts[MINE])


def reason(coordinator: Coordinator, place_id: str = GYM) -> Reason | None:
    """Tell why the session of a place ended; None while it is on."""
    session = coordinator.session(place_id)
    assert session is not None
    return session.reason


async def test_every_cry_is_understood(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    ended = {}
    for sentence in (*EMERGENCIES, *STUMBLES):
        walk(coordinator)
        assert await said(hass, sentence) == "Session stopped. Press the red stop.", sentence
        ended[sentence] = reason(coordinator)
    assert ended == {
        **dict.fromkeys(EMERGENCIES, Reason.EMERGENCY),
        **dict.fromkeys(STUMBLES, Reason.STUMBLE),
    }


async def test_nothing_else_is_taken_for_a_cry(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    walk(coordinator)
    answers = set(load_phrases("en")["answers"].values())
    taken = []
    for sentence in NEAR_MISSES:
        words = await said(hass, sentence)
        if not coordinator.is_on(GYM) or any(one in words for one in answers):
            taken.append(sentence)
    assert taken == []
