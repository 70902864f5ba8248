"""Has sentences spoken by a speech engine before they are needed, so that at their instant only playing is left."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Final

from homeassistant.const import Platform
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later
from homeassistant.util.language import matches

from ..const import DOMAIN
from . import sound
from .calls import is_there
from .sound import Clip

AT_ONCE: Final = 2
"""Sentences in the making at the same time: enough for an engine in the network, and a small machine can stand it."""
TIME_OUT: Final = 15.0
"""Seconds after which a sentence is given up."""
REST: Final = 10.0
"""Seconds that an engine is left alone after it has failed; Home Assistant logs every failure."""
LONGEST_REST: Final = 60.0
"""Seconds; after each failure more it is left alone for twice as long, up to this."""
TRIES: Final = 8
"""How often a sentence is tried while its engine says nothing at all: that is for some minutes."""
BLAMED: Final = 3
"""So many tries counts one where others were spoken since the last: it is rather the sentence than the engine.

It may still be the engine: Home Assistant has a second try wait for what the first one hangs at, and fail with it.
"""
PLAIN: Final = {"preferred_format": "wav"}
"""Enough for an engine that speaks in our form by itself; anything more has Home Assistant convert what needs no converting."""
CONVERTED: Final = PLAIN | {
    "preferred_sample_rate": sound.RATE,
    "preferred_sample_channels": 1,
    "preferred_sample_bytes": sound.WIDTH,
}
"""The form in which Home Assistant is to give us what an engine makes; it keeps it in its cache in that form."""


@callback
def engine_for(hass: HomeAssistant, chosen: str | None) -> str | None:
    """Give the speech engine that was chosen, or any there is, if possible one that can speak now."""
    if chosen is not None:
        return er.async_resolve_entity_id(er.async_get(hass), chosen) or chosen
    engines = sorted(hass.states.async_entity_ids(Platform.TTS))
    return min(engines, key=lambda each: not is_there(hass, each), default=None)


class Studio:
    """The sentences of one session in one voice."""

    def __init__(
        self, hass: HomeAssistant, *, engine: str | None, language: str, name: Callable[[str, str], None]
    ) -> None:
        """Take the engine, by registry or entity id, and the language; `name` says what is the matter with an engine."""
        self._hass = hass
        self._chosen = engine
        self._language = language
        self._name = name
        self._clips: dict[str, Clip] = {}
        self._waiting: deque[str] = deque()
        self._making: set[str] = set()
        self._failures: dict[str, tuple[int, int]] = {}
        """Sentence -> how often it failed, and how many others had been spoken by then."""
        self._spoken = 0
        self._rest = REST
        self._awaited: dict[str, dict[Callable[[], object], None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._unsub_rest: CALLBACK_TYPE | None = None
        self._converts = False

    @property
    def has_voice(self) -> bool:
        """Whether there is an engine that can speak now."""
        engine = engine_for(self._hass, self._chosen)
        return engine is not None and is_there(self._hass, engine)

    @callback
    def prepare(self, sentences: Iterable[str]) -> None:
        """Have sentences made in this order, before any that wait already, but those that failed after all others."""
        wanted = [
            each
            for each in dict.fromkeys(sentences)
            if each not in self._clips and each not in self._making and self._failed(each)[0] < TRIES
        ]
        if not wanted or not self.has_voice:
            return
        self._waiting = deque(
            sorted(dict.fromkeys((*wanted, *self._waiting)), key=lambda each: self._failed(each)[0])
        )
        self._employ()

    @callback
    def clip(self, sentence: str) -> Clip | None:
        """Give a sentence if it is ready."""
        return self._clips.get(sentence)

    @callback
    def is_coming(self, sentence: str) -> bool:
        """Tell whether a sentence is not ready yet and will soon be; an engine in trouble is not waited for."""
        is_under_way = sentence in self._making or sentence in self._waiting
        return is_under_way and self._is_trusted and self.has_voice

    @callback
    def when_made(self, sentence: str, then: Callable[[], object]) -> None:
        """Have something done once a sentence that is not ready yet is, or could not be made."""
        self._awaited.setdefault(sentence, {})[then] = None

    @callback
    def clear(self) -> None:
        """Forget everything, and give up what is in the making."""
        if self._unsub_rest is not None:
            self._unsub_rest()
            self._unsub_rest = None
        for task in self._tasks:
            task.cancel()
        # What is given up comes to its end later, and must not be in the way of what is begun until then.
        self._tasks, self._making = set(), set()
        self._waiting.clear()
        self._awaited.clear()
        self._clips.clear()
        self._failures.clear()
        self._rest = REST

    @property
    def _free_engine(self) -> str | None:
        return (
            None
            if self._unsub_rest is not None or not self.has_voice
            else engine_for(self._hass, self._chosen)
        )

    @property
    def _is_trusted(self) -> bool:
        """Whether the engine has not failed since it last spoke."""
        return self._rest == REST

    def _failed(self, sentence: str) -> tuple[int, int]:
        return self._failures.get(sentence, (0, self._spoken))

    def _employ(self) -> None:
        at_once = AT_ONCE if self._is_trusted else 1
        for _ in range(min(at_once - len(self._tasks), len(self._waiting)) if self._free_engine else 0):
            task = self._hass.async_create_background_task(self._async_work(), f"{DOMAIN} speech")
            self._tasks.add(task)
            task.add_done_callback(self._handle_free)

    def _handle_free(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        # Something may have come in when it was already leaving; but who stops it wants no other in its place.
        if not task.cancelled():
            self._employ()

    async def _async_work(self) -> None:
        making = self._making
        while self._waiting and (engine := self._free_engine) is not None:
            sentence = self._waiting.popleft()
            making.add(sentence)
            try:
                await self._async_make(engine, sentence)
            finally:
                making.discard(sentence)
            for then in self._awaited.pop(sentence, {}):
                then()

    async def _async_make(self, engine: str, sentence: str) -> None:
        try:
            async with asyncio.timeout(TIME_OUT):
                clip = await self._async_speak(engine, sentence)
        except TimeoutError:
            self._fail(engine, sentence, f"did not say anything within {TIME_OUT:.0f} s")
        except Exception as error:  # noqa: BLE001 - whatever an engine raises, the session goes on, with chimes
            self._fail(engine, sentence, f"cannot speak: {error!r}")
        else:
            self._keep(engine, sentence, clip)

    def _keep(self, engine: str, sentence: str, clip: Clip) -> None:
        self._spoken += 1
        self._rest = REST
        if clip.samples:
            self._clips[sentence] = clip
        else:
            # A chime says more than that.
            self._name(engine, "gave only silence")
            self._failures[sentence] = (TRIES, self._spoken)
        self._employ()

    def _fail(self, engine: str, sentence: str, what: str) -> None:
        self._name(engine, what)
        times, spoken = self._failed(sentence)
        times += 1 if spoken == self._spoken else BLAMED
        self._failures[sentence] = (times, self._spoken)
        if times < TRIES:
            self._waiting.append(sentence)
        if self._unsub_rest is None:
            self._unsub_rest = async_call_later(self._hass, self._rest, self._handle_rested)
            self._rest = min(2 * self._rest, LONGEST_REST)

    @callback
    def _handle_rested(self, _now: datetime) -> None:
        self._unsub_rest = None
        self._employ()

    async def _async_speak(self, engine: str, sentence: str) -> Clip:
        """Have a sentence spoken in our form; the first of an engine that speaks in another one is spoken twice."""
        if not self._converts:
            try:
                return await self._async_clip(engine, sentence, PLAIN)
            except ValueError:
                self._converts = True
        return await self._async_clip(engine, sentence, CONVERTED)

    async def _async_clip(self, engine: str, sentence: str, options: Mapping[str, str | int]) -> Clip:
        file = await self._async_file(engine, sentence, options)
        return await self._hass.async_add_executor_job(sound.read, file)

    async def _async_file(self, engine: str, sentence: str, options: Mapping[str, str | int]) -> bytes:
        """Have Home Assistant speak into its own cache, and give what comes of it."""
        from homeassistant.components import tts  # noqa: PLC0415 - needs packages that are there only with an engine
        from homeassistant.components.tts.helper import get_engine_instance  # noqa: PLC0415 - as above

        instance = get_engine_instance(self._hass, engine)
        spoken = (instance and instance.supported_languages) or []
        # One that does not know the language speaks in its own: better than not at all.
        language = next(iter(matches(self._language, spoken, self._hass.config.country)), None)
        stream = tts.async_create_stream(self._hass, engine, language, dict(options))
        try:
            stream.async_set_message(sentence)
            return b"".join([part async for part in stream.async_stream_result()])
        finally:
            stream.delete()
