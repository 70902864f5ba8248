"""An ear at the pipe of a real player: when words begin, and which."""

from array import array

import pytest

from benchmarks.music_daemon import FRAME, RATE, Ear
from demo.custom_components.virtual_gym import tones, wav

TEXTS = ["first", "second", "third"]
CHUNK = 4096
"""How many bytes mpd writes at once."""


def played(number: int, words: int) -> bytes:
    """Give a text as mpd would play it."""
    plain = wav.read(tones.speak(" ".join(["word"] * words), tones.of(number)))
    assert plain is not None
    mono = array("h", plain.samples)
    return array("h", (each for sample in mono for each in (sample,) * 2)).tobytes()


def silence(seconds: float) -> bytes:
    return bytes(int(seconds * RATE) * FRAME)


class Pipe:
    """Hands on sound as a player does, a little ahead of its clock."""

    def __init__(self) -> None:
        """Listen at its end."""
        self.ear = Ear(0, lambda pitch: TEXTS[pitch] if pitch < len(TEXTS) else None)

    def play(self, sound: bytes, at: float) -> None:
        for begin in range(0, len(sound), CHUNK):
            self.ear.hear(sound[begin : begin + CHUNK], at + max(begin / FRAME / RATE - 0.01, 0))

    @property
    def heard(self) -> list[tuple[float, str | None]]:
        return [(round(sound.at, 3), sound.text) for sound in self.ear.sounds]


@pytest.fixture
def pipe() -> Pipe:
    return Pipe()


def test_words_of_one_sentence_are_one_sound_from_its_first_sample_on(pipe: Pipe) -> None:
    pipe.play(played(0, 5), 100.0)
    assert pipe.heard == [(100.0, "first")]


def test_silence_before_the_first_word_counts(pipe: Pipe) -> None:
    pipe.play(silence(0.75) + played(1, 2), 100.0)
    assert pipe.heard == [(100.75, "second")]


def test_the_same_words_again_after_a_pause_are_another_sound(pipe: Pipe) -> None:
    pipe.play(played(0, 2), 100.0)
    pipe.play(played(0, 2), 103.0)
    pipe.play(played(2, 1) + silence(1) + played(2, 1), 110.0)
    assert pipe.heard == [(100.0, "first"), (103.0, "first"), (110.0, "third"), (111.13, "third")]


def test_other_words_that_cut_in_are_another_sound(pipe: Pipe) -> None:
    """A player that begins anew throws away what it had, and its stream begins anew too."""
    long = played(0, 10)
    pipe.play(long[: len(long) // 2], 100.0)
    pipe.play(played(1, 3), 100.8)
    assert pipe.heard == [(100.0, "first"), (100.8, "second")]


def test_other_words_right_after_are_another_sound(pipe: Pipe) -> None:
    pipe.play(played(0, 2) + played(1, 2), 100.0)
    assert pipe.heard == [(100.0, "first"), (100.26, "second")]


def test_a_pitch_of_nobody_is_a_sound_without_words(pipe: Pipe) -> None:
    pipe.play(played(50, 2), 100.0)
    assert pipe.heard == [(100.0, None)]


def test_samples_that_arrive_in_halves_are_put_together(pipe: Pipe) -> None:
    sound = played(0, 1)
    pipe.ear.hear(sound[:4097], 100.0)
    pipe.ear.hear(sound[4097:], 100.02)
    assert pipe.heard == [(100.0, "first")]
