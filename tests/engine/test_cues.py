"""Cues come on time, one after the other, and the important one has the room."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine.cues import (
    CHIME_SECONDS,
    PRIORITY,
    SPOKEN_SECONDS,
    CueKind,
    Delivery,
    Priority,
    Slot,
    before_start,
    delivery,
    entered_late,
    frame,
    plan_slots,
)
from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.workout import Direction, Interval, expand, parse


def _plan(notation: str) -> tuple[Interval, ...]:
    return tuple(expand(parse(notation).items))


def _slots(
    notation: str,
    *,
    level: Level = Level.L0,
    place: PlaceKind = PlaceKind.TREADMILL,
    glance_seconds: float = 6,
) -> tuple[tuple[Slot, ...], ...]:
    plan = _plan(notation)
    seconds = [interval.seconds for interval in plan]
    return plan_slots(plan, seconds, level=level, place=place, glance_seconds=glance_seconds)


def _offsets(slots: tuple[Slot, ...], *kinds: CueKind) -> list[float]:
    return [slot.offset for slot in slots if slot.kind in kinds]


def test_an_interval_announces_itself_and_warns_of_the_next() -> None:
    assert [(slot.kind, slot.offset) for slot in frame(_plan("60s fwd")[0])] == [
        (CueKind.CHANGE, 0),
        (CueKind.PREVIEW, 45),
        (CueKind.IMMINENT, 55),
        (CueKind.COUNTDOWN, 57),
    ]


@pytest.mark.parametrize(
    ("seconds", "kinds", "spoken"),
    [
        pytest.param(1, [CueKind.CHANGE], False, id="one second: a chime"),
        pytest.param(5, [CueKind.CHANGE], False, id="below six: a chime"),
        pytest.param(6, [CueKind.CHANGE], True, id="six: the change in words"),
        pytest.param(19, [CueKind.CHANGE], True, id="below twenty: the change only"),
        pytest.param(
            20,
            [CueKind.CHANGE, CueKind.PREVIEW, CueKind.IMMINENT, CueKind.COUNTDOWN],
            True,
            id="twenty: everything",
        ),
    ],
)
def test_short_intervals_say_little(seconds: int, kinds: list[CueKind], spoken: bool) -> None:
    slots = frame(_plan(f"{seconds}s back")[0])
    assert [slot.kind for slot in slots] == kinds
    assert slots[0].spoken is spoken
    assert slots[0].length == (SPOKEN_SECONDS[CueKind.CHANGE] if spoken else CHIME_SECONDS)


def test_an_announcement_longer_than_its_interval_becomes_a_chime() -> None:
    (slot,) = frame(_plan("6s back")[0], {**SPOKEN_SECONDS, CueKind.CHANGE: 6.5})
    assert (slot.spoken, slot.length) == (False, CHIME_SECONDS)


def test_glances_can_be_switched_off() -> None:
    (slots,) = _slots("5m back", place=PlaceKind.OUTDOOR, glance_seconds=0)
    assert not _offsets(slots, CueKind.GLANCE)


def test_where_the_athlete_confirms_nothing_is_counted_down() -> None:
    assert [slot.kind for slot in frame(_plan("60s turn confirm")[0])] == [CueKind.CHANGE]


def test_what_is_longer_than_its_room_gives_way_to_the_more_important() -> None:
    lengths = {**SPOKEN_SECONDS, CueKind.PREVIEW: 11.0}
    kinds = [slot.kind for slot in frame(_plan("60s fwd")[0], lengths)]
    assert kinds == [CueKind.CHANGE, CueKind.IMMINENT, CueKind.COUNTDOWN]


def test_an_interval_taken_up_again_is_announced_anew() -> None:
    slots = frame(_plan("60s fwd")[0])
    assert [(slot.kind, slot.offset) for slot in entered_late(slots, 60, 40)] == [
        (CueKind.CHANGE, 40),
        (CueKind.PREVIEW, 45),
        (CueKind.IMMINENT, 55),
        (CueKind.COUNTDOWN, 57),
    ]
    assert [slot.kind for slot in entered_late(slots, 60, 41)] == [CueKind.CHANGE]
    (chime,) = entered_late(slots, 60, 55)
    assert not chime.spoken
    assert CueKind.PREVIEW not in [slot.kind for slot in entered_late(slots, 60, 43 - 0.5)[:1]]


@pytest.mark.parametrize(
    ("seconds", "kinds"),
    [
        pytest.param(2, [], id="too short even to count"),
        pytest.param(3, [CueKind.COUNTDOWN], id="three, two, one"),
        pytest.param(6.9, [CueKind.COUNTDOWN], id="no time to say what comes"),
        pytest.param(7, [CueKind.PREVIEW, CueKind.COUNTDOWN], id="time to say what comes"),
    ],
)
def test_a_lead_in_counts_down(seconds: float, kinds: list[CueKind]) -> None:
    slots = before_start(seconds)
    assert [slot.kind for slot in slots] == kinds
    if slots:
        assert slots[-1].offset == seconds - 3


@pytest.mark.parametrize(
    ("seconds", "offset"),
    [(8, 0), (10, 0), (10.5, 0.5), (16, 6)],
    ids=["short", "usual", "longer", "answered"],
)
def test_what_comes_is_said_ten_seconds_before_it_does_at_the_earliest(seconds: float, offset: float) -> None:
    """Who asked for the start is still being answered before that."""
    preview, countdown = before_start(seconds)
    assert (preview.offset, countdown.offset) == (offset, seconds - 3)


@pytest.mark.parametrize(
    ("level", "every"), [(Level.L0, 30), (Level.L1, 30), (Level.L2, 35), (Level.L3, 40), (Level.L4, 45)]
)
def test_form_cues_come_every_30_to_45_seconds_of_backward_work_and_fewer_with_skill(
    level: Level, every: int
) -> None:
    (slots,) = _slots("10m back", level=level)
    offsets = _offsets(slots, CueKind.FORM)
    gaps = [later - earlier for earlier, later in pairwise(offsets)]
    assert offsets[0] == 8
    assert every <= min(gaps)
    assert max(gaps) <= every + 15
    assert sum(gaps) / len(gaps) < every + 5


def test_form_cues_count_backward_work_across_intervals() -> None:
    slots = _slots("10x(20s back, 20s fwd)")
    backward = [_offsets(track, CueKind.FORM) for track in slots[::2]]
    said = [20 * number + offset for number, offsets in enumerate(backward) for offset in offsets]
    assert len(said) >= 3
    assert all(later - earlier >= 30 for earlier, later in pairwise(said))
    assert not any(_offsets(track, CueKind.FORM) for track in slots[1::2])


@pytest.mark.parametrize("place", [PlaceKind.TREADMILL, PlaceKind.STAIRS])
def test_nobody_looks_over_the_shoulder_on_a_belt_or_on_stairs(place: PlaceKind) -> None:
    assert not _offsets(_slots("5m back", place=place)[0], CueKind.GLANCE)


@pytest.mark.parametrize("place", [PlaceKind.HALLWAY, PlaceKind.OUTDOOR])
def test_over_ground_a_glance_comes_about_every_six_seconds_and_in_words_twice_a_minute_at_most(
    place: PlaceKind,
) -> None:
    fwd, back = _slots("60s fwd, 3m back", place=place)
    assert not _offsets(fwd, CueKind.GLANCE)
    glances = [slot for slot in back if slot.kind is CueKind.GLANCE]
    gaps = [later.offset - earlier.offset for earlier, later in pairwise(glances)]
    assert min(gaps) == 6
    assert max(gaps) <= 18, "only a warning of the next interval may swallow one"
    spoken = [slot.offset for slot in glances if slot.spoken]
    assert spoken
    assert all(later - earlier >= 30 for earlier, later in pairwise(spoken))


def test_half_of_the_time_and_the_last_interval_are_told() -> None:
    slots = _slots("3x(2m back, 30s rest), 2m fwd")
    halfway = [
        (index, offset) for index, track in enumerate(slots) for offset in _offsets(track, CueKind.HALFWAY)
    ]
    assert halfway == [(3, 19)], "285 s are 15 s into the second rest; the preview there goes first"
    assert [index for index, track in enumerate(slots) if _offsets(track, CueKind.LAST_INTERVAL)] == [4]


def test_one_interval_is_not_called_the_last() -> None:
    assert not _offsets(_slots("2m fwd, 3m back")[1], CueKind.LAST_INTERVAL)


def test_minutes_left_are_told_where_they_are_news() -> None:
    (slots,) = _slots("21m fwd")
    told = {slot.minutes: slot.offset for slot in slots if slot.kind is CueKind.MINUTES_LEFT}
    assert told == {minutes: pytest.approx(60 * (21 - minutes), abs=10) for minutes in (10, 5, 2, 1)}
    (short,) = _slots("2m fwd")
    assert not _offsets(short, CueKind.MINUTES_LEFT)


def test_an_extension_moves_the_warnings_and_not_the_half() -> None:
    plan = _plan("4m back, 4m fwd")
    before, after = (
        plan_slots(plan, [seconds, 240], level=Level.L0, place=PlaceKind.TREADMILL) for seconds in (240, 300)
    )
    assert _offsets(before[0], CueKind.PREVIEW) == [225]
    assert _offsets(after[0], CueKind.PREVIEW) == [285]
    assert _offsets(before[1], CueKind.HALFWAY) == [3]
    assert _offsets(after[0], CueKind.HALFWAY) == [240]


@pytest.mark.parametrize("kind", CueKind)
@pytest.mark.parametrize(
    ("seconds", "change", "other"),
    [
        pytest.param(-0.2, Delivery.FULL, Delivery.FULL, id="early"),
        pytest.param(0, Delivery.FULL, Delivery.FULL, id="on time"),
        pytest.param(1.5, Delivery.FULL, Delivery.FULL, id="just in time"),
        pytest.param(1.501, Delivery.SHORTENED, Delivery.DROPPED, id="too late"),
        pytest.param(10, Delivery.SHORTENED, Delivery.DROPPED, id="late, and still worth a word"),
        pytest.param(10.001, Delivery.DROPPED, Delivery.DROPPED, id="when everybody has found out"),
    ],
)
def test_a_late_cue_is_dropped_but_the_change_is_said_shortly(
    kind: CueKind, seconds: float, change: Delivery, other: Delivery
) -> None:
    assert delivery(kind, timedelta(seconds=seconds)) is (change if kind is CueKind.CHANGE else other)


def test_safety_goes_before_change_before_countdown_before_warnings_before_form() -> None:
    assert set(PRIORITY) == set(CueKind)
    order = [
        Priority.SAFETY,
        *(
            PRIORITY[kind]
            for kind in (CueKind.CHANGE, CueKind.COUNTDOWN, CueKind.IMMINENT, CueKind.PREVIEW, CueKind.FORM)
        ),
    ]
    assert order == sorted(order)
    assert len(set(order)) == len(order)


PIECES = (
    "40s back @2",
    "130s back @2",
    "25s fwd",
    "8s rest",
    "300s back",
    "30s turn",
    "15s rest confirm",
    "3s back",
    "200s side",
)


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(", ".join),
    st.sampled_from(Level),
    st.sampled_from(PlaceKind),
    st.floats(3, 10),
)
def test_no_two_cues_overlap_and_each_fits_its_interval(
    notation: str, level: Level, place: PlaceKind, glance: float
) -> None:
    plan = _plan(notation)
    for interval, slots in zip(
        plan, _slots(notation, level=level, place=place, glance_seconds=glance), strict=True
    ):
        assert slots[0].kind is CueKind.CHANGE
        assert slots[0].offset == 0
        for slot in slots:
            assert 0 <= slot.offset < interval.seconds
            assert slot.offset + slot.length <= interval.seconds
            if slot.kind in {CueKind.FORM, CueKind.GLANCE}:
                assert interval.direction is Direction.BACKWARD
        for earlier, later in pairwise(slots):
            assert earlier.offset + earlier.length <= later.offset
        if interval.seconds < 20:
            assert len(slots) == 1
