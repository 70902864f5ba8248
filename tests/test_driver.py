"""A belt that is steered, watched and stopped, on the simulated gym's real treadmills."""

from itertools import pairwise
from typing import Any

import pytest

from custom_components.backstride.engine.belt import Steering
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.record import Way
from custom_components.backstride.engine.session import Command, SessionState
from custom_components.backstride.machine.detect import propose_roles
from custom_components.backstride.selection import Selection
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er

from .gym.visit import IN_THE_GYM, asked, async_do, state, value
from .hall import Hall, OpenHall
from .setup import ANNA, GYM, MINE

pytestmark = IN_THE_GYM

SPEED = "sensor.gym_treadmill_speed"
TARGET = "number.gym_treadmill_target_speed"
MANNERS = "select.gym_treadmill_manners"
LINK = "switch.gym_treadmill_link"
KEY = "switch.gym_treadmill_safety_key"


def roles_of(hass: HomeAssistant, entity_id: str) -> dict[str, str]:
    """Give what is proposed for the machine that an entity belongs to, as its owner would leave it."""
    entry = er.async_get(hass).async_get(entity_id)
    assert entry is not None
    return {role.value: found for role, found in propose_roles(hass, entry.device_id).items()}


@pytest.fixture
async def hall(hass: HomeAssistant, open_hall: OpenHall) -> Hall:
    """Give a gym whose treadmill may be steered."""
    return await steered(hass, open_hall)


async def steered(hass: HomeAssistant, open_hall: OpenHall, **data: Any) -> Hall:
    """Open a gym whose treadmill may be steered."""
    roles = roles_of(hass, SPEED)
    return await open_hall(**{"roles": roles, "belt_control": True, "obstacles": [], **data})


def assert_steering(hall: Hall, steering: Steering | None) -> None:
    """Look who steers, as the session's sensor says."""
    session = hall.hass.states.get("sensor.gym_session")
    assert session is not None
    assert session.attributes.get("steering") == steering
    assert hall.coordinator.coach(GYM).driver.steering is steering


def asked_speeds(hall: Hall) -> list[float | None]:
    """Give every speed the treadmill was asked for."""
    return [setting for name, setting in asked(hall.hass, "gym_treadmill") if name == "speed"]


async def walk(hall: Hall, seconds: float = 30) -> None:
    """Start a session, and the belt at its console once the first interval begins."""
    hall.start()
    await hall.wait(11)
    await hall.press_other("gym_treadmill_console_start")
    await hall.wait(seconds)


def reason(hall: Hall) -> tuple[SessionState, Reason | None]:
    """Give how the session stands, and why."""
    session = hall.coordinator.session(GYM)
    assert session is not None
    return session.state, session.reason


async def test_a_whole_walk_is_steered_and_the_belt_is_never_started(hall: Hall) -> None:
    await walk(hall, 40)
    assert value(hall.hass, SPEED) == pytest.approx(1.2)
    await hall.wait(25)
    assert value(hall.hass, SPEED) == pytest.approx(0.5), "on the rails the belt runs at its slowest"
    await hall.wait(30)
    assert reason(hall)[0] is SessionState.WAITING
    assert value(hall.hass, SPEED) == pytest.approx(0.5), (
        "it does not speed up under somebody who still turns"
    )
    await hall.press("i_m_ready")
    await hall.wait(30)
    assert value(hall.hass, SPEED) == pytest.approx(3.0)
    await hall.wait(50)
    assert reason(hall) == (SessionState.COMPLETED, None)
    assert value(hall.hass, SPEED) == 0, "at the end it slows down and stops"
    names = [name for name, _ in asked(hall.hass, "gym_treadmill")]
    assert "start" not in names
    assert names[-2:] == ["speed", "stop"]
    speeds = asked_speeds(hall)
    assert speeds == [1.2, 0.5, 0.8, 1.1, 1.4, 1.7, 2.0, 2.3, 2.6, 2.9, 3.0, 0.5]


