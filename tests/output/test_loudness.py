"""At night the coach is quieter or says nothing; a warning is never quieter than by day."""

from datetime import datetime, time, timedelta

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine.cues import Priority
from custom_components.backstride.output.loudness import Loudness

COACHING = [priority for priority in Priority if priority is not Priority.SAFETY]
TEN, SEVEN, NOON = time(22), time(7), time(12)
NIGHT = Loudness(normal=0.6, night=0.2, quiet_from=TEN, quiet_to=SEVEN)
NAP = Loudness(normal=0.6, night=0.2, quiet_from=time(13), quiet_to=time(15))


def just_before(instant: time) -> time:
    return (datetime.combine(datetime(2026, 3, 1), instant) - timedelta(microseconds=1)).time()  # noqa: DTZ001 - a time of day


@pytest.mark.parametrize(
    ("loudness", "local", "volume"),
    [
        pytest.param(NIGHT, just_before(TEN), 0.6, id="just before a night"),
        pytest.param(NIGHT, TEN, 0.2, id="as it begins"),
        pytest.param(NIGHT, time(23, 59, 59), 0.2, id="before midnight"),
        pytest.param(NIGHT, time(0), 0.2, id="at midnight"),
        pytest.param(NIGHT, just_before(SEVEN), 0.2, id="just before it ends"),
        pytest.param(NIGHT, SEVEN, 0.6, id="as it ends"),
        pytest.param(NIGHT, NOON, 0.6, id="by day"),
        pytest.param(NAP, just_before(time(13)), 0.6, id="just before a nap"),
        pytest.param(NAP, time(13), 0.2, id="as the nap begins"),
        pytest.param(NAP, time(14), 0.2, id="in the nap"),
        pytest.param(NAP, just_before(time(15)), 0.2, id="just before it ends, too"),
        pytest.param(NAP, time(15), 0.6, id="as the nap ends"),
        pytest.param(NAP, time(0), 0.6, id="a nap does not go on past midnight"),
    ],
)
@pytest.mark.parametrize("priority", COACHING)
def test_quiet_hours_have_their_own_volume(
    loudness: Loudness, local: time, volume: float, priority: Priority
) -> None:
    assert loudness.volume(local, priority) == volume
    assert not loudness.is_silent(local, priority)


@pytest.mark.parametrize("night", [None, 0.0])
def test_without_a_volume_for_the_night_nothing_is_said_then(night: float | None) -> None:
    loudness = Loudness(normal=0.6, night=night, quiet_from=TEN, quiet_to=SEVEN)
    for priority in COACHING:
        assert loudness.is_silent(TEN, priority)
        assert loudness.volume(TEN, priority) == 0
        assert not loudness.is_silent(NOON, priority)


def test_nothing_set_up_leaves_every_volume_as_it_is() -> None:
    for priority in Priority:
        assert Loudness().volume(NOON, priority) is None
        assert not Loudness().is_silent(NOON, priority)


@pytest.mark.parametrize("hours", [{}, {"quiet_from": TEN}, {"quiet_to": TEN}])
def test_half_of_quiet_hours_are_none(hours: dict[str, time]) -> None:
    loudness = Loudness(normal=0.6, night=0.2, **hours)
    assert {loudness.volume(at, Priority.CHANGE) for at in (time(0), TEN, NOON)} == {0.6}


@given(at=st.times(), both=st.times())
def test_what_begins_and_ends_at_once_never_is(at: time, both: time) -> None:
    loudness = Loudness(normal=0.6, night=None, quiet_from=both, quiet_to=both)
    assert loudness.volume(at, Priority.CHANGE) == 0.6


@given(at=st.times(), begin=st.times(), end=st.times())
def test_what_is_quiet_one_way_round_is_loud_the_other(at: time, begin: time, end: time) -> None:
    if begin == end:
        return
    there = Loudness(quiet_from=begin, quiet_to=end).is_silent(at, Priority.FORM)
    back = Loudness(quiet_from=end, quiet_to=begin).is_silent(at, Priority.FORM)
    assert there != back


@pytest.mark.parametrize(
    ("normal", "night", "volume"),
    [
        pytest.param(0.6, 0.2, 0.6, id="by day louder"),
        pytest.param(0.3, 0.8, 0.8, id="at night louder"),
        pytest.param(0.6, None, 0.6, id="silent at night"),
        pytest.param(0.6, 0.0, 0.6, id="silent at night, said otherwise"),
        pytest.param(None, 0.2, None, id="as it is by day: nobody knows which is louder"),
        pytest.param(None, None, None, id="always as it is"),
        pytest.param(0.0, 0.2, 0.2, id="by day silent"),
        pytest.param(0.0, 0.0, None, id="always silent"),
    ],
)
@pytest.mark.parametrize("local", [TEN, NOON])
def test_a_warning_is_as_loud_as_it_can_be_at_any_time(
    normal: float | None, night: float | None, volume: float | None, local: time
) -> None:
    loudness = Loudness(normal=normal, night=night, quiet_from=TEN, quiet_to=SEVEN)
    assert loudness.volume(local, Priority.SAFETY) == volume
    assert not loudness.is_silent(local, Priority.SAFETY)
