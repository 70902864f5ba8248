"""An athlete's Android phone says what the coach says, at every place where that athlete walks, and nobody else's does."""

import asyncio

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.session import Command
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .gym.visit import IN_THE_GYM
from .hall import DOOR, PLAYER, Hall, OpenHall
from .listening import words
from .setup import ANNA, BEN, GYM, MINE, state_of

pytestmark = IN_THE_GYM

ACTION, PHONE = "mobile_app_annas_phone", "notify.mobile_app_annas_phone"
FIRST = "Take hold and look ahead. First, walk backward at 1.2."
SILENT: dict[str, object] = {"speakers": [], "tts_engine": None, "lights": [], "obstacles": []}


def carry(hall: Hall, athlete: str = ANNA, *, speaks: bool = True, target: str = PHONE) -> None:
    """Give an athlete an Android phone."""
    entry = hall.coordinator.entry
    data = dict(entry.subentries[athlete].data) | {"notify": target, "phone_speaks": speaks}
    hall.hass.config_entries.async_update_subentry(entry, entry.subentries[athlete], data=data)


def said(calls: list[ServiceCall]) -> list[str]:
    """Give what a phone was to say, in its order."""
    return [call.data["data"]["tts_text"] for call in calls if call.data["message"] == "TTS"]


def silenced(calls: list[ServiceCall]) -> int:
    return [call.data["message"] for call in calls].count("command_stop_tts")


@pytest.fixture
def calls(hass: HomeAssistant) -> list[ServiceCall]:
    MockConfigEntry(
        domain="mobile_app", data={"device_name": "Annas Phone", "manufacturer": "Fairphone"}
    ).add_to_hass(hass)
    return async_mock_service(hass, "notify", ACTION)


