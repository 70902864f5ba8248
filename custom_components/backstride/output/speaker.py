"""The coach's voice: what a session's timeline and events give to hear, on every speaker of a place.

Nothing is queued. What is less important than what is being said is left out; what comes too late is shortened or left
out, as the engine's cue rules say.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..engine.cues import LATEST_CHANGE, CueKind, Priority
from ..engine.events import Event, EventKind, Reason
from ..engine.session import Session
from .calls import Calls
from .chimes import Chime, CueStyle
from .delivery import Booth
from .lead import Lead
from .mouth import Mouth
from .players import is_phone
from .score import Score, Sounds
from .sound import Clip, load_chimes
from .studio import Studio
from .takes import ALWAYS, Piece
from .words import Words

SAFETY_EVENTS: Final = frozenset({EventKind.HELD, EventKind.RELEASED})
SAFETY_REASONS: Final = frozenset(
    {Reason.EMERGENCY, Reason.OBSTACLE, Reason.RESTART, Reason.SENSOR_LOST, Reason.STUMBLE}
)
"""Events of these kinds or with these reasons are told although the coach was muted."""
EVENT_CHIMES: Final[Mapping[EventKind, Chime]] = MappingProxyType(
    {
        EventKind.COMPLETED: Chime.COMPLETE,
        EventKind.PAUSED: Chime.REST,
        EventKind.STOPPED: Chime.REST,
        EventKind.WAITING: Chime.PREVIEW,
    }
)
"""What sounds for those who want no speech."""
SOON: Final = timedelta(seconds=30)
"""What is due by then is rendered before what nobody hopes to need."""
TELLS_WITHIN: Final = timedelta(seconds=10)
"""How long a speech engine may take for what is told while nobody walks."""
SENTENCE: Final = 3.0
"""Seconds, about, that eight words take."""

FORGETS_AFTER: Final = 75.0
"""Seconds after a session; by then its last words are over, and nobody comes for them any more."""


class Speaker:
    """Speaks for one place."""

    def __init__(
        self,
        hass: HomeAssistant,
        words: Words,
        calls: Calls,
        sounds: Sounds,
        *,
        leads: dict[str, Lead],
        now: Callable[[], datetime],
        may_coach: Callable[[], bool],
    ) -> None:
        """Take how it is to sound, what is known of the speakers, and the session's clock.

        Coaching may be muted, safety never is.
        """
        self._hass = hass
        self._words = words
        self._sounds = sounds
        self._now = now
        self._may_coach = may_coach
        self._score = Score(words, sounds)
        self._chimes: dict[Chime, Clip] = {}
        self._is_in_session = False
        self._unsub_end: CALLBACK_TYPE | None = None
        self._renders = not all(map(is_phone, sounds.players))
        """Whether anybody comes for what is rendered; a phone speaks itself."""
        self._studio = Studio(hass, engine=sounds.engine, language=words.language, name=calls.name)
        booth = Booth(
            calls=calls,
            studio=self._studio,
            chimes=self._chimes,
            now=now,
            may_say=self._may_say,
            volume=self._volume,
        )
        self._mouths = tuple(
            Mouth(
                hass,
                booth,
                source=player,
                lead=leads.setdefault(player, Lead()),
                delay=timedelta(seconds=sounds.delays.get(player, 0.0)),
            )
            for player in sounds.players
        )
        if self._mouths:
            hass.async_create_background_task(self._async_load_chimes(), f"{DOMAIN} chimes")

    @callback
    def begin(self) -> None:
        """Begin a session: nothing of it has been said, and what is being said belongs to something else."""
        self._score.begin()
        self._is_in_session = True
        self._keep_sentences()
        self.hush()

    @callback
    def end(self) -> None:
        """End a session: its sentences take memory, and are needed only until the last words are over."""
        self._is_in_session = False
        self._keep_sentences()
        self._unsub_end = async_call_later(self._hass, FORGETS_AFTER, self._handle_ended)

    @callback
    def follow(self, session: Session, events: Iterable[Event]) -> None:
        """Say what happened, and be ready for what comes."""
        if not self._mouths:
            return
        for event in events:
            self._tell(event)
        planned, waiting = self._score.read(session)
        soon = self._now() + SOON
        self._prepare(
            text
            for texts in (
                (text for piece in planned if piece.due <= soon for text in (piece.text, piece.late)),
                waiting[:1],
                self._words.fixed(),
                (text for piece in planned if piece.due > soon for text in (piece.text, piece.late)),
                waiting,
            )
            for text in texts
            if text
        )
        # Only for words that are in the making does a speaker wait.
        for mouth in self._mouths:
            mouth.plan(planned)

    @callback
    def say(self, text: str, priority: Priority, *, chime: Chime | None = None) -> None:
        """Say something now on every speaker."""
        if self._mouths and self._may_say(priority):
            is_safety = priority is Priority.SAFETY
            self._say(
                Piece(
                    due=self._now(),
                    text=text,
                    chime=Chime.ALARM if is_safety else chime,
                    priority=priority,
                    latest=ALWAYS if is_safety else LATEST_CHANGE,
                    seconds=SENTENCE,
                )
            )

    @callback
    def prepare(self, text: str) -> None:
        """Have something rendered that is said soon."""
        self._prepare([text])

    @callback
    def tell(self, text: str) -> None:
        """Say something while nobody walks, whether or not the coach is muted: it may take its time."""
        self._say(
            Piece(
                due=self._now(),
                text=text,
                priority=Priority.CHANGE,
                latest=ALWAYS,
                waits=TELLS_WITHIN,
                seconds=SENTENCE,
            )
        )

    @callback
    def try_out(self, text: str, *, tone_after: timedelta) -> None:
        """Say something, count, and sound a tone at an instant that can be seen as well."""
        tone = self._now() + tone_after
        pieces = list(self._score.count(tone - timedelta(seconds=3), kind=None))
        pieces.append(Piece(due=tone, text="", chime=Chime.TEST, priority=Priority.CHANGE, seconds=1))
        self._prepare(piece.text for piece in pieces if piece.text)
        self.tell(text)
        for mouth in self._mouths:
            mouth.plan(pieces)

    def _say(self, piece: Piece) -> None:
        if piece.text:
            self._prepare([piece.text])
        for mouth in self._mouths:
            mouth.say(piece)
        if self._mouths and not self._is_in_session:
            self.end()

    def _prepare(self, texts: Iterable[str]) -> None:
        if self._renders:
            self._studio.prepare(texts)

    @callback
    def hush(self) -> None:
        """Break off what is being said, but for safety."""
        for mouth in self._mouths:
            mouth.hush()

    @callback
    def stop(self) -> None:
        """Plan nothing any more; what is being said is said to its end, and then it is tidied up."""
        for mouth in self._mouths:
            mouth.stop()
        self.end()

    async def async_finish(self, seconds: float) -> None:
        """Give the last words a while to be heard."""
        await asyncio.gather(*(mouth.async_finish(seconds) for mouth in self._mouths))

    @callback
    def close(self) -> None:
        """Put back at once what was playing, and be done."""
        self._keep_sentences()
        self._studio.clear()
        for mouth in self._mouths:
            mouth.close()

    def to_data(self) -> list[dict[str, Any]]:
        """Tell how the speakers do, for who looks for a fault."""
        return [{"lead": each.lead.to_data(), "left_out": each.left_out} for each in self._mouths]

    def _keep_sentences(self) -> None:
        if self._unsub_end is not None:
            self._unsub_end()
            self._unsub_end = None

    @callback
    def _handle_ended(self, _now: datetime) -> None:
        self._unsub_end = None
        self._studio.clear()
        for mouth in self._mouths:
            mouth.tidy()

    def _tell(self, event: Event) -> None:
        text = self._words.event(event)
        # What just happened makes untrue whatever is being said.
        is_safety = event.kind in SAFETY_EVENTS or event.reason in SAFETY_REASONS
        if text is None or (event.kind is EventKind.COMPLETED and CueKind.COMPLETE not in self._sounds.kinds):
            return
        if is_safety:
            self.say(text, Priority.SAFETY)
        else:
            spoken = text if self._sounds.style is CueStyle.WORDS else ""
            self.say(spoken, Priority.CHANGE, chime=EVENT_CHIMES.get(event.kind))

    def _may_say(self, priority: Priority) -> bool:
        if priority is Priority.SAFETY:
            return True
        return self._may_coach() and not self._sounds.loudness.is_silent(dt_util.now().time(), priority)

    def _volume(self, priority: Priority) -> float | None:
        at = dt_util.now().time()
        # What is said although it is quiet was asked for, and silence would look like a fault.
        return self._sounds.loudness.volume(at, priority) or self._sounds.loudness.volume(at, Priority.SAFETY)

    async def _async_load_chimes(self) -> None:
        self._chimes.update(await self._hass.async_add_executor_job(load_chimes))
