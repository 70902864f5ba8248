"""How long before its instant a sound must be sent, learned for each speaker from when it came for the sound."""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
import math
from typing import Final, TypedDict

UNKNOWN: Final = 0.5
"""Seconds, as long as nothing is known: most players come within this, and who comes early is given silence first."""
SPARE: Final = 0.1
"""Seconds on top of the slowest of late: it may be a little slower still."""
LONGEST: Final = 4.0
"""Seconds; who takes longer was switched off, or in trouble, and the next time says more."""
KEPT: Final = 8
"""What a player last needed counts, not what it once did."""
QUIET: Final = timedelta(seconds=5)
"""After this a sound is the first one again: many players close their output when nothing comes."""


class Moment(StrEnum):
    """When a sound is sent: it takes longer where a player has to wake."""

    FIRST = "first"
    """After silence."""
    NEXT = "next"
    """Right after another one."""


class LeadData(TypedDict, total=False):
    """What is kept of a speaker from one session to the next: seconds, the latest last."""

    first: list[float]
    next: list[float]


@dataclass(slots=True)
class Lead:
    """What one speaker needs."""

    seen: Mapping[Moment, deque[float]] = field(
        default_factory=lambda: {moment: deque(maxlen=KEPT) for moment in Moment}
    )

    def learn(self, moment: Moment, seconds: float) -> None:
        """Take note of how long it took from the call until the sound was fetched."""
        if 0 <= seconds <= LONGEST:
            self.seen[moment].append(seconds)

    def seconds(self, moment: Moment) -> float:
        """Tell how long before its instant to send a sound; what nothing is known of is taken from the other moment."""
        known = self.seen[moment] or [each for others in self.seen.values() for each in others]
        return max(known) + SPARE if known else UNKNOWN

    def to_data(self) -> LeadData:
        """Give what is to be kept."""
        return {"first": list(self.seen[Moment.FIRST]), "next": list(self.seen[Moment.NEXT])}


def read_lead(data: LeadData) -> Lead:
    """Read what was kept; raises ValueError or TypeError for what is none."""
    lead = Lead()
    for moment, seconds in zip(Moment, (data.get("first", []), data.get("next", [])), strict=True):
        for each in _numbers(seconds):
            lead.learn(moment, each)
    return lead


def _numbers(seconds: Iterable[float]) -> Iterable[float]:
    return (number for number in map(float, seconds) if math.isfinite(number))
