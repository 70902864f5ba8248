"""The built-in workouts: one YAML file per family, in the form that `engine.written` reads."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from ..engine.workout import Workout
from ..engine.written import workout_from_data

# The one written in C is ten times as fast, and not everywhere.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_library() -> Mapping[str, Workout]:
    """Read every built-in workout, by id. Reads files: call it in the executor."""
    workouts: dict[str, Workout] = {}
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        for data in yaml.load(path.read_text(encoding="utf-8"), _LOADER):  # noqa: S506 - safe, in either form
            workout = workout_from_data(data)
            workouts[workout.id] = workout
    return workouts
