"""Sound as samples: read from what a speech engine made, put together to the instant, written as a file for a player.

Everything inside has one form: 16 bit, one channel, 44.1 kHz. What leaves has two channels, because that is what
players of all kinds take best.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
import struct
from typing import Final
import wave

from . import chimes
from .chimes import Chime

RATE: Final = 44_100
WIDTH: Final = 2
"""Bytes a sample."""
FORM: Final = (1, 1, WIDTH, RATE)
"""Whole numbers, one channel, bytes a sample, samples a second."""
BLOCK: Final = RATE // 100
"""Samples that are looked at together: a hundredth of a second is heard by nobody."""
SOFT: Final = 330
"""What is softer, about -40 dB, is silence before and after the words; engines leave up to a quarter of a second."""
_HEADER: Final = 12
"""Bytes before the first part of a WAV file."""
_FORMAT: Final = struct.Struct("<HHIIHH")


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound, from its first to its last audible instant."""

    samples: bytes
    says: str = ""
    """What is heard, where that is not the text in whose place it stands."""

    @property
    def seconds(self) -> float:
        """Tell how long it sounds."""
        return len(self.samples) / (WIDTH * RATE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A sound at its place in a file."""

    offset: float
    """Seconds from the beginning of the file."""
    text: str
    """What is to be heard there, in words."""
    clip: Clip


def read(file: bytes) -> Clip:
    """Read a WAV file of our form without the silence around it; raises ValueError for any other file."""
    parts = dict(_parts(file))
    try:
        kind, channels, rate, _, _, bits = _FORMAT.unpack_from(parts[b"fmt "])
        samples = parts[b"data"]
    except (KeyError, struct.error) as error:
        raise ValueError("no WAV file, or not a whole one") from error
    form = (kind, channels, bits // 8, rate)
    if form != FORM:
        raise ValueError(f"{form} instead of {FORM}")
    return Clip(_trimmed(samples))


def load_chimes() -> dict[Chime, Clip]:
    """Give all chimes; reads files the first time."""
    return {chime: Clip(chimes.load(chime), f"({chime})") for chime in Chime}


def write(placed: Iterable[Placed]) -> bytes:
    """Write sounds as one WAV file: each at its place, none before the one ahead of it is over.

    Where each begins and what it says is told by cue points and labels at the end of the file, where a player that does
    not know them never looks.
    """
    samples, marks = bytearray(), list[tuple[int, str]]()
    for one in placed:
        begin = max(round(one.offset * RATE), len(samples) // WIDTH)
        samples.extend(bytes(begin * WIDTH - len(samples)))
        samples.extend(one.clip.samples)
        marks.append((begin, one.text))
    mono = array("h", bytes(samples) or bytes(WIDTH))
    both = array("h", bytes(2 * WIDTH * len(mono)))
    both[0::2] = both[1::2] = mono
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(2)
        writer.setsampwidth(WIDTH)
        writer.setframerate(RATE)
        writer.writeframes(both.tobytes())
    body = file.getvalue()[8:] + b"".join(_told(marks))
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _told(marks: list[tuple[int, str]]) -> Iterator[bytes]:
    """Write where each sound begins, and its words."""
    points = (
        struct.pack("<II4sIII", number, begin, b"data", 0, 0, begin)
        for number, (begin, _) in enumerate(marks, start=1)
    )
    yield _part(b"cue ", struct.pack("<I", len(marks)) + b"".join(points))
    labels = (
        _part(b"labl", struct.pack("<I", number) + text.encode() + b"\0")
        for number, (_, text) in enumerate(marks, start=1)
    )
    yield _part(b"LIST", b"adtl" + b"".join(labels))


def _parts(file: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Take a WAV file apart.

    Who writes a stream does not know its length and tells none, or too great a one; what is there counts.
    """
    at = _HEADER if file[:4] == b"RIFF" and file[8:_HEADER] == b"WAVE" else len(file)
    while at + 8 <= len(file):
        name, (length,) = file[at : at + 4], struct.unpack_from("<I", file, at + 4)
        if name == b"data" and not length:
            length = len(file)
        yield name, file[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _part(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _trimmed(samples: bytes) -> bytes:
    """Cut off what nobody hears; a sound that is silent as a whole is nothing."""
    wave_form = array("h", samples[: len(samples) // WIDTH * WIDTH])
    blocks = range(0, len(wave_form), BLOCK)

    def is_heard(at: int) -> bool:
        block = wave_form[at : at + BLOCK]
        return max(block) > SOFT or min(block) < -SOFT

    first = next((at for at in blocks if is_heard(at)), None)
    if first is None:
        return b""
    last = next(at for at in reversed(blocks) if is_heard(at))
    return wave_form[first : last + BLOCK].tobytes()
