"""A treadmill twice: as it stands in the room, and as its link tells of it and passes commands on."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple, override

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from .belt import Belt
from .const import DOMAIN
from .machine import Machine
from .manners import REPORTS, RESPONDS, Key, Manner, Setting, press, put

COMMANDS_KEPT: Final = 200


class Treadmill(Machine):
    """A treadmill that runs in real time; who is in the room notices what it does, at least once a second."""

    def __init__(self, hass: HomeAssistant, belt: Belt) -> None:
        """Let it stand."""
        super().__init__(hass)
        self.belt = belt
        self._at = dt_util.utcnow()

    @callback
    def async_do(self, deed: Callable[[Belt], Belt]) -> None:
        """Do something to the belt, now."""
        self._advance()
        self.belt = deed(self.belt)
        self._show()

    @callback
    def _advance(self) -> None:
        now = dt_util.utcnow()
        self.belt = self.belt.advance(max((now - self._at).total_seconds(), 0.0))
        self._at = now

    @callback
    def _show(self) -> None:
        if (seconds := self.belt.reports_in) is None:
            self.async_stop_waiting()
        else:
            self.async_wait(seconds, self._go_on)
        self.async_changed()

    @callback
    def _go_on(self) -> None:
        self._advance()
        self._show()


class Command(NamedTuple):
    """Something that was asked over the link."""

    at: datetime
    name: str
    value: float | None
    """In the belt's own units, km/h and percent; nothing for a key."""


class Link(Machine):
    """What a home has of a treadmill: its last report, and a way to ask it for something."""

    def __init__(self, hass: HomeAssistant, treadmill: Treadmill) -> None:
        """Let it be up, with a machine that obeys."""
        super().__init__(hass)
        self.told = treadmill.belt
        """The belt as it was last reported."""

        self.manner = Manner.OBEYS
        self.is_up = True
        self.stays_connected = True
        """Whether the home wants the link, where it can say so."""

        self._told_at = dt_util.utcnow()
        self._commands: deque[Command] = deque(maxlen=COMMANDS_KEPT)
        self._treadmill = treadmill
        treadmill.async_listen(self._handle_treadmill)

    @property
    @override
    def available(self) -> bool:
        return self.is_up and self.stays_connected

    @property
    def commands(self) -> list[Command]:
        """Give what was asked, obeyed or not; what never arrived is not in it."""
        return list(self._commands)

    @callback
    def async_press(self, key: Key) -> None:
        """Ask for what a key does."""
        self._take(key, None)
        self._treadmill.async_do(lambda belt: press(belt, self.manner, key))

    @callback
    def async_put(self, setting: Setting, value: float) -> None:
        """Ask for a value, in the belt's own unit."""
        self._take(setting, value)
        self._treadmill.async_do(lambda belt: put(belt, self.manner, setting, value))

    @callback
    def async_behave(self, manner: Manner) -> None:
        """Take other manners on; what the old ones had in store is forgotten."""
        self.manner = manner
        responds = RESPONDS.get(manner, 1.0)
        self._treadmill.async_do(
            lambda belt: replace(belt, responds=responds, reverts_in=None, acknowledged=None)
        )
        self._tell()

    @callback
    def async_connect(self, *, is_up: bool | None = None, stays_connected: bool | None = None) -> None:
        """Let the link come or go; the belt does not care."""
        self.is_up = self.is_up if is_up is None else is_up
        self.stays_connected = self.stays_connected if stays_connected is None else stays_connected
        self._tell()

    @callback
    def _take(self, name: str, value: float | None) -> None:
        arrives = self.available
        if arrives:
            self._commands.append(Command(dt_util.utcnow(), name, value))
        if not arrives or self.manner is Manner.REFUSES_COMMANDS:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="not_done",
                translation_placeholders={"command": name},
            )

    @callback
    def _handle_treadmill(self) -> None:
        if not self.available:
            return
        silent_for = (dt_util.utcnow() - self._told_at).total_seconds()
        wait = REPORTS.get(self.manner, 0.0) - silent_for
        if wait <= 0:
            self._tell()
        elif not self.waits:
            self.async_wait(wait, self._tell)

    @callback
    def _tell(self) -> None:
        """Report, or fall silent where the link is down."""
        self.async_stop_waiting()
        if self.available:
            self.told = self._treadmill.belt
            self._told_at = dt_util.utcnow()
        self.async_changed()
