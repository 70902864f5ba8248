"""Stops a belt with everything there is, and says so until it stands.

Whatever a machine's integration or a speaker raises is logged and no more: the next control is tried, the next words are
said, and in the end it is over.
"""

from collections.abc import Callable
from datetime import datetime

from homeassistant.core import HomeAssistant, callback

from .clock import Alarm
from .engine import halt as chain
from .fence import fenced
from .machine.controls import Call, Controls


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
        """Begin with nothing sent; `over` is called once when there is nothing left to do, also where nothing is heard."""
        self._controls = controls
        self._now = now
        self._say = say
        self._over = over
        self._plain: list[Call] = []
        self._cautious: list[tuple[float, Call]] = []
        self._halt = chain.begin(at=now())
        self._alarm = Alarm(hass, now, self._handle)
        self._alarm.set(chain.next_wake(self._halt))

    @callback
    def hear(self, speed: float | None) -> None:
        """Take in a report of the speed; with the first one the first control is sent."""
        fenced(self._find)()
        self._take(chain.observe(self._halt, speed, self._now()))

    @callback
    def again(self) -> None:
        """Do everything once more, for somebody who asks again."""
        fenced(self._find)()
        self._take(chain.again(self._halt, self._now()))

    @callback
    def acknowledge(self) -> None:
        """Say no more; the controls go on to the end."""
        self._take(chain.Step(halt=chain.acknowledge(self._halt)))

    @callback
    def end(self) -> None:
        """Send and say no more, and tell nobody that it is over: who ends it is leaving."""
        self._halt = chain.end(self._halt)
        self._alarm.set(None)

    @callback
    def _handle(self) -> None:
        fenced(self._find)()
        self._take(chain.proceed(self._halt, self._now()))

    def _find(self) -> None:
        """Take on what came within reach: a link that was down may be up again."""
        stops = self._controls.stops()
        self._plain += [call for call in stops.plain if call not in self._plain]
        self._cautious += [each for each in stops.cautious if each not in self._cautious]
        speeds = tuple(speed for speed, _ in self._cautious)
        self._halt = chain.find(self._halt, plain=len(self._plain), cautious=speeds)

    def _take(self, step: chain.Step) -> None:
        # A machine may answer while it is still being asked, so it is what it became before anything is sent.
        self._halt = step.halt
        self._alarm.set(chain.next_wake(self._halt))
        if step.send is not None:
            fenced(self._controls.call)(self._plain[step.send])
        if step.risk is not None:
            fenced(self._controls.call)(self._cautious[step.risk][1])
        if step.say:
            fenced(self._say)("press_stop")
        if step.halt.is_over:
            fenced(self._over)()
