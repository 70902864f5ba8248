"""Sound files with their words in them: made, and read again, also after others have converted or tagged them."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
import struct
from typing import Final
import wave

TITLE: Final = b"INAM"
"""Where a WAV file keeps its title; converters carry it over to the title of other formats."""

HEADER: Final = 12
"""The length of what stands before the first part of a WAV file."""

FORMAT_PART: Final = 24
POINT: Final = 24
"""What a cue point takes."""

ENCODINGS: Final = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}
"""How an ID3 tag says in its first byte in which encoding its text is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """What a WAV file holds."""

    rate: int
    channels: int
    width: int
    """Bytes per sample."""

    samples: bytes

    @property
    def seconds(self) -> float:
        """Tell how long it sounds."""
        return len(self.samples) / max(self.rate * self.channels * self.width, 1)


def write(sound: Sound, text: str) -> bytes:
    """Make a WAV file that has a text for its title."""
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setframerate(sound.rate)
        writer.setnchannels(sound.channels)
        writer.setsampwidth(sound.width)
        writer.writeframes(sound.samples)
    plain = file.getvalue()
    split = HEADER + FORMAT_PART
    title = _part(b"LIST", b"INFO" + _part(TITLE, text.encode() + b"\0"))
    # Before the samples, because who reads a stream does not look behind them.
    body = plain[8:split] + title + plain[split:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def read(audio: bytes) -> Sound | None:
    """Read a WAV file; nothing comes of anything else."""
    parts = dict(_parts(audio, HEADER)) if _is_wav(audio) else {}
    if b"data" not in parts or len(parts.get(b"fmt ", b"")) < 16:  # noqa: PLR2004 - what the six numbers take
        return None
    _kind, channels, rate, _bytes_per_second, _frame, bits = struct.unpack("<HHIIHH", parts[b"fmt "][:16])
    return Sound(rate=rate, channels=channels, width=bits // 8, samples=parts[b"data"])


def title_of(audio: bytes) -> str | None:
    """Give the title of a WAV file, or of anything that begins with an ID3 tag, as mp3 files do."""
    if not _is_wav(audio):
        return _id3_title(audio)
    for name, part in _parts(audio, HEADER):
        if name == b"LIST" and part.startswith(b"INFO"):
            for key, value in _parts(part, 4):
                if key == TITLE:
                    return value.rstrip(b"\0").decode(errors="replace")
    return None


def marks_of(audio: bytes) -> list[tuple[float, str]]:
    """Give what is said where in a WAV file that is marked with cue points and labels: seconds and words."""
    sound = read(audio)
    if sound is None:
        return []
    points, labels = dict[int, int](), dict[int, str]()
    for name, part in _parts(audio, HEADER):
        if name == b"cue ":
            (count,) = struct.unpack_from("<I", part)
            for at in range(4, 4 + count * POINT, POINT):
                number, *_, begin = struct.unpack_from("<II4sIII", part, at)
                points[number] = begin
        elif name == b"LIST" and part.startswith(b"adtl"):
            for key, value in _parts(part, 4):
                if key == b"labl":
                    (number,) = struct.unpack_from("<I", value)
                    labels[number] = value[4:].rstrip(b"\0").decode()
    return [(begin / sound.rate, labels.get(number, "")) for number, begin in points.items()]


def _is_wav(audio: bytes) -> bool:
    return audio[:4] == b"RIFF" and audio[8:HEADER] == b"WAVE"


def _part(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _parts(content: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    """Walk through the parts of a file. Who writes a stream does not know its length, so it may be too great."""
    while at + 8 <= len(content):
        (length,) = struct.unpack_from("<I", content, at + 4)
        yield content[at : at + 4], content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _id3_title(audio: bytes) -> str | None:
    if audio[:3] != b"ID3" or len(audio) < 10:  # noqa: PLR2004 - the length of the tag's own header
        return None
    seven_bits = audio[3] > 3  # noqa: PLR2004 - version 4 of the tag counts so in its frames too
    at, end = 10, 10 + _number(audio[6:10], bits=7)
    while at + 10 <= min(end, len(audio)):
        length = _number(audio[at + 4 : at + 8], bits=7 if seven_bits else 8)
        if audio[at : at + 4] == b"TIT2":
            text = audio[at + 11 : at + 10 + length]
            return text.decode(ENCODINGS.get(audio[at + 10], "utf-8"), errors="replace").rstrip("\0")
        at += 10 + length
    return None


def _number(digits: bytes, *, bits: int) -> int:
    number = 0
    for digit in digits:
        number = number << bits | digit
    return number
