"""How a session starts, whoever asks for it: what is asked has to make sense, and nothing may stand in the way."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.util.ulid import ulid_now

from .athletes import AthleteBook
from .coach import Coach
from .const import LOGGER
from .engine import scaling, session as engine
from .engine.errors import Refusal
from .engine.place import Requirement
from .engine.preflight import Blocker, Report
from .engine.workout import Workout
from .live import LivePlace
from .offer import require_length
from .preflight import Preflight, remarks
from .problems import NotReady, from_engine, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """How somebody wants a session to start."""

    confirmed: frozenset[Requirement] = frozenset()
    """What is said to be there."""
    override: bool = False
    """Whether what stands in the way is passed over, as far as it may be."""
    is_spoken: bool = False
    """Whether it was asked for aloud: then the answer says what there is to say, and comes before the first cue."""


AS_IT_IS: Final = Conditions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """What came of it."""

    session_id: str
    scaled: scaling.Scaled | None
    """What the wished minutes made of the workout."""
    report: Report
    """What the athlete is reminded of, and what was passed over."""


class Starts:
    """Starts sessions at every place, for every athlete."""

    def __init__(
        self,
        hass: HomeAssistant,
        live: Mapping[str, LivePlace],
        coaches: Mapping[str, Coach],
        books: Mapping[str, AthleteBook],
    ) -> None:
        """Look things up in what the coordinator keeps."""
        self._hass = hass
        self._live = live
        self._coaches = coaches
        self._books = books
        self._preflight = Preflight(hass)

    @callback
    def check(self, place_id: str, athlete_id: str | None, workout: Workout) -> Report:
        """Tell whether a workout may start at a place now."""
        live, coach = self._live[place_id], self._coaches[place_id]
        return self._preflight.look(live, coach.lookout, workout, self._books.get(athlete_id or ""))

    @callback
    def start(
        self,
        place_id: str,
        athlete_id: str,
        workout: Workout,
        minutes: int | None,
        how: Conditions,
    ) -> Started:
        """Begin a session at a place that is idle; a start that is refused changes nothing, and is told aloud."""
        live, coach, book = self._live[place_id], self._coaches[place_id], self._books[athlete_id]
        place, athlete = live.settings, book.settings
        require_length(workout, place)
        live.clock.set()
        now = live.clock.now()
        try:
            scaled = (
                scaling.scale(workout, minutes * 60, level=athlete.level, place=place.kind)
                if minutes
                else None
            )
            step = engine.start(
                scaled.workout if scaled else workout,
                now,
                session_id=ulid_now(),
                place=place.kind,
                level=athlete.level,
                confirm_turns=place.turns_wait,
                lead_in=engine.ANSWERED_LEAD_IN if how.is_spoken else engine.START_LEAD_IN,
                zone_floors=athlete.zone_floors(now.year),
            )
        except Refusal as error:
            raise from_engine(self._hass, error) from error
        report = self._preflight.look(live, coach.lookout, workout, book, how.confirmed)
        if left := report.left(override=how.override):
            kinds = tuple(dict.fromkeys(each.kind for each in left))
            if not how.is_spoken:
                _say_why(coach, kinds)
            listed = say(self._hass, tuple(remarks(self._hass, left)))
            raise NotReady(kinds, place=place.name, blockers=listed)
        if report.blockers:
            passed = ", ".join(each.kind for each in report.blockers)
            LOGGER.info("%s: a session starts in spite of %s", place.name, passed)
        self._preflight.note_shown(book, report)
        live.choice = live.choice.after_start(workout.id, athlete.id, minutes)
        live.async_begin(step, athlete.id, place.sources(athlete))
        return Started(session_id=step.session.id, scaled=scaled, report=report)


def _say_why(coach: Coach, kinds: Collection[Blocker]) -> None:
    """Say what stands in the way: who presses a button on the wall faces no screen."""
    if not {Blocker.SPEAKER_LOST, Blocker.NO_VOICE} & set(kinds):
        coach.async_say("blocked", *(f"blocked_{kind}" for kind in kinds))
