"""One belt, whatever it is controlled by: numbers, buttons, switches, media players and selects of other integrations.

Nothing here decides anything, and nothing here starts a belt. Every call is sent without waiting for it: a machine that
hangs keeps nobody from the next control.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
import math
from types import MappingProxyType
from typing import Any, Final

from homeassistant.components.number import ATTR_MAX, ATTR_MIN, ATTR_STEP, ATTR_VALUE
from homeassistant.components.select import ATTR_OPTION, ATTR_OPTIONS
from homeassistant.const import (
    ATTR_ENTITY_ID,
    ATTR_UNIT_OF_MEASUREMENT,
    PERCENTAGE,
    STATE_UNAVAILABLE,
    Platform,
    UnitOfSpeed,
)
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.util.unit_conversion import SpeedConverter

from ..const import DOMAIN, LOGGER
from ..engine.belt import CREEP_KMH
from ..engine.reach import Asked, Axis, Order, Reach
from .catalog import is_toggle, number_unit, pauses_when_off
from .roles import Role
from .vocabulary import PAUSE, TOGGLE, joined

HALTS: Final[Mapping[Asked, tuple[Role, ...]]] = MappingProxyType(
    {Asked.PAUSE: (Role.PAUSE, Role.STOP), Asked.STOP: (Role.STOP, Role.PAUSE)}
)
"""What makes a belt stand, the better control first."""
OPTIONS: Final[Mapping[Role, tuple[str, ...]]] = MappingProxyType(
    {
        Role.STOP: ("stop", "stopped", "off", "idle", "standby"),
        Role.PAUSE: ("pause", "paused", "stop", "stopped", "off"),
    }
)
"""The options of a select that make a belt stand, the best first."""
PRESSES: Final[Mapping[tuple[str, Role], str]] = MappingProxyType(
    {
        (Platform.BUTTON, Role.STOP): "press",
        (Platform.BUTTON, Role.PAUSE): "press",
        (Platform.SWITCH, Role.STOP): "turn_off",
        (Platform.MEDIA_PLAYER, Role.STOP): "media_stop",
        (Platform.MEDIA_PLAYER, Role.PAUSE): "media_pause",
    }
)
"""Domain and role of a control -> the action that makes the belt stand."""
KMH: Final = UnitOfSpeed.KILOMETERS_PER_HOUR

type _Stopping = tuple[float | None, Call]
"""What may stop a belt; a number where it may start one that is slower, None where it only ever stops it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One action of another integration."""

    domain: str
    service: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stops:
    """What can stop a belt in an emergency, in the order in which it is tried."""

    plain: tuple[Call, ...]
    """Only ever stop a belt."""
    cautious: tuple[tuple[float, Call], ...]
    """May start a belt that stands, or speed up one that is slower than this, km/h."""


def named_unit(hass: HomeAssistant, entity_id: str) -> str | None:
    """Give the unit that a number names, or in which its integration is known to be written; None where nobody knows."""
    state, entry = hass.states.get(entity_id), er.async_get(hass).async_get(entity_id)
    unit: str | None = state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) if state else None
    return number_unit(entry, unit) if entry else unit


class Controls:
    """The controls of one place's machine, each by registry or entity id."""

    def __init__(
        self, hass: HomeAssistant, roles: Mapping[Role, str], place: str, speed_unit: str | None = None
    ) -> None:
        """Take what was picked, and the speed's unit as its owner says it; the place's name is for the log."""
        self._hass = hass
        self._roles = roles
        self._place = place
        self._said_unit = speed_unit
        self._speed_call: asyncio.Task[None] | None = None
        """The latest speed that was written; a machine that hangs may take it in much later."""

    def entity_id(self, role: Role) -> str | None:
        """Give what fills a role, as it is called today."""
        source = self._roles.get(role)
        return source and (er.async_resolve_entity_id(er.async_get(self._hass), source) or source)

    def state(self, role: Role) -> State | None:
        """Give what an entity says that is there and reachable."""
        entity_id = self.entity_id(role)
        state = self._hass.states.get(entity_id) if entity_id else None
        return None if state is None or state.state == STATE_UNAVAILABLE else state

    def reach(self) -> Reach:
        """Tell what can be asked of the machine now; some numbers are there only while the belt runs."""
        return Reach(
            speed=self._readable(self._speed_axis),
            grade=self._readable(self._grade_axis),
            can_halt=self._halt(Asked.PAUSE) is not None,
        )

    @callback
    def send(self, order: Order) -> None:
        """Ask the machine for something; what it does not have is not asked for."""
        call: Call | None = None
        match order.asked:
            case Asked.SPEED:
                call = self._readable(lambda: self._set_speed(order.value))
            case Asked.GRADE:
                call = self._readable(lambda: self._set(Role.SET_INCLINE, order.value))
            case _:
                call = self._halt(order.asked)
        if order.asked is not Asked.GRADE:
            self.withdraw()
        if call is not None:
            task = self.call(call)
            self._speed_call = task if order.asked is Asked.SPEED else self._speed_call

    @callback
    def withdraw(self) -> None:
        """Take back a speed that has not arrived: later it might start a belt that was stopped meanwhile."""
        if self._speed_call is not None:
            self._speed_call.cancel()
            self._speed_call = None

    def stops(self) -> Stops:
        """Give everything that may stop the belt; a speed is written only to a belt that is known to move."""
        found: list[_Stopping] = []
        looks: list[Callable[[], _Stopping | None]] = [self._slowest]
        looks += [partial(self._stopping, role) for role in (Role.STOP, Role.PAUSE, Role.START)]
        for look in looks:
            # One entity may fill several roles.
            if (each := self._readable(look)) is not None and each not in found:
                found.append(each)
        return Stops(
            plain=tuple(call for over, call in found if over is None),
            cautious=tuple((over, call) for over, call in found if over is not None),
        )

    @callback
    def call(self, call: Call) -> asyncio.Task[None]:
        """Send a call, and wait for nothing."""
        return self._hass.async_create_background_task(
            self._async_call(call), f"{DOMAIN} {call.domain}.{call.service}"
        )

    async def _async_call(self, call: Call) -> None:
        try:
            await self._hass.services.async_call(call.domain, call.service, dict(call.data), blocking=True)
        except Exception as error:  # noqa: BLE001 - whatever the machine raises, the next control is tried all the same
            LOGGER.warning("%s: %s.%s failed: %r", self._place, call.domain, call.service, error)

    def _readable[T](self, look: Callable[[], T | None]) -> T | None:
        """Look at one control; whatever its integration makes of that, the others are looked at all the same."""
        try:
            return look()
        except Exception as error:  # noqa: BLE001 - nobody can know what other integrations put into their states
            LOGGER.warning("%s: a control could not be read: %r", self._place, error)
            return None

    def _speed_unit(self) -> str | None:
        """Give the unit in which the speed is written: the number's own or a known one, else what its owner says."""
        if (state := self.state(Role.SET_SPEED)) is None:
            return None
        unit = named_unit(self._hass, state.entity_id) or self._said_unit
        return unit if unit in SpeedConverter.VALID_UNITS else None

    def _speed_axis(self) -> Axis | None:
        """Give the speeds that can be set, km/h; none where nobody knows in which unit they are written."""
        if (unit := self._speed_unit()) is None:
            return None
        return self._axis(Role.SET_SPEED, lambda value: SpeedConverter.convert(value, unit, KMH))

    def _grade_axis(self) -> Axis | None:
        state = self.state(Role.SET_INCLINE)
        if state is None or state.attributes.get(ATTR_UNIT_OF_MEASUREMENT) != PERCENTAGE:
            return None
        return self._axis(Role.SET_INCLINE, float)

    def _axis(self, role: Role, convert: Callable[[float], float]) -> Axis | None:
        if (state := self.state(role)) is None or state.domain != Platform.NUMBER:
            return None
        settings: list[Any] = [state.attributes.get(name) for name in (ATTR_MIN, ATTR_MAX, ATTR_STEP)]
        if not all(isinstance(value, int | float) and math.isfinite(value) for value in settings):
            return None
        low, high, step = map(convert, settings)
        return Axis(low=low, high=high, step=step) if step > 0 and low <= high else None

    def _set(self, role: Role, value: float) -> Call | None:
        """Write a number, on a setting that it has: a unit that is converted to and fro comes back a trifle off."""
        state, axis = self.state(role), self._axis(role, float)
        if state is None or axis is None:
            return None
        setting = round(axis.low + round((value - axis.low) / axis.step) * axis.step, 4)
        return Call(
            domain=state.domain,
            service="set_value",
            data={ATTR_ENTITY_ID: state.entity_id, ATTR_VALUE: setting},
        )

    def _set_speed(self, kmh: float) -> Call | None:
        unit = self._speed_unit()
        return self._set(Role.SET_SPEED, SpeedConverter.convert(kmh, KMH, unit)) if unit else None

    def _slowest(self) -> _Stopping | None:
        axis = self._speed_axis()
        call = axis and self._set_speed(axis.low)
        return (axis.low, call) if axis and call else None

    def _stopping(self, role: Role) -> _Stopping | None:
        call = self._stand(role)
        # A switch that starts is turned off, whatever it is called.
        over = CREEP_KMH if role is not Role.START and self._is_toggle(role) else None
        return None if call is None else (over, call)

    def _halt(self, asked: Asked) -> Call | None:
        """Give what makes the belt stand by plan; nothing that could start one."""
        calls = (self._readable(partial(self._stand_by_plan, role)) for role in HALTS[asked])
        return next(filter(None, calls), None)

    def _stand_by_plan(self, role: Role) -> Call | None:
        return None if self._is_toggle(role) else self._stand(role)

    def _stand(self, role: Role) -> Call | None:
        """Give how a control makes the belt stand; None where it cannot, or is out of reach."""
        if (state := self.state(role)) is None:
            return None
        if (state.domain, role) == (Platform.BUTTON, Role.START):
            # A button that starts only starts.
            return None
        # A belt's own switch or player may be known as what starts it, and stops it all the same.
        aim = Role.STOP if role is Role.START else role
        data = {ATTR_ENTITY_ID: state.entity_id}
        if state.domain == Platform.SELECT:
            options = {str(option).casefold(): option for option in state.attributes.get(ATTR_OPTIONS) or ()}
            found = next((options[word] for word in OPTIONS[aim] if word in options), None)
            return found and Call(
                domain=state.domain, service="select_option", data={**data, ATTR_OPTION: found}
            )
        if (state.domain, aim) == (Platform.SWITCH, Role.PAUSE):
            entry = er.async_get(self._hass).async_get(state.entity_id)
            is_belts = pauses_when_off(entry) if entry else PAUSE.search(_words(state)) is None
            service = "turn_off" if is_belts else "turn_on"
        else:
            service = PRESSES.get((state.domain, aim), "")
        return Call(domain=state.domain, service=service, data=data) if service else None

    def _is_toggle(self, role: Role) -> bool:
        if (state := self.state(role)) is None:
            return False
        entry = er.async_get(self._hass).async_get(state.entity_id)
        return is_toggle(entry) if entry else TOGGLE.search(_words(state)) is not None


def _words(state: State) -> str:
    """Give the words of an entity that no registry knows: those it is shown with are all there is."""
    return joined(state.object_id, state.name)
