"""A simulated gym for demonstrations and tests: rooms with everything a coach can use, every shape of treadmill, and nothing that can hurt."""

from typing import Final

from homeassistant.config_entries import SOURCE_IMPORT
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType
from homeassistant.setup import async_setup_component

from .const import DOMAIN
from .room import GymConfigEntry, async_build
from .speech import SPOKEN, Spoken

CONFIG_SCHEMA = cv.empty_config_schema(DOMAIN)

PLATFORMS: Final[tuple[Platform, ...]] = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.LIGHT,
    Platform.MEDIA_PLAYER,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Furnish the gym where the configuration names it."""
    if DOMAIN in config:
        hass.async_create_task(
            hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_IMPORT}, data={})
        )
    return True


async def async_setup_entry(hass: HomeAssistant, entry: GymConfigEntry) -> bool:
    """Open the gym."""
    hass.data.setdefault(SPOKEN, Spoken())
    entry.runtime_data = async_build(hass, await _platforms(hass), entry.data)
    await hass.config_entries.async_forward_entry_setups(entry, entry.runtime_data.platforms)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: GymConfigEntry) -> bool:
    """Close the gym, and let nothing go on in it."""
    if unloaded := await hass.config_entries.async_unload_platforms(entry, entry.runtime_data.platforms):
        for room in entry.runtime_data.rooms:
            for machine in room.machines:
                machine.async_stop_waiting()
    return unloaded


async def _platforms(hass: HomeAssistant) -> tuple[Platform, ...]:
    """Give the platforms there can be here: speech and satellites bring packages not everybody has installed."""
    platforms = PLATFORMS
    if await async_setup_component(hass, Platform.TTS, {}):
        platforms += (Platform.TTS,)
    # A satellite brings a whole voice assistant along, so it is there only where somebody else wanted one.
    if Platform.ASSIST_SATELLITE in hass.config.components:
        platforms += (Platform.ASSIST_SATELLITE, Platform.TEXT)
    return platforms
