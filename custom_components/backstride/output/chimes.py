"""Short sounds in the place of words: for those who want no speech, and where there is no room for a word.

The files are made by `scripts/make-sounds`; how each sounds is written down in `sounds/score.py` of the repository.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final
import wave

from ..engine.cues import CueKind
from ..engine.timeline import Cue
from ..engine.workout import Direction

RATE: Final = 44_100
"""Samples a second of every chime; each sample is 16 bit, little-endian, of one channel."""
SAMPLE_BYTES: Final = 2
_FOLDER: Final = Path(__file__).parents[1] / "sounds"


class CueStyle(StrEnum):
    """How the coach of a place gives its cues; words about safety are words in any case."""

    WORDS = "words"
    CHIMES = "chimes"


class Chime(StrEnum):
    """What there is to hear; each is the name of a file."""

    TICK = "tick"
    """One count."""
    GO = "go"
    BACKWARD = "backward"
    """Falls."""
    FORWARD = "forward"
    """Rises."""
    SIDEWAYS = "sideways"
    """Neither."""
    TURN = "turn"
    """Rises and comes back."""
    REST = "rest"
    PREVIEW = "preview"
    IMMINENT = "imminent"
    HALFWAY = "halfway"
    LAST_INTERVAL = "last_interval"
    MINUTES_LEFT = "minutes_left"
    GLANCE = "glance"
    COMPLETE = "complete"
    ALARM = "alarm"
    """Before words about safety; it never stands for them."""
    TEST = "test"


COUNT: Final = (Chime.TICK, Chime.TICK, Chime.TICK)
"""Three, two, one: one a second. What follows at once is the change, or `go` where there is none."""

CHANGES: Final[Mapping[Direction, Chime]] = MappingProxyType(
    {
        Direction.BACKWARD: Chime.BACKWARD,
        Direction.FORWARD: Chime.FORWARD,
        Direction.SIDEWAYS: Chime.SIDEWAYS,
        Direction.TURN: Chime.TURN,
        Direction.REST: Chime.REST,
    }
)
CHIMES: Final[Mapping[CueKind, Chime | None]] = MappingProxyType(
    {
        CueKind.PREVIEW: Chime.PREVIEW,
        CueKind.IMMINENT: Chime.IMMINENT,
        # It is made of `COUNT`.
        CueKind.COUNTDOWN: None,
        # It goes by the direction of its interval.
        CueKind.CHANGE: None,
        CueKind.HALFWAY: Chime.HALFWAY,
        CueKind.LAST_INTERVAL: Chime.LAST_INTERVAL,
        CueKind.MINUTES_LEFT: Chime.MINUTES_LEFT,
        # Advice without words is none.
        CueKind.FORM: None,
        CueKind.GLANCE: Chime.GLANCE,
        CueKind.COMPLETE: Chime.COMPLETE,
    }
)


def chime(cue: Cue) -> Chime | None:
    """Give the one chime of a cue; None for a countdown, which is made of several, and for what only words can say."""
    if cue.kind is CueKind.CHANGE:
        return CHANGES[cue.interval.direction]
    return CHIMES[cue.kind]


@cache
def load(name: Chime) -> bytes:
    """Give a chime's samples. Reads a file the first time: not in the event loop."""
    with wave.open(str(_FOLDER / f"{name}.wav"), "rb") as file:
        return file.readframes(file.getnframes())
