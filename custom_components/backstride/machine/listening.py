"""Listening to entities: what changes, what is said again unchanged, and what is called something else now."""

from collections.abc import Callable, Iterable

from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    EventStateReportedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    async_track_entity_registry_updated_event,
    async_track_state_change_event,
    async_track_state_report_event,
)


class Listening:
    """Listens to some entities of other integrations, to others anew whenever it is told."""

    def __init__(
        self,
        hass: HomeAssistant,
        *,
        changed: Callable[[Event[EventStateChangedData]], None],
        reported: Callable[[Event[EventStateReportedData]], None],
        renamed: Callable[[str, str], None],
    ) -> None:
        """Call these; `renamed` with the old and the new entity id. Each has to be a callback."""
        self._hass = hass
        self._changed = changed
        self._reported = reported
        self._renamed = renamed
        self._unsubs: list[CALLBACK_TYPE] = []

    @property
    def is_on(self) -> bool:
        """Whether anything is listened to."""
        return bool(self._unsubs)

    @callback
    def start(self, entity_ids: Iterable[str]) -> None:
        """Listen to these, and no longer to those before."""
        self.stop()
        if names := list(entity_ids):
            self._unsubs = [
                async_track_state_change_event(self._hass, names, self._changed),
                async_track_state_report_event(self._hass, names, self._reported),
                async_track_entity_registry_updated_event(self._hass, names, self._handle_registry),
            ]

    @callback
    def stop(self) -> None:
        """Listen no more."""
        for unsub in self._unsubs:
            unsub()
        self._unsubs = []

    @callback
    def _handle_registry(self, event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        if event.data["action"] == "update" and "old_entity_id" in event.data:
            self._renamed(event.data["old_entity_id"], event.data["entity_id"])
