"""The manners of players: how each is asked to play a sound, and what it must be given back afterwards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Self

from homeassistant.const import ATTR_ENTITY_ID, ATTR_SUPPORTED_FEATURES, Platform
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from . import companion, shelf
from .calls import Action

MUSIC_ASSISTANT: Final = "music_assistant"
SETS_VOLUME, SEEKS, ANNOUNCES = 4, 2, 1 << 20
"""Features of a media player, as Home Assistant numbers them; its own names load much that need not be there."""
SAME_VOLUME: Final = 0.034
"""Players round, some to one of 16 steps: a difference below half of that is nobody's choice."""
PLAYING: Final = frozenset({"buffering", "playing"})
STILL: Final = frozenset({*PLAYING, "idle", "on"})
"""States in which a player is after a sound of ours; in any other one somebody has done something."""


@dataclass(frozen=True, slots=True)
class _Loudness:
    """How a player is told how loud a single sound is to be."""

    key: str
    whole: int
    """Its word for full volume; where that is 100 it takes whole numbers only."""


_LOUDNESS: Final[Mapping[str, _Loudness]] = MappingProxyType(
    {
        "sonos": _Loudness("volume", 100),
        "squeezebox": _Loudness("announce_volume", 1),
        "bang_olufsen": _Loudness("overlay_absolute_volume", 100),
    }
)
"""Integration -> what it takes among the extras of play_media; their own sources, 2026.10."""


@callback
def is_phone(speaker: str) -> bool:
    """Tell whether a speaker is a phone: it is called by the companion app's action, and comes for no sounds."""
    return speaker.startswith(f"{Platform.NOTIFY}.")


@callback
def brings_a_voice(entity_id: str) -> bool:
    """Tell whether a speaker speaks by itself; any other needs a speech engine."""
    return is_phone(entity_id) or entity_id.startswith(f"{Platform.ASSIST_SATELLITE}.")


@callback
def say(entity_id: str, text: str, *, is_urgent: bool) -> Action:
    """Ask a satellite or a phone to say something in its own voice."""
    if is_phone(entity_id):
        return _of_phone(entity_id), companion.speech(text, is_urgent=is_urgent)
    return ("assist_satellite", "announce"), {
        ATTR_ENTITY_ID: entity_id,
        "message": text,
        "preannounce": False,
    }


@callback
def hush(entity_id: str) -> Iterator[Action]:
    """Ask what speaks by itself to break off; a satellite cannot be asked."""
    if is_phone(entity_id):
        yield _of_phone(entity_id), companion.silence()


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
        data["extra"] = {said.key: round(volume * 100) if said.whole > 1 else round(volume, 2)}
    return ("media_player", "play_media"), data


@dataclass(slots=True, kw_only=True)
class Interruption:
    """What a player was doing before we spoke, as far as it does not put that back by itself."""

    entity_id: str
    louder: str
    """Whose volume is set: a satellite's is that of the player beside it."""
    is_told: bool
    """Whether it takes the volume together with the sound, so that its own stays as it is."""
    volume: float | None
    """As it was; None as long as nobody knows, as of a player that is off."""
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
        content = None if state is None or _puts_back(state) else _content(state)
        # Some players are asked only now and then what they do, and may still tell of our own last sound.
        if state is None or content is None or state.state not in PLAYING or _is_ours(content):
            state = content = None
        kind = state.attributes.get("media_content_type") if state else None
        return cls(
            entity_id=entity_id,
            louder=louder,
            is_told=_platform(hass, entity_id) in {MUSIC_ASSISTANT, *_LOUDNESS},
            volume=_volume(hass, louder),
            content={"media_content_id": content, "media_content_type": kind or "music"} if content else None,
            position=_position(state) if state and _features(state) & SEEKS else None,
        )

    @property
    def is_changed(self) -> bool:
        """Whether anything is to be put back."""
        return self.content is not None or self.set_to is not None

    def before(self, hass: HomeAssistant, volume: float | None) -> Iterator[Action]:
        """Give what is done before a sound of some volume; one that somebody has chosen since stays."""
        now = _volume(hass, self.louder)
        if volume is None or now is None or self.is_told:
            return
        if self.volume is None:
            self.volume = now
        if self._is_known(now) and abs(now - volume) > SAME_VOLUME:
            self.set_to = volume
            yield _set_volume(self.louder, volume)

    def after(self, hass: HomeAssistant) -> Iterator[Action]:
        """Give what puts everything back; who has chosen something else meanwhile keeps it."""
        now = _volume(hass, self.louder)
        if self.volume is not None and self.set_to is not None and now is not None and self._is_known(now):
            yield _set_volume(self.louder, self.volume)
        if self.content is not None and self._is_left_alone(hass.states.get(self.entity_id)):
            yield ("media_player", "play_media"), {ATTR_ENTITY_ID: self.entity_id, **self.content}

    def seek(self) -> Iterator[Action]:
        """Give what goes on where it was interrupted."""
        if self.position:
            position = {"seek_position": self.position}
            yield ("media_player", "media_seek"), {ATTR_ENTITY_ID: self.entity_id, **position}

    def is_back(self, state: State | None) -> bool:
        """Tell whether what was playing plays again."""
        return state is not None and state.state == "playing" and self._was_playing(_content(state))

    def _was_playing(self, content: str | None) -> bool:
        return self.content is not None and content == self.content["media_content_id"]

    def _is_left_alone(self, state: State | None) -> bool:
        """Tell whether nobody has switched the player off, paused it, or played something else on it."""
        if state is None or state.state not in STILL:
            return False
        content = _content(state)
        is_other = content is None or not (_is_ours(content) or self._was_playing(content))
        return state.state not in PLAYING or not is_other

    def _is_known(self, now: float) -> bool:
        """Tell whether the volume is as we left it or found it: some players tell only later what we made of it."""
        return any(
            known is not None and abs(now - known) <= SAME_VOLUME for known in (self.volume, self.set_to)
        )


def _of_phone(speaker: str) -> tuple[str, str]:
    domain, _, name = speaker.partition(".")
    return domain, name


def _set_volume(entity_id: str, volume: float) -> Action:
    return ("media_player", "volume_set"), {ATTR_ENTITY_ID: entity_id, "volume_level": volume}


def _volume(hass: HomeAssistant, entity_id: str) -> float | None:
    """Give the volume of a player that lets it be set."""
    state = hass.states.get(entity_id)
    level = state.attributes.get("volume_level") if state and _features(state) & SETS_VOLUME else None
    return float(level) if isinstance(level, int | float) else None


def _content(state: State) -> str | None:
    content = state.attributes.get("media_content_id")
    return str(content) if content else None


def _is_ours(content: str) -> bool:
    return shelf.PATH in content


def _features(state: State) -> int:
    return int(state.attributes.get(ATTR_SUPPORTED_FEATURES) or 0)


def _puts_back(state: State) -> bool:
    """Tell whether a speaker goes on by itself with what it played."""
    return brings_a_voice(state.entity_id) or bool(_features(state) & ANNOUNCES)


def _platform(hass: HomeAssistant, entity_id: str) -> str:
    entry = er.async_get(hass).async_get(entity_id)
    return entry.platform if entry else ""


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
    if not isinstance(position, int | float) or not isinstance(at, datetime) or at.tzinfo is None:
        return None
    return position + max((dt_util.utcnow() - at).total_seconds(), 0.0)
