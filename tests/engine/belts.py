"""A belt that obeys, or does not, and the policy that steers it: time passes in small steps, and everything is kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from custom_components.backstride.engine import belt as policy
from custom_components.backstride.engine.belt import Belt, News, Steering, Step
from custom_components.backstride.engine.goal import Goal, Want
from custom_components.backstride.engine.reach import Asked, Axis, Order, Reach

from .instants import T0

HOME = Reach(
    speed=Axis(low=0.8, high=12.0, step=0.1), grade=Axis(low=0.0, high=15.0, step=0.5), can_halt=True
)
TICK = timedelta(milliseconds=500)

type Follows = Callable[[float, float], float]
"""From the speed it has and the speed it was asked for to the speed half a second later."""


def obeys(speed: float, asked: float) -> float:
    """Follow as home treadmills do: half a km/h a second, a little faster downward."""
    return min(speed + 0.25, asked) if asked > speed else max(speed - 0.4, asked)


def ignores(speed: float, _asked: float) -> float:
    """Accept everything and do nothing."""
    return speed


@dataclass
class Track:
    """A belt under the policy."""

    belt: Belt = field(default_factory=lambda: Belt(reach=HOME, steering=Steering.ON))
    follows: Follows = obeys
    speed: float = 0.0
    """What the belt really does."""
    asked: float | None = None
    percent: float = 0.0
    at: datetime = T0
    sees: bool = True
    """Whether the sensor reports."""
    orders: list[tuple[datetime, Order, float]] = field(default_factory=list)
    """When, what, and how fast the belt was."""
    news: list[News] = field(default_factory=list)

    def take(self, step: Step) -> None:
        """Carry out what the policy wants."""
        self.belt = step.belt
        self.news += step.news
        for order in step.orders:
            self.orders.append((self.at, order, self.speed))
            if order.asked is Asked.GRADE:
                self.percent = order.value
            else:
                self.asked = order.value

    def want(
        self, want: Want, kmh: float | None = None, *, percent: float | None = None, urgent: bool = False
    ) -> None:
        """Have the session want something else."""
        self.take(policy.aim(self.belt, Goal(want=want, kmh=kmh, percent=percent, urgent=urgent), self.at))

    def hand(self, speed: float) -> None:
        """Change the speed at the console, or start or stop the belt there."""
        self.speed = speed
        self.asked = speed

    def report(self) -> None:
        """Let the sensors tell."""
        if self.sees:
            self.take(policy.observe(self.belt, self.speed, self.at))
            self.take(policy.observe_grade(self.belt, self.percent, self.at))

    def run(self, seconds: float) -> Track:
        """Let time pass; the sensor reports every half second."""
        end = self.at + timedelta(seconds=seconds)
        while self.at < end:
            report_at = self.at + TICK
            while (wake := policy.next_wake(self.belt, self.at)) is not None and wake < report_at:
                self.at = wake
                self.take(policy.decide(self.belt, wake))
            self.at = report_at
            if self.asked is not None:
                self.speed = self.follows(self.speed, self.asked)
            self.report()
            if wake == report_at:
                self.take(policy.decide(self.belt, self.at))
        return self

    @property
    def speeds(self) -> list[float]:
        """Every speed that was asked for."""
        return [order.value for _, order, _ in self.orders if order.asked is Asked.SPEED]

    @property
    def halts(self) -> int:
        """How often the machine was asked to stop."""
        return sum(order.asked in {Asked.PAUSE, Asked.STOP} for _, order, _ in self.orders)


def walking(speed: float, **changes: object) -> Track:
    """Give a belt that somebody started and walks on for a while, steered."""
    track = Track(**changes)  # type: ignore[arg-type]  # whatever a test wants to be different
    track.hand(speed)
    return track.run(10)
