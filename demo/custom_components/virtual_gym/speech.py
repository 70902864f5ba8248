"""Remembers which words a sound says, and lists what was heard."""

from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime
import hashlib
from typing import Final

from yarl import URL

from homeassistant.util.hass_dict import HassKey

from . import tones, wav
from .const import PLAYED_KEPT

TEXTS_KEPT: Final = 2000
WORDS_PER_SECOND: Final = 4.0
LETTERS_PER_WORD: Final = 6
"""How languages that put no space between words are counted."""


class Spoken:
    """Knows the words of everything that was rendered."""

    def __init__(self) -> None:
        """Begin without any."""
        self._texts: dict[str, str] = {}
        self._pitched: dict[int, str] = {}
        """What was last said at each of the known pitches."""

        self.read_stream: Callable[[str], Awaitable[bytes | None]] | None = None
        """Reads speech by its address without a web server, where there is speech at all."""

    def remember(self, audio: bytes, text: str, pitch: int | None = None) -> None:
        """Remember what a file says, also by its samples alone: who puts files together keeps only those.

        What is converted as well is still known by its pitch, where it has one of its own.
        """
        if pitch is not None:
            self._pitched[pitch] = text
        for key in _keys(audio):
            self._texts.pop(key, None)
            self._texts[key] = text
        while len(self._texts) > TEXTS_KEPT:
            del self._texts[next(iter(self._texts))]

    def text_of(self, audio: bytes, sound: wav.Sound | None = None) -> str | None:
        """Say what a file says. What it carries itself comes first: it may be older than our memory."""
        if title := wav.title_of(audio):
            return title
        known = next((self._texts[key] for key in _keys(audio) if key in self._texts), None)
        pitch = None if known is not None or sound is None else tones.pitch_of(sound)
        return known if pitch is None else self._pitched.get(pitch)


SPOKEN: HassKey[Spoken] = HassKey("virtual_gym_spoken")


class Played:
    """The last things a speaker said, in the order they were heard."""

    def __init__(self) -> None:
        """Begin in silence."""
        self._clips: deque[dict[str, str]] = deque(maxlen=PLAYED_KEPT)

    def add(self, text: str, at: datetime) -> None:
        """Add what is heard from an instant on."""
        self._clips.append({"text": text, "at": at.isoformat()})

    def cut(self, now: datetime) -> None:
        """Take away what is not heard any more: of a file that says several things some may still be to come."""
        while self._clips and datetime.fromisoformat(self._clips[-1]["at"]) > now:
            self._clips.pop()

    @property
    def clips(self) -> list[dict[str, str]]:
        """Give them all, as an attribute wants them."""
        return list(self._clips)


def words_of(media_id: str) -> str:
    """Give the words an address of speech carries; for any other the address itself says what was played."""
    return URL(media_id).query.get("message", media_id) if media_id.startswith("media-source:") else media_id


def seconds_for(text: str) -> float:
    """Tell about how long it takes to say something."""
    return max(len(text.split()), len(text) / LETTERS_PER_WORD, 1) / WORDS_PER_SECOND


def _keys(audio: bytes) -> list[str]:
    sound = wav.read(audio)
    contents = [audio] if sound is None else [audio, sound.samples]
    return [hashlib.sha256(content).hexdigest() for content in contents]
