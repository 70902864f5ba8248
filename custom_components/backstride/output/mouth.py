"""One speaker during a session: it is sent every sound early by as much as it needs, and given it to the instant.

A player comes for a sound some time after it was asked to play it, now sooner, now later. So it is asked early, and when
it comes it gets the sound with just as much silence before it as is left until the instant. Sounds between which a
player could not be asked again are one file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.network import NoURLAvailableError

from ..engine.cues import Priority
from . import players, shelf, sound
from .agenda import Agenda, is_among
from .calls import Action, Calls, is_there
from .chimes import Chime
from .lead import QUIET, Lead, Moment
from .sound import Clip
from .studio import Studio
from .takes import Piece, compose, over, together
from .visit import Visit

APART: Final = timedelta(seconds=1)
"""Sounds need this much more than the lead between them, or else they are one file: a countdown is one on any player."""
COMES_WITHIN: Final = timedelta(seconds=5)
"""Who has not come for a sound by then does not hear it, or cannot reach Home Assistant."""
KEEPS: Final = timedelta(seconds=60)
"""How long a sound can be fetched, and what was sent is known."""
WORDS_WITHIN: Final = timedelta(seconds=10)
"""How long the words of a warning are waited for; an alarm stands for them meanwhile."""
LISTENED_TO: Final = timedelta(seconds=3)
"""A warning has the athlete's ear for so long from its beginning, also where it is shorter."""


