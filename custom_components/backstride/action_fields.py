"""What the fields of actions accept: one rule for each kind of value, whatever action asks for it."""

from collections.abc import Callable, Coroutine
from datetime import date, datetime
from typing import Any, Final

import voluptuous as vol

from homeassistant.core import ServiceCall, ServiceResponse, SupportsResponse
from homeassistant.helpers import config_validation as cv
from homeassistant.util import dt as dt_util

LONGEST_MINUTES: Final = 240
"""What the engine allows a workout to last."""

type Handler = Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse] | ServiceResponse]
type Action = tuple[Handler, dict[vol.Marker, Any], SupportsResponse]
"""What an action does, its fields, and whether it answers."""

NONE, OPTIONAL, ONLY = SupportsResponse.NONE, SupportsResponse.OPTIONAL, SupportsResponse.ONLY
WHO: Final = {vol.Optional("athlete"): cv.string}
WHERE: Final = {vol.Optional("place"): cv.string, **WHO}


def whole(value: object) -> int:
    """Accept a whole number, also written as 5.0 or "5"; half a point of effort is refused, not rounded."""
    number: float = vol.Coerce(float)(value)
    if not number.is_integer():
        raise vol.Invalid("expected a whole number")
    return int(number)


def day(value: object) -> date:
    """Accept a date; of an instant only its day, because the two cannot be compared."""
    found = cv.date(value)
    return found.date() if isinstance(found, datetime) else found


def instant(value: object) -> datetime:
    """Accept a date and time; without an offset it is local."""
    try:
        return dt_util.as_utc(cv.datetime(value))
    except OverflowError as error:
        raise vol.Invalid(f"expected a date and time of our age, not {value}") from error
