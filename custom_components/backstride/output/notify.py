"""Notifications on a phone, replaced and taken away. The calls only; what they mean is decided elsewhere."""

import asyncio
from collections.abc import Mapping
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
from .companion import Live, activity, beside, live, notification
from .notice import Notice

CLEAR: Final = "clear_notification"
"""The message by which the companion apps take a notification away."""


class Phone:
    """Whatever notifies one athlete of sessions at one place: the action of a companion app, or a notify entity.

    A notify entity can show no buttons and replace nothing, so it is told of each session once.
    """

    def __init__(self, hass: HomeAssistant, target: str) -> None:
        """Take the action's name, or the entity by registry or entity id."""
        self._hass = hass
        self._source = self._target = target
        self._place = ""
        self._waiting: dict[str, tuple[str, Mapping[str, Any]]] = {}
        """What is to be sent, by tag."""
        self._is_sending = False
        self._was_told = False
        self._was_named = False

    @callback
    def begin(self, place: str) -> None:
        """Begin a session at a place, whose name is for the log; what fails in it is named again."""
        self._target = er.async_resolve_entity_id(er.async_get(self._hass), self._source) or self._source
        self._place = place
        self._was_told = self._was_named = False

    @property
    def has_buttons(self) -> bool:
        """Whether something can be pressed on it."""
        return self._action is not None

    @callback
    def show(self, notice: Notice, *, is_new: bool | None = None) -> None:
        """Show this instead of what was shown before under its tag; what is new may make a sound."""
        words = {ATTR_TITLE: notice.title, ATTR_MESSAGE: notice.message}
        if (action := self._action) is not None:
            how = live(self._hass, action)
            is_new = not self._was_told if is_new is None else is_new
            self._send(notice.tag, action, {**words, ATTR_DATA: notification(notice, how, is_new=is_new)})
            if how is Live.BESIDE and notice.is_live:
                self._send(beside(notice.tag), action, {**words, ATTR_DATA: activity(notice)})
        elif not self._was_told:
            self._send(notice.tag, SERVICE_SEND_MESSAGE, {ATTR_ENTITY_ID: self._target, **words})
        self._was_told = True

    @callback
    def clear(self, tag: str) -> None:
        """Take away what is shown under a tag, and what stands beside it."""
        if (action := self._action) is not None:
            tags = (tag, beside(tag)) if live(self._hass, action) is Live.BESIDE else (tag,)
            for each in tags:
                self._send(each, action, {ATTR_MESSAGE: CLEAR, ATTR_DATA: {"tag": each}})

    @property
    def _action(self) -> str | None:
        """The companion app's own action; None where there is only an entity."""
        name = self._target.partition(".")[2]
        return name if self._hass.services.has_service(NOTIFY, name) else None

    def _send(self, tag: str, action: str, data: Mapping[str, Any]) -> None:
        """Send one after the other; of what waits meanwhile under one tag only the latest still counts."""
        self._waiting[tag] = action, data
        if not self._is_sending:
            self._is_sending = True
            self._hass.async_create_background_task(self._async_send(), f"{DOMAIN} {self._target}")

    async def _async_send(self) -> None:
        while self._waiting:
            action, data = self._waiting.pop(next(iter(self._waiting)))
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
