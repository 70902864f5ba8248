"""Where a session happens, and what a workout may ask to be there."""

from enum import StrEnum
from typing import Final


class PlaceKind(StrEnum):
    """Where a session can happen."""

    TREADMILL = "treadmill"
    HALLWAY = "hallway"
    OUTDOOR = "outdoor"
    STAIRS = "stairs"


class Requirement(StrEnum):
    """What must be there before a workout starts; pre-flight shows each."""

    CLIP = "clip"
    HANDRAIL = "handrail"
    CLEAR_BEHIND = "clear_behind"
    """2 m without wall, furniture, child or pet past the open end of the belt (ASTM F2115-12)."""
    CLEAR_GROUND = "clear_ground"
    EVEN_SLOPE = "even_slope"
    SOFT_GROUND = "soft_ground"
    FAMILIAR_PATH = "familiar_path"
    WALL = "wall"
    CHAIR = "chair"
    DRY_LIT_STAIRS = "dry_lit_stairs"
    CONES = "cones"
    SPORTS_FIELD = "sports_field"
    SPORTS_GEAR = "sports_gear"
    SPOTTER = "spotter"
    HARNESS = "harness"
    HELPER = "helper"
    PHYSIO_OK = "physio_ok"


TO_CONFIRM: Final = frozenset({Requirement.HARNESS, Requirement.HELPER, Requirement.PHYSIO_OK})
"""Requirements that a reminder is not enough for: the athlete confirms each before the start. `fit.to_confirm` adds
what a place makes dangerous."""

GLANCING: Final = frozenset({PlaceKind.HALLWAY, PlaceKind.OUTDOOR})
"""Where looking over the shoulder helps. On a belt or on stairs it costs balance and is never asked for."""
