"""What each hazard is answered with: words, a command, and the reason that is given for it."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final, Protocol

from .engine.events import Reason
from .engine.guard import Cause, Reaction
from .engine.session import Command

SAID: Final[Mapping[Cause, str]] = MappingProxyType(
    {
        Cause.OBSTACLE: "obstacle",
        Cause.SENSOR_LOST: "blind",
        Cause.HEART_RATE: "heart_rate",
        Cause.OVER_CEILING: "over_ceiling",
        Cause.OVERLONG: "overlong",
    }
)
"""The others are said by whoever watches the belt."""
NOT_AGAIN_WITHIN: Final = timedelta(seconds=3)
"""How long a safety sentence takes; another sensor that sees the same must not cut it off."""
HELD_FOR: Final[Mapping[Cause, Reason]] = MappingProxyType(
    {
        Cause.OBSTACLE: Reason.OBSTACLE,
        Cause.SENSOR_LOST: Reason.SENSOR_LOST,
        Cause.HEART_RATE: Reason.HEART_RATE,
    }
)
COMMANDS: Final[Mapping[Reaction | None, Command]] = MappingProxyType(
    {Reaction.HOLD: Command.HOLD, Reaction.STOP: Command.STOP}
)


class Warn(Protocol):
    """Lets lamps warn, urgently where a session is being stopped."""

    def __call__(self, *, urgent: bool = False) -> None:
        """Begin, or become urgent."""
