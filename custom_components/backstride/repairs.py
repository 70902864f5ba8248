"""What to do with the history of an athlete who was removed: keep a copy, give it to somebody, or let it go."""

import json
from pathlib import Path
from typing import Any

import voluptuous as vol

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import SelectOptionDict, SelectSelector, SelectSelectorConfig
from homeassistant.util import slugify

from .athletes import AthleteBook
from .const import CONF_ATHLETE, DOMAIN
from .coordinator import BackstrideConfigEntry
from .engine.archive import record_to_data
from .settings import AthleteSettings
from .store import async_remove_athlete


class HistoryFlow(RepairsFlow):
    """Asks what becomes of a history. As long as nobody answers, it stays on disk."""

    def __init__(self, athlete_id: str, name: str) -> None:
        """Know whose it was."""
        self._athlete_id = athlete_id
        self._name = name

    async def async_step_init(self, _: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Offer the three ways."""
        return self.async_show_menu(
            step_id="init",
            menu_options=["export", "reattach", "delete"],
            description_placeholders={"athlete": self._name},
        )

    async def async_step_export(self, _: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Write a copy into the configuration folder; the question stays open."""
        book = await self._async_book()
        records = [record_to_data(record) for record in await book.async_records()]
        path = Path(self.hass.config.path(f"{DOMAIN}_{slugify(self._name)}.json"))
        text = json.dumps({"athlete": self._name, "sessions": records}, indent=2, ensure_ascii=False)
        await self.hass.async_add_executor_job(path.write_text, text, "utf-8")
        return self.async_abort(
            reason="exported", description_placeholders={"file": str(path), "sessions": str(len(records))}
        )

    async def async_step_reattach(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Give the sessions to another athlete, each once."""
        entries: list[BackstrideConfigEntry] = self.hass.config_entries.async_loaded_entries(DOMAIN)
        athletes = entries[0].runtime_data.athletes if entries else {}
        if not athletes:
            return self.async_abort(reason="nobody_there")
        if user_input is None:
            options = [SelectOptionDict(value=one.id, label=one.name) for one in athletes.values()]
            selector = SelectSelector(SelectSelectorConfig(options=options))
            return self.async_show_form(
                step_id="reattach",
                data_schema=vol.Schema({vol.Required(CONF_ATHLETE): selector}),
                description_placeholders={"athlete": self._name},
            )
        book = await self._async_book()
        heir = entries[0].runtime_data.book(user_input[CONF_ATHLETE])
        await heir.async_add_all(await book.async_records())
        await async_remove_athlete(self.hass, self._athlete_id)
        return self.async_create_entry(data={})

    async def async_step_delete(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Delete for good, once that is confirmed."""
        if user_input is None:
            return self.async_show_form(
                step_id="delete",
                data_schema=vol.Schema({}),
                description_placeholders={"athlete": self._name},
            )
        await async_remove_athlete(self.hass, self._athlete_id)
        return self.async_create_entry(data={})

    async def _async_book(self) -> AthleteBook:
        book = AthleteBook(self.hass, AthleteSettings(id=self._athlete_id, name=self._name))
        await book.async_load()
        return book


async def async_create_fix_flow(
    hass: HomeAssistant,  # noqa: ARG001 - Home Assistant's signature
    issue_id: str,  # noqa: ARG001 - as above
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Answer the one question we ask."""
    known = data or {}
    return HistoryFlow(str(known["athlete_id"]), str(known["name"]))
