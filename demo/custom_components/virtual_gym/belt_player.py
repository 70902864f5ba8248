"""A belt that poses as a media player: play moves it, pause and stop let it run out."""

from typing import Final, override

from homeassistant.components.media_player import MediaPlayerEntity
from homeassistant.components.media_player.const import MediaPlayerEntityFeature

from .descriptions import GymPlayerDescription
from .entity import MachineEntity
from .makes import player_state
from .manners import Key
from .room import Room
from .treadmill import Link

PLAYER: Final = GymPlayerDescription(key="media")


class BeltPlayer(MachineEntity[Link], MediaPlayerEntity):
    """A belt to be played."""

    entity_description: GymPlayerDescription
    _attr_name = None
    _attr_supported_features = (
        MediaPlayerEntityFeature.PAUSE | MediaPlayerEntityFeature.PLAY | MediaPlayerEntityFeature.STOP
    )

    def __init__(self, room: Room) -> None:
        """Let it be the room's machine."""
        super().__init__(room, room.make.device, PLAYER, room.link)

    @property
    @override
    def state(self) -> str:  # type: ignore[override] # such integrations show words no player has
        return player_state(self.machine.told)

    @override
    async def async_media_play(self) -> None:
        self.machine.async_press(Key.START)

    @override
    async def async_media_pause(self) -> None:
        self.machine.async_press(Key.PAUSE)

    @override
    async def async_media_stop(self) -> None:
        self.machine.async_press(Key.STOP)
