"""What one sensor sees: silence is as unsafe as something in the way, where silence means anything."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine.sight import BELOW_M, Eye, Kind, Sight, hear, sees, sight, stale_at

from .instants import T0, at

DISTANCE = Eye(kind=Kind.DISTANCE)


def spoken(eye: Eye, *, every: float, times: int, value: float = 3.0) -> tuple[Eye, datetime]:
    """Let a sensor speak regularly; gives when it spoke last."""
    for number in range(times):
        eye = hear(eye, value, at(seconds=number * every))
    return eye, at(seconds=(times - 1) * every)


@pytest.mark.parametrize(
    ("kind", "value", "seen"),
    [
        (Kind.PRESENCE, 1.0, Sight.OBSTACLE),
        (Kind.PRESENCE, 0.0, Sight.CLEAR),
        (Kind.PRESENCE, None, Sight.BLIND),
        (Kind.COUNT, 2.0, Sight.OBSTACLE),
        (Kind.COUNT, 0.0, Sight.CLEAR),
        (Kind.COUNT, None, Sight.BLIND),
        (Kind.DISTANCE, 0.0, Sight.OBSTACLE),
        (Kind.DISTANCE, 1.19, Sight.OBSTACLE),
        (Kind.DISTANCE, 1.2, Sight.CLEAR),
        (Kind.DISTANCE, 1.21, Sight.CLEAR),
        (Kind.DISTANCE, None, Sight.BLIND),
    ],
)
def test_a_sensor_is_judged_by_its_kind_and_what_it_says(
    kind: Kind, value: float | None, seen: Sight
) -> None:
    assert sight(hear(Eye(kind=kind), value, T0), T0) is seen


def test_who_never_said_anything_is_blind() -> None:
    assert sight(DISTANCE, T0) is Sight.BLIND
    assert stale_at(DISTANCE) is None


@pytest.mark.parametrize(
    ("metres", "seen"),
    [(1.2, Sight.OBSTACLE), (1.29, Sight.OBSTACLE), (1.3, Sight.CLEAR), (1.31, Sight.CLEAR)],
)
def test_an_obstacle_is_gone_only_well_above_the_limit(metres: float, seen: Sight) -> None:
    near = hear(DISTANCE, 1.0, T0)
    assert sight(hear(near, metres, at(seconds=1)), at(seconds=1)) is seen


def test_a_distance_that_wavers_about_its_limit_changes_once() -> None:
    eye, seen = DISTANCE, []
    for number in range(20):
        eye = hear(eye, BELOW_M + (0.04 if number % 2 else -0.04), at(seconds=number))
        seen.append(sight(eye, at(seconds=number)))
    assert set(seen) == {Sight.OBSTACLE}


@pytest.mark.parametrize(
    ("every", "after"),
    [
        pytest.param(1.0, 10.0, id="ten seconds at least"),
        pytest.param(5.0, 15.0, id="three of its periods"),
    ],
)
def test_a_sensor_that_spoke_regularly_and_falls_silent_is_blind(every: float, after: float) -> None:
    eye, last = spoken(DISTANCE, every=every, times=40)
    assert stale_at(eye) == last + timedelta(seconds=after)
    just_before = last + timedelta(seconds=after - 0.001)
    assert sight(eye, just_before) is Sight.CLEAR
    assert sight(eye, last + timedelta(seconds=after)) is Sight.BLIND
    spoke = hear(eye, 3.0, last + timedelta(seconds=after + 5))
    assert sight(spoke, last + timedelta(seconds=after + 5)) is Sight.CLEAR, "it speaks again"


@pytest.mark.parametrize(("times", "is_known"), [(30, False), (31, True)])
def test_it_must_have_been_regular_for_half_a_minute(times: int, *, is_known: bool) -> None:
    eye, _ = spoken(DISTANCE, every=1, times=times)
    assert (stale_at(eye) is not None) is is_known


@pytest.mark.parametrize(("times", "is_known"), [(8, False), (9, True)])
def test_eight_gaps_tell_a_period(times: int, *, is_known: bool) -> None:
    eye, _ = spoken(DISTANCE, every=10, times=times)
    assert (stale_at(eye) is not None) is is_known


def test_a_sensor_that_only_tells_changes_is_never_stale() -> None:
    eye, now = DISTANCE, T0
    for gap in (0.2, 0.2, 60, 0.2, 5, 0.2, 0.2, 90, 0.2, 30, 0.2):
        now += timedelta(seconds=gap)
        eye = hear(eye, 3.0, now)
    assert stale_at(eye) is None
    assert sight(eye, now + timedelta(days=1)) is Sight.CLEAR


def test_a_dog_that_runs_about_makes_no_sensor_regular() -> None:
    quiet = hear(DISTANCE, 3.0, T0)
    for number in range(100):
        quiet = hear(quiet, 2.0, at(seconds=600 + number * 0.1))
    assert stale_at(quiet) is None


@pytest.mark.parametrize("kind", [Kind.PRESENCE, Kind.COUNT])
def test_a_sensor_that_tells_no_distance_may_be_silent_for_ever(kind: Kind) -> None:
    eye, last = spoken(Eye(kind=kind, stale_after=timedelta(seconds=5)), every=1, times=60, value=0)
    assert stale_at(eye) is None
    assert sight(eye, last + timedelta(days=1)) is Sight.CLEAR


def test_its_owner_may_say_after_how_long_it_is_blind() -> None:
    eye = hear(replace(DISTANCE, stale_after=timedelta(seconds=4)), 3.0, T0)
    assert sight(eye, at(seconds=3.9)) is Sight.CLEAR
    assert sight(eye, at(seconds=4)) is Sight.BLIND


def test_what_is_gone_has_no_period_any_more() -> None:
    eye, last = spoken(DISTANCE, every=1, times=40)
    gone = hear(eye, None, last + timedelta(seconds=1))
    assert sight(gone, last + timedelta(seconds=1)) is Sight.BLIND
    back = hear(gone, 3.0, last + timedelta(seconds=2))
    assert stale_at(back) is None


def test_a_clock_that_goes_back_makes_no_gap() -> None:
    eye = hear(hear(DISTANCE, 3.0, at(seconds=10)), 3.0, at(seconds=5))
    assert eye.gaps == ()
    assert eye.said_at == at(seconds=5)


@given(st.lists(st.tuples(st.none() | st.floats(0, 6), st.floats(0.05, 40)), max_size=60))
def test_nothing_but_a_number_above_the_limit_is_ever_clear(said: list[tuple[float | None, float]]) -> None:
    eye, now = DISTANCE, T0
    for value, gap in said:
        now += timedelta(seconds=gap)
        eye = hear(eye, value, now)
        seen = sight(eye, now)
        assert (seen is Sight.BLIND) is (value is None)
        if value is not None:
            assert (seen is Sight.OBSTACLE) is eye.is_near
            assert value >= BELOW_M or seen is Sight.OBSTACLE
            assert sees(eye, value) or seen is Sight.CLEAR
        due = stale_at(eye)
        assert due is None or due >= now + timedelta(seconds=10), "a short silence means nothing"
