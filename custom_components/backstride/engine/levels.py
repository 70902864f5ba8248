"""The five levels and what each allows, as one table.

Source of every figure: the project's level ceilings, an engineering choice derived from published programmes
(Cha 2016, Heath 2001, Alghadir 2019, Ordway 2016, Uthoff 2019); no study gives such a table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Level(StrEnum):
    """How far an athlete has come, from first steps to trained."""

    L0 = "l0"
    L1 = "l1"
    L2 = "l2"
    L3 = "l3"
    L4 = "l4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """What backward work may reach at one level."""

    walk_kmh: float
    """Fastest backward walk, km/h. 6.4 is the hard limit of any motorised treadmill without a harness."""
    grade_percent: float
    bout_seconds: int
    """Longest backward work without a rest, a turn or forward walking in between."""
    effort: int
    """Highest effort 0-10, in any direction."""
    run_effort: int | None
    """Highest effort of a backward run over ground; None where running is not allowed."""
    treadmill_run_kmh: float | None
    """Fastest backward run on a belt, km/h (harness and spotter confirmed each time); None where not allowed."""
    form_every: int
    """Seconds of backward work between two form cues: fewer as skill grows."""


CEILINGS: Final[Mapping[Level, Ceiling]] = MappingProxyType(
    {
        Level.L0: Ceiling(
            walk_kmh=1.6,
            grade_percent=0,
            bout_seconds=5 * 60,
            effort=4,
            run_effort=None,
            treadmill_run_kmh=None,
            form_every=30,
        ),
        Level.L1: Ceiling(
            walk_kmh=3.2,
            grade_percent=2,
            bout_seconds=10 * 60,
            effort=4,
            run_effort=None,
            treadmill_run_kmh=None,
            form_every=30,
        ),
        Level.L2: Ceiling(
            walk_kmh=4.8,
            grade_percent=5,
            bout_seconds=20 * 60,
            effort=5,
            run_effort=4,
            treadmill_run_kmh=None,
            form_every=35,
        ),
        Level.L3: Ceiling(
            walk_kmh=5.63,
            grade_percent=10,
            bout_seconds=30 * 60,
            effort=7,
            run_effort=7,
            treadmill_run_kmh=None,
            form_every=40,
        ),
        Level.L4: Ceiling(
            walk_kmh=6.4,
            grade_percent=12,
            bout_seconds=30 * 60,
            effort=10,
            run_effort=10,
            treadmill_run_kmh=9.7,
            form_every=45,
        ),
    }
)

ABOVE: Final[Mapping[Level, Level]] = MappingProxyType(dict(zip(Level, list(Level)[1:], strict=False)))
"""The next level of each that has one."""
BELOW: Final[Mapping[Level, Level]] = MappingProxyType({above: level for level, above in ABOVE.items()})
