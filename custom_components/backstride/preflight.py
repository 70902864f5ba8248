"""What a place's report says, as Home Assistant knows it: entities become facts, and findings become words."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from homeassistant.const import STATE_UNKNOWN
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .athletes import AthleteBook
from .engine.metrics import Quantity
from .engine.place import Requirement
from .engine.preflight import Facts, Finding, Remind, Reminder, Report, check
from .engine.remarks import Remark
from .engine.sight import Sight
from .engine.workout import Workout
from .live import LivePlace
from .lookout import Lookout
from .machine.controls import Controls
from .machine.obstacles import Seen
from .machine.readings import reading
from .machine.roles import Role
from .naming import name_of
from .output.calls import is_there
from .output.players import brings_a_voice
from .output.studio import engine_for
from .problems import say
from .settings import PlaceSettings
from .surroundings import BELT, called


class Preflight:
    """Looks at places before a start, and remembers of what each athlete was reminded today.

    A restart forgets that, and reminds once more.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with nobody reminded."""
        self._hass = hass
        self._reminded: dict[str, tuple[date, frozenset[Reminder]]] = {}

    @callback
    def look(
        self,
        live: LivePlace,
        lookout: Lookout,
        workout: Workout,
        book: AthleteBook | None,
        confirmed: Iterable[Requirement] = (),
    ) -> Report:
        """Tell what stands in the way of this workout here; of whom no book is given, nobody was reminded yet."""
        settings, seen = live.settings, lookout.seen
        daily = book is not None and settings.reminders is Remind.DAILY
        belt = Controls(self._hass, settings.roles, settings.name)
        speed = reading(Quantity.SPEED, belt.state(Role.SPEED), dt_util.utcnow()).value
        phone = book.settings.speaking_phone if book is not None else None
        speakers = called(self._hass, [*settings.speakers, *([phone] if phone else ())])
        lost = tuple(each for each in speakers if not is_there(self._hass, each))
        return check(
            Facts(
                place=settings.kind,
                workout=workout,
                confirmed=frozenset(confirmed),
                sensors=tuple(each.entity_id for each in seen),
                obstacles=_that(seen, Sight.OBSTACLE),
                blind=_that(seen, Sight.BLIND),
                is_guarding=lookout.is_guarding,
                speed_sensor=belt.entity_id(Role.SPEED),
                speed_kmh=speed,
                is_steered=settings.belt_control,
                lost=_lost(belt, is_measured=speed is not None),
                is_spoken=live.choice.spoken_cues,
                speakers=speakers,
                lost_speakers=lost,
                mute_speakers=_mute(self._hass, settings, set(speakers).difference(lost)),
                reminded=self._today(book) if book is not None and daily else frozenset(),
            )
        )

    @callback
    def note_shown(self, book: AthleteBook, report: Report) -> None:
        """Remember, at a start, that an athlete has seen these reminders."""
        shown = self._today(book) | frozenset(report.reminders)
        self._reminded[book.settings.id] = book.today(), shown

    def _today(self, book: AthleteBook) -> frozenset[Reminder]:
        day, shown = self._reminded.get(book.settings.id, (None, frozenset()))
        return shown if day == book.today() else frozenset()


def _that(seen: Iterable[Seen], sight: Sight) -> tuple[str, ...]:
    return tuple(each.entity_id for each in seen if each.sight is sight)


def _lost(belt: Controls, *, is_measured: bool) -> tuple[str, ...]:
    """Tell what should tell of the belt and does not; one entity may do so in two ways."""
    silent = []
    for role in BELT:
        state, entity_id = belt.state(role), belt.entity_id(role)
        tells = state is not None and state.state != STATE_UNKNOWN
        if entity_id is not None and not (tells and (is_measured or role is not Role.SPEED)):
            silent.append(entity_id)
    return tuple(dict.fromkeys(silent))


def _mute(hass: HomeAssistant, settings: PlaceSettings, speakers: Iterable[str]) -> tuple[str, ...]:
    """Tell which speakers have nothing to speak with."""
    engine = engine_for(hass, settings.tts_engine)
    if engine is not None and is_there(hass, engine):
        return ()
    return tuple(sorted(each for each in speakers if not brings_a_voice(each)))


# What is shown of it


@callback
def remarks(hass: HomeAssistant, findings: Iterable[Finding]) -> list[Remark]:
    """Give blockers to be said, each with what it is about by its name."""
    return [each.remark(name_of(hass, each.subject) if each.subject else "") for each in findings]


@callback
def told(hass: HomeAssistant, report: Report) -> tuple[list[str], list[str]]:
    """Put blockers and reminders in words."""
    blockers = [say(hass, each) for each in remarks(hass, report.blockers)]
    return blockers, [say(hass, each) for each in report.reminders]


@callback
def described(hass: HomeAssistant, report: Report) -> dict[str, Any]:
    """Give a report as part of an action's response."""
    blockers, reminders = told(hass, report)
    return {
        "ready": report.is_ready,
        "blockers": [
            _described(finding, text) for finding, text in zip(report.blockers, blockers, strict=True)
        ],
        "reminders": [
            {"kind": kind.value, "text": text} for kind, text in zip(report.reminders, reminders, strict=True)
        ],
    }


def _described(finding: Finding, text: str) -> dict[str, Any]:
    described = {"kind": finding.kind.value, "text": text, "can_override": finding.can_override}
    if finding.subject is None:
        return described
    is_entity = not isinstance(finding.subject, Requirement)
    return described | {"entity_id" if is_entity else "requirement": str(finding.subject)}
