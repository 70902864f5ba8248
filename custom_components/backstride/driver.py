"""Drives the belt of one place as the engine's policy decides, and stops it in an emergency.

It never starts a belt, and it leaves everything as it is where Home Assistant stops or the place is closed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
import math
from typing import Final

from homeassistant.core import HomeAssistant, callback

from .belt_watch import BeltWatch
from .clock import Alarm
from .const import LOGGER
from .emergency import EmergencyStop
from .engine import belt as policy
from .engine.belt import Belt, Steering
from .engine.events import Reason
from .engine.goal import Goal, goal
from .engine.motion import Motion
from .engine.session import Session
from .engine.state import FINAL, SessionState
from .live import LivePlace
from .machine.controls import Controls
from .machine.ears import Ears
from .machine.roles import Role
from .problems import problem

HEARD: Final = (
    Role.SPEED,
    Role.INCLINE,
    Role.BELT_RUNNING,
    Role.DIRECTION,
    Role.SET_SPEED,
    Role.SET_INCLINE,
    Role.STOP,
    Role.PAUSE,
)
DRIVEN: Final = frozenset({Role.SPEED, Role.BELT_RUNNING, Role.SET_SPEED, Role.STOP, Role.PAUSE})
"""What makes a machine one that is watched, or can at least be stopped."""
STOPS_THE_BELT: Final = frozenset({Reason.EMERGENCY, Reason.OBSTACLE, Reason.STUMBLE})
"""Ends of a session that leave no time to slow down first."""
SLOWS_FOR: Final = timedelta(seconds=30)
"""How long after a session its belt is looked after."""


class Driver:
    """Steers the belt of one place, and knows whether it moves."""

    def __init__(self, hass: HomeAssistant, live: LivePlace, *, say: Callable[[str], None]) -> None:
        """Speak through `say`, a safety sentence by its key."""
        self._hass = hass
        self._live = live
        self._say = say
        self._now = live.clock.now
        self._session_id: str | None = None
        self._controls: Controls | None = None
        self._ears: Ears | None = None
        self._belt: Belt | None = None
        self._watch: BeltWatch | None = None
        self._emergency: EmergencyStop | None = None
        self._alarm = Alarm(hass, self._now, self._handle)
        self._end_alarm = Alarm(hass, self._now, self._handle_end)
        self._waits_for_athlete = False
        """Whether a restart came in between: nothing moves before the athlete goes on."""

    @property
    def steering(self) -> Steering | None:
        """Who steers; None where no belt is steered."""
        return self._belt.steering if self._belt is not None else None

    @property
    def may_need_stop(self) -> bool:
        """Whether the belt moves, as far as anybody can tell, or is being stopped; with a session or without."""
        try:
            return self._emergency is not None or self._new_machine()[1].motion() is Motion.MOVING
        except Exception as error:  # noqa: BLE001 - a belt that cannot be read may move, and keeps nobody from another
            LOGGER.warning("%s: the belt could not be read: %r", self._live.settings.name, error)
            return True

    # What a session does

    @callback
    def follow(self, session: Session) -> None:
        """Do what a session wants of the belt, and see whether the belt does what the session needs."""
        if self._session_id != session.id:
            self._begin(session)
        if self._watch is not None:
            self._watch.follow(session)
        over = session.state in FINAL
        may = self._live.settings.belt_control
        if over and session.reason in STOPS_THE_BELT:
            self.async_brake()
        if self._belt is not None and self._emergency is None:
            if session.state is SessionState.LEAD_IN and self._waits_for_athlete:
                self._waits_for_athlete = False
                self._take(policy.take_over(self._belt, self._now()))
            wanted = goal(session, self._limit) if may else Goal()
            self._take(policy.aim(self._belt, wanted, self._now()))
        if over:
            self._end_alarm.set(self._now() + SLOWS_FOR)

    def _begin(self, session: Session) -> None:
        self._leave()
        self._session_id = session.id
        settings = self._live.settings
        controls, ears = self._machine()
        if not DRIVEN & settings.roles.keys():
            return
        self._watch = BeltWatch(self._hass, self._live, say=self._say)
        if settings.belt_control:
            # One that began while Home Assistant did is met in the middle, and is steered all the same.
            self._waits_for_athlete = self._live.awaits_athlete
            steering = Steering.OFF if self._waits_for_athlete else Steering.ON
            self._belt = Belt(reach=controls.reach(), steering=steering)
        ears.start(HEARD)

    def _machine(self) -> tuple[Controls, Ears]:
        """Give the machine as it is set up; a session keeps it to its end."""
        if self._controls is None or self._ears is None:
            self._controls, self._ears = self._new_machine()
        return self._controls, self._ears

    def _new_machine(self) -> tuple[Controls, Ears]:
        settings = self._live.settings
        controls = Controls(self._hass, settings.roles, settings.name, settings.set_speed_unit)
        return controls, Ears(self._hass, controls, now=self._now, heard=self._hear)

    @callback
    def _handle_end(self) -> None:
        # What still has to be stopped is looked after for longer.
        if self._emergency is None:
            self._leave()

    def _leave(self) -> None:
        """Leave the session that was followed; an emergency stop goes on, whatever begins."""
        self._alarm.set(None)
        self._end_alarm.set(None)
        if self._watch is not None:
            self._watch.stop()
        if self._ears is not None:
            self._ears.stop()
        if self._controls is not None:
            self._controls.withdraw()
        self._session_id = self._belt = self._watch = self._controls = self._ears = None

    @callback
    def async_settings_changed(self) -> None:
        """Follow limits at once, and above all that nothing is to be steered any more."""
        session = self._live.session
        if not self._live.settings.belt_control:
            self._release()
        if session is not None and session.id == self._session_id:
            self.follow(session)

    @callback
    def close(self) -> None:
        """Let go of everything, also of an emergency stop; the belt goes on as it does."""
        if self._emergency is not None:
            self._emergency.end()
            self._emergency = None
        self._leave()

    # What people ask for

    @callback
    def async_take_over(self) -> None:
        """Steer again, from the speed the belt has now."""
        may = self._live.is_on and self._live.settings.belt_control and self._emergency is None
        if self._belt is None or not may:
            raise problem("no_belt", place=self._live.settings.name)
        self._take(policy.take_over(self._belt, self._now()))

    @callback
    def async_release(self) -> None:
        """Leave the belt to the athlete."""
        if self._belt is None:
            raise problem("no_belt", place=self._live.settings.name)
        self._release()

    @callback
    def async_emergency_stop(self) -> None:
        """Stop the belt with everything there is, whatever is on and whoever steers."""
        if self._emergency is not None:
            self._emergency.again()
            return
        controls, ears = self._machine()
        controls.withdraw()
        if self._belt is not None:
            # Nothing else is asked of it meanwhile, also not by a guard that holds.
            self._belt = policy.aim(policy.release(self._belt), Goal(), self._now()).belt
        self._emergency = EmergencyStop(
            self._hass, controls, now=self._now, say=self._say, over=self._handle_emergency_over
        )
        self._emergency.hear(ears.speed_now())
        if not ears.is_listening:
            ears.start(HEARD)
        self._live.async_publish()

    @callback
    def async_brake(self) -> None:
        """Stop the belt at once where its owner lets Backstride move it."""
        if self._live.settings.belt_control and self._emergency is None:
            self.async_emergency_stop()

    @callback
    def async_acknowledge(self) -> None:
        """Say no more that the belt must be stopped; what stops it goes on."""
        if self._emergency is not None:
            self._emergency.acknowledge()

    @callback
    def _handle_emergency_over(self) -> None:
        self._emergency = None
        session = self._live.session
        if session is not None and self._live.is_on:
            self.follow(session)
        else:
            self._leave()

    # Steering

    @property
    def _limit(self) -> float:
        limit = self._live.settings.max_speed_kmh
        return math.inf if limit is None else limit

    def _hear(self, role: Role, at: datetime) -> None:
        controls, ears = self._machine()
        if self._emergency is not None and role is Role.SPEED:
            self._emergency.hear(ears.speed_now())
        if self._watch is not None and role in {Role.SPEED, Role.BELT_RUNNING}:
            self._watch.hear(ears.motion())
        elif self._watch is not None and role is Role.DIRECTION:
            self._watch.hear_direction(ears.direction())
        if self._belt is None:
            return
        match role:
            case Role.SPEED:
                self._take(policy.observe(self._belt, ears.number(Role.SPEED), at))
            case Role.INCLINE:
                self._take(policy.observe_grade(self._belt, ears.number(Role.INCLINE), at))
            case Role.BELT_RUNNING:
                self._take(policy.decide(replace(self._belt, runs=ears.runs()), self._now()))
            case _:
                self._belt = replace(self._belt, reach=controls.reach())

    def _take(self, step: policy.Step) -> None:
        """Send what is to be sent, first of all, and then tell.

        A machine may answer while it is still being asked, so the belt is what it became before anything is sent.
        """
        before = self._belt
        self._belt = step.belt
        self._alarm.set(policy.next_wake(step.belt, self._now()))
        controls, _ = self._machine()
        if step.belt.speed.wanted is None:
            controls.withdraw()
        for order in step.orders:
            controls.send(order)
        for news in step.news:
            self._say(news)
        if before is None or before.steering is not step.belt.steering:
            self._live.async_publish()

    def _change(self, change: Callable[[Belt], policy.Step]) -> None:
        if self._belt is not None:
            self._take(change(self._belt))

    def _release(self) -> None:
        self._waits_for_athlete = False
        self._change(lambda belt: policy.Step(belt=policy.release(belt)))

    @callback
    def _handle(self) -> None:
        self._change(lambda belt: policy.decide(belt, self._now()))
