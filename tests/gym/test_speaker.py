"""The speaker says what it was given, and tells what was heard."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from homeassistant.core import HomeAssistant

from .visit import IN_THE_GYM, async_do, async_open, async_pass, attribute, state

pytestmark = IN_THE_GYM

SPEAKER = "media_player.gym_speaker"
VOICE = "tts.virtual_gym_voice"
FOUR_SECONDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
)


async def async_say(hass: HomeAssistant, text: str, *, cache: bool = False, **data: object) -> None:
    """Have the speaker say something."""
    await async_do(
        hass, "tts.speak", VOICE, media_player_entity_id=SPEAKER, message=text, cache=cache, **data
    )


def heard(hass: HomeAssistant) -> list[str]:
    """Give the words that were heard."""
    return [clip["text"] for clip in attribute(hass, SPEAKER, "played")]


@pytest.fixture(autouse=True)
def _no_program_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have everything hummed, so that lengths are known wherever these tests run."""
    monkeypatch.setattr("shutil.which", lambda _name: None)


async def test_what_is_said_is_listed_in_the_order_it_is_heard(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    await async_say(hass, "Turn around")
    first = datetime.now(UTC)
    await async_pass(hass, freezer, 5)
    await async_say(hass, "Noch ein Schritt zurück", language="de")
    played = attribute(hass, SPEAKER, "played")
    assert [clip["text"] for clip in played] == ["Turn around", "Noch ein Schritt zurück"]
    assert [datetime.fromisoformat(clip["at"]) for clip in played] == [first, first + timedelta(seconds=5)]


async def test_the_speaker_plays_as_long_as_the_words_take(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    assert state(hass, SPEAKER) == "idle"
    await async_say(hass, FOUR_SECONDS)
    assert state(hass, SPEAKER) == "playing"
    await async_pass(hass, freezer, 3)
    assert state(hass, SPEAKER) == "playing"
    await async_pass(hass, freezer, 2)
    assert state(hass, SPEAKER) == "idle"


async def test_a_later_clip_cuts_an_earlier_one(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """What would end the first clip must not end the second."""
    await async_open(hass)
    await async_say(hass, FOUR_SECONDS)
    await async_pass(hass, freezer, 2)
    await async_say(hass, f"{FOUR_SECONDS} and on")
    await async_pass(hass, freezer, 3)
    assert state(hass, SPEAKER) == "playing"
    await async_pass(hass, freezer, 3)
    assert state(hass, SPEAKER) == "idle"
    assert heard(hass) == [FOUR_SECONDS, f"{FOUR_SECONDS} and on"]


async def test_a_paused_clip_goes_on_where_it_was(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_open(hass)
    await async_say(hass, FOUR_SECONDS)
    await async_pass(hass, freezer, 2)
    await async_do(hass, "media_player.media_pause", SPEAKER)
    await async_pass(hass, freezer, 60)
    assert state(hass, SPEAKER) == "paused"
    await async_do(hass, "media_player.media_play", SPEAKER)
    await async_pass(hass, freezer, 1)
    assert state(hass, SPEAKER) == "playing"
    await async_pass(hass, freezer, 2)
    assert state(hass, SPEAKER) == "idle"


@pytest.mark.parametrize(("action", "after"), [("media_stop", "idle"), ("turn_off", "off")])
async def test_a_clip_can_be_silenced(hass: HomeAssistant, action: str, after: str) -> None:
    await async_open(hass)
    await async_say(hass, FOUR_SECONDS)
    await async_do(hass, f"media_player.{action}", SPEAKER)
    assert state(hass, SPEAKER) == after
    await async_do(hass, "media_player.turn_on", SPEAKER)
    assert state(hass, SPEAKER) == "idle"


async def test_only_the_last_sixty_texts_are_kept(hass: HomeAssistant) -> None:
    await async_open(hass)
    for number in range(62):
        await async_say(hass, f"Number {number}")
    assert heard(hass) == [f"Number {number}" for number in range(2, 62)]
    await async_do(hass, "media_player.media_stop", SPEAKER)


async def test_words_are_known_when_home_assistant_hands_out_a_file_from_before_a_restart(
    hass: HomeAssistant, hass_config_dir: str
) -> None:
    """Nothing is rendered then, so nobody was told what the file says."""
    entry = await async_open(hass)
    await async_say(hass, "From the cache", cache=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    files = await hass.async_add_executor_job(lambda: list(Path(hass_config_dir, "tts").glob("*.wav")))
    assert len(files) == 1
    await hass.config_entries.async_unload(entry.entry_id)
    hass.data.pop("virtual_gym_spoken")
    hass.data["tts_manager"].mem_cache.clear()
    assert await hass.config_entries.async_setup(entry.entry_id)
    await async_say(hass, "From the cache", cache=True)
    assert heard(hass) == ["From the cache"]
    await async_do(hass, "media_player.media_stop", SPEAKER)


async def test_words_are_known_when_home_assistant_converts_the_file(hass: HomeAssistant) -> None:
    await async_open(hass)
    await async_say(hass, "As an mp3", options={"preferred_format": "mp3"})
    assert heard(hass) == ["As an mp3"]
    await async_do(hass, "media_player.media_stop", SPEAKER)


async def test_speech_is_fetched_from_the_web_server_where_there_is_one(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await async_open(hass)
    client = await hass_client_no_auth()
    hass.http.runner = client.server.runner  # type: ignore[assignment]
    await hass.config.async_update(internal_url=str(client.make_url("")).rstrip("/"))
    hass.data["virtual_gym_spoken"].read_stream = None
    await async_say(hass, "Over the network")
    hass.http.runner = None
    assert heard(hass) == ["Over the network"]
    await async_do(hass, "media_player.media_stop", SPEAKER)


async def test_what_is_no_speech_is_listed_by_its_address(hass: HomeAssistant) -> None:
    await async_open(hass)
    await async_do(
        hass,
        "media_player.play_media",
        SPEAKER,
        media_content_type="music",
        media_content_id="/local/bell.wav",
    )
    assert heard(hass) == ["/local/bell.wav"]
    await async_do(hass, "media_player.media_stop", SPEAKER)


async def test_a_clip_is_never_heard_if_the_next_was_asked_for_while_it_was_rendered(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    await async_open(hass)
    began, go_on = asyncio.Event(), asyncio.Event()
    memory = hass.data["virtual_gym_spoken"]
    read_stream = memory.read_stream

    async def slow_once(address: str) -> bytes | None:
        monkeypatch.setattr(memory, "read_stream", read_stream)
        began.set()
        await go_on.wait()
        audio: bytes | None = await read_stream(address)
        return audio

    monkeypatch.setattr(memory, "read_stream", slow_once)
    slow = hass.async_create_task(async_say(hass, "Slow"))
    async with asyncio.timeout(10):
        await began.wait()
    await async_say(hass, "Quick")
    go_on.set()
    await slow
    assert heard(hass) == ["Quick"]
    await async_do(hass, "media_player.media_stop", SPEAKER)


async def test_the_volume_can_be_set_and_stepped(hass: HomeAssistant) -> None:
    await async_open(hass)
    await async_do(hass, "media_player.volume_set", SPEAKER, volume_level=0.3)
    await async_do(hass, "media_player.volume_up", SPEAKER)
    assert attribute(hass, SPEAKER, "volume_level") == pytest.approx(0.4)


async def test_a_program_that_fails_is_replaced_by_humming(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: "false")
    await async_open(hass)
    await async_say(hass, "Hello")
    assert heard(hass) == ["Hello"]
    async_fire_time_changed(hass, datetime.now(UTC) + timedelta(seconds=5))
