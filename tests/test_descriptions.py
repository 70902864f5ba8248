"""Code, texts and icons stay in step, and what the README shows works."""

import ast
from collections.abc import Mapping
import json
from pathlib import Path
import re
from string import Formatter
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
import yaml

from custom_components.backstride.condition import CONDITIONS
from custom_components.backstride.const import DOMAIN, Kind
from custom_components.backstride.engine.asking import Choice, Hint, Question
from custom_components.backstride.engine.events import EventKind, Reason
from custom_components.backstride.engine.guard import Cause, NewsKind, Reaction
from custom_components.backstride.engine.place import PlaceKind, Requirement
from custom_components.backstride.engine.preflight import Remind, Reminder
from custom_components.backstride.engine.remarks import WORDS, Code
from custom_components.backstride.engine.session import Command, SessionState
from custom_components.backstride.engine.streak import StreakNews
from custom_components.backstride.engine.workout import Direction, Gait, parse
from custom_components.backstride.event import LOGGED
from custom_components.backstride.output.phrasebook import rewritten
from custom_components.backstride.output.phrases import load_phrases
from custom_components.backstride.trigger import TOLD, TRIGGERS
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .setup import GYM, async_set_up, state_of

PACKAGE = Path(__file__).parents[1] / "custom_components" / "backstride"
TEXTS: dict[str, Any] = json.loads((PACKAGE / "translations" / "en.json").read_text())
ICONS: dict[str, Any] = json.loads((PACKAGE / "icons.json").read_text())
README = (PACKAGE.parents[1] / "README.md").read_text()


