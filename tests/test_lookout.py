"""The lookout over a session: what is unsafe is shown at once, told to the world, and let go of when it is over."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed_exact

from custom_components.backstride import clock
from custom_components.backstride.coach import Coach
from custom_components.backstride.const import DOMAIN, EVENT_HAZARD
from custom_components.backstride.driver import Driver
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.session import Command, SessionState
from custom_components.backstride.limit_watch import LimitWatch
from custom_components.backstride.logbook import async_describe_events
from custom_components.backstride.output.calls import Calls
from custom_components.backstride.output.lights import Lights
from homeassistant.const import (
    EVENT_CALL_SERVICE,
    EVENT_HOMEASSISTANT_STARTED,
    EVENT_STATE_CHANGED,
    EVENT_STATE_REPORTED,
)
from homeassistant.core import Context, CoreState, Event, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.entity_registry import async_get as entity_registry

from .gym.visit import IN_THE_GYM
from .hall import AMBER, BLUE, DOOR, STRIP, Hall, OpenHall
from .setup import ANNA, GYM, HALL, entity_id, state_of

pytestmark = IN_THE_GYM

HOLD = [{"entity_id": DOOR, "reaction": "hold"}]
PLUG = "switch.gym_rear_sensor_plugged_in"


def is_(hall: Hall) -> str:
    return state_of(hall.hass, "sensor", GYM, "session")


def reason(hall: Hall) -> str | None:
    """Tell what the hazard sensor says; None while it is off."""
    state = hall.hass.states.get(entity_id(hall.hass, "binary_sensor", GYM, "hazard"))
    assert state is not None
    assert (
        (state.state == "on") is (state.attributes["reason"] is not None) is bool(state.attributes["hazards"])
    )
    found: str | None = state.attributes["reason"]
    return found


def news(hall: Hall) -> list[tuple[str, str, str]]:
    """Collect what the hazard event tells from now on."""
    told: list[tuple[str, str, str]] = []
    event = entity_id(hall.hass, "event", GYM, "hazard")

    @callback
    def note(change: Event[Any]) -> None:
        state = change.data["new_state"]
        if change.data["entity_id"] == event and state is not None and "event_type" in state.attributes:
            told.append(tuple(state.attributes[key] for key in ("event_type", "cause", "reaction")))

    hall.hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    return told


async def act(hall: Hall, action: str, **data: object) -> None:
    await hall.hass.services.async_call(DOMAIN, action, data, blocking=True, context=Context())
    await hall.hass.async_block_till_done(wait_background_tasks=True)


async def beat(hall: Hall, bpm: float, seconds: int) -> None:
    """Let a strap tell a heart rate once a second."""
    for _ in range(seconds):
        hall.hass.states.async_set("sensor.strap", str(bpm), {"unit_of_measurement": "bpm"})
        await hall.wait(1, step=1)


async def test_a_dog_is_told_to_the_world_from_its_first_to_its_last_instant(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=HOLD)
    told = news(hall)
    hall.start()
    await hall.wait(20)
    assert reason(hall) is None
    await hall.dog(there=True)
    assert reason(hall) == "obstacle"
    await hall.wait(0.5)
    assert is_(hall) == SessionState.HELD
    await hall.dog(there=False)
    await hall.wait(2)
    assert reason(hall) is None
    assert is_(hall) == SessionState.PAUSED
    assert told == [
        ("raised", "obstacle", "remind"),
        ("escalated", "obstacle", "hold"),
        ("cleared", "obstacle", "hold"),
    ]


async def test_lamps_come_before_the_session_and_the_session_before_its_entities(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=HOLD)
    hall.start()
    await hall.wait(20)
    seen: list[str] = []

    @callback
    def note_call(event: Event[Any]) -> None:
        seen.append(event.data["domain"])

    @callback
    def note_state(event: Event[Any]) -> None:
        seen.append(event.data["entity_id"])

    hall.hass.bus.async_listen(EVENT_CALL_SERVICE, note_call)
    hall.hass.bus.async_listen(EVENT_STATE_CHANGED, note_state)
    await hall.dog(there=True)
    told = [seen.index(each) for each in ("light", "binary_sensor.gym_hazard", "media_player")]
    assert told == sorted(told), seen


async def test_a_flicker_warns_and_holds_nobody(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=HOLD)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    assert hall.colour() == AMBER
    await hall.wait(0.4, step=0.1)
    await hall.dog(there=False)
    await hall.wait(3)
    assert is_(hall) == SessionState.RUNNING
    assert hall.colour() == BLUE


async def test_an_obstacle_that_stays_is_said_again_until_somebody_knows(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hass.states.async_set("binary_sensor.gate", "off")
    hall = await open_hall(obstacles=[{"entity_id": "binary_sensor.gate", "reaction": "hold"}])
    hall.start()
    await hall.wait(20)
    hass.states.async_set("binary_sensor.gate", "on")
    await hall.wait(22)
    careful = "Careful. Something is behind you."
    assert hall.words[-3:] == ["Stop. Something is behind you.", careful, careful]
    await act(hall, "acknowledge_hazard", place="Gym")
    assert hall.colour() != AMBER, "the lamps calm down"
    said = len(hall.words)
    await hall.wait(30)
    assert len(hall.words) == said
    assert is_(hall) == SessionState.HELD, "as long as it is there"
    hass.states.async_set("binary_sensor.gate", "off")
    await hall.wait(2)
    assert is_(hall) == SessionState.PAUSED


async def test_what_is_acknowledged_may_flicker_without_beginning_again(hall: Hall) -> None:
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await act(hall, "acknowledge_hazard")
    await hall.dog(there=False)
    await hall.wait(0.5)
    await hall.dog(there=True)
    assert hall.colour() == BLUE


@pytest.fixture
async def hall(open_hall: OpenHall) -> Hall:
    return await open_hall()


async def test_several_sensors_are_told_apart(hass: HomeAssistant, open_hall: OpenHall) -> None:
    hass.states.async_set("sensor.dogs", "0")
    hall = await open_hall(obstacles=[{"entity_id": DOOR}, {"entity_id": "sensor.dogs", "reaction": "hold"}])
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    hass.states.async_set("sensor.dogs", "2")
    await hall.wait(0.5)
    state = hass.states.get("binary_sensor.gym_hazard")
    assert state is not None
    assert [(one["source"], one["reaction"]) for one in state.attributes["hazards"]] == [
        ("sensor.dogs", "hold"),
        (DOOR, "remind"),
    ]
    hass.states.async_set("sensor.dogs", "0")
    await hall.wait(3)
    assert is_(hall) == SessionState.HELD, "something is still behind"
    await hall.dog(there=False)
    await hall.wait(2)
    assert is_(hall) == SessionState.PAUSED


async def test_a_heart_over_its_ceiling_is_told_to_slow_down_and_held_after_a_minute(
    open_hall: OpenHall,
) -> None:
    """Anna is 50 and at level 1: 85 % of 173 beats are 147."""
    hall = await open_hall(roles={"heart_rate": "sensor.strap"})
    told = news(hall)
    hall.start()
    await hall.wait(10)
    await beat(hall, 150, 29)
    assert reason(hall) is None
    await beat(hall, 150, 5)
    assert reason(hall) == "heart_rate"
    assert hall.words[-1] == "Slow down. Your heart rate is high."
    assert is_(hall) == SessionState.RUNNING
    # The turn is too short to be judged by a heart: the hazard is over, and begins anew in the next minute.
    await beat(hall, 150, 40)
    assert reason(hall) is None
    await beat(hall, 150, 30)
    assert reason(hall) == "heart_rate"
    assert [kind for kind, *_ in told] == ["raised", "cleared", "raised"]


async def test_a_heart_that_calms_down_lets_go(open_hall: OpenHall) -> None:
    hall = await open_hall(roles={"heart_rate": "sensor.strap"})
    workout = "5m back @1.2"
    hall.hass.states.async_set("sensor.strap", "150", {"unit_of_measurement": "bpm"})
    await act(hall, "start_session", place="Gym", athlete="Anna", notation=workout)
    await hall.wait(10)
    await beat(hall, 160, 100)
    assert is_(hall) == SessionState.HELD
    assert "Slow down. Your heart rate is high." in hall.words[-3:]
    await beat(hall, 90, 40)
    assert is_(hall) == SessionState.PAUSED
    assert hall.words[-1] == "Take a breath. Resume when ready."


async def test_a_strap_that_falls_silent_holds_nobody(open_hall: OpenHall) -> None:
    hall = await open_hall(roles={"heart_rate": "sensor.strap"})
    await act(hall, "start_session", place="Gym", athlete="Anna", notation="5m back @1.2")
    await hall.wait(10)
    await beat(hall, 160, 50)
    assert reason(hall) == "heart_rate"
    await hall.wait(60)
    assert is_(hall) == SessionState.RUNNING
    assert reason(hall) is None


async def test_a_belt_that_runs_too_fast_is_told_and_left_to_the_athlete(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    kmh = {"unit_of_measurement": "km/h"}
    hass.states.async_set("sensor.belt", "1.2", kmh)
    hall = await open_hall(roles={"speed": "sensor.belt"}, max_speed_kmh=2)
    hall.start()
    await hall.wait(20)
    hass.states.async_set("sensor.belt", "2.4", kmh)
    await hall.wait(4.5)
    assert reason(hall) is None
    await hall.wait(1)
    assert reason(hall) == "over_ceiling"
    assert hall.words[-1] == "Careful. The belt is fast for you."
    assert is_(hall) == SessionState.RUNNING
    hass.states.async_set("sensor.belt", "2.0", kmh)
    await hall.wait(3)
    assert reason(hall) is None


async def test_a_belt_that_stops_or_is_lost_is_a_hazard_until_somebody_goes_on(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    kmh = {"unit_of_measurement": "km/h"}
    hass.states.async_set("sensor.belt", "1.2", kmh)
    hall = await open_hall(roles={"speed": "sensor.belt"})
    hall.start()
    await hall.wait(20)
    hass.states.async_set("sensor.belt", "0", kmh)
    await hall.wait(3)
    assert reason(hall) == "belt_stopped"
    hass.states.async_set("sensor.belt", "1.2", kmh)
    hall.command(Command.RESUME)
    await hall.wait(4)
    assert reason(hall) is None
    hass.states.async_set("sensor.belt", "unavailable")
    await hall.wait(11)
    assert reason(hall) == "link_lost"
    hall.command(Command.STOP)
    await hall.wait(0.5)
    assert reason(hall) is None


async def test_a_session_that_takes_far_too_long_is_told(open_hall: OpenHall) -> None:
    hall = await open_hall()
    await act(hall, "start_session", place="Gym", athlete="Anna", notation="60s fwd @3")
    for _ in range(13):
        await hall.wait(55, step=5)
        if is_(hall) == SessionState.RUNNING:
            hall.command(Command.PREVIOUS)
    assert reason(hall) == "overlong"
    assert "That was long. Please finish now." in hall.words


async def test_guard_off_ends_with_the_session_and_lets_hearts_be_watched(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=HOLD, roles={"heart_rate": "sensor.strap"})
    switch = {"entity_id": entity_id(hall.hass, "switch", GYM, "obstacle_guard")}
    await hall.hass.services.async_call("switch", "turn_off", switch, blocking=True)
    await act(hall, "start_session", place="Gym", athlete="Anna", notation="5m back @1.2")
    await hall.wait(10)
    await beat(hall, 160, 100)
    await hall.dog(there=True)
    assert is_(hall) == SessionState.HELD
    assert reason(hall) == "heart_rate"
    await hall.hass.services.async_call("switch", "turn_on", switch, blocking=True)
    await hall.wait(0.5)
    assert hall.colour() == AMBER
    await hall.hass.services.async_call("switch", "turn_off", switch, blocking=True)
    await hall.wait(0.5)
    assert is_(hall) == SessionState.HELD, "it is not the obstacle that holds it"
    hall.command(Command.STOP)
    await hall.wait(0.5)
    assert state_of(hall.hass, "switch", GYM, "obstacle_guard") == "on"


async def test_a_stumble_ends_the_session_and_is_noted(hall: Hall) -> None:
    hall.start()
    await hall.wait(20)
    await act(hall, "report_stumble", athlete="Anna")
    assert is_(hall) == SessionState.STOPPED
    assert hall.words[-1] == "Hold on. Feet on the side rails."
    last = hall.coordinator.book(ANNA).last
    assert last is not None
    assert last.rating.stumbles == 1
    with pytest.raises(ServiceValidationError, match="No session"):
        await act(hall, "report_stumble", place="Gym")


def issues(hall: Hall) -> list[str]:
    return [key for domain, key in ir.async_get(hall.hass).issues if domain == DOMAIN]


async def later(hall: Hall, freezer: FrozenDateTimeFactory, **time: float) -> None:
    freezer.tick(timedelta(**time))
    async_fire_time_changed_exact(hall.hass)
    await hall.hass.async_block_till_done()


async def plug(hall: Hall, *, on: bool) -> None:
    await hall.hass.services.async_call(
        "switch", "turn_on" if on else "turn_off", {"entity_id": PLUG}, blocking=True
    )
    await hall.hass.async_block_till_done()


async def test_a_sensor_that_is_dead_for_a_day_is_reported_until_it_sees_again(
    hall: Hall, freezer: FrozenDateTimeFactory
) -> None:
    await plug(hall, on=False)
    await later(hall, freezer, hours=23, minutes=59)
    assert issues(hall) == []
    await later(hall, freezer, minutes=2)
    assert issues(hall) == [f"dead_gym_{DOOR}"]
    issue = ir.async_get(hall.hass).async_get_issue(DOMAIN, f"dead_gym_{DOOR}")
    assert issue is not None
    assert issue.translation_placeholders == {
        "sensor": "Gym rear sensor Obstacle",
        "entity_id": DOOR,
        "place": "Gym",
    }
    await plug(hall, on=True)
    assert issues(hall) == []


async def test_a_sensor_that_is_away_for_hours_is_not_reported(
    hall: Hall, freezer: FrozenDateTimeFactory
) -> None:
    await plug(hall, on=False)
    await later(hall, freezer, hours=23)
    await plug(hall, on=True)
    await later(hall, freezer, hours=2)
    assert issues(hall) == []


async def test_nobody_is_told_of_a_dead_sensor_that_is_not_used_any_more(
    open_hall: OpenHall, freezer: FrozenDateTimeFactory
) -> None:
    hall = await open_hall(obstacles=[{"entity_id": "binary_sensor.gone"}])
    await later(hall, freezer, hours=25)
    assert issues(hall) == ["dead_gym_binary_sensor.gone"]
    entry = hall.coordinator.entry
    data = {**entry.subentries[GYM].data, "obstacles": []}
    hall.hass.config_entries.async_update_subentry(entry, entry.subentries[GYM], data=data)
    await hall.hass.async_block_till_done()
    assert issues(hall) == []


async def test_of_two_places_with_one_dead_sensor_each_is_told_by_itself(
    open_hall: OpenHall, freezer: FrozenDateTimeFactory
) -> None:
    obstacles = [{"entity_id": "binary_sensor.gone"}]
    hall = await open_hall(obstacles=obstacles)
    entry = hall.coordinator.entry
    other = entry.subentries[HALL]
    data = {**other.data, "obstacles": obstacles}
    hall.hass.config_entries.async_update_subentry(entry, other, data=data)
    await hall.hass.async_block_till_done()
    await later(hall, freezer, hours=25)
    assert sorted(issues(hall)) == ["dead_gym_binary_sensor.gone", "dead_hall_binary_sensor.gone"]
    hall.hass.config_entries.async_remove_subentry(entry, HALL)
    await hall.hass.async_block_till_done()
    assert issues(hall) == ["dead_gym_binary_sensor.gone"]


async def test_a_dead_sensor_is_forgotten_with_its_place(
    open_hall: OpenHall, freezer: FrozenDateTimeFactory
) -> None:
    hall = await open_hall(obstacles=[{"entity_id": "binary_sensor.gone"}])
    await later(hall, freezer, hours=25)
    hall.hass.config_entries.async_remove_subentry(hall.coordinator.entry, GYM)
    await hall.hass.async_block_till_done()
    assert issues(hall) == []


async def test_the_logbook_tells_what_was_unsafe_and_what_became_of_it(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=HOLD)
    describers: dict[str, Callable[[Event], dict[str, str]]] = {}
    async_describe_events(hall.hass, lambda _domain, kind, describe: describers.update({kind: describe}))
    lines: list[dict[str, str]] = []

    @callback
    def note(event: Event[Any]) -> None:
        lines.append(describers[EVENT_HAZARD](event))

    hall.hass.bus.async_listen(EVENT_HAZARD, note)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(0.5)
    entity_registry(hall.hass).async_remove(DOOR)
    await hall.wait(1)
    hall.coordinator.live(GYM).async_command(Command.STOP)
    hall.start(override=True)
    await hall.wait(1)
    hall.coordinator.live(GYM).async_command(Command.PAUSE, reason=Reason.BELT_STOPPED)
    await hall.wait(1)
    assert {(line["name"], line["entity_id"]) for line in lines} == {("Gym", "event.gym_hazard_event")}
    told = [line["message"] for line in lines]
    assert told[:4] == [
        "Something is behind (Gym rear sensor Obstacle): Noticed",
        "Something is behind (Gym rear sensor Obstacle): Warn and hold the session",
        f"A sensor is lost ({DOOR}): Noticed",
        f"Something is behind ({DOOR}): Over",
    ]
    assert "Belt stopped: Noticed" in told


async def test_a_setting_that_changes_while_it_is_held_counts_at_once(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[{"entity_id": DOOR, "reaction": "remind"}])
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(5)
    assert is_(hall) == SessionState.RUNNING
    entry = hall.coordinator.entry
    data = {**entry.subentries[GYM].data, "obstacles": HOLD}
    hall.hass.config_entries.async_update_subentry(entry, entry.subentries[GYM], data=data)
    await hall.hass.async_block_till_done()
    assert is_(hall) == SessionState.HELD
    assert hall.state(STRIP)[0] == "on"


# What fails, changes or is called something else meanwhile


async def change(hall: Hall, **data: object) -> None:
    """Set the gym up otherwise."""
    entry = hall.coordinator.entry
    new = {**entry.subentries[GYM].data, **data}
    hall.hass.config_entries.async_update_subentry(entry, entry.subentries[GYM], data=new)
    await hall.hass.async_block_till_done()


def fail(*_args: object, **_more: object) -> None:
    message = "it broke"
    raise ValueError(message)


@pytest.mark.logs
@pytest.mark.parametrize(
    ("part", "name"),
    [
        (Lights, "warn"),
        (Lights, "calm"),
        (Driver, "async_brake"),
        (Coach, "_say_safety"),
        (Calls, "begin"),
        (Driver, "async_settings_changed"),
        (LimitWatch, "look"),
    ],
)
async def test_whatever_fails_the_session_is_held_and_stopped_and_the_world_is_told(
    open_hall: OpenHall, monkeypatch: pytest.MonkeyPatch, part: type, name: str
) -> None:
    monkeypatch.setattr(part, name, fail)
    hall = await open_hall()
    told = news(hall)
    hall.start()
    await change(hall, obstacles=[{"entity_id": DOOR, "reaction": "stop"}])
    await hall.wait(4)
    await hall.dog(there=True)
    await hall.wait(0.5)
    assert is_(hall) == SessionState.HELD
    await hall.wait(2.5)
    assert is_(hall) == SessionState.STOPPED
    assert [kind for kind, *_ in told] == ["raised", "escalated", "escalated", "cleared"]


@pytest.mark.logs
async def test_one_who_fails_to_hear_of_a_hazard_keeps_nobody_from_it(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=HOLD)
    lookout = hall.coordinator.coach(GYM).lookout
    unsubscribe = lookout.async_subscribe(fail)
    heard: list[object] = []
    lookout.async_subscribe(heard.append)
    unsubscribe_reading = hall.coordinator.live(GYM).async_listen(fail)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(0.5)
    assert is_(hall) == SessionState.HELD
    assert heard
    assert hall.words[-1] == "Stop. Something is behind you."
    unsubscribe()
    unsubscribe_reading()


async def test_a_sensor_that_is_renamed_during_a_hold_lets_go_under_its_new_name(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[])
    registry = entity_registry(hall.hass)
    door = registry.async_get(DOOR)
    assert door is not None
    await change(hall, obstacles=[{"entity_id": door.id, "reaction": "hold"}])
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(0.5)
    assert is_(hall) == SessionState.HELD
    registry.async_update_entity(DOOR, new_entity_id="binary_sensor.behind")
    await hall.wait(5)
    assert is_(hall) == SessionState.HELD, "it is there under its new name"
    assert hall.colour() == AMBER
    await hall.dog(there=False)
    await hall.wait(2)
    assert is_(hall) == SessionState.PAUSED
    assert reason(hall) is None


async def test_lamps_warn_of_what_a_changed_setting_makes_an_obstacle(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hass.states.async_set("sensor.rear", "1.5", {"unit_of_measurement": "m"})
    rear = {"entity_id": "sensor.rear", "reaction": "hold"}
    hall = await open_hall(obstacles=[rear | {"below_m": 1.0}])
    hall.start()
    await hall.wait(20)
    await change(hall, obstacles=[rear | {"below_m": 2.0}])
    assert hall.colour() == AMBER


async def test_lamps_warn_of_what_is_still_near_when_a_silent_sensor_speaks_again(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    def near() -> None:
        hass.states.async_set("sensor.rear", "0.5", {"unit_of_measurement": "m"}, force_update=True)

    hass.states.async_set("sensor.rear", "3", {"unit_of_measurement": "m"})
    hall = await open_hall(obstacles=[{"entity_id": "sensor.rear", "stale_after_s": 5}])
    hall.start()
    await hall.wait(3)
    near()
    await hall.wait(8)
    assert reason(hall) == "sensor_lost"
    assert hall.colour() != AMBER
    near()
    await hall.wait(0.5)
    assert hall.colour() == AMBER


async def test_a_session_that_is_held_when_the_entry_unloads_is_not_let_go_of(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=HOLD)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(1)
    told: list[str] = []
    event = entity_id(hall.hass, "event", GYM, "session")

    @callback
    def note(change: Event[Any]) -> None:
        state = change.data["new_state"]
        if change.data["entity_id"] == event and state is not None and "event_type" in state.attributes:
            told.append(state.attributes["event_type"])

    hall.hass.bus.async_listen(EVENT_STATE_CHANGED, note)
    hazards = news(hall)
    await hall.hass.config_entries.async_unload(hall.coordinator.entry.entry_id)
    assert "released" not in told
    assert hazards == [("cleared", "obstacle", "hold")]
    assert hall.words[-1] == "Home Assistant stops. Your session is paused."
    await hall.hass.config_entries.async_setup(hall.coordinator.entry.entry_id)
    hall.coordinator = hall.coordinator.entry.runtime_data
    await hall.wait(1)
    assert is_(hall) == SessionState.PAUSED
    assert hall.words[-1] == "I was away. Your session is paused."


async def test_what_is_acknowledged_may_flicker_without_a_lamp_changing(hall: Hall) -> None:
    """However fast it flickers, nothing may change more often than the cap on flashing allows."""
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await act(hall, "acknowledge_hazard")
    await hall.wait(1)
    calls = len(hall.calls)
    for there in (False, True) * 5:
        await hall.dog(there=there)
        await hall.wait(0.1, step=0.1)
    assert len(hall.calls) == calls


async def test_two_sensors_that_see_the_same_do_not_talk_each_other_down(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hass.states.async_set("binary_sensor.gate", "off")
    hall = await open_hall(obstacles=[*HOLD, {"entity_id": "binary_sensor.gate", "reaction": "hold"}])
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(0.5)
    hass.states.async_set("binary_sensor.gate", "on")
    await hall.wait(3)
    assert hall.words[-1] == "Stop. Something is behind you."
    await hall.wait(10)
    careful = [when for when, text in hall.heard if text == "Careful. Something is behind you."]
    assert len(careful) == 2, "once for both"


async def test_a_wall_clock_that_is_put_right_makes_no_sensor_silent(
    hass: HomeAssistant,
    open_hall: OpenHall,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A small computer that starts without a network knows the time only later, and a session takes it over."""
    monkeypatch.setattr(clock, "monotonic", lambda: 0.0)
    hass.states.async_set("sensor.rear", "3", {"unit_of_measurement": "m"})
    hall = await open_hall(obstacles=[{"entity_id": "sensor.rear", "stale_after_s": 30}])
    freezer.tick(timedelta(hours=1))
    hall.start()
    await hall.wait(0.5)
    assert reason(hall) is None


