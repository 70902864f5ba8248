"""The built-in workouts are all there, as they were worked out, and safe for their level."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from custom_components.backstride import library
from custom_components.backstride.engine import energy
from custom_components.backstride.engine.fit import findings
from custom_components.backstride.engine.place import TO_CONFIRM, PlaceKind, Requirement
from custom_components.backstride.engine.scaling import scale
from custom_components.backstride.engine.session import start
from custom_components.backstride.engine.turns import with_turns
from custom_components.backstride.engine.workout import (
    Direction,
    Gait,
    Workout,
    expand,
    format_notation,
    parse,
)
from custom_components.backstride.engine.written import workout_from_data, workout_to_data

from .engine.instants import T0

LIBRARY = library.load_library()
FIGURES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "fixtures" / "library_figures.json").read_text()
)
EACH = pytest.mark.parametrize("workout", [pytest.param(workout, id=key) for key, workout in LIBRARY.items()])
NOT_SAID = ("treats", "cures", "heals", "prevents")


def test_all_thirty_five_are_there_once_each() -> None:
    files = sorted(Path(library.__file__).parent.glob("*.yaml"))
    ids = [data["id"] for path in files for data in yaml.safe_load(path.read_text(encoding="utf-8"))]
    assert len(ids) == len(set(ids)) == 35
    assert set(LIBRARY) == {figures["id"] for figures in FIGURES}


@pytest.mark.parametrize("figures", FIGURES, ids=lambda figures: str(figures["id"]))
def test_each_is_the_workout_that_was_worked_out(figures: dict[str, Any]) -> None:
    workout = LIBRARY[figures["id"]]
    intervals = tuple(expand(workout.items))
    assert workout.level == figures["level"]
    assert len(intervals) == figures["intervals"]
    assert workout.seconds == figures["total_s"]
    assert (
        sum(each.seconds for each in intervals if each.direction is Direction.BACKWARD)
        == figures["backward_s"]
    )
    spent, effort_before = 0.0, None
    for interval in intervals:
        spent += energy.interval_mets(interval, effort_before) * interval.seconds / 60
        effort_before = interval.effort
    assert spent == pytest.approx(figures["met_min"], abs=0.06)


@EACH
def test_each_keeps_its_levels_ceilings_wherever_it_fits(workout: Workout) -> None:
    assert workout.level is not None
    assert workout.place_kinds
    for place in workout.place_kinds:
        assert findings(tuple(expand(workout.items)), workout.level, place) == ()
        assert start(workout, T0, place=place).session.level is workout.level


@EACH
def test_on_a_treadmill_each_has_its_turns_already(workout: Workout) -> None:
    if PlaceKind.TREADMILL in workout.place_kinds:
        intervals = tuple(expand(workout.items))
        assert with_turns(intervals, confirmed=False) == intervals
        assert Requirement.CLIP in workout.requires


@EACH
def test_what_needs_consent_asks_for_it(workout: Workout) -> None:
    on_belt = PlaceKind.TREADMILL in workout.place_kinds
    runs_back = any(
        each.gait is Gait.RUN and each.direction is Direction.BACKWARD for each in expand(workout.items)
    )
    if on_belt and runs_back:
        assert {Requirement.HARNESS, Requirement.SPOTTER} <= set(workout.requires)
    if "knee" in workout.id:
        assert Requirement.PHYSIO_OK in set(workout.requires) & TO_CONFIRM


@EACH
def test_each_says_where_it_comes_from_and_promises_no_cure(workout: Workout) -> None:
    assert workout.source
    assert workout.note
    words = f"{workout.name} {workout.note} {workout.source} {format_notation(workout)}".lower()
    assert not [word for word in NOT_SAID if word in words]


@EACH
def test_each_survives_both_written_forms(workout: Workout) -> None:
    assert parse(format_notation(workout)).items == workout.items
    assert workout_from_data(workout_to_data(workout)) == workout


@EACH
def test_each_can_be_made_longer_and_shorter_and_still_fits(workout: Workout) -> None:
    assert workout.level is not None
    for place in workout.place_kinds:
        for minutes in (5, 10, 20, 30):
            scaled = scale(workout, minutes * 60, level=workout.level, place=place)
            assert findings(tuple(expand(scaled.workout.items)), workout.level, place) == ()
            assert scaled.reached == scaled.workout.seconds


def test_a_ten_minute_walk_for_a_beginner_is_ten_minutes() -> None:
    workout = LIBRARY["starter-treadmill"]
    assert workout.level is not None
    assert scale(workout, 600, level=workout.level, place=PlaceKind.TREADMILL).reached == 600