@dataclass(slots=True, kw_only=True)
class _Sent:
    """One file a speaker was asked to play."""

    pieces: tuple[Piece, ...]
    at: datetime
    moment: Moment
    until: datetime
    """When it is over, as far as is known."""
    name: str = ""
    """By which it is offered."""
    is_fetched: bool = False
    is_whole: bool = False
    """Whether every sentence of it was there in words."""

    @property
    def priority(self) -> Priority:
        return min((each.priority for each in self.pieces), default=Priority.FORM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booth:
    """What all speakers of a place share."""

    calls: Calls
    studio: Studio
    chimes: Mapping[Chime, Clip]
    """Those that are there."""
    now: Callable[[], datetime]
    may_say: Callable[[Priority], bool]
    """Whether something may be said now: coaching may be muted, safety never is."""
    volume: Callable[[Priority], float | None]


class Mouth:
    """One speaker."""

    def __init__(
        self, hass: HomeAssistant, booth: Booth, *, source: str, lead: Lead, delay: timedelta
    ) -> None:
        """Take a speaker by registry or entity id; `delay` is how long after it came for a sound it is heard."""
        self._hass = hass
        self._booth = booth
        self._source = source
        self._delay = delay
        self.lead = lead
        self.left_out = 0
        """What it could not say in time."""
        self._agenda = Agenda()
        self._sent: list[_Sent] = []
        self._visit = Visit(hass, booth.calls, now=booth.now, next_due=self._next_due)
        self._unsub: CALLBACK_TYPE | None = None
        self._unsub_wait: CALLBACK_TYPE | None = None

    @callback
    def plan(self, pieces: Sequence[Piece]) -> None:
        """Say these in their order, each at its instant, and nothing else that was planned."""
        now = self._booth.now()
        self._agenda.plan(pieces)
        on = self._on(now)
        if on is not None and not all(
            piece.kind is None or piece.due <= now or is_among(piece, pieces) for piece in on.pieces
        ):
            # What it is about to say is no longer so.
            self._send(())
        self._arm()

    @callback
    def say(self, piece: Piece) -> None:
        """Say something as soon as possible; only safety is more important, and is not interrupted.

        Safety does not wait for its words: an alarm stands for them until they are there.
        """
        on = self._on(self._booth.now())
        if piece.priority is Priority.SAFETY:
            self._send((piece,))
            if self._booth.studio.clip(piece.text) is None:
                self._booth.studio.when_made(piece.text, partial(self._say_in_words, piece))
        elif on is None or on.priority is not Priority.SAFETY:
            self._agenda.urge(piece)
        self._arm()

    def _say_in_words(self, piece: Piece) -> None:
        last = self._sent[-1] if self._sent else None
        # Who has not come yet gets the words when it does.
        stands = last is not None and last.pieces == (piece,) and last.is_fetched and not last.is_whole
        if stands and self._booth.studio.clip(piece.text) and self._booth.now() - piece.due < WORDS_WITHIN:
            self._send((piece,))
            self._arm()

    @callback
    def stop(self) -> None:
        """Say nothing more that was planned; what is being said is said to its end."""
        self._agenda.clear()
        self._arm()

    @callback
    def close(self) -> None:
        """Put back at once what was playing, and offer nothing any more."""
        self.stop()
        if self._unsub_wait is not None:
            self._unsub_wait()
            self._unsub_wait = None
        for each in self._sent:
            shelf.take_back(self._hass, each.name)
        self._visit.close()

    @property
    def _entity_id(self) -> str:
        return er.async_resolve_entity_id(er.async_get(self._hass), self._source) or self._source

    @property
    def _speaks_itself(self) -> bool:
        """Whether it has to: with its own voice nothing can be made ready."""
        return players.brings_a_voice(self._entity_id) and not self._booth.studio.has_voice

    def _next_due(self) -> datetime | None:
        ahead = self._agenda.ahead(self._booth.now())
        may_say = self._booth.may_say
        return next((each.due for each in ahead if each.kind is None or may_say(each.priority)), None)

    def _find(self, text: str, chime: Chime | None) -> Clip | None:
        clip = self._booth.studio.clip(text) if text else None
        return clip or (self._booth.chimes.get(chime) if chime else None)

    def _on(self, now: datetime) -> _Sent | None:
        """Give what is sounding, or sent to sound: each file cuts off the one before it."""
        return self._sent[-1] if self._sent and self._sent[-1].until > now else None

    def _moment(self, at: datetime) -> Moment:
        is_next = self._sent and at - self._sent[-1].until < QUIET
        return Moment.NEXT if is_next else Moment.FIRST

    def _lead(self, due: datetime) -> timedelta:
        return timedelta(seconds=self.lead.seconds(self._moment(due))) + self._delay

    def _arm(self) -> None:
        """Send what is due, and wake for what is next; while safety is spoken nothing is."""
        while True:
            if self._unsub is not None:
                self._unsub()
                self._unsub = None
            now = self._booth.now()
            self._forget(now - KEEPS)
            if not (ahead := self._agenda.ahead(now)):
                return
            first, on = ahead[0], self._on(now)
            at = first.due - self._lead(first.due)
            if on is not None and (on.priority is Priority.SAFETY or on.until <= first.due):
                at = max(at, on.until)
            if at <= now < first.due + first.waits and self._booth.studio.is_coming(first.text):
                self._booth.studio.when_made(first.text, self._arm)
                at = first.due + first.waits
            if at > now:
                self._unsub = async_call_later(self._hass, at - now, self._handle_due)
                return
            self._take(ahead, on, now)

    @callback
    def _handle_due(self, _at: datetime) -> None:
        self._unsub = None
        self._arm()

    def _forget(self, before: datetime) -> None:
        for each in self._sent:
            if each.until <= before:
                shelf.take_back(self._hass, each.name)
        self._sent = [each for each in self._sent if each.until > before]

    def _take(self, ahead: Sequence[Piece], on: _Sent | None, now: datetime) -> None:
        """Send what is due, or pass it over: it is too late, runs into something more important, or has no sound."""
        first = ahead[0]
        is_late = first.said(max(now - first.due, timedelta())) is None
        runs_into = on is not None and on.until > first.due and first.priority > Priority.CHANGE
        is_mute = not self._speaks_itself and self._find(first.text, first.chime) is None
        if first.kind is not None and not self._booth.may_say(first.priority):
            self._agenda.strike([first])
        elif is_late or runs_into or is_mute:
            self._agenda.strike([first])
            self.left_out += 1
        else:
            # So close together are sounds between which the speaker could not be asked again.
            apart = timedelta(seconds=self.lead.seconds(Moment.NEXT)) + APART
            self._send(together(ahead, apart, self._find))

    def _send(self, pieces: tuple[Piece, ...]) -> None:
        """Ask the speaker to play; how it gets it is decided when it comes for it."""
        entity_id = self._entity_id
        now = self._booth.now()
        sent = _Sent(
            pieces=pieces,
            at=now,
            moment=self._moment(pieces[0].due if pieces else now),
            until=max((over(piece, self._find) for piece in pieces), default=now) + self._delay,
        )
        if self._unsub_wait is not None:
            self._unsub_wait()
            self._unsub_wait = None
        text = " ".join(piece.text for piece in pieces if piece.text)
        speaks_itself = bool(text) and self._speaks_itself
        lacks_voice = bool(text) and not speaks_itself and not self._booth.studio.has_voice
        if lacks_voice and is_there(self._hass, entity_id):
            self._booth.calls.name(entity_id, "has no speech engine to speak with")
        for cut_off in self._sent[-1:]:
            # What of it was still to come is said after all, where there is time for it.
            self._agenda.put_back(piece for piece in cut_off.pieces if piece.due > now)
            cut_off.pieces = tuple(piece for piece in cut_off.pieces if piece.due <= now)
        # A speaker may come at once, so that it must be known before it is called.
        self._sent.append(sent)
        self._agenda.strike(pieces)
        actions = [players.say(entity_id, text)] if speaks_itself else self._plays(entity_id, sent, text)
        if not actions or not self._booth.calls.call_all(entity_id, actions, overtake=True):
            self._sent.remove(sent)
            self.left_out += len(pieces)
            return
        self._visit.until(sent.until)
        if not speaks_itself and not sent.is_fetched:
            self._unsub_wait = async_call_later(
                self._hass, COMES_WITHIN, partial(self._handle_waited, entity_id, sent)
            )

    def _plays(self, entity_id: str, sent: _Sent, text: str) -> list[Action]:
        """Give what has the speaker fetch a sound; nothing where it could not find us."""
        try:
            sent.name, address = shelf.put(self._hass, partial(self._async_make, sent))
        except NoURLAvailableError:
            self._booth.calls.name(
                entity_id, "cannot be told where Home Assistant is: it has no address of its own"
            )
            return []
        volume = self._booth.volume(sent.priority)
        before = self._visit.before(entity_id, volume)
        return [*before, players.play(self._hass, entity_id, address, text, volume)]

    async def _async_make(self, sent: _Sent) -> bytes:
        """Put together what is heard by a speaker that comes for it now."""
        booth, now = self._booth, self._booth.now()
        self.lead.learn(sent.moment, (now - sent.at).total_seconds())
        at = now + self._delay
        take = compose(sent.pieces, at, self._find)
        if not sent.is_fetched:
            self.left_out += len(take.left_out)
            sent.is_fetched = True
        listened_to = LISTENED_TO if sent.priority is Priority.SAFETY else timedelta()
        sent.until = at + max(timedelta(seconds=take.seconds), listened_to)
        sent.is_whole = all(booth.studio.clip(piece.text) for piece in sent.pieces)
        self._arm()
        self._visit.until(sent.until)
        return await self._hass.async_add_executor_job(sound.write, take.placed)

    @callback
    def _handle_waited(self, entity_id: str, sent: _Sent, _now: datetime) -> None:
        self._unsub_wait = None
        if not sent.is_fetched:
            self.left_out += len(sent.pieces)
            self._booth.calls.name(entity_id, "did not come for what it was to play")
