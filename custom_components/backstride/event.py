"""Event entities: what happens in a session, behind the athlete, and to a streak.

What they tell is what the triggers hand on, so all that an automation may want to say is in it.
"""

from typing import Any, Final, cast, override

from homeassistant.components.event import EventDeviceClass, EventEntity, EventEntityDescription
from homeassistant.const import ATTR_ENTITY_ID, ATTR_NAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import EVENT_HAZARD, EVENT_SESSION, EVENT_STREAK, Kind, SubentryType
from .coordinator import BackstrideConfigEntry
from .engine.events import Event, EventKind
from .engine.guard import News, NewsKind
from .engine.record import Tally, Way
from .engine.session import Session
from .engine.streak import StreakNews
from .entity import AthleteEntity, PlaceEntity, hazard_data
from .live import SessionEvents

PARALLEL_UPDATES = 0

# Home Assistant knows bells, buttons and motion; what it does not know it takes for what it says.
SESSION = EventEntityDescription(
    key="session",
    device_class=cast(EventDeviceClass, Kind.SESSION.value),
    event_types=[kind.value for kind in EventKind],
)
HAZARD = EventEntityDescription(
    key="hazard",
    device_class=cast(EventDeviceClass, Kind.HAZARD.value),
    event_types=[kind.value for kind in NewsKind],
)
STREAK = EventEntityDescription(
    key="streak",
    device_class=cast(EventDeviceClass, Kind.STREAK.value),
    event_types=[news.value for news in StreakNews],
)

ENDS: Final = frozenset({EventKind.COMPLETED, EventKind.STOPPED})
LOGGED: Final = ENDS | {EventKind.STARTED, EventKind.PAUSED, EventKind.HELD}
"""What is worth a line in the logbook; a line for every interval would bury the others."""


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001 - Home Assistant's signature
    entry: BackstrideConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Make the event entities of every place and athlete."""
    coordinator = entry.runtime_data
    coordinator.entities.async_register(
        SubentryType.PLACE,
        coordinator.places,
        lambda place_id: [
            SessionEvent(coordinator, place_id, SESSION),
            HazardEvent(coordinator, place_id, HAZARD),
        ],
        async_add_entities,
    )
    coordinator.entities.async_register(
        SubentryType.ATHLETE,
        coordinator.athletes,
        lambda athlete_id: [StreakEvent(coordinator, athlete_id, STREAK)],
        async_add_entities,
    )


class PlaceEvent(PlaceEntity, EventEntity):
    """Tells what happens at a place."""

    def _who(self) -> dict[str, str | None]:
        """Tell whose session it is, and where."""
        athlete = self._coordinator.athletes.get(self.live.athlete_id or "")
        return {"athlete": athlete.name if athlete else None, "place": self.live.settings.name}


class SessionEvent(PlaceEvent):
    """Tells everything that happens in a place's sessions, one after the other."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the place."""
        self.async_on_remove(self.live.async_subscribe(self._handle_events, last=True))

    @callback
    def _handle_events(self, events: SessionEvents) -> None:
        session, tally = self.live.session, self._coordinator.tally(self._subentry_id)
        if session is None or tally is None:
            return
        for event in events:
            told = self._told(event, session) | (_amount(tally) if event.kind in ENDS else {})
            self._trigger_event(event.kind.value, told)
            self.async_write_ha_state()
            if event.kind in LOGGED:
                data = {key: told[key] for key in ("athlete", "place", "workout", "reason")}
                fired = {"type": event.kind.value, ATTR_ENTITY_ID: self.entity_id, **data}
                self.hass.bus.async_fire(EVENT_SESSION, fired)

    def _told(self, event: Event, session: Session) -> dict[str, Any]:
        interval = event.interval
        return {
            **self._who(),
            "athlete_id": self.live.athlete_id,
            "workout": session.workout.name,
            "interval": _index(event, session) + 1,
            "intervals": len(session.plan),
            "direction": interval.direction.value if interval else None,
            "gait": interval.gait.value if interval else None,
            "seconds": interval.seconds if interval else None,
            "speed_kmh": interval.speed_kmh if interval else None,
            "reason": event.reason.value if event.reason else None,
            "due": event.at.isoformat(),
        }


def _amount(tally: Tally) -> dict[str, float | None]:
    """Tell what a session amounts to."""
    backward = tally.parts[Way.BACKWARD]
    return {
        "backward_seconds": round(backward.seconds, 1),
        "backward_m": round(backward.metres.value, 1),
        "kcal": None if tally.kcal is None else round(tally.kcal, 1),
    }


def _index(event: Event, session: Session) -> int:
    """Tell which interval of the plan an event is about, however late it is told; before the first it is that."""
    if event.visit is None or event.visit >= len(session.done):
        return session.index
    return session.done[event.visit].index


class HazardEvent(PlaceEvent):
    """Tells when something becomes unsafe, gets worse, and is gone."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the lookout."""
        lookout = self._coordinator.coach(self._subentry_id).lookout
        self.async_on_remove(lookout.async_subscribe(self._handle_hazards, last=True))

    @callback
    def _handle_hazards(self, news: tuple[News, ...]) -> None:
        for one in news:
            told = hazard_data(one.hazard)
            self._trigger_event(one.kind.value, {**self._who(), **told})
            self.async_write_ha_state()
            # Only what is fired can have a line of its own in the logbook.
            data = {ATTR_ENTITY_ID: self.entity_id, ATTR_NAME: self.live.settings.name, **told}
            self.hass.bus.async_fire(EVENT_HAZARD, {"type": one.kind.value, **data})


class StreakEvent(AthleteEntity, EventEntity):
    """Tells when a streak grows, reaches a milestone, is at risk or is lost."""

    _is_told_last = True

    @callback
    @override
    def _handle_news(self, news: tuple[StreakNews, ...]) -> None:
        name, streak = self.book.settings.name, self.book.streak
        for one in news:
            self._trigger_event(one.value, {"athlete": name, "streak": streak.current, "best": streak.best})
            self.async_write_ha_state()
            if one is StreakNews.MILESTONE:
                data = {ATTR_ENTITY_ID: self.entity_id, "athlete": name, "streak": streak.current}
                self.hass.bus.async_fire(EVENT_STREAK, data)
