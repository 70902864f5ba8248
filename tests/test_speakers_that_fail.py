"""A speaker that hangs, a voice that fails, a plug that is pulled: the session goes on, and what is wrong is named once."""

import pytest

from custom_components.backstride.engine.session import SessionState
from homeassistant.core import HomeAssistant

from .gym.visit import IN_THE_GYM, async_do, attribute, state
from .hall import PLAYER, Hall, OpenHall
from .setup import GYM, state_of

pytestmark = [*IN_THE_GYM, pytest.mark.logs]

OTHER = "media_player.gym_amplifier"


@pytest.fixture
async def hall(open_hall: OpenHall) -> Hall:
    """Give a gym with two speakers."""
    return await open_hall(speakers=[PLAYER, OTHER])


def words(hass: HomeAssistant, speaker: str) -> list[str]:
    return [clip["text"] for clip in attribute(hass, speaker, "played")]


def complaints(caplog: pytest.LogCaptureFixture, of: str) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith("custom_components.backstride") and of in record.getMessage()
    ]


async def finish(hall: Hall) -> None:
    """Walk to the end; then what hangs is let go."""
    await hall.wait_beside_what_hangs(163)
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.COMPLETED
    await async_do(hall.hass, "select.select_option", "select.gym_speaker_manners", option="plays")
    await async_do(hall.hass, "select.select_option", "select.virtual_gym_voice_manners", option="speaks")


async def test_a_speaker_that_hangs_keeps_neither_the_session_nor_the_other_speaker_waiting(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    await async_do(hall.hass, "select.select_option", "select.gym_speaker_manners", option="hangs")
    hall.start()
    await finish(hall)
    assert words(hall.hass, PLAYER) == []
    assert "Well done. Your session is complete." in words(hall.hass, OTHER)
    assert "Walk backward at 1.2, one minute." in words(hall.hass, OTHER)
    assert len(complaints(caplog, PLAYER)) == 1
    assert complaints(caplog, OTHER) == []


async def test_a_speaker_that_is_unplugged_on_the_way_is_named_once(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    hall.start()
    await hall.wait(20)
    await async_do(hall.hass, "switch.turn_off", "switch.gym_speaker_plugged_in")
    assert state(hall.hass, PLAYER) == "unavailable"
    await finish(hall)
    assert "Well done. Your session is complete." in words(hall.hass, OTHER)
    assert len(complaints(caplog, PLAYER)) == 1


@pytest.mark.parametrize("manner", ["fails", "hangs"])
async def test_where_a_voice_does_not_speak_chimes_take_its_place_and_that_is_said_once(
    hall: Hall, caplog: pytest.LogCaptureFixture, manner: str
) -> None:
    await async_do(hall.hass, "select.select_option", "select.virtual_gym_voice_manners", option=manner)
    hall.start()
    await finish(hall)
    for speaker in (PLAYER, OTHER):
        heard = words(hall.hass, speaker)
        assert [text for text in heard if not text.startswith("(")] == []
        assert heard[-4:] == ["(tick)", "(tick)", "(tick)", "(complete)"]
    assert len(complaints(caplog, "tts.virtual_gym_voice")) == 1
