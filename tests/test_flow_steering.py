"""A belt is steered only where its owner turned that on, and only one that can be: what cannot is said at its field."""

from typing import Any

import pytest

from custom_components.backstride.const import SubentryType
from custom_components.backstride.engine.belt import RISE_KMH, Steering
from custom_components.backstride.settings import place_settings
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import InvalidData
from homeassistant.helpers import entity_registry as er

from .gym.visit import IN_THE_GYM, asked, value
from .hall import Hall, OpenHall
from .machine.registered import register
from .owner import Owner, add, async_owner, at_the_controls, change, device_of, finish
from .setup import GYM

pytestmark = IN_THE_GYM

ROLES = "roles"
SPEED, NUMBER, STOP = "sensor.speed", "number.speed", "button.stop"
KMH = {"min": 0.8, "max": 12.0, "step": 0.1, "unit_of_measurement": "km/h"}
BARN = "number.barn_treadmill_speed"
"""Counts in miles, and does not say so."""


@pytest.fixture
async def owner(hass: HomeAssistant) -> Owner:
    """Give somebody in the gym with a Backstride that has no place yet."""
    return await async_owner(hass)


def number(hass: HomeAssistant, state: str = "1.0", **attributes: object) -> dict[str, str]:
    """Give the roles of a machine with such a speed control."""
    hass.states.async_set(NUMBER, state, KMH | attributes)
    return {"speed": SPEED, "set_speed": NUMBER}


# What cannot be steered


@pytest.mark.parametrize(
    ("roles", "error"),
    [
        pytest.param({}, "belt_needs_speed", id="nothing"),
        pytest.param({"set_speed": NUMBER, "stop": STOP}, "belt_needs_speed", id="no speed"),
        pytest.param({"speed": SPEED}, "belt_needs_controls", id="no control"),
        pytest.param(
            {"speed": SPEED, "set_incline": "number.incline", "start": "button.start"},
            "belt_needs_controls",
            id="controls for something else",
        ),
        pytest.param({"speed": SPEED, "stop": STOP}, None, id="a stop is enough"),
        pytest.param({"speed": SPEED, "pause": STOP}, None, id="so is a pause"),
        pytest.param({"speed": SPEED, "set_speed": NUMBER}, None, id="or a speed"),
    ],
)
async def test_what_is_steered_is_seen_and_can_be_asked_for_something(
    owner: Owner, roles: dict[str, str], error: str | None
) -> None:
    await at_the_controls(owner)
    await owner.fills_in(belt_control=True, roles=roles)
    if error is None:
        assert owner.step == "sound_and_light"
        return
    assert (owner.step, owner.errors) == ("controls", {"belt_control": error})
    assert owner.shown["belt_control"] is True, "what was filled in is still there"
    await owner.fills_in(belt_control=False)
    assert owner.step == "sound_and_light", "nothing is required of a belt that nobody steers"


@pytest.mark.parametrize(
    ("attributes", "error"),
    [
        pytest.param({"step": 0.1}, None, id="small steps"),
        pytest.param({"step": RISE_KMH}, None, id="just small enough"),
        pytest.param({"step": 0.31}, "steps_too_coarse", id="too large"),
        pytest.param({"step": 0.5}, "steps_too_coarse", id="far too large"),
        pytest.param({"step": 0.1, "unit_of_measurement": "mph"}, None, id="small steps of a mile"),
        pytest.param({"step": 0.2, "unit_of_measurement": "mph"}, "steps_too_coarse", id="large ones"),
        pytest.param({"step": 0.1, "unit_of_measurement": "m/s"}, "steps_too_coarse", id="metres"),
        pytest.param({"unit_of_measurement": "rpm"}, "not_a_speed", id="no speed at all"),
    ],
)
async def test_a_belt_that_would_jerk_is_not_steered(
    hass: HomeAssistant, owner: Owner, attributes: dict[str, Any], error: str | None
) -> None:
    await at_the_controls(owner)
    await owner.fills_in(belt_control=True, roles=number(hass, **attributes))
    assert owner.errors == ({} if error is None else {"belt_control": error})


async def test_what_is_not_there_just_now_cannot_be_judged_and_is_taken(
    hass: HomeAssistant, owner: Owner
) -> None:
    """The numbers of some treadmills are there only while the belt runs, and nobody sets up a moving one."""
    await at_the_controls(owner, device=device_of(hass, "study_treadmill"))
    await owner.fills_in(belt_control=True)
    assert owner.step == "sound_and_light"
    await owner.fills_in()
    await change(owner, {})
    await owner.fills_in(roles=number(hass, "unavailable", step=0.5))
    assert owner.step == "sound_and_light"


