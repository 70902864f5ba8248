"""What the simulated devices have in common: they tell their entities when something changed."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later


class Machine:
    """A device with listeners and at most one armed timer."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin without listeners, and with nothing to wait for."""
        self._hass = hass
        self._listeners: list[CALLBACK_TYPE] = []
        self._let_go = asyncio.Event()
        self._unsub: CALLBACK_TYPE | None = None

    @property
    def available(self) -> bool:
        """Tell whether it can be read and asked."""
        return True

    @callback
    def async_listen(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Have a listener called after each change, until what is given back is called."""
        self._listeners.append(listener)

        @callback
        def forget() -> None:
            self._listeners.remove(listener)

        return forget

    @callback
    def async_changed(self) -> None:
        """Tell everybody who listens."""
        for listener in tuple(self._listeners):
            listener()

    async def async_hang(self) -> None:
        """Do not come back until somebody lets go."""
        await self._let_go.wait()

    @callback
    def async_let_go(self) -> None:
        """Let everything come back that hangs."""
        self._let_go.set()
        self._let_go = asyncio.Event()

    @property
    def waits(self) -> bool:
        """Tell whether the timer is armed."""
        return self._unsub is not None

    @callback
    def async_wait(self, seconds: float, then: Callable[[], None]) -> None:
        """Arm the timer, in place of the one that may be armed."""
        self.async_stop_waiting()

        @callback
        def due(_now: datetime) -> None:
            self._unsub = None
            then()

        self._unsub = async_call_later(self._hass, seconds, due)

    @callback
    def async_stop_waiting(self) -> None:
        """Disarm the timer."""
        if self._unsub is not None:
            self._unsub()
            self._unsub = None
