"""A room of the gym: a treadmill, the strap of whoever walks on it, and a sensor that looks at what is behind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from . import heart
from .belt import Belt
from .machine import Machine

STRAP_EVERY: Final = timedelta(seconds=2)
DOG_STAYS: Final = timedelta(seconds=8)

CLEAR_CM: Final = 320.0
DOG_CM: Final = 60.0


class Treadmill(Machine):
    """A treadmill that runs in real time, and reports once a second while something moves."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Let it stand."""
        super().__init__(hass)
        self.belt = Belt()
        self._at = dt_util.utcnow()

    @callback
    def async_command(self, command: Callable[[Belt], Belt]) -> None:
        """Do to the belt what somebody wants, now."""
        self._advance()
        self.belt = command(self.belt)
        self._report()

    @callback
    def _advance(self) -> None:
        now = dt_util.utcnow()
        self.belt = self.belt.advance(max((now - self._at).total_seconds(), 0.0))
        self._at = now

    @callback
    def _report(self) -> None:
        if (seconds := self.belt.reports_in) is None:
            self.async_stop_waiting()
        else:
            self.async_wait(seconds, self._go_on)
        self.async_changed()

    @callback
    def _go_on(self) -> None:
        self._advance()
        self._report()


class Strap(Machine):
    """A heart rate strap; it sends only what has changed, and at most every two seconds."""

    def __init__(self, hass: HomeAssistant, treadmill: Treadmill) -> None:
        """Put it on somebody who rests."""
        super().__init__(hass)
        self.beats = heart.REST
        self._goal = heart.REST
        self._at = dt_util.utcnow()
        self._treadmill = treadmill
        treadmill.async_listen(self._effort_changed)

    @callback
    def _effort_changed(self) -> None:
        self._advance()
        self._goal = heart.wanted(self._treadmill.belt.speed, self._treadmill.belt.incline)
        self._wait()

    @callback
    def _advance(self) -> None:
        now = dt_util.utcnow()
        self.beats = heart.follow(self.beats, self._goal, max((now - self._at).total_seconds(), 0.0))
        self._at = now

    @callback
    def _wait(self) -> None:
        if self.beats != self._goal and not self.waits:
            self.async_wait(STRAP_EVERY.total_seconds(), self._send)

    @callback
    def _send(self) -> None:
        self._advance()
        self.async_changed()
        self._wait()


class RearSensor(Machine):
    """A sensor that looks at what is behind the treadmill; sometimes a dog."""

    def __init__(self, hass: HomeAssistant) -> None:
        """See nobody."""
        super().__init__(hass)
        self.dog_there = False
        self.plugged_in = True

    @property
    def distance(self) -> float:
        """Tell how far what is seen is away, in cm."""
        return DOG_CM if self.dog_there else CLEAR_CM

    @callback
    def async_dog_walks_in(self) -> None:
        """Let the dog in. It stays for a while; who is called again stays as long again."""
        self.dog_there = True
        self.async_wait(DOG_STAYS.total_seconds(), self.async_dog_leaves)
        self.async_changed()

    @callback
    def async_dog_leaves(self) -> None:
        """Send the dog away."""
        self.async_stop_waiting()
        self.dog_there = False
        self.async_changed()

    @callback
    def async_plug(self, *, plugged_in: bool) -> None:
        """Plug the sensor in, or pull its plug."""
        self.plugged_in = plugged_in
        self.async_changed()


@dataclass(frozen=True, slots=True)
class Room:
    """A room and the machines in it."""

    name: str
    treadmill: Treadmill
    strap: Strap
    rear_sensor: RearSensor

    @property
    def key(self) -> str:
        """Give what the room is called in ids."""
        return self.name.lower()

    @property
    def machines(self) -> tuple[Machine, ...]:
        """Give everything that may wait for something."""
        return self.treadmill, self.strap, self.rear_sensor


@dataclass(frozen=True, slots=True)
class Gym:
    """Everything an entry has set up."""

    rooms: tuple[Room, ...]
    platforms: tuple[Platform, ...]


type GymConfigEntry = ConfigEntry[Gym]


@callback
def async_furnish(hass: HomeAssistant, name: str) -> Room:
    """Furnish a room."""
    treadmill = Treadmill(hass)
    return Room(name, treadmill, Strap(hass, treadmill), RearSensor(hass))
