"""A voice satellite that announces, and tells which words were heard and when. It has no ears."""

import asyncio
from typing import Any, override

from homeassistant.components.assist_pipeline import PipelineEvent
from homeassistant.components.assist_satellite import (
    AssistSatelliteAnnouncement,
    AssistSatelliteConfiguration,
    AssistSatelliteEntity,
    AssistSatelliteEntityFeature,
)
from homeassistant.components.media_player.const import MediaType
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .const import HEARD, PLAYED
from .entity import GymEntity
from .fetch import async_fetch
from .room import GymConfigEntry, Room
from .speech import Played


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add a satellite to every room."""
    async_add_entities(Satellite(room) for room in entry.runtime_data.furnished)


class Satellite(GymEntity, AssistSatelliteEntity):
    """A satellite."""

    _attr_name = None
    _attr_supported_features = AssistSatelliteEntityFeature.ANNOUNCE
    _unrecorded_attributes = frozenset({PLAYED})

    def __init__(self, room: Room) -> None:
        """Let it be silent."""
        super().__init__(room, "satellite", "satellite")
        self._played = Played()

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        return {PLAYED: self._played.clips}

    @callback
    @override
    def async_get_configuration(self) -> AssistSatelliteConfiguration:
        return AssistSatelliteConfiguration([], [], 0)

    @override
    async def async_set_configuration(self, config: AssistSatelliteConfiguration) -> None:
        """Take note of nothing: it has no wake words."""

    @callback
    @override
    def on_pipeline_event(self, event: PipelineEvent) -> None:
        """Take note of nothing: it never listens."""

    @override
    async def async_announce(self, announcement: AssistSatelliteAnnouncement) -> None:
        fetched = await async_fetch(self.hass, announcement.media_id, MediaType.MUSIC, self.entity_id)
        if fetched is None:
            return
        text = announcement.message or fetched.text
        self._played.add(text, dt_util.utcnow())
        self.hass.bus.async_fire(HEARD, fetched.told(self.entity_id, announcement.media_id) | {"text": text})
        self.async_write_ha_state()
        await asyncio.sleep(fetched.seconds or 0.0)
