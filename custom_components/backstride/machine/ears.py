"""Hears what a machine says of itself: every report, also of what did not change, because who steers must know that it is fresh."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from homeassistant.core import Event, EventStateChangedData, EventStateReportedData, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..engine.belt import CREEP_KMH
from ..engine.follow import CHECK_WITHIN
from ..engine.motion import Motion
from ..engine.workout import Direction
from .controls import Controls
from .listening import Listening
from .readings import belt_running, direction, is_fresh, reading
from .roles import QUANTITY, Role


class Ears:
    """Listens to the machine of one place."""

    def __init__(
        self,
        hass: HomeAssistant,
        controls: Controls,
        *,
        now: Callable[[], datetime],
        heard: Callable[[Role, datetime], None],
    ) -> None:
        """Tell of every report which role spoke, and when by the session's clock."""
        self._hass = hass
        self._controls = controls
        self._now = now
        self._heard = heard
        self._wanted: tuple[Role, ...] = ()
        self._roles: dict[str, tuple[Role, ...]] = {}
        self._listening = Listening(
            hass, changed=self._handle, reported=self._handle_report, renamed=self._handle_renamed
        )

    @callback
    def start(self, roles: Iterable[Role]) -> None:
        """Listen, beginning with what was said last."""
        self._wanted = tuple(roles)
        self._listen()
        for entity_id, spoken in self._roles.items():
            state = self._hass.states.get(entity_id)
            age = dt_util.utcnow() - state.last_reported if state else timedelta()
            for role in spoken:
                self._heard(role, self._now() - max(age, timedelta()))

    def _listen(self) -> None:
        self._roles = {}
        for role in self._wanted:
            if (entity_id := self._controls.entity_id(role)) is not None:
                self._roles[entity_id] = (*self._roles.get(entity_id, ()), role)
        self._listening.start(self._roles)

    @callback
    def stop(self) -> None:
        """Listen no more."""
        self._listening.stop()

    @property
    def is_listening(self) -> bool:
        """Whether anything is listened to."""
        return self._listening.is_on

    def number(self, role: Role) -> float | None:
        """Give the speed in km/h or the incline in percent; None where it is not known."""
        return reading(QUANTITY[role], self._controls.state(role), self._now()).value

    def speed_now(self) -> float | None:
        """Give the speed where it was told lately; an old one says nothing about a belt that has to be stopped."""
        fresh = is_fresh(self._controls.state(Role.SPEED), dt_util.utcnow(), CHECK_WITHIN)
        return self.number(Role.SPEED) if fresh else None

    def motion(self) -> Motion:
        """Tell whether the belt moves: by its speed, or else by what stands for it."""
        speed = self.number(Role.SPEED)
        moves = speed > CREEP_KMH if speed is not None else self.runs()
        return Motion.UNKNOWN if moves is None else Motion.MOVING if moves else Motion.STANDING

    def runs(self) -> bool | None:
        """Tell what the machine says of its belt."""
        return belt_running(self._controls.state(Role.BELT_RUNNING))

    def direction(self) -> Direction | None:
        """Tell which way the machine is walked, where it says so."""
        return direction(self._controls.state(Role.DIRECTION))

    @callback
    def _handle(self, event: Event[EventStateChangedData]) -> None:
        for role in self._roles[event.data["entity_id"]]:
            self._heard(role, self._now())

    @callback
    def _handle_report(self, event: Event[EventStateReportedData]) -> None:
        """Hear the same again, which says something only of what is measured: that it is still so."""
        for role in self._roles[event.data["entity_id"]]:
            if role in QUANTITY:
                self._heard(role, self._now())

    def _handle_renamed(self, _old: str, _new: str) -> None:
        """Follow an entity that is called something else now."""
        self._listen()
