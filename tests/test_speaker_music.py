"""What a speaker played, and how loud it was, is as it was before as soon as the coach is done with it."""

import pytest

from custom_components.backstride.engine.session import Command
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .gym.visit import IN_THE_GYM, async_do, attribute, state
from .hall import NOON, Hall, OpenHall
from .listening import AMPLIFIER, ANNOUNCES, SONG, Told, behave, heard, play, plug, set_volume, words

pytestmark = IN_THE_GYM

OTHER_SONG = "http://music.example/other"


@pytest.fixture
async def hall(open_hall: OpenHall) -> Hall:
    """Give a gym with an amplifier that knows no announcements and is made louder for them."""
    return await open_hall(speakers=[AMPLIFIER], announce_volume=0.8)


def position(hass: HomeAssistant, speaker: str) -> float:
    """Tell how far it is into what it plays."""
    at = attribute(hass, speaker, "media_position_updated_at")
    since: float = (dt_util.utcnow() - at).total_seconds()
    return float(attribute(hass, speaker, "media_position")) + since


def volume(hass: HomeAssistant, speaker: str) -> float:
    return float(attribute(hass, speaker, "volume_level"))


def content(hass: HomeAssistant, speaker: str) -> str | None:
    found = hass.states.get(speaker)
    assert found is not None
    return found.attributes.get("media_content_id")


async def test_music_comes_back_where_it_was_and_as_loud_as_it_was(hall: Hall) -> None:
    await play(hall, AMPLIFIER)
    await hall.wait(20)
    before = position(hall.hass, AMPLIFIER)
    hall.start()
    await hall.wait(1)
    assert content(hall.hass, AMPLIFIER) != SONG
    assert volume(hall.hass, AMPLIFIER) == 0.8
    await hall.wait(13)
    assert content(hall.hass, AMPLIFIER) != SONG, "the countdown and the change come too soon for music"
    await hall.wait(10)
    assert content(hall.hass, AMPLIFIER) == SONG
    assert volume(hall.hass, AMPLIFIER) == 0.5
    now = position(hall.hass, AMPLIFIER)
    assert before <= now < before + 8, "it goes on where it was interrupted"


async def test_between_two_cues_that_follow_soon_music_does_not_come_back(hall: Hall) -> None:
    await play(hall, AMPLIFIER)
    told = Told(hall.hass, AMPLIFIER)
    hall.start()
    await hall.wait(12)
    assert told.names == ["volume_set", "play_media", "play_media"]


async def test_at_the_end_music_comes_back_after_the_last_words(hall: Hall) -> None:
    await play(hall, AMPLIFIER, kind="channel")
    await hall.wait(1)
    hall.start()
    await hall.wait(161)
    assert words(hall, AMPLIFIER)[-1] == "Well done. Your session is complete."
    assert content(hall.hass, AMPLIFIER) != SONG
    await hall.wait(10)
    assert words(hall, AMPLIFIER)[-2] == "That is the first day of a new streak."
    assert content(hall.hass, AMPLIFIER) == SONG
    assert state(hall.hass, AMPLIFIER) == "playing"
    assert volume(hall.hass, AMPLIFIER) == 0.5


async def test_a_volume_that_the_person_chose_meanwhile_stays(hall: Hall) -> None:
    hall.start()
    await hall.wait(2)
    assert volume(hall.hass, AMPLIFIER) == 0.8
    await set_volume(hall, AMPLIFIER, 0.3)
    await hall.wait(8)
    assert "Three." in words(hall, AMPLIFIER)
    assert volume(hall.hass, AMPLIFIER) == 0.3, "nor is it made louder for the next cue"
    await hall.wait(160)
    assert volume(hall.hass, AMPLIFIER) in {0.3, 0.8}
    await hall.wait(10)
    assert volume(hall.hass, AMPLIFIER) == 0.3


