"""Whatever is commanded in a session, and whatever its belt does: never over a ceiling, never in a jerk, never started."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from custom_components.backstride.engine import belt as policy
from custom_components.backstride.engine.belt import RISE_KMH, Belt, Steering
from custom_components.backstride.engine.errors import EngineError
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.goal import goal
from custom_components.backstride.engine.levels import CEILINGS, Level
from custom_components.backstride.engine.reach import Asked, Order
from custom_components.backstride.engine.session import Command, SessionState, advance, apply, start
from custom_components.backstride.engine.state import FINAL, current
from custom_components.backstride.engine.workout import WALKING, Direction, parse

from .belts import HOME, obeys
from .instants import T0

PLANS = (
    "1m back @1.2, 30s turn, 1m fwd @5, 30s turn, 1m back @1.6",
    "2m fwd @6, 20s rest, 2m back @1, 30s turn, 1m side @1",
    "40s back, 20s turn, 40s fwd @3 4%, 20s turn, 40s back @1.4",
)
SECOND = timedelta(seconds=1)


class AnyWalk(RuleBasedStateMachine):
    """A session on a belt that obeys, mostly, beside somebody who only knows the rules."""

    @initialize(
        plan=st.sampled_from(PLANS),
        level=st.sampled_from([Level.L0, Level.L2]),
        limit=st.sampled_from([0.5, 0.9, 1.3, 99.0]),
        begun=st.booleans(),
    )
    def begin(self, plan: str, level: Level, limit: float, begun: bool) -> None:
        self.now = T0
        self.session = start(parse(plan), T0, level=level, confirm_turns=True).session
        self.limit = limit
        self.belt = Belt(reach=HOME, steering=Steering.ON)
        self.speed = 0.0
        self.asked: float | None = None
        self.set_at = T0 - timedelta(minutes=1)
        self._aim()
        if begun:
            self.start_or_change_it_by_hand(1.0)
            self.walk(15)

    def _aim(self) -> None:
        self._take(policy.aim(self.belt, goal(self.session, self.limit), self.now))

    def _take(self, step: policy.Step) -> None:
        self.belt = step.belt
        for order in step.orders:
            self._check(order)
            if order.asked is not Asked.GRADE:
                self.asked = order.value

    def _check(self, order: Order) -> None:
        state, interval = self.session.state, current(self.session)
        assert state is not SessionState.LEAD_IN
        assert self.session.reason is not Reason.LINK_LOST
        if order.asked is not Asked.SPEED:
            return
        assert self.speed > 0
        walks = state is SessionState.RUNNING and interval.direction in WALKING
        # No belt is slower than its slowest: under a lower limit it is asked for that, and only to come down.
        assert order.value <= (max(self.limit, 0.8) if walks else 0.8) + 1e-6
        assert order.value <= self.limit + 1e-6 or order.value < max(self.speed, self.asked or 0.0)
        if walks and interval.direction is Direction.BACKWARD:
            assert order.value <= CEILINGS[self.session.level].walk_kmh
        # Less than what is still on its way is no rise, though it may be more than what is measured.
        if order.value > max(self.speed, self.asked or 0.0):
            assert walks
            assert order.value <= self.speed + RISE_KMH + policy.SPEED.tolerance + 1e-6
            assert self.now - self.set_at >= timedelta(seconds=2)
        self.set_at = self.now

    @rule(seconds=st.integers(1, 40))
    def walk(self, seconds: int) -> None:
        for _ in range(seconds):
            self.now += SECOND
            before = self.session.state, self.session.index, self.session.turn
            self.session = advance(self.session, self.now).session
            if (self.session.state, self.session.index, self.session.turn) != before:
                self._aim()
            if self.asked is not None and self.speed > 0:
                self.speed = round(obeys(obeys(self.speed, self.asked), self.asked), 3)
            self._take(policy.observe(self.belt, self.speed, self.now))

    @rule(speed=st.sampled_from([0.5, 1.0, 1.4, 3.0]))
    def start_or_change_it_by_hand(self, speed: float) -> None:
        self.speed = self.asked = speed
        # What a belt did less than a report ago, nobody can know.
        self._take(policy.observe(self.belt, self.speed, self.now))

    @rule()
    def stop_it_by_hand(self) -> None:
        self.start_or_change_it_by_hand(0.0)

    @rule()
    def take_over(self) -> None:
        self._take(policy.take_over(self.belt, self.now))

    @rule(command=st.sampled_from(Command), reason=st.sampled_from([None, Reason.LINK_LOST]))
    def command(self, command: Command, reason: Reason | None) -> None:
        if command is Command.STOP or (reason is not None and command is not Command.PAUSE):
            return
        with suppress(EngineError):
            self.session = apply(self.session, command, self.now, seconds=20, reason=reason).session
            self._aim()

    @rule()
    def stop_the_session(self) -> None:
        if self.session.state not in FINAL:
            self.session = apply(self.session, Command.STOP, self.now).session
            self._aim()


TestAnyWalk = AnyWalk.TestCase
TestAnyWalk.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
