"""After a session it is asked how it was: aloud, or on the phone; what is answered lands in the record, and nothing else."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
import itertools
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed_exact, async_mock_service

from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.record import Rating
from custom_components.backstride.engine.session import Command
from custom_components.backstride.phones import EVENT_ACTION
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component

from .gym.visit import IN_THE_GYM
from .hall import PLAYER, Hall, halls
from .setup import ANNA, BEN, GYM, HALL
from .test_phones import PHONE, carry

pytestmark = IN_THE_GYM

SATELLITE, EARS = "assist_satellite.gym_satellite", "text.gym_satellite_prepared_answers"
MODULE = "custom_components.virtual_gym.assist_satellite"
EFFORT = "How hard was that, from zero to ten?"
PAIN = "Did anything hurt? Zero is no pain, ten the worst."
AGAIN = "Please say a number from zero to ten."
LONG = 75
"""Seconds: the lead-in, and a minute that is worth a question."""

type OpenRoom = Callable[..., Awaitable[Room]]


class Room(Hall):
    """A hall whose satellite asks, and somebody in it who answers."""

    async def prepare(self, answers: str) -> None:
        await self.hass.services.async_call(
            "text", "set_value", {"entity_id": EARS, "value": answers}, blocking=True
        )

    @property
    def asked(self) -> list[str]:
        """What the satellite asked; everything else it says is a sentence of the coach."""
        state = self.hass.states.get(SATELLITE)
        assert state is not None
        played = [clip["text"] for clip in state.attributes["played"]]
        return [text for text in played if text in {EFFORT, PAIN, AGAIN}]

    async def walk(self, seconds: float = LONG) -> None:
        """Walk for a while, and stop."""
        self.start()
        await self.wait(seconds)
        self.command(Command.STOP)

    async def rating(self) -> Rating:
        """Read how the latest session was found."""
        record = (await self.coordinator.book(ANNA).async_records())[-1]
        return record.rating

    async def pass_time(self, seconds: float) -> None:
        """Let time pass while somebody waits for an answer: whoever waits is not waited for."""
        for _ in range(round(seconds * 2)):
            self.freezer.tick(timedelta(seconds=0.5))
            async_fire_time_changed_exact(self.hass)
            await self.settle()

    async def settle(self) -> None:
        """Let everything happen that can happen at this instant."""
        for _ in range(20):
            await asyncio.sleep(0)
        await self.hass.async_block_till_done()

    async def until(self, happened: Callable[[], bool]) -> None:
        """Let what takes real time, as files do, come to its end."""
        for attempt in itertools.count():
            if happened():
                return
            assert attempt < 1_000_000, "it never happened"
            await asyncio.sleep(0)


@pytest.fixture
async def open_room(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    gym_can_be_found: None,  # noqa: ARG001 - a fixture is asked for by name
) -> AsyncIterator[OpenRoom]:
    """Give a way to open a gym in which a satellite coaches, and asks in no time."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    await hass.config.async_update(internal_url="http://127.0.0.1:8123")
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "assist_satellite", {})
    async with halls(hass, freezer) as open_it:
        monkeypatch.setattr(f"{MODULE}.PACE", 0)

        async def open_room(**place: object) -> Room:
            given: dict[str, Any] = {"speakers": [SATELLITE], "lights": [], "obstacles": []}
            hall = await open_it(**(given | place))
            return Room(hass, freezer, hall.coordinator)

        yield open_room


def answered(calls: list[ServiceCall], title: str) -> dict[str, Any]:
    """Give what comes back when a button of the latest notification is pressed."""
    button = next(each for each in calls[-1].data["data"]["actions"] if each["title"] == title)
    return {"action": button["action"]}


async def answer(hall: Hall, pressed: dict[str, Any], **more: Any) -> None:
    """Answer on a phone."""
    hall.hass.bus.async_fire(EVENT_ACTION, pressed | more)
    await hall.hass.async_block_till_done(wait_background_tasks=True)


def rated(calls: list[ServiceCall]) -> list[tuple[str, list[str]]]:
    """Give what a phone was told about the rating: messages, and the titles of buttons."""
    return [
        (call.data["message"], [each["title"] for each in call.data["data"].get("actions", ())])
        for call in calls
        if call.data["data"]["tag"] == "backstride_rating_anna"
    ]


