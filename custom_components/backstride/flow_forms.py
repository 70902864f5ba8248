"""What the forms ask, and what they refuse."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

import voluptuous as vol

from homeassistant.const import CONF_NAME, Platform, UnitOfLength, UnitOfMass, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    ObjectSelector,
    SelectOptionDict,
    TextSelector,
    TextSelectorConfig,
)
from homeassistant.util import dt as dt_util

from .const import (
    AT_RISK_DEFAULT,
    CONF_AT_RISK,
    CONF_BIRTH_YEAR,
    CONF_BLUEPRINTS,
    CONF_CLEAR_LENGTH,
    CONF_DAILY_GOAL,
    CONF_DAY_START,
    CONF_GLANCE,
    CONF_HEART_CEILING,
    CONF_HEART_RATE,
    CONF_HEIGHT,
    CONF_KIND,
    CONF_LEVEL,
    CONF_LIGHT_EFFECTS,
    CONF_LIGHTS,
    CONF_MASS,
    CONF_NO_FLASHING,
    CONF_NOTATION,
    CONF_NOTIFY,
    CONF_OBSTACLES,
    CONF_PERSON,
    CONF_PHONE_SPEAKS,
    CONF_PHRASES,
    CONF_PLACE_KINDS,
    CONF_REMINDERS,
    CONF_REST_WEEKDAYS,
    CONF_RESTING_HEART_RATE,
    CONF_SEX,
    CONF_SPEAKERS,
    CONF_STEPS,
    CONF_TTS_ENGINE,
    CONF_WEARABLE,
)
from .engine.errors import InvalidWorkout
from .engine.fit import findings
from .engine.levels import Level
from .engine.place import GLANCING, PlaceKind
from .engine.preflight import Remind
from .engine.remarks import Code, Remark
from .engine.workout import expand, parse
from .flow_data import Form, Problems
from .flow_fields import can_notify, choice, device, entity, number, one_of
from .machine.detect import propose
from .machine.roles import Role
from .output.companion import can_speak
from .output.looks import LightEffect
from .output.phrasebook import rewritten
from .output.phrases import Phrases
from .problems import say
from .settings import GLANCE


class Answer(StrEnum):
    """To a question of the screening.

    The first is what a form shows as chosen: who only presses Next has answered nothing, and begins with care.
    """

    UNSURE = "unsure"
    YES = "yes"
    NO = "no"


QUESTIONS: Final[Mapping[str, Answer]] = MappingProxyType(
    {
        "manual_allows_backward": Answer.YES,
        "balance": Answer.NO,
        "pregnancy": Answer.NO,
        "surgery": Answer.NO,
        "seizures": Answer.NO,
        "heart": Answer.NO,
    }
)
"""Each question with the one answer that is no reason for care."""

CONF_ANSWERS: Final = "answers"
CONF_ACCEPTED: Final = "accepted"
CONF_CONFIRMED: Final = "confirmed"

WEEKDAYS: Final = tuple(str(day) for day in range(7))
"""Monday is 0, as in Python's calendar; options of a form are text."""
WHOLE: Final = (
    CONF_BIRTH_YEAR,
    CONF_RESTING_HEART_RATE,
    CONF_HEART_CEILING,
    CONF_DAILY_GOAL,
    CONF_DAY_START,
    CONF_AT_RISK,
)
"""Fields that count; a form's numbers may have a fraction whatever its steps say."""

NOTATION_EXAMPLE: Final = "6x(2m back @1.6, 30s turn, 1m fwd @4)"


def asks_for_care(answers: Mapping[str, str]) -> bool:
    """Tell whether any answer is a reason to begin gently; a question that was never answered is one."""
    return any(answers.get(question) != carefree for question, carefree in QUESTIONS.items())


SCREENING: Final = vol.Schema(
    {
        **{vol.Required(question): choice(Answer, "answer") for question in QUESTIONS},
        vol.Optional(CONF_ACCEPTED, default=False): BooleanSelector(),
    }
)


