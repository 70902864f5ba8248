"""What the lamps of a place show while nothing warns: a look, and now and then a pulse of it, one stroke after the other."""

from dataclasses import dataclass
from typing import Final

from .looks import Look

HALF_A_PULSE: Final = 0.5
"""Seconds that a pulse is dim, and that a new look is seen before it pulses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """One change of the lamps."""

    look: Look
    dim: bool
    """Whether it is for those only that can dim."""
    more: bool
    """Whether another follows half a pulse later."""


class Picture:
    """What is shown, and what of it is not painted yet."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.look: Look | None = None
        self._is_stale = False
        self._pulse_due = False
        self._is_dimmed = False

    def show(self, look: Look | None) -> bool:
        """Show another look, or nothing; gives whether it is another."""
        if look is self.look:
            return False
        self.look = look
        self.repaint()
        return True

    def repaint(self) -> None:
        """Paint all of it once more; a pulse that was due is over."""
        self._is_stale = True
        self._pulse_due = self._is_dimmed = False

    def pulse(self) -> None:
        """Dim it for a moment with the next stroke."""
        self._pulse_due = True

    def stroke(self, look: Look) -> Stroke | None:
        """Give the next stroke of this look; None while it stands."""
        if self._is_stale:
            self._is_stale = False
            return Stroke(look=look, dim=False, more=self._pulse_due)
        if self._pulse_due:
            self._pulse_due, self._is_dimmed = False, True
            return Stroke(look=look.dimmed(), dim=True, more=True)
        if self._is_dimmed:
            self._is_dimmed = False
            return Stroke(look=look, dim=True, more=False)
        return None
