"""Every switch is said once, in the words that were chosen, on every speaker that is there."""

from typing import Any

import pytest

from homeassistant.core import HomeAssistant

from ..setup import GYM
from .driving import Drive, async_use, mock

SPEAKERS: dict[str, Any] = {"media_players": ["media_player.kitchen"], "tts_engine": "tts.piper"}


async def test_each_direction_is_said_in_its_words_on_players_and_satellites(
    hass: HomeAssistant, drive: Drive
) -> None:
    mock(hass, "tts.speak", "assist_satellite.announce")
    await async_use(
        hass,
        "announce_intervals",
        place=drive.device(GYM),
        **SPEAKERS,
        satellites=["assist_satellite.hall"],
        backward="Go back for {minutes} min, {athlete}!",
        turn="",
    )
    drive.start()
    await drive.wait(165)
    spoken = [data for _, data in drive.called("tts.speak")]
    assert [data["message"] for data in spoken] == ["Go back for 1 min, Anna!", "Forward now."]
    assert spoken[0]["entity_id"] == ["tts.piper"]
    assert spoken[0]["media_player_entity_id"] == ["media_player.kitchen"]
    announced = [data for _, data in drive.called("assist_satellite")]
    assert [data["message"] for data in announced] == [data["message"] for data in spoken]
    assert announced[0]["entity_id"] == ["assist_satellite.hall"]
    assert announced[0]["preannounce"] is False


async def test_a_speaker_that_fails_keeps_no_other_from_speaking(hass: HomeAssistant, drive: Drive) -> None:
    """Its error would otherwise end everything that comes after it."""
    mock(hass, "tts.speak", fails=True)
    mock(hass, "assist_satellite.announce")
    await async_use(
        hass,
        "announce_intervals",
        place=drive.device(GYM),
        **SPEAKERS,
        satellites=["assist_satellite.hall"],
    )
    drive.start()
    await drive.wait(75)
    assert [data["message"] for _, data in drive.called("assist_satellite")] == [
        "Backward, nice and easy.",
        "Turn around. Both feet on the rails first.",
    ]


@pytest.mark.parametrize(
    "speakers",
    [{}, {"media_players": ["media_player.kitchen"]}, {"tts_engine": "tts.piper"}],
    ids=["none", "no-voice", "no-player"],
)
async def test_where_nothing_can_speak_nothing_is_asked_to(
    hass: HomeAssistant, drive: Drive, speakers: dict[str, Any]
) -> None:
    await async_use(hass, "announce_intervals", place=drive.device(GYM), **speakers)
    drive.start()
    await drive.wait(75)
    assert drive.called("tts", "assist_satellite") == []
