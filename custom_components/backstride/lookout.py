"""Watches over whoever walks, and reacts: lamps at once, then the belt and the session, then entities, then words.

What is unsafe, and how far it has gone, the engine's guard decides. This is its eyes and its hands.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from .clock import Alarm, SteadyClock
from .engine import guard as rules
from .engine.errors import EngineError
from .engine.events import Reason
from .engine.guard import BEHIND, Cause, Guard, Hazard, News, NewsKind, Reaction, Sighting
from .engine.session import Command, Session
from .engine.sight import Sight
from .engine.state import FINAL, SessionState
from .fence import call_each, fenced
from .limit_watch import LimitWatch
from .live import LivePlace
from .machine.obstacles import Seen, Watch
from .reactions import COMMANDS, HELD_FOR, NOT_AGAIN_WITHIN, SAID, Warn
from .settings import AthleteSettings

WATCHED: Final = frozenset(
    {SessionState.LEAD_IN, SessionState.RUNNING, SessionState.WAITING, SessionState.HELD}
)
"""Somebody walks or is about to; who stands paused may be surrounded by dogs."""

type Listener = Callable[[tuple[News, ...]], None]


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
        # A lamp, a belt or a voice that fails must not keep the others, and least of all the session, from their part.
        self._warn = fenced(warn)
        self._calm = fenced(calm)
        self._stop_belt = fenced(stop_belt)
        self._say = fenced(say)
        self._is_guarding = True
        self._is_looking = False
        self._may_let_go = True
        self._guard = Guard()
        self._untold: tuple[News, ...] = ()
        self._said_at: dict[Cause, datetime] = {}
        self._listeners: list[Listener] = []
        self._alarm = Alarm(hass, live.clock.now, self._handle)
        self._limit_watch = LimitWatch(
            hass, live, athlete=athlete, is_ignored=is_ignored, notice=self._handle_limit
        )
        self._look_at_limits = fenced(self._limit_watch.look)
        # A session sets its place's clock anew, and those who look also while nobody walks must not jump with it.
        self._clock = SteadyClock()
        self._watch = self._open()

    def _open(self) -> Watch:
        watch = Watch(
            self._hass,
            self._live.settings.obstacles,
            now=self._clock.now,
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
    def async_subscribe(self, listener: Listener, *, last: bool = False) -> CALLBACK_TYPE:
        """Be told what happens to hazards, and, without news, that a sensor sees something else; `last`, after all others."""
        self._listeners.insert(len(self._listeners) if last else 0, listener)
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
        self._said_at.clear()
        if not self._is_guarding and self._live.settings.obstacles:
            self._say("guard_off")

    @callback
    def follow(self, session: Session) -> None:
        """Watch behind as long as somebody walks, is about to, or is held; the rest as long as the session is on."""
        looks = self._is_guarding and session.state in WATCHED
        if looks and not self._is_looking:
            self._is_looking = True
            for seen in self._watch.seen:
                self._judge(seen)
        elif not looks and self._is_looking:
            self._is_looking = False
            self._take(rules.drop(self._guard, BEHIND))
            self._calm()
        if session.state in FINAL:
            self._end()
        self._look_at_limits()

    def _end(self) -> None:
        """End a session; the next one is watched again."""
        self._is_guarding = True
        self._take(rules.drop(self._guard, Cause))

    @callback
    def look_anew(self) -> None:
        """Look with the sensors that are set up now; what a sensor saw that is no longer one of them is gone."""
        if self._live.settings.obstacles == self._watch.obstacles:
            # How regularly each speaks took a while to learn.
            return
        self._watch.stop()
        self._watch = self._open()
        self._let_go_of_strangers()
        if self._is_looking:
            for seen in self._watch.seen:
                self._judge(seen)
        self._tell()

    @callback
    def close(self) -> None:
        """Watch nothing any more; what is held stays held."""
        self._watch.stop()
        self._limit_watch.stop()
        self._is_looking = self._may_let_go = False
        self._take(rules.drop(self._guard, Cause))

    # What is seen

    @callback
    def _glimpse(self, entity_id: str) -> None:
        """See something: the lamps warn before anything is made of it, unless the athlete knows of it."""
        if self._is_looking and not self._guard.is_known(Cause.OBSTACLE, entity_id):
            self._warn()

    @callback
    def _see(self, seen: Seen) -> None:
        self._let_go_of_strangers()
        if self._is_looking:
            self._judge(seen)
        self._tell()

    def _let_go_of_strangers(self) -> None:
        """Take it that nothing is seen by what is no sensor of this place any more, or not under that name."""
        known = {seen.entity_id for seen in self._watch.seen}
        for hazard in self._guard.hazards:
            if hazard.cause in BEHIND and hazard.source not in known:
                self._notice(hazard.cause, hazard.source, there=False)

    def _judge(self, seen: Seen) -> None:
        most = seen.obstacle.reaction
        self._notice(Cause.OBSTACLE, seen.entity_id, there=seen.sight is Sight.OBSTACLE, most=most)
        self._notice(Cause.SENSOR_LOST, seen.entity_id, there=seen.sight is Sight.BLIND)

    def _notice(self, cause: Cause, source: str, *, there: bool, most: Reaction = Reaction.STOP) -> None:
        if there and cause in BEHIND and not self._is_looking:
            # What was seen just before has ended the session, or the watch over it.
            return
        sighting = Sighting(cause=cause, source=source, most=most, is_there=there)
        self._take(rules.see(self._guard, sighting, self._live.clock.now()))

    @callback
    def _handle_limit(self, cause: Cause, there: bool) -> None:  # noqa: FBT001 - the one thing to tell of a cause
        self._notice(cause, "", there=there)

    @callback
    def _handle(self) -> None:
        # A heart that fell silent must not climb on.
        self._look_at_limits()
        self._take(rules.proceed(self._guard, self._live.clock.now()))

    # What follows from it

    def _take(self, step: rules.Step) -> None:
        """React: lamps and belt first, then the session, then whoever listens, then words."""
        self._guard = step.guard
        self._untold += step.news
        self._arm()
        for news in step.news:
            self._react(news)
        if any(news.kind is NewsKind.CLEARED for news in step.news):
            self._settle()
        if step.news:
            self._tell()
        for hazard in step.aloud:
            self._speak(hazard.cause)

    def _speak(self, cause: Cause) -> None:
        """Say what is unsafe, unless that, or the hold or stop for it, was said just now."""
        now = self._live.clock.now()
        if cause in SAID and not (cause in self._said_at and now - self._said_at[cause] < NOT_AGAIN_WITHIN):
            self._said_at[cause] = now
            self._say(SAID[cause])

    def _react(self, news: News) -> None:
        """Carry out what a hazard leads to."""
        hazard = news.hazard
        if news.kind is NewsKind.RAISED and hazard.cause is Cause.OBSTACLE:
            # Most were glimpsed before; not one that a changed setting, or another name, brought into sight.
            self._warn()
        if news.kind is NewsKind.CLEARED:
            self._said_at.pop(hazard.cause, None)
            return
        command = COMMANDS.get(hazard.reached)
        if command is None:
            return
        if command is Command.STOP:
            self._warn(urgent=True)
            self._stop_belt()
        if self._command(command, HELD_FOR[hazard.cause]):
            # It has words of its own.
            self._said_at[hazard.cause] = self._live.clock.now()

    def _settle(self) -> None:
        """Calm down where nothing is left to warn of, and let go of what was held for it."""
        if not self._guard.flashes:
            self._calm()
        session = self._live.session
        if not self._may_let_go or self._guard.forbids:
            return
        if session is not None and session.state is SessionState.HELD:
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
        call_each(list(self._listeners), news)

    def _arm(self) -> None:
        self._alarm.set(rules.next_wake(self._guard))
