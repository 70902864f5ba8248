"""What helps to find a fault, with nothing in it that tells who somebody is or how their body does."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from homeassistant.components.diagnostics import REDACTED, async_redact_data
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from . import store
from .const import (
    CONF_AT_RISK,
    CONF_DAILY_GOAL,
    CONF_DAY_START,
    CONF_LEVEL,
    CONF_REST_WEEKDAYS,
    CONF_SCREENING,
    SubentryType,
)
from .coordinator import BackstrideConfigEntry, Coordinator
from .engine import checkpoint
from .engine.session import Session
from .live import LivePlace

SHOWN_OF_ATHLETES: Final = frozenset(
    {CONF_LEVEL, CONF_DAILY_GOAL, CONF_REST_WEEKDAYS, CONF_DAY_START, CONF_AT_RISK}
)
"""All else is hidden, what is added later too: a name, a body, a person, and sensors and phones that are called after one."""


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant, entry: BackstrideConfigEntry
) -> dict[str, Any]:
    """Tell how things stand; names of places and workouts are left out, they may be those of people."""
    found = {
        "state": entry.state.value,
        "versions": {
            "store": store.VERSION,
            "session": checkpoint.VERSION,
            # When and what was answered is nobody's business.
            "screening": entry.data.get(CONF_SCREENING, {}).get("version"),
        },
        "subentries": {
            kind.value: sum(one.subentry_type == kind for one in entry.subentries.values())
            for kind in SubentryType
        },
    }
    if entry.state is not ConfigEntryState.LOADED:
        return found
    coordinator, now = entry.runtime_data, dt_util.utcnow()
    return {
        **found,
        "workouts": len(coordinator.workouts),
        "places": {
            place_id: {
                "settings": dict(entry.subentries[place_id].data),
                "session": _session(coordinator.session(place_id)),
                "sources": list(_sources(hass, coordinator, place_id, now)),
                "speakers": coordinator.coach(place_id).speakers,
            }
            for place_id in coordinator.places
        },
        "athletes": {
            athlete_id: {
                "settings": _hidden(dict(entry.subentries[athlete_id].data)),
                "sessions": coordinator.book(athlete_id).totals["sessions"],
                "records": coordinator.book(athlete_id).totals["records"],
            }
            for athlete_id in coordinator.athletes
        },
    }


def _hidden(data: dict[str, Any]) -> dict[str, Any]:
    return async_redact_data(data, data.keys() - SHOWN_OF_ATHLETES)


def _session(session: Session | None) -> dict[str, Any] | None:
    if session is None:
        return None
    return {
        "state": session.state.value,
        "reason": session.reason,
        "level": session.level.value,
        "started_at": session.started_at.isoformat(),
        "since": session.since.isoformat(),
        "seen": session.seen.isoformat(),
        "interval": session.index,
        "intervals": len(session.plan),
        "visits": len(session.done) + (session.visit is not None),
        "events": session.events,
        "knows_zones": bool(session.meter.zone_floors),
    }


def _sources(
    hass: HomeAssistant, coordinator: Coordinator, place_id: str, now: datetime
) -> Iterator[dict[str, Any]]:
    """Describe each source as the latest session heard it, or by its state where there was none."""
    live: LivePlace = coordinator.live(place_id)
    athlete = coordinator.athletes.get(live.athlete_id or "") or coordinator.chosen_athlete(place_id)
    counters = live.session.meter.counters if live.session else {}
    for source in coordinator.places[place_id].sources(athlete):
        heard = live.sources.look(source)
        state = hass.states.get(heard.entity_id)
        registered = er.async_get(hass).async_get(heard.entity_id)
        counter = counters.get(source.quantity)
        yield {
            "quantity": source.quantity.value,
            "entity_id": REDACTED if source.is_worn else heard.entity_id,
            "is_worn": source.is_worn,
            "integration": registered and registered.platform,
            "unit": state and state.attributes.get("unit_of_measurement"),
            "speaks": bool(heard.updates),
            "pace": heard.pace(now).value,
            "age_s": round((now - state.last_reported).total_seconds(), 1) if state else None,
            "wild": heard.wild,
            "jumps": counter.doubts if counter else 0,
        }
