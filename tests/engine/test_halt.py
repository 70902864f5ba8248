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
    speeds: Mapping[float, float | None],
    *,
    plain: int = 2,
    cautious: tuple[float, ...] = (),
    seconds: float = 70,
    acknowledged: float = math.inf,
) -> tuple[list[tuple[float, int]], list[float], Halt]:
    """Give which control was sent when, the plain ones counted first, when it was said, and what is left."""
    sent: list[tuple[float, int]] = []
    said: list[float] = []
    left = dict(sorted(speeds.items()))
    begun = chain.find(chain.begin(at=at(0)), plain=plain, cautious=cautious)
    step = chain.observe(begun, left.pop(0.0), at(0))
    now = 0.0
    while True:
        if step.send is not None:
            sent.append((now, step.send))
        if step.risk is not None:
            sent.append((now, plain + step.risk))
        if step.say:
            said.append(now)
        due = [next(iter(left), math.inf), acknowledged]
        if (wake := chain.next_wake(step.halt)) is not None:
            due.append((wake - at(0)).total_seconds())
        if min(due) > seconds:
            return sent, said, step.halt
        now = min(due)
        if now == acknowledged:
            acknowledged = math.inf
            step = chain.Step(halt=chain.acknowledge(step.halt))
        elif now in left:
            step = chain.observe(step.halt, left.pop(now), at(now))
        else:
            step = chain.proceed(step.halt, at(now))


def every_second(speed: float, until: int = 70) -> dict[float, float | None]:
    """Give the reports of a belt that does not care."""
    return dict.fromkeys(map(float, range(until)), speed)


def test_the_first_control_is_sent_at_once_and_the_next_after_a_second_that_did_not_help() -> None:
    sent, _, _ = run({0.0: 4.0}, plain=3)
    assert sent == [(0, 0), (1, 1), (2, 2)]


def test_while_the_speed_falls_nothing_more_is_sent() -> None:
    falling = {0.0: 4.0, 0.9: 3.5, 1.9: 2.5, 2.9: 1.2, 3.9: 0.0}
    sent, said, halt = run(falling, plain=3, cautious=(0,))
    assert (sent, said, halt.is_over) == ([(0, 0)], [], True)


def test_a_speed_that_stops_falling_brings_the_next_control() -> None:
    sent, _, _ = run({0.0: 4.0, 0.9: 3.0}, plain=2)
    assert sent == [(0, 0), (2, 1)]


@pytest.mark.parametrize(("lower", "next_at"), [(3.91, 1), (3.9, 2)])
def test_a_flicker_of_the_display_is_no_falling(lower: float, next_at: float) -> None:
    sent, _, _ = run({0.0: 4.0, 0.5: lower}, plain=2)
    assert sent[1] == (next_at, 1)


def test_toggles_come_last_each_once_and_only_on_a_moving_belt() -> None:
    sent, _, _ = run(every_second(4.0), plain=1, cautious=(0, 0))
    assert sent == [(0, 0), (1, 1), (2, 2)]
    sent, _, _ = run({0.0: 4.0, 0.5: 0.0}, plain=1, cautious=(0, 0))
    assert sent == [(0, 0)]
    sent, _, _ = run({0.0: 4.0, 0.5: None}, plain=1, cautious=(0, 0))
    assert sent == [(0, 0)], "nobody knows whether it moves"
    sent, _, _ = run({0.0: 4.0, 0.5: None, 9.0: 4.0}, plain=1, cautious=(0,))
    assert sent == [(0, 0), (9, 1)]


@pytest.mark.parametrize(("report", "sent"), [(0.9, 1), (1.0, 2)])
def test_what_may_start_a_belt_is_used_only_where_a_report_shows_that_the_last_control_did_nothing(
    report: float, sent: int
) -> None:
    controls, _, _ = run({0.0: 4.0, report: 4.0}, plain=1, cautious=(0,))
    assert len(controls) == sent, "a sensor that reports seldom still tells of a belt that stands by now"


@pytest.mark.parametrize(("speed", "sent"), [(0.8, [0, 2]), (0.9, [0, 1, 2])])
def test_a_speed_is_written_only_to_a_belt_that_is_faster(speed: float, sent: list[int]) -> None:
    controls, _, _ = run(every_second(speed), plain=1, cautious=(0.8, 0))
    assert [control for _, control in controls] == sent


def test_a_belt_that_is_about_to_start_gets_a_control_too_and_the_others_once_it_does() -> None:
    counting_down = {**every_second(0.0, 3), **dict.fromkeys((3.0, 4.0, 5.0, 6.0), 1.0)}
    sent, _, _ = run(counting_down, plain=2, cautious=(0,))
    assert sent == [(0, 0), (3, 1), (4, 2)]


def test_a_zero_that_is_a_stumble_of_the_sensor_ends_nothing() -> None:
    stumble = {0.0: 4.0, 0.5: 0.0, 5.4: 4.0}
    sent, said, halt = run(stumble, plain=2)
    assert sent == [(0, 0), (5.4, 1)]
    assert len(said) == 14
    assert halt.is_over


def test_it_is_over_when_the_belt_has_stood_for_five_seconds() -> None:
    _, said, halt = run({0.0: 4.0, 0.5: 0.0}, plain=2, seconds=5.4)
    assert not halt.is_over
    sent, said, halt = run({0.0: 4.0, 0.5: 0.0, 5.6: 4.0}, plain=2, seconds=5.5)
    assert (sent, said, halt.is_over) == ([(0, 0)], [], True)


