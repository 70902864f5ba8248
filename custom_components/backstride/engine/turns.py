"""Which way the athlete faces, and the turns that a change of it needs on a treadmill.

On a belt nobody turns round while walking: between two intervals of different direction stands a `turn`, feet on the
rails. A rest does not replace it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from .workout import WALKING, Direction, Ends, Gait, Interval

TURN: Final = Interval(
    direction=Direction.TURN,
    gait=Gait.NONE,
    seconds=30,
    effort=1,
    cue="Step to the side rails, hold on, turn around slowly",
)
"""The turn inserted where a plan has none; 25-30 s is what the built-in treadmill workouts allow."""


def with_turns(intervals: Iterable[Interval], *, confirmed: bool) -> tuple[Interval, ...]:
    """Put a turn before every change of direction that lacks one, and say how all turns end.

    Turns are confirmed only where the place asks for it: a person without voice or button must not be stuck in one.
    """
    ends = Ends.CONFIRMED if confirmed else Ends.TIMED
    plan: list[Interval] = []
    facing: Direction | None = None
    for interval in intervals:
        if interval.direction is Direction.TURN:
            plan.append(replace(interval, ends=ends))
            facing = None
            continue
        if interval.direction in WALKING:
            if facing not in {None, interval.direction}:
                plan.append(replace(TURN, ends=ends))
            facing = interval.direction
        plan.append(interval)
    return tuple(plan)


def facing_at(plan: Sequence[Interval], index: int) -> Direction | None:
    """Tell which way the athlete faces in this interval of a plan with turns; None while turning, or where nothing tells.

    Standing still, one faces the way of the walking before the next turn, or else of the walking since the last.
    """
    if plan[index].direction is Direction.TURN:
        return None
    return _first_walking(plan[index:]) or _first_walking(plan[index::-1])


def _first_walking(intervals: Iterable[Interval]) -> Direction | None:
    for interval in intervals:
        if interval.direction is Direction.TURN:
            return None
        if interval.direction in WALKING:
            return interval.direction
    return None
