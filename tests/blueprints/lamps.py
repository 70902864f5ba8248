"""Real lamps of the simulated gym, which Backstride itself is not told of, and what they are asked."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

STRIP, LAMP, CEILING = "light.gym_lights_strip", "light.gym_lights_lamp", "light.gym_lights_ceiling"
ALL = "light.all_of_them"
SEEN = ("brightness", "hs_color", "effect")


async def async_hang(hass: HomeAssistant) -> None:
    """Hang the lamps: the strip has an effect, the lamp is blue and dim, the ceiling is off; and a group of all."""
    group = {"platform": "group", "name": "All of them", "entities": [STRIP, LAMP, CEILING]}
    for component, config in (("light", [group]), ("scene", []), ("virtual_gym", {})):
        assert await async_setup_component(hass, component, {component: config})
    await hass.async_block_till_done()
    assert hass.states.get(ALL) is not None
    await _turn_on(hass, STRIP, effect="candle")
    await _turn_on(hass, LAMP, brightness=70, hs_color=[240, 100])
    await hass.services.async_call("light", "turn_off", {"entity_id": CEILING}, blocking=True)


async def _turn_on(hass: HomeAssistant, lamp: str, **how: Any) -> None:
    await hass.services.async_call("light", "turn_on", {"entity_id": lamp, **how}, blocking=True)


def shine(hass: HomeAssistant) -> list[tuple[Any, ...]]:
    """Give all that a person would notice about the lamps."""
    states = [state for lamp in (STRIP, LAMP, CEILING) if (state := hass.states.get(lamp)) is not None]
    return [(state.state, *(state.attributes.get(key) for key in SEEN)) for state in states]
