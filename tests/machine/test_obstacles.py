"""What is behind: a sensor that says nothing is as unsafe as one that sees something."""

import pytest

from custom_components.backstride.machine.obstacles import Obstacle, Reaction, Sight, View, Watch, sight
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er

CM, M = {"unit_of_measurement": "cm"}, {"unit_of_measurement": "m"}


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        pytest.param(State("binary_sensor.rear", "on"), Sight.OBSTACLE, id="on"),
        pytest.param(State("binary_sensor.rear", "off"), Sight.CLEAR, id="off"),
        pytest.param(State("binary_sensor.rear", "unavailable"), Sight.BLIND, id="unavailable"),
        pytest.param(State("binary_sensor.rear", "unknown"), Sight.BLIND, id="unknown"),
        pytest.param(None, Sight.BLIND, id="missing"),
        pytest.param(State("sensor.rear", "119", CM), Sight.OBSTACLE, id="just below"),
        pytest.param(State("sensor.rear", "120", CM), Sight.CLEAR, id="exactly at"),
        pytest.param(State("sensor.rear", "1.19", M), Sight.OBSTACLE, id="in metres"),
        pytest.param(State("sensor.rear", "1.19"), Sight.OBSTACLE, id="without a unit it is metres"),
        pytest.param(State("sensor.rear", "soon", M), Sight.BLIND, id="no number"),
        pytest.param(State("sensor.rear", "nan", M), Sight.BLIND, id="not a number"),
        pytest.param(State("sensor.rear", "3", {"unit_of_measurement": "kg"}), Sight.BLIND, id="no distance"),
    ],
)
def test_a_sensor_is_judged_by_what_it_says(state: State | None, seen: Sight) -> None:
    assert sight(state, 1.2) is seen


class Told(list[View]):
    """Keeps what a watch tells."""

    def __call__(self, view: View) -> None:
        self.append(view)


async def test_of_several_sensors_the_worst_and_its_strongest_reaction_count(hass: HomeAssistant) -> None:
    told = Told()
    watch = Watch(
        hass,
        [
            Obstacle(entity_id="binary_sensor.door", reaction=Reaction.REMIND),
            Obstacle(entity_id="binary_sensor.dog", reaction=Reaction.HOLD),
        ],
        told,
    )
    for sensor in ("binary_sensor.door", "binary_sensor.dog"):
        hass.states.async_set(sensor, "off")
    watch.start()
    assert told == [], "nothing to tell while nothing is there"
    hass.states.async_set("binary_sensor.door", "on")
    hass.states.async_set("binary_sensor.dog", "on")
    hass.states.async_set("binary_sensor.dog", "unavailable")
    hass.states.async_set("binary_sensor.door", "off")
    hass.states.async_set("binary_sensor.dog", "off")
    await hass.async_block_till_done()
    assert told == [
        View(reaction=Reaction.REMIND),
        View(reaction=Reaction.HOLD),
        View(reaction=Reaction.REMIND, is_blind=True),
        View(is_blind=True),
        View(),
    ]
    watch.stop()
    watch.stop()
    hass.states.async_set("binary_sensor.dog", "on")
    await hass.async_block_till_done()
    assert len(told) == 5, "it looks no more"


async def test_what_is_there_at_the_start_is_told_at_once(hass: HomeAssistant) -> None:
    told = Told()
    hass.states.async_set("sensor.rear", "40", CM)
    watch = Watch(hass, [Obstacle(entity_id="sensor.rear")], told)
    watch.start()
    watch.stop()
    assert told == [View(reaction=Reaction.REMIND)]


async def test_a_place_without_sensors_tells_nothing(hass: HomeAssistant) -> None:
    told = Told()
    watch = Watch(hass, [], told)
    watch.start()
    watch.stop()
    assert told == []
    assert not watch.has_eyes


async def test_a_sensor_that_is_renamed_is_followed(hass: HomeAssistant) -> None:
    registry = er.async_get(hass)
    sensor = registry.async_get_or_create("binary_sensor", "test", "rear", suggested_object_id="rear")
    hass.states.async_set(sensor.entity_id, "off")
    told = Told()
    watch = Watch(hass, [Obstacle(entity_id=sensor.id)], told)
    watch.start()
    registry.async_update_entity(sensor.entity_id, icon="mdi:dog")
    registry.async_update_entity(sensor.entity_id, new_entity_id="binary_sensor.behind")
    hass.states.async_remove("binary_sensor.rear")
    await hass.async_block_till_done()
    assert told[-1] == View(is_blind=True), "for as long as it is nowhere"
    hass.states.async_set("binary_sensor.behind", "on")
    await hass.async_block_till_done()
    assert told[-1] == View(reaction=Reaction.REMIND)
    watch.stop()
