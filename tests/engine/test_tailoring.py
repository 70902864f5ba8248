"""A workout is made to do what is wanted: never longer, faster or steeper than that."""

from dataclasses import replace

import pytest

from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.tailoring import Aim, Spot, find, shape
from custom_components.backstride.engine.workout import Workout, expand, parse

GYM = Spot(kind=PlaceKind.TREADMILL)


def _own(notation: str, key: str = "own") -> Workout:
    return Workout(id=key, name=key.title(), items=parse(notation).items)


def _made(notation: str, spot: Spot = GYM, **wanted: float) -> list[tuple[str, int, float | None, float]]:
    """Give the intervals that come of one workout."""
    workout = _own(notation)
    aim = Aim(level=Level.L3, seconds=shape(workout, spot.kind).seconds, kmh=wanted.get("kmh", 2.0))
    found = find({"own": workout}, workout, replace(aim, grade=wanted.get("grade", 0.0)), spot)
    assert found is not None
    return [
        (each.direction.value, each.seconds, each.speed_kmh, each.grade_percent)
        for each in expand(found.items)
    ]


def test_the_fastest_walk_gets_the_wanted_speed_and_the_others_their_share() -> None:
    made = _made("1m back @1, 2m back @2, 1m fwd @5", kmh=3.0)
    assert [speed for _, _, speed, _ in made] == [1.5, 3, 5]


def test_shares_are_rounded_down_and_not_below_what_belts_can() -> None:
    assert [speed for _, _, speed, _ in _made("1m back @1.5, 1m back @0.8, 2m back @4", kmh=2.1)] == [
        0.7,
        0.5,
        2.1,
    ]


def test_the_place_allows_less_than_what_is_wanted() -> None:
    slow = Spot(kind=PlaceKind.TREADMILL, max_kmh=0.4)
    assert [speed for _, _, speed, _ in _made("1m back @1, 2m back @2", slow)] == [0.4, 0.4]


def test_a_pace_that_is_left_to_the_athlete_stays_so() -> None:
    assert [speed for _, _, speed, _ in _made("1m back, 2m back @2", kmh=3.0)] == [None, 3]


def test_a_first_slope_comes_with_the_main_part_and_stays_off_the_way_forward() -> None:
    assert [grade for _, _, _, grade in _made("2m back @2, 1m fwd @4 3%", grade=1)] == [1, 3]


@pytest.mark.parametrize(("grade", "expected"), [(4, [4, 1.5]), (5, [5, 2]), (3, [3, 1])])
def test_slopes_keep_their_proportion(grade: float, expected: list[float]) -> None:
    assert [grade for _, _, _, grade in _made("2m back @2 5%, 2m back @2 2%", grade=grade)] == expected


def test_down_stays_down() -> None:
    assert [grade for _, _, _, grade in _made("4m back @2 -4%", grade=2)] == [-2]


def test_gently_means_flat_whichever_way() -> None:
    workout = _own("2m back @2, 1m fwd @4 3%")
    aim = Aim(level=Level.L3, seconds=120, kmh=2, gently=True)
    found = find({"own": workout}, workout, aim, GYM)
    assert found is not None
    assert {each.grade_percent for each in expand(found.items)} == {0}


@pytest.mark.parametrize("seconds", [150, 180, 200, 240, 270])
def test_the_backward_time_is_what_is_wanted_whatever_else_there_is(seconds: int) -> None:
    workout = _own("2m fwd @4, 3x(1m back @2, 20s rest), 1m fwd @3")
    found = find({"own": workout}, workout, Aim(level=Level.L1, seconds=seconds, kmh=2), GYM)
    assert found is not None
    # Rounds come whole, so that not every second can be had.
    assert seconds - 20 <= shape(found, GYM.kind).seconds <= seconds


def test_what_cannot_be_that_short_is_not_taken() -> None:
    workout = _own("10m back @2")
    assert find({"own": workout}, None, Aim(level=Level.L1, seconds=299, kmh=2), GYM) is None
    assert find({"own": workout}, None, Aim(level=Level.L1, seconds=300, kmh=2), GYM) is not None


def test_what_is_over_the_level_in_a_way_that_nobody_can_lower_is_not_taken() -> None:
    workout = Workout(id="own", name="Own", items=parse("11m back @2").items, level=Level.L1)
    assert find({"own": workout}, workout, Aim(level=Level.L1, seconds=600, kmh=2), GYM) is None


def test_the_most_alike_is_taken() -> None:
    workouts = {each.id: each for each in (_own("4m back @1.2", "slow"), _own("4m back @2", "right"))}
    found = find(workouts, None, Aim(level=Level.L1, seconds=240, kmh=2), GYM)
    assert found is not None
    assert found.id == "right"


def test_without_any_backward_walking_it_is_none_of_ours() -> None:
    workout = _own("4m fwd @4")
    assert find({"own": workout}, workout, Aim(level=Level.L1, seconds=240, kmh=2), GYM) is None
