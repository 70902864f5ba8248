"""Who owns what: the coordinator holds places, athletes and workouts, starts sessions and sees them recorded.

It alone asks the clock and saves. Entities read from it; actions, buttons and voices command through it.
"""

import asyncio
from datetime import timedelta
from functools import partial
from types import MappingProxyType

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant, callback

from .athletes import AthleteBook
from .coach import Coach
from .const import SubentryType
from .engine.errors import Refusal
from .engine.events import Reason
from .engine.preflight import BUSY, Report
from .engine.record import Tally
from .engine.session import Command, Session
from .engine.workout import Workout
from .entity_maker import EntityMaker
from .live import LivePlace
from .offer import Offer
from .phrasebooks import Phrasebooks
from .problems import from_engine, problem
from .recording import Recording
from .selection import Selection
from .settings import AthleteSettings, PlaceSettings, athlete_settings, place_settings
from .starting import AS_IT_IS, Conditions, Started, Starts
from .store import CheckpointWriter, async_report_history
from .walk_test import WalkTests

type BackstrideConfigEntry = ConfigEntry[Coordinator]


class Coordinator:
    """Everything that lives while the entry is loaded."""

    def __init__(self, hass: HomeAssistant, entry: BackstrideConfigEntry) -> None:
        """Begin with nothing."""
        self.hass = hass
        self.entry = entry
        self.athletes: dict[str, AthleteSettings] = {}
        self.places: dict[str, PlaceSettings] = {}
        self._offer = Offer()
        self._live: dict[str, LivePlace] = {}
        self._books: dict[str, AthleteBook] = {}
        self._coaches: dict[str, Coach] = {}
        self.walk_tests = WalkTests(hass, self._live, self._coaches)
        self.entities = EntityMaker(hass, entry.entry_id)
        self.recording = Recording(hass, self._books, self._coaches)
        self._phrasebooks = Phrasebooks(hass)
        self._starts = Starts(hass, self._live, self._coaches, self._books)
        self._writer = CheckpointWriter(hass)
        self._reconciling = asyncio.Lock()
        self._is_closed = False

    async def async_load(self) -> None:
        """Read what was set up and what was kept."""
        await self._offer.async_load(self.hass)
        await self.async_follow_language()
        for subentry in self.entry.subentries.values():
            await self._async_add(subentry)
        self._phrasebooks.async_follow(self.athletes)

    async def async_follow_language(self) -> None:
        """Speak the language of the server, also after somebody changed it: from the next session on."""
        await self._phrasebooks.async_follow_language(self.athletes)

    # What there is

    @property
    def workouts(self) -> MappingProxyType[str, Workout]:
        """Every workout by id."""
        return self._offer.all

    def session(self, place_id: str) -> Session | None:
        """Give the session of a place; also for a minute after its end."""
        return self._live[place_id].session

    def tally(self, place_id: str) -> Tally | None:
        """Give what a place's session amounts to."""
        live = self._live[place_id]
        return live.tally(self._athlete(live))

    def is_on(self, place_id: str) -> bool:
        """Tell whether a session is on at a place."""
        return self._live[place_id].is_on

    def athlete_at(self, place_id: str) -> str | None:
        """Tell whose session it is."""
        return self._live[place_id].athlete_id

    def place_of(self, athlete_id: str) -> str | None:
        """Tell where an athlete's session is on."""
        return next(
            (key for key, live in self._live.items() if live.is_on and live.athlete_id == athlete_id), None
        )

    def selection(self, place_id: str) -> Selection:
        """Give what was chosen at a place."""
        return self._live[place_id].choice

    def live(self, place_id: str) -> LivePlace:
        """Give a place to subscribe to."""
        return self._live[place_id]

    def coach(self, place_id: str) -> Coach:
        """Give the voice and the lights of a place."""
        return self._coaches[place_id]

    def book(self, athlete_id: str) -> AthleteBook:
        """Give an athlete's history."""
        return self._books[athlete_id]

    def workouts_for(self, place_id: str) -> dict[str, str]:
        """Give the workouts that fit a place, id by name; of two with one name the athlete's own."""
        return self._offer.fitting(self.places[place_id])

    def chosen_workout(self, place_id: str) -> Workout:
        """Tell what the next start is: what was chosen, or the gentlest workout for the place."""
        chosen = self.workouts.get(self.selection(place_id).workout_id or "")
        return chosen or self._offer.gentlest(self.places[place_id])

    def chosen_athlete(self, place_id: str) -> AthleteSettings | None:
        """Tell for whom the next start is: who was chosen, or the only one there is."""
        only = next(iter(self.athletes.values()), None) if len(self.athletes) == 1 else None
        return self.athletes.get(self.selection(place_id).athlete_id or "", only)

    def _athlete(self, live: LivePlace) -> AthleteSettings | None:
        """Tell who walks at a place."""
        return self.athletes.get(live.athlete_id or "")

    def check(self, place_id: str, workout: Workout | None = None) -> Report:
        """Tell whether a workout, or the chosen one, may start at a place now, for whom is chosen there."""
        if self.is_on(place_id):
            return BUSY
        athlete, workout = self.chosen_athlete(place_id), workout or self.chosen_workout(place_id)
        return self._starts.check(place_id, athlete.id if athlete else None, workout)

    # What can be done

    @callback
    def async_choose(self, place_id: str, choice: Selection) -> None:
        """Remember a choice for the next start."""
        self._live[place_id].async_choose(choice)
        self.entities.async_refresh_choices(place_id)

    @callback
    def async_start_chosen(self, place_id: str) -> None:
        """Begin what was chosen at a place; never passes over anything."""
        athlete = self.chosen_athlete(place_id)
        if athlete is None:
            raise problem("no_athlete_chosen", place=self.places[place_id].name)
        workout, minutes = self.chosen_workout(place_id), self.selection(place_id).minutes
        self.async_start(place_id, athlete_id=athlete.id, workout=workout, minutes=minutes)

    @callback
    def async_start(
        self,
        place_id: str,
        *,
        athlete_id: str,
        workout: Workout,
        minutes: int | None = None,
        how: Conditions = AS_IT_IS,
    ) -> Started:
        """Begin a session. Nothing here waits, so of two starts one is first; once the coach has gone there is none."""
        if self._is_closed:
            raise problem("not_set_up")
        if self.is_on(place_id):
            raise problem("place_busy", place=self.places[place_id].name)
        if elsewhere := self.place_of(athlete_id):
            name, where = self.athletes[athlete_id].name, self.places[elsewhere].name
            raise problem("athlete_busy", athlete=name, place=where)
        started = self._starts.start(place_id, athlete_id, workout, minutes, how)
        for each in self.places:
            # Of what this athlete was reminded here, nobody is reminded again elsewhere.
            if (chosen := self.chosen_athlete(each)) is not None and chosen.id == athlete_id:
                self.entities.async_refresh_choices(each)
        return started

    @callback
    def async_command(
        self,
        place_id: str,
        command: Command,
        *,
        seconds: int | None = None,
        reason: Reason | None = None,
        lead_in: timedelta | None = None,
    ) -> None:
        """Steer the session of a place."""
        live = self._live[place_id]
        if not live.is_on:
            raise problem("no_session", place=self.places[place_id].name)
        try:
            live.async_command(command, seconds=seconds, reason=reason, lead_in=lead_in)
        except Refusal as error:
            raise from_engine(self.hass, error) from error

    # What changes while it is loaded

    async def async_reconcile(self) -> None:
        """Make what lives follow what is set up now, one change after the other; sessions go on untouched."""
        async with self._reconciling:
            wanted = dict(self.entry.subentries)
            for subentry_id in [*self._live, *self._books, *self._offer.own]:
                if subentry_id not in wanted:
                    await self._async_remove(subentry_id)
            for subentry_id, subentry in wanted.items():
                if subentry_id in {*self.places, *self.athletes, *self._offer.own}:
                    self._change(subentry)
                else:
                    await self._async_add(subentry)
                    self.entities.async_add(subentry.subentry_type, subentry_id)
            self._phrasebooks.async_follow(self.athletes)
            self.entities.async_refresh_choices()

    async def _async_add(self, subentry: ConfigSubentry) -> None:
        match subentry.subentry_type:
            case SubentryType.ATHLETE:
                athlete = athlete_settings(subentry)
                book = AthleteBook(self.hass, athlete)
                await book.async_load()
                self.athletes[athlete.id], self._books[athlete.id] = athlete, book
            case SubentryType.PLACE:
                place = place_settings(subentry)
                live = LivePlace(self.hass, place, self.recording.async_record, self._writer)
                await live.async_load()
                self.places[place.id], self._live[place.id] = place, live
                self._coaches[place.id] = Coach(
                    self.hass,
                    live,
                    phrases=self._phrasebooks.of,
                    start=partial(self.async_start_chosen, place.id),
                    athlete=partial(self._athlete, live),
                    chosen=partial(self.chosen_athlete, place.id),
                )
            case _:
                self._offer.take(subentry)

    def _change(self, subentry: ConfigSubentry) -> None:
        """Take over a change; a session that is on keeps what it started with."""
        key = subentry.subentry_id
        if key in self.athletes:
            if (athlete := athlete_settings(subentry)) != self.athletes[key]:
                self.athletes[key] = athlete
                self._books[key].apply_settings(athlete)
                self.entities.async_rename(key, athlete.name)
        elif key in self.places:
            if (place := place_settings(subentry)) != self.places[key]:
                self.places[key] = self._live[key].settings = place
                self._coaches[key].async_settings_changed()
                self._live[key].async_publish()
                self.entities.async_rename(key, place.name)
        else:
            self._offer.take(subentry)

    async def _async_remove(self, subentry_id: str) -> None:
        """Let go of a place, an athlete or a workout; a session there is ended and recorded."""
        place_id = subentry_id if subentry_id in self._live else self.place_of(subentry_id)
        if place_id is not None:
            live = self._live[place_id]
            if live.is_on:
                live.async_command(Command.STOP, reason=Reason.PLACE_REMOVED)
            await self.recording.async_finish()
        self._offer.drop(subentry_id)
        if (gone_book := self._books.pop(subentry_id, None)) is not None and gone_book.totals["sessions"]:
            async_report_history(self.hass, subentry_id, self.athletes[subentry_id].name)
        self.athletes.pop(subentry_id, None)
        self.places.pop(subentry_id, None)
        if (gone := self._live.pop(subentry_id, None)) is not None:
            await self._coaches.pop(subentry_id).async_close()
            await gone.async_remove()

    @callback
    def async_tell_restored(self) -> None:
        """Go on with the sessions that a restart interrupted, now that everybody listens."""
        for place_id, live in self._live.items():
            live.async_tell_restored(self.places[place_id].sources(self._athlete(live)))

    @callback
    def async_new_day(self) -> None:
        """Count streaks and remind again: what was today is yesterday."""
        for book in self._books.values():
            book.refresh()
        self.entities.async_refresh_choices()

    async def async_close(self) -> None:
        """Say that the coach goes, and write down where every session stands."""
        self._is_closed = True
        self.walk_tests.async_close()
        await asyncio.gather(*(coach.async_close() for coach in self._coaches.values()))
        await self.recording.async_finish()
        for live in self._live.values():
            await live.async_close()