def athlete_form(
    levels: Iterable[Level] = Level,
    integrations: Iterable[str] = (),
    phones: Iterable[SelectOptionDict] = (),
) -> vol.Schema:
    """Ask about an athlete who may choose among these levels and phones, and wears a device of one of these integrations."""
    return vol.Schema(
        {
            vol.Required(CONF_NAME): TextSelector(),
            vol.Optional(CONF_BIRTH_YEAR): number(1900, dt_util.now().year),
            vol.Optional(CONF_HEIGHT): number(80, 250, UnitOfLength.CENTIMETERS, 0.5),
            vol.Optional(CONF_MASS): number(20, 300, UnitOfMass.KILOGRAMS, 0.1),
            vol.Optional(CONF_SEX): choice(("female", "male"), "sex"),
            vol.Optional(CONF_RESTING_HEART_RATE): number(30, 120, "bpm"),
            vol.Optional(CONF_HEART_CEILING): number(60, 220, "bpm"),
            vol.Optional(CONF_PERSON): entity("person"),
            vol.Optional(CONF_WEARABLE): device([Platform.SENSOR], integrations),
            vol.Optional(CONF_HEART_RATE): entity(Platform.SENSOR),
            vol.Optional(CONF_STEPS): entity(Platform.SENSOR),
            vol.Optional(CONF_NOTIFY): one_of(phones),
            vol.Optional(CONF_PHONE_SPEAKS, default=False): BooleanSelector(),
            vol.Optional(CONF_LEVEL, default=Level.L0.value): choice(levels, "level"),
            vol.Optional(CONF_DAILY_GOAL, default=5): number(1, 240, UnitOfTime.MINUTES),
            vol.Optional(CONF_REST_WEEKDAYS, default=list): choice(WEEKDAYS, "weekday", several=True),
            vol.Optional(CONF_DAY_START, default=0): number(0, 23),
            vol.Optional(CONF_AT_RISK, default=AT_RISK_DEFAULT): number(0, 23),
        }
    )


OWN_PHRASES: Final = {vol.Optional(CONF_PHRASES): ObjectSelector()}

CONFIRM_LEVEL: Final = vol.Schema({vol.Optional(CONF_CONFIRMED, default=False): BooleanSelector()})

PLACE: Final = vol.Schema(
    {
        vol.Required(CONF_NAME): TextSelector(),
        vol.Required(CONF_KIND): choice(PlaceKind, "place_kind"),
        vol.Optional(CONF_CLEAR_LENGTH): number(1, 1000, UnitOfLength.METERS, 0.5),
        vol.Optional(CONF_REMINDERS, default=Remind.DAILY.value): choice(Remind, "reminders"),
    }
)


LIGHT_EFFECTS: Final = tuple(effect.value for effect in LightEffect)


def sound_and_light_form(kind: str, obstacles: EntitySelector, *, no_flashing: bool) -> vol.Schema:
    """Ask how a place of this kind speaks and shows, and what watches; `no_flashing` is what holds unless somebody says otherwise.

    How often to glance is asked only where looking over the shoulder helps.
    """
    glance = {vol.Optional(CONF_GLANCE, default=GLANCE): number(3, 10, UnitOfTime.SECONDS)}
    return vol.Schema(
        {
            vol.Optional(CONF_SPEAKERS, default=list): entity(
                Platform.MEDIA_PLAYER, Platform.ASSIST_SATELLITE, several=True
            ),
            vol.Optional(CONF_TTS_ENGINE): entity(Platform.TTS),
            vol.Optional(CONF_LIGHTS, default=list): entity(Platform.LIGHT, several=True),
            vol.Optional(CONF_LIGHT_EFFECTS, default=lambda: list(LIGHT_EFFECTS)): choice(
                LightEffect, "light_effect", several=True
            ),
            vol.Optional(CONF_NO_FLASHING, default=no_flashing): BooleanSelector(),
            **(glance if kind in GLANCING else {}),
            vol.Optional(CONF_OBSTACLES, default=list): obstacles,
        }
    )


