"""The lights of a room: a strip and a lamp in colour, and a plain one at the ceiling."""

from typing import Any, Final, override

from homeassistant.components.light import LightEntity
from homeassistant.components.light.const import (
    ATTR_BRIGHTNESS,
    ATTR_EFFECT,
    ATTR_HS_COLOR,
    EFFECT_OFF,
    ColorMode,
    LightEntityFeature,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import GymEntity
from .room import GymConfigEntry, Room

CHANGES: Final = "changes"
"""The attribute that counts the commands a light has been given."""

EFFECTS: Final = (EFFECT_OFF, "candle", "rainbow", "breathe")
WARM_WHITE: Final = (30.0, 35.0)


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the lights of every room."""
    for room in entry.runtime_data.rooms:
        async_add_entities(
            [ColourLight(room, "strip"), ColourLight(room, "lamp"), PlainLight(room, "ceiling")]
        )


class PlainLight(GymEntity, LightEntity):
    """A light that is on or off, obeys at once, and counts how often it was told to change."""

    _attr_color_mode: ColorMode = ColorMode.ONOFF
    _unrecorded_attributes = frozenset({CHANGES})

    def __init__(self, room: Room, key: str) -> None:
        """Let it be off."""
        super().__init__(room, "lights", key)
        self._attr_is_on = False
        self._attr_supported_color_modes = {self._attr_color_mode}
        self._changes = 0

    @property
    @override
    def extra_state_attributes(self) -> dict[str, int]:
        return {CHANGES: self._changes}

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        self._switch(on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        self._switch(on=False)

    def _switch(self, *, on: bool) -> None:
        self._attr_is_on = on
        self._changes += 1
        self.async_write_ha_state()


class ColourLight(PlainLight):
    """A light that remembers brightness, colour and effect while it is off."""

    _attr_color_mode = ColorMode.HS
    _attr_supported_features = LightEntityFeature.EFFECT

    def __init__(self, room: Room, key: str) -> None:
        """Let it be off, and warm white at full brightness when it is first turned on."""
        super().__init__(room, key)
        self._attr_brightness = 255
        self._attr_effect = EFFECT_OFF
        self._attr_effect_list = list(EFFECTS)
        self._attr_hs_color = WARM_WHITE

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        self._attr_brightness = kwargs.get(ATTR_BRIGHTNESS, self._attr_brightness)
        if ATTR_HS_COLOR in kwargs:
            # A colour ends an effect, as on real bulbs; both in one call mean the effect in that colour.
            self._attr_hs_color = kwargs[ATTR_HS_COLOR]
            self._attr_effect = EFFECT_OFF
        self._attr_effect = kwargs.get(ATTR_EFFECT, self._attr_effect)
        await super().async_turn_on()
