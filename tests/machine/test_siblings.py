"""What belongs together: a device's entities, or those of one machine where its integration makes no device."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.backstride.machine.detect import propose_roles
from custom_components.backstride.machine.roles import Role
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .registered import Machine, Row, register, variant

SPEED: Row = {"domain": "sensor", "key": "speed", "unit": "km/h", "class": "speed", "state": "0"}
DISTANCE: Row = {
    "domain": "sensor",
    "key": "distance",
    "unit": "m",
    "class": "distance",
    "state_class": "total",
    "state": "0",
}
HEART: Row = {"domain": "sensor", "key": "heart_rate", "unit": "bpm", "state": "80"}
INCLINE: Row = {"domain": "sensor", "key": "incline", "unit": "%", "state": "0"}
MADMATAH = "king_smith: madmatah, which makes no device, with remote control"
INDIEFAN = "king_smith: indiefan, whose sensor and number share a unique id"
MCDAX = "king_smith: mcdax, where off pauses and a button stops"
QZ = "qdomyos_zwift: a treadmill under a nickname with underscores"


def _machine(hass: HomeAssistant, unique_id: str, platform: str = "unheard_of", **given: bool) -> Machine:
    rows = [SPEED, DISTANCE, HEART]
    return register(hass, {"platform": platform, "unique_id": unique_id, "entities": rows, **given})


def _all(machine: Machine) -> dict[Role, str]:
    return {
        Role.SPEED: machine["sensor speed"],
        Role.DISTANCE: machine["sensor distance"],
        Role.HEART_RATE: machine["sensor heart_rate"],
    }


async def test_an_entity_with_a_device_stands_for_its_device_and_nothing_else_of_the_entry(
    hass: HomeAssistant,
) -> None:
    broker = MockConfigEntry(domain="mqtt")
    broker.add_to_hass(hass)
    given = variant(QZ)
    first = register(hass, given, broker)
    second = register(hass, {**given, "unique_id": "qz_my_best_pad_too_{key}"}, broker)
    assert (
        propose_roles(hass, entity_id=first["sensor distance"])[Role.SPEED] == first["sensor speed_current"]
    )
    assert (
        propose_roles(hass, entity_id=second["sensor distance"])[Role.SPEED] == second["sensor speed_current"]
    )


async def test_three_forks_share_a_domain_and_each_is_read_in_its_own_way(hass: HomeAssistant) -> None:
    machines = {name: register(hass, variant(name)) for name in (MADMATAH, MCDAX, INDIEFAN)}
    stops = {}
    for name, machine in machines.items():
        roles = propose_roles(hass, entity_id=next(iter(machine.entity_ids.values())))
        assert set(roles.values()) <= set(machine.entity_ids.values())
        stops[name] = (roles[Role.STOP], roles.get(Role.PAUSE))
    assert stops == {
        MADMATAH: (machines[MADMATAH]["switch walkingpad_belt_switch"], None),
        MCDAX: (
            machines[MCDAX]["button walkingpad_stop_session"],
            machines[MCDAX]["switch walkingpad_belt_switch"],
        ),
        INDIEFAN: (machines[INDIEFAN]["switch switch"], None),
    }


async def test_the_oldest_fork_spreads_one_machine_over_devices_and_is_put_together_again(
    hass: HomeAssistant,
) -> None:
    entry = MockConfigEntry(domain="king_smith")
    entry.add_to_hass(hass)
    address = "AA:BB:CC:DD:EE:04"
    found = {}
    for domain, unique_id in (("number", address), ("switch", f"{address}_switch")):
        device = dr.async_get(hass).async_get_or_create(
            config_entry_id=entry.entry_id, identifiers={("king_smith", unique_id)}
        )
        found[domain] = er.async_get(hass).async_get_or_create(
            domain, "king_smith", unique_id, config_entry=entry, device_id=device.id
        )
    for picked in found.values():
        assert propose_roles(hass, picked.device_id) == {
            Role.SET_SPEED: found["number"].entity_id,
            Role.BELT_RUNNING: found["switch"].entity_id,
            Role.START: found["switch"].entity_id,
            Role.STOP: found["switch"].entity_id,
        }


async def test_without_a_device_an_entity_stands_for_its_whole_config_entry(hass: HomeAssistant) -> None:
    machine = _machine(hass, "{key}_of_mine", device=False)
    assert propose_roles(hass, entity_id=machine["sensor heart_rate"]) == _all(machine)


async def test_machines_in_one_entry_without_devices_stay_apart(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="unheard_of")
    entry.add_to_hass(hass)

    def add(unique_id: str, *rows: Row) -> Machine:
        given = {"platform": "unheard_of", "unique_id": unique_id, "entities": rows, "device": False}
        return register(hass, given, entry)

    machines = [add(name, SPEED, DISTANCE, HEART) for name in ("gym_pad_{key}", "gym_pad_upstairs_{key}")]
    ramp = add("gym_padded_ramp_{key}", INCLINE)
    for machine in machines:
        for entity_id in machine.entity_ids.values():
            assert propose_roles(hass, entity_id=entity_id) == _all(machine)
    assert propose_roles(hass, entity_id=ramp["sensor incline"]) == {Role.INCLINE: ramp["sensor incline"]}


async def test_at_a_broker_an_entity_without_a_device_brings_only_those_that_are_named_alike(
    hass: HomeAssistant,
) -> None:
    broker = MockConfigEntry(domain="mqtt")
    broker.add_to_hass(hass)
    rows = [SPEED, DISTANCE]
    mine = register(
        hass, {"platform": "mqtt", "unique_id": "my_pad_{key}", "entities": rows, "device": False}, broker
    )
    register(
        hass, {"platform": "mqtt", "unique_id": "anna_{key}", "entities": [HEART], "device": False}, broker
    )
    assert propose_roles(hass, entity_id=mine["sensor distance"]) == {
        Role.SPEED: mine["sensor speed"],
        Role.DISTANCE: mine["sensor distance"],
    }


async def test_a_yaml_machine_is_put_together_by_what_its_unique_ids_begin_with(hass: HomeAssistant) -> None:
    mine = _machine(hass, "cellar_treadmill_{key}", platform="template", config_entry=False)
    other = _machine(hass, "garage_treadmill_{key}", platform="template", config_entry=False)
    assert propose_roles(hass, entity_id=mine["sensor speed"]) == _all(mine)
    assert propose_roles(hass, entity_id=other["sensor heart_rate"]) == _all(other)


@pytest.mark.parametrize("unique_id", ["speed", "0b5e0a1c-7c55-4b8f-9d5e-2f0e4a9b7c11"])
async def test_a_yaml_entity_that_is_like_no_other_stands_for_itself_at_least(
    hass: HomeAssistant, unique_id: str
) -> None:
    yaml = {"platform": "template", "config_entry": False}
    mine = register(hass, {**yaml, "unique_id": unique_id, "entities": [{**SPEED, "name": "Belt speed"}]})
    register(hass, {**yaml, "unique_id": "heart_rate", "entities": [HEART]})
    assert propose_roles(hass, entity_id=mine["sensor speed"]) == {Role.SPEED: mine["sensor speed"]}


async def test_another_integration_of_the_same_name_elsewhere_in_yaml_is_left_out(
    hass: HomeAssistant,
) -> None:
    mine = _machine(hass, "pad_{key}", platform="template", config_entry=False)
    other = {"platform": "rest", "config_entry": False, "unique_id": "pad_{key}", "entities": [INCLINE]}
    register(hass, other)
    assert propose_roles(hass, entity_id=mine["sensor speed"]) == _all(mine)


async def test_an_entity_that_no_registry_knows_stands_for_itself(hass: HomeAssistant) -> None:
    hass.states.async_set("sensor.belt_speed", "0", {"unit_of_measurement": "km/h"})
    hass.states.async_set("sensor.belt_distance", "0", {"unit_of_measurement": "m"})
    assert propose_roles(hass, entity_id="sensor.belt_speed") == {Role.SPEED: "sensor.belt_speed"}
