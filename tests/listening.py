"""What is heard from one of the gym's speakers, and what it was told to do."""

from datetime import datetime
from typing import Any

from custom_components.backstride.output import shelf
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .gym.visit import async_do, attribute
from .hall import NOON, PLAYER, Hall

WALL, AMPLIFIER = "media_player.gym_wall_speaker", "media_player.gym_amplifier"
ANNOUNCES = PLAYER
SONG = "http://music.example/music"


def heard(hall: Hall, speaker: str, *, since: float = 0.0) -> list[tuple[float, str]]:
    """Give what was heard from a speaker by now, and how many seconds after noon."""
    now = dt_util.utcnow()
    sounded = (
        (datetime.fromisoformat(one["at"]), one["text"]) for one in attribute(hall.hass, speaker, "played")
    )
    told = [(round((at - NOON).total_seconds(), 3), text) for at, text in sounded if at <= now]
    # What says nothing is known by its address only.
    return [(at, text) for at, text in told if at >= since and shelf.PATH not in text]


def words(hall: Hall, speaker: str, *, since: float = 0.0) -> list[str]:
    return [text for _, text in heard(hall, speaker, since=since)]


def elapsed() -> float:
    """Tell how many seconds after noon it is."""
    return (dt_util.utcnow() - NOON).total_seconds()


async def play(hall: Hall, speaker: str, what: str = SONG, kind: str = "music") -> None:
    """Let music play."""
    await async_do(
        hall.hass, "media_player.play_media", speaker, media_content_type=kind, media_content_id=what
    )


async def set_volume(hall: Hall, speaker: str, volume: float) -> None:
    await async_do(hall.hass, "media_player.volume_set", speaker, volume_level=volume)


async def behave(hall: Hall, speaker: str, manner: str) -> None:
    await async_do(
        hall.hass, "select.select_option", f"select.{speaker.split('.')[1]}_manners", option=manner
    )


async def plug(hall: Hall, speaker: str, *, in_: bool) -> None:
    action = "turn_on" if in_ else "turn_off"
    await async_do(hall.hass, f"switch.{action}", f"switch.{speaker.split('.')[1]}_plugged_in")


def offered(hass: HomeAssistant) -> int:
    """Tell how many sounds can still be fetched."""
    return len(hass.data.get(shelf.SHELF, {}))


class Told:
    """What a speaker was told to do, in its order."""

    def __init__(self, hass: HomeAssistant, speaker: str) -> None:
        """Begin to listen."""
        self._speaker = speaker
        self.actions: list[tuple[str, dict[str, Any]]] = []
        hass.bus.async_listen(EVENT_CALL_SERVICE, self._note)

    @callback
    def _note(self, event: Event[Any]) -> None:
        data = dict(event.data["service_data"])
        if data.pop("entity_id", None) in (self._speaker, [self._speaker]):
            self.actions.append((event.data["service"], data))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.actions]
