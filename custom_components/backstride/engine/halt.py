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
STANDS_FOR: Final = timedelta(seconds=5)
"""How long a belt must stand until it is over: sensors stumble, and one that counts down to its start stands, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """An emergency stop under way."""

    plain: int = 0
    """How many controls only ever stop a belt."""
    cautious: tuple[float, ...] = ()
    """Controls that may start or speed up a belt: each is used once, after those, and only on one seen to run faster."""
    since: datetime
    speed: float | None = None
    """Measured last; None where it is unknown."""
    seen_at: datetime | None = None
    """When that was heard."""
    stands_since: datetime | None = None
    was_seen: bool = False
    """Whether it ever was known."""
    sent: int = 0
    """How many of the plain controls."""
    risked: int = 0
    """How many of the cautious ones were used, or passed by because they could only have done harm."""
    sent_at: datetime | None = None
    speed_when_sent: float | None = None
    said: int = 1
    """How often it was said, or would have been but for the next."""
    said_at: datetime
    acknowledged: bool = False
    """Whether somebody has heard it: it goes on, in silence."""
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of it: which plain or which cautious control to send, and whether to say it."""

    halt: Halt
    send: int | None = None
    risk: int | None = None
    say: bool = False


def begin(*, at: datetime) -> Halt:
    """Begin; what is known of the speed comes next. That the belt must be stopped was said when the session ended."""
    return Halt(since=at, said_at=at)


def find(halt: Halt, *, plain: int, cautious: tuple[float, ...]) -> Halt:
    """Know of the controls that were within reach at any time; what comes within reach is added at the end."""
    return replace(halt, plain=plain, cautious=cautious)


def observe(halt: Halt, speed: float | None, at: datetime) -> Step:
    """Take in a report of the speed."""
    stands_since = (halt.stands_since or at) if speed == 0 else None
    was_seen = halt.was_seen or speed is not None
    return proceed(replace(halt, speed=speed, seen_at=at, stands_since=stands_since, was_seen=was_seen), at)


def again(halt: Halt, at: datetime) -> Step:
    """Send everything once more that only stops a belt, if all of it was sent; whoever asks again still moves."""
    halt = replace(halt, acknowledged=False)
    if halt.sent >= halt.plain and _is_due(halt, at):
        halt = replace(halt, since=at, sent=0, sent_at=None, speed_when_sent=None, said=1, said_at=at)
    return proceed(halt, at)


def acknowledge(halt: Halt) -> Halt:
    """Say nothing more; who has heard it has not stopped the belt by that, so everything else goes on as it would."""
    return replace(halt, acknowledged=True)


def end(halt: Halt) -> Halt:
    """Say nothing more, and send nothing more."""
    return replace(halt, is_over=True)


def proceed(halt: Halt, at: datetime) -> Step:
    """Do what is due."""
    stands = halt.stands_since is not None and at - halt.stands_since >= STANDS_FOR
    if halt.is_over or stands or at - halt.since >= SAY_FOR:
        return Step(halt=replace(halt, is_over=True))
    send = risk = None
    if _has_next(halt) and _is_due(halt, at):
        # While it falls it works; look again in a second whether it still does.
        if not _falls(halt):
            send, risk = (halt.sent, None) if _has_plain(halt) else (None, _next_risk(halt))
        halt = replace(
            halt,
            sent=halt.sent if send is None else send + 1,
            risked=halt.risked if risk is None else risk + 1,
            sent_at=at,
            speed_when_sent=halt.speed,
        )
    is_time = _may_say(halt) and at - halt.said_at >= SAY_EVERY
    if is_time:
        halt = replace(halt, said=halt.said + 1, said_at=at)
    is_over = halt.speed != 0 and not _has_next(halt) and not _may_say(halt)
    return Step(
        halt=replace(halt, is_over=is_over), send=send, risk=risk, say=is_time and not halt.acknowledged
    )


def next_wake(halt: Halt) -> datetime | None:
    """Tell when something is due."""
    if halt.is_over:
        return None
    wakes = [halt.since + SAY_FOR]
    if halt.stands_since is not None:
        wakes.append(halt.stands_since + STANDS_FOR)
    if _has_next(halt):
        wakes.append(halt.sent_at + NEXT_AFTER if halt.sent_at else halt.since)
    if _may_say(halt):
        wakes.append(halt.said_at + SAY_EVERY)
    return min(wakes)


def _has_next(halt: Halt) -> bool:
    return _has_plain(halt) or _next_risk(halt) is not None


def _has_plain(halt: Halt) -> bool:
    # A belt that stands gets one all the same: it may be about to start.
    return halt.sent < halt.plain and (halt.speed != 0 or not halt.sent)


def _next_risk(halt: Halt) -> int | None:
    """Give the next cautious control that helps a belt seen to move although the last control had its time."""
    speed, seen_at = halt.speed, halt.seen_at
    if halt.sent < halt.plain or speed is None or seen_at is None:
        return None
    if halt.sent_at is not None and seen_at - halt.sent_at < NEXT_AFTER:
        return None
    return next((i for i in range(halt.risked, len(halt.cautious)) if speed > halt.cautious[i]), None)


def _is_due(halt: Halt, at: datetime) -> bool:
    return halt.sent_at is None or at - halt.sent_at >= NEXT_AFTER


def _falls(halt: Halt) -> bool:
    before, now = halt.speed_when_sent, halt.speed
    return before is not None and now is not None and now <= before - FALLS


def _may_say(halt: Halt) -> bool:
    return halt.speed != 0 and (halt.was_seen or halt.said < SAY_BLINDLY)
