"""Before a session starts: what stands in its way is told by every door, and what to see to is shown."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.backstride.const import DOMAIN, SubentryType
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.place import Requirement
from custom_components.backstride.engine.preflight import Blocker, Reminder
from custom_components.backstride.engine.session import Command
from custom_components.backstride.selection import Selection
from custom_components.backstride.starting import Conditions
from homeassistant.core import Event, HomeAssistant, ServiceCall, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event, async_track_state_report_event

from .gym.visit import async_do
from .hall import STRIP, OpenHall
from .setup import (
    ANNA,
    BEN,
    GYM,
    HALL,
    MINE,
    async_set_up,
    async_tick,
    new_entry,
    state_of,
    subentries,
    subentry,
)

pytestmark = [
    pytest.mark.usefixtures("gym_can_be_found"),
    # Home Assistant's web server keeps an old name for other integrations, of which the library under it warns.
    pytest.mark.filterwarnings("ignore:It is recommended to use web.AppKey"),
]

REAR, RADAR = "binary_sensor.rear", "sensor.radar"
BELT, PLUG = "sensor.belt", "binary_sensor.plug"
SATELLITE, BOX, VOICE = "assist_satellite.gym", "media_player.box", "tts.voice"
KMH, MPH = {"unit_of_measurement": "km/h"}, {"unit_of_measurement": "mph"}
NOON = "2026-03-02 12:00:00+00:00"


class Room:
    """A place around which everything is a state that somebody writes, and which is heard."""

    def __init__(self, hass: HomeAssistant, coordinator: Coordinator, said: list[str]) -> None:
        """Be set up."""
        self.hass = hass
        self.coordinator = coordinator
        self.said = said

    def start(self, **wishes: Any) -> None:
        how = {key: wishes.pop(key) for key in ("override", "confirmed") if key in wishes}
        wanted = {"athlete_id": ANNA, "workout": self.coordinator.workouts[MINE], **wishes}
        self.coordinator.async_start(GYM, **wanted, how=Conditions(**how))

    def refused(self, **wishes: Any) -> str:
        """Be refused, with nothing begun, and give what is listed."""
        with pytest.raises(ServiceValidationError) as caught:
            self.start(**wishes)
        assert caught.value.translation_key == "not_ready"
        assert not self.coordinator.is_on(GYM)
        placeholders = caught.value.translation_placeholders or {}
        assert placeholders["place"] == "Gym"
        return placeholders["blockers"]

    @property
    def kinds(self) -> list[Blocker]:
        """What stands in the way now."""
        return [each.kind for each in self.coordinator.check(GYM).blockers]

    @property
    def ready(self) -> tuple[str, list[str], list[str]]:
        """What the binary sensor says."""
        state = self.hass.states.get("binary_sensor.gym_ready")
        assert state is not None
        return state.state, state.attributes["blockers"], state.attributes["reminders"]

    async def change(self, **data: Any) -> None:
        """Set the place up anew."""
        entry = self.coordinator.entry
        place = entry.subentries[GYM]
        self.hass.config_entries.async_update_subentry(entry, place, data={**place.data, **data})
        await self.hass.async_block_till_done()

    async def ask(self, action: str, **data: Any) -> dict[str, Any]:
        """Call an action that answers."""
        response: dict[str, Any] | None = await self.hass.services.async_call(
            DOMAIN, action, data, blocking=True, return_response=True
        )
        await self.hass.async_block_till_done(wait_background_tasks=True)
        assert response is not None
        return response


type OpenRoom = Callable[..., Awaitable[Room]]

EVERYTHING: dict[str, Any] = {
    "kind": "treadmill",
    "roles": {"speed": BELT, "belt_running": PLUG},
    "obstacles": [{"entity_id": REAR}, {"entity_id": RADAR, "below_m": 1.0}],
    "speakers": [SATELLITE],
}


@pytest.fixture
async def open_room(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> AsyncIterator[OpenRoom]:
    """Give a way to set up a gym in which all is well."""
    freezer.move_to(NOON)
    await hass.config.async_set_time_zone("UTC")
    said: list[str] = []

    @callback
    def announce(call: ServiceCall) -> None:
        said.append(call.data["message"])

    hass.services.async_register("assist_satellite", "announce", announce)
    hass.services.async_register("tts", "speak", announce)
    hass.states.async_set(REAR, "off")
    hass.states.async_set(RADAR, "2.0", {"unit_of_measurement": "m"})
    hass.states.async_set(BELT, "0", KMH)
    hass.states.async_set(PLUG, "off")
    for speaker in (SATELLITE, BOX):
        hass.states.async_set(speaker, "idle")
    opened: list[Room] = []

    async def open_it(**data: Any) -> Room:
        others = [each for each in subentries() if each["subentry_id"] != GYM]
        entry = new_entry(*others, subentry(SubentryType.PLACE, GYM, "Gym", {**EVERYTHING, **data}))
        coordinator = await async_set_up(hass, entry)
        coordinator.async_choose(GYM, Selection(workout_id=MINE, athlete_id=ANNA))
        opened.append(Room(hass, coordinator, said))
        return opened[-1]

    yield open_it
    for room in opened:
        await hass.config_entries.async_unload(room.coordinator.entry.entry_id)


@pytest.fixture
async def room(open_room: OpenRoom) -> Room:
    """Give a gym in which all is well."""
    return await open_room()


def use_mph(hass: HomeAssistant, miles: str) -> None:
    hass.states.async_set(BELT, miles, MPH)


# What stands in the way


async def test_where_all_is_well_a_session_starts(room: Room) -> None:
    assert room.kinds == []
    assert room.ready[:2] == ("on", [])
    room.start()
    assert room.coordinator.is_on(GYM)


WRONG: dict[str, tuple[str, str, dict[str, str], list[Blocker]]] = {
    "somebody behind": (REAR, "on", {}, [Blocker.OBSTACLE]),
    "something near": (RADAR, "0.9", {"unit_of_measurement": "m"}, [Blocker.OBSTACLE]),
    "something at the limit": (RADAR, "1.0", {"unit_of_measurement": "m"}, []),
    "a sensor that is unavailable": (REAR, "unavailable", {}, [Blocker.SENSOR_UNSAFE]),
    "a sensor that is unknown": (RADAR, "unknown", {}, [Blocker.SENSOR_UNSAFE]),
    "a speed that is unavailable": (BELT, "unavailable", {}, [Blocker.LINK_LOST]),
    "a speed that is unknown": (BELT, "unknown", {}, [Blocker.LINK_LOST]),
    "a speed that is none": (BELT, "fast", KMH, [Blocker.LINK_LOST]),
    "a speed that cannot be": (BELT, "60", KMH, [Blocker.LINK_LOST]),
    "a plug that is unavailable": (PLUG, "unavailable", {}, [Blocker.LINK_LOST]),
    "a plug that is unknown": (PLUG, "unknown", {}, [Blocker.LINK_LOST]),
    "a plug that is on": (PLUG, "on", {}, []),
    "a belt at 1.6 km/h": (BELT, "1.6", KMH, []),
    "a belt at 1.7 km/h": (BELT, "1.7", KMH, [Blocker.BELT_MOVING]),
    "a belt at 1.0 mph": (BELT, "1.0", MPH, []),
    "a belt at 1.1 mph": (BELT, "1.1", MPH, [Blocker.BELT_MOVING]),
    "a speaker that is gone": (SATELLITE, "unavailable", {}, [Blocker.SPEAKER_LOST]),
    "a speaker that never spoke": (SATELLITE, "unknown", {}, []),
}


@pytest.mark.parametrize(("what", "says", "attributes", "found"), WRONG.values(), ids=WRONG)
async def test_what_is_wrong_at_the_instant_of_a_start_stands_in_its_way(
    room: Room, what: str, says: str, attributes: dict[str, str], found: list[Blocker]
) -> None:
    room.hass.states.async_set(what, says, attributes)
    assert room.kinds == found
    if found:
        state = room.hass.states.get(what)
        assert state is not None
        assert f"({state.name})" in room.refused()
    else:
        room.start()


@pytest.mark.parametrize(
    ("what", "found"),
    [
        (REAR, Blocker.SENSOR_UNSAFE),
        (BELT, Blocker.LINK_LOST),
        (PLUG, Blocker.LINK_LOST),
        (SATELLITE, Blocker.SPEAKER_LOST),
    ],
)
async def test_what_is_missing_stands_in_the_way_and_is_called_by_its_id(
    room: Room, what: str, found: Blocker
) -> None:
    room.hass.states.async_remove(what)
    assert room.kinds == [found]
    assert f"({what})" in room.refused()


async def test_a_sensor_that_is_disabled_is_missing(hass: HomeAssistant, room: Room) -> None:
    entry = er.async_get(hass).async_get_or_create(
        "sensor", "mill", "speed", suggested_object_id="mill", disabled_by=er.RegistryEntryDisabler.USER
    )
    await room.change(roles={"speed": entry.id})
    assert room.kinds == [Blocker.LINK_LOST]


async def test_what_tells_of_the_belt_in_two_ways_is_named_once(room: Room) -> None:
    await room.change(roles={"speed": BELT, "belt_running": BELT})
    room.hass.states.async_set(BELT, "unavailable")
    assert room.kinds == [Blocker.LINK_LOST]


@pytest.mark.parametrize("steered", [False, True], ids=["steered by hand", "steered"])
async def test_only_a_belt_that_is_steered_must_be_measured(room: Room, steered: bool) -> None:
    await room.change(roles={}, belt_control=steered)
    assert room.kinds == ([Blocker.BELT_UNSEEN] if steered else [])


async def test_an_obstacle_that_comes_after_the_start_is_the_lookouts(room: Room) -> None:
    room.start()
    room.hass.states.async_set(REAR, "on")
    await room.hass.async_block_till_done(wait_background_tasks=True)
    assert room.said[-1] == "Careful. Something is behind you."
    assert room.ready[0] == "off"


async def test_all_that_stands_in_the_way_is_listed_in_words(hass: HomeAssistant, room: Room) -> None:
    hass.states.async_set(REAR, "on", {"friendly_name": "Rear sensor"})
    hass.states.async_set(BELT, "unavailable", {"friendly_name": "Belt speed"})
    listed = room.refused()
    assert listed == (
        "Something is in the way (Rear sensor); "
        "The machine cannot be reached (Belt speed): switch it on, or see to its connection"
    )
    with pytest.raises(ServiceValidationError, match=r"^Gym is not ready\. Something is in the way"):
        room.start()


async def test_an_override_passes_over_all_but_a_moving_belt(hass: HomeAssistant, room: Room) -> None:
    hass.states.async_set(REAR, "on")
    hass.states.async_set(PLUG, "unavailable")
    hass.states.async_set(BELT, "1.7", KMH)
    assert room.refused(override=True) == (
        "The belt already runs faster than 1.6 km/h (belt): slow it down or stop it"
    )
    hass.states.async_set(BELT, "1.6", KMH)
    room.start(override=True)
    assert room.coordinator.is_on(GYM)


async def test_where_the_guard_is_off_for_this_session_nothing_behind_stands_in_the_way(room: Room) -> None:
    room.hass.states.async_set(REAR, "on")
    await async_do(room.hass, "switch.turn_off", "switch.gym_obstacle_guard")
    assert (room.kinds, room.ready[0]) == ([], "on")
    assert "the obstacle guard is off" in room.ready[2][0]
    room.start()
    room.coordinator.async_command(GYM, Command.STOP)
    assert room.kinds == [Blocker.OBSTACLE], "the next one is watched again"


# Speakers


async def test_one_speaker_that_is_there_is_enough(room: Room) -> None:
    await room.change(speakers=[SATELLITE, "media_player.gone"])
    assert room.kinds == []


async def test_a_player_needs_a_speech_engine(hass: HomeAssistant, room: Room) -> None:
    await room.change(speakers=[BOX])
    assert room.kinds == [Blocker.NO_VOICE]
    hass.states.async_set(VOICE, "unknown")
    assert room.kinds == []
    hass.states.async_set(VOICE, "unavailable")
    assert room.kinds == [Blocker.NO_VOICE]
    assert "(box)" in room.refused()
    assert room.said == []


async def test_where_none_was_chosen_any_speech_engine_that_is_there_will_do(
    hass: HomeAssistant, room: Room
) -> None:
    hass.states.async_set("tts.aged", "unavailable")
    hass.states.async_set(VOICE, "unknown")
    await room.change(speakers=[BOX])
    assert room.kinds == []
    hass.states.async_set(VOICE, "unavailable")
    await hass.async_block_till_done()
    assert room.ready[0] == "off"
    hass.states.async_set("tts.aged", "unknown")
    await hass.async_block_till_done()
    assert room.ready[0] == "on"


async def test_a_speech_engine_that_was_chosen_is_the_one_that_is_needed(
    hass: HomeAssistant, room: Room
) -> None:
    hass.states.async_set(VOICE, "unknown")
    await room.change(speakers=[BOX], tts_engine="tts.other")
    assert room.kinds == [Blocker.NO_VOICE]
    hass.states.async_set("tts.other", "unknown")
    assert room.kinds == []


async def test_who_wants_no_spoken_cues_needs_no_speaker(hass: HomeAssistant, room: Room) -> None:
    hass.states.async_set(SATELLITE, "unavailable")
    await async_do(hass, "switch.turn_off", "switch.gym_spoken_cues")
    assert room.kinds == []
    assert room.ready[0] == "on"


# What a workout asks for


@pytest.mark.parametrize("confirmed", ["physio_ok", ["physio_ok", "clip"]])
async def test_what_must_be_confirmed_is_confirmed_for_one_start(
    room: Room, freezer: FrozenDateTimeFactory, confirmed: object
) -> None:
    wish = {"place": GYM, "athlete": BEN, "workout": _physio(room)}
    for _ in range(2):
        with pytest.raises(ServiceValidationError) as caught:
            await room.ask("start_session", **wish)
        assert (caught.value.translation_placeholders or {})["blockers"] == (
            "To be confirmed for each start of this workout: Agreement of a doctor or physiotherapist"
        )
        assert room.said[-1] == "I cannot start. Please confirm this workout."
        await room.ask("start_session", **wish, confirmed=confirmed)
        room.coordinator.async_command(GYM, Command.STOP)
        freezer.tick(5)


async def test_to_confirm_passes_over_nothing_else(hass: HomeAssistant, room: Room) -> None:
    hass.states.async_set(REAR, "on")
    room.refused(confirmed=frozenset(Requirement))


# By every door


async def _press(hass: HomeAssistant) -> None:
    await async_do(hass, "button.press", "button.gym_start")


async def _switch(hass: HomeAssistant) -> None:
    await async_do(hass, "switch.turn_on", "switch.gym_backward_walk")


async def _ask(hass: HomeAssistant) -> None:
    await hass.services.async_call(DOMAIN, "start_session", {"place": GYM}, blocking=True)


@pytest.mark.parametrize("begin", [_press, _switch, _ask], ids=["button", "switch", "action"])
async def test_by_every_door_a_start_is_refused_said_and_changes_nothing(
    hass: HomeAssistant, open_hall: OpenHall, begin: Callable[[HomeAssistant], Awaitable[None]]
) -> None:
    """On the simulated gym's real speaker and lamps."""
    hall = await open_hall()
    await async_do(hass, "select.select_option", "select.gym_athlete", option="Anna")
    await async_do(hass, "select.select_option", "select.gym_next_workout", option="Mine")
    await hall.dog(there=True)
    live = hall.coordinator.live(GYM)
    choice = live.choice
    with pytest.raises(ServiceValidationError, match=r"Something is in the way \(Gym rear sensor Obstacle\)"):
        await begin(hass)
    await hall.wait(1)
    assert hall.words == ["I cannot start. Something is behind you."]
    assert (live.session, live.athlete_id, live.choice, live.lamps) == (None, None, choice, [])
    assert hall.calls == []
    assert hall.colour(STRIP) is None
    assert state_of(hass, "switch", GYM, "backward_walk") == "off"
    await hall.dog(there=False)
    await begin(hass)
    assert hall.coordinator.is_on(GYM)


