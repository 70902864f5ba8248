"""Triggers: automations hear what happens in real sessions, and nothing else."""

from datetime import timedelta
from pathlib import Path
import re
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events, async_mock_service
from pytest_homeassistant_custom_component.components.common import (
    StateDescription,
    TargetSupport,
    TriggerStateDescription,
    assert_trigger_behavior_each,
    assert_triggers_target_support,
)
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
import voluptuous as vol
import yaml

from custom_components.backstride.condition import CONDITIONS
from custom_components.backstride.const import SubentryType
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.session import Command
from custom_components.backstride.trigger import TOLD, TRIGGERS
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er
from homeassistant.helpers.trigger import async_validate_trigger_config
from homeassistant.setup import async_setup_component

from .automating import async_automate, device_of, noticed, on
from .neighbours import TARGETS, Neighbours
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
    subentries,
    subentry,
)

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")

OF_PLACES = {key for key in TRIGGERS if key.startswith(("session_", "interval_", "hazard_"))}
OF_ATHLETES = {"streak_extended", "streak_at_risk", "milestone_reached"}


@pytest.fixture(autouse=True)
def _at_three(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-02 15:00:00+00:00")


def start(coordinator: Coordinator, place: str = GYM, athlete: str = ANNA) -> None:
    coordinator.async_start(place, athlete_id=athlete, workout=coordinator.workouts[MINE])


async def walk(hass: HomeAssistant, freezer: FrozenDateTimeFactory, *seconds: float) -> None:
    for each in seconds or (10, 60, 30, 60):
        await async_tick(hass, freezer, each)


# What is heard


async def test_an_automation_hears_a_session_from_start_to_end_and_knows_whose_it_is(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    keys = ("session_started", "interval_started", "session_completed", "session_stopped")
    calls = await async_automate(
        hass,
        *(on(key, device_of(hass, GYM)) for key in keys),
        tells="athlete place workout interval intervals direction seconds speed_kmh reason",
    )
    start(coordinator)
    await walk(hass, freezer)
    who = "Anna", "Gym", "Mine"
    assert noticed(calls) == [
        ("session_started", *who, 1, 3, "backward", 60, 2.0, None),
        ("interval_started", *who, 1, 3, "backward", 60, 2.0, None),
        ("interval_started", *who, 2, 3, "turn", 30, None, None),
        ("interval_started", *who, 3, 3, "forward", 60, 3.0, None),
        ("session_completed", *who, 3, 3, "forward", 60, 3.0, None),
    ]


async def test_the_end_of_a_session_tells_what_was_done(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    tells = "athlete reason backward_seconds backward_m kcal"
    calls = await async_automate(
        hass, *(on("session_stopped", device_of(hass, place)) for place in (GYM, HALL)), tells=tells
    )
    start(coordinator)
    start(coordinator, HALL, BEN)
    await walk(hass, freezer, 10, 30)
    coordinator.async_command(GYM, Command.STOP)
    coordinator.async_command(HALL, Command.STOP, reason=Reason.STUMBLE)
    await hass.async_block_till_done()
    (_, anna, asked, seconds, metres, kcal), (_, *ben) = noticed(calls)
    assert (anna, asked, seconds) == ("Anna", "athlete", 30)
    assert metres == pytest.approx(2 / 3.6 * 30, abs=0.1)
    assert kcal > 0
    assert ben[:3] == ["Ben", "stumble", 30]
    assert ben[4] is None, "nobody knows what Ben weighs"


async def test_a_pause_and_a_hold_say_why_and_where_in_the_workout(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    gym = device_of(hass, GYM)
    calls = await async_automate(
        hass, on("session_paused", gym), on("session_held", gym), tells="athlete direction interval reason"
    )
    start(coordinator)
    await walk(hass, freezer, 10, 20)
    coordinator.async_command(GYM, Command.PAUSE)
    await hass.async_block_till_done()
    coordinator.async_command(GYM, Command.HOLD, reason=Reason.SENSOR_LOST)
    await hass.async_block_till_done()
    assert noticed(calls) == [
        ("session_paused", "Anna", "backward", 1, "athlete"),
        ("session_held", "Anna", "backward", 1, "sensor_lost"),
    ]


async def test_what_was_due_before_a_command_is_told_with_its_own_interval(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """Several of our events are written within one instant, and each is one."""
    coordinator = await async_set_up(hass)
    gym = device_of(hass, GYM)
    keys = ("session_started", "interval_started", "session_stopped")
    calls = await async_automate(hass, *(on(key, gym) for key in keys), tells="interval direction")
    start(coordinator)
    freezer.tick(timedelta(seconds=110))
    coordinator.async_command(GYM, Command.STOP)
    await hass.async_block_till_done()
    assert noticed(calls) == [
        ("session_started", 1, "backward"),
        ("interval_started", 1, "backward"),
        ("interval_started", 2, "turn"),
        ("interval_started", 3, "forward"),
        ("session_stopped", 3, "forward"),
    ]


async def test_going_back_starts_the_same_interval_again(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    calls = await async_automate(
        hass, on("interval_started", device_of(hass, GYM)), tells="interval direction"
    )
    start(coordinator)
    await walk(hass, freezer, 10, 30)
    coordinator.async_command(GYM, Command.PREVIOUS)
    await hass.async_block_till_done()
    assert noticed(calls) == [("interval_started", 1, "backward")] * 2


async def test_hazards_say_what_it_is_and_whose_back_it_is_behind(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    dog = "binary_sensor.dog"
    hass.states.async_set(dog, "off")
    guarded = {"kind": "treadmill", "obstacles": [{"entity_id": dog, "reaction": "remind"}]}
    others = [each for each in subentries() if each["subentry_id"] != GYM]
    entry = new_entry(*others, subentry(SubentryType.PLACE, GYM, "Gym", guarded))
    coordinator = await async_set_up(hass, entry)
    gym = device_of(hass, GYM)
    calls = await async_automate(
        hass,
        on("hazard_raised", gym, cause=["obstacle"]),
        on("hazard_raised", gym, cause="heart_rate"),
        on("hazard_cleared", gym),
        tells="athlete place cause source reaction",
    )
    start(coordinator)
    await walk(hass, freezer, 20)
    hass.states.async_set(dog, "on")
    await walk(hass, freezer, 1)
    hass.states.async_set(dog, "off")
    await walk(hass, freezer, 1, 3)
    told = "Anna", "Gym", "obstacle", dog, "remind"
    assert noticed(calls) == [("hazard_raised", *told), ("hazard_cleared", *told)]


async def test_a_streak_is_heard_growing_and_reaching_a_milestone(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    anna = device_of(hass, ANNA)
    keys = ("streak_extended", "milestone_reached")
    calls = await async_automate(hass, *(on(key, anna) for key in keys), tells="athlete streak best")
    for day in (2, 3, 4):
        freezer.move_to(f"2026-03-0{day} 15:00:00+00:00")
        start(coordinator)
        await walk(hass, freezer)
        await walk(hass, freezer, 61)
    assert noticed(calls) == [
        ("streak_extended", "Anna", 1, 1),
        ("streak_extended", "Anna", 2, 2),
        ("streak_extended", "Anna", 3, 3),
        ("milestone_reached", "Anna", 3, 3),
    ]


async def test_a_streak_is_at_risk_once_an_evening_and_only_as_long_as_the_goal_is_not_met(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await hass.config.async_set_time_zone("UTC")
    coordinator = await async_set_up(hass)
    calls = await async_automate(hass, on("streak_at_risk", device_of(hass, ANNA)), tells="athlete streak")

    def is_at_risk() -> bool:
        state = hass.states.get(entity_id(hass, "binary_sensor", ANNA, "streak_at_risk"))
        return state is not None and state.state == "on"

    async def look_at(when: str) -> None:
        freezer.move_to(f"{when}:00+00:00")
        await async_tick(hass, freezer, 0)

    await look_at("2026-03-02 20:00")
    assert not is_at_risk(), "there is no streak yet"
    start(coordinator)
    await walk(hass, freezer)
    await look_at("2026-03-03 19:30")
    assert not is_at_risk()
    await look_at("2026-03-03 20:00")
    assert is_at_risk()
    await look_at("2026-03-03 20:30")
    for hour, risks in ((22, False), (19, True)):
        anna = coordinator.entry.subentries[ANNA]
        data = {**anna.data, "at_risk_hour": hour}
        hass.config_entries.async_update_subentry(coordinator.entry, anna, data=data)
        await hass.async_block_till_done()
        await look_at("2026-03-03 20:40")
        assert is_at_risk() is risks
    assert noticed(calls) == [("streak_at_risk", "Anna", 1)]
    start(coordinator)
    await walk(hass, freezer)
    assert not is_at_risk()
    assert len(calls) == 1


async def test_when_something_is_heard_every_condition_already_knows_it(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """An automation looks at its conditions within the very write that makes it run."""
    coordinator = await async_set_up(hass)
    anna, gym = device_of(hass, ANNA), device_of(hass, GYM)
    asked = [
        ("session_started", gym, "session_is_active", gym, {}),
        ("interval_started", gym, "is_walking_backward", gym, {}),
        ("streak_extended", anna, "streak_is_at_least", anna, {"days": 1}),
        ("streak_extended", anna, "goal_is_met", anna, {}),
    ]
    rules = [
        {
            "triggers": {**on(key, of), "id": str(number)},
            "conditions": {"condition": f"backstride.{state}", "target": whose, "options": options},
            "actions": {"event": "noticed", "event_data": {"number": number}},
        }
        for number, (key, of, state, whose, options) in enumerate(asked)
    ]
    assert await async_setup_component(hass, "automation", {"automation": rules})
    heard = async_capture_events(hass, "noticed")
    start(coordinator)
    await walk(hass, freezer)
    assert sorted(one.data["number"] for one in heard) == [0, 1, 2, 3]


# Which of them


async def test_directions_reasons_and_athletes_can_be_chosen(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    places = {"device_id": [device_of(hass, place)["device_id"] for place in (GYM, HALL)]}
    anna, ben = (device_of(hass, athlete)["device_id"] for athlete in (ANNA, BEN))
    calls = await async_automate(
        hass,
        on("interval_started", places, direction=["forward", "turn"], athlete=[anna]),
        on("session_stopped", places, reason="emergency"),
        on("session_stopped", places, reason=["athlete", "stumble"], athlete="Ben"),
        on("session_started", places, athlete=[ben, "no such device"]),
        on("session_started", places, athlete=["Carl"]),
        tells="athlete place direction",
    )
    start(coordinator)
    start(coordinator, HALL, BEN)
    await walk(hass, freezer, 10, 60, 30)
    coordinator.async_command(GYM, Command.STOP)
    coordinator.async_command(HALL, Command.STOP)
    await hass.async_block_till_done()
    assert noticed(calls) == [
        ("session_started", "Ben", "Hall", "backward"),
        ("interval_started", "Anna", "Gym", "turn"),
        ("interval_started", "Anna", "Gym", "forward"),
        ("session_stopped", "Ben", "Hall", "forward"),
    ]


@pytest.mark.parametrize(
    ("key", "options"),
    [
        ("interval_started", {"direction": "upward"}),
        ("interval_started", {"direction": []}),
        ("interval_started", {"reason": ["athlete"]}),
        ("session_started", {"athlete": []}),
        ("session_paused", {"reason": ["because"]}),
        ("hazard_raised", {"cause": ["a dog"]}),
        ("streak_extended", {"athlete": ["Anna"]}),
        ("session_started", {"behavior": "each"}),
    ],
)
async def test_an_option_that_makes_no_sense_is_refused(
    hass: HomeAssistant, key: str, options: dict[str, Any]
) -> None:
    with pytest.raises(vol.Invalid):
        await async_validate_trigger_config(
            hass, [{"platform": f"backstride.{key}", "target": {"area_id": "gym"}, "options": options}]
        )


async def test_a_trigger_without_a_target_is_refused(hass: HomeAssistant) -> None:
    with pytest.raises(vol.Invalid, match="target"):
        await async_validate_trigger_config(hass, [{"platform": "backstride.session_started"}])


# Our own only


def written(state: str, kind: str = "started") -> StateDescription:
    return {"state": state, "attributes": {"event_type": kind}}


def step(count: int, told: StateDescription) -> TriggerStateDescription:
    return {"included_state": told, "others_state": told, "excluded_state": told, "count": count}


GONE: StateDescription = {"state": "unavailable", "attributes": {}}
NEVER: StateDescription = {"state": "unknown", "attributes": {"event_type": None}}
HISTORY = [
    step(0, NEVER),
    step(1, written("2026-03-02T15:00:00.000+00:00")),
    step(1, written("2026-03-02T15:00:00.001+00:00")),
    step(0, written("2026-03-02T15:00:00.002+00:00", "paused")),
    step(1, written("2026-03-02T15:00:01.000+00:00")),
    step(0, GONE),
    step(0, written("2026-03-02T15:00:01.000+00:00")),
    step(1, written("2026-03-02T15:00:02.000+00:00")),
    step(0, {"state": None, "attributes": {}}),
    step(0, written("2026-03-02T15:00:02.000+00:00")),
]
"""What is written of an entity's events, and how often it is news: not when it comes back with an old one."""


@pytest.mark.parametrize("by", TARGETS)
async def test_only_our_own_events_count_however_they_are_targeted_and_each_but_once(
    hass: HomeAssistant, by: str
) -> None:
    there = Neighbours(hass, "event", "session")
    await assert_trigger_behavior_each(
        hass,
        target_entities=there.as_the_kit_wants(),
        trigger_target_config=there.targets[by],
        entity_id=there.ours[0],
        entities_in_target=len(there.ours),
        trigger="backstride.session_started",
        trigger_options={},
        states=HISTORY,
    )


def test_the_way_to_a_target_is_home_assistants_own() -> None:
    """Only what an action is told is added to it, which the kit cannot tell from finding targets in another way."""
    assert_triggers_target_support(dict(TRIGGERS), dict.fromkeys(TRIGGERS, TargetSupport.CUSTOM))
    for trigger in TRIGGERS.values():
        assert {"async_validate_config", "async_attach_action", "count_matches"}.isdisjoint(vars(trigger))


async def test_a_device_that_moves_in_is_heard_and_one_that_moves_out_is_not(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    area = ar.async_get(hass).async_create("Fitness")
    calls = await async_automate(hass, on("session_started", {"area_id": area.id}), tells="place")
    registry, gym = dr.async_get(hass), device_of(hass, GYM)["device_id"]
    for there in (None, area.id, None):
        registry.async_update_device(gym, area_id=there)
        start(coordinator)
        await hass.async_block_till_done()
        coordinator.async_command(GYM, Command.STOP)
        await walk(hass, freezer, 61)
    assert noticed(calls) == [("session_started", "Gym")]


# What comes and goes


async def test_an_entry_that_is_loaded_anew_brings_no_old_news_and_is_heard_again(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    gym = device_of(hass, GYM)
    keys = ("session_started", "session_paused", "interval_started", "session_completed")
    calls = await async_automate(hass, *(on(key, gym) for key in keys), tells="reason")
    start(coordinator)
    await walk(hass, freezer, 10, 20)
    calls.clear()
    assert await hass.config_entries.async_reload(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    assert noticed(calls) == [("session_paused", "restart")], "nothing that was told before, and what is new"
    again: Coordinator = coordinator.entry.runtime_data
    again.async_command(GYM, Command.RESUME)
    await walk(hass, freezer, 3, 40, 30, 60)
    assert [key for key, _ in noticed(calls)[1:]] == [
        "interval_started",
        "interval_started",
        "session_completed",
    ]


async def test_nothing_happens_again_because_home_assistant_starts(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """At a start the registry writes what is known as unavailable, and then each entity its last event of the day before."""
    coordinator = await async_set_up(hass)
    start(coordinator)
    await walk(hass, freezer)
    entry = coordinator.entry
    session = entity_id(hass, "event", GYM, "session")
    assert await hass.config_entries.async_unload(entry.entry_id)
    hass.states.async_remove(session)
    er.async_get(hass).entities[session].write_unavailable_state(hass)
    calls = await async_automate(hass, *(on(key, device_of(hass, GYM)) for key in OF_PLACES))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    back = hass.states.get(session)
    assert back is not None
    assert back.attributes["event_type"] == "completed"
    assert noticed(calls) == []
    start(entry.runtime_data)
    await hass.async_block_till_done()
    assert noticed(calls) == ["session_started"]


async def test_a_renamed_place_and_entity_are_heard_under_their_new_names(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    gym = device_of(hass, GYM)
    calls = await async_automate(hass, on("session_started", gym), tells="place entity_id")
    er.async_get(hass).async_update_entity(
        entity_id(hass, "event", GYM, "session"), new_entity_id="event.cellar"
    )
    entry = coordinator.entry
    hass.config_entries.async_update_subentry(entry, entry.subentries[GYM], title="Cellar")
    await hass.async_block_till_done()
    assert noticed(calls) == []
    start(coordinator)
    await hass.async_block_till_done()
    assert noticed(calls) == [("session_started", "Cellar", "event.cellar")]


async def test_an_automation_that_was_there_before_any_place_hears_the_place_that_comes(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the integration nor the entity is known yet; the automation waits for it without a word."""
    calls = await async_automate(
        hass, on("session_started", {"entity_id": "event.gym_session_event"}), tells="place"
    )
    assert "backstride" not in hass.config.components
    assert [one for one in caplog.records if one.levelname == "ERROR"] == []
    coordinator = await async_set_up(hass)
    start(coordinator)
    await hass.async_block_till_done()
    assert noticed(calls) == [("session_started", "Gym")]


async def test_a_place_that_is_added_while_it_runs_is_heard(hass: HomeAssistant) -> None:
    first = new_entry(*[each for each in subentries() if each["subentry_id"] != HALL])
    coordinator = await async_set_up(hass, first)
    calls = await async_automate(
        hass, on("session_started", {"entity_id": "event.hall_session_event"}), tells="place"
    )
    hall = next(each for each in new_entry().subentries.values() if each.subentry_id == HALL)
    hass.config_entries.async_add_subentry(first, hall)
    await hass.async_block_till_done()
    start(coordinator, HALL)
    await hass.async_block_till_done()
    assert noticed(calls) == [("session_started", "Hall")]


async def test_the_session_of_an_athlete_nobody_knows_any_more_is_told_without_a_name(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    calls = await async_automate(
        hass, on("session_paused", device_of(hass, GYM)), tells="athlete workout reason"
    )
    start(coordinator)
    await walk(hass, freezer, 10, 20)
    assert await hass.config_entries.async_unload(coordinator.entry.entry_id)
    hass.config_entries.async_remove_subentry(coordinator.entry, ANNA)
    assert await hass.config_entries.async_setup(coordinator.entry.entry_id)
    await hass.async_block_till_done()
    assert noticed(calls) == [("session_paused", None, "Mine", "restart")]


# What the documentation says

DOCUMENT = (Path(__file__).parents[1] / "docs" / "automations.md").read_text()


def test_every_trigger_and_condition_and_everything_they_tell_is_documented() -> None:
    named = set(re.findall(r"`([a-z_]+)`", DOCUMENT))
    assert {*TRIGGERS, *CONDITIONS} <= named
    assert {name for told in TOLD.values() for name in told} <= named


async def test_the_automation_in_the_documentation_works(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    (shown,) = re.findall(r"```yaml\n(triggers:.*?)```", DOCUMENT, re.DOTALL)
    for what, who in (("place", GYM), ("athlete", ANNA)):
        shown = shown.replace(f"the device of the {what}", device_of(hass, who)["device_id"])
    said = async_mock_service(hass, "notify", "notify")
    assert await async_setup_component(hass, "automation", {"automation": yaml.safe_load(shown)})
    for day in (2, 3):
        freezer.move_to(f"2026-03-0{day} 15:00:00+00:00")
        start(coordinator)
        await walk(hass, freezer, 10, 60, 30, 60, 61)
    # The first day's streak is counted when the session is kept, which is after it was completed.
    assert [call.data["message"] for call in said] == ["Anna completed Mine at Gym."]


# What the editor offers


@pytest.mark.filterwarnings("ignore:It is recommended to use web.(App|Request)Key")
@pytest.mark.parametrize(
    ("who", "triggers", "conditions"),
    [
        (GYM, OF_PLACES, {"session_is_active", "is_walking_backward"}),
        (ANNA, OF_ATHLETES, {"goal_is_met", "streak_is_at_least"}),
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
    for kind, expected in (("triggers", triggers), ("conditions", conditions)):
        await client.send_json_auto_id({"type": f"get_{kind}_for_target", "target": device_of(hass, who)})
        offered = (await client.receive_json())["result"]
        ours = {one.removeprefix("backstride.") for one in offered if one.startswith("backstride.")}
        assert ours == expected
