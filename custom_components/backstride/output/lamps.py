"""A lamp: what it can show, how it was, and what makes it so again."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TypedDict

from homeassistant.components.light.const import (
    ATTR_BRIGHTNESS,
    ATTR_COLOR_MODE,
    ATTR_COLOR_TEMP_KELVIN,
    ATTR_EFFECT,
    ATTR_HS_COLOR,
    ATTR_RGB_COLOR,
    ATTR_RGBW_COLOR,
    ATTR_RGBWW_COLOR,
    ATTR_SUPPORTED_COLOR_MODES,
    ATTR_WHITE,
    ATTR_XY_COLOR,
    ColorMode,
)
from homeassistant.const import STATE_ON
from homeassistant.core import State

type Look = tuple[float, float, int]
"""Hue, saturation, brightness in percent."""

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


class LampData(TypedDict):
    """How a lamp was, as data that a file can hold."""

    entity_id: str
    on: bool
    data: dict[str, Any]
    """What `light.turn_on` needs to make it so again."""


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


def look_data(state: State | None, look: Look) -> dict[str, Any]:
    """Give what shows a look on this lamp, as far as it can; nothing where it is on or off only."""
    hue, saturation, brightness = look
    modes = set(state.attributes.get(ATTR_SUPPORTED_COLOR_MODES) or ()) if state else set()
    data: dict[str, Any] = {}
    if modes - UNDIMMED:
        data[ATTR_BRIGHTNESS] = round(brightness * 255 / 100)
    if modes & COLOURED:
        data[ATTR_HS_COLOR] = (hue, saturation)
    return data
