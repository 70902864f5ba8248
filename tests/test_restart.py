"""A session survives what happens to Home Assistant, moves nothing by itself, and is recorded exactly once."""

from datetime import timedelta
import json
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.backstride.const import DOMAIN
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.session import Command, SessionState, snapshot
from custom_components.backstride.engine.state import elapsed
from custom_components.backstride.store import year_store
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.storage import get_internal_store_manager

from .setup import ANNA, BEN, GYM, HALL, MINE, async_set_up, async_tick, new_entry, state_of

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")


@pytest.fixture(autouse=True)
def _at_seven(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-01 07:00:00+00:00")


async def _walking(hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float = 30) -> Coordinator:
    coordinator = await async_set_up(hass)
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await async_tick(hass, freezer, 10)
    await async_tick(hass, freezer, seconds)
    return coordinator


def _file(hass: HomeAssistant, key: str) -> Path:
    return Path(hass.config.path(".storage", f"{DOMAIN}.{key}"))


def _kept(hass: HomeAssistant, key: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_file(hass, key).read_text())["data"]
    return data


async def _reload(hass: HomeAssistant, coordinator: Coordinator) -> Coordinator:
    assert await hass.config_entries.async_reload(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    again: Coordinator = coordinator.entry.runtime_data
    return again


async def test_a_reload_brings_it_back_paused_with_everything_done(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    freezer.tick(timedelta(seconds=7))
    again = await _reload(hass, coordinator)
    session = again.session(GYM)
    assert session is not None
    assert (session.state, session.reason) == (SessionState.PAUSED, Reason.RESTART)
    assert elapsed(session, session.seen) == timedelta(seconds=37)
    assert state_of(hass, "sensor", GYM, "session") == "paused"
    event = hass.states.get("event.gym_session_event")
    assert event is not None
    assert (event.attributes["event_type"], event.attributes["reason"]) == ("paused", "restart")


async def test_a_reload_finds_a_place_that_is_newer_than_home_assistants_list_of_files(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """Home Assistant lists the files it has when it starts, and asks the disk for no other that it did not write itself."""
    Path(hass.config.path(".storage")).mkdir(exist_ok=True)
    await get_internal_store_manager(hass).async_initialize()
    again = await _reload(hass, await _walking(hass, freezer))
    session = again.session(GYM)
    assert session is not None
    assert session.state is SessionState.PAUSED


async def test_while_home_assistant_stops_no_session_begins_that_nobody_would_watch(
    hass: HomeAssistant,
) -> None:
    coordinator = await async_set_up(hass)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    with pytest.raises(ServiceValidationError, match="not loaded"):
        coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    assert not coordinator.is_on(GYM)


async def test_it_goes_on_after_a_reload_and_is_recorded_once(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _reload(hass, await _walking(hass, freezer))
    coordinator.async_command(GYM, Command.RESUME)
    for seconds in (3, 30, 30, 60):
        await async_tick(hass, freezer, seconds)
    assert state_of(hass, "sensor", GYM, "session") == "completed"
    (record,) = await coordinator.book(ANNA).async_records()
    assert record.backward_seconds == 60
    assert "session" not in _kept(hass, f"place.{GYM}")


async def test_stopping_home_assistant_writes_down_where_it_stands(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await _walking(hass, freezer)
    freezer.tick(timedelta(seconds=5))
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    assert _kept(hass, f"place.{GYM}")["session"]["seen"] == "2026-03-01T07:00:45+00:00"


async def test_a_checkpoint_is_written_at_least_every_ten_seconds_of_walking(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await _walking(hass, freezer, 1)
    seen = set()
    for _ in range(30):
        await async_tick(hass, freezer, 1)
        seen.add(_kept(hass, f"place.{GYM}")["session"]["seen"])
    assert len(seen) >= 3


@pytest.mark.logs
async def test_a_checkpoint_that_cannot_be_written_keeps_no_other_and_no_later_one_from_it(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, caplog: pytest.LogCaptureFixture
) -> None:
    coordinator = await async_set_up(hass)
    folder = Path(hass.config.path(".storage"))
    aside = folder.rename(folder.with_name("aside"))
    folder.write_text("in the way")
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    coordinator.async_start(HALL, athlete_id=BEN, workout=coordinator.workouts[MINE])
    await hass.async_block_till_done()
    for place in (GYM, HALL):
        assert f"{DOMAIN}.place.{place} could not be written" in caplog.text
    folder.unlink()
    aside.rename(folder)
    await async_tick(hass, freezer, 10)
    assert [_kept(hass, f"place.{place}")["session"]["state"] for place in (GYM, HALL)] == ["running"] * 2


async def test_left_for_half_an_hour_it_is_recorded_as_abandoned(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    await hass.config_entries.async_unload(coordinator.entry.entry_id)
    freezer.tick(timedelta(minutes=31))
    await hass.config_entries.async_setup(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    again: Coordinator = coordinator.entry.runtime_data
    (record,) = await again.book(ANNA).async_records()
    assert (record.outcome, record.reason) == (SessionState.STOPPED, Reason.ABANDONED)
    assert record.backward_seconds == 30
    assert not again.is_on(GYM)


async def test_a_crash_between_the_record_and_the_checkpoint_repeats_and_counts_once(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    coordinator.async_command(GYM, Command.STOP)
    kept = _file(hass, f"place.{GYM}")
    await hass.async_block_till_done()
    record = (await coordinator.book(ANNA).async_records())[0]
    # What a crash leaves that came after the record was written and before the checkpoint was cleared.
    before = json.loads(kept.read_text())
    session = coordinator.session(GYM)
    assert session is not None
    before["data"] |= {"session": snapshot(session), "athlete": ANNA}
    await hass.config_entries.async_unload(coordinator.entry.entry_id)
    kept.write_text(json.dumps(before))
    await hass.config_entries.async_setup(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    again: Coordinator = coordinator.entry.runtime_data
    assert await again.book(ANNA).async_records() == [record]
    assert again.book(ANNA).totals["sessions"] == 1
    assert "session" not in _kept(hass, f"place.{GYM}")


async def test_a_summary_that_disagrees_with_its_years_is_made_anew(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer, 60)
    coordinator.async_command(GYM, Command.STOP)
    await hass.async_block_till_done()
    await hass.config_entries.async_unload(coordinator.entry.entry_id)
    _file(hass, f"athlete.{ANNA}").unlink()
    await hass.config_entries.async_setup(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    assert state_of(hass, "sensor", ANNA, "streak") == "1"
    assert state_of(hass, "sensor", ANNA, "total_sessions") == "1"


@pytest.mark.logs
@pytest.mark.parametrize("key", [f"place.{GYM}", f"athlete.{ANNA}", f"history.{ANNA}.2026"])
async def test_a_damaged_file_is_kept_aside_and_reported_and_the_rest_loads(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, key: str
) -> None:
    coordinator = await _walking(hass, freezer)
    coordinator.async_command(GYM, Command.STOP)
    await hass.async_block_till_done()
    await hass.config_entries.async_unload(coordinator.entry.entry_id)
    _file(hass, key).write_text(
        json.dumps(
            {"version": 1, "minor_version": 1, "key": f"{DOMAIN}.{key}", "data": {"records": 5, "session": 5}}
        )
    )
    await hass.config_entries.async_setup(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    again: Coordinator = coordinator.entry.runtime_data
    await again.book(ANNA).async_records()
    assert (DOMAIN, f"damaged_{DOMAIN}.{key}") in ir.async_get(hass).issues
    (kept,) = _file(hass, key).parent.glob(f"{DOMAIN}.{key}.damaged.*")
    assert "session" in kept.read_text()
    assert state_of(hass, "sensor", GYM, "session") == "idle"


async def test_removing_the_entry_removes_our_files(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    coordinator.async_command(GYM, Command.STOP)
    await hass.async_block_till_done()
    folder = _file(hass, "x").parent
    assert list(folder.glob(f"{DOMAIN}.*"))
    await hass.config_entries.async_remove(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    assert not list(folder.glob(f"{DOMAIN}.*"))


async def test_files_of_version_1_are_read(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    fixtures = Path(__file__).parent / "fixtures" / "storage_v1"
    folder = _file(hass, "x").parent

    def copy() -> None:
        folder.mkdir(exist_ok=True)
        for path in fixtures.glob(f"{DOMAIN}.*"):
            (folder / path.name).write_text(path.read_text())

    await hass.async_add_executor_job(copy)
    coordinator = await async_set_up(hass, new_entry())
    await async_tick(hass, freezer, 1)
    session = coordinator.session(GYM)
    assert session is None, "left long ago"
    records = await coordinator.book(ANNA).async_records()
    assert [record.reason for record in records] == [None, Reason.ABANDONED]
    assert coordinator.book(ANNA).totals["sessions"] == 2
    assert await year_store(hass, ANNA, 2026).async_load() is not None
