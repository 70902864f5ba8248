"""A source entity's state as what it means: a reading in the engine's unit, a moving belt, a direction, or nothing at all."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
import math
from types import MappingProxyType
from typing import Final

from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    DEGREE,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
    UnitOfLength,
    UnitOfPower,
    UnitOfSpeed,
)
from homeassistant.core import State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.unit_conversion import DistanceConverter, PowerConverter, SpeedConverter

from ..engine.metrics import Quantity, Reading
from ..engine.workout import FASTEST, Direction
from .vocabulary import RUNNING_STATES, STANDING_STATES

BELIEVABLE: Final[Mapping[Quantity, tuple[float, float]]] = MappingProxyType(
    {
        Quantity.SPEED: (0.0, FASTEST),
        Quantity.DISTANCE: (0.0, math.inf),
        Quantity.STEPS: (0.0, math.inf),
        # Slower hearts and faster ones have been seen, but not walking.
        Quantity.HEART_RATE: (25.0, 250.0),
        # What bridges let a treadmill be told; the steepest on sale reach 40.
        Quantity.INCLINE: (-40.0, 40.0),
        Quantity.DIRECTION: (-1.0, 1.0),
    }
)
"""What a value can be, ends included; one beyond is a fault of the sensor and no reading."""

IDLE_BELT: Final = 60.0
"""Watts. An idle console draws a few, a belt with a person on it more than a hundred."""
_DIRECTIONS: Final = MappingProxyType({"forward": Direction.FORWARD, "backward": Direction.BACKWARD})
_SIGN: Final[Mapping[Direction | None, float]] = MappingProxyType(
    {Direction.FORWARD: 1.0, Direction.BACKWARD: -1.0}
)


def _kmh(value: float, unit: str | None) -> float:
    kmh = UnitOfSpeed.KILOMETERS_PER_HOUR
    return SpeedConverter.convert(value, unit or kmh, kmh)


def _metres(value: float, unit: str | None) -> float:
    return DistanceConverter.convert(value, unit or UnitOfLength.METERS, UnitOfLength.METERS)


def _percent(value: float, unit: str | None) -> float:
    return 100 * math.tan(math.radians(value)) if unit == DEGREE else value


_CONVERTED: Final[Mapping[Quantity, Callable[[float, str | None], float]]] = MappingProxyType(
    {Quantity.SPEED: _kmh, Quantity.DISTANCE: _metres, Quantity.INCLINE: _percent}
)
"""How a value in a unit becomes one in the engine's; without a unit it is taken to be in that already."""


def reading(quantity: Quantity, state: State | None, now: datetime) -> Reading:
    """Read a state; where there is none, or it says nothing, the reading has no value and the source counts as silent.

    A value that cannot be true is none either, but marked as wild.
    """
    value = _value(quantity, state)
    if value is None:
        return Reading(quantity=quantity, value=None, at=now)
    least, most = BELIEVABLE[quantity]
    is_wild = not least <= value <= most
    return Reading(quantity=quantity, value=None if is_wild else value, at=now, is_wild=is_wild)


def _value(quantity: Quantity, state: State | None) -> float | None:
    if state is None:
        return None
    if quantity is Quantity.DIRECTION:
        return _SIGN.get(direction(state))
    value = _number(state)
    if not value and quantity is Quantity.HEART_RATE:
        # A machine's heart rate is 0 while nobody wears a strap.
        return None
    unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
    with suppress(HomeAssistantError):
        return value if value is None or quantity not in _CONVERTED else _CONVERTED[quantity](value, unit)
    return None


def _number(state: State) -> float | None:
    with suppress(ValueError):
        value = float(state.state)
        return value if math.isfinite(value) else None
    return None


def belt_running(state: State | None) -> bool | None:
    """Tell whether the belt moves, by whatever stands for it: a switch, a player, a word, or what a plug draws.

    None where that is not known: a belt nobody knows about must not pass for one that stands.
    """
    if state is None or (state.domain == Platform.MEDIA_PLAYER and state.state == STATE_ON):
        # A player that is on may play or not.
        return None
    if (watts := _number(state)) is not None:
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT)
        if unit not in PowerConverter.VALID_UNITS:
            return None
        return PowerConverter.convert(watts, unit, UnitOfPower.WATT) > IDLE_BELT
    # Some count down in words: "countdown 3".
    word = state.state.casefold().partition(" ")[0]
    return True if word in RUNNING_STATES else False if word in STANDING_STATES else None


def direction(state: State | None) -> Direction | None:
    """Tell which way a machine is walked; None where it does not say."""
    return None if state is None else _DIRECTIONS.get(state.state.casefold())


def is_fresh(state: State | None, now: datetime, within: timedelta) -> bool:
    """Tell whether a source has spoken lately; saying the same again is speaking too."""
    return (
        state is not None
        and state.state not in {STATE_UNAVAILABLE, STATE_UNKNOWN}
        and now - state.last_reported <= within
    )