@pytest.mark.usefixtures("calls")
async def test_a_warning_whose_push_takes_its_time_is_not_called_back_for_a_change(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await open_hall(**SILENT | {"obstacles": [{"entity_id": DOOR, "reaction": "remind"}]})
    carry(hall)
    over, pushed, called_back = asyncio.Event(), list[str](), list[str]()

    async def push(call: ServiceCall) -> None:
        text = str(call.data["data"].get("tts_text"))
        pushed.append(text)
        try:
            if text.startswith("Careful"):
                await over.wait()
        except asyncio.CancelledError:
            called_back.append(text)
            raise

    hass.services.async_register("notify", ACTION, push)
    hall.start()
    await hall.wait(66)
    hall.hass.states.async_set(DOOR, "on")
    await hall.wait_beside_what_hangs(6)
    assert "Careful. Something is behind you." in pushed
    assert called_back == []
    over.set()
    hall.hass.states.async_set(DOOR, "off")
    await hall.wait(8)
    assert "Turn." in pushed or "Feet on the side rails and turn around." in pushed, "it is said after it"


async def test_it_is_the_only_speaker_and_says_what_matters_when_it_is_due(
    open_hall: OpenHall, calls: list[ServiceCall]
) -> None:
    hall = await open_hall(**SILENT)
    carry(hall)
    hall.start()
    await hall.wait(9)
    assert said(calls) == [FIRST]
    await hall.wait(1.5)
    assert said(calls) == [FIRST, "Walk backward at 1.2, one minute."]
    await hall.wait(160)
    assert state_of(hall.hass, "sensor", GYM, "session") == "completed"
    spoken = said(calls)
    assert not {"Three.", "Two.", "One.", "Turn in five.", "Head up, stand tall."} & set(spoken), (
        "a push service takes just so many a day"
    )
    assert spoken.count("Feet on the side rails and turn around.") == 1
    assert spoken[-2:] == [
        "Well done. Your session is complete.",
        "That is the first day of a new streak.",
    ]
    told = [call.data["data"] for call in calls if call.data["message"] == "TTS"]
    assert all(data["ttl"] == 0 and data["priority"] == "high" for data in told), "late words are dropped"
    assert not any("media_stream" in data for data in told), "coaching is as loud as music"


async def test_it_speaks_beside_the_speakers_of_the_place(
    open_hall: OpenHall, calls: list[ServiceCall]
) -> None:
    hall = await open_hall()
    carry(hall)
    hall.start()
    await hall.wait(11)
    assert said(calls) == [FIRST, "Walk backward at 1.2, one minute."]
    assert words(hall, PLAYER) == [FIRST, "Three.", "Two.", "One.", "Walk backward at 1.2, one minute."]


async def test_a_warning_is_heard_although_its_media_are_muted(
    open_hall: OpenHall, calls: list[ServiceCall]
) -> None:
    hall = await open_hall(**SILENT | {"obstacles": [{"entity_id": DOOR}]})
    carry(hall)
    hall.start()
    await hall.wait(12)
    await hall.dog(there=True)
    warning = calls[-1].data["data"]
    assert warning["tts_text"] == "Careful. Something is behind you."
    assert warning["media_stream"] == "alarm_stream"


async def test_muting_breaks_off_what_it_says(open_hall: OpenHall, calls: list[ServiceCall]) -> None:
    hall = await open_hall(**SILENT)
    carry(hall)
    hall.start()
    await hall.wait(1)
    before = silenced(calls)
    spoken = {"entity_id": "switch.gym_spoken_cues"}
    await hall.hass.services.async_call("switch", "turn_off", spoken, blocking=True)
    await hall.wait(30)
    assert (silenced(calls) - before, said(calls)) == (1, [FIRST])


async def test_only_the_phone_of_who_walks_speaks_and_only_where_that_was_wanted(
    open_hall: OpenHall, calls: list[ServiceCall]
) -> None:
    hall = await open_hall(**SILENT)
    carry(hall)
    workout = hall.coordinator.workouts[MINE]
    hall.coordinator.async_start(GYM, athlete_id=BEN, workout=workout)
    await hall.wait(12)
    assert said(calls) == []
    hall.command(Command.STOP)
    await hall.wait(70)
    carry(hall, speaks=False)
    hall.start()
    await hall.wait(12)
    assert said(calls) == [], "it only shows"


async def test_while_nobody_walks_it_is_that_of_who_is_chosen_next(
    open_hall: OpenHall, calls: list[ServiceCall]
) -> None:
    hall = await open_hall(**SILENT)
    carry(hall)
    await hall.press("test_sound_and_lights")
    await hall.wait(2)
    assert said(calls) == [], "nobody is chosen yet"
    await hall.wait(20)
    await hall.hass.services.async_call(
        "select", "select_option", {"entity_id": "select.gym_athlete", "option": "Anna"}, blocking=True
    )
    await hall.press("test_sound_and_lights")
    await hall.wait(2)
    assert said(calls) == ["This is your coach. You will hear me here."]


@pytest.mark.logs
async def test_one_that_fails_is_named_once_and_the_session_goes_on(
    hass: HomeAssistant, open_hall: OpenHall, calls: list[ServiceCall], caplog: pytest.LogCaptureFixture
) -> None:
    hall = await open_hall(**SILENT)
    carry(hall)
    async_mock_service(hass, "notify", ACTION, raise_exception=HomeAssistantError("too many today"))
    hall.start()
    await hall.wait(30)
    assert state_of(hass, "sensor", GYM, "interval") == "backward"
    assert said(calls) == []
    assert caplog.text.count(f"{PHONE} failed at {PHONE}") == 1


async def test_where_it_is_the_only_speaker_and_gone_nothing_starts(
    hass: HomeAssistant, open_hall: OpenHall, calls: list[ServiceCall]
) -> None:
    hall = await open_hall(**SILENT)
    carry(hall)
    hass.services.async_remove("notify", ACTION)
    with pytest.raises(ServiceValidationError, match="annas_phone"):
        hall.start()
    assert calls == []


async def test_a_stumble_is_answered_at_once_and_as_loud_as_a_warning(
    open_hall: OpenHall, calls: list[ServiceCall]
) -> None:
    hall = await open_hall(**SILENT)
    carry(hall)
    hall.start()
    await hall.wait(12)
    hall.coordinator.async_command(GYM, Command.STOP, reason=Reason.STUMBLE)
    await hall.wait(1)
    last = [call.data["data"] for call in calls if call.data["message"] == "TTS"][-1]
    assert last == {
        "tts_text": "Hold on. Feet on the side rails.",
        "media_stream": "alarm_stream",
        "ttl": 0,
        "priority": "high",
    }
