"""Sound files with their words in them."""

import asyncio
from pathlib import Path
import struct

from hypothesis import given, strategies as st
import pytest

from demo.custom_components.virtual_gym import speech, voice, wav

SOUND = wav.Sound(rate=8000, channels=1, width=2, samples=bytes(16000))
PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1)


@given(PRINTABLE)
def test_the_words_come_out_of_a_file_as_they_went_in(text: str) -> None:
    audio = wav.write(SOUND, text)
    assert wav.title_of(audio) == text
    assert wav.read(audio) == SOUND


def test_a_file_of_a_stream_is_read_although_it_does_not_know_its_length() -> None:
    """What speaks to its output writes the header before it knows how much it will say."""
    audio = wav.write(SOUND, "hello").replace(
        b"data" + struct.pack("<I", 16000), b"data" + struct.pack("<I", 0x7FFFF000)
    )
    assert wav.read(audio) == SOUND
    assert wav.title_of(audio) == "hello"


@pytest.mark.parametrize("audio", [b"", b"RIFF", b"RIFF....WAVE", b"ID3", b"ID3\x04\x00\x00\x00\x00\x00\x7f"])
def test_what_is_no_sound_has_no_words(audio: bytes) -> None:
    assert wav.read(audio) is None
    assert wav.title_of(audio) is None


@pytest.mark.parametrize(
    ("version", "encoding", "text"), [(3, 0, "Grüße"), (3, 1, "日本語"), (4, 3, "日本語"), (4, 3, "a" * 300)]
)
def test_the_words_are_found_in_the_tag_of_an_mp3_file(version: int, encoding: int, text: str) -> None:
    content = bytes([encoding]) + text.encode(wav.ENCODINGS[encoding])

    def number(length: int) -> bytes:
        return bytes([0, 0, length >> 7, length & 127])

    size = number(len(content)) if version == 4 else struct.pack(">I", len(content))
    frames = b"TALB\0\0\0\x02\0\0\x03x" + b"TIT2" + size + b"\0\0" + content
    assert wav.title_of(b"ID3" + bytes([version, 0, 0]) + number(len(frames)) + frames) == text


@pytest.mark.parametrize("extension", ["mp3", "wav"])
async def test_the_words_survive_a_conversion(extension: str) -> None:
    """Home Assistant converts speech for players that want it otherwise, and may keep the result for years."""
    process = await asyncio.create_subprocess_exec(
        *("ffmpeg", "-loglevel", "error", "-f", "wav", "-i", "pipe:0"),
        *("-f", extension, "-ar", "44100", "-ac", "2", "pipe:1"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    audio, _ = await process.communicate(voice.hum("Langsam, Äpfel! 日本"))
    assert process.returncode == 0
    assert wav.title_of(audio) == "Langsam, Äpfel! 日本"


def test_humming_takes_as_long_as_the_words_would() -> None:
    short, long = wav.read(voice.hum("stop")), wav.read(voice.hum("one two three four five six seven eight"))
    assert short is not None
    assert long is not None
    assert short.seconds == pytest.approx(0.25, abs=0.01)
    assert long.seconds == pytest.approx(2, abs=0.01)


def test_no_two_texts_are_hummed_alike() -> None:
    sounds = [wav.read(voice.hum(f"{number} minutes")) for number in range(500)]
    assert len({sound.samples for sound in sounds if sound is not None}) == 500


async def test_a_program_that_speaks_is_given_the_words_and_its_name_of_the_language(tmp_path: Path) -> None:
    program, spoken, asked = tmp_path / "program", tmp_path / "spoken.wav", tmp_path / "asked"
    spoken.write_bytes(wav.write(SOUND, ""))
    program.write_text(f"#!/bin/sh\n(echo $@; cat) > {asked}\ncat {spoken}\n")
    program.chmod(0o755)
    audio = await voice.async_speak(str(program), "-1 °C", "zh-Hans")
    assert audio is not None
    assert wav.read(audio) == SOUND
    assert wav.title_of(audio) == "-1 °C"
    assert asked.read_text() == "-v cmn --stdin --stdout\n-1 °C"


async def test_a_program_that_fails_says_nothing() -> None:
    assert await voice.async_speak("false", "hello", "en") is None


def test_words_are_remembered_by_the_samples_where_the_file_does_not_carry_them() -> None:
    spoken = speech.Spoken()
    spoken.remember(voice.hum("faster"), "faster")
    sound = wav.read(voice.hum("faster"))
    assert sound is not None
    assert spoken.text_of(wav.write(sound, "")) == "faster"
    assert spoken.text_of(wav.write(SOUND, "")) is None


def test_only_so_many_words_are_remembered() -> None:
    spoken = speech.Spoken()
    for number in range(speech.TEXTS_KEPT + 1):
        spoken.remember(bytes([1]) * (number + 1), str(number))
    assert spoken.text_of(b"\1") is None
    assert spoken.text_of(b"\1\1") == "1"
