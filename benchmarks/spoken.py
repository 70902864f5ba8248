"""What hearing costs: a sentence of ours, and one that is somebody else's, through the conversation as every satellite has it.

Yardsticks, in the same run: the same sentences before Backstride is there. The first sentence after names, languages or a
session have changed is measured by itself: Home Assistant then reads all sentences of triggers anew, in its event loop.
"""

from collections.abc import Sequence
from pathlib import Path
from statistics import median
import time
from typing import Any, Final

import yaml

from homeassistant import auth
from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component

from .core import ROOT, add_entry, core, subentry

ROUNDS: Final = 20
BUILT_IN: Final = "turn on the kitchen light"
NOBODYS: Final = (
    "what a lovely day it is",
    "start the ten minute thing",
    "tell me about the backward kitchen",
)


async def measure(folder: Path) -> list[str]:
    """Time what is heard before and after Backstride is there."""
    spoken: dict[str, Any] = yaml.safe_load(
        (ROOT / "tests" / "voice" / "en.yaml").read_text(encoding="utf-8")
    )
    asked = [
        sentence
        for intent_type in ("BackstrideStatus", "BackstrideWhatsNext", "BackstrideStreak")
        for one in spoken["heard"][intent_type]
        for sentence in one
    ]
    starts = [sentence for one in spoken["heard"]["BackstrideStart"] for sentence in one]
    async with core(folder) as hass:
        # A conversation brings the web server, which wants to know who may do what; nothing of it is started here.
        hass.auth = await auth.auth_manager_from_config(hass, [], [])
        for component in ("homeassistant", "conversation"):
            assert await async_setup_component(hass, component, {})
        hass.states.async_set("light.kitchen", "off", {"friendly_name": "Kitchen light"})
        hass.services.async_register("light", "turn_on", lambda _call: None)
        for sentence in (BUILT_IN, *NOBODYS):
            await _say(hass, sentence)
        before_built_in = await _time(hass, [BUILT_IN])
        before_miss = await _time(hass, NOBODYS)
        people = [subentry("athlete", name, level="l2") for name in ("anna", "ben")]
        places = [subentry("place", name, kind="treadmill") for name in ("gym", "loft")]
        await add_entry(hass, [*people, *places])
        await hass.async_block_till_done(wait_background_tasks=True)
        first = await _say(hass, NOBODYS[0])
        for sentence in (BUILT_IN, *NOBODYS):
            await _say(hass, sentence)
        built_in = await _time(hass, [BUILT_IN])
        miss = await _time(hass, NOBODYS)
        hit = await _time(hass, asked)
        # Two places and two people and no word of which: everything is understood and looked up, and nothing begins.
        start = await _time(hass, starts)
    return [
        f"ours, asked: {hit:.2f} ms a sentence; starts with slots: {start:.2f} ms (medians of {len(asked)} and {len(starts)} sentences)",
        f"nobody's sentence: {before_miss:.2f} -> {miss:.2f} ms; a built-in one: {before_built_in:.2f} -> {built_in:.2f} ms",
        f"the first sentence after a change: {first:.1f} ms",
    ]


async def _time(hass: HomeAssistant, sentences: Sequence[str]) -> float:
    """Give the median time of a sentence, in milliseconds."""
    return median([await _say(hass, sentence) for _ in range(ROUNDS) for sentence in sentences])


async def _say(hass: HomeAssistant, sentence: str) -> float:
    begin = time.perf_counter()
    await conversation.async_converse(hass, sentence, None, Context(), language="en")
    return (time.perf_counter() - begin) * 1000
