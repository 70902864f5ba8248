"""Lights that show the direction, warn of an obstacle, and are put back exactly as they were.

A warning blinks once a second with every lamp in the same phase: two commanded changes a second for each, under the hard
cap of 2.5 Hz that holds because of photosensitive people. After five seconds it stands still. It is amber and never
saturated red; where flashing is not wanted it stands still from the start. A lamp that can dim blinks between bright and
dim, so that the room does not go dark under somebody who walks.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from homeassistant.const import ATTR_ENTITY_ID, STATE_OFF, STATE_ON
from homeassistant.core import CALLBACK_TYPE, Context, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later, async_track_state_change_event
from homeassistant.util.hass_dict import HassKey

from ..engine.workout import Direction
from .calls import Calls
from .lamps import LampData, Look, lamp_data, look_data

DIRECTIONS: Final[Mapping[Direction, Look]] = MappingProxyType(
    {
        Direction.BACKWARD: (215, 100, 100),
        Direction.FORWARD: (130, 90, 80),
        Direction.SIDEWAYS: (300, 80, 90),
        Direction.TURN: (0, 0, 100),
        Direction.REST: (30, 60, 50),
    }
)
"""Blue and green apart in brightness too, for who cannot tell them apart; a turn has full white light to see the rails."""
WARNING: Final[Look] = (38, 95, 100)
WARNING_DIM: Final[Look] = (38, 95, 25)
HALF_A_BLINK: Final = 0.5
"""Seconds: 1 Hz."""
BLINKS: Final = 5
"""After so many the warning stands still."""
THERE: Final = frozenset({STATE_ON, STATE_OFF})

HOLDERS: Final[HassKey[dict[str, list[Lights]]]] = HassKey("backstride_lamps")
"""Whose each lamp is now: of two places that share one, the first knows how it was and the last puts it back."""


class Lights:
    """The lamps of one place: from when they are taken until each has been put back, however long that takes."""

    def __init__(
        self,
        hass: HomeAssistant,
        calls: Calls,
        *,
        lights: Iterable[str],
        no_flashing: bool,
        owed: Iterable[LampData],
        noted: Callable[[list[LampData]], None],
    ) -> None:
        """Take the lamps, by registry or entity id.

        `owed` are lamps that were not put back last time, and `noted` is told of all that are still to be put back.
        """
        self._hass = hass
        self._calls = calls
        self._lights = tuple(lights)
        self._no_flashing = no_flashing
        self._noted = noted
        self._holders = hass.data.setdefault(HOLDERS, {})
        self._is_taken = False
        self._taken: dict[str, LampData] = {}
        self._owed = {lamp["entity_id"]: lamp for lamp in owed}
        self._may_pay = False
        self._look: Look | None = None
        self._is_warning = False
        self._half_blinks = 0
        self._unsub_blink: CALLBACK_TYPE | None = None
        self._unsub_hands: CALLBACK_TYPE | None = None
        self._unsub_owed: CALLBACK_TYPE | None = None

    @property
    def is_warning(self) -> bool:
        """Whether a warning is on."""
        return self._is_warning

    @callback
    def start(self) -> None:
        """Put back what is owed, now that everything is there that will be."""
        self._may_pay = True
        self._pay()

    @callback
    def remember(self) -> None:
        """Take the lamps and note how each is, unless that is done already."""
        if self._is_taken:
            return
        self._is_taken = True
        for entity_id in self._members():
            state = self._hass.states.get(entity_id)
            if state is None or state.state not in THERE:
                continue
            holders = self._holders.setdefault(entity_id, [])
            known = holders[0].how_was(entity_id) if holders else self._owed.pop(entity_id, None)
            self._taken[entity_id] = known or lamp_data(state)
            holders.append(self)
        if self._taken:
            self._unsub_hands = async_track_state_change_event(self._hass, list(self._taken), self._see_hand)
        self._note()

    def how_was(self, entity_id: str) -> LampData | None:
        """Tell how a lamp was that is ours now."""
        return self._taken.get(entity_id)

    @callback
    def show(self, direction: Direction) -> None:
        """Show a direction; while a warning is on, it comes afterwards."""
        self._look = DIRECTIONS[direction]
        if not self._is_warning:
            self._paint(self._look)

    @callback
    def hide(self) -> None:
        """Show no direction any more; a warning that is on goes on."""
        self._look = None
        if not self._is_warning:
            self.restore()

    @callback
    def warn(self, *, urgent: bool = False) -> None:  # noqa: ARG002 - the rhythm of a stop comes next
        """Begin to warn at once; one more warning while it is on begins no other rhythm."""
        if self._is_warning:
            return
        self.remember()
        self._is_warning = True
        self._half_blinks = 0
        self._blink()

    @callback
    def calm(self) -> None:
        """End the warning: back to the direction, or to how the lamps were where none is shown."""
        if not self._is_warning:
            return
        self._end_blinking()
        if self._look is None:
            self.restore()
        else:
            self._paint(self._look)

    @callback
    def restore(self) -> None:
        """Put every lamp back as it was; what cannot be put back now stays owed until it can."""
        self._end_blinking()
        self._look = None
        self._is_taken = False
        if self._unsub_hands is not None:
            self._unsub_hands()
            self._unsub_hands = None
        for entity_id in list(self._taken):
            lamp = self._let_go(entity_id)
            if not self._holders[entity_id]:
                self._owed[entity_id] = lamp
        self._pay()

    @callback
    def close(self) -> None:
        """Put back what can be put back, and listen to nothing any more."""
        self.restore()
        self._stop_waiting()

    # Blinking

    def _blink(self) -> None:
        steady = self._no_flashing or self._half_blinks >= 2 * BLINKS
        bright = steady or self._half_blinks % 2 == 0
        # A lamp that has not come back from the last change skips a beat: changes must not pile up and arrive at once.
        # The first and the last are not skipped: they are the warning itself, and light to see by.
        self._paint(
            WARNING if bright else WARNING_DIM, dark=not bright, overtake=steady or not self._half_blinks
        )
        self._half_blinks += 1
        if not steady:
            self._unsub_blink = async_call_later(self._hass, HALF_A_BLINK, self._handle_blink)

    @callback
    def _handle_blink(self, _now: datetime) -> None:
        self._unsub_blink = None
        self._blink()

    def _end_blinking(self) -> None:
        self._is_warning = False
        if self._unsub_blink is not None:
            self._unsub_blink()
            self._unsub_blink = None

    def _paint(self, look: Look, *, dark: bool = False, overtake: bool = True) -> None:
        """Give every lamp a look; `dark` turns off those that can do nothing between on and off."""
        for entity_id in list(self._taken):
            data = look_data(self._hass.states.get(entity_id), look)
            self._command(entity_id, data, off=dark and not data, overtake=overtake)

    def _command(
        self,
        entity_id: str,
        data: Mapping[str, Any],
        *,
        off: bool,
        overtake: bool = True,
        done: Callable[[bool], None] | None = None,
    ) -> None:
        action = ("light", "turn_off" if off else "turn_on")
        target = {ATTR_ENTITY_ID: entity_id, **({} if off else data)}
        self._calls.call(entity_id, action, target, context=Context(), overtake=overtake, done=done)

    # Putting back

    def _pay(self) -> None:
        """Put back every lamp that is owed and there; each is owed until its own integration says it is done."""
        self._stop_waiting()
        if self._may_pay:
            for entity_id, lamp in list(self._owed.items()):
                state = self._hass.states.get(entity_id)
                if state is not None and state.state in THERE:
                    self._put_back(entity_id, lamp)
            if self._owed:
                self._unsub_owed = async_track_state_change_event(
                    self._hass, list(self._owed), self._see_return
                )
        self._note()

    def _put_back(self, entity_id: str, lamp: LampData) -> None:
        @callback
        def done(ok: bool) -> None:  # noqa: FBT001 - whether it worked is all there is to tell
            if ok and self._owed.get(entity_id) is lamp:
                del self._owed[entity_id]
                self._note()

        self._command(entity_id, lamp["data"], off=not lamp["on"], done=done)

    @callback
    def _see_return(self, event: Event[EventStateChangedData]) -> None:
        """Put a lamp back that was away."""
        entity_id, before, after = event.data["entity_id"], event.data["old_state"], event.data["new_state"]
        was_away = before is None or before.state not in THERE
        if was_away and after is not None and after.state in THERE and (lamp := self._owed.get(entity_id)):
            self._put_back(entity_id, lamp)

    def _stop_waiting(self) -> None:
        if self._unsub_owed is not None:
            self._unsub_owed()
            self._unsub_owed = None

    @callback
    def _see_hand(self, event: Event[EventStateChangedData]) -> None:
        """Leave a lamp alone that a user changes meanwhile: the hand's choice stands. Our own calls have no user."""
        if event.context.user_id is not None and event.data["entity_id"] in self._taken:
            self._let_go(event.data["entity_id"])
            self._note()

    def _let_go(self, entity_id: str) -> LampData:
        self._holders[entity_id].remove(self)
        return self._taken.pop(entity_id)

    def _note(self) -> None:
        self._noted(list((self._owed | self._taken).values()))

    def _members(self) -> list[str]:
        """Give the lamps one by one: of a group its members, because only they can be put back exactly."""
        registry = er.async_get(self._hass)
        found: dict[str, None] = {}
        waiting = [er.async_resolve_entity_id(registry, light) or light for light in self._lights]
        seen: set[str] = set()
        while waiting:
            entity_id = waiting.pop(0)
            if entity_id in seen:
                continue
            seen.add(entity_id)
            state = self._hass.states.get(entity_id)
            members = state.attributes.get(ATTR_ENTITY_ID) if state else None
            if members:
                waiting.extend(member for member in members if member.startswith("light."))
            else:
                found[entity_id] = None
        return list(found)
