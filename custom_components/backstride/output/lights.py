"""Lights that show the direction, warn of an obstacle, and are put back exactly as they were.

A warning blinks once a second with every lamp in the same phase: two commanded changes a second for each, under the hard
cap of 2.5 Hz that holds because of photosensitive people. After five seconds it stands still. It is amber and never
saturated red; where flashing is not wanted it stands still from the start. A lamp that can dim blinks between bright and
dim: the room never goes dark under somebody who walks.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, TypedDict

from homeassistant.components.light.const import (
    ATTR_BRIGHTNESS,
    ATTR_COLOR_MODE,
    ATTR_COLOR_TEMP_KELVIN,
    ATTR_EFFECT,
    ATTR_HS_COLOR,
    ATTR_RGB_COLOR,
    ATTR_RGBW_COLOR,
    ATTR_RGBWW_COLOR,
    ATTR_SUPPORTED_COLOR_MODES,
    ATTR_WHITE,
    ATTR_XY_COLOR,
    ColorMode,
)
from homeassistant.const import ATTR_ENTITY_ID, STATE_OFF, STATE_ON
from homeassistant.core import (
    CALLBACK_TYPE,
    Context,
    Event,
    EventStateChangedData,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later, async_track_state_change_event

from ..engine.workout import Direction
from .calls import Calls

type Look = tuple[float, float, int]
"""Hue, saturation, brightness in percent."""

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
COLOUR_OF: Final[Mapping[str, str]] = MappingProxyType(
    {
        ColorMode.HS: ATTR_HS_COLOR,
        ColorMode.XY: ATTR_XY_COLOR,
        ColorMode.RGB: ATTR_RGB_COLOR,
        ColorMode.RGBW: ATTR_RGBW_COLOR,
        ColorMode.RGBWW: ATTR_RGBWW_COLOR,
        ColorMode.COLOR_TEMP: ATTR_COLOR_TEMP_KELVIN,
    }
)
"""A lamp's colour mode -> what tells its colour in that mode, without rounding it through another."""
COLOURED: Final = frozenset(COLOUR_OF) - {ColorMode.COLOR_TEMP}
UNDIMMED: Final = frozenset({ColorMode.ONOFF, ColorMode.UNKNOWN})


class LampData(TypedDict):
    """How a lamp was, as data that a file can hold."""

    entity_id: str
    on: bool
    data: dict[str, Any]
    """What `light.turn_on` needs to make it so again."""


