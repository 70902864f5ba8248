"""A lamp that is ours now, whichever places hold it, and the house that knows all of them.

Two places may share a lamp: the first knows how it was, the last puts it back, and what one does to it is no hand to the
other.
"""

from typing import Final, Protocol

from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util.hass_dict import HassKey

from .hands import Hands
from .lamps import LampData, abilities, is_there, lamp_data
from .rhythm import Rhythm


class Holder(Protocol):
    """The lamps of one place, as one of its lamps sees them."""

    @property
    def is_warning(self) -> bool:
        """Whether a warning is on."""

    @property
    def is_showing(self) -> bool:
        """Whether it wants its lamps to look like something."""

    @property
    def may_flash(self) -> bool:
        """Whether its lamps may blink."""

    def refresh(self) -> None:
        """Paint again what is shown: another place had painted over it."""

    def prepare(self) -> None:
        """Make ready anew: a lamp can do something else now, or is away."""

    def returned(self, lamp: HeldLamp) -> None:
        """Take note of a lamp that was away."""

    def lose(self, lamp: HeldLamp) -> None:
        """Leave a lamp to the hand that changed it."""

    def note(self) -> None:
        """Write down how the lamps are to be put back."""


class Ledger(Protocol):
    """What one place owes."""

    def forgive(self, entity_id: str) -> LampData | None:
        """Owe a lamp no more that is taken again; gives how it was."""


class HeldLamp:
    """One lamp that at least one place holds."""

    def __init__(self, hass: HomeAssistant, house: House, entity_id: str) -> None:
        """Note how it is, if it is there."""
        state = hass.states.get(entity_id)
        there = state if state is not None and is_there(state) else None
        self._hass = hass
        self._house = house
        self.entity_id = entity_id
        self.was: LampData | None = lamp_data(there) if there else None
        """How it was; None while nobody knows."""
        self.is_touched = False
        """Whether it was changed and has not been put back."""
        self.strokes = 0
        """How often it was changed."""
        self.hands = Hands(there)
        self.holders: list[Holder] = []
        self.stop: CALLBACK_TYPE = async_track_state_change_event(hass, [entity_id], self._see)

    @property
    def warner(self) -> Holder | None:
        """Who makes it blink: the first place that warns."""
        return next((holder for holder in self.holders if holder.is_warning), None)

    @property
    def may_flash(self) -> bool:
        """Whether it may blink; one place that does not want it is enough."""
        return all(holder.may_flash for holder in self.holders)

    @callback
    def touch(self) -> None:
        """Note that it is being changed."""
        self.is_touched = True
        self.strokes += 1

    @callback
    def put_back(self, strokes: int, ok: bool) -> None:  # noqa: FBT001 - whether it worked is all there is to tell
        """Note that it is as it was, if it is, and was not changed again before anybody heard of it."""
        if ok and strokes == self.strokes:
            self.is_touched = False

    @callback
    def _see(self, event: Event[EventStateChangedData]) -> None:
        before, now = event.data["old_state"], event.data["new_state"]
        if self._house.is_flashing:
            # What a lamp says while the first flash goes out is its echo, of which nothing is written down yet.
            return
        if now is None or not is_there(now):
            self._tell_prepare()
        elif before is None or not is_there(before):
            self._return(now)
        else:
            is_hand = self.hands.is_hand(now, self._hass.loop.time())
            if self.is_touched and (is_hand or event.context.user_id is not None):
                for holder in list(self.holders):
                    holder.lose(self)
                return
            if not self.is_touched and (is_hand or not self.hands.were_ours):
                # Nothing was changed yet, so this is how it is put back.
                self.was = lamp_data(now)
                for holder in self.holders:
                    holder.note()
            if abilities(before) != abilities(now):
                self._tell_prepare()

    def _return(self, now: State) -> None:
        """Take a lamp that was away as it comes: what it shows after a power cut is nobody's choice."""
        self.hands.reported(now)
        if self.was is None:
            self.was = lamp_data(now)
        for holder in self.holders:
            holder.returned(self)

    def _tell_prepare(self) -> None:
        for holder in self.holders:
            holder.prepare()


class House:
    """All lamps that are ours now, and the one rhythm in which they change."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with none."""
        self._hass = hass
        self._lamps: dict[str, HeldLamp] = {}
        self.rhythm = Rhythm(hass)
        self.is_flashing = False
        """Whether the first flash of a warning goes out in this very instant."""
        self.ledgers: dict[Ledger, None] = {}
        """What all places owe, in the order in which they came."""

    @callback
    def take(self, entity_id: str, holder: Holder) -> HeldLamp:
        """Give a lamp to a place; whoever owes it, it is put back by who holds it last now, as it was before all."""
        forgiven = [ledger.forgive(entity_id) for ledger in self.ledgers]
        was = next((was for was in forgiven if was is not None), None)
        lamp = self._lamps.get(entity_id)
        if lamp is None:
            lamp = self._lamps[entity_id] = HeldLamp(self._hass, self, entity_id)
        if was is not None:
            lamp.was, lamp.is_touched = was, True
        lamp.holders.append(holder)
        return lamp

    @callback
    def release(self, lamp: HeldLamp, holder: Holder) -> None:
        """Take a lamp from a place; who held it last also let go of it."""
        lamp.holders.remove(holder)
        if not lamp.holders:
            lamp.stop()
            del self._lamps[lamp.entity_id]


HOUSE: Final[HassKey[House]] = HassKey("backstride_house")


@callback
def house_of(hass: HomeAssistant) -> House:
    """Give the house; it outlives a reload, and with it what its lamps did in the last second."""
    if HOUSE not in hass.data:
        hass.data[HOUSE] = House(hass)
    return hass.data[HOUSE]
