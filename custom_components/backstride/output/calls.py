"""Calls to other integrations' actions: never waited for, one device never in the way of another.

A lamp or speaker that fails, hangs or is missing is named once in the log and otherwise left alone: nothing of it ever
reaches the session.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.const import STATE_UNAVAILABLE, Platform
from homeassistant.core import Context, HomeAssistant, callback

from ..const import DOMAIN, LOGGER

TIME_OUT: Final = 10.0
"""Seconds after which a call that does not come back is given up."""


GIVES_WAY_WITHIN: Final = 0.2
"""Seconds that a call which is overtaken gets to clear up."""

type Action = tuple[tuple[str, str], dict[str, Any]]
"""An action of Home Assistant's, and what it is called with."""
type Done = Callable[[bool], None]
"""Told whether a call came back well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A call of which everything is worked out, so that it can go in an instant."""

    entity_id: str
    action: tuple[str, str]
    data: dict[str, Any]
    context: Context = field(default_factory=Context)


@callback
def _lacks(hass: HomeAssistant, entity_id: str) -> str | None:
    """Tell what keeps a device from being called now; a phone is its action, and has no state."""
    domain, _, name = entity_id.partition(".")
    if domain == Platform.NOTIFY and hass.services.has_service(domain, name):
        return None
    state = hass.states.get(entity_id)
    if state is None:
        return "is not there"
    return "is unavailable" if state.state == STATE_UNAVAILABLE else None


@callback
def is_there(hass: HomeAssistant, entity_id: str) -> bool:
    """Tell whether a device can be called now."""
    return _lacks(hass, entity_id) is None


class Calls:
    """The calls of one place's outputs, at most one at a time for each device."""

    def __init__(self, hass: HomeAssistant, place: str) -> None:
        """Begin with nothing called; the place's name is for the log."""
        self._hass = hass
        self._place = place
        self._tasks: dict[str, asyncio.Task[Any]] = {}
        self._lent: set[str] = set()
        self._named: set[str] = set()

    def is_pending(self, entity_id: str) -> bool:
        """Tell whether a device has not come back from its last call."""
        return entity_id in self._tasks

    @callback
    def launch(self, ready: Iterable[Ready]) -> None:
        """Make calls that must not wait for anything: they are on their way before anything is written down.

        What a device is still busy with is given up.
        """
        call, begin = self._hass.services.async_call, self._hass.async_create_background_task
        begun = [
            (one, begin(call(*one.action, one.data, True, one.context), one.entity_id))  # noqa: FBT003 - a keyword costs time, and it is `blocking`
            for one in ready
        ]
        for one, task in begun:
            if (busy := self._tasks.pop(one.entity_id, None)) is not None:
                busy.cancel()
            self._watch(one.entity_id, one.action, task, None)

    @callback
    def call(
        self,
        entity_id: str,
        action: tuple[str, str],
        data: Mapping[str, Any],
        *,
        context: Context | None = None,
        overtake: bool = False,
        wait: bool = True,
        done: Done | None = None,
    ) -> bool:
        """Call an action for a device; gives whether it was called.

        A device that is still busy is left alone, unless the new call may overtake the old one, which gets a moment to
        clear up if the new one may `wait`. Otherwise the call is on its way when this returns. `done` is told whether it
        came back well; of what is overtaken it is told that it did not.
        """
        steps = [(action, dict(data))]
        return self.call_all(entity_id, steps, context=context, overtake=overtake, wait=wait, done=done)

    @callback
    def call_all(
        self,
        entity_id: str,
        steps: Sequence[Action],
        *,
        context: Context | None = None,
        overtake: bool = False,
        wait: bool = True,
        lasts: float = 0.0,
        done: Done | None = None,
    ) -> bool:
        """Call several actions for a device, one after the other, as `call` does one.

        Those that come back only when something is over are given as many seconds more as it `lasts`. What counts is the last: one before it that fails is named, and does not keep the last from being called.
        """
        if (lack := _lacks(self._hass, entity_id)) is not None:
            self.name(entity_id, lack)
            return False
        if (busy := self._tasks.get(entity_id)) is not None:
            if not overtake and entity_id not in self._lent:
                return False
            busy.cancel()
        task = self._hass.async_create_background_task(
            self._async_call(entity_id, steps, context, busy if wait else None), f"{DOMAIN} {entity_id}"
        )
        self._watch(entity_id, steps[-1][0], task, done, within=TIME_OUT + lasts)
        return True

    @callback
    def begin(self) -> None:
        """Begin a session: what fails in it is named again."""
        self._named.clear()

    async def async_lend[T](self, entity_id: str, use: Coroutine[Any, Any, T]) -> T:
        """Let somebody else use a device; it is cancelled by the first call there is."""
        task = self._hass.async_create_background_task(use, f"{DOMAIN} {entity_id}")
        self._tasks[entity_id] = task
        self._lent.add(entity_id)
        try:
            return await task
        finally:
            self._lent.discard(entity_id)
            if self._tasks.get(entity_id) is task:
                del self._tasks[entity_id]

    async def async_finish(self, seconds: float) -> None:
        """Give what is under way a while to come back."""
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()), timeout=seconds)

    async def _async_call(
        self,
        entity_id: str,
        steps: Sequence[Action],
        context: Context | None,
        busy: asyncio.Task[object] | None,
    ) -> None:
        if busy is not None:
            # A satellite that is still putting its last announcement away would refuse the next.
            await asyncio.wait([busy], timeout=GIVES_WAY_WITHIN)
        *preparing, (last, data) = steps
        for action, given in preparing:
            try:
                await self._hass.services.async_call(*action, given, blocking=True, context=context)
            except Exception as error:  # noqa: BLE001 - a player that cannot be made louder can still be heard
                self.name(entity_id, _failed(action, error))
        await self._hass.services.async_call(*last, data, blocking=True, context=context)

    def _watch(
        self,
        entity_id: str,
        action: tuple[str, str],
        task: asyncio.Task[object],
        done: Done | None,
        *,
        within: float = TIME_OUT,
    ) -> None:
        """See a call to its end: it is given up when it takes too long, and named when it fails."""
        is_given_up = False

        def give_up() -> None:
            nonlocal is_given_up
            is_given_up = True
            task.cancel()

        def come_back(_task: object) -> None:
            if time_out is not None:
                time_out.cancel()
            if self._tasks.get(entity_id) is task:
                del self._tasks[entity_id]
            problem = _problem(action, task, within if is_given_up else None)
            if problem:
                self.name(entity_id, problem)
            if done is not None:
                done(problem is None)

        time_out: asyncio.TimerHandle | None = None
        if task.done():
            come_back(task)
        else:
            self._tasks[entity_id] = task
            time_out = self._hass.loop.call_later(within, give_up)
            task.add_done_callback(come_back)

    @callback
    def name(self, entity_id: str, what: str) -> None:
        """Say in the log, once a session, what is the matter with a device."""
        if entity_id not in self._named:
            self._named.add(entity_id)
            LOGGER.warning("%s: %s %s; the session goes on without it", self._place, entity_id, what)


def _problem(action: tuple[str, str], task: asyncio.Task[object], given_up_after: float | None) -> str | None:
    """Tell what went wrong with a call; nothing is said of one that was overtaken."""
    if given_up_after is not None:
        return f"did not come back from {'.'.join(action)} within {given_up_after:.0f} s"
    if task.cancelled():
        return ""
    return None if (error := task.exception()) is None else _failed(action, error)


def _failed(action: tuple[str, str], error: BaseException) -> str:
    return f"failed at {'.'.join(action)}: {error!r}"