class Lights:
    """The lamps of one place, from when they are first changed until they are put back."""

    def __init__(
        self,
        hass: HomeAssistant,
        calls: Calls,
        *,
        lights: Iterable[str],
        no_flashing: bool,
        noted: Callable[[list[LampData]], None],
    ) -> None:
        """Take the lamps, by registry or entity id; `noted` is told how those were that are to be put back."""
        self._hass = hass
        self._calls = calls
        self._lights = tuple(lights)
        self._no_flashing = no_flashing
        self._noted = noted
        self._before: dict[str, LampData] = {}
        self._owed: dict[str, LampData] = {}
        self._contexts: set[str] = set()
        self._look: Look | None = None
        self._warning = False
        self._half_blinks = 0
        self._unsub_blink: CALLBACK_TYPE | None = None
        self._unsub_hands: CALLBACK_TYPE | None = None
        self._unsub_owed: CALLBACK_TYPE | None = None

    @callback
    def remember(self) -> None:
        """Note how every lamp is, unless that is noted already."""
        if self._before or not self._lights:
            return
        lamps = [state for lamp in self._members() if (state := self._hass.states.get(lamp)) is not None]
        self._before = {
            state.entity_id: self._owed.get(state.entity_id) or _lamp_data(state)
            for state in lamps
            if state.state in {STATE_ON, STATE_OFF}
        }
        if self._before:
            self._unsub_hands = async_track_state_change_event(self._hass, list(self._before), self._see_hand)
        self._note()

    @callback
    def show(self, direction: Direction) -> None:
        """Show a direction; while a warning is on, it comes afterwards."""
        self._look = DIRECTIONS[direction]
        if not self._warning:
            self._paint(self._look)

    @callback
    def warn(self) -> None:
        """Begin to warn at once; one more warning while it is on begins no other rhythm."""
        if self._warning:
            return
        self.remember()
        self._warning = True
        self._half_blinks = 0
        self._blink()

    @callback
    def calm(self) -> None:
        """End the warning: back to the direction, or to how the lamps were where none is shown."""
        if not self._warning:
            return
        self._end_blinking()
        self._warning = False
        if self._look is None:
            self.restore()
        else:
            self._paint(self._look)

    @callback
    def restore(self) -> None:
        """Put every lamp back as it was, and leave it alone from then on."""
        self._end_blinking()
        self._warning = False
        self._look = None
        if self._unsub_hands is not None:
            self._unsub_hands()
            self._unsub_hands = None
        before, self._before = self._before, {}
        self.restore_from(before.values())
        self._contexts.clear()

    @callback
    def restore_from(self, before: Iterable[LampData]) -> None:
        """Put lamps back as they were, now or when they are there again; also what an earlier run could not put back."""
        self._forget_owed()
        self._owed |= {lamp["entity_id"]: lamp for lamp in before}
        self._owed = {entity_id: lamp for entity_id, lamp in self._owed.items() if not self._put_back(lamp)}
        if self._owed:
            self._unsub_owed = async_track_state_change_event(self._hass, list(self._owed), self._see_return)
        self._note()

    @callback
    def close(self) -> None:
        """Put back what can be put back, and listen to nothing any more."""
        self.restore()
        self._forget_owed()

    @callback
    def _see_return(self, event: Event[EventStateChangedData]) -> None:
        state = event.data["new_state"]
        if state is not None and state.state in {STATE_ON, STATE_OFF} and not self._before:
            self.restore_from(())

    def _forget_owed(self) -> None:
        if self._unsub_owed is not None:
            self._unsub_owed()
            self._unsub_owed = None

    def _blink(self) -> None:
        steady = self._no_flashing or self._half_blinks >= 2 * BLINKS
        bright = steady or self._half_blinks % 2 == 0
        # A lamp that has not come back from the last change skips a beat: changes must not pile up and arrive at once.
        self._paint(WARNING if bright else WARNING_DIM, dark=not bright, overtake=not self._half_blinks)
        self._half_blinks += 1
        if not steady:
            self._unsub_blink = async_call_later(self._hass, HALF_A_BLINK, self._handle_blink)

    @callback
    def _handle_blink(self, _now: datetime) -> None:
        self._unsub_blink = None
        self._blink()

    def _end_blinking(self) -> None:
        if self._unsub_blink is not None:
            self._unsub_blink()
            self._unsub_blink = None

    def _paint(self, look: Look, *, dark: bool = False, overtake: bool = True) -> None:
        """Give every lamp a look; `dark` turns off those that can do nothing between on and off."""
        hue, saturation, brightness = look
        for entity_id in self._before:
            state = self._hass.states.get(entity_id)
            modes = set(state.attributes.get(ATTR_SUPPORTED_COLOR_MODES) or ()) if state else set()
            data: dict[str, Any] = {}
            if modes - UNDIMMED:
                data[ATTR_BRIGHTNESS] = round(brightness * 255 / 100)
            if modes & COLOURED:
                data[ATTR_HS_COLOR] = (hue, saturation)
            self._command(entity_id, data, off=dark and not data, overtake=overtake)

    def _note(self) -> None:
        self._noted(list((self._owed | self._before).values()))

    def _put_back(self, lamp: LampData) -> bool:
        state = self._hass.states.get(lamp["entity_id"])
        if state is None or state.state not in {STATE_ON, STATE_OFF}:
            return False
        return self._command(lamp["entity_id"], lamp["data"], off=not lamp["on"], overtake=True)

    def _command(self, entity_id: str, data: Mapping[str, Any], *, off: bool, overtake: bool) -> bool:
        context = Context()
        self._contexts.add(context.id)
        action = ("light", "turn_off" if off else "turn_on")
        target = {ATTR_ENTITY_ID: entity_id, **({} if off else data)}
        return self._calls.call(entity_id, action, target, context=context, overtake=overtake)

    @callback
    def _see_hand(self, event: Event[EventStateChangedData]) -> None:
        """Leave a lamp alone that somebody changes meanwhile: the hand's choice stands."""
        if event.context.user_id is not None and event.context.id not in self._contexts:
            self._before.pop(event.data["entity_id"], None)
            self._note()

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


def _lamp_data(state: State) -> LampData:
    """Note what a lamp's state tells; of its colour the one in its own mode, or the lamp would change it by rounding."""
    on = state.state == STATE_ON
    data: dict[str, Any] = {}
    if on:
        attributes = state.attributes
        mode, brightness = attributes.get(ATTR_COLOR_MODE, ""), attributes.get(ATTR_BRIGHTNESS)
        if brightness is not None:
            data[ATTR_WHITE if mode == ColorMode.WHITE else ATTR_BRIGHTNESS] = brightness
        if mode in COLOUR_OF and (colour := attributes.get(COLOUR_OF[mode])) is not None:
            data[COLOUR_OF[mode]] = list(colour) if isinstance(colour, tuple) else colour
        if effect := attributes.get(ATTR_EFFECT):
            data[ATTR_EFFECT] = effect
    return LampData(entity_id=state.entity_id, on=on, data=data)
