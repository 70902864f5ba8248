"""How early a speaker is asked is learned from how long it took: for a first sound, and for one right after another."""

from datetime import timedelta
import json
import math
from typing import Any, cast

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.output.lead import KEPT, QUIET, Lead, LeadData, Moment, read_lead


def learned(*first: float, then: tuple[float, ...] = ()) -> Lead:
    lead = Lead()
    for seconds in first:
        lead.learn(Moment.FIRST, seconds)
    for seconds in then:
        lead.learn(Moment.NEXT, seconds)
    return lead


@pytest.mark.parametrize("moment", Moment)
def test_who_is_unknown_is_asked_half_a_second_early(moment: Moment) -> None:
    assert Lead().seconds(moment) == 0.5


def test_the_slowest_of_late_counts_and_a_little_is_added() -> None:
    assert learned(0.2, 0.9, 0.4).seconds(Moment.FIRST) == pytest.approx(1.0)


def test_a_sound_after_silence_and_one_after_another_are_learned_apart() -> None:
    lead = learned(1.2, then=(0.1, 0.2))
    assert lead.seconds(Moment.FIRST) == pytest.approx(1.3)
    assert lead.seconds(Moment.NEXT) == pytest.approx(0.3)
    assert timedelta(seconds=5) == QUIET


@pytest.mark.parametrize(
    ("lead", "unknown"), [(learned(1.2), Moment.NEXT), (learned(then=(1.2,)), Moment.FIRST)]
)
def test_what_is_not_known_is_taken_from_the_other(lead: Lead, unknown: Moment) -> None:
    assert lead.seconds(unknown) == pytest.approx(1.3)


def test_what_a_speaker_once_needed_is_forgotten() -> None:
    assert learned(3, *[0.2] * (KEPT - 1)).seconds(Moment.FIRST) == pytest.approx(3.1)
    assert learned(3, *[0.2] * KEPT).seconds(Moment.FIRST) == pytest.approx(0.3)
    assert KEPT == 8


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, 0.1), (4, 4.1), (4.000001, 0.5), (60, 0.5), (-0.000001, 0.5), (math.nan, 0.5), (math.inf, 0.5)],
)
def test_nothing_is_learned_from_who_was_in_trouble_or_from_a_clock_that_jumped(
    seconds: float, expected: float
) -> None:
    assert learned(seconds).seconds(Moment.FIRST) == pytest.approx(expected)


@given(seen=st.lists(st.tuples(st.sampled_from(Moment), st.floats()), max_size=30))
def test_whatever_was_seen_a_lead_is_sane_and_survives_the_disk(seen: list[tuple[Moment, float]]) -> None:
    lead = Lead()
    for moment, seconds in seen:
        lead.learn(moment, seconds)
    again = read_lead(json.loads(json.dumps(lead.to_data())))
    for moment in Moment:
        assert 0.1 <= lead.seconds(moment) <= 4.1
        assert again.seconds(moment) == lead.seconds(moment)
    assert again.to_data() == lead.to_data()


def test_what_is_kept_is_the_latest_last() -> None:
    assert learned(0.3, 0.1, then=(0.2,)).to_data() == {"first": [0.3, 0.1], "next": [0.2]}


def test_nothing_kept_is_nothing_known() -> None:
    assert read_lead({}).seconds(Moment.FIRST) == 0.5
    assert read_lead({"next": [0.2]}).seconds(Moment.FIRST) == pytest.approx(0.3)


def test_of_damaged_data_what_makes_sense_is_kept() -> None:
    data: dict[str, Any] = {"first": [math.nan, math.inf, -1, 9, 0.2, "0.4"]}
    assert read_lead(cast("LeadData", data)).to_data()["first"] == [0.2, 0.4]


@pytest.mark.parametrize("first", [None, 0.5, ["soon"], [None], [[0.2]]])
def test_what_is_no_lead_is_refused(first: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        read_lead(cast("LeadData", {"first": first}))