@pytest.mark.logs
async def test_a_belt_that_starts_a_session_by_itself_is_refused_once_and_never_passes_over_anything(
    room: Room, freezer: FrozenDateTimeFactory, caplog: pytest.LogCaptureFixture
) -> None:
    hass = room.hass
    await room.change(auto_start=True)
    hass.states.async_set(REAR, "on")
    for _ in range(30):
        await async_tick(hass, freezer, 1)
        hass.states.async_set(BELT, "1.2", KMH, force_update=True)
        await hass.async_block_till_done(wait_background_tasks=True)
    assert not room.coordinator.is_on(GYM)
    assert room.said == ["I cannot start. Something is behind you."]
    assert caplog.text.count("the belt was started, but no session: Gym is not ready.") == 1
    hass.states.async_set(REAR, "off")
    for kmh in ("0", "1.2"):
        hass.states.async_set(BELT, kmh, KMH)
        for _ in range(6):
            await async_tick(hass, freezer, 1)
    assert room.coordinator.is_on(GYM)


SAID = {
    "I cannot start. Slow the belt down.": (BELT, "3", KMH),
    "I cannot start. Something is behind you.": (REAR, "on", {}),
    "I cannot start. I cannot see behind.": (REAR, "unavailable", {}),
    "I cannot start. The treadmill is lost.": (PLUG, "unavailable", {}),
}


