"""A satellite asks aloud after a session: each question once, and once more where nobody was understood."""

import asyncio
from typing import Any, Final

from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity import get_supported_features
from homeassistant.helpers.event import async_track_state_change_event

from .engine.asking import Question
from .output.answers import Sentences
from .output.words import Words

SATELLITE: Final = "assist_satellite"
CAN_ASK: Final = 2
"""The feature of starting a conversation; whoever lacks it fails at a question, too."""
IDLE: Final = "idle"
LISTENING: Final = "listening"
PATIENCE: Final = 60.0
"""Seconds for a question and its answer: more than the longest question and the fifteen seconds that Assist listens."""
RESTS_WITHIN: Final = 30.0
"""Seconds in which a satellite comes to the end of what it is saying; a question would cut it off."""
SPOKEN_WITHIN: Final = 15.0
"""Seconds for the coach's own last words."""


class CannotAskError(HomeAssistantError):
    """A satellite did not ask; says what is the matter with it."""


@callback
def can_ask(hass: HomeAssistant, entity_id: str) -> bool:
    """Tell whether a speaker is a satellite that asks, and listens to the answer."""
    if not entity_id.startswith(f"{SATELLITE}."):
        return False
    try:
        return bool(get_supported_features(hass, entity_id) & CAN_ASK)
    except HomeAssistantError:
        # It is neither there nor known; whoever speaks through it says so.
        return False


class Interview:
    """One conversation with one satellite."""

    def __init__(self, hass: HomeAssistant, satellite: str, words: Words, cries: Sentences) -> None:
        """Take the satellite by its entity id, and the sentences by which somebody calls for help."""
        self._hass = hass
        self._satellite = satellite
        self._words = words
        self._cries = cries

    async def async_rest(self) -> None:
        """Wait until the satellite is done with whatever it does: a question would cut it off."""
        rests = asyncio.Event()

        @callback
        def look(_event: Event[EventStateChangedData] | None = None) -> None:
            if self._state == IDLE:
                rests.set()

        unsub = async_track_state_change_event(self._hass, self._satellite, look)
        look()
        try:
            async with asyncio.timeout(RESTS_WITHIN):
                if self._state == STATE_UNAVAILABLE:
                    raise CannotAskError("is unavailable")
                await rests.wait()
        except TimeoutError as error:
            raise CannotAskError(f"is {self._state} and does not come to rest") from error
        finally:
            unsub()

    async def async_answer(self, question: Question) -> str | None:
        """Ask, and once more where nothing was said or understood; gives what is answered, or None."""
        answers = self._words.answers(none_is_zero=question is Question.PAIN)
        for asked in (question.value, "again"):
            answer = await self._async_ask(self._words.asking(asked), {**self._cries, **answers})
            if answer is not None:
                return answer
        return None

    @property
    def _state(self) -> str:
        state = self._hass.states.get(self._satellite)
        return STATE_UNAVAILABLE if state is None else state.state

    async def _async_ask(self, asked: str, answers: Sentences) -> str | None:
        has_listened = False

        @callback
        def look(_event: Event[EventStateChangedData]) -> None:
            nonlocal has_listened
            has_listened = has_listened or self._state == LISTENING

        unsub = async_track_state_change_event(self._hass, self._satellite, look)
        data: dict[str, Any] = {
            ATTR_ENTITY_ID: self._satellite,
            "question": asked,
            "preannounce": False,
            "answers": [{"id": key, "sentences": sentences} for key, sentences in answers.items()],
        }
        try:
            async with asyncio.timeout(PATIENCE):
                response = await self._hass.services.async_call(
                    SATELLITE, "ask_question", data, blocking=True, return_response=True
                )
        except TimeoutError as error:
            raise CannotAskError(f"did not come back from a question within {PATIENCE:.0f} s") from error
        except Exception as error:
            # Silence is an error of the same kind as everything else that can go wrong.
            if has_listened and isinstance(error, HomeAssistantError):
                return None
            raise CannotAskError(f"failed at a question: {error!r}") from error
        finally:
            unsub()
        answer = (response or {}).get("id")
        return answer if isinstance(answer, str) else None
