"""Lamps that were changed and not put back yet: what is owed is paid as soon as the lamp can be reached."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event

from .brush import Brush
from .lamps import LampData, is_there


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
        self._unsub: CALLBACK_TYPE | None = None

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
        """Owe a lamp no more that is taken again; gives how it was."""
        self._due.discard(entity_id)
        return self._owed.pop(entity_id, None)

    @callback
    def pay(self) -> bool:
        """Put back what is owed and there; gives whether a lamp was told to change."""
        due, self._due = self._due, set()
        told = [
            self._brush.put_back(lamp, None, partial(self._strike, lamp))
            for entity_id in due
            if (lamp := self._owed.get(entity_id)) is not None
        ]
        return any(told)

    @callback
    def stop(self) -> None:
        """Pay nothing any more."""
        self._may_pay = False
        self._listen()

    def _strike(self, lamp: LampData) -> None:
        if self._owed.get(lamp["entity_id"]) is lamp:
            del self._owed[lamp["entity_id"]]
            self._tell_paid()

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
