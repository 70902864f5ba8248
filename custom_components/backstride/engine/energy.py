"""About how much energy moving costs, in MET and kcal. Every figure is an estimate: +-10 % for a group, +-20 % for one.

Level walking follows the LCDA equation (Looney 2019, doi 10.1249/mss.0000000000002002), scaled to the 2011 Compendium's
4.3 MET at 3.5 mph forward (code 17200). Uphill adds ACSM's 1.8 v G. Backward walking costs more in proportion to speed,
fixed by the Compendium's 6.0 MET at 3.5 mph (17320); uphill that surplus shrinks so that 5 % costs 8.0 MET (17325,
Chaloupka 1997) and stays there (Hooper 2004: no further interaction from 5 to 10 %). Running is ACSM's form with the
slope fitted to both Compendia; backward running costs a fifth more, the low end of what was measured (+15 % Williford
1998, +35 % Wright & Weyand 2001), hence a careful choice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
import math
from types import MappingProxyType
from typing import Final

from .workout import WALKING, Direction, Gait, Interval

METRES_PER_MINUTE: Final = 1000 / 60
"""One km/h in metres a minute."""
REST_VO2: Final = 3.5
"""Oxygen uptake of one MET, mL per kg and minute."""
KCAL_PER_LITRE: Final = 5.0
"""Energy of one litre of oxygen; with it 1 MET is 3.5 x kg / 200 kcal a minute."""

ANCHOR_KMH: Final = 3.5 * 1.609344
"""3.5 mph, the speed of all three Compendium anchors."""
FORWARD_ANCHOR: Final = 4.3
BACKWARD_ANCHOR: Final = 6.0
UPHILL_ANCHOR: Final = 8.0
UPHILL_GRADE: Final = 0.05

RUN_SLOPE: Final = 0.18
"""Least-squares fit to the Compendia of 2011 and 2024 (rms 5.3 and 3.6 %); ACSM's 0.20 is 9 to 11 % off."""
BACKWARD_RUN: Final = 1.20


def _lcda(kmh: float) -> float:
    """Level walking, W/kg (Looney 2019)."""
    speed = kmh / 3.6
    return 1.44 + 1.94 * math.pow(speed, 0.43) + 0.24 * math.pow(speed, 4)


def _uphill(kmh: float, grade: float, factor: float) -> float:
    """ACSM's cost of climbing, MET."""
    return factor * kmh * METRES_PER_MINUTE * grade / REST_VO2


_SCALE: Final = _lcda(ANCHOR_KMH) / FORWARD_ANCHOR
_SURPLUS: Final = (BACKWARD_ANCHOR / FORWARD_ANCHOR - 1) / ANCHOR_KMH
"""Backward surplus as a share of level forward cost, per km/h: about 7 %."""
_SURPLUS_UPHILL: Final = (UPHILL_ANCHOR - FORWARD_ANCHOR - _uphill(ANCHOR_KMH, UPHILL_GRADE, 1.8)) / (
    BACKWARD_ANCHOR - FORWARD_ANCHOR
)
"""What is left of that surplus from 5 % uphill on: about three quarters."""

