"""What is behind: a sensor that says nothing is as unsafe as one that sees something."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.backstride.engine.sight import Kind, Sight
from custom_components.backstride.machine.obstacles import Obstacle, Seen, Watch, said
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

CM, M = {"unit_of_measurement": "cm"}, {"unit_of_measurement": "m"}
FAR, NEAR = "300", "40"


@pytest.mark.parametrize(
    ("state", "kind", "value"),
    [
        pytest.param(State("binary_sensor.rear", "on"), Kind.PRESENCE, 1, id="on"),
        pytest.param(State("binary_sensor.rear", "off"), Kind.PRESENCE, 0, id="off"),
        pytest.param(State("binary_sensor.rear", "unavailable"), Kind.PRESENCE, None, id="unavailable"),
        pytest.param(State("binary_sensor.rear", "unknown"), Kind.PRESENCE, None, id="unknown"),
        pytest.param(State("sensor.rear", "119", CM), Kind.DISTANCE, 1.19, id="in centimetres"),
        pytest.param(
            State("sensor.rear", "1190", {"unit_of_measurement": "mm"}), Kind.DISTANCE, 1.19, id="in mm"
        ),
        pytest.param(State("sensor.rear", "1.19", M), Kind.DISTANCE, 1.19, id="in metres"),
        pytest.param(
            State("sensor.rear", "1.19", {"device_class": "distance"}),
            Kind.DISTANCE,
            1.19,
            id="without a unit",
        ),
        pytest.param(
            State("sensor.rear", "3", {"device_class": "distance", "unit_of_measurement": "kg"}),
            Kind.DISTANCE,
            None,
            id="in no unit of length",
        ),
        pytest.param(State("sensor.rear", "soon", M), Kind.DISTANCE, None, id="no number"),
        pytest.param(State("sensor.rear", "nan", M), Kind.DISTANCE, None, id="not a number"),
        pytest.param(State("sensor.dogs", "2"), Kind.COUNT, 2, id="a count"),
        pytest.param(
            State("sensor.dogs", "1", {"unit_of_measurement": "objects"}), Kind.COUNT, 1, id="of objects"
        ),
        pytest.param(State("sensor.dogs", "unknown"), Kind.COUNT, None, id="no count"),
    ],
)
def test_a_state_says_something_there_how_far_or_how_many(
    state: State, kind: Kind, value: float | None
) -> None:
    assert said(kind, state) == value


def test_what_is_missing_says_nothing() -> None:
    assert said(Kind.COUNT, None) is None


async def test_what_nobody_would_choose_sees_something_in_anything_but_zero(hass: HomeAssistant) -> None:
    """Data may be edited by hand, and must not unguard anybody."""
    hass.states.async_set("sensor.weight", "3", {"unit_of_measurement": "kg"})
    hass.states.async_set("binary_sensor.smoke", "on", {"device_class": "smoke"})
    obstacles = [Obstacle(entity_id="sensor.weight"), Obstacle(entity_id="binary_sensor.smoke")]
    with watching(hass, Told(), *obstacles) as watch:
        assert {seen.sight for seen in watch.seen} == {Sight.OBSTACLE}


class Told(list[tuple[str, Sight]]):
    """Keeps what a watch tells, and how often something was glimpsed before it was told."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        super().__init__()
        self.glimpses: list[tuple[str, int]] = []

    def __call__(self, seen: Seen) -> None:
        self.append((seen.entity_id, seen.sight))

    def glimpse(self, entity_id: str) -> None:
        self.glimpses.append((entity_id, len(self)))


@contextmanager
def watching(hass: HomeAssistant, told: Told, *obstacles: Obstacle) -> Iterator[Watch]:
    watch = Watch(hass, obstacles, now=dt_util.utcnow, glimpsed=told.glimpse, changed=told)
    watch.start()
    yield watch
    watch.stop()


