"""Watches the space behind the athlete while a session is on, and reacts: lamps at once, then the session, then words."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from .engine.errors import EngineError
from .engine.events import Reason
from .engine.session import TRANSITIONS, Command, Session
from .engine.state import SessionState
from .live import LivePlace
from .machine.obstacles import Reaction, Seen, View, Watch, look

CLEAR_AFTER: Final = timedelta(seconds=2)
"""How long nothing must be seen until it counts as gone; what appears counts at once."""
BLIND_FOR: Final = timedelta(seconds=10)
"""A sensor that is lost for longer holds the session; it may have blinked."""
WATCHED: Final = frozenset(
    {SessionState.LEAD_IN, SessionState.RUNNING, SessionState.WAITING, SessionState.HELD}
)
"""Somebody walks or is about to; who stands paused may be surrounded by dogs."""
COMMAND: Final = MappingProxyType({Reaction.HOLD: Command.HOLD, Reaction.STOP: Command.STOP})


class Lookout:
    """Looks behind at one place. It alone holds a session because of what it sees, and lets go of it."""

    def __init__(
        self,
        hass: HomeAssistant,
        live: LivePlace,
        *,
        warn: Callable[[], None],
        calm: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        """React through these: lamps that warn and calm down, and a safety sentence by its key."""
        self._hass = hass
        self._live = live
        self._warn = warn
        self._calm = calm
        self._say = say
        self._is_guarding = True
        self._watch: Watch | None = None
        self._unsub_clear: CALLBACK_TYPE | None = None
        self._unsub_blind: CALLBACK_TYPE | None = None

    @property
    def is_guarding(self) -> bool:
        """Whether the space behind is watched, in this session or the next."""
        return self._is_guarding

    @property
    def seen(self) -> tuple[Seen, ...]:
        """What each sensor behind the athlete says now, also while nobody walks."""
        return look(self._hass, self._live.settings.obstacles)

    @callback
    def async_guard(self, *, on: bool) -> None:
        """Watch, or do not watch for one session; that nobody watches is said aloud."""
        self._is_guarding = on
        if self._live.is_on and self._live.session is not None:
            self.follow(self._live.session)
            # Nobody else could let go of what is held; that has words of its own.
            if not on and not self._command(Command.RELEASE, Reason.GUARD_OFF):
                self._say("guard_off")
        self._live.async_publish()

    @callback
    def begin(self) -> None:
        """Begin a session; says so where nobody will watch although somebody could."""
        if not self._is_guarding and self._live.settings.obstacles:
            self._say("guard_off")

    @callback
    def follow(self, session: Session) -> None:
        """Watch as long as somebody walks, is about to, or is held."""
        wanted = self._is_guarding and session.state in WATCHED
        if wanted and self._watch is None:
            watch = self._watch = Watch(self._hass, self._live.settings.obstacles, self._see)
            watch.start()
            if watch is self._watch and watch.view.is_clear and session.state is SessionState.HELD:
                self._see(watch.view)
        elif not wanted:
            self._look_away()

    @callback
    def look_anew(self, session: Session) -> None:
        """Look with the sensors that are set up now."""
        self._look_away()
        self.follow(session)

    @callback
    def end(self) -> None:
        """End a session; the next one is watched again."""
        self._look_away()
        self._is_guarding = True

    def _look_away(self) -> None:
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
            self._wait_for_sight(View())
            if self._unsub_clear is not None:
                self._unsub_clear()
                self._unsub_clear = None
            self._calm()

    @callback
    def _see(self, view: View) -> None:
        self._wait_for_clear(view)
        self._wait_for_sight(view)
        if view.reaction is not None:
            self._warn()
            # A hold or stop has words of its own.
            if view.reaction is Reaction.REMIND or not self._command(COMMAND[view.reaction], Reason.OBSTACLE):
                self._say("obstacle")
        elif view.is_blind:
            self._say("blind")

    def _wait_for_clear(self, view: View) -> None:
        """Wait, while nothing is seen, until it counts as gone."""
        if self._unsub_clear is not None:
            self._unsub_clear()
            self._unsub_clear = None
        if view.is_clear:
            self._unsub_clear = async_call_later(self._hass, CLEAR_AFTER, self._handle_clear)

    def _wait_for_sight(self, view: View) -> None:
        """Wait, while a sensor is lost, whatever the others see meanwhile."""
        if view.is_blind and self._unsub_blind is None:
            self._unsub_blind = async_call_later(self._hass, BLIND_FOR, self._handle_blind)
        elif not view.is_blind and self._unsub_blind is not None:
            self._unsub_blind()
            self._unsub_blind = None

    @callback
    def _handle_blind(self, _now: datetime) -> None:
        self._unsub_blind = None
        self._command(Command.HOLD, Reason.SENSOR_LOST)

    @callback
    def _handle_clear(self, _now: datetime) -> None:
        self._unsub_clear = None
        self._calm()
        looks = self._watch is not None and self._watch.has_eyes
        self._command(Command.RELEASE, Reason.RELEASED if looks else Reason.GUARD_OFF)

    def _command(self, command: Command, reason: Reason) -> bool:
        session = self._live.session
        if session is None or command not in TRANSITIONS[session.state]:
            return False
        with suppress(EngineError):
            self._live.async_command(command, reason=reason)
            return True
        # What was due in this instant came first, and now it makes no sense any more.
        return False
