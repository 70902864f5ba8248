"""The guard: what is unsafe now, and how far each hazard has climbed its ladder.

Each hazard climbs by itself: it is told at once, then holds the session, then ends it, as far as its ladder and its
sensor's setting go. It must be there at the instant it climbs, and must be gone for a while until it is cleared: sensors
flicker. Neither delays the first warning.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Cause(StrEnum):
    """What makes walking backward unsafe."""

    OBSTACLE = "obstacle"
    SENSOR_LOST = "sensor_lost"
    HEART_RATE = "heart_rate"
    OVER_CEILING = "over_ceiling"
    """The belt runs faster than the athlete's level or the place allows."""
    NOT_FOLLOWING = "not_following"
    """The belt does not do what it is asked."""
    LINK_LOST = "link_lost"
    """Nobody knows what the belt does."""
    BELT_STOPPED = "belt_stopped"
    """By the safety key or at the console."""
    OVERLONG = "overlong"


class Reaction(StrEnum):
    """What a hazard leads to, from the mildest on."""

    REMIND = "remind"
    """Lights and words."""
    HOLD = "hold"
    STOP = "stop"


class NewsKind(StrEnum):
    """What the guard tells the world."""

    RAISED = "raised"
    ESCALATED = "escalated"
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """How a hazard climbs: each rung, and how long after the hazard was first seen."""

    rungs: Mapping[Reaction, timedelta]
    clear_after: timedelta = timedelta()
    """How long it must be gone."""
    again_every: timedelta | None = None
    """How often it is said again while it lasts and nobody acknowledged it."""


def _ladder(*seconds: float, clear_after: float = 0, again_every: float | None = None) -> Ladder:
    return Ladder(
        rungs=MappingProxyType(
            {rung: timedelta(seconds=after) for rung, after in zip(Reaction, seconds, strict=False)}
        ),
        clear_after=timedelta(seconds=clear_after),
        again_every=None if again_every is None else timedelta(seconds=again_every),
    )


LADDERS: Final[Mapping[Cause, Ladder]] = MappingProxyType(
    {
        # Half a second tells a dog from a flicker. Until the session is stopped the hold has slowed the belt and was heard.
        Cause.OBSTACLE: _ladder(0, 0.5, 3, clear_after=2, again_every=10),
        # It may have blinked. What is not seen ends no session.
        Cause.SENSOR_LOST: _ladder(0, 10, clear_after=2, again_every=20),
        # A heart needs a minute to answer to slower walking.
        Cause.HEART_RATE: _ladder(0, 60, clear_after=5, again_every=20),
        # The athlete's own hand may be as fast as it likes; it is told, not fought.
        Cause.OVER_CEILING: _ladder(5, clear_after=2, again_every=60),
        # These have words and pauses of their own, from whoever watches the belt.
        Cause.NOT_FOLLOWING: _ladder(0),
        Cause.LINK_LOST: _ladder(0),
        Cause.BELT_STOPPED: _ladder(0),
        Cause.OVERLONG: _ladder(0, again_every=300),
    }
)
"""Times are the project's choice; the ten seconds of a lost sensor and the minute of a heart are its safety rules."""
BEHIND: Final = frozenset({Cause.OBSTACLE, Cause.SENSOR_LOST})
"""What the sensors behind the athlete tell: nobody goes on before it is gone, however mild its reaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A hazard that is there, or not any more."""

    cause: Cause
    source: str = ""
    """Which sensor; empty where there is only one."""
    most: Reaction = Reaction.STOP
    """How far it may climb, if its ladder goes that far."""
    is_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """One thing that is unsafe."""

    cause: Cause
    source: str
    most: Reaction
    since: datetime
    reached: Reaction | None = None
    """How far it has climbed; None before it is told."""
    gone_at: datetime | None = None
    """Since when it is not seen any more."""
    said_at: datetime | None = None
    is_quiet: bool = False
    """Whether the athlete knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What is unsafe now, in the order in which it began."""

    hazards: tuple[Hazard, ...] = ()

    @property
    def raised(self) -> tuple[Hazard, ...]:
        """Those that were told, the worst first."""
        told = [hazard for hazard in self.hazards if hazard.reached is not None]
        return tuple(sorted(told, key=_severity, reverse=True))

    @property
    def forbids(self) -> bool:
        """Whether what is held must stay held."""
        return any(hazard.cause in BEHIND or hazard.reached is Reaction.HOLD for hazard in self.raised)

    @property
    def flashes(self) -> bool:
        """Whether lights warn: something is behind, and the athlete has not said that they know."""
        return any(hazard.cause is Cause.OBSTACLE and not hazard.is_quiet for hazard in self.hazards)

    def is_known(self, cause: Cause, source: str) -> bool:
        """Tell whether the athlete has said that they know of it."""
        return any(each.is_quiet and each.cause is cause and each.source == source for each in self.hazards)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that happened to a hazard."""

    kind: NewsKind
    hazard: Hazard


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of the guard, what there is to tell, and which hazards are said aloud."""

    guard: Guard
    news: tuple[News, ...] = ()
    aloud: tuple[Hazard, ...] = field(default=())


