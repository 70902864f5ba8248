"""Fetches what is to be played as a real player does: over the network, from the address it was given."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
import shutil
from typing import Any, Final

from aiohttp import ClientError, ClientTimeout
from yarl import URL

from homeassistant.components import media_source
from homeassistant.components.media_player.browse_media import async_process_play_media_url
from homeassistant.components.media_player.const import MediaType
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.network import is_hass_url
from homeassistant.util import dt as dt_util

from . import inside, tones, wav
from .speech import SPOKEN, seconds_for, words_of

TIMEOUT: Final = ClientTimeout(total=20)
SONG: Final = 180.0
"""Seconds that music takes which nobody can read."""

ENDLESS: Final = frozenset({MediaType.CHANNEL, MediaType.PLAYLIST})
CONVERTER: Final = "ffmpeg"
SPEECH: Final = "/api/tts_proxy/"
"""In the address of all that a speech engine makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a player got."""

    text: str
    """The words, or where they are not known the address."""

    seconds: float | None
    """How long it takes; None has no end."""

    onset: float | None
    """Seconds from its beginning until something is heard; None where that cannot be read."""

    marks: tuple[tuple[float, str], ...]
    """What is said at how many seconds, where a file of several sounds tells."""

    pitch: int | None
    """Its known pitch, where it begins with one."""

    at: datetime
    """When all of it was there."""

    @property
    def parts(self) -> tuple[tuple[float, str], ...]:
        """Give what is said at how many seconds: one thing, where the file does not tell of several."""
        return self.marks or ((0.0, self.text),)

    def told(self, entity_id: str, media_id: str) -> dict[str, Any]:
        """Give it as an event tells it."""
        return {
            "entity_id": entity_id,
            "text": self.text,
            "media_id": media_id,
            "fetched": self.at.isoformat(),
            "onset": self.onset,
            "pitch": self.pitch,
            "seconds": self.seconds,
            "parts": [{"at": at, "text": text} for at, text in self.parts],
        }


async def async_fetch(hass: HomeAssistant, media_id: str, media_type: str, entity_id: str) -> Fetched | None:
    """Get what is to be played; nothing comes of speech that could not be made. What has no end is not waited for."""
    address = media_id
    if media_source.is_media_source_id(media_id):
        address = (await media_source.async_resolve_media(hass, media_id, entity_id)).url
    audio = None if media_type in ENDLESS else await _async_download(hass, address)
    if audio is None and SPEECH in address:
        return None
    at = dt_util.utcnow()
    sound = await _async_hear(audio) if audio else None
    marks = tuple(wav.marks_of(audio)) if audio else ()
    text = " ".join(said for _, said in marks) if marks else None
    if text is None and audio:
        text = hass.data[SPOKEN].text_of(audio, sound)
    return Fetched(
        text=text or words_of(media_id),
        seconds=sound.seconds if sound else _length(text, media_type),
        onset=tones.onset(sound) if sound else None,
        marks=marks,
        pitch=tones.pitch_of(sound) if sound else None,
        at=at,
    )


def _length(text: str | None, media_type: str) -> float | None:
    """Tell how long something takes that cannot be read as sound."""
    if text is not None:
        return seconds_for(text)
    return None if media_type in ENDLESS else SONG


async def _async_hear(audio: bytes) -> wav.Sound | None:
    """Read a sound, with a converter's help where it is no WAV file."""
    if (sound := wav.read(audio)) is not None:
        return sound
    if (converter := shutil.which(CONVERTER)) is None:
        return None
    process = await asyncio.create_subprocess_exec(
        converter,
        *("-loglevel", "quiet", "-i", "pipe:0", "-f", "wav", "-acodec", "pcm_s16le", "pipe:1"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    converted, _ = await process.communicate(audio)
    return wav.read(converted)


async def _async_download(hass: HomeAssistant, address: str) -> bytes | None:
    """Get the sound. Where our own server does not serve it, as in tests, it is read where it is made.

    Nobody else is ever asked: music from elsewhere is only pretended.
    """
    try:
        url = async_process_play_media_url(hass, address)
    except HomeAssistantError:
        return await _async_read(hass, address)
    if not is_hass_url(hass, url):
        return None
    if hass.http.runner is None:
        return await _async_read(hass, address)
    try:
        async with async_get_clientsession(hass).get(url, timeout=TIMEOUT) as response:
            response.raise_for_status()
            return await response.read()
    except ClientError, TimeoutError:
        return None


async def _async_read(hass: HomeAssistant, address: str) -> bytes | None:
    if SPEECH not in address:
        return await inside.async_get(hass, URL(address))
    read_stream = hass.data[SPOKEN].read_stream
    try:
        return None if read_stream is None else await read_stream(address)
    except HomeAssistantError:
        return None
