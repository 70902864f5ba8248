"""What kinds of speakers there are, and what a tester has them do wrong."""

from dataclasses import dataclass
from enum import StrEnum


class SpeakerManner(StrEnum):
    """What a speaker makes of what it is given."""

    PLAYS = "plays"
    HANGS = "hangs"
    """The call never comes back, as that of a device that vanished from the network without a word."""

    REFUSES = "refuses"
    """Each call fails with an error."""

    STAYS_SILENT = "stays_silent"
    """It takes everything and fetches nothing, as a speaker that cannot reach our address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerMake:
    """What kind of speaker it is. Lengths are in seconds."""

    announces: bool = True
    """Whether it can announce, and then goes on with what it played; otherwise that is gone."""

    wakes: float = 0.0
    """From the call to the fetch, after silence."""

    starts: float = 0.0
    """The same while it is awake."""

    buffers: float = 0.0
    """From the fetch to the first sound, which nobody sees from outside."""
