"""A person picks a device once: every entity is found by what it is, whatever it is called, and nothing that only looks so."""

import pytest

from custom_components.backstride.machine.detect import Proposal, propose
from custom_components.backstride.machine.roles import Role
from homeassistant.core import HomeAssistant

from .registered import Machine, Row, register, variants

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
