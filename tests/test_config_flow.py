"""Setting up asks first what must be known, says at the field what does not fit, and keeps nothing by accident."""

from collections.abc import Iterator
from datetime import UTC, datetime
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

from freezegun import freeze_time
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser  # type: ignore[import-untyped, unused-ignore]
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator  # type: ignore[import-untyped, unused-ignore]
import voluptuous as vol

from custom_components.backstride import flow_forms as forms, flow_machine as machine, flow_sound as sound
from custom_components.backstride.const import (
    CONF_ANNOUNCE_VOLUME,
    CONF_AT_RISK,
    CONF_AUTO_START,
    CONF_BELOW,
    CONF_BELT_CONTROL,
    CONF_BIRTH_YEAR,
    CONF_BLUEPRINTS,
    CONF_CLEAR_LENGTH,
    CONF_CONFIRM_TURNS,
    CONF_DAILY_GOAL,
    CONF_DAY_START,
    CONF_GLANCE,
    CONF_HEART_CEILING,
    CONF_HEART_RATE,
    CONF_HEIGHT,
    CONF_IDLE_FINISH,
    CONF_KIND,
    CONF_LEVEL,
    CONF_LIGHT_EFFECTS,
    CONF_LIGHTS,
    CONF_MASS,
    CONF_MAX_SPEED,
    CONF_NO_FLASHING,
    CONF_NOTATION,
    CONF_OBSTACLES,
    CONF_PERSON,
    CONF_PHONE_SPEAKS,
    CONF_PHRASES,
    CONF_PLACE_KINDS,
    CONF_REACTION,
    CONF_REMINDERS,
    CONF_REST_WEEKDAYS,
    CONF_RESTING_HEART_RATE,
    CONF_ROLES,
    CONF_SCREENING,
    CONF_SEX,
    CONF_SPEAKERS,
    CONF_STALE_AFTER,
    CONF_STEPS,
    CONF_TTS_ENGINE,
    DOMAIN,
    SCREENING_VERSION,
    TITLE,
    SubentryType,
)
from custom_components.backstride.engine.cues import CueKind
from custom_components.backstride.engine.guard import Reaction
from custom_components.backstride.engine.levels import CEILINGS, Level
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.sight import Kind
from custom_components.backstride.engine.workout import parse
from custom_components.backstride.flow_fields import entity
from custom_components.backstride.flow_obstacles import obstacle_form
from custom_components.backstride.machine.obstacles import Obstacle
from custom_components.backstride.machine.roles import Role
from custom_components.backstride.output.phrasebook import FlawKind
from custom_components.backstride.settings import athlete_settings, place_settings, workout_settings
from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigSubentry, ConfigSubentryData
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData, section
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import SelectSelector
from homeassistant.setup import async_setup_component

ENGLISH: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "custom_components/backstride/translations/en.json").read_text(
        encoding="utf-8"
    )
)
T0 = datetime(2026, 3, 1, 7, tzinfo=UTC)

CAREFREE = {question: answer.value for question, answer in forms.QUESTIONS.items()}
ACCEPTED = {**CAREFREE, forms.CONF_ACCEPTED: True}
RISKY = [
    pytest.param(question, answer.value, id=f"{question}-{answer}")
    for question, carefree in forms.QUESTIONS.items()
    for answer in forms.Answer
    if answer is not carefree
]
SCREENED = {CONF_SCREENING: {"answers": CAREFREE, "date": T0.isoformat(), "version": SCREENING_VERSION}}
UNSURE = {
    CONF_SCREENING: {
        "answers": {**CAREFREE, "heart": "unsure"},
        "date": T0.isoformat(),
        "version": SCREENING_VERSION,
    }
}

ATHLETE_DEFAULTS = {
    CONF_PHONE_SPEAKS: False,
    CONF_LEVEL: "l0",
    CONF_DAILY_GOAL: 5,
    CONF_REST_WEEKDAYS: [],
    CONF_DAY_START: 0,
    CONF_AT_RISK: 20,
}
SOUND_DEFAULTS: dict[str, Any] = {
    CONF_SPEAKERS: [],
    CONF_LIGHTS: [],
    CONF_NO_FLASHING: False,
    CONF_OBSTACLES: [],
    CONF_LIGHT_EFFECTS: ["colours", "flash"],
}
HEARD_DEFAULTS: dict[str, Any] = {"cue_style": "words", "cue_kinds": [kind.value for kind in CueKind]}
"""Where there is a speaker."""
PLACE_DEFAULTS = {CONF_KIND: "hallway", CONF_REMINDERS: "daily", **SOUND_DEFAULTS, CONF_GLANCE: 6}

type Result = Any
"""Of a flow's step; its typed form makes every key of it optional."""


@pytest.fixture(autouse=True)
def integration(enable_custom_integrations: None) -> Iterator[None]:  # noqa: ARG001 - a fixture is asked for by name
    """Let flows be found, and setting up the entry do nothing: only flows are tried here."""
    with (
        patch("custom_components.backstride.async_setup", return_value=True, create=True),
        patch("custom_components.backstride.async_setup_entry", return_value=True, create=True),
    ):
        yield


async def _begin(hass: HomeAssistant) -> Result:
    return await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})


async def _answer(hass: HomeAssistant, result: Result, form: dict[str, Any]) -> Result:
    return await hass.config_entries.flow.async_configure(result["flow_id"], form)


async def _at_athlete(hass: HomeAssistant, answers: dict[str, Any] | None = None) -> Result:
    """Walk through the first flow up to the athlete."""
    result = await _answer(hass, await _begin(hass), {**ACCEPTED, **(answers or {})})
    return await _answer(hass, result, {}) if result["step_id"] == "careful" else result


def _entry(
    hass: HomeAssistant, *subentries: ConfigSubentryData, data: dict[str, Any] = SCREENED
) -> MockConfigEntry:
    entry = MockConfigEntry(domain=DOMAIN, title=TITLE, data=data, subentries_data=subentries)
    entry.add_to_hass(hass)
    return entry


def _only(entry: ConfigEntry, kind: SubentryType) -> ConfigSubentry:
    (found,) = entry.get_subentries_of_type(kind)
    return found


def _subentry(kind: SubentryType, title: str, data: dict[str, Any]) -> ConfigSubentryData:
    return ConfigSubentryData(subentry_type=kind, title=title, data=data, unique_id=None)


