"""Whatever was walked, wherever and at whatever level: what is suggested is allowed, fits, and is not too much."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import given, strategies as st

from custom_components.backstride.engine.events import Reason as Ended
from custom_components.backstride.engine.fit import findings, fits, to_confirm
from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.past import Past
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.progression import Suggestion, suggest
from custom_components.backstride.engine.state import SessionState
from custom_components.backstride.engine.tailoring import Spot, shape
from custom_components.backstride.engine.turns import with_turns
from custom_components.backstride.engine.workout import Workout, expand, parse
from custom_components.backstride.library import load_library

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)
OWN = (
    Workout(id="own-hill", name="Hill", items=parse("10m back @4 4%, 5m fwd 3%").items),
    Workout(id="own-pace", name="Own pace", items=parse("3x(2m back, 1m fwd)").items),
    Workout(id="own-hour", name="Hour", items=parse("3x(20m back @3, 1m rest)").items),
    Workout(id="own-down", name="Down", items=parse("5m back @2 -2%").items),
    Workout(id="own-forward", name="Forward", items=parse("5m fwd @5").items),
)
WORKOUTS = {**load_library(), **{workout.id: workout for workout in OWN}}

PASTS = st.builds(
    lambda days, hour, **rest: Past(
        day=TODAY - timedelta(days=days),
        ended_at=datetime.combine(TODAY - timedelta(days=days), time(hour), UTC),
        **rest,
    ),
    st.integers(0, 40),
    st.integers(0, 17),
    level=st.sampled_from(Level),
    place=st.sampled_from(PlaceKind),
    workout_id=st.sampled_from([*WORKOUTS, "", "gone"]),
    backward_seconds=st.floats(0, 5400),
    kmh=st.none() | st.floats(0.1, 12),
    grade_percent=st.floats(0, 15),
    ran=st.booleans(),
    effort=st.none() | st.integers(0, 10),
    pain=st.none() | st.integers(0, 10),
    stumbles=st.sampled_from([0, 0, 0, 1]),
    outcome=st.sampled_from([SessionState.COMPLETED, SessionState.COMPLETED, SessionState.STOPPED]),
    reason=st.sampled_from([None, None, Ended.EMERGENCY, Ended.ATHLETE]),
)
SPOTS = st.builds(
    Spot,
    kind=st.sampled_from(PlaceKind),
    clear_length_m=st.none() | st.floats(3, 120),
    max_kmh=st.just(float("inf")) | st.floats(0.4, 8),
    inclines=st.booleans(),
)


def _suggest(history: list[Past], level: Level, goal: int, spot: Spot) -> Suggestion | None:
    return suggest(history, level, goal, spot, workouts=WORKOUTS, today=TODAY, now=NOW)


def _done(history: list[Past], first: date, last: date) -> float:
    return sum(past.backward_seconds for past in history if first <= past.day <= last)


ANY = given(st.lists(PASTS, max_size=12), st.sampled_from(Level), st.integers(60, 7200), SPOTS)


@ANY
def test_it_keeps_the_levels_ceilings_and_the_places_limits(
    history: list[Past], level: Level, goal: int, spot: Spot
) -> None:
    found = _suggest(history, level, goal, spot)
    if found is None:
        return
    plan = with_turns(expand(found.workout.items), confirmed=False)
    assert findings(plan, level, spot.kind) == ()
    assert fits(found.workout, spot.kind, spot.clear_length_m)
    assert (shape(found.workout, spot.kind).kmh or 0) <= spot.max_kmh
    assert not to_confirm(found.workout, spot.kind), "neither harness nor helper nor a doctor's agreement"
    assert found.seconds == shape(found.workout, spot.kind).seconds > 0
    assert str(found.remark)


@ANY
def test_no_week_grows_by_more_than_three_tenths(
    history: list[Past], level: Level, goal: int, spot: Spot
) -> None:
    found = _suggest(history, level, goal, spot)
    if found is None:
        return
    assert TODAY <= found.day <= TODAY + timedelta(days=7)
    week = _done(history, found.day - timedelta(days=6), found.day) + found.seconds
    before = _done(history, found.day - timedelta(days=13), found.day - timedelta(days=7))
    assert week <= max(1.3 * before, 25 * 60) + 1e-6


@ANY
def test_after_trouble_it_is_never_more(history: list[Past], level: Level, goal: int, spot: Spot) -> None:
    found = _suggest(history, level, goal, spot)
    if found is None or not history:
        return
    last = max(history, key=lambda past: past.ended_at)
    now = shape(found.workout, spot.kind)
    if (last.stumbles or last.reason is Ended.EMERGENCY) and last.kmh and now.kmh:
        assert now.kmh <= max(0.8 * last.kmh, 0.5) + 1e-6
    if (last.pain or 0) >= 4:
        assert now.grade == 0
        if last.is_completed:
            assert now.seconds <= max(0.5 * last.backward_seconds, 120)
    if last.stumbles or (last.pain or 0) >= 4 or (last.effort or 0) >= 8:
        assert not now.is_wild


ALIKE = st.builds(
    lambda days, hour, **rest: Past(
        day=TODAY - timedelta(days=days),
        ended_at=datetime.combine(TODAY - timedelta(days=days), time(hour), UTC),
        level=Level.L1,
        **rest,
    ),
    st.integers(1, 6),
    st.integers(0, 17),
    place=st.just(PlaceKind.TREADMILL),
    backward_seconds=st.just(540.0),
    kmh=st.just(2.0),
    effort=st.none() | st.integers(0, 10),
    pain=st.none() | st.integers(0, 10),
    stumbles=st.sampled_from([0, 0, 0, 1]),
    outcome=st.sampled_from([SessionState.COMPLETED, SessionState.COMPLETED, SessionState.STOPPED]),
    reason=st.sampled_from([None, None, Ended.EMERGENCY]),
)
"""Sessions of one kind, so that it is only how they went that decides."""
BUSY = Past(
    day=TODAY - timedelta(days=10),
    ended_at=NOW - timedelta(days=10),
    level=Level.L4,
    place=PlaceKind.STAIRS,
    backward_seconds=5400,
)
NOTHING = {"outcome": SessionState.STOPPED, "reason": Ended.ATHLETE, "backward_seconds": 59.0}
ELSEWHERE = {"place": PlaceKind.HALLWAY, "kmh": None, "backward_seconds": 300.0}


@given(
    st.lists(ALIKE, min_size=1, max_size=4),
    st.integers(0, 6),
    st.integers(18, 23),
    st.sampled_from([NOTHING, ELSEWHERE]),
)
def test_what_was_broken_off_or_walked_elsewhere_never_earns_more(
    history: list[Past], days: int, hour: int, what: dict[str, Any]
) -> None:
    at = datetime.combine(TODAY - timedelta(days=days), time(hour), UTC)
    usual = {"level": Level.L1, "place": PlaceKind.TREADMILL, "kmh": 2.0}
    between = Past(day=at.date(), ended_at=at, **{**usual, **what})
    spot = Spot(kind=PlaceKind.TREADMILL)
    without = _suggest([BUSY, *history], Level.L1, 300, spot)
    found = _suggest([BUSY, *history, between], Level.L1, 300, spot)
    assert without
    assert found
    assert found.seconds <= without.seconds
    assert (shape(found.workout, spot.kind).kmh or 0) <= (shape(without.workout, spot.kind).kmh or 0)


@ANY
def test_somebody_new_to_hills_or_running_rests_for_two_days(
    history: list[Past], level: Level, goal: int, spot: Spot
) -> None:
    hard = sorted(past.ended_at for past in history if past.is_hard)
    found = _suggest(history, level, goal, spot)
    if found and hard and NOW - hard[-1] < timedelta(hours=48) and NOW - hard[0] < timedelta(weeks=3):
        now = shape(found.workout, spot.kind)
        assert (now.grade, now.is_wild) == (0, False)


@given(st.sampled_from(Level), st.integers(60, 7200), st.lists(PASTS, max_size=12))
def test_a_treadmill_has_always_something_to_suggest(level: Level, goal: int, history: list[Past]) -> None:
    assert _suggest(history, level, goal, Spot(kind=PlaceKind.TREADMILL))
