"""One notification shows the session on the athlete's phone; what is pressed there reaches this session and no other."""

import asyncio
from datetime import timedelta
from types import MappingProxyType
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.backstride.engine.session import Command
from custom_components.backstride.engine.state import FINAL, SessionState
from custom_components.backstride.phones import EVENT_ACTION
from custom_components.backstride.session_notice import PRESSES, Press
from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import CoreState, HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from .gym.visit import IN_THE_GYM
from .hall import DOOR, NOON, Hall, OpenHall
from .setup import ANNA, BEN, GYM, HALL, state_of

pytestmark = IN_THE_GYM

PHONE = "notify.mobile_app_annas_phone"
ENTITY = "notify.tv"
LIVE = {"start_live_activity_token": "given by the app"}
"""What an app registers where its phone shows live activities."""


def carry(hall: Hall, athlete: str, target: str | None) -> None:
    """Give an athlete a phone."""
    entry = hall.coordinator.entry
    subentry = entry.subentries[athlete]
    kept = {key: value for key, value in subentry.data.items() if key != "notify"}
    data = kept | ({"notify": target} if target else {})
    hall.hass.config_entries.async_update_subentry(entry, subentry, data=data)


async def carrying(open_hall: OpenHall, target: str = PHONE, **place: object) -> Hall:
    """Open the gym for an athlete with a phone."""
    hall = await open_hall(**place)
    carry(hall, ANNA, target)
    return hall


def shown(calls: list[ServiceCall]) -> list[tuple[str, list[str]]]:
    """Give what the phone was told: the message, and the titles of its buttons."""
    return [
        (call.data["message"], [each["title"] for each in call.data["data"].get("actions", ())])
        for call in calls
    ]


def action(calls: list[ServiceCall], title: str) -> str:
    """Give what comes back when a button of the latest notification is pressed."""
    actions = {each["title"]: each["action"] for each in calls[-1].data["data"]["actions"]}
    return str(actions[title])


async def press(hall: Hall, pressed: str, **more: Any) -> None:
    """Press it, as the companion app tells it."""
    hall.hass.bus.async_fire(EVENT_ACTION, {"action": pressed, **more})
    await hall.hass.async_block_till_done(wait_background_tasks=True)


def session(hall: Hall) -> str:
    return state_of(hall.hass, "sensor", GYM, "session")


LEAD_IN = ("Mine: Lead-in\nNext interval: Backward", ["Pause", "Stop", "Emergency stop"])
BACKWARD = ("Mine: Backward\nNext interval: Turn", ["Pause", "Skip interval", "Emergency stop", "Stop"])
TURN = ("Mine: Turn\nNext interval: Forward", ["Pause", "Emergency stop", "Stop"])
FORWARD = ("Mine: Forward", ["Pause", "Skip interval", "Emergency stop", "Stop"])
PAUSED = ("Mine: Paused\nNext interval: Backward", ["Resume", "Stop", "Emergency stop", "Skip interval"])
CLEARED = ("clear_notification", list[str]())


def counts_down_to(call: ServiceCall) -> float | None:
    """Tell to which second after noon a phone counts down by itself."""
    data = call.data["data"]
    assert ("when" in data) == data.get("chronometer", False)
    return data["when"] - NOON.timestamp() if "when" in data else None


async def test_a_session_is_shown_with_what_can_be_pressed(hass: HomeAssistant, open_hall: OpenHall) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(1)
    (call,) = calls
    assert (call.data["title"], call.data["message"]) == ("Backstride: Gym", LEAD_IN[0])
    data = call.data["data"]
    assert data["tag"] == "backstride_gym"
    assert [(each["title"], each.get("destructive", False)) for each in data["actions"]] == [
        ("Pause", False),
        ("Stop", False),
        ("Emergency stop", True),
    ]
    assert data["sticky"] is data["persistent"] is data["alert_once"] is True
    assert len({each["action"] for each in data["actions"]}) == 3


