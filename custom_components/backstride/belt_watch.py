"""Notices in a session where the belt stops, is out of reach, or is walked the other way, and sees to what follows."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from homeassistant.core import HomeAssistant, callback

from .clock import Alarm
from .engine import motion as watching, way as ways
from .engine.errors import EngineError
from .engine.events import Reason
from .engine.motion import Finding, Motion
from .engine.session import Command, Session
from .engine.state import SessionState, current
from .engine.way import Way
from .engine.workout import WALKING, Direction
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
        self._way = Way()
        self._way_alarm = Alarm(hass, live.clock.now, self._handle_way)

    @callback
    def hear_direction(self, measured: Direction | None) -> None:
        """Take in which way the machine is walked."""
        self._take_way(ways.notice(self._way, measured, self._live.clock.now()))

    @callback
    def hear(self, motion: Motion) -> None:
        """Take in what the belt does."""
        self._look(watching.notice(self._watch, motion, self._live.clock.now()))

    @callback
    def follow(self, session: Session) -> None:
        """Know whether somebody is supposed to walk, and which way."""
        walks = session.state is SessionState.RUNNING and current(session).direction in WALKING
        paused = session.state is SessionState.PAUSED
        self._take_way(ways.plan(self._way, current(session).direction if walks else None, session.since))
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
        self._way_alarm.set(None)

    def _take_way(self, way: Way) -> None:
        self._way, planned = ways.look(way, self._live.clock.now())
        self._way_alarm.set(ways.due(self._way))
        if planned is not None:
            self._say(f"other_way_{planned}")

    @callback
    def _handle_way(self) -> None:
        self._take_way(self._way)

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
        # What was due in this instant comes first, and may have made it pointless.
        with suppress(EngineError):
            self._live.async_command(command, reason=reason)
