"""Speakers that fetch what they are given and tell which words were heard and when; and a belt that poses as one."""

from datetime import datetime
from typing import Any, Final, override

from homeassistant.components.media_player import MediaPlayerEntity
from homeassistant.components.media_player.const import (
    MediaPlayerDeviceClass,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .belt_player import BeltPlayer
from .const import PLAYED
from .deck import Clip, Deck
from .descriptions import GymPlayerDescription
from .entity import MachineEntity
from .room import GymConfigEntry, Room

FEATURES: Final = (
    MediaPlayerEntityFeature.PAUSE
    | MediaPlayerEntityFeature.PLAY
    | MediaPlayerEntityFeature.PLAY_MEDIA
    | MediaPlayerEntityFeature.SEEK
    | MediaPlayerEntityFeature.STOP
    | MediaPlayerEntityFeature.TURN_OFF
    | MediaPlayerEntityFeature.TURN_ON
    | MediaPlayerEntityFeature.VOLUME_SET
    | MediaPlayerEntityFeature.VOLUME_STEP
)

SPEAKER: Final = GymPlayerDescription(key="speaker")


async def async_setup_entry(
    _hass: HomeAssistant, entry: GymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the speakers of every furnished room, and each belt that poses as a player."""
    async_add_entities(
        Speaker(room, device, deck)
        for room in entry.runtime_data.furnished
        for device, deck in room.decks.items()
    )
    async_add_entities(BeltPlayer(room) for room in entry.runtime_data.rooms if room.make.is_player)


class Speaker(MachineEntity[Deck], MediaPlayerEntity):
    """A speaker."""

    entity_description: GymPlayerDescription

    _attr_device_class = MediaPlayerDeviceClass.SPEAKER
    _attr_name = None
    _unrecorded_attributes = frozenset({PLAYED})

    def __init__(self, room: Room, device: str, deck: Deck) -> None:
        """Say what it can do."""
        super().__init__(room, device, SPEAKER, deck)
        announces = MediaPlayerEntityFeature.MEDIA_ANNOUNCE if deck.make.announces else 0
        self._attr_supported_features = FEATURES | announces

    @property
    @override
    def state(self) -> MediaPlayerState:
        return self.machine.state

    @property
    @override
    def volume_level(self) -> float:
        return self.machine.volume

    @property
    @override
    def media_content_id(self) -> str | None:
        return None if (clip := self._clip) is None else clip.media_id

    @property
    @override
    def media_content_type(self) -> str | None:
        return None if (clip := self._clip) is None else clip.media_type

    @property
    @override
    def media_title(self) -> str | None:
        return None if (clip := self._clip) is None else clip.text

    @property
    @override
    def media_duration(self) -> int | None:
        return None if (clip := self._clip) is None or clip.seconds is None else round(clip.seconds)

    @property
    @override
    def media_position(self) -> int | None:
        return None if (clip := self._clip) is None or clip.seconds is None else round(clip.position)

    @property
    @override
    def media_position_updated_at(self) -> datetime | None:
        return None if self.media_position is None else self.machine.since

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        return {PLAYED: self.machine.played.clips}

    @property
    def _clip(self) -> Clip | None:
        return self.machine.clip

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.machine.async_name(self.entity_id)

    @override
    async def async_will_remove_from_hass(self) -> None:
        await super().async_will_remove_from_hass()
        self.machine.async_let_go()
        self.machine.async_fall_silent()

    @override
    async def async_play_media(
        self, media_type: MediaType | str, media_id: str, announce: bool | None = None, **kwargs: Any
    ) -> None:
        await self.machine.async_play(str(media_type), media_id, announce=bool(announce))

    @override
    async def async_media_play(self) -> None:
        await self.machine.async_resume()

    @override
    async def async_media_pause(self) -> None:
        await self.machine.async_pause()

    @override
    async def async_media_seek(self, position: float) -> None:
        await self.machine.async_seek(position)

    @override
    async def async_media_stop(self) -> None:
        await self.machine.async_stop()

    @override
    async def async_turn_on(self) -> None:
        await self.machine.async_turn_on()

    @override
    async def async_turn_off(self) -> None:
        await self.machine.async_stop(MediaPlayerState.OFF)

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        await self.machine.async_set_volume(volume)
