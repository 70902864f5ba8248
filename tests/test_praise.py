"""After the end of a session its athlete hears what it earned: a best, and another day of the streak."""

from datetime import timedelta
import json
from pathlib import Path

import pytest

from custom_components.backstride.engine.record import Record, summarise
from custom_components.backstride.engine.session import Command, apply, start
from custom_components.backstride.engine.workout import parse

from .gym.visit import IN_THE_GYM
from .hall import NOON, Hall, OpenHall
from .setup import ANNA, GYM

pytestmark = IN_THE_GYM

WELL_DONE = "Well done. Your session is complete."
FIRST_DAY = "That is the first day of a new streak."
LASTS = 160
"""Seconds of a session, lead-in included."""


@pytest.fixture
async def hall(open_hall: OpenHall) -> Hall:
    """Give a gym."""
    return await open_hall()


def _record(days_ago: int, seconds: float) -> Record:
    at = NOON - timedelta(days=days_ago)
    session = start(parse("5m back @1"), at, session_id=f"{days_ago} days ago").session
    over = apply(session, Command.STOP, at + timedelta(seconds=10 + seconds)).session
    return summarise(over, day=at.date())


async def _walked_before(hall: Hall, *done: tuple[int, float]) -> None:
    """Give Anna a past: how many days ago she walked backward for how many seconds."""
    await hall.coordinator.book(ANNA).async_add_all([_record(*each) for each in done])


def _praise(hall: Hall) -> list[str]:
    words = hall.words
    return words[words.index(WELL_DONE) + 1 :]


async def test_a_streak_that_grew_is_told_after_the_end(hall: Hall) -> None:
    await _walked_before(hall, *((days, 90.0) for days in range(1, 7)))
    hall.start()
    await hall.wait(LASTS + 2)
    assert _praise(hall) == [], "the end is being told"
    await hall.wait(3)
    assert _praise(hall) == ["That is 7 days in a row."]
    assert hall.heard[-1][0] == pytest.approx(LASTS + 4, abs=0.5)
    await hall.wait(60)
    assert len(_praise(hall)) == 1


async def test_a_best_and_the_streak_are_two_sentences(hall: Hall) -> None:
    await _walked_before(hall, (2, 30.0))
    hall.start()
    await hall.wait(LASTS + 5)
    assert _praise(hall) == [f"That was your longest backward session yet. {FIRST_DAY}"]


async def test_who_mutes_the_coach_hears_no_praise(hall: Hall) -> None:
    hall.start()
    await hall.wait(LASTS + 1)
    switch = {"entity_id": "switch.gym_spoken_cues"}
    await hall.hass.services.async_call("switch", "turn_off", switch, blocking=True)
    await hall.wait(5)
    assert _praise(hall) == []


async def test_what_was_stopped_is_not_praised(hall: Hall) -> None:
    hall.start()
    await hall.wait(100)
    hall.command(Command.STOP)
    await hall.wait(6)
    assert hall.words[-1] == "Session stopped."


async def test_who_begins_anew_at_once_hears_that_instead(hall: Hall) -> None:
    hall.start()
    await hall.wait(LASTS + 1)
    hall.start()
    await hall.wait(6)
    assert FIRST_DAY not in hall.words


async def test_a_second_session_of_a_day_has_earned_its_day_already(hall: Hall) -> None:
    hall.start()
    await hall.wait(LASTS + 5)
    hall.start()
    await hall.wait(LASTS + 5)
    assert hall.words.count(FIRST_DAY) == 1


async def test_a_coach_who_goes_praises_no_more(hall: Hall) -> None:
    hall.start()
    await hall.wait(LASTS + 1)
    await hall.hass.config_entries.async_unload(hall.coordinator.entry.entry_id)
    await hall.wait(6)
    assert hall.words[-1] == WELL_DONE


async def test_a_session_that_is_recorded_after_a_restart_is_not_praised(hall: Hall) -> None:
    """It was over while nobody could write it; whoever is in the gym now may be somebody else."""
    hass, entry = hall.hass, hall.coordinator.entry
    hall.start()
    await hall.wait(100)
    await hass.config_entries.async_unload(entry.entry_id)
    kept = Path(hass.config.path(".storage", f"backstride.place.{GYM}"))
    data = json.loads(kept.read_text())
    session = data["data"].pop("session") | {"state": "completed"}
    data["data"]["finished"] = [{"session": session, "athlete": data["data"].pop("athlete")}]
    kept.write_text(json.dumps(data))
    await hass.config_entries.async_setup(entry.entry_id)
    hall.coordinator = entry.runtime_data
    before = len(hall.words)
    await hall.wait(6)
    assert hall.coordinator.book(ANNA).streak.current == 1
    assert hall.words[before:] == []
