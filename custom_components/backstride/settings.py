"""What people set up, as frozen values.

Home Assistant changes a subentry in place, so a copy is the only way to see what changed, and to let a running session
keep what it started with.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
import math
from types import MappingProxyType
from typing import Any, Final

from homeassistant.config_entries import ConfigSubentry

from . import guard_settings, sound_settings
from .const import (
    AT_RISK_DEFAULT,
    CONF_AT_RISK,
    CONF_AUTO_START,
    CONF_BELT_CONTROL,
    CONF_BIRTH_YEAR,
    CONF_CLEAR_LENGTH,
    CONF_CONFIRM_TURNS,
    CONF_DAILY_GOAL,
    CONF_DAY_START,
    CONF_GLANCE,
    CONF_HEART_CEILING,
    CONF_HEART_RATE,
    CONF_HEIGHT,
    CONF_IDLE_FINISH,
    CONF_KIND,
    CONF_LEVEL,
    CONF_LIGHT_EFFECTS,
    CONF_LIGHTS,
    CONF_MASS,
    CONF_MAX_SPEED,
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
    CONF_ROLES,
    CONF_SPEAKERS,
    CONF_SPEED_UNIT,
    CONF_STEPS,
    CONF_TTS_ENGINE,
)
from .engine import heart
from .engine.cues import CueKind
from .engine.levels import Level
from .engine.limits import Limits
from .engine.metrics import Quantity
from .engine.place import PlaceKind
from .engine.preflight import Remind
from .engine.record import Body
from .engine.workout import Workout, parse
from .machine.obstacles import Obstacle
from .machine.roles import QUANTITY, Role
from .machine.sources import SourceEntity
from .output.chimes import CueStyle
from .output.looks import LightEffect
from .output.loudness import Loudness
from .output.score import Sounds

IDLE_FINISH: Final = 10
"""Minutes that a session stays paused on a belt that stands, unless somebody says otherwise."""
GLANCE: Final = 6
"""Seconds of backward walking between two glances, about eight to ten steps: half the clear way at a walking pace, an engineering choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AthleteSettings:
    """An athlete as set up; the subentry's title is the name."""

    id: str
    name: str
    level: Level = Level.L0
    birth_year: int | None = None
    height_cm: float | None = None
    mass_kg: float | None = None
    resting_heart_rate: int | None = None
    heart_rate_ceiling: float | None = None
    """Beats a minute; None goes by age and level."""
    person: str | None = None
    """The person entity, so that whoever speaks or taps is known."""
    heart_rate: str | None = None
    steps: str | None = None
    daily_goal_minutes: int = 5
    rest_weekdays: frozenset[int] = frozenset()
    day_start_hour: int = 0
    at_risk_hour: int = AT_RISK_DEFAULT
    notify: str | None = None
    """What reaches the athlete's phone: an action of notify, or a notify entity by registry or entity id."""
    phone_speaks: bool = False
    """Whether that phone says what the coach says, too."""
    phrases: object = None
    """Phrases of the athlete's own by key, as they were written; what of them can be said is another question."""

    @property
    def speaking_phone(self) -> str | None:
        """Give the phone that speaks, where one does."""
        return self.notify if self.phone_speaks else None

    def zone_floors(self, year: int) -> tuple[float, ...]:
        """Tell where this athlete's heart-rate zones begin; nothing where the age is not known."""
        if self.birth_year is None:
            return ()
        return heart.zone_floors(
            highest=heart.maximum(year - self.birth_year), resting=self.resting_heart_rate
        )

    def heart_ceiling(self, year: int) -> float:
        """Give the heart rate that is too high for this athlete: as set up, or by age and level; else there is none."""
        if self.heart_rate_ceiling is not None:
            return self.heart_rate_ceiling
        return math.inf if self.birth_year is None else heart.ceiling(self.level, year - self.birth_year)

    def body(self, year: int) -> Body | None:
        """Give what estimates need, or None where too little is known."""
        if self.mass_kg is None or self.height_cm is None or self.birth_year is None:
            return None
        return Body(mass_kg=self.mass_kg, height_cm=self.height_cm, age=year - self.birth_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSettings:
    """A place as set up."""

    id: str
    name: str
    kind: PlaceKind = PlaceKind.TREADMILL
    clear_length_m: float | None = None
    roles: Mapping[Role, str] = field(default_factory=lambda: MappingProxyType({}))
    """What the machine can tell, each as registry id or entity id."""
    belt_control: bool = False
    """Whether the owner lets Backstride set the belt's speed and incline."""
    set_speed_unit: str | None = None
    """In which the speed is written, as its owner says; used where neither the number nor its integration tells."""
    confirm_turns: bool = False
    idle_finish_minutes: float = IDLE_FINISH
    auto_start: bool = False
    max_speed_kmh: float | None = None
    speakers: tuple[str, ...] = ()
    tts_engine: str | None = None
    cue_kinds: frozenset[CueKind] = frozenset(CueKind)
    cue_style: CueStyle = CueStyle.WORDS
    loudness: Loudness = field(default_factory=Loudness)
    speaker_delays: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Seconds from a speaker's fetching a sound to the sound itself, as set by ear, by the ids in `speakers`."""
    lights: tuple[str, ...] = ()
    light_effects: frozenset[LightEffect] = frozenset(LightEffect)
    no_flashing: bool = True
    glance_seconds: float = GLANCE
    obstacles: tuple[Obstacle, ...] = ()
    reminders: Remind = Remind.DAILY

    @property
    def turns_wait(self) -> bool:
        """Whether a turn lasts until it is confirmed: a belt that is steered must not speed up under who still turns."""
        return self.confirm_turns or self.belt_control

    @property
    def sounds(self) -> Sounds:
        """How it is to sound here."""
        return Sounds(
            players=self.speakers,
            engine=self.tts_engine,
            delays=self.speaker_delays,
            kinds=self.cue_kinds,
            style=self.cue_style,
            loudness=self.loudness,
            glance_seconds=self.glance_seconds,
            chimes_at_glances=not self.lights or not self.light_effects,
        )

    def sources(self, athlete: AthleteSettings | None) -> tuple[SourceEntity, ...]:
        """Tell which sources are heard: the athlete's own, and those of the place.

        Of heart rates the better one speaks at any time. Of two step counters only the athlete's is heard: one does not
        count on where the other stopped.
        """
        worn = {Quantity.HEART_RATE: athlete.heart_rate, Quantity.STEPS: athlete.steps} if athlete else {}
        own = {source: quantity for quantity, source in worn.items() if source is not None}
        place = {
            source: QUANTITY[role]
            for role, source in self.roles.items()
            if role in QUANTITY
            and (QUANTITY[role] is not Quantity.STEPS or Quantity.STEPS not in own.values())
        }
        return tuple(
            SourceEntity(entity_id=source, quantity=quantity, is_worn=source in own)
            for source, quantity in (place | own).items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkoutSettings:
    """A custom workout as set up."""

    id: str
    name: str
    workout: Workout


type Settings = AthleteSettings | PlaceSettings | WorkoutSettings


def limits(place: PlaceSettings, athlete: AthleteSettings | None, year: int) -> Limits:
    """Give what must not be gone over at a place by whoever walks there."""
    return Limits(
        heart_bpm=athlete.heart_ceiling(year) if athlete else math.inf,
        place_kmh=place.max_speed_kmh or math.inf,
    )


def athlete_settings(subentry: ConfigSubentry) -> AthleteSettings:
    """Copy an athlete's subentry."""
    data = subentry.data
    return AthleteSettings(
        id=subentry.subentry_id,
        name=subentry.title,
        level=Level(data.get(CONF_LEVEL, Level.L0)),
        birth_year=_whole(data.get(CONF_BIRTH_YEAR)),
        height_cm=data.get(CONF_HEIGHT),
        mass_kg=data.get(CONF_MASS),
        resting_heart_rate=_whole(data.get(CONF_RESTING_HEART_RATE)),
        heart_rate_ceiling=data.get(CONF_HEART_CEILING),
        person=data.get(CONF_PERSON),
        heart_rate=data.get(CONF_HEART_RATE),
        steps=data.get(CONF_STEPS),
        daily_goal_minutes=int(data.get(CONF_DAILY_GOAL, 5)),
        rest_weekdays=frozenset(int(day) for day in data.get(CONF_REST_WEEKDAYS, ())),
        day_start_hour=int(data.get(CONF_DAY_START, 0)),
        at_risk_hour=int(data.get(CONF_AT_RISK, AT_RISK_DEFAULT)),
        notify=data.get(CONF_NOTIFY),
        phone_speaks=bool(data.get(CONF_PHONE_SPEAKS)),
        phrases=data.get(CONF_PHRASES),
    )


def place_settings(subentry: ConfigSubentry) -> PlaceSettings:
    """Copy a place's subentry."""
    data = subentry.data
    return PlaceSettings(
        id=subentry.subentry_id,
        name=subentry.title,
        kind=PlaceKind(data.get(CONF_KIND, PlaceKind.TREADMILL)),
        clear_length_m=data.get(CONF_CLEAR_LENGTH),
        roles=MappingProxyType(
            {Role(role): source for role, source in data.get(CONF_ROLES, {}).items() if source}
        ),
        belt_control=bool(data.get(CONF_BELT_CONTROL, False)),
        set_speed_unit=data.get(CONF_SPEED_UNIT),
        confirm_turns=bool(data.get(CONF_CONFIRM_TURNS, False)),
        idle_finish_minutes=data.get(CONF_IDLE_FINISH, IDLE_FINISH),
        auto_start=bool(data.get(CONF_AUTO_START, False)),
        max_speed_kmh=data.get(CONF_MAX_SPEED),
        speakers=tuple(filter(None, data.get(CONF_SPEAKERS) or ())),
        tts_engine=data.get(CONF_TTS_ENGINE),
        cue_kinds=sound_settings.cue_kinds(data),
        cue_style=sound_settings.cue_style(data),
        loudness=sound_settings.loudness(data),
        speaker_delays=sound_settings.speaker_delays(data),
        lights=tuple(filter(None, data.get(CONF_LIGHTS) or ())),
        light_effects=_light_effects(data.get(CONF_LIGHT_EFFECTS)),
        glance_seconds=data.get(CONF_GLANCE) or GLANCE,
        no_flashing=bool(data.get(CONF_NO_FLASHING, True)),
        obstacles=tuple(guard_settings.obstacles(data.get(CONF_OBSTACLES) or ())),
        reminders=Remind.ALWAYS if data.get(CONF_REMINDERS) == Remind.ALWAYS else Remind.DAILY,
    )


def workout_settings(subentry: ConfigSubentry) -> WorkoutSettings:
    """Copy a custom workout's subentry; raises InvalidWorkout for notation that is none."""
    data: Mapping[str, Any] = subentry.data
    parsed = parse(data[CONF_NOTATION], name=subentry.title)
    workout = Workout(
        id=subentry.subentry_id,
        name=subentry.title,
        items=parsed.items,
        level=Level(data[CONF_LEVEL]) if data.get(CONF_LEVEL) else None,
        place_kinds=tuple(PlaceKind(kind) for kind in data.get(CONF_PLACE_KINDS, ())),
    )
    return WorkoutSettings(id=subentry.subentry_id, name=subentry.title, workout=workout)


def _whole(value: float | None) -> int | None:
    """Numbers from a form are floats."""
    return None if value is None else int(value)


def _light_effects(data: Collection[str] | None) -> frozenset[LightEffect]:
    """Read what lamps may be used for; all of it unless somebody chose."""
    return frozenset(effect for effect in LightEffect if data is None or effect in data)
