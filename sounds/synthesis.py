"""From notes to samples.

Every note begins and ends softly, because a step in a waveform is heard as a click. Partials die away faster the higher
they are, as on everything that is struck, which is what keeps a sound friendly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
import math
from typing import Final

RATE: Final = 44_100
"""Samples a second: what players take without converting."""
PEAK: Final = 10 ** (-6 / 20)
"""Half of what there is, -6 dBFS: speech engines are about as loud, and small speakers do not distort yet."""
ATTACK: Final = 0.005
"""Seconds; shorter is a click, longer blurs the instant that a cue is about."""
RELEASE: Final = 0.25
"""Share of a note in which it fades out, whatever of it still rings."""
HIGHEST: Final = 4_000.0
"""Hz; what lies above it older people hardly hear, and others find harsh."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """One tone of a voice."""

    ratio: float
    """Its pitch as a multiple of the note's."""
    share: float
    decay: float
    """Seconds in which it falls to a third; infinite where it is blown, not struck."""


type Voice = tuple[Partial, ...]

MARIMBA: Final[Voice] = (
    Partial(ratio=1, share=1, decay=0.15),
    Partial(ratio=3.93, share=0.3, decay=0.05),
    Partial(ratio=9.2, share=0.08, decay=0.02),
)
"""A wooden bar, tuned as marimbas are: the second tone two octaves up. Short and clear."""
BELL: Final[Voice] = (
    Partial(ratio=1, share=1, decay=0.3),
    Partial(ratio=2, share=0.5, decay=0.2),
    Partial(ratio=2.76, share=0.3, decay=0.12),
    Partial(ratio=5.4, share=0.1, decay=0.05),
)
"""A small bell; it rings on."""
HORN: Final[Voice] = (
    Partial(ratio=1, share=1, decay=math.inf),
    Partial(ratio=3, share=1 / 3, decay=math.inf),
)
"""The beginning of a square wave. It does not die away, so there is far more of it at the same peak: for a warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note of a chime."""

    at: float = 0.0
    """Seconds from the chime's beginning."""
    hertz: float
    seconds: float
    voice: Voice = MARIMBA
    strength: float = 1.0


def render(notes: Sequence[Note]) -> bytes:
    """Give what notes sound like together: mono, 16 bit, little-endian, as loud as everything here."""
    mixed = [0.0] * _samples(max(note.at + note.seconds for note in notes))
    for note in notes:
        begin = _samples(note.at)
        for index, value in enumerate(_tone(note), begin):
            mixed[index] += value
    loudest = max(map(abs, mixed))
    return b"".join(
        round(value / loudest * PEAK * 0x7FFF).to_bytes(2, "little", signed=True) for value in mixed
    )


def _tone(note: Note) -> Iterable[float]:
    count = _samples(note.at + note.seconds) - _samples(note.at)
    partials = [
        (math.tau * note.hertz * partial.ratio / RATE, note.strength * partial.share, partial.decay * RATE)
        for partial in note.voice
        if note.hertz * partial.ratio <= HIGHEST
    ]
    for index in range(count):
        edge = _soft(index / (ATTACK * RATE)) * _soft((count - 1 - index) / (RELEASE * count))
        yield edge * sum(
            share * math.exp(-index / decay) * math.sin(turn * index) for turn, share, decay in partials
        )


def _soft(progress: float) -> float:
    """Give how far an edge has come, from 0 to 1, without a corner at either end."""
    return (1 - math.cos(math.pi * min(progress, 1.0))) / 2


def _samples(seconds: float) -> int:
    return round(seconds * RATE)
