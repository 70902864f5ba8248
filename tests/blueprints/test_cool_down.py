"""The end has its scene and its music, where there is a reason to cool down."""

from typing import Any

import pytest

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from ..setup import GYM
from .driving import Drive, async_use, mock

PLAYER = "media_player.gym"
MUSIC = {
    "entity_id": PLAYER,
    "media_content_id": "media-source://media_source/local/calm.mp3",
    "media_content_type": "audio/mpeg",
}


async def _cool(drive: Drive, *, fails: bool = False, **more: Any) -> None:
    hass = drive.hass
    mock(hass, *(f"media_player.{each}" for each in ("play_media", "media_stop", "volume_set")), fails=fails)
    evening = {"name": "Evening", "entities": {"switch.gym_light_cues": "off"}}
    assert await async_setup_component(hass, "scene", {"scene": [evening]})
    await hass.async_block_till_done()
    chosen = {"scene": "scene.evening", "music": MUSIC, "volume": 40, "delay": 8, "minutes": 5, **more}
    chosen = {key: each for key, each in chosen.items() if each is not None}
    await async_use(hass, "cool_down", place=drive.device(GYM), **chosen)


def _heard(drive: Drive) -> list[str]:
    return [name for name, _ in drive.called("scene", "media_player")]


CALM = ["scene.turn_on", "media_player.volume_set", "media_player.play_media"]


@pytest.mark.parametrize("fails", [False, True], ids=["plays", "player-gone"])
async def test_a_completed_session_has_scene_and_music_for_a_while(drive: Drive, *, fails: bool) -> None:
    await _cool(drive, fails=fails)
    drive.start()
    await drive.wait(165)
    assert _heard(drive) == [], "the coach speaks first"
    await drive.wait(8)
    assert _heard(drive) == CALM
    played = drive.called("media_player.play_media")[0][1]
    assert played == {key: [each] if key == "entity_id" else each for key, each in MUSIC.items()}
    assert drive.called("media_player.volume_set")[0][1]["volume_level"] == 0.4
    await drive.wait(290, 58)
    assert _heard(drive) == CALM
    await drive.wait(15)
    assert _heard(drive) == [*CALM, "media_player.media_stop"]


async def test_another_session_ends_the_music(drive: Drive) -> None:
    await _cool(drive)
    drive.start()
    await drive.wait(175)
    drive.start()
    await drive.settle()
    assert _heard(drive)[-1] == "media_player.media_stop"


@pytest.mark.parametrize("when_stopped", [False, True])
@pytest.mark.parametrize("action", ["stop_session", "emergency_stop", "report_stumble"])
async def test_what_was_stopped_early_is_celebrated_only_where_that_is_chosen_and_nothing_went_wrong(
    hass: HomeAssistant, drive: Drive, action: str, *, when_stopped: bool
) -> None:
    await _cool(drive, when_stopped=when_stopped)
    drive.start()
    await drive.wait(15)
    await hass.services.async_call("backstride", action, {"place": "Gym"}, blocking=True)
    await drive.wait(10)
    wanted = when_stopped and action == "stop_session"
    assert _heard(drive) == (CALM if wanted else [])


async def test_whoever_goes_on_at_once_is_left_alone(drive: Drive) -> None:
    await _cool(drive)
    drive.start()
    await drive.wait(162, 27)
    assert drive.session() == "completed"
    drive.start()
    await drive.wait(10)
    assert _heard(drive) == []


@pytest.mark.parametrize(
    ("more", "heard"),
    [
        ({"music": None}, ["scene.turn_on"]),
        ({"scene": None, "volume": None, "minutes": 0}, ["media_player.play_media"]),
        ({"scene": None, "music": None}, []),
    ],
    ids=["scene-alone", "music-alone-that-plays-on", "nothing"],
)
async def test_what_is_not_chosen_is_left_out(drive: Drive, more: dict[str, Any], heard: list[str]) -> None:
    await _cool(drive, delay=0, **more)
    drive.start()
    await drive.wait(165)
    await drive.wait(3600, 1200)
    assert _heard(drive) == heard