async def test_each_sensor_is_told_when_it_sees_something_else(hass: HomeAssistant) -> None:
    told = Told()
    for sensor in ("binary_sensor.door", "binary_sensor.dog"):
        hass.states.async_set(sensor, "off")
    with watching(
        hass, told, Obstacle(entity_id="binary_sensor.door"), Obstacle(entity_id="binary_sensor.dog")
    ) as watch:
        assert told == [], "nothing to tell while nothing is there"
        hass.states.async_set("binary_sensor.door", "on")
        hass.states.async_set("binary_sensor.door", "on", {"battery": 9})
        hass.states.async_set("binary_sensor.dog", "on")
        hass.states.async_set("binary_sensor.dog", "unavailable")
        hass.states.async_set("binary_sensor.door", "off")
        hass.states.async_remove("binary_sensor.dog")
        await hass.async_block_till_done()
        assert told == [
            ("binary_sensor.door", Sight.OBSTACLE),
            ("binary_sensor.dog", Sight.OBSTACLE),
            ("binary_sensor.dog", Sight.BLIND),
            ("binary_sensor.door", Sight.CLEAR),
        ]
        assert told.glimpses == [("binary_sensor.door", 0), ("binary_sensor.dog", 1)], (
            "each before it was told"
        )
        assert [seen.sight for seen in watch.seen] == [Sight.CLEAR, Sight.BLIND]
    hass.states.async_set("binary_sensor.dog", "on")
    await hass.async_block_till_done()
    assert len(told) == 4, "it looks no more"


async def test_what_is_there_at_the_start_is_known_and_not_told(hass: HomeAssistant) -> None:
    told = Told()
    hass.states.async_set("sensor.rear", NEAR, CM)
    with watching(hass, told, Obstacle(entity_id="sensor.rear")) as watch:
        assert [seen.sight for seen in watch.seen] == [Sight.OBSTACLE]
    assert told == []


async def test_a_place_without_sensors_sees_nothing(hass: HomeAssistant) -> None:
    with watching(hass, Told()) as watch:
        assert watch.seen == ()


async def test_a_sensor_that_comes_back_near_is_glimpsed_at_once(hass: HomeAssistant) -> None:
    """Its unit is known only now: three metres are no three dogs."""
    told = Told()
    with watching(hass, told, Obstacle(entity_id="sensor.rear")):
        hass.states.async_set("sensor.rear", FAR, CM)
        await hass.async_block_till_done()
        assert (told, told.glimpses) == ([("sensor.rear", Sight.CLEAR)], [])
        hass.states.async_set("sensor.rear", "unavailable")
        hass.states.async_set("sensor.rear", NEAR, CM)
        await hass.async_block_till_done()
        assert told[1:] == [("sensor.rear", Sight.BLIND), ("sensor.rear", Sight.OBSTACLE)]
        assert told.glimpses == [("sensor.rear", 2)]


async def test_a_sensor_that_is_renamed_is_followed(hass: HomeAssistant) -> None:
    registry = er.async_get(hass)
    sensor = registry.async_get_or_create("binary_sensor", "test", "rear", suggested_object_id="rear")
    hass.states.async_set(sensor.entity_id, "off")
    told = Told()
    with watching(hass, told, Obstacle(entity_id=sensor.id)):
        registry.async_update_entity(sensor.entity_id, icon="mdi:dog")
        registry.async_update_entity(sensor.entity_id, new_entity_id="binary_sensor.behind")
        hass.states.async_remove("binary_sensor.rear")
        await hass.async_block_till_done()
        assert told[-1] == ("binary_sensor.behind", Sight.BLIND), "for as long as it is nowhere"
        hass.states.async_set("binary_sensor.behind", "on")
        await hass.async_block_till_done()
        assert told[-1] == ("binary_sensor.behind", Sight.OBSTACLE)


async def test_a_sensor_that_left_the_registry_is_blind(hass: HomeAssistant) -> None:
    """Of it nothing is left but the id the registry knew it by."""
    with watching(hass, Told(), Obstacle(entity_id="0123456789abcdef0123456789abcdef")) as watch:
        assert [seen.sight for seen in watch.seen] == [Sight.BLIND]


async def passes(hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float) -> None:
    freezer.tick(timedelta(seconds=seconds))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()