@pytest.mark.parametrize(("words", "wrong"), SAID.items(), ids=SAID)
async def test_what_stands_in_the_way_is_said(
    hass: HomeAssistant, room: Room, words: str, wrong: tuple[str, str, dict[str, str]]
) -> None:
    hass.states.async_set(*wrong)
    room.refused()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert room.said == [words]


async def test_whatever_stands_in_the_way_is_said_each_kind_once(hass: HomeAssistant, room: Room) -> None:
    hass.states.async_set(BELT, "3", KMH)
    hass.states.async_set(REAR, "on")
    hass.states.async_set(RADAR, "0.5", {"unit_of_measurement": "m"})
    room.refused()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert room.said == ["I cannot start. Slow the belt down. Something is behind you."]


async def test_a_belt_that_cannot_be_seen_is_said_also_to_who_wants_no_cues(room: Room) -> None:
    await async_do(room.hass, "switch.turn_off", "switch.gym_spoken_cues")
    await room.change(roles={}, belt_control=True)
    room.refused()
    await room.hass.async_block_till_done(wait_background_tasks=True)
    assert room.said == ["I cannot start. I cannot see the belt."]


async def test_where_no_speaker_is_reached_nobody_is_told_in_vain(hass: HomeAssistant, room: Room) -> None:
    hass.states.async_set(SATELLITE, "unavailable")
    hass.states.async_set(REAR, "on")
    assert "(gym)" in room.refused()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert room.said == []