async def _add(hass: HomeAssistant, entry: ConfigEntry, kind: SubentryType) -> Result:
    return await hass.config_entries.subentries.async_init(
        (entry.entry_id, kind), context={"source": SOURCE_USER}
    )


async def _go_on(hass: HomeAssistant, result: Result, form: dict[str, Any]) -> Result:
    return await hass.config_entries.subentries.async_configure(result["flow_id"], form)


def _filled(result: Result) -> dict[str, Any]:
    """Give what a form shows in its fields, sections included."""
    return _suggested(result["data_schema"])


def _suggested(schema: vol.Schema) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    for key, value in schema.schema.items():
        if isinstance(value, section):
            shown[str(key)] = _suggested(value.schema)
        elif key.description and "suggested_value" in key.description:
            shown[str(key)] = key.description["suggested_value"]
    return shown


def _register(hass: HomeAssistant, entity_id: str) -> er.RegistryEntry:
    domain, name = entity_id.split(".")
    return er.async_get(hass).async_get_or_create(domain, "gym", name, suggested_object_id=name)


# The first flow


async def test_the_first_flow_makes_an_athlete_and_a_place_at_once(hass: HomeAssistant) -> None:
    result = await _begin(hass)
    assert (result["type"], result["step_id"]) == (FlowResultType.FORM, "user")
    with freeze_time(T0):
        result = await _answer(hass, result, ACCEPTED)
    assert result["step_id"] == "athlete"
    result = await _answer(
        hass,
        result,
        {
            CONF_NAME: " Ada ",
            CONF_BIRTH_YEAR: 1980.0,
            CONF_HEIGHT: 171.5,
            CONF_MASS: 64.0,
            CONF_SEX: "female",
            CONF_RESTING_HEART_RATE: 58.0,
            CONF_HEART_CEILING: 150.0,
            CONF_PERSON: "person.ada",
            CONF_HEART_RATE: "sensor.strap",
            CONF_STEPS: "sensor.steps",
            CONF_LEVEL: "l2",
            CONF_DAILY_GOAL: 10.0,
            CONF_REST_WEEKDAYS: ["5", "6"],
            CONF_DAY_START: 4.0,
            CONF_AT_RISK: 21.0,
        },
    )
    assert result["step_id"] == "place"
    result = await _answer(
        hass,
        result,
        {
            CONF_NAME: "Treadmill",
            CONF_KIND: "treadmill",
            CONF_CLEAR_LENGTH: 1.5,
        },
    )
    assert result["step_id"] == "machine"
    result = await _answer(hass, result, {})
    assert result["step_id"] == "controls"
    result = await _answer(
        hass,
        result,
        {
            CONF_ROLES: {"speed": "sensor.belt_speed", "heart_rate": "sensor.grips"},
            machine.CONF_SESSIONS: {CONF_CONFIRM_TURNS: True, CONF_MAX_SPEED: 6.0, CONF_IDLE_FINISH: 5.0},
        },
    )
    assert result["step_id"] == "sound_and_light"
    result = await _answer(
        hass,
        result,
        {
            CONF_SPEAKERS: ["media_player.gym", "assist_satellite.gym"],
            CONF_TTS_ENGINE: "tts.piper",
            CONF_LIGHTS: ["light.gym"],
            CONF_OBSTACLES: ["binary_sensor.door", "sensor.rear_distance"],
        },
    )
    assert result["step_id"] == "sound"
    result = await _answer(hass, result, {CONF_ANNOUNCE_VOLUME: 55.0})
    assert (result["step_id"], result["last_step"]) == ("obstacle", None)
    result = await _answer(hass, result, {CONF_REACTION: "hold"})
    assert result["step_id"] == "obstacle"
    behind = {CONF_BELOW: 1.5, CONF_STALE_AFTER: 20.0, CONF_REACTION: "stop"}
    result = await _answer(hass, result, behind)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    entry: ConfigEntry = result["result"]
    assert (entry.title, entry.version, entry.minor_version) == (TITLE, 1, 1)
    assert entry.data == {
        CONF_SCREENING: {"answers": CAREFREE, "date": T0.isoformat(), "version": SCREENING_VERSION}
    }
    assert entry.options == {CONF_BLUEPRINTS: True}

    (athlete,) = entry.get_subentries_of_type(SubentryType.ATHLETE)
    assert athlete.title == "Ada"
    assert athlete.data == {
        CONF_BIRTH_YEAR: 1980,
        CONF_HEIGHT: 171.5,
        CONF_MASS: 64,
        CONF_SEX: "female",
        CONF_RESTING_HEART_RATE: 58,
        CONF_HEART_CEILING: 150,
        CONF_PERSON: "person.ada",
        CONF_HEART_RATE: "sensor.strap",
        CONF_STEPS: "sensor.steps",
        CONF_PHONE_SPEAKS: False,
        CONF_LEVEL: "l2",
        CONF_DAILY_GOAL: 10,
        CONF_REST_WEEKDAYS: ["5", "6"],
        CONF_DAY_START: 4,
        CONF_AT_RISK: 21,
    }
    assert all(type(athlete.data[key]) is int for key in (*forms.WHOLE, CONF_MASS))
    assert athlete_settings(athlete).rest_weekdays == {5, 6}

    (place,) = entry.get_subentries_of_type(SubentryType.PLACE)
    assert place.title == "Treadmill"
    assert place.data == {
        CONF_KIND: "treadmill",
        CONF_CLEAR_LENGTH: 1.5,
        CONF_REMINDERS: "daily",
        CONF_ROLES: {"speed": "sensor.belt_speed", "heart_rate": "sensor.grips"},
        CONF_BELT_CONTROL: False,
        CONF_CONFIRM_TURNS: True,
        CONF_MAX_SPEED: 6,
        CONF_IDLE_FINISH: 5,
        CONF_AUTO_START: False,
        CONF_SPEAKERS: ["media_player.gym", "assist_satellite.gym"],
        CONF_TTS_ENGINE: "tts.piper",
        **HEARD_DEFAULTS,
        CONF_ANNOUNCE_VOLUME: 0.55,
        CONF_LIGHTS: ["light.gym"],
        CONF_LIGHT_EFFECTS: ["colours", "flash"],
        CONF_NO_FLASHING: False,
        CONF_OBSTACLES: [
            {"entity_id": "binary_sensor.door", CONF_REACTION: "hold"},
            {
                "entity_id": "sensor.rear_distance",
                CONF_BELOW: 1.5,
                CONF_STALE_AFTER: 20,
                CONF_REACTION: "stop",
            },
        ],
    }
    assert place_settings(place).obstacles[1] == Obstacle(
        entity_id="sensor.rear_distance", below_m=1.5, stale_after_s=20, reaction=Reaction.STOP
    )
    assert place_settings(place).roles == {Role.SPEED: "sensor.belt_speed", Role.HEART_RATE: "sensor.grips"}


