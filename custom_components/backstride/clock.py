"""Time for a session: it goes on evenly, whatever is done to the clock on the wall."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util


class SteadyClock:
    """UTC as it was when the clock was set, counted on from there.

    A wall clock that is put right during a session would end intervals early or let them stand, and with them somebody
    on a moving belt.
    """

    def __init__(self) -> None:
        """Set it."""
        self.set()

    def set(self) -> None:
        """Take over what the wall clock says."""
        self._utc = dt_util.utcnow()
        self._since = monotonic()

    def now(self) -> datetime:
        """Tell the time."""
        return self._utc + timedelta(seconds=monotonic() - self._since)


class Alarm:
    """One thing that is to be done at an instant of a session's clock."""

    def __init__(self, hass: HomeAssistant, now: Callable[[], datetime], ring: Callable[[], None]) -> None:
        """Begin unset."""
        self._hass = hass
        self._now = now
        self._ring = ring
        self._at: datetime | None = None
        self._cancel: CALLBACK_TYPE | None = None

    @callback
    def set(self, at: datetime | None) -> None:
        """Ring at an instant, or not at all; what was set before no longer counts."""
        if at == self._at:
            return
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        self._at = at
        if at is not None:
            left = max(at - self._now(), timedelta())
            self._cancel = async_call_later(self._hass, left, self._handle)

    @callback
    def _handle(self, _now: datetime) -> None:
        self._at = self._cancel = None
        self._ring()
