"""What the sensors behind the athlete see, each at its latest word: nothing, something, or nothing that can be trusted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
import math
from typing import Final

from homeassistant.const import (
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_ON,
    STATE_UNAVAILABLE,
    STATE_UNKNOWN,
    Platform,
    UnitOfLength,
)
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util.unit_conversion import DistanceConverter

BELOW_M: Final = 1.2
"""Metres, where a distance sensor has no limit of its own: a step and a half of room behind the belt."""


OBSTACLE_CLASSES: Final = ("occupancy", "motion", "presence", "moving", "door", "opening")
"""Device classes of binary sensors whose "on" can mean something in the way."""


class Reaction(StrEnum):
    """What an obstacle leads to, besides lights and words."""

    REMIND = "remind"
    HOLD = "hold"
    STOP = "stop"


class Sight(IntEnum):
    """What is seen; of several sensors the highest counts."""

    CLEAR = 0
    BLIND = 1
    """A sensor says nothing that can be trusted, which is as unsafe as something in the way."""
    OBSTACLE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A sensor that looks at the space behind the athlete."""

    entity_id: str
    """By registry or entity id."""
    below_m: float = BELOW_M
    """For a sensor of distances: nearer than this is an obstacle."""
    reaction: Reaction = Reaction.REMIND


def sight(state: State | None, below_m: float) -> Sight:
    """Judge one sensor's state; one that is missing, silent or no number is blind, not clear."""
    if state is None or state.state in {STATE_UNAVAILABLE, STATE_UNKNOWN}:
        return Sight.BLIND
    if state.domain == Platform.SENSOR:
        try:
            unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) or UnitOfLength.METERS
            metres = DistanceConverter.convert(float(state.state), unit, UnitOfLength.METERS)
        except HomeAssistantError, ValueError:
            return Sight.BLIND
        if not math.isfinite(metres):
            return Sight.BLIND
        return Sight.OBSTACLE if metres < below_m else Sight.CLEAR
    return Sight.OBSTACLE if state.state == STATE_ON else Sight.CLEAR


class Watch:
    """Listens to the sensors of one place and tells whenever what they see, taken together, is something else."""

    def __init__(
        self,
        hass: HomeAssistant,
        obstacles: Iterable[Obstacle],
        changed: Callable[[Sight, Reaction], None],
    ) -> None:
        """Begin to look; `changed` is told the worst sight and the strongest reaction of those who see it."""
        self._hass = hass
        self._changed = changed
        registry = er.async_get(hass)
        self._sensors = {
            er.async_resolve_entity_id(registry, one.entity_id) or one.entity_id: one for one in obstacles
        }
        self._seen = dict.fromkeys(self._sensors, Sight.CLEAR)
        self._told: tuple[Sight, Reaction] = (Sight.CLEAR, Reaction.REMIND)
        self._unsub: CALLBACK_TYPE | None = None

    @property
    def sees(self) -> Sight:
        """What is seen now, all sensors together."""
        return self._told[0]

    @callback
    def start(self) -> None:
        """Look from now on, beginning with what is there already."""
        if self._sensors:
            self._unsub = async_track_state_change_event(self._hass, list(self._sensors), self._handle)
        for entity_id in self._sensors:
            self._look(entity_id, self._hass.states.get(entity_id))
        self._tell()

    @callback
    def stop(self) -> None:
        """Look no more."""
        if self._unsub is not None:
            self._unsub()
            self._unsub = None

    @callback
    def _handle(self, event: Event[EventStateChangedData]) -> None:
        self._look(event.data["entity_id"], event.data["new_state"])
        self._tell()

    def _look(self, entity_id: str, state: State | None) -> None:
        self._seen[entity_id] = sight(state, self._sensors[entity_id].below_m)

    def _tell(self) -> None:
        worst = max(self._seen.values(), default=Sight.CLEAR)
        seeing = [
            self._sensors[entity_id].reaction for entity_id, seen in self._seen.items() if seen is worst
        ]
        strongest = max(seeing, key=list(Reaction).index, default=Reaction.REMIND)
        told = worst, Reaction.REMIND if worst is Sight.CLEAR else strongest
        if told != self._told:
            self._told = told
            self._changed(*told)
