"""What a workout is: intervals in order, with repeats, and the rules that make one sensible.

Two written forms exist: data (what YAML and storage hold) and the short notation, `6x(2m back @2.4, 30s turn, 1m fwd @4)`.
Both become the same frozen values here; every check lives in the values, so no form can smuggle in what another refuses.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from operator import attrgetter
from typing import Final

from . import notation
from .errors import InvalidWorkout
from .levels import Level
from .place import PlaceKind, Requirement
from .remarks import Code, duration

LONGEST_INTERVAL: Final = 2 * 60 * 60
"""Seconds. Longer than any bout of any level; what exceeds it is a slip of the pen, such as minutes for seconds."""
LONGEST_WORKOUT: Final = 4 * 60 * 60
MOST_INTERVALS: Final = 500
MOST_REPEATS: Final = 99
FASTEST: Final = 25.0
"""km/h, the upper end of home treadmills."""
STEEPEST: Final = 20.0
"""Percent, either way; home treadmills end at 15, fields rarely exceed 20."""
HARDEST: Final = 10
"""The end of our own plain effort scale."""
LONGEST_CUE: Final = 120
"""Characters; about sixteen words, the longest sentence that can be taken in while walking."""


class Direction(StrEnum):
    """Which way the body moves, or what it does instead."""

    BACKWARD = "backward"
    FORWARD = "forward"
    SIDEWAYS = "sideways"
    TURN = "turn"
    REST = "rest"


class Gait(StrEnum):
    """How the feet move; `none` is standing, turning or jumping on the spot."""

    WALK = "walk"
    RUN = "run"
    SIDEWAYS = "sideways"
    NONE = "none"


class Ends(StrEnum):
    """What ends an interval: its time, or the athlete saying so once the time is up."""

    TIMED = "timed"
    CONFIRMED = "confirmed"


class Part(StrEnum):
    """What an interval is for; warm-up and cool-down stretch less than the work between them."""

    WARM_UP = "warm_up"
    MAIN = "main"
    COOL_DOWN = "cool_down"


WALKING: Final = frozenset({Direction.BACKWARD, Direction.FORWARD, Direction.SIDEWAYS})
"""Directions in which the athlete moves, so that changing between them means turning round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """One piece of a workout."""

    direction: Direction
    gait: Gait
    seconds: int
    speed_kmh: float | None = None
    """Target speed; None leaves the pace to the effort, or to the athlete."""
    grade_percent: float = 0.0
    effort: int | None = None
    """Wanted effort 0-10, in our own plain scale."""
    cue: str = ""
    """A form cue, in words to be said."""
    ends: Ends = Ends.TIMED
    part: Part = Part.MAIN

    def __post_init__(self) -> None:
        """Refuse an interval nobody could walk."""
        if type(self.seconds) is not int or self.seconds < 1:
            raise InvalidWorkout(Code.INTERVAL_SECONDS)
        if self.seconds > LONGEST_INTERVAL:
            raise InvalidWorkout(Code.INTERVAL_TOO_LONG, longest=duration(LONGEST_INTERVAL))
        # Asked this way round, because no comparison with NaN holds, and it is no speed either.
        if self.speed_kmh is not None and not 0 < self.speed_kmh <= FASTEST:
            raise InvalidWorkout(Code.INTERVAL_SPEED, fastest=FASTEST)
        if not abs(self.grade_percent) <= STEEPEST:
            raise InvalidWorkout(Code.INTERVAL_GRADE, steepest=STEEPEST)
        # A whole number: what is looked up by it must be found when the session is over.
        if self.effort is not None and (type(self.effort) is not int or not 0 <= self.effort <= HARDEST):
            raise InvalidWorkout(Code.INTERVAL_EFFORT, hardest=HARDEST)
        if self.direction not in WALKING and (self.speed_kmh is not None or self.gait is not Gait.NONE):
            raise InvalidWorkout(Code.INTERVAL_STANDING)
        if self.gait is Gait.SIDEWAYS and self.direction is not Direction.SIDEWAYS:
            raise InvalidWorkout(Code.INTERVAL_GAIT)
        if len(self.cue) > LONGEST_CUE or not self.cue.isprintable():
            raise InvalidWorkout(Code.INTERVAL_CUE, longest=LONGEST_CUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """Items that come several times over."""

    times: int
    items: tuple[Interval | Repeat, ...]

    def __post_init__(self) -> None:
        """Refuse a repeat of nothing, or of far too much."""
        if type(self.times) is not int or not 1 <= self.times <= MOST_REPEATS or not self.items:
            raise InvalidWorkout(Code.REPEAT, most=MOST_REPEATS)


type Item = Interval | Repeat

_INTERVAL_KEYS: Final = frozenset(field.name for field in fields(Interval))


@dataclass(frozen=True, slots=True, kw_only=True)
class Workout:
    """A reusable plan."""

    name: str
    items: tuple[Item, ...]
    id: str = ""
    level: Level | None = None
    """The level it is made for; None for a workout nobody rated."""
    place_kinds: tuple[PlaceKind, ...] = ()
    """Where it fits; empty means anywhere."""
    clear_length_m: float = 0.0
    """Free way it needs in a hallway or outdoors, metres."""
    requires: tuple[Requirement, ...] = ()
    note: str = ""
    """What it needs, in words."""
    source: str = ""
    """Where the workout comes from."""

    def __post_init__(self) -> None:
        """Refuse an empty or endless workout."""
        count, seconds = _size(self.items)
        if not count:
            raise InvalidWorkout(Code.WORKOUT_EMPTY)
        if count > MOST_INTERVALS or seconds > LONGEST_WORKOUT:
            raise InvalidWorkout(
                Code.WORKOUT_TOO_LONG, most=MOST_INTERVALS, longest=duration(LONGEST_WORKOUT)
            )

    @property
    def seconds(self) -> int:
        """Planned time in all, before any turn that a treadmill adds."""
        return _size(self.items)[1]


def _size(items: tuple[Item, ...]) -> tuple[int, int]:
    """Count intervals and seconds without unrolling, so that 99 x 99 x 99 is refused before it fills the memory."""
    count = seconds = 0
    for item in items:
        inner = (1, item.seconds) if isinstance(item, Interval) else _size(item.items)
        times = 1 if isinstance(item, Interval) else item.times
        count += times * inner[0]
        seconds += times * inner[1]
    return count, seconds


def expand(items: tuple[Item, ...]) -> Iterator[Interval]:
    """Every interval in the order it is walked, repeats unrolled."""
    for item in items:
        if isinstance(item, Interval):
            yield item
        else:
            for _ in range(item.times):
                yield from expand(item.items)


def seconds_of(intervals: Iterable[Interval]) -> int:
    """Add up how long intervals last."""
    # Asked three times at each switch, of the whole plan: without a generator it takes a third less.
    return sum(map(attrgetter("seconds"), intervals))


def parse(text: str, *, name: str = "Custom workout") -> Workout:
    """Read the short notation; raises NotationError with the column, or InvalidWorkout for the whole."""
    return Workout(name=name, items=items_from_data(notation.read(text, check=item_from_data)))


def format_notation(workout: Workout) -> str:
    """Write the short notation; `parse` gives the same intervals back."""
    return notation.write([item_to_data(item) for item in workout.items])


def items_from_data(data: Sequence[notation.ItemData]) -> tuple[Item, ...]:
    """Make intervals and repeats from their written form; raises InvalidWorkout."""
    return tuple(item_from_data(item) for item in data)


def item_from_data(data: notation.ItemData) -> Item:
    """Make one interval or repeat from its written form, filling in what goes without saying."""
    try:
        if "repeat" in data:
            return Repeat(times=data["repeat"], items=items_from_data(data["intervals"]))
        if unknown := data.keys() - _INTERVAL_KEYS:
            raise InvalidWorkout(Code.INTERVAL_FIELD, field=min(unknown))
        direction = Direction(data["direction"])
        return Interval(
            direction=direction,
            gait=Gait(data.get("gait", notation.UNMARKED_GAIT[direction])),
            seconds=data["seconds"],
            speed_kmh=data.get("speed_kmh"),
            grade_percent=data.get("grade_percent", 0.0),
            effort=data.get("effort"),
            cue=data.get("cue", ""),
            ends=Ends(data.get("ends", Ends.TIMED)),
            part=Part(data.get("part", Part.MAIN)),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidWorkout(Code.INTERVAL_DATA, problem=str(error)) from error


def item_to_data(item: Item) -> notation.ItemData:
    """Write an interval or a repeat as data, leaving out what goes without saying."""
    if isinstance(item, Repeat):
        return {"repeat": item.times, "intervals": [item_to_data(inner) for inner in item.items]}
    data: notation.IntervalData = {"direction": item.direction.value, "seconds": item.seconds}
    if item.gait.value != notation.UNMARKED_GAIT[item.direction]:
        data["gait"] = item.gait.value
    if item.speed_kmh is not None:
        data["speed_kmh"] = item.speed_kmh
    if item.grade_percent:
        data["grade_percent"] = item.grade_percent
    if item.effort is not None:
        data["effort"] = item.effort
    if item.cue:
        data["cue"] = item.cue
    if item.ends is not Ends.TIMED:
        data["ends"] = item.ends.value
    if item.part is not Part.MAIN:
        data["part"] = item.part.value
    return data