async def test_a_session_that_comes_back_paused_is_not_asked_again(hass: HomeAssistant, room: Room) -> None:
    """Who stands on the belt after a restart must be able to go on, or to stop."""
    room.start()
    hass.states.async_set(PLUG, "unavailable")
    assert await hass.config_entries.async_reload(room.coordinator.entry.entry_id)
    await hass.async_block_till_done()
    assert state_of(hass, "sensor", GYM, "session") == "paused"
    await async_do(hass, "button.press", "button.gym_resume")
    assert state_of(hass, "sensor", GYM, "session") == "lead_in"


# Asked before


async def test_a_script_can_ask_first(hass: HomeAssistant, room: Room) -> None:
    hass.states.async_set(REAR, "on", {"friendly_name": "Rear sensor"})
    hass.states.async_set(BELT, "3.1", KMH)
    answer = await room.ask("check_place", place="Gym")
    assert answer["ready"] is False
    assert answer["blockers"] == [
        {
            "kind": "belt_moving",
            "text": "The belt already runs faster than 1.6 km/h (belt): slow it down or stop it",
            "can_override": False,
            "entity_id": BELT,
        },
        {
            "kind": "obstacle",
            "text": "Something is in the way (Rear sensor)",
            "can_override": True,
            "entity_id": REAR,
        },
    ]
    assert [one["kind"] for one in answer["reminders"]] == ["shoes", "clip", "handrail", "clear_behind"]
    assert answer["reminders"][1]["text"].startswith("Clip the safety cord to the back")
    assert room.said == []
    hass.states.async_set(REAR, "off")
    hass.states.async_set(BELT, "0", KMH)
    assert (await room.ask("check_place", place=GYM))["ready"] is True


