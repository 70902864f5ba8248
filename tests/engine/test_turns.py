"""On a belt nobody turns round while walking."""

import pytest

from custom_components.backstride.engine.turns import TURN, facing_at, with_turns
from custom_components.backstride.engine.workout import Direction, Ends, expand, parse

BACK, FWD, TURNING, REST = Direction.BACKWARD, Direction.FORWARD, Direction.TURN, Direction.REST


def _directions(notation: str) -> list[Direction]:
    return [interval.direction for interval in with_turns(expand(parse(notation).items), confirmed=False)]


@pytest.mark.parametrize(
    ("notation", "directions"),
    [
        pytest.param("1m back, 1m fwd", [BACK, TURNING, FWD], id="a turn where one is missing"),
        pytest.param("1m back, 20s turn, 1m fwd", [BACK, TURNING, FWD], id="none where there is one"),
        pytest.param("1m back, 1m back", [BACK, BACK], id="none without a change"),
        pytest.param("1m back, 1m rest, 1m fwd", [BACK, REST, TURNING, FWD], id="a rest is no turn"),
        pytest.param("1m back, 1m rest, 1m back", [BACK, REST, BACK], id="a rest without a change"),
        pytest.param(
            "1m back, 20s turn, 1m rest, 1m fwd", [BACK, TURNING, REST, FWD], id="turned before the rest"
        ),
        pytest.param(
            "2x(1m back, 1m fwd)", [BACK, TURNING, FWD, TURNING, BACK, TURNING, FWD], id="round and round"
        ),
        pytest.param("1m back, 1m side", [BACK, TURNING, Direction.SIDEWAYS], id="sideways is another way"),
        pytest.param("1m rest, 1m back", [REST, BACK], id="none before the first"),
    ],
)
def test_every_change_of_direction_has_a_turn(notation: str, directions: list[Direction]) -> None:
    assert _directions(notation) == directions


@pytest.mark.parametrize(("confirmed", "ends"), [(True, Ends.CONFIRMED), (False, Ends.TIMED)])
def test_all_turns_end_as_the_place_wants(confirmed: bool, ends: Ends) -> None:
    plan = with_turns(expand(parse("1m back, 20s turn confirm, 1m fwd, 1m back").items), confirmed=confirmed)
    assert [interval.ends for interval in plan if interval.direction is TURNING] == [ends, ends]
    assert plan[3].seconds == TURN.seconds


@pytest.mark.parametrize(
    ("notation", "facing"),
    [
        pytest.param("1m back, 20s turn, 1m fwd", [BACK, None, FWD], id="walking, turning, walking"),
        pytest.param("1m rest, 1m back, 1m rest", [BACK, BACK, BACK], id="standing before and after"),
        pytest.param("1m back, 1m rest, 20s turn, 1m fwd", [BACK, BACK, None, FWD], id="not turned yet"),
        pytest.param("1m back, 20s turn, 1m rest, 1m fwd", [BACK, None, FWD, FWD], id="turned already"),
        pytest.param("20s turn, 1m rest, 20s turn", [None, None, None], id="nothing tells"),
        pytest.param("1m rest", [None], id="never walking"),
    ],
)
def test_standing_one_faces_the_way_one_walks_next(notation: str, facing: list[Direction | None]) -> None:
    plan = with_turns(expand(parse(notation).items), confirmed=False)
    assert [facing_at(plan, index) for index in range(len(plan))] == facing
