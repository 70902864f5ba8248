"""The manners of players: how each is asked to play a sound, and what it must be given back afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Self

from homeassistant.const import ATTR_ENTITY_ID, ATTR_SUPPORTED_FEATURES, Platform
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from .calls import Action

MUSIC_ASSISTANT: Final = "music_assistant"
SETS_VOLUME, SEEKS, ANNOUNCES = 4, 2, 1 << 20
"""Features of a media player, as Home Assistant numbers them; its own names load much that need not be there."""
SAME_VOLUME: Final = 0.015
"""Players round: a difference below this is nobody's choice."""


@dataclass(frozen=True, slots=True)
class _Loudness:
    """How a player is told how loud a single sound is to be."""

    key: str
    whole: float
    """Its word for full volume."""


_LOUDNESS: Final[Mapping[str, _Loudness]] = MappingProxyType(
    {
        "sonos": _Loudness("volume", 100),
        "squeezebox": _Loudness("announce_volume", 1),
        "bang_olufsen": _Loudness("overlay_absolute_volume", 100),
    }
)
"""Integration -> what it takes among the extras of play_media; their own sources, 2026.10."""


@callback
def brings_a_voice(entity_id: str) -> bool:
    """Tell whether a speaker speaks by itself; any other needs a speech engine."""
    return entity_id.startswith(f"{Platform.ASSIST_SATELLITE}.")


@callback
def say(entity_id: str, text: str) -> Action:
    """Ask a satellite to say something in its own voice."""
    return ("assist_satellite", "announce"), {
        ATTR_ENTITY_ID: entity_id,
        "message": text,
        "preannounce": False,
    }


@callback
def play(hass: HomeAssistant, entity_id: str, address: str, text: str, volume: float | None) -> Action:
    """Ask a speaker to play a sound, in the way of its kind; `text` is for those that can show it."""
    if brings_a_voice(entity_id):
        shown = {"message": text, "media_id": address, "preannounce": False}
        return ("assist_satellite", "announce"), {ATTR_ENTITY_ID: entity_id, **shown}
    platform = _platform(hass, entity_id)
    if platform == MUSIC_ASSISTANT:
        data: dict[str, Any] = {ATTR_ENTITY_ID: entity_id, "url": address, "use_pre_announce": False}
        if volume is not None:
            data["announce_volume"] = max(round(volume * 100), 1)
        return (MUSIC_ASSISTANT, "play_announcement"), data
    data = {
        ATTR_ENTITY_ID: entity_id,
        "media_content_id": address,
        "media_content_type": "music",
        "announce": True,
    }
    if volume is not None and platform in _LOUDNESS:
        said = _LOUDNESS[platform]
        data["extra"] = {said.key: round(volume * said.whole, 2)}
    return ("media_player", "play_media"), data


@dataclass(slots=True, kw_only=True)
class Interruption:
    """What a player was doing before we spoke, as far as it does not put that back by itself."""

    entity_id: str
    louder: str
    """Whose volume is set: a satellite's is that of the player beside it."""
    volume: float | None
    """As it was; None where it is nothing of ours."""
    set_to: float | None = None
    """What we made of it."""
    content: Mapping[str, Any] | None
    """What was playing."""
    position: float | None
    """Seconds into it."""

    @classmethod
    def begin(cls, hass: HomeAssistant, entity_id: str) -> Self:
        """Remember how things are."""
        louder = _player_of(hass, entity_id)
        state = hass.states.get(entity_id)
        plays = state is not None and state.state == "playing" and not _puts_back(state)
        content = state.attributes.get("media_content_id") if state and plays else None
        kind = state.attributes.get("media_content_type") if state else None
        return cls(
            entity_id=entity_id,
            louder=louder,
            volume=None if _takes_volume(hass, entity_id) else _volume(hass, louder),
            content={"media_content_id": content, "media_content_type": kind or "music"} if content else None,
            position=_position(state) if state and content and _features(state) & SEEKS else None,
        )

    def before(self, hass: HomeAssistant, volume: float | None) -> Iterator[Action]:
        """Give what is done before a sound of some volume; one that somebody has chosen since stays."""
        now = _volume(hass, self.louder)
        if volume is None or self.volume is None or now is None or not self._is_ours(now):
            return
        if abs(now - volume) > SAME_VOLUME:
            self.set_to = volume
            yield _set_volume(self.louder, volume)

    def after(self, hass: HomeAssistant) -> Iterator[Action]:
        """Give what puts everything back."""
        now = _volume(hass, self.louder)
        if self.volume is not None and self.set_to is not None and now is not None and self._is_ours(now):
            yield _set_volume(self.louder, self.volume)
        if self.content is not None:
            yield ("media_player", "play_media"), {ATTR_ENTITY_ID: self.entity_id, **self.content}
            if self.position:
                position = {"seek_position": self.position}
                yield ("media_player", "media_seek"), {ATTR_ENTITY_ID: self.entity_id, **position}

    def _is_ours(self, now: float) -> bool:
        """Tell whether the volume is as we left it, or found it."""
        known = self.volume if self.set_to is None else self.set_to
        return known is not None and abs(now - known) <= SAME_VOLUME


def _set_volume(entity_id: str, volume: float) -> Action:
    return ("media_player", "volume_set"), {ATTR_ENTITY_ID: entity_id, "volume_level": volume}


def _volume(hass: HomeAssistant, entity_id: str) -> float | None:
    """Give the volume of a player that lets it be set."""
    state = hass.states.get(entity_id)
    level = state.attributes.get("volume_level") if state and _features(state) & SETS_VOLUME else None
    return None if level is None else float(level)


def _features(state: State) -> int:
    return int(state.attributes.get(ATTR_SUPPORTED_FEATURES) or 0)


def _puts_back(state: State) -> bool:
    """Tell whether a speaker goes on by itself with what it played."""
    return brings_a_voice(state.entity_id) or bool(_features(state) & ANNOUNCES)


def _platform(hass: HomeAssistant, entity_id: str) -> str:
    entry = er.async_get(hass).async_get(entity_id)
    return entry.platform if entry else ""


def _takes_volume(hass: HomeAssistant, entity_id: str) -> bool:
    """Tell whether a speaker is told the volume together with the sound."""
    return _platform(hass, entity_id) in {MUSIC_ASSISTANT, *_LOUDNESS}


def _player_of(hass: HomeAssistant, entity_id: str) -> str:
    """Give the media player that has the volume of a speaker."""
    registry = er.async_get(hass)
    entry = registry.async_get(entity_id)
    if not brings_a_voice(entity_id) or entry is None or entry.device_id is None:
        return entity_id
    beside = er.async_entries_for_device(registry, entry.device_id)
    return next((each.entity_id for each in beside if each.domain == Platform.MEDIA_PLAYER), entity_id)


def _position(state: State) -> float | None:
    """Tell how far a player is by now: it says so only now and then."""
    position, at = state.attributes.get("media_position"), state.attributes.get("media_position_updated_at")
    if position is None or at is None:
        return None
    since: float = (dt_util.utcnow() - at).total_seconds()
    return float(position) + max(since, 0.0)