async def test_it_can_be_asked_for_a_workout_that_is_not_chosen(room: Room) -> None:
    answer = await room.ask("check_place", place=GYM, workout=_physio(room))
    assert answer["blockers"] == [
        {
            "kind": "unconfirmed",
            "text": "To be confirmed for each start of this workout: Agreement of a doctor or physiotherapist",
            "can_override": True,
            "requirement": "physio_ok",
        }
    ]
    assert (await room.ask("check_place", place=GYM))["blockers"] == []


def _physio(room: Room) -> str:
    return next(
        key
        for key, each in room.coordinator.workouts.items()
        if each.requires[-1:] == (Requirement.PHYSIO_OK,)
    )


async def test_while_a_session_is_on_that_is_all_there_is_to_say(hass: HomeAssistant, room: Room) -> None:
    room.start()
    hass.states.async_set(REAR, "on")
    hass.states.async_set(BELT, "3", KMH)
    assert await room.ask("check_place", place=GYM) == {
        "place": "Gym",
        "place_kind": "treadmill",
        "ready": False,
        "blockers": [{"kind": "session_on", "text": "A session is on here", "can_override": False}],
        "reminders": [],
    }
    with pytest.raises(ServiceValidationError, match="already on at Gym"):
        room.start(athlete_id=BEN, override=True)


