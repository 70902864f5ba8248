"""Starts the chosen session of a place by itself where its owner wants that and somebody starts the belt slowly."""

from collections.abc import Callable
from datetime import datetime

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from .clock import Alarm, SteadyClock
from .const import LOGGER
from .engine import arrival as arriving
from .engine.arrival import Arrival
from .live import LivePlace
from .machine.controls import Controls
from .machine.ears import Ears
from .machine.roles import Role


class AutoStart:
    """Listens to the belt of one place while no session is on."""

    def __init__(self, hass: HomeAssistant, live: LivePlace, start: Callable[[], object]) -> None:
        """Start through `start`, which may refuse."""
        self._hass = hass
        self._live = live
        self._start = start
        # A session sets its place's clock anew, and this one must not jump with it.
        self._clock = SteadyClock()
        self._arrival = Arrival()
        self._alarm = Alarm(hass, self._clock.now, self._handle)
        self._listen()

    def _listen(self) -> None:
        settings = self._live.settings
        controls = Controls(self._hass, settings.roles, settings.name)
        self._ears = Ears(self._hass, controls, now=self._clock.now, heard=self._hear)
        if settings.auto_start:
            self._ears.start((Role.SPEED,))

    @callback
    def async_settings_changed(self) -> None:
        """Listen as it is set up now."""
        self.stop()
        self._listen()

    @callback
    def stop(self) -> None:
        """Listen no more."""
        self._ears.stop()
        self._take(Arrival())

    def _hear(self, _role: Role, at: datetime) -> None:
        # What the belt does in a session is no arrival, and after it the belt has to stand first.
        speed = None if self._live.is_on else self._ears.number(Role.SPEED)
        self._take(arriving.notice(self._arrival, speed, at))

    def _take(self, arrival: Arrival) -> None:
        self._arrival = arrival
        self._alarm.set(arriving.due(arrival))

    @callback
    def _handle(self) -> None:
        self._take(Arrival())
        if self._live.is_on:
            return
        try:
            self._start()
        except HomeAssistantError as error:
            LOGGER.warning("%s: the belt was started, but no session: %s", self._live.settings.name, error)
