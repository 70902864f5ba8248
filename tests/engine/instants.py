"""What the tests of the engine share: one instant to count from."""

from datetime import UTC, datetime, timedelta

T0 = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)


def at(seconds: float = 0, *, minutes: float = 0) -> datetime:
    """Give an instant counted from T0."""
    return T0 + timedelta(seconds=seconds, minutes=minutes)
