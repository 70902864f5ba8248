"""What the coach says when things happen in between: nothing twice, nothing lost, nothing that is no longer so."""

import asyncio
from collections.abc import Iterator

import pytest

from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.session import Command

from .gym.visit import IN_THE_GYM, async_do
from .hall import DOOR, PLAYER, Hall, OpenHall
from .listening import AMPLIFIER, WALL, Told, behave, elapsed, heard, offered, words
from .setup import GYM

pytestmark = IN_THE_GYM

COUNT = ["Three.", "Two.", "One."]
DOG = "button.gym_rear_sensor_dog_walks_in"
CAREFUL = "Careful. Something is behind you."


async def mute(hall: Hall) -> None:
    await async_do(hall.hass, "switch.turn_off", "switch.gym_spoken_cues")


@pytest.fixture
async def hall(open_hall: OpenHall) -> Hall:
    """Give a gym with its speaker."""
    return await open_hall()


async def test_a_countdown_and_the_change_are_one_file(hall: Hall) -> None:
    told = Told(hall.hass, PLAYER)
    hall.start()
    await hall.wait(12)
    assert told.names == ["play_media", "play_media"]
    assert heard(hall, PLAYER)[1:] == [
        *((7.0 + number, word) for number, word in enumerate(COUNT)),
        (10.0, "Walk backward at 1.2, one minute."),
    ]


async def test_an_extension_in_the_middle_of_a_countdown_hushes_it(hall: Hall) -> None:
    hall.start()
    await hall.wait(68.3, step=0.1)
    assert words(hall, PLAYER)[-2:] == ["Three.", "Two."] or words(hall, PLAYER)[-1] == "Two."
    hall.coordinator.async_command(GYM, Command.EXTEND, seconds=30)
    before = elapsed()
    await hall.wait(15)
    assert words(hall, PLAYER, since=before) == ["Light hands on the rails."], (
        "neither the count nor the change"
    )
    await hall.wait(19)
    assert words(hall, PLAYER)[-1] == "Feet on the side rails and turn around."
    assert heard(hall, PLAYER)[-1][0] == 100


async def test_a_pause_in_a_countdown_is_said_in_its_place(hall: Hall) -> None:
    hall.start()
    await hall.wait(68.3, step=0.1)
    hall.command(Command.PAUSE)
    await hall.wait(10)
    assert words(hall, PLAYER)[-1].startswith("Paused.")
    assert "One." not in words(hall, PLAYER, since=60)


async def test_safety_cuts_off_a_countdown_and_the_change_is_said_after_it(hall: Hall) -> None:
    hall.start()
    await hall.wait(69.3, step=0.1)
    await hall.dog(there=True)
    await hall.wait(10, step=0.1)
    late = heard(hall, PLAYER, since=66)
    assert [text for _, text in late] == [*COUNT, CAREFUL, "Turn."]
    assert late[-1][0] < 73


async def test_safety_cuts_off_a_change_and_it_is_said_again_after_it(hall: Hall) -> None:
    """Who has heard half a word does not know that the belt is about to turn."""
    hall.start()
    await hall.wait(70.3, step=0.1)
    assert words(hall, PLAYER)[-1] == "Feet on the side rails and turn around."
    await hall.dog(there=True)
    await hall.wait(10, step=0.1)
    assert words(hall, PLAYER)[-3:] == ["Feet on the side rails and turn around.", CAREFUL, "Turn."]


async def test_a_change_that_was_said_is_not_said_again_after_safety(hall: Hall) -> None:
    hall.start()
    await hall.wait(74)
    await hall.dog(there=True)
    await hall.wait(8)
    assert words(hall, PLAYER)[-2:] == ["Feet on the side rails and turn around.", CAREFUL]


async def test_safety_overtakes_what_a_slow_player_has_not_fetched_yet_and_the_change_is_said_after_it(
    open_hall: OpenHall,
) -> None:
    hall = await open_hall(speakers=[WALL])
    hall.start()
    await hall.wait(30)
    hall.command(Command.SKIP)
    await hall.wait(0.4, step=0.1)
    await hall.dog(there=True)
    await hall.wait(8, step=0.1)
    assert words(hall, WALL, since=30) == [CAREFUL, "Turn."]


async def test_a_warning_that_a_slow_player_comes_late_for_is_not_overtaken_by_a_change(
    open_hall: OpenHall,
) -> None:
    hall = await open_hall(speakers=[WALL])
    hall.start()
    await hall.wait(30)
    await async_do(hall.hass, "number.set_value", "number.gym_wall_speaker_wakes_up_in", value=4.5)
    await hall.dog(there=True)
    await hall.wait(1)
    hall.command(Command.SKIP)
    await hall.wait(12, step=0.1)
    assert words(hall, WALL, since=30)[0] == CAREFUL


