"""How one walks and runs backward well, as cues of a few words each, and which of them fit whom and where.

Source: the technique of the two articles the project began with (head and chest up, the big toe first and a roll to the
heel, a soft landing on the ball of the foot when running, soft knees, arms that reach back, the core on), and the
project's own table of levels, which says until when the rails of a belt are held.

None of them asks for a glance or for looking round: on a belt and on stairs that costs balance, and elsewhere glances are
cues of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .levels import Level
from .place import PlaceKind
from .workout import Gait


class Technique(StrEnum):
    """What can be asked of the athlete's form, in the order in which it is first said."""

    HEAD_UP = "head_up"
    TOE_FIRST = "toe_first"
    SOFT_LANDING = "soft_landing"
    TOE_FINDS_STEP = "toe_finds_step"
    LIGHT_HANDS = "light_hands"
    HAND_ON_RAIL = "hand_on_rail"
    CHEST_UP = "chest_up"
    EYES_AHEAD = "eyes_ahead"
    KNEES_SOFT = "knees_soft"
    SMALL_STEPS = "small_steps"
    LONG_STEP = "long_step"
    QUICK_STEPS = "quick_steps"
    ARMS_BACK = "arms_back"
    CORE_ON = "core_on"


type Where = Mapping[PlaceKind, frozenset[Level]]
"""The levels that something fits, place by place; a place that is not there has none."""

_EVERYONE: Final = frozenset(Level)
_BEGINNERS: Final = frozenset({Level.L0, Level.L1})
_LETS_GO: Final = frozenset({Level.L3, Level.L4})
"""Who needs no rails on a belt; at L2 the hands are light or off, so neither is asked for."""

_EVERYWHERE: Final[Where] = MappingProxyType(dict.fromkeys(PlaceKind, _EVERYONE))
_ON_LEVEL_GROUND: Final = (PlaceKind.TREADMILL, PlaceKind.HALLWAY, PlaceKind.OUTDOOR)
_ON_STAIRS: Final[Where] = MappingProxyType({PlaceKind.STAIRS: _EVERYONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """For which gaits, and where, something of the technique is said."""

    gaits: frozenset[Gait] = frozenset(Gait)
    where: Where = _EVERYWHERE


_WALK: Final = frozenset({Gait.WALK})
_RUN: Final = frozenset({Gait.RUN})

_FITS: Final[Mapping[Technique, _Fit]] = MappingProxyType(
    {
        Technique.HEAD_UP: _Fit(),
        Technique.CHEST_UP: _Fit(),
        Technique.KNEES_SOFT: _Fit(),
        Technique.CORE_ON: _Fit(),
        # A fixed point is for whoever need not look where the way goes.
        Technique.EYES_AHEAD: _Fit(where={PlaceKind.TREADMILL: _EVERYONE}),
        Technique.TOE_FIRST: _Fit(gaits=_WALK, where=dict.fromkeys(_ON_LEVEL_GROUND, _EVERYONE)),
        Technique.SMALL_STEPS: _Fit(gaits=_WALK, where=dict.fromkeys(_ON_LEVEL_GROUND, _BEGINNERS)),
        Technique.LONG_STEP: _Fit(gaits=_WALK, where=dict.fromkeys(_ON_LEVEL_GROUND, _EVERYONE - _BEGINNERS)),
        Technique.SOFT_LANDING: _Fit(gaits=_RUN, where=dict.fromkeys(_ON_LEVEL_GROUND, _EVERYONE)),
        # Running backward, steps are quicker and shorter than forward at the same speed (Cavagna 2012).
        Technique.QUICK_STEPS: _Fit(gaits=_RUN, where=dict.fromkeys(_ON_LEVEL_GROUND, _EVERYONE)),
        Technique.LIGHT_HANDS: _Fit(where={PlaceKind.TREADMILL: _BEGINNERS}),
        Technique.ARMS_BACK: _Fit(
            gaits=_WALK | _RUN,
            where={
                PlaceKind.TREADMILL: _LETS_GO,
                PlaceKind.HALLWAY: _EVERYONE,
                PlaceKind.OUTDOOR: _EVERYONE,
            },
        ),
        Technique.TOE_FINDS_STEP: _Fit(where=_ON_STAIRS),
        Technique.HAND_ON_RAIL: _Fit(where=_ON_STAIRS),
    }
)


def fitting(gait: Gait, place: PlaceKind, level: Level) -> tuple[Technique, ...]:
    """Tell what of the technique fits how somebody moves backward at a place, in the order in which it is first said."""
    return tuple(
        each
        for each in Technique
        if gait in _FITS[each].gaits and level in _FITS[each].where.get(place, frozenset())
    )
