"""Speakers that are slow, that know no announcements, that break down; and what they played before."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from demo.custom_components.virtual_gym import tones
from homeassistant.components.http.server import StaticPathConfig
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.http import HomeAssistantView

from .visit import IN_THE_GYM, async_do, async_open, async_pass, attribute, state

pytestmark = IN_THE_GYM

ANNOUNCES, WALL, AMPLIFIER = (f"media_player.gym_{name}" for name in ("speaker", "wall_speaker", "amplifier"))
VOICE = "tts.virtual_gym_voice"
FOUR_SECONDS = " ".join(["step"] * 16)


@pytest.fixture
async def gym(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    gym_can_be_found: None,  # noqa: ARG001 - it has to be found before it is opened
) -> AsyncIterator[None]:
    """Open a gym in which everything is hummed, and at the end is still."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    await async_open(hass)
    yield
    for speaker in (ANNOUNCES, WALL, AMPLIFIER):
        await behave(hass, speaker, "plays")
        await async_do(hass, "media_player.media_stop", speaker)


async def behave(hass: HomeAssistant, speaker: str, manner: str) -> None:
    await async_do(hass, "select.select_option", f"select.{speaker.split('.')[1]}_manners", option=manner)


async def turn(hass: HomeAssistant, speaker: str, knob: str, seconds: float) -> None:
    await async_do(hass, "number.set_value", f"number.{speaker.split('.')[1]}_{knob}", value=seconds)


async def say(hass: HomeAssistant, speaker: str, text: str) -> None:
    await async_do(hass, "tts.speak", VOICE, media_player_entity_id=speaker, message=text, cache=False)


async def play(hass: HomeAssistant, speaker: str, what: str = "music", **more: object) -> None:
    await async_do(
        hass,
        "media_player.play_media",
        speaker,
        media_content_type=what,
        media_content_id=f"http://music.example/{what}",
        **more,
    )


def words(hass: HomeAssistant, speaker: str) -> list[str]:
    return [clip["text"] for clip in attribute(hass, speaker, "played")]


def instants(event: dict[str, Any], began: datetime) -> list[float]:
    """Tell after how many seconds it was called, fetched its sound, and sounded."""
    return [
        round((datetime.fromisoformat(event[key]) - began).total_seconds(), 2)
        for key in ("called", "fetched", "at")
    ]


@pytest.mark.usefixtures("gym")
@pytest.mark.parametrize(
    ("knob", "then"), [("wakes_up_in", [0.0, 2.0, 2.0]), ("buffers_for", [0.0, 0.0, 2.0])]
)
async def test_a_slow_speaker_takes_the_call_at_once_and_sounds_later(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, knob: str, then: list[float]
) -> None:
    """Waking can be seen from outside, because the fetch comes late; a buffer cannot."""
    await turn(hass, ANNOUNCES, knob, 2)
    events = async_capture_events(hass, "virtual_gym_heard")
    began = datetime.fromisoformat(hass.states.get(ANNOUNCES).last_reported.isoformat())  # type: ignore[union-attr]
    await say(hass, ANNOUNCES, FOUR_SECONDS)
    await hass.async_block_till_done()
    await async_pass(hass, freezer, 1)
    assert events == []
    assert state(hass, ANNOUNCES) == "idle"
    await async_pass(hass, freezer, 1)
    assert [instants(event.data, began) for event in events] == [then]
    assert state(hass, ANNOUNCES) == "playing"


