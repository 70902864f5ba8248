"""What every blueprint owes its reader: sections, a description with its own import link, defaults that its form takes."""

from pathlib import Path
import re
import shutil
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from homeassistant.components.automation.helpers import async_get_blueprints as automations
from homeassistant.components.blueprint.models import Blueprint
from homeassistant.components.script.helpers import async_get_blueprints as scripts
from homeassistant.core import HomeAssistant

from .driving import SHIPPED, as_chosen, shipped

ROOT = SHIPPED.parents[2]
REPOSITORY = "https://github.com/backstride/backstride/blob/main"
FILES = sorted(SHIPPED.rglob("*.yaml"))
EACH = pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in FILES])
EMPTY: tuple[Any, ...] = ("", [], {})
"""What a form shows as not chosen."""


def _blueprint(path: Path) -> Blueprint:
    return shipped(path.relative_to(SHIPPED).parts[0], path.stem)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@EACH
def test_it_says_what_it_is_for_and_where_it_comes_from(path: Path) -> None:
    metadata = _blueprint(path).metadata
    source = f"{REPOSITORY}/{path.relative_to(SHIPPED.parent).as_posix()}"
    assert metadata["name"].startswith("Backstride: ")
    assert metadata["author"] == "Backstride"
    assert metadata["source_url"] == source
    assert metadata["homeassistant"] == {"min_version": "2026.10.0"}
    (link,) = re.findall(r"\[Import this blueprint\]\((\S+)\)$", metadata["description"])
    assert urlsplit(link)._replace(query="").geturl() == (
        "https://my.home-assistant.io/redirect/blueprint_import/"
    )
    assert parse_qs(urlsplit(link).query) == {"blueprint_url": [source]}


@EACH
def test_its_inputs_stand_in_sections_with_names_selectors_and_defaults_that_the_form_takes(
    path: Path,
) -> None:
    sections = _blueprint(path).metadata["input"]
    for section in sections.values():
        assert section["name"]
        assert section["icon"].startswith("mdi:")
        for one in section["input"].values():
            assert one["name"]
            if (default := one.get("default", "")) not in EMPTY:
                assert as_chosen(one, default) == default
        if section.get("collapsed"):
            assert all("default" in one for one in section["input"].values()), "what is asked is hidden"


@EACH
def test_of_our_devices_it_offers_only_those_that_fit(path: Path) -> None:
    ours = [
        one["selector"]["device"]["filter"]
        for name, one in _blueprint(path).inputs.items()
        if name in {"place", "athlete", "athletes"}
    ]
    assert ours
    for (only,) in ours:
        assert only["integration"] == "backstride"
        assert only["model_id"] in {"athlete", "place"}


@EACH
def test_its_mode_is_chosen_with_a_reason(path: Path) -> None:
    assert re.search(r"^# .+\nmode: \w+$", _text(path), re.MULTILINE)


@EACH
def test_a_lamp_or_speaker_that_fails_does_not_stop_the_rest(path: Path) -> None:
    """Whatever belongs to another integration may be gone; a call of ours that is refused is said."""

    def calls(node: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - whatever YAML holds
        if isinstance(node, list):
            return [call for each in node for call in calls(each)]
        if isinstance(node, dict):
            inner = [call for each in node.values() for call in calls(each)]
            return [node, *inner] if isinstance(node.get("action"), str) else inner
        return []

    frail = {"light", "tts", "assist_satellite", "media_player", "fan"}
    data = _blueprint(path).data
    for call in calls([data.get("actions", []), data.get("sequence", [])]):
        if call["action"].split(".")[0] in frail or call["action"] == "scene.turn_on":
            assert call["continue_on_error"] is True, call["action"]


@EACH
def test_it_is_named_in_the_docs_with_its_link(path: Path) -> None:
    docs = _text(ROOT / "docs" / "automations.md")
    metadata = _blueprint(path).metadata
    (link,) = re.findall(r"\((https://my\S+)\)", metadata["description"])
    assert link in docs
    assert f"**{metadata['name'].removeprefix('Backstride: ')}**".casefold() in docs.casefold()


def test_what_ships_and_what_the_links_lead_to_are_the_same() -> None:
    """Home Assistant gets the one, the repository's readers the other; scripts/copy-blueprints makes it of the first."""
    linked = ROOT / "blueprints"
    names = [path.relative_to(SHIPPED) for path in FILES]
    assert sorted(path.relative_to(linked) for path in linked.rglob("*") if path.is_file()) == names
    assert all((linked / name).read_bytes() == (SHIPPED / name).read_bytes() for name in names)
    assert len(names) == 16


async def test_home_assistant_takes_every_one(hass: HomeAssistant) -> None:
    shutil.copytree(SHIPPED, hass.config.path("blueprints"))
    for of_domain in (automations(hass), scripts(hass)):
        loaded = await of_domain.async_get_blueprints()
        assert loaded
        assert all(isinstance(each, Blueprint) and each.validate() is None for each in loaded.values()), (
            loaded
        )


@EACH
def test_it_uses_none_of_the_words_of_old(path: Path) -> None:
    assert (
        re.findall(
            r"^\s*(?:- )?(?:service|platform): |^(?:trigger|condition|action):", _text(path), re.MULTILINE
        )
        == []
    )
