"""What is asked for aloud is done, and the answer is short and says what happens next."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.backstride.const import SubentryType
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.session import Command, SessionState
from custom_components.backstride.engine.state import current
from custom_components.backstride.engine.workout import Direction
from custom_components.backstride.output.phrases import load_phrases
from homeassistant.config_entries import ConfigSubentry, ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent

from .conversing import OVER_THE_WEB, async_converse, said
from .setup import (
    ANNA,
    BEN,
    GYM,
    HALL,
    MINE,
    async_set_up,
    async_tick,
    new_entry,
    state_of,
    subentries,
    subentry,
)

pytestmark = [pytest.mark.usefixtures("enable_custom_integrations"), OVER_THE_WEB]

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLAN = "60s back @2, 30s turn, 60s fwd @3, 30s turn, 60s back @2"
HALLWAY = {"kind": "hallway", "clear_length_m": 12.0}


@pytest.fixture(autouse=True)
async def _conversation(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    """Have the conversation of a plain Home Assistant."""
    freezer.move_to(NOW)
    assert await async_converse(hass)


def alone(place: Mapping[str, Any] | None = None, **athlete: Any) -> list[ConfigSubentryDataWithId]:
    """Give one athlete at one place: nobody else can be meant."""
    anna, *_ = subentries()
    data = {**anna["data"], **athlete}
    return [
        subentry(SubentryType.ATHLETE, ANNA, "Anna", data),
        subentry(SubentryType.PLACE, GYM, "Gym", dict(place or {"kind": "treadmill"})),
        subentry(SubentryType.WORKOUT, MINE, "Mine", {"notation": PLAN}),
    ]


class Walker:
    """Somebody who walks and talks."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, coordinator: Coordinator) -> None:
        """Stand there."""
        self.hass = hass
        self.freezer = freezer
        self.coordinator = coordinator

    async def says(self, sentence: str, **who: Any) -> str:
        """Say a sentence and give the answer."""
        answer = await said(self.hass, sentence, **who)
        await self.hass.async_block_till_done(wait_background_tasks=True)
        return answer

    async def waits(self, seconds: float) -> None:
        await async_tick(self.hass, self.freezer, seconds)

    def state(self, place: str = GYM) -> str:
        return state_of(self.hass, "sensor", place, "session")


type Settle = Callable[..., Awaitable[Walker]]
"""Sets somebody up in a house with these subentries."""


