"""Whoever goes the other way than planned is told once an interval, after five seconds."""

from datetime import datetime

import pytest

from custom_components.backstride.engine import way as ways
from custom_components.backstride.engine.way import Way
from custom_components.backstride.engine.workout import Direction

from .instants import at

BACKWARD, FORWARD = Direction.BACKWARD, Direction.FORWARD


def told(way: Way, when: datetime) -> Direction | None:
    """Give what is said at an instant."""
    return ways.look(way, when)[1]


def test_going_the_other_way_is_said_after_five_seconds_and_once() -> None:
    way = ways.notice(ways.plan(Way(), BACKWARD, at(0)), FORWARD, at(2))
    assert ways.due(way) == at(7)
    assert told(way, at(6.9)) is None
    way, said = ways.look(way, at(7))
    assert (said, ways.due(way)) == (BACKWARD, None)
    assert told(way, at(60)) is None


def test_whoever_turns_in_time_is_told_nothing() -> None:
    way = ways.notice(ways.plan(Way(), BACKWARD, at(0)), FORWARD, at(2))
    way = ways.notice(way, BACKWARD, at(6))
    assert ways.due(way) is None


def test_the_same_report_again_begins_nothing_anew() -> None:
    way = ways.notice(ways.plan(Way(), BACKWARD, at(0)), FORWARD, at(2))
    way = ways.plan(ways.notice(way, FORWARD, at(6)), BACKWARD, at(0))
    assert ways.due(way) == at(7)


def test_another_interval_may_be_told_anew_five_seconds_into_it() -> None:
    way, _ = ways.look(ways.notice(ways.plan(Way(), BACKWARD, at(0)), FORWARD, at(2)), at(7))
    way = ways.plan(way, BACKWARD, at(60))
    assert ways.due(way) == at(65)


@pytest.mark.parametrize("planned", [Direction.TURN, Direction.REST, Direction.SIDEWAYS, None])
def test_what_no_machine_can_tell_is_not_compared(planned: Direction | None) -> None:
    way = ways.notice(ways.plan(Way(), planned, at(0)), FORWARD, at(2))
    assert ways.due(way) is None


def test_a_machine_that_does_not_say_is_not_compared() -> None:
    way = ways.plan(Way(), BACKWARD, at(0))
    assert ways.due(way) is None
    assert ways.due(ways.notice(ways.notice(way, FORWARD, at(1)), None, at(2))) is None
