"""What the lamps show of a place's sessions: each direction in its colour, a pulse at each switch and for each glance."""

from datetime import datetime, timedelta
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from .engine.cues import CueKind, Delivery, delivery
from .engine.events import EventKind
from .engine.place import GLANCING
from .engine.session import Session, timeline
from .engine.state import FINAL, SessionState, current
from .engine.timeline import Cue
from .engine.workout import Direction
from .live import LivePlace, SessionEvents
from .output.calls import Calls
from .output.lights import Lights
from .output.looks import LightEffect
from .output.picture import HALF_A_PULSE
from .settings import PlaceSettings

RESTORE_AFTER: Final = timedelta(minutes=1)
"""A pause that lasts longer gives the room its light back."""
WARNS_ON: Final = timedelta(seconds=5)
"""How long a warning stands after it ended a session."""
TONE_AFTER: Final = timedelta(seconds=8)
"""How long a test shows the first colour: as long as its sentence and its countdown take. A tone comes with the second."""
TEST_STEP: Final = timedelta(seconds=1.5)
"""How long each colour of a test is shown."""
MOVING: Final = frozenset({SessionState.RUNNING, SessionState.WAITING})


class LightCues:
    """The lamps of one place as its sessions use them; the lookout warns through `warn` and `calm`.

    Pulses are left out where flashing is not wanted: the words that come with a glance stay.
    """

    def __init__(self, hass: HomeAssistant, live: LivePlace, calls: Calls, settings: PlaceSettings) -> None:
        """Begin with nothing shown."""
        self._hass = hass
        self._live = live
        self._has_colours = LightEffect.COLOURS in settings.light_effects
        self._may_pulse = self._has_colours and not settings.no_flashing
        self._glance_seconds = settings.glance_seconds if settings.kind in GLANCING else 0
        self._lights = Lights(
            hass,
            calls,
            lights=settings.lights,
            may_flash=LightEffect.FLASH in settings.light_effects and not settings.no_flashing,
            owed=live.lamps,
            noted=live.async_keep_lamps,
        )
        self._glances: list[Cue] = []
        self._unsub_glance: CALLBACK_TYPE | None = None
        self._unsub_test: CALLBACK_TYPE | None = None
        self._unsub_restore: CALLBACK_TYPE | None = None
        self._is_given_back = False
        """Whether the pause that is on has lasted too long for the lamps."""

    @property
    def _is_wanted(self) -> bool:
        return self._has_colours and self._live.choice.light_cues

    @property
    def is_testing(self) -> bool:
        """Whether the colours are being tried."""
        return self._unsub_test is not None

    @callback
    def start(self) -> None:
        """Put back what is owed since last time, now that everything is there that will be."""
        self._lights.start()

    # What people can switch

    @callback
    def light_up(self, *, on: bool) -> None:
        """Show directions from now on, or give the lamps back; a warning stays."""
        session = self._live.session
        if not on:
            self._lights.hide()
        elif session is not None and session.state in MOVING:
            self._show(current(session).direction)
        if session is not None:
            self._follow_glances(session)

    @callback
    def test(self) -> None:
        """Show the colours, so that a person sees what to expect."""
        if self._has_colours:
            self._lights.remember()
            self._show_next([Direction.BACKWARD, Direction.FORWARD, Direction.TURN], TONE_AFTER)

    def _show_next(self, left: list[Direction], lasting: timedelta = TEST_STEP) -> None:
        if not left:
            self._lights.restore()
            return
        self._lights.show(left[0])

        @callback
        def handle(_now: datetime) -> None:
            self._unsub_test = None
            self._show_next(left[1:])

        self._unsub_test = async_call_later(self._hass, lasting, handle)

    def _end_test(self) -> bool:
        """End a test that is on; the lamps stay as they are, for whoever ends it to put back."""
        if self._unsub_test is None:
            return False
        self._unsub_test()
        self._unsub_test = None
        return True

    # What a session does

    @callback
    def begin(self, session: Session) -> None:
        """Begin a session: nothing of the one before is shown any more, and a warning is made ready."""
        if self._unsub_restore is not None:
            # It ended with a warning that still stands.
            self._give_back()
        # The lamps' way back, which a test noted, is the session's way back now.
        if self._end_test() and not self._is_wanted:
            self._lights.restore()
        self._lights.begin()
        # One that a restart interrupted left the room its own light, and does not take it before somebody goes on.
        self._is_given_back = session.state is SessionState.PAUSED
        if session.state is SessionState.LEAD_IN:
            # Noted and written down ten seconds before anything is changed, so that a crash cannot lose it.
            self._lights.remember()

    @callback
    def follow(self, session: Session, events: SessionEvents) -> None:
        """Show how a session stands."""
        self._is_given_back = self._is_given_back and session.state is SessionState.PAUSED
        if session.state in {SessionState.LEAD_IN, *MOVING} and self._unsub_restore is not None:
            self._unsub_restore()
            self._unsub_restore = None
        if session.state is SessionState.LEAD_IN:
            # A long pause had given them back.
            self._lights.remember()
        elif session.state in MOVING:
            is_new = self._show(current(session).direction)
            if self._may_pulse and any(event.kind is EventKind.INTERVAL_STARTED for event in events):
                self._lights.pulse(HALF_A_PULSE if is_new else 0)
        elif session.state in FINAL:
            if self._lights.is_warning:
                self._give_back_in(WARNS_ON)
            else:
                self._give_back()
        elif not self._is_given_back:
            self._show(Direction.REST)
            # As long as a hold lasts its warning lasts.
            if session.state is SessionState.PAUSED and self._unsub_restore is None:
                self._give_back_in(RESTORE_AFTER)
        self._follow_glances(session)

    def _show(self, direction: Direction) -> bool:
        """Show a direction, if it is wanted; gives whether it looks different from before."""
        if not self._is_wanted:
            return False
        self._lights.remember()
        return self._lights.show(direction)

    def _give_back_in(self, delay: timedelta) -> None:
        @callback
        def handle(_now: datetime) -> None:
            self._unsub_restore = None
            self._is_given_back = True
            self._give_back()

        self._unsub_restore = async_call_later(self._hass, delay, handle)

    def _give_back(self) -> None:
        if self._unsub_restore is not None:
            self._unsub_restore()
            self._unsub_restore = None
        self._lights.restore()

    # Glances

    def _follow_glances(self, session: Session) -> None:
        """Wake for the next glance; the speaker says some of them, the lamps show each."""
        self._glances = []
        if self._glance_seconds and self._may_pulse and self._is_wanted:
            self._glances = [
                entry
                for entry in timeline(session, glance_seconds=self._glance_seconds)
                if isinstance(entry, Cue) and entry.kind is CueKind.GLANCE and not entry.provisional
            ]
        self._arm()

    def _arm(self) -> None:
        if self._unsub_glance is not None:
            self._unsub_glance()
            self._unsub_glance = None
        if self._glances:
            left = max(self._glances[0].due - self._live.clock.now(), timedelta())
            self._unsub_glance = async_call_later(self._hass, left, self._handle_glance)

    @callback
    def _handle_glance(self, _now: datetime) -> None:
        self._unsub_glance = None
        cue = self._glances.pop(0)
        if delivery(cue.kind, max(self._live.clock.now() - cue.due, timedelta())) is Delivery.FULL:
            self._lights.pulse()
        self._arm()

    # What the lookout asks for

    @callback
    def warn(self, *, urgent: bool = False) -> None:
        """Warn at once; `urgent` where the session is being stopped."""
        self._lights.warn(urgent=urgent)

    @callback
    def calm(self) -> None:
        """End the warning; one that ended a session is seen a little longer than the session."""
        if self._live.is_on:
            self._lights.calm()

    # The end

    async def async_give_back(self) -> None:
        """Put the lamps back because the place goes, and show nothing any more."""
        self._stop()
        await self._lights.async_restore()

    @callback
    def close(self) -> None:
        """Let go of the lamps; what is not put back yet stays written down, for whoever comes next."""
        self._stop()
        self._lights.close()

    def _stop(self) -> None:
        self._end_test()
        self._glances = []
        self._arm()
        if self._unsub_restore is not None:
            self._unsub_restore()
            self._unsub_restore = None
