"""A session is started, steered, interrupted and remembered through Home Assistant's own doors."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.backstride import clock
from custom_components.backstride.const import DOMAIN
from homeassistant.core import HomeAssistant

from .setup import ANNA, GYM, MINE, async_set_up, async_tick, new_entry, state_of, subentries

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


@pytest.mark.parametrize(
    ("body", "every", "zones"),
    [
        # 50 years: at most 173. Moderate begins at 64 % of that, 110.7, or at 40 % from 60 up to it, 105.2.
        pytest.param({}, 10, [100.0, 50.0, 0.0, 0.0, 0.0], id="by the share of the maximum"),
        pytest.param({"resting_heart_rate": 60}, 10, [0.0, 150.0, 0.0, 0.0, 0.0], id="by the reserve"),
        pytest.param({}, 31, None, id="a watch that tells twice a minute is not live"),
        pytest.param({"birth_year": None}, 10, None, id="without an age there are no zones"),
    ],
)
async def test_time_in_zone_is_kept_where_heart_rate_and_age_are_known(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    body: dict[str, int | None],
    every: int,
    zones: list[float] | None,
) -> None:
    freezer.move_to("2026-03-01 20:00:00+00:00")
    given = subentries()
    given[0]["data"] = {**given[0]["data"], **body, "heart_rate": "sensor.strap"}
    coordinator = await async_set_up(hass, new_entry(*given))
    hass.states.async_set("sensor.strap", "107")
    await async_tick(hass, freezer, every)
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    for seconds in range(-10, 151, every):
        hass.states.async_set("sensor.strap", "108" if seconds < 100 else "111")
        await async_tick(hass, freezer, every)
    assert state_of(hass, "sensor", GYM, "session") == "completed"
    assert state_of(hass, "sensor", GYM, "heart_rate_average") == "109"
    found: dict[str, Any] | None = await hass.services.async_call(
        DOMAIN, "get_sessions", {"athlete": "Anna"}, blocking=True, return_response=True
    )
    assert found is not None
    assert [session.get("zones") for session in found["sessions"]] == [zones]
