"""How soon after an obstacle sensor's state is written the first lamp is called, decision included.

Budget: median at most 1.5 times a bare state listener that calls the same action, and at most a quarter of an automation
that does; p99 below 1 ms while 1,000 other states change every second. All three in one run, taking turns.
"""

import asyncio
import gc
from pathlib import Path
from statistics import median, quantiles
import time
from typing import Any

from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.workout import parse
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import Event, HomeAssistant, ServiceCall, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.setup import async_setup_component

from .core import add_entry, core, subentry

PLACES = 60
"""So many, because each warning needs seconds to calm down before it can be measured anew."""
ROUNDS = 5
KINDS = ("guard", "bare", "automation")
LAMP = {"supported_color_modes": ["hs"], "color_mode": "hs", "brightness": 100, "hs_color": (30, 60)}


class Stopwatch:
    """Times from writing a state until the action is entered."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Take the place of every lamp."""
        self._hass = hass
        self._entered = 0
        for action in ("turn_on", "turn_off"):
            hass.services.async_register("light", action, self._enter)

    @callback
    def _enter(self, _call: ServiceCall) -> None:
        if not self._entered:
            self._entered = time.perf_counter_ns()

    async def measure(self, sensor: str) -> float:
        """Let something appear; gives microseconds."""
        self._entered = 0
        began = time.perf_counter_ns()
        self._hass.states.async_set(sensor, "on")
        for _ in range(10):
            if self._entered:
                break
            await asyncio.sleep(0)
        return (self._entered - began) / 1000


async def _noise(hass: HomeAssistant) -> None:
    number = 0
    while True:
        for _ in range(10):
            number += 1
            hass.states.async_set(f"sensor.noise_{number % 50}", str(number))
        await asyncio.sleep(0.01)


def _listen(hass: HomeAssistant, number: int) -> None:
    """Do the least that anybody could: a listener that calls a lamp."""
    data = {"entity_id": f"light.bare{number}", "brightness": 255, "hs_color": (38, 95)}

    @callback
    def handle(event: Event[Any]) -> None:
        if event.data["new_state"].state == "on":
            hass.async_create_task(hass.services.async_call("light", "turn_on", data), eager_start=True)

    async_track_state_change_event(hass, [f"binary_sensor.bare{number}"], handle)


def _automation(number: int) -> dict[str, Any]:
    return {
        "alias": f"Warn {number}",
        "trigger": {"platform": "state", "entity_id": f"binary_sensor.automation{number}", "to": "on"},
        "action": {
            "service": "light.turn_on",
            "target": {"entity_id": f"light.automation{number}"},
            "data": {"brightness": 255, "hs_color": [38, 95]},
        },
    }


async def _prepare(hass: HomeAssistant) -> Coordinator:
    """Set up as many places, listeners and automations, and let everybody walk."""
    for number in range(PLACES):
        for kind in KINDS:
            hass.states.async_set(f"binary_sensor.{kind}{number}", "off")
            hass.states.async_set(f"light.{kind}{number}", "on", LAMP)
        _listen(hass, number)
    automations = [_automation(number) for number in range(PLACES)]
    if not await async_setup_component(hass, "automation", {"automation": automations}):
        raise RuntimeError("the automations could not be set up")
    people = [subentry("athlete", f"athlete{number}", level="l1") for number in range(PLACES)]
    places = [_place(number) for number in range(PLACES)]
    coordinator: Coordinator = (await add_entry(hass, [*people, *places])).runtime_data
    workout = parse("60m fwd @2")
    for number in range(PLACES):
        coordinator.async_start(f"place{number}", athlete_id=f"athlete{number}", workout=workout)
    await asyncio.sleep(11)
    return coordinator


def _place(number: int) -> ConfigSubentryDataWithId:
    return subentry(
        "place",
        f"place{number}",
        kind="treadmill",
        lights=[f"light.guard{number}"],
        no_flashing=False,
        obstacles=[{"entity_id": f"binary_sensor.guard{number}", "reaction": "remind"}],
    )


async def _rounds(hass: HomeAssistant, stopwatch: Stopwatch) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for _ in range(ROUNDS):
        for number in range(PLACES):
            for kind in KINDS:
                taken[kind].append(await stopwatch.measure(f"binary_sensor.{kind}{number}"))
            await asyncio.sleep(0)
        for number in range(PLACES):
            for kind in KINDS:
                hass.states.async_set(f"binary_sensor.{kind}{number}", "off")
        await asyncio.sleep(3)
    return taken


async def measure(folder: Path) -> list[str]:
    """Measure the guard, a bare listener and an automation, idle and under load."""
    async with core(folder) as hass:
        stopwatch = Stopwatch(hass)
        coordinator = await _prepare(hass)
        # One full collection of Home Assistant's own objects would be counted in whichever sample it fell.
        gc.collect()
        gc.freeze()
        lines = [_told("idle", await _rounds(hass, stopwatch))]
        noise = asyncio.create_task(_noise(hass))
        lines.append(_told("loaded", await _rounds(hass, stopwatch)))
        noise.cancel()
        await coordinator.async_close()
        return lines


def _told(name: str, taken: dict[str, list[float]]) -> str:
    mid = {kind: median(each) for kind, each in taken.items()}
    p99 = quantiles(taken["guard"], n=100)[98]
    return (
        f"{name}: guard {mid['guard']:.1f} us (p99 {p99:.0f}), bare listener {mid['bare']:.1f} "
        f"({mid['guard'] / mid['bare']:.2f} x, budget 1.5), automation {mid['automation']:.1f} "
        f"({mid['guard'] / mid['automation']:.2f} x, budget 0.25)"
    )
