"""Pieces to say, by seconds after noon, and sounds of known length for them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from custom_components.backstride.engine.cues import CueKind, Priority
from custom_components.backstride.output.chimes import Chime
from custom_components.backstride.output.sound import RATE, WIDTH, Clip
from custom_components.backstride.output.takes import COUNT_LATEST, Find, Piece

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    """Give an instant."""
    return NOON + timedelta(seconds=seconds)


def clip(seconds: float, says: str = "") -> Clip:
    """Give silence that takes so long."""
    return Clip(bytes(WIDTH * round(seconds * RATE)), says)


def piece(due: float, text: str = "", **more: Any) -> Piece:
    """Give something to say; its length is what its text is known to take, or else a second."""
    given: dict[str, Any] = {"priority": Priority.FORM, "kind": CueKind.FORM, "seconds": 1.0}
    return Piece(due=at(due), text=text, **given | more)


def change(due: float, text: str = "Walk backward.", **more: Any) -> Piece:
    """Give a change, which may come late in other words."""
    given: dict[str, Any] = {"priority": Priority.CHANGE, "kind": CueKind.CHANGE, "late": "Backward."}
    return piece(due, text, **given | more)


def count(due: float, text: str) -> Piece:
    """Give one number of a countdown."""
    more: dict[str, Any] = {"priority": Priority.COUNTDOWN, "kind": CueKind.COUNTDOWN}
    return piece(due, text, latest=COUNT_LATEST, **more)


def find_in(words: dict[str, float], chimes: dict[Chime, float] | None = None) -> Find:
    """Have sounds of these lengths."""

    def find(text: str, chime: Chime | None) -> Clip | None:
        if text in words:
            return clip(words[text])
        return clip(chimes[chime], f"({chime})") if chime and chimes and chime in chimes else None

    return find
