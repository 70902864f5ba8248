"""A belt that stops or is out of reach pauses the session, and one that stands is asked for, each after its time."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from custom_components.backstride.engine import motion as watching
from custom_components.backstride.engine.motion import Finding, Motion, Watch

from .instants import T0, at


@dataclass
class Session:
    """A belt that is watched, and what was found."""

    watch: Watch = field(default_factory=lambda: Watch(idle_after=timedelta(minutes=10)))
    now: float = 0.0
    found: list[tuple[float, Finding]] = field(default_factory=list)

    def sees(self, motion: Motion) -> Session:
        """Have the belt do something."""
        self.watch = watching.notice(self.watch, motion, at(self.now))
        return self

    def walks(self) -> Session:
        """Begin to walk."""
        return self._follow(walking_since=self.now)

    def stands(self) -> Session:
        """Turn round, rest or wait: nobody is supposed to walk."""
        return self._follow()

    def pauses(self, *, by_belt: bool = False) -> Session:
        """Pause."""
        return self._follow(paused_since=self.now, by_belt=by_belt)

    def _follow(
        self, walking_since: float | None = None, paused_since: float | None = None, *, by_belt: bool = False
    ) -> Session:
        self.watch = watching.follow(
            self.watch,
            walking_since=None if walking_since is None else at(walking_since),
            paused_since=None if paused_since is None else at(paused_since),
            by_belt=by_belt,
        )
        return self

    def passes(self, seconds: float) -> Session:
        """Let time pass, looking whenever it is due."""
        end = self.now + seconds
        while (due := watching.next_look(self.watch)) is not None and (due - T0).total_seconds() <= end:
            self.now = max((due - T0).total_seconds(), self.now)
            self.watch, finding = watching.look(self.watch, at(self.now))
            assert finding is not None, "whoever is woken finds something"
            self.found.append((self.now, finding))
            if finding in {Finding.STOPPED, Finding.LOST}:
                self.pauses(by_belt=finding is Finding.STOPPED)
            elif finding is Finding.IDLE:
                self.stands()
        self.now = end
        return self


def test_a_belt_that_is_stopped_under_the_athlete_pauses_after_two_seconds() -> None:
    session = Session().sees(Motion.MOVING).walks().passes(20).sees(Motion.STANDING)
    assert session.passes(1.9).found == []
    assert session.passes(1).found == [(22, Finding.STOPPED)]


def test_a_stumble_of_the_sensor_pauses_nothing() -> None:
    session = Session().sees(Motion.MOVING).walks().passes(20).sees(Motion.STANDING).passes(1.9)
    assert session.sees(Motion.MOVING).passes(100).found == []


def test_a_belt_that_stands_when_the_walking_begins_is_asked_for_and_then_waited_for() -> None:
    session = Session().sees(Motion.STANDING).passes(5).walks()
    assert session.passes(3.9).found == []
    assert session.passes(30).found == [(9, Finding.START_IT), (35, Finding.STOPPED)]


def test_a_belt_that_is_started_in_time_is_not_waited_for() -> None:
    session = Session().sees(Motion.STANDING).walks().passes(29).sees(Motion.MOVING).passes(100)
    assert session.found == [(4, Finding.START_IT)]


def test_a_belt_may_stand_while_nobody_is_supposed_to_walk() -> None:
    session = Session().sees(Motion.MOVING).walks().passes(20).stands().sees(Motion.STANDING).passes(100)
    assert session.found == []


def test_a_machine_out_of_reach_pauses_after_ten_seconds() -> None:
    session = Session().sees(Motion.MOVING).walks().passes(20).sees(Motion.UNKNOWN)
    assert session.passes(9.9).found == []
    assert session.passes(1).found == [(30, Finding.LOST)]


def test_whoever_goes_on_without_the_machine_is_left_alone() -> None:
    session = Session().sees(Motion.MOVING).walks().passes(20).sees(Motion.UNKNOWN).passes(15)
    assert session.walks().passes(600).found == [(30, Finding.LOST)]


def test_a_machine_lost_while_turning_round_pauses_ten_seconds_into_the_walking() -> None:
    session = Session().sees(Motion.MOVING).walks().passes(20).stands().sees(Motion.UNKNOWN).passes(60)
    assert session.walks().passes(15).found == [(90, Finding.LOST)]


def test_a_machine_that_never_said_anything_is_not_missed() -> None:
    assert Session().walks().passes(600).found == []


def test_a_belt_that_moves_again_is_told_once() -> None:
    session = Session().sees(Motion.MOVING).walks().sees(Motion.STANDING).passes(10)
    session.sees(Motion.MOVING).passes(1.9)
    assert [finding for _, finding in session.found] == [Finding.STOPPED]
    session.passes(60)
    assert session.found[1:] == [(12, Finding.MOVES)]


def test_a_belt_that_moves_in_a_pause_of_another_kind_is_nobodys_business() -> None:
    session = Session().sees(Motion.MOVING).walks().pauses().sees(Motion.STANDING).passes(5)
    assert session.sees(Motion.MOVING).passes(100).found == []


@pytest.mark.parametrize("first", ["pause", "belt"])
def test_a_session_that_is_paused_on_a_standing_belt_is_over_after_ten_minutes(first: str) -> None:
    session = Session().sees(Motion.MOVING).walks().passes(20)
    if first == "pause":
        session.pauses().passes(30).sees(Motion.STANDING)
    else:
        session.stands().sees(Motion.STANDING).passes(30).pauses()
    assert session.passes(599.9).found == []
    assert session.passes(1).found == [(650, Finding.IDLE)]


def test_a_pause_on_a_moving_belt_is_not_idle() -> None:
    assert Session().sees(Motion.MOVING).walks().pauses().passes(3600).found == []


def test_reports_that_say_the_same_begin_nothing_anew() -> None:
    session = Session().sees(Motion.MOVING).walks().passes(20).sees(Motion.STANDING).passes(1)
    assert session.sees(Motion.STANDING).passes(1).found == [(22, Finding.STOPPED)]


def test_looking_too_early_finds_nothing() -> None:
    session = Session().sees(Motion.STANDING).walks()
    assert watching.look(session.watch, at(3.9)) == (session.watch, None)
