"""A workout over a level is lowered where that is possible, refused where it is not, and told why."""

from dataclasses import replace

import pytest

from custom_components.backstride.engine.errors import InvalidWorkout
from custom_components.backstride.engine.fit import Over, adjust, bouts, findings, lowest_level, to_confirm
from custom_components.backstride.engine.levels import CEILINGS, Level
from custom_components.backstride.engine.place import PlaceKind, Requirement
from custom_components.backstride.engine.workout import Interval, expand, format_notation, parse

BELT, FIELD = PlaceKind.TREADMILL, PlaceKind.OUTDOOR


def _plan(notation: str) -> tuple[Interval, ...]:
    return tuple(expand(parse(notation).items))


def _over(notation: str, level: Level, place: PlaceKind = BELT) -> list[Over]:
    return [finding.over for finding in findings(_plan(notation), level, place)]


@pytest.mark.parametrize("level", Level)
def test_each_ceiling_may_be_reached_and_not_passed(level: Level) -> None:
    ceiling = CEILINGS[level]
    assert (
        _over(
            f"{ceiling.bout_seconds}s back @{ceiling.walk_kmh} {ceiling.grade_percent}% rpe {ceiling.effort}",
            level,
        )
        == []
    )
    assert _over(f"1m back @{ceiling.walk_kmh + 0.01}", level) == [Over.SPEED]
    assert _over(f"1m back @1 {ceiling.grade_percent + 0.1}%", level) == [Over.GRADE]
    assert _over(f"{ceiling.bout_seconds + 1}s back @1", level) == [Over.BOUT]
    if ceiling.effort < 10:
        assert _over(f"1m fwd rpe {ceiling.effort + 1}", level) == [Over.EFFORT]


def test_ceilings_only_rise() -> None:
    ladder = [CEILINGS[level] for level in Level]
    for name in ("walk_kmh", "grade_percent", "bout_seconds", "effort", "form_every"):
        values = [getattr(ceiling, name) for ceiling in ladder]
        assert values == sorted(values)


def test_forward_walking_has_no_ceiling_but_effort() -> None:
    assert _over("60m fwd @8 15%", Level.L0) == []


@pytest.mark.parametrize(
    ("notation", "place", "allowed_from"),
    [
        pytest.param("1m back run rpe 4", FIELD, Level.L2, id="an easy jog over ground"),
        pytest.param("1m back run rpe 5", FIELD, Level.L3, id="running over ground"),
        pytest.param("1m back run rpe 8", FIELD, Level.L4, id="hard running over ground"),
        pytest.param("1m back run @9", FIELD, Level.L4, id="running by speed over ground"),
        pytest.param("1m back run @9.7", BELT, Level.L4, id="running on a belt"),
    ],
)
def test_running_backward_is_for_those_who_may(notation: str, place: PlaceKind, allowed_from: Level) -> None:
    allowed = [level for level in Level if not findings(_plan(notation), level, place)]
    assert allowed == list(Level)[list(Level).index(allowed_from) :]


def test_on_a_belt_nobody_runs_backward_faster_than_9_7() -> None:
    assert _over("1m back run @9.71", Level.L4) == [Over.SPEED]


@pytest.mark.parametrize("notation", ["1m back run", "1m back jump", "1m back jump @1"])
def test_nobody_jumps_backward_on_a_belt_or_runs_there_at_no_named_speed(notation: str) -> None:
    assert _over(notation, Level.L4) == [Over.RUN]


def test_downhill_is_as_steep_as_uphill() -> None:
    (finding,) = findings(_plan("1m back @1 -3%"), Level.L1, BELT)
    assert (finding.over, finding.found, finding.allowed) == (Over.GRADE, 3, 2)
    assert format_notation(adjust(parse("1m back @1 -3%"), Level.L0, BELT)[0]) == "1m back @1"


@pytest.mark.parametrize(
    ("notation", "place", "asked"),
    [
        pytest.param(
            "1m back run @8",
            BELT,
            {Requirement.HARNESS, Requirement.SPOTTER},
            id="running backward on a belt",
        ),
        pytest.param("1m back run @8", FIELD, set(), id="running backward on a field"),
        pytest.param("1m back @5", BELT, set(), id="walking backward on a belt"),
        pytest.param("1m fwd run @8", BELT, set(), id="running forward on a belt"),
    ],
)
def test_what_is_dangerous_is_confirmed_whatever_the_workout_says(
    notation: str, place: PlaceKind, asked: set[Requirement]
) -> None:
    workout = parse(notation)
    assert to_confirm(workout, place) == asked
    with_helper = replace(workout, requires=(Requirement.HELPER, Requirement.CLIP))
    assert to_confirm(with_helper, place) == asked | {Requirement.HELPER}


def test_a_bout_is_backward_work_at_a_stretch() -> None:
    assert list(bouts(_plan("1m back, 2m back, 10s rest, 30s back, 1m fwd, 20s turn, 1m back"))) == [
        180,
        30,
        60,
    ]
    assert list(bouts(_plan("1m fwd"))) == []


def test_reasons_are_given_once_each_with_the_worst_value_in_words() -> None:
    plan = _plan("2m back @2 3% rpe 5, 1m back @5 1% rpe 9, 1m rest, 8m back @1, 1m rest, 1m back run")
    reasons = [str(finding) for finding in findings(plan, Level.L0, BELT)]
    assert reasons == [
        "an effort of 9, this level allows 4",
        "a grade of 3 % backward, this level allows 0 %",
        "5 km/h backward, this level allows 1.6",
        "running or jumping backward here, which this level does not allow",
        "480 s of backward work at a stretch, this level allows 300",
    ]
    (jog,) = findings(_plan("1m back run @8"), Level.L2, FIELD)
    assert str(jog) == "a backward run without an effort, this level allows up to 4"


def test_speed_grade_and_effort_are_lowered_and_the_reasons_told() -> None:
    workout = parse("1m fwd @6, 2x(1m back @3 3% rpe 6, 1m rest rpe 0)")
    lowered, reasons = adjust(workout, Level.L1, BELT)
    assert format_notation(lowered) == "1m fwd @6, 2x(1m back @3 2% rpe 4, 1m rest rpe 0)"
    assert {finding.over for finding in reasons} == {Over.GRADE, Over.EFFORT}
    assert adjust(parse("1m back @9"), Level.L0, BELT)[0].items == parse("1m back @1.6").items


def test_what_fits_is_left_alone() -> None:
    workout = parse("1m back @1")
    assert adjust(workout, Level.L0, BELT) == (workout, ())


@pytest.mark.parametrize(
    ("notation", "reason"),
    [
        pytest.param("6m back @9", "360 s of backward work", id="a bout too long is another workout"),
        pytest.param("1m back run @7", "running or jumping backward", id="so is a run"),
    ],
)
def test_what_cannot_be_lowered_is_refused(notation: str, reason: str) -> None:
    with pytest.raises(InvalidWorkout, match=f"Mine is too much for level L0: {reason}") as refusal:
        adjust(parse(notation, name="Mine"), Level.L0, BELT)
    assert refusal.value.code == "over_ceiling"


@pytest.mark.parametrize(
    ("notation", "level"),
    [
        ("1m back @1.6", Level.L0),
        ("1m back @1.61", Level.L1),
        ("1m back @6", Level.L4),
        ("1m back @12", Level.L4),
    ],
)
def test_the_lowest_level_that_allows_it_is_found(notation: str, level: Level) -> None:
    assert lowest_level(parse(notation), BELT) is level