def _said() -> set[str]:
    """Collect the first words of calls such as `problem("no_session")` or `failure("disk_full")`."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"problem", "failure"}
                and node.args
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
            if isinstance(node, ast.ClassDef) and node.name == "NotReady":
                # It tells more than its words.
                found.add("not_ready")
    return found


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_problem_has_its_text_and_every_text_its_problem() -> None:
    assert _said() | set(Code) == set(TEXTS["exceptions"])


@pytest.mark.parametrize("code", Code)
def test_a_text_of_the_engine_takes_what_the_engine_gives_and_nothing_else(code: Code) -> None:
    assert _placeholders(TEXTS["exceptions"][code]["message"]) == _placeholders(WORDS[code])


def test_what_fills_these_texts_has_its_names() -> None:
    assert set(TEXTS["selector"]["place_kind"]["options"]) == set(PlaceKind)
    assert set(TEXTS["selector"]["command"]["options"]) == set(Command)
    assert set(TEXTS["selector"]["reaction"]["options"]) == set(Reaction)
    assert set(TEXTS["selector"]["rating_question"]["options"]) == set(Question)
    assert set(TEXTS["selector"]["rating_choice"]["options"]) == set(Choice)
    assert set(TEXTS["selector"]["rating_hint"]["options"]) == set(Hint)
    assert set(TEXTS["entity"]["sensor"]["interval"]["state"]) == {"idle", *Direction}
    assert set(TEXTS["selector"]["hazard_cause"]["options"]) == set(Cause)
    hazard = TEXTS["entity"]["binary_sensor"]["hazard"]["state_attributes"]["reason"]["state"]
    assert hazard == TEXTS["selector"]["hazard_cause"]["options"]
    told = TEXTS["entity"]["event"]["hazard"]["state_attributes"]["event_type"]["state"]
    assert set(told) == set(NewsKind)
    assert set(TEXTS["selector"]["requirement"]["options"]) == set(Requirement)
    assert set(TEXTS["selector"]["reminder"]["options"]) == set(Reminder)
    assert set(TEXTS["selector"]["reminders"]["options"]) == set(Remind)
    assert set(TEXTS["entity"]["sensor"]["session"]["state"]) == {"idle", *SessionState}


@pytest.mark.usefixtures("enable_custom_integrations")
async def test_every_entity_has_a_name_and_an_icon(hass: HomeAssistant) -> None:
    await async_set_up(hass)
    for one in er.async_get(hass).entities.values():
        assert one.translation_key is not None
        assert TEXTS["entity"][one.domain][one.translation_key]["name"]
        assert ICONS["entity"][one.domain][one.translation_key]["default"].startswith("mdi:")


def test_every_text_of_an_entity_belongs_to_one() -> None:
    assert {domain: set(keys) for domain, keys in TEXTS["entity"].items()} == {
        domain: set(keys) for domain, keys in ICONS["entity"].items()
    }


def test_every_action_has_a_text_an_icon_and_a_description() -> None:
    described = yaml.safe_load((PACKAGE / "services.yaml").read_text())
    assert set(described) == set(TEXTS["services"]) == set(ICONS["services"])


@pytest.mark.parametrize(("kind", "offered"), [("trigger", TRIGGERS), ("condition", CONDITIONS)])
def test_every_trigger_and_condition_has_a_text_an_icon_and_a_description(
    kind: str, offered: Mapping[str, object]
) -> None:
    described = yaml.safe_load((PACKAGE / f"{kind}s.yaml").read_text())
    shown = {key: one for key, one in described.items() if not key.startswith(".")}
    texts = TEXTS[f"{kind}s"]
    assert set(shown) == set(offered) == set(texts) == set(ICONS[f"{kind}s"])
    for key, one in shown.items():
        assert texts[key]["name"]
        assert texts[key]["description"].endswith(".")
        assert set(texts[key].get("fields", {})) == set(one.get("fields", {}))
        assert ICONS[f"{kind}s"][key][kind].startswith("mdi:")
        for each in one["target"]["entity"]:
            assert each["device_class"] in set(Kind) or (each["integration"], each["device_class"]) == (
                DOMAIN,
                "enum",
            )


def test_what_the_editor_lets_choose_is_what_a_trigger_takes() -> None:
    chosen = {"reason": Reason, "direction": Direction, "cause": Cause}
    for key, one in yaml.safe_load((PACKAGE / "triggers.yaml").read_text()).items():
        for name, field in one.get("fields", {}).items() if not key.startswith(".") else ():
            if name in chosen:
                select = field["selector"]["select"]
                assert set(select["options"]) <= set(chosen[name])
                assert set(TEXTS["selector"][select["translation_key"]]["options"]) == set(chosen[name])


def test_everything_a_trigger_tells_has_a_name_where_it_is_shown() -> None:
    kinds = {"session": EventKind, "hazard": NewsKind, "streak": StreakNews}
    assert kinds.keys() == TOLD.keys()
    for key, told in TOLD.items():
        shown = TEXTS["entity"]["event"][key]["state_attributes"]
        assert set(shown) == {"event_type", *told}
        assert set(shown["event_type"]["state"]) == set(kinds[key])
        icons = ICONS["entity"]["event"][key]["state_attributes"]["event_type"]["state"]
        assert set(icons) == set(kinds[key])
    session = TEXTS["entity"]["event"]["session"]["state_attributes"]
    assert set(session["gait"]["state"]) == set(Gait)
    assert session["reason"]["state"] == TEXTS["selector"]["reason"]["options"]
    assert session["direction"]["state"] == TEXTS["selector"]["direction"]["options"]
    hazard = TEXTS["entity"]["event"]["hazard"]["state_attributes"]
    assert hazard["cause"]["state"] == TEXTS["selector"]["hazard_cause"]["options"]
    assert hazard["reaction"]["state"] == TEXTS["selector"]["reaction"]["options"]


def test_every_line_of_the_logbook_has_its_sentence() -> None:
    sentences = TEXTS["selector"]["logbook"]["options"]
    assert set(sentences) == {*LOGGED, StreakNews.MILESTONE}
    for kind, sentence in sentences.items():
        takes = {"streak"} if kind == StreakNews.MILESTONE else {"workout", "place", "reason"}
        assert _placeholders(sentence) <= takes


@pytest.mark.usefixtures("enable_custom_integrations")
async def test_the_action_the_readme_shows_works(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-01 07:00:00+00:00")
    await async_set_up(hass)
    (example,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    shown = yaml.safe_load(example)
    domain, action = shown["action"].split(".")
    assert domain == DOMAIN
    await hass.services.async_call(domain, action, shown["data"], blocking=True)
    assert state_of(hass, "sensor", GYM, "session") == "lead_in"
    for named in re.findall(
        r"`((?:backstride\.)?[a-z]+_[a-z]+)`", README.split("The actions")[1].split("For example")[0]
    ):
        assert hass.services.has_service(DOMAIN, named.removeprefix(f"{DOMAIN}."))


def test_the_notation_the_readme_shows_is_one() -> None:
    for notation in re.findall(r"^    (\d+x\(.*\))$", README, re.MULTILINE):
        assert parse(notation).seconds > 0


def test_the_phrases_the_readme_shows_can_be_said() -> None:
    shown = yaml.safe_load("".join(re.findall(r"^    ((?:\w+\.\w+): .*\n)", README, re.MULTILINE)))
    assert len(shown) == 4
    phrases, flaws = rewritten(load_phrases("en"), shown)
    assert flaws == ()
    assert phrases["safety"]["obstacle"] == shown["safety.obstacle"]
