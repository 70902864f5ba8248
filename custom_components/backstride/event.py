"""Event entities: what happens in a session, and what it means for a streak."""

from typing import override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import SubentryType
from .coordinator import BackstrideConfigEntry
from .engine.events import EventKind
from .engine.streak import StreakNews
from .entity import AthleteEntity, PlaceEntity
from .live import SessionEvents

PARALLEL_UPDATES = 0

SESSION = EventEntityDescription(key="session", event_types=[kind.value for kind in EventKind])
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
        lambda place_id: [SessionEvent(coordinator, place_id, SESSION)],
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
