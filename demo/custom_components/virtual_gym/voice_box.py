"""A speech engine without its entity: how long it takes, and what a tester has it do wrong."""

import asyncio
from enum import StrEnum

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from .const import DOMAIN
from .machine import Machine


class VoiceManner(StrEnum):
    """What a speech engine makes of what it is to say."""

    SPEAKS = "speaks"
    HANGS = "hangs"
    """It never answers, as one in a cloud that cannot be reached."""

    FAILS = "fails"
    """It answers with an error, as one whose quota is used up."""


class VoiceBox(Machine):
    """What is in a speech engine."""

    def __init__(
        self, hass: HomeAssistant, *, name: str = "", delay: float = 0.0, beeps: bool = False
    ) -> None:
        """Take its name, how many seconds it takes for anything, and whether it beeps instead of speaking.

        The gym's own voice has no name.
        """
        super().__init__(hass)
        self.name = name
        self.delay = delay
        self.beeps = beeps
        self.manner = VoiceManner.SPEAKS
        self.rendered = 0
        """How often it was asked."""

    @callback
    def async_behave(self, manner: VoiceManner) -> None:
        """Choose what it makes of what it is to say."""
        self.manner = manner
        self.async_changed()

    @callback
    def async_set_delay(self, seconds: float) -> None:
        """Make it slower or quicker."""
        self.delay = seconds
        self.async_changed()

    async def async_take_its_time(self) -> None:
        """Take as long as it takes, or fail."""
        self.rendered += 1
        match self.manner:
            case VoiceManner.HANGS:
                await asyncio.Event().wait()
            case VoiceManner.FAILS:
                raise HomeAssistantError(translation_domain=DOMAIN, translation_key="voice_fails")
        if self.delay:
            await asyncio.sleep(self.delay)
