"""Makes a place's sessions heard and seen, and watches the space behind the athlete while one is on."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.start import async_at_started

from .auto_start import AutoStart
from .dead_sensors import DeadSensors
from .driver import Driver
from .engine.belt import Steering
from .engine.cues import Priority
from .engine.errors import EngineError
from .engine.events import Reason
from .engine.session import Command, Session
from .engine.state import FINAL
from .fence import call_each
from .light_cues import TONE_AFTER, LightCues
from .live import LivePlace, SessionEvents
from .lookout import WATCHED, Lookout
from .output.calls import Calls
from .output.phrases import Phrases
from .output.speaker import Speaker
from .output.words import Words
from .praise import Praises
from .problems import problem
from .settings import AthleteSettings, PlaceSettings

LAST_WORDS: Final = 4.0
"""Seconds that speakers and lamps get to come back when Home Assistant stops."""


class Coach:
    """Speaker, lights and watch of one place. Nothing they do reaches the session, but for the guard's hold and stop."""

    def __init__(
        self,
        hass: HomeAssistant,
        live: LivePlace,
        *,
        phrases: Callable[[AthleteSettings | None], Phrases],
        start: Callable[[], object],
        athlete: Callable[[], AthleteSettings | None],
        chosen: Callable[[], AthleteSettings | None],
    ) -> None:
        """Follow a place: its `athlete` is spoken to, and while nobody walks, who is `chosen` to walk next.

        While Home Assistant starts, what there is to say waits until everything is there, or somebody walks.
        """
        self._hass = hass
        self._live = live
        self._phrases = phrases
        self._athlete = athlete
        self._chosen = chosen
        self._taken: tuple[PlaceSettings, Phrases, str | None] | None = None
        """How the place is set up, what is said there, and the phone that speaks."""
        self._calls: Calls
        self._light_cues: LightCues
        self._words: Words
        self._speaker: Speaker
        self._former: Speaker | None = None
        self._is_closed = False
        self._session_id: str | None = None
        self._untold: SessionEvents | None = ()
        self._take_settings()
        self.driver = Driver(hass, live, say=self._say_safety)
        self.lookout = Lookout(
            hass,
            live,
            athlete=athlete,
            is_ignored=lambda: self.driver.steering is Steering.IGNORED,
            warn=self._warn,
            calm=self._calm,
            stop_belt=self.driver.async_brake,
            say=self._say_safety,
        )
        self._dead_sensors = DeadSensors(hass, live, self.lookout)
        self._auto_start = AutoStart(hass, live, start)
        self.praises = Praises(
            hass,
            live,
            word=lambda earned: " ".join(map(self._words.praise, earned)),
            prepare=lambda text: self._speaker.prepare(text),  # noqa: PLW0108 - the speaker may be another one by then
            say=lambda text: self._speaker.say(text, Priority.PROGRESS),
        )
        self._unsub_live = live.async_subscribe(self._follow)
        self._unsub_started = async_at_started(hass, self._handle_started)

    def _take_settings(self) -> None:
        """Take on outputs and language as they are set up now; a session keeps them to its end."""
        settings = self._live.settings
        listener = self._athlete() if self._live.athlete_id else self._chosen()
        phrases, phone = self._phrases(listener), listener.speaking_phone if listener else None
        if (taken := self._taken) is not None:
            if (settings, phone) == (taken[0], taken[2]) and phrases is taken[1]:
                return
            self._light_cues.close()
            if self._former is not None:
                self._former.close()
            # What it is saying it says to its end.
            self._former = self._speaker
            self._former.stop()
        self._taken = settings, phrases, phone
        self._calls = Calls(self._hass, settings.name)
        self._light_cues = LightCues(self._hass, self._live, self._calls, settings)
        if self._untold is None:
            self._light_cues.start()
        self._words = Words(phrases, settings.kind)
        self._speaker = Speaker(
            self._hass,
            self._words,
            self._calls,
            settings.sounds.also(phone),
            leads=self._live.leads,
            now=self._live.clock.now,
            may_coach=lambda: self._live.choice.spoken_cues,
        )

    # What people can switch

    @callback
    def async_light_up(self, *, on: bool) -> None:
        """Show directions from now on, or give the lamps back; a warning stays."""
        self._light_cues.light_up(on=on)

    @callback
    def async_mute(self) -> None:
        """Break off what is being said, but for safety."""
        self._speaker.hush()

    @callback
    def async_test(self) -> None:
        """Say a sentence and show the colours, so that a person hears and sees what to expect; refused in a session.

        A tone comes with the second colour: by that a person hears how late a speaker is, and can set it right.
        """
        if self._live.is_on:
            raise problem("place_busy", place=self._live.settings.name)
        if self._light_cues.is_testing:
            return
        self._take_settings()
        self._speaker.try_out(self._words.test(), tone_after=TONE_AFTER)
        self._light_cues.test()

    @callback
    def async_say_of_test(self, *said: tuple[str, str]) -> None:
        """Say sentences of a walk test, each by its key and with the sensors it names."""
        self._take_settings()
        words = (self._words.walk_test(key, names) for key, names in said)
        self._speaker.tell(" ".join(words))

    @callback
    def async_say(self, *keys: str) -> None:
        """Say safety sentences one after the other while nobody walks, on the speakers there are now."""
        self._take_settings()
        self._speaker.tell(" ".join(map(self._words.safety, keys)))

    @callback
    def async_emergency_stop(self) -> None:
        """Stop the belt, then the session; never asks, and needs no session."""
        call_each((self.driver.async_emergency_stop, self._end_in_emergency))

    def _end_in_emergency(self) -> None:
        if self._live.is_on:
            # What was due in this instant may have ended it already.
            with suppress(EngineError):
                self._live.async_command(Command.STOP, reason=Reason.EMERGENCY)
        else:
            # As loud as any warning, whatever hour it is.
            self._take_settings()
            self._say_safety("press_stop")

    # What others may do with the voice

    @property
    def words(self) -> Words:
        """Give the words that are said here."""
        return self._words

    @property
    def speakers(self) -> list[dict[str, Any]]:
        """Tell how the speakers do, for who looks for a fault."""
        return self._speaker.to_data()

    async def async_finish_speaking(self, seconds: float) -> None:
        """Give what is being said a while to come to its end."""
        await self._calls.async_finish(seconds)

    async def async_lend[T](self, speaker: str, use: Coroutine[Any, Any, T]) -> T:
        """Let somebody else use a speaker; it is cancelled as soon as the coach has a word to say."""
        return await self._calls.async_lend(speaker, use)

    # What a session does

    @callback
    def _handle_started(self, _hass: HomeAssistant) -> None:
        if self._untold is not None:
            untold, self._untold = self._untold, None
            self._light_cues.start()
            self._follow(untold)

    @callback
    def _follow(self, events: SessionEvents) -> None:
        session = self._live.session
        if self._untold is not None:
            self._untold += events
            if session is not None and session.state in WATCHED:
                # That may take minutes, and nobody walks backward unwatched for so long.
                self._handle_started(self._hass)
        elif session is not None and (self._session_id == session.id or session.state not in FINAL):
            if self._session_id != session.id:
                call_each((self._begin,), session)
            # What watches comes first.
            call_each((self.lookout.follow, self.driver.follow), session)
            call_each((self._light_cues.follow, self._speaker.follow), session, events)
            if session.state in FINAL:
                self._end()

    def _begin(self, session: Session) -> None:
        self._session_id = session.id
        # Lamps that the one before has not put back yet are taken as they were before it.
        self._take_settings()
        self._light_cues.begin(session)
        self._calls.begin()
        self._words.begin(session.workout, session.level)
        self._speaker.begin()
        self.lookout.begin()

    def _end(self) -> None:
        self._session_id = None
        self._speaker.end()
        self._take_settings()

    # What the lookout asks for

    def _warn(self, *, urgent: bool = False) -> None:
        self._light_cues.warn(urgent=urgent)

    def _calm(self) -> None:
        self._light_cues.calm()

    def _say_safety(self, key: str) -> None:
        self._speaker.say(self._words.safety(key), Priority.SAFETY)

    @callback
    def async_settings_changed(self) -> None:
        """Follow other settings: obstacle sensors at once, the rest from the next session on."""
        session = self._live.session
        call_each(
            (
                self.lookout.look_anew,
                self.driver.async_settings_changed,
                self._auto_start.async_settings_changed,
            )
        )
        if session is None or session.id != self._session_id:
            self._take_settings()

    async def async_close(self) -> None:
        """Say that the coach goes, give the lamps back, and listen to nothing any more; a second time does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        self._unsub_live()
        self._unsub_started()
        self._speaker.stop()
        self.driver.close()
        self._auto_start.stop()
        self.praises.stop()
        self._dead_sensors.stop()
        self.lookout.close()
        session = self._live.session
        if session is not None and session.state in WATCHED:
            self._say_safety("leaving")
        await self._light_cues.async_give_back()
        await asyncio.gather(self._calls.async_finish(LAST_WORDS), self._speaker.async_finish(LAST_WORDS))
        for speaker in filter(None, (self._speaker, self._former)):
            speaker.close()
        await self._calls.async_finish(LAST_WORDS)
        self._light_cues.close()
