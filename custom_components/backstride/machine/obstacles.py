"""Listens to the sensors behind the athlete, and knows what each of them sees."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
import math
from typing import Final

from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_UNIT_OF_MEASUREMENT,
    STATE_OFF,
    STATE_ON,
    Platform,
    UnitOfLength,
)
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    EventStateReportedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util
from homeassistant.util.unit_conversion import DistanceConverter

from ..engine import sight as eyes
from ..engine.guard import Reaction
from ..engine.sight import BELOW_M, Eye, Kind, Sight
from .listening import Listening
from .watchers import kind

_PRESENCE: Final = {STATE_ON: 1.0, STATE_OFF: 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A sensor that looks at the space behind the athlete."""

    entity_id: str
    """By registry or entity id."""
    below_m: float = BELOW_M
    """For a sensor of distances: nearer than this is an obstacle."""
    stale_after_s: float | None = None
    """For a sensor of distances: after so many seconds of silence it counts as blind; None lets its own period decide."""
    reaction: Reaction = Reaction.REMIND


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one sensor says now."""

    obstacle: Obstacle
    entity_id: str
    """As it is called now."""
    sight: Sight


def kind_of(hass: HomeAssistant, entity_id: str) -> Kind:
    """Tell what a sensor's number means; of one that nobody would choose, anything but zero is in the way."""
    is_sensor = entity_id.startswith(f"{Platform.SENSOR}.")
    return kind(hass, entity_id) or (Kind.COUNT if is_sensor else Kind.PRESENCE)


def said(what: Kind, state: State | None) -> float | None:
    """Give what a state says in the engine's unit; None for what is missing, silent or no number, which is not clear."""
    if state is None:
        return None
    if what is Kind.PRESENCE:
        return _PRESENCE.get(state.state)
    try:
        value = float(state.state)
    except ValueError:
        return None
    if what is Kind.DISTANCE:
        unit = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) or UnitOfLength.METERS
        if unit not in DistanceConverter.VALID_UNITS:
            return None
        value = DistanceConverter.convert(value, unit, UnitOfLength.METERS)
    return value if math.isfinite(value) else None


type Nature = tuple[str | None, str | None]
"""What tells the meaning of a number: its class and its unit."""


def _nature(state: State | None) -> Nature:
    attributes = state.attributes if state else {}
    return attributes.get(ATTR_DEVICE_CLASS), attributes.get(ATTR_UNIT_OF_MEASUREMENT)


class Watch:
    """Listens to the sensors of one place, also while nobody walks: only so is their period known when somebody does."""

    def __init__(
        self,
        hass: HomeAssistant,
        obstacles: Iterable[Obstacle],
        *,
        now: Callable[[], datetime],
        glimpsed: Callable[[str], None],
        changed: Callable[[Seen], None],
    ) -> None:
        """Call `glimpsed` with a sensor in the instant in which it sees something new, before anything else is done.

        `changed` is told of each sensor that sees something else than before.
        """
        self._hass = hass
        self.obstacles = tuple(obstacles)
        self._now = now
        self._glimpsed = glimpsed
        self._changed = changed
        self._known: dict[str, Obstacle] = {}
        self._eyes: dict[str, Eye] = {}
        self._sights: dict[str, Sight] = {}
        self._natures: dict[str, Nature] = {}
        self._listening = Listening(
            hass, changed=self._handle, reported=self._handle_report, renamed=self._handle_renamed
        )
        self._unsub_look: CALLBACK_TYPE | None = None

    @property
    def seen(self) -> tuple[Seen, ...]:
        """What every sensor says now."""
        return tuple(map(self._see, self._known))

    @callback
    def start(self) -> None:
        """Listen from now on, beginning with what is there already."""
        registry = er.async_get(self._hass)
        self._known = {
            er.async_resolve_entity_id(registry, one.entity_id) or one.entity_id: one
            for one in self.obstacles
        }
        self._eyes = {
            entity_id: self._first(entity_id, self._hass.states.get(entity_id)) for entity_id in self._known
        }
        now = self._now()
        self._sights = {entity_id: eyes.sight(eye, now) for entity_id, eye in self._eyes.items()}
        self._arm(now)
        self._listening.start(self._known)

    @callback
    def stop(self) -> None:
        """Listen no more."""
        self._listening.stop()
        if self._unsub_look is not None:
            self._unsub_look()
            self._unsub_look = None

    def _first(self, entity_id: str, state: State | None) -> Eye:
        """Begin with what a sensor said last, and when it said it."""
        one = self._known[entity_id]
        self._natures[entity_id] = _nature(state)
        eye = Eye(
            kind=kind_of(self._hass, entity_id),
            below_m=one.below_m,
            stale_after=None if one.stale_after_s is None else timedelta(seconds=one.stale_after_s),
        )
        age = dt_util.utcnow() - state.last_reported if state else timedelta()
        return eyes.hear(eye, said(eye.kind, state), self._now() - max(age, timedelta()))

    @callback
    def _handle(self, event: Event[EventStateChangedData]) -> None:
        entity_id, state = event.data["entity_id"], event.data["new_state"]
        eye = self._eyes[entity_id]
        if eye.value is None or (
            eye.kind is not Kind.PRESENCE and _nature(state) != self._natures[entity_id]
        ):
            # Only a state that is there tells its unit; it may also tell it late, or another.
            eye = self._first(entity_id, state)
            if eye.is_near:
                self._glimpsed(entity_id)
            self._take(entity_id, eye)
            return
        value = said(eye.kind, state)
        if value is not None and not eye.is_near and eyes.sees(eye, value):
            self._glimpsed(entity_id)
        self._take(entity_id, eyes.hear(eye, value, self._now()))

    @callback
    def _handle_report(self, event: Event[EventStateReportedData]) -> None:
        """Hear the same again: a distance that is still so."""
        entity_id = event.data["entity_id"]
        eye = self._eyes[entity_id]
        if eye.kind is Kind.DISTANCE:
            self._take(entity_id, eyes.hear(eye, eye.value, self._now()))

    def _handle_renamed(self, _old: str, _new: str) -> None:
        """Follow a sensor that is called something else now."""
        self.stop()
        self.start()
        for seen in self.seen:
            self._changed(seen)

    def _see(self, entity_id: str) -> Seen:
        return Seen(obstacle=self._known[entity_id], entity_id=entity_id, sight=self._sights[entity_id])

    def _take(self, entity_id: str, eye: Eye) -> None:
        self._eyes[entity_id] = eye
        now = self._now()
        if self._unsub_look is None:
            self._arm(now)
        self._judge(entity_id, now)

    def _judge(self, entity_id: str, now: datetime) -> None:
        sight = eyes.sight(self._eyes[entity_id], now)
        if sight is not self._sights[entity_id]:
            self._sights[entity_id] = sight
            self._changed(self._see(entity_id))

    def _arm(self, now: datetime) -> None:
        """Wake when the first sensor may have been silent for too long; it is armed anew when it rings, not at each report.

        `now` is the instant up to which each was judged: what is due between two looks at the clock must not be lost.
        """
        dues = [due for eye in self._eyes.values() if (due := eyes.stale_at(eye)) is not None and due > now]
        if dues:
            self._unsub_look = async_call_later(self._hass, min(dues) - now, self._handle_look)

    @callback
    def _handle_look(self, _now: datetime) -> None:
        self._unsub_look = None
        now = self._now()
        self._arm(now)
        for entity_id in self._known:
            self._judge(entity_id, now)
