"""How a session was found: after which sessions it is asked, what, and on which scale."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from .events import Reason
from .state import Session, SessionState
from .workout import Direction

HIGHEST: Final = 10
"""Both scales go from 0 to 10: effort as Borg's CR10 does, pain as a numeric rating scale."""
LEAST: Final = timedelta(minutes=1)
"""Who moved for less has nothing to rate. An engineering choice: the shortest built-in walks last some minutes."""


class Question(StrEnum):
    """What is asked, in this order; each is a part of a rating."""

    EFFORT = "effort"
    PAIN = "pain"


class Choice(StrEnum):
    """What can be chosen where nobody wants to think of a number."""

    EASY = "easy"
    FINE = "fine"
    HARD = "hard"
    NO_PAIN = "no_pain"
    SOME_PAIN = "some_pain"
    MUCH_PAIN = "much_pain"
    OTHER = "other"
    """None of these: a number of one's own."""


class Hint(StrEnum):
    """What is said to an answer that is none."""

    NOT_A_NUMBER = "not_a_number"


CHOICES: Final[Mapping[Question, Mapping[Choice, int]]] = MappingProxyType(
    {
        # Light, somewhat hard and very hard on that scale. Beginners are to stay at 4 or below, so 4 is fine for all; and
        # from 8 on the next session is a step back, which takes the number itself.
        Question.EFFORT: MappingProxyType({Choice.EASY: 2, Choice.FINE: 4, Choice.HARD: 7}),
        # Up to 3 pain is mild and a session may go on as it is; 6 stands for what is moderate or worse.
        Question.PAIN: MappingProxyType({Choice.NO_PAIN: 0, Choice.SOME_PAIN: 2, Choice.MUCH_PAIN: 6}),
    }
)


def is_worth_asking(session: Session) -> bool:
    """Tell whether a session that is over is asked about.

    Only one that the athlete brought to its end, or ended. After a stumble or an emergency somebody may be hurt and needs
    help, not a chat; what the guard ended may still lie behind them; and where a session was left, or its place taken
    away, nobody is there to answer. All of those can be rated later, unasked.
    """
    by_athlete = session.state is SessionState.STOPPED and session.reason is Reason.ATHLETE
    if not by_athlete and session.state is not SessionState.COMPLETED:
        return False
    stands = {Direction.TURN, Direction.REST}
    moved = (visit.active for visit in session.done if visit.interval.direction not in stands)
    return sum(moved, timedelta()) >= LEAST


def following_question(question: Question) -> Question | None:
    """Give what is asked next; None after the last."""
    questions = list(Question)
    return next(iter(questions[questions.index(question) + 1 :]), None)
