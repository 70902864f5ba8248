"""An athlete's last weeks as the rules of progression look at them.

The figures are those of reference/science.md 4.4; where one is an engineering choice of ours it says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, reduce
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from .levels import CEILINGS, Level
from .past import Past
from .tailoring import Spot

# Days off: 4.4 "7-13 days off: one step back; >= 14 days: one level back".
SHORT_BREAK_DAYS: Final = 7
LONG_BREAK_DAYS: Final = 14

# A week: 4.4 "weekly backward minutes never > +30 %" (Nielsen 2014).
WEEK: Final = timedelta(days=7)
MOST_GROWTH: Final = 1.3
FIRST_WEEK_SECONDS: Final = 25 * 60
"""Every week may have as much: the first one of the 5 -> 20 programme, five times five minutes."""

# Rest: 4.4 "48 h between hard incline or running sessions for the first 3 weeks".
REST: Final = timedelta(hours=48)
USED_TO_IT: Final = timedelta(weeks=3)

FULL_SECONDS: Final[Mapping[Level, int]] = MappingProxyType(
    {Level.L0: 5 * 60, Level.L1: 9 * 60, Level.L2: 20 * 60, Level.L3: 20 * 60, Level.L4: 20 * 60}
)
"""Where time has grown enough and it is the others' turn: the 5 -> 20 programme of 4.4, "then speed at fixed 20 min". A
higher daily goal raises it, up to the level's longest bout."""
SETTLING_SECONDS: Final = 60
"""What is shorter shows nothing about whether trouble is over (engineering choice)."""
REMEMBERED: Final = timedelta(weeks=8)
"""How far back sessions matter: as long as the 5 -> 20 programme. The latest one matters however old it is."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """An athlete's last weeks, seen from one day and one place."""

    past: tuple[Past, ...]
    """Oldest first."""
    level: Level
    goal_seconds: int
    spot: Spot
    today: date
    now: datetime

    @property
    def last(self) -> Past:
        """The latest session of all."""
        return self.past[-1]

    @cached_property
    def here(self) -> tuple[Past, ...]:
        """What was completed at such a place."""
        return tuple(each for each in self.past if each.is_completed and each.place is self.spot.kind)

    @cached_property
    def clean(self) -> tuple[Past, ...]:
        """What was clean, of all there is."""
        before = (None, *self.past)
        return tuple(each for each, earlier in zip(self.past, before, strict=False) if each.is_clean(earlier))

    @cached_property
    def unsettled(self) -> tuple[Past, ...]:
        """What no clean session at such a place has followed, and is none itself; latest first."""
        clean = {each for each in self.clean if each.place is self.spot.kind}
        return tuple(
            takewhile(
                lambda each: each not in clean or each.backward_seconds < SETTLING_SECONDS,
                reversed(self.past),
            )
        )

    @cached_property
    def run(self) -> tuple[Past, ...]:
        """The clean sessions here, at this level, since the last trouble or break; latest first."""
        clean = set(self.clean)
        found: list[Past] = []
        since = self.today
        for each in reversed(self.past):
            if each not in clean or each.level is not self.level:
                break
            if (since - each.day).days >= SHORT_BREAK_DAYS:
                break
            since = each.day
            if each.place is self.spot.kind and (self.today - each.day).days < LONG_BREAK_DAYS:
                found.append(each)
        return tuple(found)

    @cached_property
    def known(self) -> Past | None:
        """What the next one is measured by: the most that lately went well, or else the latest that was completed."""
        if self.run:
            return reduce(lambda most, each: each if each.is_more_than(most) else most, self.run)
        return self.here[-1] if self.here else None

    @property
    def days_off(self) -> int:
        """Days without a session."""
        return (self.today - self.last.day).days

    @property
    def full_seconds(self) -> int:
        """How far time grows at this level."""
        wanted = max(self.goal_seconds, FULL_SECONDS[self.level])
        return min(wanted, CEILINGS[self.level].bout_seconds)

    @property
    def went_well(self) -> int:
        """Count how often in a row what is known went well."""
        return sum(self.known is not None and each.is_like(self.known) for each in self.run)

    def room(self, day: date) -> float:
        """Tell how many seconds of backward walking this day may still bring: with its six days before, at most 30 % more than the week before."""
        first, before = day - WEEK, day - 2 * WEEK
        done = sum(each.backward_seconds for each in self.past if first < each.day <= day)
        earlier = sum(each.backward_seconds for each in self.past if before < each.day <= first)
        return max(MOST_GROWTH * earlier, FIRST_WEEK_SECONDS) - done

    @property
    def is_resting(self) -> bool:
        """Tell whether the legs of somebody new to hills or running still rest from the last time."""
        hard = [each.ended_at for each in self.past if each.is_hard]
        return bool(hard) and self.now - hard[-1] < REST and self.now - hard[0] < USED_TO_IT
