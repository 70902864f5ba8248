"""Whether a session may start: what stands in its way, and what the athlete is reminded of. Facts in, one report out.

Subjects are names that only the caller understands, such as entity ids; here they are passed on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .arrival import SLOW_KMH
from .fit import to_confirm
from .place import TO_CONFIRM, PlaceKind, Requirement
from .remarks import Code, Remark
from .workout import Workout

FASTEST_KMH: Final = SLOW_KMH + 0.05
"""Nobody steps on a belt that is faster (0.8 to 1.6 km/h). Consoles count in tenths, and one in miles begins at 1.0 mph,
which is 1.61 km/h."""


class Blocker(StrEnum):
    """What stands in the way of a start, the most pressing first: where only one is said, it is the first."""

    SESSION_ON = "session_on"
    BELT_MOVING = "belt_moving"
    """It already moves faster than anybody should step on."""
    OBSTACLE = "obstacle"
    SENSOR_UNSAFE = "sensor_unsafe"
    """A sensor behind the athlete says nothing that can be trusted."""
    LINK_LOST = "link_lost"
    """What tells of the belt says nothing."""
    BELT_UNSEEN = "belt_unseen"
    """The belt is to be steered, and nothing tells how fast it runs."""
    SPEAKER_LOST = "speaker_lost"
    NO_VOICE = "no_voice"
    """A speaker is there, but no speech engine."""
    UNCONFIRMED = "unconfirmed"
    """The workout asks for something that the athlete has to confirm for each start."""


CAN_OVERRIDE: Final[Mapping[Blocker, bool]] = MappingProxyType(
    {
        Blocker.SESSION_ON: False,
        Blocker.BELT_MOVING: False,
        Blocker.OBSTACLE: True,
        Blocker.SENSOR_UNSAFE: True,
        Blocker.LINK_LOST: True,
        Blocker.BELT_UNSEEN: True,
        Blocker.SPEAKER_LOST: True,
        Blocker.NO_VOICE: True,
        Blocker.UNCONFIRMED: True,
    }
)
"""Whether a start may pass over it. Nobody gets onto a belt that moves, or into somebody else's session."""

_SAID: Final = MappingProxyType({blocker: Code(f"blocked_{blocker}") for blocker in Blocker})


class Reminder(StrEnum):
    """What the athlete sees to before a start, in the order in which it is shown; those of a workout are named like it."""

    UNGUARDED = "unguarded"
    """The sensors behind the athlete are switched off for this session."""
    SILENT = "silent"
    """The place has no speaker."""
    SHOES = "shoes"
    CLIP = "clip"
    HANDRAIL = "handrail"
    CLEAR_BEHIND = "clear_behind"
    CLEAR_GROUND = "clear_ground"
    EVEN_SLOPE = "even_slope"
    SOFT_GROUND = "soft_ground"
    FAMILIAR_PATH = "familiar_path"
    WALL = "wall"
    CHAIR = "chair"
    DRY_LIT_STAIRS = "dry_lit_stairs"
    CONES = "cones"
    SPORTS_FIELD = "sports_field"
    SPORTS_GEAR = "sports_gear"
    SPOTTER = "spotter"


OF_PLACE: Final[Mapping[PlaceKind, tuple[Reminder, ...]]] = MappingProxyType(
    {
        PlaceKind.TREADMILL: (Reminder.SHOES, Reminder.CLIP, Reminder.HANDRAIL, Reminder.CLEAR_BEHIND),
        PlaceKind.HALLWAY: (Reminder.SHOES, Reminder.CLEAR_GROUND),
        PlaceKind.OUTDOOR: (Reminder.SHOES, Reminder.CLEAR_GROUND),
        PlaceKind.STAIRS: (Reminder.SHOES, Reminder.HANDRAIL, Reminder.DRY_LIT_STAIRS),
    }
)
"""What every start at a kind of place needs, whatever the workout."""

OF_WORKOUT: Final[Mapping[Requirement, Reminder]] = MappingProxyType(
    {requirement: Reminder(requirement) for requirement in Requirement if requirement not in TO_CONFIRM}
)


