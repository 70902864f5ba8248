"""When a voice satellite is in a conversation of its own, which an announcement would cut off unheard."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later, async_track_state_change_event
from homeassistant.util import dt as dt_util

IN_CONVERSATION: Final = frozenset({"listening", "processing", "responding"})
"""States of a satellite, as Home Assistant names them; of no other speaker."""
PATIENCE: Final = timedelta(seconds=15)
"""Longer than any answer: a satellite that is in one of these states for so long is stuck in it, and is not waited for."""


@callback
def conversation_ends(hass: HomeAssistant, entity_id: str) -> datetime | None:
    """Tell when a conversation is over at the latest; None where none is held."""
    state = hass.states.get(entity_id)
    if state is None or state.state not in IN_CONVERSATION:
        return None
    ends_at = state.last_changed + PATIENCE
    return ends_at if ends_at > dt_util.utcnow() else None


@callback
def when_free(hass: HomeAssistant, entity_id: str, until: datetime, do: Callable[[], None]) -> CALLBACK_TYPE:
    """Do something when a satellite goes on in its conversation or ends it, and at the latest at an instant."""
    unsubs: list[CALLBACK_TYPE] = []

    @callback
    def stop() -> None:
        while unsubs:
            unsubs.pop()()

    @callback
    def handle(_what: Event[EventStateChangedData] | datetime) -> None:
        stop()
        do()

    unsubs.append(async_track_state_change_event(hass, entity_id, handle))
    unsubs.append(async_call_later(hass, until - dt_util.utcnow(), handle))
    return stop
