"""Conditions: automations ask how a session, a goal and a streak stand, of our own entities and of no others."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.components.common import (
    ConditionStateDescription,
    TargetSupport,
    assert_condition_behavior_all,
    assert_condition_behavior_any,
    assert_conditions_target_support,
    create_target_condition,
    parametrize_condition_states_all,
    parametrize_condition_states_any,
)
import voluptuous as vol

from custom_components.backstride.condition import CONDITIONS
from custom_components.backstride.engine.session import Command
from custom_components.backstride.engine.state import SessionState
from custom_components.backstride.engine.workout import Direction
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.condition import ConditionChecker, async_validate_condition_config

from .automating import async_automate, device_of
from .neighbours import TARGETS, Neighbours
from .setup import ANNA, BEN, GYM, HALL, MINE, async_set_up, async_tick

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")

OVER = {"idle", "completed", "stopped"}
CASES: dict[str, dict[str, Any]] = {
    "session": {
        "condition": "backstride.session_is_active",
        "target_states": [state.value for state in SessionState if state not in OVER],
        "other_states": sorted(OVER),
    },
    "interval": {
        "condition": "backstride.is_walking_backward",
        "target_states": ["backward"],
        "other_states": ["idle", *(one.value for one in Direction if one is not Direction.BACKWARD)],
    },
    "goal_met_today": {
        "condition": "backstride.goal_is_met",
        "target_states": ["on"],
        "other_states": ["off"],
    },
    "streak": {
        "condition": "backstride.streak_is_at_least",
        "condition_options": {"days": 7},
        "target_states": ["7", "8", "365"],
        "other_states": ["6", "0"],
    },
}
"""For each key what is true; foreign entities always say the same, and count for nothing."""


def cases(parametrize: Any) -> list[Any]:  # noqa: ANN401 - two functions of the kit, alike but for their names
    return [
        pytest.param(key, *row, id=f"{key}-{number}")
        for key, case in CASES.items()
        for number, row in enumerate(parametrize(**case, excluded_entities_from_other_domain=True))
    ]


def neighbours(hass: HomeAssistant, key: str) -> Neighbours:
    there = Neighbours(hass, "binary_sensor" if key == "goal_met_today" else "sensor", key)
    for place in ("gym", "hall"):
        # Who walks is told by two entities; of the other one this is enough.
        session = er.async_get(hass).async_get_or_create("sensor", "backstride", f"{place}_session")
        if key == "interval":
            hass.states.async_set(session.entity_id, "running")
    return there


@pytest.mark.parametrize(("key", "condition", "options", "states"), cases(parametrize_condition_states_any))
async def test_one_is_enough_and_it_is_one_of_ours(
    hass: HomeAssistant,
    key: str,
    condition: str,
    options: dict[str, Any] | None,
    states: list[ConditionStateDescription],
) -> None:
    there = neighbours(hass, key)
    await assert_condition_behavior_any(
        hass,
        target_entities=there.as_the_kit_wants(),
        condition_target_config=there.targets["area_id"],
        entity_id=there.ours[0],
        entities_in_target=len(there.ours),
        condition=condition,
        condition_options=options or {},
        states=states,
    )


@pytest.mark.parametrize(("key", "condition", "options", "states"), cases(parametrize_condition_states_all))
async def test_all_means_all_of_ours(
    hass: HomeAssistant,
    key: str,
    condition: str,
    options: dict[str, Any] | None,
    states: list[ConditionStateDescription],
) -> None:
    there = neighbours(hass, key)
    await assert_condition_behavior_all(
        hass,
        target_entities=there.as_the_kit_wants(),
        condition_target_config=there.targets["label_id"],
        entity_id=there.ours[0],
        entities_in_target=len(there.ours),
        condition=condition,
        condition_options=options or {},
        states=states,
    )


@pytest.mark.parametrize("by", TARGETS)
async def test_however_they_are_targeted(hass: HomeAssistant, by: str) -> None:
    there = neighbours(hass, "streak")
    asked = await create_target_condition(
        hass,
        condition="backstride.streak_is_at_least",
        target=there.targets[by],
        behavior="all",
        condition_options={"days": 3},
    )
    assert isinstance(asked, ConditionChecker)
    for entity in there.foreign:
        hass.states.async_set(entity, "100")
    hass.states.async_set(there.ours[0], "3")
    hass.states.async_set(there.ours[1], "2")
    assert asked.async_check() is False
    hass.states.async_set(there.ours[1], "3")
    assert asked.async_check() is True


def test_the_way_to_a_target_is_home_assistants_own() -> None:
    assert_conditions_target_support(dict(CONDITIONS), dict.fromkeys(CONDITIONS, TargetSupport.STANDARD))


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("streak_is_at_least", {}),
        ("streak_is_at_least", {"days": -1}),
        ("streak_is_at_least", {"days": "many"}),
        ("session_is_active", {"behavior": "each"}),
        ("is_walking_backward", {"for": "00:01:00"}),
        ("goal_is_met", {"days": 1}),
    ],
)
async def test_an_option_that_makes_no_sense_is_refused(
    hass: HomeAssistant, key: str, options: dict[str, Any]
) -> None:
    config = {"condition": f"backstride.{key}", "target": {"area_id": "gym"}, "options": options}
    with pytest.raises(vol.Invalid):
        await async_validate_condition_config(hass, config)


# In a real session


async def ask(hass: HomeAssistant, key: str, who: str, **options: Any) -> bool:
    asked = await create_target_condition(
        hass,
        condition=f"backstride.{key}",
        target=device_of(hass, who),
        behavior="any",
        condition_options=options,
    )
    assert isinstance(asked, ConditionChecker)
    return asked.async_check() is True


async def test_nobody_walks_backward_before_the_start_during_a_pause_or_in_a_turn(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-03-02 15:00:00+00:00")
    coordinator = await async_set_up(hass)

    async def look() -> tuple[bool, bool]:
        return await ask(hass, "session_is_active", GYM), await ask(hass, "is_walking_backward", GYM)

    assert await look() == (False, False)
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await hass.async_block_till_done()
    assert await look() == (True, False), "the lead-in"
    await async_tick(hass, freezer, 10)
    assert await look() == (True, True)
    assert not await ask(hass, "is_walking_backward", HALL)
    coordinator.async_command(GYM, Command.PAUSE)
    await hass.async_block_till_done()
    assert await look() == (True, False), "the interval is still the same"
    coordinator.async_command(GYM, Command.RESUME)
    await async_tick(hass, freezer, 3)
    assert await look() == (True, True)
    await async_tick(hass, freezer, 60)
    assert await look() == (True, False), "a turn"
    coordinator.async_command(GYM, Command.STOP)
    await hass.async_block_till_done()
    assert await look() == (False, False)


async def test_a_goal_that_is_met_makes_a_streak_of_one_day(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-03-02 15:00:00+00:00")
    coordinator = await async_set_up(hass)
    assert not await ask(hass, "goal_is_met", ANNA)
    assert not await ask(hass, "streak_is_at_least", ANNA, days=1)
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    for seconds in (10, 60, 30, 60):
        await async_tick(hass, freezer, seconds)
    assert await ask(hass, "goal_is_met", ANNA)
    assert await ask(hass, "streak_is_at_least", ANNA, days=1)
    assert not await ask(hass, "streak_is_at_least", ANNA, days=2)
    assert not await ask(hass, "goal_is_met", BEN)


async def test_an_automation_runs_only_while_nobody_walks_and_says_nothing_of_what_is_not_loaded(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    active = {"condition": "backstride.session_is_active", "target": device_of(hass, GYM)}

    calls: list[ServiceCall] = await async_automate(
        hass,
        {"trigger": "event", "event_type": "vacuum_wants_to_start"},
        conditions={"condition": "not", "conditions": [active]},
    )

    async def let_it_want() -> int:
        calls.clear()
        hass.bus.async_fire("vacuum_wants_to_start")
        await hass.async_block_till_done()
        return len(calls)

    assert await let_it_want() == 1
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await async_tick(hass, freezer, 10)
    assert await let_it_want() == 0
    assert await hass.config_entries.async_unload(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    assert await let_it_want() == 1, "a session that is not on any more is not active"


async def test_how_long_a_session_has_been_on_counts_through_its_pauses(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-03-02 15:00:00+00:00")
    coordinator = await async_set_up(hass)
    asked = await create_target_condition(
        hass,
        condition="backstride.session_is_active",
        target=device_of(hass, GYM),
        behavior="any",
        condition_options={"for": {"minutes": 1}},
    )
    assert isinstance(asked, ConditionChecker)
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await async_tick(hass, freezer, 10)
    coordinator.async_command(GYM, Command.PAUSE)
    await async_tick(hass, freezer, 49)
    assert asked.async_check() is False
    await async_tick(hass, freezer, 1)
    assert asked.async_check() is True
    asked.async_unload()


async def test_who_watches_it_looks_again_because_it_depends_on_more_than_its_target(
    hass: HomeAssistant,
) -> None:
    there = neighbours(hass, "interval")
    asked = await create_target_condition(
        hass, condition="backstride.is_walking_backward", target=there.targets["area_id"], behavior="any"
    )
    assert isinstance(asked, ConditionChecker)
    assert asked.needs_polling


async def test_an_interval_whose_session_is_not_there_is_not_walked(hass: HomeAssistant) -> None:
    there = Neighbours(hass, "sensor", "interval")
    hass.states.async_set(there.ours[0], "backward")
    asked = await create_target_condition(
        hass, condition="backstride.is_walking_backward", target=there.targets["area_id"], behavior="any"
    )
    assert isinstance(asked, ConditionChecker)
    assert asked.async_check() is False
    er.async_get(hass).async_get_or_create("sensor", "backstride", "gym_session")
    assert asked.async_check() is False
