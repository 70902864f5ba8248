"""A speech engine in Home Assistant's own component, whose every answer a test gives, and the studio that asks it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
import math
from time import sleep
from typing import Any, override
import wave

from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import async_fire_time_changed_exact

from custom_components.backstride.output.calls import Calls
from custom_components.backstride.output.studio import Studio
from homeassistant.components.tts import TextToSpeechEntity, TtsAudioType
from homeassistant.components.tts.const import DATA_COMPONENT
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

ENGINE = "tts.singer"
MOMENT = 0.002
"""Seconds that threads get to do what they were asked."""


def wav_file(seconds: float = 0.5, *, rate: int = 44_100, channels: int = 1, loudness: int = 9000) -> bytes:
    """Give a tone as a file."""
    one = (int(loudness * math.cos(at / 9)) for at in range(round(seconds * rate)))
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setframerate(rate)
        writer.setnchannels(channels)
        writer.setsampwidth(2)
        writer.writeframes(b"".join(sample.to_bytes(2, "little", signed=True) * channels for sample in one))
    return file.getvalue()


@dataclass
class Asked:
    """One sentence that was asked for."""

    text: str
    language: str
    options: dict[str, Any]
    answer: asyncio.Future[bytes] = field(default_factory=asyncio.Future)


class Singer(TextToSpeechEntity):
    """Says what it is told to answer, at once or when a test says so."""

    _attr_name = "Singer"
    _attr_should_poll = False

    def __init__(self, *languages: str, default: str = "en", entity_id: str = ENGINE) -> None:
        """Know these languages."""
        self.entity_id = entity_id
        self._attr_unique_id = entity_id
        self._attr_default_language = default
        self._attr_supported_languages = list(languages) or ["en"]
        self.asked: list[Asked] = []
        self.most_at_once = 0
        self.sings: Callable[[str], bytes] | None = None
        """What it answers at once; otherwise it waits for a test to answer."""

    @property
    def texts(self) -> list[str]:
        """Everything it was asked for, in this order."""
        return [one.text for one in self.asked]

    @override
    async def async_get_tts_audio(self, message: str, language: str, options: dict[str, Any]) -> TtsAudioType:
        asked = Asked(message, language, options)
        self.asked.append(asked)
        self.most_at_once = max(self.most_at_once, sum(not one.answer.done() for one in self.asked))
        if self.sings is not None:
            asked.answer.set_result(self.sings(message))
        return "wav", await asked.answer

    async def async_be_there(self, *, available: bool) -> None:
        """Come, or go away."""
        self._attr_available = available
        self.async_write_ha_state()


class Desk:
    """A studio, its engine, and the clock."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, singer: Singer) -> None:
        """Sit down."""
        self.hass = hass
        self.singer = singer
        self.made: list[str] = []
        self._freezer = freezer
        self.studio = self.open()

    def open(self, *, engine: str | None = ENGINE, language: str = "en") -> Studio:
        """Open another studio."""
        return Studio(self.hass, engine=engine, language=language, name=Calls(self.hass, "Gym").name)

    @property
    def open_requests(self) -> list[str]:
        """What the engine has not answered yet."""
        return [one.text for one in self.singer.asked if not one.answer.done()]

    async def settle(self) -> None:
        """Let everything happen that waits for nothing else."""
        for _ in range(5):
            await self.hass.async_add_executor_job(sleep, MOMENT)

    async def convert(self) -> None:
        """Let everything come to its end, also what another program does."""
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def prepare(self, *texts: str) -> None:
        self.studio.prepare(texts)
        await self.settle()

    async def answer(self, text: str, sound: bytes | Exception | None = None) -> None:
        """Let the engine answer, or fail."""
        asked = next(one for one in self.singer.asked if one.text == text and not one.answer.done())
        if isinstance(sound, Exception):
            asked.answer.set_exception(sound)
        else:
            asked.answer.set_result(wav_file() if sound is None else sound)
        await self.settle()

    async def wait(self, seconds: float) -> None:
        self._freezer.tick(seconds)
        async_fire_time_changed_exact(self.hass)
        await self.settle()

    def watch(self, text: str) -> None:
        """Note when a sentence is made, or could not be."""
        self.studio.when_made(text, lambda: self.made.append(text))

    async def async_end(self) -> None:
        """Close; what the engine was still asked nobody waits for."""
        self.studio.clear()
        for one in self.singer.asked:
            if not one.answer.done():
                one.answer.set_result(wav_file())
        await self.convert()


async def async_open_desk(hass: HomeAssistant, freezer: FrozenDateTimeFactory, *languages: str) -> Desk:
    """Set up speech with this one engine."""
    assert await async_setup_component(hass, "tts", {})
    singer = Singer(*languages)
    await hass.data[DATA_COMPONENT].async_add_entities([singer])
    return Desk(hass, freezer, singer)