@pytest.mark.usefixtures("gym")
async def test_a_speaker_is_awake_for_a_while_after_a_sound(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    events = async_capture_events(hass, "virtual_gym_heard")
    waited = []
    for pause in (0, 4, 10):
        await async_pass(hass, freezer, pause)
        await say(hass, WALL, "step")
        began = datetime.now().astimezone()
        await async_pass(hass, freezer, 2)
        waited.append((len(events), instants(events[-1].data, began)[1] > 0.5))
    assert [count for count, _ in waited] == [1, 2, 3]
    lengths = [
        (
            datetime.fromisoformat(event.data["fetched"]) - datetime.fromisoformat(event.data["called"])
        ).total_seconds()
        for event in events
    ]
    assert lengths == [pytest.approx(1, abs=0.6)] * 3, "under a clock of whole seconds"
    assert attribute(hass, WALL, "supported_features") & 2**20 == 0


@pytest.mark.usefixtures("gym")
async def test_where_the_first_sample_is_heard_is_told(hass: HomeAssistant) -> None:
    events = async_capture_events(hass, "virtual_gym_heard")
    await say(hass, ANNOUNCES, "step")
    assert events[0].data["text"] == "step"
    assert events[0].data["onset"] == pytest.approx(0, abs=0.1)
    assert events[0].data["seconds"] == pytest.approx(0.25, abs=0.01)
    assert events[0].data["volume"] == 0.5


@pytest.mark.usefixtures("gym")
async def test_who_announces_goes_on_with_what_was_playing_where_it_was(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await play(hass, ANNOUNCES)
    await async_pass(hass, freezer, 10)
    await say(hass, ANNOUNCES, FOUR_SECONDS)
    assert attribute(hass, ANNOUNCES, "media_title") == FOUR_SECONDS
    await async_pass(hass, freezer, 5)
    assert state(hass, ANNOUNCES) == "playing"
    assert attribute(hass, ANNOUNCES, "media_content_id") == "http://music.example/music"
    assert attribute(hass, ANNOUNCES, "media_position") == 10
    await async_pass(hass, freezer, 171)
    assert state(hass, ANNOUNCES) == "idle", "three minutes after it began, and the announcement"


@pytest.mark.usefixtures("gym")
async def test_two_announcements_in_a_row_keep_the_music_waiting(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await play(hass, ANNOUNCES, "channel")
    await say(hass, ANNOUNCES, FOUR_SECONDS)
    await say(hass, ANNOUNCES, "and on")
    assert words(hass, ANNOUNCES)[-1] == "and on"
    await async_pass(hass, freezer, 3)
    assert attribute(hass, ANNOUNCES, "media_content_id") == "http://music.example/channel"
    await async_pass(hass, freezer, 600)
    assert state(hass, ANNOUNCES) == "playing", "radio has no end"
    assert "media_position" not in hass.states.get(ANNOUNCES).attributes  # type: ignore[union-attr]


@pytest.mark.usefixtures("gym")
async def test_who_cannot_announce_forgets_what_was_playing(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await play(hass, WALL, announce=True)
    await async_pass(hass, freezer, 2)
    assert state(hass, WALL) == "playing"
    await say(hass, WALL, "step")
    await async_pass(hass, freezer, 3)
    assert state(hass, WALL) == "idle"
    assert "media_content_id" not in hass.states.get(WALL).attributes  # type: ignore[union-attr]


@pytest.mark.usefixtures("gym")
async def test_what_was_playing_can_be_put_back(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    await async_do(hass, "media_player.media_seek", AMPLIFIER, seek_position=9)
    assert state(hass, AMPLIFIER) == "idle", "there is nothing to move in"
    await play(hass, AMPLIFIER)
    await async_pass(hass, freezer, 1)
    await async_do(hass, "media_player.media_seek", AMPLIFIER, seek_position=170)
    assert attribute(hass, AMPLIFIER, "media_position") == 170
    await async_pass(hass, freezer, 9)
    assert state(hass, AMPLIFIER) == "playing"
    await async_pass(hass, freezer, 2)
    assert state(hass, AMPLIFIER) == "idle"


@pytest.mark.usefixtures("gym")
async def test_a_speaker_that_hangs_comes_back_only_when_a_hand_helps(hass: HomeAssistant) -> None:
    await behave(hass, ANNOUNCES, "hangs")
    call = asyncio.create_task(say(hass, ANNOUNCES, "step"))
    await asyncio.sleep(0.05)
    assert not call.done()
    await behave(hass, ANNOUNCES, "plays")
    with pytest.raises(HomeAssistantError):
        await call
    assert words(hass, ANNOUNCES) == []


@pytest.mark.usefixtures("gym")
async def test_a_speaker_that_refuses_says_so(hass: HomeAssistant) -> None:
    await behave(hass, ANNOUNCES, "refuses")
    with pytest.raises(HomeAssistantError) as refused:
        await say(hass, ANNOUNCES, "step")
    assert refused.value.translation_key == "speaker_refuses"
    with pytest.raises(HomeAssistantError):
        await async_do(hass, "media_player.volume_set", ANNOUNCES, volume_level=0.3)


@pytest.mark.usefixtures("gym")
async def test_a_speaker_may_take_everything_and_stay_silent(hass: HomeAssistant) -> None:
    await behave(hass, ANNOUNCES, "stays_silent")
    await say(hass, ANNOUNCES, "step")
    assert words(hass, ANNOUNCES) == []
    assert state(hass, ANNOUNCES) == "idle"


@pytest.mark.usefixtures("gym")
async def test_pulling_the_plug_silences_it_and_makes_it_unavailable(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await say(hass, ANNOUNCES, FOUR_SECONDS)
    await async_do(hass, "switch.turn_off", "switch.gym_speaker_plugged_in")
    assert state(hass, ANNOUNCES) == "unavailable"
    await async_pass(hass, freezer, 2)
    await async_do(hass, "switch.turn_on", "switch.gym_speaker_plugged_in")
    assert state(hass, ANNOUNCES) == "idle"


@pytest.mark.usefixtures("gym")
async def test_a_plug_pulled_while_it_wakes_keeps_it_silent(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await say(hass, WALL, "step")
    await async_do(hass, "switch.turn_off", "switch.gym_wall_speaker_plugged_in")
    await async_pass(hass, freezer, 5)
    await async_do(hass, "switch.turn_on", "switch.gym_wall_speaker_plugged_in")
    assert words(hass, WALL) == []


async def test_a_page_of_our_own_is_read_without_a_web_server(
    hass: HomeAssistant, hass_config_dir: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sounds that are no speech are served by pages too."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    await async_open(hass)

    class Page(HomeAssistantView):
        url, name, requires_auth = "/sounds/{what}", "sounds", False

        async def get(self, _request: web.Request, what: str) -> web.Response:
            return web.Response(body=tones.speak(what, 1000), content_type="audio/wav")

    hass.http.register_view(Page)
    Path(hass_config_dir, "file.wav").write_bytes(tones.speak("a file", 500))
    await hass.http.async_register_static_paths(
        [StaticPathConfig("/file.wav", f"{hass_config_dir}/file.wav")]
    )
    for address in ("/sounds/ding", "/file.wav", "/sounds", "/nothing.wav"):
        await play_address(hass, address)
    assert words(hass, ANNOUNCES) == ["ding", "a file", "/sounds", "/nothing.wav"]
    await async_do(hass, "media_player.media_stop", ANNOUNCES)


async def play_address(hass: HomeAssistant, address: str) -> None:
    await async_do(
        hass,
        "media_player.play_media",
        ANNOUNCES,
        media_content_type="music",
        media_content_id=address,
    )
