"""Tones that stand for words are told apart whatever becomes of the file."""

from array import array
import asyncio

from hypothesis import given, strategies as st
import pytest

from demo.custom_components.virtual_gym import speech, tones, wav


def sound(audio: bytes) -> wav.Sound:
    found = wav.read(audio)
    assert found is not None
    return found


@given(st.integers(0, tones.PITCHES - 1))
def test_every_pitch_is_recognised(number: int) -> None:
    heard = sound(tones.speak("step", tones.of(number)))
    assert tones.onset(heard) == 0.0
    assert tones.nearest(tones.pitch(heard, 0.0)) == number


def test_silence_has_neither_onset_nor_pitch() -> None:
    silence = wav.Sound(rate=8000, channels=1, width=2, samples=bytes(16000))
    assert tones.onset(silence) is None
    assert tones.pitch(silence, 0.0) == 0.0
    assert tones.nearest(0.0) is None
    assert tones.onset(wav.Sound(rate=8000, channels=1, width=1, samples=bytes([255]) * 100)) is None


def test_silence_before_the_first_word_is_measured() -> None:
    spoken = sound(tones.speak("step", 800))
    late = wav.Sound(
        rate=spoken.rate, channels=1, width=2, samples=bytes(2 * spoken.rate // 2 * 2) + spoken.samples
    )
    assert tones.onset(late) == pytest.approx(1.0)
    assert tones.pitch(late, 1.0) == pytest.approx(800, abs=5)


def test_the_words_are_known_by_the_pitch_where_nothing_else_is_left() -> None:
    """Who puts sounds together, louder and at another rate, leaves neither a title nor the samples as they were."""
    spoken = speech.Spoken()
    texts = [f"text {number}" for number in range(20)]
    for number, text in enumerate(texts):
        plain = tones.speak(text, tones.of(number))
        spoken.remember(plain, text, number)
        samples = array("h", sound(plain).samples)
        other = array("h", (each // 2 for one in samples for each in (one, one))).tobytes()
        audio = wav.write(wav.Sound(rate=tones.RATE, channels=2, width=2, samples=other), "")
        assert spoken.text_of(audio) is None
        assert spoken.text_of(audio, sound(audio)) == text


def test_a_pitch_that_nobody_has_says_nothing() -> None:
    spoken = speech.Spoken()
    audio = tones.speak("", tones.of(50))
    assert spoken.text_of(audio, sound(audio)) is None
    silence = wav.Sound(rate=8000, channels=1, width=2, samples=b"")
    assert spoken.text_of(wav.write(silence, ""), silence) is None


async def test_the_pitch_survives_mp3() -> None:
    for number in (0, 29, tones.PITCHES - 1):
        process = await asyncio.create_subprocess_exec(
            *("ffmpeg", "-loglevel", "error", "-i", "pipe:0", "-ar", "44100", "-ac", "2", "-b:a", "128k"),
            *("-map_metadata", "-1", "-f", "mp3", "pipe:1"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        encoded, _ = await process.communicate(tones.speak("step", tones.of(number)))
        back = await asyncio.create_subprocess_exec(
            *("ffmpeg", "-loglevel", "error", "-i", "pipe:0", "-f", "wav", "pipe:1"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        decoded, _ = await back.communicate(encoded)
        assert tones.pitch_of(sound(decoded)) == number
