"""The logbook reads like sentences: whose session, which workout, where, and why it ended or stood still."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.session import Command
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .setup import ANNA, BEN, GYM, HALL, MINE, async_set_up, async_tick

# The recorder has to be there before anything else is.
pytestmark = [
    pytest.mark.usefixtures("recorder_mock", "enable_custom_integrations"),
    pytest.mark.filterwarnings("ignore:It is recommended to use web.(App|Request)Key"),
]


async def lines(hass: HomeAssistant, ask: WebSocketGenerator) -> list[tuple[str, str]]:
    """Read the logbook of the last days: who, and what of them; only lines of its own, no changes of states."""
    await async_wait_recording_done(hass)
    client = await ask()
    now, day = dt_util.utcnow(), timedelta(days=1)
    span = {"start_time": (now - day).isoformat(), "end_time": (now + day).isoformat()}
    await client.send_json_auto_id({"type": "logbook/get_events", **span})
    reply: list[dict[str, Any]] = (await client.receive_json())["result"]
    own = [one for one in reply if one.get("domain") == "backstride" and "message" in one]
    assert {one["entity_id"].split(".")[0] for one in own} <= {"event"}
    return [(one["name"], one["message"]) for one in own]


@pytest.fixture
async def coordinator(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Coordinator:
    freezer.move_to("2026-03-02 15:00:00+00:00")
    # Its panel needs a frontend, which is nothing to what is written in it.
    hass.config.components.add("frontend")
    assert await async_setup_component(hass, "logbook", {})
    return await async_set_up(hass)


def start(coordinator: Coordinator, place: str = GYM, athlete: str = ANNA) -> None:
    coordinator.async_start(place, athlete_id=athlete, workout=coordinator.workouts[MINE])


async def test_a_session_is_told_from_start_to_end_and_no_interval_of_it(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: Coordinator,
    hass_ws_client: WebSocketGenerator,
) -> None:
    start(coordinator)
    await async_tick(hass, freezer, 10)
    coordinator.async_command(GYM, Command.PAUSE)
    await hass.async_block_till_done()
    coordinator.async_command(GYM, Command.HOLD, reason=Reason.OBSTACLE)
    coordinator.async_command(GYM, Command.RELEASE)
    coordinator.async_command(GYM, Command.RESUME)
    for seconds in (3, 60, 30, 60):
        await async_tick(hass, freezer, seconds)
    assert await lines(hass, hass_ws_client) == [
        ("Anna", "started “Mine” at Gym"),
        ("Anna", "paused “Mine” at Gym: Asked for"),
        ("Anna", "was held in “Mine” at Gym: Something was behind"),
        ("Anna", "completed “Mine” at Gym"),
    ]


async def test_two_sessions_are_told_apart_and_each_end_has_its_reason(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: Coordinator,
    hass_ws_client: WebSocketGenerator,
) -> None:
    start(coordinator)
    start(coordinator, HALL, BEN)
    await async_tick(hass, freezer, 20)
    coordinator.async_command(GYM, Command.STOP, reason=Reason.EMERGENCY)
    coordinator.async_command(HALL, Command.STOP)
    await hass.async_block_till_done()
    assert await lines(hass, hass_ws_client) == [
        ("Anna", "started “Mine” at Gym"),
        ("Ben", "started “Mine” at Hall"),
        ("Anna", "stopped “Mine” at Gym: Emergency stop"),
        ("Ben", "stopped “Mine” at Hall: Asked for"),
    ]


async def test_a_milestone_is_told_and_the_days_between_are_not(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: Coordinator,
    hass_ws_client: WebSocketGenerator,
) -> None:
    for day in ("2026-02-27", "2026-02-28", "2026-03-01"):
        log = {
            "athlete": "Anna",
            "place": "Gym",
            "started_at": f"{day}T15:00:00+00:00",
            "backward_minutes": 5,
        }
        await hass.services.async_call("backstride", "log_session", log, blocking=True)
    start(coordinator)
    for seconds in (10, 60, 30, 60):
        await async_tick(hass, freezer, seconds)
    told = await lines(hass, hass_ws_client)
    assert [line for line in told if "streak" in line[1]] == [("Anna", "reached a streak of 3 days")]


async def test_a_session_of_somebody_who_was_removed_is_told_of_the_place(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    coordinator: Coordinator,
    hass_ws_client: WebSocketGenerator,
) -> None:
    start(coordinator)
    await async_tick(hass, freezer, 20)
    assert await hass.config_entries.async_unload(coordinator.entry.entry_id)
    hass.config_entries.async_remove_subentry(coordinator.entry, ANNA)
    assert await hass.config_entries.async_setup(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    told = await lines(hass, hass_ws_client)
    assert told[-1] == ("Gym", "paused “Mine” at Gym: Home Assistant restarted")
