"""Tells the owner of a place about obstacle sensors that have said nothing for a day."""

from datetime import datetime, timedelta
from functools import partial
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_call_later

from .const import DOMAIN
from .engine.guard import News
from .engine.sight import Sight
from .live import LivePlace
from .lookout import Lookout
from .naming import name_of

DEAD_AFTER: Final = timedelta(days=1)
"""A battery that is flat, or a sensor that was taken down; radio links and restarts are over sooner."""


class DeadSensors:
    """Raises a repair issue for each sensor of a place that stays blind, and takes it back when it sees again."""

    def __init__(self, hass: HomeAssistant, live: LivePlace, lookout: Lookout) -> None:
        """Follow the lookout of a place."""
        self._hass = hass
        self._lookout = lookout
        self._live = live
        self._blind: dict[str, CALLBACK_TYPE] = {}
        self._unsub = lookout.async_subscribe(self._follow)
        self._follow()

    @callback
    def stop(self) -> None:
        """Follow it no more."""
        self._unsub()
        for entity_id in list(self._blind):
            self._forget(entity_id)

    @callback
    def _follow(self, _news: tuple[News, ...] = ()) -> None:
        blind = {seen.entity_id for seen in self._lookout.seen if seen.sight is Sight.BLIND}
        for entity_id in self._blind.keys() - blind:
            self._forget(entity_id)
        for entity_id in blind - self._blind.keys():
            self._blind[entity_id] = async_call_later(
                self._hass, DEAD_AFTER, partial(self._report, entity_id)
            )

    @callback
    def _report(self, entity_id: str, _now: datetime) -> None:
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            self._issue(entity_id),
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key="dead_sensor",
            translation_placeholders={
                "sensor": name_of(self._hass, entity_id),
                "entity_id": entity_id,
                "place": self._live.settings.name,
            },
        )

    def _forget(self, entity_id: str) -> None:
        # Cancelling what has rung already does nothing.
        self._blind.pop(entity_id)()
        ir.async_delete_issue(self._hass, DOMAIN, self._issue(entity_id))

    def _issue(self, entity_id: str) -> str:
        # Two places may share a sensor, and one of them may stop using it.
        return f"dead_{self._live.settings.id}_{entity_id}"
