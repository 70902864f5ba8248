"""Fetches what is to be played as a real player does: over the network, from the address it was given."""

from typing import Final

from aiohttp import ClientError, ClientTimeout

from homeassistant.components import media_source
from homeassistant.components.media_player.browse_media import async_process_play_media_url
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.network import is_hass_url

from . import wav
from .speech import SPOKEN, seconds_for, words_of

TIMEOUT: Final = ClientTimeout(total=20)


async def async_fetch(hass: HomeAssistant, media_id: str, entity_id: str) -> tuple[str, float]:
    """Give the words of what is to be played, and how many seconds it takes."""
    address = media_id
    if media_source.is_media_source_id(media_id):
        address = (await media_source.async_resolve_media(hass, media_id, entity_id)).url
    audio = await _async_download(hass, address)
    text = hass.data[SPOKEN].text_of(audio) if audio else None
    text = text or words_of(media_id)
    sound = wav.read(audio) if audio else None
    return text, seconds_for(text) if sound is None else sound.seconds


async def _async_download(hass: HomeAssistant, address: str) -> bytes | None:
    """Get the sound. Where our own server does not serve it, as in tests, speech is read where it is made."""
    try:
        url = async_process_play_media_url(hass, address)
        if hass.http.runner is None and is_hass_url(hass, url):
            return await _async_read(hass, address)
        async with async_get_clientsession(hass).get(url, timeout=TIMEOUT) as response:
            response.raise_for_status()
            return await response.read()
    except HomeAssistantError, ClientError, TimeoutError:
        return await _async_read(hass, address)


async def _async_read(hass: HomeAssistant, address: str) -> bytes | None:
    read_stream = hass.data[SPOKEN].read_stream
    return None if read_stream is None else await read_stream(address)
