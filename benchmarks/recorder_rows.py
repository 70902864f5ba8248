"""Rows that a session of 20 minutes with 20 intervals leaves in the recorder, all our entities together.

Budget: 200 in the states table, 300 in all. Yardstick: core timer and automation 266, a countdown written each second 1,202.
The session runs on a clock that is moved from boundary to boundary, so that it takes seconds; every state is written by
the real entities into a real database.
"""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
import sqlite3
from unittest.mock import patch

from custom_components.backstride.clock import SteadyClock
from custom_components.backstride.engine import session as engine
from custom_components.backstride.engine.workout import parse
from homeassistant.helpers.recorder import async_initialize_recorder, get_instance
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util

from .core import add_entry, core, subentry

TABLES = ("states", "state_attributes", "states_meta", "events", "event_data", "event_types")


def _rows(path: Path) -> dict[str, int]:
    with sqlite3.connect(path) as database:
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}  # noqa: S608


async def measure(folder: Path) -> list[str]:
    """Count rows before and after."""
    path = folder / "rows.db"
    async with core(folder) as hass:
        async_initialize_recorder(hass)
        assert await async_setup_component(
            hass, "recorder", {"recorder": {"db_url": f"sqlite:///{path}", "commit_interval": 0}}
        )
        athlete = subentry("athlete", "anna", level="l1", mass_kg=70.0, height_cm=170.0, birth_year=1980)
        entry = await add_entry(hass, [athlete, subentry("place", "gym", kind="treadmill")])
        coordinator = entry.runtime_data
        await hass.async_block_till_done()
        instance = get_instance(hass)
        await instance.async_block_till_done()
        before = await hass.async_add_executor_job(_rows, path)
        workout = parse("10x(60s back @2, 60s back @1.6 rpe 3)".replace("60s back @1.6 rpe 3", "60s rest"))
        now = dt_util.utcnow()
        with patch.object(SteadyClock, "now", lambda _: now):
            coordinator.async_start("gym", athlete_id="anna", workout=workout)
            live = coordinator.live("gym")
            while live.is_on:
                await asyncio.sleep(0.02)
                due: datetime | None = engine.next_boundary(live.session)
                now = due or now + timedelta(seconds=1)
                live._handle_boundary(now)  # noqa: SLF001 - the clock's part is played here
            await hass.async_block_till_done()
        await instance.async_block_till_done()
        after = await hass.async_add_executor_job(_rows, path)
    rows = {table: after[table] - before[table] for table in TABLES}
    return [
        f"states {rows['states']} (budget 200), all tables {sum(rows.values())} (budget 300): "
        + ", ".join(f"{table} {count}" for table, count in rows.items() if count),
        "yardsticks: core timer and automation 266, a countdown every second 1,202",
    ]
