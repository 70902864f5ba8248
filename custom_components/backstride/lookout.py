"""Watches over whoever walks, and reacts: lamps at once, then the belt and the session, then entities, then words.

What is unsafe, and how far it has gone, the engine's guard decides. This is its eyes and its hands.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Final, Protocol

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from .clock import Alarm
from .engine import guard as rules
from .engine.errors import EngineError
from .engine.events import Reason
from .engine.guard import BEHIND, Cause, Guard, Hazard, News, NewsKind, Reaction, Sighting
from .engine.session import Command, Session
from .engine.sight import Sight
from .engine.state import FINAL, SessionState
from .limit_watch import LimitWatch
from .live import LivePlace
from .machine.obstacles import Seen, Watch
from .settings import AthleteSettings

WATCHED: Final = frozenset(
    {SessionState.LEAD_IN, SessionState.RUNNING, SessionState.WAITING, SessionState.HELD}
)
"""Somebody walks or is about to; who stands paused may be surrounded by dogs."""
SAID: Final[Mapping[Cause, str]] = MappingProxyType(
    {
        Cause.OBSTACLE: "obstacle",
        Cause.SENSOR_LOST: "blind",
        Cause.HEART_RATE: "heart_rate",
        Cause.OVER_CEILING: "over_ceiling",
        Cause.OVERLONG: "overlong",
    }
)
"""The others are said by whoever watches the belt."""
HELD_FOR: Final[Mapping[Cause, Reason]] = MappingProxyType(
    {
        Cause.OBSTACLE: Reason.OBSTACLE,
        Cause.SENSOR_LOST: Reason.SENSOR_LOST,
        Cause.HEART_RATE: Reason.HEART_RATE,
    }
)
COMMANDS: Final[Mapping[Reaction | None, Command]] = MappingProxyType(
    {Reaction.HOLD: Command.HOLD, Reaction.STOP: Command.STOP}
)

type Listener = Callable[[tuple[News, ...]], None]


class Warn(Protocol):
    """Lets lamps warn, urgently where a session is being stopped."""

    def __call__(self, *, urgent: bool = False) -> None:
        """Begin, or become urgent."""


class Lookout:
    """Looks out at one place. It alone holds a session, and lets go of it."""

    def __init__(
        self,
        hass: HomeAssistant,
        live: LivePlace,
        *,
        athlete: Callable[[], AthleteSettings | None],
        is_ignored: Callable[[], bool],
        warn: Warn,
        calm: Callable[[], None],
        stop_belt: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        """Know whose limits count, and whether the belt ignores what it is asked; react through the rest.

        `warn` lets lamps warn, urgently where it is told so, and `calm` ends that; `say` says a safety sentence by its key.
        """
        self._hass = hass
        self._live = live
        self._warn = warn
        self._calm = calm
        self._stop_belt = stop_belt
        self._say = say
        self._is_guarding = True
        self._is_looking = False
        self._guard = Guard()
        self._untold: tuple[News, ...] = ()
        self._listeners: list[Listener] = []
        self._alarm = Alarm(hass, live.clock.now, self._handle)
        self._limit_watch = LimitWatch(
            hass, live, athlete=athlete, is_ignored=is_ignored, notice=self._handle_limit
        )
        self._watch = self._open()

    def _open(self) -> Watch:
        watch = Watch(
            self._hass,
            self._live.settings.obstacles,
            now=self._live.clock.now,
            glimpsed=self._glimpse,
            changed=self._see,
        )
        watch.start()
        return watch

    @property
    def seen(self) -> tuple[Seen, ...]:
        """What each sensor behind the athlete says now, also while nobody walks."""
        return self._watch.seen

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        """What is unsafe now, the worst first."""
        return self._guard.raised

    @property
    def is_guarding(self) -> bool:
        """Whether the space behind is watched, in this session or the next."""
        return self._is_guarding

    @callback
    def async_subscribe(self, listener: Listener) -> CALLBACK_TYPE:
        """Be told what happens to hazards, and, without news, that a sensor sees something else."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # What people can do

    @callback
    def async_guard(self, *, on: bool) -> None:
        """Watch behind, or do not for one session; that nobody watches is said aloud."""
        self._is_guarding = on
        session = self._live.session
        if self._live.is_on and session is not None:
            self.follow(session)
            # Nobody else could let go of what is held; that has words of its own.
            if not on and self._live.session is session:
                self._say("guard_off")
        self._live.async_publish()

    @callback
    def async_acknowledge(self) -> None:
        """Warn no more of what is there now; what is held stays held until it is gone."""
        self._guard = rules.acknowledge(self._guard)
        self._arm()
        self._calm()

    # What a session does

    @callback
    def begin(self) -> None:
        """Begin a session; says so where nobody will watch although somebody could."""
        self._limit_watch.begin()
        if not self._is_guarding and self._live.settings.obstacles:
            self._say("guard_off")

    @callback
    def follow(self, session: Session) -> None:
        """Watch behind as long as somebody walks, is about to, or is held; the rest as long as the session is on."""
        looks = self._is_guarding and session.state in WATCHED
        if looks and not self._is_looking:
            self._is_looking = True
            for seen in self._watch.seen:
                if seen.sight is Sight.OBSTACLE:
                    self._glimpse()
                self._judge(seen)
        elif not looks and self._is_looking:
            self._is_looking = False
            self._take(rules.drop(self._guard, BEHIND))
            self._calm()
        if session.state in FINAL:
            self._take(rules.drop(self._guard, Cause))
        self._limit_watch.look()

    @callback
    def look_anew(self) -> None:
        """Look with the sensors that are set up now; what a sensor saw that is no longer one of them is gone."""
        self._watch.stop()
        self._watch = self._open()
        known = {seen.entity_id for seen in self._watch.seen}
        for hazard in self._guard.hazards:
            if hazard.cause in BEHIND and hazard.source not in known:
                self._notice(hazard.cause, hazard.source, there=False)
        if self._is_looking:
            for seen in self._watch.seen:
                self._judge(seen)
        self._tell()

    @callback
    def end(self) -> None:
        """End a session; the next one is watched again."""
        self._is_looking = False
        self._is_guarding = True
        self._take(rules.drop(self._guard, Cause))
        self._calm()

    @callback
    def close(self) -> None:
        """Watch nothing any more."""
        self.end()
        self._watch.stop()
        self._limit_watch.stop()

    # What is seen

    @callback
    def _glimpse(self) -> None:
        """See something: the lamps warn before anything is made of it."""
        if self._is_looking:
            self._warn()

    @callback
    def _see(self, seen: Seen) -> None:
        if self._is_looking:
            self._judge(seen)
        self._tell()

    def _judge(self, seen: Seen) -> None:
        most = seen.obstacle.reaction
        self._notice(Cause.OBSTACLE, seen.entity_id, there=seen.sight is Sight.OBSTACLE, most=most)
        self._notice(Cause.SENSOR_LOST, seen.entity_id, there=seen.sight is Sight.BLIND)
        if not self._guard.flashes:
            # What the athlete knows of may flicker without beginning again.
            self._calm()

    def _notice(self, cause: Cause, source: str, *, there: bool, most: Reaction = Reaction.STOP) -> None:
        sighting = Sighting(cause=cause, source=source, most=most, is_there=there)
        self._take(rules.see(self._guard, sighting, self._live.clock.now()))

    @callback
    def _handle_limit(self, cause: Cause, there: bool) -> None:  # noqa: FBT001 - the one thing to tell of a cause
        self._notice(cause, "", there=there)

    @callback
    def _handle(self) -> None:
        # A heart that fell silent must not climb on.
        self._limit_watch.look()
        self._take(rules.proceed(self._guard, self._live.clock.now()))

    # What follows from it

    def _take(self, step: rules.Step) -> None:
        """React: lamps and belt first, then the session, then whoever listens, then words."""
        self._guard = step.guard
        self._untold += step.news
        self._arm()
        carried_out = {hazard for hazard in map(self._react, step.news) if hazard is not None}
        if any(news.kind is NewsKind.CLEARED for news in step.news):
            self._settle()
        if step.news:
            self._tell()
        for hazard in step.aloud:
            # A hold or stop has words of its own.
            if hazard.cause in SAID and (hazard.cause, hazard.source) not in carried_out:
                self._say(SAID[hazard.cause])

    def _react(self, news: News) -> tuple[Cause, str] | None:
        """Carry out what a hazard leads to; gives the hazard where there was something to be done, and it was."""
        hazard = news.hazard
        command = COMMANDS.get(hazard.reached)
        if news.kind is NewsKind.CLEARED or command is None:
            return None
        if command is Command.STOP:
            self._warn(urgent=True)
            self._stop_belt()
        is_done = self._command(command, HELD_FOR[hazard.cause])
        return (hazard.cause, hazard.source) if is_done else None

    def _settle(self) -> None:
        """Calm down where nothing is left to warn of, and let go of what was held for it."""
        if not self._guard.flashes:
            self._calm()
        session = self._live.session
        if session is not None and session.state is SessionState.HELD and not self._guard.forbids:
            self._command(Command.RELEASE, self._released(session))

    def _released(self, session: Session) -> Reason:
        if session.reason is Reason.HEART_RATE:
            return Reason.RECOVERED
        # Only who looks can say that the way is clear.
        return Reason.RELEASED if self._is_guarding and self._watch.seen else Reason.GUARD_OFF

    def _command(self, command: Command, reason: Reason) -> bool:
        with suppress(EngineError):
            self._live.async_command(command, reason=reason)
            return True
        # What was due in this instant came first, and now it makes no sense any more.
        return False

    def _tell(self) -> None:
        news, self._untold = self._untold, ()
        for listener in list(self._listeners):
            listener(news)

    def _arm(self) -> None:
        self._alarm.set(rules.next_wake(self._guard))
