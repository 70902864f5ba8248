"""What can be chosen for everything together, while everything goes on."""

from typing import Any, Final

import voluptuous as vol

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from .const import BLUEPRINTS_DEFAULT, CONF_BLUEPRINTS, CONF_LANGUAGES, CONF_VOICE, VOICE_DEFAULT
from .output.phrases import NATIVE_NAMES

OPTIONS: Final = vol.Schema(
    {
        vol.Required(CONF_VOICE, default=VOICE_DEFAULT): BooleanSelector(),
        vol.Optional(CONF_LANGUAGES, default=list): SelectSelector(
            SelectSelectorConfig(
                options=[SelectOptionDict(value=code, label=name) for code, name in NATIVE_NAMES.items()],
                multiple=True,
                mode=SelectSelectorMode.DROPDOWN,
            )
        ),
        vol.Required(CONF_BLUEPRINTS, default=BLUEPRINTS_DEFAULT): BooleanSelector(),
    }
)


class BackstrideOptionsFlow(OptionsFlow):
    """Asks whether sentences are heard, in which languages, and whether blueprints are copied; whoever does it follows at once."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show what is chosen, and take what is chosen now."""
        if user_input is not None:
            return self.async_create_entry(data={**self.config_entry.options, **user_input})
        schema = self.add_suggested_values_to_schema(OPTIONS, self.config_entry.options)
        return self.async_show_form(step_id="init", data_schema=schema)