@pytest.mark.parametrize("other", [OTHER_SONG, None])
async def test_music_that_the_person_started_or_stopped_meanwhile_is_left_alone(
    hall: Hall, other: str | None
) -> None:
    await play(hall, AMPLIFIER)
    hall.start()
    await hall.wait(12)
    hall.command(Command.STOP)
    await hall.wait(1)
    if other is None:
        await async_do(hall.hass, "media_player.turn_off", AMPLIFIER)
    else:
        await play(hall, AMPLIFIER, other)
    await hall.wait(10)
    assert content(hall.hass, AMPLIFIER) == other
    assert position(hall.hass, AMPLIFIER) >= 9 if other else state(hall.hass, AMPLIFIER) == "off"


async def test_a_player_that_announces_is_left_to_go_on_by_itself(open_hall: OpenHall) -> None:
    hall = await open_hall(speakers=[ANNOUNCES], announce_volume=0.8)
    await play(hall, ANNOUNCES)
    await hall.wait(20)
    told = Told(hall.hass, ANNOUNCES)
    hall.start()
    await hall.wait(5)
    assert told.names == ["volume_set", "play_media"]
    assert told.actions[1][1]["announce"] is True
    assert content(hall.hass, ANNOUNCES) == SONG
    hall.command(Command.STOP)
    await hall.wait(10)
    assert "media_seek" not in told.names
    assert volume(hall.hass, ANNOUNCES) == 0.5


async def test_where_nothing_was_played_nothing_is_played_afterwards(hall: Hall) -> None:
    told = Told(hall.hass, AMPLIFIER)
    hall.start()
    await hall.wait(3)
    hall.command(Command.STOP)
    await hall.wait(10)
    assert told.names == ["volume_set", "play_media", "play_media", "volume_set"]


async def test_without_a_volume_of_the_place_the_speaker_keeps_its_own(open_hall: OpenHall) -> None:
    hall = await open_hall(speakers=[AMPLIFIER])
    told = Told(hall.hass, AMPLIFIER)
    hall.start()
    await hall.wait(170)
    assert "volume_set" not in told.names


async def test_muted_while_music_waits_for_the_next_cue_music_comes_back_all_the_same(hall: Hall) -> None:
    """The next cue was so near that music was not put back before it; and then it is never said."""
    await play(hall, AMPLIFIER)
    await hall.wait(1)
    hall.start()
    await hall.wait(4.5)
    assert content(hall.hass, AMPLIFIER) != SONG
    await async_do(hall.hass, "switch.turn_off", "switch.gym_spoken_cues")
    await hall.wait(20)
    assert "Three." not in words(hall, AMPLIFIER)
    assert content(hall.hass, AMPLIFIER) == SONG
    assert volume(hall.hass, AMPLIFIER) == 0.5


async def test_what_a_slow_player_still_says_it_played_of_ours_is_not_played_again(hall: Hall) -> None:
    """Some players are asked only every ten seconds what they do."""
    hall.start()
    await hall.wait(2)
    ours = content(hall.hass, AMPLIFIER)
    hall.command(Command.STOP)
    await hall.wait(10)
    found = hall.hass.states.get(AMPLIFIER)
    assert found is not None
    shown = {**found.attributes, "media_content_id": ours, "media_content_type": "music"}
    hall.hass.states.async_set(AMPLIFIER, "playing", shown)
    told = Told(hall.hass, AMPLIFIER)
    hall.start()
    await hall.wait(1)
    hall.command(Command.STOP)
    await hall.wait(10)
    assert ours not in [data.get("media_content_id") for _, data in told.actions]


async def test_a_player_whose_volume_is_reported_late_gets_it_back(hall: Hall) -> None:
    told = Told(hall.hass, AMPLIFIER)
    hall.start()
    await hall.wait(1)
    found = hall.hass.states.get(AMPLIFIER)
    assert found is not None
    hall.command(Command.STOP)
    for _ in range(10):
        found = hall.hass.states.get(AMPLIFIER)
        assert found is not None
        hall.hass.states.async_set(AMPLIFIER, found.state, {**found.attributes, "volume_level": 0.5})
        await hall.wait(1)
    assert [data["volume_level"] for name, data in told.actions if name == "volume_set"][-1] == 0.5