async def test_without_the_owners_leave_nothing_is_asked_of_a_belt(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await steered(hass, open_hall, belt_control=False)
    await walk(hall, 170)
    assert asked(hass, "gym_treadmill") == []
    assert_steering(hall, None)


async def test_a_place_without_a_machine_goes_by_time_and_words_alone(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[], belt_control=True)
    hall.start(override=True)
    await hall.wait(105)
    hall.command(Command.CONFIRM)
    await hall.wait(65)
    assert reason(hall) == (SessionState.COMPLETED, None)
    for action in ("take_over", "release_belt"):
        with pytest.raises(ServiceValidationError, match="Gym has no belt to steer now"):
            await hall.hass.services.async_call("backstride", action, {"place": GYM}, blocking=True)


async def test_a_treadmill_that_would_start_by_itself_is_given_no_reason_to(hall: Hall) -> None:
    await async_do(hall.hass, "select.select_option", MANNERS, option="starts_by_itself")
    hall.start()
    await hall.wait(39)
    assert asked(hall.hass, "gym_treadmill") == []
    assert value(hall.hass, SPEED) == 0
    assert "Start the belt when you are ready." in hall.words
    await hall.wait(3)
    assert reason(hall) == (SessionState.PAUSED, Reason.BELT_STOPPED)
    assert hall.words[-1] == "The belt stopped, so we pause."


async def test_a_hand_at_the_console_has_the_speed_until_it_is_handed_back(hall: Hall) -> None:
    await walk(hall, 30)
    await hall.press_other("gym_treadmill_console_faster")
    await hall.wait(3)
    assert_steering(hall, Steering.ATHLETE)
    assert "The speed is yours now." in hall.words
    before = asked(hall.hass, "gym_treadmill")
    await hall.wait(60)
    assert asked(hall.hass, "gym_treadmill") == before, "also not for the turn"
    hall.command(Command.CONFIRM)
    await hall.wait(1)
    await hall.press("take_over")
    assert_steering(hall, Steering.ON)
    await hall.wait(35)
    assert value(hall.hass, SPEED) == pytest.approx(3.0)
    await hall.hass.services.async_call("backstride", "release_belt", {"place": "Gym"}, blocking=True)
    assert_steering(hall, Steering.OFF)
    await hall.hass.services.async_call("backstride", "take_over", {"place": "Gym"}, blocking=True)
    assert_steering(hall, Steering.ON)


@pytest.mark.parametrize(
    "manner", ["ignores_speed", "ignores_commands", "reverts", "sluggish", "refuses_commands"]
)
@pytest.mark.logs
async def test_a_belt_that_does_not_do_what_it_is_asked_is_given_up(hall: Hall, manner: str) -> None:
    await async_do(hall.hass, "select.select_option", MANNERS, option=manner)
    await walk(hall, 90)
    hall.command(Command.CONFIRM)
    await hall.wait(30)
    driver = hall.coordinator.coach(GYM).driver
    if manner == "sluggish":
        assert driver.steering is Steering.ON, "slow is not disobedient"
        return
    assert driver.steering in {Steering.IGNORED, Steering.ATHLETE}
    assert {"The belt does not follow. It is yours.", "The speed is yours now."} & set(hall.words)
    before = asked(hall.hass, "gym_treadmill")
    await hall.wait(10)
    assert asked(hall.hass, "gym_treadmill") == before


async def test_a_treadmill_that_reports_seldom_is_not_steered_and_it_is_said(hall: Hall) -> None:
    await async_do(hall.hass, "select.select_option", MANNERS, option="reports_seldom")
    await walk(hall, 40)
    assert asked(hall.hass, "gym_treadmill") == []
    assert "I cannot see the belt, so you steer." in hall.words


async def test_a_link_that_drops_pauses_after_ten_seconds_and_says_when_the_belt_is_back(hall: Hall) -> None:
    await walk(hall, 20)
    await async_do(hall.hass, "switch.turn_off", LINK)
    await hall.wait(9)
    assert reason(hall)[0] is SessionState.RUNNING
    await hall.wait(2)
    assert reason(hall) == (SessionState.PAUSED, Reason.LINK_LOST)
    before = asked(hall.hass, "gym_treadmill")
    await async_do(hall.hass, "switch.turn_on", LINK)
    await hall.wait(5)
    assert hall.words[-1] == "The belt moves. Resume when you are ready."
    assert asked(hall.hass, "gym_treadmill") == before, "a belt that was lost is left as it was found"


async def test_what_a_person_calls_the_sensors_meanwhile_disturbs_nothing(hall: Hall) -> None:
    await walk(hall, 20)
    er.async_get(hall.hass).async_update_entity(SPEED, name="How fast")
    await hall.wait(10)
    assert_steering(hall, Steering.ON)
    assert reason(hall)[0] is SessionState.RUNNING


async def test_the_key_pauses_and_whoever_starts_again_goes_on(hall: Hall) -> None:
    await walk(hall, 30)
    await async_do(hall.hass, "switch.turn_off", KEY)
    await hall.wait(4)
    assert reason(hall) == (SessionState.PAUSED, Reason.BELT_STOPPED)
    await async_do(hall.hass, "switch.turn_on", KEY)
    await hall.press_other("gym_treadmill_console_start")
    await hall.wait(8)
    assert hall.words[-1] == "The belt moves. Resume when you are ready."
    hall.command(Command.RESUME)
    await hall.wait(12)
    assert reason(hall)[0] is SessionState.RUNNING
    assert value(hall.hass, SPEED) == pytest.approx(1.2), "and it is steered again"


async def test_a_session_left_on_a_standing_belt_ends_by_itself(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await steered(hass, open_hall, idle_finish_minutes=1)
    await walk(hall, 30)
    await async_do(hall.hass, "switch.turn_off", KEY)
    await hall.wait(70)
    assert reason(hall) == (SessionState.STOPPED, Reason.IDLE)


async def test_a_hold_slows_the_belt_whoever_steers(hass: HomeAssistant, open_hall: OpenHall) -> None:
    door = "binary_sensor.gym_rear_sensor_obstacle"
    hall = await steered(hass, open_hall, obstacles=[{"entity_id": door, "reaction": "hold"}])
    await walk(hall, 30)
    await hall.press_other("gym_treadmill_console_faster")
    await hall.wait(3)
    await hall.dog(there=True)
    await hall.wait(4)
    assert reason(hall) == (SessionState.HELD, Reason.OBSTACLE)
    assert value(hass, SPEED) == pytest.approx(0.5)


async def test_an_obstacle_that_ends_the_session_stops_the_belt(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    door = "binary_sensor.gym_rear_sensor_obstacle"
    hall = await steered(hass, open_hall, obstacles=[{"entity_id": door, "reaction": "stop"}])
    await walk(hall, 30)
    await hall.dog(there=True)
    await hall.wait(3)
    assert asked(hass, "gym_treadmill")[-1] == ("stop", None)
    await hall.wait(5)
    assert value(hass, SPEED) == 0


async def test_a_pause_slows_the_belt_and_going_on_speeds_it_up(hall: Hall) -> None:
    await walk(hall, 30)
    hall.command(Command.PAUSE)
    await hall.wait(5)
    assert value(hall.hass, SPEED) == pytest.approx(0.5)
    hall.command(Command.RESUME)
    await hall.wait(15)
    assert value(hall.hass, SPEED) == pytest.approx(1.2)


async def test_a_limit_that_is_lowered_counts_at_once(hass: HomeAssistant, hall: Hall) -> None:
    await walk(hall, 90)
    hall.command(Command.CONFIRM)
    await hall.wait(30)
    assert value(hass, SPEED) == pytest.approx(3.0)
    change(hall, max_speed_kmh=2.0)
    await hall.wait(5)
    assert value(hass, SPEED) == pytest.approx(2.0)
    change(hall, max_speed_kmh=2.0, belt_control=False)
    before = asked(hass, "gym_treadmill")
    await hall.wait(20)
    assert asked(hass, "gym_treadmill") == before
    assert_steering(hall, Steering.OFF)


def change(hall: Hall, **data: Any) -> None:
    """Change the place as its owner does, while the session is on."""
    entry = hall.coordinator.entry
    subentry = entry.subentries[GYM]
    hall.hass.config_entries.async_update_subentry(entry, subentry, data={**subentry.data, **data})


async def test_when_home_assistant_lets_go_the_belt_goes_on_as_it_does(hall: Hall) -> None:
    await walk(hall, 30)
    before = asked(hall.hass, "gym_treadmill")
    await hall.hass.config_entries.async_unload(hall.coordinator.entry.entry_id)
    await hall.wait(10)
    assert asked(hall.hass, "gym_treadmill") == before
    assert value(hall.hass, SPEED) == pytest.approx(1.2)
    await hall.hass.config_entries.async_setup(hall.coordinator.entry.entry_id)
    hall.coordinator = hall.coordinator.entry.runtime_data
    await hall.wait(5)
    assert reason(hall) == (SessionState.PAUSED, Reason.RESTART)
    assert asked(hall.hass, "gym_treadmill") == before, "a session that comes back moves nothing"
    assert_steering(hall, Steering.OFF)
    hall.command(Command.RESUME)
    await hall.wait(40)
    assert_steering(hall, Steering.ON)


# Emergency


async def test_an_emergency_stop_sends_one_control_after_the_other_until_the_belt_slows_down(
    hall: Hall,
) -> None:
    await walk(hall, 30)
    await hall.press("emergency_stop")
    assert asked(hall.hass, "gym_treadmill")[-1] == ("stop", None)
    assert reason(hall) == (SessionState.STOPPED, Reason.EMERGENCY)
    await hall.wait(10)
    assert value(hall.hass, SPEED) == 0
    tried = [name for name, _ in asked(hall.hass, "gym_treadmill")]
    assert tried[tried.index("stop") :] in (["stop"], ["stop", "pause"]), (
        "at most until the next report shows it"
    )
    assert hall.words[-1] == "Press the red stop."


@pytest.mark.logs
async def test_an_emergency_stop_of_a_belt_that_obeys_nobody_is_said_for_a_minute(hall: Hall) -> None:
    await walk(hall, 30)
    await async_do(hall.hass, "select.select_option", MANNERS, option="ignores_commands")
    await hall.press("emergency_stop")
    await hall.wait(5)
    assert [name for name, _ in asked(hall.hass, "gym_treadmill")][-3:] == ["stop", "pause", "speed"]
    await hall.wait(60)
    assert hall.words.count("Press the red stop.") == 15
    count = len(asked(hall.hass, "gym_treadmill"))
    await hall.wait(20)
    assert hall.words.count("Press the red stop.") == 15
    assert len(asked(hall.hass, "gym_treadmill")) == count


async def test_whoever_acknowledges_an_emergency_hears_no_more_of_it_and_the_controls_go_on(
    hall: Hall,
) -> None:
    await walk(hall, 30)
    await async_do(hall.hass, "select.select_option", MANNERS, option="ignores_commands")
    await hall.press("emergency_stop")
    await hall.hass.services.async_call("backstride", "acknowledge_hazard", {}, blocking=True)
    said = len(hall.words)
    await hall.wait(20)
    assert len(hall.words) == said
    assert [name for name, _ in asked(hall.hass, "gym_treadmill")][-3:] == ["stop", "pause", "speed"]
    await hall.hass.services.async_call("backstride", "acknowledge_hazard", {"place": "Gym"}, blocking=True)


async def test_an_emergency_stop_on_a_belt_that_just_stopped_presses_stop_all_the_same(hall: Hall) -> None:
    await walk(hall, 30)
    await async_do(hall.hass, "switch.turn_off", KEY)
    await hall.wait(2.5)
    await hall.press("emergency_stop")
    await hall.wait(10)
    assert reason(hall) == (SessionState.STOPPED, Reason.EMERGENCY)
    assert [name for name, _ in asked(hall.hass, "gym_treadmill")] == ["speed", "stop"]
    assert hall.words.count("Press the red stop.") == 1


async def test_an_emergency_stop_that_home_assistant_leaves_is_over(hall: Hall) -> None:
    await walk(hall, 30)
    await async_do(hall.hass, "select.select_option", MANNERS, option="ignores_commands")
    await hall.press("emergency_stop")
    await hall.hass.config_entries.async_unload(hall.coordinator.entry.entry_id)
    before = asked(hall.hass, "gym_treadmill")
    await hall.wait(10)
    assert asked(hall.hass, "gym_treadmill") == before


async def test_an_emergency_stop_needs_no_session_and_no_leave_to_steer(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await steered(hass, open_hall, belt_control=False)
    await hall.press_other("gym_treadmill_console_start")
    await hall.wait(5)
    await hall.press("emergency_stop")
    await hall.press("emergency_stop")
    assert asked(hass, "gym_treadmill") == [("stop", None)]
    await hall.wait(5)
    assert value(hass, SPEED) == 0
    # An alarm may come first, where the words are not made yet.
    assert "Press the red stop." in hall.words


async def test_an_emergency_stop_by_action_never_asks_which_place(hall: Hall) -> None:
    await walk(hall, 30)
    assert len(hall.coordinator.places) > 1
    await hall.hass.services.async_call("backstride", "emergency_stop", {}, blocking=True)
    await hall.wait(1)
    assert reason(hall) == (SessionState.STOPPED, Reason.EMERGENCY)


async def test_without_a_machine_an_emergency_stop_is_said_three_times(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[])
    hall.start()
    await hall.wait(20)
    await hall.press("emergency_stop")
    await hall.wait(70)
    assert hall.words.count("Press the red stop.") == 3
    assert state(hall.hass, "sensor.gym_session") == "idle"


# Other machines


async def on_another(hass: HomeAssistant, open_hall: OpenHall, speed: str, **roles: str) -> Hall:
    """Walk half a minute on another machine of the gym, with what is proposed for it and what its owner corrects."""
    hall = await steered(hass, open_hall, roles={**roles_of(hass, speed), **roles})
    hall.start()
    await hall.wait(11)
    await hall.press_other(f"{speed.removeprefix('sensor.').split('_treadmill')[0]}_treadmill_console_start")
    await hall.wait(29)
    return hall


@pytest.mark.rooms("Loft")
async def test_a_walking_pad_is_steered_and_paused_by_what_stops_it(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await on_another(hass, open_hall, "sensor.loft_treadmill_current_speed")
    assert value(hass, "sensor.loft_treadmill_current_speed") == pytest.approx(1.2)
    await hall.press("emergency_stop")
    await hall.wait(8)
    assert state(hass, "switch.loft_treadmill_belt") == "off"
    names = [name for name, _ in asked(hass, "loft_treadmill")]
    assert names[:2] == ["speed", "stop"]
    assert set(names[2:]) <= {"pause"}, "at most until the next report shows it"


@pytest.mark.rooms("Study")
async def test_a_belt_that_is_a_media_player_is_steered_though_its_speed_is_there_only_while_it_plays(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    player = "media_player.study_treadmill"
    roles = dict.fromkeys(("start", "stop", "pause", "belt_running"), player)
    hall = await on_another(hass, open_hall, "sensor.study_treadmill_speed", **roles)
    assert value(hass, "sensor.study_treadmill_speed") == pytest.approx(1.2)
    hall.command(Command.STOP)
    await hall.wait(12)
    assert state(hass, player) == "idle"
    assert [name for name, _ in asked(hass, "study_treadmill")] == ["speed", "speed", "stop"]


@pytest.mark.rooms("Cellar")
async def test_a_belt_with_a_select_and_miles_is_steered_in_its_own_unit(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await on_another(hass, open_hall, "sensor.cellar_treadmill_speed")
    assert 1.0 < value(hass, "sensor.cellar_treadmill_speed") <= 1.2, (
        "the highest setting that is not over it"
    )
    hall.command(Command.STOP)
    await hall.wait(12)
    assert state(hass, "select.cellar_treadmill_belt") == "stop"


async def test_where_home_assistant_shows_miles_the_same_belt_is_asked_for_the_same(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    registry = er.async_get(hass)
    for entity_id in (SPEED, TARGET):
        options = {"unit_of_measurement": "mph"}
        registry.async_update_entity_options(entity_id, entity_id.partition(".")[0], options)
    await hass.async_block_till_done()
    hall = await steered(hass, open_hall)
    await walk(hall, 90)
    hall.command(Command.CONFIRM)
    await hall.wait(50)
    speeds = [speed for speed in asked_speeds(hall) if speed is not None]
    assert 2.8 <= speeds[-1] <= 3.0
    assert max(speeds) == speeds[-1]
    assert all(later - sooner <= 0.3 + 0.05 for sooner, later in pairwise(speeds))
    assert_steering(hall, Steering.ON)
    for entity_id in (SPEED, TARGET):
        shown = hass.states.get(entity_id)
        assert shown is not None
        assert shown.attributes["unit_of_measurement"] == "mph"


@pytest.mark.rooms("Barn")
async def test_a_number_whose_unit_nobody_knows_is_never_written_but_the_switch_still_stops(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await on_another(hass, open_hall, "sensor.barn_treadmill_speed")
    assert asked(hass, "barn_treadmill") == []
    await hall.wait(35)
    assert [name for name, _ in asked(hass, "barn_treadmill")] == ["stop"], "for the turn it is halted"


@pytest.mark.rooms("Shed")
async def test_a_plug_tells_that_a_plain_treadmill_was_stopped(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await steered(hass, open_hall, roles=roles_of(hass, "sensor.shed_plug_power"), belt_control=False)
    hall.start()
    await hall.wait(11)
    await hall.press_other("shed_treadmill_console_start")
    await hall.wait(20)
    assert reason(hall)[0] is SessionState.RUNNING
    await hall.press_other("shed_treadmill_console_stop")
    await hall.wait(8)
    assert reason(hall) == (SessionState.PAUSED, Reason.BELT_STOPPED)


@pytest.mark.rooms("Studio")
async def test_whoever_treads_a_cross_trainer_the_other_way_is_told_and_backward_time_is_what_was_measured(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await steered(hass, open_hall, roles=roles_of(hass, "sensor.studio_cross_trainer_speed"))
    await async_do(hass, "switch.turn_on", "switch.studio_cross_trainer_person_treads")
    hall.start()
    await hall.wait(16)
    assert hall.words[-1] == "This stretch is backward."
    await async_do(hass, "switch.turn_on", "switch.studio_cross_trainer_person_treads_backward")
    await hall.wait(44)
    # Readings may tell in the same instant that it rings; then there is nothing left to say.
    watch = hall.coordinator.coach(GYM).driver._watch  # noqa: SLF001 - no clock is as exact as to tell them apart
    assert watch is not None
    watch._handle_way()  # noqa: SLF001 - as above
    await hall.wait(12)
    assert hall.words.count("This stretch is backward.") == 1
    tally = hall.coordinator.tally(GYM)
    assert tally is not None
    assert 40 <= tally.parts[Way.BACKWARD].seconds <= 56, "the first seconds were forward"


# Starting by itself


async def test_a_belt_that_is_started_slowly_starts_the_chosen_session(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await steered(hass, open_hall, auto_start=True)
    await hall.wait(2)
    hall.coordinator.async_choose(GYM, Selection(athlete_id=ANNA, workout_id=MINE))
    await hall.press_other("gym_treadmill_console_start")
    await hall.wait(4)
    assert not hall.coordinator.is_on(GYM)
    await hall.wait(3)
    assert reason(hall)[0] is SessionState.LEAD_IN
    await hall.wait(30)
    assert value(hass, SPEED) == pytest.approx(1.2)
    hall.command(Command.STOP)
    await hall.wait(70)
    assert not hall.coordinator.is_on(GYM)
    change(hall, auto_start=False)
    await hall.wait(1)
    await hall.press_other("gym_treadmill_console_start")
    await hall.wait(10)
    assert not hall.coordinator.is_on(GYM), "only where the owner wants it"


async def test_whoever_starts_a_session_by_hand_meanwhile_has_one(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await steered(hass, open_hall, auto_start=True)
    await hall.wait(2)
    await async_do(hass, "select.select_option", MANNERS, option="reports_seldom")
    await hall.press_other("gym_treadmill_console_start")
    for _ in range(30):
        await hall.wait(0.5)
        if value(hass, SPEED) > 0:
            break
    hall.start()
    await hall.wait(6)
    assert reason(hall)[0] is SessionState.LEAD_IN


@pytest.mark.logs
async def test_a_belt_that_is_started_while_nobody_is_chosen_starts_nothing_and_the_log_says_why(
    hass: HomeAssistant, open_hall: OpenHall, caplog: pytest.LogCaptureFixture
) -> None:
    hall = await steered(hass, open_hall, auto_start=True)
    await hall.wait(2)
    await hall.press_other("gym_treadmill_console_start")
    await hall.wait(10)
    assert not hall.coordinator.is_on(GYM)
    assert "Gym: the belt was started, but no session" in caplog.text
