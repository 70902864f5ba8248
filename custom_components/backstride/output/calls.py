"""Calls to other integrations' actions: never waited for, one device never in the way of another.

A lamp or speaker that fails, hangs or is missing is named once in the log and otherwise left alone: nothing of it ever
reaches the session.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Final

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Context, HomeAssistant, callback

from ..const import DOMAIN, LOGGER

TIME_OUT: Final = 10.0
"""Seconds after which a call that does not come back is given up."""


GIVES_WAY_WITHIN: Final = 0.2
"""Seconds that a call which is overtaken gets to clear up."""


@callback
def is_there(hass: HomeAssistant, entity_id: str) -> bool:
    """Tell whether a device can be called now."""
    state = hass.states.get(entity_id)
    return state is not None and state.state != STATE_UNAVAILABLE


class Calls:
    """The calls of one place's outputs, at most one at a time for each device."""

    def __init__(self, hass: HomeAssistant, place: str) -> None:
        """Begin with nothing called; the place's name is for the log."""
        self._hass = hass
        self._place = place
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._named: set[str] = set()

    def is_pending(self, entity_id: str) -> bool:
        """Tell whether a device has not come back from its last call."""
        return entity_id in self._tasks

    @callback
    def call(
        self,
        entity_id: str,
        action: tuple[str, str],
        data: Mapping[str, Any],
        *,
        context: Context | None = None,
        overtake: bool = False,
        done: Callable[[bool], None] | None = None,
    ) -> bool:
        """Call an action for a device; gives whether it was called.

        A device that is still busy is left alone, unless the new call may overtake the old one. Otherwise the call is on
        its way when this returns. `done` is told whether it came back well; of what is overtaken it is told that it did
        not.
        """
        if (state := self._hass.states.get(entity_id)) is None or state.state == STATE_UNAVAILABLE:
            self.name(entity_id, "is not there" if state is None else "is unavailable")
            return False
        if (busy := self._tasks.get(entity_id)) is not None:
            if not overtake:
                return False
            busy.cancel()
        task = self._hass.async_create_background_task(
            self._async_call(entity_id, action, data, context, busy=busy, done=done), f"{DOMAIN} {entity_id}"
        )
        if not task.done():
            self._tasks[entity_id] = task
            task.add_done_callback(lambda done: self._forget(entity_id, done))
        return True

    @callback
    def begin(self) -> None:
        """Begin a session: what fails in it is named again."""
        self._named.clear()

    async def async_finish(self, seconds: float) -> None:
        """Give what is under way a while to come back."""
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()), timeout=seconds)

    def _forget(self, entity_id: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(entity_id) is task:
            del self._tasks[entity_id]

    async def _async_call(
        self,
        entity_id: str,
        action: tuple[str, str],
        data: Mapping[str, Any],
        context: Context | None,
        *,
        busy: asyncio.Task[None] | None,
        done: Callable[[bool], None] | None,
    ) -> None:
        domain, service = action
        went_well = False
        try:
            if busy is not None:
                # A satellite that is still putting its last announcement away would refuse the next.
                await asyncio.wait([busy], timeout=GIVES_WAY_WITHIN)
            async with asyncio.timeout(TIME_OUT):
                await self._hass.services.async_call(
                    domain, service, dict(data), blocking=True, context=context
                )
            went_well = True
        except TimeoutError:
            self.name(entity_id, f"did not come back from {domain}.{service} within {TIME_OUT:.0f} s")
        except Exception as error:  # noqa: BLE001 - whatever another integration raises, the session goes on
            self.name(entity_id, f"failed at {domain}.{service}: {error!r}")
        finally:
            if done is not None:
                done(went_well)

    @callback
    def name(self, entity_id: str, what: str) -> None:
        """Say in the log, once a session, what is the matter with a device."""
        if entity_id not in self._named:
            self._named.add(entity_id)
            LOGGER.warning("%s: %s %s; the session goes on without it", self._place, entity_id, what)
