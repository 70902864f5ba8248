"""Whether the belt moves while somebody walks on it, and what to do where it does not.

It says nothing about how fast: a smart plug's power can stand for a belt that runs.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

STANDS_FOR: Final = timedelta(seconds=2)
"""How long a belt must stand, or move again, to be believed: sensors stumble."""
LOST_FOR: Final = timedelta(seconds=10)
"""How long a machine may be out of reach; radio links blink."""
ASK_AFTER: Final = timedelta(seconds=4)
"""When the athlete is asked to start a belt that stands: after the words that name the interval."""
START_WITHIN: Final = timedelta(seconds=30)
"""How long a session waits for a belt to be started until it pauses."""


class Motion(StrEnum):
    """What is known of the belt."""

    MOVING = "moving"
    STANDING = "standing"
    UNKNOWN = "unknown"


class Finding(StrEnum):
    """What is to be done."""

    START_IT = "start_it"
    """Ask the athlete to start the belt."""
    STOPPED = "stopped"
    """It was stopped, or never started: pause."""
    LOST = "lost"
    """Nobody knows what it does any more: pause."""
    MOVES = "moves"
    """It moves again: tell the athlete how to go on."""
    IDLE = "idle"
    """It has stood for so long that the session is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What was seen of the belt in a session."""

    idle_after: timedelta
    motion: Motion = Motion.UNKNOWN
    since: datetime | None = None
    """When that began."""
    was_known: bool = False
    walking_since: datetime | None = None
    """When the present walking began; None while nobody is supposed to walk."""
    has_moved: bool = False
    """In the present walking."""
    has_asked: bool = False
    stopped: bool = False
    """Whether the session is paused because of the belt, and nobody was told yet that it moves again."""
    paused_since: datetime | None = None


def notice(watch: Watch, motion: Motion, at: datetime) -> Watch:
    """Take in what the belt does."""
    if motion is not watch.motion:
        watch = replace(watch, motion=motion, since=at)
    moves = motion is Motion.MOVING
    return replace(
        watch,
        was_known=watch.was_known or motion is not Motion.UNKNOWN,
        has_moved=watch.has_moved or (moves and watch.walking_since is not None),
    )


def follow(
    watch: Watch, *, walking_since: datetime | None, paused_since: datetime | None, by_belt: bool
) -> Watch:
    """Follow the session: since when somebody walks, or stands paused, and whether because of the belt."""
    if walking_since != watch.walking_since:
        watch = replace(
            watch,
            walking_since=walking_since,
            has_moved=walking_since is not None and watch.motion is Motion.MOVING,
            has_asked=False,
        )
    if paused_since != watch.paused_since:
        watch = replace(watch, paused_since=paused_since, stopped=by_belt and paused_since is not None)
    return watch


def look(watch: Watch, at: datetime) -> tuple[Watch, Finding | None]:
    """Tell what is to be done now, each thing once."""
    due, finding = _next(watch)
    if due is None or finding is None or at < due:
        return watch, None
    match finding:
        case Finding.START_IT:
            watch = replace(watch, has_asked=True)
        case Finding.MOVES:
            watch = replace(watch, stopped=False)
        case Finding.LOST:
            # Whoever goes on all the same goes on without being watched.
            watch = replace(watch, was_known=False)
    return watch, finding


def next_look(watch: Watch) -> datetime | None:
    """Tell when to look again, if nothing is reported until then."""
    return _next(watch)[0]


def _next(watch: Watch) -> tuple[datetime | None, Finding | None]:
    since = watch.since
    if watch.walking_since is not None:
        return _while_walking(watch, watch.walking_since, since or watch.walking_since)
    if since is not None and watch.stopped and watch.motion is Motion.MOVING:
        return since + STANDS_FOR, Finding.MOVES
    if since is not None and watch.paused_since is not None and watch.motion is Motion.STANDING:
        return max(since, watch.paused_since) + watch.idle_after, Finding.IDLE
    return None, None


def _while_walking(watch: Watch, began: datetime, since: datetime) -> tuple[datetime | None, Finding | None]:
    if watch.motion is Motion.UNKNOWN and watch.was_known:
        return max(began, since) + LOST_FOR, Finding.LOST
    if watch.motion is not Motion.STANDING:
        return None, None
    if watch.has_moved:
        return since + STANDS_FOR, Finding.STOPPED
    if not watch.has_asked:
        return began + ASK_AFTER, Finding.START_IT
    return began + START_WITHIN, Finding.STOPPED
