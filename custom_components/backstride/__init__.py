"""Backstride coaches backward walking and running."""

from datetime import datetime

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.event import async_track_utc_time_change
from homeassistant.helpers.typing import ConfigType

from .asking import Asking
from .blueprint_copies import BlueprintCopies
from .const import DOMAIN, PLATFORMS
from .coordinator import BackstrideConfigEntry, Coordinator
from .output.shelf import CueView
from .phones import Phones
from .sensor_issues import async_drop_findings
from .services import async_setup_services
from .store import async_remove_all
from .suggesting import async_recall
from .voice import Voice

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:  # noqa: ARG001 - Home Assistant's signature
    """Register the actions, so that automations find them whether or not the entry is loaded, and where players fetch."""
    async_setup_services(hass)
    if "http" in hass.config.components:
        hass.http.register_view(CueView)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: BackstrideConfigEntry) -> bool:
    """Bring places, athletes and interrupted sessions to life."""
    coordinator = Coordinator(hass, entry)
    await coordinator.async_load()
    entry.runtime_data = coordinator
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    phones = Phones(hass, coordinator)
    entry.async_on_unload(phones.async_close)
    asking = Asking(hass, coordinator, phones)
    entry.async_on_unload(asking.async_close)
    coordinator.async_tell_restored()
    coordinator.walk_tests.async_follow_settings()
    voice = Voice(hass, entry, coordinator)
    copies = BlueprintCopies(hass, entry)

    async def reconcile(_hass: HomeAssistant, _entry: BackstrideConfigEntry) -> None:
        await coordinator.async_reconcile()
        async_recall(coordinator)
        coordinator.walk_tests.async_follow_settings()
        phones.async_follow_places()
        asking.async_follow_places()
        await voice.async_follow()
        await copies.async_follow()

    entry.async_on_unload(entry.add_update_listener(reconcile))
    entry.async_on_unload(voice.async_stop)
    voice.async_start()
    copies.async_start()

    async def handle_core_config(_event: Event) -> None:
        await coordinator.async_follow_language()
        await voice.async_follow()

    entry.async_on_unload(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, handle_core_config))

    async def handle_stop(_event: Event) -> None:
        voice.async_stop()
        asking.async_close()
        phones.async_close()
        await coordinator.async_close()

    @callback
    def handle_hour(_now: datetime) -> None:
        coordinator.async_new_day()

    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, handle_stop))
    # A day may begin at any hour, for each athlete at another; some time zones are half an hour off.
    entry.async_on_unload(async_track_utc_time_change(hass, handle_hour, minute=(0, 30), second=0))
    async_recall(coordinator)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: BackstrideConfigEntry) -> bool:
    """Write sessions down and let go; they come back paused."""
    await entry.runtime_data.async_close()
    return await hass.config_entries.async_unload_platforms(entry, PLATFORMS)


async def async_remove_entry(hass: HomeAssistant, entry: BackstrideConfigEntry) -> None:  # noqa: ARG001 - as above
    """Remove our files: who removes the integration wants nothing left."""
    async_drop_findings(hass, {})
    await async_remove_all(hass)
