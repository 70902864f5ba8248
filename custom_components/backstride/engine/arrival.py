"""When somebody starts a belt for a backward walk: it stood, and now it runs slowly and evenly for a while."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from .levels import CEILINGS, Level

RUNS_FOR: Final = timedelta(seconds=5)
SLOW_KMH: Final = CEILINGS[Level.L0].walk_kmh
"""As slow as first steps backward; who walks forward is soon faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What was seen of a belt while no session was on."""

    stood: bool = False
    runs_since: datetime | None = None
    """Since when it runs slowly after it stood."""


def notice(arrival: Arrival, kmh: float | None, at: datetime) -> Arrival:
    """Take in a report of the speed; a belt that is lost or fast has to be seen standing again first."""
    if kmh is None or kmh > SLOW_KMH:
        return Arrival()
    if kmh <= 0:
        return Arrival(stood=True)
    return replace(arrival, runs_since=arrival.runs_since or at) if arrival.stood else arrival


def due(arrival: Arrival) -> datetime | None:
    """Tell when it counts as the beginning of a walk."""
    return None if arrival.runs_since is None else arrival.runs_since + RUNS_FOR
