"""Triggers: automations hear what happens in real sessions, and nothing else."""

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.session import Command
from custom_components.backstride.trigger import TRIGGERS
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    floor_registry as fr,
)

from .automating import async_automate, device_of, noticed, on
from .setup import ANNA, BEN, GYM, HALL, MINE, async_set_up, async_tick, entity_id

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")


@pytest.fixture(autouse=True)
def _at_three(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-02 15:00:00+00:00")


def start(coordinator: Coordinator, place: str = GYM, athlete: str = ANNA) -> None:
    coordinator.async_start(place, athlete_id=athlete, workout=coordinator.workouts[MINE])


async def test_an_automation_hears_a_session_from_start_to_end_and_knows_whose_it_is(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    gym = {"device_id": device_of(hass, GYM)}
    keys = ("session_started", "interval_started", "session_completed", "session_stopped")
    calls = await async_automate(hass, *(on(key, gym) for key in keys))
    start(coordinator)
    for seconds in (10, 60, 30, 60):
        await async_tick(hass, freezer, seconds)
    told = noticed(calls, "platform", "athlete", "place", "workout", "interval", "intervals", "direction")
    who = "Anna", "Gym", "Mine"
    assert told == [
        ("backstride.session_started", *who, 1, 3, "backward"),
        ("backstride.interval_started", *who, 1, 3, "backward"),
        ("backstride.interval_started", *who, 2, 3, "turn"),
        ("backstride.interval_started", *who, 3, 3, "forward"),
        ("backstride.session_completed", *who, 3, 3, "forward"),
    ]


@pytest.mark.filterwarnings("ignore:It is recommended to use web.(App|Request)Key")
@pytest.mark.parametrize(
    ("who", "triggers", "conditions"),
    [
        (
            GYM,
            {key for key in TRIGGERS if key.startswith(("session_", "interval_", "hazard_"))},
            {"session_is_active", "is_walking_backward"},
        ),
        (
            ANNA,
            {"streak_extended", "streak_at_risk", "milestone_reached"},
            {"goal_is_met", "streak_is_at_least"},
        ),
    ],
)
async def test_the_editor_offers_a_place_and_an_athlete_what_can_happen_to_them(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    who: str,
    triggers: set[str],
    conditions: set[str],
) -> None:
    await async_set_up(hass)
    client = await hass_ws_client()
    target = {"device_id": [device_of(hass, who)]}
    for kind, expected in (("triggers", triggers), ("conditions", conditions)):
        await client.send_json_auto_id({"type": f"get_{kind}_for_target", "target": target})
        offered = (await client.receive_json())["result"]
        ours = {one.removeprefix("backstride.") for one in offered if one.startswith("backstride.")}
        assert ours == expected
