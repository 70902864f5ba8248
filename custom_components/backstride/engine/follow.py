"""One set-point and the measurement that has to follow it: how far it may go at once, whether it got there, whose hand it was.

Speed and incline of a belt are steered by the same rules with other numbers. Nothing here sends anything: it judges what
was measured against what was asked for.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
import math
from typing import Final

CHECK_WITHIN: Final = timedelta(seconds=5)
"""How soon a set-point must show in the measurement, and how often a sensor must report to be steered by."""
STEADY_FOR: Final = timedelta(seconds=3)
"""How long a speed that somebody else chose must stand before steering begins from it; a belt that just started ramps."""
JUST_NOW: Final = timedelta(seconds=1)
"""How old a measurement may be to raise anything by: the athlete may have stopped the belt since."""
BURST: Final = timedelta(milliseconds=200)
"""Reports closer together than this are one that came in pieces, and say nothing of how often there is one."""
_LITTLE: Final = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How one quantity is steered."""

    up: float
    """The most it rises at once."""
    down: float | None
    """The most it falls at once; None where it may fall as far as wanted, because slower is safer."""
    every: timedelta
    """The least time between two steps."""
    tolerance: float
    """How far a measurement may be from what was asked for and still be the same: noise, rounding, a coarse display."""


class Verdict(StrEnum):
    """What a measurement says about the set-point."""

    FOLLOWS = "follows"
    OTHER_HAND = "other_hand"
    """It is where none of our set-points ever sent it."""
    DOUBTFUL = "doubtful"
    """It would be, by one report alone, which may be wild; the next one tells. Until then nothing is to be asked."""
    IGNORES = "ignores"
    """It did not come, or nobody could see it come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """What was measured, and what was asked for."""

    manner: Manner
    value: float | None = None
    at: datetime | None = None
    """When it was reported."""
    gap: timedelta | None = None
    """Between the last two reports; None until there were two."""
    steady: float = math.inf
    """Around which value it has stood since `steady_since`."""
    steady_since: datetime | None = None
    wanted: float | None = None
    """The set-point; None while nothing is asked for."""
    wanted_at: datetime | None = None
    """When anything was asked for last."""
    low: float = 0.0
    high: float = 0.0
    """Between these the measurement may be on its way: the envelope of the latest set-points."""
    near: float = 0.0
    """How near the set-point counts as there: a small step must be seen to be made, too."""
    reached: bool = False
    check_at: datetime | None = None
    """When the set-point must show; None once it is reached."""
    checked: float = 0.0
    """What was measured when the check was set: what falls a long way is looked at more than once."""
    doubted_at: datetime | None = None
    """When a report came that looks like another hand; None once another looked right."""

    def is_fresh(self, at: datetime) -> bool:
        """Tell whether the sensor reports often enough, and did just now."""
        return (
            self.value is not None
            and self.at is not None
            and self.gap is not None
            and self.gap <= CHECK_WITHIN
            and at - self.at < CHECK_WITHIN
        )

    def is_steady(self, at: datetime) -> bool:
        """Tell whether what is measured has stood for a while."""
        return self.steady_since is not None and at - self.steady_since >= STEADY_FOR


def observe(loop: Loop, value: float | None, at: datetime) -> Loop:
    """Take in a report; None when the sensor fell silent."""
    if value is None or not math.isfinite(value):
        return replace(loop, value=None, at=None, gap=None, steady=math.inf, steady_since=None)
    since = None if loop.at is None else at - loop.at
    gap = since if since is None or since >= BURST else loop.gap
    loop = replace(loop, value=value, at=at, gap=gap)
    if abs(value - loop.steady) > loop.manner.tolerance:
        loop = replace(loop, steady=value, steady_since=at)
    if loop.wanted is not None and not loop.reached and _is_there(loop, value):
        loop = replace(loop, reached=True, check_at=None)
    return loop


def judge(loop: Loop, at: datetime) -> tuple[Loop, Verdict]:
    """Compare what is measured with what was asked for."""
    value, wanted, seen_at = loop.value, loop.wanted, loop.at
    if wanted is None:
        return loop, Verdict.FOLLOWS
    if value is None or seen_at is None or not loop.is_fresh(at):
        # Nobody can tell, which in the end is as bad as not following.
        late = loop.check_at is not None and at >= loop.check_at
        return loop, Verdict.IGNORES if late else Verdict.FOLLOWS
    if loop.reached and loop.wanted_at is not None and at - loop.wanted_at >= CHECK_WITHIN:
        # What came before the set-point is no longer on its way.
        loop = replace(loop, low=wanted, high=wanted)
    if not loop.low - loop.manner.tolerance - _LITTLE <= value <= loop.high + loop.manner.tolerance + _LITTLE:
        doubted_at = loop.doubted_at or seen_at
        is_sure = seen_at - doubted_at >= BURST
        return replace(loop, doubted_at=doubted_at), Verdict.OTHER_HAND if is_sure else Verdict.DOUBTFUL
    loop = replace(loop, doubted_at=None)
    if loop.check_at is None or at < loop.check_at:
        return loop, Verdict.FOLLOWS
    if abs(wanted - value) + loop.manner.tolerance < abs(wanted - loop.checked):
        # A long way down takes longer than one check; as long as it comes nearer it follows.
        return replace(loop, check_at=at + CHECK_WITHIN, checked=value), Verdict.FOLLOWS
    return loop, Verdict.IGNORES


def next_step(loop: Loop, value: float, goal: float, at: datetime) -> float | None:
    """Give the next set-point on the way from a measured value to a goal; None while there is none, or it is too soon."""
    # What is measured may be a little off what was reached; steps are counted from what was asked for. What is still on
    # its way up counts as there already: to want less than that is a step down.
    base = value if loop.wanted is None else loop.wanted if loop.reached else max(value, loop.wanted)
    manner = loop.manner
    if goal < base - _LITTLE:
        step = goal if manner.down is None else max(goal, base - manner.down)
        waits = manner.down is not None
    else:
        step, waits = min(goal, base + manner.up), True
    if loop.wanted is not None and abs(step - loop.wanted) <= _LITTLE:
        return None
    soon = loop.wanted_at is not None and at - loop.wanted_at < manner.every
    # What was there and has left again may be in a hand; whether it is, is known a little later.
    is_there = loop.wanted is None or (
        loop.reached and abs(value - loop.wanted) <= manner.tolerance + _LITTLE
    )
    is_old = loop.at is None or at - loop.at > JUST_NOW
    return None if waits and (soon or not is_there or is_old) else step


def ask(loop: Loop, wanted: float, at: datetime) -> Loop:
    """Note a set-point that is being sent."""
    value = loop.value if loop.value is not None else wanted
    before = (loop.low, loop.high) if loop.wanted is not None and not loop.reached else (value, value)
    way, tolerance = abs(wanted - value), loop.manner.tolerance
    near = tolerance if way <= tolerance / 2 + _LITTLE else min(tolerance, way / 2)
    loop = replace(loop, wanted=wanted, near=near)
    reached = _is_there(loop, value)
    return replace(
        loop,
        wanted_at=at,
        low=min(value, wanted, *before),
        high=max(value, wanted, *before),
        reached=reached,
        check_at=None if reached else at + CHECK_WITHIN,
        checked=value,
    )


def forget(loop: Loop) -> Loop:
    """Ask for nothing any more; what is measured stays known, and when it was last asked, so that no two steps add up."""
    return replace(loop, wanted=None, reached=False, check_at=None, doubted_at=None)


def _is_there(loop: Loop, value: float) -> bool:
    """Tell whether the set-point is reached; standing means standing."""
    wanted = loop.wanted or 0.0
    return value <= 0 if wanted <= 0 else abs(value - wanted) <= loop.near + _LITTLE
