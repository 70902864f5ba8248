"""What a session wants of the belt follows from its state, its interval, the athlete's level and the place's limit."""

import math

import pytest

from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.goal import Goal, Want, goal
from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.session import Command, advance, apply

from .instants import at, begin, walking


@pytest.mark.parametrize(
    ("notation", "level", "limit", "kmh"),
    [
        pytest.param("1m back @1.2", Level.L0, math.inf, 1.2, id="what the workout asks"),
        pytest.param("1m back @1.6", Level.L0, 1.0, 1.0, id="the place's limit"),
        pytest.param("1m fwd @6", Level.L0, math.inf, 6.0, id="forward the level says nothing"),
        pytest.param("1m fwd @6", Level.L0, 4.0, 4.0, id="forward the place's limit holds too"),
        pytest.param("1m back @6.4", Level.L4, 20.0, 6.4, id="the fastest backward walk there is"),
        pytest.param("1m back", Level.L0, math.inf, None, id="no speed named"),
        pytest.param("1m side @1", Level.L1, math.inf, 1.0, id="sideways"),
    ],
)
def test_a_walking_interval_wants_its_speed_under_every_ceiling(
    notation: str, level: Level, limit: float, kmh: float | None
) -> None:
    session = walking(f"{notation}, 1m rest", 5, level=level)
    assert goal(session, limit) == Goal(want=Want.MOVE, kmh=kmh)


def test_whoever_turns_or_rests_wants_it_slow() -> None:
    session = walking("1m back @1.2, 30s turn, 1m fwd @3, 30s rest", 65)
    assert goal(session, math.inf) == Goal(want=Want.SLOW)
    assert goal(advance(session, at(155)).session, math.inf) == Goal(want=Want.SLOW)


def test_whoever_waits_wants_it_slow() -> None:
    session = walking("1m back @1.2, 30s turn, 1m fwd @3", 95, confirm_turns=True)
    assert goal(session, math.inf) == Goal(want=Want.SLOW)


def test_nothing_is_wanted_before_anybody_walks() -> None:
    assert goal(begin("1m back @1.2"), math.inf) == Goal()


@pytest.mark.parametrize(
    ("reason", "wanted"),
    [
        (Reason.ATHLETE, Want.SLOW),
        (Reason.NO_ANSWER, Want.SLOW),
        (Reason.RESTART, Want.LEAVE),
        (Reason.MACHINE, Want.LEAVE),
    ],
)
def test_a_pause_slows_it_unless_nobody_here_chose_to_pause(reason: Reason, wanted: Want) -> None:
    session = apply(walking("1m back @1.2", 5), Command.PAUSE, at(5), reason=reason).session
    assert goal(session, math.inf) == Goal(want=wanted)


def test_a_hold_slows_it_whoever_steers_and_letting_go_leaves_it_slow() -> None:
    held = apply(walking("1m back @1.2", 5), Command.HOLD, at(5), reason=Reason.OBSTACLE).session
    assert goal(held, math.inf) == Goal(want=Want.SLOW, urgent=True)
    released = apply(held, Command.RELEASE, at(9)).session
    assert goal(released, math.inf) == Goal(want=Want.SLOW)


def test_the_end_stops_it() -> None:
    stopped = apply(walking("1m back @1.2", 5), Command.STOP, at(5)).session
    assert goal(stopped, math.inf) == Goal(want=Want.STOP)
    assert goal(walking("1m back @1.2", 61), math.inf) == Goal(want=Want.STOP)


@pytest.mark.parametrize("reason", [Reason.ABANDONED, Reason.IDLE])
def test_an_end_that_comes_by_itself_leaves_it_to_whoever_walks_there_by_then(reason: Reason) -> None:
    paused = apply(walking("1m back @1.2", 5), Command.PAUSE, at(5)).session
    assert goal(apply(paused, Command.STOP, at(9), reason=reason).session, math.inf) == Goal()


def test_backward_running_is_never_steered() -> None:
    assert goal(walking("1m back run @8 rpe 5", 5, level=Level.L4), math.inf) == Goal()
    assert goal(walking("1m fwd run @8 rpe 5", 5, level=Level.L4), math.inf).kmh == 8


def test_the_incline_is_wanted_only_where_the_workout_has_one_and_never_over_the_level() -> None:
    session = walking("1m back @1.2 2%, 30s turn, 1m fwd @3 6%", 5, level=Level.L1)
    assert goal(session, math.inf).percent == 2
    assert goal(advance(session, at(95)).session, math.inf).percent == 6
    assert goal(walking("1m back @1.2", 5), math.inf).percent is None
