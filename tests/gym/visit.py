"""A visit to the simulated gym: it is opened, time passes, and somebody looks and does things."""

from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant

IN_THE_GYM = [
    pytest.mark.usefixtures("gym_can_be_found"),
    # Home Assistant's web server keeps old names for other integrations and its requests, of which the library warns.
    pytest.mark.filterwarnings("ignore:It is recommended to use web.(App|Request)Key"),
]


async def async_open(hass: HomeAssistant) -> MockConfigEntry:
    """Open the gym."""
    entry = MockConfigEntry(domain="virtual_gym", title="Virtual gym")
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


async def async_pass(hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: int) -> None:
    """Let seconds pass one by one, as they do."""
    for _ in range(seconds):
        freezer.tick(timedelta(seconds=1))
        async_fire_time_changed(hass)
        await hass.async_block_till_done()


async def async_do(hass: HomeAssistant, action: str, entity_id: str, **data: Any) -> None:
    """Have an action done to an entity."""
    domain, name = action.split(".")
    await hass.services.async_call(domain, name, {ATTR_ENTITY_ID: entity_id, **data}, blocking=True)


async def async_press(hass: HomeAssistant, button: str) -> None:
    """Press a button of the gym."""
    await async_do(hass, "button.press", f"button.{button}")


def value(hass: HomeAssistant, entity_id: str) -> float:
    """Read a number."""
    return float(state(hass, entity_id))


def state(hass: HomeAssistant, entity_id: str) -> str:
    """Read a state."""
    found = hass.states.get(entity_id)
    assert found is not None, entity_id
    return found.state


def attribute(hass: HomeAssistant, entity_id: str, name: str) -> Any:  # noqa: ANN401 - whatever it may be
    """Read an attribute."""
    found = hass.states.get(entity_id)
    assert found is not None, entity_id
    return found.attributes[name]


def asked(hass: HomeAssistant, treadmill: str) -> list[tuple[str, float | None]]:
    """Give what a treadmill was asked over its link, in the order it arrived."""
    commands = attribute(hass, f"select.{treadmill}_manners", "commands")
    return [(one["command"], one["value"]) for one in commands]


def reported(hass: HomeAssistant, entity_id: str) -> datetime:
    """Tell when something was last reported, changed or not."""
    found = hass.states.get(entity_id)
    assert found is not None, entity_id
    return found.last_reported