async def test_names_and_the_kind_of_place_are_enough(hass: HomeAssistant) -> None:
    result = await _answer(hass, await _at_athlete(hass), {CONF_NAME: "Ada"})
    result = await _answer(hass, result, {CONF_NAME: "Hall", CONF_KIND: "hallway"})
    result = await _answer(hass, result, {})
    entry: ConfigEntry = result["result"]
    athlete, place = entry.subentries.values()
    assert athlete.data == ATHLETE_DEFAULTS
    assert place.data == PLACE_DEFAULTS


async def test_there_is_one_entry_only(hass: HomeAssistant) -> None:
    _entry(hass)
    result = await _begin(hass)
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "single_instance_allowed")


@pytest.mark.parametrize(("question", "answer"), RISKY)
async def test_an_answer_that_asks_for_care_leaves_the_first_level_only_and_no_flashing(
    hass: HomeAssistant, question: str, answer: str
) -> None:
    result = await _answer(hass, await _begin(hass), {**ACCEPTED, question: answer})
    assert (result["type"], result["step_id"]) == (FlowResultType.FORM, "careful")
    result = await _answer(hass, result, {})
    assert result["step_id"] == "athlete"
    assert result["data_schema"].schema[CONF_LEVEL].config["options"] == ["l0"]
    with pytest.raises(InvalidData) as caught:
        await _answer(hass, result, {CONF_NAME: "Ada", CONF_LEVEL: "l1"})
    assert CONF_LEVEL in caught.value.schema_errors
    result = await _answer(hass, result, {CONF_NAME: "Ada"})
    result = await _answer(hass, result, {CONF_NAME: "Hall", CONF_KIND: "hallway"})
    result = await _answer(hass, result, {})
    entry: ConfigEntry = result["result"]
    athlete, place = entry.subentries.values()
    assert athlete.data[CONF_LEVEL] == Level.L0
    assert place.data[CONF_NO_FLASHING] is True
    assert entry.data[CONF_SCREENING]["answers"] == {**CAREFREE, question: answer}


async def test_a_question_that_came_later_counts_as_unanswered() -> None:
    assert not forms.asks_for_care(CAREFREE)
    assert forms.asks_for_care({key: value for key, value in CAREFREE.items() if key != "heart"})


async def test_without_acceptance_nothing_begins_and_the_answers_stay(hass: HomeAssistant) -> None:
    result = await _begin(hass)
    for form in (CAREFREE, {**CAREFREE, forms.CONF_ACCEPTED: False}):
        result = await _answer(hass, result, form)
        assert (result["step_id"], result["errors"]) == ("user", {forms.CONF_ACCEPTED: "not_accepted"})
        assert _filled(result) == {**CAREFREE, forms.CONF_ACCEPTED: False}
    assert (await _answer(hass, result, ACCEPTED))["step_id"] == "athlete"


async def test_every_question_wants_an_answer(hass: HomeAssistant) -> None:
    result = await _begin(hass)
    for question in forms.QUESTIONS:
        with pytest.raises(InvalidData) as caught:
            await _answer(hass, result, {key: value for key, value in ACCEPTED.items() if key != question})
        assert set(caught.value.schema_errors) == {question}


async def test_a_name_of_spaces_is_none(hass: HomeAssistant) -> None:
    result = await _at_athlete(hass)
    result = await _answer(hass, result, {CONF_NAME: "  ", CONF_MASS: 64})
    assert (result["step_id"], result["errors"]) == ("athlete", {CONF_NAME: "name_missing"})
    assert _filled(result)[CONF_MASS] == 64
    result = await _answer(hass, result, {CONF_NAME: "Ada"})
    result = await _answer(hass, result, {CONF_NAME: "", CONF_KIND: "outdoor"})
    assert (result["step_id"], result["errors"]) == ("place", {CONF_NAME: "name_missing"})
    assert _filled(result)[CONF_KIND] == "outdoor"


@freeze_time(T0)
@pytest.mark.parametrize(
    ("field", "lowest", "highest"),
    [
        (CONF_BIRTH_YEAR, 1900, 2026),
        (CONF_HEIGHT, 80, 250),
        (CONF_MASS, 20, 300),
        (CONF_RESTING_HEART_RATE, 30, 120),
        (CONF_HEART_CEILING, 60, 220),
        (CONF_DAILY_GOAL, 1, 240),
        (CONF_DAY_START, 0, 23),
        (CONF_AT_RISK, 0, 23),
    ],
)
async def test_a_number_out_of_range_is_refused_at_its_field(
    hass: HomeAssistant, field: str, lowest: float, highest: float
) -> None:
    result = await _at_athlete(hass)
    for value in (lowest - 1, highest + 1):
        with pytest.raises(InvalidData) as caught:
            await _answer(hass, result, {CONF_NAME: "Ada", field: value})
        assert set(caught.value.schema_errors) == {field}
    for value in (lowest, highest):
        assert forms.athlete_form()({CONF_NAME: "Ada", field: value})[field] == value


