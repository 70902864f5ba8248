"""The walk test: somebody walks as usual, and what the sensors see meanwhile can only be whoever walks.

A sensor that sees the athlete cannot tell an obstacle from them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LASTS: Final = timedelta(seconds=30)
"""From the first word to the verdict."""
ENOUGH: Final = timedelta(seconds=10)
"""How long a sensor must have seen nothing of somebody who walked until it is believed: a dozen steps at least, and
longer than sensors take to notice."""
LINGERS: Final = timedelta(seconds=15)
"""How long a sensor may still show somebody who has left its view: Everything Presence Lite's delay as it is sold.
Whoever steps on a belt has often come through what the sensor sees."""


class Verdict(StrEnum):
    """What a test says of one sensor."""

    SEES_ATHLETE = "sees_athlete"
    CLEAR = "clear"
    BLIND = "blind"
    """It never said anything that can be used."""
    UNSURE = "unsure"
    """Nobody walked, or not for long enough while it looked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a test found out about one sensor."""

    verdict: Verdict
    saw: timedelta
    """For how long it saw something while somebody walked."""
    times: int
    """How often that began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one sensor has seen so far."""

    sees: bool | None = None
    """Now; None where it says nothing that can be used."""
    spoke: bool = False
    """Whether it ever said anything that can be used."""
    lingers: timedelta = timedelta()
    """How much longer what it sees may be somebody who has left."""
    saw: timedelta = timedelta()
    times: int = 0
    clear: timedelta = timedelta()
    """How long it saw nothing while somebody walked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkTest:
    """A test that is on."""

    began: datetime
    at: datetime
    """Up to when everything is counted."""
    walks: bool | None
    """Whether somebody walks now; None where nothing tells, and then whoever was asked to is believed."""
    walked: timedelta = timedelta()
    looks: Mapping[str, Look]
    """By sensor."""

    @property
    def ends_at(self) -> datetime:
        """When the verdict is due."""
        return self.began + LASTS


def begin(seen: Mapping[str, bool | None], at: datetime, *, walks: bool | None) -> WalkTest:
    """Begin with what each sensor sees; what it sees already may be somebody on the way to the belt."""
    looks = {sensor: _turn(Look(), sees, walked=False) for sensor, sees in seen.items()}
    return WalkTest(began=at, at=at, walks=walks, looks=looks)


def observe(test: WalkTest, seen: Mapping[str, bool | None], at: datetime, *, walks: bool | None) -> WalkTest:
    """Take in what sensors see from now on, and whether somebody walks; a sensor that is not named sees on as it did."""
    test = _count(test, at)
    looks = {
        sensor: _turn(look, seen.get(sensor, look.sees), walked=test.walks is not False)
        for sensor, look in test.looks.items()
    }
    return replace(test, looks=looks, walks=walks)


def finish(test: WalkTest, at: datetime) -> Mapping[str, Finding]:
    """Give the verdict on each sensor."""
    return {
        sensor: Finding(verdict=_verdict(look), saw=look.saw, times=look.times)
        for sensor, look in _count(test, at).looks.items()
    }


def _count(test: WalkTest, at: datetime) -> WalkTest:
    """Add what passed since the last time, while everything stood as it was noted then."""
    passed = max(at - test.at, timedelta())
    if test.walks is False:
        return replace(test, at=test.at + passed)
    looks = {sensor: _pass(look, passed) for sensor, look in test.looks.items()}
    return replace(test, at=test.at + passed, walked=test.walked + passed, looks=looks)


def _pass(look: Look, passed: timedelta) -> Look:
    if look.sees is None:
        return look
    if not look.sees:
        return replace(look, clear=look.clear + passed)
    counted = max(passed - look.lingers, timedelta())
    return replace(
        look,
        saw=look.saw + counted,
        # What outlasts its lingering is somebody who is there.
        times=look.times + (bool(look.lingers) and bool(counted)),
        lingers=max(look.lingers - passed, timedelta()),
    )


def _turn(look: Look, sees: bool | None, *, walked: bool) -> Look:  # noqa: FBT001 - the value of a sensor, not a mode
    if sees is look.sees:
        return look
    look = replace(look, sees=sees, spoke=look.spoke or sees is not None, lingers=timedelta())
    if not sees:
        return look
    return replace(look, times=look.times + 1) if walked else replace(look, lingers=LINGERS)


def _verdict(look: Look) -> Verdict:
    if look.times:
        return Verdict.SEES_ATHLETE
    if not look.spoke:
        return Verdict.BLIND
    return Verdict.CLEAR if look.clear >= ENOUGH else Verdict.UNSURE
