"""Sessions that are heard and seen, on the simulated gym's real speakers and lamps."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockUser, async_mock_service

from custom_components.backstride import flow_data
from custom_components.backstride.engine.events import EventKind, Reason
from custom_components.backstride.engine.guard import Reaction
from custom_components.backstride.engine.session import Command, SessionState
from custom_components.backstride.live import SessionEvents
from custom_components.backstride.machine.obstacles import Obstacle
from custom_components.backstride.output.speaker import Speaker
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import Context, CoreState, HomeAssistant, ServiceCall
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from .gym.visit import IN_THE_GYM
from .hall import AMBER, BLUE, CEILING, DOOR, GREEN, LAMP, NOON, PLAYER, STRIP, Hall, OpenHall, entry_with
from .setup import ANNA, ANYWAY, BEN, GYM, HALL, MINE, async_set_up, async_tick, entity_id, state_of

pytestmark = IN_THE_GYM


@pytest.fixture
async def hall(hass: HomeAssistant, open_hall: OpenHall) -> Hall:
    """Give a gym whose strip is lit."""
    await hass.services.async_call(
        "light", "turn_on", {"entity_id": STRIP, "brightness": 77, "hs_color": [10, 20]}, blocking=True
    )
    return await open_hall()


def count_from(at: float) -> list[tuple[float, str]]:
    return [(at, "Three."), (at + 1, "Two."), (at + 2, "One.")]


async def test_a_session_is_spoken_in_order_and_on_time(hall: Hall) -> None:
    hall.start()
    await hall.wait(165)
    assert [(int(seconds), text) for seconds, text in hall.heard] == [
        (0, "Take hold and look ahead. First, walk backward at 1.2."),
        *count_from(7),
        (10, "Walk backward at 1.2, one minute."),
        (18, "Head up, stand tall."),
        (48, "Big toe first, then roll to the heel."),
        (55, "In 15 seconds, feet on the side rails and turn around."),
        (65, "Turn in five."),
        *count_from(67),
        (70, "Feet on the side rails and turn around."),
        (85, "Coming up in 15 seconds, walk forward at 3."),
        (95, "Five seconds: forward."),
        *count_from(97),
        (100, "Walk forward at 3, one minute."),
        (103, "One minute left."),
        (145, "15 seconds to go."),
        (155, "Five more seconds."),
        *count_from(157),
        (160, "Well done. Your session is complete."),
        (164, "That is the first day of a new streak."),
    ]


async def test_the_lights_show_the_direction_and_are_put_back(hall: Hall) -> None:
    before = [hall.state(lamp) for lamp in (STRIP, LAMP, CEILING)]
    hall.start()
    await hall.wait(9)
    assert [hall.state(lamp) for lamp in (STRIP, LAMP, CEILING)] == before, "the lead-in changes nothing yet"
    await hall.wait(2)
    assert hall.colour(STRIP) == hall.colour(LAMP) == BLUE
    assert hall.state(CEILING)[0] == "on"
    await hall.wait(60)
    assert hall.colour() == (0, 0)
    await hall.wait(30)
    assert hall.colour() == GREEN
    await hall.wait(60)
    assert [hall.state(lamp) for lamp in (STRIP, LAMP, CEILING)] == before
    assert hall.coordinator.live(GYM).lamps == []


async def test_a_dog_makes_the_lamps_flash_once_a_second_and_then_stand_still(hall: Hall) -> None:
    hall.start()
    await hall.wait(20)
    hall.calls.clear()
    at = dt_util.utcnow()
    await hall.press("rear_sensor_dog_walks_in")
    assert hall.colour(STRIP) == hall.colour(LAMP) == AMBER
    assert hall.words[-1] == "Careful. Something is behind you."
    await hall.wait(7)
    hall.began = NOON
    began = (at - NOON).total_seconds()
    for lamp in (STRIP, LAMP):
        changes = [seconds - began for seconds, one, _ in hall.calls if one == lamp]
        assert changes == [0.5 * count for count in range(11)], "two changes a second, for five seconds"
    told = [(seconds - began, action) for seconds, one, action in hall.calls if one == CEILING]
    assert told == [(0, "turn_on")], "what can only be on or off stays on: the room is never dark"
    assert hall.colour() == AMBER
    await hall.wait(4)
    assert hall.colour(STRIP) == hall.colour(LAMP) == BLUE
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.RUNNING


async def test_a_lamp_that_can_dim_never_goes_dark(hall: Hall) -> None:
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(0.5)
    assert hall.state(STRIP)[:3] == ("on", 128, AMBER), "half as bright and no darker"
    assert hall.state(CEILING)[0] == "on"
    await hall.wait(10)


async def test_where_flashing_is_not_wanted_the_warning_stands_still(open_hall: OpenHall) -> None:
    hall = await open_hall(no_flashing=True)
    hall.start()
    await hall.wait(20)
    hall.calls.clear()
    await hall.dog(there=True)
    await hall.wait(6)
    assert hall.colour() == AMBER
    assert len(hall.calls) == 3, "one change for each lamp"
    await hall.wait(5)
    assert hall.colour() == BLUE


async def test_a_hold_freezes_the_session_until_the_way_is_clear_and_then_asks(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    obstacles = [{"entity_id": DOOR, "reaction": "hold"}]
    hall = await open_hall(obstacles=obstacles)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    assert state_of(hass, "sensor", GYM, "session") == SessionState.RUNNING, "it may be a flicker"
    await hall.wait(0.5)
    assert state_of(hass, "sensor", GYM, "session") == SessionState.HELD
    assert hall.words[-1] == "Stop. Something is behind you."
    await hall.dog(there=False)
    await hall.wait(1.5)
    assert state_of(hass, "sensor", GYM, "session") == SessionState.HELD, "it may come back"
    await hall.wait(1)
    assert state_of(hass, "sensor", GYM, "session") == SessionState.PAUSED
    assert hall.words[-1] == "The way is clear. Resume when ready."
    hall.command(Command.RESUME)
    await hall.wait(4)
    assert state_of(hass, "sensor", GYM, "session") == SessionState.RUNNING
    assert hall.colour() == BLUE


async def test_a_stop_ends_the_session(hass: HomeAssistant, open_hall: OpenHall) -> None:
    obstacles = [{"entity_id": "sensor.gym_rear_sensor_distance", "below_m": 1, "reaction": "stop"}]
    hall = await open_hall(obstacles=obstacles)
    before = hall.state(STRIP)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(2.5)
    assert state_of(hass, "sensor", GYM, "session") == SessionState.HELD
    assert hall.words[-1] == "Stop. Something is behind you."
    await hall.wait(0.5)
    assert state_of(hass, "sensor", GYM, "session") == SessionState.STOPPED
    assert hall.words[-1] == "Session stopped. Something is behind you."
    assert hall.colour() == AMBER
    await hall.wait(4)
    assert hall.state(STRIP) != before, "whoever must stop sees why"
    await hall.wait(1.5)
    assert hall.state(STRIP) == before


async def test_a_sensor_that_is_lost_is_said_at_once_and_holds_after_ten_seconds(hall: Hall) -> None:
    hall.start()
    await hall.wait(20)
    plug = {"entity_id": "switch.gym_rear_sensor_plugged_in"}
    await hall.hass.services.async_call("switch", "turn_off", plug, blocking=True)
    await hall.wait(0.5)
    assert hall.words[-1] == "Careful. I cannot see behind you."
    await hall.wait(9)
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.RUNNING
    await hall.wait(1)
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.HELD
    assert hall.words[-1] == "Stop. I cannot see behind you."
    await hall.hass.services.async_call("switch", "turn_on", plug, blocking=True)
    await hall.wait(2.5)
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.PAUSED


async def test_a_muted_coach_still_warns(hall: Hall) -> None:
    await _switch(hall, "spoken_cues", on=False)
    hall.start()
    await hall.wait(20)
    assert hall.words == []
    await hall.dog(there=True)
    assert hall.words == ["Careful. Something is behind you."]
    await _switch(hall, "spoken_cues", on=True)
    await hall.wait(40)
    assert hall.words[1] == "Big toe first, then roll to the heel."


async def test_without_light_cues_lamps_are_left_alone_but_for_a_warning(hall: Hall) -> None:
    await _switch(hall, "light_cues", on=False)
    before = hall.state(STRIP)
    hall.start()
    await hall.wait(20)
    assert hall.state(STRIP) == before
    await hall.dog(there=True)
    assert hall.colour() == AMBER
    await hall.wait(11)
    assert hall.state(STRIP) == before
    await _switch(hall, "light_cues", on=True)
    assert hall.colour() == BLUE
    await _switch(hall, "light_cues", on=False)
    assert hall.state(STRIP) == before


async def test_the_guard_is_off_for_one_session_and_that_is_said(hall: Hall) -> None:
    await _switch(hall, "obstacle_guard", on=False)
    hall.start()
    await hall.wait(1)
    assert "Nobody watches behind you this session." in hall.words
    await hall.wait(20)
    await hall.dog(there=True)
    assert hall.colour() == BLUE
    hall.command(Command.STOP)
    await hall.wait(1)
    assert state_of(hall.hass, "switch", GYM, "obstacle_guard") == "on"


async def test_switching_the_guard_off_lets_go_of_what_it_holds(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    obstacles = [{"entity_id": DOOR, "reaction": "hold"}]
    hall = await open_hall(obstacles=obstacles)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(0.5)
    assert state_of(hass, "sensor", GYM, "session") == SessionState.HELD
    await _switch(hall, "obstacle_guard", on=False)
    assert state_of(hass, "sensor", GYM, "session") == SessionState.PAUSED


async def _switch(hall: Hall, key: str, *, on: bool) -> None:
    switch = {"entity_id": entity_id(hall.hass, "switch", GYM, key)}
    await hall.hass.services.async_call("switch", "turn_on" if on else "turn_off", switch, blocking=True)
    await hall.hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(hall.hass, "switch", GYM, key) == ("on" if on else "off")


async def test_a_pause_of_more_than_a_minute_gives_the_room_its_light_back(hall: Hall) -> None:
    before = hall.state(STRIP)
    hall.start()
    await hall.wait(20)
    hall.command(Command.PAUSE)
    await hall.wait(59)
    assert hall.state(STRIP) != before
    await hall.wait(2)
    assert hall.state(STRIP) == before
    hall.command(Command.RESUME)
    await hall.wait(4)
    assert hall.colour() == BLUE
    hall.command(Command.PAUSE)
    await hall.wait(1)
    hall.command(Command.RESUME)
    await hall.wait(70)
    assert hall.colour() == (0, 0), "the minute of a pause that is over does not count"
    hall.command(Command.STOP)
    await hall.wait(1)
    assert hall.state(STRIP) == before


async def test_a_lamp_that_a_hand_changed_keeps_the_hands_choice(
    hall: Hall, hass_admin_user: MockUser
) -> None:
    hall.start()
    await hall.wait(20)
    await hall.hass.services.async_call(
        "light",
        "turn_on",
        {"entity_id": STRIP, "hs_color": [0, 50], "brightness": 50},
        blocking=True,
        context=Context(user_id=hass_admin_user.id),
    )
    await hall.wait(150)
    assert hall.state(STRIP)[:3] == ("on", 50, (0, 50))
    assert hall.state(LAMP)[0] == "off"


async def test_trying_the_outputs_says_a_sentence_shows_the_colours_and_puts_them_back(hall: Hall) -> None:
    before = hall.state(STRIP)
    await hall.press("test_sound_and_lights")
    assert hall.colour() == BLUE
    await hall.wait(7.5)
    assert hall.colour() == BLUE
    await hall.wait(0.5)
    assert hall.colour() == GREEN, "with the tone, so that everybody hears how late a speaker is"
    await hall.wait(3)
    assert hall.heard == [
        (0, "This is your coach. You will hear me here."),
        *count_from(5),
        (8, "(test)"),
    ]
    assert hall.state(STRIP) == before
    hall.start()
    with pytest.raises(ServiceValidationError, match="already"):
        await hall.press("test_sound_and_lights")


async def test_a_session_that_begins_during_a_test_puts_back_what_was_there_before_it(hall: Hall) -> None:
    before = hall.state(STRIP)
    hall.coordinator.coach(GYM).async_test()
    hall.coordinator.coach(GYM).async_test()
    assert hall.colour() == BLUE
    hall.start()
    await hall.wait(11)
    hall.command(Command.STOP)
    await hall.wait(1)
    assert hall.state(STRIP) == before


async def test_unloading_during_a_session_says_so_and_gives_the_lamps_back(hall: Hall) -> None:
    before = hall.state(STRIP)
    hall.start()
    await hall.wait(20)
    entry = hall.coordinator.entry
    await hall.hass.config_entries.async_unload(entry.entry_id)
    assert hall.words[-1] == "Home Assistant stops. Your session is paused."
    assert hall.state(STRIP) == before
    await hall.hass.config_entries.async_setup(entry.entry_id)
    hall.coordinator = entry.runtime_data
    await hall.hass.async_block_till_done(wait_background_tasks=True)
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.PAUSED
    assert hall.words[-1] == "I was away. Your session is paused."
    await hall.wait(5)
    assert hall.state(STRIP) == before, "the room keeps its own light until somebody goes on"
    hall.command(Command.RESUME)
    await hall.wait(4)
    assert hall.colour() == BLUE


async def test_after_a_crash_the_lamps_are_put_back_as_soon_as_they_are_there(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    """What a killed Home Assistant leaves behind is a file that names the lamps, and lamps that are blue."""
    lamps = [
        {
            "entity_id": STRIP,
            "on": True,
            "data": {"brightness": 77, "hs_color": [10, 20], "effect": "candle"},
        },
        {"entity_id": CEILING, "on": False, "data": {}},
    ]
    store: Store[dict[str, Any]] = Store(hass, 1, f"backstride.place.{GYM}")
    await store.async_save({"lamps": lamps})
    hass.set_state(CoreState.starting)
    for lamp in (STRIP, CEILING):
        await hass.services.async_call("light", "turn_on", {"entity_id": lamp}, blocking=True)
    hall = await open_hall()
    hass.states.async_set(STRIP, "unavailable")
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hall.state(CEILING)[0] == "off"
    assert hall.coordinator.live(GYM).lamps == lamps[:1], "one still has to be put back"
    hass.states.async_set(STRIP, "unknown")
    hass.states.async_set(STRIP, "on", {"supported_color_modes": ["hs"]})
    await hass.async_block_till_done(wait_background_tasks=True)
    assert hall.state(STRIP) == ("on", 77, (10, 20), "candle")
    assert hall.coordinator.live(GYM).lamps == []


@pytest.mark.rooms("Garage")
async def test_other_obstacle_sensors_hold_at_once_also_during_a_session(hall: Hall) -> None:
    hall.start()
    await hall.wait(20)
    entry = hall.coordinator.entry
    data = {
        **entry.subentries[GYM].data,
        "obstacles": [{"entity_id": "binary_sensor.garage_rear_sensor_obstacle"}],
    }
    hall.hass.config_entries.async_update_subentry(entry, entry.subentries[GYM], data=data | {"lights": []})
    await hall.hass.async_block_till_done()
    await hall.dog(there=True)
    assert hall.colour() == BLUE
    await hall.press_other("garage_rear_sensor_dog_walks_in")
    assert hall.colour() == AMBER, "lamps, though, are those the session began with"
    hall.command(Command.STOP)
    await hall.wait(1)
    await hall.press_other("garage_rear_sensor_dog_leaves")
    hall.calls.clear()
    hall.start()
    await hall.wait(12)
    assert hall.calls == []


@pytest.mark.logs
async def test_a_speaker_that_is_gone_and_a_lamp_that_fails_stop_nothing(
    hass: HomeAssistant, open_hall: OpenHall, caplog: pytest.LogCaptureFixture
) -> None:
    data = {"speakers": ["media_player.gone", PLAYER], "lights": [STRIP], "tts_engine": "tts.gone"}
    hall = await open_hall(**data)
    hall.start(override=True)
    await hall.wait(161)
    assert state_of(hass, "sensor", GYM, "session") == SessionState.COMPLETED
    assert caplog.text.count("Gym: media_player.gone is not there") == 1


@pytest.mark.logs
async def test_a_player_without_any_speech_engine_is_named(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, caplog: pytest.LogCaptureFixture
) -> None:
    hass.states.async_set("media_player.lonely", "idle")
    async_mock_service(hass, "media_player", "play_media")
    coordinator = await async_set_up(
        hass, entry_with(speakers=["media_player.lonely"], tts_engine=None, lights=[], obstacles=[])
    )
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE], how=ANYWAY)
    await async_tick(hass, freezer, 0.1)
    assert caplog.text.count("media_player.lonely has no speech engine") == 1


async def test_a_satellite_announces_with_its_own_voice(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    said: list[dict[str, Any]] = []

    async def announce(call: ServiceCall) -> None:
        said.append(dict(call.data))

    hass.services.async_register("assist_satellite", "announce", announce)
    hass.states.async_set("assist_satellite.gym", "idle")
    coordinator = await async_set_up(
        hass, entry_with(speakers=["assist_satellite.gym"], lights=[], obstacles=[])
    )
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await async_tick(hass, freezer, 0.1)
    assert said == [
        {
            "entity_id": "assist_satellite.gym",
            "message": "Take hold and look ahead. First, walk backward at 1.2.",
            "preannounce": False,
        }
    ]


async def test_of_a_group_each_lamp_is_shown_and_put_back_by_itself(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hass.states.async_set("light.all", "on", {"entity_id": [STRIP, "light.all", "light.both", "switch.fan"]})
    hass.states.async_set("light.both", "on", {"entity_id": [STRIP, LAMP]})
    hall = await open_hall(lights=["light.all"])
    hall.start()
    await hall.wait(11)
    assert {lamp for _, lamp, _ in hall.calls} == {STRIP, LAMP}
    hall.command(Command.STOP)
    await hall.wait(1)
    assert hall.state(LAMP)[0] == "off"


async def test_who_walks_while_home_assistant_still_starts_is_watched_and_coached_at_once(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hass.set_state(CoreState.starting)
    hall = await open_hall(obstacles=[{"entity_id": DOOR, "reaction": "hold"}])
    hall.start()
    await hall.wait(12)
    assert hall.words[-1] == "Walk backward at 1.2, one minute."
    await hall.dog(there=True)
    assert hall.colour() == AMBER
    assert hall.words[-1] == "Careful. Something is behind you."
    await hall.wait(3)
    session = hall.coordinator.session(GYM)
    assert session is not None
    assert session.state is SessionState.HELD
    words = len(hall.words)
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await hall.wait(0.5)
    assert len(hall.words) == words, "nothing is told twice"


async def test_other_outputs_hold_from_the_next_session_on(hall: Hall) -> None:
    entry = hall.coordinator.entry
    await _switch(hall, "light_cues", on=True)
    data = {**entry.subentries[GYM].data, "lights": [LAMP]}
    hall.hass.config_entries.async_update_subentry(entry, entry.subentries[GYM], data=data)
    await hall.hass.async_block_till_done()
    hall.start()
    await hall.wait(11)
    assert {lamp for _, lamp, _ in hall.calls} == {LAMP}


async def test_a_dog_that_is_there_already_holds_the_lead_in_and_all_hear_it_in_order(
    open_hall: OpenHall,
) -> None:
    hall = await open_hall(obstacles=[{"entity_id": DOOR, "reaction": "hold"}])
    await hall.dog(there=True)
    told: list[str] = []
    hall.coordinator.live(GYM).async_subscribe(lambda events: told.extend(event.kind for event in events))
    hall.start(override=True)
    await hall.wait(0.5)
    assert told == ["started", "held"]
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.HELD


async def test_sensors_that_see_nothing_let_go_of_what_others_held(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[{"entity_id": DOOR, "reaction": "hold"}])
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(0.5)
    entry = hall.coordinator.entry
    data = {**entry.subentries[GYM].data, "obstacles": []}
    hall.hass.config_entries.async_update_subentry(entry, entry.subentries[GYM], data=data)
    await hall.hass.async_block_till_done()
    await hall.wait(2.5)
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.PAUSED


async def test_a_dog_that_comes_and_goes_begins_no_new_rhythm(open_hall: OpenHall) -> None:
    """However often it shows itself, lamps change twice a second and no more."""
    distance = {"entity_id": "sensor.gym_rear_sensor_distance", "below_m": 1, "reaction": "remind"}
    hall = await open_hall(obstacles=[{"entity_id": DOOR}, distance])
    hall.start()
    await hall.wait(20)
    hall.calls.clear()
    for there in (True, False, True, False, True):
        await hall.dog(there=there)
        await hall.wait(0.3, step=0.1)
    await hall.wait(2.5)
    instants = [seconds for seconds, lamp, _ in hall.calls if lamp == STRIP]
    assert len(instants) == 9, "once at first, then every half second for four seconds"
    assert all(after - before >= 0.4 for before, after in pairwise(instants))


async def test_a_guard_that_is_switched_on_again_looks_at_once(hall: Hall) -> None:
    await _switch(hall, "obstacle_guard", on=False)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    assert hall.colour() == BLUE
    await _switch(hall, "obstacle_guard", on=True)
    assert hall.colour() == AMBER


async def test_lamps_that_are_not_there_are_left_out(hass: HomeAssistant, open_hall: OpenHall) -> None:
    hass.states.async_set("light.far", "unavailable")
    hall = await open_hall(lights=["light.far", "light.gone"])
    hall.start()
    await hall.wait(20)
    assert hall.calls == []
    assert hall.coordinator.live(GYM).lamps == []


@pytest.mark.parametrize(
    ("attributes", "kept"),
    [
        ({"supported_color_modes": ["onoff"], "color_mode": "onoff"}, {}),
        ({"brightness": 9, "color_mode": "brightness"}, {"brightness": 9}),
        (
            {"brightness": 9, "color_mode": "color_temp", "color_temp_kelvin": 2700, "hs_color": (28, 65)},
            {"brightness": 9, "color_temp_kelvin": 2700},
        ),
        ({"brightness": 9, "color_mode": "white", "hs_color": (0, 0)}, {"white": 9}),
        (
            {"brightness": 9, "color_mode": "rgbww", "rgbww_color": (1, 2, 3, 4, 5), "effect": "candle"},
            {"brightness": 9, "rgbww_color": [1, 2, 3, 4, 5], "effect": "candle"},
        ),
        ({"color_mode": "xy", "xy_color": None}, {}),
    ],
)
async def test_of_a_lamp_is_noted_what_makes_it_so_again(
    hass: HomeAssistant, open_hall: OpenHall, attributes: dict[str, Any], kept: dict[str, Any]
) -> None:
    hass.states.async_set("light.any", "on", attributes)
    hall = await open_hall(lights=["light.any"])
    hall.start()
    assert hall.coordinator.live(GYM).lamps == [{"entity_id": "light.any", "on": True, "data": kept}]


async def test_what_comes_too_late_is_left_out(hall: Hall) -> None:
    """Forty seconds in which nothing could run: of the words that were due in them none is said."""
    hall.start()
    await hall.wait(20)
    before = len(hall.words)
    await hall.wait(42, step=42)
    assert hall.words[before:] == []
    await hall.wait(4)
    assert hall.words[before:] == ["Turn in five."]


async def test_an_extended_interval_is_not_called_over_before_it_is(hall: Hall) -> None:
    hall.start()
    await hall.wait(50)
    hall.coordinator.async_command(GYM, Command.EXTEND, seconds=40)
    await hall.wait(44)
    assert not any("turn around" in text for text in hall.words)
    assert state_of(hall.hass, "sensor", GYM, "interval_ends_at") == "2026-03-01T12:01:50+00:00"
    await hall.wait(20)
    assert "Feet on the side rails and turn around." in hall.words


async def test_a_jump_during_a_pause_is_shown_at_once(hall: Hall) -> None:
    hall.start()
    await hall.wait(103)
    hall.command(Command.PAUSE)
    assert state_of(hall.hass, "sensor", GYM, "interval") == "forward"
    hall.command(Command.PREVIOUS)
    await hall.wait(0.5)
    assert state_of(hall.hass, "sensor", GYM, "interval") == "turn", "on a belt the way back begins with one"


async def test_even_a_muted_coach_says_what_must_be_heard(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[{"entity_id": DOOR, "reaction": "stop"}])
    await _switch(hall, "spoken_cues", on=False)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(3)
    said = ["Careful.", "Stop.", "Session stopped."]
    assert hall.words == [f"{first} Something is behind you." for first in said]
    await hall.dog(there=False)
    await hall.wait(6)
    hall.start()
    await hall.wait(12)
    hall.coordinator.async_command(GYM, Command.STOP, reason=Reason.EMERGENCY)
    await hall.wait(0.5)
    assert hall.words[3:] == ["Press the red stop."]


async def test_nobody_says_the_way_is_clear_who_does_not_look(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[{"entity_id": DOOR, "reaction": "hold"}])
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(0.5)
    await _switch(hall, "obstacle_guard", on=False)
    assert hall.words[-1] == "Nobody watches behind you now. We pause."


async def test_coaching_waits_for_safety_and_only_the_change_is_said_afterwards(hall: Hall) -> None:
    hall.start()
    await hall.wait(17)
    await hall.dog(there=True)
    await hall.wait(2)
    assert hall.words[-1] == "Careful. Something is behind you.", "and not the form cue of second 18"
    await hall.wait(51 - 1)
    await hall.dog(there=True)
    assert hall.words[-1] == "Careful. Something is behind you."
    await hall.wait(3.5, step=0.1)
    assert hall.words[-1] == "Turn."
    assert 71 < hall.heard[-1][0] < 73


@pytest.mark.rooms("Garage")
async def test_a_lost_sensor_holds_however_often_another_one_blinks(open_hall: OpenHall) -> None:
    other = "binary_sensor.garage_rear_sensor_obstacle"
    hall = await open_hall(obstacles=[{"entity_id": DOOR}, {"entity_id": other}])
    hall.start()
    await hall.wait(12)
    plug = {"entity_id": "switch.gym_rear_sensor_plugged_in"}
    await hall.hass.services.async_call("switch", "turn_off", plug, blocking=True)
    for _ in range(2):
        await hall.wait(3)
        await hall.press_other("garage_rear_sensor_dog_walks_in")
        await hall.wait(1.5)
        await hall.press_other("garage_rear_sensor_dog_leaves")
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.RUNNING
    await hall.wait(1.5)
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.HELD


async def test_light_cues_that_are_switched_off_leave_a_warning_on(hall: Hall) -> None:
    before = hall.state(STRIP)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await _switch(hall, "light_cues", on=False)
    assert hall.colour() == AMBER
    await hall.wait(12)
    assert hall.state(STRIP) == before
    hall.command(Command.PAUSE)
    await hall.wait(1)
    assert hall.state(STRIP) == before, "a pause shows nothing either"


@pytest.mark.logs
async def test_whoever_fails_at_hearing_of_it_keeps_it_from_nobody_else(
    hall: Hall, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_events: object) -> None:
        raise RuntimeError("not today")

    live = hall.coordinator.live(GYM)
    live.async_subscribe(fail)
    live._listeners.insert(0, live._listeners.pop())  # noqa: SLF001 - the coach is the first; this one is before it
    hall.start()
    await hall.wait(12)
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.RUNNING
    assert hall.colour() == BLUE
    assert "not today" in caplog.text


async def test_a_guard_that_is_switched_on_before_a_dog_ends_the_session_at_once(open_hall: OpenHall) -> None:
    hall = await open_hall(obstacles=[{"entity_id": DOOR, "reaction": "stop"}])
    await _switch(hall, "obstacle_guard", on=False)
    hall.start()
    await hall.wait(12)
    await hall.dog(there=True)
    await _switch(hall, "obstacle_guard", on=True)
    await hall.wait(3)
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.STOPPED


async def test_an_obstacle_in_the_last_instant_holds_nothing(
    open_hall: OpenHall, freezer: FrozenDateTimeFactory
) -> None:
    """The session was over before it, and nobody had noticed yet."""
    hall = await open_hall(obstacles=[{"entity_id": DOOR, "reaction": "hold"}])
    hall.start()
    await hall.wait(159)
    await hall.dog(there=True)
    await hall.dog(there=False)
    freezer.tick(timedelta(seconds=1.2))
    await hall.dog(there=True)
    await hall.wait(0.5)
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.COMPLETED
    await hall.wait(6)


@pytest.mark.logs
async def test_a_lamp_that_fails_to_go_back_is_tried_again(hass: HomeAssistant, open_hall: OpenHall) -> None:
    hall = await open_hall(lights=[LAMP])
    hall.start()
    await hall.wait(12)
    registered = hass.services.async_services_for_domain("light")["turn_off"]

    async def refuse(_call: ServiceCall) -> None:
        raise ServiceValidationError("the bridge is busy")

    hass.services.async_register("light", "turn_off", refuse)
    hall.command(Command.STOP)
    await hall.wait(1)
    assert hall.colour(LAMP) == BLUE
    owed = [{"entity_id": LAMP, "on": False, "data": {}}]
    assert hall.coordinator.live(GYM).lamps == owed
    hass.services._services["light"]["turn_off"] = registered  # noqa: SLF001 - as it was
    entry = hall.coordinator.entry
    hass.config_entries.async_update_subentry(entry, entry.subentries[GYM], title="Other gym")
    await hall.wait(1)
    assert hall.state(LAMP)[0] == "off"
    assert hall.coordinator.live(GYM).lamps == []


async def test_before_home_assistant_has_started_nothing_that_is_owed_is_forgotten(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    lamps = [{"entity_id": STRIP, "on": False, "data": {}}]
    store: Store[dict[str, Any]] = Store(hass, 1, f"backstride.place.{GYM}")
    await store.async_save({"lamps": lamps})
    hass.set_state(CoreState.starting)
    hall = await open_hall()
    await _switch(hall, "light_cues", on=False)
    assert hall.coordinator.live(GYM).lamps == lamps
    hass.set_state(CoreState.running)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await hall.wait(1)
    assert hall.coordinator.live(GYM).lamps == []


async def test_of_two_places_that_share_a_lamp_the_last_puts_it_back(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await open_hall(lights=[STRIP])
    entry = hall.coordinator.entry
    data = {**entry.subentries[HALL].data, "lights": [STRIP]}
    hass.config_entries.async_update_subentry(entry, entry.subentries[HALL], data=data)
    await hass.async_block_till_done()
    hall.start()
    await hall.wait(12)
    hall.coordinator.async_start(HALL, athlete_id=BEN, workout=hall.coordinator.chosen_workout(HALL))
    await hall.wait(12)
    hall.command(Command.STOP)
    await hall.wait(1)
    assert hall.state(STRIP)[0] == "on", "the other place still shows something"
    assert hall.coordinator.live(GYM).lamps == []
    hall.coordinator.async_command(HALL, Command.STOP)
    await hall.wait(1)
    assert hall.state(STRIP)[0] == "off"


async def test_of_a_single_lamp_too_the_hands_choice_stands(
    open_hall: OpenHall, hass_admin_user: MockUser
) -> None:
    hall = await open_hall(lights=[STRIP])
    hall.start()
    await hall.wait(20)
    hand = Context(user_id=hass_admin_user.id)
    await hall.hass.services.async_call(
        "light", "turn_on", {"entity_id": STRIP, "hs_color": [0, 50]}, blocking=True, context=hand
    )
    await hall.wait(60)
    assert hall.colour() == (0, 50)


async def test_a_test_before_a_session_without_light_cues_is_put_back_too(hall: Hall) -> None:
    before = hall.state(STRIP)
    await _switch(hall, "light_cues", on=False)
    hall.coordinator.coach(GYM).async_test()
    assert hall.colour() == BLUE
    hall.start()
    await hall.wait(1)
    assert hall.state(STRIP) == before


async def test_a_session_after_one_that_ended_with_a_warning_begins_with_the_rooms_own_light(
    open_hall: OpenHall,
) -> None:
    hall = await open_hall(obstacles=[{"entity_id": DOOR, "reaction": "stop"}])
    hall.start()
    await hall.wait(12)
    await hall.dog(there=True)
    await hall.wait(3)
    await hall.dog(there=False)
    hall.start()
    await hall.wait(1)
    assert hall.state(STRIP)[0] == "off"
    hall.command(Command.STOP)
    await hall.wait(1)
    assert hall.state(STRIP)[0] == "off"


async def test_data_that_was_edited_by_hand_unguards_nobody(open_hall: OpenHall) -> None:
    hall = await open_hall(
        obstacles=[{"entity_id": DOOR, "reaction": "shout"}, {"below_m": 1}], lights=None, speakers=[None]
    )
    settings = hall.coordinator.places[GYM]
    assert settings.obstacles == (Obstacle(entity_id=DOOR, reaction=Reaction.HOLD),)
    assert (settings.lights, settings.speakers) == ((), ())
    assert flow_data.to_form(hall.hass, hall.coordinator.entry.subentries[GYM].data)["obstacles"] == [DOOR]


@pytest.mark.logs
@pytest.mark.parametrize("damage", [{"lamps": [{}]}, {"muted": None}])
async def test_a_damaged_checkpoint_is_kept_aside(
    hass: HomeAssistant, open_hall: OpenHall, damage: dict[str, Any]
) -> None:
    store: Store[dict[str, Any]] = Store(hass, 1, f"backstride.place.{GYM}")
    await store.async_save(damage)
    hall = await open_hall()
    assert hall.coordinator.live(GYM).lamps == []
    assert state_of(hass, "sensor", GYM, "session") == "idle"


async def test_a_guard_that_is_switched_off_in_the_middle_says_so(hall: Hall) -> None:
    hall.start()
    await hall.wait(20)
    await _switch(hall, "obstacle_guard", on=False)
    assert hall.words[-1] == "Nobody watches behind you this session."
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.RUNNING


async def test_a_sensor_that_is_back_in_time_holds_nobody(hall: Hall) -> None:
    hall.start()
    await hall.wait(20)
    for action, seconds in (("turn_off", 9), ("turn_on", 5)):
        plug = {"entity_id": "switch.gym_rear_sensor_plugged_in"}
        await hall.hass.services.async_call("switch", action, plug, blocking=True)
        await hall.wait(seconds)
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.RUNNING


async def test_a_pause_just_after_the_dog_left_calms_the_lamps_at_once(hall: Hall) -> None:
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.dog(there=False)
    await hall.wait(1)
    assert hall.colour() == AMBER
    hall.command(Command.PAUSE)
    await hall.wait(5)
    assert hall.colour() == (30, 60)


async def test_a_session_that_ends_within_its_own_start_listens_to_nothing(open_hall: OpenHall) -> None:
    hall = await open_hall(roles={"speed": "sensor.gym_treadmill_speed"})

    def stop(events: SessionEvents) -> None:
        if any(event.kind is EventKind.STARTED for event in events):
            hall.command(Command.STOP)

    hall.coordinator.live(GYM).async_subscribe(stop)
    hall.start()
    assert state_of(hall.hass, "sensor", GYM, "session") == SessionState.STOPPED
    await hall.wait(1)
    assert hall.words[-1] == "Session stopped."


@pytest.mark.logs
async def test_a_voice_that_breaks_leaves_the_lights_and_the_lookout_alone(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("hoarse")

    monkeypatch.setattr(Speaker, "follow", fail)
    hall.start()
    await hall.wait(12)
    assert hall.colour() == BLUE
    await hall.dog(there=True)
    assert hall.colour() == AMBER
    hall.command(Command.STOP)
    await hall.wait(6)
    assert hall.coordinator.live(GYM).lamps == []
    assert "A part failed" in caplog.text