class Remind(StrEnum):
    """How often an athlete is reminded of the same."""

    DAILY = "daily"
    """Until the first start of the athlete's day."""
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A place as it is now, and what is to start there."""

    place: PlaceKind
    workout: Workout
    confirmed: frozenset[Requirement] = frozenset()
    """What the athlete confirmed for this start."""
    sensors: tuple[str, ...] = ()
    """Those behind the athlete."""
    obstacles: tuple[str, ...] = ()
    """Of these, those that see something."""
    blind: tuple[str, ...] = ()
    """Of these, those that say nothing that can be trusted."""
    is_guarding: bool = True
    """Whether they are to be watched."""
    speed_sensor: str | None = None
    """What measures the belt, where there is such a thing."""
    speed_kmh: float | None = None
    """What it measures; None where it says nothing that can be trusted."""
    is_steered: bool = False
    lost: tuple[str, ...] = ()
    """What should tell of the belt and does not."""
    is_spoken: bool = True
    """Whether cues are to be spoken."""
    speakers: tuple[str, ...] = ()
    lost_speakers: tuple[str, ...] = ()
    mute_speakers: tuple[str, ...] = ()
    """Those that are there, without a speech engine to speak with."""
    reminded: frozenset[Reminder] = frozenset()
    """What need not be shown again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that stands in the way."""

    kind: Blocker
    subject: str | Requirement | None = None
    """What it is about."""

    @property
    def can_override(self) -> bool:
        """Whether a start may pass over it."""
        return CAN_OVERRIDE[self.kind]

    def remark(self, name: str = "") -> Remark:
        """Give it to be said, with the name of its subject."""
        what = self.subject if isinstance(self.subject, Requirement) else name
        return Remark(code=_SAID[self.kind], details={"what": what, "limit": SLOW_KMH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What there is to say before a start."""

    blockers: tuple[Finding, ...] = ()
    reminders: tuple[Reminder, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.blockers

    def left(self, *, override: bool) -> tuple[Finding, ...]:
        """Give what still stands in the way of a start that may pass over what can be passed over."""
        return tuple(each for each in self.blockers if not (override and each.can_override))


BUSY: Final = Report(blockers=(Finding(kind=Blocker.SESSION_ON),))
"""Where a session is on there is nothing else to say."""


def check(facts: Facts) -> Report:
    """Look at everything at a place where no session is on."""
    return Report(blockers=tuple(_blockers(facts)), reminders=tuple(_reminders(facts)))


def _blockers(facts: Facts) -> Iterator[Finding]:
    if facts.speed_kmh is not None and facts.speed_kmh > FASTEST_KMH:
        yield Finding(kind=Blocker.BELT_MOVING, subject=facts.speed_sensor)
    if facts.is_guarding:
        yield from (Finding(kind=Blocker.OBSTACLE, subject=each) for each in facts.obstacles)
        yield from (Finding(kind=Blocker.SENSOR_UNSAFE, subject=each) for each in facts.blind)
    yield from (Finding(kind=Blocker.LINK_LOST, subject=each) for each in facts.lost)
    if facts.is_steered and facts.speed_sensor is None:
        yield Finding(kind=Blocker.BELT_UNSEEN)
    if facts.is_spoken and set(facts.speakers) == {*facts.lost_speakers, *facts.mute_speakers}:
        yield from (Finding(kind=Blocker.SPEAKER_LOST, subject=each) for each in facts.lost_speakers)
        yield from (Finding(kind=Blocker.NO_VOICE, subject=each) for each in facts.mute_speakers)
    missing = to_confirm(facts.workout, facts.place) - facts.confirmed
    yield from (Finding(kind=Blocker.UNCONFIRMED, subject=each) for each in Requirement if each in missing)


def _reminders(facts: Facts) -> Iterator[Reminder]:
    # What has to be confirmed is asked for by a blocker.
    asked = {
        OF_WORKOUT[each] for each in set(facts.workout.requires) - to_confirm(facts.workout, facts.place)
    }
    settled = {OF_WORKOUT[each] for each in OF_WORKOUT.keys() & facts.confirmed}
    shown = {*OF_PLACE[facts.place], *asked} - settled - facts.reminded
    if facts.sensors and not facts.is_guarding:
        shown.add(Reminder.UNGUARDED)
    if facts.is_spoken and not facts.speakers:
        shown.add(Reminder.SILENT)
    return (each for each in Reminder if each in shown)
