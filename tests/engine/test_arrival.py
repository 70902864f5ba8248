"""A belt that stood and then runs slowly for five seconds is the beginning of a walk, and nothing else is."""

import pytest

from custom_components.backstride.engine import arrival as arriving
from custom_components.backstride.engine.arrival import SLOW_KMH, Arrival

from .instants import at


def seen(*reports: tuple[float, float | None]) -> Arrival:
    """Give what follows from speeds, each with its second."""
    arrival = Arrival()
    for second, kmh in reports:
        arrival = arriving.notice(arrival, kmh, at(second))
    return arrival


def test_a_belt_that_is_started_slowly_begins_a_walk_after_five_seconds() -> None:
    assert arriving.due(seen((0, 0.0), (10, 0.3), (11, 1.0), (12, SLOW_KMH))) == at(15)


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param([(0, 1.0), (5, 1.0)], id="it ran before anybody looked"),
        pytest.param([(0, 0.0), (1, 1.0), (2, 0.0)], id="it stands again"),
        pytest.param([(0, 0.0), (1, 1.0), (2, SLOW_KMH + 0.1), (3, 1.0)], id="it got fast"),
        pytest.param([(0, 0.0), (1, None), (2, 1.0)], id="it was lost"),
        pytest.param([(0, 0.0), (1, 1.0), (2, None)], id="it is lost"),
        pytest.param([(0, 0.0)], id="it stands"),
    ],
)
def test_nothing_else_does(reports: list[tuple[float, float | None]]) -> None:
    assert arriving.due(seen(*reports)) is None
