"""Blueprints reach the user's folder, follow what ships, and never take from anybody what they wrote."""

import asyncio
from pathlib import Path
import shutil
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.backstride import blueprint_copies
from custom_components.backstride.const import CONF_BLUEPRINTS, DOMAIN
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component

from .setup import async_set_up, new_entry

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")

FAN = "automation/backstride/fan_by_heart_rate.yaml"
CHALLENGE = "script/backstride/family_challenge.yaml"


@pytest.fixture
def ships(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let two blueprints ship, which a later version may change."""
    folder = tmp_path / "ships"
    for each in (FAN, CHALLENGE):
        (folder / each).parent.mkdir(parents=True)
        shutil.copy(blueprint_copies.SHIPPED / each, folder / each)
    monkeypatch.setattr(blueprint_copies, "SHIPPED", folder)
    return folder


async def _install(hass: HomeAssistant) -> dict[str, Any]:
    response = await hass.services.async_call(
        DOMAIN, "install_blueprints", {}, blocking=True, return_response=True
    )
    assert response is not None
    return {fate: paths for fate, paths in response.items() if paths}


def _there(hass: HomeAssistant, path: str = FAN) -> Path:
    return Path(hass.config.path("blueprints", path))


def _add(path: Path, line: str = "# another version\n") -> None:
    path.write_text(path.read_text() + line)


async def _set_up(hass: HomeAssistant, **options: Any) -> MockConfigEntry:
    entry = new_entry()
    entry.add_to_hass(hass)
    hass.config_entries.async_update_entry(entry, options=options)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry


async def test_the_action_copies_every_blueprint_as_it_ships(hass: HomeAssistant) -> None:
    await async_set_up(hass)
    files = sorted(blueprint_copies.SHIPPED.rglob("*.yaml"))
    assert await _install(hass) == {
        "installed": [path.relative_to(blueprint_copies.SHIPPED).as_posix() for path in files]
    }
    for path in files:
        copy = _there(hass, path.relative_to(blueprint_copies.SHIPPED).as_posix())
        assert copy.read_bytes() == path.read_bytes()
    assert list(await _install(hass)) == ["current"]


async def test_without_a_response_it_is_as_good(hass: HomeAssistant, ships: Path) -> None:
    del ships
    await async_set_up(hass)
    await hass.services.async_call(DOMAIN, "install_blueprints", {}, blocking=True)
    assert _there(hass).exists()


async def test_a_newer_one_takes_the_place_of_an_older_one_and_of_no_other(
    hass: HomeAssistant, ships: Path
) -> None:
    await async_set_up(hass)
    await _install(hass)
    _add(_there(hass, CHALLENGE), "# mine\n")
    mine = _there(hass, CHALLENGE).read_bytes()
    for each in (FAN, CHALLENGE):
        _add(ships / each)
    assert await _install(hass) == {"updated": [FAN], "left_alone": [CHALLENGE]}
    assert _there(hass).read_bytes() == (ships / FAN).read_bytes()
    assert _there(hass, CHALLENGE).read_bytes() == mine
    assert await _install(hass) == {"current": [FAN], "left_alone": [CHALLENGE]}
    assert list(_there(hass).parent.iterdir()) == [_there(hass)], "nothing half written lies about"


async def test_what_was_imported_or_made_under_the_same_name_is_left_alone(
    hass: HomeAssistant, ships: Path
) -> None:
    del ships
    _there(hass).parent.mkdir(parents=True)
    _there(hass).write_text("somebody's own")
    await async_set_up(hass)
    assert await _install(hass) == {"installed": [CHALLENGE], "left_alone": [FAN]}
    assert _there(hass).read_text() == "somebody's own"


async def test_an_edit_that_is_taken_back_is_none(hass: HomeAssistant, ships: Path) -> None:
    await async_set_up(hass)
    await _install(hass)
    original = _there(hass).read_text()
    _add(_there(hass), "# mine\n")
    _add(ships / FAN)
    assert (await _install(hass))["left_alone"] == [FAN]
    _there(hass).write_text(original)
    assert (await _install(hass))["updated"] == [FAN]


async def test_after_removing_backstride_the_copies_stay_and_are_known_again(
    hass: HomeAssistant, ships: Path
) -> None:
    """Automations are made of them; and a copy that is as it ships is nobody's edit."""
    entry = (await async_set_up(hass)).entry
    await _install(hass)
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert _there(hass).exists()
    await async_set_up(hass)
    assert await _install(hass) == {"current": [FAN, CHALLENGE]}
    _add(ships / FAN)
    assert (await _install(hass))["updated"] == [FAN]


async def test_where_nothing_can_be_written_the_others_are_and_the_caller_is_told(
    hass: HomeAssistant, ships: Path, caplog: pytest.LogCaptureFixture
) -> None:
    del ships
    _there(hass).parent.parent.mkdir(parents=True)
    _there(hass).parent.write_text("a file where a folder should be")
    await async_set_up(hass)
    with pytest.raises(HomeAssistantError, match=FAN) as error:
        await _install(hass)
    assert error.value.translation_key == "blueprints_not_written"
    assert _there(hass, CHALLENGE).exists()
    _there(hass).parent.unlink()
    assert await _install(hass) == {"installed": [FAN], "current": [CHALLENGE]}
    assert "Traceback" not in caplog.text


@pytest.mark.logs
async def test_a_list_that_makes_no_sense_is_kept_aside_and_costs_no_copy(
    hass: HomeAssistant, ships: Path
) -> None:
    del ships
    await async_set_up(hass)
    await _install(hass)
    await blueprint_copies.copies_store(hass).async_save({"x": 1})  # type: ignore[dict-item]
    assert await _install(hass) == {"current": [FAN, CHALLENGE]}


async def test_two_that_install_at_once_do_not_take_each_other_for_somebody_else(
    hass: HomeAssistant, ships: Path
) -> None:
    await async_set_up(hass)
    await _install(hass)
    for each in (FAN, CHALLENGE):
        _add(ships / each)
    both = await asyncio.gather(_install(hass), _install(hass))
    assert sorted(both, key=str) == [{"current": [FAN, CHALLENGE]}, {"updated": [FAN, CHALLENGE]}]


# The option


async def test_who_did_not_ask_gets_no_files(hass: HomeAssistant, ships: Path) -> None:
    del ships
    await _set_up(hass)
    assert not Path(hass.config.path("blueprints")).exists()


async def test_who_ticked_the_box_gets_them_once_home_assistant_has_started_and_new_ones_after_an_update(
    hass: HomeAssistant, ships: Path
) -> None:
    hass.set_state(CoreState.starting)
    entry = await _set_up(hass, **{CONF_BLUEPRINTS: True})
    assert not _there(hass).exists(), "starting waits for no copies"
    await hass.async_start()
    await hass.async_block_till_done()
    assert _there(hass).exists()
    _there(hass, CHALLENGE).unlink()
    _add(ships / FAN)
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert _there(hass).read_bytes() == (ships / FAN).read_bytes()
    assert not _there(hass, CHALLENGE).exists(), "who removed one does not want it"
    assert await _install(hass) == {"installed": [CHALLENGE], "current": [FAN]}, "until they ask"


async def test_it_can_be_chosen_later_and_taken_back(hass: HomeAssistant, ships: Path) -> None:
    entry = await _set_up(hass)

    async def choose(*, wanted: bool) -> None:
        flow = await hass.config_entries.options.async_init(entry.entry_id)
        await hass.config_entries.options.async_configure(
            flow["flow_id"], {"voice": True, CONF_BLUEPRINTS: wanted}
        )
        await hass.async_block_till_done()

    await choose(wanted=True)
    assert _there(hass).exists()
    await choose(wanted=False)
    assert _there(hass).exists(), "what is there stays"
    _add(ships / FAN)
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert _there(hass).read_bytes() != (ships / FAN).read_bytes()


@pytest.mark.logs
async def test_a_folder_that_cannot_be_written_keeps_nothing_from_starting(
    hass: HomeAssistant, ships: Path, caplog: pytest.LogCaptureFixture
) -> None:
    del ships
    Path(hass.config.path("blueprints")).write_text("a file where a folder should be")
    await _set_up(hass, **{CONF_BLUEPRINTS: True})
    assert hass.services.has_service(DOMAIN, "start_session")
    assert FAN in caplog.text


@pytest.fixture
def configuration(hass: HomeAssistant) -> None:
    """Give Home Assistant a configuration with an automation made of a blueprint that is not there yet."""
    text = (
        "automation:\n"
        "  - alias: Fan\n    id: fan\n    use_blueprint:\n      path: backstride/fan_by_heart_rate.yaml\n"
        "      input: {place: gym, fans: [fan.gym], heart_rate: sensor.strap}\n"
        "script: {}\n"
    )
    Path(hass.config.path("configuration.yaml")).write_text(text)


@pytest.mark.usefixtures("configuration")
async def test_automations_made_of_what_is_new_take_it_at_once(hass: HomeAssistant, ships: Path) -> None:
    await async_set_up(hass)
    use = {
        "path": "backstride/fan_by_heart_rate.yaml",
        "input": {"place": "gym", "fans": ["fan.gym"], "heart_rate": "sensor.strap"},
    }
    config = [{"alias": "Fan", "id": "fan", "use_blueprint": use}]
    assert await async_setup_component(hass, "automation", {"automation": config})
    assert await async_setup_component(hass, "script", {"script": {}})
    await hass.async_block_till_done()
    assert hass.states.get("automation.fan").state == "unavailable"  # type: ignore[union-attr]
    await _install(hass)
    await hass.async_block_till_done()
    fan = hass.states.get("automation.fan")
    assert fan is not None
    assert (fan.state, fan.attributes["mode"]) == ("on", "restart")
    newer = (ships / FAN).read_text().replace("mode: restart", "mode: queued")
    (ships / FAN).write_text(newer)
    await _install(hass)
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    fan = hass.states.get("automation.fan")
    assert fan is not None
    assert fan.attributes["mode"] == "queued"
