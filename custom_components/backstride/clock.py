"""Time for a session: it goes on evenly, whatever is done to the clock on the wall."""

from datetime import datetime, timedelta
from time import monotonic

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