BLUEPRINTS: Final = {vol.Optional(CONF_BLUEPRINTS, default=True): BooleanSelector()}
"""Once, with the first place."""

WORKOUT: Final = vol.Schema(
    {
        vol.Required(CONF_NAME): TextSelector(),
        vol.Required(CONF_NOTATION): TextSelector(TextSelectorConfig(multiline=True)),
        vol.Optional(CONF_LEVEL): choice(Level, "level"),
        vol.Optional(CONF_PLACE_KINDS, default=list): choice(PlaceKind, "place_kind", several=True),
    }
)


def name_problems(form: Form, taken: Iterable[str] = ()) -> Problems:
    """Check a name: it says something, and nothing of its kind has it already."""
    name = form[CONF_NAME].strip().casefold()
    if not name:
        return {CONF_NAME: "name_missing"}
    return {CONF_NAME: "name_taken"} if name in {each.casefold() for each in taken} else {}


def athlete_problems(form: Form) -> Problems:
    """Check what the fields of an athlete cannot check by themselves."""
    problems = {key: "not_whole" for key in WHOLE if key in form and not float(form[key]).is_integer()}
    if len(form[CONF_REST_WEEKDAYS]) == len(WEEKDAYS):
        problems[CONF_REST_WEEKDAYS] = "only_rest"
    return problems


def phone_problems(hass: HomeAssistant, form: Form, kept: str | None = None) -> Problems:
    """Check the phone; one that is kept may be away just now."""
    target = form.get(CONF_NOTIFY)
    if target not in {None, kept} and not can_notify(hass, target):
        return {CONF_NOTIFY: "no_phone"}
    # Of one that is away nobody knows what it can do.
    speaks = target is not None and (can_speak(hass, target) or not can_notify(hass, target))
    return {CONF_PHONE_SPEAKS: "phone_is_mute"} if form[CONF_PHONE_SPEAKS] and not speaks else {}


def phrases_problems(phrases: Phrases, form: Form) -> tuple[Problems, dict[str, str]]:
    """Check an athlete's own phrases against those of the house, the first that is wrong; the second part fills the text."""
    _, flaws = rewritten(phrases, form.get(CONF_PHRASES))
    if not flaws:
        return {}, {}
    return {CONF_PHRASES: flaws[0].kind}, {"phrase": flaws[0].phrase, "detail": flaws[0].detail}


WORN: Final[Mapping[str, Role]] = MappingProxyType({CONF_HEART_RATE: Role.HEART_RATE, CONF_STEPS: Role.STEPS})


def with_wearable(hass: HomeAssistant, form: Form) -> tuple[Form, Problems]:
    """Fill in what the device an athlete wears can tell and the form leaves empty."""
    kept = {key: value for key, value in form.items() if key != CONF_WEARABLE}
    if CONF_WEARABLE not in form:
        return kept, {}
    found = propose(hass, form[CONF_WEARABLE])
    told = {
        key: found.roles[role]
        for key, role in WORN.items()
        if role in found.roles and role not in found.disabled
    }
    return told | kept, {} if told else {CONF_WEARABLE: "nothing_worn"}


def workout_problems(hass: HomeAssistant, form: Form) -> tuple[Problems, dict[str, str]]:
    """Check the notation, also against the level it is meant for; the second part fills the texts' placeholders."""
    try:
        intervals = tuple(expand(parse(form[CONF_NOTATION]).items))
    except InvalidWorkout as error:
        return {CONF_NOTATION: "invalid_workout"}, {"reason": say(hass, error.remark)}
    if CONF_LEVEL not in form:
        return {}, {}
    level = Level(form[CONF_LEVEL])
    reasons = tuple(
        Remark(code=Code.AT_PLACE, details={"place": kind, "reason": finding.remark})
        for kind in map(PlaceKind, form[CONF_PLACE_KINDS] or [PlaceKind.TREADMILL])
        for finding in findings(intervals, level, kind)
    )
    return ({CONF_NOTATION: "over_ceiling"}, {"reasons": say(hass, reasons)}) if reasons else ({}, {})
