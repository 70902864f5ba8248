"""A room of the gym: a machine, the strap of whoever walks on it, and a sensor that looks at what is behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from . import heart
from .const import CONF_ROOMS, CONF_SPEAKERS, CONF_VOICES
from .deck import Deck
from .machine import Machine
from .makes import BARE, FURNISHED, Make
from .speakers import makes_in
from .treadmill import Link, Treadmill
from .voice_box import VoiceBox

STRAP_EVERY: Final = timedelta(seconds=2)
DOG_STAYS: Final = timedelta(seconds=8)

CLEAR_CM: Final = 320.0
DOG_CM: Final = 60.0


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
    @override
    def available(self) -> bool:
        return self.plugged_in

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


class Person(Machine):
    """Somebody who answers when a satellite asks, with what was prepared."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Have nothing to say."""
        super().__init__(hass)
        self.answers: list[str] = []

    @callback
    def async_prepare(self, answers: str) -> None:
        """Prepare answers, with a semicolon between two; an empty one is silence."""
        self.answers = [answer.strip() for answer in answers.split(";")] if answers else []
        self.async_changed()

    @callback
    def async_answer(self) -> str:
        """Give the next answer; who has none says nothing."""
        answer = self.answers.pop(0) if self.answers else ""
        self.async_changed()
        return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room and the machine in it."""

    name: str
    make: Make
    treadmill: Treadmill
    link: Link

    @property
    def key(self) -> str:
        """Give what the room is called in ids."""
        return self.name.lower()

    @property
    def machines(self) -> tuple[Machine, ...]:
        """Give everything that may wait for something."""
        return self.treadmill, self.link


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnishedRoom(Room):
    """A room with everything a coach can use."""

    strap: Strap
    rear_sensor: RearSensor
    decks: Mapping[str, Deck]
    """Its speakers, by their device."""
    person: Person

    @property
    @override
    def machines(self) -> tuple[Machine, ...]:
        return self.treadmill, self.link, self.strap, self.rear_sensor, *self.decks.values()


@dataclass(frozen=True, slots=True)
class Gym:
    """Everything an entry has set up."""

    furnished: tuple[FurnishedRoom, ...]
    bare: tuple[Room, ...]
    voices: tuple[VoiceBox, ...]
    """Of these the first is the gym's own."""

    platforms: tuple[Platform, ...]

    @property
    def rooms(self) -> tuple[Room, ...]:
        """Give every room there is."""
        return *self.furnished, *self.bare


type GymConfigEntry = ConfigEntry[Gym]


@callback
def async_build(hass: HomeAssistant, platforms: tuple[Platform, ...], more: Mapping[str, Any]) -> Gym:
    """Build all rooms, and put into each what belongs there.

    A tester can ask for more: `speakers`, each by its device with what a SpeakerMake has, and `voices`, each by its name
    with what a VoiceBox has. Those voices beep. And for less: `rooms` names those that are wanted.
    """
    rooms = more.get(CONF_ROOMS, (*FURNISHED, *BARE))
    furnished = []
    for name, make in FURNISHED.items():
        if name not in rooms:
            continue
        treadmill = Treadmill(hass, make.belt)
        furnished.append(
            FurnishedRoom(
                name=name,
                make=make,
                treadmill=treadmill,
                link=Link(hass, treadmill),
                strap=Strap(hass, treadmill),
                rear_sensor=RearSensor(hass),
                decks={
                    device: Deck(hass, speaker)
                    for device, speaker in makes_in(name, more.get(CONF_SPEAKERS, {})).items()
                },
                person=Person(hass),
            )
        )
    bare = []
    for name, make in BARE.items():
        if name not in rooms:
            continue
        treadmill = Treadmill(hass, make.belt)
        bare.append(Room(name=name, make=make, treadmill=treadmill, link=Link(hass, treadmill)))
    voices = [
        VoiceBox(hass, name=name, beeps=True, **voice) for name, voice in more.get(CONF_VOICES, {}).items()
    ]
    return Gym(tuple(furnished), tuple(bare), (VoiceBox(hass), *voices), platforms)