# In which unit


async def test_who_has_a_number_without_a_unit_is_asked_for_it(hass: HomeAssistant, owner: Owner) -> None:
    await at_the_controls(owner, device=device_of(hass, "barn_treadmill"))
    assert "set_speed_unit" in owner.sees["data_schema"].schema
    await owner.fills_in(belt_control=True)
    assert (owner.step, owner.errors) == ("controls", {"set_speed_unit": "unit_unknown"})
    with pytest.raises(InvalidData):
        await owner.fills_in(set_speed_unit="kn")
    await owner.fills_in(set_speed_unit="m/s")
    assert owner.errors == {"belt_control": "steps_too_coarse"}
    assert owner.shown["set_speed_unit"] == "m/s"
    await owner.fills_in(set_speed_unit="mph")
    await owner.fills_in()
    assert place_settings(owner.only(SubentryType.PLACE)).set_speed_unit == "mph"
    await change(owner, {})
    assert owner.shown["set_speed_unit"] == "mph"
    assert (await finish(owner))["set_speed_unit"] == "mph"
    await change(owner, {})
    await owner.fills_in(set_speed_unit=None)
    assert owner.errors == {"set_speed_unit": "unit_unknown"}
    kept = await finish(owner, belt_control=False)
    assert "set_speed_unit" not in kept


@pytest.mark.parametrize("machine", ["gym_treadmill", "cellar_treadmill", "study_treadmill", "shed_plug"])
async def test_nobody_is_asked_for_a_unit_that_is_known_or_that_nothing_needs(
    hass: HomeAssistant, owner: Owner, machine: str
) -> None:
    await at_the_controls(owner, device=device_of(hass, machine))
    assert "set_speed_unit" not in owner.sees["data_schema"].schema


async def test_a_unit_that_is_known_of_an_integration_is_not_asked_for(
    hass: HomeAssistant, owner: Owner
) -> None:
    entry = er.async_get(hass).async_get_or_create("number", "king_smith", "AA:BB:CC:DD:EE:FF_speed")
    hass.states.async_set(entry.entity_id, "1.0", {"min": 0, "max": 4, "step": 0.1})
    roles = {"speed": SPEED, "set_speed": entry.entity_id}
    await at_the_controls(owner)
    await owner.fills_in(belt_control=True, roles=roles)
    assert owner.step == "sound_and_light"


async def test_the_unit_of_one_number_says_nothing_about_another(hass: HomeAssistant, owner: Owner) -> None:
    """Taken for kilometres, miles would make the belt run 1.6 times as fast as it should."""
    await at_the_controls(owner, device=device_of(hass, "barn_treadmill"))
    other = number(hass, unit_of_measurement=None)
    await owner.fills_in(belt_control=True, roles=other, set_speed_unit="mph")
    assert owner.errors == {"set_speed_unit": "unit_unknown"}
    assert "set_speed_unit" not in owner.shown
    await owner.fills_in(set_speed_unit="km/h")
    await owner.fills_in()
    assert owner.only(SubentryType.PLACE).data["set_speed_unit"] == "km/h"
    await change(owner, {})
    kept = await finish(owner, roles={"speed": SPEED, "stop": STOP})
    assert "set_speed_unit" not in kept


async def test_a_number_out_of_reach_without_a_unit_may_be_given_one(
    hass: HomeAssistant, owner: Owner
) -> None:
    rows = [{"domain": "number", "key": "set speed", "state": "unavailable"}]
    machine = register(hass, {"platform": "homemade", "unique_id": "belt_{key}", "entities": rows})
    await at_the_controls(owner)
    await owner.fills_in(roles={"set_speed": machine["number set speed"]}, belt_control=True)
    await owner.fills_in(roles={"speed": SPEED, "set_speed": machine["number set speed"]})
    assert owner.step == "sound_and_light"
    await owner.fills_in()
    await change(owner, {})
    assert (await finish(owner, set_speed_unit="mph"))["set_speed_unit"] == "mph"


async def test_an_empty_unit_is_taken_where_nobody_steers(hass: HomeAssistant, owner: Owner) -> None:
    await add(owner, {"device": device_of(hass, "barn_treadmill")})
    assert "set_speed_unit" not in owner.only(SubentryType.PLACE).data


