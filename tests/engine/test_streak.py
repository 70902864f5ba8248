"""The streak is fair: it counts goal days, forgives rest and vacation, and its past does not change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine.errors import EngineError
from custom_components.backstride.engine.streak import (
    DayKind,
    Ledger,
    Rules,
    Streak,
    StreakNews,
    Vacation,
    changed,
    fold,
    is_late,
    local_day,
    news,
    rules_on,
)

MONDAY = date(2026, 3, 2)
GOAL = 300.0


def _day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def _ledger(*vacations: Vacation, rest: frozenset[int] = frozenset()) -> Ledger:
    return Ledger(rules=(Rules(since=MONDAY, rest_weekdays=rest),), vacations=vacations)


def _walked(pattern: str) -> dict[date, float]:
    """Read days from Monday on: `x` met, `-` too little, `.` nothing."""
    seconds = {"x": GOAL, "-": GOAL - 0.1}
    return {_day(number): seconds[sign] for number, sign in enumerate(pattern) if sign in seconds}


@pytest.mark.parametrize(
    ("pattern", "current", "best", "total"),
    [
        pytest.param("", 0, 0, 0, id="nobody ever walked"),
        pytest.param("x", 1, 1, 1, id="the first day"),
        pytest.param("xxx", 3, 3, 3, id="three days"),
        pytest.param("xxx.", 3, 3, 3, id="today is not lost yet"),
        pytest.param("xxx-", 3, 3, 3, id="nor with too little so far"),
        pytest.param("xxx..", 0, 3, 3, id="yesterday was"),
        pytest.param("xx-x", 1, 2, 3, id="too little is a miss"),
        pytest.param("xxx.xx", 2, 3, 5, id="a new start"),
    ],
)
def test_consecutive_goal_days_count(pattern: str, current: int, best: int, total: int) -> None:
    streak = fold(_walked(pattern), _ledger(), _day(max(len(pattern) - 1, 0)))
    assert (streak.current, streak.best, streak.total) == (current, best, total)


@pytest.mark.parametrize(
    ("seconds", "kind"),
    [(0.0, DayKind.OPEN), (299.9, DayKind.OPEN), (300.0, DayKind.MET), (900.0, DayKind.MET)],
)
def test_the_goal_is_met_at_the_goal(seconds: float, kind: DayKind) -> None:
    streak = fold({MONDAY: seconds}, _ledger(), MONDAY)
    assert streak.today is kind
    assert streak.last_met == (MONDAY if kind is DayKind.MET else None)


def test_rest_days_neither_count_nor_break() -> None:
    weekend = frozenset({5, 6})
    streak = fold(_walked("xxxxx..x"), _ledger(rest=weekend), _day(7))
    assert (streak.current, streak.total) == (6, 6)
    assert fold(_walked("xxxxxx"), _ledger(rest=weekend), _day(5)) == Streak(
        current=5, best=5, total=5, today=DayKind.REST, last_met=_day(4)
    )


@pytest.mark.parametrize(
    ("first", "last", "current"),
    [
        pytest.param(2, 4, 4, id="exactly the days missed"),
        pytest.param(3, 4, 2, id="begun a day too late"),
        pytest.param(2, 3, 2, id="over a day too early"),
    ],
)
def test_a_vacation_is_neutral_both_ends_included(first: int, last: int, current: int) -> None:
    ledger = _ledger(Vacation(first=_day(first), last=_day(last)))
    assert fold(_walked("xx...xx"), ledger, _day(6)).current == current


def test_today_on_vacation_says_so() -> None:
    assert fold({}, _ledger(Vacation(first=MONDAY, last=MONDAY)), MONDAY).today is DayKind.VACATION


def test_a_new_goal_does_not_change_the_past() -> None:
    walked = _walked("xxx") | {_day(3): 600.0}
    raised = changed(_ledger(), Rules(since=_day(3), goal_seconds=600))
    assert fold(walked, raised, _day(3)).current == 4
    assert fold(walked | {_day(3): 599.0}, raised, _day(4)).current == 0
    assert fold(walked, raised, _day(3)).best == 4


def test_new_rest_days_do_not_forgive_the_past() -> None:
    walked = _walked("x.xxx")
    later = changed(_ledger(), Rules(since=_day(4), rest_weekdays=frozenset({1})))
    assert fold(walked, later, _day(4)).current == 3


def test_the_rules_of_a_day_are_those_that_began_before_or_on_it() -> None:
    first, second = Rules(since=MONDAY), Rules(since=_day(3), goal_seconds=600)
    ledger = Ledger(rules=(first, second))
    assert [rules_on(ledger, _day(number)) for number in (-9, 0, 2, 3, 99)] == [
        first,
        first,
        first,
        second,
        second,
    ]


def test_two_changes_on_one_day_leave_the_last_and_an_earlier_one_finds_its_place() -> None:
    ledger = changed(_ledger(), Rules(since=_day(3), goal_seconds=600))
    ledger = changed(ledger, Rules(since=_day(3), goal_seconds=900))
    ledger = changed(ledger, Rules(since=_day(1), goal_seconds=60))
    assert [rules.goal_seconds for rules in ledger.rules] == [300, 60, 900]


def test_days_to_come_do_not_count_yet() -> None:
    assert fold(_walked("xxx"), _ledger(), _day(1)) == Streak(
        current=2, best=2, total=2, today=DayKind.MET, last_met=_day(1)
    )
    assert fold({_day(5): GOAL}, _ledger(), _day(1)) == Streak()


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(lambda: Rules(since=MONDAY, goal_seconds=0), "goal", id="no goal"),
        pytest.param(
            lambda: Rules(since=MONDAY, rest_weekdays=frozenset({7})), "rest_weekdays", id="an eighth weekday"
        ),
        pytest.param(
            lambda: Rules(since=MONDAY, rest_weekdays=frozenset(range(7))),
            "rest_weekdays",
            id="rest all week",
        ),
        pytest.param(lambda: Rules(since=MONDAY, day_start_hour=24), "day_start_hour", id="a 25th hour"),
        pytest.param(lambda: Vacation(first=_day(1), last=MONDAY), "vacation", id="over before it begins"),
        pytest.param(lambda: Ledger(rules=()), "ledger", id="no rules"),
        pytest.param(lambda: Ledger(rules=(Rules(since=MONDAY),) * 2), "ledger", id="two rules for one day"),
    ],
)
def test_what_makes_no_sense_is_refused(make: type, code: str) -> None:
    with pytest.raises(EngineError) as refusal:
        make()
    assert refusal.value.code == code


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("instant", "hour", "day"),
    [
        pytest.param(
            datetime(2026, 3, 2, 22, 59, tzinfo=UTC), 0, date(2026, 3, 2), id="just before midnight there"
        ),
        pytest.param(datetime(2026, 3, 2, 23, 0, tzinfo=UTC), 0, date(2026, 3, 3), id="midnight there"),
        pytest.param(
            datetime(2026, 3, 3, 2, 59, tzinfo=UTC), 4, date(2026, 3, 2), id="a night owl just before four"
        ),
        pytest.param(datetime(2026, 3, 3, 3, 0, tzinfo=UTC), 4, date(2026, 3, 3), id="a night owl at four"),
        pytest.param(
            datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
            3,
            date(2026, 3, 28),
            id="01:59, before the clock jumps to 3",
        ),
        pytest.param(
            datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
            3,
            date(2026, 3, 29),
            id="03:00, the hour that follows 01:59",
        ),
        pytest.param(
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 3, date(2026, 10, 24), id="02:30 the first time"
        ),
        pytest.param(
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 3, date(2026, 10, 24), id="02:30 the second time"
        ),
        pytest.param(
            datetime(2026, 10, 25, 2, 0, tzinfo=UTC),
            3,
            date(2026, 10, 25),
            id="03:00 after a day of 25 hours",
        ),
    ],
)
def test_the_day_is_the_one_on_the_wall(instant: datetime, hour: int, day: date) -> None:
    assert local_day(instant, zone=BERLIN, day_start_hour=hour) == day


@given(st.text("x-.", max_size=60))
def test_the_best_is_at_least_the_current_and_more_walking_never_costs(pattern: str) -> None:
    today = _day(max(len(pattern) - 1, 0))
    streak = fold(_walked(pattern), _ledger(), today)
    assert 0 <= streak.current <= streak.best <= streak.total == pattern.count("x")
    for number in range(len(pattern)):
        better = fold(_walked(pattern) | {_day(number): GOAL}, _ledger(), today)
        assert better.current >= streak.current
        assert better.best >= streak.best


def test_a_ledger_is_a_value() -> None:
    ledger = _ledger()
    assert replace(ledger) == ledger


def _fold(pattern: str, today: int, *, late: bool) -> Streak:
    return fold(_walked(pattern), _ledger(), _day(today), late=late)


@pytest.mark.parametrize(
    ("pattern", "late", "at_risk"),
    [
        pytest.param("x.", True, True, id="late and not met"),
        pytest.param("x.", False, False, id="there is time"),
        pytest.param("xx", True, False, id="met"),
        pytest.param("..", True, False, id="nothing to lose"),
    ],
)
def test_a_streak_is_at_risk_when_it_is_late_and_the_goal_not_met(
    pattern: str, late: bool, at_risk: bool
) -> None:
    assert _fold(pattern, 1, late=late).is_at_risk is at_risk


def test_a_rest_day_puts_no_streak_at_risk() -> None:
    rest = frozenset({_day(1).weekday()})
    assert not fold(_walked("x."), _ledger(rest=rest), _day(1), late=True).is_at_risk


def test_a_streak_at_risk_is_news_once_and_its_end_another() -> None:
    early, late = _fold("x.", 1, late=False), _fold("x.", 1, late=True)
    assert news(early, late) == (StreakNews.AT_RISK,)
    assert news(late, late) == ()
    assert news(late, _fold("xx", 1, late=True)) == (StreakNews.EXTENDED,)
    assert news(late, _fold("x..", 2, late=False)) == (StreakNews.LOST,)


@pytest.mark.parametrize(
    ("clock", "begins", "hour", "late"),
    [
        ("19:59:59", 0, 20, False),
        ("20:00:00", 0, 20, True),
        ("23:59:59", 0, 20, True),
        ("00:00:00", 0, 20, False),
        ("03:59:59", 4, 20, True),
        ("04:00:00", 4, 20, False),
        ("00:59:59", 4, 1, False),
        ("01:00:00", 4, 1, True),
        ("12:00:00", 0, 0, True),
    ],
)
def test_it_is_late_by_the_athletes_day(clock: str, begins: int, hour: int, late: bool) -> None:
    at = datetime.fromisoformat(f"2026-03-02T{clock}+01:00")
    assert is_late(at, zone=ZoneInfo("Europe/Berlin"), day_start_hour=begins, from_hour=hour) is late
