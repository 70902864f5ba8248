"""Makes a place's sessions heard and seen, and watches the space behind the athlete while one is on."""

import asyncio
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.start import async_at_started

from .const import DOMAIN
from .engine.cues import Priority
from .engine.events import Reason
from .engine.session import TRANSITIONS, Command, Session
from .engine.state import FINAL, SessionState, current
from .engine.workout import Direction
from .live import LivePlace, SessionEvents
from .machine.obstacles import Reaction, Sight, Watch
from .output.calls import Calls
from .output.lights import Lights
from .output.speaker import Speaker
from .output.words import Phrases, Words
from .settings import PlaceSettings

RESTORE_AFTER: Final = timedelta(minutes=1)
"""A pause that lasts longer gives the room its light back."""
CLEAR_AFTER: Final = timedelta(seconds=2)
"""How long nothing must be seen until it counts as gone; what appears counts at once."""
BLIND_FOR: Final = timedelta(seconds=10)
"""A sensor that is lost for longer holds the session; it may have blinked."""
LAST_WORDS: Final = 3.0
"""Seconds that speakers and lamps get to come back when Home Assistant stops."""
TEST_STEP: Final = 1.5
"""Seconds each colour of a test is shown."""
MOVING: Final = frozenset({SessionState.RUNNING, SessionState.WAITING})
WATCHED: Final = MOVING | {SessionState.LEAD_IN, SessionState.HELD}
COMMAND: Final = MappingProxyType({Reaction.HOLD: Command.HOLD, Reaction.STOP: Command.STOP})


