"""A source entity's state as a reading of the engine: converted to its unit, or None where it says nothing."""

from contextlib import suppress
from datetime import datetime
import math

from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT, UnitOfLength, UnitOfSpeed
from homeassistant.core import State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.unit_conversion import DistanceConverter, SpeedConverter

from ..engine.metrics import Quantity, Reading


def reading(quantity: Quantity, state: State | None, now: datetime) -> Reading:
    """Read a state; where there is none, or it says nothing, the reading has no value and the source counts as silent."""
    value = math.nan
    if state is not None:
        with suppress(HomeAssistantError, ValueError):
            value = _converted(quantity, float(state.state), state.attributes.get(ATTR_UNIT_OF_MEASUREMENT))
    return Reading(quantity=quantity, value=value if math.isfinite(value) else None, at=now)


def _converted(quantity: Quantity, value: float, unit: str | None) -> float:
    if quantity is Quantity.SPEED:
        kmh = UnitOfSpeed.KILOMETERS_PER_HOUR
        return SpeedConverter.convert(value, unit or kmh, kmh)
    if quantity is Quantity.DISTANCE:
        return DistanceConverter.convert(value, unit or UnitOfLength.METERS, UnitOfLength.METERS)
    return value
