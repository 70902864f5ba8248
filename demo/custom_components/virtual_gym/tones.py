"""Tones that stand for words, and ears for them: when a sound begins, and at what pitch, also after it was converted."""

from array import array
from itertools import pairwise
import math
from statistics import median
import sys
from typing import Final

from . import wav

RATE: Final = 44_100
AUDIBLE: Final = 800
"""A sample above this is sound: about a fortieth of the loudest. Converters and dither stay well below it."""

LOUDNESS: Final = 12000
WORD: Final = 0.10
"""Seconds that a word sounds."""

BREATH: Final = 0.03
"""Seconds of silence after each word: so short that nobody takes it for the end."""

LOWEST: Final = 400.0
STEP: Final = 25.0
PITCHES: Final = 120
"""So many texts are told apart by their pitch: up to 3,400 Hz, which every converter leaves alone."""

LISTENS: Final = 0.06
"""Seconds over which a pitch is measured."""

SETTLES: Final = 0.02
"""Seconds that are not listened to before: converters blur where a sound begins."""

ALIKE: Final = 0.15
"""By what part two periods of one tone may differ; what differs more is noise."""


def speak(text: str, pitch: float) -> bytes:
    """Make a tone for each word. It sounds from the first sample on: what is late then was late before."""
    word = array(
        "h",
        (int(LOUDNESS * math.cos(2 * math.pi * pitch * at / RATE)) for at in range(int(RATE * WORD))),
    ).tobytes()
    samples = (word + bytes(2 * int(RATE * BREATH))) * max(len(text.split()), 1)
    return wav.write(wav.Sound(rate=RATE, channels=1, width=2, samples=samples), text)


def onset(sound: wav.Sound) -> float | None:
    """Tell how many seconds into a sound it is heard first; of silence nothing."""
    channel = _first_channel(sound)
    return next((at / sound.rate for at, sample in enumerate(channel) if abs(sample) > AUDIBLE), None)


def pitch(sound: wav.Sound, since: float) -> float:
    """Measure the pitch from an instant on, by where its samples rise through zero."""
    begin = int((since + SETTLES) * sound.rate)
    heard = _first_channel(sound)[begin : begin + int(LISTENS * sound.rate)]
    rises = [
        at + before / (before - after)
        for at, (before, after) in enumerate(pairwise(heard))
        if before < 0 <= after
    ]
    periods = [later - earlier for earlier, later in pairwise(rises)]
    if not periods:
        return 0.0
    usual = median(periods)
    alike = [period for period in periods if abs(period - usual) < ALIKE * usual]
    return len(alike) * sound.rate / sum(alike)


def pitch_of(sound: wav.Sound) -> int | None:
    """Tell at which of the known pitches a sound begins, counted from the lowest."""
    since = onset(sound)
    return None if since is None else nearest(pitch(sound, since))


def nearest(measured: float) -> int | None:
    """Tell which of the known pitches it is."""
    number = round((measured - LOWEST) / STEP)
    return number if 0 <= number < PITCHES else None


def of(number: int) -> float:
    """Give a known pitch by its number."""
    return LOWEST + STEP * number


def _first_channel(sound: wav.Sound) -> array[int]:
    if sound.width != 2:  # noqa: PLR2004 - bytes; nothing here makes others
        return array("h")
    samples = array("h", sound.samples[: len(sound.samples) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    return samples[:: max(sound.channels, 1)]
