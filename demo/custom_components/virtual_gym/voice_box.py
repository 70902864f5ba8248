"""A speech engine without its entity: how long it takes, and what a tester has it do wrong."""

import asyncio
from enum import StrEnum

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from . import tones
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
        self,
        hass: HomeAssistant,
        *,
        name: str = "",
        delay: float = 0.0,
        beeps: bool = False,
        converted: bool = False,
    ) -> None:
        """Take its name, how many seconds it takes for anything, and whether it beeps instead of speaking.

        The gym's own voice has no name. What is `converted` Home Assistant turns into mp3, as it does for most engines.
        """
        super().__init__(hass)
        self.name = name
        self.delay = delay
        self.beeps = beeps
        self.converted = converted
        self.manner = VoiceManner.SPEAKS
        self.texts: list[str] = []
        """Everything it was asked to say, each once; what it beeps is known by the place in this list."""

    @callback
    def async_behave(self, manner: VoiceManner) -> None:
        """Choose what it makes of what it is to say; what hangs fails now."""
        self.manner = manner
        self.async_let_go()
        self.async_changed()

    @callback
    def async_set_delay(self, seconds: float) -> None:
        """Make it slower or quicker."""
        self.delay = seconds
        self.async_changed()

    @callback
    def async_pitch_for(self, text: str) -> int:
        """Give a text a pitch of its own, by which it is known whatever becomes of the file; where all are taken, one again."""
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) % tones.PITCHES

    async def async_take_its_time(self) -> None:
        """Take as long as it takes, or fail."""
        manner = self.manner
        if manner is VoiceManner.HANGS:
            await self.async_hang()
        if manner is not VoiceManner.SPEAKS:
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="voice_fails")
        if self.delay:
            await asyncio.sleep(self.delay)
