"""Whoever speaks in a room means what is in that room."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.backstride import targets
from custom_components.backstride.areas import area_of_speaker, places_in
from custom_components.backstride.const import DOMAIN, SubentryType
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.selection import Selection
from custom_components.backstride.wish import Wish
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er

from .setup import ANNA, BEN, GYM, HALL, MINE, async_set_up, new_entry, subentries, subentry

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")

CELLAR = "cellar"


@pytest.fixture
async def coordinator(hass: HomeAssistant) -> Coordinator:
    """Give a gym and a hall in areas of their own, and a cellar that is nowhere."""
    cellar = subentry(SubentryType.PLACE, CELLAR, "Cellar", {"kind": "treadmill"})
    coordinator = await async_set_up(hass, new_entry(*subentries(), cellar))
    for place in (GYM, HALL):
        put(hass, coordinator, place, place)
    return coordinator


def put(hass: HomeAssistant, coordinator: Coordinator, place: str, area: str) -> None:
    """Put a place somewhere."""
    devices = dr.async_get(hass)
    device = devices.async_get_device_by_identifier((DOMAIN, place), coordinator.entry.entry_id)
    assert device is not None
    devices.async_update_device(device.id, area_id=ar.async_get(hass).async_get_or_create(area).id)


def walk(coordinator: Coordinator, place: str, athlete: str) -> None:
    coordinator.async_start(place, athlete_id=athlete, workout=coordinator.workouts[MINE])


def named(coordinator: Coordinator, area: str | None) -> list[str]:
    return [place.id for place in places_in(coordinator, area)]


async def test_a_place_is_where_its_owner_put_it(coordinator: Coordinator) -> None:
    assert named(coordinator, GYM) == [GYM]
    assert named(coordinator, HALL) == [HALL]
    assert named(coordinator, "attic") == []
    assert named(coordinator, None) == [], "a place that is nowhere is not where nobody is"


async def test_a_place_that_nobody_put_anywhere_is_where_its_machine_stands(hass: HomeAssistant) -> None:
    machines = MockConfigEntry(domain="ftms")
    machines.add_to_hass(hass)
    devices, entities = dr.async_get(hass), er.async_get(hass)
    device = devices.async_get_or_create(config_entry_id=machines.entry_id, identifiers={("ftms", "belt")})
    devices.async_update_device(device.id, area_id=ar.async_get(hass).async_create("Loft").id)
    speed = entities.async_get_or_create("sensor", "ftms", "speed", device_id=device.id)
    roles = {"distance": "sensor.gone", "speed": speed.id}
    anna, ben, _, hall, mine = subentries()
    gym = subentry(SubentryType.PLACE, GYM, "Gym", {"kind": "treadmill", "roles": roles})
    coordinator = await async_set_up(hass, new_entry(anna, ben, gym, hall, mine))
    assert named(coordinator, "loft") == [GYM]
    put(hass, coordinator, GYM, "Gym")
    assert named(coordinator, "loft") == []


async def test_who_speaks_is_where_the_satellite_is_or_else_its_device(hass: HomeAssistant) -> None:
    listeners = MockConfigEntry(domain="esphome")
    listeners.add_to_hass(hass)
    devices, entities, areas = dr.async_get(hass), er.async_get(hass), ar.async_get(hass)
    for area in ("Gym", "Hall"):
        areas.async_create(area)
    device = devices.async_get_or_create(config_entry_id=listeners.entry_id, identifiers={("esphome", "one")})
    satellite = entities.async_get_or_create(
        "assist_satellite", "esphome", "one", device_id=device.id, original_name="Microphone"
    )
    assert area_of_speaker(hass, satellite.entity_id, device.id) is None
    devices.async_update_device(device.id, area_id="hall")
    assert area_of_speaker(hass, satellite.entity_id, None) == "hall"
    assert area_of_speaker(hass, None, device.id) == "hall"
    entities.async_update_entity(satellite.entity_id, area_id="gym")
    assert area_of_speaker(hass, satellite.entity_id, device.id) == "gym"
    assert area_of_speaker(hass, "assist_satellite.gone", "gone") is None
    assert area_of_speaker(hass, None, None) is None


async def test_a_command_is_for_the_session_where_it_was_spoken(coordinator: Coordinator) -> None:
    walk(coordinator, GYM, ANNA)
    walk(coordinator, HALL, BEN)
    assert targets.steered_place(coordinator, Wish(area_id=HALL)) == HALL
    assert targets.steered_place(coordinator, Wish(area_id=HALL, athlete="Anna")) == GYM, "who is named wins"
    with pytest.raises(ServiceValidationError) as error:
        targets.steered_place(coordinator, Wish(area_id="attic"))
    assert error.value.translation_key == "choose_session"


async def test_a_command_spoken_where_nobody_walks_is_for_the_only_session(coordinator: Coordinator) -> None:
    walk(coordinator, GYM, ANNA)
    assert targets.steered_place(coordinator, Wish(area_id=HALL)) == GYM


async def test_of_two_places_in_one_area_the_one_with_a_session_is_meant(
    hass: HomeAssistant, coordinator: Coordinator
) -> None:
    put(hass, coordinator, CELLAR, GYM)
    walk(coordinator, CELLAR, ANNA)
    walk(coordinator, HALL, BEN)
    assert targets.steered_place(coordinator, Wish(area_id=GYM)) == CELLAR


async def test_a_session_begins_where_it_was_asked_for(coordinator: Coordinator) -> None:
    place, athlete = targets.place_and_athlete(coordinator, Wish(area_id=HALL, athlete="Ben"))
    assert (place.id, athlete.id) == (HALL, BEN)


async def test_where_it_is_asked_for_wins_over_where_the_athlete_was_last(coordinator: Coordinator) -> None:
    coordinator.async_choose(GYM, Selection(athlete_id=BEN))
    assert targets.place_and_athlete(coordinator, Wish(area_id=HALL, athlete="Ben"))[0].id == HALL
    assert targets.place_and_athlete(coordinator, Wish(area_id="attic", athlete="Ben"))[0].id == GYM
    assert (
        targets.place_and_athlete(coordinator, Wish(area_id=HALL, place="Cellar", athlete="Ben"))[0].id
        == CELLAR
    )


async def test_of_two_places_in_one_area_neither_is_guessed(
    hass: HomeAssistant, coordinator: Coordinator
) -> None:
    put(hass, coordinator, CELLAR, GYM)
    with pytest.raises(ServiceValidationError) as error:
        targets.place_and_athlete(coordinator, Wish(area_id=GYM, athlete="Ben"))
    assert error.value.translation_key == "choose_place"


async def test_nobody_named_walks_where_it_is_asked_for_who_was_chosen_there_last(
    coordinator: Coordinator,
) -> None:
    coordinator.async_choose(HALL, Selection(athlete_id=BEN))
    place, athlete = targets.place_and_athlete(coordinator, Wish(area_id=HALL))
    assert (place.id, athlete.id) == (HALL, BEN)
