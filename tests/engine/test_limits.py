"""What an athlete must not go over: judged by what is live, for long enough, and only where it means something."""

from dataclasses import replace
from datetime import timedelta
import math

import pytest

from custom_components.backstride.engine.guard import Cause
from custom_components.backstride.engine.limits import Limits, Strain, hear, over, overlong_at
from custom_components.backstride.engine.metrics import Quantity, Reading
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.session import Command, Session, apply

from .instants import at, begin, walking

PLAN = "5m back @2, 30s turn, 5m fwd @4"
HEART = Limits(heart_bpm=150)
NONE = frozenset[Cause]()


def beating(bpm: float, *, until: float = 60, begins: float = 0, strain: Strain | None = None) -> Strain:
    """Let a live heart beat once a second, up to and including `until`."""
    strain = strain or Strain()
    for second in range(int(begins), int(until) + 1):
        strain = hear(strain, pulse(bpm, second))
    return strain


def pulse(bpm: float | None, seconds: float, *, is_live: bool = True) -> Reading:
    return Reading(quantity=Quantity.HEART_RATE, value=bpm, at=at(seconds), is_live=is_live)


def running_at(kmh: float | None, seconds: float = 5) -> Strain:
    return hear(Strain(), Reading(quantity=Quantity.SPEED, value=kmh, at=at(seconds)))


@pytest.mark.parametrize(("bpm", "found"), [(149.0, NONE), (150.0, NONE), (151.0, {Cause.HEART_RATE})])
def test_a_heart_over_its_ceiling_is_a_hazard(bpm: float, found: frozenset[Cause]) -> None:
    assert over(beating(bpm), walking(PLAN, 60, level=None), HEART, at(60)) == found


@pytest.mark.parametrize(
    ("seconds", "found"), [(29, NONE), (30, {Cause.HEART_RATE}), (31, {Cause.HEART_RATE})]
)
def test_it_is_judged_once_it_has_been_live_for_half_a_minute(seconds: int, found: frozenset[Cause]) -> None:
    strain = beating(160, until=seconds)
    assert over(strain, walking(PLAN, seconds), HEART, at(seconds)) == found


def test_one_wild_beat_is_averaged_away() -> None:
    strain = hear(beating(140), pulse(220, 61))
    assert over(strain, walking(PLAN, 61), HEART, at(61)) == NONE


def test_a_heart_that_rises_is_judged_by_its_latest_half_minute() -> None:
    strain = beating(170, begins=61, until=91, strain=beating(100))
    assert over(strain, walking(PLAN, 91), HEART, at(91)) == {Cause.HEART_RATE}


@pytest.mark.parametrize("silent", [pulse(None, 61), pulse(170, 61, is_live=False)])
def test_only_a_live_heart_is_judged(silent: Reading) -> None:
    strain = hear(beating(170), silent)
    assert over(strain, walking(PLAN, 61), HEART, at(61)) == NONE
    again = beating(170, begins=62, until=91, strain=strain)
    assert over(again, walking(PLAN, 91), HEART, at(91)) == NONE, (
        "it is live anew for less than half a minute"
    )
    assert over(hear(again, pulse(170, 92)), walking(PLAN, 92), HEART, at(92)) == {Cause.HEART_RATE}


def test_a_heart_that_says_nothing_any_more_is_not_judged() -> None:
    strain = beating(170)
    assert over(strain, walking(PLAN, 89), HEART, at(89)) == {Cause.HEART_RATE}
    assert over(strain, walking(PLAN, 90), HEART, at(90)) == NONE


def test_one_beat_after_a_gap_is_no_average() -> None:
    strain = hear(beating(100), pulse(190, 95))
    assert over(strain, walking(PLAN, 95), HEART, at(95)) == NONE
    again = beating(190, begins=96, until=125, strain=strain)
    assert over(again, walking(PLAN, 124), HEART, at(124)) == NONE
    assert over(again, walking(PLAN, 125), HEART, at(125)) == {Cause.HEART_RATE}


def test_what_cannot_be_a_heart_rate_does_not_end_the_watch_over_it() -> None:
    """A strap that loses contact for a moment says zero."""
    wild = Reading(quantity=Quantity.HEART_RATE, value=None, at=at(61), is_wild=True, is_live=True)
    strain = hear(beating(170), wild)
    assert over(strain, walking(PLAN, 61), HEART, at(61)) == {Cause.HEART_RATE}
    for second in range(62, 95):
        strain = hear(strain, replace(wild, at=at(second)))
    assert over(strain, walking(PLAN, 94), HEART, at(94)) == NONE, "as if it said nothing"


@pytest.mark.parametrize(("first", "found"), [("59s", NONE), ("60s", {Cause.HEART_RATE})])
def test_intervals_under_a_minute_are_not_judged(first: str, found: frozenset[Cause]) -> None:
    assert over(beating(170, until=50), walking(f"{first} back @2", 50), HEART, at(50)) == found


