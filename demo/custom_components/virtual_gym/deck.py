"""What a simulated speaker does with what it is given: it wakes, fetches, buffers, sounds, and goes on with what it played."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, override

from homeassistant.components.media_player.const import MediaPlayerState
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from .const import DOMAIN, HEARD
from .fetch import Fetched, async_fetch
from .machine import Machine
from .speaker_make import SpeakerMake, SpeakerManner
from .speech import Played

STAYS_AWAKE: Final = 5.0
"""Seconds after a sound for which a speaker need not wake up again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """Something that sounds, sounded until it was paused, or will."""

    media_id: str
    media_type: str
    text: str
    seconds: float | None
    """How long it is; None has no end, as radio."""

    position: float = 0.0
    """Where it stood in seconds when it was last started or moved."""

    is_announcement: bool = False

    @property
    def left(self) -> float | None:
        """Tell how long it still sounds from there."""
        return None if self.seconds is None else max(self.seconds - self.position, 0.0)


class Deck(Machine):
    """What is in a speaker."""

    def __init__(self, hass: HomeAssistant, make: SpeakerMake) -> None:
        """Let it be on and silent."""
        super().__init__(hass)
        self.make = make
        self.manner = SpeakerManner.PLAYS
        self.plugged_in = True
        self.volume = 0.5
        self.state = MediaPlayerState.IDLE
        self.clip: Clip | None = None
        self.since = dt_util.utcnow()
        """When the clip was at its position."""

        self.played = Played()
        self._entity_id = ""
        self._asked = 0
        """How often something was to be played: what is fetched only after the next was asked for is never heard."""

        self._interrupted: Clip | None = None
        self._silent_since: datetime | None = None
        self._unsub_end: CALLBACK_TYPE | None = None

    @property
    @override
    def available(self) -> bool:
        return self.plugged_in

    @callback
    def async_name(self, entity_id: str) -> None:
        """Tell it under which name it is asked, for what it fetches and tells."""
        self._entity_id = entity_id

    # What it is asked

    async def async_play(self, media_type: str, media_id: str, *, announce: bool) -> None:
        """Play something in place of what plays; comes back when it was taken, or where nothing delays it when it is heard."""
        await self._async_obey()
        if self.manner is SpeakerManner.STAYS_SILENT:
            return
        self._asked += 1
        asked, called = self._asked, dt_util.utcnow()
        play = partial(self._async_fetch_and_play, asked, called, media_type, media_id, announce=announce)
        if delay := self._delay(called):
            self.async_wait(delay, lambda: self._begin(play()))
        elif self.make.buffers:
            self._begin(play())
        else:
            self.async_stop_waiting()
            await play()

    async def async_resume(self) -> None:
        """Go on with what was paused."""
        await self._async_obey()
        if self.state is MediaPlayerState.PAUSED:
            self._sound()

    async def async_pause(self) -> None:
        """Pause."""
        await self._async_obey()
        if self.state is MediaPlayerState.PLAYING:
            self._hold_still()
            self._show(MediaPlayerState.PAUSED)

    async def async_seek(self, position: float) -> None:
        """Go to a position of what plays or is paused."""
        await self._async_obey()
        if self.clip is not None:
            self.clip, self.since = replace(self.clip, position=position), dt_util.utcnow()
            if self.state is MediaPlayerState.PLAYING:
                self._sound()
            self.async_changed()

    async def async_set_volume(self, volume: float) -> None:
        """Set how loud it is."""
        await self._async_obey()
        self.volume = volume
        self.async_changed()

    async def async_stop(self, state: MediaPlayerState = MediaPlayerState.IDLE) -> None:
        """Fall silent."""
        await self._async_obey()
        self.async_fall_silent(state)

    async def async_turn_on(self) -> None:
        """Come on, silent."""
        await self._async_obey()
        if self.state is MediaPlayerState.OFF:
            self._show(MediaPlayerState.IDLE)

    # What hands do

    @callback
    def async_behave(self, manner: SpeakerManner) -> None:
        """Choose what it makes of what it is given; calls that hang fail now."""
        self.manner = manner
        self.async_let_go()
        self.async_changed()

    @callback
    def async_set_delays(self, *, wakes: float | None = None, buffers: float | None = None) -> None:
        """Make it slower or quicker; while it is awake it then takes as long as from sleep."""
        if wakes is not None:
            self.make = replace(self.make, wakes=wakes, starts=wakes)
        if buffers is not None:
            self.make = replace(self.make, buffers=buffers)
        self.async_changed()

    @callback
    def async_plug(self, *, plugged_in: bool) -> None:
        """Plug it in, or pull its plug, whatever it is playing."""
        self.plugged_in = plugged_in
        self.async_fall_silent()

    @callback
    def async_fall_silent(self, state: MediaPlayerState = MediaPlayerState.IDLE) -> None:
        """End everything, also what is still being fetched."""
        self.async_stop_waiting()
        self._hold_still()
        self._asked += 1
        self.clip = self._interrupted = None
        self._show(state)

    # How it does it

    async def _async_obey(self) -> None:
        if self.manner is SpeakerManner.HANGS:
            await self.async_hang()
        elif self.manner is not SpeakerManner.REFUSES:
            return
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="speaker_refuses",
            translation_placeholders={"speaker": self._entity_id},
        )

    def _delay(self, now: datetime) -> float:
        since = self._silent_since
        is_awake = self.state is MediaPlayerState.PLAYING or (
            since is not None and (now - since).total_seconds() <= STAYS_AWAKE
        )
        return self.make.starts if is_awake else self.make.wakes

    def _begin(self, playing: object) -> None:
        self._hass.async_create_task(playing, f"{DOMAIN} {self._entity_id}")  # type: ignore[arg-type]

    async def _async_fetch_and_play(
        self, asked: int, called: datetime, media_type: str, media_id: str, *, announce: bool
    ) -> None:
        fetched = await async_fetch(self._hass, media_id, media_type, self._entity_id)
        if fetched is None or asked != self._asked:
            return
        clip = Clip(
            media_id=media_id,
            media_type=media_type,
            text=fetched.text,
            seconds=fetched.seconds,
            is_announcement=announce and self.make.announces,
        )
        sounds = fetched.at + timedelta(seconds=self.make.buffers)
        begin = partial(self._begin_clip, clip, called, fetched, sounds)
        left = (sounds - dt_util.utcnow()).total_seconds()
        if left > 0:
            self.async_wait(left, begin)
        else:
            begin()

    @callback
    def _begin_clip(self, clip: Clip, called: datetime, fetched: Fetched, sounds: datetime) -> None:
        self._hold_still()
        if not clip.is_announcement:
            self._interrupted = None
        elif (
            self.clip is not None and not self.clip.is_announcement and self.state is MediaPlayerState.PLAYING
        ):
            self._interrupted = self.clip
        self.clip = clip
        for offset, text in fetched.parts:
            self.played.add(text, sounds + timedelta(seconds=offset))
        self._hass.bus.async_fire(
            HEARD,
            {
                **fetched.told(self._entity_id, clip.media_id),
                "announced": clip.is_announcement,
                "at": sounds.isoformat(),
                "called": called.isoformat(),
                "volume": self.volume,
            },
        )
        self._sound()

    def _sound(self) -> None:
        """Let the clip sound from its position on."""
        self._disarm()
        self.since = dt_util.utcnow()
        if self.clip is not None and (left := self.clip.left) is not None:
            self._unsub_end = async_call_later(self._hass, left, self._handle_end)
        self._show(MediaPlayerState.PLAYING)

    @callback
    def _handle_end(self, _now: datetime) -> None:
        self._unsub_end = None
        self._hold_still()
        self.clip, self._interrupted = self._interrupted, None
        if self.clip is None:
            self._show(MediaPlayerState.IDLE)
        else:
            self._sound()

    def _hold_still(self) -> None:
        """Note where the clip stands, and when it was last heard."""
        self._disarm()
        if self.clip is not None and self.state is MediaPlayerState.PLAYING:
            now = dt_util.utcnow()
            self.played.cut(now)
            position = self.clip.position + (now - self.since).total_seconds()
            self.clip, self.since, self._silent_since = replace(self.clip, position=position), now, now

    def _disarm(self) -> None:
        if self._unsub_end is not None:
            self._unsub_end()
            self._unsub_end = None

    def _show(self, state: MediaPlayerState) -> None:
        self.state = state
        self.async_changed()
