"""What is suggested next, and why: a sentence for each rule, before, at and after its boundary."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
import math
from string import Formatter
from typing import Any

import pytest

from custom_components.backstride.engine.events import Reason as Ended
from custom_components.backstride.engine.levels import CEILINGS, Level
from custom_components.backstride.engine.past import Past
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.progression import Suggestion, suggest
from custom_components.backstride.engine.remarks import WORDS, Code
from custom_components.backstride.engine.state import SessionState
from custom_components.backstride.engine.steps import Reason
from custom_components.backstride.engine.tailoring import Spot, shape
from custom_components.backstride.engine.workout import Workout, parse
from custom_components.backstride.library import load_library

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)
LIBRARY = load_library()
GYM = Spot(kind=PlaceKind.TREADMILL, inclines=True)
HALL = Spot(kind=PlaceKind.HALLWAY, clear_length_m=12)
FIELD = Spot(kind=PlaceKind.OUTDOOR)
L1, L2 = Level.L1, Level.L2


def walk(days_ago: int, **what: Any) -> Past:
    """Give a clean session on a treadmill, at noon."""
    usual: dict[str, Any] = {
        "level": L1,
        "place": PlaceKind.TREADMILL,
        "workout_id": "starter-treadmill",
        "backward_seconds": 390.0,
        "kmh": 2.0,
    }
    day = TODAY - timedelta(days=days_ago)
    return Past(day=day, ended_at=datetime(day.year, day.month, day.day, 12, tzinfo=UTC), **{**usual, **what})


def full(days_ago: int, **what: Any) -> Past:
    """Give a clean session as long as sessions become at L1."""
    return walk(days_ago, **{"workout_id": "builder-10", "backward_seconds": 540.0, **what})


BUSY = walk(10, level=Level.L4, place=PlaceKind.STAIRS, backward_seconds=3600, kmh=None)
"""A week before with so much in it that the present one has room for everything."""


def asked(
    *history: Past,
    busy: bool = True,
    level: Level = L1,
    goal: int = 300,
    spot: Spot = GYM,
    workouts: dict[str, Workout] | None = None,
    **options: Any,
) -> Suggestion | None:
    """Ask for the next workout."""
    given = {"workouts": LIBRARY if workouts is None else workouts, "today": TODAY, "now": NOW, **options}
    if busy and history and max(each.day for each in history) > BUSY.day:
        history = (BUSY, *history)
    return suggest(history, level, goal, spot, **given)


def found(*history: Past, spot: Spot = GYM, **options: Any) -> tuple[Reason, float, float | None, float]:
    """Give the reason, and the seconds (to five), speed and grade of what is suggested."""
    suggestion = asked(*history, spot=spot, **options)
    assert suggestion is not None
    now = shape(suggestion.workout, spot.kind)
    return suggestion.reason, round(now.seconds / 5) * 5, now.kmh, now.grade


@pytest.mark.parametrize("level", Level)
def test_the_first_session_is_short_slow_and_flat_at_any_level(level: Level) -> None:
    seconds = 300 if level <= L2 else 600
    assert found(level=level) == (Reason.FIRST, seconds, 1.6, 0)


def test_the_first_session_on_a_belt_is_a_first_one_whatever_was_walked_in_a_hallway() -> None:
    assert found(*(walk(day, place=PlaceKind.HALLWAY, kmh=None) for day in (1, 2, 3)))[:3] == (
        Reason.FIRST,
        300,
        1.6,
    )


def test_one_clean_session_is_walked_once_more() -> None:
    assert found(walk(1)) == (Reason.ONCE_MORE, 390, 2.0, 0)


def test_a_session_that_ended_moments_early_is_repeated_whole() -> None:
    assert found(walk(1, backward_seconds=386.2))[:2] == (Reason.ONCE_MORE, 390)


def test_two_clean_sessions_bring_two_minutes_more_and_nothing_else() -> None:
    assert found(walk(1), walk(3)) == (Reason.MORE_TIME, 510, 2.0, 0)


def test_it_is_the_same_workout_as_long_as_it_does_not_become_another() -> None:
    suggestion = asked(walk(1), walk(3))
    assert suggestion is not None
    assert (suggestion.workout.id, suggestion.workout.name) == ("starter-treadmill", "Starter treadmill")
    longer = asked(*(walk(day, backward_seconds=535) for day in (1, 3)), level=L1, goal=600)
    assert longer is not None
    assert longer.workout.id != "starter-treadmill"


@pytest.mark.parametrize(
    "spoiled",
    [
        {"effort": 5},
        {"outcome": SessionState.STOPPED, "reason": Ended.ATHLETE},
        {"pain": 2},
    ],
    ids=["too much effort for the level", "not walked to its end", "more pain than before"],
)
def test_what_was_not_clean_is_repeated_as_it_went_well_before(spoiled: dict[str, Any]) -> None:
    assert found(walk(1, **spoiled), walk(2), walk(3)) == (Reason.REPEAT, 390, 2.0, 0)


@pytest.mark.parametrize("fine", [{"effort": 4}, {"pain": 1}, {}], ids=["effort 4", "pain 1", "not rated"])
def test_what_is_just_within_the_limits_is_clean(fine: dict[str, Any]) -> None:
    assert found(walk(1, **fine), walk(3))[0] is Reason.MORE_TIME


def test_pain_that_does_not_grow_is_no_reason_to_stay() -> None:
    assert found(walk(1, pain=3), walk(2, pain=3), walk(3, pain=2))[0] is Reason.MORE_TIME


@pytest.mark.parametrize(("pain", "reason"), [(3, Reason.MORE_TIME), (4, Reason.PAIN)])
def test_much_pain_is_never_clean_not_even_where_it_does_not_grow(pain: int, reason: Reason) -> None:
    assert found(*(walk(day, pain=pain) for day in (1, 2)), walk(3, pain=pain - 1))[0] is reason


def test_much_pain_that_stays_leads_to_nothing_new() -> None:
    hurt = [walk(day, backward_seconds=510, pain=4) for day in (2, 3)]
    assert found(walk(1), *hurt)[:2] == (Reason.ONCE_MORE, 390)


def test_after_a_change_two_more_are_needed() -> None:
    assert found(walk(1, backward_seconds=510), walk(3), walk(5)) == (Reason.ONCE_MORE, 510, 2.0, 0)


def test_an_easier_day_in_between_does_not_set_anybody_back() -> None:
    easy = walk(1, backward_seconds=180, kmh=1.6)
    assert found(easy, full(2), full(4))[1:3] == (540, 2.0)


@pytest.mark.parametrize(
    ("seconds", "reason"), [(479, Reason.MORE_TIME), (480, Reason.MORE_TIME), (495, Reason.LIGHTER_HANDS)]
)
def test_time_grows_by_a_minute_at_least_up_to_the_levels_full_time(seconds: float, reason: Reason) -> None:
    history = [full(day, backward_seconds=seconds) for day in (1, 3)]
    assert found(*history, goal=300)[0] is reason


def test_a_higher_goal_lets_time_grow_up_to_the_levels_longest_bout() -> None:
    assert found(full(1), full(3), goal=3600)[:2] == (Reason.MORE_TIME, 600)
    assert CEILINGS[L1].bout_seconds == 600


def test_then_hands_become_lighter_for_two_sessions() -> None:
    assert found(full(1), full(3)) == (Reason.LIGHTER_HANDS, 540, 2.0, 0)
    assert found(full(1), full(3), full(4))[0] is Reason.LIGHTER_HANDS


def test_then_it_becomes_faster() -> None:
    assert found(*map(full, (1, 2, 3, 4))) == (Reason.FASTER, 540, 2.2, 0)


@pytest.mark.parametrize(
    ("level", "reason"), [(Level.L0, Reason.LEVEL_READY), (Level.L3, Reason.FASTER), (L2, Reason.FASTER)]
)
def test_hands_are_a_subject_of_the_middle_levels_only(level: Level, reason: Reason) -> None:
    history = [
        walk(day, level=level, backward_seconds=1200, workout_id="steady-20", kmh=3) for day in (8, 9, 1, 2)
    ]
    assert found(*history, level=level)[0] is reason


@pytest.mark.parametrize(
    ("most", "expected"),
    [(math.inf, 2.2), (2.15, 2.1), (2.1, 2.1)],
)
def test_a_belt_is_never_faster_than_its_place_allows(most: float, expected: float) -> None:
    assert found(*map(full, (1, 2, 3, 4)), spot=replace(GYM, max_kmh=most))[::2] == (Reason.FASTER, expected)


def test_at_the_highest_speed_it_becomes_steeper() -> None:
    history = [full(day, kmh=3.2) for day in (1, 2, 3, 4)]
    assert found(*history) == (Reason.STEEPER, 540, 3.2, 1)


def test_where_there_is_no_incline_all_is_as_it_can_be() -> None:
    history = [full(day, kmh=3.15) for day in (1, 2, 3, 4)]
    assert found(*history, spot=replace(GYM, inclines=False)) == (Reason.KEEP, 540, 3.1, 0)
    top = [full(day, kmh=3.2, grade_percent=2) for day in (1, 2, 3, 4)]
    assert found(*top) == (Reason.KEEP, 540, 3.2, 2), "nor steeper than the level allows"


def test_over_ground_it_is_only_time_that_grows() -> None:
    history = [
        walk(day, place=PlaceKind.HALLWAY, workout_id="first-steps-5", backward_seconds=540, kmh=1.6)
        for day in (1, 2, 3, 4)
    ]
    assert found(*history, spot=HALL) == (Reason.KEEP, 540, 1.6, 0)


def test_after_a_stumble_it_is_a_fifth_slower() -> None:
    assert found(walk(1, stumbles=1), walk(2)) == (Reason.STUMBLED, 390, 1.6, 0)


def test_after_an_emergency_stop_too() -> None:
    stopped = walk(
        1, outcome=SessionState.STOPPED, reason=Ended.EMERGENCY, backward_seconds=30, kmh=2.5, workout_id=""
    )
    assert found(stopped, walk(2)) == (Reason.EMERGENCY, 390, 2.0, 0), "a fifth off what was too fast"


def test_after_a_stumble_at_an_unknown_pace_it_is_a_fifth_slower_than_what_is_known() -> None:
    assert found(walk(1, stumbles=1, kmh=None), walk(2, kmh=3))[2] == 2.4


def test_nobody_is_sent_slower_than_belts_begin() -> None:
    assert found(walk(1, stumbles=1, kmh=0.55))[2] == 0.5


def test_one_good_session_after_a_stumble_is_no_way_back_to_the_old_pace() -> None:
    assert found(walk(1, kmh=1.6), walk(2, stumbles=1), walk(3), walk(4))[::2] == (Reason.ONCE_MORE, 1.6)


TROUBLES = pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        ({"stumbles": 1}, (Reason.STUMBLED, 540, 1.6, 0)),
        (
            {"outcome": SessionState.STOPPED, "reason": Ended.EMERGENCY, "backward_seconds": 30.0},
            (Reason.EMERGENCY, 540, 1.6, 0),
        ),
        ({"pain": 4}, (Reason.PAIN, 270, 2.0, 0)),
        ({"effort": 8}, (Reason.EFFORT, 540, 1.8, 0)),
    ],
    ids=["a stumble", "an emergency stop", "pain", "effort"],
)


@TROUBLES
@pytest.mark.parametrize(
    "since",
    [
        {"outcome": SessionState.STOPPED, "reason": Ended.ATHLETE, "backward_seconds": 20.0},
        {"place": PlaceKind.HALLWAY, "kmh": None},
    ],
    ids=["broken off", "walked elsewhere"],
)
def test_trouble_is_not_made_good_by_a_session_that_shows_nothing(
    trouble: dict[str, Any], since: dict[str, Any], expected: tuple[Reason, float, float, float]
) -> None:
    assert found(full(1, **since), full(2, **trouble), full(3), full(4)) == expected


@TROUBLES
@pytest.mark.parametrize(("seconds", "settled"), [(59.0, False), (60.0, True)])
def test_nor_by_one_that_is_over_in_a_moment(
    trouble: dict[str, Any],
    expected: tuple[Reason, float, float, float],
    seconds: float,
    *,
    settled: bool,
) -> None:
    reason = found(full(1, backward_seconds=seconds), full(2, **trouble), full(3), full(4))[0]
    assert reason is (Reason.ONCE_MORE if settled else expected[0])


@TROUBLES
def test_trouble_is_made_good_by_a_clean_session_at_such_a_place(
    trouble: dict[str, Any], expected: tuple[Reason, float, float, float]
) -> None:
    assert expected[0] is not Reason.ONCE_MORE
    assert found(full(1), full(2, **trouble), full(3), full(4))[0] is Reason.ONCE_MORE


@pytest.mark.parametrize(
    ("pain", "expected"),
    [(3, (Reason.REPEAT, 540, 3.2, 2)), (4, (Reason.PAIN, 270, 3.2, 0)), (10, (Reason.PAIN, 270, 3.2, 0))],
)
def test_pain_of_four_halves_the_time_and_takes_the_slope(
    pain: int, expected: tuple[Reason, float, float, float]
) -> None:
    assert found(full(1, kmh=3.2, grade_percent=2, pain=pain)) == expected


def test_pain_that_ended_a_session_early_halves_what_was_known() -> None:
    assert found(full(1, pain=6, outcome=SessionState.STOPPED, backward_seconds=60), full(3))[:2] == (
        Reason.PAIN,
        270,
    )


def test_pain_again_and_again_never_asks_for_less_than_two_minutes() -> None:
    assert found(walk(1, pain=5, backward_seconds=130))[:2] == (Reason.PAIN, 120)


@pytest.mark.parametrize(
    ("known", "effort", "expected"),
    [
        ({}, 7, (Reason.REPEAT, 540, 2.0, 0)),
        ({}, 8, (Reason.EFFORT, 540, 1.8, 0)),
        ({"grade_percent": 2}, 8, (Reason.EFFORT, 540, 2.0, 1)),
        ({"kmh": 1.6}, 9, (Reason.EFFORT, 420, 1.6, 0)),
        ({"kmh": 1.7}, 10, (Reason.EFFORT, 540, 1.6, 0)),
        ({"kmh": 1.6, "backward_seconds": 200}, 8, (Reason.EFFORT, 120, 1.6, 0)),
    ],
)
def test_an_effort_of_eight_undoes_a_step(
    known: dict[str, Any], effort: int, expected: tuple[Reason, float, float, float]
) -> None:
    assert found(full(1, effort=effort, **known)) == expected


def test_eight_is_too_hard_also_where_workouts_may_ask_for_it() -> None:
    hard = [full(day, level=Level.L4, kmh=4, effort=7) for day in (2, 3)]
    assert found(full(1, level=Level.L4, kmh=4, effort=8), *hard, level=Level.L4)[0] is Reason.EFFORT


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (6, (Reason.MORE_TIME, 2.4)),
        (7, (Reason.SHORT_BREAK, 2.2)),
        (13, (Reason.SHORT_BREAK, 2.2)),
        (14, (Reason.LONG_BREAK, 1.6)),
        (60, (Reason.LONG_BREAK, 1.6)),
    ],
)
def test_days_off_take_a_step_back_and_two_weeks_a_level(days: int, expected: tuple[Reason, float]) -> None:
    history = [walk(days, kmh=2.4), walk(days + 2, kmh=2.4)]
    assert found(*history)[::2] == expected


def test_a_level_back_is_kept_to_in_all_things() -> None:
    was = walk(
        20, level=Level.L3, workout_id="slope-20", backward_seconds=1320, kmh=5.6, grade_percent=10, effort=3
    )
    assert found(was, level=Level.L3) == (Reason.LONG_BREAK, 1200, 4.8, 5)
    flat = walk(20, level=Level.L0, workout_id="first-steps-5", backward_seconds=300, kmh=1.6)
    assert found(flat, level=Level.L0) == (Reason.LONG_BREAK, 180, 1.6, 0)


def test_several_troubles_take_back_together_and_the_worst_is_named() -> None:
    assert found(full(9, stumbles=1, pain=5, kmh=2.0)) == (Reason.STUMBLED, 150, 1.6, 0)


def test_a_week_has_room_for_what_the_first_week_of_the_programme_has() -> None:
    assert found(*(walk(day) for day in (1, 2, 3)), busy=False)[:2] == (Reason.WEEK_LIMIT, 330)
    short = [walk(day, backward_seconds=300) for day in (1, 2, 3)]
    assert found(*short, busy=False)[:2] == (Reason.MORE_TIME, 420)


@pytest.mark.parametrize(("before", "seconds"), [(1200, 360), (1300, 490), (1350, 540)])
def test_a_week_has_room_for_three_tenths_more_than_the_one_before(before: float, seconds: int) -> None:
    history = [
        *(full(day) for day in (1, 2)),
        full(6, backward_seconds=120),
        full(8, backward_seconds=before, place=PlaceKind.STAIRS),
    ]
    assert found(*history, busy=False)[1] == seconds


def test_a_full_week_puts_the_next_off_until_there_is_room() -> None:
    suggestion = asked(*(full(day) for day in (0, 1, 2)), busy=False)
    assert suggestion is not None
    assert (suggestion.reason, suggestion.day) == (Reason.WEEK_LIMIT, TODAY + timedelta(days=5))
    assert suggestion.seconds == 419


def test_trouble_is_named_also_when_the_week_leaves_less() -> None:
    history = [walk(0, stumbles=1), walk(1), walk(2)]
    assert found(*history, busy=False)[:2] == (Reason.STUMBLED, 330)


RUN = walk(
    0,
    level=Level.L3,
    place=PlaceKind.OUTDOOR,
    workout_id="long-run-retro-45",
    backward_seconds=180,
    kmh=None,
    ran=True,
)


def _ran(hours_ago: float, days_before: int = 0) -> list[Past]:
    at = NOW - timedelta(hours=hours_ago)
    runs = [at, *([at - timedelta(days=days_before)] if days_before else [])]
    return [replace(RUN, day=each.date(), ended_at=each) for each in runs]


@pytest.mark.parametrize(
    ("hours", "reason"),
    [(1, Reason.REST), (47.9, Reason.REST), (48, Reason.ONCE_MORE), (60, Reason.ONCE_MORE)],
)
def test_after_running_there_are_two_days_of_walking(hours: float, reason: Reason) -> None:
    suggestion = asked(*_ran(hours), level=Level.L3, spot=FIELD)
    assert suggestion is not None
    assert suggestion.reason is reason
    assert shape(suggestion.workout, FIELD.kind).is_wild is (reason is Reason.ONCE_MORE)


@pytest.mark.parametrize(("days", "rests"), [(2, True), (20, True), (21, False), (30, False)])
def test_only_in_the_first_three_weeks(days: int, rests: bool) -> None:
    suggestion = asked(*_ran(1, days), level=Level.L3, spot=FIELD)
    assert suggestion is not None
    assert (suggestion.reason is Reason.REST) is rests


def test_the_easy_day_between_is_not_what_is_built_on() -> None:
    easy = walk(1, level=Level.L3, kmh=3.0, backward_seconds=600)
    hills = walk(3, level=Level.L3, kmh=3.0, grade_percent=5, backward_seconds=600, workout_id="slope-20")
    assert found(easy, hills, level=Level.L3) == (Reason.ONCE_MORE, 600, 3.0, 5)


def test_on_a_rest_day_a_hill_is_left_for_a_flat_workout() -> None:
    hills = walk(1, level=Level.L3, kmh=3.0, grade_percent=10, backward_seconds=1200, workout_id="slope-20")
    suggestion = asked(hills, level=Level.L3)
    assert suggestion is not None
    assert suggestion.reason is Reason.REST
    assert suggestion.workout.id != "slope-20"


@pytest.mark.parametrize(
    ("level", "count", "rises"),
    [(Level.L0, 2, False), (Level.L0, 3, True), (L2, 5, False), (L2, 6, True), (Level.L4, 9, False)],
)
def test_enough_clean_sessions_make_ready_for_the_next_level(
    level: Level,
    count: int,
    rises: bool,
) -> None:
    history = [walk(day, level=level, backward_seconds=200, kmh=1.6) for day in range(1, count + 1)]
    assert (found(*history, level=level)[0] is Reason.LEVEL_READY) is rises


@pytest.mark.parametrize(("first", "rises"), [(13, False), (14, True)])
def test_from_l1_on_it_takes_two_weeks_too(first: int, rises: bool) -> None:
    history = [walk(day, backward_seconds=200) for day in (1, 3, 5, 7, 9, first)]
    assert (found(*history)[0] is Reason.LEVEL_READY) is rises


def test_who_may_rise_goes_on_meanwhile() -> None:
    history = [walk(day, level=Level.L0, backward_seconds=180, kmh=1.6) for day in (1, 2, 3)]
    assert found(*history, level=Level.L0)[:2] == (Reason.LEVEL_READY, 300)


def test_nobody_is_led_beyond_what_suits_them() -> None:
    history = [walk(day, backward_seconds=200) for day in (1, 3, 5, 7, 9, 14)]
    assert found(*history, highest=L1)[0] is Reason.MORE_TIME


def test_trouble_comes_before_good_news() -> None:
    history = [walk(day, level=Level.L0, backward_seconds=180, kmh=1.6) for day in (1, 2, 3)]
    assert found(walk(0, level=Level.L0, stumbles=1), *history, level=Level.L0)[0] is Reason.STUMBLED


def test_the_first_time_at_a_new_level_is_as_much_as_before_with_a_workout_of_that_level() -> None:
    history = [
        walk(day, level=Level.L0, backward_seconds=300, kmh=1.6, workout_id="first-steps-5")
        for day in (1, 2, 3)
    ]
    suggestion = asked(*history)
    assert suggestion is not None
    assert (suggestion.reason, suggestion.seconds) == (Reason.NEW_LEVEL, 299)
    assert suggestion.workout.level is L1


def test_a_lower_level_lowers_what_was_walked_at_a_higher_one() -> None:
    high = walk(1, level=L2, workout_id="steady-20", backward_seconds=540, kmh=4.4, grade_percent=4)
    assert found(high, walk(2)) == (Reason.NEW_LEVEL, 540, 3.2, 2)


@pytest.mark.parametrize(("goal", "seconds"), [(300, 540), (600, 600), (3600, 600)])
@pytest.mark.parametrize("what", [{"level": L2, "workout_id": "steady-20"}, {"workout_id": ""}])
def test_neither_a_higher_level_nor_free_walking_makes_time_longer_than_the_level_lets_it_grow(
    what: dict[str, Any], goal: int, seconds: float
) -> None:
    assert found(walk(1, backward_seconds=1200, kmh=2.0, **what), goal=goal)[1] == seconds


def test_one_of_peoples_own_is_gone_on_with() -> None:
    own = Workout(id="own", name="Mine", items=parse("6m back @2, 30s turn, 3m fwd @4").items)
    suggestion = asked(*(walk(day, workout_id="own") for day in (1, 3)), workouts={**LIBRARY, "own": own})
    assert suggestion is not None
    assert (suggestion.workout.name, suggestion.seconds) == ("Mine", 509)


def test_where_a_workout_is_gone_another_takes_its_place() -> None:
    assert found(walk(1, workout_id="gone"))[:3] == (Reason.ONCE_MORE, 390, 2.0)


@pytest.mark.parametrize(
    "spot",
    [
        Spot(kind=PlaceKind.STAIRS),
        Spot(kind=PlaceKind.HALLWAY, clear_length_m=9.9),
    ],
    ids=["stairs need a helper", "the hallway is too short"],
)
def test_where_nothing_fits_nothing_is_suggested(spot: Spot) -> None:
    assert asked(spot=spot) is None
    assert asked(*(full(day) for day in (0, 1, 2)), spot=spot, busy=False) is None


def test_nobody_is_led_to_running() -> None:
    suggestion = asked(level=Level.L4, spot=FIELD)
    assert suggestion is not None
    assert not shape(suggestion.workout, FIELD.kind).is_wild
    assert shape(LIBRARY["retro-run-intro"], FIELD.kind).is_wild


REASONS: dict[Reason, tuple[str, list[Past]]] = {
    Reason.FIRST: ("the first time here: short, slow and flat", []),
    Reason.REPEAT: ("the last time was not quite clean: the same again", [walk(1, effort=5)]),
    Reason.ONCE_MORE: ("that went well: the same once more before anything changes", [walk(1)]),
    Reason.MORE_TIME: ("that went well twice: 8 min backward now", [walk(1), walk(3)]),
    Reason.LIGHTER_HANDS: (
        "that went well twice: the same with lighter hands on the rails",
        [full(1), full(3)],
    ),
    Reason.FASTER: ("that went well twice: up to 2.2 km/h now", [*map(full, (1, 2, 3, 4))]),
    Reason.STEEPER: (
        "that went well twice: 1 % uphill now",
        [full(day, kmh=3.2) for day in (1, 2, 3, 4)],
    ),
    Reason.KEEP: (
        "this is all that your level allows: keep it up",
        [full(day, kmh=3.2, grade_percent=2) for day in (1, 2, 3, 4)],
    ),
    Reason.STUMBLED: (
        "you stumbled last time: slower, with hands on the rails or a wall",
        [walk(1, stumbles=1)],
    ),
    Reason.EMERGENCY: (
        "the last time ended with an emergency stop: slower, with hands on the rails or a wall",
        [walk(1, outcome=SessionState.STOPPED, reason=Ended.EMERGENCY)],
    ),
    Reason.PAIN: ("a pain of 5 last time: half the time, and flat", [walk(1, pain=5)]),
    Reason.EFFORT: ("an effort of 9 last time: one step back", [walk(1, effort=9)]),
    Reason.SHORT_BREAK: ("8 days off: one step back", [walk(8)]),
    Reason.LONG_BREAK: ("15 days off: begin again gently", [walk(15)]),
    Reason.WEEK_LIMIT: (
        "no more than 30 % above the minutes of the week before",
        [walk(day, place=PlaceKind.STAIRS, backward_seconds=1500) for day in (0, 1, 2, 3)],
    ),
    Reason.REST: (
        "less than 48 hours since hills or running: flat and easy",
        [walk(1, grade_percent=5)],
    ),
    Reason.NEW_LEVEL: ("the first time at L1: as much as before", [walk(1, level=Level.L0)]),
    Reason.LEVEL_READY: (
        "you may move to L2 in your settings; until then it goes on like this",
        [walk(day, backward_seconds=200) for day in (1, 3, 5, 7, 9, 14)],
    ),
}


@pytest.mark.parametrize("reason", Reason)
def test_the_reason_is_said_in_words(reason: Reason) -> None:
    words, history = REASONS[reason]
    suggestion = asked(*history)
    assert suggestion is not None
    assert (suggestion.reason, str(suggestion.remark)) == (reason, words)
    needed = {name for _, name, _, _ in Formatter().parse(WORDS[suggestion.remark.code]) if name}
    assert suggestion.details.keys() == needed


def test_every_reason_has_its_words() -> None:
    assert {f"suggest_{reason}" for reason in Reason} == {
        code for code in Code if code.startswith("suggest_")
    }
