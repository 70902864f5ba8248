"""A session is started, steered, interrupted and remembered through Home Assistant's own doors."""

from freezegun.api import FrozenDateTimeFactory
import pytest

from homeassistant.core import HomeAssistant

from .setup import ANNA, GYM, MINE, async_set_up, async_tick, state_of

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")


async def test_a_session_goes_from_start_to_streak(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-03-01 07:00:00+00:00")
    coordinator = await async_set_up(hass)
    assert state_of(hass, "sensor", GYM, "session") == "idle"
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await hass.async_block_till_done()
    assert state_of(hass, "sensor", GYM, "session") == "lead_in"
    await async_tick(hass, freezer, 10)
    assert state_of(hass, "sensor", GYM, "session") == "running"
    assert state_of(hass, "sensor", GYM, "interval") == "backward"
    assert state_of(hass, "sensor", GYM, "next_interval") == "turn"
    assert state_of(hass, "sensor", GYM, "interval_ends_at") == "2026-03-01T07:01:10+00:00"
    await async_tick(hass, freezer, 60)
    assert state_of(hass, "sensor", GYM, "interval") == "turn"
    assert state_of(hass, "sensor", GYM, "backward_time") == "1.0"
    await async_tick(hass, freezer, 30)
    await async_tick(hass, freezer, 60)
    assert state_of(hass, "sensor", GYM, "session") == "completed"
    assert state_of(hass, "sensor", ANNA, "streak") == "1"
    assert state_of(hass, "binary_sensor", ANNA, "goal_met_today") == "on"
    (record,) = await coordinator.book(ANNA).async_records()
    assert record.backward_seconds == 60
    await async_tick(hass, freezer, 60)
    assert state_of(hass, "sensor", GYM, "session") == "idle"
