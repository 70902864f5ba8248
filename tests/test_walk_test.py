"""Half a minute of walking tells which sensors see the athlete; it is said, answered, and kept as a repair."""

import asyncio
from typing import Any

import pytest

from custom_components.backstride.const import DOMAIN
from custom_components.backstride.store import async_report_history
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er, issue_registry as ir

from .gym.visit import IN_THE_GYM
from .hall import DOOR, Hall, OpenHall
from .setup import GYM

pytestmark = IN_THE_GYM

DISTANCE = "sensor.gym_rear_sensor_distance"
NAME = "Gym rear sensor Obstacle"
SPEED = "sensor.gym_treadmill_speed"
BEGIN = "Walk for thirty seconds, please."
CLEAR = f"You were not seen by {NAME}. Good."
SEES = f"You are seen by {NAME}. Such a sensor cannot watch behind you."
UNSURE = f"You walked too little to judge {NAME}. Please try again."
BLIND = f"I heard nothing from {NAME}."


async def ask(hall: Hall) -> asyncio.Task[Any]:
    """Call the action and wait for its answer in the background, where no other waiting waits for it."""
    wait = hall.hass.services.async_call(
        DOMAIN, "walk_test", {"place": "gym"}, blocking=True, return_response=True
    )
    task = asyncio.create_task(wait)
    await asyncio.sleep(0)
    return task


def only(answer: dict[str, Any] | None) -> dict[str, Any]:
    """Give what was found about the one sensor."""
    assert answer is not None
    assert answer["place"] == "Gym"
    (found,) = answer["sensors"]
    return dict(found)


def repairs(hass: HomeAssistant) -> list[dict[str, str] | None]:
    """Give the sensors that repairs name."""
    return [
        issue.translation_placeholders
        for (domain, _), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN and issue.translation_key == "sensor_sees_athlete"
    ]


def setting(hall: Hall, **data: Any) -> None:
    """Change the place."""
    entry = hall.coordinator.entry
    subentry = entry.subentries[GYM]
    hall.hass.config_entries.async_update_subentry(entry, subentry, data={**subentry.data, **data})


async def found_seeing(hall: Hall) -> None:
    """Have the sensor found to see whoever walks."""
    await hall.press("walk_test")
    await hall.wait(5)
    await hall.dog(there=True)
    await hall.wait(27, 1)
    assert repairs(hall.hass) == [{"sensor": NAME, "place": "Gym"}]


async def test_a_sensor_that_sees_nobody_is_clear_and_said_to_be(open_hall: OpenHall) -> None:
    hall = await open_hall()
    await hall.press("walk_test")
    assert hall.heard == [(0, BEGIN)]
    await hall.wait(29.5)
    assert hall.words == [BEGIN]
    await hall.wait(1)
    assert hall.heard == [(0, BEGIN), (30, CLEAR)]
    assert repairs(hall.hass) == []
    await hall.wait(40, 1)
    assert len(hall.words) == 2


async def test_a_sensor_that_sees_whoever_walks_is_named_aloud_and_in_a_repair(open_hall: OpenHall) -> None:
    hall = await open_hall()
    await found_seeing(hall)
    assert hall.words == [BEGIN, SEES]


async def test_a_later_test_that_finds_it_clear_ends_the_repair(open_hall: OpenHall) -> None:
    hall = await open_hall()
    await found_seeing(hall)
    await hall.press("walk_test")
    await hall.wait(31, 1)
    assert hall.words[-1] == CLEAR
    assert repairs(hall.hass) == []


async def test_a_later_test_that_decides_nothing_leaves_the_repair(open_hall: OpenHall) -> None:
    hall = await open_hall(roles={"speed": SPEED})
    await hall.press_other("gym_treadmill_start")
    await found_seeing(hall)
    await hall.press_other("gym_treadmill_stop")
    await hall.wait(5)
    await hall.press("walk_test")
    await hall.wait(31, 1)
    assert hall.words[-1] == UNSURE
    assert len(repairs(hall.hass)) == 1


async def test_a_sensor_that_is_no_longer_watched_with_has_no_repair(open_hall: OpenHall) -> None:
    hall = await open_hall()
    await found_seeing(hall)
    kept = er.async_get(hall.hass).async_get(DOOR)
    assert kept is not None
    setting(hall, obstacles=[{"entity_id": kept.id, "reaction": "stop"}])
    await hall.wait(1)
    assert len(repairs(hall.hass)) == 1, "by another name it is the same sensor"
    async_report_history(hall.hass, "carl", "Carl")
    setting(hall, obstacles=[{"entity_id": DISTANCE}])
    await hall.wait(1)
    assert repairs(hall.hass) == []
    assert ir.async_get(hall.hass).async_get_issue(DOMAIN, "history_carl"), (
        "what is about something else stays"
    )


