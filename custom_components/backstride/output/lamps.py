"""A lamp: what it can show, how it was, and what makes it so again."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TypedDict

from homeassistant.components.light.const import (
    ATTR_BRIGHTNESS,
    ATTR_COLOR_MODE,
    ATTR_COLOR_TEMP_KELVIN,
    ATTR_EFFECT,
    ATTR_EFFECT_LIST,
    ATTR_HS_COLOR,
    ATTR_MAX_COLOR_TEMP_KELVIN,
    ATTR_MIN_COLOR_TEMP_KELVIN,
    ATTR_RGB_COLOR,
    ATTR_RGBW_COLOR,
    ATTR_RGBWW_COLOR,
    ATTR_SUPPORTED_COLOR_MODES,
    ATTR_TRANSITION,
    ATTR_WHITE,
    ATTR_XY_COLOR,
    ColorMode,
    LightEntityFeature,
)
from homeassistant.const import ATTR_SUPPORTED_FEATURES, STATE_OFF, STATE_ON
from homeassistant.core import State

from .looks import Look

COLOUR_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        ColorMode.HS: ATTR_HS_COLOR,
        ColorMode.XY: ATTR_XY_COLOR,
        ColorMode.RGB: ATTR_RGB_COLOR,
        ColorMode.RGBW: ATTR_RGBW_COLOR,
        ColorMode.RGBWW: ATTR_RGBWW_COLOR,
        ColorMode.COLOR_TEMP: ATTR_COLOR_TEMP_KELVIN,
    }
)
"""A lamp's colour mode -> what tells its colour in that mode, without rounding it through another."""
COLOURED: Final = frozenset(COLOUR_OF) - {ColorMode.COLOR_TEMP}
UNDIMMED: Final = frozenset({ColorMode.ONOFF, ColorMode.UNKNOWN})
NO_EFFECT: Final = frozenset({"off", "none", "solid"})
"""What integrations call it when no effect runs."""
FADE: Final = 0.2
"""Seconds a change takes on lamps that can fade: slower than 150 ms, which is softer on the eye (an engineering choice), and lamps count in tenths."""
THERE: Final = frozenset({STATE_ON, STATE_OFF})


class LampData(TypedDict):
    """How a lamp was, as data that a file can hold."""

    entity_id: str
    on: bool
    data: dict[str, Any]
    """What `light.turn_on` needs to make it so again."""


def is_there(state: State | None) -> bool:
    """Tell whether a lamp can be reached."""
    return state is not None and state.state in THERE


def lamp_data(state: State) -> LampData:
    """Note what a lamp's state tells; of its colour the one in its own mode, or the lamp would change it by rounding."""
    on = state.state == STATE_ON
    data: dict[str, Any] = {}
    if on:
        attributes = state.attributes
        mode, brightness = attributes.get(ATTR_COLOR_MODE, ""), attributes.get(ATTR_BRIGHTNESS)
        if brightness is not None:
            data[ATTR_WHITE if mode == ColorMode.WHITE else ATTR_BRIGHTNESS] = brightness
        if mode in COLOUR_OF and (colour := attributes.get(COLOUR_OF[mode])) is not None:
            data[COLOUR_OF[mode]] = list(colour) if isinstance(colour, tuple) else colour
        if effect := attributes.get(ATTR_EFFECT):
            data[ATTR_EFFECT] = effect
    return LampData(entity_id=state.entity_id, on=on, data=data)


def read_lamp(data: Mapping[str, Any]) -> LampData:
    """Read what a file holds; raises KeyError or TypeError for what is none."""
    return LampData(entity_id=str(data["entity_id"]), on=bool(data["on"]), data=dict(data["data"]))


def way_back(lamp: LampData, state: State) -> dict[str, Any]:
    """Give what puts a lamp back as it was: at once, and without an effect that runs now and did not then."""
    data = _over(state, 0.0)
    if lamp["on"]:
        data |= {**_ending(state), **lamp["data"]}
    return data


def can_dim(state: State) -> bool:
    """Tell whether a lamp knows more than on and off."""
    return bool(_modes(state) - UNDIMMED)


def look_data(state: State, look: Look) -> dict[str, Any]:
    """Give what shows a look on this lamp, as far as it can; nothing where it is on or off only."""
    modes = _modes(state)
    data: dict[str, Any] = {}
    if modes - UNDIMMED:
        data[ATTR_BRIGHTNESS] = round(look.brightness * 255 / 100)
    if modes & COLOURED:
        data[ATTR_HS_COLOR] = (look.hue, look.saturation)
    elif ColorMode.COLOR_TEMP in modes:
        coolest = state.attributes.get(ATTR_MAX_COLOR_TEMP_KELVIN) or look.kelvin
        warmest = state.attributes.get(ATTR_MIN_COLOR_TEMP_KELVIN) or look.kelvin
        data[ATTR_COLOR_TEMP_KELVIN] = min(max(look.kelvin, warmest), coolest)
    return data | _over(state, FADE) | _ending(state)


def abilities(state: State) -> tuple[object, ...]:
    """Give what decides how a look is shown on a lamp; as long as it stays, what was made ready stays right."""
    attributes = state.attributes
    return (
        state.state in THERE,
        attributes.get(ATTR_SUPPORTED_COLOR_MODES),
        attributes.get(ATTR_SUPPORTED_FEATURES),
        attributes.get(ATTR_MIN_COLOR_TEMP_KELVIN),
        attributes.get(ATTR_MAX_COLOR_TEMP_KELVIN),
        attributes.get(ATTR_EFFECT),
    )


def effect_of(attributes: Mapping[str, Any]) -> str | None:
    """Tell which effect runs, whatever the integration says when none does."""
    effect = attributes.get(ATTR_EFFECT)
    return effect if effect and str(effect).casefold() not in NO_EFFECT else None


def _modes(state: State) -> set[str]:
    return set(state.attributes.get(ATTR_SUPPORTED_COLOR_MODES) or ())


def _over(state: State, seconds: float) -> dict[str, Any]:
    """Say how long a change takes; one that cannot fade is not told to."""
    fades = (state.attributes.get(ATTR_SUPPORTED_FEATURES) or 0) & LightEntityFeature.TRANSITION
    return {ATTR_TRANSITION: seconds} if fades else {}


def _ending(state: State) -> dict[str, Any]:
    """End an effect that runs, where the lamp has a word for none; it would play on under a mere brightness."""
    if effect_of(state.attributes) is None:
        return {}
    words = state.attributes.get(ATTR_EFFECT_LIST) or ()
    none = next((word for word in words if str(word).casefold() in NO_EFFECT), None)
    return {} if none is None else {ATTR_EFFECT: none}
