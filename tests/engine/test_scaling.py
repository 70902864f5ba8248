"""A workout becomes as long as wanted, within what is safe, or as near as it can be."""

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine.errors import InvalidWorkout
from custom_components.backstride.engine.fit import bouts
from custom_components.backstride.engine.levels import CEILINGS, Level
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.scaling import Scaled, scale
from custom_components.backstride.engine.turns import TURN
from custom_components.backstride.engine.workout import Direction, Interval, Part, Workout, expand, parse

CLASSIC = "warmup 2m fwd @3.2, 3x(2m back @2.4, 1m rest), cooldown 2m rest"
FIELD = PlaceKind.OUTDOOR


def _seconds(scaled: Scaled) -> list[int]:
    return [interval.seconds for interval in expand(scaled.workout.items)]


def _scaled(notation: str, seconds: int, *, level: Level = Level.L1, place: PlaceKind = FIELD) -> Scaled:
    return scale(parse(notation, name="Mine"), seconds, level=level, place=place)


def test_repeats_change_first() -> None:
    assert _seconds(_scaled(CLASSIC, 13 * 60)) == [120, 120, 60, 120, 60, 120, 60, 120]
    assert _seconds(_scaled(CLASSIC, 19 * 60)) == [120, *[120, 60] * 5, 120]
    assert _seconds(_scaled(CLASSIC, 7 * 60)) == [120, 120, 60, 120]


def test_several_repeats_keep_their_proportion() -> None:
    scaled = _scaled("4x(1m back @2, 1m rest), 2x(30s back @2, 30s rest)", 20 * 60)
    assert _seconds(scaled) == [60] * 16 + [30] * 8


def test_then_everything_stretches_by_one_factor_to_the_second() -> None:
    scaled = _scaled(CLASSIC, 14 * 60)
    assert sum(_seconds(scaled)) == 840
    assert scaled.reached == scaled.wanted == 840
    assert str(scaled) == "Mine, 14 min"
    assert {
        round(new / old, 1)
        for new, old in zip(_seconds(scaled), [120, 120, 60, 120, 60, 120, 60, 120], strict=True)
    } == {1.1}


def test_ten_minutes_are_ten_minutes_in_all_with_the_turns_a_treadmill_adds() -> None:
    scaled = _scaled("3x(1m back @2, 1m fwd @3)", 600, place=PlaceKind.TREADMILL)
    assert sum(_seconds(scaled)) == 600
    turns = [interval for interval in expand(scaled.workout.items) if interval.direction is Direction.TURN]
    assert {turn.seconds for turn in turns} == {TURN.seconds}
    assert len(turns) == 5, "a turn at each change of direction, as the two repeats more would need"


def test_warm_up_and_cool_down_stay_within_half_of_their_time() -> None:
    scaled = _scaled("warmup 4m fwd @3, 1m back @2, cooldown 2m fwd @3", 15 * 60)
    assert _seconds(scaled) == [360, 360, 180]
    assert _seconds(_scaled("warmup 4m fwd @3, 4m back @2, cooldown 2m fwd @3", 60)) == [120, 120, 60]


def test_work_stops_at_half_and_at_the_levels_longest_bout() -> None:
    short = _scaled("4m back @1, 2m rest", 60)
    assert _seconds(short) == [120, 60]
    assert str(short) == "Mine cannot last 1 min at this level; the nearest is 3 min"
    long = _scaled("4m back @1, 3m back @1, 30s rest", 3600)
    assert sum(_seconds(long)[:2]) <= 600
    assert _seconds(long) == [342, 257, 600]
    assert "the nearest is" in str(long)


def test_what_has_reached_its_bout_lets_the_rest_go_on() -> None:
    scaled = _scaled("5m fwd @3, 5m back @1, 5m back @1, 5m fwd @3", 25 * 60)
    assert _seconds(scaled) == [450, 300, 300, 450]


def test_repeats_that_would_make_a_bout_too_long_are_not_added() -> None:
    scaled = _scaled("2x(2m back @2, 2m back @1.6)", 20 * 60)
    assert sum(_seconds(scaled)) == 600


@pytest.mark.parametrize("seconds", [0, 59, 4 * 3600 + 1])
def test_a_wish_beyond_a_minute_and_four_hours_is_refused(seconds: int) -> None:
    with pytest.raises(InvalidWorkout, match="between 1 min and 240 min") as refusal:
        _scaled(CLASSIC, seconds)
    assert refusal.value.code == "unreachable"


def test_an_odd_time_is_said_in_minutes_and_seconds() -> None:
    assert str(_scaled(CLASSIC, 625)) == "Mine, 10 min 25 s"


def test_a_workout_that_is_all_turns_cannot_change() -> None:
    assert _seconds(_scaled("30s turn, 30s turn", 600)) == [30, 30]


PIECES = (
    "40s back @2",
    "3m back @1.6",
    "warmup 2m fwd @3",
    "8s rest",
    "90s rest",
    "30s turn",
    "cooldown 2m fwd @3",
    "2x(1m back @1, 30s fwd @2)",
)


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(", ".join),
    st.integers(60, 2 * 3600),
    st.sampled_from(Level),
    st.sampled_from([PlaceKind.TREADMILL, PlaceKind.OUTDOOR]),
)
def test_whatever_is_wished_the_limits_hold(
    notation: str, seconds: int, level: Level, place: PlaceKind
) -> None:
    workout: Workout = parse(notation)
    scaled = scale(workout, seconds, level=level, place=place)
    intervals = [item for item in scaled.workout.items if isinstance(item, Interval)]
    assert scaled.reached == sum(interval.seconds for interval in intervals)
    originals = {
        (interval.direction, interval.speed_kmh, interval.part): interval.seconds
        for interval in expand(workout.items)
    }
    longest = CEILINGS[level].bout_seconds
    for interval in intervals:
        before = originals.get((interval.direction, interval.speed_kmh, interval.part), TURN.seconds)
        if interval.direction is Direction.TURN:
            assert interval.seconds == TURN.seconds
        elif interval.part is not Part.MAIN:
            assert 0.5 * before <= interval.seconds <= 1.5 * before
        elif interval.direction is not Direction.REST:
            assert 0.5 * before <= interval.seconds <= max(before, longest)
    as_planned = max(bouts(tuple(expand(workout.items))), default=0)
    assert max(bouts(intervals), default=0) <= max(longest, as_planned)


def test_a_wish_just_below_the_shortest_gives_the_shortest() -> None:
    """One second too little to shrink to once made every interval a second longer."""
    workout = parse("3m back @1.6, 8s rest, 8s rest, 30s turn, 90s rest")
    for wish in (170, 171, 172, 173):
        scaled = scale(workout, wish, level=Level.L0, place=PlaceKind.OUTDOOR)
        lengths = [item.seconds for item in scaled.workout.items if isinstance(item, Interval)]
        assert lengths == [90, 4, 4, 30, 45]
        assert scaled.reached == 173
