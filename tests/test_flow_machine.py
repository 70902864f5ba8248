"""Whoever sets a place up picks its machine once; everything else is found, shown, and can be put right."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.backstride.const import DOMAIN, SubentryType
from custom_components.backstride.flow_machine import FIELDS
from custom_components.backstride.machine.roles import Role
from custom_components.backstride.settings import place_settings
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .gym.visit import IN_THE_GYM, async_open
from .machine.registered import register, variant
from .owner import (
    Owner,
    add,
    async_owner,
    at_the_controls,
    at_the_machine,
    change,
    device_of,
    finish,
    named,
    shown_in,
)
from .setup import GYM, async_set_up, new_entry, subentry
from .test_config_flow import ACCEPTED

pytestmark = IN_THE_GYM

ROLES = "roles"
TREADMILL = {
    "speed": "sensor.gym_treadmill_speed",
    "distance": "sensor.gym_treadmill_distance",
    "incline": "sensor.gym_treadmill_incline",
    "steps": "sensor.gym_treadmill_steps",
    "belt_running": "binary_sensor.gym_treadmill_belt_running",
    "set_speed": "number.gym_treadmill_target_speed",
    "set_incline": "number.gym_treadmill_target_incline",
    "start": "button.gym_treadmill_start",
    "stop": "button.gym_treadmill_stop",
    "pause": "button.gym_treadmill_pause",
}
LOFT = {
    "speed": "sensor.loft_treadmill_current_speed",
    "distance": "sensor.loft_treadmill_distance",
    "steps": "sensor.loft_treadmill_steps",
    "belt_running": "sensor.loft_treadmill_state",
    "set_speed": "number.loft_treadmill_speed",
    "start": "switch.loft_treadmill_belt",
    "stop": "button.loft_treadmill_stop_session",
}
STUDY = {
    "speed": "sensor.study_treadmill_speed",
    "distance": "sensor.study_treadmill_distance",
    "steps": "sensor.study_treadmill_steps",
    "set_speed": "number.study_treadmill_speed_control",
}
TRAINER = {
    "speed": "sensor.studio_cross_trainer_speed",
    "distance": "sensor.studio_cross_trainer_distance",
    "steps": "sensor.studio_cross_trainer_steps",
    "direction": "sensor.studio_cross_trainer_movement_direction",
}
MACHINES = [
    pytest.param("gym_treadmill", TREADMILL, id="buttons"),
    pytest.param("loft_treadmill", LOFT, id="a switch"),
    pytest.param("study_treadmill", STUDY, id="a number that is there only while the belt runs"),
    pytest.param("studio_cross_trainer", TRAINER, id="a cross trainer"),
    pytest.param("shed_plug", {"belt_running": "sensor.shed_plug_power"}, id="a plug"),
]
USUAL = {"belt_control": False, "confirm_turns": False, "idle_finish_minutes": 10, "auto_start": False}
SOUND: dict[str, Any] = {
    "speakers": [],
    "lights": [],
    "light_effects": ["colours", "flash"],
    "no_flashing": True,
    "obstacles": [],
    "reminders": "daily",
}
GLANCES = {"glance_seconds": 6}


@pytest.fixture
async def owner(hass: HomeAssistant) -> Owner:
    """Give somebody in the gym with a Backstride that has no place yet."""
    return await async_owner(hass)


# Picked once


@pytest.mark.parametrize(("machine", "roles"), MACHINES)
async def test_a_device_is_picked_once_and_everything_else_is_filled_in(
    hass: HomeAssistant, owner: Owner, machine: str, roles: dict[str, str]
) -> None:
    device = device_of(hass, machine)
    await at_the_controls(owner, device=device)
    assert owner.shown[ROLES] == roles
    await owner.fills_in()
    assert owner.step == "sound_and_light"
    await owner.fills_in()
    place = owner.only(SubentryType.PLACE)
    assert named(hass, place.data[ROLES]) == roles
    assert place.data == {
        "kind": "treadmill",
        "device": device,
        ROLES: place.data[ROLES],
        **USUAL,
        **SOUND,
    }
    assert all(source != roles[role] for role, source in place.data[ROLES].items()), "kept by registry id"
    assert not place_settings(place).belt_control


async def test_the_first_flow_maps_a_device_too_and_asks_as_little(hass: HomeAssistant) -> None:
    await async_open(hass)
    flow: Any = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    forms: list[dict[str, Any]] = [
        ACCEPTED,
        {"name": "Anna"},
        {"name": "Gym", "kind": "treadmill"},
        {"device": device_of(hass, "gym_treadmill")},
    ]
    for form in forms:
        flow = await hass.config_entries.flow.async_configure(flow["flow_id"], form)
    assert flow["step_id"] == "controls"
    assert "Found: Speed, Distance" in flow["description_placeholders"]["notes"]
    shown = shown_in(flow["data_schema"])
    assert shown[ROLES] == TREADMILL
    flow = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {**shown, "belt_control": True, ROLES: {}}
    )
    assert flow["errors"] == {"belt_control": "belt_needs_speed"}
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], {**shown, "belt_control": True})
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], {})
    assert flow["type"] is FlowResultType.CREATE_ENTRY
    (place,) = flow["result"].get_subentries_of_type(SubentryType.PLACE)
    assert named(hass, place.data[ROLES]) == TREADMILL
    assert place.data["belt_control"] is True


async def test_one_of_our_own_devices_is_not_a_machine_in_the_first_flow_either(hass: HomeAssistant) -> None:
    """A device of an entry that was just removed may still be in somebody's browser."""
    old = MockConfigEntry(domain=DOMAIN)
    flow: Any = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    old.add_to_hass(hass)
    ours = dr.async_get(hass).async_get_or_create(
        config_entry_id=old.entry_id, identifiers={(DOMAIN, "gym")}, name="Gym"
    )
    for form in (ACCEPTED, {"name": "Anna"}, {"name": "Gym", "kind": "treadmill"}, {"device": ours.id}):
        flow = await hass.config_entries.flow.async_configure(flow["flow_id"], form)
    assert (flow["step_id"], flow["errors"]) == ("machine", {"device": "own_device"})


