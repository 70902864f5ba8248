"""What can be downloaded when something is wrong: enough to find it, and nothing about anybody."""

import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import get_diagnostics_for_config_entry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.backstride.const import DOMAIN, TITLE
from custom_components.backstride.engine.session import Command
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .setup import ANNA, ANYWAY, GYM, HALL, MINE, async_set_up, async_tick, subentries

pytestmark = [
    pytest.mark.usefixtures("enable_custom_integrations"),
    # Home Assistant's own web server uses what its library advises against.
    pytest.mark.filterwarnings("ignore::aiohttp.web_exceptions.NotAppKeyWarning"),
]

STRAP, BELT, COUNTER = "sensor.annas_strap", "sensor.belt", "sensor.counter"


@pytest.fixture(autouse=True)
def _at_seven(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-01 07:00:00+00:00")


def _entry() -> MockConfigEntry:
    given = subentries()
    given[0]["data"] = {
        **given[0]["data"],
        "sex": "female",
        "resting_heart_rate": 61,
        "person": "person.anna",
        "heart_rate": STRAP,
        "something_new": "Anna's",
    }
    given[2]["data"] = {**given[2]["data"], "roles": {"speed": BELT, "distance": COUNTER}}
    return MockConfigEntry(
        domain=DOMAIN,
        title=TITLE,
        data={"screening": {"answers": {"pregnant": "yes"}, "date": "2026-02-01", "version": 1}},
        subentries_data=given,
    )


async def _download(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, entry: MockConfigEntry
) -> dict[str, Any]:
    data: dict[str, Any] = dict(await get_diagnostics_for_config_entry(hass, hass_client, entry))
    return data


async def test_a_session_is_shown_with_its_sources_and_nobody_is_told_about(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, hass_client: ClientSessionGenerator
) -> None:
    registry = er.async_get(hass)
    registry.async_get_or_create("sensor", "polar_bluetooth", "1", suggested_object_id="annas_strap")
    entry = _entry()
    coordinator = await async_set_up(hass, entry)
    # Its belt tells nothing yet.
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE], how=ANYWAY)
    await async_tick(hass, freezer, 10)
    for beat, kmh, metres in ((100, 2, 5000), (101, 60, 6000), (102, 2, 5002), (103, 70, 5003)):
        hass.states.async_set(STRAP, str(beat), {"unit_of_measurement": "bpm"})
        hass.states.async_set(BELT, str(kmh), {"unit_of_measurement": "km/h"})
        hass.states.async_set(COUNTER, str(metres), {"unit_of_measurement": "m"})
        await async_tick(hass, freezer, 2)
    data = await _download(hass, hass_client, entry)
    assert data["state"] == "loaded"
    assert data["versions"] == {"store": 1, "session": 1, "screening": 1}
    assert data["subentries"] == {"athlete": 2, "place": 2, "workout": 1}
    gym = data["places"][GYM]
    assert gym["settings"]["roles"] == {"speed": BELT, "distance": COUNTER}
    session = gym["session"]
    assert (session["state"], session["interval"], session["intervals"]) == ("running", 0, 3)
    assert session["knows_zones"]
    by_quantity = {source.pop("quantity"): source for source in gym["sources"]}
    live = {"speaks": True, "pace": "live", "age_s": 2.0}
    assert by_quantity == {
        "speed": {
            "entity_id": BELT,
            "is_worn": False,
            "integration": None,
            "unit": "km/h",
            **live,
            "pace": "unknown",
            "wild": 2,
            "jumps": 0,
        },
        "distance": {
            "entity_id": COUNTER,
            "is_worn": False,
            "integration": None,
            "unit": "m",
            **live,
            "wild": 0,
            "jumps": 1,
        },
        "heart_rate": {
            "entity_id": "**REDACTED**",
            "is_worn": True,
            "integration": "polar_bluetooth",
            "unit": "bpm",
            **live,
            "wild": 0,
            "jumps": 0,
        },
    }
    anna = data["athletes"][ANNA]["settings"]
    assert {key for key, value in anna.items() if value != "**REDACTED**"} == {"level", "daily_goal_minutes"}
    # Ids are no names, but for those of tests.
    data["athletes"] = list(data["athletes"].values())
    text = json.dumps(data).casefold()
    for secret in ("anna", "1976", "175", "70.0", "female", "61", "person.", "strap", "pregnant"):
        assert secret not in text


async def test_a_place_where_nobody_walked_shows_what_its_sources_say_now(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, hass_client: ClientSessionGenerator
) -> None:
    hass.states.async_set(BELT, "60")
    hass.states.async_set(COUNTER, "12")
    entry = _entry()
    await async_set_up(hass, entry)
    freezer.tick(300)
    data = await _download(hass, hass_client, entry)
    gym = data["places"][GYM]
    assert gym["session"] is None
    told = [
        (one["quantity"], one["speaks"], one["pace"], one["age_s"], one["wild"]) for one in gym["sources"]
    ]
    assert told == [("speed", False, "unknown", 300, 1), ("distance", True, "delayed", 300, 0)]
    assert data["places"][HALL]["sources"] == []


async def test_what_was_heard_can_be_looked_at_after_the_session_and_records_are_counted(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, hass_client: ClientSessionGenerator
) -> None:
    entry = _entry()
    coordinator = await async_set_up(hass, entry)
    # Its belt tells nothing yet.
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE], how=ANYWAY)
    hass.states.async_set(BELT, "60")
    await async_tick(hass, freezer, 10)
    coordinator.async_command(GYM, Command.STOP)
    await async_tick(hass, freezer, 60)
    data = await _download(hass, hass_client, entry)
    speed, _, heart_rate = data["places"][GYM]["sources"]
    assert (speed["wild"], speed["age_s"]) == (1, 70)
    assert (heart_rate["is_worn"], heart_rate["speaks"], heart_rate["age_s"]) == (True, False, None)
    assert (data["athletes"][ANNA]["sessions"], data["athletes"][ANNA]["records"]) == (1, {"2026": 1})


async def test_an_entry_that_is_not_loaded_can_be_looked_at_too(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    entry = _entry()
    await async_set_up(hass, entry)
    assert await hass.config_entries.async_unload(entry.entry_id)
    data = await _download(hass, hass_client, entry)
    assert set(data) == {"state", "versions", "subentries"}
    assert data["state"] == "not_loaded"
