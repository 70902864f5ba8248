"""Heart rate: its maximum, zones and ceiling. Any formula's maximum is about +-10 beats for one person."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from .levels import Level

ZONE_FLOORS: Final = (0.0, 0.40, 0.60, 0.75, 0.90)
"""Where zones 1 to 5 begin, as a share of the heart-rate reserve: the bands of ACSM (Garber 2011), with its wide
vigorous band split in two as an engineering choice."""
ZONE_FLOORS_OF_MAXIMUM: Final = (0.0, 0.64, 0.77, 0.865, 0.96)
"""The same bands as a share of the maximum (Garber 2011), for those who do not know their resting heart rate."""

CEILING_SHARE: Final[Mapping[Level, float]] = MappingProxyType(
    {Level.L0: 0.85, Level.L1: 0.85, Level.L2: 0.85, Level.L3: 0.90, Level.L4: 0.95}
)
"""Share of the maximum above which a session is too hard: a safety choice, rising with training."""


def maximum(age: float) -> float:
    """Estimate the maximum heart rate, beats a minute (Tanaka: 208 - 0.7 age)."""
    return 208 - 0.7 * age


def target(share: float, *, highest: float, resting: float) -> float:
    """Give the heart rate at a share of the reserve (Karvonen)."""
    return resting + share * (highest - resting)


def zone_floors(*, highest: float, resting: float | None = None) -> tuple[float, ...]:
    """Give the heart rates at which the zones begin, beats a minute."""
    if resting is None:
        return tuple(share * highest for share in ZONE_FLOORS_OF_MAXIMUM)
    return tuple(target(share, highest=highest, resting=resting) for share in ZONE_FLOORS)


def per_zone(values: Iterable[float]) -> tuple[float, ...]:
    """Take one value for each zone, or none at all; raises ValueError for anything else."""
    each = tuple(float(value) for value in values)
    if len(each) not in {0, len(ZONE_FLOORS)}:
        raise ValueError(f"expected {len(ZONE_FLOORS)} zones, got {len(each)}")
    return each


def zone(heart_rate: float, floors: Sequence[float]) -> int:
    """Tell the zone, 1 to 5."""
    return max(1, sum(heart_rate >= floor for floor in floors))


def ceiling(level: Level, age: float) -> float:
    """Give the heart rate above which this level should slow down, beats a minute."""
    return CEILING_SHARE[level] * maximum(age)
