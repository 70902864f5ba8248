"""Watches what an athlete must not go over in a session, and what the machine itself says is wrong."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from homeassistant.core import HomeAssistant, callback

from .clock import Alarm
from .engine import limits as bounds
from .engine.events import Reason
from .engine.guard import Cause
from .engine.limits import Strain
from .engine.metrics import Reading
from .engine.session import Session
from .engine.state import FINAL, SessionState
from .live import LivePlace
from .settings import AthleteSettings, limits

PAUSED_FOR: Final[Mapping[Reason | None, Cause]] = MappingProxyType(
    {Reason.LINK_LOST: Cause.LINK_LOST, Reason.BELT_STOPPED: Cause.BELT_STOPPED}
)


class LimitWatch:
    """Hears the readings of one place, and tells which hazards come and go."""

    def __init__(
        self,
        hass: HomeAssistant,
        live: LivePlace,
        *,
        athlete: Callable[[], AthleteSettings | None],
        is_ignored: Callable[[], bool],
        notice: Callable[[Cause, bool], None],
    ) -> None:
        """Know whose limits count, and whether the belt ignores what it is asked; `notice` is told what is there, or gone."""
        self._live = live
        self._athlete = athlete
        self._is_ignored = is_ignored
        self._notice = notice
        self._session_id: str | None = None
        self._strain = Strain()
        self._there: frozenset[Cause] = frozenset()
        self._alarm = Alarm(hass, live.clock.now, self.look)
        self._unsub = live.async_listen(self._hear)

    @callback
    def look(self) -> None:
        """See which limits are passed now, and what the session itself tells."""
        session = self._live.session
        if session is None or session.state in FINAL:
            self._alarm.set(None)
            return
        self._begin(session)
        now = self._live.clock.now()
        before, self._there = self._there, self._found(session, now)
        self._alarm.set(None if Cause.OVERLONG in self._there else bounds.overlong_at(session, now))
        for cause in before ^ self._there:
            self._notice(cause, cause in self._there)

    @callback
    def stop(self) -> None:
        """Hear nothing any more."""
        self._alarm.set(None)
        self._unsub()

    def _begin(self, session: Session | None) -> None:
        """Begin where another session does: what was measured before says nothing about it."""
        session_id = session.id if session else None
        if session_id != self._session_id:
            self._session_id, self._strain, self._there = session_id, Strain(), frozenset()

    def _found(self, session: Session, now: datetime) -> frozenset[Cause]:
        allowed = limits(self._live.settings, self._athlete(), now.year)
        found = bounds.over(self._strain, session, allowed, now)
        if session.state is SessionState.PAUSED and (cause := PAUSED_FOR.get(session.reason)):
            found |= {cause}
        if self._is_ignored():
            found |= {Cause.NOT_FOLLOWING}
        return found

    @callback
    def _hear(self, said: Reading) -> None:
        self._begin(self._live.session)
        self._strain = bounds.hear(self._strain, said)
        self.look()
