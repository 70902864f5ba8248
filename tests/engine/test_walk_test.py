"""A sensor that sees the athlete is found out; one that saw nothing of enough walking is clear; all else is not decided."""

from datetime import timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine import walk_test as testing
from custom_components.backstride.engine.walk_test import ENOUGH, LASTS, LINGERS, Finding, Verdict

from .instants import at

END = LASTS.total_seconds()
A_WHILE, DELAY = ENOUGH.total_seconds(), LINGERS.total_seconds()

type Now = tuple[bool | None, bool | None]
"""What the sensor sees, and whether somebody walks."""
type Report = tuple[float, bool | None, bool | None]
"""The same from a second on."""


def found(first: Now, *reports: Report) -> Finding:
    """Give what a test of one sensor finds."""
    test = testing.begin({"rear": first[0]}, at(0), walks=first[1])
    for second, sees, walks in reports:
        test = testing.observe(test, {"rear": sees}, at(second), walks=walks)
    return testing.finish(test, test.ends_at)["rear"]


def verdict(first: Now, *reports: Report) -> Verdict:
    return found(first, *reports).verdict


def test_it_lasts_thirty_seconds() -> None:
    assert testing.begin({}, at(0), walks=None).ends_at == at(30)


@pytest.mark.parametrize("walks", [None, True])
def test_what_sees_nothing_of_somebody_who_walks_is_clear(walks: bool | None) -> None:
    """Where nothing tells whether somebody walks, whoever was asked to is believed."""
    assert found((False, walks)) == Finding(verdict=Verdict.CLEAR, saw=timedelta(), times=0)


def test_what_sees_something_while_somebody_walks_sees_the_athlete() -> None:
    """How long and how often is told, because a sensor that sees only the swing of an arm can be turned a little."""
    assert found(
        (False, True), (5, True, True), (7, False, True), (20, True, True), (21.5, False, True)
    ) == Finding(verdict=Verdict.SEES_ATHLETE, saw=timedelta(seconds=3.5), times=2)


@pytest.mark.parametrize("end", [5, 29.9, END])
def test_an_instant_of_seeing_is_enough(end: float) -> None:
    assert verdict((False, True), (end, True, True), (end, False, True)) is Verdict.SEES_ATHLETE


def test_what_never_says_anything_that_can_be_used_is_blind_whether_or_not_somebody_walks() -> None:
    assert verdict((None, True)) is Verdict.BLIND
    assert verdict((None, False)) is Verdict.BLIND


def test_what_spoke_once_is_not_blind_but_did_not_look_for_long_enough() -> None:
    assert verdict((None, True), (5, False, True), (10, None, True)) is Verdict.UNSURE


def test_what_is_lost_and_comes_back_goes_on_counting() -> None:
    seen = found((False, True), (10, None, True), (20, True, True), (25, None, True), (26, True, True))
    assert seen == Finding(verdict=Verdict.SEES_ATHLETE, saw=timedelta(seconds=9), times=2)


def test_where_nobody_walks_nothing_is_decided() -> None:
    assert verdict((False, False)) is Verdict.UNSURE
    assert verdict((False, False), (5, True, False), (8, False, False)) is Verdict.UNSURE
    assert verdict((True, False)) is Verdict.UNSURE


@pytest.mark.parametrize(
    ("walked", "expected"),
    [
        (A_WHILE - 0.1, Verdict.UNSURE),
        (A_WHILE, Verdict.CLEAR),
        (A_WHILE + 0.1, Verdict.CLEAR),
    ],
)
def test_a_few_steps_are_not_enough_to_be_clear(walked: float, expected: Verdict) -> None:
    assert verdict((False, False), (END - walked, False, True)) is expected


def test_walking_is_counted_only_while_it_lasts() -> None:
    """Who steps off the belt at the end and walks through the zone is not on the belt any more."""
    assert verdict((False, True), (20, False, False), (25, True, False)) is Verdict.CLEAR


def test_who_comes_through_the_zone_to_the_belt_is_not_held_against_it() -> None:
    """It still shows them for as long as it was made to; then it sees nobody."""
    assert found((True, None), (DELAY, False, None)) == Finding(
        verdict=Verdict.CLEAR, saw=timedelta(), times=0
    )
    assert verdict((False, False), (2, True, False), (5, True, True), (15, False, True)) is Verdict.CLEAR


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (DELAY - 0.1, Finding(verdict=Verdict.CLEAR, saw=timedelta(), times=0)),
        (DELAY, Finding(verdict=Verdict.CLEAR, saw=timedelta(), times=0)),
        (DELAY + 0.5, Finding(verdict=Verdict.SEES_ATHLETE, saw=timedelta(seconds=0.5), times=1)),
        (END, Finding(verdict=Verdict.SEES_ATHLETE, saw=timedelta(seconds=END - DELAY), times=1)),
    ],
)
def test_what_it_saw_before_and_sees_on_is_the_athlete(until: float, expected: Finding) -> None:
    assert found((True, None), (until, False, None)) == expected


def test_the_delay_is_counted_once_however_often_it_reports() -> None:
    assert found((True, True), (8, True, True), (16, True, True), (20, True, True)) == Finding(
        verdict=Verdict.SEES_ATHLETE, saw=timedelta(seconds=END - DELAY), times=1
    )


def test_who_still_lingers_at_the_end_leaves_it_open() -> None:
    assert verdict((True, False), (END - 14, True, True)) is Verdict.UNSURE


def test_each_sensor_is_judged_by_itself() -> None:
    test = testing.begin({"rear": False, "door": False, "plug": None}, at(0), walks=True)
    test = testing.observe(test, {"rear": True}, at(10), walks=True)
    test = testing.observe(test, {"rear": False, "cellar": True}, at(11), walks=True)
    verdicts = {sensor: one.verdict for sensor, one in testing.finish(test, at(END)).items()}
    assert verdicts == {"rear": Verdict.SEES_ATHLETE, "door": Verdict.CLEAR, "plug": Verdict.BLIND}


def test_a_report_from_before_the_last_one_counts_no_time() -> None:
    late = found((False, True), (10, True, True), (9, False, True))
    assert late == Finding(verdict=Verdict.SEES_ATHLETE, saw=timedelta(), times=1)


STATES = st.sampled_from([True, False, None])
REPORTS = st.lists(st.tuples(st.floats(0, END), STATES, STATES), max_size=12).map(
    lambda reports: sorted(reports, key=lambda report: report[0])
)


@given(first=st.tuples(STATES, STATES), reports=REPORTS)
def test_whatever_is_reported_the_verdict_is_one_of_what_happened(first: Now, reports: list[Report]) -> None:
    """Nothing is said of a sensor that it had no time to show; and time is never counted twice."""
    seen = found(first, *reports)
    said = [first[0], *(sees for _, sees, _ in reports)]
    walked = [first[1], *(walks for _, _, walks in reports)]
    assert timedelta() <= seen.saw <= LASTS
    assert (seen.verdict is Verdict.SEES_ATHLETE) == (seen.times > 0)
    assert (seen.verdict is Verdict.BLIND) == (set(said) == {None})
    if seen.verdict is Verdict.SEES_ATHLETE:
        assert True in said
    if seen.saw:
        assert seen.times > 0
    if seen.verdict in {Verdict.SEES_ATHLETE, Verdict.CLEAR}:
        assert set(walked) != {False}
    if seen.verdict is Verdict.CLEAR:
        assert False in said
