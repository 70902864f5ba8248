"""How a machine treats what it is asked over its link. A hand at its console is always obeyed."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from .belt import Belt

REVERTS_AFTER: Final = 4.0
"""Seconds for which a machine that falls back keeps to a speed."""

SELDOM: Final = 12.0
"""How often a machine that is sparing of words reports, in seconds."""


class Manner(StrEnum):
    """What a machine makes of commands. Numbers name what somebody met on a real one."""

    OBEYS = "obeys"
    IGNORES_SPEED = "ignores_speed"
    """The number takes the speed and the belt goes on as it was (dudanov/hassio-ftms#26)."""

    IGNORES_COMMANDS = "ignores_commands"
    """Nothing helps, not even stop: only a hand does (cagnulein/qdomyos-zwift#1503)."""

    REFUSES_COMMANDS = "refuses_commands"
    """Each command fails with an error, as on a link that is half gone."""

    REVERTS = "reverts"
    """A little after each speed it goes back to 1 km/h (cagnulein/qdomyos-zwift#2630)."""

    STARTS_BY_ITSELF = "starts_by_itself"
    """A speed written to a standing belt starts it (cagnulein/qdomyos-zwift#923)."""

    SLUGGISH = "sluggish"
    """The motor follows at a quarter of its rate."""

    REPORTS_SELDOM = "reports_seldom"
    """It obeys at once and tells so late."""


class Key(StrEnum):
    """What is pressed, at a console or over a link."""

    START = "start"
    PAUSE = "pause"
    STOP = "stop"


class Setting(StrEnum):
    """What is set over a link."""

    SPEED = "speed"
    INCLINE = "incline"
    RESISTANCE = "resistance"


KEYS: Final[Mapping[Key, Callable[[Belt], Belt]]] = {
    Key.START: Belt.start,
    Key.PAUSE: Belt.pause,
    Key.STOP: Belt.stop,
}
SETTINGS: Final[Mapping[Setting, Callable[[Belt, float], Belt]]] = {
    Setting.SPEED: Belt.aim,
    Setting.INCLINE: Belt.tilt,
    Setting.RESISTANCE: Belt.resist,
}
SPEEDS: Final[Mapping[Manner, Callable[[Belt, float], Belt]]] = {
    Manner.IGNORES_SPEED: Belt.acknowledge,
    Manner.REVERTS: lambda belt, speed: belt.aim_for(speed, REVERTS_AFTER),
    Manner.STARTS_BY_ITSELF: lambda belt, speed: belt.start().aim(speed),
}
"""What becomes of a speed, where it is not simply obeyed."""

DEAF: Final = frozenset({Manner.IGNORES_COMMANDS, Manner.REFUSES_COMMANDS})
RESPONDS: Final[Mapping[Manner, float]] = {Manner.SLUGGISH: 0.25}
REPORTS: Final[Mapping[Manner, float]] = {Manner.REPORTS_SELDOM: SELDOM}
"""How many seconds lie between two reports at the least, where not each change is reported at once."""


def press(belt: Belt, manner: Manner, key: Key) -> Belt:
    """Press a key over the link."""
    return belt if manner in DEAF else KEYS[key](belt)


def put(belt: Belt, manner: Manner, setting: Setting, value: float) -> Belt:
    """Set something over the link."""
    if manner in DEAF:
        return belt
    if setting is Setting.SPEED:
        return SPEEDS.get(manner, Belt.aim)(belt, value)
    return SETTINGS[setting](belt, value)
