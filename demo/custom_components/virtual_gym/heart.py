"""A heart that follows what the body does, with the delay a heart has."""

import math
from typing import Final

REST: Final = 64.0
MOST: Final = 190.0

LAG: Final = 30.0
"""Seconds after which about two thirds of a change have happened."""

SETTLED: Final = 0.5
"""A strap shows whole beats: nearer to the goal than this nothing changes that could be seen."""


def wanted(speed: float, incline: float) -> float:
    """Give the beats per minute a walk at this speed (km/h) and incline (%) leads to in the end."""
    return min(REST + speed * (9 + 1.2 * incline), MOST)


def follow(beats: float, goal: float, seconds: float) -> float:
    """Let a heart near its goal for a while."""
    nearer = goal + (beats - goal) * math.exp(-seconds / LAG)
    return goal if abs(nearer - goal) < SETTLED else nearer