async def test_where_there_are_several_places_one_is_named(room: Room) -> None:
    with pytest.raises(ServiceValidationError, match="Say which place is meant"):
        await room.ask("check_place")


# Ready, as it is seen


async def test_ready_follows_what_stands_around_the_place(hass: HomeAssistant, room: Room) -> None:
    for what, wrong, right in (
        (REAR, "on", "off"),
        (RADAR, "unavailable", "2"),
        (BELT, "unavailable", "0"),
        (PLUG, "unknown", "off"),
        (SATELLITE, "unavailable", "idle"),
    ):
        hass.states.async_set(what, wrong)
        await hass.async_block_till_done()
        state, blockers, _ = room.ready
        assert (state, len(blockers)) == ("off", 1), what
        hass.states.async_set(what, right, {"unit_of_measurement": "m"} if what == RADAR else {})
        await hass.async_block_till_done()
        assert room.ready[:2] == ("on", []), what


async def test_ready_follows_choices_and_settings(hass: HomeAssistant, room: Room) -> None:
    hass.states.async_set("binary_sensor.window", "on")
    await room.change(obstacles=[{"entity_id": "binary_sensor.window"}])
    assert room.ready[0] == "off"
    hass.states.async_set("binary_sensor.window", "off")
    await hass.async_block_till_done()
    assert room.ready[0] == "on"
    physio = room.coordinator.workouts[_physio(room)]
    await async_do(hass, "select.select_option", "select.gym_next_workout", option=physio.name)
    assert room.ready[0] == "off"
    assert "Agreement" in room.ready[1][0]
    await async_do(hass, "select.select_option", "select.gym_next_workout", option="Mine")
    assert room.ready[0] == "on"


async def test_ready_follows_a_sensor_that_is_renamed(hass: HomeAssistant, room: Room) -> None:
    registry = er.async_get(hass)
    entry = registry.async_get_or_create("binary_sensor", "mill", "rear", suggested_object_id="mill_rear")
    hass.states.async_set(entry.entity_id, "off")
    await room.change(obstacles=[{"entity_id": entry.id}])
    assert room.ready[0] == "on"
    hass.states.async_remove(entry.entity_id)
    await hass.async_block_till_done()
    assert room.ready[0] == "off"
    registry.async_update_entity(entry.entity_id, new_entity_id="binary_sensor.behind")
    hass.states.async_set("binary_sensor.behind", "off")
    await hass.async_block_till_done()
    assert room.ready[0] == "on"
    hass.states.async_set("binary_sensor.behind", "on")
    await hass.async_block_till_done()
    assert room.ready[0] == "off"


async def test_in_a_session_a_sensor_that_is_renamed_is_followed_afterwards(
    hass: HomeAssistant, room: Room
) -> None:
    registry = er.async_get(hass)
    entry = registry.async_get_or_create("binary_sensor", "mill", "plug", suggested_object_id="mill_plug")
    hass.states.async_set(entry.entity_id, "off")
    await room.change(roles={"belt_running": entry.id})
    room.start()
    hass.states.async_remove(entry.entity_id)
    registry.async_update_entity(entry.entity_id, new_entity_id="binary_sensor.mill")
    hass.states.async_set("binary_sensor.mill", "off")
    await hass.async_block_till_done()
    room.coordinator.async_command(GYM, Command.STOP)
    assert room.ready[0] == "on"
    hass.states.async_set("binary_sensor.mill", "unavailable")
    await hass.async_block_till_done()
    assert room.ready[0] == "off"


async def test_ready_waits_for_a_speech_engine_that_comes_late(hass: HomeAssistant, room: Room) -> None:
    """While Home Assistant starts, integrations come in any order."""
    await room.change(speakers=[BOX])
    assert room.ready[0] == "off"
    hass.states.async_set(VOICE, "unknown")
    await hass.async_block_till_done()
    assert room.ready[0] == "on"
    hass.states.async_set(VOICE, "unavailable")
    await hass.async_block_till_done()
    assert room.ready[0] == "off"


