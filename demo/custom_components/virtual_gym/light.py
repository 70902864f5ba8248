"""The lights of a room: a strip and a lamp in colour, and a plain one at the ceiling.

Real bulbs go on shining while Home Assistant is away, so these keep how they are in a file: after a power cut of Home
Assistant alone they are found as they were left.
"""

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
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.storage import Store

from .const import DOMAIN
from .entity import GymEntity
from .room import GymConfigEntry, Room

CHANGES: Final = "changes"
"""The attribute that counts the commands a light has been given."""

KEPT_AFTER: Final = 0.1
"""Seconds."""

EFFECTS: Final = (EFFECT_OFF, "candle", "rainbow", "breathe")
WARM_WHITE: Final = (30.0, 35.0)


async def async_setup_entry(
    hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the lights of every room."""
    bulbs = Bulbs(hass)
    await bulbs.async_load()
    for room in entry.runtime_data.furnished:
        async_add_entities(
            [
                ColourLight(room, "strip", bulbs),
                ColourLight(room, "lamp", bulbs),
                PlainLight(room, "ceiling", bulbs),
            ]
        )


class Bulbs:
    """How every bulb shines, whether or not Home Assistant runs."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Know of none yet."""
        self._store: Store[dict[str, dict[str, Any]]] = Store(hass, 1, f"{DOMAIN}.bulbs")
        self._shining: dict[str, dict[str, Any]] = {}

    async def async_load(self) -> None:
        """See how they shine."""
        self._shining = await self._store.async_load() or {}

    def of(self, unique_id: str) -> dict[str, Any]:
        """Give how one bulb was left."""
        return self._shining.get(unique_id, {})

    @callback
    def async_keep(self, unique_id: str, how: dict[str, Any]) -> None:
        """Keep how one bulb shines."""
        self._shining[unique_id] = how
        self._store.async_delay_save(lambda: self._shining, KEPT_AFTER)


class PlainLight(GymEntity, LightEntity):
    """A light that is on or off, obeys at once, and counts how often it was told to change."""

    _attr_color_mode: ColorMode = ColorMode.ONOFF
    _unrecorded_attributes = frozenset({CHANGES})

    def __init__(self, room: Room, key: str, bulbs: Bulbs) -> None:
        """Let it be as it was left, at first off."""
        super().__init__(room, "lights", key)
        self._bulbs = bulbs
        self._left = bulbs.of(self._attr_unique_id or "")
        self._attr_is_on = self._left.get("on", False)
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
        self._bulbs.async_keep(self._attr_unique_id or "", self._shines())
        self.async_write_ha_state()

    def _shines(self) -> dict[str, Any]:
        return {"on": self._attr_is_on}


class ColourLight(PlainLight):
    """A light that remembers brightness, colour and effect while it is off."""

    _attr_color_mode = ColorMode.HS
    _attr_supported_features = LightEntityFeature.EFFECT

    def __init__(self, room: Room, key: str, bulbs: Bulbs) -> None:
        """Let it be as it was left, and warm white at full brightness when it is first turned on."""
        super().__init__(room, key, bulbs)
        self._attr_brightness = self._left.get("brightness", 255)
        self._attr_effect = self._left.get("effect", EFFECT_OFF)
        self._attr_effect_list = list(EFFECTS)
        hue, saturation = self._left.get("hs", WARM_WHITE)
        self._attr_hs_color = (hue, saturation)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        self._attr_brightness = kwargs.get(ATTR_BRIGHTNESS, self._attr_brightness)
        if ATTR_HS_COLOR in kwargs:
            # A colour ends an effect, as on real bulbs; both in one call mean the effect in that colour.
            self._attr_hs_color = kwargs[ATTR_HS_COLOR]
            self._attr_effect = EFFECT_OFF
        self._attr_effect = kwargs.get(ATTR_EFFECT, self._attr_effect)
        await super().async_turn_on()

    @override
    def _shines(self) -> dict[str, Any]:
        return super()._shines() | {
            "brightness": self._attr_brightness,
            "effect": self._attr_effect,
            "hs": self._attr_hs_color,
        }