async def test_a_treadmill_that_home_assistant_does_not_know_goes_by_time_and_words(owner: Owner) -> None:
    await at_the_controls(owner)
    assert ROLES not in owner.shown
    assert owner.told.startswith("No machine was picked")
    await owner.fills_in()
    await owner.fills_in()
    assert owner.only(SubentryType.PLACE).data == {"kind": "treadmill", ROLES: {}, **USUAL, **SOUND}


async def test_where_an_integration_makes_no_device_any_entity_of_it_will_do(
    hass: HomeAssistant, owner: Owner
) -> None:
    machine = register(hass, variant("nordictrack_treadmill: set up in YAML, without device or config entry"))
    picked = machine["sensor calories"]
    found = {name: machine[f"sensor {name}"] for name in ("speed", "distance", "incline")}
    found["belt_running"] = machine["sensor status"]
    await at_the_controls(owner, machine_entity=picked)
    assert owner.shown[ROLES] == found
    await owner.fills_in()
    await owner.fills_in()
    kept = owner.only(SubentryType.PLACE).data
    assert named(hass, kept[ROLES]) == found
    assert named(hass, {"machine": kept["machine_entity"]}) == {"machine": picked}
    await owner.changes(owner.only(SubentryType.PLACE))
    await owner.fills_in()
    assert owner.shown == {"machine_entity": picked}
    await owner.fills_in()
    assert owner.shown[ROLES] == found


async def test_a_device_says_everything_that_an_entity_could(hass: HomeAssistant, owner: Owner) -> None:
    device = device_of(hass, "gym_treadmill")
    await add(owner, {"device": device, "machine_entity": "sensor.loft_treadmill_current_speed"})
    kept = owner.only(SubentryType.PLACE).data
    assert named(hass, kept[ROLES]) == TREADMILL
    assert "machine_entity" not in kept


async def test_our_own_devices_and_entities_are_not_offered_and_not_taken(
    hass: HomeAssistant, owner: Owner
) -> None:
    await at_the_machine(owner)
    fields = {str(key): field for key, field in owner.sees["data_schema"].schema.items()}
    offered = {one["integration"] for one in fields["device"].config["entity"]}
    assert offered == {"virtual_gym"}
    assert "sensor" in fields["device"].config["entity"][0]["domain"]
    registry = er.async_get(hass)
    ours = [one for one in registry.entities.values() if one.platform == DOMAIN]
    assert set(fields["machine_entity"].config["exclude_entities"]) == {one.entity_id for one in ours}
    with pytest.raises(InvalidData):
        await owner.fills_in(machine_entity=next(one.entity_id for one in ours if one.domain == "sensor"))
    await owner.fills_in(device=next(one.device_id for one in ours))
    assert (owner.step, owner.errors) == ("machine", {"device": "own_device"})
    await owner.fills_in(device="a device that is gone")
    assert owner.step == "controls"


