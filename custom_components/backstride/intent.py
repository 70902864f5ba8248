"""What can be asked of Backstride in words: the intents, however somebody was understood.

Home Assistant asks for them once, whether or not the entry is loaded, so that whoever calls for help gets an answer.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, override

import voluptuous as vol

from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, intent

from . import distress, targets
from .action_fields import LONGEST_MINUTES
from .coordinator import Coordinator
from .distress import Relief
from .engine.pick import Choice
from .orders import ORDERS, Asked
from .output.phrases import Phrases, load_phrases
from .output.replies import Replies
from .problems import NotReady
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
DESCRIPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "BackstrideStart": "Starts a guided session of backward walking or running, after a spoken countdown",
        "BackstridePause": "Pauses the backward walking session",
        "BackstrideResume": "Goes on with a paused backward walking session, after a countdown",
        "BackstrideConfirm": "Says that the person is ready for the next interval, for example has turned around",
        "BackstrideSkip": "Skips the current interval of the backward walking session",
        "BackstrideStop": "Ends the backward walking session and keeps what was walked",
        "BackstrideStatus": "Tells how long the backward walking session still takes and what was walked, or what was walked today",
        "BackstrideWhatsNext": "Tells which interval of the backward walking session comes next, and when",
        "BackstrideStreak": "Tells for how many days in a row the daily goal of backward walking was met",
    }
)
"""What a language model reads of the others."""

_WHERE: Final = {
    vol.Optional("place", description="Where the person walks, as named in Backstride"): cv.string,
    vol.Optional("preferred_area_id"): cv.string,
}
_WHO: Final = {vol.Optional("athlete", description="Who walks, as named in Backstride"): cv.string}
_PLAN: Final = {
    # Plain enough to be described to a language model.
    vol.Optional("minutes", description="How long the session is to be in all"): vol.All(
        vol.Coerce(int), vol.Range(min=1, max=LONGEST_MINUTES)
    ),
    vol.Optional("workout", description="Name of a workout; left out, what was walked last"): cv.string,
    vol.Optional("choice", description="A kind of workout, in place of a name"): vol.In(
        [choice.value for choice in Choice]
    ),
}


async def async_setup_intents(hass: HomeAssistant) -> None:
    """Offer the intents to Home Assistant."""
    for handler in handlers():
        intent.async_register(hass, handler)
    # Once read they are at hand: whoever cries for help waits for no file.
    await hass.async_add_executor_job(load_phrases, hass.config.language)


def handlers() -> list[Cry | Request]:
    """Give what handles each intent."""
    return [*map(Cry, CRIES), *map(Request, ORDERS)]


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
        return dict(_WHERE)

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        response = intent_obj.create_response()
        try:
            coordinator = targets.coordinator_of(intent_obj.hass)
        except ServiceValidationError:
            # A language model that would be asked next cannot stop a belt either.
            code = intent.IntentResponseErrorCode.FAILED_TO_HANDLE
            response.async_set_error(code, (await _async_phrases(intent_obj))["answers"]["not_running"])
            return response
        relief = self._help(coordinator, Wish.spoken(intent_obj))
        # Where the place speaks through the satellite that listened, it may cut this short; it says the same.
        response.async_set_speech(_said(relief, (await _async_phrases(intent_obj))["answers"]))
        return response


class Request(intent.IntentHandler):
    """Does what was asked for, and says what happens next, or why not."""

    def __init__(self, intent_type: str) -> None:
        """Answer one kind of request."""
        self.intent_type = intent_type
        self.description = DESCRIPTIONS[intent_type]
        self._order = ORDERS[intent_type]

    @property
    @override
    def slot_schema(self) -> dict[Any, Any]:
        """Describe what may be said with it."""
        return {**_WHERE, **_WHO, **(_PLAN if self.intent_type == "BackstrideStart" else {})}

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        slots = {name: slot["value"] for name, slot in self.async_validate_slots(intent_obj.slots).items()}
        response = intent_obj.create_response()
        replies = Replies(await _async_phrases(intent_obj))
        try:
            asked = Asked(
                coordinator=targets.coordinator_of(intent_obj.hass),
                wish=Wish.spoken(intent_obj),
                replies=replies,
                minutes=slots.get("minutes"),
                workout=slots.get("workout"),
                choice=Choice(slots["choice"]) if "choice" in slots else None,
            )
            response.async_set_speech(self._order(asked))
        except ServiceValidationError as error:
            # With this code no language model is asked to do it in another way.
            response.async_set_error(
                intent.IntentResponseErrorCode.FAILED_TO_HANDLE, _refusal(replies, error)
            )
        return response


async def _async_phrases(intent_obj: intent.Intent) -> Phrases:
    """Give the phrases in the language of the conversation; one that is in any language gets the server's."""
    hass, language = intent_obj.hass, intent_obj.language
    return await hass.async_add_executor_job(
        load_phrases, hass.config.language if language == MATCH_ALL else language
    )


def _said(relief: Relief, answers: Mapping[str, str]) -> str:
    done = "belt" if relief.stops_belt else "session" if relief.ended else "nothing"
    return f"{answers[done]} {answers['press_stop' if relief.has_belt else 'get_help']}"


def _refusal(replies: Replies, error: ServiceValidationError) -> str:
    """Say why something is not done, the most pressing reason only: more is not taken in."""
    if isinstance(error, NotReady):
        return f"{replies.say('blocked')} {replies.blocked(error.kinds[0])}"
    return replies.problem(error.translation_key or "", dict(error.translation_placeholders or {}))
