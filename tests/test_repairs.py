"""Who is removed leaves a history, and somebody is asked what becomes of it."""

import json
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.backstride.const import DOMAIN
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.session import Command
from custom_components.backstride.repairs import HistoryFlow, async_create_fix_flow
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from .setup import ANNA, BEN, GYM, MINE, async_set_up, async_tick

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")


async def _anna_removed(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Coordinator:
    freezer.move_to("2026-03-01 20:00:00+00:00")
    coordinator = await async_set_up(hass)
    for _ in range(2):
        coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
        await async_tick(hass, freezer, 10)
        await async_tick(hass, freezer, 60)
        coordinator.async_command(GYM, Command.STOP)
        await hass.async_block_till_done()
    hass.config_entries.async_remove_subentry(coordinator.entry, ANNA)
    await hass.async_block_till_done()
    return coordinator


async def _flow(hass: HomeAssistant) -> HistoryFlow:
    issue = ir.async_get(hass).async_get_issue(DOMAIN, f"history_{ANNA}")
    assert issue is not None
    assert issue.is_fixable
    flow = await async_create_fix_flow(hass, issue.issue_id, issue.data)
    assert isinstance(flow, HistoryFlow)
    flow.hass = hass
    flow.handler = DOMAIN
    return flow


def _files(hass: HomeAssistant) -> list[str]:
    return sorted(path.name for path in Path(hass.config.path(".storage")).glob(f"{DOMAIN}.*{ANNA}*"))


async def test_the_three_ways_are_offered(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    await _anna_removed(hass, freezer)
    shown = await (await _flow(hass)).async_step_init()
    assert shown.get("menu_options") == ["export", "reattach", "delete"]
    assert shown.get("description_placeholders") == {"athlete": "Anna"}


async def test_who_never_walked_leaves_no_question(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    hass.config_entries.async_remove_subentry(coordinator.entry, BEN)
    await hass.async_block_till_done()
    assert ir.async_get(hass).async_get_issue(DOMAIN, f"history_{BEN}") is None


async def test_a_copy_can_be_saved_and_the_question_stays_open(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await _anna_removed(hass, freezer)
    shown = await (await _flow(hass)).async_step_export()
    assert shown.get("reason") == "exported"
    saved: dict[str, Any] = json.loads(Path(hass.config.path("backstride_anna.json")).read_text())
    assert [one["parts"]["backward"]["s"] for one in saved["sessions"]] == [60, 60]
    assert _files(hass)


async def test_the_sessions_can_be_given_to_somebody(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await _anna_removed(hass, freezer)
    flow = await _flow(hass)
    asked = await flow.async_step_reattach()
    assert asked.get("step_id") == "reattach"
    done = await flow.async_step_reattach({"athlete": BEN})
    assert done.get("type") == "create_entry"
    assert coordinator.book(BEN).totals["sessions"] == 2
    assert _files(hass) == []


async def test_where_nobody_is_there_they_stay(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    coordinator = await _anna_removed(hass, freezer)
    flow = await _flow(hass)
    await hass.config_entries.async_unload(coordinator.entry.entry_id)
    assert (await flow.async_step_reattach()).get("reason") == "nobody_there"
    assert _files(hass)


async def test_they_are_deleted_only_when_that_is_confirmed(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await _anna_removed(hass, freezer)
    flow = await _flow(hass)
    assert (await flow.async_step_delete()).get("step_id") == "delete"
    assert _files(hass)
    assert (await flow.async_step_delete({})).get("type") == "create_entry"
    assert _files(hass) == []
