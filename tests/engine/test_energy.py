"""About how much energy, and within 0.01 MET of the reference."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine import energy
from custom_components.backstride.engine.workout import Direction, Gait, Interval, parse

FIXTURES = Path(__file__).parents[1] / "fixtures"
VECTORS: list[dict[str, Any]] = json.loads((FIXTURES / "energy_vectors.json").read_text())
OUR_WORD = {"lateral": "sideways"}
MPH = 1.609344


@pytest.mark.parametrize(
    "vector", VECTORS, ids=lambda vector: f"{vector['direction']} {vector['gait']} {vector['kmh']}"
)
def test_the_reference_is_met_within_a_hundredth(vector: dict[str, Any]) -> None:
    direction = Direction(OUR_WORD.get(vector["direction"], vector["direction"]))
    gait = Gait(OUR_WORD.get(vector["gait"], vector["gait"]))
    mets = energy.mets(direction, gait, vector["kmh"], vector["grade"])
    assert mets == pytest.approx(vector["met"], abs=0.01)
    assert energy.kcal_per_minute(mets, 70) == pytest.approx(vector["kcal_min_70"], abs=0.01)
    assert energy.kcal_per_minute(mets, 70, net=True) == pytest.approx(vector["net_kcal_min_70"], abs=0.01)


@pytest.mark.parametrize(
    ("direction", "kmh", "grade", "mets"),
    [
        pytest.param(Direction.FORWARD, 3.5 * MPH, 0, 4.3, id="Compendium 17200"),
        pytest.param(Direction.BACKWARD, 3.5 * MPH, 0, 6.0, id="Compendium 17320"),
        pytest.param(Direction.BACKWARD, 3.5 * MPH, 5, 8.0, id="Compendium 17325"),
    ],
)
def test_the_anchors_are_hit_exactly(direction: Direction, kmh: float, grade: float, mets: float) -> None:
    assert energy.mets(direction, Gait.WALK, kmh, grade) == pytest.approx(mets, abs=1e-9)


def test_running_backward_costs_a_fifth_more() -> None:
    for kmh in (6.0, 9.0, 12.0):
        forward, backward = (
            energy.mets(way, Gait.RUN, kmh, 3) for way in (Direction.FORWARD, Direction.BACKWARD)
        )
        assert backward == pytest.approx(1.2 * forward)


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("gait", Gait)
def test_standing_costs_what_resting_costs(direction: Direction, gait: Gait) -> None:
    assert energy.mets(direction, gait, 0) == energy.REST == pytest.approx(1.18, abs=0.01)


@pytest.mark.parametrize(
    ("way", "inside", "outside"),
    [
        pytest.param((Direction.BACKWARD, Gait.WALK), (6.7, 12), (6.8, 12.1), id="backward walking"),
        pytest.param((Direction.FORWARD, Gait.WALK), (8.0, 15), (8.1, 15.1), id="forward walking"),
        pytest.param((Direction.BACKWARD, Gait.RUN), (12.0, 10), (12.1, 10.1), id="backward running"),
        pytest.param((Direction.FORWARD, Gait.RUN), (16.0, 10), (16.1, 10.1), id="forward running"),
        pytest.param((Direction.SIDEWAYS, Gait.SIDEWAYS), (9.0, 0), (9.1, 1), id="sideways"),
    ],
)
def test_beyond_what_was_checked_the_edge_is_taken_and_said(
    way: tuple[Direction, Gait], inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    assert not energy.is_extrapolated(*way, *inside)
    assert energy.is_extrapolated(*way, outside[0], inside[1])
    assert energy.is_extrapolated(*way, inside[0], outside[1])
    assert energy.is_extrapolated(*way, inside[0], -1)
    assert energy.mets(*way, *outside) == energy.mets(*way, *inside)
    assert energy.mets(*way, 0.01) == energy.mets(*way, energy.VALID[way].slowest)


def test_where_there_is_no_speed_nothing_is_extrapolated() -> None:
    assert not energy.is_extrapolated(Direction.REST, Gait.NONE, 5)
    assert not energy.is_extrapolated(Direction.BACKWARD, Gait.WALK, 0)
    assert energy.mets(Direction.SIDEWAYS, Gait.NONE, 5) == energy.REST
    assert energy.mets(Direction.SIDEWAYS, Gait.WALK, 5) == energy.mets(Direction.SIDEWAYS, Gait.SIDEWAYS, 5)


@given(
    st.sampled_from([Direction.BACKWARD, Direction.FORWARD]),
    st.floats(0, 20),
    st.floats(0, 20),
    st.floats(-5, 20),
)
def test_faster_is_never_cheaper_and_backward_never_cheaper_than_forward(
    direction: Direction, one: float, other: float, grade: float
) -> None:
    slow, fast = sorted((one, other))
    assert (
        energy.mets(direction, Gait.WALK, slow, grade)
        <= energy.mets(direction, Gait.WALK, fast, grade) + 1e-9
    )
    slow = min(slow, 6.7)
    grade = min(grade, 12)
    assert (
        energy.mets(Direction.FORWARD, Gait.WALK, slow, grade)
        <= energy.mets(Direction.BACKWARD, Gait.WALK, slow, grade) + 1e-9
    )


def _one(notation: str) -> Interval:
    (interval,) = parse(notation).items
    assert isinstance(interval, Interval)
    return interval


@pytest.mark.parametrize(
    ("notation", "before", "mets"),
    [
        pytest.param("30s rest rpe 0", None, energy.REST, id="a rest"),
        pytest.param("30s rest rpe 0", 5, energy.REST, id="a rest after easy work"),
        pytest.param("30s rest rpe 0", 6, 4.0, id="a rest after hard work"),
        pytest.param("30s turn rpe 1", None, 2.0, id="a turn"),
        pytest.param("30s fwd rpe 2", 6, 4.0, id="easy walking after hard work"),
        pytest.param("5s back run rpe 7", 8, 9.0, id="hard work after hard work"),
        pytest.param("5s fwd jump rpe 8", None, 10.5, id="a jump"),
        pytest.param("60s back", None, 2.8, id="walking of which nothing is known"),
        pytest.param("60s back @2.4", 9, 2.9944, id="a speed says more than what came before"),
    ],
)
def test_an_interval_costs_by_its_speed_or_else_its_effort(
    notation: str, before: int | None, mets: float
) -> None:
    assert energy.interval_mets(_one(notation), before) == pytest.approx(mets, abs=1e-3)


def test_what_was_measured_counts_before_what_was_meant() -> None:
    interval = _one("60s back @2.4 5% rpe 3")
    assert energy.interval_mets(interval, speed_kmh=4.02336, grade_percent=10) == pytest.approx(
        7.2895, abs=1e-3
    )
    assert energy.interval_mets(interval, speed_kmh=0) == energy.REST
