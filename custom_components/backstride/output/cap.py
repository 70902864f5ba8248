"""How often lamps may change in a second, counted on what they are told."""

from collections import deque
from typing import Final

MOST: Final = 5
"""Changes in a second: 2.5 Hz. WCAG 2.3.1 allows three flashes in a second, and photosensitivity is rare below 3 Hz."""
SECOND: Final = 1.0
SLACK: Final = 1e-6
"""Seconds that a timer may be early."""


class Changes:
    """The latest changes of one lamp, or of all of them; what happens at one instant is one change."""

    def __init__(self) -> None:
        """Begin with none."""
        self._instants: deque[float] = deque(maxlen=MOST)

    def note(self, now: float) -> None:
        """Note a change."""
        if now not in self._instants:
            self._instants.append(now)

    def free_at(self, most: int) -> float:
        """Tell from when on one more change makes no more than so many in a second."""
        return self._instants[-most] + SECOND if len(self._instants) >= most else 0.0

    def has_room(self, now: float) -> bool:
        """Tell whether something may change now, under the cap."""
        return now in self._instants or self.free_at(MOST) <= now + SLACK
