"""Sees finished sessions into their athletes' histories, one task each."""

import asyncio
from collections.abc import Mapping

from homeassistant.core import HomeAssistant, callback

from .athletes import AthleteBook
from .coach import Coach
from .const import DOMAIN
from .engine.praise import merits
from .engine.record import summarise
from .engine.session import Session, SessionState
from .live import LivePlace
from .settings import AthleteSettings


class Recording:
    """Writes records. A crash in between makes it happen again, and again changes nothing."""

    def __init__(
        self, hass: HomeAssistant, books: Mapping[str, AthleteBook], coaches: Mapping[str, Coach]
    ) -> None:
        """Write into these books, and let a place's coach praise what was earned there."""
        self._hass = hass
        self._books = books
        self._coaches = coaches
        self._under_way: set[asyncio.Task[None]] = set()

    @callback
    def async_record(self, live: LivePlace, session: Session, athlete_id: str) -> None:
        """Record a session that is over."""
        task = self._hass.async_create_task(self._async_record(live, session, athlete_id), f"{DOMAIN} record")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def async_finish(self) -> None:
        """Wait until everything that is over is written."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    async def _async_record(self, live: LivePlace, session: Session, athlete_id: str) -> None:
        """Write the record, then the summary, then clear the checkpoint: a crash in between repeats, never loses."""
        book = self._books.get(athlete_id)
        if book is None:
            # Who was removed meanwhile keeps a history, and this session belongs to it.
            book = AthleteBook(self._hass, AthleteSettings(id=athlete_id, name=athlete_id))
            await book.async_load()
        day = book.day_of(session.started_at)
        before = book.standing(day)
        await book.async_add(summarise(session, day=day, body=book.settings.body(day.year)))
        coach = self._coaches.get(live.settings.id)
        if coach is not None and session.state is SessionState.COMPLETED:
            coach.praises.async_give(session, merits(before, book.standing(day)))
        await live.async_forget(session.id)
