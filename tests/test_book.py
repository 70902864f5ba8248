"""An athlete's book keeps every record once, whatever comes between two writes."""

import asyncio
from dataclasses import replace
from datetime import timedelta
import json
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.backstride.athletes import AthleteBook
from custom_components.backstride.const import DOMAIN
from custom_components.backstride.engine.record import Rating, Record, summarise
from custom_components.backstride.engine.session import Command, apply, start
from custom_components.backstride.engine.workout import parse
from custom_components.backstride.settings import AthleteSettings
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from .setup import ANNA, BEN, GYM, MINE, async_set_up, async_tick

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")


@pytest.fixture(autouse=True)
def _at_noon(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-02 20:00:00+00:00")


def _record(days_ago: int = 0, key: str = "one", seconds: float = 120) -> Record:
    at = dt_util.utcnow() - timedelta(days=days_ago)
    session = start(parse("5m back @1"), at, session_id=key).session
    over = apply(session, Command.STOP, at + timedelta(seconds=10 + seconds)).session
    return summarise(over, day=at.date())


def state_of_last(book: AthleteBook) -> str | None:
    return book.last.id if book.last else None


async def _book(hass: HomeAssistant) -> AthleteBook:
    book = AthleteBook(hass, AthleteSettings(id="x", name="X", daily_goal_minutes=2))
    await book.async_load()
    return book


def _summary(hass: HomeAssistant) -> Path:
    return Path(hass.config.path(".storage", f"{DOMAIN}.athlete.x"))


async def test_a_record_written_twice_counts_once(hass: HomeAssistant) -> None:
    book = await _book(hass)
    for _ in range(2):
        await book.async_add(_record())
    assert (book.totals["sessions"], book.streak.current) == (1, 1)
    assert len(await book.async_records()) == 1


async def test_records_written_at_once_are_all_there(hass: HomeAssistant) -> None:
    book = await _book(hass)
    await asyncio.gather(*(book.async_add(_record(key=str(number))) for number in range(8)))
    assert len(await book.async_records()) == book.totals["sessions"] == 8


async def test_a_crash_between_year_and_summary_is_found_at_the_next_write(hass: HomeAssistant) -> None:
    book = await _book(hass)
    await book.async_add(_record(1, "one"))
    before = _summary(hass).read_text()
    await book.async_add(_record(0, "two"))
    _summary(hass).write_text(before)
    again = await _book(hass)
    assert again.totals["sessions"] == 1
    await again.async_add(_record(0, "two"))
    assert (again.totals["sessions"], again.streak.current) == (2, 2)
    assert json.loads(_summary(hass).read_text())["data"]["records"] == {"2026": 2}


async def test_deleting_the_last_session_makes_the_one_before_the_last(hass: HomeAssistant) -> None:
    book = await _book(hass)
    await book.async_add(_record(70, "old"))
    await book.async_add(_record(0, "new"))
    assert state_of_last(book) == "new"
    assert await book.async_delete("new")
    assert state_of_last(book) == "old"
    assert (book.totals["sessions"], book.streak.current) == (1, 0)
    assert await book.async_delete("old")
    assert state_of_last(book) is None
    assert not await book.async_delete("old")
    assert book.totals["backward_seconds"] == 0
    assert book.totals["backward_m"] == pytest.approx(0)


async def test_the_longest_session_is_known_whatever_becomes_of_it(hass: HomeAssistant) -> None:
    book = await _book(hass)
    today = book.today()
    assert book.standing(today).longest_session == 0
    for key, seconds in (("long", 240), ("short", 60), ("middle", 120)):
        await book.async_add(_record(key=key, seconds=seconds))
    assert book.standing(today).longest_session == 240
    await book.async_rate("long", Rating(effort=4))
    assert book.standing(today).longest_session == 240
    await book.async_delete("short")
    await book.async_delete("long")
    assert book.standing(today).longest_session == 120
    assert (await _book(hass)).standing(today).longest_session == 120
    await book.async_delete("middle")
    await book.async_add(_record(key="again", seconds=30))
    assert book.standing(today).longest_session == 30


async def test_a_summary_that_does_not_know_the_longest_session_finds_it_at_the_next_write(
    hass: HomeAssistant,
) -> None:
    """It was written before there was one."""
    book = await _book(hass)
    await book.async_add(_record(1, "long", seconds=240))
    summary = json.loads(_summary(hass).read_text())
    del summary["data"]["longest_session"]
    _summary(hass).write_text(json.dumps(summary))
    again = await _book(hass)
    assert again.standing(again.today()).longest_session is None
    await again.async_add(_record(0, "short", seconds=60))
    assert again.standing(again.today()).longest_session == 240


async def test_the_best_other_day_is_not_this_one(hass: HomeAssistant) -> None:
    book = await _book(hass)
    for days_ago, seconds in ((0, 240), (1, 60), (2, 150)):
        await book.async_add(_record(days_ago, str(days_ago), seconds=seconds))
    standing = book.standing(book.today())
    assert (standing.day, standing.best_other_day, standing.streak) == (240, 150, 1)


async def test_rating_changes_the_record_and_nothing_else(hass: HomeAssistant) -> None:
    book = await _book(hass)
    record = _record()
    await book.async_add(record)
    rating = Rating(effort=4, note="fine")
    assert await book.async_rate(record.id, rating)
    (rated,) = await book.async_records()
    assert rated.rating == rating
    assert book.totals["sessions"] == 1


async def test_records_are_found_by_day_across_years(hass: HomeAssistant) -> None:
    book = await _book(hass)
    for days, key in ((400, "a"), (60, "b"), (1, "c")):
        await book.async_add(_record(days, key))
    today = book.today()
    found = await book.async_records(today - timedelta(days=100), today - timedelta(days=30))
    assert [record.id for record in found] == ["b"]
    assert [record.id for record in await book.async_records()] == ["a", "b", "c"]


async def test_a_book_read_again_says_the_same(hass: HomeAssistant) -> None:
    book = await _book(hass)
    for days in range(3):
        await book.async_add(_record(days, str(days)))
    again = await _book(hass)
    assert again.streak == book.streak
    assert again.totals == book.totals
    assert again.last == book.last


async def test_a_new_athlete_may_change_the_goal_before_anything_is_walked(hass: HomeAssistant) -> None:
    book = await _book(hass)
    book.apply_settings(replace(book.settings, daily_goal_minutes=3))
    assert book.goal_seconds == 180
    await book.async_add(_record())
    assert book.streak.current == 0


async def test_a_session_whose_athlete_is_gone_is_recorded_all_the_same(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await async_tick(hass, freezer, 10)
    await async_tick(hass, freezer, 20)
    entry = coordinator.entry
    assert await hass.config_entries.async_unload(entry.entry_id)
    hass.config_entries.async_remove_subentry(entry, ANNA)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    again = entry.runtime_data
    again.async_command(GYM, Command.STOP)
    await hass.async_block_till_done()
    orphan = AthleteBook(hass, AthleteSettings(id=ANNA, name="Anna"))
    await orphan.async_load()
    assert [record.backward_seconds for record in await orphan.async_records()] == [20]


async def test_a_session_that_begins_while_the_last_is_written_disturbs_neither(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    for athlete in (ANNA, BEN):
        coordinator.async_start(GYM, athlete_id=athlete, workout=coordinator.workouts[MINE])
        coordinator.async_command(GYM, Command.STOP)
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await async_tick(hass, freezer, 10)
    assert [coordinator.book(athlete).totals["sessions"] for athlete in (ANNA, BEN)] == [1, 1]
    kept = json.loads(Path(hass.config.path(".storage", f"{DOMAIN}.place.{GYM}")).read_text())["data"]
    assert kept["session"]["state"] == "running"
    assert "finished" not in kept


async def test_what_was_over_and_not_yet_written_is_written_after_a_restart(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await hass.async_block_till_done()
    kept = Path(hass.config.path(".storage", f"{DOMAIN}.place.{GYM}"))
    await hass.config_entries.async_unload(coordinator.entry.entry_id)
    data = json.loads(kept.read_text())
    session = data["data"].pop("session")
    data["data"]["finished"] = [
        {"session": {**session, "state": "stopped"}, "athlete": data["data"].pop("athlete")}
    ]
    kept.write_text(json.dumps(data))
    await hass.config_entries.async_setup(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    assert coordinator.entry.runtime_data.book(ANNA).totals["sessions"] == 1
    assert "finished" not in json.loads(kept.read_text())["data"]


async def test_an_idle_place_takes_no_command(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    coordinator.live(GYM).async_command(Command.STOP)
    assert coordinator.session(GYM) is None
