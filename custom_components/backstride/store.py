"""What is kept on disk, and in which order it is written, so that a crash at any instant loses no finished session.

Three kinds of file: a place's checkpoint, an athlete's summary, and an athlete's records year by year. A finished
session is written to its year first, then to the summary; only then is the checkpoint cleared. Records are keyed by the
session's id, so doing it again after a crash changes nothing.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, NotRequired, Protocol, TypedDict

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.json import save_json
from homeassistant.helpers.storage import STORAGE_DIR, Store
from homeassistant.util import dt as dt_util

from .const import DOMAIN, LOGGER
from .engine.archive import RecordData
from .engine.errors import EngineError
from .engine.streak import Rules
from .output.lamps import LampData
from .output.lead import LeadData

VERSION = 1


class FinishedData(TypedDict):
    """A session that is over, and whose it was."""

    session: dict[str, Any]
    athlete: str


class PlaceData(TypedDict):
    """A place's checkpoint."""

    session: NotRequired[dict[str, Any]]
    athlete: NotRequired[str]
    finished: NotRequired[list[FinishedData]]
    """Sessions that are over and whose record is not safely written yet."""
    workout_id: NotRequired[str]
    athlete_id: NotRequired[str]
    minutes: NotRequired[int]
    muted: NotRequired[list[str]]
    """Which kinds of cue were switched off."""
    lamps: NotRequired[list[LampData]]
    leads: NotRequired[dict[str, LeadData]]
    """Lamps that are to be put back, also by the next run."""


class RulesData(TypedDict):
    """The rules of a streak from one date on."""

    since: str
    goal_seconds: int
    rest_weekdays: list[int]
    day_start_hour: int
    time_zone: str


def rules_to_data(rules: Rules) -> RulesData:
    """Write the rules of a streak."""
    return {
        "since": rules.since.isoformat(),
        "goal_seconds": rules.goal_seconds,
        "rest_weekdays": sorted(rules.rest_weekdays),
        "day_start_hour": rules.day_start_hour,
        "time_zone": rules.time_zone,
    }


def rules_from_data(data: RulesData) -> Rules:
    """Read what `rules_to_data` wrote."""
    return Rules(
        since=date.fromisoformat(data["since"]),
        goal_seconds=data["goal_seconds"],
        rest_weekdays=frozenset(data["rest_weekdays"]),
        day_start_hour=data["day_start_hour"],
        time_zone=data["time_zone"],
    )


class SummaryData(TypedDict):
    """What an athlete's entities show without reading any record."""

    rules: list[RulesData]
    vacations: list[list[str]]
    seconds_per_day: dict[str, float]
    sessions: int
    backward_seconds: float
    backward_m: float
    kcal: float
    last: RecordData | None
    longest_session: float | None
    """Backward seconds; None where it is to be found in the records again."""
    records: dict[str, int]
    """How many each year's file holds; where one disagrees, the summary is made anew."""


EMPTY_SUMMARY: Final[SummaryData] = {
    "rules": [],
    "vacations": [],
    "seconds_per_day": {},
    "sessions": 0,
    "backward_seconds": 0.0,
    "backward_m": 0.0,
    "kcal": 0.0,
    "last": None,
    "longest_session": 0.0,
    "records": {},
}


class YearData(TypedDict):
    """One year's records by session id."""

    records: dict[str, RecordData]


def place_store(hass: HomeAssistant, place_id: str) -> Store[PlaceData]:
    """Open a place's checkpoint."""
    # What is written is frozen, so it may be turned into data and text off the event loop.
    key = f"{DOMAIN}.place.{place_id}"
    return Store(hass, VERSION, key, atomic_writes=True, serialize_in_event_loop=False)


class Frozen(Protocol):
    """A place as it is at one instant."""

    def to_data(self) -> PlaceData:
        """Make it into data, in whatever thread."""


