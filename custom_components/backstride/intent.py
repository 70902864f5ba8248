"""What can be asked of Backstride in words: the intents, however somebody was understood.

Home Assistant asks for them once, whether or not the entry is loaded, so that whoever calls for help gets an answer.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, override

import voluptuous as vol

from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, intent

from . import distress, targets
from .coordinator import Coordinator
from .distress import Relief
from .output.phrases import load_phrases
from .wish import Wish

type Help = Callable[[Coordinator, Wish], Relief]

EMERGENCY_STOP: Final = "BackstrideEmergencyStop"
STUMBLE: Final = "BackstrideStumble"
CRIES: Final[Mapping[str, tuple[str, Help]]] = {
    EMERGENCY_STOP: (
        "Stops the treadmill and ends the walking session at once, in an emergency",
        lambda coordinator, wish: distress.async_emergency_stop(coordinator, wish.place),
    ),
    STUMBLE: (
        "Reports that the person stumbled or fell while walking; stops the treadmill and ends the session",
        distress.async_stumbled,
    ),
}
"""What is shouted in trouble, what a language model reads of it, and what is done; none of them asks back."""


async def async_setup_intents(hass: HomeAssistant) -> None:
    """Offer the intents to Home Assistant."""
    for intent_type in CRIES:
        intent.async_register(hass, Cry(intent_type))
    # Once read they are at hand: whoever cries for help waits for no file.
    await hass.async_add_executor_job(load_phrases, hass.config.language)


class Cry(intent.IntentHandler):
    """Helps first, and then says what was done, in the language in which somebody spoke."""

    def __init__(self, intent_type: str) -> None:
        """Answer one kind of cry."""
        self.intent_type = intent_type
        self.description, self._help = CRIES[intent_type]

    @property
    @override
    def slot_schema(self) -> dict[Any, Any]:
        """Describe what may be said with it; whatever was understood instead, nobody is sent away for it."""
        return {
            vol.Optional("place", description="Where the person walks, as named in Backstride"): cv.string,
            vol.Optional("preferred_area_id"): cv.string,
        }

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        response = intent_obj.create_response()
        try:
            coordinator = targets.coordinator_of(intent_obj.hass)
        except ServiceValidationError:
            # A language model that would be asked next cannot stop a belt either.
            code = intent.IntentResponseErrorCode.FAILED_TO_HANDLE
            response.async_set_error(code, (await _async_answers(intent_obj))["not_running"])
            return response
        relief = self._help(coordinator, Wish.spoken(intent_obj))
        # Where the place speaks through the satellite that listened, it may cut this short; it says the same.
        response.async_set_speech(_said(relief, await _async_answers(intent_obj)))
        return response


async def _async_answers(intent_obj: intent.Intent) -> Mapping[str, str]:
    """Give the answers in the language of the conversation; one that is in any language gets the server's."""
    hass, language = intent_obj.hass, intent_obj.language
    phrases = await hass.async_add_executor_job(
        load_phrases, hass.config.language if language == MATCH_ALL else language
    )
    answers: Mapping[str, str] = phrases["answers"]
    return answers


def _said(relief: Relief, answers: Mapping[str, str]) -> str:
    done = "belt" if relief.stops_belt else "session" if relief.ended else "nothing"
    return f"{answers[done]} {answers['press_stop' if relief.has_belt else 'get_help']}"
