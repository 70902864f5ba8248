"""A speaker that is slow is asked early: how early is learned from it, kept, and corrected by ear."""

from datetime import datetime
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.backstride.engine.session import Command
from homeassistant.core import Event, HomeAssistant

from .gym.visit import IN_THE_GYM
from .hall import Hall, OpenHall
from .listening import AMPLIFIER, WALL, elapsed, heard

pytestmark = IN_THE_GYM

STEP = 0.1
CHANGE = "Feet on the side rails and turn around."


def fetched(events: list[Event[dict[str, Any]]], speaker: str) -> list[tuple[datetime, datetime]]:
    """Tell when a speaker was called, and when it came."""
    return [
        (datetime.fromisoformat(event.data["called"]), datetime.fromisoformat(event.data["fetched"]))
        for event in events
        if event.data["entity_id"] == speaker
    ]


async def walk(hall: Hall, seconds: float) -> None:
    hall.start()
    await hall.wait(seconds, step=STEP)


async def test_a_speaker_that_wakes_late_is_soon_on_time(hass: HomeAssistant, open_hall: OpenHall) -> None:
    """It takes 0.8 s to come after silence: what it says first is late, and from then on nothing is."""
    hall = await open_hall(speakers=[WALL])
    events = async_capture_events(hass, "virtual_gym_heard")
    await walk(hall, 102)
    assert fetched(events, WALL)[0][1] > fetched(events, WALL)[0][0]
    said = {text: at for at, text in heard(hall, WALL)}
    assert said["Take hold and look ahead. First, walk backward at 1.2."] == pytest.approx(0.8, abs=STEP)
    for instant, text in ((7, "Three."), (10, "Walk backward at 1.2, one minute."), (70, CHANGE)):
        assert (instant, text) in [(round(at), each) for at, each in heard(hall, WALL)]
    assert said[CHANGE] == pytest.approx(70, abs=STEP)
    assert said["Walk forward at 3, one minute."] == pytest.approx(100, abs=STEP)
    hall.command(Command.STOP)


async def test_what_was_learned_of_a_speaker_is_kept_over_a_restart(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await open_hall(speakers=[WALL])
    await walk(hall, 30)
    hall.command(Command.STOP)
    await hall.wait(5, step=STEP)
    (entry,) = hass.config_entries.async_entries("backstride")
    before = hall.coordinator.coach("gym").speakers[0]["lead"]
    assert max(before["first"]) == pytest.approx(0.8, abs=STEP)
    assert await hass.config_entries.async_reload(entry.entry_id)
    hall.coordinator = entry.runtime_data
    assert hall.coordinator.coach("gym").speakers[0]["lead"] == before
    began = elapsed()
    await walk(hall, 12)
    said = {text: at for at, text in heard(hall, WALL, since=began)}
    assert said["Three."] == pytest.approx(began + 7, abs=STEP)


async def test_a_delay_that_was_set_by_ear_is_made_up_for(open_hall: OpenHall) -> None:
    """What fills a buffer first sounds 0.3 s after it came for the sound, and nobody sees that from outside."""
    hall = await open_hall(speakers=[AMPLIFIER])
    await walk(hall, 12)
    assert {text: at for at, text in heard(hall, AMPLIFIER)}["Three."] == pytest.approx(7.3, abs=STEP)
    hall.command(Command.STOP)
    await hall.wait(10)
    entry = hall.coordinator.entry
    data = {**entry.subentries["gym"].data, "speaker_delays": {AMPLIFIER: 0.3}}
    hall.hass.config_entries.async_update_subentry(entry, entry.subentries["gym"], data=data)
    await hall.hass.async_block_till_done()
    began = elapsed()
    await walk(hall, 12)
    said = {text: at for at, text in heard(hall, AMPLIFIER, since=began)}
    assert said["Three."] == pytest.approx(began + 7, abs=0.01)
    assert said["Walk backward at 1.2, one minute."] == pytest.approx(began + 10, abs=0.01)


async def test_a_quick_speaker_is_not_made_to_wait_for_a_slow_one(open_hall: OpenHall) -> None:
    hall = await open_hall(speakers=[WALL, AMPLIFIER])
    await walk(hall, 12)
    for speaker in (WALL, AMPLIFIER):
        said = {text: at for at, text in heard(hall, speaker)}
        assert said["Walk backward at 1.2, one minute."] == pytest.approx(10, abs=0.31)
