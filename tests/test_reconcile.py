"""People, places and workouts come, change and go while sessions run, and nothing is ever reloaded."""

from pathlib import Path
from types import MappingProxyType
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.backstride.const import DOMAIN, SubentryType
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.session import Command
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .setup import ANNA, BEN, GYM, HALL, MINE, async_set_up, async_tick, entity_id, state_of

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")


@pytest.fixture(autouse=True)
def _at_seven(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-01 07:00:00+00:00")


async def _walking(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Coordinator:
    coordinator = await async_set_up(hass)
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await async_tick(hass, freezer, 10)
    return coordinator


async def _add(
    hass: HomeAssistant, coordinator: Coordinator, what: SubentryType, title: str, **data: Any
) -> str:
    subentry = ConfigSubentry(
        data=MappingProxyType(data),
        subentry_type=what.value,
        title=title,
        unique_id=None,
        subentry_id=title.lower(),
    )
    hass.config_entries.async_add_subentry(coordinator.entry, subentry)
    await hass.async_block_till_done()
    return subentry.subentry_id


async def _change(
    hass: HomeAssistant, coordinator: Coordinator, key: str, *, title: str | None = None, **data: Any
) -> None:
    entry = coordinator.entry
    subentry = entry.subentries[key]
    hass.config_entries.async_update_subentry(
        entry, subentry, data={**subentry.data, **data}, title=title or subentry.title
    )
    await hass.async_block_till_done()


async def _remove(hass: HomeAssistant, coordinator: Coordinator, key: str) -> None:
    hass.config_entries.async_remove_subentry(coordinator.entry, key)
    await hass.async_block_till_done()


async def test_a_place_that_is_added_has_its_entities_at_once_and_a_session_elsewhere_goes_on(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    session = coordinator.session(GYM)
    place = await _add(hass, coordinator, SubentryType.PLACE, "Garden", kind="outdoor")
    assert state_of(hass, "sensor", place, "session") == "idle"
    assert coordinator.session(GYM) is session
    assert coordinator.entry.runtime_data is coordinator, "never reloaded"
    coordinator.async_start(place, athlete_id=BEN, workout=coordinator.workouts[MINE])
    await async_tick(hass, freezer, 10)
    assert state_of(hass, "sensor", place, "session") == state_of(hass, "sensor", GYM, "session") == "running"


async def test_an_athlete_that_is_added_can_be_chosen_and_walk(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    athlete = await _add(hass, coordinator, SubentryType.ATHLETE, "Cleo", level="l1")
    assert state_of(hass, "sensor", athlete, "streak") == "0"
    select = hass.states.get(entity_id(hass, "select", HALL, "athlete"))
    assert select is not None
    assert select.attributes["options"] == ["Anna", "Ben", "Cleo"]


async def test_a_workout_that_is_added_changed_and_removed_is_offered_and_gone(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    workout = await _add(hass, coordinator, SubentryType.WORKOUT, "Short", notation="1m back @1")
    select = entity_id(hass, "select", GYM, "workout")
    state = hass.states.get(select)
    assert state is not None
    assert "Short" in state.attributes["options"]
    await _change(hass, coordinator, workout, notation="2m back @1")
    assert coordinator.workouts[workout].seconds == 120
    await _remove(hass, coordinator, workout)
    assert workout not in coordinator.workouts
    state = hass.states.get(select)
    assert state is not None
    assert "Short" not in state.attributes["options"]


@pytest.mark.logs
async def test_notation_damaged_by_hand_keeps_nothing_else_from_loading(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    coordinator = await async_set_up(hass)
    workout = await _add(hass, coordinator, SubentryType.WORKOUT, "Broken", notation="2m bak")
    assert workout not in coordinator.workouts
    assert "The workout Broken cannot be used" in caplog.text


async def test_renaming_a_place_during_its_session_renames_the_device_and_disturbs_nobody(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    session = coordinator.session(GYM)
    await _change(hass, coordinator, GYM, title="Cellar")
    device = dr.async_get(hass).async_get_device_by_identifier((DOMAIN, GYM), coordinator.entry.entry_id)
    assert device is not None
    assert device.name == "Cellar"
    assert coordinator.session(GYM) is session


async def test_a_running_session_keeps_what_it_started_with(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    await _change(hass, coordinator, GYM, confirm_turns=True, kind="hallway")
    await async_tick(hass, freezer, 60)
    await async_tick(hass, freezer, 30)
    assert state_of(hass, "sensor", GYM, "session") == "running", "the turn did not wait"
    assert coordinator.places[GYM].confirm_turns


async def test_a_new_goal_counts_from_today_and_is_shown_at_once(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    await async_tick(hass, freezer, 60)
    coordinator.async_command(GYM, Command.STOP)
    await hass.async_block_till_done()
    assert state_of(hass, "sensor", ANNA, "streak") == "1"
    await hass.services.async_call(
        "number",
        "set_value",
        {"entity_id": entity_id(hass, "number", ANNA, "daily_goal"), "value": 10},
        blocking=True,
    )
    await hass.async_block_till_done()
    assert coordinator.entry.subentries[ANNA].data["daily_goal_minutes"] == 10
    assert state_of(hass, "number", ANNA, "daily_goal") == "10"
    assert state_of(hass, "binary_sensor", ANNA, "goal_met_today") == "off"
    assert state_of(hass, "sensor", ANNA, "streak") == "0"


async def test_removing_a_place_ends_and_records_its_session(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    await async_tick(hass, freezer, 20)
    await _remove(hass, coordinator, GYM)
    (record,) = await coordinator.book(ANNA).async_records()
    assert (record.backward_seconds, record.reason) == (20, Reason.PLACE_REMOVED)
    assert GYM not in coordinator.places
    assert not [one for one in er.async_get(hass).entities.values() if one.unique_id.startswith(f"{GYM}_")]
    await async_tick(hass, freezer, 300)


async def test_removing_a_place_whose_registry_rows_are_gone_works_too(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    registry = er.async_get(hass)
    for one in [one for one in registry.entities.values() if one.unique_id.startswith(f"{GYM}_")]:
        registry.async_remove(one.entity_id)
    await hass.async_block_till_done()
    await _remove(hass, coordinator, GYM)
    assert len(await coordinator.book(ANNA).async_records()) == 1


async def test_removing_an_athlete_ends_the_session_and_keeps_the_history_on_disk(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    book = coordinator.book(ANNA)
    await _remove(hass, coordinator, ANNA)
    assert not coordinator.is_on(GYM)
    assert len(await book.async_records()) == 1
    with pytest.raises(KeyError):
        coordinator.book(ANNA)
    coordinator.async_start(GYM, athlete_id=BEN, workout=coordinator.workouts[MINE])


async def test_two_places_and_two_athletes_walk_at_once_and_nobody_twice(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _walking(hass, freezer)
    workout = coordinator.workouts[MINE]
    with pytest.raises(ServiceValidationError, match="already on at Gym"):
        coordinator.async_start(GYM, athlete_id=BEN, workout=workout)
    with pytest.raises(ServiceValidationError, match="Anna is already in a session at Gym"):
        coordinator.async_start(HALL, athlete_id=ANNA, workout=workout)
    coordinator.async_start(HALL, athlete_id=BEN, workout=workout)
    await async_tick(hass, freezer, 10)
    assert state_of(hass, "sensor", HALL, "session") == "running"
    coordinator.async_command(HALL, Command.STOP)
    with pytest.raises(ServiceValidationError, match="No session is on at Hall"):
        coordinator.async_command(HALL, Command.STOP)


async def test_removing_an_idle_place_takes_its_checkpoint_and_leaves_the_rest(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    await _remove(hass, coordinator, HALL)
    assert set(coordinator.places) == {GYM}
    assert not list(Path(hass.config.path(".storage")).glob(f"{DOMAIN}.place.{HALL}*"))
    assert state_of(hass, "sensor", GYM, "session") == "idle"


async def test_two_who_come_at_once_come_once_each(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    """Each change has its own turn: the second once found the first half there, and added it again."""
    coordinator = await async_set_up(hass)
    for title, what in (
        ("Cleo", SubentryType.ATHLETE),
        ("Dan", SubentryType.ATHLETE),
        ("Yard", SubentryType.PLACE),
    ):
        subentry = ConfigSubentry(
            data=MappingProxyType({"kind": "outdoor"} if what is SubentryType.PLACE else {}),
            subentry_type=what.value,
            title=title,
            unique_id=None,
            subentry_id=title.lower(),
        )
        hass.config_entries.async_add_subentry(coordinator.entry, subentry)
    await hass.async_block_till_done()
    assert "unique" not in caplog.text
    assert state_of(hass, "sensor", "dan", "streak") == "0"
    live = coordinator.live("yard")
    coordinator.async_start("yard", athlete_id="dan", workout=coordinator.chosen_workout("yard"))
    assert live is coordinator.live("yard")
    assert state_of(hass, "sensor", "yard", "session") == "lead_in"
