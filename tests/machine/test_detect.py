"""A person picks a device once: every entity is found by what it is, whatever it is called, and nothing that only looks so."""

import pytest

from custom_components.backstride.machine.detect import Proposal, propose, propose_roles
from custom_components.backstride.machine.roles import Role
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .registered import Machine, Row, register, variant, variants

EACH = pytest.mark.parametrize("given", [pytest.param(given, id=name) for name, given in variants()])


def _expected(given: Row, machine: Machine) -> Proposal:
    return Proposal(
        roles={Role(role): machine[name] for role, name in given["roles"].items()},
        disabled=frozenset(map(Role, given.get("disabled", ()))),
        unavailable=frozenset(map(Role, given.get("unavailable", ()))),
    )


@EACH
async def test_every_known_integration_is_mapped_whatever_its_entities_are_called(
    hass: HomeAssistant, given: Row
) -> None:
    machine = register(hass, given)
    if machine.device_id is not None:
        assert propose(hass, machine.device_id) == _expected(given, machine)
    for entity_id in machine.entity_ids.values():
        assert propose(hass, entity_id=entity_id) == _expected(given, machine), entity_id


@EACH
async def test_no_proposal_is_made_of_a_switch_of_the_link_a_lamp_or_another_source(
    hass: HomeAssistant, given: Row
) -> None:
    machine = register(hass, given)
    never = {
        "connection",
        "walkingpad_stay_connected",
        "connect",
        "Connect",
        "auto-reconnect",
        "light",
        "use_watch",
    }
    theirs = {found for name, found in machine.entity_ids.items() if name.split()[-1] in never}
    assert theirs.isdisjoint(propose_roles(hass, entity_id=next(iter(machine.entity_ids.values()))).values())


async def test_our_own_entities_are_nobodys_machine(hass: HomeAssistant) -> None:
    """A place that listened to itself would count what it counted."""
    rows = [{"domain": "sensor", "key": "backward_distance", "unit": "m", "class": "distance"}]
    machine = register(hass, {"platform": "backstride", "unique_id": "gym_{key}", "entities": rows})
    assert propose(hass, machine.device_id) == Proposal()


async def test_nothing_picked_proposes_nothing(hass: HomeAssistant) -> None:
    assert propose(hass) == Proposal()
    assert propose(hass, "no such device") == Proposal()
    assert propose(hass, entity_id="sensor.no_such") == Proposal()


async def test_what_is_disabled_is_proposed_and_said_to_be_and_is_not_called_unavailable(
    hass: HomeAssistant,
) -> None:
    given = variant("ftms: who disabled the speed is asked to enable it, and not given the average")
    machine = register(hass, given)
    proposal = propose(hass, machine.device_id)
    assert proposal.disabled == {Role.SPEED}
    assert not proposal.unavailable


async def test_an_entity_that_was_given_another_unique_id_is_known_by_its_translation_key(
    hass: HomeAssistant,
) -> None:
    rows = [{"domain": "sensor", "key": "walkingpad_current_speed", "name": "Tempo", "unit": "km/h"}]
    given = {"platform": "king_smith", "unique_id": "pad of anna {key}", "translated": True, "entities": rows}
    machine = register(hass, given)
    assert propose_roles(hass, machine.device_id) == {Role.SPEED: machine["sensor walkingpad_current_speed"]}


async def test_what_a_person_calls_an_entity_of_a_known_integration_changes_nothing(
    hass: HomeAssistant,
) -> None:
    machine = register(hass, variant("fitbit: its heart is at rest"))
    resting = machine["sensor activities/heart"]
    er.async_get(hass).async_update_entity(
        resting, name="Heart rate live", new_entity_id="sensor.heart_rate_live"
    )
    assert Role.HEART_RATE not in propose_roles(hass, machine.device_id)