async def test_a_hazard_ends_with_its_session_even_where_two_come_at_once(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    """The sensor that falls silent lets the other one climb, and with that ends the session it would be told of."""
    hass.states.async_set("binary_sensor.gate", "off")
    stop = [{"entity_id": DOOR, "reaction": "stop"}, {"entity_id": "binary_sensor.gate"}]
    hall = await open_hall(obstacles=stop)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(2.5)
    assert is_(hall) == SessionState.HELD
    hall.freezer.tick(timedelta(seconds=0.5))
    hass.states.async_set("binary_sensor.gate", "unavailable")
    await hass.async_block_till_done()
    assert is_(hall) == SessionState.STOPPED
    assert reason(hall) is None


async def test_the_way_behind_is_watched_also_while_home_assistant_still_starts(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    """One slow integration can keep it starting for minutes, and nobody waits for that before they walk."""
    kmh = {"unit_of_measurement": "km/h"}
    hass.states.async_set("sensor.belt", "1.2", kmh)
    hass.set_state(CoreState.starting)
    hall = await open_hall(obstacles=HOLD, roles={"speed": "sensor.belt"}, max_speed_kmh=2)
    hall.start()
    hass.states.async_set("sensor.belt", "2.4", kmh)
    await hall.wait(16)
    assert reason(hall) == "over_ceiling"
    await hall.dog(there=True)
    assert hall.colour() == AMBER
    await hall.wait(0.5)
    assert is_(hall) == SessionState.HELD
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await hall.wait(0.5)
    await hall.dog(there=False)
    await hall.wait(2)
    assert is_(hall) == SessionState.PAUSED
    assert reason(hall) is None
    hall.command(Command.RESUME)
    await hall.wait(9)
    assert reason(hall) == "over_ceiling", "what the belt said before is not forgotten"


async def test_a_setting_that_is_nothing_to_a_sensor_does_not_make_its_silence_unknown(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hass.states.async_set("sensor.rear", "3", {"unit_of_measurement": "m"})
    hall = await open_hall(obstacles=[{"entity_id": "sensor.rear"}])
    hall.start()
    for _ in range(45):
        hass.states.async_set("sensor.rear", "3", {"unit_of_measurement": "m"})
        await hall.wait(1, step=1)
    assert reason(hall) is None
    await change(hall, max_speed_kmh=5)
    await hall.wait(12)
    assert reason(hall) == "sensor_lost"


async def test_the_hazard_sensor_is_written_when_what_it_says_changes(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    """What the guard keeps for itself, when something was said or gone for a moment, is no news."""
    hass.states.async_set("binary_sensor.gate", "off")
    hall = await open_hall(obstacles=[{"entity_id": "binary_sensor.gate"}])
    hall.start()
    await hall.wait(20)
    hass.states.async_set("binary_sensor.gate", "on")
    await hall.wait(0.5)
    written: list[str] = []
    sensor = entity_id(hass, "binary_sensor", GYM, "hazard")

    @callback
    def note(event: Event[Any]) -> None:
        written.append(str(event.event_type))

    @callback
    def is_it(data: Mapping[str, Any]) -> bool:
        return bool(data["entity_id"] == sensor)

    for kind in (EVENT_STATE_CHANGED, EVENT_STATE_REPORTED):
        hass.bus.async_listen(kind, note, event_filter=is_it)
    for says in ("off", "on", "off", "on"):
        hass.states.async_set("binary_sensor.gate", says)
        await hall.wait(0.5)
    await hall.wait(12)
    assert reason(hall) == "obstacle"
    assert written == []
    hass.states.async_set("binary_sensor.gate", "off")
    await hall.wait(2)
    assert written == [EVENT_STATE_CHANGED]


@pytest.mark.logs
async def test_a_stumble_ends_the_session_whatever_the_belt_does(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall.start()
    await hall.wait(20)
    monkeypatch.setattr(Driver, "async_brake", fail)
    await act(hall, "report_stumble", place="Gym")
    assert is_(hall) == SessionState.STOPPED


async def test_what_comes_back_after_it_was_gone_is_said_at_once(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hass.states.async_set("binary_sensor.gate", "off")
    hall = await open_hall(obstacles=[{"entity_id": "binary_sensor.gate"}])
    hall.start()
    await hall.wait(20)
    for says, seconds in (("on", 0.3), ("off", 2.1), ("on", 0.3)):
        hass.states.async_set("binary_sensor.gate", says)
        await hall.wait(seconds, step=0.1)
    assert hall.words[-2:] == ["Careful. Something is behind you."] * 2
