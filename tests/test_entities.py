"""The entities: which there are, what they say, and what pressing, choosing and setting them does."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from syrupy.assertion import SnapshotAssertion

from custom_components.backstride.const import DOMAIN
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.events import Reason
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .setup import (
    ANNA,
    BEN,
    GYM,
    HALL,
    MINE,
    async_set_up,
    async_tick,
    entity_id,
    new_entry,
    state_of,
    subentries,
)

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")


@pytest.fixture(autouse=True)
def _at_seven(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-02 15:00:00+00:00")


async def _do(
    hass: HomeAssistant, domain: str, service: str, key: str, place: str = GYM, **data: Any
) -> None:
    target = entity_id(hass, domain, place, key)
    await hass.services.async_call(domain, service, {"entity_id": target, **data}, blocking=True)
    await hass.async_block_till_done()


async def _press(hass: HomeAssistant, key: str, place: str = GYM) -> None:
    await _do(hass, "button", "press", key, place)


async def _chosen(hass: HomeAssistant) -> Coordinator:
    coordinator = await async_set_up(hass)
    await _do(hass, "select", "select_option", "workout", option="Mine")
    await _do(hass, "select", "select_option", "athlete", option="Anna")
    return coordinator


async def test_the_table_of_entities(hass: HomeAssistant, snapshot: SnapshotAssertion) -> None:
    await async_set_up(hass)
    table = []
    for one in sorted(er.async_get(hass).entities.values(), key=lambda one: one.entity_id):
        if one.unique_id.startswith((GYM, ANNA)):
            state = hass.states.get(one.entity_id)
            assert state is not None
            shown = {
                key: value
                for key, value in state.attributes.items()
                if key
                in {"friendly_name", "device_class", "state_class", "unit_of_measurement", "event_types"}
            }
            category = one.entity_category.value if one.entity_category else None
            table.append({"entity_id": one.entity_id, "key": one.unique_id, "category": category, **shown})
    assert table == snapshot


async def test_there_is_a_device_for_each_place_and_athlete(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    registry = dr.async_get(hass)
    for key, model in {ANNA: "athlete", BEN: "athlete", GYM: "place", HALL: "place"}.items():
        device = registry.async_get_device_by_identifier((DOMAIN, key), coordinator.entry.entry_id)
        assert device is not None
        assert (device.manufacturer, device.model_id) == ("Backstride", model)


async def test_buttons_lead_through_a_session(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    coordinator = await _chosen(hass)
    await _press(hass, "start")
    assert state_of(hass, "binary_sensor", GYM, "active") == "on"
    assert state_of(hass, "switch", GYM, "backward_walk") == "on"
    await async_tick(hass, freezer, 10)
    await async_tick(hass, freezer, 20)
    await _press(hass, "pause")
    assert state_of(hass, "sensor", GYM, "session") == "paused"
    assert state_of(hass, "sensor", GYM, "interval_ends_at") == "unknown"
    await _press(hass, "resume")
    await async_tick(hass, freezer, 3)
    await _press(hass, "skip")
    assert state_of(hass, "sensor", GYM, "interval") == "turn"
    with pytest.raises(ServiceValidationError, match="never skipped"):
        await _press(hass, "skip")
    await async_tick(hass, freezer, 6)
    await _press(hass, "confirm")
    assert state_of(hass, "sensor", GYM, "interval") == "forward"
    await _press(hass, "previous")
    assert state_of(hass, "sensor", GYM, "interval") == "turn"
    await _press(hass, "stop")
    assert state_of(hass, "sensor", GYM, "session") == "stopped"
    assert state_of(hass, "binary_sensor", GYM, "active") == "off"
    (record,) = await coordinator.book(ANNA).async_records()
    assert record.backward_seconds == 20


async def test_an_emergency_stop_says_why(hass: HomeAssistant) -> None:
    coordinator = await _chosen(hass)
    await _press(hass, "start")
    await _press(hass, "emergency_stop")
    (record,) = await coordinator.book(ANNA).async_records()
    assert record.reason is Reason.EMERGENCY


async def test_a_newcomer_is_offered_the_gentlest_workout_and_only_has_to_say_who_walks(
    hass: HomeAssistant,
) -> None:
    await async_set_up(hass)
    assert state_of(hass, "select", GYM, "workout") == "First steps (5 min)"
    assert state_of(hass, "number", GYM, "duration") == "5.0"
    with pytest.raises(ServiceValidationError, match="Nobody is chosen to walk at Gym"):
        await _press(hass, "start")
    await _do(hass, "select", "select_option", "athlete", option="Anna")
    await _press(hass, "start")
    assert state_of(hass, "sensor", GYM, "workout") == "First steps (5 min)"


async def test_where_there_is_one_athlete_nobody_has_to_choose(hass: HomeAssistant) -> None:
    await async_set_up(hass, new_entry(*(one for one in subentries() if one["subentry_id"] != BEN)))
    assert state_of(hass, "select", GYM, "athlete") == "Anna"
    await _do(hass, "select", "select_option", "workout", option="Mine")
    await _press(hass, "start")
    assert state_of(hass, "sensor", GYM, "workout") == "Mine"


async def test_only_workouts_that_fit_the_place_are_offered(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    gym, hall = coordinator.workouts_for(GYM), coordinator.workouts_for(HALL)
    assert "Starter treadmill" in gym
    assert "Starter treadmill" not in hall
    assert "Older-adult balance" in hall
    assert gym["Mine"] == hall["Mine"] == MINE


async def test_the_duration_is_the_workouts_until_it_is_set_and_choosing_another_resets_it(
    hass: HomeAssistant,
) -> None:
    coordinator = await _chosen(hass)
    assert state_of(hass, "number", GYM, "duration") == "2.5"
    await _do(hass, "number", "set_value", "duration", value=4)
    assert state_of(hass, "number", GYM, "duration") == "4"
    await _press(hass, "start")
    session = coordinator.session(GYM)
    assert session is not None
    assert session.workout.seconds == 240
    await _press(hass, "stop")
    await _do(hass, "select", "select_option", "workout", option="10-minute builder")
    assert state_of(hass, "number", GYM, "duration") == "10.0"


async def test_choices_survive_a_reload(hass: HomeAssistant) -> None:
    coordinator = await _chosen(hass)
    await _do(hass, "number", "set_value", "duration", value=4)
    assert await hass.config_entries.async_reload(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    assert state_of(hass, "select", GYM, "workout") == "Mine"
    assert state_of(hass, "select", GYM, "athlete") == "Anna"
    assert state_of(hass, "number", GYM, "duration") == "4"


async def test_the_switch_starts_and_stops_and_twice_is_as_good_as_once(hass: HomeAssistant) -> None:
    coordinator = await _chosen(hass)
    for _ in range(2):
        await _do(hass, "switch", "turn_on", "backward_walk")
        assert state_of(hass, "sensor", GYM, "session") == "lead_in", "always with its lead-in"
    for _ in range(2):
        await _do(hass, "switch", "turn_off", "backward_walk")
        assert state_of(hass, "sensor", GYM, "session") == "stopped"
    assert len(await coordinator.book(ANNA).async_records()) == 1


async def test_sources_are_heard_in_their_units_and_a_missing_one_breaks_nothing(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    given = subentries()
    given[2]["data"] = {
        "kind": "treadmill",
        "roles": {"speed": "sensor.belt", "incline": "sensor.never_was", "heart_rate": "sensor.grip"},
    }
    given[0]["data"] = {**given[0]["data"], "heart_rate": "sensor.strap"}
    hass.states.async_set("sensor.belt", "1.0", {"unit_of_measurement": "mph"})
    hass.states.async_set("sensor.grip", "60")
    coordinator = await async_set_up(hass, new_entry(*given))
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await async_tick(hass, freezer, 10)
    hass.states.async_set("sensor.strap", "100")
    await async_tick(hass, freezer, 20)
    hass.states.async_set("sensor.strap", "unavailable")
    await async_tick(hass, freezer, 10)
    hass.states.async_set("sensor.strap", "120")
    hass.states.async_set("sensor.belt", "0.5", {"unit_of_measurement": "mph"})
    await async_tick(hass, freezer, 20)
    hass.states.async_remove("sensor.strap")
    await async_tick(hass, freezer, 10)
    distance = float(state_of(hass, "sensor", GYM, "backward_distance"))
    assert distance == pytest.approx(1.609344 / 3.6 * (30 + 0.5 * 30), abs=0.3)
    assert state_of(hass, "sensor", GYM, "heart_rate_average") == "110", "the athlete's strap, while it spoke"


async def test_an_athletes_day_ends_when_it_ends_for_the_athlete(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await hass.config.async_set_time_zone("UTC")
    coordinator = await _chosen(hass)
    await _press(hass, "start")
    for seconds in (10, 60):
        await async_tick(hass, freezer, seconds)
    await _press(hass, "stop")
    assert state_of(hass, "binary_sensor", ANNA, "goal_met_today") == "on"
    assert state_of(hass, "sensor", ANNA, "backward_time_today") == "1.0"
    event = hass.states.get(entity_id(hass, "event", ANNA, "streak"))
    assert event is not None
    assert (event.attributes["event_type"], event.attributes["streak"]) == ("extended", 1)
    freezer.move_to("2026-03-02 23:59:59+00:00")
    await async_tick(hass, freezer, 1)
    assert state_of(hass, "binary_sensor", ANNA, "goal_met_today") == "off"
    goal = hass.states.get(entity_id(hass, "binary_sensor", ANNA, "goal_met_today"))
    assert goal is not None
    assert goal.attributes["day"] == "open"
    assert goal.state_info is not None
    assert "day" in goal.state_info["unrecorded_attributes"]
    assert state_of(hass, "sensor", ANNA, "streak") == "1"
    assert state_of(hass, "sensor", ANNA, "backward_time_week") == "1.0"
    freezer.move_to("2026-03-03 23:59:59+00:00")
    await async_tick(hass, freezer, 1)
    assert state_of(hass, "sensor", ANNA, "streak") == "0"
    event = hass.states.get(entity_id(hass, "event", ANNA, "streak"))
    assert event is not None
    assert event.attributes["event_type"] == "lost"
    assert coordinator.book(ANNA).streak.best == 1
