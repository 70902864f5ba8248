"""What can watch behind is told by class and unit; what it is called, and what it says just now, does not matter."""

from typing import Any

import pytest

from custom_components.backstride.const import DOMAIN
from custom_components.backstride.engine.sight import Kind
from custom_components.backstride.machine.watchers import OBSTACLE_CLASSES, candidates, is_own, kind
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er


@pytest.mark.parametrize("device_class", OBSTACLE_CLASSES)
async def test_a_binary_sensor_of_somebody_or_something_there_can_watch(
    hass: HomeAssistant, device_class: str
) -> None:
    hass.states.async_set("binary_sensor.it", "off", {"device_class": device_class})
    assert kind(hass, "binary_sensor.it") is Kind.PRESENCE


@pytest.mark.parametrize("device_class", [None, "battery", "smoke", "plug"])
async def test_another_binary_sensor_cannot(hass: HomeAssistant, device_class: str | None) -> None:
    hass.states.async_set("binary_sensor.it", "off", {"device_class": device_class})
    assert kind(hass, "binary_sensor.it") is None


@pytest.mark.parametrize(
    ("state", "attributes", "expected"),
    [
        pytest.param(
            "3.2", {"device_class": "distance", "unit_of_measurement": "m"}, Kind.DISTANCE, id="distance"
        ),
        pytest.param("320", {"unit_of_measurement": "cm"}, Kind.DISTANCE, id="a length without a class"),
        pytest.param(
            "unavailable", {"device_class": "distance"}, Kind.DISTANCE, id="a distance out of reach"
        ),
        pytest.param("0", {}, Kind.COUNT, id="a bare number"),
        pytest.param("2", {"state_class": "measurement"}, Kind.COUNT, id="a radar's target count"),
        pytest.param("1", {"unit_of_measurement": "objects"}, Kind.COUNT, id="Frigate's count"),
        pytest.param("1", {"unit_of_measurement": "Persons"}, Kind.COUNT, id="a count of persons"),
        pytest.param(
            "unavailable", {"state_class": "measurement"}, Kind.COUNT, id="a count that is out of reach"
        ),
        pytest.param("unknown", {}, None, id="nothing is known of it"),
        pytest.param("1", {"state_class": "total_increasing"}, None, id="a counter"),
        pytest.param("idle", {}, None, id="words"),
        pytest.param("nan", {}, None, id="no number"),
        pytest.param("12", {"unit_of_measurement": "°"}, None, id="an angle"),
        pytest.param("900", {"unit_of_measurement": "steps"}, None, id="steps"),
        pytest.param(
            "21", {"device_class": "temperature", "unit_of_measurement": "°C"}, None, id="temperature"
        ),
        pytest.param("1", {"device_class": "enum"}, None, id="an option"),
    ],
)
async def test_a_sensor_of_distances_or_a_count_can_watch_and_another_cannot(
    hass: HomeAssistant, state: str, attributes: dict[str, Any], expected: Kind | None
) -> None:
    hass.states.async_set("sensor.it", state, attributes)
    assert kind(hass, "sensor.it") is expected


def register(hass: HomeAssistant, domain: str, platform: str = "radar", **known: Any) -> str:
    """Register an entity that has no state, as while its integration is away."""
    entry = er.async_get(hass).async_get_or_create(domain, platform, "it", suggested_object_id="it", **known)
    return entry.entity_id


async def test_the_registry_tells_what_is_away(hass: HomeAssistant) -> None:
    door = register(hass, "binary_sensor", original_device_class="door")
    assert kind(hass, door) is Kind.PRESENCE
    er.async_get(hass).async_update_entity(door, device_class="smoke")
    assert kind(hass, door) is None
    count = register(
        hass, "sensor", unit_of_measurement="objects", capabilities={"state_class": "measurement"}
    )
    assert kind(hass, count) is Kind.COUNT


async def test_of_what_is_nowhere_the_domain_is_taken_at_its_word(hass: HomeAssistant) -> None:
    assert (kind(hass, "binary_sensor.gone"), kind(hass, "sensor.gone")) == (Kind.PRESENCE, Kind.DISTANCE)


async def test_candidates_are_all_that_can_watch_but_our_own_and_what_is_switched_off(
    hass: HomeAssistant,
) -> None:
    hass.states.async_set("sensor.rear", "3", {"unit_of_measurement": "m"})
    hass.states.async_set("sensor.outside", "3", {"unit_of_measurement": "°C"})
    hass.states.async_set("light.rear", "on", {"device_class": "motion"})
    door = register(hass, "binary_sensor", original_device_class="door")
    register(hass, "light", original_device_class="door")
    own = register(hass, "binary_sensor", DOMAIN, original_device_class="motion")
    register(
        hass,
        "sensor",
        "other",
        original_device_class="distance",
        disabled_by=er.RegistryEntryDisabler.INTEGRATION,
    )
    assert list(candidates(hass)) == [door, "sensor.rear"]
    assert (is_own(hass, own), is_own(hass, door), is_own(hass, "sensor.rear")) == (True, False, False)
