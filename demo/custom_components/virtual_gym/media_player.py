"""A speaker that fetches what it is given and tells which words were heard and when; and a belt that poses as one."""

from datetime import datetime
from typing import Any, override

from homeassistant.components.media_player import MediaPlayerEntity
from homeassistant.components.media_player.const import (
    MediaPlayerDeviceClass,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from .belt_player import BeltPlayer
from .const import PLAYED
from .entity import GymEntity
from .fetch import async_fetch
from .room import GymConfigEntry, Room
from .speech import Played


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add a speaker to every furnished room, and each belt that poses as a player."""
    async_add_entities(Speaker(room) for room in entry.runtime_data.furnished)
    async_add_entities(BeltPlayer(room) for room in entry.runtime_data.rooms if room.make.is_player)


class Speaker(GymEntity, MediaPlayerEntity):
    """A speaker."""

    _attr_device_class = MediaPlayerDeviceClass.SPEAKER
    _attr_name = None
    _attr_supported_features = (
        MediaPlayerEntityFeature.MEDIA_ANNOUNCE
        | MediaPlayerEntityFeature.PAUSE
        | MediaPlayerEntityFeature.PLAY
        | MediaPlayerEntityFeature.PLAY_MEDIA
        | MediaPlayerEntityFeature.STOP
        | MediaPlayerEntityFeature.TURN_OFF
        | MediaPlayerEntityFeature.TURN_ON
        | MediaPlayerEntityFeature.VOLUME_SET
        | MediaPlayerEntityFeature.VOLUME_STEP
    )
    _unrecorded_attributes = frozenset({PLAYED})

    def __init__(self, room: Room) -> None:
        """Let it be on and silent."""
        super().__init__(room, "speaker", "speaker")
        self._attr_state = MediaPlayerState.IDLE
        self._attr_volume_level = 0.5
        self._asked = 0
        """How often something was to be played: what is fetched only after the next was asked for is never heard."""

        self._left = 0.0
        """Seconds of the clip to come when it was last resumed."""

        self._since = dt_util.utcnow()
        self._played = Played()
        self._unsub: CALLBACK_TYPE | None = None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        return {PLAYED: self._played.clips}

    @override
    async def async_will_remove_from_hass(self) -> None:
        self._disarm()

    @override
    async def async_play_media(self, media_type: MediaType | str, media_id: str, **kwargs: Any) -> None:
        self._asked += 1
        asked = self._asked
        text, seconds = await async_fetch(self.hass, media_id, self.entity_id)
        if asked != self._asked:
            return
        self._played.add(text, dt_util.utcnow())
        self._attr_media_content_id = media_id
        self._attr_media_content_type = media_type
        self._attr_media_duration = round(seconds)
        self._attr_media_title = text
        self._left = seconds
        self._resume()

    @override
    async def async_media_play(self) -> None:
        if self.state is MediaPlayerState.PAUSED:
            self._resume()

    @override
    async def async_media_pause(self) -> None:
        if self.state is MediaPlayerState.PLAYING:
            self._disarm()
            self._left -= (dt_util.utcnow() - self._since).total_seconds()
            self._show(MediaPlayerState.PAUSED)

    @override
    async def async_media_stop(self) -> None:
        self._fall_silent(MediaPlayerState.IDLE)

    @override
    async def async_turn_on(self) -> None:
        if self.state is MediaPlayerState.OFF:
            self._show(MediaPlayerState.IDLE)

    @override
    async def async_turn_off(self) -> None:
        self._fall_silent(MediaPlayerState.OFF)

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        self._attr_volume_level = volume
        self.async_write_ha_state()

    @callback
    def _resume(self) -> None:
        self._disarm()
        self._since = dt_util.utcnow()
        self._unsub = async_call_later(self.hass, self._left, self._handle_end)
        self._show(MediaPlayerState.PLAYING)

    @callback
    def _handle_end(self, _now: datetime) -> None:
        self._unsub = None
        self._fall_silent(MediaPlayerState.IDLE)

    @callback
    def _fall_silent(self, state: MediaPlayerState) -> None:
        """End the clip, and forget one that is still being fetched."""
        self._disarm()
        self._asked += 1
        self._attr_media_content_id = None
        self._attr_media_content_type = None
        self._attr_media_duration = None
        self._attr_media_title = None
        self._show(state)

    @callback
    def _disarm(self) -> None:
        if self._unsub is not None:
            self._unsub()
            self._unsub = None

    @callback
    def _show(self, state: MediaPlayerState) -> None:
        self._attr_state = state
        self.async_write_ha_state()
