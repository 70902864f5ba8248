"""What is put together for a player is on time, in order, and nothing in it is too late or in the way of what matters more."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine.cues import LATEST_CHANGE, Priority
from custom_components.backstride.output.chimes import Chime
from custom_components.backstride.output.takes import (
    ALWAYS,
    COUNT_LATEST,
    LONGEST,
    SAME,
    Piece,
    Take,
    compose,
    over,
    together,
)

from .pieces import NOON, at, change, count, find_in, piece

STEP = timedelta(seconds=1)


def sounds(take: Take) -> list[tuple[float, str]]:
    """Tell what is heard at how many seconds."""
    return [(round(one.offset, 3), one.text) for one in take.placed]


def texts(pieces: tuple[Piece, ...]) -> list[str]:
    return [one.text for one in pieces]


# One piece and the clock


@pytest.mark.parametrize(
    ("late_by", "said"),
    [(0, "a"), (1.499999, "a"), (1.5, "a"), (1.500001, None), (10, None), (40, None)],
)
def test_what_is_later_than_a_second_and_a_half_is_left_out(late_by: float, said: str | None) -> None:
    assert piece(0, "a").said(timedelta(seconds=late_by)) == said
    take = compose([piece(0, "a")], at(late_by), find_in({"a": 1}))
    assert sounds(take) == ([] if said is None else [(0, said)])
    assert texts(take.left_out) == (["a"] if said is None else [])


@pytest.mark.parametrize(
    ("late_by", "said"),
    [(1.5, "Walk backward."), (1.500001, "Backward."), (10, "Backward."), (10.000001, None)],
)
def test_a_change_is_worth_a_late_word_for_ten_seconds(late_by: float, said: str | None) -> None:
    find = find_in({"Walk backward.": 1.2, "Backward.": 0.6})
    assert change(0).said(timedelta(seconds=late_by)) == said
    assert sounds(compose([change(0)], at(late_by), find)) == ([] if said is None else [(0, said)])


@pytest.mark.parametrize(("late_by", "is_said"), [(0.3, True), (0.300001, False)])
def test_a_number_of_a_countdown_counts_something_else_when_it_is_late(
    late_by: float, *, is_said: bool
) -> None:
    take = compose([count(0, "three")], at(late_by), find_in({"three": 0.4}))
    assert bool(take.placed) is is_said
    assert COUNT_LATEST.total_seconds() == 0.3


def test_what_may_always_be_said_is_said_however_late() -> None:
    assert piece(0, "a", latest=ALWAYS).said(timedelta(days=1)) == "a"


def test_who_comes_early_waits_in_silence_until_the_instant() -> None:
    take = compose([change(2.25)], NOON, find_in({"Walk backward.": 1}))
    assert sounds(take) == [(2.25, "Walk backward.")]
    assert take.seconds == pytest.approx(3.25)


def test_nothing_takes_no_time() -> None:
    assert compose([], NOON, find_in({})) == Take(placed=(), left_out=())
    assert compose([], NOON, find_in({})).seconds == 0


def test_without_a_sound_for_it_nothing_is_said() -> None:
    take = compose([change(0)], NOON, find_in({}))
    assert not take.placed
    assert texts(take.left_out) == ["Walk backward."]


def test_a_chime_that_stands_for_words_is_not_called_words() -> None:
    """Who reads what was heard must not read words that nobody heard."""
    find = find_in({"go": 0.5}, {Chime.BACKWARD: 0.5})
    pieces = [change(0, chime=Chime.BACKWARD), change(2, "go", chime=Chime.BACKWARD)]
    assert sounds(compose(pieces, NOON, find)) == [(0, "(backward)"), (2, "go")]
    assert sounds(compose([change(0, "", chime=Chime.BACKWARD)], NOON, find)) == [(0, "(backward)")]


def test_a_late_word_that_is_not_there_is_a_late_chime() -> None:
    find = find_in({"Walk backward.": 1}, {Chime.BACKWARD: 0.5})
    assert sounds(compose([change(0, chime=Chime.BACKWARD)], at(4), find)) == [(0, "(backward)")]


# Several pieces


def test_each_begins_when_it_is_due_or_as_soon_as_what_is_ahead_of_it_is_over() -> None:
    pieces = [piece(0, "a"), piece(0.5, "b"), piece(4, "c")]
    take = compose(pieces, at(-1), find_in({"a": 1, "b": 2, "c": 1}))
    assert sounds(take) == [(1, "a"), (2, "b"), (5, "c")]


def test_a_countdown_keeps_its_step() -> None:
    numbers = [count(0, "three"), count(1, "two"), count(2, "one"), change(3)]
    find = find_in({"three": 0.4, "two": 0.4, "one": 0.4, "Walk backward.": 1.2})
    assert [begin for begin, _ in sounds(compose(numbers, NOON, find))] == [0, 1, 2, 3]


def test_who_comes_in_the_middle_of_a_countdown_hears_the_rest_of_it() -> None:
    numbers = [count(0, "three"), count(1, "two"), count(2, "one"), change(3)]
    find = find_in({"three": 0.4, "two": 0.4, "one": 0.4, "Walk backward.": 1.2})
    take = compose(numbers, at(0.5), find)
    assert sounds(take) == [(0.5, "two"), (1.5, "one"), (2.5, "Walk backward.")]
    assert texts(take.left_out) == ["three"]


def test_what_would_run_into_something_more_important_is_left_out() -> None:
    find = find_in({"toes": 2, "Walk backward.": 1})
    assert texts(compose([piece(0, "toes"), change(1.999)], NOON, find).left_out) == ["toes"]
    assert not compose([piece(0, "toes"), change(2)], NOON, find).left_out


def test_what_is_held_up_must_not_hold_up_something_more_important() -> None:
    """Begun in time it would be over by then; begun late it is not."""
    pieces = [piece(0, "halfway"), piece(1, "toes"), change(3.5)]
    find = find_in({"halfway": 2, "toes": 2, "Walk backward.": 1})
    take = compose(pieces, NOON, find)
    assert sounds(take) == [(0, "halfway"), (3.5, "Walk backward.")]
    assert texts(take.left_out) == ["toes"]


def test_who_comes_late_must_not_hold_up_something_more_important() -> None:
    find = find_in({"toes": 2, "Walk backward.": 1})
    take = compose([piece(0, "toes"), change(2.5)], at(1), find)
    assert sounds(take) == [(1.5, "Walk backward.")]


def test_a_shorter_late_word_may_still_fit() -> None:
    find = find_in({"Walk backward.": 3, "Backward.": 0.5, "Stop.": 1})
    stop = piece(3, "Stop.", priority=Priority.SAFETY, kind=None)
    assert sounds(compose([change(0), stop], at(2), find)) == [(0, "Backward."), (1, "Stop.")]


def test_what_is_too_late_itself_keeps_nothing_from_being_said() -> None:
    """After a warning there is praise to say, and a countdown that nobody could hear."""
    praise = piece(5, "A record!", priority=Priority.PROGRESS, kind=None)
    take = compose([praise, count(2, "one")], at(5), find_in({"A record!": 2, "one": 0.4}))
    assert sounds(take) == [(0, "A record!")]
    assert texts(take.left_out) == ["one"]


def test_what_is_more_important_and_said_already_keeps_nothing_from_being_said() -> None:
    find = find_in({"halfway": 1}, {Chime.BACKWARD: 0.5})
    take = compose([change(0, "", chime=Chime.BACKWARD), piece(0, "halfway")], NOON, find)
    assert sounds(take) == [(0, "(backward)"), (0.5, "halfway")]


LENGTHS = [0.2, 0.5, 1.0, 1.7, 3.0]
"""Seconds; a text is its length."""
FIND = find_in({str(length): length for length in LENGTHS}, {Chime.BACKWARD: 0.4})
tenths = st.integers(min_value=-40, max_value=300).map(lambda number: number / 10)
drawn_pieces = st.builds(
    piece,
    tenths,
    st.sampled_from(["", "unknown", *map(str, LENGTHS)]),
    priority=st.sampled_from(Priority),
    late=st.sampled_from(["", "0.2"]),
    latest=st.sampled_from([COUNT_LATEST, timedelta(seconds=1.5), LATEST_CHANGE, ALWAYS]),
    chime=st.sampled_from([None, Chime.BACKWARD]),
)
plans = st.lists(drawn_pieces, max_size=9).map(lambda pieces: sorted(pieces, key=lambda one: one.due))


@given(planned=plans, urgent=st.lists(drawn_pieces, max_size=1), now=tenths)
def test_whatever_is_put_together_keeps_the_rules(
    planned: list[Piece], urgent: list[Piece], now: float
) -> None:
    pieces = [*urgent, *planned]
    take = compose(pieces, at(now), FIND)
    said = [one for one in pieces if not any(one is other for other in take.left_out)]
    assert len(said) + len(take.left_out) == len(pieces)
    assert len(said) == len(take.placed)
    ended = at(now)
    for one, placed in zip(said, take.placed, strict=True):
        begin = at(now) + timedelta(seconds=placed.offset)
        assert begin >= ended, "nothing overlaps"
        assert begin >= one.due, "nothing is early"
        assert begin == max(one.due, ended), "nothing waits longer than it must"
        assert one.said(begin - one.due) is not None, "nothing is too late"
        assert placed.text in {one.said(begin - one.due), "(backward)"}
        ended = begin + timedelta(seconds=placed.clip.seconds)
    for (before, placed), (one, follows) in pairwise(zip(said, take.placed, strict=True)):
        held_up = at(now) + timedelta(seconds=follows.offset) > max(one.due, at(now))
        assert not held_up or before.priority <= one.priority, "what matters more waits for nothing less"
        assert follows.offset >= placed.offset + placed.clip.seconds - 1e-6
    assert take.seconds == pytest.approx(max((ended - at(now)).total_seconds(), 0), abs=1e-6)


@given(planned=plans, happened=st.lists(drawn_pieces, max_size=1), now=tenths)
def test_what_matters_more_is_heard_as_if_there_were_nothing_less(
    planned: list[Piece], happened: list[Piece], now: float
) -> None:
    pieces = [*(replace(one, due=min(one.due, at(now))) for one in happened), *planned]
    take = compose(pieces, at(now), FIND)
    said = [one for one in pieces if not any(one is other for other in take.left_out)]
    for priority in Priority:
        heard = [each for one, each in zip(said, take.placed, strict=True) if one.priority <= priority]
        alone = compose([one for one in pieces if one.priority <= priority], at(now), FIND)
        assert heard == list(alone.placed)


# The same of two plans


def test_a_plan_that_is_made_anew_has_the_same_pieces() -> None:
    cue = change(0)
    shifted = change(0.049, "Now walk backward.")
    assert cue.is_same(cue)
    assert cue.is_same(shifted)
    assert shifted.is_same(cue)
    assert not cue.is_same(change(0.05))
    assert not cue.is_same(piece(0, cue.text))
    assert timedelta(seconds=0.05) == SAME


def test_a_change_to_another_direction_is_another_change() -> None:
    """Who skips in the very instant of a change must not hear only where it would have gone."""
    backward, turn = change(0, chime=Chime.BACKWARD), change(0.02, "Turn.", chime=Chime.TURN)
    assert not backward.is_same(turn)
    assert not turn.is_same(backward)


def test_what_happened_is_known_by_its_words_and_by_its_chime() -> None:
    def happened(text: str, chime: Chime | None = None) -> Piece:
        return piece(0, text, kind=None, chime=chime)

    assert happened("Paused.").is_same(happened("Paused."))
    assert not happened("Paused.").is_same(happened("Stopped."))
    assert not happened("", Chime.REST).is_same(happened("", Chime.COMPLETE))
    assert not happened("").is_same(piece(0, "")), "a chime of the plan is no event"
    assert not piece(0, "").is_same(happened(""))


# What goes into one file


APART = timedelta(seconds=0.7)


def test_what_a_player_has_time_to_be_asked_for_is_a_file_of_its_own() -> None:
    find = find_in({"a": 1, "b": 1})
    assert texts(together([piece(0, "a"), piece(1.7, "b")], APART, find)) == ["a"]
    assert texts(together([piece(0, "a"), piece(1.699, "b")], APART, find)) == ["a", "b"]
    assert texts(together([piece(0, "a")], APART, find)) == ["a"]


def test_how_long_words_take_is_estimated_until_they_are_there() -> None:
    words = piece(0, "words", seconds=2.5)
    assert over(words, find_in({})) == at(2.5)
    assert over(words, find_in({"words": 1.25})) == at(1.25)
    assert len(together([words, piece(3, "b")], APART, find_in({}))) == 2
    assert len(together([words, piece(3, "b")], APART, find_in({"words": 1.25}))) == 1


def test_a_countdown_is_one_file_on_the_quickest_player() -> None:
    """As files of their own its numbers cut each other off."""
    numbers = [count(0, "three"), count(1, "two"), count(2, "one"), change(3), piece(7, "toes")]
    find = find_in({"three": 0.1, "two": 0.1, "one": 0.1, "Walk backward.": 1})
    assert texts(together(numbers, timedelta(seconds=0.3), find)) == texts(tuple(numbers[:4]))
    later = [*numbers[:3], change(4)]
    assert len(together(later, timedelta(seconds=0.3), find)) == 3, "nothing is counted down to there"


def test_what_is_said_first_may_end_last() -> None:
    """The next file would cut it off."""
    pieces = [piece(2, "A record!", seconds=3), piece(1, "short", seconds=0.5), piece(4, "b")]
    assert len(together(pieces, APART, find_in({}))) == 3


def test_no_file_goes_on_for_longer_than_its_limit() -> None:
    pieces = [piece(0, "a"), *(piece(due, str(due)) for due in range(1, 40))]
    run = together(pieces, APART, find_in({}))
    assert over(run[-1], find_in({})) - run[0].due <= LONGEST
    assert timedelta(seconds=15) == LONGEST


def test_a_long_run_is_parted_where_a_player_has_most_time() -> None:
    pieces = [piece(due, str(due)) for due in (0, 1, 2, 3, 4.5, 5.5, 6.5, 8, 9, 10, 11, 12, 13, 14, 15)]
    assert len(together(pieces, APART, find_in({}))) == 4
    pieces = [piece(due, str(due)) for due in (0, 1, 2, 3, 4, 5, 6, 7.6, 9, 10, 11, 12, 13, 14, 15)]
    assert len(together(pieces, APART, find_in({}))) == 7


def test_a_long_run_is_never_parted_in_a_countdown() -> None:
    find = find_in({str(number): 0.4 for number in range(4)})
    numbers = [count(11 + number, str(number)) for number in range(3)]
    pieces = [piece(-1, "a", seconds=11.9), *numbers, change(14)]
    assert texts(together(pieces, APART, find)) == ["a"]


def test_a_piece_that_is_too_long_by_itself_is_said() -> None:
    pieces = [piece(0, "a", seconds=20), piece(20, "b")]
    assert texts(together(pieces, APART, find_in({}))) == ["a"]
    assert texts(together(pieces[:1], APART, find_in({}))) == ["a"]


@given(planned=plans.filter(bool), lead=st.sampled_from([0.3, 0.7, 4.3]))
def test_whatever_belongs_together_is_together(planned: list[Piece], lead: float) -> None:
    apart = timedelta(seconds=lead)
    run = together(planned, apart, FIND)
    assert list(run) == planned[: len(run)]
    assert run
    ended = max(over(one, FIND) for one in run)
    assert len(run) == 1 or ended - run[0].due <= LONGEST
    rest = planned[len(run) :]
    if rest and rest[0].due - ended < apart:
        assert max(over(one, FIND) for one in planned) - run[0].due > LONGEST


def test_the_limit_gives_way_to_a_countdown_that_fills_it() -> None:
    numbers = [count(number, str(number)) for number in range(20)]
    assert len(together(numbers, APART, find_in({}))) == 20
