"""A room with simulated lamps and a clock that a test turns: nothing waits, and every command is noted with its instant."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from custom_components.backstride.output.calls import Calls
from custom_components.backstride.output.lamps import LampData
from custom_components.backstride.output.lights import Lights
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.util.async_ import get_scheduled_timer_handles

COLOUR: dict[str, Any] = {"supported_color_modes": ["hs"]}
FADING: dict[str, Any] = {"supported_color_modes": ["hs"], "supported_features": 32}
DIMMER: dict[str, Any] = {"supported_color_modes": ["brightness"]}
PLAIN: dict[str, Any] = {"supported_color_modes": ["onoff"]}
WHITE: dict[str, Any] = {
    "supported_color_modes": ["color_temp"],
    "min_color_temp_kelvin": 2202,
    "max_color_temp_kelvin": 4000,
}
MODE = {"hs_color": "hs", "color_temp_kelvin": "color_temp"}
SHOWN = ("brightness", "hs_color", "color_temp_kelvin", "effect")


class Clockwork(asyncio.SelectorEventLoop):
    """A loop whose time passes only when a test says so."""

    now = 1000.0

    def time(self) -> float:
        """Give the instant on the wall."""
        return self.now


@dataclass(frozen=True, kw_only=True)
class Told:
    """One command to one lamp."""

    at: float
    lamp: str
    on: bool
    data: dict[str, Any] = field(default_factory=dict)


class Room:
    """Lamps that obey at once and say so, unless a test makes them otherwise, and places that use them."""

    def __init__(self, loop: Clockwork) -> None:
        """Begin empty."""
        self.loop = loop
        self.hass = HomeAssistant("")
        self.told: list[Told] = []
        self.silent: set[str] = set()
        """Lamps that obey and do not say so."""
        self.hanging: set[str] = set()
        """Lamps whose calls do not come back."""
        self.noted: list[LampData] = []
        self.hass.services.async_register("light", "turn_on", self._obey)
        self.hass.services.async_register("light", "turn_off", self._obey)

    async def _obey(self, call: ServiceCall) -> None:
        data = {key: value for key, value in call.data.items() if key != "entity_id"}
        lamp, on = call.data["entity_id"], call.service == "turn_on"
        self.told.append(Told(at=self.loop.now, lamp=lamp, on=on, data=data))
        if lamp not in self.silent:
            self.say(lamp, on=on, context=call.context, **data)
        if lamp in self.hanging:
            await asyncio.Event().wait()

    def lamp(self, entity_id: str, kind: dict[str, Any], *, on: bool = True, **shown: Any) -> str:
        """Put a lamp there."""
        self.hass.states.async_set(entity_id, "off", kind)
        if on:
            self.say(entity_id, on=True, **shown)
        return entity_id

    def say(self, entity_id: str, *, on: bool = True, context: Context | None = None, **shown: Any) -> None:
        """Let a lamp report that it shines like this."""
        state = self.hass.states.get(entity_id)
        assert state is not None
        attributes = {key: value for key, value in state.attributes.items() if on or key not in SHOWN}
        for key, value in shown.items():
            if on and key in SHOWN:
                attributes[key] = value
                attributes["color_mode"] = MODE.get(key, attributes.get("color_mode", "brightness"))
        self.hass.states.async_set(entity_id, "on" if on else "off", attributes, context=context)

    def away(self, entity_id: str) -> None:
        """Let a lamp be out of reach."""
        state = self.hass.states.get(entity_id)
        assert state is not None
        self.hass.states.async_set(entity_id, "unavailable", state.attributes)

    def place(self, *lamps: str, may_flash: bool = True, owed: tuple[LampData, ...] = ()) -> Lights:
        """Set up a place with these lamps, whose way back is noted."""

        def note(noted: list[LampData]) -> None:
            self.noted = noted

        lights = Lights(
            self.hass, Calls(self.hass, "Gym"), lights=lamps, may_flash=may_flash, owed=owed, noted=note
        )
        lights.start()
        return lights

    def session(self, *lamps: str, may_flash: bool = True) -> Lights:
        """Set up a place in its lead-in."""
        lights = self.place(*lamps, may_flash=may_flash)
        lights.begin()
        lights.remember()
        return lights

    async def wait(self, seconds: float) -> None:
        """Let time pass, and everything happen at its instant."""
        end = self.loop.now + seconds
        await self._settle()
        while due := [
            each.when()
            for each in get_scheduled_timer_handles(self.loop)
            if not each.cancelled() and each.when() <= end
        ]:
            self.loop.now = max(self.loop.now, min(due))
            await self._settle()
        self.loop.now = end

    @staticmethod
    async def _settle() -> None:
        for _ in range(4):
            await asyncio.sleep(0)

    def since(self, began: float, lamp: str | None = None) -> list[float]:
        """Tell how many seconds after an instant lamps were told to change; each instant once."""
        return sorted({round(one.at - began, 6) for one in self.told if lamp in {None, one.lamp}})

    def last(self, lamp: str) -> Told:
        """Give what a lamp was told last."""
        return [one for one in self.told if one.lamp == lamp][-1]


def in_a_room(happens: Callable[[Room], Awaitable[None]]) -> None:
    """Have something happen in a room of its own."""

    async def open_it() -> None:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, Clockwork)
        room = Room(loop)
        try:
            await happens(room)
        finally:
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

    with asyncio.Runner(loop_factory=Clockwork) as runner:
        runner.run(open_it())