def test_who_stands_paused_may_have_any_heart_rate() -> None:
    session = apply(walking(PLAN, 50), Command.PAUSE, at(50)).session
    assert over(beating(170), session, HEART, at(60)) == NONE


def test_who_is_held_is_still_judged() -> None:
    session = apply(walking(PLAN, 50), Command.HOLD, at(50)).session
    assert over(beating(170), session, HEART, at(60)) == {Cause.HEART_RATE}


def test_without_limits_nothing_is_too_much_but_what_the_level_says() -> None:
    strain = beating(230, strain=running_at(2))
    assert over(strain, walking(PLAN, 60), Limits(), at(60)) == NONE


@pytest.mark.parametrize(
    ("kmh", "limit", "found"),
    [
        pytest.param(3.5, math.inf, NONE, id="at the level's ceiling and what a display rounds"),
        pytest.param(3.51, math.inf, {Cause.OVER_CEILING}, id="over it"),
        pytest.param(2.8, 2.5, NONE, id="at the place's limit"),
        pytest.param(2.81, 2.5, {Cause.OVER_CEILING}, id="over the place's limit"),
        pytest.param(None, 2.5, NONE, id="unknown"),
    ],
)
def test_a_belt_over_its_ceiling_is_a_hazard(
    kmh: float | None, limit: float, found: frozenset[Cause]
) -> None:
    session = walking("5m back @3", 5)  # level 1, which allows 3.2 km/h
    assert over(running_at(kmh), session, Limits(place_kmh=limit), at(5)) == found


def fast(session: Session, seconds: float) -> frozenset[Cause]:
    return over(running_at(9), session, Limits(), at(seconds))


def test_a_fast_belt_is_no_hazard_where_nobody_walks_backward_on_it() -> None:
    assert fast(walking(PLAN, 5), 5) == {Cause.OVER_CEILING}
    assert fast(begin(PLAN), -5) == NONE, "in the lead-in"
    assert fast(walking(PLAN, 310), 310) == NONE, "on the rails, turning round"
    assert fast(walking(PLAN, 340), 340) == NONE, "forward, where no level has a ceiling"
    assert fast(walking("5m back @3", 5, place=PlaceKind.OUTDOOR), 5) == NONE, "over ground"
    run = walking("30s back run @8 rpe 6", 5, level="l4")
    assert fast(run, 5) == NONE, "a run backward may be as fast as 9.7 km/h"
    assert over(running_at(10.1), run, Limits(), at(5)) == {Cause.OVER_CEILING}
    assert over(running_at(8.4), run, Limits(place_kmh=8), at(5)) == {Cause.OVER_CEILING}
    assert over(running_at(9), walking("60s fwd run @8", 5), Limits(place_kmh=8), at(5)) == {
        Cause.OVER_CEILING
    }, "a run forward has only the place's limit"


@pytest.mark.parametrize(("minutes", "found"), [(24.9, NONE), (25, {Cause.OVERLONG}), (26, {Cause.OVERLONG})])
def test_a_session_that_takes_far_longer_than_planned_is_a_hazard(
    minutes: float, found: frozenset[Cause]
) -> None:
    """Ten minutes were planned: half as long again and ten minutes more are 25."""
    session = walking("10m fwd @4", 0)
    for minute in (9, 18):
        session = apply(session, Command.PREVIOUS, at(minutes=minute)).session
    session = apply(session, Command.PREVIOUS, at(minutes=24)).session
    assert over(Strain(), session, Limits(), at(minutes=minutes)) == found
    assert overlong_at(session, at(minutes=24)) == at(minutes=25)


def test_no_session_lasts_longer_than_three_hours() -> None:
    session = walking("2x(110m fwd @4)", 60)
    assert overlong_at(session, at(60)) == session.started_at + timedelta(minutes=10), "no sooner than that"
    assert overlong_at(session, at(minutes=20)) == at(minutes=180)
    assert over(Strain(), session, Limits(), at(minutes=179.9)) == NONE
    assert over(Strain(), session, Limits(), at(minutes=180)) == {Cause.OVERLONG}


def test_time_that_stands_still_never_becomes_too_long() -> None:
    session = apply(walking(PLAN, 50), Command.PAUSE, at(50)).session
    assert overlong_at(session, at(60)) is None
    assert overlong_at(begin(PLAN), at(-5)) is None


def test_other_readings_are_nothing_to_it() -> None:
    steps = Reading(quantity=Quantity.STEPS, value=12, at=at(1))
    assert hear(Strain(kmh=2), steps) == Strain(kmh=2)
    assert hear(Strain(kmh=2), Reading(quantity=Quantity.SPEED, value=None, at=at(1))).kmh is None


def test_beats_are_kept_for_as_long_as_they_are_averaged() -> None:
    assert len(beating(120, until=500).beats) == timedelta(seconds=30) // timedelta(seconds=1)
