"""Praise is for what was earned: a best beats something, and a streak has grown."""

import pytest

from custom_components.backstride.engine.praise import MARGIN, Merit, Praise, Standing, merits

LONGEST, BEST_DAY = Merit(praise=Praise.LONGEST_SESSION), Merit(praise=Praise.BEST_DAY)


def stands(longest: float | None = 0.0, day: float = 0.0, other: float = 0.0, streak: int = 0) -> Standing:
    return Standing(longest_session=longest, day=day, best_other_day=other, streak=streak)


@pytest.mark.parametrize(
    ("before", "after", "earned"),
    [
        pytest.param(stands(), stands(300, 300), (), id="the first session beats nothing"),
        pytest.param(stands(300), stands(300 + MARGIN - 1), (), id="a little longer by chance"),
        pytest.param(stands(300), stands(300 + MARGIN), (LONGEST,), id="longer"),
        pytest.param(stands(300), stands(300), (), id="as long"),
        pytest.param(stands(None), stands(900), (), id="nobody knows what was before"),
        pytest.param(stands(600, 500, 900), stands(600, 909, 900), (), id="hardly a better day"),
        pytest.param(stands(600, 500, 900), stands(600, 910, 900), (BEST_DAY,), id="a better day"),
        pytest.param(stands(600, 910, 900), stands(600, 1300, 900), (), id="it was the best already"),
        pytest.param(stands(600, 500, 0), stands(600, 900, 0), (), id="there is no other day"),
        pytest.param(stands(300, 0, 300), stands(400, 400, 300), (LONGEST,), id="one best is enough"),
    ],
)
def test_a_best_beats_something(before: Standing, after: Standing, earned: tuple[Merit, ...]) -> None:
    assert merits(before, after) == earned


@pytest.mark.parametrize(
    ("before", "after", "days"), [(0, 1, 1), (6, 7, 7), (7, 7, None), (7, 0, None), (2, 4, 4)]
)
def test_a_streak_is_told_when_it_has_grown(before: int, after: int, days: int | None) -> None:
    told = merits(stands(streak=before), stands(streak=after))
    assert told == ((Merit(praise=Praise.STREAK, days=days),) if days else ())


def test_a_best_is_told_before_the_streak() -> None:
    assert merits(stands(300, streak=6), stands(900, streak=7)) == (
        LONGEST,
        Merit(praise=Praise.STREAK, days=7),
    )