@pytest.fixture
def settle(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Settle:
    async def settle(*given: ConfigSubentryDataWithId) -> Walker:
        walker = Walker(hass, freezer, await async_set_up(hass, new_entry(*(given or alone()))))
        await hass.async_block_till_done(wait_background_tasks=True)
        return walker

    return settle


# Beginning


async def test_the_answer_to_a_start_says_how_much_it_is_and_what_to_do_now(settle: Settle) -> None:
    walker = await settle()
    assert await walker.says("start the mine workout") == (
        "4 minutes, 2 backward stretches. Get on and hold the rails."
    )
    assert walker.state() == "lead_in"


@pytest.mark.parametrize(
    ("sentence", "minutes"),
    [
        ("start a ten minute backward walk", 10),
        ("start a backward walk for half an hour", 30),
        ("start a 7 minute backward walk", 7),
    ],
)
async def test_a_walk_lasts_as_long_as_was_said(settle: Settle, sentence: str, minutes: int) -> None:
    walker = await settle(*alone(level="l2"))
    await walker.says(sentence)
    session = walker.coordinator.session(GYM)
    assert session is not None
    assert sum(interval.seconds for interval in session.plan) == pytest.approx(minutes * 60, abs=30)


async def test_where_nobody_needs_rails_nobody_is_told_to_hold_them(settle: Settle) -> None:
    walker = await settle(*alone(HALLWAY))
    assert (
        await walker.says("start a backward walk") == "5 minutes, 4 backward stretches. Stand tall, we begin."
    )


async def test_a_time_that_cannot_be_reached_is_said_to_be_near(settle: Settle) -> None:
    walker = await settle(*alone(level="l0"))
    answer = await walker.says("start a 120 minute backward walk")
    assert "That is as near as this workout gets." in answer


async def test_of_several_people_and_places_it_is_said_who_and_where_is_meant(settle: Settle) -> None:
    walker = await settle(*subentries())
    assert await walker.says("start a backward walk in the hall") == "For whom? Say the name: Anna, Ben."
    assert await walker.says("start a backward walk for Ben") == "Where? Say the place: Gym, Hall."
    assert walker.state() == walker.state(HALL) == "idle"
    answer = await walker.says("start a backward walk in the hall for Ben")
    assert answer.startswith("5 minutes,")
    await walker.says("stop the walk")
    await walker.waits(61)
    answer = await walker.says("start a backward walk in the hall")
    assert answer.startswith("For Ben. 5 minutes,"), "as the last time"
    await walker.says("stop the walk")
    await walker.waits(61)
    assert (await walker.says("start a backward walk for Ben")).startswith("Hall. 5 minutes,")


@pytest.mark.parametrize(
    ("sentence", "workout"),
    [
        ("start an easy backward walk", "first-steps-5"),
        ("start a backward interval session", "fb-intervals-treadmill"),
        ("start a backward walk with hills", "hill-repeats-5"),
        ("start the ten minute builder plan", "builder-10"),
    ],
)
async def test_a_word_or_a_name_chooses_the_workout(settle: Settle, sentence: str, workout: str) -> None:
    walker = await settle(*alone(level="l2"))
    await walker.says(sentence)
    session = walker.coordinator.session(GYM)
    assert session is not None
    assert session.workout.id == workout
    assert walker.coordinator.selection(GYM).workout_id == workout, "it stays chosen"


async def test_what_is_not_there_is_not_begun_in_another_way(settle: Settle) -> None:
    walker = await settle(*alone(level="l0"))
    assert await walker.says("start a backward run") == "No such workout fits this place and level."
    assert await walker.says("start the steady 20 workout") != ""
    assert walker.state() == "idle"


async def test_what_stands_in_the_way_is_answered_and_only_answered(
    hass: HomeAssistant, settle: Settle, freezer: FrozenDateTimeFactory
) -> None:
    hass.states.async_set(
        "sensor.belt_speed", "3.0", {"unit_of_measurement": "km/h", "device_class": "speed"}
    )
    belt = {"kind": "treadmill", "roles": {"speed": "sensor.belt_speed"}}
    walker = await settle(*alone(belt))
    freezer.tick(timedelta(seconds=1))
    assert await walker.says("start a backward walk") == "I cannot start. Slow the belt down."
    assert walker.state() == "idle"
    hass.states.async_set("sensor.belt_speed", "0", {"unit_of_measurement": "km/h", "device_class": "speed"})
    assert "Get on and hold the rails." in await walker.says("start a backward walk")


async def test_a_speaker_that_is_away_is_answered_too(settle: Settle) -> None:
    walker = await settle(*alone({"kind": "treadmill", "speakers": ["media_player.gone"]}))
    assert await walker.says("start a backward walk") == "I cannot start. No speaker can be reached."


async def test_where_somebody_walks_nobody_else_begins(settle: Settle) -> None:
    walker = await settle()
    await walker.says("start a backward walk")
    assert await walker.says("start a backward walk") == "A session is on there already."


async def test_the_answer_has_six_seconds_before_the_first_cue(settle: Settle) -> None:
    walker = await settle()
    await walker.says("start the mine workout")
    await walker.waits(15.9)
    assert walker.state() == "lead_in"
    await walker.waits(0.2)
    assert walker.state() == "running"


# Steering


async def walking(walker: Walker, place: str = GYM) -> None:
    """Begin the athlete's own workout, and come to its first interval."""
    walker.coordinator.async_start(place, athlete_id=ANNA, workout=walker.coordinator.workouts[MINE])
    await walker.waits(10)
    await walker.hass.async_block_till_done(wait_background_tasks=True)
    assert walker.state(place) == "running"


async def test_a_session_is_steered_by_voice_alone(settle: Settle) -> None:
    walker = await settle()
    await walking(walker)
    await walker.waits(5)
    assert await walker.says("pause the walk") == "Say resume when you are ready."
    assert walker.state() == "paused"
    assert await walker.says("resume the walk") == "We go on. Hold the rails."
    assert walker.state() == "lead_in", "nothing moves at once"
    await walker.waits(6)
    assert walker.state() == "lead_in", "the answer is heard, and then the countdown"
    await walker.waits(0.5)
    assert walker.state() == "running"
    assert await walker.says("skip this interval") == "Skipped."
    assert state_of(walker.hass, "sensor", GYM, "interval") == "turn"
    assert await walker.says("skip this interval") == "A turn is never skipped. Say I am ready."
    await walker.waits(10)
    assert await walker.says("I have turned around") == "Good."
    assert state_of(walker.hass, "sensor", GYM, "interval") == "forward"
    assert await walker.says("confirm the turn") == "There is nothing to confirm."
    assert await walker.says("stop the walk") == "You did 5 seconds backward."
    assert walker.state() == "stopped"
    assert await walker.says("stop the walk") == "No session is on."
    assert await walker.says("what's next in my walk") == "No session is on."


async def test_who_is_ready_after_a_pause_goes_on(settle: Settle) -> None:
    walker = await settle(*alone(HALLWAY))
    await walking(walker)
    await walker.says("pause")
    assert await walker.says("I'm ready") == "We go on."
    assert walker.state() == "lead_in"


@pytest.mark.parametrize("belt_control", [True, False], ids=["steered", "not steered"])
async def test_where_a_belt_is_steered_nothing_said_moves_it_without_a_countdown(
    hass: HomeAssistant, settle: Settle, belt_control: bool
) -> None:
    hass.states.async_set("sensor.belt_speed", "0", {"unit_of_measurement": "km/h", "device_class": "speed"})
    roles = {"speed": "sensor.belt_speed", "set_speed": "number.belt_speed"}
    hass.states.async_set("number.belt_speed", "0", {"unit_of_measurement": "km/h", "min": 0.5, "max": 6})
    walker = await settle(
        *alone({"kind": "treadmill", "roles": roles, "belt_control": belt_control, "confirm_turns": True})
    )
    await walking(walker)
    await walker.says("skip this interval")
    await walker.waits(40)
    assert walker.state() == "waiting"
    assert await walker.says("I'm ready") == "Good."
    session = walker.coordinator.session(GYM)
    assert session is not None
    assert session.state is (SessionState.LEAD_IN if belt_control else SessionState.RUNNING)
    assert current(session).direction is Direction.FORWARD
    await walker.waits(6.5)
    assert walker.state() == "running"


async def test_short_words_are_heard_only_while_somebody_walks(settle: Settle) -> None:
    walker = await settle()
    assert "Sorry" in await walker.says("pause")
    await walking(walker)
    assert await walker.says("pause") == "Say resume when you are ready."
    await walker.says("stop")
    await walker.waits(61)
    assert "Sorry" in await walker.says("pause")


# Asking


async def test_how_it_stands_is_told_in_every_state(settle: Settle) -> None:
    walker = await settle()
    await walker.says("start the mine workout")
    left = "4 minutes 20 to go, 0 seconds backward so far."
    assert await walker.says("how long left") == f"{left} We begin: walk backward at 2."
    await walker.waits(46)
    assert await walker.says("how am I doing with my walk") == (
        "3 minutes 30 to go, 30 seconds backward so far. Now: walk backward at 2."
    )
    await walker.says("pause")
    assert await walker.says("how long left") == (
        "The session is paused. Say resume. 3 minutes 30 to go, 30 seconds backward so far."
    )
    walker.coordinator.async_command(GYM, Command.HOLD)
    assert await walker.says("how long left") == (
        "The session is held: something is not safe. 3 minutes 30 to go, 30 seconds backward so far."
    )


async def test_what_is_left_counts_what_was_added_to_an_interval(settle: Settle) -> None:
    walker = await settle(*alone(HALLWAY))
    await walking(walker)
    await walker.waits(170)
    assert await walker.says("what's next") == "Walk backward at 2, in 10 seconds."
    walker.coordinator.async_command(GYM, Command.EXTEND, seconds=120)
    await walker.says("pause")
    left = await walker.says("how long left")
    assert left == ("The session is paused. Say resume. 3 minutes 10 to go, one minute backward so far.")


async def test_what_comes_next_is_told_with_when(settle: Settle) -> None:
    walker = await settle(*alone(HALLWAY))
    walker.coordinator.async_start(GYM, athlete_id=ANNA, workout=walker.coordinator.workouts[MINE])
    await walker.hass.async_block_till_done(wait_background_tasks=True)
    assert await walker.says("what's next") == "Walk backward at 2, in 10 seconds."
    await walker.waits(30)
    assert await walker.says("what's next in my walk") == "Turn around, in 40 seconds."
    await walker.says("pause")
    assert await walker.says("what's next") == "Walk backward at 2, when you are ready."
    await walker.says("resume")
    await walker.waits(6.5 + 40 + 30 + 60 + 30)
    assert await walker.says("what's next") == "This is the last one, one minute to go."


async def test_while_nobody_walks_the_day_is_told(settle: Settle) -> None:
    walker = await settle(*alone(daily_goal_minutes=2))
    assert await walker.says("how far did I walk backward today") == (
        "0 seconds backward today, of 2 minutes."
    )
    assert await walker.says("what's next in my walk") == "No session is on."


async def test_the_streak_is_told_with_what_keeps_it(settle: Settle) -> None:
    walker = await settle(*alone(daily_goal_minutes=1))
    assert await walker.says("how long is my streak") == (
        "No streak yet: one minute backward make the first day."
    )
    await walking(walker)
    await walker.waits(60)
    await walker.says("stop")
    await walker.hass.async_block_till_done(wait_background_tasks=True)
    assert await walker.says("how long is my streak") == "One day in a row. Today is done."
    walker.freezer.tick(timedelta(days=1))
    walker.coordinator.async_new_day()
    assert await walker.says("how long is Anna's streak") == (
        "One day in a row. One minute backward today keep it."
    )


async def test_a_better_streak_is_told_and_a_day_of_rest_asks_for_nothing(
    hass: HomeAssistant, settle: Settle
) -> None:
    """From Monday to Wednesday, on Friday and on Saturday; today is Sunday, and Sundays are for rest."""
    walker = await settle(*alone(daily_goal_minutes=1, rest_weekdays=["6"]))
    for days in (6, 5, 4, 2, 1):
        started_at = (NOW - timedelta(days=days)).isoformat()
        data = {"athlete": "Anna", "place": "Gym", "backward_minutes": 2, "started_at": started_at}
        await hass.services.async_call("backstride", "log_session", data, blocking=True)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert await walker.says("how long is my streak") == "2 days in a row. Your best is 3."


async def test_whose_streak_it_is_follows_from_the_room_or_is_asked(settle: Settle) -> None:
    walker = await settle(*subentries())
    assert await walker.says("how long is my streak") == "For whom? Say the name: Anna, Ben."
    assert (await walker.says("how long is Ben's streak")).startswith("No streak yet")


async def test_of_two_places_that_are_said_alike_the_one_where_somebody_walks_is_meant(
    settle: Settle,
) -> None:
    anna, ben, _, _, mine = subentries()
    up = subentry(SubentryType.PLACE, GYM, "Room (up)", {"kind": "treadmill"})
    down = subentry(SubentryType.PLACE, HALL, "Room (down)", {"kind": "treadmill"})
    walker = await settle(anna, ben, up, down, mine)
    assert await walker.says("start a backward walk in the room for Anna") == "I could not do that."
    workout = walker.coordinator.workouts[MINE]
    walker.coordinator.async_start(HALL, athlete_id=ANNA, workout=workout)
    await walker.hass.async_block_till_done(wait_background_tasks=True)
    await walker.says("stop the walk in the room")
    assert not walker.coordinator.is_on(HALL)


async def test_people_who_are_called_alike_are_not_taken_for_each_other(settle: Settle) -> None:
    anna, _, gym, _, mine = subentries()
    old = subentry(SubentryType.ATHLETE, ANNA, "Zoe (mother)", dict(anna["data"]))
    young = subentry(SubentryType.ATHLETE, BEN, "Zoe (daughter)", {})
    walker = await settle(old, young, gym, mine)
    assert await walker.says("how long is Zoe's streak") == "I could not do that."


# Whatever is not understood


async def test_without_backstride_loaded_a_request_says_so(hass: HomeAssistant, settle: Settle) -> None:
    walker = await settle()
    await hass.config_entries.async_unload(walker.coordinator.entry.entry_id)
    response = await intent.async_handle(hass, "test", "BackstrideStreak")
    assert response.speech["plain"]["speech"] == load_phrases("en")["replies"]["errors"]["other"]


async def test_what_goes_wrong_in_a_way_nobody_thought_of_has_words_all_the_same(settle: Settle) -> None:
    walker = await settle(*alone(level="l0"))
    workout = {"notation": "20m back @6"}
    entry = walker.coordinator.entry
    walker.hass.config_entries.async_update_subentry(entry, entry.subentries[MINE], data=workout)
    await walker.hass.async_block_till_done(wait_background_tasks=True)
    assert await walker.says("start the mine workout") == "That is too much for this level."


async def test_people_and_places_that_come_later_are_heard_by_their_names(settle: Settle) -> None:
    walker = await settle()
    entry = walker.coordinator.entry
    assert "Sorry" in await walker.says("start a backward walk for Ben")
    ben = ConfigSubentry(
        data=MappingProxyType({}), subentry_id=BEN, subentry_type="athlete", title="Ben", unique_id=None
    )
    walker.hass.config_entries.async_add_subentry(entry, ben)
    await walker.hass.async_block_till_done(wait_background_tasks=True)
    await walker.says("start a backward walk for Ben")
    assert walker.coordinator.athlete_at(GYM) == BEN
    await walker.says("stop the walk")
    await walker.waits(61)
    walker.hass.config_entries.async_remove_subentry(entry, BEN)
    await walker.hass.async_block_till_done(wait_background_tasks=True)
    assert "Sorry" in await walker.says("start a backward walk for Ben")
