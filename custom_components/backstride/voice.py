"""What people say to Backstride: sentences that are heard right after installing, with no file to copy.

They are sentence triggers, as an automation has them: those are tried before anything else, also where a language model
listens, and in every language's pipeline. A trigger cannot decline what it matched, so every sentence is a whole one
and has its own distinctive words; shorter ones are heard only while somebody walks.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_COMMAND, CONF_ID, CONF_PLATFORM
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.helpers import intent, trigger
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.script import ScriptRunResult
from homeassistant.setup import async_when_setup

from .areas import area_of_place, area_of_speaker
from .const import CONF_LANGUAGES, CONF_VOICE, DOMAIN, LOGGER, TITLE, VOICE_DEFAULT
from .coordinator import Coordinator
from .following import Following
from .grammar import ALWAYS, IN_SESSION, Grammar, Names, warm_range
from .live import LivePlace, SessionEvents
from .naming import plain
from .output.phrases import FALLBACK, load_phrases
from .output.replies import Replies
from .settings import AthleteSettings, PlaceSettings

CONVERSATION: Final = "conversation"
READ_AFTER: Final = 1.0
"""Seconds. By then the first sentence of a session, or the last, is on its way, and nothing else is due for a while."""
NOBODYS: Final = "\N{ASTERISM}"
"""No sentence has a word without letters."""


def _meant(things: Mapping[str, AthleteSettings] | Mapping[str, PlaceSettings]) -> dict[str, str]:
    """Give what is meant by each name; of several that are said alike nobody knows yet."""
    said = Counter(plain(thing.name) for thing in things.values())
    return {
        thing.name: thing.id if said[plain(thing.name)] == 1 else plain(thing.name)
        for thing in things.values()
    }


class Voice:
    """Has our sentences heard while the entry is loaded and wants them, once there is a conversation to hear them in."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, coordinator: Coordinator) -> None:
        """Begin deaf."""
        self._hass = hass
        self._entry = entry
        self._coordinator = coordinator
        self._following = Following(coordinator, self._handle_session)
        self._changing = asyncio.Lock()
        self._has_conversation = False
        self._is_closed = False
        self._made_of: tuple[list[str], Names] | None = None
        """What the grammars are made of."""
        self._grammars: dict[str, Grammar] = {}
        """By language, the server's first."""
        self._unsubs: dict[str, CALLBACK_TYPE] = {}
        """By the section of sentences that is heard."""
        self._unsub_read: CALLBACK_TYPE | None = None
        self._answering: str | None = None
        """What was said last: two languages may have the same sentence."""

    @callback
    def async_start(self) -> None:
        """Listen as soon as there is a conversation; where there never is one, everything else works all the same."""
        async_when_setup(self._hass, CONVERSATION, self._handle_conversation)

    @callback
    def async_stop(self) -> None:
        """Listen no more; nothing begins to listen afterwards."""
        self._is_closed = True
        self._following.async_stop()
        self._forget()

    async def async_follow(self) -> None:
        """Listen, or do not, as the entry says now, in its languages and with the names that there are now.

        One change after the other, so that nothing is heard twice.
        """
        async with self._changing:
            if not self._should_listen():
                self._forget()
                return
            self._following.async_follow()
            made_of = self._languages(), self._names()
            if made_of != self._made_of:
                grammars = await self._hass.async_add_executor_job(self._make, *made_of)
                # Where that changed meanwhile, the next one waits already.
                former, self._unsubs = self._unsubs, {}
                self._made_of, self._grammars = made_of, grammars
                try:
                    await self._async_listen()
                finally:
                    # The old ones go last: in between somebody may cry for help.
                    for unsub in former.values():
                        unsub()
            else:
                await self._async_listen()

    async def _handle_conversation(self, _hass: HomeAssistant, _component: str) -> None:
        self._has_conversation = True
        await self.async_follow()

    @callback
    def _handle_session(self, _live: LivePlace, _events: SessionEvents) -> None:
        if self._is_anybody_on() is not (IN_SESSION in self._unsubs):
            # Whoever else is told of the session is told first: reading sentences takes some hundredths of a second.
            self._hass.async_create_background_task(self.async_follow(), f"{DOMAIN} voice", eager_start=False)

    def _should_listen(self) -> bool:
        return (
            self._has_conversation
            and not self._is_closed
            and bool(self._entry.options.get(CONF_VOICE, VOICE_DEFAULT))
        )

    def _is_anybody_on(self) -> bool:
        return any(map(self._coordinator.is_on, self._coordinator.places))

    def _languages(self) -> list[str]:
        """Give the languages that are heard: those chosen, else the server's, and English always."""
        chosen = self._entry.options.get(CONF_LANGUAGES) or [self._hass.config.language]
        return [*chosen, FALLBACK]

    def _names(self) -> Names:
        """Give what people call things; of workouts only those that fit anywhere."""
        coordinator = self._coordinator
        workouts = [name for place_id in coordinator.places for name in coordinator.workouts_for(place_id)]
        return Names(
            workouts={name: plain(name) for name in dict.fromkeys(workouts)},
            places=_meant(coordinator.places),
            athletes=_meant(coordinator.athletes),
        )

    def _make(self, languages: list[str], names: Names) -> dict[str, Grammar]:
        """Make the grammars, each once, and do outside of the event loop whatever is slow the first time."""
        warm_range(self._hass.config.language)
        grammars: dict[str, Grammar] = {}
        for language in languages:
            phrases = load_phrases(language)
            if phrases["language"] not in grammars:
                grammars[phrases["language"]] = Grammar(phrases, names)
        for grammar in grammars.values():
            grammar.warm()
        return grammars

    def _wanted(self) -> set[str]:
        return {ALWAYS, IN_SESSION} if self._is_anybody_on() else {ALWAYS}

    async def _async_listen(self) -> None:
        """Hear what is to be heard now: short sentences only while somebody walks."""
        # A session may begin or end while sentences are learned.
        while self._unsubs.keys() != (wanted := self._wanted()):
            self._stop_reading()
            self._unsub_read = async_call_later(self._hass, READ_AFTER, self._async_have_read)
            for section in self._unsubs.keys() - wanted:
                self._unsubs.pop(section)()
            for section in sorted(wanted - self._unsubs.keys()):
                self._unsubs[section] = await self._async_hear(section)
        if not self._should_listen():
            self._forget()

    async def _async_have_read(self, _now: datetime) -> None:
        """Have something recognised that nobody says; whatever hears everything is not told of it.

        With the first sentence after a change Home Assistant reads all of them anew, in its event loop. Now nobody walks
        yet, or any more; in the middle of a walk it would hold up whatever is due then.
        """
        self._unsub_read = None
        # They are there only when there is a conversation.
        from homeassistant.components import conversation  # noqa: PLC0415 - see above
        from homeassistant.components.conversation.agent_manager import async_get_agent  # noqa: PLC0415 - see above
        from homeassistant.components.conversation.default_agent import DefaultAgent  # noqa: PLC0415 - see above

        nothing = conversation.ConversationInput(
            text=NOBODYS,
            context=Context(),
            conversation_id=None,
            device_id=None,
            satellite_id=None,
            language=self._hass.config.language,
            agent_id=conversation.HOME_ASSISTANT_AGENT,
        )
        agent = async_get_agent(self._hass)
        if isinstance(agent, DefaultAgent):  # pragma: no branch - it is that one where none is named
            await agent.async_recognize_sentence_trigger(nothing)

    async def _async_hear(self, section: str) -> CALLBACK_TYPE:
        config = [
            {
                CONF_PLATFORM: CONVERSATION,
                CONF_ID: f"{section} {grammar.language} {intent_type}",
                CONF_COMMAND: templates,
            }
            for grammar in self._grammars.values()
            for intent_type, templates in grammar.templates(section).items()
        ]
        valid = await trigger.async_validate_trigger_config(self._hass, config)
        # Until the last of these is forgotten it is read with the grammars it was made of.
        hear = partial(self._hear, self._grammars)
        unsub = await trigger.async_initialize_triggers(self._hass, valid, hear, DOMAIN, TITLE, LOGGER.log)
        # None where not one of them could be heard: then there is nothing to forget either.
        return unsub or (lambda: None)

    @callback
    def _handle_answering(self) -> None:
        self._answering = None

    async def _hear(
        self, grammars: Mapping[str, Grammar], variables: dict[str, Any], _context: Context | None = None
    ) -> ScriptRunResult:
        """Do what a sentence means, and give the answer, in the language in which it was heard."""
        heard = variables["trigger"]
        said = heard["user_input"]
        answer = None
        if self._answering != said["context"]["id"]:
            # All that hear one sentence hear it at once; what is said later by the same caller is another one.
            self._answering = said["context"]["id"]
            self._hass.loop.call_soon(self._handle_answering)
            section, language, intent_type = heard[CONF_ID].split()
            grammar = grammars[language]
            if section == IN_SESSION and (elsewhere := self._elsewhere(heard)) is not None:
                # It may have been meant for anything there; who walks elsewhere is left alone.
                answer = Replies(grammar.phrases).problem("far", {"place": elsewhere})
            else:
                answer = await self._async_answer(grammar, intent_type, heard)
        return ScriptRunResult(conversation_response=answer, service_response=None, variables={})

    async def _async_answer(self, grammar: Grammar, intent_type: str, heard: dict[str, Any]) -> str:
        said = heard["user_input"]
        # What the trigger understood by itself are numbers, in some more spellings than are written out.
        slots = {**heard["slots"], **grammar.understand(intent_type, said["text"])}
        try:
            response = await intent.async_handle(
                self._hass,
                DOMAIN,
                intent_type,
                slots={name: {"value": value} for name, value in slots.items()},
                text_input=said["text"],
                context=Context(**said["context"]),
                language=grammar.language,
                assistant=CONVERSATION,
                device_id=heard["device_id"],
                satellite_id=heard["satellite_id"],
                conversation_agent_id=said["agent_id"],
            )
        except intent.IntentError:
            LOGGER.exception("%s was heard, but failed", intent_type)
            failed: str = grammar.phrases["answers"]["failed"]
            return failed
        speech: str = response.speech["plain"]["speech"]
        return speech

    def _elsewhere(self, heard: dict[str, Any]) -> str | None:
        """Name the place where somebody walks, if that is surely not where these words were spoken."""
        area_id = area_of_speaker(self._hass, heard["satellite_id"], heard["device_id"])
        live = [place for place in self._coordinator.places.values() if self._coordinator.is_on(place.id)]
        areas = {area_of_place(self._coordinator, place) for place in live}
        is_far = area_id is not None and live and not areas & {area_id, None}
        return live[0].name if is_far else None

    def _stop_reading(self) -> None:
        if self._unsub_read is not None:
            self._unsub_read()
            self._unsub_read = None

    def _forget(self) -> None:
        self._stop_reading()
        while self._unsubs:
            self._unsubs.popitem()[1]()
        self._made_of = None
