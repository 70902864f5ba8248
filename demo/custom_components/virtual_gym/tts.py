"""A voice that works without any service, and remembers what it said."""

from functools import partial
import logging
import shutil
from typing import Any, Final, override

from homeassistant.components import tts
from homeassistant.components.tts import ATTR_PREFERRED_FORMAT, TextToSpeechEntity, TtsAudioType
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import tones, voice
from .room import GymConfigEntry
from .speech import SPOKEN
from .voice_box import VoiceBox
from .voice_device import DEVICE

LOGGER: Final = logging.getLogger(__name__)


async def async_setup_entry(
    hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the voices, and let speakers read speech where no web server serves it."""
    program = await hass.async_add_executor_job(shutil.which, voice.PROGRAM)
    hass.data[SPOKEN].read_stream = partial(_async_read_stream, hass)
    async_add_entities(Voice(box, program) for box in entry.runtime_data.voices)


async def _async_read_stream(hass: HomeAssistant, address: str) -> bytes | None:
    stream = tts.async_get_stream(hass, address.rpartition("/")[2])
    return None if stream is None else b"".join([chunk async for chunk in stream.async_stream_result()])


class Voice(TextToSpeechEntity):
    """A voice of the gym."""

    _attr_default_language = "en"
    _attr_has_entity_name = True
    _attr_device_info = DEVICE

    def __init__(self, box: VoiceBox, program: str | None) -> None:
        """Speak with a program, or hum; or beep."""
        if box.name:
            self._attr_name = box.name
        else:
            self._attr_translation_key = "voice"
        self._attr_unique_id = f"voice {box.name}".rstrip()
        # Otherwise Home Assistant turns everything into mp3, which takes time and costs the exact length.
        self._attr_default_options = {} if box.converted else {ATTR_PREFERRED_FORMAT: "wav"}
        self._attr_supported_languages = list(voice.VOICES)
        self._box = box
        self._program = program

    @override
    async def async_get_tts_audio(self, message: str, language: str, options: dict[str, Any]) -> TtsAudioType:
        await self._box.async_take_its_time()
        pitch = self._box.async_pitch_for(message)
        make_in = self.hass.async_add_executor_job
        if self._box.beeps:
            audio = await make_in(tones.speak, message, tones.of(pitch))
            self.hass.data[SPOKEN].remember(audio, message, pitch)
            return "wav", audio
        spoken = await self._async_speak(message, language)
        audio = await make_in(voice.hum, message) if spoken is None else spoken
        self.hass.data[SPOKEN].remember(audio, message)
        return "wav", audio

    async def _async_speak(self, message: str, language: str) -> bytes | None:
        if self._program is None:
            return None
        audio = await voice.async_speak(self._program, message, language)
        if audio is None:
            LOGGER.warning("%s did not say anything, so the text is hummed", self._program)
        return audio