REST: Final = _lcda(0) / _SCALE
"""Standing, MET: about 1.18."""
RECOVERY: Final = 4.0
"""Resting or easy walking after an effort of 6 or more, MET: an engineering choice, breathing is still fast."""
HARD: Final = 6
EASY: Final = 2
"""Effort of walking for which neither speed nor effort is known: a stroll rather than nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """Where a formula was checked; outside it the nearest edge is taken."""

    slowest: float
    fastest: float
    steepest: float


VALID: Final[Mapping[tuple[Direction, Gait], Validity]] = MappingProxyType(
    {
        (Direction.FORWARD, Gait.WALK): Validity(slowest=0.5, fastest=8.0, steepest=15),
        (Direction.BACKWARD, Gait.WALK): Validity(slowest=0.5, fastest=6.7, steepest=12),
        (Direction.FORWARD, Gait.RUN): Validity(slowest=6.0, fastest=16.0, steepest=10),
        (Direction.BACKWARD, Gait.RUN): Validity(slowest=6.0, fastest=12.0, steepest=10),
        (Direction.SIDEWAYS, Gait.SIDEWAYS): Validity(slowest=4.0, fastest=9.0, steepest=0),
    }
)
"""Speeds in km/h, grades in percent."""

EFFORT_METS: Final = (REST, 2.0, 2.8, 3.8, 5.0, 6.0, 7.5, 9.0, 10.5, 12.0, 13.5)
"""MET by effort 0-10, for sprints, jumps and drills that have no steady state: an engineering choice, rough."""


def mets(direction: Direction, gait: Gait, speed_kmh: float, grade_percent: float = 0.0) -> float:
    """Estimate the cost of moving at a steady speed; downhill counts as level, standing still as rest."""
    steady = _steady_gait(direction, gait)
    if steady is None or speed_kmh <= 0:
        return REST
    valid = VALID[direction, steady]
    kmh = min(max(speed_kmh, valid.slowest), valid.fastest)
    grade = min(max(grade_percent, 0.0), valid.steepest) / 100
    if direction is Direction.SIDEWAYS:
        # Through the two points of Williford 1998: 22.10 mL/kg/min at 4.827 km/h, 32.58 at 8.045.
        return 6.3143 + 0.9305 * (kmh - 4.827)
    if steady is Gait.RUN:
        forward = 1 + RUN_SLOPE * kmh * METRES_PER_MINUTE / REST_VO2 + _uphill(kmh, grade, 0.9)
        return BACKWARD_RUN * forward if direction is Direction.BACKWARD else forward
    level = _lcda(kmh) / _SCALE
    forward = level + _uphill(kmh, grade, 1.8)
    if direction is Direction.FORWARD:
        return forward
    shrunk = 1 - (1 - _SURPLUS_UPHILL) * min(grade, UPHILL_GRADE) / UPHILL_GRADE
    return forward + level * _SURPLUS * kmh * shrunk


def is_extrapolated(direction: Direction, gait: Gait, speed_kmh: float, grade_percent: float = 0.0) -> bool:
    """Tell whether the estimate had to fall back to the nearest edge of what the formula is good for."""
    steady = _steady_gait(direction, gait)
    if steady is None or speed_kmh <= 0:
        return False
    valid = VALID[direction, steady]
    return not (valid.slowest <= speed_kmh <= valid.fastest and 0 <= grade_percent <= valid.steepest)


def _steady_gait(direction: Direction, gait: Gait) -> Gait | None:
    """Give the gait whose formula applies; None for standing, turning and jumping, which have no steady speed."""
    if direction is Direction.SIDEWAYS:
        return None if gait is Gait.NONE else Gait.SIDEWAYS
    return gait if (direction, gait) in VALID else None


def interval_mets(
    interval: Interval,
    effort_before: int | None = None,
    *,
    speed_kmh: float | None = None,
    grade_percent: float | None = None,
) -> float:
    """Estimate the cost of one interval: by the speed walked or meant, else by its effort.

    `speed_kmh` and `grade_percent` are the measured ones where there are any; `effort_before` is the effort of the
    interval before.
    """
    speed = interval.speed_kmh if speed_kmh is None else speed_kmh
    grade = interval.grade_percent if grade_percent is None else grade_percent
    if speed is not None and _steady_gait(interval.direction, interval.gait):
        return mets(interval.direction, interval.gait, speed, grade)
    effort = interval.effort
    if effort is None:
        effort = EASY if interval.direction in WALKING else 0
    cost = EFFORT_METS[effort]
    recovering = (effort_before or 0) >= HARD > effort
    return max(cost, RECOVERY) if recovering else cost


def kcal_per_minute(mets: float, mass_kg: float, *, net: bool = False) -> float:
    """Turn MET into kcal a minute; `net` leaves out the one MET that resting would have cost."""
    counted = max(0.0, mets - 1) if net else mets
    return counted * REST_VO2 * mass_kg * KCAL_PER_LITRE / 1000
