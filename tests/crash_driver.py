"""A real Home Assistant core in a process of its own, to be killed: `crash_driver.py FOLDER walk|look`.

Only what a session needs is set up, so that nothing listens on the network.
"""

import asyncio
import json
from pathlib import Path
import sys
from types import MappingProxyType

from homeassistant import bootstrap, config_entries, loader
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component


def _subentry(key: str, what: str, title: str, **data: str) -> ConfigSubentryDataWithId:
    return ConfigSubentryDataWithId(
        data=data, subentry_id=key, subentry_type=what, title=title, unique_id=None
    )


SUBENTRIES = [
    _subentry("anna", "athlete", "Anna", level="l1"),
    _subentry("gym", "place", "Gym", kind="treadmill"),
    _subentry("mine", "workout", "Mine", notation="3x(1s back @1)"),
]


async def _core(folder: str) -> HomeAssistant:
    hass = HomeAssistant(folder)
    hass.config.skip_pip = True
    loader.async_setup(hass)
    hass.config_entries = config_entries.ConfigEntries(hass, {})
    await bootstrap.async_load_base_functionality(hass)
    return hass


async def main(folder: str, mode: str) -> None:
    """Begin a session and go on until killed, or look at what is there."""
    hass = await _core(folder)
    if not hass.config_entries.async_entries("backstride"):
        entry = config_entries.ConfigEntry(
            data={},
            discovery_keys=MappingProxyType({}),
            domain="backstride",
            minor_version=1,
            options={},
            source="user",
            subentries_data=SUBENTRIES,
            title="Backstride",
            unique_id=None,
            version=1,
        )
        await hass.config_entries.async_add(entry)
        Path(folder, ".storage").mkdir(exist_ok=True)
        await hass.config_entries._store.async_save(hass.config_entries._data_to_save())
    else:
        assert await async_setup_component(hass, "backstride", {})
    await hass.async_start()
    (entry,) = hass.config_entries.async_entries("backstride")
    coordinator = entry.runtime_data
    if mode == "walk":
        coordinator.async_start("gym", athlete_id="anna", workout=coordinator.workouts["mine"])
        print("walking", flush=True)
        await asyncio.sleep(600)
    session = coordinator.session("gym")
    records = await coordinator.book("anna").async_records()
    print(
        json.dumps(
            {
                "state": session.state if session else "idle",
                "reason": session.reason if session else None,
                "seconds": sum(visit.active.total_seconds() for visit in session.done) if session else 0,
                "records": [[record.id, record.backward_seconds, record.outcome] for record in records],
            }
        ),
        flush=True,
    )
    await hass.async_stop(force=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
