"""Makes a place's sessions heard and seen, and watches the space behind the athlete while one is on."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.start import async_at_started

from .auto_start import AutoStart
from .const import LOGGER
from .dead_sensors import DeadSensors
from .driver import Driver
from .engine.belt import Steering
from .engine.cues import Priority
from .engine.errors import EngineError
from .engine.events import Reason
from .engine.session import Command, Session
from .engine.state import FINAL, SessionState, current
from .engine.workout import Direction
from .live import LivePlace, SessionEvents
from .lookout import WATCHED, Lookout
from .output.calls import Calls
from .output.lights import Lights
from .output.speaker import Speaker
from .output.words import Phrases, Words
from .settings import AthleteSettings, PlaceSettings

RESTORE_AFTER: Final = timedelta(minutes=1)
"""A pause that lasts longer gives the room its light back."""
WARNS_ON: Final = timedelta(seconds=5)
"""How long a warning stands after it ended a session."""
LAST_WORDS: Final = 3.0
"""Seconds that speakers and lamps get to come back when Home Assistant stops."""
TEST_STEP: Final = timedelta(seconds=1.5)
"""How long each colour of a test is shown."""
MOVING: Final = frozenset({SessionState.RUNNING, SessionState.WAITING})


class Coach:
    """Speaker, lights and watch of one place. Nothing they do reaches the session, but for the guard's hold and stop."""

    def __init__(
        self,
        hass: HomeAssistant,
        live: LivePlace,
        phrases: Phrases,
        *,
        start: Callable[[], object],
        athlete: Callable[[], AthleteSettings | None],
    ) -> None:
        """Follow a place; what there is to say while Home Assistant starts is said when everything is there."""
        self._hass = hass
        self._live = live
        self._phrases = phrases
        self._settings: PlaceSettings | None = None
        self._calls: Calls
        self._lights: Lights
        self._words: Words
        self._speaker: Speaker
        self._is_closed = False
        self._session_id: str | None = None
        self._untold: SessionEvents | None = ()
        self._unsub_test: CALLBACK_TYPE | None = None
        self._unsub_restore: CALLBACK_TYPE | None = None
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
        self._dead_sensors = DeadSensors(hass, self.lookout, lambda: live.settings.name)
        self._auto_start = AutoStart(hass, live, start)
        self._unsub_live = live.async_subscribe(self._follow)
        self._unsub_started = async_at_started(hass, self._handle_started)

    def _take_settings(self) -> None:
        """Take on the outputs as they are set up now; a session keeps them to its end."""
        settings = self._live.settings
        if settings == self._settings:
            return
        if self._settings is not None:
            self._lights.close()
        self._settings = settings
        self._calls = Calls(self._hass, settings.name)
        self._lights = Lights(
            self._hass,
            self._calls,
            lights=settings.lights,
            no_flashing=settings.no_flashing,
            owed=self._live.lamps,
            noted=self._live.async_keep_lamps,
        )
        if self._untold is None:
            self._lights.start()
        self._words = Words(self._phrases, settings.kind)
        self._speaker = Speaker(
            self._hass,
            self._words,
            self._calls,
            players=settings.speakers,
            engine=settings.tts_engine,
            now=self._live.clock.now,
            may_coach=lambda: self._live.choice.spoken_cues,
        )

    # What people can switch

    @callback
    def async_light_up(self, *, on: bool) -> None:
        """Show directions from now on, or give the lamps back; a warning stays."""
        if not on:
            self._lights.hide()
        elif (session := self._live.session) is not None and session.state in MOVING:
            self._show(session)

    @callback
    def async_test(self) -> None:
        """Say a sentence and show the colours, so that a person hears and sees what to expect."""
        if self._unsub_test is not None or self._live.is_on:
            return
        self._take_settings()
        self._speaker.say(self._words.test(), Priority.SAFETY)
        self._lights.remember()
        self._show_next([Direction.BACKWARD, Direction.FORWARD, Direction.TURN])

    @callback
    def async_emergency_stop(self) -> None:
        """Stop the belt, then the session; never asks, and needs no session."""
        self._do(self.driver.async_emergency_stop, self._end_in_emergency)

    def _end_in_emergency(self) -> None:
        if self._live.is_on:
            # What was due in this instant may have ended it already.
            with suppress(EngineError):
                self._live.async_command(Command.STOP, reason=Reason.EMERGENCY)
        else:
            self._take_settings()
            self._say_safety("press_stop")

    def _show_next(self, left: list[Direction]) -> None:
        if not left:
            self._lights.restore()
            return
        self._lights.show(left[0])

        @callback
        def handle(_now: datetime) -> None:
            self._unsub_test = None
            self._show_next(left[1:])

        self._unsub_test = async_call_later(self._hass, TEST_STEP, handle)

    def _end_test(self) -> bool:
        """End a test that is on; the lamps stay as they are, for whoever ends it to put back."""
        if self._unsub_test is None:
            return False
        self._unsub_test()
        self._unsub_test = None
        return True

    # What a session does

    @callback
    def _handle_started(self, _hass: HomeAssistant) -> None:
        untold, self._untold = self._untold or (), None
        self._lights.start()
        self._follow(untold)

    @callback
    def _follow(self, events: SessionEvents) -> None:
        session = self._live.session
        if self._untold is not None:
            self._untold += events
            if session is not None:
                self._do(partial(self.lookout.follow, session))
        elif session is not None and (self._session_id == session.id or session.state not in FINAL):
            if self._session_id != session.id:
                self._do(partial(self._begin, session))
            # What watches comes first.
            self._do(
                partial(self.lookout.follow, session),
                partial(self.driver.follow, session),
                partial(self._light, session),
                partial(self._speaker.follow, session, events),
            )
            if session.state in FINAL:
                self._end()

    def _do(self, *parts: Callable[[], object]) -> None:
        """Do one thing after the other; none of them keeps another from its part."""
        for part in parts:
            try:
                part()
            except Exception:  # noqa: BLE001 - whatever voice, light or belt raise, the way behind is watched
                LOGGER.exception("%s: a part of the coach failed", self._live.settings.name)

    def _begin(self, session: Session) -> None:
        self._session_id = session.id
        if self._unsub_restore is not None:
            # The session before ended with a warning that still stands.
            self._give_back()
        # The lamps' way back, which a test noted, is the session's way back now.
        if not self._end_test():
            self._take_settings()
        elif not self._live.choice.light_cues:
            self._lights.restore()
        self._calls.begin()
        self._speaker.begin()
        self.lookout.begin()

    def _end(self) -> None:
        self._session_id = None
        self._take_settings()

    # Light

    def _light(self, session: Session) -> None:
        if session.state in {SessionState.LEAD_IN, *MOVING} and self._unsub_restore is not None:
            self._unsub_restore()
            self._unsub_restore = None
        if session.state is SessionState.LEAD_IN:
            # Noted and written down ten seconds before anything is changed, so that a crash cannot lose it.
            if self._live.choice.light_cues:
                self._lights.remember()
        elif session.state in MOVING:
            self._show(session)
        elif session.state in FINAL:
            if self._lights.is_warning:
                self._give_back_in(WARNS_ON)
            else:
                self._give_back()
        else:
            if self._live.choice.light_cues:
                self._lights.show(Direction.REST)
            # As long as a hold lasts its warning lasts.
            if session.state is SessionState.PAUSED and self._unsub_restore is None:
                self._give_back_in(RESTORE_AFTER)

    def _show(self, session: Session) -> None:
        if self._live.choice.light_cues:
            self._lights.remember()
            self._lights.show(current(session).direction)

    def _give_back_in(self, delay: timedelta) -> None:
        @callback
        def handle(_now: datetime) -> None:
            self._unsub_restore = None
            self._give_back()

        self._unsub_restore = async_call_later(self._hass, delay, handle)

    def _give_back(self) -> None:
        if self._unsub_restore is not None:
            self._unsub_restore()
            self._unsub_restore = None
        self._lights.restore()

    # What the lookout asks for

    def _warn(self, urgent: bool) -> None:  # noqa: FBT001 - the one thing there is to know of a warning
        self._lights.warn(urgent=urgent)

    def _calm(self) -> None:
        # What ended a session because of an obstacle is seen a little longer than the session.
        if self._live.is_on:
            self._lights.calm()

    def _say_safety(self, key: str) -> None:
        self._speaker.say(self._words.safety(key), Priority.SAFETY)

    @callback
    def async_settings_changed(self) -> None:
        """Follow other settings: obstacle sensors at once, the rest from the next session on."""
        session = self._live.session
        self._do(
            self.lookout.look_anew,
            self.driver.async_settings_changed,
            self._auto_start.async_settings_changed,
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
        self._dead_sensors.stop()
        self.lookout.close()
        self._end_test()
        session = self._live.session
        if session is not None and session.state in WATCHED:
            self._say_safety("leaving")
        self._give_back()
        await self._calls.async_finish(LAST_WORDS)
        self._lights.close()
