"""The entities of a place on which it depends whether a session may start, and how to hear of them while none is on.

What looks behind is left out: of that the lookout tells.
"""

from collections.abc import Iterable
from typing import Final

from homeassistant.const import Platform
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    TrackStates,
    async_track_entity_registry_updated_event,
    async_track_state_change_filtered,
)

from .live import LivePlace
from .machine.roles import Role
from .output.studio import engine_for

BELT: Final = (Role.SPEED, Role.BELT_RUNNING)
"""What tells of the belt; where one of them falls silent the machine is off, or its link is lost."""


@callback
def called(hass: HomeAssistant, sources: Iterable[str]) -> tuple[str, ...]:
    """Give entities as they are called now."""
    registry = er.async_get(hass)
    return tuple(er.async_resolve_entity_id(registry, each) or each for each in sources)


class Surroundings:
    """Tells whenever an entity changes that a place's report depends on; in a session none does."""

    def __init__(self, hass: HomeAssistant, live: LivePlace, changed: CALLBACK_TYPE) -> None:
        """Begin to listen with `follow`."""
        self._hass = hass
        self._live = live
        self._changed = changed
        self._wanted = TrackStates(all_states=False, entities=set(), domains=set())
        self._unsubs: list[CALLBACK_TYPE] = []

    @callback
    def follow(self) -> None:
        """Listen to what the place is set up with now, under the names it has now."""
        if (wanted := self._entities()) == self._wanted:
            return
        self.stop()
        self._wanted = wanted
        self._unsubs = [
            async_track_state_change_filtered(self._hass, wanted, self._handle).async_remove,
            async_track_entity_registry_updated_event(self._hass, wanted.entities, self._handle_renamed),
        ]

    @callback
    def stop(self) -> None:
        """Listen no more."""
        for unsub in self._unsubs:
            unsub()
        self._unsubs = []

    def _entities(self) -> TrackStates:
        settings = self._live.settings
        belt = [settings.roles[role] for role in BELT if role in settings.roles]
        entities = called(self._hass, [*settings.speakers, *belt])
        speaks = engine_for(self._hass, settings.tts_engine) if settings.speakers else None
        # Where none was chosen, any engine that comes is one to speak with.
        any_voice = settings.speakers and settings.tts_engine is None
        return TrackStates(
            all_states=False,
            entities={*entities, *([speaks] if speaks else ())},
            domains={Platform.TTS} if any_voice else set(),
        )

    @callback
    def _handle(self, _event: Event[EventStateChangedData]) -> None:
        if not self._live.is_on:
            self._changed()

    @callback
    def _handle_renamed(self, _event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        if not self._live.is_on:
            self._changed()