async def test_a_place_that_is_removed_leaves_no_repair(open_hall: OpenHall) -> None:
    hall = await open_hall()
    await found_seeing(hall)
    hall.hass.config_entries.async_remove_subentry(hall.coordinator.entry, GYM)
    await hall.hass.async_block_till_done()
    assert repairs(hall.hass) == []


async def test_who_removes_the_integration_finds_no_repair_any_more(open_hall: OpenHall) -> None:
    hall = await open_hall()
    await found_seeing(hall)
    await hall.hass.config_entries.async_remove(hall.coordinator.entry.entry_id)
    await hall.hass.async_block_till_done()
    assert repairs(hall.hass) == []


async def test_the_repair_outlasts_a_restart_but_not_a_sensor_that_is_gone_after_it(
    open_hall: OpenHall,
) -> None:
    hall = await open_hall()
    await found_seeing(hall)
    (issue,) = (one for (domain, _), one in ir.async_get(hall.hass).issues.items() if domain == DOMAIN)
    assert issue.is_persistent
    entry = hall.coordinator.entry
    await hall.hass.config_entries.async_reload(entry.entry_id)
    assert len(repairs(hall.hass)) == 1
    await hall.hass.config_entries.async_unload(entry.entry_id)
    setting(hall, obstacles=[])
    await hall.hass.config_entries.async_setup(entry.entry_id)
    await hall.hass.async_block_till_done()
    assert repairs(hall.hass) == []


async def test_a_distance_below_its_limit_is_seeing(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[{"entity_id": DISTANCE, "below_m": 1.0}])
    asked = await ask(hall)
    await hall.wait(5)
    await hall.dog(there=True)
    await hall.wait(2)
    await hall.dog(there=False)
    await hall.wait(24, 1)
    found = only(await asked)
    assert (found["entity_id"], found["verdict"]) == (DISTANCE, "sees_athlete")
    assert (found["saw_seconds"], found["saw_times"]) == (2.0, 1)


async def test_a_distance_above_its_limit_is_clear(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[{"entity_id": DISTANCE, "below_m": 0.5}])
    asked = await ask(hall)
    await hall.dog(there=True)
    await hall.wait(31, 1)
    assert only(await asked)["verdict"] == "clear"


@pytest.mark.rooms("Garage")
async def test_the_answer_comes_after_thirty_seconds_with_every_sensor(open_hall: OpenHall) -> None:
    other = "binary_sensor.garage_rear_sensor_obstacle"
    hall = await open_hall(obstacles=[{"entity_id": DOOR}, {"entity_id": other}])
    asked = await ask(hall)
    await hall.wait(5)
    await hall.press_other("garage_rear_sensor_dog_walks_in")
    await hall.wait(24.5)
    assert not asked.done()
    await hall.wait(1)
    assert await asked == {
        "place": "Gym",
        "sensors": [
            {"entity_id": DOOR, "name": NAME, "verdict": "clear", "saw_seconds": 0.0, "saw_times": 0},
            {
                "entity_id": other,
                "name": "Garage rear sensor Obstacle",
                "verdict": "sees_athlete",
                "saw_seconds": 8.0,
                "saw_times": 1,
            },
        ],
    }
    assert hall.words[-1] == (
        "You are seen by Garage rear sensor Obstacle. Such a sensor cannot watch behind you. " + CLEAR
    )


async def test_without_a_response_the_action_waits_for_nothing(open_hall: OpenHall) -> None:
    hall = await open_hall()
    async with asyncio.timeout(1):
        await hall.hass.services.async_call(DOMAIN, "walk_test", {"place": "gym"}, blocking=True)
    await hall.wait(31, 1)
    assert hall.words == [BEGIN, CLEAR]


async def test_who_stops_waiting_does_not_end_the_test(open_hall: OpenHall) -> None:
    hall = await open_hall()
    asked = await ask(hall)
    asked.cancel()
    await hall.wait(31, 1)
    assert asked.cancelled()
    assert hall.words == [BEGIN, CLEAR]


async def test_a_sensor_without_its_plug_is_blind(open_hall: OpenHall) -> None:
    hall = await open_hall()
    await hall.hass.services.async_call(
        "switch", "turn_off", {"entity_id": "switch.gym_rear_sensor_plugged_in"}, blocking=True
    )
    asked = await ask(hall)
    await hall.wait(31, 1)
    assert only(await asked)["verdict"] == "blind"
    assert hall.words[-1] == BLIND


async def test_a_sensor_that_is_nowhere_is_blind_and_called_by_its_id(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[{"entity_id": "binary_sensor.lost"}])
    asked = await ask(hall)
    await hall.wait(31, 1)
    found = only(await asked)
    assert (found["name"], found["verdict"]) == ("binary_sensor.lost", "blind")


