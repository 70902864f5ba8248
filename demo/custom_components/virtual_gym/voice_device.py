"""The device that all voices of the gym are: a service, and in no room."""

from dataclasses import dataclass
from typing import Final

from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import Entity

from .const import DOMAIN, TITLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Everywhere:
    """The gym as such."""

    key: str
    name: str


VOICES: Final = Everywhere(key=DOMAIN, name=TITLE)
DEVICE: Final = DeviceInfo(entry_type=DeviceEntryType.SERVICE, identifiers={(DOMAIN, "voice")}, name=TITLE)


def at_voice[EntityT: Entity](entity: EntityT) -> EntityT:
    """Put an entity on that device."""
    entity._attr_device_info = DEVICE  # noqa: SLF001 - it is ours, and shown to nobody yet
    return entity
