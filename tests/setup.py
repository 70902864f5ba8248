"""A Backstride that is set up: two athletes, two places and a workout, and ways to look at it."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.backstride.const import DOMAIN, TITLE, SubentryType
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.starting import Conditions
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

ANNA, BEN, GYM, HALL, MINE = "anna", "ben", "gym", "hall", "mine"
ANYWAY = Conditions(override=True)


def subentry(kind: SubentryType, key: str, title: str, data: dict[str, Any]) -> ConfigSubentryDataWithId:
    """Give a subentry whose id is known, so that tests can name it."""
    return ConfigSubentryDataWithId(
        data=data, subentry_id=key, subentry_type=kind.value, title=title, unique_id=None
    )


def subentries() -> list[ConfigSubentryDataWithId]:
    """Give two athletes, two places and a workout of their own."""
    athlete = {
        "birth_year": 1976,
        "height_cm": 175.0,
        "mass_kg": 70.0,
        "level": "l1",
        "daily_goal_minutes": 1,
    }
    return [
        subentry(SubentryType.ATHLETE, ANNA, "Anna", athlete),
        subentry(SubentryType.ATHLETE, BEN, "Ben", {"level": "l2"}),
        subentry(SubentryType.PLACE, GYM, "Gym", {"kind": "treadmill"}),
        subentry(SubentryType.PLACE, HALL, "Hall", {"kind": "hallway", "clear_length_m": 12.0}),
        subentry(SubentryType.WORKOUT, MINE, "Mine", {"notation": "60s back @2, 30s turn, 60s fwd @3"}),
    ]


def new_entry(*given: ConfigSubentryDataWithId) -> MockConfigEntry:
    """Give an entry that is not added yet."""
    return MockConfigEntry(
        domain=DOMAIN, title=TITLE, entry_id="backstride", subentries_data=list(given) or subentries()
    )


async def async_set_up(hass: HomeAssistant, entry: MockConfigEntry | None = None) -> Coordinator:
    """Set Backstride up and give its coordinator."""
    entry = entry or new_entry()
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    coordinator: Coordinator = entry.runtime_data
    return coordinator


async def async_tick(hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float) -> None:
    """Let time pass, and everything that is due happen."""
    freezer.tick(timedelta(seconds=seconds))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()


def entity_id(hass: HomeAssistant, domain: str, subentry_id: str, key: str) -> str:
    """Find an entity by what never changes about it."""
    found = er.async_get(hass).async_get_entity_id(domain, DOMAIN, f"{subentry_id}_{key}")
    assert found is not None, f"{domain} {key} of {subentry_id}"
    return found


def state_of(hass: HomeAssistant, domain: str, subentry_id: str, key: str) -> str:
    """Give an entity's state."""
    state = hass.states.get(entity_id(hass, domain, subentry_id, key))
    assert state is not None
    return state.state
