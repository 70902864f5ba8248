"""Each sensor that watches is asked about by itself, only for what makes sense of it, and nothing else is forgotten."""

from typing import Any

import pytest

from custom_components.backstride.const import DOMAIN, SubentryType
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import InvalidData
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import EntitySelector

from .gym.visit import IN_THE_GYM, async_do, async_open
from .owner import Owner, async_owner
from .setup import async_set_up, new_entry, subentry

pytestmark = IN_THE_GYM

DOOR, DISTANCE = "binary_sensor.gym_rear_sensor_obstacle", "sensor.gym_rear_sensor_distance"
OTHER = "binary_sensor.garage_rear_sensor_obstacle"
COUNT = "sensor.persons"


def called(hass: HomeAssistant, one: dict[str, Any]) -> dict[str, Any]:
    """Give what is kept of a sensor, with its name of today."""
    return one | {"entity_id": er.async_resolve_entity_id(er.async_get(hass), one["entity_id"])}


def kept(hass: HomeAssistant, owner: Owner) -> list[dict[str, Any]]:
    """Give what the place keeps of its sensors."""
    return [called(hass, one) for one in owner.only(SubentryType.PLACE).data["obstacles"]]


async def at_the_sensors(owner: Owner) -> Owner:
    """Begin to add a hallway, up to the sensors that watch it."""
    await owner.adds(SubentryType.PLACE)
    await owner.fills_in(name="Hall", kind="hallway")
    assert owner.step == "sound_and_light"
    return owner


async def added(hass: HomeAssistant, sensors: list[str], *forms: dict[str, Any]) -> Owner:
    """Add a hallway with these sensors, filling in one form for each."""
    owner = await at_the_sensors(await async_owner(hass))
    await owner.fills_in(obstacles=sensors)
    for form in forms:
        assert owner.step == "obstacle"
        await owner.fills_in(**form)
    assert owner.step == "create_entry"
    return owner


async def changing(hass: HomeAssistant, *stored: dict[str, Any]) -> Owner:
    """Begin to change a hallway that keeps this of its sensors, up to those."""
    await async_open(hass)
    place = subentry(SubentryType.PLACE, "hall", "Hall", {"kind": "hallway", "obstacles": list(stored)})
    entry = new_entry(subentry(SubentryType.ATHLETE, "anna", "Anna", {}), place)
    await async_set_up(hass, entry)
    owner = Owner(hass, entry)
    await owner.changes(owner.only(SubentryType.PLACE))
    await owner.fills_in()
    assert owner.step == "sound_and_light"
    return owner


async def test_each_sensor_has_a_form_with_what_makes_sense_of_it(hass: HomeAssistant) -> None:
    hass.states.async_set(COUNT, "0")
    owner = await at_the_sensors(await async_owner(hass))
    await owner.fills_in(obstacles=[DOOR, DISTANCE, COUNT])
    fields, said = [], []
    while owner.step == "obstacle":
        fields.append({str(key) for key in owner.sees["data_schema"].schema})
        said.append(owner.sees["description_placeholders"])
        await owner.fills_in()
    assert fields == [{"reaction"}, {"below_m", "stale_after_s", "reaction"}, {"reaction"}]
    assert said == [
        {"sensor": "Gym rear sensor Obstacle", "number": "1", "count": "3"},
        {"sensor": "Gym rear sensor Distance", "number": "2", "count": "3"},
        {"sensor": "persons", "number": "3", "count": "3"},
    ]
    assert kept(hass, owner) == [
        {"entity_id": DOOR, "reaction": "remind"},
        {"entity_id": DISTANCE, "below_m": 1.2, "reaction": "remind"},
        {"entity_id": COUNT, "reaction": "remind"},
    ]


async def test_without_sensors_nothing_is_asked_about_them(hass: HomeAssistant) -> None:
    owner = await added(hass, [])
    assert owner.only(SubentryType.PLACE).data["obstacles"] == []


async def test_sensors_are_set_apart_and_kept_by_registry_id(hass: HomeAssistant) -> None:
    owner = await added(
        hass,
        [DOOR, DISTANCE],
        {"reaction": "stop"},
        {"below_m": 0.8, "stale_after_s": 30.0, "reaction": "hold"},
    )
    assert kept(hass, owner) == [
        {"entity_id": DOOR, "reaction": "stop"},
        {"entity_id": DISTANCE, "below_m": 0.8, "stale_after_s": 30, "reaction": "hold"},
    ]
    assert {one["entity_id"] for one in owner.only(SubentryType.PLACE).data["obstacles"]} == {
        entry.id for entry in er.async_get(hass).entities.values() if entry.entity_id in {DOOR, DISTANCE}
    }


