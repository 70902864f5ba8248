"""Whatever is wanted, seen and done by hand, in any order: no jerk, no ceiling broken, no standing belt started."""

from datetime import timedelta

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from custom_components.backstride.engine import belt as policy
from custom_components.backstride.engine.belt import Belt, Steering
from custom_components.backstride.engine.goal import Goal, Want
from custom_components.backstride.engine.reach import Asked, Axis, Order, Reach

from .instants import T0

SPEEDS = st.floats(0, 14, allow_nan=False).map(lambda kmh: round(kmh, 2)) | st.sampled_from([0.0, 0.1, 0.2])
SECONDS = st.sampled_from([0.0, 0.1, 0.3, 1.0, 1.1, 1.9, 2.0, 4.9, 5.0, 5.1, 20.0])
NEARBY = st.sampled_from([-0.4, -0.3, -0.21, -0.2, -0.1, 0.1, 0.2, 0.21, 0.4])
HIGHEST = 12.0
EPS = 1e-6


class AnyBelt(RuleBasedStateMachine):
    """A belt that does what it likes, watched by somebody who only knows the rules, and none of the policy's numbers."""

    @initialize(
        low=st.sampled_from([0.0, 0.5, 0.8, 1.6, 2.6]),
        step=st.sampled_from([0.1, 0.16, 0.3, 0.5]),
        can_halt=st.booleans(),
    )
    def begin(self, low: float, step: float, can_halt: bool) -> None:
        reach = Reach(
            speed=Axis(low=low, high=HIGHEST, step=step),
            grade=Axis(low=-3, high=12, step=0.5),
            can_halt=can_halt,
        )
        self.low, self.step = low, step
        self.now = T0
        self.belt = Belt(reach=reach, steering=Steering.ON)
        self.told_off = False
        # What was seen: the latest speed and when, how far apart the last two reports were, and since when it is zero.
        self.speed: float | None = None
        self.seen_at = -100.0
        self.gap: float | None = None
        self.zero_since: float | None = None
        self.moving_reports = 0
        self.history: list[tuple[float, float]] = []
        # What was asked: the speed, when, and what was seen then; and everything within the present goal.
        self.set: tuple[float, float, float] | None = None
        self.set_at = -10.0
        # Since when what is seen is where nothing sent it: the first report may be wild, the second is a hand.
        self.odd_since: float | None = None
        self.away_since: float | None = None
        self.in_goal: list[Order] = []
        self.stood = False
        self.percent = 0.0
        self.tilted: float | None = None
        self.tilt_at = -10.0
        self.percent_at = -100.0
        self.percent_gap: float | None = None
        self._walk(1.0, 5)
        self.want_something(Want.MOVE, 3.2, None, urgent=False)

    @property
    def seconds(self) -> float:
        return (self.now - T0).total_seconds()

    def _check(self, step: policy.Step) -> None:
        before = self.belt
        self.belt = step.belt
        urgent = self.belt.goal.urgent
        if before.steering is not self.belt.steering:
            assert step.news, "it is said whenever it is given up"
            self.told_off, self.set, self.tilted, self.in_goal = True, None, None, []
        given_up = {policy.News.HANDS_OFF, policy.News.NOT_FOLLOWING} & {*step.news}
        assert not given_up or self.belt.steering is not Steering.ON
        for order in step.orders:
            assert not self.told_off or urgent, "hands off means off"
            assert self.odd_since is None or not self.is_watching or urgent, (
                "while it may be a hand nothing is asked"
            )
            if self.belt.goal.want in {Want.SLOW, Want.STOP} and not urgent:
                assert not self.stood, "who started it again has it"
            if order.asked is Asked.SPEED:
                self._check_speed(order)
            elif order.asked is Asked.GRADE:
                self._check_grade(order)
            else:
                self._check_halt(order)

    def _check_speed(self, order: Order) -> None:
        goal, speed = self.belt.goal, self.speed
        assert speed is not None
        assert speed > 0.2, "a belt that stands, or may stand, is never written to"
        assert self.seconds - self.seen_at < 5 + EPS
        assert self.gap is not None
        assert self.gap <= 5 + EPS
        assert self.low - EPS <= order.value <= HIGHEST + EPS
        if goal.want is Want.MOVE:
            assert goal.kmh is not None
            # Where even the slowest is over what is wanted it is the slowest, and only ever downward.
            comes_down = order.value == self.low and order.value < max(speed, self.set[0] if self.set else 0)
            assert order.value <= goal.kmh + EPS or comes_down
        else:
            assert order.value == self.low
            assert order.value < speed, "slowing down never speeds up"
            assert [each.asked for each in self.in_goal].count(Asked.SPEED) == 0, "asked once"
        # Less than what is still on its way is no rise, though it may be more than what is measured.
        rises = order.value > speed + EPS and (self.set is None or order.value > self.set[0])
        if rises and self.set is not None:
            assert abs(speed - self.set[0]) <= 0.2 + EPS, "the step before was not made, or taken back"
            assert order.value <= self.set[0] + 0.3 + EPS
        elif rises:
            assert order.value <= speed + 0.3 + EPS
        if rises:
            assert self.seconds - self.seen_at <= 1 + EPS, "nothing is raised by what was seen a while ago"
            assert self.seconds - self.set_at >= 2 - EPS
            assert self.moving_reports >= 2
        elif order.value < speed and goal.want is Want.MOVE and goal.kmh is not None:
            assert speed > min(max(goal.kmh, self.low), HIGHEST) - self.step - EPS, "down is not the way up"
        self.set = order.value, self.seconds, speed
        self.set_at = self.seconds
        self.history += [(self.seconds, speed), (self.seconds, order.value)]
        self.in_goal.append(order)

    def _check_halt(self, order: Order) -> None:
        assert self.belt.reach.can_halt
        assert self.speed is None or self.speed > 0.2, "it stands already"
        assert [each.asked for each in self.in_goal].count(order.asked) == 0, "asked once"
        assert (order.asked is Asked.STOP) is (self.belt.goal.want is Want.STOP)
        self.set = None
        self.in_goal.append(order)

    def _check_grade(self, order: Order) -> None:
        assert self.seconds - self.tilt_at >= 2 - EPS
        assert self.percent_gap is not None
        assert self.percent_gap <= 5 + EPS
        assert self.seconds - self.percent_at <= 1 + EPS
        assert self.speed, "nothing is tilted under a belt that stands"
        base = self.tilted if self.tilted is not None else self.percent
        assert abs(order.value - base) <= 1 + EPS
        assert abs(order.value - self.percent) <= 1 + 0.6 + EPS
        assert -3 <= order.value <= 12
        self.tilted, self.tilt_at = order.value, self.seconds

    def _look_for_a_hand(self) -> None:
        """Compare what has just been seen with everything that may have sent it there."""
        if not self.is_watching or self.speed is None or self.gap is None or self.gap > 5:
            self.odd_since = None
            return
        near = [each for second, each in self.history if self.seconds - second <= 20]
        if min(near) - 0.2 - EPS <= self.speed <= max(near) + 0.2 + EPS:
            self.odd_since = None
        elif self.odd_since is None:
            self.odd_since = self.seconds

    @property
    def is_watching(self) -> bool:
        return self.belt.steering is Steering.ON and self.set is not None

    def _check_watch(self) -> None:
        """Find out whether it should have noticed a hand, or that nothing happened."""
        if not self.is_watching or self.set is None:
            return
        wanted, at, before = self.set
        is_late = wanted > before + 0.2 and self.seconds - at >= 5 + EPS
        assert not is_late or self.seen_at > at, "nobody saw it come"
        if self.speed is None or self.gap is None or self.gap > 5 or self.seconds - self.seen_at >= 5:
            return
        is_away = is_late and abs(self.speed - wanted) > 0.2 + EPS
        if not is_away or self.away_since is None:
            self.away_since = self.seen_at if is_away else None
        for since in (self.odd_since, self.away_since):
            assert since is None or self.seen_at - since < 0.2, "it was taken elsewhere, or did not come"

    @rule(speed=SPEEDS, later=SECONDS)
    def report(self, speed: float, later: float) -> None:
        self.wait(later)
        since = self.seconds - self.seen_at
        if since >= 0.2:
            self.gap = None if self.speed is None else since
        self.speed, self.seen_at = speed, self.seconds
        if speed <= 0.2:
            self.zero_since = self.seconds if self.zero_since is None else self.zero_since
            self.set = self.tilted = None
            self.in_goal, self.moving_reports = [], 0
            self.stood = self.stood or self.seconds - self.zero_since >= 3
        else:
            self.zero_since = None
            self.moving_reports += 1
        self._look_for_a_hand()
        self._check(policy.observe(self.belt, speed, self.now))
        self._check_watch()
        self.history.append((self.seconds, speed))
        if self.set is not None:
            # It may be on its way there for as long as that is wanted.
            self.history.append((self.seconds, self.set[0]))

    def _walk(self, speed: float, times: int) -> None:
        for _ in range(times):
            self.report(speed, 1.0)

    @rule(speed=st.sampled_from([0.5, 1.0, 2.0, 3.0, 11.8]), times=st.integers(1, 6))
    def walk_evenly(self, speed: float, times: int) -> None:
        self._walk(speed, times)

    @rule(speed=st.sampled_from([0.5, 1.0, 2.0, 11.8]), kmh=st.sampled_from([1.6, 3.2, 13.0]))
    def hand_back(self, speed: float, kmh: float) -> None:
        self._walk(speed, 5)
        self.want_something(Want.MOVE, kmh, None, urgent=False)
        self.take_over()

    @rule(seconds=st.sampled_from([2, 4]))
    def stand(self, seconds: int) -> None:
        for _ in range(seconds):
            self.report(0.0, 1.0)

    @rule(times=st.integers(1, 12))
    def obey(self, times: int) -> None:
        for _ in range(times):
            self.report_near_what_was_asked(0.0, 1.0)

    @rule(off=NEARBY, later=SECONDS)
    def report_near_what_was_asked(self, off: float, later: float) -> None:
        base = self.set[0] if self.set is not None else self.speed or 0.0
        self.report(max(round(base + off, 2), 0.0), later)

    @rule(times=st.integers(1, 7))
    def ignore(self, times: int) -> None:
        for _ in range(times):
            self.report(self.speed or 0.0, 1.0)

    @rule(percent=st.sampled_from([0.0, 0.5, 1.0, 4.0]), later=SECONDS)
    def report_grade(self, percent: float, later: float) -> None:
        self.wait(later)
        since = self.seconds - self.percent_at
        if since >= 0.2:
            self.percent_gap = None if self.percent_at < 0 else since
        self.percent, self.percent_at = percent, self.seconds
        self._check(policy.observe_grade(self.belt, percent, self.now))

    @rule(times=st.integers(2, 6))
    def tilt_as_asked(self, times: int) -> None:
        self.want_something(Want.MOVE, self.belt.goal.kmh, 3.0, urgent=False)
        for _ in range(times):
            self.report_near_what_was_asked(0.0, 1.0)
            self.report_grade(self.tilted if self.tilted is not None else self.percent, 0.0)

    @rule()
    def fall_silent(self) -> None:
        self.speed, self.gap, self.zero_since, self.moving_reports = None, None, None, 0
        self._check(policy.observe(self.belt, None, self.now))

    @rule(
        want=st.sampled_from(Want),
        kmh=st.sampled_from([1.6, 3.2, 6.4]) | SPEEDS | st.none(),
        percent=st.sampled_from([None, 0.0, 3.0, -2.0]),
        urgent=st.booleans(),
    )
    def want_something(self, want: Want, kmh: float | None, percent: float | None, urgent: bool) -> None:
        goal = Goal(want=want, kmh=kmh, percent=percent, urgent=urgent and want is Want.SLOW)
        if goal != self.belt.goal:
            self.in_goal, self.stood = [], False
        if want is Want.LEAVE or (want is Want.MOVE and kmh is None):
            self.set = self.tilted = None
        self._check(policy.aim(self.belt, goal, self.now))

    @rule(later=SECONDS)
    def wait(self, later: float) -> None:
        end = self.now + timedelta(seconds=later)
        while (wake := policy.next_wake(self.belt, self.now)) is not None and wake <= end:
            self.now = wake
            self._check(policy.decide(self.belt, self.now))
        self.now = end
        self._check_watch()

    @rule()
    def take_over(self) -> None:
        self.told_off, self.set, self.tilted, self.in_goal = False, None, None, []
        step = policy.take_over(self.belt, self.now)
        self.belt = step.belt
        self._check(step)

    @rule()
    def release(self) -> None:
        self.belt = policy.release(self.belt)
        self.told_off, self.set, self.tilted, self.in_goal = True, None, None, []

    @invariant()
    def what_is_off_stays_off(self) -> None:
        if hasattr(self, "belt"):
            assert self.belt.steering is not Steering.ON or not self.told_off


TestAnyBelt = AnyBelt.TestCase
TestAnyBelt.settings = settings(max_examples=300, stateful_step_count=40, deadline=None)
