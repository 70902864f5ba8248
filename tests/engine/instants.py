"""What the tests of the engine share: one instant to count from, and sessions to try things on."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from custom_components.backstride.engine.events import Event, EventKind
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.session import Session, advance, start
from custom_components.backstride.engine.workout import parse

T0 = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)
LEAD_IN = timedelta(seconds=10)
"""Every session here starts with ten seconds, so that its first interval begins at T0."""


def at(seconds: float = 0, *, minutes: float = 0) -> datetime:
    """Give an instant counted from the start of the first interval."""
    return T0 + timedelta(seconds=seconds, minutes=minutes)


def begin(notation: str, *, place: PlaceKind = PlaceKind.TREADMILL, **options: Any) -> Session:
    """Start a session whose first interval begins at T0; it is still in its lead-in."""
    return start(
        parse(notation, name="Test"), T0 - LEAD_IN, place=place, lead_in=LEAD_IN, session_id="s1", **options
    ).session


def walking(
    notation: str, seconds: float = 0, *, place: PlaceKind = PlaceKind.TREADMILL, **options: Any
) -> Session:
    """Start a session and let it come to `seconds` after T0."""
    return advance(begin(notation, place=place, **options), at(seconds)).session


def told(events: Iterable[Event]) -> list[tuple[EventKind, float]]:
    """Give what happened and when, in seconds after T0."""
    return [(event.kind, (event.at - T0).total_seconds()) for event in events]
