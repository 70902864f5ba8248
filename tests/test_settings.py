"""What follows from what was set up."""

from datetime import time
import math
from types import MappingProxyType
from typing import Any

import pytest

from custom_components.backstride.engine.cues import CueKind
from custom_components.backstride.engine.metrics import Quantity
from custom_components.backstride.engine.sight import BELOW_M
from custom_components.backstride.machine.obstacles import Obstacle
from custom_components.backstride.machine.roles import Role
from custom_components.backstride.output.chimes import CueStyle
from custom_components.backstride.output.looks import LightEffect
from custom_components.backstride.output.loudness import Loudness
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


def gym(data: dict[str, Any]) -> PlaceSettings:
    """Give what is made of a place's data."""
    return place_settings(
        ConfigSubentry(
            data=MappingProxyType(data), subentry_id="gym", subentry_type="place", title="Gym", unique_id=None
        )
    )


@pytest.mark.parametrize(
    ("stored", "kinds"),
    [
        pytest.param({}, set(CueKind), id="nobody chose yet"),
        pytest.param({"cue_kinds": []}, set(), id="none is a choice too"),
        pytest.param({"cue_kinds": ["form"]}, {CueKind.FORM}, id="one"),
        pytest.param({"cue_kinds": ["form", "song"]}, {CueKind.FORM}, id="a kind that there is not"),
        pytest.param({"cue_kinds": None}, set(CueKind), id="nothing"),
        pytest.param({"cue_kinds": 3}, set(CueKind), id="a number"),
    ],
)
def test_which_cues_are_given_is_chosen(stored: dict[str, Any], kinds: set[CueKind]) -> None:
    assert gym(stored).cue_kinds == kinds


@pytest.mark.parametrize(
    ("stored", "style"),
    [(None, CueStyle.WORDS), ("words", CueStyle.WORDS), ("chimes", CueStyle.CHIMES), (1, CueStyle.WORDS)],
)
def test_how_cues_are_given_is_chosen_and_words_are_usual(stored: object, style: CueStyle) -> None:
    assert gym({"cue_style": stored}).cue_style is style


@pytest.mark.parametrize(
    ("stored", "loudness"),
    [
        pytest.param({}, Loudness(), id="nobody chose yet"),
        pytest.param(
            {"announce_volume": 0.6, "night_volume": 0, "quiet_hours": ["22:00:00", "07:30"]},
            Loudness(normal=0.6, night=0, quiet_from=time(22), quiet_to=time(7, 30)),
            id="all of it",
        ),
        pytest.param({"announce_volume": 1, "night_volume": 1}, Loudness(normal=1, night=1), id="loudest"),
        pytest.param({"announce_volume": 60, "night_volume": 1.01}, Loudness(), id="louder than that"),
        pytest.param({"announce_volume": -0.1, "night_volume": -1}, Loudness(), id="less than nothing"),
        pytest.param({"announce_volume": 0}, Loudness(), id="nothing is what the switch is for"),
        pytest.param({"announce_volume": "loud", "night_volume": math.nan}, Loudness(), id="no volumes"),
        pytest.param({"quiet_hours": ["22:00:00"]}, Loudness(), id="without an end"),
        pytest.param({"quiet_hours": ["22:00:00", "dawn"]}, Loudness(), id="no time"),
        pytest.param({"quiet_hours": [22, None]}, Loudness(), id="no times"),
        pytest.param({"quiet_hours": "22:00"}, Loudness(), id="no list"),
    ],
)
def test_how_loud_it_is_is_chosen_and_what_makes_no_sense_is_left_out(
    stored: dict[str, Any], loudness: Loudness
) -> None:
    assert gym(stored).loudness == loudness


@pytest.mark.parametrize(
    ("stored", "delays"),
    [
        ({}, {}),
        (
            {"speaker_delays": {"media_player.gym": 0.2, "registry-id": 0}},
            {"media_player.gym": 0.2, "registry-id": 0},
        ),
        ({"speaker_delays": {"a": 3, "b": 3.01, "c": -0.1, "d": "late", "e": None}}, {"a": 3}),
        ({"speaker_delays": ["a"]}, {}),
        ({"speaker_delays": None}, {}),
    ],
)
def test_how_late_a_speaker_is_counts_where_it_can_be(
    stored: dict[str, Any], delays: dict[str, float]
) -> None:
    assert gym(stored).speaker_delays == delays


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