@pytest.mark.parametrize("kind", ["hallway", "outdoor", "stairs"])
async def test_where_there_is_no_machine_nobody_is_asked_about_one(owner: Owner, kind: str) -> None:
    await owner.adds(SubentryType.PLACE)
    await owner.fills_in(name="There", kind=kind)
    assert owner.step == "sound_and_light"
    await owner.fills_in()
    assert owner.only(SubentryType.PLACE).data == {
        "kind": kind,
        **SOUND,
        **({} if kind == "stairs" else GLANCES),
    }


# Put right


def test_every_role_has_its_field() -> None:
    assert set(FIELDS) == set(Role)


@pytest.mark.parametrize(
    ("role", "source"),
    [
        ("incline", "number.it"),
        ("steps", "binary_sensor.it"),
        ("direction", "select.it"),
        ("belt_running", "number.it"),
        ("set_speed", "sensor.it"),
        ("set_incline", "select.it"),
        ("start", "light.it"),
        ("stop", "number.it"),
        ("pause", "binary_sensor.it"),
    ],
)
async def test_a_role_is_filled_by_what_can_fill_it(owner: Owner, role: str, source: str) -> None:
    await at_the_controls(owner)
    with pytest.raises(InvalidData) as caught:
        await owner.fills_in(roles={role: source})
    assert role in str(caught.value)


async def test_what_is_corrected_is_kept_and_shown_again(hass: HomeAssistant, owner: Owner) -> None:
    picked = {"device": device_of(hass, "gym_treadmill")}
    corrected = {key: found for key, found in TREADMILL.items() if key != "steps"}
    corrected |= {"heart_rate": "sensor.gym_strap_heart_rate", "pause": "select.cellar_treadmill_belt"}
    sessions = {"max_speed_kmh": 5.5, "confirm_turns": True, "idle_finish_minutes": 29.0, "auto_start": True}
    await add(owner, picked, roles=corrected, sessions=sessions, belt_control=True)
    kept = dict(owner.only(SubentryType.PLACE).data)
    assert named(hass, kept[ROLES]) == corrected
    settings = place_settings(owner.only(SubentryType.PLACE))
    assert (settings.max_speed_kmh, settings.idle_finish_minutes) == (5.5, 29)
    assert (settings.confirm_turns, settings.auto_start, settings.belt_control) == (True, True, True)

    await change(owner, {})
    assert owner.shown == {ROLES: corrected, "belt_control": True, "sessions": sessions}
    assert await finish(owner) == kept


async def test_the_section_that_nobody_opened_may_be_missing(owner: Owner) -> None:
    """A client other than the browser sends what somebody answered, and nothing else."""
    await at_the_controls(owner)
    await owner.fills_in(sessions=None)
    await owner.fills_in()
    assert place_settings(owner.only(SubentryType.PLACE)).idle_finish_minutes == 10


@pytest.mark.parametrize("minutes", [0, 30])
async def test_a_session_is_not_forgotten_at_once_nor_longer_than_the_engine_lets_it(
    owner: Owner, minutes: float
) -> None:
    await at_the_controls(owner)
    with pytest.raises(InvalidData):
        await owner.fills_in(sessions={"idle_finish_minutes": minutes})


# Changed later


async def test_a_renamed_entity_is_followed_and_one_that_is_gone_is_left_out(
    hass: HomeAssistant, owner: Owner
) -> None:
    picked = {"device": device_of(hass, "gym_treadmill")}
    await add(owner, picked)
    registry = er.async_get(hass)
    registry.async_update_entity(TREADMILL["speed"], new_entity_id="sensor.belt")
    registry.async_remove(TREADMILL["pause"])
    await change(owner, {})
    left = {key: found for key, found in TREADMILL.items() if key != "pause"}
    assert owner.shown[ROLES] == {**left, "speed": "sensor.belt"}


async def test_another_machine_is_proposed_anew_and_its_belt_is_not_steered_unasked(
    hass: HomeAssistant, owner: Owner
) -> None:
    picked = {"device": device_of(hass, "barn_treadmill")}
    await at_the_controls(owner, **picked)
    await owner.fills_in(
        belt_control=True, set_speed_unit="mph", sessions={"max_speed_kmh": 4, "idle_finish_minutes": 5}
    )
    await owner.fills_in()
    assert owner.only(SubentryType.PLACE).data["set_speed_unit"] == "mph"

    other = device_of(hass, "study_treadmill")
    await change(owner, {"device": other})
    assert owner.shown[ROLES] == STUDY
    assert owner.shown["belt_control"] is False
    assert owner.shown["sessions"]["max_speed_kmh"] == 4, "of the place, not of the machine"
    kept = await finish(owner)
    assert named(hass, kept[ROLES]) == STUDY
    assert (kept["device"], kept["belt_control"], "set_speed_unit" in kept) == (other, False, False)

    await change(owner, {"device": picked["device"]})
    assert "set_speed_unit" not in owner.shown


