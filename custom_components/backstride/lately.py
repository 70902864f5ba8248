"""An athlete's sessions of the last weeks, which decide the next workout: read once, after everything is set up."""

from collections.abc import Mapping
from datetime import date

from homeassistant.core import HomeAssistant

from .engine.archive import record_from_data
from .engine.past import Past, past
from .engine.record import Record
from .engine.story import REMEMBERED
from .store import YearData, async_read, async_years, year_store


class Lately:
    """Keeps what matters of them in mind; a few weeks are enough, and years of records stay on the disk."""

    def __init__(self, hass: HomeAssistant, athlete_id: str) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._athlete_id = athlete_id
        self._sessions: dict[str, Past] | None = None

    def sessions(self, latest: Record | None) -> tuple[Past, ...] | None:
        """Give them, and the latest however old it is; None until they were read."""
        if self._sessions is None:
            return None
        return tuple({**({latest.id: past(latest)} if latest else {}), **self._sessions}.values())

    async def async_read(self, today: date) -> None:
        """Read them from the disk."""
        since = (today - REMEMBERED).isoformat()

        def parse(data: YearData) -> dict[str, Past]:
            # A day written this way sorts as it comes, and of a whole year only some weeks are wanted.
            late = {key: record for key, record in data["records"].items() if record["day"] >= since}
            return {key: past(record_from_data(record)) for key, record in late.items()}

        read: dict[str, Past] = {}
        for year in await async_years(self._hass, self._athlete_id):
            if str(year) >= since[:4]:
                store = year_store(self._hass, self._athlete_id, year)
                read |= await async_read(self._hass, store, parse) or {}
        self._sessions = read

    def take(self, year: int, records: Mapping[str, Record], today: date) -> None:
        """Keep in mind what a year's records are now."""
        if self._sessions is not None:
            others = {key: each for key, each in self._sessions.items() if each.day.year != year}
            since = today - REMEMBERED
            late = {key: past(record) for key, record in records.items() if record.day >= since}
            self._sessions = {**others, **late}
