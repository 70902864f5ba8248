"""What the engine says reaches people in their language, down to the last word inside."""

from collections.abc import Iterator
import json
from pathlib import Path
from string import Formatter
from typing import Any
from unittest.mock import patch

import pytest

from custom_components.backstride.const import DOMAIN, SubentryType
from custom_components.backstride.engine.remarks import Code, Remark
from custom_components.backstride.problems import say
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import translation

from .setup import ANNA, BEN, GYM, HALL, async_set_up

GERMAN: dict[str, Any] = {
    "exceptions": {
        "over_speed": "{found} km/h rückwärts, erlaubt sind {allowed}",
        "over_bout": "{found} s rückwärts am Stück, erlaubt sind {allowed}",
        "at_place": "{place}, {reason}",
        "list": "{first}, und {rest}",
        "nearest": "{workout} kann hier nicht {wanted} dauern. Am nächsten kommen {nearest}.",
        "minutes": "{minutes} Minuten",
        "notation": "Zeichen {column}, {found}: {reason}.",
        "interval_speed": "Das Tempo liegt über 0 und bei höchstens {fastest} km/h.",
        "expected_direction": "Erwartet wird back, fwd, side, turn oder rest.",
        "illegal_command": "Das geht jetzt nicht: {command}. Zustand: {state}.",
    },
    "entity": {"sensor": {"session": {"state": {"lead_in": "Vorlauf"}}}},
    "selector": {
        "place_kind": {"options": {"hallway": "Flur", "outdoor": "Draußen", "stairs": "Treppe"}},
        "command": {"options": {"resume": "Weiter"}},
    },
}
GERMAN["exceptions"] = {key: {"message": text} for key, text in GERMAN["exceptions"].items()}


@pytest.fixture(autouse=True)
def _german(
    hass: HomeAssistant,
    enable_custom_integrations: None,  # noqa: ARG001 - a fixture is asked for by name
    disable_translations_once: None,  # noqa: ARG001 - what is said here must not be kept for other tests
) -> Iterator[None]:
    """Let the server speak German, in which a few of our texts are written."""
    load = translation._load_translations_files_by_language  # noqa: SLF001 - where files are read

    def read(files: dict[str, dict[str, Path]]) -> dict[str, dict[str, Any]]:
        ours = {"de": {DOMAIN: GERMAN}} if DOMAIN in files.get("de", {}) else {}
        found = load({language: dict(paths) for language, paths in files.items() if language != "de"})
        return {**found, **ours}

    hass.config.language = "de"
    # A cache of this test's own; the harness gives all tests the same one.
    cache = translation._async_get_translations_cache(hass)  # noqa: SLF001
    cache.cache_data = translation._TranslationsCacheData({}, {})  # noqa: SLF001
    with patch.object(translation, "_load_translations_files_by_language", read):
        yield


async def _refused(hass: HomeAssistant, action: str, **data: Any) -> tuple[str | None, dict[str, str]]:
    with pytest.raises(ServiceValidationError) as refusal:
        await hass.services.async_call(DOMAIN, action, data, blocking=True)
    return refusal.value.translation_key, refusal.value.translation_placeholders or {}


async def test_a_workout_too_much_is_refused_with_every_reason_in_the_servers_language(
    hass: HomeAssistant,
) -> None:
    await async_set_up(hass)
    key, filled = await _refused(hass, "start_session", place=GYM, athlete=ANNA, notation="11m back @6.5")
    assert key == "over_ceiling"
    assert filled["reasons"] == (
        "6.5 km/h rückwärts, erlaubt sind 3.2, und 660 s rückwärts am Stück, erlaubt sind 600"
    )


async def test_what_is_wrong_with_one_interval_is_said_inside_what_is_wrong_with_the_notation(
    hass: HomeAssistant,
) -> None:
    await async_set_up(hass)
    assert await _refused(
        hass, "start_session", place=GYM, athlete=ANNA, notation="1m rest, 1m back @99"
    ) == (
        "notation",
        {"column": "10", "found": "1m", "reason": "Das Tempo liegt über 0 und bei höchstens 25 km/h"},
    )


async def test_the_nearest_time_is_said_in_the_servers_language(hass: HomeAssistant) -> None:
    await async_set_up(hass)
    wish = {"place": GYM, "athlete": ANNA, "notation": "60s back @1", "duration": 60}
    response = await hass.services.async_call(
        DOMAIN, "start_session", wish, blocking=True, return_response=True
    )
    assert response is not None
    assert response["message"] == (
        "Custom workout kann hier nicht 60 Minuten dauern. Am nächsten kommen 10 Minuten"
    )


async def test_a_command_that_is_refused_is_named_as_its_readers_know_it(hass: HomeAssistant) -> None:
    await async_set_up(hass)
    start = {"place": HALL, "athlete": BEN, "notation": "60s back @1"}
    await hass.services.async_call(DOMAIN, "start_session", start, blocking=True)
    assert await _refused(hass, "resume_session", place=HALL) == (
        "illegal_command",
        {"command": "Weiter", "state": "Vorlauf"},
    )


@pytest.mark.parametrize(
    ("notation", "key", "said"),
    [
        pytest.param(
            "2m bakc",
            "reason",
            "Zeichen 4, bakc: Erwartet wird back, fwd, side, turn oder rest",
            id="notation",
        ),
        pytest.param(
            "2m back @3",
            "reasons",
            "Flur, 3 km/h rückwärts, erlaubt sind 1.6, und Draußen, 3 km/h rückwärts, erlaubt sind 1.6",
            id="too much for the level",
        ),
        pytest.param(
            "99x(5m back)",
            "reason",
            "A workout has at most 500 intervals and lasts at most 240 Minuten",
            id="what is not translated yet is said in English",
        ),
    ],
)
async def test_the_form_of_a_workout_says_what_is_wrong_in_the_servers_language(
    hass: HomeAssistant, notation: str, key: str, said: str
) -> None:
    coordinator = await async_set_up(hass)
    form = {
        CONF_NAME: "Neu",
        "notation": notation,
        "level": "l0",
        "place_kinds": ["hallway", "outdoor"],
    }
    flows = hass.config_entries.subentries
    result = await flows.async_init(
        (coordinator.entry.entry_id, SubentryType.WORKOUT), context={"source": "user"}
    )
    result = await flows.async_configure(result["flow_id"], form)
    placeholders = result["description_placeholders"]
    assert placeholders is not None
    assert placeholders[key] == said


async def test_without_any_translation_loaded_it_is_said_in_english(hass: HomeAssistant) -> None:
    assert say(hass, Remark(code=Code.MINUTES, details={"minutes": 5})) == "5 min"


def test_the_german_texts_here_take_what_the_english_ones_take() -> None:
    """One that does not is dropped by Home Assistant, and a test above would see English."""
    english = json.loads(
        (Path(__file__).parents[1] / "custom_components/backstride/translations/en.json").read_text()
    )

    def placeholders(texts: dict[str, Any], key: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(texts["exceptions"][key]["message"]) if name}

    for key in GERMAN["exceptions"]:
        assert placeholders(GERMAN, key) == placeholders(english, key)
