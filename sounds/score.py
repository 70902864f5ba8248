"""What each chime consists of.

Directions move as the athlete does: what falls is backward, what rises forward, what stays level sideways, what goes up
and comes back a turn. Bells tell how far the session is. Every pitch lies between 500 and 2,100 Hz, where old ears and
small speakers still are good.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from .synthesis import BELL, HORN, MARIMBA, Note, Voice


def _hertz(key: int) -> float:
    """Give the pitch of a piano's key as MIDI counts them: 69 is the A of 440 Hz."""
    return 440 * 2 ** ((key - 69) / 12)


def _tune(keys: Iterable[int], every: float, rings: float, voice: Voice = MARIMBA) -> tuple[Note, ...]:
    """Play one key after the other, each ringing on."""
    return tuple(
        Note(at=index * every, hertz=_hertz(key), seconds=rings, voice=voice)
        for index, key in enumerate(keys)
    )


def _chord(keys: Iterable[int], rings: float, voice: Voice, *, at: float = 0.0) -> tuple[Note, ...]:
    return tuple(Note(at=at, hertz=_hertz(key), seconds=rings, voice=voice, strength=0.5) for key in keys)


C5, E5, F5, G5, A5, B5 = 72, 76, 77, 79, 81, 83
C6, D6, E6, G6, A6, C7 = 84, 86, 88, 91, 93, 96

SCORE: Final[Mapping[str, tuple[Note, ...]]] = MappingProxyType(
    {
        "tick": _tune([A5], 0, 0.12),
        "go": _chord([A5, A6], 0.4, BELL),
        "backward": _tune([E6, C6, G5], 0.14, 0.32),
        "forward": _tune([G5, C6, E6], 0.14, 0.32),
        "sideways": _tune([D6, D6], 0.2, 0.3),
        "turn": _tune([G5, B5, D6, B5, G5], 0.09, 0.24),
        "rest": _chord([C5, E5, G5], 0.8, BELL),
        "preview": _tune([A5], 0, 0.6, BELL),
        "imminent": _tune([E6, E6, E6], 0.07, 0.12),
        "halfway": _tune([G5, D6], 0.22, 0.48, BELL),
        "last_interval": _tune([G5, D6, G6], 0.18, 0.44, BELL),
        "minutes_left": _tune([E6, E6], 0.26, 0.36, BELL),
        "glance": _tune([C7], 0, 0.18),
        "complete": (*_tune([G5, C6, E6], 0.15, 0.35), *_chord([C6, E6, G6], 0.95, BELL, at=0.45)),
        # Two tones that take turns, and do not fit together: noticed through music and a motor's hum alike.
        "alarm": _tune([F5, B5, F5, B5], 0.2, 0.2, HORN),
        "test": (*_tune([C6, G6], 0.16, 0.3), *_chord([C6, E6], 0.48, BELL, at=0.32)),
    }
)
"""Each chime by its name."""
