"""The blueprints that come with Backstride, copied to where Home Assistant looks for them.

What is updated along with the integration is only this package, so they lie within it; the folder at the root of the
repository is for those who import one by its address. A copy is the user's: one that was changed or removed is left as
it is. Which were changed is told by what we wrote, kept as a digest of each file; removing Backstride leaves the copies,
because automations may be made from them.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
import hashlib
from pathlib import Path
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.start import async_at_started
from homeassistant.helpers.storage import Store
from homeassistant.util.file import WriteError, write_utf8_file_atomic
from homeassistant.util.hass_dict import HassKey

from .const import BLUEPRINTS_DEFAULT, CONF_BLUEPRINTS, DOMAIN, LOGGER
from .problems import failure
from .store import async_read

FOLDER: Final = "blueprints"
SHIPPED: Final = Path(__file__).parent / FOLDER
RELOADED: Final = ("automation", "script")
"""Who keeps blueprints in memory, and takes them anew when reloaded; what did not change goes on running."""
COPYING: Final[HassKey[asyncio.Lock]] = HassKey(f"{DOMAIN}_copying")
"""Held while the folder is looked at and written: a second copying would take what the first writes for somebody's own."""


class Fate(StrEnum):
    """What becomes of one blueprint in the user's folder."""

    INSTALLED = "installed"
    UPDATED = "updated"
    CURRENT = "current"
    """It is there, and it is the newest."""
    LEFT_ALONE = "left_alone"
    """Somebody changed it, or it came there by another way."""
    REMOVED = "removed"
    """Somebody removed it, and did not ask for it again."""
    FAILED = "failed"


def fate(*, found: str | None, ours: str, wrote: str | None, again: bool) -> Fate:
    """Decide by three digests: of the file there, None where there is none, of ours, and of what we wrote there last."""
    if found is None:
        return Fate.REMOVED if wrote is not None and not again else Fate.INSTALLED
    if found == ours:
        return Fate.CURRENT
    return Fate.UPDATED if found == wrote else Fate.LEFT_ALONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of each blueprint, and what is known to be ours from now on."""

    fates: dict[str, Fate] = field(default_factory=dict)
    """By the path below the folder of all blueprints."""
    digests: dict[str, str] = field(default_factory=dict)

    def those(self, *wanted: Fate) -> list[str]:
        """Name those that met one of these fates."""
        return [path for path, met in self.fates.items() if met in wanted]


def _copy(into: Path, wrote: Mapping[str, str], *, again: bool) -> Outcome:
    """Copy whatever may be copied; one that cannot be does not keep the others from it."""
    outcome = Outcome(digests=dict(wrote))
    for source in sorted(SHIPPED.rglob("*.yaml")):
        path = source.relative_to(SHIPPED).as_posix()
        content = source.read_bytes()
        ours, target = _digest(content), into / path
        try:
            found = _digest(target.read_bytes()) if target.exists() else None
            met = fate(found=found, ours=ours, wrote=wrote.get(path), again=again)
            if met in {Fate.INSTALLED, Fate.UPDATED}:
                target.parent.mkdir(parents=True, exist_ok=True)
                write_utf8_file_atomic(str(target), content, mode="wb")
        except OSError, WriteError:
            met = Fate.FAILED
        outcome.fates[path] = met
        if met in {Fate.INSTALLED, Fate.UPDATED, Fate.CURRENT}:
            outcome.digests[path] = ours
    return outcome


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def copies_store(hass: HomeAssistant) -> Store[dict[str, str]]:
    """Open the list of what we wrote."""
    return Store(hass, 1, f"{DOMAIN}.blueprints", atomic_writes=True)


def _digests(data: Mapping[str, str]) -> dict[str, str]:
    """Take the list; raises TypeError where it is none."""
    if not all(isinstance(digest, str) for digest in data.values()):
        raise TypeError("a digest is text")
    return dict(data)


async def async_copy(hass: HomeAssistant, *, again: bool) -> dict[str, Any]:
    """Copy the blueprints, `again` also those that were removed, and tell what became of each."""
    async with hass.data[COPYING]:
        store = copies_store(hass)
        wrote = await async_read(hass, store, _digests) or {}
        into = Path(hass.config.path(FOLDER))
        outcome = await hass.async_add_executor_job(lambda: _copy(into, wrote, again=again))
        if outcome.digests != wrote:
            # After the files: where a crash comes in between, each is found to be the newest, and ours.
            await store.async_save(outcome.digests)
    if outcome.those(Fate.INSTALLED, Fate.UPDATED):
        for domain in RELOADED:
            if hass.services.has_service(domain, "reload"):
                await hass.services.async_call(domain, "reload")
    if failed := outcome.those(Fate.FAILED):
        raise failure("blueprints_not_written", folder=str(into), files=", ".join(failed))
    told = (Fate.INSTALLED, Fate.UPDATED, Fate.CURRENT, Fate.LEFT_ALONE)
    return {met.value: outcome.those(met) for met in told}


class BlueprintCopies:
    """Keeps the copies as new as the integration, where the owner wants that."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Begin with nothing copied."""
        self._hass = hass
        self._entry = entry
        self._is_wanted = False

    @callback
    def async_start(self) -> None:
        """Copy once Home Assistant has started: nothing waits for it, and automations are there to be reloaded."""
        self._entry.async_on_unload(async_at_started(self._hass, self._handle_started))

    async def _handle_started(self, _hass: HomeAssistant) -> None:
        await self.async_follow()

    async def async_follow(self) -> None:
        """Copy where that is wanted from now on."""
        was_wanted = self._is_wanted
        self._is_wanted = bool(self._entry.options.get(CONF_BLUEPRINTS, BLUEPRINTS_DEFAULT))
        if not self._is_wanted or was_wanted:
            return
        try:
            await async_copy(self._hass, again=False)
        except HomeAssistantError as error:
            LOGGER.warning("The blueprints were not all copied: %s", error)
