"""Stopping a belt in an emergency: one control after the other until it slows down, and words until it stands.

The treadmill's own key is the real stop; this is what can be done besides.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

NEXT_AFTER: Final = timedelta(seconds=1)
"""How long a control has to show in the speed until the next one is tried."""
SAY_EVERY: Final = timedelta(seconds=4)
SAY_FOR: Final = timedelta(seconds=60)
SAY_BLINDLY: Final = 3
"""How often it is said where nobody knows the speed."""
FALLS: Final = 0.1
"""km/h that a speed must be lower to count as falling; a display may flicker by less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """An emergency stop under way."""

    plain: int
    """How many controls only ever stop a belt."""
    cautious: int
    """How many, at the end of the row, would start a belt that stands; each is used once, and only on one that moves."""
    since: datetime
    speed: float | None = None
    """Measured last; None where it is unknown."""
    was_seen: bool = False
    """Whether it ever was known."""
    sent: int = 0
    sent_at: datetime | None = None
    speed_when_sent: float | None = None
    said: int = 1
    said_at: datetime
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of it: which control to send, and whether to say it."""

    halt: Halt
    send: int | None = None
    say: bool = False


def begin(*, plain: int, cautious: int, at: datetime) -> Halt:
    """Begin; what is known of the speed comes next. That the belt must be stopped was said when the session ended."""
    return Halt(plain=plain, cautious=cautious, since=at, said_at=at)


def observe(halt: Halt, speed: float | None, at: datetime) -> Step:
    """Take in a report of the speed."""
    return proceed(replace(halt, speed=speed, was_seen=halt.was_seen or speed is not None), at)


def acknowledge(halt: Halt) -> Halt:
    """Say nothing more, and send nothing more."""
    return replace(halt, is_over=True)


def proceed(halt: Halt, at: datetime) -> Step:
    """Do what is due."""
    if halt.is_over or halt.speed == 0 or at - halt.since >= SAY_FOR:
        return Step(halt=replace(halt, is_over=True))
    send = None
    if _has_next(halt) and _is_due(halt, at):
        if halt.sent and _falls(halt):
            # It works; look again in a second whether it still does.
            halt = replace(halt, sent_at=at, speed_when_sent=halt.speed)
        else:
            send = halt.sent
            halt = replace(halt, sent=halt.sent + 1, sent_at=at, speed_when_sent=halt.speed)
    say = _may_say(halt) and at - halt.said_at >= SAY_EVERY
    if say:
        halt = replace(halt, said=halt.said + 1, said_at=at)
    return Step(halt=replace(halt, is_over=not _has_next(halt) and not _may_say(halt)), send=send, say=say)


def next_wake(halt: Halt) -> datetime | None:
    """Tell when something is due."""
    if halt.is_over:
        return None
    wakes = [halt.since + SAY_FOR]
    if _has_next(halt):
        wakes.append(halt.sent_at + NEXT_AFTER if halt.sent_at else halt.since)
    if _may_say(halt):
        wakes.append(halt.said_at + SAY_EVERY)
    return min(wakes)


def _has_next(halt: Halt) -> bool:
    return halt.sent < halt.plain or (halt.sent < halt.plain + halt.cautious and halt.speed is not None)


def _is_due(halt: Halt, at: datetime) -> bool:
    return halt.sent_at is None or at - halt.sent_at >= NEXT_AFTER


def _falls(halt: Halt) -> bool:
    before, now = halt.speed_when_sent, halt.speed
    return before is not None and now is not None and now <= before - FALLS


def _may_say(halt: Halt) -> bool:
    return halt.was_seen or halt.said < SAY_BLINDLY
