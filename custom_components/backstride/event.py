"""Event entities: what happens in a session, and what it means for a streak."""

from typing import override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.const import ATTR_ENTITY_ID, ATTR_NAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import EVENT_HAZARD, SubentryType
from .coordinator import BackstrideConfigEntry
from .engine.events import EventKind
from .engine.guard import News, NewsKind
from .engine.streak import StreakNews
from .entity import AthleteEntity, PlaceEntity, hazard_data
from .live import SessionEvents

PARALLEL_UPDATES = 0

SESSION = EventEntityDescription(key="session", event_types=[kind.value for kind in EventKind])
HAZARD = EventEntityDescription(key="hazard", event_types=[kind.value for kind in NewsKind])
STREAK = EventEntityDescription(key="streak", event_types=[news.value for news in StreakNews])


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


class SessionEvent(PlaceEntity, EventEntity):
    """Tells everything that happens in a place's sessions, one after the other."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the place."""
        self.async_on_remove(self.live.async_subscribe(self._handle_events))

    @callback
    def _handle_events(self, events: SessionEvents) -> None:
        session = self.live.session
        for event in events:
            self._trigger_event(
                event.kind.value,
                {
                    "due": event.at.isoformat(),
                    "direction": event.interval.direction.value if event.interval else None,
                    "reason": event.reason.value if event.reason else None,
                    "workout": session.workout.name if session else None,
                },
            )
            self.async_write_ha_state()


class HazardEvent(PlaceEntity, EventEntity):
    """Tells when something becomes unsafe, gets worse, and is gone."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the lookout."""
        lookout = self._coordinator.coach(self._subentry_id).lookout
        self.async_on_remove(lookout.async_subscribe(self._handle_hazards))

    @callback
    def _handle_hazards(self, news: tuple[News, ...]) -> None:
        for one in news:
            told = hazard_data(one.hazard)
            self._trigger_event(one.kind.value, told)
            self.async_write_ha_state()
            # Only what is fired can have a line of its own in the logbook.
            data = {ATTR_ENTITY_ID: self.entity_id, ATTR_NAME: self.live.settings.name, **told}
            self.hass.bus.async_fire(EVENT_HAZARD, {"type": one.kind.value, **data})


class StreakEvent(AthleteEntity, EventEntity):
    """Tells when a streak grows, reaches a milestone or is lost."""

    @callback
    @override
    def _handle_news(self, news: tuple[StreakNews, ...]) -> None:
        for one in news:
            self._trigger_event(
                one.value, {"streak": self.book.streak.current, "best": self.book.streak.best}
            )
            self.async_write_ha_state()
