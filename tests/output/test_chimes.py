"""Chimes are what their notes say, end softly, and can be told apart without having learned them."""

from datetime import UTC, datetime
from functools import cache
from itertools import combinations
from pathlib import Path
import wave

import numpy as np
import numpy.typing as npt
import pytest

from custom_components.backstride.engine.cues import CueKind
from custom_components.backstride.engine.timeline import Cue
from custom_components.backstride.engine.workout import WALKING, Direction, Gait, Interval
from custom_components.backstride.output.chimes import (
    CHANGES,
    CHIMES,
    COUNT,
    RATE,
    SAMPLE_BYTES,
    Chime,
    chime,
    load,
)
from sounds.make import FOLDER, make

EACH = pytest.mark.parametrize("name", Chime)
FULL = 0x8000

type Samples = npt.NDArray[np.float64]


@cache
def samples(name: Chime) -> Samples:
    """Give a chime as shares of what there is."""
    return np.frombuffer(load(name), dtype="<i2") / FULL


def pitch(part: Samples) -> float:
    """Give the loudest frequency."""
    spectrum = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    return float(np.fft.rfftfreq(len(part), 1 / RATE)[spectrum.argmax()])


def energy(name: Chime, low: float, high: float) -> float:
    """Give the share of a chime's energy between two frequencies."""
    power = np.abs(np.fft.rfft(samples(name))) ** 2
    heard = np.fft.rfftfreq(len(samples(name)), 1 / RATE)
    return float(power[(heard >= low) & (heard <= high)].sum() / power.sum())


def cue(kind: CueKind, direction: Direction = Direction.BACKWARD) -> Cue:
    gait = Gait.WALK if direction in WALKING else Gait.NONE
    interval = Interval(direction=direction, gait=gait, seconds=60)
    return Cue(
        due=datetime(2026, 3, 1, tzinfo=UTC),
        kind=kind,
        provisional=False,
        interval=interval,
        names=interval,
        length=1,
        spoken=False,
    )


# The files


def test_made_anew_they_are_the_same(tmp_path: Path) -> None:
    """Whoever changes a note makes the sounds again."""
    (tmp_path / "gone.wav").touch()
    make(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    assert set(made) == {f"{name}.wav" for name in Chime}


def test_all_together_they_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_000_000


@EACH
def test_each_is_in_the_form_that_players_take(name: Chime) -> None:
    with wave.open(str(FOLDER / f"{name}.wav"), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, SAMPLE_BYTES)
        assert load(name) == file.readframes(file.getnframes())
    assert 0.1 <= len(samples(name)) / RATE <= 1.5


@EACH
def test_each_is_as_loud_as_the_others_and_begins_and_ends_without_a_click(name: Chime) -> None:
    sound = np.abs(samples(name))
    assert 20 * np.log10(sound.max()) == pytest.approx(-6, abs=0.05)
    assert sound[0] == sound[-1] == 0
    # The first and the last millisecond are hardly there yet, and nothing jumps in between.
    assert max(sound[: RATE // 1000].max(), sound[-RATE // 1000 :].max()) < 0.06
    assert np.abs(np.diff(samples(name))).max() < 0.25


@EACH
def test_each_is_at_once_what_it_is(name: Chime) -> None:
    """What fades in for long comes late."""
    assert np.abs(samples(name)[: RATE // 50]).max() > 0.1


@EACH
def test_each_is_where_old_ears_and_small_speakers_are_good(name: Chime) -> None:
    assert energy(name, 500, 3000) > 0.9
    assert energy(name, 4000, RATE) < 0.02


@pytest.mark.parametrize(("one", "other"), combinations(Chime, 2))
def test_no_two_are_alike(one: Chime, other: Chime) -> None:
    length = max(len(samples(one)), len(samples(other)))
    first, second = (np.pad(samples(each), (0, length - len(samples(each)))) for each in (one, other))
    assert np.sum((first - second) ** 2) > 0.2 * min(np.sum(first**2), np.sum(second**2))


def test_directions_move_as_the_athlete_does() -> None:
    def ends(name: Chime) -> tuple[float, float]:
        part = int(0.09 * RATE)
        return pitch(samples(name)[:part]), pitch(samples(name)[-2 * part : -part])

    begin, end = ends(Chime.BACKWARD)
    assert begin > 1.2 * end
    begin, end = ends(Chime.FORWARD)
    assert begin < end / 1.2
    for name in (Chime.SIDEWAYS, Chime.TURN):
        begin, end = ends(name)
        assert begin == pytest.approx(end, rel=0.03)
    turn = samples(Chime.TURN)
    half = len(turn) // 2
    assert pitch(turn[int(0.18 * RATE) : half]) > 1.2 * ends(Chime.TURN)[0]


def test_the_alarm_is_more_of_a_sound_than_all_others() -> None:
    mean = {name: float(np.mean(samples(name) ** 2)) for name in Chime}
    whole = {name: float(np.sum(samples(name) ** 2)) for name in Chime}
    assert mean.pop(Chime.ALARM) > 1.5 * max(mean.values())
    assert whole.pop(Chime.ALARM) > 4 * max(whole.values())


def test_a_count_leaves_room_for_the_next() -> None:
    assert {len(samples(name)) < RATE for name in (*COUNT, Chime.GO)} == {True}


# Which of them a cue has


def test_every_cue_has_a_chime_but_those_that_say_why_not() -> None:
    assert set(CHIMES) == set(CueKind)
    assert set(CHANGES) == set(Direction)
    without = {kind for kind in CueKind if chime(cue(kind)) is None}
    assert without == {CueKind.COUNTDOWN, CueKind.FORM}
    used = [found for kind in CueKind if (found := chime(cue(kind)))]
    assert len(set(used)) == len(used)


@pytest.mark.parametrize("direction", Direction)
def test_a_change_sounds_as_its_direction(direction: Direction) -> None:
    assert chime(cue(CueKind.CHANGE, direction)) == direction.value
