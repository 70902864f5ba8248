"""Finds out which obstacle sensors of a place see the athlete themselves: for half a minute somebody walks, and we watch."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util.json import JsonValueType

from .clock import Alarm, SteadyClock
from .coach import Coach
from .engine import walk_test as testing
from .engine.guard import News
from .engine.motion import Motion
from .engine.sight import Sight
from .engine.walk_test import Finding, Verdict
from .live import LivePlace, SessionEvents
from .lookout import Lookout
from .machine.controls import Controls
from .machine.ears import Ears
from .machine.obstacles import Obstacle
from .machine.roles import Role
from .naming import name_of
from .problems import problem
from .sensor_issues import async_drop_findings, async_note_finding

HEARD: Final = (Role.SPEED, Role.BELT_RUNNING, Role.STEPS, Role.DISTANCE)
COUNTERS: Final = (Role.STEPS, Role.DISTANCE)
"""What can rise only where somebody moves, whatever else is said of the belt."""
TOLD: Final = (Verdict.SEES_ATHLETE, Verdict.BLIND, Verdict.UNSURE, Verdict.CLEAR)
"""The order in which it is said: first what has to be changed."""
SEES: Final[Mapping[Sight, bool | None]] = {Sight.OBSTACLE: True, Sight.CLEAR: False, Sight.BLIND: None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a test found out about one sensor, and what that is called."""

    obstacle: Obstacle
    entity_id: str
    name: str
    finding: Finding

    @property
    def response(self) -> dict[str, JsonValueType]:
        """Answer an action that waited for it."""
        return {
            "entity_id": self.entity_id,
            "name": self.name,
            "verdict": self.finding.verdict.value,
            "saw_seconds": round(self.finding.saw.total_seconds(), 1),
            "saw_times": self.finding.times,
        }


type Outcomes = tuple[Outcome, ...]
type Ended = Callable[[Outcomes | None], None]


class WalkTests:
    """The walk tests of all places, at most one at each."""

    def __init__(
        self, hass: HomeAssistant, lives: Mapping[str, LivePlace], coaches: Mapping[str, Coach]
    ) -> None:
        """Know the places as they come and go, and who speaks there."""
        self._hass = hass
        self._lives = lives
        self._coaches = coaches
        self._running: dict[str, _Running] = {}

    @callback
    def async_begin(self, place_id: str) -> asyncio.Future[Outcomes | None]:
        """Begin to watch; gives what will be found, or None where the test ends before it knows."""
        live, coach = self._lives[place_id], self._coaches[place_id]
        if live.is_on:
            raise problem("place_busy", place=live.settings.name)
        if place_id in self._running:
            raise problem("walk_test_on", place=live.settings.name)
        if not live.settings.obstacles:
            raise problem("no_obstacle_sensors", place=live.settings.name)
        found: asyncio.Future[Outcomes | None] = self._hass.loop.create_future()

        def end(outcomes: Outcomes | None) -> None:
            del self._running[place_id]
            if not found.done():
                found.set_result(outcomes)
            if outcomes is not None:
                self._tell(place_id, coach, outcomes)

        self._running[place_id] = _Running(self._hass, live, coach.lookout, ended=end)
        coach.async_say_of_test(("begin", ""))
        return found

    @callback
    def async_follow_settings(self) -> None:
        """End what is about sensors or a place that are no more, and forget what was found about them."""
        for place_id, running in list(self._running.items()):
            if place_id not in self._lives or not running.is_about(self._lives[place_id].settings.obstacles):
                running.end(None)
        watching = {place_id: live.settings.obstacles for place_id, live in self._lives.items()}
        async_drop_findings(self._hass, watching)

    @callback
    def async_close(self) -> None:
        """End every test; nothing is concluded."""
        for running in list(self._running.values()):
            running.end(None)

    def _tell(self, place_id: str, coach: Coach, outcomes: Outcomes) -> None:
        place = self._lives[place_id].settings.name
        for one in outcomes:
            async_note_finding(self._hass, (place_id, place), one.obstacle, one.name, one.finding.verdict)
        names = {
            verdict: ", ".join(one.name for one in outcomes if one.finding.verdict is verdict)
            for verdict in TOLD
        }
        coach.async_say_of_test(*((verdict, named) for verdict, named in names.items() if named))


class _Running:
    """One test, from its first word to its verdict."""

    def __init__(self, hass: HomeAssistant, live: LivePlace, lookout: Lookout, *, ended: Ended) -> None:
        """Watch from now on; `ended` is told once what was found."""
        self._hass = hass
        self._live = live
        self._lookout = lookout
        self._ended = ended
        self._obstacles = live.settings.obstacles
        # A session sets its place's clock anew, and this one must not jump with it.
        self._now = SteadyClock().now
        self._least: dict[Role, float] = {}
        self._has_moved = False
        settings = live.settings
        self._ears = Ears(
            hass, Controls(hass, settings.roles, settings.name), now=self._now, heard=self._hear
        )
        self._test = testing.begin(self._seen, self._now(), walks=self._walks())
        self._ears.start(HEARD)
        self._alarm = Alarm(hass, self._now, self._handle_end)
        self._alarm.set(self._test.ends_at)
        self._unsubs: list[CALLBACK_TYPE] = [
            lookout.async_subscribe(self._handle),
            live.async_subscribe(self._follow),
        ]

    def is_about(self, obstacles: Iterable[Obstacle]) -> bool:
        """Tell whether it is these sensors that are tested."""
        return self._obstacles == tuple(obstacles)

    @callback
    def end(self, outcomes: Outcomes | None) -> None:
        """Watch no more."""
        self._alarm.set(None)
        self._ears.stop()
        for unsub in self._unsubs:
            unsub()
        self._ended(outcomes)

    @property
    def _seen(self) -> dict[str, bool | None]:
        return {one.obstacle.entity_id: SEES[one.sight] for one in self._lookout.seen}

    def _walks(self) -> bool | None:
        """Tell whether somebody walks, as far as the machine tells."""
        motion = self._ears.motion()
        if self._has_moved or motion is Motion.MOVING:
            return True
        return False if motion is Motion.STANDING else None

    def _observe(self) -> None:
        self._test = testing.observe(self._test, self._seen, self._now(), walks=self._walks())

    @callback
    def _handle(self, _news: tuple[News, ...]) -> None:
        self._observe()

    def _hear(self, role: Role, _at: object) -> None:
        if role in COUNTERS and (count := self._ears.number(role)) is not None:
            # A counter that starts again at zero says nothing until it rises from there.
            self._least[role] = min(count, self._least.get(role, count))
            self._has_moved |= count > self._least[role]
        self._observe()

    @callback
    def _follow(self, _events: SessionEvents) -> None:
        if self._live.is_on:
            self.end(None)

    @callback
    def _handle_end(self) -> None:
        self._observe()
        findings = testing.finish(self._test, self._now())
        self.end(
            tuple(
                Outcome(
                    obstacle=one.obstacle,
                    entity_id=one.entity_id,
                    name=name_of(self._hass, one.entity_id),
                    finding=findings[one.obstacle.entity_id],
                )
                for one in self._lookout.seen
            )
        )
