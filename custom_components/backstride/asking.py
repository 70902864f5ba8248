"""Asks how a session was found: aloud where a satellite can, else on the athlete's phone, else not at all."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, Final

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from .const import DOMAIN, LOGGER, TITLE
from .coordinator import Coordinator
from .engine.asking import Hint, Question, following_question, is_worth_asking
from .engine.cues import Priority
from .engine.events import EventKind
from .engine.state import FINAL
from .following import Following
from .grammar import sentences
from .intent import CRIES
from .interview import SPOKEN_WITHIN, CannotAskError, Interview, can_ask
from .live import LivePlace, SessionEvents
from .output.answers import SKIP, typed_number
from .output.notify import Phone
from .output.phrases import load_phrases
from .phones import EVENT_ACTION, Phones
from .rating import WRITING, async_rate
from .rating_notice import About, Told, rating_notice
from .wish import Wish

LATER: Final = 9.0
"""Seconds after the end: time to let go of the rails and step off, and for the coach's last words."""
ENDS: Final = frozenset({EventKind.COMPLETED, EventKind.STOPPED})


class Asking:
    """Asks after the sessions of all places, and sees the answers into their records."""

    def __init__(self, hass: HomeAssistant, coordinator: Coordinator, phones: Phones) -> None:
        """Hear what is answered on phones, also to a question of long ago."""
        self._hass = hass
        self._coordinator = coordinator
        self._phones = phones
        self._under_way: dict[About, Callable[[], object]] = {}
        """What is being asked, or soon will be, and how it is left."""
        self._following = Following(coordinator, self._follow)
        self._unsubs = [hass.bus.async_listen(EVENT_ACTION, self._handle_action)]
        self.async_follow_places()

    @callback
    def async_follow_places(self) -> None:
        """Follow the places there are now; at one that is gone nobody asks any more."""
        self._following.async_follow()
        self._leave(lambda about: about.place_id not in self._coordinator.places)

    @callback
    def async_close(self) -> None:
        """Ask nothing any more; a second time does nothing."""
        while self._unsubs:
            self._unsubs.pop()()
        self._following.async_stop()
        self._leave(lambda _: True)

    def _leave(self, is_meant: Callable[[About], bool]) -> None:
        for about in [each for each in self._under_way if is_meant(each)]:
            self._under_way.pop(about)()

    # When it is asked

    @callback
    def _follow(self, live: LivePlace, events: SessionEvents) -> None:
        session, place_id, athlete_id = live.session, live.settings.id, live.athlete_id or ""
        if session is None:
            return
        if session.state not in FINAL:
            # Who walks again has something else to listen to.
            self._leave(lambda about: place_id == about.place_id or athlete_id == about.athlete_id)
        elif any(event.kind in ENDS for event in events) and is_worth_asking(session):
            about = About(place_id=place_id, athlete_id=athlete_id, session_id=session.id)
            self._under_way[about] = async_call_later(self._hass, LATER, partial(self._begin, about))

    @callback
    def _begin(self, about: About, _now: datetime) -> None:
        task = self._hass.async_create_background_task(self._async_ask(about), f"{DOMAIN} questions")
        self._under_way[about] = task.cancel
        task.add_done_callback(lambda _: self._under_way.pop(about, None))

    async def _async_ask(self, about: About) -> None:
        left: Question | None = Question.EFFORT
        if (satellite := self._satellite(about)) is not None:
            left = await self._async_ask_aloud(about, satellite)
        if left is not None:
            self._ask_on_phone(about, left)

    # Aloud

    def _satellite(self, about: About) -> str | None:
        """Find the first of a place's speakers that can ask; nobody is spoken to where the coach is muted, or silent at night."""
        live, registry = self._coordinator.live(about.place_id), er.async_get(self._hass)
        is_quiet = live.settings.loudness.is_silent(dt_util.now().time(), Priority.PROGRESS)
        if is_quiet or not live.choice.spoken_cues:
            return None
        speakers = (er.async_resolve_entity_id(registry, each) or each for each in live.settings.speakers)
        return next((each for each in speakers if can_ask(self._hass, each)), None)

    async def _async_ask_aloud(self, about: About, satellite: str) -> Question | None:
        """Have a satellite ask; gives the first question that it could not, or None: no answer is one, too."""
        coach, place = self._coordinator.coach(about.place_id), self._coordinator.places[about.place_id].name
        phrases = await self._hass.async_add_executor_job(load_phrases, self._hass.config.language)
        # Whoever falls while a question is being asked is heard as at any other time.
        cries = {intent: said for intent, said in sentences(phrases).items() if intent in CRIES}
        interview = Interview(self._hass, satellite, coach.words, cries)
        await coach.async_finish_speaking(SPOKEN_WITHIN)
        question: Question | None = Question.EFFORT
        try:
            await interview.async_rest()
            while question is not None:
                answer = await coach.async_lend(satellite, interview.async_answer(question))
                if answer is None or answer == SKIP:
                    return None
                if answer in CRIES:
                    CRIES[answer][1](self._coordinator, Wish(place=about.place_id))
                    return None
                await self._async_land(about, question, int(answer))
                question = following_question(question)
        except CannotAskError as error:
            LOGGER.warning("%s: %s %s; it asks nothing about this session", place, satellite, error)
        return question

    # On a phone

    def _ask_on_phone(
        self, about: About, question: Question, *, hint: Hint | None = None, is_new: bool = True
    ) -> None:
        """Ask on the athlete's phone, where it has one on which something can be pressed."""
        if (phone := self._phone(about)) is not None and phone.has_buttons:
            notice = rating_notice(self._hass, about, self._place_name(about), question, hint=hint)
            phone.show(notice, is_new=is_new)

    def _phone(self, about: About) -> Phone | None:
        athlete = self._coordinator.athletes.get(about.athlete_id)
        if athlete is None or athlete.notify is None:
            return None
        return self._phones.phone(about.place_id, self._place_name(about), athlete.notify)

    def _place_name(self, about: About) -> str:
        """Name the place; it may be gone by the time somebody answers."""
        place = self._coordinator.places.get(about.place_id)
        return place.name if place else TITLE

    @callback
    def _handle_action(self, event: Event[Mapping[str, Any]]) -> None:
        if (told := Told.read(str(event.data.get("action")))) is not None:
            text = str(event.data.get("reply_text"))
            self._hass.async_create_background_task(self._async_take(told, text), f"{DOMAIN} answer")

    async def _async_take(self, told: Told, text: str) -> None:
        about, question, number = told.about, told.question, told.number
        if number is None:
            phrases = await self._hass.async_add_executor_job(load_phrases, self._hass.config.language)
            number = typed_number(phrases, text)
        if number is None:
            self._ask_on_phone(about, question, hint=Hint.NOT_A_NUMBER)
            return
        after = following_question(question) if await self._async_land(about, question, number) else None
        if after is not None:
            self._ask_on_phone(about, after, is_new=False)
        elif (phone := self._phone(about)) is not None:
            phone.clear(about.tag)

    # What becomes of an answer

    async def _async_land(self, about: About, question: Question, number: int) -> bool:
        """Write an answer into the session's record; false where there is none any more."""
        await self._coordinator.recording.async_finish()
        if about.athlete_id not in self._coordinator.athletes:
            return False
        book = self._coordinator.book(about.athlete_id)
        async with self._hass.data[WRITING]:
            return await async_rate(book, about.session_id, {question.value: number})