def see(guard: Guard, sighting: Sighting, at: datetime) -> Step:
    """Take in that a hazard is there, or not any more."""
    key = sighting.cause, sighting.source
    hazards: list[Hazard] = []
    is_known = False
    for hazard in guard.hazards:
        if (hazard.cause, hazard.source) != key:
            hazards.append(hazard)
        elif sighting.is_there:
            is_known = True
            hazards.append(replace(hazard, gone_at=None, most=sighting.most))
        elif hazard.reached is not None:
            hazards.append(replace(hazard, gone_at=hazard.gone_at or at))
    if sighting.is_there and not is_known:
        hazards.append(Hazard(cause=sighting.cause, source=sighting.source, most=sighting.most, since=at))
    return proceed(replace(guard, hazards=tuple(hazards)), at)


def proceed(guard: Guard, at: datetime) -> Step:
    """Let hazards climb and clear as is due."""
    hazards: list[Hazard] = []
    news: list[News] = []
    aloud: list[Hazard] = []
    for before in guard.hazards:
        if before.gone_at is not None:
            if at - before.gone_at >= LADDERS[before.cause].clear_after:
                news.append(News(kind=NewsKind.CLEARED, hazard=before))
            else:
                hazards.append(before)
            continue
        hazard = _climb(before, at)
        if hazard.reached is not before.reached:
            kind = NewsKind.RAISED if before.reached is None else NewsKind.ESCALATED
            news.append(News(kind=kind, hazard=hazard))
        if _is_to_say(hazard, at):
            hazard = replace(hazard, said_at=at)
            aloud.append(hazard)
        hazards.append(hazard)
    return Step(guard=replace(guard, hazards=tuple(hazards)), news=tuple(news), aloud=tuple(aloud))


def drop(guard: Guard, causes: Iterable[Cause]) -> Step:
    """Forget hazards that nobody watches for any more."""
    gone = frozenset(causes)
    news = [News(kind=NewsKind.CLEARED, hazard=each) for each in guard.raised if each.cause in gone]
    kept = tuple(hazard for hazard in guard.hazards if hazard.cause not in gone)
    return Step(guard=replace(guard, hazards=kept), news=tuple(news))


def acknowledge(guard: Guard) -> Guard:
    """Know that the athlete knows: nothing is said again of what was told, and no light warns of it.

    What is held stays held until the hazard is gone.
    """
    return replace(guard, hazards=tuple(map(_known, guard.hazards)))


def next_wake(guard: Guard) -> datetime | None:
    """Tell when something is due although nothing is seen."""
    return min((due for hazard in guard.hazards for due in _dues(hazard)), default=None)


def _known(hazard: Hazard) -> Hazard:
    return hazard if hazard.reached is None else replace(hazard, is_quiet=True)


def _climb(hazard: Hazard, at: datetime) -> Hazard:
    """Reach the highest rung that is due; a setting that became milder meanwhile takes nothing back."""
    within = [rung for rung, after in _rungs(hazard) if at - hazard.since >= after]
    return replace(hazard, reached=within[-1]) if within and _RANK[within[-1]] > _severity(hazard) else hazard


def _rungs(hazard: Hazard) -> list[tuple[Reaction, timedelta]]:
    most = _RANK[hazard.most]
    return [(rung, after) for rung, after in LADDERS[hazard.cause].rungs.items() if _RANK[rung] <= most]


def _is_to_say(hazard: Hazard, at: datetime) -> bool:
    if hazard.reached is None or hazard.is_quiet:
        return False
    every = LADDERS[hazard.cause].again_every
    return hazard.said_at is None or (every is not None and at - hazard.said_at >= every)


def _dues(hazard: Hazard) -> Iterable[datetime]:
    ladder = LADDERS[hazard.cause]
    if hazard.gone_at is not None:
        yield hazard.gone_at + ladder.clear_after
        return
    yield from (hazard.since + after for rung, after in _rungs(hazard) if _RANK[rung] > _severity(hazard))
    if hazard.said_at is not None and ladder.again_every is not None and not hazard.is_quiet:
        yield hazard.said_at + ladder.again_every


_RANK: Final[Mapping[Reaction | None, int]] = MappingProxyType(
    {reaction: rank for rank, reaction in enumerate((None, *Reaction))}
)


def _severity(hazard: Hazard) -> int:
    return _RANK[hazard.reached]
