"""Find a workout for what an athlete is to do next, and make it so: never longer, faster or steeper than asked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
import math
from typing import Final

from .errors import InvalidWorkout
from .fit import adjust, fits, lowest_level, to_confirm
from .levels import Level
from .place import PlaceKind
from .scaling import LEAST, MOST_EDGE, SHORTEST_WISH, scale
from .turns import with_turns
from .workout import (
    LONGEST_WORKOUT,
    Direction,
    Gait,
    Interval,
    Item,
    Part,
    Repeat,
    Workout,
    expand,
    seconds_of,
)

SLOWEST_KMH: Final = 0.5
"""Where home treadmills begin."""
NEAR_SECONDS: Final = 3
"""A workout whose backward time is this near is not changed any more; its intervals last whole seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where it is to be walked."""

    kind: PlaceKind
    clear_length_m: float | None = None
    max_kmh: float = math.inf
    inclines: bool = False
    """Whether a machine there is known to have an incline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What is to be done next, backward, and at most."""

    level: Level
    """Whose ceilings hold: the athlete's, or the one below after a long break."""
    seconds: float
    kmh: float
    grade: float = 0.0
    """Percent."""
    gently: bool = False
    """Without running, and without a pace that nobody named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a workout is backward."""

    seconds: int
    kmh: float | None
    """Of the fastest walk; None where no speed is named."""
    grade: float
    is_wild: bool
    """Whether there is running or jumping in it, or a walk on a belt at any speed."""


def shape(workout: Workout, kind: PlaceKind) -> Shape:
    """Look at what is walked backward."""
    backward = [each for each in expand(workout.items) if each.direction is Direction.BACKWARD]
    walks = [each for each in backward if each.gait is Gait.WALK]
    unpaced = kind is PlaceKind.TREADMILL and any(each.speed_kmh is None for each in walks)
    return Shape(
        seconds=seconds_of(backward),
        kmh=max((each.speed_kmh for each in walks if each.speed_kmh), default=None),
        grade=max((abs(each.grade_percent) for each in backward), default=0.0),
        is_wild=unpaced or len(walks) < len(backward),
    )


def find(workouts: Mapping[str, Workout], base: Workout | None, aim: Aim, spot: Spot) -> Workout | None:
    """Give a workout that does what is wanted here: the one that is gone on with, or the most alike; None where none is.

    Nothing that asks for a harness, a helper or a doctor's agreement is found.
    """
    made = (_made(workout, aim, spot) for workout in _in_order(workouts, base, aim, spot))
    return next((workout for workout in made if workout is not None), None)


def _in_order(
    workouts: Mapping[str, Workout], base: Workout | None, aim: Aim, spot: Spot
) -> Iterator[Workout]:
    offered = {
        workout.id: (workout, shape(workout, spot.kind))
        for workout in workouts.values()
        if _is_offered(workout, aim, spot)
    }
    if base is not None and base.id in offered:
        _, shaped = offered[base.id]
        # Stretched further it would be another workout; and on the flat a hill has lost its sense.
        keeps = LEAST <= aim.seconds / max(shaped.seconds, 1) <= MOST_EDGE
        if keeps and not (aim.gently and shaped.is_wild) and (aim.grade or not shaped.grade):
            yield base
    # Whoever wants to run says so by running once; nobody is led to it.
    calm = [each for each in offered.values() if not each[1].is_wild and each[1].grade <= aim.grade]
    yield from (each[0] for each in sorted(calm, key=lambda each: (_unlike(each[1], aim), each[0].id)))


def _is_offered(workout: Workout, aim: Aim, spot: Spot) -> bool:
    return (
        fits(workout, spot.kind, spot.clear_length_m)
        and (workout.level or lowest_level(workout, spot.kind)) <= aim.level
        and not to_confirm(workout, spot.kind)
    )


def _unlike(shaped: Shape, aim: Aim) -> float:
    """Tell how much would have to change, as a share: twice as long is as far off as half as long."""
    longer = abs(math.log(max(shaped.seconds, 1) / aim.seconds))
    return longer + (abs(math.log(shaped.kmh / aim.kmh)) if shaped.kmh else 0.0)


def _made(workout: Workout, aim: Aim, spot: Spot) -> Workout | None:
    """Make a workout do what is wanted; None where it cannot."""
    shaped = shape(workout, spot.kind)
    if not shaped.seconds:
        return None
    items = tuple(_paced(item, shaped, aim, spot) for item in workout.items)
    try:
        within, _ = adjust(replace(workout, items=items), aim.level, spot.kind)
    except InvalidWorkout:
        return None
    return _lasting(within, aim, spot.kind)


def _paced(item: Item, shaped: Shape, aim: Aim, spot: Spot) -> Item:
    if isinstance(item, Repeat):
        return replace(item, items=tuple(_paced(inner, shaped, aim, spot) for inner in item.items))
    if item.direction is not Direction.BACKWARD:
        return replace(item, grade_percent=0.0) if aim.gently else item
    item = replace(item, grade_percent=_graded(item, shaped, aim))
    if item.gait is not Gait.WALK or item.speed_kmh is None or shaped.kmh is None:
        return item
    allowed = min(aim.kmh, spot.max_kmh)
    return replace(
        item, speed_kmh=min(allowed, max(SLOWEST_KMH, _down(item.speed_kmh * aim.kmh / shaped.kmh, 10)))
    )


def _graded(interval: Interval, shaped: Shape, aim: Aim) -> float:
    """Give the grade: that of the workout, as steep as wanted at its steepest; the first grade comes with its main part."""
    if shaped.grade:
        share = _down(abs(interval.grade_percent) * aim.grade / shaped.grade, 2)
        return math.copysign(share, interval.grade_percent)
    return aim.grade if interval.part is Part.MAIN and interval.gait is Gait.WALK else 0.0


def _down(value: float, parts: int) -> float:
    """Round down to parts of one; what is a hair below a part, by the way computers reckon, is that part."""
    return math.floor(value * parts + 1e-6) / parts


def _lasting(workout: Workout, aim: Aim, kind: PlaceKind) -> Workout | None:
    """Change the time in all until the backward time is as wanted, or just below; None where it stays above."""

    def lasting(seconds: float) -> tuple[Workout, int]:
        scaled = scale(workout, max(round(seconds), SHORTEST_WISH), level=aim.level, place=kind).workout
        return scaled, shape(scaled, kind).seconds

    plan = tuple(expand(workout.items))
    whole = seconds_of(with_turns(plan, confirmed=False) if kind is PlaceKind.TREADMILL else plan)
    best, found = workout, shape(workout, kind).seconds
    if aim.seconds - NEAR_SECONDS < found <= aim.seconds:
        return workout
    if found > aim.seconds:
        enough, too_much = float(SHORTEST_WISH), float(whole)
        best, found = lasting(enough)
        if found > aim.seconds:
            return None
    else:
        # Where it ends if all of it grows alike; whoever wanted more of it than that would mostly get longer rests.
        enough, too_much = float(whole), min(whole * aim.seconds / found, LONGEST_WORKOUT)
        longer, seconds = lasting(too_much)
        if seconds <= aim.seconds:
            return longer
    while aim.seconds - found >= NEAR_SECONDS and too_much - enough > 1:
        wish = (enough + too_much) / 2
        scaled, seconds = lasting(wish)
        if seconds > aim.seconds:
            too_much = wish
        else:
            best, found, enough = scaled, seconds, wish
    return best
