"""What a session tells the world: the only thing, besides its snapshot, that leaves the engine."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .workout import Interval


class EventKind(StrEnum):
    """What happened."""

    STARTED = "started"
    INTERVAL_STARTED = "interval_started"
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    PAUSED = "paused"
    RESUMED = "resumed"
    """The lead-in after a pause is over and the athlete moves again."""
    HELD = "held"
    RELEASED = "released"
    COMPLETED = "completed"
    STOPPED = "stopped"


class Reason(StrEnum):
    """Why a session was paused, held or stopped."""

    ATHLETE = "athlete"
    NO_ANSWER = "no_answer"
    RESTART = "restart"
    RELEASED = "released"
    """The guard let go of a hold; the athlete is asked before anything moves."""
    GUARD_OFF = "guard_off"
    """Nobody watches any more, so nobody can say that the way is clear."""
    OBSTACLE = "obstacle"
    SENSOR_LOST = "sensor_lost"
    MACHINE = "machine"
    BELT_STOPPED = "belt_stopped"
    """By key or at the console, or nobody started it."""
    LINK_LOST = "link_lost"
    """Nobody knows any more what the belt does."""
    HEART_RATE = "heart_rate"
    RECOVERED = "recovered"
    """The heart has slowed down; the athlete is asked before anything moves."""
    EMERGENCY = "emergency"
    STUMBLE = "stumble"
    ABANDONED = "abandoned"
    IDLE = "idle"
    PLACE_REMOVED = "place_removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened, at the instant it was due, however late it is told."""

    number: int
    """Counts the events of one session from 0, so that nothing is handled twice."""
    kind: EventKind
    at: datetime
    visit: int | None = None
    """Which visit it belongs to, counted from 0; None while none has begun."""
    interval: Interval | None = None
    """The interval it is about: the one that starts, waits, is paused, held or ended."""
    reason: Reason | None = None
