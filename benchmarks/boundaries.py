"""How late an interval's start is told, over 200 intervals, idle and under 1,000 state changes a second.

Budget: no drift; p99 below 10 ms idle, below 25 ms under load. Yardstick: a script of 200 delays drifts 304 ms.
"""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from statistics import quantiles
import time

from custom_components.backstride.engine.events import EventKind
from custom_components.backstride.engine.workout import Interval, parse
from custom_components.backstride.live import SessionEvents

from .core import add_entry, core, subentry

SECONDS = 0.05
"""An interval as short as no workout may have, so that a run takes ten seconds and not hours."""


def _shorten(plan: Iterable[Interval]) -> None:
    for interval in plan:
        object.__setattr__(interval, "seconds", SECONDS)


async def _case(folder: Path, *, load: bool) -> tuple[list[float], float]:
    late: list[float] = []
    async with core(folder) as hass:
        entry = await add_entry(
            hass, [subentry("athlete", "anna", level="l1"), subentry("place", "gym", kind="treadmill")]
        )
        coordinator = entry.runtime_data
        over = asyncio.Event()

        def handle(events: SessionEvents) -> None:
            now = time.time()
            for event in events:
                if event.kind is EventKind.INTERVAL_STARTED:
                    late.append((now - event.at.timestamp()) * 1000)
                elif event.kind is EventKind.COMPLETED:
                    late.append((now - event.at.timestamp()) * 1000)
                    over.set()

        async def change_states() -> None:
            number = 0
            while not over.is_set():
                for _ in range(10):
                    number += 1
                    hass.states.async_set(f"sensor.noise_{number % 50}", str(number))
                await asyncio.sleep(0.01)

        live = coordinator.live("gym")
        live.async_subscribe(handle)
        workout = parse("2x(50x(1s rest, 1s rest))")
        coordinator.async_start("gym", athlete_id="anna", workout=workout)
        _shorten(live.session.plan)
        noise = asyncio.create_task(change_states()) if load else None
        await asyncio.wait_for(over.wait(), 60)
        if noise:
            await noise
    return late[1:], late[-1] - late[1]


async def measure(folder: Path) -> list[str]:
    """Compare idle and loaded."""
    lines = []
    for name, load, budget in (("idle", False, 10), ("1,000 state changes a second", True, 25)):
        place = folder / name.split(maxsplit=1)[0]
        place.mkdir()
        late, drift = await _case(place, load=load)
        percentiles = quantiles(late, n=100)
        lines.append(
            f"{name}: {len(late)} boundaries, median {percentiles[49]:.2f} ms, p99 {percentiles[98]:.2f} ms late "
            f"(budget {budget}), drift {drift:+.2f} ms"
        )
    return lines
