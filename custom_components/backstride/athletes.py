"""An athlete's book: what was done, in seconds per day and totals, with the records behind it read only when needed."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .engine import streak
from .engine.archive import RecordData, record_from_data, record_to_data
from .engine.past import Past
from .engine.praise import Standing
from .engine.record import Rating, Record, Way
from .engine.streak import Ledger, Rules, Streak, StreakNews, Vacation
from .lately import Lately
from .settings import AthleteSettings
from .store import (
    EMPTY_SUMMARY,
    SummaryData,
    YearData,
    async_read,
    async_years,
    rules_from_data,
    rules_to_data,
    summary_store,
    year_store,
)

type BookListener = Callable[[tuple[StreakNews, ...]], None]


class AthleteBook:
    """Keeps one athlete's history. Changes of it wait for each other: each reads a year, and writes it whole."""

    def __init__(self, hass: HomeAssistant, settings: AthleteSettings) -> None:
        """Begin with an empty book."""
        self._hass = hass
        self.settings = settings
        self._store = summary_store(hass, settings.id)
        self._ledger = Ledger(rules=(self._rules(date.min),))
        self._seconds: dict[date, float] = {}
        self._data: SummaryData = {**EMPTY_SUMMARY, "records": {}}
        self.last: Record | None = None
        self.streak = Streak()
        self._warned_on: date | None = None
        self._lately = Lately(hass, settings.id)
        self._listeners: list[BookListener] = []
        self._writing = asyncio.Lock()
        self._loaded = False

    async def async_load(self) -> None:
        """Read the summary, and make it anew where it disagrees with the records."""
        years = await async_years(self._hass, self.settings.id)
        known = await async_read(self._hass, self._store, self._take)
        if known is None or years != sorted(int(year) for year in self._data["records"]):
            await self._async_rebuild(years)
        self.apply_settings(self.settings)
        self._loaded = True

    def _take(self, data: SummaryData) -> SummaryData:
        """Understand a stored summary; raises for one that is damaged, before anything is changed."""
        rules = tuple(rules_from_data(rules) for rules in data["rules"])
        vacations = tuple(
            Vacation(first=date.fromisoformat(first), last=date.fromisoformat(last))
            for first, last in data["vacations"]
        )
        seconds = {date.fromisoformat(day): float(spent) for day, spent in data["seconds_per_day"].items()}
        last = record_from_data(data["last"]) if data["last"] else None
        # Summaries written before there was one do not know the longest session.
        self._data = {**EMPTY_SUMMARY, "longest_session": None, **data}
        self._ledger = Ledger(rules=rules, vacations=vacations) if rules else self._ledger
        self._seconds, self.last = seconds, last
        return data

    async def _async_rebuild(self, years: list[int]) -> None:
        """Make the summary from the records; the ledger cannot be found there and is kept as it is."""
        self._seconds, self.last = {}, None
        self._data = {**EMPTY_SUMMARY, "records": {}}
        for year in years:
            records = await self._async_year(year)
            self._data["records"][str(year)] = len(records)
            for record in records.values():
                self._count(record, 1)
        await self._async_save()

    def _count(self, record: Record, sign: int) -> None:
        part = record.parts[Way.BACKWARD]
        self._seconds[record.day] = max(self._seconds.get(record.day, 0.0) + sign * part.seconds, 0.0)
        self._data["sessions"] += sign
        self._data["backward_seconds"] += sign * part.seconds
        self._data["backward_m"] += sign * part.metres.value
        self._data["kcal"] += sign * (record.kcal or 0.0)
        if sign > 0 and (self.last is None or record.ended_at >= self.last.ended_at):
            self.last = record
        if sign > 0 and (longest := self._data["longest_session"]) is not None:
            self._data["longest_session"] = max(longest, part.seconds)

    def apply_settings(self, settings: AthleteSettings) -> None:
        """Take over settings from today on; the days before keep what held then."""
        self.settings = settings
        held = streak.rules_on(self._ledger, self.today())
        rules = self._rules(held.since)
        if rules != held:
            self._ledger = streak.changed(self._ledger, self._rules(self.today()))
        self.refresh()

    def _rules(self, since: date) -> Rules:
        settings = self.settings
        return Rules(
            since=since,
            goal_seconds=settings.daily_goal_minutes * 60,
            rest_weekdays=settings.rest_weekdays,
            day_start_hour=settings.day_start_hour,
            time_zone=self._hass.config.time_zone,
        )

    def day_of(self, at: datetime) -> date:
        """Tell the athlete's day an instant belongs to."""
        return streak.local_day(
            at, zone=dt_util.get_default_time_zone(), day_start_hour=self.settings.day_start_hour
        )

    def today(self) -> date:
        """Tell the athlete's day."""
        return self.day_of(dt_util.utcnow())

    @callback
    def refresh(self) -> None:
        """Count again, after a change or at a new day."""
        late = streak.is_late(
            dt_util.utcnow(),
            zone=dt_util.get_default_time_zone(),
            day_start_hour=self.settings.day_start_hour,
            from_hour=self.settings.at_risk_hour,
        )
        before, self.streak = self.streak, streak.fold(self._seconds, self._ledger, self.today(), late=late)
        news = streak.news(before, self.streak) if self._loaded else ()
        if StreakNews.AT_RISK in news:
            # Once a day, also where a setting changes that makes it at risk again.
            news, self._warned_on = () if self._warned_on == self.today() else news, self.today()
        for listener in list(self._listeners):
            listener(news)

    @callback
    def async_subscribe(self, listener: BookListener, *, last: bool = False) -> CALLBACK_TYPE:
        """Be told of every change, and of what it means for the streak; `last`, when all others know it."""
        self._listeners.insert(len(self._listeners) if last else 0, listener)
        return lambda: self._listeners.remove(listener)

    @property
    def goal_seconds(self) -> int:
        """Today's goal."""
        return streak.rules_on(self._ledger, self.today()).goal_seconds

    def backward_seconds_on(self, first: date, last: date) -> float:
        """Add up the backward time of some days, both included."""
        days = (last - first).days + 1
        return sum(self._seconds.get(first + timedelta(days=offset), 0.0) for offset in range(days))

    def standing(self, day: date) -> Standing:
        """Tell how the athlete stands on a day."""
        others = (seconds for other, seconds in self._seconds.items() if other != day)
        return Standing(
            longest_session=self._data["longest_session"],
            day=self._seconds.get(day, 0.0),
            best_other_day=max(others, default=0.0),
            streak=self.streak.current,
        )

    @property
    def totals(self) -> SummaryData:
        """Give the totals ever."""
        return self._data

    @property
    def lately(self) -> tuple[Past, ...] | None:
        """What decides the next workout; None until it was read."""
        return self._lately.sessions(self.last)

    async def async_recall(self) -> None:
        """Read the last weeks' sessions; setting up does not wait for it."""
        async with self._writing:
            await self._lately.async_read(self.today())
        self.refresh()

    async def async_records(self, first: date | None = None, last: date | None = None) -> list[Record]:
        """Read the records of some days, oldest first."""
        years = [
            year
            for year in await async_years(self._hass, self.settings.id)
            if (first is None or year >= first.year) and (last is None or year <= last.year)
        ]
        found = [record for year in years for record in (await self._async_year(year)).values()]
        wanted = [
            record
            for record in found
            if (first is None or record.day >= first) and (last is None or record.day <= last)
        ]
        return sorted(wanted, key=lambda record: record.started_at)

    async def async_add(self, record: Record) -> None:
        """Write a record; once is as good as twice."""
        # What counts is what is kept, to the last digit: taking it out again must leave nothing behind.
        kept = record_from_data(record_to_data(record))
        async with self._writing:
            await self._async_change(record.day.year, lambda records: {**records, kept.id: kept})

    async def async_add_all(self, records: Iterable[Record]) -> None:
        """Write many records, each year once."""
        years: dict[int, dict[str, Record]] = {}
        for record in records:
            years.setdefault(record.day.year, {})[record.id] = record
        async with self._writing:
            for year, added in years.items():
                await self._async_change(year, partial(_joined, added))

    async def async_delete(self, record_id: str) -> bool:
        """Take a record out; false where there is none."""
        return await self._async_replace(record_id, lambda _: None)

    async def async_rate(self, record_id: str, rating: Rating) -> bool:
        """Add how it was found; false where there is no such record."""
        return await self._async_replace(record_id, lambda record: replace(record, rating=rating))

    async def _async_replace(self, record_id: str, change: Callable[[Record], Record | None]) -> bool:
        async with self._writing:
            return await self._async_replace_alone(record_id, change)

    async def _async_replace_alone(self, record_id: str, change: Callable[[Record], Record | None]) -> bool:
        for year in reversed(await async_years(self._hass, self.settings.id)):
            if (record := (await self._async_year(year)).get(record_id)) is not None:
                await self._async_change(year, partial(_with, record_id, change(record)))
                return True
        return False

    async def _async_change(
        self, year: int, change: Callable[[dict[str, Record]], dict[str, Record]]
    ) -> None:
        """Write a year, then the summary."""
        before = await self._async_year(year)
        after = change(before)
        data: dict[str, RecordData] = {key: record_to_data(record) for key, record in after.items()}
        await year_store(self._hass, self.settings.id, year).async_save({"records": data})
        self._lately.take(year, after, self.today())
        if len(before) != self._data["records"].get(str(year), 0):
            # A crash came between the last record and the summary: only the records know.
            await self._async_rebuild(await async_years(self._hass, self.settings.id))
            self.refresh()
            return
        for key in before.keys() | after.keys():
            if before.get(key) != after.get(key):
                self._replace_counted(before.get(key), after.get(key))
        self._data["records"][str(year)] = len(after)
        await self._async_save()
        self.refresh()

    def _replace_counted(self, before: Record | None, after: Record | None) -> None:
        if before:
            self._count(before, -1)
            self.last = None if self.last and self.last.id == before.id else self.last
            left = after.backward_seconds if after else 0.0
            if left < before.backward_seconds >= (self._data["longest_session"] or 0.0):
                self._data["longest_session"] = None
        if after:
            self._count(after, 1)

    async def _async_year(self, year: int) -> dict[str, Record]:
        def parse(data: YearData) -> dict[str, Record]:
            return {key: record_from_data(record) for key, record in data["records"].items()}

        return await async_read(self._hass, year_store(self._hass, self.settings.id, year), parse) or {}

    async def _async_save(self) -> None:
        if None in (self.last, self._data["longest_session"]) and self._data["sessions"]:
            records = await self.async_records()
            self.last = self.last or records[-1]
            self._data["longest_session"] = max(record.backward_seconds for record in records)
        self._data["last"] = record_to_data(self.last) if self.last else None
        self._data["seconds_per_day"] = {
            day.isoformat(): spent for day, spent in self._seconds.items() if spent
        }
        self._data["rules"] = [rules_to_data(rules) for rules in self._ledger.rules]
        await self._store.async_save(self._data)


def _joined(added: dict[str, Record], records: dict[str, Record]) -> dict[str, Record]:
    return {**records, **added}


def _with(record_id: str, changed: Record | None, records: dict[str, Record]) -> dict[str, Record]:
    others = {key: record for key, record in records.items() if key != record_id}
    return {**others, record_id: changed} if changed else others
