"""A speaker that hangs, a voice that fails, a plug that is pulled: the session goes on, and what is wrong is named once."""

import asyncio

import pytest

from custom_components.backstride.engine.session import Command, SessionState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError

from .gym.visit import IN_THE_GYM, async_do, attribute, state
from .hall import PLAYER, Hall, OpenHall
from .listening import WALL, behave, offered, plug
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


def unloading(hall: Hall) -> asyncio.Task[bool]:
    """Unload Backstride while time goes on."""
    (entry,) = hall.hass.config_entries.async_entries("backstride")
    return hall.hass.async_create_task(hall.hass.config_entries.async_unload(entry.entry_id))


async def come_back(hall: Hall) -> None:
    """Load Backstride again."""
    (entry,) = hall.hass.config_entries.async_entries("backstride")
    assert await hall.hass.config_entries.async_setup(entry.entry_id)
    hall.coordinator = entry.runtime_data
    await hall.hass.async_block_till_done(wait_background_tasks=True)


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


async def test_a_speaker_that_comes_for_nothing_is_named_once_and_what_it_missed_is_counted(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    await behave(hall, PLAYER, "stays_silent")
    hall.start()
    await hall.wait(70)
    named = [text for text in complaints(caplog, PLAYER) if "did not come for what it was to play" in text]
    assert len(named) == len(complaints(caplog, PLAYER)) == 1
    missed = hall.coordinator.coach(GYM).speakers[0]["left_out"]
    assert missed >= 8
    assert words(hall.hass, OTHER)[-1] == "Feet on the side rails and turn around."
    assert hall.coordinator.coach(GYM).speakers[1]["left_out"] == 0


async def test_a_speaker_that_comes_for_nothing_does_not_keep_back_what_follows_a_warning(hall: Hall) -> None:
    await behave(hall, PLAYER, "stays_silent")
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(6)
    await behave(hall, PLAYER, "plays")
    await hall.wait(25)
    assert words(hall.hass, PLAYER) == ["Big toe first, then roll to the heel."]


async def test_where_home_assistant_has_no_address_that_is_named_once(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_url(_hass: HomeAssistant) -> str:
        raise NoURLAvailableError

    monkeypatch.setattr("custom_components.backstride.output.shelf.get_url", no_url)
    hall.start()
    await hall.wait(75)
    assert words(hall.hass, PLAYER) == []
    for speaker in (PLAYER, OTHER):
        assert [
            text for text in complaints(caplog, speaker) if "no address of its own" in text
        ] == complaints(caplog, speaker)
        assert len(complaints(caplog, speaker)) == 1
    assert hall.coordinator.coach(GYM).speakers[0]["left_out"] >= 8


async def test_what_could_not_be_sent_is_offered_no_longer(hall: Hall) -> None:
    """Sounds for a speaker that stays unplugged through a session would pile up."""
    await plug(hall, PLAYER, in_=False)
    await plug(hall, OTHER, in_=False)
    hall.start(override=True)
    await hall.wait(75)
    assert offered(hall.hass) == 0
    await plug(hall, PLAYER, in_=True)
    await hall.wait(35)
    assert "Walk forward at 3, one minute." in words(hall.hass, PLAYER)


async def test_a_session_that_is_unloaded_beside_a_speaker_that_hangs_leaves_nothing_behind(
    hall: Hall,
) -> None:
    hall.start()
    await hall.wait(12)
    await behave(hall, PLAYER, "hangs")
    await hall.wait_beside_what_hangs(8)
    unload = unloading(hall)
    await hall.wait_beside_what_hangs(20)
    assert await unload
    assert offered(hall.hass) == 0
    assert words(hall.hass, OTHER)[-1] == "Home Assistant stops. Your session is paused."
    await behave(hall, PLAYER, "plays")
    await come_back(hall)


async def test_the_last_words_before_home_assistant_stops_reach_a_speaker_that_is_slow(
    open_hall: OpenHall,
) -> None:
    hall = await open_hall(speakers=[WALL], announce_volume=0.8)
    hall.start()
    await hall.wait(20)
    unload = unloading(hall)
    await hall.wait_beside_what_hangs(1.5)
    assert words(hall.hass, WALL)[-1] == "Home Assistant stops. Your session is paused."
    assert not unload.done()
    await hall.wait_beside_what_hangs(5)
    assert await unload
    assert attribute(hall.hass, WALL, "volume_level") == 0.5
    assert offered(hall.hass) == 0
    await come_back(hall)


async def test_other_settings_and_then_an_unload_right_after_a_session_leave_nothing_behind(
    hall: Hall,
) -> None:
    hall.start()
    await hall.wait(12)
    entry = hall.coordinator.entry
    for speakers in ([OTHER], [PLAYER]):
        data = {**entry.subentries[GYM].data, "speakers": speakers}
        hall.hass.config_entries.async_update_subentry(entry, entry.subentries[GYM], data=data)
        hall.command(Command.STOP)
        await hall.wait(0.5)
        hall.start()
        await hall.wait(3)
    unload = unloading(hall)
    await hall.wait_beside_what_hangs(10)
    assert await unload
    assert offered(hall.hass) == 0
    await come_back(hall)
