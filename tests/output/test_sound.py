"""Sound is read as it is meant, put together to the sample, and marked with what it says."""

from array import array
from collections.abc import Iterable
from contextlib import suppress
from io import BytesIO
import math
import struct
import wave

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.output.chimes import Chime
from custom_components.backstride.output.sound import RATE, SOFT, Clip, Placed, load_chimes, read, write
from demo.custom_components.virtual_gym import wav

HUNDREDTH = RATE // 100
STREAM = 0xFFFF_FFFF
"""What ffmpeg writes for a length when it writes into a pipe."""
DATA_AT = 40
"""Where the length of the samples is written in a file that has nothing but them."""


def tone(hundredths: int, loudness: int = 9000) -> bytes:
    """Sound for some hundredths of a second."""
    wave_form = (int(loudness * math.cos(at / 9)) for at in range(hundredths * HUNDREDTH))
    return array("h", wave_form).tobytes()


def silence(hundredths: int) -> bytes:
    return bytes(2 * hundredths * HUNDREDTH)


def wav_file(samples: bytes, *, channels: int = 1, width: int = 2, rate: int = RATE) -> bytes:
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(channels)
        writer.setsampwidth(width)
        writer.setframerate(rate)
        writer.writeframes(samples)
    return file.getvalue()


def told_lengths(file: bytes, *, whole: int, data: int) -> bytes:
    """Give a file whose header tells other lengths."""
    changed = bytearray(file)
    struct.pack_into("<I", changed, 4, whole)
    struct.pack_into("<I", changed, DATA_AT, data)
    return bytes(changed)


def channels(file: bytes) -> tuple[array[int], array[int]]:
    with wave.open(BytesIO(file)) as reader:
        assert (reader.getnchannels(), reader.getsampwidth(), reader.getframerate()) == (2, 2, RATE)
        both = array("h", reader.readframes(reader.getnframes()))
    return both[0::2], both[1::2]


def heard_in(samples: Iterable[int]) -> list[int]:
    return [at for at, sample in enumerate(samples) if abs(sample) > SOFT]


# Reading


def test_the_silence_around_the_words_is_cut_off_and_the_pause_between_them_is_kept() -> None:
    words = tone(20) + silence(30) + tone(10)
    assert read(wav_file(silence(25) + words + silence(14))) == Clip(words)
    assert read(wav_file(words)) == Clip(words)


def test_a_clip_lasts_from_its_first_to_its_last_audible_instant() -> None:
    assert read(wav_file(silence(100) + tone(150) + silence(100))).seconds == pytest.approx(1.5)
    assert Clip(b"").seconds == 0


@pytest.mark.parametrize("loudest", [SOFT, -SOFT])
def test_what_is_just_too_soft_is_silence(loudest: int) -> None:
    assert read(wav_file(array("h", [loudest] * RATE).tobytes())) == Clip(b"")


@pytest.mark.parametrize("loudest", [SOFT + 1, -SOFT - 1])
def test_a_single_sample_that_is_loud_enough_is_heard(loudest: int) -> None:
    samples = array("h", [0] * RATE)
    samples[RATE // 2] = loudest
    clip = read(wav_file(samples.tobytes()))
    assert clip.seconds == pytest.approx(0.01)
    assert loudest in array("h", clip.samples)


@pytest.mark.parametrize("length", [0, 1, HUNDREDTH - 1, HUNDREDTH, HUNDREDTH + 1])
def test_a_sound_may_be_as_short_as_it_likes(length: int) -> None:
    samples = array("h", [9000] * length).tobytes()
    assert read(wav_file(samples)) == Clip(samples)


def test_half_a_sample_at_the_end_is_left_out() -> None:
    file = wav_file(tone(10))
    assert read(told_lengths(file + b"\x01", whole=STREAM, data=STREAM)) == Clip(tone(10))


@pytest.mark.parametrize(
    ("whole", "data"),
    [
        pytest.param(STREAM, STREAM, id="a pipe of ffmpeg"),
        pytest.param(36, 0, id="a header that was written before there was anything"),
        pytest.param(0, 0, id="nothing known at all"),
        pytest.param(36 + 2 * RATE, 2 * RATE, id="longer than what came"),
    ],
)
def test_what_is_there_counts_where_the_length_of_a_stream_was_not_known(whole: int, data: int) -> None:
    file = wav_file(silence(5) + tone(40))
    assert read(told_lengths(file, whole=whole, data=data)) == Clip(tone(40))


def test_a_title_before_or_behind_the_samples_is_no_sound() -> None:
    sound = wav.Sound(rate=RATE, channels=1, width=2, samples=tone(10))
    assert read(wav.write(sound, "data of the session")) == Clip(tone(10))
    assert read(wav_file(tone(10)) + b"LIST\x04\x00\x00\x00INFO") == Clip(tone(10))


@pytest.mark.parametrize("form", [{"channels": 2}, {"width": 1}, {"rate": 22_050}, {"rate": 48_000}], ids=str)
def test_a_file_of_another_form_is_refused(form: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="instead of"):
        read(wav_file(tone(10), **form))


def test_samples_that_are_no_whole_numbers_are_refused() -> None:
    file = bytearray(wav_file(tone(10)))
    struct.pack_into("<H", file, 20, 3)
    with pytest.raises(ValueError, match="instead of"):
        read(bytes(file))


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"ID3\x04 is how an mp3 begins",
        b"RIFF\x04\x00\x00\x00AVI ",
        b"RIFF\x04\x00\x00\x00WAVE",
        wav_file(tone(1))[:DATA_AT],
        wav_file(tone(1))[:30],
        b"RIFF\x00\x00\x00\x00WAVEdata\x02\x00\x00\x00\x00\x00",
    ],
)
def test_what_is_no_sound_is_refused(file: bytes) -> None:
    with pytest.raises(ValueError, match="WAV"):
        read(file)


