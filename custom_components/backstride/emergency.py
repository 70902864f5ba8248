"""Stops a belt with everything there is, and says so until it stands."""

from collections.abc import Callable
from datetime import datetime

from homeassistant.core import HomeAssistant, callback

from .clock import Alarm
from .engine import halt as chain
from .machine.controls import Controls


class EmergencyStop:
    """One emergency stop, from its first control to its last word."""

    def __init__(
        self,
        hass: HomeAssistant,
        controls: Controls,
        *,
        now: Callable[[], datetime],
        say: Callable[[str], None],
        over: Callable[[], None],
    ) -> None:
        """Begin with nothing sent; `over` is called once when there is nothing left to do."""
        self._controls = controls
        self._now = now
        self._say = say
        self._over = over
        self._stops = controls.stops()
        plain, cautious = len(self._stops.plain), len(self._stops.cautious)
        self._halt = chain.begin(plain=plain, cautious=cautious, at=now())
        self._alarm = Alarm(hass, now, self._handle)

    @callback
    def hear(self, speed: float | None) -> None:
        """Take in a report of the speed; with the first one the first control is sent."""
        self._take(chain.observe(self._halt, speed, self._now()))

    @callback
    def acknowledge(self) -> None:
        """Send and say no more."""
        self._take(chain.Step(halt=chain.acknowledge(self._halt)))

    @callback
    def _handle(self) -> None:
        self._take(chain.proceed(self._halt, self._now()))

    def _take(self, step: chain.Step) -> None:
        # A machine may answer while it is still being asked.
        self._halt = step.halt
        if step.send is not None:
            self._controls.call((self._stops.plain + self._stops.cautious)[step.send])
        if step.say:
            self._say("press_stop")
        self._alarm.set(chain.next_wake(self._halt))
        if step.halt.is_over:
            self._over()
