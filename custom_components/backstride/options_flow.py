"""What can be chosen for everything together, while everything goes on."""

from typing import Any

import voluptuous as vol

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import BooleanSelector

from .const import BLUEPRINTS_DEFAULT, CONF_BLUEPRINTS, CONF_VOICE, VOICE_DEFAULT

OPTIONS = vol.Schema(
    {
        vol.Required(CONF_VOICE, default=VOICE_DEFAULT): BooleanSelector(),
        vol.Required(CONF_BLUEPRINTS, default=BLUEPRINTS_DEFAULT): BooleanSelector(),
    }
)


class BackstrideOptionsFlow(OptionsFlow):
    """Asks whether sentences are heard and blueprints copied; whoever does it follows at once."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show what is chosen, and take what is chosen now."""
        if user_input is not None:
            return self.async_create_entry(data={**self.config_entry.options, **user_input})
        schema = self.add_suggested_values_to_schema(OPTIONS, self.config_entry.options)
        return self.async_show_form(step_id="init", data_schema=schema)