# While somebody walks


def owner_of(hall: Hall) -> Owner:
    """Give the owner of a hall."""
    return Owner(hall.hass, hall.coordinator.entry)


async def gym_is_changed(hall: Hall, picked: dict[str, str | None], **answers: object) -> None:
    """Change the place in which somebody walks."""
    owner = owner_of(hall)
    await owner.changes(hall.coordinator.entry.subentries[GYM])
    await owner.fills_in()
    await owner.fills_in(**picked)
    await owner.fills_in(**answers)
    await owner.fills_in()
    assert owner.step == "sound"
    await owner.fills_in()
    assert owner.sees["reason"] == "reconfigure_successful"


async def walk(hall: Hall, treadmill: str = "gym_treadmill") -> None:
    """Start a session, and the belt at its console once the first interval begins."""
    hall.start()
    await hall.wait(11)
    await hall.press_other(f"{treadmill}_console_start")
    await hall.wait(30)


async def test_a_belt_that_was_picked_and_allowed_is_steered_in_the_next_session(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await open_hall(obstacles=[])
    await gym_is_changed(hall, {"device": device_of(hass, "gym_treadmill")}, belt_control=True)
    await walk(hall)
    assert value(hass, "sensor.gym_treadmill_speed") == pytest.approx(1.2)


@pytest.mark.rooms("Barn")
async def test_a_belt_that_counts_in_miles_without_saying_so_runs_as_fast_as_it_should(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await open_hall(obstacles=[])
    device = device_of(hass, "barn_treadmill")
    await gym_is_changed(hall, {"device": device}, belt_control=True, set_speed_unit="mph")
    await walk(hall, "barn_treadmill")
    assert value(hass, "sensor.barn_treadmill_speed") == pytest.approx(1.2, abs=0.1)
    assert value(hass, BARN) == pytest.approx(0.7)


@pytest.mark.rooms("Barn")
async def test_without_its_unit_the_speed_of_a_belt_is_left_alone(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await open_hall(obstacles=[])
    await gym_is_changed(hall, {"device": device_of(hass, "barn_treadmill")})
    await walk(hall, "barn_treadmill")
    assert not [setting for name, setting in asked(hass, "barn_treadmill") if name == "speed"]


async def test_turned_off_during_a_session_it_lets_go_at_once_and_the_session_goes_on(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await open_hall(obstacles=[])
    picked: dict[str, str | None] = {"device": device_of(hass, "gym_treadmill")}
    await gym_is_changed(hall, picked, belt_control=True)
    await walk(hall)
    session = hall.coordinator.session(GYM)
    assert session is not None
    before = asked(hass, "gym_treadmill")
    await gym_is_changed(hall, {}, belt_control=False)
    assert hall.coordinator.coach(GYM).driver.steering is Steering.OFF
    await hall.wait(40)
    assert asked(hass, "gym_treadmill") == before
    now = hall.coordinator.session(GYM)
    assert now is not None
    assert now.id == session.id


@pytest.mark.rooms("Cellar")
async def test_another_machine_picked_during_a_session_is_for_the_next_one(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await open_hall(obstacles=[])
    await gym_is_changed(hall, {"device": device_of(hass, "gym_treadmill")}, belt_control=True)
    await walk(hall)
    await gym_is_changed(hall, {"device": device_of(hass, "cellar_treadmill")})
    await hall.wait(40)
    assert asked(hass, "cellar_treadmill") == []
    assert hall.coordinator.is_on(GYM)


@pytest.mark.rooms("Loft")
async def test_a_treadmill_that_is_added_during_a_session_disturbs_nobody(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await open_hall(obstacles=[])
    await gym_is_changed(hall, {"device": device_of(hass, "gym_treadmill")}, belt_control=True)
    await walk(hall)
    session = hall.coordinator.session(GYM)
    owner = owner_of(hall)
    await owner.adds(SubentryType.PLACE)
    await owner.fills_in(name="Loft", kind="treadmill")
    await owner.fills_in(device=device_of(hass, "loft_treadmill"))
    await owner.fills_in(belt_control=True)
    await owner.fills_in()
    assert owner.step == "create_entry"
    assert hall.coordinator.session(GYM) is session
    assert {place.name for place in hall.coordinator.places.values()} == {"Gym", "Hall", "Loft"}
    assert value(hass, "sensor.gym_treadmill_speed") == pytest.approx(1.2)