async def test_a_distance_that_falls_silent_is_lost(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """It says the same again and again, which is no change of its state, and then nothing."""
    told = Told()
    hass.states.async_set("sensor.rear", FAR, CM)
    with watching(hass, told, Obstacle(entity_id="sensor.rear")):
        for _ in range(50):
            await passes(hass, freezer, 1)
            hass.states.async_set("sensor.rear", FAR, CM)
        await hass.async_block_till_done()
        await passes(hass, freezer, 9.5)
        assert told == []
        await passes(hass, freezer, 1)
        assert told == [("sensor.rear", Sight.BLIND)]
        await passes(hass, freezer, 60)
        hass.states.async_set("sensor.rear", FAR, CM)
        await hass.async_block_till_done()
        assert told[1:] == [("sensor.rear", Sight.CLEAR)]


async def test_its_owner_says_how_long_a_distance_may_be_silent(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    told = Told()
    hass.states.async_set("sensor.rear", FAR, CM)
    hass.states.async_set("binary_sensor.door", "off")
    await passes(hass, freezer, 4)
    with watching(
        hass,
        told,
        Obstacle(entity_id="sensor.rear", stale_after_s=30),
        Obstacle(entity_id="binary_sensor.door", stale_after_s=30),
    ):
        await passes(hass, freezer, 25)
        assert told == []
        await passes(hass, freezer, 2)
        assert told == [("sensor.rear", Sight.BLIND)], "a door has nothing to say while nobody opens it"
        hass.states.async_set("sensor.rear", FAR, CM)
        await hass.async_block_till_done()
        assert told[1:] == [("sensor.rear", Sight.CLEAR)]
    await passes(hass, freezer, 60)
    assert len(told) == 2, "nobody looks any more"


async def test_a_sensor_that_was_silent_for_too_long_before_it_is_watched_is_lost(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    hass.states.async_set("sensor.rear", FAR, CM)
    await passes(hass, freezer, 31)
    with watching(hass, Told(), Obstacle(entity_id="sensor.rear", stale_after_s=30)) as watch:
        assert [seen.sight for seen in watch.seen] == [Sight.BLIND]


async def test_the_same_again_of_a_door_is_nothing_new(hass: HomeAssistant) -> None:
    told = Told()
    hass.states.async_set("binary_sensor.door", "off")
    with watching(hass, told, Obstacle(entity_id="binary_sensor.door")):
        hass.states.async_set("binary_sensor.door", "off")
        await hass.async_block_till_done()
    assert told == []


async def test_a_sensor_that_begins_to_tell_a_unit_is_understood_from_then_on(hass: HomeAssistant) -> None:
    """Three hundred centimetres are no dogs, and one metre is not far away."""
    told = Told()
    hass.states.async_set("sensor.rear", "0")
    with watching(hass, told, Obstacle(entity_id="sensor.rear")) as watch:
        hass.states.async_set("sensor.rear", FAR, CM)
        await hass.async_block_till_done()
        assert [seen.sight for seen in watch.seen] == [Sight.CLEAR]
        hass.states.async_set("sensor.rear", "1", M)
        await hass.async_block_till_done()
        assert told == [("sensor.rear", Sight.OBSTACLE)]
        assert told.glimpses == [("sensor.rear", 0)]


async def test_a_look_that_comes_a_moment_too_early_is_taken_again(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """What was not yet due when the look began may be due when it ends."""
    told, began = Told(), dt_util.utcnow()
    instants = [began]
    hass.states.async_set("sensor.rear", FAR, CM)
    watch = Watch(
        hass,
        [Obstacle(entity_id="sensor.rear", stale_after_s=30)],
        now=lambda: instants.pop(0) if len(instants) > 1 else instants[0],
        glimpsed=told.glimpse,
        changed=told,
    )
    watch.start()
    due = began + timedelta(seconds=30)
    instants[:] = [due - timedelta(milliseconds=1), due + timedelta(milliseconds=1)]
    await passes(hass, freezer, 30)
    await passes(hass, freezer, 1)
    assert told == [("sensor.rear", Sight.BLIND)]
    watch.stop()
