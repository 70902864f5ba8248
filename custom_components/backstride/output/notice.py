"""What a phone shows, whatever phone it is."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One thing to press on a notification."""

    action: str
    """What comes back when it is pressed."""
    title: str
    is_danger: bool = False
    """Shown in red where the phone can."""
    asks_text: bool = False
    """Whether something is to be typed, which comes back with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a phone shows; two that are equal look the same."""

    tag: str
    """What is shown under the same tag is replaced."""
    title: str
    message: str
    buttons: tuple[Button, ...]
    """What matters most comes first: Android shows three."""
    is_pinned: bool = True
    """Whether it stays until it is taken away: swiped away, an emergency stop would be lost."""
    short: str = ""
    """A word or two where there is room for no more."""
    percent: int | None = None
    """How much of what goes on is over; None where nothing goes on."""
    ends_at: datetime | None = None
    """To when the phone counts down by itself; None where nobody knows."""

    @property
    def is_live(self) -> bool:
        """Whether it shows something that goes on."""
        return self.percent is not None
