"""Lines in the logbook: what was unsafe, and what the guard did about it."""

from collections.abc import Callable

from homeassistant.components.logbook.const import (
    LOGBOOK_ENTRY_ENTITY_ID,
    LOGBOOK_ENTRY_MESSAGE,
    LOGBOOK_ENTRY_NAME,
)
from homeassistant.const import ATTR_ENTITY_ID, ATTR_NAME
from homeassistant.core import Event, HomeAssistant, callback

from .const import DOMAIN, EVENT_HAZARD
from .engine.guard import Cause, NewsKind, Reaction
from .naming import name_of
from .problems import say


@callback
def async_describe_events(
    hass: HomeAssistant, async_describe_event: Callable[[str, str, Callable[[Event], dict[str, str]]], None]
) -> None:
    """Describe the one event that is fired for it."""

    @callback
    def describe(event: Event) -> dict[str, str]:
        data = event.data
        what, kind = say(hass, Cause(data["cause"])), NewsKind(data["type"])
        happened = say(hass, Reaction(data["reaction"]) if kind is NewsKind.ESCALATED else kind)
        if source := data["source"]:
            what = f"{what} ({name_of(hass, source)})"
        return {
            LOGBOOK_ENTRY_NAME: data[ATTR_NAME],
            LOGBOOK_ENTRY_MESSAGE: f"{what}: {happened}",
            LOGBOOK_ENTRY_ENTITY_ID: data[ATTR_ENTITY_ID],
        }

    async_describe_event(DOMAIN, EVENT_HAZARD, describe)