class Coach:
    """Speaker, lights and watch of one place. Nothing they do reaches the session, but for the guard's hold and stop."""

    def __init__(self, hass: HomeAssistant, live: LivePlace, phrases: Phrases) -> None:
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
        self._is_guarding = True
        self._watch: Watch | None = None
        self._test: asyncio.Task[None] | None = None
        self._unsub_restore: CALLBACK_TYPE | None = None
        self._unsub_sight: CALLBACK_TYPE | None = None
        self._take_settings()
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
            self._hass, self._calls, lights=settings.lights, no_flashing=settings.no_flashing
        )
        self._words = Words(self._phrases, settings.kind)
        self._speaker = Speaker(
            self._hass,
            self._words,
            self._calls,
            players=settings.speakers,
            engine=settings.tts_engine,
            may_coach=lambda: self._live.choice.spoken_cues,
        )

    # What people can switch

    @property
    def is_guarding(self) -> bool:
        """Whether the space behind is watched, in this session or the next."""
        return self._is_guarding

    @callback
    def async_guard(self, *, on: bool) -> None:
        """Watch, or do not watch for one session; that nobody watches is said aloud."""
        self._is_guarding = on
        if self._live.is_on:
            self._watch_or_not()
            if not on:
                self._speaker.say(self._words.safety("guard_off"), Priority.SAFETY)
        self._live.async_publish()

    @callback
    def async_light_up(self, *, on: bool) -> None:
        """Show directions from now on, or give the lamps back."""
        if not on:
            self._give_back()
        elif (session := self._live.session) is not None and session.state in MOVING:
            self._show(session)

    @callback
    def async_test(self) -> None:
        """Say a sentence and show the colours, so that a person hears and sees what to expect."""
        if self._test is not None or self._live.is_on:
            return
        self._take_settings()
        self._speaker.say(self._words.test(), Priority.SAFETY)
        self._test = self._hass.async_create_background_task(self._async_test(), f"{DOMAIN} test")

    async def _async_test(self) -> None:
        self._lights.remember()
        for direction in (Direction.BACKWARD, Direction.FORWARD, Direction.TURN):
            self._lights.show(direction)
            await asyncio.sleep(TEST_STEP)
        self._lights.restore()
        self._test = None

    # What a session does

    @callback
    def _handle_started(self, _hass: HomeAssistant) -> None:
        untold, self._untold = self._untold or (), None
        self._lights.restore_from(self._live.lamps)
        self._keep_lamps()
        self._follow(untold)

    @callback
    def _follow(self, events: SessionEvents) -> None:
        session = self._live.session
        if self._untold is not None:
            self._untold += events
        elif session is not None and (self._session_id == session.id or session.state not in FINAL):
            if self._session_id != session.id:
                self._begin(session)
            self._speaker.follow(session, events)
            self._light(session)
            self._watch_or_not()
            if session.state in FINAL:
                self._end()

    def _begin(self, session: Session) -> None:
        self._session_id = session.id
        if self._test is not None:
            # The lamps' way back, which the test noted, is the session's way back now.
            self._test.cancel()
            self._test = None
        else:
            self._take_settings()
        if not self._is_guarding and self._live.settings.obstacles:
            self._speaker.say(self._words.safety("guard_off"), Priority.SAFETY)

    def _end(self) -> None:
        self._session_id = None
        self._is_guarding = True
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
                self._keep_lamps()
        elif session.state in MOVING:
            self._show(session)
        elif session.state in FINAL:
            self._give_back()
        elif self._unsub_restore is None:
            self._lights.show(Direction.REST)
            self._unsub_restore = async_call_later(self._hass, RESTORE_AFTER, self._handle_long_pause)

    def _show(self, session: Session) -> None:
        if self._live.choice.light_cues:
            self._lights.remember()
            self._lights.show(current(session).direction)
            self._keep_lamps()

    @callback
    def _handle_long_pause(self, _now: datetime) -> None:
        self._unsub_restore = None
        self._give_back()

    def _give_back(self) -> None:
        if self._unsub_restore is not None:
            self._unsub_restore()
            self._unsub_restore = None
        self._lights.restore()
        self._keep_lamps()

    def _keep_lamps(self) -> None:
        self._live.async_keep_lamps(self._lights.before)

    # The space behind

    def _watch_or_not(self) -> None:
        """Watch while somebody walks or is about to; who stands paused may be surrounded by dogs."""
        session = self._live.session
        wanted = self._is_guarding and session is not None and session.state in WATCHED
        if wanted and self._watch is None:
            self._watch = Watch(self._hass, self._live.settings.obstacles, self._see)
            self._watch.start()
        elif not wanted and self._watch is not None:
            self._watch.stop()
            self._watch = None
            self._forget_sight()
            self._lights.calm()

    @callback
    def async_settings_changed(self) -> None:
        """Follow other settings: obstacle sensors at once, the rest from the next session on."""
        if self._session_id is None:
            self._take_settings()
        elif self._watch is not None:
            self._watch.stop()
            self._watch = None
            self._watch_or_not()

    @callback
    def _see(self, sight: Sight, reaction: Reaction) -> None:
        """React to what is seen: lamps first, for they wait for nothing; then the session, then words."""
        self._forget_sight()
        if sight is Sight.OBSTACLE:
            self._lights.warn()
            self._keep_lamps()
            # A hold or stop has words of its own.
            if reaction is Reaction.REMIND or not self._command(COMMAND[reaction], Reason.OBSTACLE):
                self._speaker.say(self._words.safety("obstacle"), Priority.SAFETY)
        elif sight is Sight.BLIND:
            self._speaker.say(self._words.safety("blind"), Priority.SAFETY)
            self._unsub_sight = async_call_later(self._hass, BLIND_FOR, self._handle_blind)
        else:
            self._unsub_sight = async_call_later(self._hass, CLEAR_AFTER, self._handle_clear)

    @callback
    def _handle_blind(self, _now: datetime) -> None:
        self._unsub_sight = None
        self._command(Command.HOLD, Reason.SENSOR_LOST)

    @callback
    def _handle_clear(self, _now: datetime) -> None:
        self._unsub_sight = None
        self._lights.calm()
        session = self._live.session
        if session is not None and session.state is SessionState.HELD:
            self._command(Command.RELEASE, None)

    def _command(self, command: Command, reason: Reason | None) -> bool:
        session = self._live.session
        if session is None or command not in TRANSITIONS[session.state]:
            return False
        self._live.async_command(command, reason=reason)
        return True

    def _forget_sight(self) -> None:
        if self._unsub_sight is not None:
            self._unsub_sight()
            self._unsub_sight = None

    async def async_close(self) -> None:
        """Say that the coach goes, give the lamps back, and listen to nothing any more; a second time does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        self._unsub_live()
        self._unsub_started()
        self._speaker.stop()
        self._forget_sight()
        if self._watch is not None:
            self._watch.stop()
        if self._test is not None:
            self._test.cancel()
        if self._live.is_on:
            self._speaker.say(self._words.safety("leaving"), Priority.SAFETY)
        self._give_back()
        await self._calls.async_finish(LAST_WORDS)
        self._lights.close()