async def test_a_machine_that_is_taken_away_leaves_a_plain_treadmill(
    hass: HomeAssistant, owner: Owner
) -> None:
    await add(owner, {"device": device_of(hass, "gym_treadmill")}, belt_control=True)
    await change(owner, {"device": None})
    assert ROLES not in owner.shown
    kept = await finish(owner)
    assert (kept[ROLES], kept["belt_control"], "device" in kept) == ({}, False, False)


async def test_a_device_that_is_gone_is_not_shown_and_what_is_left_of_it_is_kept(
    hass: HomeAssistant, owner: Owner
) -> None:
    yaml = register(hass, variant("nordictrack_treadmill: set up in YAML, without device or config entry"))
    made = register(hass, variant("ftms: in an imperial home the sensor shows miles, the number does not"))
    assert made.device_id is not None
    roles = {"speed": made["sensor speed_instant"], "distance": yaml["sensor distance"]}
    await add(owner, {"device": made.device_id}, roles=roles)
    dr.async_get(hass).async_remove_device(made.device_id)
    await hass.async_block_till_done()
    await owner.changes(owner.only(SubentryType.PLACE))
    await owner.fills_in()
    assert owner.shown == {}
    await owner.fills_in()
    assert owner.shown[ROLES] == {"distance": yaml["sensor distance"]}
    assert "device" not in await finish(owner)


async def test_what_is_no_treadmill_any_more_has_no_machine(hass: HomeAssistant, owner: Owner) -> None:
    await add(owner, {"device": device_of(hass, "gym_treadmill")}, belt_control=True)
    await owner.changes(owner.only(SubentryType.PLACE))
    await owner.fills_in(kind="hallway")
    assert owner.step == "sound_and_light"
    await owner.fills_in()
    assert owner.only(SubentryType.PLACE).data == {"kind": "hallway", **SOUND, **GLANCES}
    await change_kind_back(owner)
    assert owner.shown == {}


async def change_kind_back(owner: Owner) -> None:
    """Make a treadmill of the place again, up to the question which."""
    await owner.changes(owner.only(SubentryType.PLACE))
    await owner.fills_in(kind="treadmill")
    assert owner.step == "machine"


async def test_what_a_later_version_keeps_is_not_lost(hass: HomeAssistant) -> None:
    stored = {"kind": "treadmill", "of_a_later_version": 7}
    entry = new_entry(subentry(SubentryType.PLACE, GYM, "Gym", stored))
    await async_set_up(hass, entry)
    owner = Owner(hass, entry)
    await change(owner, {})
    assert (await finish(owner))["of_a_later_version"] == 7


# What is said


async def test_it_is_said_what_was_found_and_what_is_not_there_just_now(
    hass: HomeAssistant, owner: Owner
) -> None:
    machine = register(hass, variant("ftms: a cross trainer, whose direction has no state yet"))
    await at_the_controls(owner, device=machine.device_id or "")
    assert owner.told == (
        "Found: Speed, Stop control, Direction.\n\n"
        "Not there just now: Direction. That is fine if the machine is switched off, or if they are there only "
        "while the belt runs."
    )


async def test_it_is_said_what_has_to_be_enabled_first(hass: HomeAssistant, owner: Owner) -> None:
    given = variant("ftms: who disabled the speed is asked to enable it, and not given the average")
    machine = register(hass, given)
    speed = machine["sensor speed_instant"]
    await at_the_controls(owner, device=machine.device_id or "")
    asked = f"Switched off in Home Assistant: Speed ({speed}). To use it, enable it on the device's page."
    assert asked in owner.told
    assert "just now" not in owner.told
    await owner.fills_in(belt_control=True, roles={})
    assert asked not in owner.told, "it is about what the form shows now"
    await owner.fills_in(belt_control=False, roles={"speed": speed})
    await owner.fills_in()
    await change(owner, {})
    assert asked in owner.told


async def test_an_entity_that_no_registry_knows_is_there_or_it_is_not(
    hass: HomeAssistant, owner: Owner
) -> None:
    hass.states.async_set("sensor.there", "3", {"unit_of_measurement": "km/h"})
    await at_the_controls(owner)
    await owner.fills_in(roles={"speed": "sensor.there", "distance": "sensor.not_there"}, belt_control=True)
    assert owner.told.startswith("Found: Speed, Distance.\n\nNot there just now: Distance. ")


async def test_it_is_said_that_nothing_was_recognised(hass: HomeAssistant, owner: Owner) -> None:
    await at_the_controls(owner, device=device_of(hass, "gym_lights"))
    assert owner.told.startswith("Nothing on it was recognised.")
