"""Notifications on a phone: one for each session, replaced and taken away. The calls only; what they mean is decided elsewhere."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.components.notify.const import (
    ATTR_DATA,
    ATTR_MESSAGE,
    ATTR_TITLE,
    DOMAIN as NOTIFY,
    SERVICE_SEND_MESSAGE,
)
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN, LOGGER
from .calls import TIME_OUT

CLEAR: Final = "clear_notification"
"""The message by which the companion apps take a notification away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One thing to press on a notification."""

    action: str
    """What comes back when it is pressed."""
    title: str
    is_danger: bool = False
    """Shown in red where the phone can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a phone shows."""

    tag: str
    """What is shown under the same tag is replaced."""
    title: str
    message: str
    buttons: tuple[Button, ...]


class Phone:
    """Whatever notifies one athlete of sessions at one place: the action of a companion app, or a notify entity.

    A notify entity can show no buttons and replace nothing, so it is told of each session once.
    """

    def __init__(self, hass: HomeAssistant, target: str) -> None:
        """Take the action's name, or the entity by registry or entity id."""
        self._hass = hass
        self._source = self._target = target
        self._place = ""
        self._next: tuple[str, Mapping[str, Any]] | None = None
        self._is_sending = False
        self._was_told = False
        self._was_named = False

    @callback
    def begin(self, place: str) -> None:
        """Begin a session at a place, whose name is for the log; what fails in it is named again."""
        self._target = er.async_resolve_entity_id(er.async_get(self._hass), self._source) or self._source
        self._place = place
        self._was_told = self._was_named = False

    @callback
    def show(self, notice: Notice) -> None:
        """Show this instead of what was shown before."""
        words = {ATTR_TITLE: notice.title, ATTR_MESSAGE: notice.message}
        if (action := self._action) is not None:
            self._send(action, {**words, ATTR_DATA: _data(notice)})
        elif not self._was_told:
            self._send(SERVICE_SEND_MESSAGE, {ATTR_ENTITY_ID: self._target, **words})
        self._was_told = True

    @callback
    def clear(self, tag: str) -> None:
        """Take away what is shown under a tag."""
        if (action := self._action) is not None:
            self._send(action, {ATTR_MESSAGE: CLEAR, ATTR_DATA: {"tag": tag}})

    @property
    def _action(self) -> str | None:
        """The companion app's own action; None where there is only an entity."""
        name = self._target.partition(".")[2]
        return name if self._hass.services.has_service(NOTIFY, name) else None

    def _send(self, action: str, data: Mapping[str, Any]) -> None:
        """Send one after the other; of what waits meanwhile only the latest still counts."""
        self._next = action, data
        if not self._is_sending:
            self._is_sending = True
            self._hass.async_create_background_task(self._async_send(), f"{DOMAIN} {self._target}")

    async def _async_send(self) -> None:
        while self._next is not None:
            (action, data), self._next = self._next, None
            await self._async_call(action, data)
        self._is_sending = False

    async def _async_call(self, action: str, data: Mapping[str, Any]) -> None:
        if action == SERVICE_SEND_MESSAGE and self._hass.states.get(self._target) is None:
            self._name("is not there")
            return
        try:
            async with asyncio.timeout(TIME_OUT):
                await self._hass.services.async_call(NOTIFY, action, dict(data), blocking=True)
        except TimeoutError:
            self._name(f"did not come back within {TIME_OUT:.0f} s")
        except Exception as error:  # noqa: BLE001 - whatever another integration raises, the session goes on
            self._name(f"failed: {error!r}")

    def _name(self, what: str) -> None:
        """Say in the log, once a session, what is the matter."""
        if not self._was_named:
            self._was_named = True
            LOGGER.warning("%s: %s %s; the session goes on without it", self._place, self._target, what)


def _data(notice: Notice) -> dict[str, Any]:
    """Say it in the companion apps' terms; each app leaves out what it does not know."""
    return {
        "tag": notice.tag,
        # Swiped away or closed by a first touch, an emergency stop would be lost; and a pause needs no second sound.
        "sticky": True,
        "persistent": True,
        "alert_once": True,
        "actions": [
            {"action": button.action, "title": button.title}
            | ({"destructive": True} if button.is_danger else {})
            for button in notice.buttons
        ],
    }