@given(noise=st.binary(max_size=200), whole=st.booleans())
def test_no_file_whatsoever_raises_anything_else(noise: bytes, *, whole: bool) -> None:
    file = b"RIFF\x00\x00\x00\x00WAVEfmt " + noise if whole else noise
    with suppress(ValueError):
        assert len(read(file).samples) <= len(file)


# Writing


def test_each_sound_is_at_its_place_in_both_channels() -> None:
    left, right = channels(write([Placed(0.5, "one", Clip(tone(10))), Placed(1.25, "two", Clip(tone(20)))]))
    assert left == right
    assert len(left) == RATE * 145 // 100
    heard = heard_in(left)
    assert heard[0] == RATE // 2
    assert heard_in(left[RATE * 60 // 100 :])[0] == RATE * 65 // 100
    assert left[RATE // 2 : RATE * 60 // 100].tobytes() == tone(10)
    assert left[RATE * 125 // 100 :].tobytes() == tone(20)


def test_a_sound_waits_until_the_one_ahead_of_it_is_over() -> None:
    left, _ = channels(write([Placed(0.0, "long", Clip(tone(30))), Placed(0.1, "next", Clip(tone(10)))]))
    assert left.tobytes() == tone(30) + tone(10)


def test_nothing_to_hear_is_a_file_all_the_same() -> None:
    left, _ = channels(write([]))
    assert list(left) == [0]
    assert wav.marks_of(write([])) == []


def test_there_is_a_mark_for_each_sound() -> None:
    file = write(
        [
            Placed(0.25, "Three", Clip(tone(30))),
            Placed(0.0, "Zwei", Clip(tone(10))),
            Placed(2.0, "後ろへ", Clip(b"")),
            Placed(2.0, "", Clip(tone(1))),
        ]
    )
    marks = wav.marks_of(file)
    assert [text for _, text in marks] == ["Three", "Zwei", "後ろへ", ""]
    assert [at for at, _ in marks] == pytest.approx([0.25, 0.55, 2.0, 2.0])


placed = st.builds(
    Placed,
    st.floats(min_value=0, max_value=3),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9),
    st.integers(min_value=0, max_value=40).map(lambda hundredths: Clip(tone(hundredths))),
)


@given(sounds=st.lists(placed, max_size=6))
def test_whatever_is_put_together_nothing_is_early_nothing_overlaps_and_all_of_it_is_there(
    sounds: list[Placed],
) -> None:
    file = write(sounds)
    left, right = channels(file)
    marks, over = wav.marks_of(file), 0
    assert left == right
    assert [text for _, text in marks] == [one.text for one in sounds]
    for (at, _), one in zip(marks, sounds, strict=True):
        begin = round(at * RATE)
        assert begin == max(round(one.offset * RATE), over)
        length = len(one.clip.samples) // 2
        assert left[begin : begin + length].tobytes() == one.clip.samples
        assert not any(left[over:begin])
        over = begin + length
    assert len(left) == max(over, 1)
    assert struct.unpack_from("<I", file, 4) == (len(file) - 8,)


def test_what_players_read_who_know_no_marks_ends_with_the_sound() -> None:
    """The marks stand behind the samples; with them in front, some would play them."""
    file = write([Placed(0.0, "one", Clip(tone(10)))])
    assert file[36:40] == b"data"
    assert file[DATA_AT + 4 + 2 * len(tone(10)) :].startswith(b"cue ")


def test_chimes_are_as_their_files_are() -> None:
    loaded = load_chimes()
    assert set(loaded) == set(Chime)
    assert all(0.1 <= clip.seconds <= 1.5 for clip in loaded.values())
    assert [clip.says for clip in loaded.values()] == [f"({chime})" for chime in loaded]
