"""The guard's ladder: told at once, then held, then stopped; cleared only when it is gone for a while."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine.guard import (
    BEHIND,
    LADDERS,
    Cause,
    Guard,
    Hazard,
    News,
    NewsKind,
    Reaction,
    Sighting,
    Step,
    acknowledge,
    drop,
    next_wake,
    proceed,
    see,
)

from .instants import T0, at

DOG = Sighting(cause=Cause.OBSTACLE, source="dog", is_there=True)
CAT = replace(DOG, source="cat")
RANK = {reaction: rank for rank, reaction in enumerate(Reaction)}


def gone(sighting: Sighting) -> Sighting:
    return replace(sighting, is_there=False)


def after(guard: Guard, seconds: float) -> Step:
    """Let time pass as the shell does: woken at each instant that is due."""
    news: list[News] = []
    aloud: list[Hazard] = []
    while (due := next_wake(guard)) is not None and due <= at(seconds=seconds):
        step = proceed(guard, due)
        guard = step.guard
        news += step.news
        aloud += step.aloud
    step = proceed(guard, at(seconds=seconds))
    return Step(guard=step.guard, news=(*news, *step.news), aloud=(*aloud, *step.aloud))


def kinds(step: Step) -> list[NewsKind]:
    return [one.kind for one in step.news]


def test_every_cause_has_its_ladder_and_begins_with_a_reminder() -> None:
    assert set(LADDERS) == set(Cause)
    for ladder in LADDERS.values():
        assert next(iter(ladder.rungs)) is Reaction.REMIND
        delays = list(ladder.rungs.values())
        assert delays == sorted(delays)


@pytest.mark.parametrize(
    ("cause", "reached"),
    [
        (Cause.OBSTACLE, {0: "remind", 0.49: "remind", 0.5: "hold", 2.99: "hold", 3: "stop", 3600: "stop"}),
        (Cause.SENSOR_LOST, {0: "remind", 9.99: "remind", 10: "hold", 3600: "hold"}),
        (Cause.HEART_RATE, {0: "remind", 59.99: "remind", 60: "hold", 3600: "hold"}),
        (Cause.OVER_CEILING, {0: None, 4.99: None, 5: "remind", 3600: "remind"}),
        (Cause.NOT_FOLLOWING, {0: "remind", 3600: "remind"}),
        (Cause.LINK_LOST, {0: "remind", 3600: "remind"}),
        (Cause.BELT_STOPPED, {0: "remind", 3600: "remind"}),
        (Cause.OVERLONG, {0: "remind", 3600: "remind"}),
    ],
)
def test_each_hazard_climbs_its_own_ladder(cause: Cause, reached: dict[float, str | None]) -> None:
    guard = see(Guard(), Sighting(cause=cause, is_there=True), T0).guard
    for seconds, rung in reached.items():
        assert after(guard, seconds).guard.hazards[0].reached == rung, seconds


@pytest.mark.parametrize("most", Reaction)
def test_a_hazard_climbs_no_further_than_its_sensor_is_set_to(most: Reaction) -> None:
    guard = see(Guard(), replace(DOG, most=most), T0).guard
    assert after(guard, 60).guard.hazards[0].reached is most


def test_the_first_warning_waits_for_nothing() -> None:
    step = see(Guard(), DOG, T0)
    assert kinds(step) == [NewsKind.RAISED]
    assert [hazard.source for hazard in step.aloud] == ["dog"]
    assert step.guard.flashes


def test_a_flicker_is_warned_of_and_holds_nobody() -> None:
    guard = see(Guard(), DOG, T0).guard
    guard = see(guard, gone(DOG), at(seconds=0.3)).guard
    step = after(guard, 10)
    assert kinds(step) == [NewsKind.CLEARED]
    assert not step.guard.hazards


def test_what_shows_itself_twice_climbs_the_second_time() -> None:
    guard = see(Guard(), DOG, T0).guard
    guard = see(guard, gone(DOG), at(seconds=0.2)).guard
    guard = after(guard, 1).guard
    step = see(guard, DOG, at(seconds=1))
    assert kinds(step) == [NewsKind.ESCALATED]
    assert step.guard.hazards[0].reached is Reaction.HOLD


@pytest.mark.parametrize(("seconds", "is_clear"), [(1.99, False), (2, True), (2.01, True)])
def test_an_obstacle_must_be_gone_for_two_seconds(seconds: float, *, is_clear: bool) -> None:
    guard = see(Guard(), DOG, T0).guard
    guard = see(guard, gone(DOG), T0).guard
    guard = see(guard, gone(DOG), at(seconds=0.5)).guard
    assert (not after(guard, seconds).guard.hazards) is is_clear, "it counts from when it was first gone"


def test_what_is_not_told_yet_and_goes_leaves_no_trace() -> None:
    fast = Sighting(cause=Cause.OVER_CEILING, is_there=True)
    guard = after(see(Guard(), fast, T0).guard, 4.9).guard
    assert guard.raised == ()
    step = see(guard, gone(fast), at(seconds=4.95))
    assert step.news == ()
    assert step.guard.hazards == ()


def test_what_was_never_there_is_not_gone() -> None:
    assert see(Guard(), gone(DOG), T0) == Step(guard=Guard())


def test_of_several_hazards_the_worst_comes_first_and_each_clears_by_itself() -> None:
    guard = see(Guard(), replace(CAT, most=Reaction.REMIND), T0).guard
    guard = see(guard, DOG, at(seconds=1)).guard
    guard = after(guard, 5).guard
    assert [hazard.source for hazard in guard.raised] == ["dog", "cat"]
    guard = see(guard, gone(DOG), at(seconds=5)).guard
    step = after(guard, 8)
    assert [(one.kind, one.hazard.source) for one in step.news] == [(NewsKind.CLEARED, "dog")]
    assert step.guard.forbids, "the cat is still there"
    step = after(see(step.guard, gone(CAT), at(seconds=8)).guard, 10)
    assert not step.guard.forbids


@pytest.mark.parametrize(
    ("cause", "forbids"), [(cause, cause in BEHIND) for cause in Cause if cause is not Cause.HEART_RATE]
)
def test_what_is_behind_forbids_to_go_on_however_mild(cause: Cause, *, forbids: bool) -> None:
    guard = see(Guard(), Sighting(cause=cause, most=Reaction.REMIND, is_there=True), T0).guard
    assert after(guard, 100).guard.forbids is forbids


@pytest.mark.parametrize(("seconds", "forbids"), [(59, False), (60, True)])
def test_a_heart_forbids_to_go_on_once_it_has_held(seconds: float, *, forbids: bool) -> None:
    guard = see(Guard(), Sighting(cause=Cause.HEART_RATE, is_there=True), T0).guard
    assert after(guard, seconds).guard.forbids is forbids


def test_only_obstacles_flash() -> None:
    flashing = {
        cause for cause in Cause if see(Guard(), Sighting(cause=cause, is_there=True), T0).guard.flashes
    }
    assert flashing == {Cause.OBSTACLE}


def test_it_is_said_again_until_it_is_gone() -> None:
    guard = see(Guard(), replace(DOG, most=Reaction.REMIND), T0).guard
    assert [hazard.said_at for hazard in after(guard, 35).aloud] == [at(seconds=10 * n) for n in (1, 2, 3)]
    away = see(guard, gone(DOG), at(seconds=1)).guard
    assert after(away, 35).aloud == ()


def test_what_is_acknowledged_is_neither_said_nor_shown_again_and_climbs_on() -> None:
    guard = acknowledge(see(Guard(), DOG, T0).guard)
    assert not guard.flashes
    step = after(guard, 60)
    assert step.aloud == ()
    assert step.guard.hazards[0].reached is Reaction.STOP
    assert see(step.guard, CAT, at(seconds=61)).guard.flashes, "another one is news"


def test_who_knows_of_one_thing_does_not_know_of_what_was_never_told() -> None:
    fast = Sighting(cause=Cause.OVER_CEILING, is_there=True)
    guard = see(see(Guard(), DOG, T0).guard, fast, at(seconds=1)).guard
    step = after(acknowledge(guard), 6)
    assert [hazard.cause for hazard in step.aloud] == [Cause.OVER_CEILING]


def test_what_comes_back_after_it_was_clear_is_not_acknowledged_any_more() -> None:
    guard = acknowledge(see(Guard(), DOG, T0).guard)
    guard = after(see(guard, gone(DOG), at(seconds=1)).guard, 3).guard
    step = see(guard, DOG, at(seconds=4))
    assert step.guard.flashes
    assert kinds(step) == [NewsKind.RAISED]


def test_nobody_watches_any_more_for_what_is_dropped() -> None:
    guard = see(Guard(), DOG, T0).guard
    guard = see(guard, Sighting(cause=Cause.HEART_RATE, is_there=True), T0).guard
    guard = see(guard, Sighting(cause=Cause.OVER_CEILING, is_there=True), T0).guard
    step = drop(guard, BEHIND)
    assert [(one.kind, one.hazard.cause) for one in step.news] == [(NewsKind.CLEARED, Cause.OBSTACLE)]
    assert [hazard.cause for hazard in step.guard.hazards] == [Cause.HEART_RATE, Cause.OVER_CEILING]
    step = drop(step.guard, Cause)
    assert [one.hazard.cause for one in step.news] == [Cause.HEART_RATE], (
        "what was never told is not taken back"
    )
    assert next_wake(step.guard) is None


def test_a_setting_that_changes_while_it_is_there_counts_from_then_on() -> None:
    guard = after(see(Guard(), replace(DOG, most=Reaction.REMIND), T0).guard, 10).guard
    assert (
        see(guard, replace(DOG, most=Reaction.HOLD), at(seconds=10)).guard.hazards[0].reached is Reaction.HOLD
    )


SIGHTINGS = st.builds(
    Sighting,
    cause=st.sampled_from(Cause),
    source=st.sampled_from(["", "dog", "cat"]),
    most=st.sampled_from(Reaction),
    is_there=st.booleans(),
)


@given(st.lists(st.tuples(SIGHTINGS, st.floats(0, 30), st.booleans()), max_size=60))
def test_whatever_is_seen_the_ladder_is_climbed_in_order_and_news_comes_in_pairs(
    seen: list[tuple[Sighting, float, bool]],
) -> None:
    guard, now = Guard(), T0
    raised: dict[tuple[Cause, str], Reaction] = {}

    def take(step: Step, when: datetime) -> Guard:
        for one in step.news:
            key, reached = (one.hazard.cause, one.hazard.source), one.hazard.reached
            assert reached is not None
            ladder = LADDERS[one.hazard.cause]
            if one.kind is NewsKind.RAISED:
                assert key not in raised
                raised[key] = reached
            elif one.kind is NewsKind.ESCALATED:
                assert RANK[reached] > RANK[raised[key]], "it only ever climbs"
                raised[key] = reached
            else:
                del raised[key]
                continue
            assert RANK[reached] <= RANK[one.hazard.most]
            assert when - one.hazard.since >= ladder.rungs[reached], "no rung before its time"
        assert {(each.cause, each.source) for each in step.guard.raised} == set(raised)
        due = next_wake(step.guard)
        assert due is None or due > when, "what was due is done"
        return step.guard

    for sighting, gap, knows in seen:
        end = now + timedelta(seconds=gap)
        while (due := next_wake(guard)) is not None and due <= end:
            guard = take(proceed(guard, due), due)
        now = end
        guard = take(see(guard, sighting, now), now)
        if knows:
            guard = acknowledge(guard)
    take(drop(guard, Cause), now)
    assert not raised
