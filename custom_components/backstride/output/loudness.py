"""How loud the coach is at which time of day.

In quiet hours the night's volume counts; where there is none, or it is 0, the coach gives no cues then. Words about
safety know no quiet hours: they are always as loud as by day, or louder.
"""

from dataclasses import dataclass
from datetime import time
from typing import Final

from ..engine.cues import Priority

SILENT: Final = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Loudness:
    """The volumes of a place, each from 0 to 1, and its quiet hours in local time."""

    normal: float | None = None
    """None leaves each speaker's volume as it is."""
    night: float | None = None
    """In quiet hours; None and 0 are both silence."""
    quiet_from: time | None = None
    """The first instant of the quiet hours."""
    quiet_to: time | None = None
    """The first instant after them. Before `quiet_from` it lies past midnight; at `quiet_from` there are no quiet hours."""

    def volume(self, local: time, priority: Priority) -> float | None:
        """Give the volume for what is said at this time of day; None leaves it as it is, 0 leaves the words out."""
        if priority is Priority.SAFETY:
            return self._loud()
        if self._is_quiet(local):
            return SILENT if self.night is None else self.night
        return self.normal

    def is_silent(self, local: time, priority: Priority) -> bool:
        """Tell whether nothing of this priority is said at this time of day."""
        return self.volume(local, priority) == SILENT

    def _loud(self) -> float | None:
        """Give the louder volume. Where speakers keep theirs by day nobody knows which is louder, so they keep it."""
        if self.normal is None:
            return None
        return max(self.normal, self.night or SILENT) or None

    def _is_quiet(self, local: time) -> bool:
        if self.quiet_from is None or self.quiet_to is None:
            return False
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= local < self.quiet_to
        return local >= self.quiet_from or local < self.quiet_to
