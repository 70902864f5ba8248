"""Lines in the logbook: what became of sessions and streaks, what was unsafe, and what the guard did about it."""

from collections.abc import Callable
from typing import Any

from homeassistant.components.logbook.const import (
    LOGBOOK_ENTRY_ENTITY_ID,
    LOGBOOK_ENTRY_MESSAGE,
    LOGBOOK_ENTRY_NAME,
)
from homeassistant.const import ATTR_ENTITY_ID, ATTR_NAME
from homeassistant.core import Event, HomeAssistant, callback

from .const import DOMAIN, EVENT_HAZARD, EVENT_SESSION, EVENT_STREAK
from .engine.events import EventKind, Reason
from .engine.guard import Cause, NewsKind, Reaction
from .engine.streak import StreakNews
from .naming import name_of
from .problems import say

type Describe = Callable[[Event[Any]], dict[str, str]]


@callback
def async_describe_events(
    hass: HomeAssistant, async_describe_event: Callable[[str, str, Describe], None]
) -> None:
    """Describe the events that are fired for it."""

    def line(event: Event[Any], name: str, message: str) -> dict[str, str]:
        return {
            LOGBOOK_ENTRY_NAME: name,
            LOGBOOK_ENTRY_MESSAGE: message,
            LOGBOOK_ENTRY_ENTITY_ID: event.data[ATTR_ENTITY_ID],
        }

    @callback
    def describe_session(event: Event[Any]) -> dict[str, str]:
        data = event.data
        reason = say(hass, Reason(data["reason"])) if data["reason"] else ""
        told = say(hass, EventKind(data["type"])).format_map({**data, "reason": reason})
        # Whose athlete was removed meanwhile has no name any more.
        return line(event, data["athlete"] or data["place"], told)

    @callback
    def describe_streak(event: Event[Any]) -> dict[str, str]:
        return line(event, event.data["athlete"], say(hass, StreakNews.MILESTONE).format_map(event.data))

    @callback
    def describe_hazard(event: Event[Any]) -> dict[str, str]:
        data = event.data
        what, kind = say(hass, Cause(data["cause"])), NewsKind(data["type"])
        happened = say(hass, Reaction(data["reaction"]) if kind is NewsKind.ESCALATED else kind)
        if source := data["source"]:
            what = f"{what} ({name_of(hass, source)})"
        return line(event, data[ATTR_NAME], f"{what}: {happened}")

    async_describe_event(DOMAIN, EVENT_SESSION, describe_session)
    async_describe_event(DOMAIN, EVENT_STREAK, describe_streak)
    async_describe_event(DOMAIN, EVENT_HAZARD, describe_hazard)
