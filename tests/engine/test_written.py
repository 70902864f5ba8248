"""A whole workout as data."""

from typing import Any

import pytest

from custom_components.backstride.engine.errors import InvalidWorkout
from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.place import TO_CONFIRM, PlaceKind, Requirement
from custom_components.backstride.engine.workout import parse
from custom_components.backstride.engine.written import workout_from_data, workout_to_data

FULL: dict[str, Any] = {
    "id": "up",
    "name": "Up",
    "level": "l2",
    "place_kinds": ["stairs", "hallway"],
    "clear_length_m": 5.0,
    "requires": ["handrail", "helper"],
    "note": "A helper below.",
    "source": "An article.",
    "intervals": [{"repeat": 2, "intervals": [{"direction": "backward", "seconds": 20, "effort": 5}]}],
}


def test_a_workout_is_read_as_it_is_written() -> None:
    workout = workout_from_data(FULL)
    assert workout.level is Level.L2
    assert workout.place_kinds == (PlaceKind.STAIRS, PlaceKind.HALLWAY)
    assert workout.requires == (Requirement.HANDRAIL, Requirement.HELPER)
    assert set(workout.requires) & TO_CONFIRM == {Requirement.HELPER}
    assert workout.seconds == 40
    assert workout_to_data(workout) == FULL


def test_what_goes_without_saying_is_not_written() -> None:
    data = workout_to_data(parse("1m back", name="Short"))
    assert data == {"name": "Short", "intervals": [{"direction": "backward", "seconds": 60}]}
    assert workout_from_data(data) == parse("1m back", name="Short")


@pytest.mark.parametrize(
    "damage",
    [
        {"level": "l9"},
        {"place_kinds": ["moon"]},
        {"requires": ["luck"]},
        {"intervals": 5},
        {"colour": "red"},
        {"place_kinds": 3},
    ],
)
def test_what_is_no_workout_is_refused_with_a_reason(damage: dict[str, Any]) -> None:
    with pytest.raises(InvalidWorkout, match="expected"):
        workout_from_data({**FULL, **damage})


def test_a_workout_needs_a_name() -> None:
    with pytest.raises(InvalidWorkout, match="expected"):
        workout_from_data({"intervals": FULL["intervals"]})
