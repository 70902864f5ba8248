"""A voice satellite that announces and asks, and tells which words were heard from it and when.

What it hears are the answers that were prepared for it; to anything else it is deaf.
"""

import asyncio
from datetime import timedelta
from typing import Any, Final, override

from homeassistant.components.assist_pipeline import PipelineEvent, PipelineEventType
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
from .room import FurnishedRoom, GymConfigEntry
from .speech import Played

PACE: Final = 1.0
"""How many seconds one of speech, or of silence, takes; who has no time sets it to nothing."""
LISTENS: Final = 5.0
"""Seconds after which it gives up where nobody answers."""


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add a satellite to every room."""
    async_add_entities(Satellite(room) for room in entry.runtime_data.furnished)


class Satellite(GymEntity, AssistSatelliteEntity):
    """A satellite."""

    _attr_name = None
    _attr_supported_features = (
        AssistSatelliteEntityFeature.ANNOUNCE | AssistSatelliteEntityFeature.START_CONVERSATION
    )
    _unrecorded_attributes = frozenset({PLAYED})

    def __init__(self, room: FurnishedRoom) -> None:
        """Let it be silent."""
        super().__init__(room, "satellite", "satellite")
        self._person = room.person
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
        """Take note of nothing: it makes these events itself."""

    @override
    async def async_announce(self, announcement: AssistSatelliteAnnouncement) -> None:
        fetched = await async_fetch(self.hass, announcement.media_id, MediaType.MUSIC, self.entity_id)
        if fetched is None:
            return
        now, text = dt_util.utcnow(), announcement.message or fetched.text
        parts = fetched.marks or ((0.0, text),)
        for offset, said in parts:
            self._played.add(said, now + timedelta(seconds=offset))
        self.hass.bus.async_fire(HEARD, fetched.told(self.entity_id, announcement.media_id) | {"text": text})
        self.async_write_ha_state()
        try:
            await asyncio.sleep((fetched.seconds or 0.0) * PACE)
        finally:
            self._played.cut(dt_util.utcnow())

    @override
    async def async_start_conversation(self, start_announcement: AssistSatelliteAnnouncement) -> None:
        await self.async_announce(start_announcement)
        self._internal_on_pipeline_event(PipelineEvent(PipelineEventType.STT_START))
        if answer := self._person.async_answer():
            heard = {"stt_output": {"text": answer}}
            self._internal_on_pipeline_event(PipelineEvent(PipelineEventType.STT_END, heard))
        else:
            await asyncio.sleep(LISTENS * PACE)
        self._internal_on_pipeline_event(PipelineEvent(PipelineEventType.RUN_END))
