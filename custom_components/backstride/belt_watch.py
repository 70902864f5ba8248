"""Notices in a session where the belt stops, is out of reach, or is walked the other way, and sees to what follows."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from homeassistant.core import HomeAssistant, callback

from .clock import Alarm
from .engine import motion as watching
from .engine.errors import EngineError
from .engine.events import Reason
from .engine.motion import Finding, Motion
from .engine.session import TRANSITIONS, Command, Session
from .engine.state import SessionState, current
from .engine.workout import WALKING
from .live import LivePlace

BY_BELT: Final = frozenset({Reason.BELT_STOPPED, Reason.LINK_LOST})
COMMANDS: Final = MappingProxyType(
    {
        Finding.STOPPED: (Command.PAUSE, Reason.BELT_STOPPED),
        Finding.LOST: (Command.PAUSE, Reason.LINK_LOST),
        Finding.IDLE: (Command.STOP, Reason.IDLE),
    }
)
SAID: Final = MappingProxyType({Finding.START_IT: "start_belt", Finding.MOVES: "belt_moves"})


class BeltWatch:
    """Watches the belt of one session, steered or not."""

    def __init__(self, hass: HomeAssistant, live: LivePlace, *, say: Callable[[str], None]) -> None:
        """Begin with nothing known."""
        self._live = live
        self._say = say
        self._watch = watching.Watch(idle_after=timedelta(minutes=live.settings.idle_finish_minutes))
        self._alarm = Alarm(hass, live.clock.now, self._handle)

    @callback
    def hear(self, motion: Motion) -> None:
        """Take in what the belt does."""
        self._look(watching.notice(self._watch, motion, self._live.clock.now()))

    @callback
    def follow(self, session: Session) -> None:
        """Know whether somebody is supposed to walk."""
        walks = session.state is SessionState.RUNNING and current(session).direction in WALKING
        paused = session.state is SessionState.PAUSED
        self._look(
            watching.follow(
                self._watch,
                walking_since=session.since if walks else None,
                paused_since=session.since if paused else None,
                by_belt=session.reason in BY_BELT,
            )
        )

    @callback
    def stop(self) -> None:
        """Watch no more."""
        self._alarm.set(None)

    def _look(self, watch: watching.Watch) -> None:
        self._watch, finding = watching.look(watch, self._live.clock.now())
        self._alarm.set(watching.next_look(self._watch))
        if finding is not None and (key := SAID.get(finding)):
            self._say(key)
        elif finding is not None:
            self._command(*COMMANDS[finding])

    @callback
    def _handle(self) -> None:
        self._look(self._watch)

    def _command(self, command: Command, reason: Reason) -> None:
        session = self._live.session
        if session is not None and command in TRANSITIONS[session.state]:
            # What was due in this instant comes first, and may have made it pointless.
            with suppress(EngineError):
                self._live.async_command(command, reason=reason)
