"""Whatever is wanted, seen and done by hand, in any order: no jerk, no ceiling broken, no standing belt started."""

from datetime import timedelta

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from custom_components.backstride.engine import belt as policy
from custom_components.backstride.engine.belt import RISE_KMH, Asked, Axis, Belt, Order, Reach, Steering
from custom_components.backstride.engine.goal import Goal, Want

from .instants import T0

SPEEDS = st.floats(0, 14, allow_nan=False).map(lambda kmh: round(kmh, 2)) | st.just(0.0)
SECONDS = st.sampled_from([0.0, 0.3, 1.0, 1.9, 2.0, 4.9, 5.0, 5.1, 20.0])


class AnyBelt(RuleBasedStateMachine):
    """A belt that does what it likes, watched by somebody who only knows the rules."""

    @initialize(
        low=st.sampled_from([0.0, 0.5, 0.8, 1.6]),
        step=st.sampled_from([0.1, 0.16, 0.3, 0.5]),
        can_halt=st.booleans(),
    )
    def begin(self, low: float, step: float, can_halt: bool) -> None:
        reach = Reach(
            speed=Axis(low=low, high=12.0, step=step),
            grade=Axis(low=-3, high=12, step=0.5),
            can_halt=can_halt,
        )
        self.low = low
        self.now = T0
        self.belt = Belt(reach=reach, steering=Steering.ON)
        self.seen: list[tuple[float, float | None]] = []
        self.set: tuple[float, float] | None = None
        self.tilted: float | None = None
        self.percent = 0.0
        self.told_off = False

    @property
    def seconds(self) -> float:
        return (self.now - T0).total_seconds()

    def _check(self, step: policy.Step) -> None:
        self.belt = step.belt
        for order in step.orders:
            assert order.asked in {Asked.PAUSE, Asked.STOP} or not self.told_off or self.belt.goal.urgent
            if order.asked is Asked.SPEED:
                self._check_speed(order)
            elif order.asked is Asked.GRADE:
                self._check_grade(order)
        if step.news and self.belt.steering is not Steering.ON:
            self.told_off = True

    def _check_speed(self, order: Order) -> None:
        goal = self.belt.goal
        assert len(self.seen) >= 2, "nobody knows yet how often the sensor reports"
        (before, _), (last, speed) = self.seen[-2:]
        assert speed, "a belt that stands, or may stand, is never written to"
        assert self.seconds - last <= 5 + 1e-6
        assert last - before <= 5 + 1e-6
        ceiling = self.low if goal.want in {Want.SLOW, Want.STOP} else goal.kmh
        assert ceiling is not None
        assert order.value <= ceiling + 1e-6
        if order.value > speed:
            base, at = self.set or (speed, -10.0)
            assert order.value <= max(base, speed) + RISE_KMH + 1e-6
            assert order.value <= speed + RISE_KMH + policy.SPEED.tolerance + 1e-6
            assert self.seconds - at >= 2 - 1e-6
        self.set = order.value, self.seconds

    def _check_grade(self, order: Order) -> None:
        assert self.tilted is None or self.seconds - self.tilted >= 2 - 1e-6
        self.tilted = self.seconds
        assert abs(order.value - self.percent) <= 1 + policy.GRADE.tolerance + 1e-6
        assert -3 <= order.value <= 12

    @rule(speed=SPEEDS, later=SECONDS)
    def report(self, speed: float, later: float) -> None:
        self.now += timedelta(seconds=later)
        self.seen.append((self.seconds, speed))
        self._check(policy.observe(self.belt, speed, self.now))

    @rule(speed=st.sampled_from([0.5, 1.0, 2.0, 3.0]))
    def walk_evenly(self, speed: float) -> None:
        for _ in range(5):
            self.report(speed, 1.0)

    @rule(times=st.integers(1, 12))
    def obey(self, times: int) -> None:
        for _ in range(times):
            self.report_what_was_asked(1.0)

    @rule(later=SECONDS)
    def report_what_was_asked(self, later: float) -> None:
        speed = self.belt.speed.wanted if self.belt.speed.wanted is not None else self.belt.speed.value or 0.0
        self.report(speed, later)

    @rule(percent=st.sampled_from([0.0, 0.5, 1.0, 4.0]), later=SECONDS)
    def report_grade(self, percent: float, later: float) -> None:
        self.now += timedelta(seconds=later)
        self.percent = percent
        self._check(policy.observe_grade(self.belt, percent, self.now))

    @rule()
    def fall_silent(self) -> None:
        self.seen.append((self.seconds, None))
        self._check(policy.observe(self.belt, None, self.now))

    @rule(
        want=st.sampled_from(Want),
        kmh=st.sampled_from([1.6, 3.2, 6.4]) | SPEEDS | st.none(),
        percent=st.sampled_from([None, 0.0, 3.0, -2.0]),
        urgent=st.booleans(),
    )
    def want_something(self, want: Want, kmh: float | None, percent: float | None, urgent: bool) -> None:
        urgent = urgent and want is Want.SLOW
        self._check(policy.aim(self.belt, Goal(want=want, kmh=kmh, percent=percent, urgent=urgent), self.now))

    @rule(later=SECONDS)
    def wait(self, later: float) -> None:
        end = self.now + timedelta(seconds=later)
        while (wake := policy.next_wake(self.belt, self.now)) is not None and wake <= end:
            self.now = wake
            self._check(policy.decide(self.belt, self.now))
        self.now = end

    @rule()
    def take_over(self) -> None:
        self.told_off = False
        self._check(policy.take_over(self.belt, self.now))

    @rule()
    def release(self) -> None:
        self.belt = policy.release(self.belt)
        self.told_off = True

    @invariant()
    def what_is_off_stays_off(self) -> None:
        if hasattr(self, "belt"):
            assert self.belt.steering is not Steering.ON or not self.told_off


TestAnyBelt = AnyBelt.TestCase
TestAnyBelt.settings = settings(max_examples=300, stateful_step_count=40, deadline=None)
