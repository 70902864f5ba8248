"""Hears the sources of a place while a session is on, knows how fast each speaks, and tells the session what they say."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Final

from homeassistant.components.sensor import ATTR_LAST_RESET
from homeassistant.core import (
    Event,
    EventStateChangedData,
    EventStateReportedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ..engine.metrics import Quantity, Reading, prefer_athletes
from .listening import Listening
from .readings import is_fresh, reading

LIVE_UPDATES: Final = 3
LIVE_WITHIN: Final = timedelta(seconds=60)
"""A strap speaks about once a second, a phone or a cloud at best once in a few minutes: three updates in a minute lie far
from both."""
DAILY_AFTER: Final = timedelta(hours=6)
"""A quarter of a day: watches that are synchronised by hand are silent for hours, and are not daily for that."""


class Pace(StrEnum):
    """How fast a source tells what happens."""

    LIVE = "live"
    """As it happens: good for zones and safety."""
    DELAYED = "delayed"
    """Seconds to hours later."""
    DAILY = "daily"
    """Only what a day came to."""
    UNKNOWN = "unknown"
    """It has not spoken often enough to tell."""


def pace(updates: Sequence[datetime], now: datetime, *, is_day_total: bool = False) -> Pace:
    """Judge a source by its latest updates, oldest first; of those, no more than the last three count."""
    latest = updates[-LIVE_UPDATES:]
    if len(latest) == LIVE_UPDATES and now - latest[0] <= LIVE_WITHIN:
        return Pace.LIVE
    if is_day_total:
        return Pace.DAILY
    if not latest or (len(latest) < LIVE_UPDATES and now - latest[-1] <= LIVE_WITHIN):
        return Pace.UNKNOWN
    return Pace.DAILY if now - latest[-1] > DAILY_AFTER else Pace.DELAYED


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntity:
    """A source as it was set up."""

    entity_id: str
    """By registry or entity id."""
    quantity: Quantity
    is_worn: bool = False
    """Whether it is the athlete's own, and not the place's."""


@dataclass(slots=True, kw_only=True)
class Heard:
    """What one source is known by: how often it spoke, and how often it said what cannot be."""

    source: SourceEntity
    entity_id: str
    """As it is called now."""
    updates: deque[datetime] = field(default_factory=lambda: deque(maxlen=LIVE_UPDATES))
    """When it said something, by the clock on the wall; none since it fell silent."""
    is_day_total: bool = False
    wild: int = 0

    def note(self, said: Reading, at: datetime) -> None:
        """Take in that it spoke; a wild value proves nothing about its pace."""
        if said.is_wild:
            self.wild += 1
        elif said.value is None:
            self.updates.clear()
        else:
            self.updates.append(at)

    def pace(self, now: datetime) -> Pace:
        """Tell how fast it speaks."""
        return pace(tuple(self.updates), now, is_day_total=self.is_day_total)


class Sources:
    """Listens to the sources of one place; of two heart rates it passes on the better one."""

    def __init__(
        self, hass: HomeAssistant, now: Callable[[], datetime], tell: Callable[[Reading], None]
    ) -> None:
        """Begin with none; `now` is the session's clock, and `tell` is told every reading."""
        self._hass = hass
        self._now = now
        self._tell = tell
        self._heard: dict[str, Heard] = {}
        self._speaker: Heard | None = None
        """Whose heart rate was told last."""
        self._listening = Listening(
            hass, changed=self._handle_change, reported=self._handle_report, renamed=self._handle_renamed
        )

    @callback
    def start(self, sources: Iterable[SourceEntity]) -> None:
        """Listen from now on, beginning with what they say already; one that is missing is just silent."""
        self._speaker = None
        self._heard = {heard.entity_id: heard for heard in map(self._first, sources)}
        self._listening.start(self._heard)
        for heard in self._heard.values():
            state, now = self._hass.states.get(heard.entity_id), self._now()
            # The heart rate of an hour ago is not that of the session.
            if heard.source.quantity is not Quantity.HEART_RATE or is_fresh(state, now, LIVE_WITHIN):
                self._pass_on(heard, reading(heard.source.quantity, state, now), now)

    @callback
    def stop(self) -> None:
        """Listen no more; what was heard can still be looked at."""
        self._listening.stop()

    def look(self, source: SourceEntity) -> Heard:
        """Give what is known of a source: from the latest session, or else from its state alone."""
        found = (heard for heard in self._heard.values() if heard.source == source)
        return next(found, None) or self._first(source)

    def _first(self, source: SourceEntity) -> Heard:
        registry = er.async_get(self._hass)
        entity_id = er.async_resolve_entity_id(registry, source.entity_id) or source.entity_id
        heard = Heard(source=source, entity_id=entity_id)
        if (state := self._hass.states.get(entity_id)) is not None:
            heard.is_day_total = _is_day_total(state)
            heard.note(reading(source.quantity, state, self._now()), state.last_reported)
        return heard

    @callback
    def _handle_change(self, event: Event[EventStateChangedData]) -> None:
        heard = self._heard[event.data["entity_id"]]
        said = reading(heard.source.quantity, event.data["new_state"], self._now())
        heard.note(said, event.time_fired)
        self._pass_on(heard, said, event.time_fired)

    @callback
    def _handle_report(self, event: Event[EventStateReportedData]) -> None:
        """Hear the same value again: nothing new to the session, but for a heart rate, which is live only while told."""
        heard = self._heard[event.data["entity_id"]]
        said = reading(heard.source.quantity, event.data["new_state"], self._now())
        heard.note(said, event.time_fired)
        if heard.source.quantity is Quantity.HEART_RATE:
            self._pass_on(heard, said, event.time_fired)

    def _handle_renamed(self, old: str, new: str) -> None:
        """Follow a source that is called something else now."""
        heard = self._heard.pop(old)
        heard.entity_id = new
        self._heard[new] = heard
        self._listening.start(self._heard)

    def _pass_on(self, heard: Heard, said: Reading, at: datetime) -> None:
        if said.quantity is Quantity.HEART_RATE:
            # Who is not the better one is not heard, except that it falls silent after it was.
            if heard is not self._better_heart(at) and (said.value is not None or heard is not self._speaker):
                return
            self._speaker = heard
            said = replace(said, is_live=heard.pace(at) is Pace.LIVE)
        self._tell(said)

    def _better_heart(self, at: datetime) -> Heard | None:
        worn = places = None
        for heard in self._heard.values():
            if heard.source.quantity is Quantity.HEART_RATE and heard.updates:
                worn, places = (heard, places) if heard.source.is_worn else (worn, heard)
        return prefer_athletes(
            worn,
            places,
            athletes_live=worn is not None and worn.pace(at) is Pace.LIVE,
            places_live=places is not None and places.pace(at) is Pace.LIVE,
        )


def _is_day_total(state: State) -> bool:
    """Tell whether a sensor adds up a day: it says that it began at midnight."""
    began = dt_util.parse_datetime(str(state.attributes.get(ATTR_LAST_RESET)))
    return began is not None and dt_util.as_local(began).time() == time()