async def test_a_change_shows_each_sensor_as_it_is_and_leaves_the_others_alone(hass: HomeAssistant) -> None:
    owner = await changing(
        hass,
        {"entity_id": DOOR, "reaction": "stop"},
        {"entity_id": DISTANCE, "below_m": 0.8, "stale_after_s": 30, "reaction": "hold"},
    )
    assert owner.shown["obstacles"] == [DOOR, DISTANCE]
    await owner.fills_in(obstacles=[DISTANCE, OTHER, DOOR])
    assert owner.shown == {"below_m": 0.8, "stale_after_s": 30, "reaction": "hold"}
    await owner.fills_in(stale_after_s=None)
    assert owner.shown == {"reaction": "remind"}
    await owner.fills_in()
    assert owner.shown == {"reaction": "stop"}
    await owner.fills_in(reaction="hold")
    assert kept(hass, owner) == [
        {"entity_id": DISTANCE, "below_m": 0.8, "reaction": "hold"},
        {"entity_id": OTHER, "reaction": "remind"},
        {"entity_id": DOOR, "reaction": "hold"},
    ]


async def test_what_the_form_does_not_ask_stays(hass: HomeAssistant) -> None:
    """Older data has a distance for every sensor, and a later version may have more."""
    owner = await changing(
        hass, {"entity_id": DOOR, "below_m": 1.5, "reaction": "hold", "of_a_later_version": [1]}
    )
    await owner.fills_in()
    await owner.fills_in(reaction="stop")
    assert kept(hass, owner) == [
        {"entity_id": DOOR, "below_m": 1.5, "reaction": "stop", "of_a_later_version": [1]}
    ]


async def test_old_data_without_the_new_keys_can_be_changed(hass: HomeAssistant) -> None:
    owner = await changing(hass, {"entity_id": DISTANCE})
    await owner.fills_in()
    assert owner.shown == {"below_m": 1.2, "reaction": "remind"}
    await owner.fills_in()
    assert kept(hass, owner) == [{"entity_id": DISTANCE, "below_m": 1.2, "reaction": "remind"}]


async def test_data_edited_by_hand_can_be_changed(hass: HomeAssistant) -> None:
    """A word that nobody understands holds, so that is what the form shows."""
    gone = "0123456789abcdef0123456789abcdef"
    owner = await changing(
        hass, {"below_m": 2}, {"entity_id": gone}, {"entity_id": DOOR, "reaction": "shout"}
    )
    assert owner.shown["obstacles"] == [DOOR]
    await owner.fills_in()
    assert owner.shown == {"reaction": "hold"}
    await owner.fills_in()
    assert kept(hass, owner) == [{"entity_id": DOOR, "reaction": "hold"}]


async def test_a_sensor_that_lost_its_class_can_be_kept(hass: HomeAssistant) -> None:
    hass.states.async_set("binary_sensor.mat", "off")
    owner = await changing(hass, {"entity_id": "binary_sensor.mat", "reaction": "hold"})
    await owner.fills_in()
    assert owner.step == "obstacle"
    await owner.fills_in()
    assert kept(hass, owner) == [{"entity_id": "binary_sensor.mat", "reaction": "hold"}]


async def test_a_sensor_out_of_reach_is_asked_about_as_what_it_is(hass: HomeAssistant) -> None:
    owner = await at_the_sensors(await async_owner(hass))
    await async_do(hass, "switch.turn_off", "switch.gym_rear_sensor_plugged_in")
    await owner.fills_in(obstacles=[DISTANCE])
    assert owner.shown == {"below_m": 1.2, "reaction": "remind"}


async def test_a_sensor_that_is_nowhere_is_called_by_its_id(hass: HomeAssistant) -> None:
    owner = await changing(hass, {"entity_id": "binary_sensor.lost"})
    await owner.fills_in()
    assert owner.sees["description_placeholders"]["sensor"] == "binary_sensor.lost"


@pytest.mark.parametrize("field", ["below_m", "stale_after_s"])
async def test_nothing_is_nearer_or_shorter_than_nothing(hass: HomeAssistant, field: str) -> None:
    owner = await at_the_sensors(await async_owner(hass))
    await owner.fills_in(obstacles=[DISTANCE])
    await owner.fills_in(**{field: 0, "reaction": "stop"})
    assert (owner.step, owner.errors) == ("obstacle", {field: "not_positive"})
    assert (owner.shown[field], owner.shown["reaction"]) == (0, "stop")
    assert owner.sees["description_placeholders"]["number"] == "1"
    await owner.fills_in(**{field: 0.1})
    assert kept(hass, owner)[0][field] == 0.1


