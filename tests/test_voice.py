"""What is said to a conversation reaches Backstride, and nothing else does, right after installing."""

import asyncio
from threading import Event
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.backstride import distress
from custom_components.backstride.const import CONF_BLUEPRINTS, CONF_VOICE, DOMAIN, SubentryType
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.session import Command
from custom_components.backstride.grammar import ALWAYS, IN_SESSION, Grammar, Names
from custom_components.backstride.intent import CRIES, EMERGENCY_STOP
from custom_components.backstride.machine.controls import Controls, Stops
from custom_components.backstride.orders import ORDERS
from custom_components.backstride.output.phrases import PHRASES, Phrases, load_phrases
from custom_components.backstride.wish import Wish
from homeassistant.components import conversation
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.components.conversation.trigger import TRIGGER_SCHEMA
from homeassistant.components.person import ATTR_USER_ID
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    intent,
    trigger,
)
from homeassistant.helpers.typing import ConfigType
from homeassistant.setup import async_setup_component

from .conversing import OVER_THE_WEB, async_converse, said
from .setup import (
    ANNA,
    ANYWAY,
    BEN,
    GYM,
    HALL,
    MINE,
    async_set_up,
    async_tick,
    new_entry,
    subentries,
    subentry,
)

pytestmark = [pytest.mark.usefixtures("enable_custom_integrations"), OVER_THE_WEB]

DONE, THEN = ("belt", "session", "nothing"), ("press_stop", "get_help")

EMERGENCIES = (
    "emergency stop",
    "Emergency stop!",
    "Emergency. Stop!",
    "emergency, stop now",
    "emergency stop please",
    "emergency emergency stop",
    "emergency stop, emergency stop",
    "panic stop",
    "e-stop",
    "emergency brake",
    "emergency stop the treadmill",
    "treadmill emergency stop",
    "press the emergency stop",
    "hit the emergency stop button",
    "I need an emergency stop",
    "stop the belt",
    "Stop the belt, stop the belt!",
    "stop the treadmill now",
    "stop the treadmill immediately",
    "please stop the treadmill",
    "stop stop stop the treadmill",
    "stop stop stop stop stop the treadmill",
    "treadmill stop stop stop",
    "help help stop the treadmill",
    "emergency stop emergency stop emergency stop",
    "estop",
    "stop treadmill",
    "stop that belt right now",
    "halt the treadmill",
    "kill the belt",
    "oh my god, stop the treadmill",
    "help me, stop the belt",
    "treadmill stop",
    "the treadmill stop now",
    "make the belt stop",
    "get the treadmill to stop",
    "can you stop the treadmill",
    "could you please stop the belt now",
    "I need you to stop the treadmill",
    "stop the walking pad",
    "stop my running machine",
)
STUMBLES = (
    "I fell",
    "I fell!",
    "I stumbled",
    "I tripped",
    "I slipped",
    "I've fallen",
    "I’ve fallen and I can’t get up",  # noqa: RUF001 - as speech-to-text writes it
    "I have fallen down",
    "I've fallen and can't get up",
    "help, help, I fell",
    "I just fell",
    "I almost fell",
    "I nearly tripped",
    "ouch, I stumbled",
    "help, I fell",
    "help me, I have fallen",
    "I fell over",
    "I fell off the treadmill",
    "I tripped on the belt",
    "I've slipped off the treadmill",
    "she fell off the treadmill",
    "someone has fallen on the treadmill",
    "I lost my balance",
    "I took a fall",
    "I'm falling",
    "report a stumble",
)
NEAR_MISSES = (
    "stop",
    "stop it",
    "stop that",
    "stop the music",
    "stop the song",
    "stop the timer",
    "stop the emergency timer",
    "stop the alarm",
    "stop the conveyor belt timer",
    "stop the vacuum",
    "stop the washing machine",
    "stop the machine",
    "stop the car",
    "stop talking",
    "stop the treadmill in ten minutes",
    "stop the treadmill light",
    "stop the treadmill music",
    "don't stop the treadmill",
    "do not stop the belt",
    "never stop the treadmill",
    "turn off the treadmill light",
    "turn off the treadmill",
    "turn on the treadmill",
    "start the treadmill",
    "is the treadmill on",
    "did the treadmill stop",
    "the treadmill stopped",
    "why did the belt stop",
    "when will the treadmill stop",
    "how do I stop the treadmill",
    "pause the treadmill video",
    "where is the emergency stop",
    "what is an emergency stop",
    "cancel the emergency stop",
    "there is no emergency stop",
    "call the emergency number",
    "emergency",
    "emergency lights on",
    "add belt to my shopping list",
    "add emergency stop button to my shopping list",
    "fasten your seat belt",
    "I stumbled upon a recipe",
    "I stumbled on a great song",
    "I fell asleep",
    "I fell asleep on the treadmill",
    "I fell in love",
    "I fell behind schedule",
    "I tripped the breaker",
    "I slipped the dog a treat",
    "I am falling asleep",
    "I'm falling in love",
    "she fell",
    "the vase fell off the shelf",
    "the phone fell off the treadmill",
    "what happens if I fell",
    "play I'm falling by the beatles",
    "play i stumbled",
    "leaves fall in autumn",
    "set a timer for my trip",
    "report the weather",
    "what is the temperature",
    "turn on the kitchen light",
)