async def test_one_warning_cuts_off_the_other(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[{"entity_id": DOOR, "reaction": "hold"}])
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(3)
    assert words(hall, PLAYER)[-2:] == [CAREFUL, "Stop. Something is behind you."]


@pytest.fixture
def slow_voice(monkeypatch: pytest.MonkeyPatch) -> Iterator[asyncio.Event]:
    """Give what has the voice speak at last; until then it is at work."""
    may_speak = asyncio.Event()

    async def take_time(_box: object) -> None:
        await may_speak.wait()

    monkeypatch.setattr("custom_components.virtual_gym.voice_box.VoiceBox.async_take_its_time", take_time)
    yield may_speak
    may_speak.set()


async def test_a_warning_that_is_not_rendered_yet_is_an_alarm_first_and_words_as_soon_as_they_are_there(
    hall: Hall, slow_voice: asyncio.Event
) -> None:
    hall.start()
    await hall.wait_beside_what_hangs(2)
    await async_do(hall.hass, "button.press", DOG)
    await hall.wait_beside_what_hangs(4)
    assert words(hall, PLAYER) == ["(preview)", "(alarm)"]
    slow_voice.set()
    await hall.wait(4)
    assert words(hall, PLAYER).count(CAREFUL) == 1
    assert words(hall, PLAYER)[1:3] == ["(alarm)", CAREFUL]


async def test_the_words_of_a_warning_that_come_too_late_are_not_said(
    hall: Hall, slow_voice: asyncio.Event
) -> None:
    hall.start()
    await hall.wait_beside_what_hangs(2)
    await async_do(hall.hass, "button.press", DOG)
    await hall.wait_beside_what_hangs(12)
    slow_voice.set()
    await hall.wait(4)
    assert CAREFUL not in words(hall, PLAYER)


async def test_the_words_of_a_warning_are_not_said_over_what_was_said_since(
    hall: Hall, slow_voice: asyncio.Event
) -> None:
    hall.start()
    await hall.wait_beside_what_hangs(2)
    await async_do(hall.hass, "button.press", DOG)
    await hall.wait_beside_what_hangs(1)
    hall.coordinator.async_command(GYM, Command.STOP, reason=Reason.EMERGENCY)
    await hall.wait_beside_what_hangs(1)
    slow_voice.set()
    await hall.wait(4)
    assert CAREFUL not in words(hall, PLAYER)


async def test_a_player_that_comes_late_for_a_warning_gets_its_words(
    open_hall: OpenHall, slow_voice: asyncio.Event
) -> None:
    hall = await open_hall(speakers=[WALL])
    await async_do(hall.hass, "number.set_value", "number.gym_wall_speaker_wakes_up_in", value=3)
    hall.start()
    await hall.wait_beside_what_hangs(12)
    await async_do(hall.hass, "button.press", DOG)
    await hall.wait_beside_what_hangs(1)
    slow_voice.set()
    await hall.wait(5)
    assert words(hall, WALL)[-1] == CAREFUL
    assert "(alarm)" not in words(hall, WALL)


async def test_chimes_take_the_place_of_words_but_not_of_safety(open_hall: OpenHall) -> None:
    hall = await open_hall(cue_style="chimes")
    hall.start()
    await hall.wait(12)
    assert words(hall, PLAYER) == ["(preview)", "(tick)", "(tick)", "(tick)", "(backward)"]
    await hall.dog(there=True)
    assert words(hall, PLAYER)[-1] == CAREFUL
    await hall.wait(150)
    assert words(hall, PLAYER)[-1] == "(complete)"
    hall.start()
    await hall.wait(12)
    hall.command(Command.PAUSE)
    await hall.wait(1)
    assert words(hall, PLAYER)[-1] == "(rest)"
    hall.command(Command.RESUME)
    await hall.wait(0.4, step=0.1)
    assert words(hall, PLAYER)[-1] != "(rest)", "who goes on needs no chime but the count"


async def test_cue_kinds_that_are_off_are_not_said(open_hall: OpenHall) -> None:
    hall = await open_hall(cue_kinds=["change"])
    hall.start()
    await hall.wait(175)
    assert words(hall, PLAYER) == [
        "Walk backward at 1.2, one minute.",
        "Feet on the side rails and turn around.",
        "Walk forward at 3, one minute.",
        "That is the first day of a new streak.",
    ]


