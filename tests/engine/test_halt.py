"""An emergency stop tries one control after the other, and speaks, until the belt stands."""

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
import math

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine import halt as chain
from custom_components.backstride.engine.halt import Halt

from .instants import at


def run(
    speeds: Mapping[float, float | None], *, plain: int = 2, cautious: int = 0, seconds: float = 70
) -> tuple[list[tuple[float, int]], list[float], Halt]:
    """Give which control was sent when, when it was said, and what is left; the speed changes when `speeds` says."""
    sent: list[tuple[float, int]] = []
    said: list[float] = []
    left = dict(sorted(speeds.items()))
    step = chain.observe(chain.begin(plain=plain, cautious=cautious, at=at(0)), left.pop(0.0), at(0))
    now = 0.0
    while True:
        if step.send is not None:
            sent.append((now, step.send))
        if step.say:
            said.append(now)
        due = [next(iter(left), math.inf)]
        if (wake := chain.next_wake(step.halt)) is not None:
            due.append((wake - at(0)).total_seconds())
        if min(due) > seconds:
            return sent, said, step.halt
        now = min(due)
        if now in left:
            step = chain.observe(step.halt, left.pop(now), at(now))
        else:
            step = chain.proceed(step.halt, at(now))


def test_the_first_control_is_sent_at_once_and_the_next_after_a_second_that_did_not_help() -> None:
    sent, _, _ = run({0.0: 4.0}, plain=3)
    assert sent == [(0, 0), (1, 1), (2, 2)]


def test_while_the_speed_falls_nothing_more_is_sent() -> None:
    falling = {0.0: 4.0, 0.9: 3.5, 1.9: 2.5, 2.9: 1.2, 3.9: 0.0}
    sent, said, halt = run(falling, plain=3, cautious=1)
    assert (sent, said, halt.is_over) == ([(0, 0)], [], True)


def test_a_speed_that_stops_falling_brings_the_next_control() -> None:
    sent, _, _ = run({0.0: 4.0, 0.9: 3.0}, plain=2)
    assert sent == [(0, 0), (2, 1)]


@pytest.mark.parametrize(("lower", "next_at"), [(3.91, 1), (3.9, 2)])
def test_a_flicker_of_the_display_is_no_falling(lower: float, next_at: float) -> None:
    sent, _, _ = run({0.0: 4.0, 0.5: lower}, plain=2)
    assert sent[1] == (next_at, 1)


def test_toggles_come_last_each_once_and_only_on_a_moving_belt() -> None:
    sent, _, _ = run({0.0: 4.0}, plain=1, cautious=2)
    assert sent == [(0, 0), (1, 1), (2, 2)]
    sent, _, _ = run({0.0: 4.0, 0.5: 0.0}, plain=1, cautious=2)
    assert sent == [(0, 0)]
    sent, _, _ = run({0.0: 4.0, 0.5: None}, plain=1, cautious=2)
    assert sent == [(0, 0)], "nobody knows whether it moves"
    sent, _, _ = run({0.0: 4.0, 0.5: None, 9.0: 4.0}, plain=1, cautious=1)
    assert sent == [(0, 0), (9, 1)]


def test_without_a_speed_all_that_only_stops_is_sent_and_it_is_said_three_times() -> None:
    sent, said, halt = run({0.0: None}, plain=3, cautious=2)
    assert sent == [(0, 0), (1, 1), (2, 2)]
    assert said == [4, 8], "the first time was when the session ended"
    assert halt.is_over
    sent, said, _ = run({0.0: None}, plain=12)
    assert (len(sent), said) == (12, [4, 8])


def test_a_belt_that_stands_needs_nothing() -> None:
    sent, said, halt = run({0.0: 0.0}, plain=2, cautious=1)
    assert (sent, said, halt.is_over) == ([], [], True)


def test_it_is_said_until_the_belt_stands() -> None:
    _, said, halt = run({0.0: 4.0, 11.0: 0.0}, plain=1)
    assert (said, halt.is_over) == ([4, 8], True)


def test_it_is_said_for_a_minute_at_most() -> None:
    _, said, halt = run({0.0: 4.0}, plain=0)
    assert said == [float(second) for second in range(4, 60, 4)]
    assert halt.is_over


def test_a_speed_that_is_lost_on_the_way_does_not_end_the_words() -> None:
    _, said, _ = run({0.0: 4.0, 2.0: None}, plain=1)
    assert len(said) == 14


def test_whoever_acknowledges_hears_and_moves_nothing_more() -> None:
    over = chain.acknowledge(chain.begin(plain=3, cautious=0, at=at(0)))
    assert chain.next_wake(over) is None
    step = chain.proceed(over, at(1))
    assert (step.send, step.say) == (None, False)


@given(
    plain=st.integers(0, 4),
    cautious=st.integers(0, 2),
    speeds=st.dictionaries(
        st.floats(0.1, 70).map(lambda second: round(second, 1)),
        st.none() | st.sampled_from([0.0, 1.0, 3.9, 4.0]),
    ),
)
def test_every_control_is_sent_at_most_once_in_order_and_a_second_apart(
    plain: int, cautious: int, speeds: dict[float, float | None]
) -> None:
    sent, said, halt = run({0.0: 4.0, **speeds}, plain=plain, cautious=cautious)
    assert [control for _, control in sent] == list(range(len(sent)))
    assert len(sent) <= plain + cautious
    assert all(later - sooner >= 1 - 1e-6 for (sooner, _), (later, _) in pairwise(sent))
    known = {0.0: 4.0, **speeds}
    for when, control in sent:
        speed = known[max(second for second in known if second <= when)]
        assert speed != 0
        assert control < plain or speed
    assert halt.is_over
    assert all(second < 60 for second in said)
    assert halt.since == at(0)
    assert timedelta(seconds=60) == chain.SAY_FOR
