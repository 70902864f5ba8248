"""A workout is made of intervals that somebody could walk."""

from dataclasses import FrozenInstanceError
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine.errors import InvalidWorkout
from custom_components.backstride.engine.notation import ItemData
from custom_components.backstride.engine.workout import (
    FASTEST,
    LONGEST_CUE,
    LONGEST_INTERVAL,
    STEEPEST,
    WALKING,
    Direction,
    Ends,
    Gait,
    Interval,
    Item,
    Part,
    Repeat,
    Workout,
    expand,
    format_notation,
    item_from_data,
    item_to_data,
    parse,
)

BACK: dict[str, Any] = {"direction": Direction.BACKWARD, "gait": Gait.WALK, "seconds": 60}


@pytest.mark.parametrize(
    ("field", "allowed", "refused"),
    [
        pytest.param(
            "seconds", (1, LONGEST_INTERVAL), (0, -1, LONGEST_INTERVAL + 1, 1.5, True), id="seconds"
        ),
        pytest.param("speed_kmh", (0.1, FASTEST, None), (0.0, -2.0, FASTEST + 0.1, float("nan")), id="speed"),
        pytest.param(
            "grade_percent",
            (-STEEPEST, 0.0, STEEPEST),
            (STEEPEST + 0.1, -STEEPEST - 0.1, float("nan")),
            id="grade",
        ),
        pytest.param("effort", (0, 10, None), (-1, 11, 3.0), id="effort"),
        pytest.param(
            "cue", ("", "x" * LONGEST_CUE), ("x" * (LONGEST_CUE + 1), "two\nlines", "\x00"), id="cue"
        ),
    ],
)
def test_an_interval_takes_what_can_be_walked_and_refuses_the_rest(
    field: str, allowed: tuple[object, ...], refused: tuple[object, ...]
) -> None:
    for value in allowed:
        assert getattr(Interval(**{**BACK, field: value}), field) == value
    for value in refused:
        with pytest.raises(InvalidWorkout):
            Interval(**{**BACK, field: value})


@pytest.mark.parametrize("direction", [Direction.TURN, Direction.REST])
def test_who_turns_or_rests_has_no_speed_and_no_gait(direction: Direction) -> None:
    Interval(direction=direction, gait=Gait.NONE, seconds=30)
    with pytest.raises(InvalidWorkout):
        Interval(direction=direction, gait=Gait.NONE, seconds=30, speed_kmh=2)
    with pytest.raises(InvalidWorkout):
        Interval(direction=direction, gait=Gait.WALK, seconds=30)


def test_the_sideways_gait_goes_sideways_only() -> None:
    Interval(direction=Direction.SIDEWAYS, gait=Gait.SIDEWAYS, seconds=10)
    with pytest.raises(InvalidWorkout):
        Interval(direction=Direction.BACKWARD, gait=Gait.SIDEWAYS, seconds=10)


def test_an_interval_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Interval(**BACK).seconds = 5  # type: ignore[misc]


@pytest.mark.parametrize("times", [0, 100, 2.0, True])
def test_a_repeat_comes_one_to_ninety_nine_times(times: int) -> None:
    with pytest.raises(InvalidWorkout):
        Repeat(times=times, items=(Interval(**BACK),))


def test_a_repeat_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidWorkout):
        Repeat(times=2, items=())


def test_a_workout_needs_an_interval() -> None:
    with pytest.raises(InvalidWorkout, match="at least one interval"):
        Workout(name="Nothing", items=())


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "99x(99x(99x(99x(1s back))))", id="far too many intervals, refused without unrolling them"
        ),
        pytest.param("3x(2x(120m back)), 1s rest", id="more than four hours"),
        pytest.param("51x(10x(1s back))", id="more than 500 intervals"),
    ],
)
def test_an_endless_workout_is_refused(text: str) -> None:
    with pytest.raises(InvalidWorkout, match="at most 500 intervals and 240 min"):
        parse(text)


def test_repeats_unroll_in_order() -> None:
    workout = parse("1m fwd, 2x(10s back, 2x(5s rest)), 20s turn")
    assert [interval.seconds for interval in expand(workout.items)] == [60, 10, 5, 5, 10, 5, 5, 20]
    assert workout.seconds == 120


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"direction": "backwards", "seconds": 60}, id="a direction nobody knows"),
        pytest.param({"direction": "backward"}, id="no seconds"),
        pytest.param({"direction": "backward", "seconds": "60"}, id="text for a number"),
        pytest.param({"direction": "backward", "seconds": 60, "speed_kmh": "fast"}, id="text for a speed"),
        pytest.param({"direction": "backward", "seconds": 60, "pace": 3}, id="a field nobody knows"),
        pytest.param({"repeat": 2, "intervals": []}, id="a repeat of nothing"),
        pytest.param(
            {"repeat": "two", "intervals": [{"direction": "rest", "seconds": 1}]}, id="text for a count"
        ),
        pytest.param({"repeat": 2}, id="a repeat without intervals"),
        pytest.param({}, id="nothing at all"),
        pytest.param("2m back", id="text for an interval"),
    ],
)
def test_data_that_is_no_interval_is_refused_with_a_reason(data: ItemData) -> None:
    with pytest.raises(InvalidWorkout, match="expected"):
        item_from_data(data)


def _directions() -> st.SearchStrategy[tuple[Direction, Gait]]:
    moving = st.tuples(
        st.sampled_from([Direction.BACKWARD, Direction.FORWARD]),
        st.sampled_from([Gait.WALK, Gait.RUN, Gait.NONE]),
    )
    sideways = st.tuples(st.just(Direction.SIDEWAYS), st.sampled_from(list(Gait)))
    standing = st.tuples(st.sampled_from([Direction.TURN, Direction.REST]), st.just(Gait.NONE))
    return st.one_of(moving, sideways, standing)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Any interval that may exist."""
    direction, gait = draw(_directions())
    speed = st.none() | st.floats(0.001, FASTEST)
    return Interval(
        direction=direction,
        gait=gait,
        seconds=draw(st.integers(1, 1200)),
        speed_kmh=draw(speed) if direction in WALKING else None,
        grade_percent=draw(st.floats(-STEEPEST, STEEPEST)),
        effort=draw(st.none() | st.integers(0, 10)),
        cue=draw(
            st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=20).filter(
                str.isprintable
            )
        ),
        ends=draw(st.sampled_from(Ends)),
        part=draw(st.sampled_from(Part)),
    )


items = st.recursive(
    intervals(),
    lambda inner: st.builds(
        lambda times, parts: Repeat(times=times, items=tuple(parts)),
        st.integers(1, 3),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=5,
)


@given(st.lists(items, min_size=1, max_size=4))
def test_notation_and_data_give_back_what_they_were_made_from(parts: list[Item]) -> None:
    try:
        workout = Workout(name="Any", items=tuple(parts))
    except InvalidWorkout:
        return
    assert parse(format_notation(workout)).items == workout.items
    assert tuple(item_from_data(item_to_data(item)) for item in workout.items) == workout.items