async def test_it_tells_what_is_on_and_what_comes_next_and_counts_down_by_itself(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    """Only a switch or a change of state is worth sending anything: in between the phone counts alone."""
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(170)
    assert session(hall) == "completed"
    await hall.wait(70)
    calls = [call for call in calls if call.data["data"]["tag"] == "backstride_gym"]
    assert shown(calls) == [LEAD_IN, BACKWARD, TURN, FORWARD, CLEARED]
    assert [counts_down_to(call) for call in calls] == [10, 70, 100, 160, None]
    assert [call.data["data"].get("progress") for call in calls] == [0, 0, 40, 60, None]
    assert {call.data["data"]["progress_max"] for call in calls[:-1]} == {100}


async def test_what_replaces_something_makes_no_second_sound(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    assert ["push" in call.data["data"] for call in calls] == [False, True]
    assert calls[1].data["data"]["push"] == {"sound": "none", "interruption-level": "passive"}
    hall.command(Command.STOP)
    hall.start()
    await hall.wait(1)
    assert "push" not in calls[-1].data["data"], "another session is news"


async def test_a_pause_stops_its_counting_and_it_goes_at_the_end(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(50)
    hall.command(Command.PAUSE)
    await hall.wait(5)
    hall.command(Command.RESUME)
    await hall.wait(10)
    assert shown(calls) == [LEAD_IN, BACKWARD, PAUSED, LEAD_IN, BACKWARD]
    assert [counts_down_to(call) for call in calls[2:]] == [None, 58, 78]
    hall.command(Command.STOP)
    await hall.wait(1)
    assert calls[-1].data == {"message": "clear_notification", "data": {"tag": "backstride_gym"}}


async def test_more_time_is_counted_down_to_the_new_end(hass: HomeAssistant, open_hall: OpenHall) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    hall.coordinator.async_command(GYM, Command.EXTEND, seconds=30)
    await hall.wait(1)
    assert counts_down_to(calls[-1]) == 100
    assert shown(calls)[-1] == BACKWARD


async def test_who_waits_for_the_athlete_offers_to_confirm(hass: HomeAssistant, open_hall: OpenHall) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall, confirm_turns=True)
    hall.start()
    await hall.wait(105)
    assert session(hall) == "waiting"
    assert shown(calls)[-1] == (
        "Mine: Waiting for you\nNext interval: Forward",
        ["I'm ready", "Stop", "Emergency stop", "Pause"],
    )
    assert counts_down_to(calls[-1]) is None
    await press(hall, action(calls, "I'm ready"))
    assert session(hall) == "running"
    assert shown(calls)[-1] == FORWARD


async def test_a_phone_skips_what_is_on(hass: HomeAssistant, open_hall: OpenHall) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    await press(hall, action(calls, "Skip interval"))
    assert shown(calls)[-1] == TURN
    assert "Skip interval" not in shown(calls)[-1][1], "a turn is never skipped"


async def test_what_the_guard_holds_cannot_be_resumed_from_a_phone(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall, obstacles=[{"entity_id": DOOR, "reaction": "hold"}])
    hall.start()
    await hall.wait(15)
    await hall.dog(there=True)
    await hall.wait(1)
    assert session(hall) == "held"
    assert shown(calls)[-1] == ("Mine: Held\nNext interval: Backward", ["Stop", "Emergency stop"])


def test_every_state_of_a_session_that_is_on_shows_an_emergency_stop_among_the_three_that_android_shows() -> (
    None
):
    assert PRESSES.keys() == set(SessionState) - FINAL
    for state, presses in PRESSES.items():
        assert Press.EMERGENCY_STOP in presses[:3], state
        assert len(presses) == len(set(presses)), state


# Which phone it is


def companion(hass: HomeAssistant, manufacturer: str, **app: str) -> None:
    """Let a companion app be set up, as the phone registered it."""
    data = {"device_name": "Anna's Phone", "manufacturer": manufacturer, "app_data": app}
    MockConfigEntry(domain="mobile_app", title="Anna's Phone", data=data).add_to_hass(hass)


async def test_android_shows_it_as_a_live_update(hass: HomeAssistant, open_hall: OpenHall) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_anna_s_phone")
    companion(hass, "Google")
    hall = await carrying(open_hall, "notify.mobile_app_anna_s_phone")
    hall.start()
    await hall.wait(15)
    assert shown(calls) == [LEAD_IN, BACKWARD]
    data = calls[-1].data["data"]
    assert (data["live_update"], data["critical_text"]) == (True, "Backward")


async def test_an_iphone_shows_a_live_activity_beside_what_has_the_buttons(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    """A live activity stands in place of a notification and has no buttons: alone it would take the emergency stop away."""
    calls = async_mock_service(hass, "notify", "mobile_app_anna_s_phone")
    companion(hass, "Apple", **LIVE)
    hall = await carrying(open_hall, "notify.mobile_app_anna_s_phone")
    hall.start()
    await hall.wait(15)
    assert shown(calls) == [LEAD_IN, (LEAD_IN[0], []), BACKWARD, (BACKWARD[0], [])]
    notification, activity = (call.data["data"] for call in calls[2:])
    assert "live_update" not in notification
    assert activity == {
        "tag": "backstride_gym_live",
        "live_update": True,
        "critical_text": "Backward",
        "progress": 0,
        "progress_max": 100,
        "chronometer": True,
        "when": NOON.timestamp() + 70,
        "push": {"sound": "none", "interruption-level": "passive"},
    }
    hall.command(Command.STOP)
    await hall.wait(1)
    cleared = {call.data["data"]["tag"] for call in calls if call.data["message"] == "clear_notification"}
    assert cleared == {"backstride_gym", "backstride_gym_live"}


@pytest.mark.parametrize(
    ("target", "app"),
    [
        pytest.param("notify.mobile_app_anna_s_phone", {}, id="an iPhone without live activities"),
        pytest.param("notify.family", LIVE, id="a group of phones"),
    ],
)
async def test_what_may_have_no_buttons_in_a_live_activity_gets_a_notification(
    hass: HomeAssistant, open_hall: OpenHall, target: str, app: dict[str, str]
) -> None:
    calls = async_mock_service(hass, "notify", target.partition(".")[2])
    companion(hass, "Apple", **app)
    hall = await carrying(open_hall, target)
    hall.start()
    await hall.wait(15)
    assert shown(calls) == [LEAD_IN, BACKWARD]
    assert "live_update" not in calls[-1].data["data"]


# What is pressed


async def test_a_phone_pauses_resumes_and_stops(hass: HomeAssistant, open_hall: OpenHall) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    await press(hall, action(calls, "Pause"))
    assert session(hall) == "paused"
    await press(hall, action(calls, "Resume"))
    assert session(hall) == "lead_in"
    await press(hall, action(calls, "Stop"), device_id="phone")
    assert session(hall) == "stopped"
    assert shown(calls)[-1] == CLEARED


async def test_pressed_twice_is_pressed_once(hass: HomeAssistant, open_hall: OpenHall) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    pause = action(calls, "Pause")
    await press(hall, pause)
    await press(hall, pause)
    assert session(hall) == "paused"


async def test_what_is_pressed_for_a_session_that_is_over_reaches_no_other(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    pause, stop = action(calls, "Pause"), action(calls, "Stop")
    await press(hall, stop)
    await press(hall, stop)
    hall.start()
    await hall.wait(15)
    for old in (pause, stop):
        await press(hall, old)
        assert session(hall) == "running"


async def test_an_emergency_stop_acts_however_old_it_is(hass: HomeAssistant, open_hall: OpenHall) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    emergency = action(calls, "Emergency stop")
    hall.command(Command.STOP)
    hall.start()
    await hall.wait(15)
    await press(hall, emergency)
    assert session(hall) == "stopped"
    assert hall.words[-1] == "Press the red stop."


async def test_an_emergency_stop_stops_the_belt(hass: HomeAssistant, open_hall: OpenHall) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    presses: list[str] = []
    hass.bus.async_listen(
        "call_service", lambda event: presses.append(str(event.data["service_data"].get("entity_id")))
    )
    stop = "button.gym_treadmill_stop"
    hall = await carrying(open_hall, roles={"speed": "sensor.gym_treadmill_speed", "stop": stop})
    await hall.press_other("gym_treadmill_start")
    hall.start()
    await hall.wait(15)
    await press(hall, action(calls, "Emergency stop"))
    assert stop in presses


async def test_an_emergency_stop_of_a_place_that_is_gone_stops_wherever_somebody_walks(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    """Who presses it wants something stopped; a place that nobody knows is no reason to stop nothing."""
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    coordinator = hall.coordinator
    walk = coordinator.workouts_for(HALL)
    coordinator.async_start(HALL, athlete_id=ANNA, workout=coordinator.workouts[next(iter(walk.values()))])
    await hall.wait(15)
    emergency, pause = action(calls, "Emergency stop"), action(calls, "Pause")
    hass.config_entries.async_remove_subentry(coordinator.entry, HALL)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown(calls)[-1] == CLEARED
    hall.start()
    await hall.wait(15)
    await press(hall, pause)
    assert session(hall) == "running"
    await press(hall, emergency)
    assert session(hall) == "stopped"


async def test_two_places_are_not_confused(hass: HomeAssistant, open_hall: OpenHall) -> None:
    annas = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    bens = async_mock_service(hass, "notify", "mobile_app_bens_phone")
    hall = await carrying(open_hall)
    carry(hall, BEN, "notify.mobile_app_bens_phone")
    coordinator = hall.coordinator
    hall.start()
    coordinator.async_start(HALL, athlete_id=BEN, workout=coordinator.chosen_workout(HALL))
    await hall.wait(15)
    assert [calls[0].data["data"]["tag"] for calls in (annas, bens)] == ["backstride_gym", "backstride_hall"]
    await press(hall, action(bens, "Pause"))
    assert (session(hall), state_of(hass, "sensor", HALL, "session")) == ("running", "paused")
    assert (len(annas), len(bens)) == (2, 3)
    await press(hall, action(annas, "Emergency stop"))
    assert (session(hall), state_of(hass, "sensor", HALL, "session")) == ("stopped", "paused")
    coordinator.async_command(HALL, Command.STOP)


@pytest.mark.parametrize(
    "event", [{}, {"action": "URI"}, {"action": "BACKSTRIDE"}, {"action": "BACKSTRIDE_RUN_gym_1"}]
)
async def test_what_others_show_on_a_phone_is_none_of_ours(
    hass: HomeAssistant, open_hall: OpenHall, event: dict[str, str]
) -> None:
    hall = await open_hall()
    hall.start()
    await hall.wait(15)
    hass.bus.async_fire(EVENT_ACTION, event)
    await hass.async_block_till_done()
    assert session(hall) == "running"


async def test_who_has_no_phone_is_left_alone(hass: HomeAssistant, open_hall: OpenHall) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await open_hall()
    hall.start()
    await hall.wait(15)
    carry(hall, ANNA, PHONE)
    hall.command(Command.STOP)
    await hall.wait(1)
    assert calls == [], "a session keeps what it began with"


async def test_a_place_that_is_added_shows_its_sessions_too(hass: HomeAssistant, open_hall: OpenHall) -> None:

    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    yard = ConfigSubentry(
        data=MappingProxyType({"kind": "outdoor"}),
        subentry_id="the_yard",
        subentry_type="place",
        title="Yard",
        unique_id=None,
    )
    hass.config_entries.async_add_subentry(hall.coordinator.entry, yard)
    await hass.async_block_till_done()
    coordinator = hall.coordinator
    coordinator.async_start("the_yard", athlete_id=ANNA, workout=coordinator.chosen_workout("the_yard"))
    await hall.wait(1)
    assert calls[0].data["title"] == "Backstride: Yard"
    await press(hall, action(calls, "Stop"))
    assert not coordinator.is_on("the_yard")


async def test_a_restored_session_is_shown_once_home_assistant_has_started(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    """Companion apps are set up beside us; what is sent before they are there is lost."""
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    entry = hall.coordinator.entry
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    calls.clear()
    hass.set_state(CoreState.starting)
    await hass.config_entries.async_setup(entry.entry_id)
    await hall.wait(1)
    assert calls == []
    hass.set_state(CoreState.running)
    hass.bus.async_fire("homeassistant_started")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown(calls) == [PAUSED]
    hall.coordinator = entry.runtime_data


async def test_a_session_that_was_left_too_long_is_taken_off_the_phone_after_a_restart(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    """Nobody took it away when Home Assistant went, and a phone keeps it until somebody does."""
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    shown_under = calls[-1].data["data"]["tag"]
    entry = hall.coordinator.entry
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    calls.clear()
    hall.freezer.tick(timedelta(minutes=40))
    hass.set_state(CoreState.starting)
    await hass.config_entries.async_setup(entry.entry_id)
    hall.coordinator = entry.runtime_data
    await hall.wait(5)
    assert not hall.coordinator.is_on(GYM)
    hass.set_state(CoreState.running)
    hass.bus.async_fire("homeassistant_started")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert [(call.data["message"], call.data["data"]["tag"]) for call in calls] == [
        ("clear_notification", shown_under)
    ]


async def test_what_takes_a_session_off_a_slow_phone_does_not_take_the_next_one_along(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    arrived: list[ServiceCall] = []
    answers = asyncio.Event()

    async def slow(call: ServiceCall) -> None:
        if not arrived:
            arrived.append(call)
            await answers.wait()
        else:
            arrived.append(call)

    hass.services.async_register("notify", "mobile_app_annas_phone", slow)
    hall = await carrying(open_hall)
    hall.start()
    await asyncio.sleep(0)
    hall.command(Command.STOP)
    hall.start()
    await asyncio.sleep(0)
    answers.set()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown(arrived)[-1] == LEAD_IN


async def test_an_unloaded_entry_leaves_nothing_to_press(hass: HomeAssistant, open_hall: OpenHall) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    emergency = action(calls, "Emergency stop")
    entry = hall.coordinator.entry
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown(calls)[-1] == CLEARED
    count = len(calls)
    await press(hall, emergency)
    assert len(calls) == count
    await hass.config_entries.async_setup(entry.entry_id)
    hall.coordinator = entry.runtime_data


@pytest.mark.parametrize(
    "expected_lingering_timers", [True]
)  # text-to-speech cleans up once more when it stops
async def test_who_stops_home_assistant_leaves_nothing_to_press_either(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    hass.bus.async_fire("homeassistant_stop")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert shown(calls)[-1] == CLEARED
    count = len(calls)
    entry = hall.coordinator.entry
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(calls) == count
    await hass.config_entries.async_setup(entry.entry_id)
    hall.coordinator = entry.runtime_data


# What a phone does wrong


@pytest.mark.logs
async def test_a_phone_that_fails_is_named_once_and_stops_nothing(
    hass: HomeAssistant, open_hall: OpenHall, caplog: pytest.LogCaptureFixture
) -> None:
    async_mock_service(
        hass, "notify", "mobile_app_annas_phone", raise_exception=HomeAssistantError("no push")
    )
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    hall.command(Command.PAUSE)
    await hall.wait(1)
    assert session(hall) == "paused"
    named = [
        one.getMessage() for one in caplog.records if PHONE in one.getMessage() and one.levelname == "WARNING"
    ]
    assert named == [f"Gym: {PHONE} failed: HomeAssistantError('no push'); the session goes on without it"]


@pytest.mark.logs
async def test_a_phone_that_is_gone_is_named(open_hall: OpenHall, caplog: pytest.LogCaptureFixture) -> None:
    hall = await carrying(open_hall)
    hall.start()
    await hall.wait(15)
    assert session(hall) == "running"
    assert f"Gym: {PHONE} is not there; the session goes on without it" in caplog.messages


# Notify entities


async def test_a_notify_entity_is_told_once_that_a_session_began(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    """It has no buttons, and what it was told cannot be taken back."""
    calls = async_mock_service(hass, "notify", "send_message")
    hass.states.async_set(ENTITY, "unknown")
    hall = await carrying(open_hall, ENTITY)
    hall.start()
    await hall.wait(15)
    hall.command(Command.PAUSE)
    await hall.wait(1)
    hall.command(Command.STOP)
    await hall.wait(1)
    assert [call.data for call in calls] == [
        {"entity_id": ENTITY, "title": "Backstride: Gym", "message": LEAD_IN[0]}
    ]


async def test_a_notify_entity_is_followed_where_it_is_renamed(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    calls = async_mock_service(hass, "notify", "send_message")
    registry = er.async_get(hass)
    entry = registry.async_get_or_create("notify", "tv", "1", suggested_object_id="tv")
    hall = await carrying(open_hall, entry.id)
    registry.async_update_entity(ENTITY, new_entity_id="notify.big_tv")
    hass.states.async_set("notify.big_tv", "unknown")
    hall.start()
    await hall.wait(1)
    assert calls[0].data["entity_id"] == "notify.big_tv"