HOW_HARD = ("How hard was it, from 0 to 10?", ["Easy (2)", "Fine (4)", "Hard (7)", "Another number"])
ANY_PAIN = (
    "Did anything hurt, from 0 to 10?",
    ["No pain (0)", "Some (2)", "A lot (6)", "Another number"],
)
GONE = ("clear_notification", list[str]())


# Aloud


async def test_effort_and_pain_are_asked_aloud_and_land_in_the_record(open_room: OpenRoom) -> None:
    room = await open_room()
    await room.prepare("About a seven.; No, none.")
    await room.walk()
    await room.wait(11)
    assert room.asked == [EFFORT, PAIN]
    assert await room.rating() == Rating(effort=7, pain=0)


async def test_it_is_asked_only_after_the_coachs_last_words(hass: HomeAssistant, open_room: OpenRoom) -> None:
    room = await open_room()
    await room.prepare("3; 0")
    room.start()
    await room.wait(180)
    state = hass.states.get(SATELLITE)
    assert state is not None
    texts = [clip["text"] for clip in state.attributes["played"]]
    last_words = ["Well done. Your session is complete.", "That is the first day of a new streak."]
    assert texts[-4:] == [*last_words, EFFORT, PAIN]


async def test_a_satellite_that_still_answers_somebody_is_not_cut_off(
    hass: HomeAssistant, open_room: OpenRoom
) -> None:
    """A question cancels whatever goes on: who ended the session by voice would not hear that it ended."""
    room = await open_room(speakers=[SATELLITE, PLAYER], tts_engine="tts.virtual_gym_voice")
    await room.prepare("3; 0")
    await room.walk()
    await room.wait(1)
    hass.states.async_set(SATELLITE, "responding", {"supported_features": 3, "played": []})
    await room.pass_time(10)
    assert room.asked == []
    hass.states.async_set(SATELLITE, "idle", {"supported_features": 3, "played": []})
    await room.wait(1)
    assert room.asked == [EFFORT, PAIN]


async def test_what_nobody_understood_is_asked_once_more(open_room: OpenRoom) -> None:
    room = await open_room()
    await room.prepare("Banana; Four; ; Two")
    await room.walk()
    await room.wait(11)
    assert room.asked == [EFFORT, AGAIN, PAIN, AGAIN]
    assert await room.rating() == Rating(effort=4, pain=2)


@pytest.mark.parametrize("answers", ["", "Banana; Apple; 7; 7"])
async def test_after_that_it_is_left(hass: HomeAssistant, open_room: OpenRoom, answers: str) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    room = await open_room()
    carry(room, ANNA, PHONE)
    await room.prepare(answers)
    await room.walk()
    await room.wait(11)
    assert room.asked == [EFFORT, AGAIN]
    assert await room.rating() == Rating()
    assert rated(calls) == [], "who did not answer one question is not asked it elsewhere"


async def test_who_wants_to_answer_nothing_is_asked_nothing_more(open_room: OpenRoom) -> None:
    room = await open_room()
    await room.prepare("5; No thanks.")
    await room.walk()
    await room.wait(11)
    assert room.asked == [EFFORT, PAIN]
    assert await room.rating() == Rating(effort=5)
    await room.prepare("No thanks.")
    await room.walk()
    await room.wait(11)
    assert room.asked == [EFFORT, PAIN, EFFORT]


async def test_a_cry_for_help_is_heard_in_an_answer(hass: HomeAssistant, open_room: OpenRoom) -> None:
    """The belt may still be running out, and while a satellite asks nothing else listens."""
    presses: list[str] = []
    hass.bus.async_listen(
        "call_service", lambda event: presses.append(str(event.data["service_data"].get("entity_id")))
    )
    stop = "button.gym_treadmill_stop"
    room = await open_room(roles={"speed": "sensor.gym_treadmill_speed", "stop": stop})
    await room.press_other("gym_treadmill_start")
    await room.prepare("Stop the treadmill!; 7; 7")
    await room.walk()
    await room.wait(11)
    assert stop in presses
    assert room.asked == [EFFORT]
    assert await room.rating() == Rating()
    await room.wait(70)


async def test_whoever_walks_again_is_asked_nothing(open_room: OpenRoom) -> None:
    room = await open_room()
    await room.prepare("7; 0")
    await room.walk()
    await room.wait(2)
    room.start()
    await room.wait(15)
    assert room.asked == []
    room.command(Command.STOP)
    await room.wait(11)
    assert room.asked == [], "and a few seconds are not worth a question"


