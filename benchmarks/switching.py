"""What an interval switch costs the event loop with 50 sessions at once, no recorder.

Budget: 0.15 ms each, no missed boundary. Measured twice: as it is, and without writing checkpoints. Yardstick, in the
same run: for every switch one core timer callback that calls an action which writes one state, which is what the
smallest automation does.
"""

import asyncio
from contextlib import nullcontext
from datetime import timedelta
import gc
from pathlib import Path
import time
from unittest.mock import patch

from custom_components.backstride.engine.events import EventKind
from custom_components.backstride.engine.workout import parse
from custom_components.backstride.live import SessionEvents
from custom_components.backstride.store import CheckpointWriter
from homeassistant.core import ServiceCall
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util

from .core import add_entry, core, subentry

SESSIONS = 50
SECONDS = 12


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
                began, counted = time.thread_time(), switches
                await asyncio.sleep(SECONDS)
                told.append(switches - counted)
                each.append((time.thread_time() - began) * 1000 / told[-1])
        await coordinator.async_close()

        async def act(call: ServiceCall) -> None:
            hass.states.async_set("sensor.yardstick", call.data["number"])

        hass.services.async_register("yardstick", "act", act)
        now = dt_util.utcnow()
        for number in range(expected):

            async def fire(_now: object, number: int = number) -> None:
                await hass.services.async_call("yardstick", "act", {"number": str(number)}, blocking=True)

            async_track_point_in_utc_time(hass, fire, now + timedelta(seconds=1 + number * 3 / expected))
        await asyncio.sleep(0.9)
        began = time.thread_time()
        await asyncio.sleep(3.5)
        yardstick = (time.thread_time() - began) * 1000 / expected
    return [
        f"{told[0]} of about {expected} switches, {each[0]:.3f} ms of loop time each; without checkpoints {each[1]:.3f} (budget 0.15)",
        f"yardstick: timer and action with one state {yardstick:.3f} ms; ratios {each[0] / yardstick:.1f} and {each[1] / yardstick:.1f}",
    ]
