"""A session is started, steered, interrupted and remembered through Home Assistant's own doors."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.backstride import clock
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


@pytest.mark.parametrize("hours", [-1, 1], ids=["back", "forward"])
async def test_a_wall_clock_that_is_put_right_neither_ends_nor_freezes_an_interval(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    seconds = 0.0
    monkeypatch.setattr(clock, "monotonic", lambda: seconds)

    async def walk(more: float) -> None:
        nonlocal seconds
        seconds += more
        async_fire_time_changed(hass, fire_all=True)
        await hass.async_block_till_done()

    freezer.move_to("2026-03-01 07:00:00+00:00")
    coordinator = await async_set_up(hass)
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await walk(10)
    freezer.tick(timedelta(hours=hours))
    await walk(59)
    assert state_of(hass, "sensor", GYM, "session") == "running"
    assert state_of(hass, "sensor", GYM, "interval") == "backward"
    await walk(1)
    assert state_of(hass, "sensor", GYM, "interval") == "turn"
    await walk(30)
    await walk(60)
    assert state_of(hass, "sensor", GYM, "session") == "completed"
    (record,) = await coordinator.book(ANNA).async_records()
    assert record.backward_seconds == 60
    await walk(60)
    assert state_of(hass, "sensor", GYM, "session") == "idle"
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    session = coordinator.session(GYM)
    assert session is not None
    assert session.started_at.hour == 7 + hours, "a new session begins by the clock on the wall"
