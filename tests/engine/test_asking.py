"""Who is asked after a session, and what a choice stands for."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.backstride.engine.asking import (
    CHOICES,
    HIGHEST,
    Choice,
    Question,
    following_question,
    is_worth_asking,
)
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.record import Rating
from custom_components.backstride.engine.session import Command, Session, advance, apply, start
from custom_components.backstride.engine.workout import parse

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def walked(seconds: float, notation: str = "3m back @2") -> Session:
    """Give a session that has been on for so many seconds after its lead-in of ten."""
    return advance(start(parse(notation), NOON).session, at(10 + seconds)).session


def stopped(session: Session, reason: Reason | None = None) -> Session:
    return apply(session, Command.STOP, session.seen, reason=reason).session


@pytest.mark.parametrize(("seconds", "asked"), [(0, False), (59, False), (60, True), (61, True), (179, True)])
def test_an_athlete_who_stops_is_asked_after_a_minute_of_walking(seconds: float, asked: bool) -> None:
    assert is_worth_asking(stopped(walked(seconds))) is asked


def test_who_walks_to_the_end_is_asked() -> None:
    assert is_worth_asking(walked(180))


def test_a_short_workout_is_not_worth_a_question_though_it_is_completed() -> None:
    assert not is_worth_asking(walked(30, "30s back @2"))


def test_nobody_is_asked_while_the_session_goes_on() -> None:
    assert not is_worth_asking(walked(120))


def test_standing_is_nothing_to_rate() -> None:
    assert not is_worth_asking(stopped(walked(170, "30s back @2, 30s turn, 90s rest, 30s fwd @2")))


def test_what_was_walked_in_pieces_counts_together() -> None:
    assert is_worth_asking(stopped(walked(110, "40s back @2, 30s turn, 60s fwd @2")))


@pytest.mark.parametrize("reason", sorted(set(Reason) - {Reason.ATHLETE}))
def test_who_did_not_end_it_themselves_is_left_in_peace(reason: Reason) -> None:
    """They may be hurt, or not be there."""
    assert not is_worth_asking(stopped(walked(120), reason))


def test_every_question_is_a_part_of_a_rating_and_asked_once() -> None:
    assert {question.value for question in Question} <= {*Rating.__slots__}
    asked: list[Question] = []
    question: Question | None = Question.EFFORT
    while question is not None:
        asked.append(question)
        question = following_question(question)
    assert asked == list(Question)


def test_choices_rise_and_leave_a_step_back_to_who_says_a_number() -> None:
    assert CHOICES.keys() == set(Question)
    chosen = [choice for choices in CHOICES.values() for choice in choices]
    assert {*chosen, Choice.OTHER} == set(Choice)
    assert len(chosen) == len(set(chosen))
    for choices in CHOICES.values():
        numbers = list(choices.values())
        assert len(numbers) == 3
        assert numbers == sorted(set(numbers))
        assert min(numbers) >= 0
        assert max(numbers) <= HIGHEST
    assert max(CHOICES[Question.EFFORT].values()) < 8
    assert CHOICES[Question.PAIN][Choice.SOME_PAIN] < 4 <= CHOICES[Question.PAIN][Choice.MUCH_PAIN]
