"""Tells what a hand did to a lamp from what the lamp merely says about our own commands.

A wall switch, a remote or a maker's app leaves no user behind, so only the lamp's reports can tell. Lamps report late,
step by step, rounded, in a colour they could reach, or say once more how they were before; none of that is a hand.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, hypot, radians, sin
from typing import Any, Final

from homeassistant.components.light.const import ATTR_BRIGHTNESS, ATTR_COLOR_TEMP_KELVIN, ATTR_HS_COLOR
from homeassistant.const import STATE_ON
from homeassistant.core import State
from homeassistant.util.color import color_temperature_to_hs

from .lamps import effect_of

SETTLE: Final = 5.0
"""Seconds in which a lamp may still report an older command, a step on the way, or how it was before."""
SAME_BRIGHTNESS: Final = 13
"""Of 255, five percent: lamps count in 99, 100 or 254 steps, and some bend them."""
SAME_COLOUR: Final = 30.0
"""Percent of saturation, as a distance on the colour wheel: lamps report what they can reach of what was asked."""

type Chroma = tuple[float, float]
"""A colour without its brightness, as a point on the wheel; white is its middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shine:
    """What a person notices about a lamp; None where nothing is said about it."""

    on: bool
    brightness: int | None = None
    chroma: Chroma | None = None
    effect: str | None = None

    def is_like(self, other: Shine) -> bool:
        """Tell whether nobody would notice a difference."""
        return (
            self.on is other.on
            and self.effect == other.effect
            and _within(self.brightness, other.brightness, other.brightness)
            and self.has_colour_of(other)
        )

    def has_colour_of(self, other: Shine) -> bool:
        """Tell whether nobody would notice a difference in colour."""
        return (
            self.chroma is None
            or other.chroma is None
            or hypot(self.chroma[0] - other.chroma[0], self.chroma[1] - other.chroma[1]) <= SAME_COLOUR
        )


def shine_of(state: State) -> Shine:
    """Read how a lamp shines."""
    if state.state != STATE_ON:
        return Shine(on=False)
    return _shine(state.attributes)


def shine_after(data: Mapping[str, Any]) -> Shine:
    """Tell how a lamp will shine that is turned on with this data."""
    return _shine(data)


def _shine(data: Mapping[str, Any]) -> Shine:
    colour, kelvin = data.get(ATTR_HS_COLOR), data.get(ATTR_COLOR_TEMP_KELVIN)
    if colour is None and kelvin is not None:
        colour = color_temperature_to_hs(kelvin)
    chroma = None
    if colour is not None:
        hue, saturation = colour
        chroma = (saturation * cos(radians(hue)), saturation * sin(radians(hue)))
    return Shine(on=True, brightness=data.get(ATTR_BRIGHTNESS), chroma=chroma, effect=effect_of(data))


def _within(brightness: int | None, low: int | None, high: int | None) -> bool:
    if brightness is None or low is None or high is None:
        return True
    return low - SAME_BRIGHTNESS <= brightness <= high + SAME_BRIGHTNESS


@dataclass(slots=True, kw_only=True)
class _Command:
    at: float
    before: Shine
    """How the lamp shone when the command went out, as far as it had said."""
    after: Shine
    until: float | None = None
    """When the next command replaced it; None while it holds."""


class Hands:
    """What was commanded of one lamp lately, and what it has reported."""

    def __init__(self, state: State | None) -> None:
        """Begin with how the lamp is."""
        self._reported = None if state is None else shine_of(state)
        self._commands: deque[_Command] = deque()

    @property
    def were_ours(self) -> bool:
        """Whether anything was commanded that the lamp may still talk about."""
        return bool(self._commands)

    def commanded(self, after: Shine, at: float) -> None:
        """Note a command that goes out, at an instant of the loop's clock."""
        while self._commands and (until := self._commands[0].until) is not None and at - until > SETTLE:
            self._commands.popleft()
        if self._commands:
            self._commands[-1].until = at
        self._commands.append(_Command(at=at, before=self._reported or after, after=after))

    def reported(self, state: State) -> None:
        """Note what the lamp says without judging it."""
        self._reported = shine_of(state)

    def is_hand(self, state: State, at: float) -> bool:
        """Tell whether what the lamp says now can only be a hand's doing."""
        now, before = shine_of(state), self._reported
        # What is like it replaces nothing: a knob that is turned slowly ends far from where it began.
        if before is not None and now.is_like(before):
            return False
        self._reported = now
        lately = [one for one in self._commands if one.until is None or at - one.until <= SETTLE]
        if any(now.is_like(one.after) for one in lately):
            return False
        settling = [one for one in lately if at - one.at <= SETTLE]
        return not any(now.is_like(one.before) or _is_on_the_way(now, one) for one in settling)


def _is_on_the_way(now: Shine, command: _Command) -> bool:
    """Tell whether a lamp may report this while it changes: brightness between, and any colour until it has its own."""
    before, after = command.before, command.after
    if not now.on or now.effect not in {before.effect, after.effect}:
        return False
    if not before.on:
        # One that was off first says that it is on, with the brightness and colour it had when it was last.
        return after.on
    if not now.has_colour_of(before) and not now.has_colour_of(after):
        # One that turns from white to colours first says which it showed last, and how brightly.
        return True
    ends = [0 if not end.on else end.brightness for end in (before, after)]
    if None in ends:
        return True
    low, high = sorted(end for end in ends if end is not None)
    return _within(now.brightness, low, high)