async def test_ready_is_off_while_a_session_is_on_and_on_again_after_it(
    room: Room, freezer: FrozenDateTimeFactory
) -> None:
    room.start()
    assert room.ready == ("off", ["A session is on here"], [])
    room.coordinator.async_command(GYM, Command.STOP)
    assert room.ready[:2] == ("on", [])
    await async_tick(room.hass, freezer, 60)
    assert room.ready[:2] == ("on", [])


async def test_ready_is_written_when_what_it_says_changes_and_never_in_between(
    hass: HomeAssistant, room: Room
) -> None:
    written: list[str] = []

    @callback
    def note(event: Event[Any]) -> None:
        written.append(event.data["new_state"].state)

    ready = "binary_sensor.gym_ready"
    async_track_state_change_event(hass, [ready], note)
    async_track_state_report_event(hass, [ready], note)
    for step in range(40):
        hass.states.async_set(BELT, f"{step / 10}", KMH)
        hass.states.async_set(RADAR, f"{1 + step / 10}", {"unit_of_measurement": "m"})
        await hass.async_block_till_done()
    assert written == ["off"], "once, when the belt became too fast"
    hass.states.async_set(BELT, "0", KMH)
    room.start()
    await hass.async_block_till_done()
    assert written == ["off", "on", "off"]
    for what, says in ((REAR, "on"), (BELT, "2"), (SATELLITE, "unavailable"), (PLUG, "on")):
        hass.states.async_set(what, says)
        await hass.async_block_till_done()
    assert written == ["off", "on", "off"], "in a session nothing around it matters"


async def test_what_ready_says_in_words_is_kept_out_of_the_database(room: Room) -> None:
    state = room.hass.states.get("binary_sensor.gym_ready")
    assert state is not None
    assert state.state_info is not None
    assert {"blockers", "reminders"} <= state.state_info["unrecorded_attributes"]


# Reminders


ALL = ["shoes", "clip", "handrail", "clear_behind"]


async def _shown(room: Room, athlete: str = ANNA, **data: Any) -> list[str]:
    """Start and stop, and give what was shown."""
    answer = await room.ask("start_session", place=GYM, athlete=athlete, workout=MINE, **data)
    room.coordinator.async_command(GYM, Command.STOP)
    return [one["kind"] for one in answer["reminders"]]


async def test_each_athlete_is_reminded_once_a_day(
    hass: HomeAssistant, room: Room, freezer: FrozenDateTimeFactory
) -> None:
    assert len(room.ready[2]) == 4
    assert await _shown(room) == ALL
    assert await _shown(room) == []
    assert room.ready[2] == []
    assert await _shown(room, BEN) == ALL
    freezer.move_to("2026-03-02 23:59:59+00:00")
    assert await _shown(room) == []
    freezer.tick(timedelta(seconds=1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    assert len(room.ready[2]) == 4
    assert await _shown(room) == ALL


async def test_who_wants_it_is_reminded_with_every_start(open_room: OpenRoom) -> None:
    room = await open_room(reminders="always")
    assert [await _shown(room) for _ in range(2)] == [ALL, ALL]
    assert len(room.ready[2]) == 4


async def test_of_what_was_shown_at_one_place_nobody_is_reminded_at_another(room: Room) -> None:
    assert await _shown(room) == ALL
    await async_do(room.hass, "select.select_option", "select.hall_athlete", option="Anna")
    state = room.hass.states.get("binary_sensor.hall_ready")
    assert state is not None
    assert [text.partition(" ")[0] for text in state.attributes["reminders"]] == ["Nothing", "Walk"]
    report = room.coordinator.check(HALL)
    assert report.reminders == (Reminder.SILENT, Reminder.CLEAR_GROUND)


async def test_a_start_that_is_refused_reminds_of_nothing(hass: HomeAssistant, room: Room) -> None:
    hass.states.async_set(REAR, "on")
    room.refused()
    hass.states.async_set(REAR, "off")
    assert await _shown(room) == ALL


async def test_what_was_confirmed_needs_no_reminder(room: Room) -> None:
    assert await _shown(room, confirmed=["clip", "clear_behind"]) == ["shoes", "handrail"]


async def test_an_unknown_wish_for_reminders_is_read_as_daily(open_room: OpenRoom) -> None:
    """Data edited by hand must not keep the rest from loading."""
    room = await open_room(reminders="hourly")
    assert room.coordinator.places[GYM].reminders == "daily"
