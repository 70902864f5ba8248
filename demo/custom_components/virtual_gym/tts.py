"""A voice that works without any service, and remembers what it said."""

from functools import partial
import logging
import shutil
from typing import Any, Final, override

from homeassistant.components import tts
from homeassistant.components.tts import ATTR_PREFERRED_FORMAT, TextToSpeechEntity, TtsAudioType
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import voice
from .const import DOMAIN, TITLE
from .room import GymConfigEntry
from .speech import SPOKEN

LOGGER: Final = logging.getLogger(__name__)


async def async_setup_entry(
    hass: HomeAssistant, _entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the voice, and let speakers read speech where no web server serves it."""
    program = await hass.async_add_executor_job(shutil.which, voice.PROGRAM)
    hass.data[SPOKEN].read_stream = partial(_async_read_stream, hass)
    async_add_entities([Voice(program)])


async def _async_read_stream(hass: HomeAssistant, address: str) -> bytes | None:
    stream = tts.async_get_stream(hass, address.rpartition("/")[2])
    return None if stream is None else b"".join([chunk async for chunk in stream.async_stream_result()])


class Voice(TextToSpeechEntity):
    """The gym's voice."""

    _attr_default_language = "en"
    _attr_has_entity_name = True
    _attr_translation_key = "voice"
    _attr_unique_id = "voice"

    def __init__(self, program: str | None) -> None:
        """Speak with a program, or hum."""
        self._attr_device_info = DeviceInfo(
            entry_type=DeviceEntryType.SERVICE, identifiers={(DOMAIN, "voice")}, name=TITLE
        )
        # Otherwise Home Assistant turns everything into mp3, which takes time and costs the exact length.
        self._attr_default_options = {ATTR_PREFERRED_FORMAT: "wav"}
        self._attr_supported_languages = list(voice.VOICES)
        self._program = program

    @override
    async def async_get_tts_audio(self, message: str, language: str, options: dict[str, Any]) -> TtsAudioType:
        audio = None
        if self._program is not None:
            audio = await voice.async_speak(self._program, message, language)
            if audio is None:
                LOGGER.warning("%s did not say anything, so the text is hummed", self._program)
        if audio is None:
            audio = await self.hass.async_add_executor_job(voice.hum, message)
        self.hass.data[SPOKEN].remember(audio, message)
        return "wav", audio
