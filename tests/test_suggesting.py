"""What is suggested in a house: after real sessions, ratings, days, and changes of level, place and workout."""

from datetime import timedelta
import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.backstride.athletes import AthleteBook
from custom_components.backstride.const import DOMAIN
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.record import Rating, Record, summarise
from custom_components.backstride.engine.session import Command, advance, start
from custom_components.backstride.engine.steps import Reason
from custom_components.backstride.suggesting import question, suggested_workout, suggestion
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant, ServiceResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from .setup import ANNA, BEN, GYM, HALL, async_set_up, async_tick, entity_id, new_entry, subentries

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")
ALONE = tuple(one for one in subentries() if one["subentry_id"] != BEN)


@pytest.fixture(autouse=True)
async def _at_noon(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    await hass.config.async_set_time_zone("UTC")
    freezer.move_to("2026-03-02 12:00:00+00:00")


def _shown(hass: HomeAssistant, athlete: str = ANNA) -> dict[str, Any]:
    state = hass.states.get(entity_id(hass, "sensor", athlete, "suggested_workout"))
    assert state is not None
    return {"state": state.state, **state.attributes}


def _record(coordinator: Coordinator, days_ago: float, workout: str = "starter-treadmill") -> Record:
    """Give a session that Anna completed."""
    at = dt_util.utcnow() - timedelta(days=days_ago, hours=1)
    begun = start(coordinator.workouts[workout], at, session_id=f"{days_ago}", level=Level.L1).session
    over = advance(begun, at + timedelta(minutes=30)).session
    return summarise(over, day=at.date())


def _days(book: AthleteBook) -> list[int]:
    """Tell how many days ago the sessions were that are kept in mind."""
    return sorted((book.today() - past.day).days for past in book.lately or ())


async def _add(hass: HomeAssistant, coordinator: Coordinator, *days_ago: float) -> None:
    await coordinator.book(ANNA).async_add_all([_record(coordinator, days) for days in days_ago])
    await hass.async_block_till_done()


async def test_a_newcomer_is_told_to_begin_gently_and_why(hass: HomeAssistant) -> None:
    await async_set_up(hass, new_entry(*ALONE))
    shown = _shown(hass)
    assert shown["state"] == "First steps (5 min)"
    assert (shown["workout_id"], shown["place"], shown["reason"]) == ("first-steps-5", "Gym", "first")
    assert (shown["backward_minutes"], shown["day"]) == (5.0, "2026-03-02")
    assert shown["minutes"] > 5
    assert shown["reason_text"] == "The first time here: short, slow and flat"


async def test_nobody_knows_until_what_was_walked_is_read(hass: HomeAssistant) -> None:
    """Setting up does not read it: the coordinator alone is what there is before."""
    entry = new_entry(*ALONE)
    entry.add_to_hass(hass)
    coordinator = Coordinator(hass, entry)
    await coordinator.async_load()
    assert suggestion(coordinator, ANNA) is None
    with pytest.raises(ServiceValidationError, match="not_suggested_yet"):
        suggested_workout(coordinator, coordinator.places[GYM], coordinator.athletes[ANNA])
    await coordinator.book(ANNA).async_recall()
    assert suggestion(coordinator, ANNA) is not None
    await coordinator.async_close()


async def test_it_follows_a_session_and_how_it_was_found(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass, new_entry(*ALONE))
    await _start(hass)
    for _ in range(60):
        await async_tick(hass, freezer, 10)
    (record,) = await coordinator.book(ANNA).async_records()
    assert (record.peak.kmh, record.workout_id) == (1.6, "first-steps-5")
    assert _shown(hass)["reason"] == "once_more"
    await coordinator.book(ANNA).async_rate(record.id, Rating(effort=4, pain=6))
    await hass.async_block_till_done()
    shown = _shown(hass)
    assert (shown["reason"], shown["backward_minutes"]) == ("pain", 2.5)
    assert shown["reason_text"] == "A pain of 6 last time: half the time, and flat"
    await coordinator.book(ANNA).async_delete(record.id)
    await hass.async_block_till_done()
    assert _shown(hass)["reason"] == "first"


async def test_it_follows_the_days(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    coordinator = await async_set_up(hass, new_entry(*ALONE))
    await _add(hass, coordinator, 0, 2)
    assert _shown(hass)["reason"] == "more_time"
    freezer.move_to("2026-03-08 23:59:59+00:00")
    assert _shown(hass)["reason"] == "more_time"
    await async_tick(hass, freezer, 1)
    assert _shown(hass)["reason"] == "short_break"
    freezer.move_to("2026-03-16 00:00:00+00:00")
    await async_tick(hass, freezer, 0)
    assert _shown(hass)["reason"] == "long_break"


async def test_it_follows_the_level_and_the_places(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass, new_entry(*ALONE))
    await _add(hass, coordinator, 1, 2)
    entry = coordinator.entry

    def change(key: str, **data: Any) -> None:
        old = entry.subentries[key]
        hass.config_entries.async_update_subentry(entry, old, data={**old.data, **data})

    change(ANNA, level="l2")
    await hass.async_block_till_done()
    assert _shown(hass)["reason"] == "new_level"
    change(GYM, kind="outdoor")
    await hass.async_block_till_done()
    assert (_shown(hass)["reason"], _shown(hass)["place"]) == ("first", "Gym")
    change(GYM, kind="stairs")
    await hass.async_block_till_done()
    assert _shown(hass)["state"] == "unknown"
    assert "reason" not in _shown(hass)


async def test_the_place_is_one_like_that_of_the_last_session_and_best_the_athletes_own(
    hass: HomeAssistant,
) -> None:
    given = list(subentries())
    given.append({**given[2], "subentry_id": "cellar", "title": "Cellar"})
    coordinator = await async_set_up(hass, new_entry(*given))
    await _add(hass, coordinator, 1)
    assert _shown(hass)["place"] == "Gym"
    coordinator.async_start("cellar", athlete_id=ANNA, workout=coordinator.workouts["first-steps-5"])
    coordinator.async_command("cellar", Command.STOP)
    await hass.async_block_till_done()
    assert _shown(hass)["place"] == "Cellar"


async def test_each_place_has_its_own_suggestion(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    await _add(hass, coordinator, 1, 3)
    gym, hall = suggestion(coordinator, ANNA, GYM), suggestion(coordinator, ANNA, HALL)
    assert gym is not None
    assert hall is not None
    assert (gym.reason, hall.reason) == (Reason.MORE_TIME, Reason.FIRST)
    assert suggestion(coordinator, ANNA) == gym
    assert question(coordinator, "nobody") is None


async def test_without_a_place_there_is_nothing_to_suggest(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass, new_entry(subentries()[0]))
    assert _shown(hass)["state"] == "unknown"
    assert suggestion(coordinator, ANNA) is None


async def test_who_is_removed_is_not_asked_about_any_more(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    hass.config_entries.async_remove_subentry(coordinator.entry, ANNA)
    await hass.async_block_till_done()
    assert suggestion(coordinator, ANNA, GYM) is None
    assert _shown(hass, BEN)["reason"] == "first"


async def test_who_is_added_is_asked_about_at_once(hass: HomeAssistant) -> None:
    given = list(subentries())
    coordinator = await async_set_up(hass, new_entry(*given[1:]))
    entry = coordinator.entry

    anna = ConfigSubentry(
        data=MappingProxyType(dict(given[0]["data"])),
        subentry_id=ANNA,
        subentry_type="athlete",
        title="Anna",
        unique_id=None,
    )
    hass.config_entries.async_add_subentry(entry, anna)
    await hass.async_block_till_done()
    assert _shown(hass)["reason"] == "first"


@pytest.mark.parametrize(("birth_year", "reason"), [(1962, "level_ready"), (1961, "more_time")])
async def test_nobody_is_led_beyond_l1_from_65_years_on(
    hass: HomeAssistant, birth_year: int, reason: str
) -> None:
    given = list(ALONE)
    given[0] = {**given[0], "data": {**given[0]["data"], "birth_year": birth_year}}
    coordinator = await async_set_up(hass, new_entry(*given))
    await _add(hass, coordinator, 1, 3, 5, 8, 9, 10, 12, 14)
    assert _shown(hass)["reason"] == reason


async def _start(hass: HomeAssistant, **data: Any) -> None:
    await hass.services.async_call(
        DOMAIN, "start_session", {"place": GYM, "workout": "suggested", **data}, blocking=True
    )


async def test_the_suggested_workout_can_be_started_by_that_name(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    await _add(hass, coordinator, 1, 3)
    await _start(hass, athlete=ANNA)
    session = coordinator.session(GYM)
    found = suggestion(coordinator, ANNA, GYM)
    assert session is not None
    assert found is not None
    assert session.workout == found.workout != coordinator.workouts["starter-treadmill"]
    assert coordinator.selection(GYM).workout_id == "starter-treadmill"


async def test_it_is_the_suggestion_for_the_athlete_who_is_to_walk(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    await _add(hass, coordinator, 1, 3)
    await _start(hass, athlete=BEN)
    session = coordinator.session(GYM)
    assert session is not None
    assert session.workout.id == "first-steps-5"


async def test_where_nothing_fits_it_says_so(hass: HomeAssistant) -> None:
    given = list(ALONE)
    given[2] = {**given[2], "data": {"kind": "hallway", "clear_length_m": 3.0}}
    await async_set_up(hass, new_entry(*given))
    with pytest.raises(ServiceValidationError, match="without a helper fits Hall"):
        await _start(hass, place=HALL)


async def test_what_is_suggested_for_later_does_not_start_today(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass, new_entry(*ALONE))
    await _add(hass, coordinator, 0, 0.2, 1, 2)
    assert (_shown(hass)["reason"], _shown(hass)["day"]) == ("week_limit", "2026-03-07")
    with pytest.raises(ServiceValidationError, match="from 2026-03-07 on: No more than 30 %"):
        await _start(hass)
    assert coordinator.session(GYM) is None


async def test_the_places_report_looks_at_the_suggestion_for_whom_is_chosen(hass: HomeAssistant) -> None:
    async def check() -> ServiceResponse:
        return await hass.services.async_call(
            DOMAIN,
            "check_place",
            {"place": GYM, "workout": "suggested"},
            blocking=True,
            return_response=True,
        )

    coordinator = await async_set_up(hass)
    with pytest.raises(ServiceValidationError, match="Nobody is chosen to walk at Gym"):
        await check()
    await _start(hass, athlete=ANNA)
    coordinator.async_command(GYM, Command.STOP)
    await hass.async_block_till_done()
    report = await check()
    assert report is not None
    assert report["ready"] is True


async def test_only_the_last_weeks_are_kept_in_mind_and_the_latest_session(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass, new_entry(*ALONE))
    await _add(hass, coordinator, 70, 56, 57, 100)
    book = coordinator.book(ANNA)
    assert _days(book) == [56]
    assert await hass.config_entries.async_reload(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    book = coordinator.entry.runtime_data.book(ANNA)
    assert _days(book) == [56]
    freezer.tick(timedelta(days=1))
    assert await hass.config_entries.async_reload(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    book = coordinator.entry.runtime_data.book(ANNA)
    assert _days(book) == [57], "the latest, however old"


async def test_a_new_year_begins_with_what_was_walked_in_the_old_one(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2027-01-02 12:00:00+00:00")
    coordinator = await async_set_up(hass, new_entry(*ALONE))
    await _add(hass, coordinator, 400, 3, 1)
    assert await hass.config_entries.async_reload(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    assert _days(coordinator.entry.runtime_data.book(ANNA)) == [1, 3]
    assert _shown(hass)["reason"] == "more_time"


async def test_records_of_before_there_was_a_peak_are_understood(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass, new_entry(*ALONE))
    await _add(hass, coordinator, 1, 3)
    path = Path(hass.config.path(".storage", f"{DOMAIN}.history.{ANNA}.2026"))
    kept = json.loads(path.read_text())
    for record in kept["data"]["records"].values():
        assert record.pop("top_kmh") == 2.0
    assert await hass.config_entries.async_unload(coordinator.entry.entry_id)
    path.write_text(json.dumps(kept))
    assert await hass.config_entries.async_setup(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    found = suggestion(coordinator.entry.runtime_data, ANNA)
    assert found is not None
    assert found.reason is Reason.MORE_TIME
    speeds = [each.speed_kmh for each in found.workout.items if each.direction == "backward"]  # type: ignore[union-attr]
    assert max(filter(None, speeds)) == 1.6, "what nobody knows begins slowly"
