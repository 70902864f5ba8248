"""Whoever wears something picks it once; its heart rate and steps are found, and what was chosen by hand comes first."""

import pytest

from custom_components.backstride.const import DOMAIN, SubentryType
from custom_components.backstride.settings import athlete_settings
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .machine.registered import Machine, register, variant
from .owner import Owner
from .setup import async_set_up, new_entry, subentry
from .test_config_flow import ACCEPTED

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")

PULSE = {"domain": "sensor", "key": "heart_rate", "unit": "bpm", "state_class": "measurement", "state": "70"}
STEPS = {"domain": "sensor", "key": "steps", "unit": "steps", "state_class": "total_increasing", "state": "9"}
OTHER = {"domain": "sensor", "key": "battery", "unit": "%", "class": "battery", "state": "80"}


def worn(hass: HomeAssistant, *rows: dict[str, str]) -> Machine:
    """Give a watch with these sensors."""
    given = {"platform": "watches", "unique_id": "of_anna_{key}", "entities": list(rows)}
    machine = register(hass, given)
    assert machine.device_id is not None
    return machine


@pytest.fixture
async def owner(hass: HomeAssistant) -> Owner:
    """Give somebody with a Backstride in which nobody walks yet."""
    entry = new_entry(subentry(SubentryType.PLACE, "hall", "Hall", {"kind": "hallway"}))
    await async_set_up(hass, entry)
    return Owner(hass, entry)


def kept(hass: HomeAssistant, owner: Owner) -> tuple[str | None, str | None]:
    """Give the heart rate and the steps that are kept, as they are called today."""
    registry = er.async_get(hass)
    settings = athlete_settings(owner.only(SubentryType.ATHLETE))
    heart, steps = (
        source and er.async_resolve_entity_id(registry, source)
        for source in (settings.heart_rate, settings.steps)
    )
    return heart, steps


async def add(owner: Owner, **answers: object) -> None:
    """Add Anna."""
    await owner.adds(SubentryType.ATHLETE)
    await owner.fills_in(name="Anna", **answers)


async def test_a_watch_is_picked_once_and_both_its_sensors_are_kept(
    hass: HomeAssistant, owner: Owner
) -> None:
    watch = worn(hass, PULSE, STEPS, OTHER)
    await add(owner, wearable=watch.device_id)
    assert owner.step == "create_entry"
    assert kept(hass, owner) == (watch["sensor heart_rate"], watch["sensor steps"])
    data = owner.only(SubentryType.ATHLETE).data
    assert "wearable" not in data
    assert data["steps"] != watch["sensor steps"], "by registry id"


async def test_of_a_strap_there_is_only_the_heart_rate(hass: HomeAssistant, owner: Owner) -> None:
    strap = worn(hass, PULSE)
    await add(owner, wearable=strap.device_id)
    assert kept(hass, owner) == (strap["sensor heart_rate"], None)


async def test_what_is_chosen_by_hand_comes_first(hass: HomeAssistant, owner: Owner) -> None:
    watch = worn(hass, PULSE, STEPS)
    await add(owner, wearable=watch.device_id, heart_rate="sensor.strap")
    assert kept(hass, owner) == ("sensor.strap", watch["sensor steps"])


async def test_who_wears_nothing_chooses_sensors_or_none(hass: HomeAssistant, owner: Owner) -> None:
    await add(owner, steps="sensor.phone")
    assert kept(hass, owner) == (None, "sensor.phone")


async def test_a_device_that_tells_neither_is_refused_at_its_field(hass: HomeAssistant, owner: Owner) -> None:
    scale = worn(hass, OTHER)
    await add(owner, wearable=scale.device_id, mass_kg=64)
    assert (owner.step, owner.errors) == ("athlete", {"wearable": "nothing_worn"})
    assert owner.shown["wearable"] == scale.device_id
    assert owner.shown["mass_kg"] == 64
    await owner.fills_in(wearable=None)
    assert owner.step == "create_entry"
    assert kept(hass, owner) == (None, None)


async def test_what_has_to_be_enabled_first_tells_nothing_yet(hass: HomeAssistant, owner: Owner) -> None:
    watch = worn(hass, {**PULSE, "disabled": "integration"})
    await add(owner, wearable=watch.device_id)
    assert owner.errors == {"wearable": "nothing_worn"}


async def test_our_own_devices_are_not_worn(hass: HomeAssistant, owner: Owner) -> None:
    worn(hass, PULSE)
    await owner.adds(SubentryType.ATHLETE)
    fields = {str(key): field for key, field in owner.sees["data_schema"].schema.items()}
    assert [one["integration"] for one in fields["wearable"].config["entity"]] == ["watches"]
    assert "wearable" not in owner.shown
    ours = next(one for one in er.async_get(hass).entities.values() if one.platform == DOMAIN)
    await owner.fills_in(name="Anna", wearable=ours.device_id)
    assert owner.errors == {"wearable": "nothing_worn"}


async def test_another_watch_fills_what_was_emptied(hass: HomeAssistant, owner: Owner) -> None:
    await add(owner, heart_rate="sensor.strap", steps="sensor.phone")
    watch = worn(hass, PULSE, STEPS)
    await owner.changes(owner.only(SubentryType.ATHLETE))
    assert "wearable" not in owner.shown
    await owner.fills_in(wearable=watch.device_id, steps=None)
    assert owner.sees["reason"] == "reconfigure_successful"
    assert kept(hass, owner) == ("sensor.strap", watch["sensor steps"])


async def test_after_answers_that_asked_for_care_the_watch_is_still_kept(
    hass: HomeAssistant, owner: Owner
) -> None:
    """A level beyond the first is confirmed in a form of its own."""
    watch = worn(hass, PULSE)
    await add(owner, wearable=watch.device_id, level="l1")
    assert owner.step == "confirm_level"
    await owner.fills_in(confirmed=True)
    assert kept(hass, owner) == (watch["sensor heart_rate"], None)


async def test_the_first_flow_knows_watches_too(hass: HomeAssistant) -> None:
    scale, watch = register(hass, variant("fitbit: its heart is at rest")), worn(hass, PULSE)
    er.async_get(hass).async_update_entity(
        scale["sensor activities/steps"], disabled_by=er.RegistryEntryDisabler.USER
    )
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    flow = await hass.config_entries.flow.async_configure(flow["flow_id"], ACCEPTED)
    flow = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"name": "Anna", "wearable": scale.device_id}
    )
    assert flow["errors"] == {"wearable": "nothing_worn"}
    for form in ({"name": "Anna", "wearable": watch.device_id}, {"name": "Hall", "kind": "hallway"}, {}):
        flow = await hass.config_entries.flow.async_configure(flow["flow_id"], form)
    (athlete,) = flow["result"].get_subentries_of_type(SubentryType.ATHLETE)
    assert athlete_settings(athlete).heart_rate == er.async_get(hass).entities[watch["sensor heart_rate"]].id