async def test_a_door_has_no_distance(hass: HomeAssistant) -> None:
    owner = await at_the_sensors(await async_owner(hass))
    await owner.fills_in(obstacles=[DOOR])
    with pytest.raises(InvalidData):
        await owner.fills_in(below_m=1)


@pytest.mark.parametrize(
    ("sensors", "error"),
    [
        pytest.param([DOOR, DISTANCE, DOOR], "entity_twice", id="twice"),
        pytest.param(["sensor.hall_progress"], "own_entity", id="ours"),
        pytest.param([DOOR, "sensor.gym_treadmill_speed"], "cannot_watch", id="a speed"),
        pytest.param(["0123456789abcdef0123456789abcdef"], "cannot_watch", id="an id that nobody has"),
    ],
)
async def test_what_cannot_watch_is_refused_in_words(
    hass: HomeAssistant, sensors: list[str], error: str
) -> None:
    owner = await changing(hass, {"entity_id": DOOR})
    assert er.async_get(hass).async_get_entity_id("sensor", DOMAIN, "hall_progress") == "sensor.hall_progress"
    await owner.fills_in(obstacles=sensors)
    assert (owner.step, owner.errors) == ("sound_and_light", {"obstacles": error})
    assert owner.shown["obstacles"] == sensors
    await owner.fills_in(obstacles=[DOOR])
    assert owner.step == "obstacle"


async def test_the_same_sensor_under_its_id_and_its_name_is_the_same_twice(hass: HomeAssistant) -> None:
    owner = await at_the_sensors(await async_owner(hass))
    entry = er.async_get(hass).async_get(DOOR)
    assert entry is not None
    await owner.fills_in(obstacles=[DOOR, entry.id])
    assert owner.errors == {"obstacles": "entity_twice"}


async def test_only_what_can_watch_is_offered_and_what_is_kept(hass: HomeAssistant) -> None:
    hass.states.async_set(COUNT, "0", {"unit_of_measurement": "persons"})
    hass.states.async_set("binary_sensor.mat", "off")
    owner = await changing(hass, {"entity_id": "binary_sensor.mat"}, {"entity_id": DOOR})
    field = owner.sees["data_schema"].schema["obstacles"]
    assert isinstance(field, EntitySelector)
    offered = field.config["include_entities"]
    assert {DOOR, DISTANCE, OTHER, COUNT, "binary_sensor.mat"} <= set(offered)
    assert not {"sensor.hall_progress", "sensor.gym_treadmill_speed"} & set(offered)
    assert len(set(offered)) == len(offered)
    assert field.serialize()["selector"]["entity"]["multiple"] is True


async def test_the_first_flow_says_the_same_in_words(hass: HomeAssistant) -> None:
    await async_open(hass)
    flows = hass.config_entries.flow
    result: Any = await flows.async_init(DOMAIN, context={"source": "user"})
    forms: list[dict[str, Any]] = [
        {"manual_allows_backward": "yes", **dict.fromkeys(("balance", "pregnancy", "surgery"), "no")}
        | {"seizures": "no", "heart": "no", "accepted": True},
        {"name": "Anna"},
        {"name": "Hall", "kind": "hallway"},
        {"obstacles": [DISTANCE, DISTANCE]},
    ]
    for form in forms:
        result = await flows.async_configure(result["flow_id"], form)
    assert (result["step_id"], result["errors"]) == ("sound_and_light", {"obstacles": "entity_twice"})
    result = await flows.async_configure(result["flow_id"], {"obstacles": [DISTANCE]})
    result = await flows.async_configure(result["flow_id"], {"below_m": 0, "reaction": "hold"})
    assert (result["step_id"], result["errors"]) == ("obstacle", {"below_m": "not_positive"})
    result = await flows.async_configure(result["flow_id"], {"below_m": 1, "reaction": "hold"})
    assert result["type"] == "create_entry"
    await hass.async_block_till_done()
    (place,) = result["result"].get_subentries_of_type("place")
    assert [called(hass, one) for one in place.data["obstacles"]] == [
        {"entity_id": DISTANCE, "below_m": 1, "reaction": "hold"}
    ]