@pytest.mark.parametrize(
    ("field", "value"), [(CONF_CLEAR_LENGTH, 0.5), (CONF_CLEAR_LENGTH, 1001), (CONF_KIND, "pool")]
)
async def test_a_place_out_of_range_is_refused_at_its_field(
    hass: HomeAssistant, field: str, value: object
) -> None:
    result = await _answer(hass, await _at_athlete(hass), {CONF_NAME: "Ada"})
    with pytest.raises(InvalidData) as caught:
        await _answer(hass, result, {CONF_NAME: "Hall", CONF_KIND: "hallway", field: value})
    assert set(caught.value.schema_errors) == {field}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (CONF_BIRTH_YEAR, 1980.5),
        (CONF_RESTING_HEART_RATE, 60.1),
        (CONF_DAILY_GOAL, 4.5),
        (CONF_DAY_START, 3.3),
        (CONF_AT_RISK, 20.5),
    ],
)
async def test_what_counts_has_no_fraction(hass: HomeAssistant, field: str, value: float) -> None:
    result = await _answer(hass, await _at_athlete(hass), {CONF_NAME: "Ada", field: value})
    assert (result["step_id"], result["errors"]) == ("athlete", {field: "not_whole"})
    assert _filled(result)[field] == value


async def test_a_week_of_rest_days_alone_is_refused(hass: HomeAssistant) -> None:
    """The streak's rules know at most six; with seven every start of the athlete would fail."""
    week = list(forms.WEEKDAYS)
    result = await _answer(hass, await _at_athlete(hass), {CONF_NAME: "Ada", CONF_REST_WEEKDAYS: week})
    assert result["errors"] == {CONF_REST_WEEKDAYS: "only_rest"}
    result = await _answer(hass, result, {CONF_NAME: "Ada", CONF_REST_WEEKDAYS: week[:6]})
    assert result["step_id"] == "place"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({CONF_SPEAKERS: ["light.gym"]}, CONF_SPEAKERS),
        ({CONF_LIGHTS: ["switch.gym"]}, CONF_LIGHTS),
        ({CONF_TTS_ENGINE: "media_player.gym"}, CONF_TTS_ENGINE),
        ({CONF_OBSTACLES: ["light.gym"]}, CONF_OBSTACLES),
        ({CONF_LIGHT_EFFECTS: ["strobe"]}, CONF_LIGHT_EFFECTS),
        ({CONF_GLANCE: 2.9}, CONF_GLANCE),
        ({CONF_GLANCE: 10.1}, CONF_GLANCE),
    ],
)
async def test_sound_and_light_come_from_what_can_give_them(
    hass: HomeAssistant, form: dict[str, Any], field: str
) -> None:
    result = await _answer(hass, await _at_athlete(hass), {CONF_NAME: "Ada"})
    result = await _answer(hass, result, {CONF_NAME: "Hall", CONF_KIND: "hallway"})
    with pytest.raises(InvalidData):
        await _answer(hass, result, form)
    assert field in result["data_schema"].schema


# Home Assistant's own server still has keys that aiohttp would rather see gone.
@pytest.mark.filterwarnings("ignore::aiohttp.web.NotAppKeyWarning")
async def test_whoever_sits_in_front_of_the_form_is_suggested(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, hass_admin_user: MockUser
) -> None:
    """Through the real door: only a request says who asks, and every form must survive being sent."""
    assert await async_setup_component(hass, "config", {})
    hass.states.async_set("person.other", "home", {"user_id": "somebody else"})
    hass.states.async_set("person.ada", "home", {"user_id": hass_admin_user.id})
    client = await hass_client()
    base = "/api/config/config_entries/flow"
    flow = await (await client.post(base, json={"handler": DOMAIN})).json()
    steps: list[tuple[str, dict[str, Any]]] = [
        ("user", {**ACCEPTED, "heart": "unsure"}),
        ("careful", {}),
        ("athlete", {CONF_NAME: "Ada"}),
        ("place", {CONF_NAME: "Gym", CONF_KIND: "treadmill"}),
        ("machine", {}),
        ("controls", {CONF_ROLES: {}, CONF_BELT_CONTROL: False, machine.CONF_SESSIONS: {}}),
        ("sound_and_light", {}),
    ]
    shown = {}
    for step, form in steps:
        assert flow["step_id"] == step
        shown[step] = {field["name"]: field for field in flow["data_schema"]}
        flow = await (await client.post(f"{base}/{flow['flow_id']}", json=form)).json()
    assert flow["type"] == "create_entry"
    assert shown["athlete"][CONF_NAME]["description"]["suggested_value"] == hass_admin_user.name
    assert shown["athlete"][CONF_PERSON]["description"]["suggested_value"] == "person.ada"
    for name in (CONF_ROLES, machine.CONF_SESSIONS):
        assert shown["controls"][name]["type"] == "expandable"
        assert shown["controls"][name]["expanded"] is False


async def test_nobody_is_suggested_where_nobody_is_known(hass: HomeAssistant) -> None:
    assert _filled(await _at_athlete(hass)) == {}


# Entities


async def test_entities_are_kept_by_registry_id_and_shown_by_todays_name(hass: HomeAssistant) -> None:
    speed, strap, light, gone = (
        _register(hass, entity_id) for entity_id in ("sensor.belt", "sensor.strap", "light.gym", "light.old")
    )
    entry = _entry(hass)
    result = await _go_on(
        hass,
        await _add(hass, entry, SubentryType.ATHLETE),
        {CONF_NAME: "Ada", CONF_HEART_RATE: "sensor.strap"},
    )
    result = await _add(hass, entry, SubentryType.PLACE)
    result = await _go_on(hass, result, {CONF_NAME: "Gym", CONF_KIND: "treadmill"})
    result = await _go_on(hass, result, {})
    roles = {"speed": "sensor.belt", "steps": "sensor.from_yaml"}
    result = await _go_on(hass, result, {CONF_ROLES: roles})
    await _go_on(hass, result, {CONF_LIGHTS: ["light.gym", "light.old", "light.from_yaml"]})
    athlete, place = _only(entry, SubentryType.ATHLETE), _only(entry, SubentryType.PLACE)
    assert athlete.data[CONF_HEART_RATE] == strap.id
    assert place.data[CONF_ROLES] == {"speed": speed.id, "steps": "sensor.from_yaml"}
    assert place.data[CONF_LIGHTS] == [light.id, gone.id, "light.from_yaml"]

    registry = er.async_get(hass)
    registry.async_update_entity("sensor.belt", new_entity_id="sensor.treadmill_speed")
    registry.async_remove("sensor.strap")
    registry.async_remove("light.old")
    result = await entry.start_subentry_reconfigure_flow(hass, athlete.subentry_id)
    assert CONF_HEART_RATE not in _filled(result)
    result = await entry.start_subentry_reconfigure_flow(hass, place.subentry_id)
    result = await _go_on(hass, result, _filled(result))
    result = await _go_on(hass, result, _filled(result))
    assert _filled(result)[CONF_ROLES] == {"speed": "sensor.treadmill_speed", "steps": "sensor.from_yaml"}
    result = await _go_on(hass, result, _filled(result))
    assert _filled(result)[CONF_LIGHTS] == ["light.gym", "light.from_yaml"]
    await _go_on(hass, result, _filled(result))
    place = _only(entry, SubentryType.PLACE)
    assert place.data[CONF_ROLES] == {"speed": speed.id, "steps": "sensor.from_yaml"}
    assert place.data[CONF_LIGHTS] == [light.id, "light.from_yaml"]


