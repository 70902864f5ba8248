"""Sets the gym up: there is nothing to ask but whether it is wanted."""

from typing import Any

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult

from .const import DOMAIN, TITLE


class VirtualGymConfigFlow(ConfigFlow, domain=DOMAIN):
    """Asks once."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask whether the gym is wanted."""
        if user_input is None:
            return self.async_show_form(step_id="user")
        return self.async_create_entry(title=TITLE, data={})

    async def async_step_import(self, _config: dict[str, Any]) -> ConfigFlowResult:
        """Take the key in the configuration for a yes."""
        return self.async_create_entry(title=TITLE, data={})
