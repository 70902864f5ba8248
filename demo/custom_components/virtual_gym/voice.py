"""Renders words as sound: with espeak-ng where it is installed, and otherwise as a soft tone of the same length."""

from array import array
import asyncio
from functools import lru_cache
import hashlib
import math
from typing import Final

from . import wav
from .speech import WORDS_PER_SECOND, seconds_for

PROGRAM: Final = "espeak-ng"
VOICES: Final = {
    "en": "en",
    "de": "de",
    "fr": "fr",
    "es": "es",
    "it": "it",
    "nl": "nl",
    "pt-BR": "pt-br",
    "ja": "ja",
    "zh-Hans": "cmn",
}
"""The languages there are, and what the program calls them."""

RATE: Final = 44_100
KEPT: Final = 400
LOUDNESS: Final = 2500
LOWEST_TONE: Final = 200
TONES: Final = 200


async def async_speak(program: str, text: str, language: str) -> bytes | None:
    """Have words spoken; nothing comes of it where the program fails."""
    process = await asyncio.create_subprocess_exec(
        program,
        *("-v", VOICES[language], "--stdin", "--stdout"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    # Through the input and not as a word of the command: what begins with a dash would be taken for an option.
    audio, _ = await process.communicate(text.encode())
    sound = wav.read(audio) if process.returncode == 0 else None
    return None if sound is None or not sound.samples else wav.write(sound, text)


@lru_cache(maxsize=KEPT)
def hum(text: str) -> bytes:
    """Hum as long as the words would take: a swell for each word, at a pitch of the text's own."""
    digest = hashlib.sha256(text.encode()).digest()
    swell = _swell(LOWEST_TONE + digest[0] % TONES)
    # Too soft to be heard, these make the samples of every text different.
    mark = array("h", digest).tobytes()
    samples = mark + swell * math.ceil(seconds_for(text) * WORDS_PER_SECOND)
    return wav.write(wav.Sound(rate=RATE, channels=1, width=2, samples=samples), text)


@lru_cache(maxsize=TONES)
def _swell(pitch: int) -> bytes:
    length = int(RATE / WORDS_PER_SECOND)
    return array(
        "h",
        (
            int(LOUDNESS * math.sin(math.pi * at / length) * math.sin(2 * math.pi * pitch * at / RATE))
            for at in range(length)
        ),
    ).tobytes()
