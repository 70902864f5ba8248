"""What people say to Backstride: sentences that are heard right after installing, with no file to copy.

They are sentence triggers, as an automation has them: those are tried before anything else, also where a language model
listens, and in every language's pipeline. A trigger cannot decline what it matched, so every sentence is a whole one
and has its own distinctive words. Triggers know no rules, so everything is written out.
"""

import asyncio
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_COMMAND, CONF_ID, CONF_PLATFORM
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.helpers import intent, trigger
from homeassistant.helpers.script import ScriptRunResult
from homeassistant.setup import async_when_setup

from .const import CONF_VOICE, DOMAIN, LOGGER, TITLE, VOICE_DEFAULT
from .output.phrases import Phrases, load_phrases

CONVERSATION: Final = "conversation"


def sentences(phrases: Phrases) -> dict[str, list[str]]:
    """Give the sentence templates of each intent, with its words in angle brackets written out."""
    words: dict[str, str] = {}

    def written_out(text: str) -> str:
        for name, meaning in words.items():
            text = text.replace(f"<{name}>", f"({meaning})")
        return text

    for name, meaning in phrases["sentence_words"].items():
        # One may use those before it.
        words[name] = written_out(meaning)
    return {
        intent_type: [written_out(template) for template in templates]
        for intent_type, templates in phrases["sentences"].items()
    }


class Voice:
    """Has our sentences heard while the entry is loaded and wants them, once there is a conversation to hear them in."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Begin deaf."""
        self._hass = hass
        self._entry = entry
        self._phrases: Phrases = {}
        self._changing = asyncio.Lock()
        self._has_conversation = False
        self._is_closed = False
        self._unsub: CALLBACK_TYPE | None = None

    @callback
    def async_start(self) -> None:
        """Listen as soon as there is a conversation; where there never is one, everything else works all the same."""
        async_when_setup(self._hass, CONVERSATION, self._handle_conversation)

    @callback
    def async_stop(self) -> None:
        """Listen no more; nothing begins to listen afterwards."""
        self._is_closed = True
        self._forget()

    async def async_follow(self) -> None:
        """Listen, or do not, as the entry says now, and in the language that the server has now.

        One change after the other, so that nothing is heard twice.
        """
        async with self._changing:
            phrases = await self._hass.async_add_executor_job(load_phrases, self._hass.config.language)
            if not self._should_listen():
                self._forget()
            elif self._unsub is None or phrases is not self._phrases:
                unsub = await self._async_listen(phrases)
                # The old ones go last: in between somebody may cry for help.
                self._forget()
                self._unsub, self._phrases = unsub, phrases
                if not self._should_listen():
                    self._forget()

    async def _handle_conversation(self, _hass: HomeAssistant, _component: str) -> None:
        self._has_conversation = True
        await self.async_follow()

    def _should_listen(self) -> bool:
        return (
            self._has_conversation
            and not self._is_closed
            and bool(self._entry.options.get(CONF_VOICE, VOICE_DEFAULT))
        )

    async def _async_listen(self, phrases: Phrases) -> CALLBACK_TYPE | None:
        config = [
            {CONF_PLATFORM: CONVERSATION, CONF_ID: intent_type, CONF_COMMAND: templates}
            for intent_type, templates in sentences(phrases).items()
        ]
        valid = await trigger.async_validate_trigger_config(self._hass, config)
        return await trigger.async_initialize_triggers(
            self._hass, valid, self._hear, DOMAIN, TITLE, LOGGER.log
        )

    async def _hear(self, variables: dict[str, Any], _context: Context | None = None) -> ScriptRunResult:
        """Do what a sentence means, and give the answer; the trigger's id is the intent, so nothing is parsed twice."""
        heard = variables["trigger"]
        said = heard["user_input"]
        try:
            response = await intent.async_handle(
                self._hass,
                DOMAIN,
                heard[CONF_ID],
                text_input=said["text"],
                context=Context(**said["context"]),
                language=said["language"],
                assistant=CONVERSATION,
                device_id=heard["device_id"],
                satellite_id=heard["satellite_id"],
                conversation_agent_id=said["agent_id"],
            )
        except intent.IntentError:
            LOGGER.exception("%s was heard, but failed", heard[CONF_ID])
            answer = self._phrases["answers"]["failed"]
        else:
            answer = response.speech["plain"]["speech"]
        return ScriptRunResult(conversation_response=answer, service_response=None, variables={})

    def _forget(self) -> None:
        if self._unsub is not None:
            self._unsub()
            self._unsub = None
