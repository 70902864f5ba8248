"""What an interval switch costs the event loop with 50 sessions at once, no recorder.

Budget: 0.15 ms each, no missed boundary. Measured twice: as it is, and without writing checkpoints. Yardsticks, in the
same run: for every switch one core timer callback that calls an action which writes one state, which is what the
smallest automation does; and a floor, one timer and as many states as a switch changes, set bare and by sensors that do
nothing else.
"""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
import gc
from itertools import chain
from pathlib import Path
from statistics import median
import time
from unittest.mock import patch

from custom_components.backstride.const import LOGGER
from custom_components.backstride.engine.events import EventKind
from custom_components.backstride.engine.workout import parse
from custom_components.backstride.live import SessionEvents
from custom_components.backstride.store import CheckpointWriter
from homeassistant.components.sensor import SensorDeviceClass, SensorEntity
from homeassistant.const import UnitOfTime
from homeassistant.core import HomeAssistant, ServiceCall, callback
from homeassistant.helpers.entity_component import EntityComponent
from homeassistant.helpers.event import async_call_later, async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from .core import add_entry, core, subentry

SESSIONS = 50
SECONDS = 12
APART = 0.001
"""Seconds between two timers of the floors: what a start takes, and so what lies between two switches."""
CHANGED = 5
"""States that a switch of this workout changes: the event, when the interval ends, progress, backward time and distance."""


async def measure(folder: Path) -> list[str]:
    """Run 50 sessions of one-second intervals, then as many timers, and compare the processor time of both."""
    async with core(folder) as hass:
        people = [subentry("athlete", f"athlete{number}", level="l1") for number in range(SESSIONS)]
        places = [subentry("place", f"place{number}", kind="treadmill") for number in range(SESSIONS)]
        entry = await add_entry(hass, [*people, *places])
        coordinator = entry.runtime_data
        switches = 0

        def handle(events: SessionEvents) -> None:
            nonlocal switches
            switches += sum(event.kind is EventKind.INTERVAL_STARTED for event in events)

        workout = parse("15x(2x(1s back @1, 1s back @1.2))")
        for number in range(SESSIONS):
            coordinator.live(f"place{number}").async_subscribe(handle)
            coordinator.async_start(f"place{number}", athlete_id=f"athlete{number}", workout=workout)
        await asyncio.sleep(12)
        # One full collection of Home Assistant's own objects costs as much as hundreds of switches, and would be counted in
        # whichever part it fell. What is new from here on is collected as ever.
        gc.collect()
        gc.freeze()
        expected = SESSIONS * SECONDS
        told, each = [], []
        for checkpoints in (True, False):
            with (
                nullcontext()
                if checkpoints
                else patch.object(CheckpointWriter, "async_request", lambda *_: None)
            ):
                counted = switches
                each.append(await _per_switch())
                told.append(switches - counted)
        await coordinator.async_close()
        yardstick, floor, entities = await _act(hass), await _set_states(hass), await _write_entities(hass)
    return [
        f"{told[0]} of about {expected} switches, {each[0]:.3f} ms of loop time each; without checkpoints {each[1]:.3f} (budget 0.15)",
        f"yardstick: timer and action with one state {yardstick:.3f} ms; ratios {each[0] / yardstick:.1f} and {each[1] / yardstick:.1f}",
        f"floor: timer and {CHANGED} bare states {floor:.3f} ms; ratios {each[0] / floor:.1f} and {each[1] / floor:.1f}",
        f"floor: timer and {CHANGED} plain sensors {entities:.3f} ms; ratios {each[0] / entities:.1f} and {each[1] / entities:.1f}",
    ]


async def _per_switch() -> float:
    """Give the median of what a switch takes in each second, so that a busy neighbour spoils that second only."""
    spent = []
    for _ in range(SECONDS):
        began = time.thread_time()
        await asyncio.sleep(1)
        spent.append((time.thread_time() - began) * 1000 / SESSIONS)
    return median(spent)


async def _act(hass: HomeAssistant) -> float:
    async def act(call: ServiceCall) -> None:
        hass.states.async_set("sensor.yardstick", call.data["number"])

    hass.services.async_register("yardstick", "act", act)
    count = SESSIONS * SECONDS
    now = dt_util.utcnow()
    for number in range(count):

        async def fire(_now: object, number: int = number) -> None:
            await hass.services.async_call("yardstick", "act", {"number": str(number)}, blocking=True)

        async_track_point_in_utc_time(hass, fire, now + timedelta(seconds=1 + number * 3 / count))
    await asyncio.sleep(0.9)
    began = time.thread_time()
    await asyncio.sleep(3.5)
    return (time.thread_time() - began) * 1000 / count


async def _set_states(hass: HomeAssistant) -> float:
    attributes = {"device_class": "duration", "friendly_name": "Floor", "unit_of_measurement": "s"}

    def switch(session: int, turn: int) -> None:
        for number in range(CHANGED):
            hass.states.async_set(f"sensor.floor_{session}_{number}", str(turn), attributes)

    return await _by_timers(hass, switch)


async def _write_entities(hass: HomeAssistant) -> float:
    sensors = [
        [_Plain(f"Plain {session} {number}") for number in range(CHANGED)] for session in range(SESSIONS)
    ]
    await EntityComponent[_Plain](LOGGER, "sensor", hass).async_add_entities(chain.from_iterable(sensors))

    def switch(session: int, turn: int) -> None:
        for sensor in sensors[session]:
            sensor.tell(turn)

    return await _by_timers(hass, switch)


class _Plain(SensorEntity):
    """A sensor that does nothing but be written."""

    _attr_should_poll = False
    _attr_device_class = SensorDeviceClass.DURATION
    _attr_native_unit_of_measurement = UnitOfTime.SECONDS

    def __init__(self, name: str) -> None:
        self._attr_name = name

    def tell(self, value: int) -> None:
        self._attr_native_value = value
        self.async_write_ha_state()


async def _by_timers(hass: HomeAssistant, switch: Callable[[int, int], None]) -> float:
    """Switch every second once per session, each by its own timer; these stand as far apart as starts do."""

    def arm(session: int, turn: int, delay: float = 1) -> None:
        @callback
        def fire(_now: object) -> None:
            if turn < SECONDS:
                arm(session, turn + 1)
            switch(session, turn)

        async_call_later(hass, delay, fire)

    for session in range(SESSIONS):
        arm(session, 1, session * APART)
    return await _per_switch()
