"""Lamps that were changed and not put back yet: what is owed is paid as soon as the lamp can be reached."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Final

from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later, async_track_state_change_event

from .brush import Brush
from .hands import SETTLE
from .held import house_of
from .lamps import LampData, is_there

TRY_AGAIN_AFTER: Final = 30.0
"""Seconds."""
TRIES: Final = 5
"""More than these a lamp is left alone until it is away and back, or until the next session or start."""


class Debts:
    """The lamps that one place owes; each until its own integration says that it is as it was."""

    def __init__(
        self,
        hass: HomeAssistant,
        brush: Brush,
        owed: Iterable[LampData],
        *,
        due: Callable[[], None],
        paid: Callable[[], None],
    ) -> None:
        """Begin with what was owed before; `due` is called when something can be paid, `paid` when it was."""
        self._hass = hass
        self._brush = brush
        self._owed = {lamp["entity_id"]: lamp for lamp in owed}
        self._tell_due = due
        self._tell_paid = paid
        self._may_pay = False
        self._due: set[str] = set()
        self._paid: dict[str, tuple[LampData, float]] = {}
        """What was paid, and when, on the loop's clock."""
        self._unpaid: set[str] = set()
        """Lamps that were told and did not do it."""
        self._tries: Counter[str] = Counter()
        self._unsub_again: CALLBACK_TYPE | None = None
        self._unsub: CALLBACK_TYPE | None = None
        self._ledgers = house_of(hass).ledgers
        self._ledgers[self] = None

    def __iter__(self) -> Iterator[LampData]:
        """Give what is owed."""
        return iter(list(self._owed.values()))

    @callback
    def start(self) -> None:
        """Pay from now on, now that everything is there that will be."""
        self._may_pay = True
        self._look_for(self._owed)

    @callback
    def add(self, lamps: Iterable[LampData]) -> None:
        """Owe lamps."""
        added = {lamp["entity_id"]: lamp for lamp in lamps}
        self._owed |= added
        self._look_for(added)

    @callback
    def forgive(self, entity_id: str) -> LampData | None:
        """Owe a lamp no more that is taken again; gives how it was, also if it has only just been put back.

        A lamp that reports late still looks then as if nobody had put it back.
        """
        paid, at = self._paid.pop(entity_id, (None, 0.0))
        is_fresh = self._hass.loop.time() - at <= SETTLE
        if (owed := self._strike(entity_id)) is None:
            return paid if is_fresh else None
        self._tell_paid()
        return owed

    def _strike(self, entity_id: str) -> LampData | None:
        self._due.discard(entity_id)
        self._tries.pop(entity_id, None)
        return self._owed.pop(entity_id, None)

    @callback
    def pay(self) -> bool:
        """Put back what is owed and there; gives whether a lamp was told to change."""
        due, self._due = self._due, set()
        told = [
            self._brush.put_back(lamp, None, partial(self._settle, lamp))
            for entity_id in due
            if (lamp := self._owed.get(entity_id)) is not None
        ]
        return any(told)

    @callback
    def stop(self) -> None:
        """Pay nothing any more; what is owed is somebody else's now."""
        self._may_pay = False
        self._ledgers.pop(self, None)
        self._listen()
        if self._unsub_again is not None:
            self._unsub_again()
            self._unsub_again = None

    def _settle(self, lamp: LampData, ok: bool) -> None:  # noqa: FBT001 - whether it worked is all there is to tell
        """Strike what was paid; a bridge that was busy is asked again."""
        entity_id = lamp["entity_id"]
        if not self._may_pay or self._owed.get(entity_id) is not lamp:
            return
        if ok:
            self._strike(entity_id)
            self._paid[entity_id] = lamp, self._hass.loop.time()
            self._tell_paid()
        elif self._tries[entity_id] < TRIES:
            self._tries[entity_id] += 1
            self._unpaid.add(entity_id)
            if self._unsub_again is None:
                self._unsub_again = async_call_later(self._hass, TRY_AGAIN_AFTER, self._handle_again)

    @callback
    def _handle_again(self, _now: datetime) -> None:
        self._unsub_again = None
        again, self._unpaid = self._unpaid, set()
        self._due |= again
        self._tell_due()

    def _look_for(self, lamps: Collection[str]) -> None:
        self._listen()
        if self._may_pay and lamps:
            self._due.update(lamps)
            self._tell_due()

    def _listen(self) -> None:
        """Listen for owed lamps that come back."""
        if self._unsub is not None:
            self._unsub()
            self._unsub = None
        if self._may_pay and self._owed:
            self._unsub = async_track_state_change_event(self._hass, list(self._owed), self._see)

    @callback
    def _see(self, event: Event[EventStateChangedData]) -> None:
        """See that a lamp is there again."""
        if not is_there(event.data["old_state"]) and is_there(event.data["new_state"]):
            self._due.add(event.data["entity_id"])
            self._tell_due()
