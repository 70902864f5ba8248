"""Everything the engine has to say can be brought about, and brings along what its text needs."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import partial
from string import Formatter

import pytest

from custom_components.backstride.engine.errors import Refusal
from custom_components.backstride.engine.fit import findings
from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.notation import LONGEST_TEXT
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.remarks import WORDS, Code, Detail, Remark, duration, tell
from custom_components.backstride.engine.scaling import scale
from custom_components.backstride.engine.session import Command, apply, start
from custom_components.backstride.engine.workout import (
    Workout,
    expand,
    item_from_data,
    items_from_data,
    parse,
)
from custom_components.backstride.engine.written import workout_from_data

from .instants import T0, at, begin

UP = {"name": "Up", "place_kinds": ["stairs", "outdoor"], "intervals": [{"direction": "rest", "seconds": 60}]}


def _interval(**data: object) -> Callable[[], object]:
    return lambda: item_from_data({"direction": "turn", "seconds": 60} | data)  # type: ignore[arg-type]


def _parsed(notation: str) -> Callable[[], object]:
    return lambda: parse(notation)


def _told(notation: str, command: Command, when: datetime, seconds: int = 0) -> Callable[[], object]:
    return lambda: apply(begin(notation, place=PlaceKind.OUTDOOR), command, when, seconds=seconds)


def _over(notation: str, place: PlaceKind = PlaceKind.TREADMILL, level: Level = Level.L0) -> Remark:
    (finding,) = findings(tuple(expand(parse(notation).items)), level, place)
    return finding.remark


REFUSALS: dict[Code, Callable[[], object]] = {
    Code.INTERVAL_SECONDS: _interval(seconds=0),
    Code.INTERVAL_TOO_LONG: _interval(seconds=7201),
    Code.INTERVAL_SPEED: _interval(direction="forward", speed_kmh=99),
    Code.INTERVAL_GRADE: _interval(grade_percent=50),
    Code.INTERVAL_EFFORT: _interval(effort=11),
    Code.INTERVAL_STANDING: _interval(speed_kmh=2),
    Code.INTERVAL_GAIT: _interval(direction="forward", gait="sideways"),
    Code.INTERVAL_CUE: _interval(cue="x" * 121),
    Code.INTERVAL_DATA: _interval(direction="up"),
    Code.INTERVAL_FIELD: _interval(pace=3),
    Code.REPEAT: lambda: items_from_data([{"repeat": 0, "intervals": []}]),
    Code.WORKOUT_EMPTY: lambda: Workout(name="Nothing", items=()),
    Code.WORKOUT_TOO_LONG: _parsed("99x(5m back)"),
    Code.WORKOUT_DATA: lambda: workout_from_data({}),
    Code.WORKOUT_FIELD: lambda: workout_from_data({**UP, "colour": "red"}),
    Code.WRONG_PLACE: lambda: start(workout_from_data(UP), T0, place=PlaceKind.TREADMILL),
    Code.UNREACHABLE: lambda: scale(parse("1m back"), 59, level=Level.L0, place=PlaceKind.OUTDOOR),
    Code.OVER_CEILING: lambda: start(parse("9m back @6"), T0, level=Level.L0),
    Code.NOTATION: _parsed("2m bak"),
    Code.NOTATION_ENDS: _parsed("2m"),
    Code.NOTATION_TOO_LONG: _parsed(" " * (LONGEST_TEXT + 1)),
    Code.ILLEGAL_COMMAND: _told("1m back", Command.RESUME, at(-1)),
    Code.NOTHING_TO_CONFIRM: _told("1m back", Command.CONFIRM, at(20)),
    Code.TURN_NOT_SKIPPED: _told("1m turn", Command.SKIP, at(20)),
    Code.EXTENSION: _told("1m back", Command.EXTEND, at(20), seconds=601),
    Code.OVER_LONGEST_BOUT: _told("5m back", Command.EXTEND, at(20), seconds=600),
}
"""What brings each refusal about."""

EXPECTED: dict[Code, str] = {
    Code.NOTATION_DEPTH: "2x(2x(2x(2x(2x(1s back)))))",
    Code.EXPECTED_DURATION: "back",
    Code.EXPECTED_DIRECTION: "2m",
    Code.EXPECTED_DETAIL: "2m back quickly",
    Code.EXPECTED_ONCE: "2m back @2 @3",
    Code.EXPECTED_QUOTE: '2m back "big toe',
    Code.EXPECTED_BRACKET: "2x(2m back",
    Code.EXPECTED_END: "2m back)",
}
"""The notation of which each is the reason for a refusal."""

NEAREST = scale(parse("1m back"), 3600, level=Level.L0, place=PlaceKind.OUTDOOR).remark
PARTS: dict[Code, Remark | None] = {
    Code.NEAREST: NEAREST,
    Code.OVER_SPEED: _over("1m back @9"),
    Code.OVER_GRADE: _over("1m back 2%"),
    Code.OVER_EFFORT: _over("1m back rpe 9"),
    Code.OVER_RUN: _over("1m back run"),
    Code.OVER_RUN_EFFORT: _over("1m back run", PlaceKind.OUTDOOR, Level.L2),
    Code.OVER_BOUT: _over("9m back"),
    Code.MINUTES: duration(60),
    Code.MINUTES_AND_SECONDS: duration(61),
}
"""What is said besides refusing."""

BLOCKED = {code for code in Code if code.startswith("blocked_")}
SUGGESTED = {code for code in Code if code.startswith("suggest_")}
ONLY_ELSEWHERE = {Code.AT_PLACE, Code.LIST, *BLOCKED, *SUGGESTED}
"""A form says where it is too much, several remarks are joined, and what stands in the way of a start, or speaks for a
workout, is tried there."""


def _refused(act: Callable[[], object]) -> Remark:
    with pytest.raises(Refusal) as refusal:
        act()
    assert str(refusal.value) == str(refusal.value.remark)
    assert refusal.value.code == refusal.value.remark.code
    return refusal.value.remark


def _expected(notation: str) -> Detail:
    return _refused(_parsed(notation)).details["reason"]


MADE: dict[Code, Callable[[], Detail | None]] = {
    **{code: partial(_refused, act) for code, act in REFUSALS.items()},
    **{code: partial(_expected, notation) for code, notation in EXPECTED.items()},
    **{code: partial(lambda remark: remark, remark) for code, remark in PARTS.items()},
}


@pytest.mark.parametrize("code", MADE)
def test_each_remark_brings_what_its_text_needs_and_nothing_else(code: Code) -> None:
    remark = MADE[code]()
    assert isinstance(remark, Remark)
    assert remark.code is code
    assert {name for _, name, _, _ in Formatter().parse(WORDS[code]) if name} == remark.details.keys()


def test_nothing_is_said_that_is_not_tried_here() -> None:
    assert MADE.keys() | ONLY_ELSEWHERE == set(Code) == set(WORDS)


def test_remarks_hold_others_and_numbers_are_as_short_as_they_can_be() -> None:
    assert str(_refused(REFUSALS[Code.OVER_CEILING])) == (
        "Custom workout is too much for level L0: 6 km/h backward, this level allows 1.6; "
        "540 s of backward work at a stretch, this level allows 300"
    )
    assert str(_refused(REFUSALS[Code.WRONG_PLACE])) == "Up is made for stairs; outdoor, not for treadmill"
    assert str(NEAREST) == "Custom workout cannot last 60 min at this level; the nearest is 5 min"


def test_everything_inside_a_remark_is_said_in_the_language_of_the_whole() -> None:
    """One word left in English would stand in the middle of every other language."""

    def words(member: StrEnum) -> str:
        return f"<{WORDS[member]}>" if isinstance(member, Code) else f"[{member}]"

    def foreign(code: Code) -> str:
        return tell(_refused(REFUSALS[code]), words)

    assert foreign(Code.WRONG_PLACE) == "<Up is made for <[stairs]; [outdoor]>, not for [treadmill]>"
    assert foreign(Code.UNREACHABLE) == "<expected a time between <1 min> and <240 min>>"
    assert foreign(Code.ILLEGAL_COMMAND) == "<A session that is [lead_in] cannot take the command [resume]>"
