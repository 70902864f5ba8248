"""Setting up with ten years of daily sessions against setting up with none.

Budget: at most 15 ms more, at most 10 MiB kept. Yardstick: reading the same records as dicts in the same run.
"""

from datetime import UTC, datetime, timedelta
import gc
import json
from pathlib import Path
from statistics import median
import time
import tracemalloc

from custom_components.backstride.engine.archive import record_to_data
from custom_components.backstride.engine.record import Record, summarise
from custom_components.backstride.engine.session import Command, apply, start
from custom_components.backstride.engine.workout import parse
from homeassistant.core import HomeAssistant

from .core import add_entry, core, subentry

RECORDS = 3650
RUNS = 7


def _records() -> list[Record]:
    began = datetime(2026, 11, 1, 7, tzinfo=UTC)
    made = []
    for number in range(RECORDS):
        at = began - timedelta(days=number)
        session = start(parse("10m back @1.6, 2m fwd @3"), at, session_id=f"{number:026d}").session
        over = apply(session, Command.STOP, at + timedelta(minutes=8)).session
        made.append(summarise(over, day=at.date()))
    return made


def _write(folder: Path, records: list[Record]) -> None:
    storage = folder / ".storage"
    storage.mkdir(exist_ok=True)
    years: dict[int, dict[str, object]] = {}
    for record in records:
        years.setdefault(record.day.year, {})[record.id] = record_to_data(record)
    files: dict[str, object] = {f"history.anna.{year}": {"records": kept} for year, kept in years.items()}
    files["athlete.anna"] = {
        "rules": [
            {
                "since": "0001-01-01",
                "goal_seconds": 300,
                "rest_weekdays": [],
                "day_start_hour": 0,
                "time_zone": "UTC",
            }
        ],
        "vacations": [],
        "seconds_per_day": {record.day.isoformat(): record.backward_seconds for record in records},
        "sessions": len(records),
        "backward_seconds": sum(record.backward_seconds for record in records),
        "backward_m": 0.0,
        "kcal": 0.0,
        "last": record_to_data(records[0]) if records else None,
        "longest_session": max((record.backward_seconds for record in records), default=0.0),
        "records": {str(year): len(kept) for year, kept in years.items()},
    }
    for key, data in files.items():
        (storage / f"backstride.{key}").write_text(
            json.dumps({"version": 1, "minor_version": 1, "key": f"backstride.{key}", "data": data})
        )


async def _set_up(hass: HomeAssistant) -> float:
    """Reload the entry; gives the milliseconds of setting it up again."""
    (entry,) = hass.config_entries.async_entries("backstride")
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done()
    began = time.perf_counter()
    await hass.config_entries.async_setup(entry.entry_id)
    return (time.perf_counter() - began) * 1000


async def _case(folder: Path, records: list[Record]) -> tuple[float, float]:
    _write(folder, records)
    async with core(folder) as hass:
        await add_entry(
            hass, [subentry("athlete", "anna", level="l1"), subentry("place", "gym", kind="treadmill")]
        )
        took = median([await _set_up(hass) for _ in range(RUNS)])
        gc.collect()
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        await _set_up(hass)
        gc.collect()
        kept = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
    return took, kept / 2**20


async def measure(folder: Path) -> list[str]:
    """Compare."""
    records = _records()
    (folder / "none").mkdir()
    (folder / "many").mkdir()
    empty, _ = await _case(folder / "none", [])
    full, kept = await _case(folder / "many", records)
    began = time.perf_counter()
    for path in (folder / "many" / ".storage").glob("backstride.history.*"):
        json.loads(path.read_text())
    dicts = (time.perf_counter() - began) * 1000
    return [
        f"setup with none {empty:.1f} ms, with {RECORDS:,} records {full:.1f} ms: {full - empty:+.1f} ms (budget 15)",
        f"kept {kept:.1f} MiB (budget 10); yardstick: reading all records as dicts {dicts:.1f} ms",
    ]