NOT_OURS = "Sorry, I couldn't understand that"


@pytest.fixture(autouse=True)
async def _conversation(hass: HomeAssistant) -> None:
    """Have the conversation of a plain Home Assistant."""
    assert await async_converse(hass)


def walk(coordinator: Coordinator, place_id: str = GYM, athlete_id: str = ANNA) -> None:
    """Begin a session."""
    coordinator.async_start(place_id, athlete_id=athlete_id, workout=coordinator.workouts[MINE], how=ANYWAY)


def reason(coordinator: Coordinator, place_id: str = GYM) -> Reason | None:
    """Tell why the session of a place ended; None while it is on."""
    session = coordinator.session(place_id)
    assert session is not None
    return session.reason


async def test_every_cry_is_understood(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    ended = {}
    for sentence in (*EMERGENCIES, *STUMBLES):
        walk(coordinator)
        assert await said(hass, sentence) == "Session stopped. Press the red stop.", sentence
        ended[sentence] = reason(coordinator)
    assert ended == {
        **dict.fromkeys(EMERGENCIES, Reason.EMERGENCY),
        **dict.fromkeys(STUMBLES, Reason.STUMBLE),
    }


async def test_nothing_else_is_taken_for_a_cry(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    answers = set(load_phrases("en")["answers"].values())
    taken = []
    for sentence in NEAR_MISSES:
        if not coordinator.is_on(GYM):
            walk(coordinator)
            await hass.async_block_till_done(wait_background_tasks=True)
        words = await said(hass, sentence)
        if any(one in words for one in answers):
            taken.append(sentence)
    assert taken == []


@pytest.mark.parametrize("language", sorted(path.stem for path in PHRASES.glob("*.yaml")))
def test_the_sentences_of_a_language_are_ones_a_trigger_takes(language: str) -> None:
    """A rule or a list that a trigger does not know would break the closed grammar of fast speech-to-text, too."""
    grammar = Grammar(load_phrases(language), Names(places={"Gym (up) 2": "gym", "!": "hall"}))
    assert grammar.templates(ALWAYS).keys() == {*CRIES, *ORDERS}
    for section in (ALWAYS, IN_SESSION):
        for templates in grammar.templates(section).values():
            TRIGGER_SCHEMA({"platform": "conversation", "command": templates})
            # Numbers are the only list that a trigger knows by itself.
            plain = [template.replace("{1..240:minutes}", "") for template in templates]
            assert not [template for template in plain if set("<>{}") & set(template)]


@pytest.mark.parametrize("language", sorted(path.stem for path in PHRASES.glob("*.yaml")))
def test_an_answer_is_short_enough_to_be_heard_in_trouble(language: str) -> None:
    answers = load_phrases(language)["answers"]
    begun = {f"{answers[done]} {answers[then]}" for done in DONE for then in THEN}
    whole = {answers[key] for key in answers.keys() - {*DONE, *THEN}}
    assert len(begun) == 6
    assert [one for one in begun | whole if len(one.split()) > 8] == []


# What is done and said


BELT = {"stop": "button.belt_stop"}
HALLWAY = {"kind": "hallway", "clear_length_m": 12.0}
STOPPING, ENDED = "Stopping the belt. Press the red stop.", "Session stopped. Press the red stop."
NO_BELT, NOTHING = "Session stopped. Get help if hurt.", "No session is on. Press the red stop."
SITUATIONS: dict[str, tuple[dict[str, Any], bool, str, str]] = {
    "a belt that may be moved": ({"roles": BELT, "belt_control": True}, True, STOPPING, STOPPING),
    "a belt that may be stopped": ({"roles": BELT}, True, STOPPING, ENDED),
    "a belt out of reach": ({}, True, ENDED, ENDED),
    "a belt and no session": ({"roles": BELT, "belt_control": True}, False, STOPPING, STOPPING),
    "a belt that may be stopped and no session": ({"roles": BELT}, False, STOPPING, NOTHING),
    "a belt out of reach and no session": ({}, False, NOTHING, NOTHING),
    "no belt": (HALLWAY, True, NO_BELT, NO_BELT),
    "neither belt nor session": (
        HALLWAY,
        False,
        "No session is on. Get help if hurt.",
        "No session is on. Get help if hurt.",
    ),
}


@pytest.mark.parametrize(
    ("place", "walks", "sentence", "expected"),
    [
        pytest.param(place, walks, sentence, expected, id=f"{sentence}, {situation}")
        for situation, (place, walks, stopped, stumbled) in SITUATIONS.items()
        for sentence, expected in (("emergency stop", stopped), ("I stumbled", stumbled))
    ],
)
async def test_the_answer_says_what_is_done_and_what_to_do(
    hass: HomeAssistant, place: dict[str, Any], walks: bool, sentence: str, expected: str
) -> None:
    hass.states.async_set("button.belt_stop", "unknown")
    anna, ben, _, _, mine = subentries()
    data = {"kind": "treadmill", **place}
    coordinator = await async_set_up(
        hass, new_entry(anna, ben, subentry(SubentryType.PLACE, GYM, "Gym", data), mine)
    )
    pressed = async_mock_service(hass, "button", "press")
    if walks:
        walk(coordinator)
    assert await said(hass, sentence) == expected
    assert bool(pressed) is (expected == STOPPING)
    assert not coordinator.is_on(GYM)
    # Whoever asks twice is not told off.
    again = await said(hass, sentence)
    assert again.endswith(expected.split(". ")[1])


async def test_an_emergency_stop_ends_every_session_there_is(hass: HomeAssistant) -> None:
    coordinator = await both_walk(hass)
    await said(hass, "emergency stop")
    assert (reason(coordinator, GYM), reason(coordinator, HALL)) == (Reason.EMERGENCY, Reason.EMERGENCY)


@pytest.mark.logs
@pytest.mark.parametrize("cry", ["emergency stop", "I fell"])
async def test_a_machine_that_fails_keeps_no_session_going_anywhere(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, cry: str
) -> None:
    anna, ben, _, hall, mine = subentries()
    data = {"kind": "treadmill", "roles": BELT, "belt_control": True}
    gym = subentry(SubentryType.PLACE, GYM, "Gym", data)
    coordinator = await async_set_up(hass, new_entry(anna, ben, gym, hall, mine))
    walk(coordinator)
    walk(coordinator, HALL, BEN)

    def fail(_controls: Controls) -> Stops:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setattr(Controls, "stops", fail)
    assert await said(hass, cry) == STOPPING
    assert not coordinator.is_on(GYM)
    assert not coordinator.is_on(HALL)
    monkeypatch.undo()


# Who stumbled


async def both_walk(hass: HomeAssistant) -> Coordinator:
    """Have Anna walk in the gym and Ben in the hall; each place and satellite is in the area of its name."""
    state = er.async_get(hass).async_get_or_create("person", "person", "anna", object_id_base="anna")
    hass.states.async_set(state.entity_id, "home", {ATTR_USER_ID: "user of Anna"})
    anna, *others = subentries()
    coordinator = await async_set_up(
        hass, new_entry({**anna, "data": {**anna["data"], "person": state.entity_id}}, *others)
    )
    for place in (GYM, HALL):
        area = ar.async_get(hass).async_create(place)
        devices = dr.async_get(hass)
        device = devices.async_get_device_by_identifier((DOMAIN, place), coordinator.entry.entry_id)
        assert device is not None
        devices.async_update_device(device.id, area_id=area.id)
        satellite = er.async_get(hass).async_get_or_create("assist_satellite", "esphome", place)
        er.async_get(hass).async_update_entity(satellite.entity_id, area_id=area.id)
    walk(coordinator)
    walk(coordinator, HALL, BEN)
    return coordinator


def device_in(hass: HomeAssistant, area: str) -> str:
    """Give the id of a device that listens somewhere."""
    entry = MockConfigEntry(domain="esphome")
    entry.add_to_hass(hass)
    devices = dr.async_get(hass)
    device = devices.async_get_or_create(config_entry_id=entry.entry_id, identifiers={("esphome", area)})
    devices.async_update_device(device.id, area_id=ar.async_get(hass).async_get_or_create(area).id)
    return device.id


async def test_of_two_who_walk_the_one_where_it_was_said_stumbled(hass: HomeAssistant) -> None:
    coordinator = await both_walk(hass)
    await said(hass, "I stumbled", satellite_id="assist_satellite.esphome_hall")
    assert coordinator.is_on(GYM)
    assert reason(coordinator, HALL) is Reason.STUMBLE


async def test_a_device_that_listens_says_where_it_was_said(hass: HomeAssistant) -> None:
    coordinator = await both_walk(hass)
    await said(hass, "I stumbled", device_id=device_in(hass, GYM))
    assert coordinator.is_on(HALL)
    assert reason(coordinator, GYM) is Reason.STUMBLE


async def test_a_sentence_of_the_users_own_says_where_it_was_said(hass: HomeAssistant) -> None:
    """Home Assistant fills this slot in for sentences in files, where nobody asks our triggers."""
    coordinator = await both_walk(hass)
    await intent.async_handle(hass, "test", "BackstrideStumble", {"preferred_area_id": {"value": HALL}})
    assert coordinator.is_on(GYM)
    assert reason(coordinator, HALL) is Reason.STUMBLE


async def test_whoever_is_known_stumbled_where_they_walk(hass: HomeAssistant) -> None:
    coordinator = await both_walk(hass)
    await said(hass, "I stumbled", user_id="user of Anna")
    assert coordinator.is_on(HALL)
    assert reason(coordinator, GYM) is Reason.STUMBLE


async def test_at_a_tablet_of_somebody_else_both_may_have_stumbled(hass: HomeAssistant) -> None:
    """A stumble too many can be taken back; a belt that goes on under somebody cannot."""
    coordinator = await both_walk(hass)
    await said(hass, "I stumbled", user_id="user of Anna", device_id=device_in(hass, HALL))
    assert reason(coordinator, GYM) is reason(coordinator, HALL) is Reason.STUMBLE


async def test_what_is_said_in_a_room_steers_the_walk_there_whoever_is_signed_in(hass: HomeAssistant) -> None:
    coordinator = await both_walk(hass)
    await said(hass, "stop the walk", user_id="user of Anna", device_id=device_in(hass, HALL))
    assert coordinator.is_on(GYM)
    assert not coordinator.is_on(HALL)


UNCLEAR: dict[str, dict[str, Any]] = {
    "nobody knows who": {},
    "somebody without a session": {"user_id": "somebody else"},
    "a satellite nobody knows": {"satellite_id": "assist_satellite.new"},
}


@pytest.mark.parametrize("who", UNCLEAR.values(), ids=UNCLEAR)
async def test_where_nobody_can_tell_who_stumbled_everybody_is_stopped(
    hass: HomeAssistant, who: dict[str, Any]
) -> None:
    """A belt that goes on under somebody who lies on it is worse than a session that ends for nothing."""
    coordinator = await both_walk(hass)
    await said(hass, "I fell", **who)
    assert (reason(coordinator, GYM), reason(coordinator, HALL)) == (Reason.STUMBLE, Reason.STUMBLE)


async def test_a_place_where_nobody_walks_is_stopped_beside_the_one_where_somebody_does(
    hass: HomeAssistant,
) -> None:
    coordinator = await both_walk(hass)
    coordinator.async_command(GYM, Command.STOP)
    relief = distress.async_stumbled(coordinator, Wish(area_id=GYM))
    assert reason(coordinator, HALL) is Reason.STUMBLE
    assert relief == distress.Relief(has_belt=True, stops_belt=False, ended=True)


NAMED: dict[str, tuple[Any, list[str]]] = {
    "by name": ("hall", [HALL]),
    "by id": (GYM, [GYM]),
    "by a name nobody knows": ("Cellar", [GYM, HALL]),
    "by nothing": ("  ", [GYM, HALL]),
    "by what is no name": (3, [GYM, HALL]),
}


@pytest.mark.parametrize("cry", CRIES)
@pytest.mark.parametrize(("named", "expected"), NAMED.values(), ids=NAMED)
async def test_a_place_may_be_named_and_a_wrong_name_stops_nobody_from_helping(
    hass: HomeAssistant, cry: str, named: object, expected: list[str]
) -> None:
    coordinator = await both_walk(hass)
    response = await intent.async_handle(hass, "test", cry, {"place": {"value": named}})
    assert response.response_type is intent.IntentResponseType.ACTION_DONE
    assert [place for place in (GYM, HALL) if not coordinator.is_on(place)] == expected


# Where others listen, and where something is missing


async def test_a_pipeline_in_another_language_hears_it_all_the_same(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    walk(coordinator)
    await said(hass, "Emergency stop", language="de")
    assert reason(coordinator) is Reason.EMERGENCY


async def test_an_automation_with_the_same_sentence_runs_all_the_same(hass: HomeAssistant) -> None:
    calls = async_mock_service(hass, "test", "automation")
    automation = {
        "trigger": {"platform": "conversation", "command": ["I fell"]},
        "action": {"action": "test.automation"},
    }
    assert await async_setup_component(hass, "automation", {"automation": automation})
    coordinator = await async_set_up(hass)
    walk(coordinator)
    assert await said(hass, "I fell") == ENDED
    assert len(calls) == 1


@pytest.mark.parametrize("cry", CRIES)
async def test_without_an_entry_an_intent_says_that_nothing_is_done(hass: HomeAssistant, cry: str) -> None:
    coordinator = await async_set_up(hass)
    assert await hass.config_entries.async_unload(coordinator.entry.entry_id)
    response = await intent.async_handle(hass, "test", cry)
    assert response.speech["plain"]["speech"] == "Backstride is not running. Press the red stop."
    assert response.error_code is intent.IntentResponseErrorCode.FAILED_TO_HANDLE


@pytest.mark.logs
async def test_whatever_fails_the_red_stop_is_named(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    walk(coordinator)
    intent.async_remove(hass, EMERGENCY_STOP)
    assert await said(hass, "emergency stop") == "Something failed. Press the red stop."


# When it is heard


async def test_it_is_heard_once_after_a_reload_and_not_at_all_after_an_unload(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    entry_id = coordinator.entry.entry_id
    heard = get_agent_manager(hass).trigger_sentences
    assert len(heard) == len(set(heard)) > 0
    assert await hass.config_entries.async_reload(entry_id)
    await hass.async_block_till_done()
    assert sorted(get_agent_manager(hass).trigger_sentences) == sorted(heard)
    assert await hass.config_entries.async_unload(entry_id)
    assert get_agent_manager(hass).trigger_sentences == []
    assert (await said(hass, "emergency stop")).startswith(NOT_OURS)


async def choose(hass: HomeAssistant, *, voice: bool) -> None:
    """Choose in the options whether it is heard."""
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    assert flow["step_id"] == "init"
    await hass.config_entries.options.async_configure(flow["flow_id"], {CONF_VOICE: voice})


async def test_voice_is_switched_off_and_on_while_a_session_goes_on(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    walk(coordinator)
    await hass.async_block_till_done(wait_background_tasks=True)
    heard = sorted(get_agent_manager(hass).trigger_sentences)
    await choose(hass, voice=False)
    await hass.async_block_till_done()
    assert (await said(hass, "emergency stop")).startswith(NOT_OURS)
    assert coordinator.is_on(GYM)
    await choose(hass, voice=True)
    await hass.async_block_till_done()
    assert sorted(get_agent_manager(hass).trigger_sentences) == heard
    assert await said(hass, "emergency stop") == ENDED


async def test_an_entry_that_wants_no_voice_has_none_from_the_beginning(hass: HomeAssistant) -> None:
    entry = new_entry()
    entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(entry, options={CONF_VOICE: False, "languages": ["de"]})
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert get_agent_manager(hass).trigger_sentences == []
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    await hass.config_entries.options.async_configure(
        flow["flow_id"], {CONF_VOICE: True, "languages": ["de"]}
    )
    await hass.async_block_till_done()
    assert entry.options == {CONF_VOICE: True, CONF_BLUEPRINTS: False, "languages": ["de"]}
    assert await said(hass, "emergency stop") == NOTHING


@pytest.fixture
async def preparing(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> tuple[ConfigEntry, Event]:
    """Give an entry that has just been told to listen, and what lets its slow disk go on."""
    entry, disk = (await async_set_up(hass)).entry, Event()

    def slowly(language: str) -> Phrases:
        assert disk.wait(10)
        return load_phrases(language)

    monkeypatch.setattr("custom_components.backstride.voice.load_phrases", slowly)
    for voice in (False, True):
        hass.config_entries.async_update_entry(entry, options={CONF_VOICE: voice})
    return entry, disk


async def test_who_changes_their_mind_while_it_is_being_prepared_is_not_heard(
    hass: HomeAssistant, preparing: tuple[ConfigEntry, Event]
) -> None:
    entry, disk = preparing
    hass.config_entries.async_update_entry(entry, options={CONF_VOICE: False})
    disk.set()
    await hass.async_block_till_done()
    assert get_agent_manager(hass).trigger_sentences == []


async def test_an_unload_while_it_is_being_prepared_leaves_nothing_behind(
    hass: HomeAssistant, preparing: tuple[ConfigEntry, Event]
) -> None:
    entry, disk = preparing
    assert await hass.config_entries.async_unload(entry.entry_id)
    disk.set()
    await hass.async_block_till_done()
    assert get_agent_manager(hass).trigger_sentences == []


async def test_an_unload_while_the_sentences_are_learned_leaves_nothing_behind(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Home Assistant loads what hears sentences when it is first needed, and that may take its time."""
    learns, begun, go_on = trigger.async_validate_trigger_config, asyncio.Event(), asyncio.Event()

    async def slowly(hass: HomeAssistant, config: list[ConfigType]) -> list[ConfigType]:
        begun.set()
        await go_on.wait()
        return await learns(hass, config)

    entry = (await async_set_up(hass)).entry
    hass.config_entries.async_update_entry(entry, options={CONF_VOICE: False})
    await hass.async_block_till_done()
    monkeypatch.setattr(trigger, "async_validate_trigger_config", slowly)
    hass.config_entries.async_update_entry(entry, options={CONF_VOICE: True})
    await begun.wait()
    assert await hass.config_entries.async_unload(entry.entry_id)
    go_on.set()
    await hass.async_block_till_done()
    assert get_agent_manager(hass).trigger_sentences == []


async def test_another_change_leaves_it_heard_once(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    heard = get_agent_manager(hass).trigger_sentences
    hass.config_entries.async_update_entry(coordinator.entry, options={"blueprints": False})
    await hass.async_block_till_done()
    assert get_agent_manager(hass).trigger_sentences == heard


async def test_a_language_model_reads_what_an_intent_does_and_may_be_told(hass: HomeAssistant) -> None:
    await async_set_up(hass)
    ours = [one for one in intent.async_get(hass) if one.intent_type in CRIES]
    assert len(ours) == len(CRIES)
    for one in ours:
        assert one.description
        assert one.slot_schema is not None
        told = {str(slot): getattr(slot, "description", None) for slot in one.slot_schema}
        assert told["place"]
        assert told["preferred_area_id"] is None, "it is filled in, and hidden from language models"


# Short words, while somebody walks


async def test_who_is_elsewhere_cannot_stop_a_walk_with_a_bare_word(hass: HomeAssistant) -> None:
    """In the kitchen "stop" means a timer; with the word walk it means a walk wherever it is said."""
    coordinator = await both_walk(hass)
    await said(hass, "stop the walk", satellite_id="assist_satellite.esphome_hall")
    assert coordinator.is_on(GYM)
    assert not coordinator.is_on(HALL)
    answer = await said(hass, "stop", satellite_id="assist_satellite.esphome_hall")
    assert answer == "A session is on elsewhere: Gym. Say stop the walk."
    assert coordinator.is_on(GYM)
    await said(hass, "stop", satellite_id="assist_satellite.esphome_gym")
    assert not coordinator.is_on(GYM)


@pytest.mark.parametrize("who", [{}, {"satellite_id": "assist_satellite.new"}], ids=["nowhere", "unknown"])
async def test_where_nobody_knows_the_room_a_bare_word_counts(
    hass: HomeAssistant, who: dict[str, str]
) -> None:
    coordinator = await async_set_up(hass)
    walk(coordinator)
    await hass.async_block_till_done(wait_background_tasks=True)
    await said(hass, "stop", **who)
    assert not coordinator.is_on(GYM)


async def test_who_says_two_things_in_one_breath_is_heard_twice(hass: HomeAssistant) -> None:
    """As a script does: both have its context."""
    coordinator = await async_set_up(hass)
    walk(coordinator)
    await hass.async_block_till_done(wait_background_tasks=True)
    context = Context()
    for sentence in ("pause the walk", "stop the treadmill"):
        await conversation.async_converse(hass, sentence, None, context)
    assert reason(coordinator) is Reason.EMERGENCY


async def test_nobody_who_listens_to_everything_hears_of_it(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    """Sentences are read anew when a session begins and ends, and somebody may have a trigger for whatever is said."""
    coordinator = await async_set_up(hass)
    everything: list[object] = []
    hass.bus.async_listen("everything", everything.append)
    rule = {
        "triggers": {"trigger": "conversation", "command": "{anything}"},
        "actions": {"event": "everything"},
    }
    assert await async_setup_component(hass, "automation", {"automation": rule})
    walk(coordinator)
    await hass.async_block_till_done(wait_background_tasks=True)
    await async_tick(hass, freezer, 2)
    assert everything == []
    await said(hass, "what a day")
    assert len(everything) == 1


async def test_after_a_restart_short_words_are_heard_where_a_session_waits(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    walk(coordinator)
    entry = coordinator.entry
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert entry.runtime_data.is_on(GYM)
    assert await said(hass, "resume") == "We go on. Hold the rails."


async def test_a_session_that_ends_while_words_are_learned_leaves_none_behind(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    before = sorted(get_agent_manager(hass).trigger_sentences)
    for _ in range(3):
        walk(coordinator)
        coordinator.async_command(GYM, Command.STOP)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert sorted(get_agent_manager(hass).trigger_sentences) == before
