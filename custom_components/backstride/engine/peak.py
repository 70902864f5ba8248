"""The most a session asked of somebody who walked backward: how fast, how steep, and whether it was walking at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from .state import Visit
from .workout import Direction, Gait

WALKED: Final = timedelta(seconds=10)
"""Less of an interval says nothing of whether somebody keeps up with it."""
CONSOLE_STEP_KMH: Final = 0.2
"""0.1 mph, rounded up: a belt that is set in such steps meets its target no better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """The hardest of a session's backward work."""

    kmh: float | None = None
    """The fastest walk that was planned and kept up with; None where nothing tells."""
    grade_percent: float = 0.0
    """The steepest, up or down."""
    ran: bool = False
    """Whether any of it was running or jumping."""


def peak(visits: Iterable[Visit]) -> Peak:
    """Find it in what was walked."""
    backward = [visit for visit in visits if visit.interval.direction is Direction.BACKWARD and visit.active]
    walked = [
        visit
        for visit in backward
        if visit.interval.gait is Gait.WALK and visit.active >= min(WALKED, visit.planned)
    ]
    return Peak(
        kmh=max(filter(None, map(_kmh, walked)), default=None),
        grade_percent=max(map(_grade, backward), default=0.0),
        ran=any(visit.interval.gait is not Gait.WALK for visit in backward),
    )


def _kmh(visit: Visit) -> float | None:
    """Give the planned speed, or the measured one where that was lower or nothing was planned."""
    planned, measured = visit.interval.speed_kmh, visit.measured.speed.highest
    if planned is None or measured is None:
        return planned or measured
    return planned if measured > planned - CONSOLE_STEP_KMH else measured


def _grade(visit: Visit) -> float:
    measured = visit.measured.incline.highest
    return abs(visit.interval.grade_percent if measured is None else measured)
