"""Speech engines that take their time, beep, fail or hang."""

import asyncio
import time

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_capture_events

from homeassistant.components import tts
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from .visit import IN_THE_GYM, async_do, async_open, attribute

pytestmark = IN_THE_GYM

SPEAKER = "media_player.gym_speaker"
VOICE = "tts.virtual_gym_voice"
MANNERS = "select.virtual_gym_voice_manners"


@pytest.fixture(autouse=True)
def _no_program_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)


async def render(hass: HomeAssistant, voice: str, text: str) -> bytes:
    """Have a text spoken for nobody."""
    media_id = tts.generate_media_source_id(hass, message=text, engine=voice, cache=False)
    _extension, audio = await tts.async_get_media_source_audio(hass, media_id)
    return audio


async def test_a_voice_takes_as_long_as_it_is_told(hass: HomeAssistant) -> None:
    await async_open(hass)
    await async_do(hass, "number.set_value", "number.virtual_gym_voice_delay", value=0.1)
    began = time.monotonic()
    assert await render(hass, VOICE, "step")
    assert time.monotonic() - began >= 0.1


async def test_a_voice_that_fails_raises(hass: HomeAssistant) -> None:
    await async_open(hass)
    await async_do(hass, "select.select_option", MANNERS, option="fails")
    with pytest.raises(HomeAssistantError):
        await render(hass, VOICE, "step")
    await async_do(hass, "select.select_option", MANNERS, option="speaks")
    assert await render(hass, VOICE, "step")


async def test_a_voice_that_hangs_never_answers(hass: HomeAssistant) -> None:
    await async_open(hass)
    await async_do(hass, "select.select_option", MANNERS, option="hangs")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await render(hass, VOICE, "step")


async def test_a_voice_that_beeps_sounds_at_once_and_is_known_by_its_pitch(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="virtual_gym", data={"voices": {"beeper": {}}})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    events = async_capture_events(hass, "virtual_gym_heard")
    for text in ("one two three", "four"):
        await async_do(
            hass, "tts.speak", "tts.virtual_gym_beeper", media_player_entity_id=SPEAKER, message=text
        )
    assert [event.data["onset"] for event in events] == [0.0, 0.0]
    assert [clip["text"] for clip in attribute(hass, SPEAKER, "played")] == ["one two three", "four"]
    await async_do(hass, "media_player.media_stop", SPEAKER)
