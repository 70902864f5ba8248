"""The demo's page of speakers shows what the gym has."""

from typing import Any

import pytest

from demo import scene, speakers
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..gym.visit import IN_THE_GYM, async_open

pytestmark = IN_THE_GYM


def _named_in(card: Any) -> set[str]:  # noqa: ANN401 - cards are whatever Home Assistant reads
    if isinstance(card, list):
        return {name for each in card for name in _named_in(each)}
    if not isinstance(card, dict):
        return set()
    own = {card["entity"]} if isinstance(card.get("entity"), str) else set()
    return own | {name for each in card.values() for name in _named_in(each)}


async def test_everything_on_the_page_is_there(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    await async_open(hass)
    registry = er.async_get(hass)

    def find(domain: str, device: str, key: str) -> str:
        found = registry.async_get_entity_id(domain, "virtual_gym", f"{device}-{key}")
        assert found is not None, (domain, device, key)
        return found

    shown = _named_in(speakers.view(find))
    assert {name.split(".")[0] for name in shown} == {"media_player", "number", "select", "switch"}
    assert {name for name in shown if name.startswith("media_player.")} == {
        f"media_player.{device}" for device in speakers.SPEAKERS
    }
    assert all(hass.states.get(name) is not None for name in shown)
    assert all(find("media_player", f"gym_{name}", "speaker") in shown for name in scene.SPEAKERS)
