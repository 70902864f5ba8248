"""The belt's policy: what may be asked of a treadmill, and when hands are off.

Never started, never faster than allowed, never against the athlete's hand. Everything is decided from what was measured
and what was asked for; the shell sends the orders, and reports back what it hears.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from . import follow
from .follow import Loop, Manner, Verdict
from .goal import Goal, Want
from .reach import Asked, Axis, Order, Reach

RISE_KMH: Final = 0.3
"""The most a belt is sped up at once, km/h: half a console's long press, felt but not startling (project's choice)."""
EVERY: Final = timedelta(seconds=2)
SLOWEST_KMH: Final = 0.8
"""As slow as a belt may run under somebody who turns round or stands on the rails; faster ones are stopped."""
ROUNDING_KMH: Final = 0.01
"""By how much a machine's setting may be over a limit and still be what the limit means: half a mile is 0.805 km/h, one is
1.609. A tenth of the finest step that consoles have; nobody feels it, and no set-point is chosen over a limit by it."""
CREEP_KMH: Final = 0.2
"""No belt runs as slowly as this; what a sensor shows up to here is a belt that stands."""
SPEED: Final = Manner(up=RISE_KMH, down=None, every=EVERY, tolerance=0.2)
GRADE: Final = Manner(up=1.0, down=1.0, every=EVERY, tolerance=0.6)
HALT_AFTER: Final = follow.CHECK_WITHIN
"""At the end of a session a belt is slowed first, and stopped no later than this."""
UNSEEN_AFTER: Final = 2 * follow.CHECK_WITHIN
"""How long a moving belt may go unseen until the athlete is told that nobody steers it."""


class Steering(StrEnum):
    """Who steers."""

    OFF = "off"
    """Nobody of ours; given back, or not begun."""
    ON = "on"
    ATHLETE = "athlete"
    """The athlete changed something by hand, and has it until they hand it back."""
    IGNORED = "ignored"
    """The belt did not do what was asked, so nothing more is asked."""


class News(StrEnum):
    """What the athlete is told."""

    HANDS_OFF = "hands_off"
    NOT_FOLLOWING = "not_following"
    UNSEEN = "unseen"
    TOO_FAST = "too_fast"
    """Even the slowest that the machine has is faster than what is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belt:
    """A belt under a session."""

    reach: Reach
    steering: Steering = Steering.OFF
    runs: bool | None = None
    """What the machine says of itself; None where it does not."""
    speed: Loop = field(default_factory=lambda: Loop(manner=SPEED))
    grade: Loop = field(default_factory=lambda: Loop(manner=GRADE))
    goal: Goal = field(default_factory=Goal)
    goal_since: datetime | None = None
    has_stood: bool = False
    """Since then; who starts it after that wants it to move."""
    unseen_since: datetime | None = None
    told_unseen: bool = False
    told_too_fast: bool = False

    @property
    def is_moving(self) -> bool:
        """Whether the belt is known to move."""
        return self.speed.value is not None and self.speed.value > 0 and self.runs is not False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of a belt, what to send, in this order, and what to tell."""

    belt: Belt
    orders: tuple[Order, ...] = ()
    news: tuple[News, ...] = ()


def observe(belt: Belt, kmh: float | None, at: datetime) -> Step:
    """Take in a report of the speed; None when its sensor fell silent."""
    kmh = 0.0 if kmh is not None and kmh <= CREEP_KMH else kmh
    return decide(replace(belt, speed=follow.observe(belt.speed, kmh, at)), at)


def observe_grade(belt: Belt, percent: float | None, at: datetime) -> Step:
    """Take in a report of the incline."""
    return decide(replace(belt, grade=follow.observe(belt.grade, percent, at)), at)


def aim(belt: Belt, wanted: Goal, at: datetime) -> Step:
    """Want something else from now on."""
    if wanted != belt.goal:
        belt = replace(belt, goal=wanted, goal_since=at, has_stood=False, unseen_since=None)
    return decide(belt, at)


def take_over(belt: Belt, at: datetime) -> Step:
    """Steer, from the speed the belt has now."""
    return decide(_let_go(belt, Steering.ON), at)


def release(belt: Belt) -> Belt:
    """Give the belt to the athlete."""
    return _let_go(belt, Steering.OFF)


def decide(belt: Belt, at: datetime) -> Step:
    """Look at everything that is known, and give what follows from it."""
    if belt.speed.value == 0:
        # It was stopped, and is the athlete's to start; what was asked of it before is over.
        has_stood = belt.has_stood or belt.speed.is_steady(at)
        belt = replace(_let_go(belt, belt.steering), has_stood=has_stood)
    belt, news, may = _judge(belt, at) if belt.steering is Steering.ON else (belt, (), False)
    if belt.goal.want is Want.LEAVE:
        return Step(belt=_let_go(belt, belt.steering), news=news)
    if not may and not belt.goal.urgent:
        return Step(belt=belt, news=news)
    step = (_move if belt.goal.want is Want.MOVE else _slow)(belt, at)
    return replace(step, news=news + step.news)


def next_wake(belt: Belt, at: datetime) -> datetime | None:
    """Tell when to decide again although nothing was reported."""
    wakes = [loop.check_at for loop in (belt.speed, belt.grade)]
    if belt.steering is Steering.ON or belt.goal.urgent:
        wakes += [loop.wanted_at and loop.wanted_at + loop.manner.every for loop in (belt.speed, belt.grade)]
        wakes.append(belt.speed.steady_since and belt.speed.steady_since + follow.STEADY_FOR)
        wakes.append(belt.speed.at and belt.speed.at + follow.CHECK_WITHIN)
        wakes.append(belt.goal_since and belt.goal_since + HALT_AFTER)
        wakes.append(belt.unseen_since and belt.unseen_since + UNSEEN_AFTER)
    return min((wake for wake in wakes if wake is not None and wake > at), default=None)


def _let_go(belt: Belt, steering: Steering) -> Belt:
    return replace(belt, steering=steering, speed=follow.forget(belt.speed), grade=follow.forget(belt.grade))


def _judge(belt: Belt, at: datetime) -> tuple[Belt, tuple[News, ...], bool]:
    """Find out whose hand it was; the last tells whether something may be asked now."""
    speed, of_speed = follow.judge(belt.speed, at)
    grade, of_grade = follow.judge(belt.grade, at)
    belt, verdicts = replace(belt, speed=speed, grade=grade), {of_speed, of_grade}
    # With somebody behind nothing waits for a second report, so the first has to do.
    if Verdict.OTHER_HAND in verdicts or (Verdict.DOUBTFUL in verdicts and belt.goal.urgent):
        return _let_go(belt, Steering.ATHLETE), (News.HANDS_OFF,), False
    if Verdict.IGNORES in verdicts:
        return _let_go(belt, Steering.IGNORED), (News.NOT_FOLLOWING,), False
    return belt, (), Verdict.DOUBTFUL not in verdicts


def _move(belt: Belt, at: datetime) -> Step:
    if not belt.speed.is_fresh(at) or not belt.is_moving:
        return _unseen(belt, at)
    belt = replace(belt, unseen_since=None)
    if belt.speed.wanted is None and not belt.speed.is_steady(at):
        return Step(belt=belt)
    axis, kmh = belt.reach.speed, belt.goal.kmh
    if axis is None or kmh is None:
        step = Step(belt=replace(belt, speed=follow.forget(belt.speed)))
    elif (most := axis.at_most(kmh)) is not None:
        speed, orders = _towards(belt.speed, axis, most, Asked.SPEED, at)
        step = Step(belt=replace(belt, speed=speed), orders=orders)
    else:
        step = _come_down(belt, axis, kmh, at)
    tilt, percent = belt.reach.grade, belt.goal.percent
    if tilt is not None and percent is not None and belt.grade.is_fresh(at):
        grade, orders = _towards(belt.grade, tilt, max(percent, tilt.low), Asked.GRADE, at)
        step = replace(step, belt=replace(step.belt, grade=grade), orders=step.orders + orders)
    return step


def _come_down(belt: Belt, axis: Axis, kmh: float, at: datetime) -> Step:
    """Let a belt that has no setting as slow as what is asked for run at its slowest, and say so once.

    No set-point can keep such a belt under the ceiling, so what is asked is only ever less than what there is. Not to steer
    it would be no safer: it would stay as fast as it is, also through turns. Nor is it stopped: who walks there started it,
    and would have it stopped again at every start.
    """
    loop, value = belt.speed, belt.speed.value or 0.0
    orders: tuple[Order, ...] = ()
    if max(value, loop.wanted or 0.0) > axis.low:
        loop, orders = _towards(loop, axis, axis.low, Asked.SPEED, at)
    elif loop.wanted is None:
        # It is as slow as can be; from now on another speed is somebody's hand.
        loop = follow.ask(loop, value, at)
    tells = not belt.told_too_fast and kmh < axis.low - ROUNDING_KMH
    return Step(
        belt=replace(belt, speed=loop, told_too_fast=belt.told_too_fast or tells),
        orders=orders,
        news=(News.TOO_FAST,) if tells else (),
    )


def _towards(
    loop: Loop, axis: Axis, wanted: float, asked: Asked, at: datetime
) -> tuple[Loop, tuple[Order, ...]]:
    """Take the next step from a value that is known, in settings that the machine has."""
    value = loop.value if loop.value is not None else wanted
    step = follow.next_step(loop, value, wanted, at)
    setting = None if step is None else axis.at_most(step)
    # Where the machine's settings lie too far apart for a step this small there is none: down is not the way up.
    if setting is None or setting == loop.wanted or setting < value < wanted:
        return loop, ()
    if loop.wanted is None and 0 <= round(value - setting, 3) < min(axis.step, loop.manner.tolerance) / 2:
        # It is there already; from now on another value is somebody's hand.
        return follow.ask(loop, setting, at), ()
    return follow.ask(loop, setting, at), (Order(asked=asked, value=setting),)


def _slow(belt: Belt, at: datetime) -> Step:
    axis, can_halt, urgent = belt.reach.speed, belt.reach.can_halt, belt.goal.urgent
    if belt.has_stood and not urgent:
        return Step(belt=belt)
    if not belt.speed.is_fresh(at) or not belt.is_moving:
        # Somebody is behind and nobody sees how fast the belt runs: that it stands is the only safe thing to ask.
        return _halt(belt, at) if urgent and can_halt else Step(belt=belt)
    if urgent and can_halt and _ignores(belt, at):
        return _halt(belt, at)
    if can_halt and (
        axis is None or axis.low > SLOWEST_KMH + ROUNDING_KMH or _is_time_to_halt(belt, axis, at)
    ):
        return _halt(belt, at)
    if axis is None or belt.speed.wanted in {0, axis.low} or (belt.speed.value or 0.0) <= axis.low:
        return Step(belt=belt)
    return Step(
        belt=replace(belt, speed=follow.ask(belt.speed, axis.low, at)),
        orders=(Order(asked=Asked.SPEED, value=axis.low),),
    )


def _ignores(belt: Belt, at: datetime) -> bool:
    """Tell whether the belt is known not to do what it is asked, whoever steers."""
    return belt.steering is Steering.IGNORED or follow.judge(belt.speed, at)[1] is Verdict.IGNORES


def _is_time_to_halt(belt: Belt, axis: Axis, at: datetime) -> bool:
    """Tell whether a belt that is to stop is slow enough for it, or had its time to become so."""
    if belt.goal.want is not Want.STOP or belt.goal_since is None:
        return False
    slow = belt.speed.value is not None and belt.speed.value <= axis.low + SPEED.tolerance
    return slow or at - belt.goal_since >= HALT_AFTER


def _halt(belt: Belt, at: datetime) -> Step:
    """Ask the machine to stand, once, and only where it is not known to do so."""
    stands = belt.speed.value == 0 or (belt.speed.value is None and belt.runs is False)
    if stands or belt.speed.wanted == 0:
        return Step(belt=belt)
    asked = Asked.STOP if belt.goal.want is Want.STOP else Asked.PAUSE
    return Step(belt=replace(belt, speed=follow.ask(belt.speed, 0.0, at)), orders=(Order(asked=asked),))


def _unseen(belt: Belt, at: datetime) -> Step:
    """Steer nothing that is not seen, and say so once where it goes on; a belt that stands waits for the athlete.

    Also where no speed is asked for: who is not told counts on a belt that slows down for the turn.
    """
    stands = belt.runs is False or belt.speed.value == 0
    if stands or belt.told_unseen:
        return Step(belt=replace(belt, unseen_since=None))
    since = belt.unseen_since or at
    if at - since < UNSEEN_AFTER:
        return Step(belt=replace(belt, unseen_since=since))
    return Step(belt=replace(belt, told_unseen=True, unseen_since=None), news=(News.UNSEEN,))