class CheckpointWriter:
    """Writes checkpoints one after the other, all those that wait in one thread and at one go.

    As many threads as there are places would get in each other's way, and each way to a thread and back costs the event
    loop more than all else that a checkpoint asks of it.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with nothing to write."""
        self._hass = hass
        self._waiting: dict[Store[PlaceData], Callable[[], Frozen]] = {}
        """In the order in which they were asked for; who asks twice is written once."""
        self._is_writing = False
        self._turn = asyncio.Lock()

    @callback
    def async_request(self, store: Store[PlaceData], give: Callable[[], Frozen]) -> None:
        """Write soon what `give` gives then."""
        self._waiting[store] = give
        if not self._is_writing:
            self._is_writing = True
            self._hass.async_create_task(self._async_write_all(), f"{DOMAIN} checkpoints")

    async def async_write(self, store: Store[PlaceData], give: Callable[[], Frozen]) -> None:
        """Write now, and give back when it is written and nothing older can come after it.

        Done by Home Assistant's own means: it keeps in mind which files there were when it started, and would not find
        one again, after a reload, that was only ever written by `_write`.
        """
        async with self._turn:
            self._waiting.pop(store, None)
            await store.async_save(await self._hass.async_add_executor_job(give().to_data))

    async def _async_write_all(self) -> None:
        try:
            while self._waiting:
                async with self._turn:
                    taken = [(store, give()) for store, give in self._waiting.items()]
                    self._waiting.clear()
                    await self._hass.async_add_executor_job(_write, taken)
        finally:
            self._is_writing = False


def _write(taken: Iterable[tuple[Store[PlaceData], Frozen]]) -> None:
    for store, frozen in taken:
        try:
            head = {"version": store.version, "minor_version": store.minor_version, "key": store.key}
            Path(store.path).parent.mkdir(exist_ok=True)
            save_json(store.path, {**head, "data": frozen.to_data()}, atomic_writes=True)
        except Exception:  # noqa: BLE001 - whatever keeps one from being written, the others are
            LOGGER.exception("%s could not be written", store.key)


def summary_store(hass: HomeAssistant, athlete_id: str) -> Store[SummaryData]:
    """Open an athlete's summary."""
    return Store(hass, VERSION, f"{DOMAIN}.athlete.{athlete_id}", atomic_writes=True)


def year_store(hass: HomeAssistant, athlete_id: str, year: int) -> Store[YearData]:
    """Open one year of an athlete's records."""
    return Store(hass, VERSION, f"{DOMAIN}.history.{athlete_id}.{year}", atomic_writes=True)


async def async_read[D: Mapping[str, Any], T](
    hass: HomeAssistant, store: Store[D], parse: Callable[[D], T]
) -> T | None:
    """Load and parse a file; one that makes no sense is kept aside and reported, and the rest goes on without it.

    Home Assistant does the same by itself for a file that is not even JSON.
    """
    if (data := await store.async_load()) is None:
        return None
    try:
        return parse(data)
    except (AttributeError, EngineError, KeyError, TypeError, ValueError) as error:
        kept = f"{store.path}.damaged.{dt_util.utcnow():%Y%m%dT%H%M%S}"
        LOGGER.error("%s is damaged and was kept as %s: %s", store.key, kept, error)
        await hass.async_add_executor_job(Path(store.path).rename, kept)
        ir.async_create_issue(
            hass,
            DOMAIN,
            f"damaged_{store.key}",
            is_fixable=False,
            severity=ir.IssueSeverity.ERROR,
            translation_key="damaged_file",
            translation_placeholders={"file": store.key, "kept": kept},
        )
        return None


@callback
def async_report_history(hass: HomeAssistant, athlete_id: str, name: str) -> None:
    """Ask what becomes of the history of an athlete who was removed."""
    ir.async_create_issue(
        hass,
        DOMAIN,
        f"history_{athlete_id}",
        data={"athlete_id": athlete_id, "name": name},
        is_fixable=True,
        is_persistent=True,
        severity=ir.IssueSeverity.WARNING,
        translation_key="history_left",
        translation_placeholders={"athlete": name},
    )


async def async_years(hass: HomeAssistant, athlete_id: str) -> list[int]:
    """Tell for which years there are records."""
    pattern = f"{DOMAIN}.history.{athlete_id}.*"

    def look() -> list[int]:
        found = Path(hass.config.path(STORAGE_DIR)).glob(pattern)
        return sorted(int(path.suffix[1:]) for path in found if path.suffix[1:].isdecimal())

    return await hass.async_add_executor_job(look)


async def async_remove_all(hass: HomeAssistant) -> None:
    """Remove every file of ours, also those kept aside."""
    await _async_remove(hass, f"{DOMAIN}.*")


async def async_remove_athlete(hass: HomeAssistant, athlete_id: str) -> None:
    """Remove an athlete's summary and records."""
    await _async_remove(hass, f"{DOMAIN}.athlete.{athlete_id}*")
    await _async_remove(hass, f"{DOMAIN}.history.{athlete_id}.*")


async def _async_remove(hass: HomeAssistant, pattern: str) -> None:
    def remove() -> None:
        for path in Path(hass.config.path(STORAGE_DIR)).glob(pattern):
            path.unlink()

    await hass.async_add_executor_job(remove)
