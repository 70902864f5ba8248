"""What is still to be said is said once, in its order, and what was cut off is said after all."""

from datetime import timedelta
from timeit import repeat

from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
import pytest

from custom_components.backstride.output.agenda import TRIES_FOR, Agenda, is_among
from custom_components.backstride.output.takes import Piece

from .pieces import NOON, at, change, piece


def planned(*pieces: Piece) -> Agenda:
    agenda = Agenda()
    agenda.plan(pieces)
    return agenda


def texts(agenda: Agenda, now: float = 0) -> list[str]:
    return [one.text for one in agenda.ahead(at(now))]


A, B, C = piece(1, "a"), piece(2, "b"), piece(3, "c")


def test_at_first_there_is_nothing_to_say() -> None:
    assert Agenda().ahead(NOON) == ()


def test_what_is_planned_is_said_in_its_order_and_nothing_that_was_planned_before() -> None:
    agenda = planned(piece(1, "old"))
    agenda.plan([A, B, C])
    assert texts(agenda) == ["a", "b", "c"]


def test_what_has_just_happened_comes_first_and_alone() -> None:
    agenda = planned(A, B)
    agenda.urge(piece(0, "paused", kind=None))
    agenda.urge(piece(0, "stopped", kind=None))
    assert texts(agenda) == ["stopped", "a", "b"]


def test_a_new_plan_leaves_what_has_just_happened() -> None:
    agenda = planned(A)
    agenda.urge(piece(0, "skipped", kind=None))
    agenda.plan([B])
    assert texts(agenda) == ["skipped", "b"]


def test_nothing_is_said_twice() -> None:
    agenda = planned(A, B, C)
    agenda.strike([B])
    assert texts(agenda) == ["a", "c"]
    agenda.strike([A, C])
    assert texts(agenda) == []


def test_nothing_is_said_twice_because_the_plan_was_made_anew() -> None:
    agenda = planned(A, B)
    agenda.strike([A])
    agenda.plan([piece(1.04, "a in other words"), B])
    assert texts(agenda) == ["b"]
    agenda.plan([piece(1.05, "another one"), B])
    assert texts(agenda) == ["another one", "b"]


def test_what_was_cut_off_is_said_after_all() -> None:
    agenda = planned(A, B, C)
    agenda.strike([A, B])
    agenda.put_back([B])
    assert texts(agenda) == ["b", "c"]


def test_what_was_cut_off_and_is_planned_no_more_is_not_said() -> None:
    agenda = planned(A, B)
    agenda.strike([A])
    agenda.plan([B])
    agenda.put_back([A])
    assert texts(agenda) == ["b"]


def test_what_was_cut_off_comes_back_as_the_new_plan_has_it() -> None:
    agenda = planned(A)
    agenda.strike([A])
    agenda.plan([piece(1.01, "a in other words")])
    agenda.put_back([A])
    assert texts(agenda) == ["a in other words"]


def test_who_is_to_be_silent_has_nothing_to_say() -> None:
    agenda = planned(A, B)
    agenda.urge(piece(0, "stopped", kind=None))
    agenda.clear()
    assert texts(agenda) == []


@pytest.mark.parametrize(("since", "is_said"), [(-1, True), (29.999, True), (30, False), (31, False)])
def test_what_was_due_half_a_minute_ago_is_past(since: float, *, is_said: bool) -> None:
    agenda = planned(change(0))
    assert bool(agenda.ahead(at(since))) is is_said
    assert timedelta(seconds=30) == TRIES_FOR


def test_a_clock_that_stands_or_goes_back_has_nothing_said_twice() -> None:
    agenda = planned(A, B, C)
    agenda.strike([A])
    assert [texts(agenda, now) for now in (5, 5, 0, -60)] == [["b", "c"]] * 4


def test_one_sound_is_among_others_where_it_is_the_same() -> None:
    assert is_among(A, [B, piece(1.01, "other words")])
    assert not is_among(A, [B, C])
    assert not is_among(A, [])


def test_thousands_of_pieces_take_no_time() -> None:
    """A session of an hour is planned anew at each event, for each speaker: there is a millisecond for that at most."""
    agenda = planned(*(piece(second, str(second)) for second in range(5000)))
    agenda.strike([piece(second, str(second)) for second in range(40)])
    assert len(agenda.ahead(at(20))) == 4960
    assert min(repeat(lambda: agenda.ahead(at(20)), number=1)) < 0.008, (
        "with each looked for among all that were said it is fifty"
    )


class Saying(RuleBasedStateMachine):
    """A speaker that is told, says, is cut off and says again, at whatever instants."""

    def __init__(self) -> None:
        """Begin at noon."""
        super().__init__()
        self.agenda = Agenda()
        self.now = 0.0
        self.plan: list[Piece] = []
        self.said: dict[float, int] = {}

    @rule(dues=st.lists(st.integers(min_value=0, max_value=50), unique=True))
    def make_a_plan(self, dues: list[int]) -> None:
        self.plan = [piece(due, f"cue {due}") for due in sorted(dues)]
        self.agenda.plan(self.plan)

    @rule(shift=st.floats(min_value=-0.02, max_value=0.02))
    def make_the_same_plan_anew(self, shift: float) -> None:
        shifted = [one.due.timestamp() + shift - NOON.timestamp() for one in self.plan]
        self.agenda.plan([piece(due, f"anew {round(due)}") for due in shifted])

    @rule(count=st.integers(min_value=1, max_value=3), heard=st.integers(min_value=0, max_value=3))
    def say(self, count: int, heard: int) -> None:
        """Say something, of which the rest is cut off."""
        taken = self.agenda.ahead(at(self.now))[:count]
        self.agenda.strike(taken)
        assert not set(taken) & set(self.agenda.ahead(at(self.now)))
        self.agenda.put_back(taken[heard:])
        for one in taken[:heard]:
            due = round((one.due - NOON).total_seconds())
            self.said[due] = self.said.get(due, 0) + 1

    @rule(seconds=st.floats(min_value=0, max_value=10))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @invariant()
    def everything_is_said_once_at_most(self) -> None:
        assert all(times == 1 for times in self.said.values())

    @invariant()
    def what_is_ahead_is_all_that_was_planned_and_not_said(self) -> None:
        ahead = [round((one.due - NOON).total_seconds()) for one in self.agenda.ahead(at(self.now))]
        wanted = [round((one.due - NOON).total_seconds()) for one in self.plan]
        assert [due for due in wanted if due not in self.said and due > self.now - 29.9] == [
            due for due in ahead if due > self.now - 29.9
        ]


TestSaying = Saying.TestCase
TestSaying.settings = settings(max_examples=60, stateful_step_count=25)
