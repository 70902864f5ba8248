"""Watches the space behind the athlete while a session is on, and reacts: lamps at once, then the session, then words."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from .engine.events import Reason
from .engine.session import TRANSITIONS, Command, Session
from .engine.state import SessionState
from .live import LivePlace
from .machine.obstacles import Reaction, Sight, Watch

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
        self._unsub_sight: CALLBACK_TYPE | None = None

    @property
    def is_guarding(self) -> bool:
        """Whether the space behind is watched, in this session or the next."""
        return self._is_guarding

    @callback
    def async_guard(self, *, on: bool) -> None:
        """Watch, or do not watch for one session; that nobody watches is said aloud."""
        self._is_guarding = on
        if self._live.is_on and self._live.session is not None:
            self.follow(self._live.session)
            if not on:
                self._say("guard_off")
                # Nobody else could let go of what is held.
                self._command(Command.RELEASE, None)
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
            self._watch = Watch(self._hass, self._live.settings.obstacles, self._see)
            self._watch.start()
            if self._watch.sees is Sight.CLEAR and session.state is SessionState.HELD:
                self._see(Sight.CLEAR, Reaction.REMIND)
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
            self._forget_sight()
            self._calm()

    @callback
    def _see(self, sight: Sight, reaction: Reaction) -> None:
        self._forget_sight()
        if sight is Sight.OBSTACLE:
            self._warn()
            # A hold or stop has words of its own.
            if reaction is Reaction.REMIND or not self._command(COMMAND[reaction], Reason.OBSTACLE):
                self._say("obstacle")
        elif sight is Sight.BLIND:
            self._say("blind")
            self._unsub_sight = async_call_later(self._hass, BLIND_FOR, self._handle_blind)
        else:
            self._unsub_sight = async_call_later(self._hass, CLEAR_AFTER, self._handle_clear)

    @callback
    def _handle_blind(self, _now: datetime) -> None:
        self._unsub_sight = None
        self._command(Command.HOLD, Reason.SENSOR_LOST)

    @callback
    def _handle_clear(self, _now: datetime) -> None:
        self._unsub_sight = None
        self._calm()
        self._command(Command.RELEASE, None)

    def _command(self, command: Command, reason: Reason | None) -> bool:
        session = self._live.session
        if session is None or command not in TRANSITIONS[session.state]:
            return False
        self._live.async_command(command, reason=reason)
        return True

    def _forget_sight(self) -> None:
        if self._unsub_sight is not None:
            self._unsub_sight()
            self._unsub_sight = None
