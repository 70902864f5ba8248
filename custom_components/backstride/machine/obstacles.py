"""What the sensors behind the athlete see, each at its latest word: nothing, something, or nothing that can be trusted."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
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
from homeassistant.helpers.event import (
    async_track_entity_registry_updated_event,
    async_track_state_change_event,
)
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


class Sight(StrEnum):
    """What one sensor sees."""

    CLEAR = "clear"
    BLIND = "blind"
    """It says nothing that can be trusted, which is as unsafe as something in the way."""
    OBSTACLE = "obstacle"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What all sensors of a place see together."""

    reaction: Reaction | None = None
    """What the obstacles that are seen lead to, the strongest of them; None where none is seen."""
    is_blind: bool = False
    """Whether any sensor sees nothing that can be trusted."""

    @property
    def is_clear(self) -> bool:
        """Whether all see, and see nothing."""
        return self.reaction is None and not self.is_blind


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A sensor that looks at the space behind the athlete."""

    entity_id: str
    """By registry or entity id."""
    below_m: float = BELOW_M
    """For a sensor of distances: nearer than this is an obstacle."""
    stale_after_s: float | None = None
    """For a sensor of distances: seconds without a report after which it is unsafe; None to learn it from its pace."""
    reaction: Reaction = Reaction.REMIND


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one sensor says now."""

    obstacle: Obstacle
    entity_id: str
    """As it is called now."""
    sight: Sight


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


@callback
def look(hass: HomeAssistant, obstacles: Iterable[Obstacle]) -> tuple[Seen, ...]:
    """Look once at each sensor."""
    registry = er.async_get(hass)
    names = ((one, er.async_resolve_entity_id(registry, one.entity_id) or one.entity_id) for one in obstacles)
    return tuple(
        Seen(obstacle=one, entity_id=entity_id, sight=sight(hass.states.get(entity_id), one.below_m))
        for one, entity_id in names
    )


class Watch:
    """Listens to the sensors of one place and tells whenever what they see, taken together, is something else."""

    def __init__(
        self,
        hass: HomeAssistant,
        obstacles: Iterable[Obstacle],
        changed: Callable[[View], None],
    ) -> None:
        """Begin to look; `changed` is told whenever the view is another."""
        self._hass = hass
        self._changed = changed
        self._obstacles = tuple(obstacles)
        self._sensors: dict[str, Obstacle] = {}
        self._seen: dict[str, Sight] = {}
        self.view = View()
        """What is seen now, all sensors together."""
        self._unsubs: list[CALLBACK_TYPE] = []

    @property
    def has_eyes(self) -> bool:
        """Whether there is any sensor."""
        return bool(self._obstacles)

    @callback
    def start(self) -> None:
        """Look from now on, beginning with what is there already."""
        registry = er.async_get(self._hass)
        self._sensors = {
            er.async_resolve_entity_id(registry, one.entity_id) or one.entity_id: one
            for one in self._obstacles
        }
        names = list(self._sensors)
        self._unsubs = [
            async_track_state_change_event(self._hass, names, self._handle),
            async_track_entity_registry_updated_event(self._hass, names, self._handle_renamed),
        ]
        self._seen = {}
        for entity_id in self._sensors:
            self._look(entity_id, self._hass.states.get(entity_id))
        self._tell()

    @callback
    def stop(self) -> None:
        """Look no more."""
        for unsub in self._unsubs:
            unsub()
        self._unsubs = []

    @callback
    def _handle_renamed(self, event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        """Follow a sensor that is called something else now."""
        if event.data["action"] == "update" and "old_entity_id" in event.data:
            self.stop()
            self.start()

    @callback
    def _handle(self, event: Event[EventStateChangedData]) -> None:
        self._look(event.data["entity_id"], event.data["new_state"])
        self._tell()

    def _look(self, entity_id: str, state: State | None) -> None:
        self._seen[entity_id] = sight(state, self._sensors[entity_id].below_m)

    def _tell(self) -> None:
        seeing = [
            self._sensors[entity_id].reaction
            for entity_id, seen in self._seen.items()
            if seen is Sight.OBSTACLE
        ]
        view = View(
            reaction=max(seeing, key=list(Reaction).index, default=None),
            is_blind=Sight.BLIND in self._seen.values(),
        )
        if view != self.view:
            self.view = view
            self._changed(view)
