"""A whole workout as data: what YAML files, storage and snapshots hold."""

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from .errors import InvalidWorkout
from .levels import Level
from .notation import ItemData
from .place import PlaceKind, Requirement
from .remarks import Code
from .workout import Workout, item_to_data, items_from_data


class WorkoutData(TypedDict):
    """One workout; what is left out goes without saying."""

    name: str
    intervals: list[ItemData]
    id: NotRequired[str]
    level: NotRequired[str]
    place_kinds: NotRequired[list[str]]
    clear_length_m: NotRequired[float]
    requires: NotRequired[list[str]]
    note: NotRequired[str]
    source: NotRequired[str]


def workout_from_data(data: Mapping[str, Any]) -> Workout:
    """Make a workout from data; raises InvalidWorkout for what is not one."""
    if unknown := data.keys() - WorkoutData.__annotations__.keys():
        raise InvalidWorkout(Code.WORKOUT_FIELD, field=min(unknown))
    try:
        return Workout(
            name=data["name"],
            items=items_from_data(data["intervals"]),
            id=data.get("id", ""),
            level=Level(data["level"]) if "level" in data else None,
            place_kinds=tuple(PlaceKind(kind) for kind in data.get("place_kinds", ())),
            clear_length_m=data.get("clear_length_m", 0.0),
            requires=tuple(Requirement(requirement) for requirement in data.get("requires", ())),
            note=data.get("note", ""),
            source=data.get("source", ""),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidWorkout(Code.WORKOUT_DATA, problem=str(error)) from error


def workout_to_data(workout: Workout) -> WorkoutData:
    """Write a workout as data, leaving out what goes without saying."""
    data: WorkoutData = {"name": workout.name, "intervals": [item_to_data(item) for item in workout.items]}
    if workout.id:
        data["id"] = workout.id
    if workout.level:
        data["level"] = workout.level.value
    if workout.place_kinds:
        data["place_kinds"] = [kind.value for kind in workout.place_kinds]
    if workout.clear_length_m:
        data["clear_length_m"] = workout.clear_length_m
    if workout.requires:
        data["requires"] = [requirement.value for requirement in workout.requires]
    if workout.note:
        data["note"] = workout.note
    if workout.source:
        data["source"] = workout.source
    return data
