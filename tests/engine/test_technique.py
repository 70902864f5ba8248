"""What is asked of the athlete's form fits how, where and how well somebody moves."""

from itertools import product

import pytest

from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.technique import Technique, fitting
from custom_components.backstride.engine.workout import Gait

BEGINNERS = {Level.L0, Level.L1}
EVERY = tuple(product(Gait, PlaceKind, Level))


@pytest.mark.parametrize(("gait", "place", "level"), EVERY)
def test_there_is_always_something_else_to_say(gait: Gait, place: PlaceKind, level: Level) -> None:
    """Four at least, so that a long stretch does not drone."""
    assert len(fitting(gait, place, level)) >= 4


@pytest.mark.parametrize(("gait", "place", "level"), EVERY)
def test_hands_are_on_rails_where_there_are_rails_that_are_needed(
    gait: Gait, place: PlaceKind, level: Level
) -> None:
    said = fitting(gait, place, level)
    assert (Technique.LIGHT_HANDS in said) is (place is PlaceKind.TREADMILL and level in BEGINNERS)
    assert (Technique.HAND_ON_RAIL in said) is (place is PlaceKind.STAIRS)


@pytest.mark.parametrize(("gait", "place", "level"), EVERY)
def test_arms_reach_back_only_where_no_rail_is_needed(gait: Gait, place: PlaceKind, level: Level) -> None:
    lets_go = place in {PlaceKind.HALLWAY, PlaceKind.OUTDOOR} or (
        place is PlaceKind.TREADMILL and level in {Level.L3, Level.L4}
    )
    says_it = Technique.ARMS_BACK in fitting(gait, place, level)
    assert says_it is (lets_go and gait in {Gait.WALK, Gait.RUN})


@pytest.mark.parametrize(
    ("gait", "says", "never"),
    [
        (Gait.WALK, Technique.TOE_FIRST, Technique.SOFT_LANDING),
        (Gait.RUN, Technique.SOFT_LANDING, Technique.TOE_FIRST),
    ],
)
@pytest.mark.parametrize("place", sorted(set(PlaceKind) - {PlaceKind.STAIRS}))
@pytest.mark.parametrize("level", Level)
def test_who_walks_rolls_and_who_runs_lands_softly(
    gait: Gait, says: Technique, never: Technique, place: PlaceKind, level: Level
) -> None:
    assert says in fitting(gait, place, level)
    assert never not in fitting(gait, place, level)


@pytest.mark.parametrize("level", Level)
def test_steps_grow_with_the_level(level: Level) -> None:
    said = fitting(Gait.WALK, PlaceKind.TREADMILL, level)
    assert (Technique.SMALL_STEPS in said) is (level in BEGINNERS)
    assert (Technique.LONG_STEP in said) is (level not in BEGINNERS)


def test_a_fixed_point_is_for_who_need_not_look_where_the_way_goes() -> None:
    for gait, place, level in EVERY:
        assert (Technique.EYES_AHEAD in fitting(gait, place, level)) is (place is PlaceKind.TREADMILL)


def test_everything_is_said_somewhere() -> None:
    assert {each for one in EVERY for each in fitting(*one)} == set(Technique)