# Athletes


async def test_an_athlete_is_added(hass: HomeAssistant) -> None:
    entry = _entry(hass)
    result = await _add(hass, entry, SubentryType.ATHLETE)
    assert (result["type"], result["step_id"]) == (FlowResultType.FORM, "athlete")
    assert _filled(result) == {}
    result = await _go_on(hass, result, {CONF_NAME: "Bob", CONF_LEVEL: "l1"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    athlete = _only(entry, SubentryType.ATHLETE)
    assert athlete.title == "Bob"
    assert athlete.data == {**ATHLETE_DEFAULTS, CONF_LEVEL: "l1"}


async def test_an_athlete_is_changed_and_renamed_and_nothing_else_is_lost(hass: HomeAssistant) -> None:
    stored = {**ATHLETE_DEFAULTS, CONF_BIRTH_YEAR: 1980, CONF_MASS: 64.5, CONF_LEVEL: "l2"}
    entry = _entry(hass, _subentry(SubentryType.ATHLETE, "Ada", {**stored, "of_a_later_version": 7}))
    athlete = _only(entry, SubentryType.ATHLETE)
    result = await entry.start_subentry_reconfigure_flow(hass, athlete.subentry_id)
    assert result["step_id"] == "athlete"
    assert _filled(result) == {CONF_NAME: "Ada", **stored}
    result = await _go_on(hass, result, {CONF_NAME: "Ada L.", CONF_MASS: 63.0, CONF_LEVEL: "l3"})
    assert (result["type"], result["reason"]) == (FlowResultType.ABORT, "reconfigure_successful")
    assert athlete.title == "Ada L."
    assert athlete.data == {**ATHLETE_DEFAULTS, CONF_MASS: 63, CONF_LEVEL: "l3", "of_a_later_version": 7}


async def test_an_athletes_errors_stand_at_their_fields_together(hass: HomeAssistant) -> None:
    entry = _entry(hass)
    result = await _add(hass, entry, SubentryType.ATHLETE)
    result = await _go_on(hass, result, {CONF_NAME: " ", CONF_DAY_START: 1.5})
    assert result["errors"] == {CONF_NAME: "name_missing", CONF_DAY_START: "not_whole"}


async def test_an_athletes_own_phrases_are_kept_as_they_were_written(hass: HomeAssistant) -> None:
    entry = _entry(hass, _subentry(SubentryType.ATHLETE, "Ada", ATHLETE_DEFAULTS))
    athlete = _only(entry, SubentryType.ATHLETE)
    own = {"cues.halfway": ["Half!", "Keep going!"], "safety": {"obstacle": "Mind the dog!"}}
    result = await entry.start_subentry_reconfigure_flow(hass, athlete.subentry_id)
    result = await _go_on(hass, result, {CONF_NAME: "Ada", CONF_PHRASES: own})
    assert result["reason"] == "reconfigure_successful"
    assert athlete.data == {**ATHLETE_DEFAULTS, CONF_PHRASES: own}
    result = await entry.start_subentry_reconfigure_flow(hass, athlete.subentry_id)
    assert _filled(result)[CONF_PHRASES] == own


@pytest.mark.parametrize("empty", [None, {}, ""])
async def test_phrases_that_were_emptied_are_gone(hass: HomeAssistant, empty: object) -> None:
    stored = {**ATHLETE_DEFAULTS, CONF_PHRASES: {"cues.halfway": "Half!"}}
    entry = _entry(hass, _subentry(SubentryType.ATHLETE, "Ada", stored))
    athlete = _only(entry, SubentryType.ATHLETE)
    result = await entry.start_subentry_reconfigure_flow(hass, athlete.subentry_id)
    await _go_on(hass, result, {CONF_NAME: "Ada", CONF_PHRASES: empty})
    assert athlete.data == ATHLETE_DEFAULTS


@pytest.mark.parametrize(
    ("own", "problem", "words"),
    [
        ("Half!", "phrases_without_keys", {"phrase": "", "detail": ""}),
        ({"cues.half": "Half!"}, "phrase_unknown", {"phrase": "cues.half", "detail": ""}),
        ({"safety.obstacle": ""}, "phrase_no_text", {"phrase": "safety.obstacle", "detail": ""}),
        ({"cues.halfway": "{half}"}, "phrase_placeholder", {"phrase": "cues.halfway", "detail": "half"}),
        ({"cues.change": "Go!"}, "phrase_left_out", {"phrase": "cues.change", "detail": "now"}),
        ({"safety.blind": "a " * 9}, "phrase_too_long", {"phrase": "safety.blind", "detail": "8"}),
        (
            {"cues.halfway": "Half!", "cues.last": "Last!", "cues.first": "First!"},
            "phrase_unknown",
            {"phrase": "cues.last", "detail": ""},
        ),
    ],
)
async def test_a_phrase_that_cannot_be_said_is_named_at_its_field_and_changes_nothing(
    hass: HomeAssistant, own: object, problem: str, words: dict[str, str]
) -> None:
    entry = _entry(hass, _subentry(SubentryType.ATHLETE, "Ada", ATHLETE_DEFAULTS))
    athlete = _only(entry, SubentryType.ATHLETE)
    result = await entry.start_subentry_reconfigure_flow(hass, athlete.subentry_id)
    result = await _go_on(hass, result, {CONF_NAME: "Ada L.", CONF_PHRASES: own})
    assert (result["type"], result["errors"]) == (FlowResultType.FORM, {CONF_PHRASES: problem})
    assert result["description_placeholders"] == words
    assert _filled(result)[CONF_PHRASES] == own
    assert athlete.title == "Ada"
    assert athlete.data == ATHLETE_DEFAULTS


async def test_phrases_are_checked_in_the_language_in_which_they_are_said(hass: HomeAssistant) -> None:
    """Where no words are written apart, letters count."""
    await hass.config.async_update(language="ja")
    entry = _entry(hass, _subentry(SubentryType.ATHLETE, "Ada", ATHLETE_DEFAULTS))
    athlete = _only(entry, SubentryType.ATHLETE)
    result = await entry.start_subentry_reconfigure_flow(hass, athlete.subentry_id)
    result = await _go_on(hass, result, {CONF_NAME: "Ada", CONF_PHRASES: {"safety.obstacle": "後" * 21}})
    assert result["errors"] == {CONF_PHRASES: "phrase_too_long"}
    assert result["description_placeholders"]["detail"] == "20"


@pytest.mark.parametrize(
    ("confirmed", "level"),
    [pytest.param(True, "l1", id="confirmed"), pytest.param(False, "l0", id="not-confirmed")],
)
async def test_after_answers_that_asked_for_care_a_higher_level_is_confirmed_first(
    hass: HomeAssistant, confirmed: bool, level: str
) -> None:
    entry = _entry(hass, _subentry(SubentryType.ATHLETE, "Ada", ATHLETE_DEFAULTS), data=UNSURE)
    athlete = _only(entry, SubentryType.ATHLETE)
    result = await entry.start_subentry_reconfigure_flow(hass, athlete.subentry_id)
    result = await _go_on(hass, result, {CONF_NAME: "Ada", CONF_LEVEL: "l1", CONF_MASS: 64.0})
    assert (result["type"], result["step_id"]) == (FlowResultType.FORM, "confirm_level")
    assert athlete.data == ATHLETE_DEFAULTS
    result = await _go_on(hass, result, {forms.CONF_CONFIRMED: confirmed})
    assert result["reason"] == "reconfigure_successful"
    assert athlete.data == {**ATHLETE_DEFAULTS, CONF_LEVEL: level, CONF_MASS: 64}


async def test_what_was_confirmed_is_not_asked_again(hass: HomeAssistant) -> None:
    entry = _entry(
        hass, _subentry(SubentryType.ATHLETE, "Ada", {**ATHLETE_DEFAULTS, CONF_LEVEL: "l1"}), data=UNSURE
    )
    athlete = _only(entry, SubentryType.ATHLETE)
    result = await entry.start_subentry_reconfigure_flow(hass, athlete.subentry_id)
    result = await _go_on(hass, result, {CONF_NAME: "Ada", CONF_LEVEL: "l2"})
    assert (result["type"], athlete.data[CONF_LEVEL]) == (FlowResultType.ABORT, "l2")


async def test_a_new_athlete_confirms_too(hass: HomeAssistant) -> None:
    entry = _entry(hass, data={})
    result = await _add(hass, entry, SubentryType.ATHLETE)
    result = await _go_on(hass, result, {CONF_NAME: "Bob", CONF_LEVEL: "l4"})
    assert result["step_id"] == "confirm_level"
    await _go_on(hass, result, {})
    assert _only(entry, SubentryType.ATHLETE).data[CONF_LEVEL] == "l0"


# Places


@pytest.mark.parametrize(
    ("data", "no_flashing"), [(SCREENED, False), (UNSURE, True)], ids=["carefree", "careful"]
)
async def test_a_place_is_added(hass: HomeAssistant, data: dict[str, Any], no_flashing: bool) -> None:
    entry = _entry(hass, data=data)
    result = await _add(hass, entry, SubentryType.PLACE)
    assert (result["step_id"], _filled(result)) == ("place", {})
    result = await _go_on(hass, result, {CONF_NAME: "Hall", CONF_KIND: "hallway"})
    assert (result["type"], result["step_id"]) == (FlowResultType.FORM, "sound_and_light")
    result = await _go_on(hass, result, {})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    place = _only(entry, SubentryType.PLACE)
    assert place.title == "Hall"
    assert place.data == {**PLACE_DEFAULTS, CONF_NO_FLASHING: no_flashing}


async def test_a_place_is_changed_and_renamed_and_an_emptied_field_is_gone(hass: HomeAssistant) -> None:
    stored = {
        **PLACE_DEFAULTS,
        CONF_CLEAR_LENGTH: 8.5,
        CONF_TTS_ENGINE: "tts.piper",
        CONF_SPEAKERS: ["media_player.hall"],
        CONF_OBSTACLES: [{"entity_id": "binary_sensor.gate", CONF_BELOW: 0.8, CONF_REACTION: "hold"}],
    }
    entry = _entry(hass, _subentry(SubentryType.PLACE, "Hall", {**stored, "of_a_later_version": [1]}))
    place = _only(entry, SubentryType.PLACE)
    result = await entry.start_subentry_reconfigure_flow(hass, place.subentry_id)
    first = _filled(result)
    assert first == {
        CONF_NAME: "Hall",
        CONF_KIND: "hallway",
        CONF_CLEAR_LENGTH: 8.5,
        CONF_REMINDERS: "daily",
    }
    result = await _go_on(hass, result, {CONF_NAME: "Long hall", CONF_KIND: "hallway"})
    second = _filled(result)
    assert second == {CONF_TTS_ENGINE: "tts.piper", CONF_SPEAKERS: ["media_player.hall"]} | {
        CONF_LIGHTS: [],
        CONF_LIGHT_EFFECTS: ["colours", "flash"],
        CONF_NO_FLASHING: False,
        CONF_GLANCE: 6,
        CONF_OBSTACLES: ["binary_sensor.gate"],
    }
    kept = {CONF_SPEAKERS: ["media_player.hall"], CONF_NO_FLASHING: True, CONF_OBSTACLES: ["sensor.rear"]}
    result = await _go_on(hass, result, kept)
    assert result["step_id"] == "sound"
    result = await _go_on(hass, result, {})
    result = await _go_on(hass, result, {CONF_BELOW: 2, CONF_REACTION: "stop"})
    assert result["reason"] == "reconfigure_successful"
    assert place.title == "Long hall"
    assert place.data == {
        **PLACE_DEFAULTS,
        **HEARD_DEFAULTS,
        CONF_SPEAKERS: ["media_player.hall"],
        CONF_NO_FLASHING: True,
        CONF_OBSTACLES: [{"entity_id": "sensor.rear", CONF_BELOW: 2, CONF_REACTION: "stop"}],
        "of_a_later_version": [1],
    }


# Workouts


async def test_a_workout_is_added_and_can_be_read_again(hass: HomeAssistant) -> None:
    entry = _entry(hass)
    result = await _add(hass, entry, SubentryType.WORKOUT)
    assert (result["type"], result["step_id"]) == (FlowResultType.FORM, "workout")
    assert parse(result["description_placeholders"]["example"]).seconds == 6 * 210
    form = {
        CONF_NAME: "Mine",
        CONF_NOTATION: "3x(2m back @1.6,\n30s turn, 1m fwd @4)",
        CONF_LEVEL: "l0",
        CONF_PLACE_KINDS: ["treadmill", "hallway"],
    }
    result = await _go_on(hass, result, form)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    subentry = _only(entry, SubentryType.WORKOUT)
    assert subentry.title == "Mine"
    assert subentry.data == {key: value for key, value in form.items() if key != CONF_NAME}
    workout = workout_settings(subentry).workout
    assert (workout.seconds, workout.level) == (630, Level.L0)
    assert workout.place_kinds == (PlaceKind.TREADMILL, PlaceKind.HALLWAY)


async def test_a_workout_is_changed_and_renamed(hass: HomeAssistant) -> None:
    stored = {CONF_NOTATION: "2m back @1.6", CONF_LEVEL: "l0", CONF_PLACE_KINDS: ["hallway"]}
    entry = _entry(hass, _subentry(SubentryType.WORKOUT, "Mine", stored))
    workout = _only(entry, SubentryType.WORKOUT)
    result = await entry.start_subentry_reconfigure_flow(hass, workout.subentry_id)
    assert _filled(result) == {CONF_NAME: "Mine", **stored}
    result = await _go_on(hass, result, {CONF_NAME: "Ours", CONF_NOTATION: "3m back @6"})
    assert result["reason"] == "reconfigure_successful"
    assert workout.title == "Ours"
    assert workout.data == {CONF_NOTATION: "3m back @6", CONF_PLACE_KINDS: []}


async def test_notation_that_is_none_names_the_column_and_what_would_fit(hass: HomeAssistant) -> None:
    entry = _entry(hass)
    result = await _add(hass, entry, SubentryType.WORKOUT)
    result = await _go_on(hass, result, {CONF_NAME: "Mine", CONF_NOTATION: "2m back, 30s hop"})
    assert (result["type"], result["errors"]) == (FlowResultType.FORM, {CONF_NOTATION: "invalid_workout"})
    assert result["description_placeholders"] == {
        "reason": 'At character 14, "hop": Expected back, fwd, side, turn or rest',
        "example": forms.NOTATION_EXAMPLE,
    }
    assert _filled(result)[CONF_NOTATION] == "2m back, 30s hop"
    assert _filled(result)[CONF_NAME] == "Mine"


async def test_an_endless_workout_is_refused_with_its_reason(hass: HomeAssistant) -> None:
    entry = _entry(hass)
    result = await _add(hass, entry, SubentryType.WORKOUT)
    result = await _go_on(hass, result, {CONF_NAME: " ", CONF_NOTATION: "99x(5m back)"})
    assert result["errors"] == {CONF_NOTATION: "invalid_workout", CONF_NAME: "name_missing"}
    assert "240 min" in result["description_placeholders"]["reason"]


@pytest.mark.parametrize(
    ("notation", "level", "kinds", "reasons"),
    [
        ("2m back @3", "l0", [], ["Treadmill: 3 km/h backward, this level allows 1.6"]),
        ("2m back @3", "l0", ["hallway"], ["Hallway or room: 3 km/h backward, this level allows 1.6"]),
        ("6m back @1 5%", "l0", [], ["a grade of 5 % backward", "360 s of backward work"]),
        (
            "1m back run @6 rpe 4",
            "l2",
            ["outdoor", "treadmill"],
            ["Treadmill: running or jumping backward, which this level does not allow here"],
        ),
    ],
)
async def test_a_workout_over_its_level_is_refused_with_every_reason(
    hass: HomeAssistant, notation: str, level: str, kinds: list[str], reasons: list[str]
) -> None:
    entry = _entry(hass)
    form = {CONF_NAME: "Mine", CONF_NOTATION: notation, CONF_LEVEL: level, CONF_PLACE_KINDS: kinds}
    result = await _go_on(hass, await _add(hass, entry, SubentryType.WORKOUT), form)
    assert result["errors"] == {CONF_NOTATION: "over_ceiling"}
    said = result["description_placeholders"]["reasons"]
    assert all(reason in said for reason in reasons)
    assert "Outdoors" not in said
    del form[CONF_LEVEL]
    result = await _go_on(hass, result, form)
    assert result["type"] is FlowResultType.CREATE_ENTRY


# Names


FORMS: dict[SubentryType, dict[str, Any]] = {
    SubentryType.ATHLETE: {},
    SubentryType.PLACE: {CONF_KIND: "hallway"},
    SubentryType.WORKOUT: {CONF_NOTATION: "2m back"},
}


@pytest.mark.parametrize("kind", SubentryType)
async def test_a_name_is_taken_once_per_kind_however_it_is_written(
    hass: HomeAssistant, kind: SubentryType
) -> None:
    entry = _entry(
        hass,
        *(_subentry(each, name, FORMS[each]) for each in SubentryType for name in (f"Straße {each}", "Two")),
    )
    first, second = entry.get_subentries_of_type(kind)
    result = await _add(hass, entry, kind)
    result = await _go_on(hass, result, {CONF_NAME: f" STRASSE {kind} ", **FORMS[kind]})
    assert (result["type"], result["errors"]) == (FlowResultType.FORM, {CONF_NAME: "name_taken"})

    result = await entry.start_subentry_reconfigure_flow(hass, second.subentry_id)
    result = await _go_on(hass, result, {CONF_NAME: first.title, **FORMS[kind]})
    assert result["errors"] == {CONF_NAME: "name_taken"}
    assert _filled(result)[CONF_NAME] == first.title

    # Its own name, written another way, is free; so is the name of another kind.
    for name in ("TWO", next(f"Straße {each}" for each in SubentryType if each is not kind)):
        result = await entry.start_subentry_reconfigure_flow(hass, second.subentry_id)
        result = await _go_on(hass, result, {CONF_NAME: name, **FORMS[kind]})
        if kind is SubentryType.PLACE:
            result = await _go_on(hass, result, {})
        assert (result["type"], second.title) == (FlowResultType.ABORT, name)


# Texts


def _places_of_texts() -> Iterator[tuple[str, dict[str, Any], vol.Schema]]:
    """Give every step with its texts and its form."""
    first = ENGLISH["config"]["step"]
    yield "user", first["user"], forms.SCREENING
    yield "careful", first["careful"], vol.Schema({})
    yield "athlete", first["athlete"], forms.athlete_form()
    yield (
        "athlete",
        ENGLISH["config_subentries"]["athlete"]["step"]["athlete"],
        forms.athlete_form().extend(forms.OWN_PHRASES),
    )
    for where in (ENGLISH["config"], ENGLISH["config_subentries"]["place"]):
        yield "place", where["step"]["place"], forms.PLACE
        yield "machine", where["step"]["machine"], machine.machine_form()
        yield "controls", where["step"]["controls"], machine.controls_form(asks_unit=True)
        # How late a speaker is can be heard once there is a place, and is asked when it is changed.
        is_first = where is ENGLISH["config"]
        yield (
            "sound_and_light",
            where["step"]["sound_and_light"],
            forms.sound_and_light_form("hallway", entity("sensor"), no_flashing=True).extend(
                forms.BLUEPRINTS if is_first else {}
            ),
        )
        yield "sound", where["step"]["sound"], sound.SoundQuestions({}, asks_delays=not is_first).form()
        yield "obstacle", where["step"]["obstacle"], obstacle_form(Kind.DISTANCE)
    yield "speaker", ENGLISH["config_subentries"]["place"]["step"]["speaker"], sound.SPEAKER
    yield (
        "confirm_level",
        ENGLISH["config_subentries"]["athlete"]["step"]["confirm_level"],
        forms.CONFIRM_LEVEL,
    )
    yield "workout", ENGLISH["config_subentries"]["workout"]["step"]["workout"], forms.WORKOUT


STEPS = pytest.mark.parametrize(
    ("texts", "schema"), [pytest.param(texts, schema, id=step) for step, texts, schema in _places_of_texts()]
)


@STEPS
def test_every_field_has_a_label_and_says_what_it_is_for(texts: dict[str, Any], schema: vol.Schema) -> None:
    assert texts["title"]
    assert texts["description"]
    sections = {str(key): value.schema for key, value in schema.schema.items() if isinstance(value, section)}
    assert set(texts.get("sections", {})) == set(sections)
    fields = {str(key) for key in schema.schema} - set(sections)
    assert set(texts.get("data", {})) == set(texts.get("data_description", {})) == fields
    for name, inner in sections.items():
        said = texts["sections"][name]
        assert said["name"]
        assert said["description"]
        assert set(said["data"]) == set(said["data_description"]) == {str(key) for key in inner.schema}


@STEPS
def test_every_option_has_a_name(texts: dict[str, Any], schema: vol.Schema) -> None:
    del texts
    for selector in schema.schema.values():
        # Units are written alike in every language.
        if isinstance(selector, SelectSelector) and "translation_key" in selector.config:
            options = ENGLISH["selector"][selector.config["translation_key"]]["options"]
            assert set(options) == set(selector.config["options"])


def test_no_step_has_texts_without_a_form() -> None:
    steps = [ENGLISH["config"]["step"], *(each["step"] for each in ENGLISH["config_subentries"].values())]
    assert sum(len(each) for each in steps) == len(list(_places_of_texts()))


def test_every_error_has_its_words_and_every_kind_its_names() -> None:
    athlete = {"name_missing", "not_whole", "only_rest", "nothing_worn", "no_phone", "phone_is_mute"}
    steering = {"belt_needs_speed", "belt_needs_controls", "not_a_speed", "unit_unknown", "steps_too_coarse"}
    watching = {"own_entity", "entity_twice", "cannot_watch", "not_positive"}
    sounding = {"quiet_needs_both", "quiet_is_nothing", "night_needs_hours"}
    place = {"name_missing", "own_device", *steering, *watching, *sounding}
    assert set(ENGLISH["config"]["error"]) == {"not_accepted"} | athlete | place
    assert set(ENGLISH["config_subentries"]) == set(SubentryType)
    errors = {kind: set(texts["error"]) for kind, texts in ENGLISH["config_subentries"].items()}
    assert errors["athlete"] == {"name_taken"} | athlete | set(FlawKind)
    assert errors["place"] == {"name_taken"} | place
    assert errors["workout"] == {"name_taken", "name_missing", "invalid_workout", "over_ceiling"}
    for texts in ENGLISH["config_subentries"].values():
        assert texts["entry_type"]
        assert set(texts["initiate_flow"]) == {"user", "reconfigure"}


@pytest.mark.parametrize("level", Level)
def test_a_levels_words_say_what_it_allows(level: Level) -> None:
    words = ENGLISH["selector"]["level"]["options"][level]
    ceiling = CEILINGS[level]
    grade = f"{ceiling.grade_percent:g} % grade" if ceiling.grade_percent else "flat"
    assert f"up to {ceiling.walk_kmh:.1f} km/h, {grade}, {ceiling.bout_seconds // 60} minutes" in words
    assert ("run" in words) == (ceiling.run_effort is not None)
    assert ("harness" in words) == (ceiling.treadmill_run_kmh is not None)


def test_the_words_promise_no_cure() -> None:
    said = json.dumps({key: ENGLISH[key] for key in ("config", "config_subentries", "selector")}).lower()
    assert not [word for word in ("treats", "cures", "heals", "prevents") if word in said]


def test_who_only_presses_next_has_answered_nothing_and_begins_with_care() -> None:
    """A form shows the first option as chosen; a "yes, my manual allows it" must be somebody's own."""
    shown = [
        selector.config["options"][0]["value"]
        if isinstance(selector.config["options"][0], dict)
        else selector.config["options"][0]
        for marker, selector in forms.SCREENING.schema.items()
        if marker in forms.QUESTIONS
    ]
    assert shown == ["unsure"] * len(forms.QUESTIONS)
