"""The coach is muted by its switch, by hand or by an automation, and at once."""

from homeassistant.setup import async_setup_component

from .gym.visit import IN_THE_GYM
from .hall import Hall, OpenHall
from .setup import GYM, state_of

pytestmark = IN_THE_GYM

SPOKEN = {"entity_id": "switch.gym_spoken_cues"}
BEGUN = [
    "Take hold and look ahead. First, walk backward at 1.2.",
    "Three.",
    "Two.",
    "One.",
    "Walk backward at 1.2, one minute.",
]


async def at_work(open_hall: OpenHall) -> Hall:
    """Walk backward for two seconds."""
    hall = await open_hall()
    hall.start()
    await hall.wait(12)
    assert hall.words == BEGUN
    return hall


async def test_muted_in_the_middle_of_a_session_nothing_more_is_said(open_hall: OpenHall) -> None:
    hall = await at_work(open_hall)
    await hall.hass.services.async_call("switch", "turn_off", SPOKEN, blocking=True)
    await hall.wait(90)
    assert state_of(hall.hass, "sensor", GYM, "interval") == "forward", "and the session goes on"
    assert hall.words == BEGUN
    await hall.dog(there=True)
    assert hall.words == [*BEGUN, "Careful. Something is behind you."]


async def test_heard_again_it_goes_on_with_what_is_due_next_and_makes_up_for_nothing(
    open_hall: OpenHall,
) -> None:
    hall = await at_work(open_hall)
    await hall.hass.services.async_call("switch", "turn_off", SPOKEN, blocking=True)
    await hall.wait(54)
    await hall.hass.services.async_call("switch", "turn_on", SPOKEN, blocking=True)
    assert hall.words == BEGUN
    await hall.wait(3.5)
    assert hall.words == [*BEGUN, "Three.", "Two.", "One."]


async def test_an_automation_mutes_it_while_somebody_sleeps(open_hall: OpenHall) -> None:
    hall = await at_work(open_hall)
    rule = {
        "triggers": {"trigger": "state", "entity_id": "binary_sensor.baby_sleeps", "to": "on"},
        "actions": {"action": "switch.turn_off", "target": SPOKEN},
    }
    assert await async_setup_component(hall.hass, "automation", {"automation": rule})
    hall.hass.states.async_set("binary_sensor.baby_sleeps", "on")
    await hall.wait(90)
    assert hall.words == BEGUN


async def test_it_stays_muted_until_somebody_says_otherwise(open_hall: OpenHall) -> None:
    hall = await at_work(open_hall)
    await hall.hass.services.async_call("switch", "turn_off", SPOKEN, blocking=True)
    await hall.wait(170)
    assert state_of(hall.hass, "sensor", GYM, "session") == "completed"
    await hall.wait(60)
    (entry,) = hall.hass.config_entries.async_entries("backstride")
    assert await hall.hass.config_entries.async_reload(entry.entry_id)
    assert state_of(hall.hass, "switch", GYM, "spoken_cues") == "off"
    hall.coordinator = entry.runtime_data
    hall.start()
    await hall.wait(20)
    assert hall.words == BEGUN
