"""A Home Assistant core without network and without asyncio's debug mode, as a home runs it, for measuring."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

from homeassistant import bootstrap, config_entries, loader
from homeassistant.config_entries import ConfigEntry, ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant

ROOT = Path(__file__).parents[1]


@asynccontextmanager
async def core(folder: Path) -> AsyncIterator[HomeAssistant]:
    """Start a core in a folder, and stop it."""
    link = folder / "custom_components"
    if not link.exists():
        link.symlink_to(ROOT / "custom_components")
    hass = HomeAssistant(str(folder))
    hass.config.skip_pip = True
    loader.async_setup(hass)
    hass.config_entries = config_entries.ConfigEntries(hass, {})
    await bootstrap.async_load_base_functionality(hass)
    await hass.async_start()
    try:
        yield hass
    finally:
        await hass.async_stop(force=True)


def subentry(what: str, key: str, **data: Any) -> ConfigSubentryDataWithId:
    """Give a subentry with a known id."""
    return ConfigSubentryDataWithId(
        data=data, subentry_id=key, subentry_type=what, title=key.capitalize(), unique_id=None
    )


async def add_entry(hass: HomeAssistant, subentries: list[ConfigSubentryDataWithId]) -> ConfigEntry[Any]:
    """Add Backstride and set it up."""
    entry: ConfigEntry[Any] = ConfigEntry(
        data={},
        discovery_keys=MappingProxyType({}),
        domain="backstride",
        minor_version=1,
        options={},
        source="user",
        subentries_data=subentries,
        title="Backstride",
        unique_id=None,
        version=1,
    )
    await hass.config_entries.async_add(entry)
    await hass.async_block_till_done()
    return entry