def test_whoever_asks_again_has_everything_sent_again_that_only_stops() -> None:
    halt = chain.find(chain.begin(at=at(0)), plain=2, cautious=(0,))
    sent: list[tuple[int | None, int | None]] = []
    for second in range(6):
        step = chain.observe(halt, 4.0, at(second))
        halt = step.halt
        sent.append((step.send, step.risk))
    assert sent == [(0, None), (1, None), (None, 0), *[(None, None)] * 3]
    step = chain.again(halt, at(6))
    assert step.send == 0
    assert chain.proceed(step.halt, at(7)).send == 1
    assert not chain.proceed(step.halt, at(65)).halt.is_over, "and it is said for another minute"


def test_whoever_asks_twice_in_one_breath_gets_the_next_control_and_not_the_same() -> None:
    halt = chain.observe(chain.find(chain.begin(at=at(0)), plain=2, cautious=()), 4.0, at(0)).halt
    step = chain.again(halt, at(0.2))
    assert (step.send, step.halt) == (None, halt)
    assert chain.again(halt, at(1)).send == 1
    only = chain.observe(chain.find(chain.begin(at=at(0)), plain=1, cautious=()), 4.0, at(0)).halt
    assert chain.again(only, at(0.9)).send is None
    assert chain.again(only, at(1)).send == 0


def test_a_control_that_comes_within_reach_is_sent() -> None:
    halt = chain.observe(chain.begin(at=at(0)), 4.0, at(0)).halt
    assert chain.proceed(chain.find(halt, plain=1, cautious=()), at(20)).send == 0


def test_without_a_speed_all_that_only_stops_is_sent_and_it_is_said_three_times() -> None:
    sent, said, halt = run({0.0: None}, plain=3, cautious=(0, 0))
    assert sent == [(0, 0), (1, 1), (2, 2)]
    assert said == [4, 8], "the first time was when the session ended"
    assert halt.is_over
    sent, said, _ = run({0.0: None}, plain=12)
    assert (len(sent), said) == (12, [4, 8])


def test_a_belt_that_stands_needs_no_more_than_one() -> None:
    sent, said, halt = run({0.0: 0.0}, plain=2, cautious=(0,))
    assert (sent, said, halt.is_over) == ([(0, 0)], [], True)


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


def test_whoever_acknowledges_hears_no_more_and_the_controls_go_on() -> None:
    sent, said, halt = run(every_second(4.0), plain=2, cautious=(0,), acknowledged=0.5)
    assert sent == [(0, 0), (1, 1), (2, 2)]
    assert (said, halt.is_over) == ([], True)


def test_a_control_that_comes_within_reach_is_sent_also_to_whoever_acknowledged() -> None:
    halt = chain.acknowledge(chain.observe(chain.begin(at=at(0)), 4.0, at(0)).halt)
    assert chain.proceed(chain.find(halt, plain=1, cautious=()), at(20)).send == 0


def test_whoever_asks_again_hears_it_again() -> None:
    halt = chain.observe(chain.find(chain.begin(at=at(0)), plain=1, cautious=()), 4.0, at(0)).halt
    halt = chain.again(chain.acknowledge(halt), at(5)).halt
    assert chain.proceed(halt, at(9)).say


def test_what_is_ended_neither_says_nor_sends_anything() -> None:
    over = chain.end(chain.find(chain.begin(at=at(0)), plain=3, cautious=()))
    assert chain.next_wake(over) is None
    step = chain.proceed(over, at(1))
    assert (step.send, step.say) == (None, False)


@given(
    plain=st.integers(0, 3),
    cautious=st.lists(st.sampled_from([0.0, 0.8]), max_size=2).map(tuple),
    speeds=st.dictionaries(st.integers(1, 70).map(float), st.none() | st.sampled_from([0.0, 3.0, 4.0])),
    first=st.none() | st.sampled_from([0.0, 4.0]),
    acknowledged=st.integers(0, 61).map(lambda second: second + 0.5),
)
def test_acknowledging_changes_nothing_but_the_words(
    plain: int,
    cautious: tuple[float, ...],
    speeds: dict[float, float | None],
    first: float | None,
    acknowledged: float,
) -> None:
    known = {0.0: first, **speeds}
    sent, said, halt = run(known, plain=plain, cautious=cautious)
    again = run(known, plain=plain, cautious=cautious, acknowledged=acknowledged)
    assert again[0] == sent
    assert again[1] == [second for second in said if second < acknowledged]
    assert again[2].is_over == halt.is_over


@given(
    plain=st.integers(0, 4),
    cautious=st.lists(st.sampled_from([0.0, 0.8, 3.95]), max_size=2).map(tuple),
    speeds=st.dictionaries(
        st.floats(0.1, 70).map(lambda second: round(second, 1)),
        st.none() | st.sampled_from([0.0, 1.0, 3.9, 4.0]),
        max_size=40,
    ),
)
def test_every_control_is_sent_at_most_once_in_order_and_a_second_apart(
    plain: int, cautious: tuple[float, ...], speeds: dict[float, float | None]
) -> None:
    known = {0.0: 4.0, **speeds}
    sent, said, halt = run(known, plain=plain, cautious=cautious)
    order = [control for _, control in sent]
    assert order == sorted(set(order))
    assert order[:plain] == list(range(min(plain, len(order))))
    assert all(later - sooner >= 1 - 1e-6 for (sooner, _), (later, _) in pairwise(sent))
    last = -1.0
    for when, control in sent:
        told = max(second for second in known if second <= when)
        speed = known[told]
        if control:
            assert speed != 0, "but for the first, nothing is sent to a belt that stands"
        if control >= plain:
            assert speed is not None
            assert speed > cautious[control - plain]
            assert told >= last + 1 - 1e-6, "a report must have shown that the last one did nothing"
        last = when
    assert halt.is_over
    assert all(second < 60 for second in said)
    assert halt.since == at(0)
    assert timedelta(seconds=60) == chain.SAY_FOR
