"""What follows from what was set up."""

import math
from types import MappingProxyType
from typing import Any

import pytest

from custom_components.backstride.engine.metrics import Quantity
from custom_components.backstride.engine.sight import BELOW_M
from custom_components.backstride.machine.obstacles import Obstacle
from custom_components.backstride.machine.roles import Role
from custom_components.backstride.output.looks import LightEffect
from custom_components.backstride.settings import AthleteSettings, PlaceSettings, place_settings
from homeassistant.config_entries import ConfigSubentry

PLACE = PlaceSettings(
    id="gym",
    name="Gym",
    roles={Role.SPEED: "sensor.belt", Role.HEART_RATE: "sensor.grips", Role.STEPS: "sensor.belt_steps"},
)
MACHINE = {
    ("sensor.belt", Quantity.SPEED, False),
    ("sensor.grips", Quantity.HEART_RATE, False),
    ("sensor.belt_steps", Quantity.STEPS, False),
}


@pytest.mark.parametrize(
    ("athlete", "heard"),
    [
        pytest.param(None, MACHINE, id="nobody in particular"),
        pytest.param(AthleteSettings(id="a", name="A"), MACHINE, id="an athlete who wears nothing"),
        pytest.param(
            AthleteSettings(id="a", name="A", heart_rate="sensor.strap"),
            {*MACHINE, ("sensor.strap", Quantity.HEART_RATE, True)},
            id="both heart rates: the better one is chosen while they speak",
        ),
        pytest.param(
            AthleteSettings(id="a", name="A", steps="sensor.watch"),
            {*MACHINE, ("sensor.watch", Quantity.STEPS, True)}
            - {("sensor.belt_steps", Quantity.STEPS, False)},
            id="one step counter only",
        ),
        pytest.param(
            AthleteSettings(id="a", name="A", heart_rate="sensor.grips"),
            {*MACHINE, ("sensor.grips", Quantity.HEART_RATE, True)}
            - {("sensor.grips", Quantity.HEART_RATE, False)},
            id="the same sensor named twice is heard once",
        ),
    ],
)
def test_what_is_worn_is_heard_beside_what_the_machine_has(
    athlete: AthleteSettings | None, heard: set[tuple[str, Quantity, bool]]
) -> None:
    found = [(one.entity_id, one.quantity, one.is_worn) for one in PLACE.sources(athlete)]
    assert len(found) == len(heard)
    assert set(found) == heard


def test_only_what_is_a_reading_is_listened_to() -> None:
    place = PlaceSettings(id="gym", name="Gym", roles={role: f"{role}.of_the_machine" for role in Role})
    assert {one.entity_id: one.quantity for one in place.sources(None)} == {
        "speed.of_the_machine": Quantity.SPEED,
        "distance.of_the_machine": Quantity.DISTANCE,
        "incline.of_the_machine": Quantity.INCLINE,
        "heart_rate.of_the_machine": Quantity.HEART_RATE,
        "steps.of_the_machine": Quantity.STEPS,
        "direction.of_the_machine": Quantity.DIRECTION,
    }


def test_zones_need_an_age_and_become_those_of_the_reserve_with_a_resting_rate() -> None:
    athlete = AthleteSettings(id="a", name="A", birth_year=1986)
    rested = AthleteSettings(id="a", name="A", birth_year=1986, resting_heart_rate=60)
    assert athlete.zone_floors(2026) == pytest.approx((0, 115.2, 138.6, 155.7, 172.8))
    assert rested.zone_floors(2026) == pytest.approx((60, 108, 132, 150, 168))
    assert AthleteSettings(id="a", name="A").zone_floors(2026) == ()


@pytest.mark.parametrize(
    ("stored", "below_m", "stale_after_s"),
    [
        ({}, BELOW_M, None),
        ({"below_m": 0.8, "stale_after_s": 20}, 0.8, 20),
        ({"below_m": 0, "stale_after_s": 0}, BELOW_M, None),
        ({"below_m": -1, "stale_after_s": -1}, BELOW_M, None),
        ({"below_m": "near", "stale_after_s": None}, BELOW_M, None),
        ({"below_m": math.inf, "stale_after_s": math.nan}, BELOW_M, None),
    ],
)
def test_a_limit_that_is_none_is_replaced_by_ours(
    stored: dict[str, Any], below_m: float, stale_after_s: float | None
) -> None:
    """A place whose data somebody edited must come up, and must not come up unguarded."""
    data = {"obstacles": [{"entity_id": "sensor.rear", **stored}]}
    place = place_settings(
        ConfigSubentry(
            data=MappingProxyType(data), subentry_id="gym", subentry_type="place", title="Gym", unique_id=None
        )
    )
    assert place.obstacles == (
        Obstacle(entity_id="sensor.rear", below_m=below_m, stale_after_s=stale_after_s),
    )


@pytest.mark.parametrize(
    ("data", "effects", "glance"),
    [
        pytest.param({}, set(LightEffect), 6, id="nobody chose yet"),
        pytest.param({"light_effects": [], "glance_seconds": 3}, set(), 3, id="none is a choice too"),
        pytest.param({"light_effects": ["flash"]}, {LightEffect.FLASH}, 6, id="one"),
        pytest.param(
            {"light_effects": ["colours", "strobe"], "glance_seconds": None},
            {LightEffect.COLOURS},
            6,
            id="edited by hand",
        ),
    ],
)
def test_what_lamps_do_and_how_often_to_glance_is_chosen(
    data: dict[str, Any], effects: set[LightEffect], glance: float
) -> None:
    place = place_settings(
        ConfigSubentry(
            data=MappingProxyType(data), subentry_id="gym", subentry_type="place", title="Gym", unique_id=None
        )
    )
    assert place.light_effects == effects
    assert place.glance_seconds == glance


@pytest.mark.parametrize(
    ("athlete", "bpm"),
    [
        pytest.param({}, math.inf, id="nobody knows how old"),
        pytest.param({"birth_year": 1976}, 0.85 * 173, id="by age and level"),
        pytest.param({"birth_year": 1976, "heart_rate_ceiling": 130}, 130, id="as somebody set it"),
        pytest.param({"heart_rate_ceiling": 130}, 130, id="whatever the age"),
    ],
)
def test_a_heart_has_a_ceiling_where_one_is_known(athlete: dict[str, Any], bpm: float) -> None:
    settings = AthleteSettings(id="anna", name="Anna", **athlete)
    assert settings.heart_ceiling(2026) == pytest.approx(bpm)