async def test_muted_in_the_middle_of_a_countdown_it_falls_silent_at_once(hall: Hall) -> None:
    hall.start()
    await hall.wait(68.3, step=0.1)
    await mute(hall)
    await hall.wait(10)
    assert words(hall, PLAYER)[-1] == "Two."


async def test_muting_does_not_cut_off_safety(hall: Hall) -> None:
    hall.start()
    await hall.wait(20)
    told = Told(hall.hass, PLAYER)
    await hall.dog(there=True)
    await mute(hall)
    await hall.wait(1)
    assert words(hall, PLAYER)[-1] == CAREFUL
    assert told.names == ["play_media"]


async def test_the_words_are_those_of_the_interval_that_really_comes(hall: Hall) -> None:
    """What is skipped may leave its very instant to another interval."""
    hall.start()
    await hall.wait(40)
    hall.command(Command.SKIP)
    await hall.wait(29)
    said = words(hall, PLAYER, since=54)
    assert len(said) == 5
    assert all("forward" in text for text in said[:2])


async def test_praise_waits_until_the_last_words_are_over(open_hall: OpenHall) -> None:
    hall = await open_hall(speakers=[WALL])
    await async_do(hall.hass, "number.set_value", "number.gym_wall_speaker_wakes_up_in", value=3)
    hall.start()
    await hall.wait(180)
    assert words(hall, WALL)[-2:] == [
        "Well done. Your session is complete.",
        "That is the first day of a new streak.",
    ]


async def test_a_minute_after_the_end_its_sentences_are_forgotten_and_its_sounds_are_no_longer_offered(
    hall: Hall,
) -> None:
    hall.start()
    await hall.wait(170)
    assert "Well done. Your session is complete." in words(hall, PLAYER)
    assert offered(hall.hass) > 0
    await hall.wait(80)
    assert offered(hall.hass) == 0
    await hall.press("test_sound_and_lights")
    await hall.wait(1)
    assert "This is your coach. You will hear me here." in words(hall, PLAYER)


async def test_a_session_that_begins_within_that_minute_keeps_its_sentences(hall: Hall) -> None:
    hall.start()
    await hall.wait(12)
    hall.command(Command.STOP)
    await hall.wait(30)
    hall.start()
    await hall.wait(50)
    assert words(hall, PLAYER)[-1] == "Chest up, shoulders relaxed."


async def test_settings_changed_in_a_session_hold_from_the_next_one_on(hall: Hall) -> None:
    hall.start()
    await hall.wait(12)
    entry = hall.coordinator.entry
    data = {**entry.subentries[GYM].data, "speakers": [AMPLIFIER]}
    hall.hass.config_entries.async_update_subentry(entry, entry.subentries[GYM], data=data)
    await hall.wait(149)
    assert words(hall, PLAYER)[-1] == "Well done. Your session is complete."
    assert words(hall, AMPLIFIER) == []
    await hall.wait(80)
    assert offered(hall.hass) == 0
    began = elapsed()
    hall.start()
    await hall.wait(12)
    assert words(hall, AMPLIFIER, since=began)[-1] == "Walk backward at 1.2, one minute."
    assert heard(hall, PLAYER, since=began) == []


async def test_who_comes_again_when_a_sound_is_over_hears_nothing(hall: Hall) -> None:
    """A player that repeats what it plays would warn for ever of what is long gone."""
    hall.start()
    await hall.wait(20)
    told = Told(hall.hass, PLAYER)
    await hall.dog(there=True)
    address = told.actions[0][1]["media_content_id"]
    await hall.wait(10)
    count = len(words(hall, PLAYER))
    await async_do(
        hall.hass, "media_player.play_media", PLAYER, media_content_type="music", media_content_id=address
    )
    await hall.wait(1)
    assert [text for text in words(hall, PLAYER)[count:] if text == CAREFUL] == []


async def test_every_speaker_says_the_same_and_each_when_it_is_due(open_hall: OpenHall) -> None:
    hall = await open_hall(speakers=[PLAYER, AMPLIFIER])
    hall.start()
    await hall.wait(30)
    assert words(hall, PLAYER) == words(hall, AMPLIFIER)
    hall.coordinator.async_command(GYM, Command.STOP, reason=Reason.EMERGENCY)
    await hall.wait(1)
    assert words(hall, PLAYER)[-1] == words(hall, AMPLIFIER)[-1] == "Press the red stop."
    await behave(hall, PLAYER, "plays")