async def test_where_the_belt_stands_nothing_is_decided(open_hall: OpenHall) -> None:
    hall = await open_hall(roles={"speed": SPEED})
    await hall.press("walk_test")
    await hall.dog(there=True)
    await hall.wait(31, 1)
    assert hall.words[-1] == UNSURE
    assert repairs(hall.hass) == []


async def test_what_is_seen_before_the_belt_moves_is_whoever_starts_it(open_hall: OpenHall) -> None:
    hall = await open_hall(roles={"speed": SPEED})
    await hall.press("walk_test")
    await hall.dog(there=True)
    await hall.wait(3)
    await hall.press_other("gym_treadmill_start")
    await hall.wait(28, 1)
    assert hall.words[-1] == CLEAR


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        pytest.param(["0", "5"], CLEAR, id="steps"),
        pytest.param(["500", "0", "5"], CLEAR, id="steps of a counter that begins again"),
        pytest.param(["500", "0"], UNSURE, id="a counter that only begins again"),
        pytest.param(["500", "unknown", "500"], UNSURE, id="a counter that says the same"),
    ],
)
async def test_whose_steps_are_counted_walks_whatever_is_said_of_the_belt(
    hass: HomeAssistant, open_hall: OpenHall, counts: list[str], said: str
) -> None:
    """A smart plug may take an idle belt for one that stands, although somebody walks."""
    hass.states.async_set("sensor.steps", counts[0])
    hall = await open_hall(roles={"speed": SPEED, "steps": "sensor.steps"})
    await hall.press("walk_test")
    for count in counts[1:]:
        await hall.wait(3)
        hass.states.async_set("sensor.steps", count)
    await hall.wait(31, 1)
    assert hall.words[-1] == said


async def test_a_session_that_begins_ends_the_test_without_a_verdict(open_hall: OpenHall) -> None:
    hall = await open_hall()
    asked = await ask(hall)
    await hall.wait(10)
    hall.start()
    with pytest.raises(ServiceValidationError) as caught:
        await asked
    assert caught.value.translation_key == "walk_test_ended"
    await hall.dog(there=True)
    await hall.wait(25, 1)
    assert not any("seen by" in said for said in hall.words)
    assert repairs(hall.hass) == []


async def test_other_sensors_end_the_test_and_other_settings_do_not(open_hall: OpenHall) -> None:
    hall = await open_hall()
    asked = await ask(hall)
    await hall.wait(5)
    setting(hall, confirm_turns=True)
    await hall.wait(5)
    assert not asked.done()
    setting(hall, obstacles=[{"entity_id": DISTANCE}])
    await hall.wait(1)
    with pytest.raises(ServiceValidationError):
        await asked
    await hall.wait(25, 1)
    assert hall.words == [BEGIN]


async def test_a_place_that_is_removed_ends_its_test(open_hall: OpenHall) -> None:
    hall = await open_hall()
    asked = await ask(hall)
    await hall.wait(5)
    hall.hass.config_entries.async_remove_subentry(hall.coordinator.entry, GYM)
    await hall.hass.async_block_till_done()
    with pytest.raises(ServiceValidationError):
        await asked


async def test_an_unloaded_entry_ends_its_tests(open_hall: OpenHall) -> None:
    hall = await open_hall()
    asked = await ask(hall)
    await hall.hass.config_entries.async_unload(hall.coordinator.entry.entry_id)
    with pytest.raises(ServiceValidationError):
        await asked


async def refused(hall: Hall) -> str | None:
    with pytest.raises(ServiceValidationError) as caught:
        await hall.press("walk_test")
    return caught.value.translation_key


async def test_there_is_no_test_during_a_session(open_hall: OpenHall) -> None:
    hall = await open_hall()
    hall.start()
    assert await refused(hall) == "place_busy"


async def test_there_is_one_test_at_a_time(open_hall: OpenHall) -> None:
    hall = await open_hall()
    await hall.press("walk_test")
    assert await refused(hall) == "walk_test_on"
    await hall.wait(31, 1)
    await hall.press("walk_test")
    assert hall.words[-1] == BEGIN


async def test_where_there_is_no_sensor_there_is_nothing_to_test(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[])
    assert await refused(hall) == "no_obstacle_sensors"


async def test_it_is_heard_also_where_cues_are_muted(open_hall: OpenHall) -> None:
    hall = await open_hall()
    await hall.hass.services.async_call(
        "switch", "turn_off", {"entity_id": "switch.gym_spoken_cues"}, blocking=True
    )
    await hall.press("walk_test")
    await hall.wait(31, 1)
    assert hall.words == [BEGIN, CLEAR]


async def test_a_place_without_a_speaker_answers_all_the_same(open_hall: OpenHall) -> None:
    hall = await open_hall(speakers=[])
    asked = await ask(hall)
    await hall.wait(31, 1)
    assert only(await asked)["verdict"] == "clear"
