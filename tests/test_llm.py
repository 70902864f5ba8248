"""A language model does what can be said, looks back and ahead, and is told what it did wrong; only where it talks to people."""

import json
from typing import Any, Literal, override

import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.intent import handlers
from custom_components.backstride.llm import TOOLS, async_get_tools
from homeassistant.components import conversation
from homeassistant.components.conversation import (
    AssistantContent,
    ChatLog,
    ConversationEntity,
    ConversationInput,
    ConversationResult,
    ToolResultContent,
    async_get_result_from_chat_log,
)
from homeassistant.const import MATCH_ALL
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er, llm
from homeassistant.helpers.entity_component import DATA_INSTANCES

from .conversing import OVER_THE_WEB, async_converse
from .setup import ANNA, BEN, GYM, HALL, MINE, async_set_up, entity_id, state_of

pytestmark = [pytest.mark.usefixtures("enable_custom_integrations", "coordinator"), OVER_THE_WEB]


def context(device_id: str | None = None, user_id: str | None = None) -> llm.LLMContext:
    """Give what is known of whoever talks to a model."""
    return llm.LLMContext(
        platform="test",
        context=Context(user_id=user_id),
        language="en",
        assistant="conversation",
        device_id=device_id,
    )


@pytest.fixture
async def coordinator(hass: HomeAssistant) -> Coordinator:
    assert await async_converse(hass)
    found = await async_set_up(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    return found


async def tools(hass: HomeAssistant, api: str = llm.LLM_API_ASSIST) -> dict[str, llm.Tool]:
    """Give our tools as an agent gets them."""
    instance = await llm.async_get_api(hass, api, context())
    return {tool.name: tool for tool in instance.tools if tool.name.startswith("backstride__")}


async def use(hass: HomeAssistant, name: str, **given: Any) -> llm.ToolResult:
    """Call a tool as an agent does."""
    instance = await llm.async_get_api(hass, llm.LLM_API_ASSIST, context())
    return await instance.async_call_tool(llm.ToolInput(tool_name=f"backstride__{name}", tool_args=given))


def speech(result: llm.ToolResult) -> str:
    assert not result.error
    said: Any = result.data
    return str(said["speech"]["plain"]["speech"])


async def test_everything_that_can_be_said_is_a_tool_with_its_manners(
    hass: HomeAssistant,
) -> None:
    found = await tools(hass)
    assert found.keys() == {f"backstride__{name}" for name, *_ in TOOLS.values()} | {
        "backstride__history",
        "backstride__suggestion",
    }
    assert TOOLS.keys() == {handler.intent_type for handler in handlers()}
    for tool in found.values():
        assert tool.integration == "backstride"
        assert tool.title
        assert tool.description
        assert tool.annotations.open_world is False
    reads = {name for name, tool in found.items() if tool.annotations.read_only}
    ends = {name for name, tool in found.items() if tool.annotations.destructive}
    assert reads == {
        f"backstride__{each}" for each in ("status", "whats_next", "streak", "history", "suggestion")
    }
    assert ends == {f"backstride__{each}" for each in ("stop", "emergency_stop", "stumble")}
    instance = await llm.async_get_api(hass, llm.LLM_API_ASSIST, context())
    assert "backstride__emergency_stop at once" in instance.api_prompt


async def test_what_a_tool_takes_can_be_described_to_a_model(
    hass: HomeAssistant,
) -> None:
    """Every agent describes tools so; what it cannot put in a schema it leaves out, or fails."""
    instance = await llm.async_get_api(hass, llm.LLM_API_ASSIST, context())
    start = (await tools(hass))["backstride__start"]
    schema = json.loads(
        json.dumps(probatio.to_openapi(start.parameters, custom_serializer=instance.custom_serializer))
    )
    described = schema["properties"]
    assert described.keys() == {"place", "athlete", "minutes", "workout", "choice"}
    assert (described["minutes"]["minimum"], described["minutes"]["maximum"]) == (1, 240)
    assert "hills" in described["choice"]["enum"]
    assert all(each["description"] for each in described.values())


async def test_none_are_offered_to_who_manages_the_house_or_where_nothing_is_loaded(
    hass: HomeAssistant, coordinator: Coordinator
) -> None:
    assert async_get_tools(hass, context(), "homeassistant") is None
    await hass.config_entries.async_unload(coordinator.entry.entry_id)
    assert await tools(hass) == {}


async def test_a_session_is_started_steered_and_ended(hass: HomeAssistant, coordinator: Coordinator) -> None:
    started = await use(hass, "start", minutes=10, place="Hall", athlete="Ben", choice="easy")
    assert speech(started) == "10 minutes, 4 backward stretches. Stand tall, we begin."
    assert coordinator.athlete_at(HALL) == BEN
    assert speech(await use(hass, "whats_next", place="hall")).endswith("in 16 seconds.")
    assert speech(await use(hass, "pause")) == "Say resume when you are ready."
    assert speech(await use(hass, "resume")) == "We go on."
    assert speech(await use(hass, "stop")) == "You did 0 seconds backward."
    assert state_of(hass, "sensor", HALL, "session") == "stopped"


async def test_in_an_emergency_nothing_is_asked(hass: HomeAssistant) -> None:
    await use(hass, "start", place="Gym", athlete="Anna", workout=None)
    odd: dict[str, Any] = {"place": None, "reason": "fell", "where": ["x"]}
    assert speech(await use(hass, "emergency_stop", **odd)) == "Session stopped. Press the red stop."
    assert state_of(hass, "sensor", GYM, "session") == "stopped"


@pytest.mark.parametrize(
    ("name", "given", "why"),
    [
        ("start", {"minutes": 999}, "minutes"),
        ("start", {"minutes": "soon"}, "minutes"),
        ("start", {"choice": "nice"}, "choice"),
        ("start", {"speed": 5}, "speed"),
        ("start", {"place": "Attic"}, "I know no such place. There is: Gym, Hall."),
        ("start", {"place": "Gym", "athlete": "Zoe"}, "I know no such person. There is: Anna, Ben."),
        ("start", {"place": "Gym", "athlete": "Anna", "workout": "Moon walk"}, "no workout of that name"),
        ("pause", {}, "No session is on."),
        ("history", {}, "Choose one of: Anna, Ben"),
        ("history", {"athlete": "Zoe"}, "Zoe"),
        ("history", {"athlete": "Anna", "count": 0}, "count"),
    ],
)
async def test_what_is_wrong_comes_back_as_an_error_that_says_why(
    hass: HomeAssistant, coordinator: Coordinator, name: str, given: dict[str, Any], why: str
) -> None:
    result = await use(hass, name, **given)
    assert result.error
    assert why in str(result.data["error"])
    assert not any(map(coordinator.is_on, coordinator.places)), "and nothing is done"


async def test_it_looks_back(hass: HomeAssistant) -> None:
    for minutes in (3, 4):
        await hass.services.async_call(
            "backstride",
            "log_session",
            {"athlete": "Anna", "place": "Gym", "backward_minutes": minutes, "effort": 3},
            blocking=True,
        )
    looked = await use(hass, "history", athlete="anna", count=1)
    told: Any = looked.data
    assert (told["athlete"], told["streak_days"], told["backward_minutes_today"]) == ("Anna", 1, 7.0)
    (session,) = told["sessions"]
    began_last = (session["backward_minutes"], session["effort"], session["ended"])
    assert began_last == (3, 3, "completed")
    json.dumps(told)


async def test_it_looks_ahead_and_what_it_finds_can_be_started(
    hass: HomeAssistant, coordinator: Coordinator
) -> None:
    found: Any = (await use(hass, "suggestion", athlete="Anna")).data
    assert found["workout"] == "First steps (5 min)"
    assert found["why"]
    json.dumps(found)
    started = await use(hass, "start", place="Gym", athlete="Anna", workout="suggested")
    assert "Get on and hold the rails." in speech(started)
    session = coordinator.session(GYM)
    assert session is not None
    assert session.workout.name == found["workout"]


async def test_where_nothing_is_suggested_it_says_so(hass: HomeAssistant, coordinator: Coordinator) -> None:
    for place in (GYM, HALL):
        hass.config_entries.async_remove_subentry(coordinator.entry, place)
    await hass.async_block_till_done(wait_background_tasks=True)
    found = await use(hass, "suggestion", athlete="Anna")
    assert found.data == {"athlete": "Anna", "workout": None}


# A whole conversation


class Model(ConversationEntity):
    """A language model that always calls one tool with what it was told, and reads out what came of it."""

    _attr_name = "Model"
    _attr_unique_id = "model"

    def __init__(self) -> None:
        """Have nothing to do yet."""
        self.call: tuple[str, dict[str, Any]] = ("", {})

    @property
    @override
    def supported_languages(self) -> list[str] | Literal["*"]:
        return MATCH_ALL

    @override
    async def _async_handle_message(
        self, user_input: ConversationInput, chat_log: ChatLog
    ) -> ConversationResult:
        await chat_log.async_provide_llm_data(
            user_input.as_llm_context("test"), user_llm_hass_api=llm.LLM_API_ASSIST
        )
        name, given = self.call
        tool = llm.ToolInput(tool_name=name, tool_args=given)
        wanted = AssistantContent(agent_id=user_input.agent_id, content=None, tool_calls=[tool])
        results: list[ToolResultContent] = [
            content async for content in chat_log.async_add_assistant_content(wanted)
        ]
        said: Any = results[-1].result.data
        text = said["speech"]["plain"]["speech"] if "speech" in said else f"Sorry: {said['error']}"
        chat_log.async_add_assistant_content_without_tools(
            AssistantContent(agent_id=user_input.agent_id, content=text)
        )
        return async_get_result_from_chat_log(user_input, chat_log)


@pytest.fixture
async def model(hass: HomeAssistant) -> Model:
    model = Model()
    await hass.data[DATA_INSTANCES]["conversation"].async_add_entities([model])
    return model


async def talk(hass: HomeAssistant, text: str, model: Model, **who: Any) -> str:
    result = await conversation.async_converse(
        hass, text, None, Context(), agent_id=model.entity_id, language="en", **who
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    return str(result.response.speech["plain"]["speech"])


async def test_in_a_conversation_with_a_model_free_words_become_a_session(
    hass: HomeAssistant, coordinator: Coordinator, model: Model
) -> None:
    model.call = ("backstride__start", {"place": "Gym", "athlete": "Anna", "workout": "mine"})
    answer = await talk(hass, "I feel like going the wrong way round for a bit", model)
    assert answer == "2 minutes 30, one backward stretch. Get on and hold the rails."
    assert coordinator.athlete_at(GYM) == ANNA
    assert coordinator.session(GYM).workout.id == MINE  # type: ignore[union-attr]
    assert await talk(hass, "again", model) == "Sorry: A session is on there already."


async def test_who_speaks_to_a_model_in_a_room_means_the_place_there(
    hass: HomeAssistant, coordinator: Coordinator, model: Model
) -> None:
    """A model is told only which device listened, and not which satellite that is."""
    area = ar.async_get(hass).async_create("Cellar")
    place = entity_id(hass, "sensor", HALL, "session")
    registry = er.async_get(hass)
    device_id = registry.async_get(place).device_id  # type: ignore[union-attr]
    dr.async_get(hass).async_update_device(str(device_id), area_id=area.id)
    entry = MockConfigEntry(domain="esphome")
    entry.add_to_hass(hass)
    box = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("esphome", "box")}
    )
    dr.async_get(hass).async_update_device(box.id, area_id=area.id)
    model.call = ("backstride__start", {"athlete": "Anna"})
    assert (await talk(hass, "off we go", model, device_id=box.id)).startswith("Hall.")
    assert coordinator.is_on(HALL)
