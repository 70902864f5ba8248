"""Heart rate: maximum, zones, ceilings."""

import pytest

from custom_components.backstride.engine import heart
from custom_components.backstride.engine.levels import Level


@pytest.mark.parametrize(
    ("age", "beats"), [(20, 194), (30, 187), (40, 180), (50, 173), (60, 166), (70, 159), (80, 152)]
)
def test_the_maximum_is_tanakas(age: int, beats: float) -> None:
    assert heart.maximum(age) == pytest.approx(beats)


@pytest.mark.parametrize(
    ("age", "resting", "targets"),
    [
        (30, 55, (94.6, 107.8, 134.2, 154.0, 173.8)),
        (40, 60, (96.0, 108.0, 132.0, 150.0, 168.0)),
        (65, 70, (97.75, 107.0, 125.5, 139.375, 153.25)),
    ],
)
def test_targets_are_karvonens(age: int, resting: float, targets: tuple[float, ...]) -> None:
    highest = heart.maximum(age)
    for share, beats in zip((0.3, 0.4, 0.6, 0.75, 0.9), targets, strict=True):
        assert heart.target(share, highest=highest, resting=resting) == pytest.approx(beats)


@pytest.mark.parametrize(
    ("beats", "zone"),
    [
        (30, 1),
        (107.9, 1),
        (108, 2),
        (131.9, 2),
        (132, 3),
        (149.9, 3),
        (150, 4),
        (167.9, 4),
        (168, 5),
        (230, 5),
    ],
)
def test_zones_begin_at_their_share_of_the_reserve(beats: float, zone: int) -> None:
    assert heart.zone(beats, heart.zone_floors(highest=180, resting=60)) == zone


@pytest.mark.parametrize(
    ("beats", "zone"),
    [(50, 1), (127.9, 1), (128, 2), (153.9, 2), (154, 3), (172.9, 3), (173, 4), (191.9, 4), (192, 5)],
)
def test_without_a_resting_rate_zones_are_shares_of_the_maximum(beats: float, zone: int) -> None:
    assert heart.zone(beats, heart.zone_floors(highest=200)) == zone


@pytest.mark.parametrize(
    ("level", "beats"),
    [(Level.L0, 153), (Level.L1, 153), (Level.L2, 153), (Level.L3, 162), (Level.L4, 171)],
)
def test_the_ceiling_rises_with_the_level(level: Level, beats: float) -> None:
    assert heart.ceiling(level, 40) == pytest.approx(beats)
