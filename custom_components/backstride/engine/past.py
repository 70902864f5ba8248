"""What of a past session decides the next one."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from .events import Reason
from .levels import CEILINGS, Level
from .place import PlaceKind
from .record import Record
from .state import SessionState

TOO_HARD: Final = 8
"""Effort that calls for a step back, also where a level allows it in a workout."""
TOO_MUCH_PAIN: Final = 4
"""Pain that calls for a step back: "pain > 3/10" (4.4)."""
MORE_PAIN: Final = 1
"""How much more pain than the time before is still nothing: "pain change <= 1/10" (reference/science.md 4.4)."""
HARD_GRADE: Final = 5.0
"""Percent from which a slope counts as hard: the lowest that any hill workout has (engineering choice)."""

SAME_SECONDS: Final = 30
SAME_KMH: Final = 0.05
SAME_GRADE: Final = 0.5
"""Sessions this near to each other are the same: less than the least step from one to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A session that is over."""

    day: date
    """The athlete's."""
    ended_at: datetime
    level: Level
    place: PlaceKind
    workout_id: str = ""
    backward_seconds: float
    kmh: float | None = None
    """Of the fastest backward walk; None where nothing tells."""
    grade_percent: float = 0.0
    ran: bool = False
    """Whether it was more than walking backward."""
    effort: int | None = None
    pain: int | None = None
    stumbles: int = 0
    outcome: SessionState = SessionState.COMPLETED
    reason: Reason | None = None

    @property
    def is_completed(self) -> bool:
        """Whether it was walked to its end."""
        return self.outcome is SessionState.COMPLETED

    @property
    def was_too_hard(self) -> bool:
        """Whether its effort calls for a step back."""
        return (self.effort or 0) >= TOO_HARD

    @property
    def hurt(self) -> bool:
        """Whether its pain calls for a step back."""
        return (self.pain or 0) >= TOO_MUCH_PAIN

    @property
    def is_hard(self) -> bool:
        """Whether muscles ache after it that are not used to it."""
        return self.ran or self.grade_percent >= HARD_GRADE

    def is_clean(self, earlier: Past | None) -> bool:
        """Tell whether it counts for the next step, after the session before it.

        What nobody rated was not too hard: who never answers would stay at the first steps for ever.
        """
        more_pain = (self.pain or 0) - ((earlier.pain or 0) if earlier else 0)
        return (
            self.is_completed
            and not self.stumbles
            and (self.effort or 0) <= min(CEILINGS[self.level].effort, TOO_HARD - 1)
            and not self.hurt
            and more_pain <= MORE_PAIN
            and self.reason is not Reason.EMERGENCY
        )

    def is_like(self, other: Past) -> bool:
        """Tell whether as much was done as in another."""
        return not self._exceeds(other) and not other._exceeds(self)

    def is_more_than(self, other: Past) -> bool:
        """Tell whether more was done than in another, and nothing less; of easy days between hard ones the hard ones count."""
        if self.is_hard is not other.is_hard:
            return self.is_hard
        return self._exceeds(other) and not other._exceeds(self)

    def _exceeds(self, other: Past) -> bool:
        """Tell whether it was longer, faster or steeper."""
        faster = self.kmh is not None and other.kmh is not None and self.kmh - other.kmh > SAME_KMH
        longer = self.backward_seconds - other.backward_seconds > SAME_SECONDS
        return faster or longer or self.grade_percent - other.grade_percent > SAME_GRADE


def past(record: Record) -> Past:
    """Take what matters from a record."""
    return Past(
        day=record.day,
        ended_at=record.ended_at,
        level=record.level,
        place=record.place,
        workout_id=record.workout_id,
        backward_seconds=record.backward_seconds,
        kmh=record.peak.kmh,
        grade_percent=record.peak.grade_percent,
        ran=record.peak.ran,
        effort=record.rating.effort,
        pain=record.rating.pain,
        stumbles=record.rating.stumbles,
        outcome=record.outcome,
        reason=record.reason,
    )