async def test_a_player_that_was_off_gets_its_volume_as_soon_as_it_has_one(hall: Hall) -> None:
    await async_do(hall.hass, "media_player.turn_off", AMPLIFIER)
    hall.hass.states.async_set(AMPLIFIER, "off", {"supported_features": 1})
    hall.start()
    await hall.wait(11)
    assert "Three." in words(hall, AMPLIFIER)
    assert volume(hall.hass, AMPLIFIER) == 0.8
    hall.command(Command.STOP)
    await hall.wait(10)
    assert volume(hall.hass, AMPLIFIER) == 0.5


@pytest.mark.logs
async def test_a_player_that_lets_nobody_set_its_volume_is_heard_all_the_same(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    async def refuse(_call: object) -> None:
        raise ValueError("no volume")

    hall.hass.services.async_register("media_player", "volume_set", refuse)
    hall.start()
    await hall.wait(12)
    assert "Walk backward at 1.2, one minute." in words(hall, AMPLIFIER)
    assert caplog.text.count("failed at media_player.volume_set") == 1


@pytest.mark.logs
async def test_what_is_unplugged_before_its_music_comes_back_is_left_alone(hall: Hall) -> None:
    await play(hall, AMPLIFIER)
    hall.start()
    await hall.wait(2)
    hall.command(Command.STOP)
    await hall.wait(1)
    await plug(hall, AMPLIFIER, in_=False)
    await hall.wait(10)
    await plug(hall, AMPLIFIER, in_=True)
    assert state(hall.hass, AMPLIFIER) == "idle"
    await behave(hall, AMPLIFIER, "plays")


async def test_in_quiet_hours_coaching_is_as_loud_as_at_night_and_safety_as_by_day(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    await hass.config.async_set_time_zone("UTC")
    hall = await open_hall(
        speakers=[ANNOUNCES], announce_volume=0.8, night_volume=0.2, quiet_hours=["11:00", "13:00"]
    )
    told = Told(hass, ANNOUNCES)
    hall.start()
    await hall.wait(12)
    assert volume(hass, ANNOUNCES) == 0.2
    await hall.dog(there=True)
    assert [data["volume_level"] for name, data in told.actions if name == "volume_set"] == [0.2, 0.8]
    assert words(hall, ANNOUNCES)[-1] == "Careful. Something is behind you."
    await hall.wait(15)
    assert volume(hass, ANNOUNCES) in {0.2, 0.5}
    hall.command(Command.STOP)
    await hall.wait(10)
    assert volume(hass, ANNOUNCES) == 0.5


async def test_in_quiet_hours_without_a_volume_only_safety_is_heard(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    await hass.config.async_set_time_zone("UTC")
    hall = await open_hall(speakers=[ANNOUNCES], announce_volume=0.8, quiet_hours=["11:00", "13:00"])
    hall.start()
    await hall.wait(12)
    assert words(hall, ANNOUNCES) == []
    await hall.dog(there=True)
    assert words(hall, ANNOUNCES) == ["Careful. Something is behind you."]
    assert volume(hass, ANNOUNCES) == 0.8


async def test_what_a_person_asks_to_hear_is_heard_in_quiet_hours_too(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    """Silence would look like a fault."""
    await hass.config.async_set_time_zone("UTC")
    hall = await open_hall(speakers=[ANNOUNCES], announce_volume=0.8, quiet_hours=["11:00", "13:00"])
    told = Told(hass, ANNOUNCES)
    await hall.press("test_sound_and_lights")
    assert words(hall, ANNOUNCES) == ["This is your coach. You will hear me here."]
    assert told.actions[0] == ("volume_set", {"volume_level": 0.8})


async def test_the_red_stop_is_as_loud_as_by_day_also_where_nobody_walks(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    await hass.config.async_set_time_zone("UTC")
    hours = {"quiet_hours": ["11:00", "13:00"], "night_volume": 0.2}
    hall = await open_hall(speakers=[ANNOUNCES], announce_volume=0.8, **hours)
    told = Told(hass, ANNOUNCES)
    await hall.press("emergency_stop")
    await hall.wait(1)
    assert words(hall, ANNOUNCES)[-1] == "Press the red stop."
    assert told.actions[0] == ("volume_set", {"volume_level": 0.8})
    assert heard(hall, ANNOUNCES)[-1][0] < (dt_util.utcnow() - NOON).total_seconds()