async def test_a_session_that_begins_during_a_question_ends_it(
    open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await open_room()
    await room.walk()
    await room.wait(8)
    asking, was_cancelled = _hanging(monkeypatch)
    await room.pass_time(2)
    await room.until(asking.is_set)
    assert room.coordinator.is_on(GYM) is False
    room.start()
    await room.until(was_cancelled.is_set)
    await room.wait(1)
    assert "Take hold and look ahead. First, walk backward at 1.2." in _played(room)[-1:]


async def test_a_word_of_safety_overtakes_a_question(
    open_room: OpenRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = await open_room()
    await room.walk()
    await room.wait(8)
    asking, was_cancelled = _hanging(monkeypatch)
    await room.pass_time(2)
    await room.until(asking.is_set)
    room.coordinator.coach(GYM).async_emergency_stop()
    await room.until(was_cancelled.is_set)
    await room.wait(1)
    assert _played(room)[-1] == "Press the red stop."


async def test_whoever_walks_on_elsewhere_is_asked_nothing_either(open_room: OpenRoom) -> None:
    room = await open_room()
    await room.walk()
    coordinator = room.coordinator
    coordinator.async_start(HALL, athlete_id=ANNA, workout=coordinator.chosen_workout(HALL))
    await room.wait(11)
    assert room.asked == []
    coordinator.async_command(HALL, Command.STOP)
    await room.walk()
    coordinator.async_start(HALL, athlete_id=BEN, workout=coordinator.chosen_workout(HALL))
    await room.wait(11)
    assert room.asked == [EFFORT, AGAIN], "but what somebody else does is none of Anna's concern"
    coordinator.async_command(HALL, Command.STOP)


@pytest.mark.parametrize("reason", [Reason.EMERGENCY, Reason.STUMBLE, Reason.OBSTACLE])
async def test_nobody_chats_with_who_may_be_hurt(
    hass: HomeAssistant, open_room: OpenRoom, reason: Reason
) -> None:
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    room = await open_room()
    carry(room, ANNA, PHONE)
    room.start()
    await room.wait(LONG)
    room.coordinator.async_command(GYM, Command.STOP, reason=reason)
    await room.wait(11)
    assert room.asked == []
    assert rated(calls) == []


async def test_the_questions_are_asked_in_the_language_of_the_server(
    hass: HomeAssistant, open_room: OpenRoom
) -> None:
    hass.config.language = "de"
    room = await open_room()
    await room.prepare("So ungefähr sechs von zehn.; Nein, keine.")
    await room.walk()
    await room.wait(11)
    assert _played(room)[-2:] == [
        "Wie anstrengend war das, von null bis zehn?",
        "Hattest du Schmerzen? Null heißt keine, zehn die schlimmsten.",
    ]
    assert await room.rating() == Rating(effort=6, pain=0)


# On the phone


async def phone_room(
    hass: HomeAssistant, open_room: OpenRoom, **place: object
) -> tuple[Room, list[ServiceCall]]:
    """Open a room in which nobody can ask aloud."""
    calls = async_mock_service(hass, "notify", "mobile_app_annas_phone")
    room = await open_room(**({"speakers": []} | place))
    carry(room, ANNA, PHONE)
    return room, calls


async def test_where_nothing_can_ask_aloud_the_phone_asks(hass: HomeAssistant, open_room: OpenRoom) -> None:
    room, calls = await phone_room(hass, open_room, speakers=[PLAYER])
    await room.walk()
    await room.wait(11)
    assert rated(calls) == [HOW_HARD]
    data = calls[-1].data["data"]
    assert (calls[-1].data["title"], data["persistent"], data["sticky"]) == ("Backstride: Gym", False, True)
    assert [each.get("behavior") for each in data["actions"]] == [None, None, None, "textInput"]
    assert "push" not in data, "this is news"
    assert not {"progress", "live_update", "chronometer"} & data.keys()
    await answer(room, answered(calls, "Hard (7)"))
    assert rated(calls)[1:] == [ANY_PAIN]
    assert await room.rating() == Rating(effort=7)
    await answer(room, answered(calls, "Some (2)"))
    assert rated(calls)[2:] == [GONE]
    assert await room.rating() == Rating(effort=7, pain=2)


async def test_a_muted_coach_asks_on_the_phone(hass: HomeAssistant, open_room: OpenRoom) -> None:
    room, calls = await phone_room(hass, open_room, speakers=[SATELLITE])
    await hass.services.async_call(
        "switch", "turn_off", {"entity_id": "switch.gym_spoken_cues"}, blocking=True
    )
    await room.walk()
    await room.wait(11)
    assert room.asked == []
    assert rated(calls) == [HOW_HARD]


async def test_a_satellite_that_cannot_ask_leaves_it_to_the_phone(
    hass: HomeAssistant, open_room: OpenRoom
) -> None:
    """One that announces only fails at a question, and says so only then."""
    room, calls = await phone_room(hass, open_room, speakers=[SATELLITE])
    await room.walk()
    await room.wait(8)
    hass.states.async_set(SATELLITE, "idle", {"supported_features": 1, "played": []})
    await room.wait(8)
    assert room.asked == []
    assert rated(calls) == [HOW_HARD]


@pytest.mark.logs
@pytest.mark.rooms("Garage")
async def test_the_first_speaker_that_can_ask_does(hass: HomeAssistant, open_room: OpenRoom) -> None:
    speakers = [PLAYER, "assist_satellite.gone", SATELLITE, "assist_satellite.garage_satellite"]
    room, calls = await phone_room(hass, open_room, speakers=speakers)
    await room.prepare("1; 1")
    await room.walk()
    await room.wait(11)
    assert room.asked == [EFFORT, PAIN]
    assert rated(calls) == []


async def test_a_number_can_be_typed(hass: HomeAssistant, open_room: OpenRoom) -> None:
    room, calls = await phone_room(hass, open_room)
    await room.walk()
    await room.wait(11)
    await answer(room, answered(calls, "Another number"), reply_text="nine")
    await answer(room, answered(calls, "Another number"), reply_text="4/10")
    assert await room.rating() == Rating(effort=9, pain=4)
    assert rated(calls) == [HOW_HARD, ANY_PAIN, GONE]


async def test_whoever_answers_at_once_waits_for_the_record(hass: HomeAssistant, open_room: OpenRoom) -> None:
    """It is written to disk while the phone already shows that the session is over."""
    room, _ = await phone_room(hass, open_room)
    await room.walk()
    walked = room.coordinator.session(GYM)
    assert walked is not None
    assert room.coordinator.book(ANNA).last is None
    await answer(room, {"action": f"BACKSTRIDE_PAIN_6_gym_anna_{walked.id}"})
    assert await room.rating() == Rating(pain=6)


@pytest.mark.parametrize("reply", [{"reply_text": "banana"}, {"reply_text": "11"}, {}])
async def test_what_is_no_number_changes_nothing_and_is_asked_again(
    hass: HomeAssistant, open_room: OpenRoom, reply: dict[str, str]
) -> None:
    room, calls = await phone_room(hass, open_room)
    await room.walk()
    await room.wait(11)
    await answer(room, answered(calls, "Another number"), **reply)
    assert await room.rating() == Rating()
    hint = "Please answer with a whole number from 0 to 10"
    assert rated(calls)[1:] == [(f"{hint}\n{HOW_HARD[0]}", HOW_HARD[1])]
    await answer(room, answered(calls, "Easy (2)"))
    assert await room.rating() == Rating(effort=2)


async def test_an_answer_lands_hours_later_after_a_restart_and_after_the_next_session(
    hass: HomeAssistant, open_room: OpenRoom
) -> None:
    room, calls = await phone_room(hass, open_room)
    await room.walk()
    await room.wait(11)
    hard = answered(calls, "Hard (7)")
    await hass.services.async_call(
        "backstride", "rate_session", {"athlete": ANNA, "note": "windy"}, blocking=True
    )
    await room.walk()
    await room.wait(11)
    entry = room.coordinator.entry
    await hass.config_entries.async_unload(entry.entry_id)
    room.freezer.tick(timedelta(hours=5))
    await hass.config_entries.async_setup(entry.entry_id)
    room.coordinator = entry.runtime_data
    calls.clear()
    await answer(room, hard)
    first, second = await room.coordinator.book(ANNA).async_records()
    assert (first.rating, second.rating) == (Rating(effort=7, note="windy"), Rating())
    assert rated(calls) == [ANY_PAIN]
    await answer(room, answered(calls, "No pain (0)"))
    first, second = await room.coordinator.book(ANNA).async_records()
    assert first.rating == Rating(effort=7, pain=0, note="windy")
    assert rated(calls)[1:] == [GONE]


async def test_an_answer_lands_also_where_the_place_is_gone(hass: HomeAssistant, open_room: OpenRoom) -> None:
    room, calls = await phone_room(hass, open_room)
    await room.walk()
    await room.wait(11)
    fine = answered(calls, "Fine (4)")
    hass.config_entries.async_remove_subentry(room.coordinator.entry, GYM)
    await hass.async_block_till_done(wait_background_tasks=True)
    await answer(room, fine)
    assert await room.rating() == Rating(effort=4)
    assert rated(calls)[-1] == ANY_PAIN


async def test_a_place_that_goes_takes_its_questions_along(hass: HomeAssistant, open_room: OpenRoom) -> None:
    room, calls = await phone_room(hass, open_room)
    await room.walk()
    hass.config_entries.async_remove_subentry(room.coordinator.entry, GYM)
    await room.wait(11)
    assert rated(calls) == []


async def test_the_answer_to_a_session_that_was_deleted_is_taken_away(
    hass: HomeAssistant, open_room: OpenRoom
) -> None:
    room, calls = await phone_room(hass, open_room)
    await room.walk()
    await room.wait(11)
    (record,) = await room.coordinator.book(ANNA).async_records()
    await hass.services.async_call(
        "backstride", "delete_session", {"athlete": ANNA, "session_id": record.id}, blocking=True
    )
    await answer(room, answered(calls, "Hard (7)"))
    assert await room.coordinator.book(ANNA).async_records() == []
    assert rated(calls)[1:] == [GONE]


async def test_the_answer_of_an_athlete_who_is_gone_is_for_nobody(
    hass: HomeAssistant, open_room: OpenRoom
) -> None:
    room, calls = await phone_room(hass, open_room)
    await room.walk()
    await room.wait(11)
    hass.config_entries.async_remove_subentry(room.coordinator.entry, ANNA)
    await hass.async_block_till_done(wait_background_tasks=True)
    count = len(calls)
    await answer(room, answered(calls, "Hard (7)"))
    assert len(calls) == count


@pytest.mark.parametrize(
    "action",
    [
        "BACKSTRIDE",
        "BACKSTRIDE_EFFORT_7_gym_anna",
        "BACKSTRIDE_EFFORT_11_gym_anna_1",
        "BACKSTRIDE_EFFORT_x_gym_anna_1",
        "BACKSTRIDE_MOOD_7_gym_anna_1",
        "OTHERS_EFFORT_7_gym_anna_1",
    ],
)
async def test_what_others_ask_on_a_phone_is_none_of_ours(
    hass: HomeAssistant, open_room: OpenRoom, action: str
) -> None:
    room, calls = await phone_room(hass, open_room)
    await answer(room, {"action": action})
    assert calls == []


async def test_a_notify_entity_is_asked_nothing(hass: HomeAssistant, open_room: OpenRoom) -> None:
    """It has no buttons; a card will ask."""
    calls = async_mock_service(hass, "notify", "send_message")
    hass.states.async_set("notify.tv", "unknown")
    room = await open_room(speakers=[])
    carry(room, ANNA, "notify.tv")
    await room.walk()
    await room.wait(11)
    assert len(calls) == 1, "only that the session began"


async def test_who_has_neither_is_asked_nothing(open_room: OpenRoom) -> None:
    room = await open_room(speakers=[])
    await room.walk()
    await room.wait(11)
    assert await room.rating() == Rating()


# What goes wrong


def _played(room: Room) -> list[str]:
    state = room.hass.states.get(SATELLITE)
    assert state is not None
    return [clip["text"] for clip in state.attributes["played"]]


def _hanging(monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """Let the satellite hang at its next question; tells that it was asked, and that it was let off."""
    asked, let_off = asyncio.Event(), asyncio.Event()

    async def hang(*_: object) -> None:
        asked.set()
        try:
            await asyncio.Event().wait()
        finally:
            let_off.set()

    monkeypatch.setattr(f"{MODULE}.Satellite.async_start_conversation", hang)
    return asked, let_off


def named(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        one.getMessage() for one in caplog.records if "backstride" in one.name and one.levelname == "WARNING"
    ]


@pytest.mark.logs
async def test_a_satellite_that_fails_is_named_once_and_the_phone_asks(
    hass: HomeAssistant,
    open_room: OpenRoom,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def fail(*_: object) -> None:
        raise HomeAssistantError("no wifi")

    monkeypatch.setattr(f"{MODULE}.Satellite.async_start_conversation", fail)
    room, calls = await phone_room(hass, open_room, speakers=[SATELLITE])
    await room.walk()
    await room.wait(11)
    assert named(caplog) == [
        f"Gym: {SATELLITE} failed at a question: HomeAssistantError('no wifi'); it asks nothing about this session"
    ]
    assert await room.rating() == Rating()
    assert rated(calls) == [HOW_HARD]


@pytest.mark.logs
async def test_what_a_satellite_did_not_ask_any_more_the_phone_asks(
    hass: HomeAssistant,
    open_room: OpenRoom,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    room, calls = await phone_room(hass, open_room, speakers=[SATELLITE])
    original = "async_internal_ask_question"
    entity = hass.data["entity_components"]["assist_satellite"].get_entity(SATELLITE)
    ask = getattr(entity, original)

    async def only_effort(**asked: Any) -> Any:  # noqa: ANN401 - whatever is answered
        if asked["question"] == PAIN:
            raise ValueError("gone")
        return await ask(**asked)

    monkeypatch.setattr(entity, original, only_effort)
    await room.prepare("7")
    await room.walk()
    await room.wait(11)
    assert await room.rating() == Rating(effort=7)
    assert rated(calls) == [ANY_PAIN]
    assert len(named(caplog)) == 1


@pytest.mark.logs
async def test_a_satellite_that_hangs_is_given_up(
    hass: HomeAssistant,
    open_room: OpenRoom,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    room, calls = await phone_room(hass, open_room, speakers=[SATELLITE])
    await room.walk()
    await room.wait(8)
    asked, let_off = _hanging(monkeypatch)
    await room.pass_time(2)
    await room.until(asked.is_set)
    await room.pass_time(58)
    assert not let_off.is_set()
    await room.pass_time(4)
    await room.until(lambda: bool(rated(calls)))
    assert named(caplog) == [
        f"Gym: {SATELLITE} did not come back from a question within 60 s; it asks nothing about this session"
    ]
    assert rated(calls) == [HOW_HARD]
    assert await room.rating() == Rating()


@pytest.mark.logs
async def test_a_satellite_that_never_rests_is_given_up(
    hass: HomeAssistant, open_room: OpenRoom, caplog: pytest.LogCaptureFixture
) -> None:
    room, calls = await phone_room(hass, open_room, speakers=[SATELLITE])
    await room.walk()
    await room.wait(8)
    hass.states.async_set(SATELLITE, "responding", {"supported_features": 3, "played": []})
    await room.pass_time(40)
    await room.until(lambda: bool(rated(calls)))
    assert named(caplog) == [
        f"Gym: {SATELLITE} is responding and does not come to rest; it asks nothing about this session"
    ]


@pytest.mark.logs
@pytest.mark.parametrize("state", [STATE_UNAVAILABLE, None])
async def test_a_satellite_that_is_unavailable_is_named_and_the_phone_asks(
    hass: HomeAssistant, open_room: OpenRoom, caplog: pytest.LogCaptureFixture, state: str | None
) -> None:
    room, calls = await phone_room(hass, open_room, speakers=[SATELLITE])
    await room.walk()
    await room.wait(8)
    if state is None:
        hass.states.async_remove(SATELLITE)
    else:
        hass.states.async_set(SATELLITE, state, {"supported_features": 3, "played": []})
    await room.wait(8)
    assert named(caplog) == [f"Gym: {SATELLITE} is unavailable; it asks nothing about this session"]
    assert rated(calls) == [HOW_HARD]


@pytest.mark.logs
async def test_a_phone_that_fails_at_a_question_was_named_already(
    hass: HomeAssistant, open_room: OpenRoom, caplog: pytest.LogCaptureFixture
) -> None:
    async_mock_service(
        hass, "notify", "mobile_app_annas_phone", raise_exception=HomeAssistantError("no push")
    )
    room = await open_room(speakers=[])
    carry(room, ANNA, PHONE)
    await room.walk()
    await room.wait(11)
    assert len(named(caplog)) == 1
    assert await room.rating() == Rating()


async def test_an_unloaded_entry_asks_nothing_any_more(hass: HomeAssistant, open_room: OpenRoom) -> None:
    room, calls = await phone_room(hass, open_room)
    await room.walk()
    await room.wait(11)
    hard = answered(calls, "Hard (7)")
    await room.walk()
    entry = room.coordinator.entry
    await hass.config_entries.async_unload(entry.entry_id)
    calls.clear()
    await room.wait(11)
    await answer(room, hard)
    assert rated(calls) == []
    await hass.config_entries.async_setup(entry.entry_id)
    room.coordinator = entry.runtime_data
    assert {record.rating for record in await room.coordinator.book(ANNA).async_records()} == {Rating()}
