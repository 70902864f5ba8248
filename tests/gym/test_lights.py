"""Lights that keep what they were given, as bulbs do."""

from freezegun.api import FrozenDateTimeFactory

from homeassistant.core import HomeAssistant

from .visit import IN_THE_GYM, async_do, async_open, async_pass, attribute, state

pytestmark = IN_THE_GYM

STRIP = "light.gym_lights_strip"
CEILING = "light.gym_lights_ceiling"


async def test_a_light_has_its_brightness_and_colour_again_after_it_was_off(hass: HomeAssistant) -> None:
    await async_open(hass)
    await async_do(hass, "light.turn_on", STRIP, brightness=80, hs_color=(200, 90))
    await async_do(hass, "light.turn_off", STRIP)
    assert state(hass, STRIP) == "off"
    await async_do(hass, "light.turn_on", STRIP)
    assert attribute(hass, STRIP, "brightness") == 80
    assert attribute(hass, STRIP, "hs_color") == (200, 90)


async def test_a_colour_given_as_rgb_is_shown_too(hass: HomeAssistant) -> None:
    await async_open(hass)
    await async_do(hass, "light.turn_on", STRIP, rgb_color=(0, 0, 255))
    assert attribute(hass, STRIP, "rgb_color") == (0, 0, 255)


async def test_an_effect_stays_until_a_colour_is_given(hass: HomeAssistant) -> None:
    await async_open(hass)
    await async_do(hass, "light.turn_on", STRIP, effect="candle")
    await async_do(hass, "light.turn_on", STRIP, brightness=10)
    assert attribute(hass, STRIP, "effect") == "candle"
    await async_do(hass, "light.turn_on", STRIP, hs_color=(10, 20))
    assert attribute(hass, STRIP, "effect") == "off"


async def test_each_light_counts_what_it_was_told(hass: HomeAssistant) -> None:
    await async_open(hass)
    assert attribute(hass, STRIP, "changes") == 0
    await async_do(hass, "light.turn_on", STRIP)
    await async_do(hass, "light.turn_on", STRIP, brightness=3)
    await async_do(hass, "light.turn_off", STRIP)
    assert attribute(hass, STRIP, "changes") == 3
    assert attribute(hass, "light.gym_lights_lamp", "changes") == 0


async def test_the_ceiling_is_on_or_off_and_nothing_else(hass: HomeAssistant) -> None:
    await async_open(hass)
    assert attribute(hass, CEILING, "supported_color_modes") == ["onoff"]
    await async_do(hass, "light.turn_on", CEILING)
    assert state(hass, CEILING) == "on"


async def test_lights_go_on_shining_while_home_assistant_is_away(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    entry = await async_open(hass)
    await async_do(hass, "light.turn_on", STRIP, brightness=80, hs_color=(200, 90), effect="candle")
    await async_do(hass, "light.turn_on", CEILING)
    await async_pass(hass, freezer, 1)
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert state(hass, CEILING) == "on"
    assert attribute(hass, STRIP, "brightness") == 80
    assert attribute(hass, STRIP, "hs_color") == (200, 90)
    assert attribute(hass, STRIP, "effect") == "candle"
