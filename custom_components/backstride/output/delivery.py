"""Brings sounds to one speaker: it is asked to play a file, and given it to the instant when it comes for it.

A player comes for a sound some time after it was asked to play it, now sooner, now later. When it comes it gets the
sound with just as much silence before it as is left until the instant.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.network import NoURLAvailableError

from ..engine.cues import LATEST, Priority
from . import players, shelf, sound
from .calls import Action, Calls, is_there
from .chimes import Chime
from .lead import QUIET, Lead, Moment
from .sound import Clip
from .studio import Studio
from .takes import Piece, compose, over
from .talk import conversation_ends, when_free
from .visit import Visit

COMES_WITHIN: Final = timedelta(seconds=5)
"""Who has not come for a sound by then does not hear it, or cannot reach Home Assistant."""
KEEPS: Final = timedelta(seconds=60)
"""How long a sound can be fetched, and what was sent is known."""
LISTENED_TO: Final = timedelta(seconds=3)
"""A warning has the athlete's ear for so long from its beginning, also where it is shorter."""


@dataclass(slots=True, kw_only=True)
class Sent:
    """One file a speaker was asked to play."""

    pieces: tuple[Piece, ...]
    at: datetime
    moment: Moment
    until: datetime
    """When it is over, as far as is known."""
    name: str = ""
    """By which it is offered."""
    fetched_at: datetime | None = None
    is_whole: bool = False
    """Whether every sentence of it was there in words."""

    @property
    def priority(self) -> Priority:
        """Tell how important the most important of it is."""
        return min((piece.priority for piece in self.pieces), default=Priority.FORM)


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

    def find(self, text: str, chime: Chime | None) -> Clip | None:
        """Give the sound of a text, or else the chime in its place, if either is there."""
        clip = self.studio.clip(text) if text else None
        return clip or (self.chimes.get(chime) if chime else None)


class Delivery:
    """The files of one speaker, each of which cuts off the one before it."""

    def __init__(
        self,
        hass: HomeAssistant,
        booth: Booth,
        *,
        source: str,
        lead: Lead,
        delay: timedelta,
        next_due: Callable[[], datetime | None],
        changed: Callable[[], None],
    ) -> None:
        """Take a speaker by registry or entity id; `changed` is called when it is known anew when it is free."""
        self._hass = hass
        self._booth = booth
        self._source = source
        self._lead = lead
        self._delay = delay
        self._changed = changed
        self._has_come = asyncio.Event()
        self.left_out = 0
        """What it could not say in time."""
        self._sent: list[Sent] = []
        self._visit = Visit(hass, booth.calls, now=booth.now, next_due=next_due)
        self._unsub_wait: CALLBACK_TYPE | None = None

    @property
    def last(self) -> Sent | None:
        """What was sent last."""
        return self._sent[-1] if self._sent else None

    @property
    def on(self) -> Sent | None:
        """What is sounding, or sent to sound."""
        last = self.last
        return last if last is not None and last.until > self._booth.now() else None

    @property
    def speaks_itself(self) -> bool:
        """Whether it has to: with its own voice nothing can be made ready."""
        speaker = self._entity_id
        return players.is_phone(speaker) or (
            players.brings_a_voice(speaker) and not self._booth.studio.has_voice
        )

    @property
    def is_sparing(self) -> bool:
        """Whether it is told only what matters: a push service takes just so many messages a day."""
        return players.is_phone(self._entity_id)

    @property
    def talks_until(self) -> datetime | None:
        """When it is done, at the latest, with a conversation that we did not begin; None where there is none."""
        entity_id = self._entity_id
        return None if self._booth.calls.is_pending(entity_id) else conversation_ends(self._hass, entity_id)

    @callback
    def when_free(self, until: datetime, do: Callable[[], None]) -> CALLBACK_TYPE:
        """Do something when that may be over."""
        return when_free(self._hass, self._entity_id, until, do)

    def lead(self, due: datetime) -> timedelta:
        """Tell how long before its instant a sound is to be sent."""
        return timedelta(seconds=self._lead.seconds(self._moment(due))) + self._delay

    def ends(self, piece: Piece, sent: Sent) -> datetime:
        """Tell when something that was sent is over."""
        return sent.until if piece is sent.pieces[-1] else self._over(piece)

    @callback
    def send(self, pieces: tuple[Piece, ...]) -> None:
        """Ask the speaker to play; how it gets it is decided when it comes for it."""
        now, entity_id = self._booth.now(), self._entity_id
        sent = Sent(
            pieces=pieces,
            at=now,
            moment=self._moment(pieces[0].due if pieces else now),
            until=max(map(self._over, pieces), default=now + self._delay),
        )
        speaks_itself = self.speaks_itself
        if sent.priority is Priority.SAFETY:
            # Nothing cuts it off before it was there to be heard, or was said by a voice that takes its time.
            sent.until += COMES_WITHIN
        self._stop_waiting()
        self._has_come.clear()
        if self.last is not None:
            self.last.pieces = ()
        # A speaker may come at once, so that it must be known before it is called.
        self._sent.append(sent)
        actions = self._actions(entity_id, sent, speaks_itself=speaks_itself)
        lasts = (sent.until - now).total_seconds()
        said = partial(self._handle_said, sent) if speaks_itself else None
        if not actions or not self._booth.calls.call_all(
            entity_id, actions, overtake=True, lasts=lasts, done=said
        ):
            self._sent.remove(sent)
            shelf.take_back(self._hass, sent.name)
            self.left_out += len(pieces)
        elif not speaks_itself and sent.fetched_at is None:
            waited = partial(self._handle_waited, entity_id, sent)
            self._unsub_wait = async_call_later(self._hass, COMES_WITHIN, waited)
        self._visit.until(sent.until)

    @callback
    def tidy(self) -> None:
        """Offer no longer what nobody comes for any more."""
        before = self._booth.now() - KEEPS
        for each in self._sent:
            if each.until <= before:
                shelf.take_back(self._hass, each.name)
        self._sent = [each for each in self._sent if each.until > before]

    async def async_finish(self, seconds: float) -> None:
        """Give the speaker a while to come, and where it then has to play something else to say everything."""
        if self._unsub_wait is None and not self._visit.is_owing:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._has_come.wait()
                if (
                    self._visit.is_owing and (on := self.on) is not None
                ):  # pragma: no branch - it may be over by then
                    await asyncio.sleep((on.until - self._booth.now()).total_seconds())

    @callback
    def close(self) -> None:
        """Put back at once what was playing, and offer nothing any more."""
        self._stop_waiting()
        for each in self._sent:
            shelf.take_back(self._hass, each.name)
        self._sent.clear()
        self._visit.close()

    def _over(self, piece: Piece) -> datetime:
        """Tell when a piece that begins in time is over; how long another voice takes for it is estimated."""
        if self.speaks_itself:
            return piece.due + timedelta(seconds=piece.seconds) + self._delay
        return over(piece, self._booth.find) + self._delay

    @property
    def _entity_id(self) -> str:
        return er.async_resolve_entity_id(er.async_get(self._hass), self._source) or self._source

    def _moment(self, at: datetime) -> Moment:
        last = self.last
        return Moment.NEXT if last is not None and at - last.until < QUIET else Moment.FIRST

    def _stop_waiting(self) -> None:
        if self._unsub_wait is not None:
            self._unsub_wait()
            self._unsub_wait = None

    def _actions(self, entity_id: str, sent: Sent, *, speaks_itself: bool) -> list[Action]:
        """Give what has the speaker say it; nothing where it could not find us."""
        now = self._booth.now()
        said = (piece.said(max(now - piece.due, timedelta())) for piece in sent.pieces)
        text = " ".join(filter(None, said))
        volume = self._booth.volume(sent.priority)
        if speaks_itself:
            if not text:
                return list(players.hush(entity_id))
            is_urgent = sent.priority is Priority.SAFETY
            before = self._visit.before(entity_id, volume)
            return [*before, players.say(entity_id, text, is_urgent=is_urgent)]
        if text and not self._booth.studio.has_voice and is_there(self._hass, entity_id):
            self._booth.calls.name(entity_id, "has no speech engine to speak with")
        try:
            sent.name, address = shelf.put(self._hass, partial(self._async_make, sent))
        except NoURLAvailableError:
            what = "cannot be told where Home Assistant is: it has no address of its own"
            self._booth.calls.name(entity_id, what)
            return []
        before = self._visit.before(entity_id, volume)
        return [*before, players.play(self._hass, entity_id, address, text, volume)]

    async def _async_make(self, sent: Sent) -> bytes:
        """Put together what is heard by a speaker that comes for it now."""
        now = self._booth.now()
        self._lead.learn(sent.moment, (now - sent.at).total_seconds())
        at = now + self._delay
        pieces = sent.pieces
        if sent.fetched_at is not None and now - sent.fetched_at > LATEST:
            # Some look first and come again to play; who comes later than that repeats what is past.
            pieces = tuple(piece for piece in pieces if piece.due > now)
        take = compose(pieces, at, self._booth.find)
        if sent.fetched_at is None:
            self.left_out += len(take.left_out)
            sent.fetched_at = now
        if sent is self.last:  # pragma: no branch - who comes for what was overtaken changes nothing
            listened_to = LISTENED_TO if sent.priority is Priority.SAFETY else timedelta()
            sent.until = at + max(timedelta(seconds=take.seconds), listened_to)
            sent.is_whole = all(self._booth.studio.clip(piece.text) for piece in sent.pieces)
            self._stop_waiting()
            self._has_come.set()
            self._changed()
            self._visit.until(sent.until)
        return await self._hass.async_add_executor_job(sound.write, take.placed)

    @callback
    def _handle_said(self, sent: Sent, _is_well: bool) -> None:  # noqa: FBT001 - as calls tell it
        # It may come back at once, while those who made it speak are still being told what is planned now.
        self._hass.loop.call_soon(self._go_on, sent)

    @callback
    def _go_on(self, sent: Sent) -> None:
        """Go on after a voice of its own: a satellite comes back when it has spoken, a phone when it begins."""
        if sent is not self.last or sent.priority is not Priority.SAFETY:
            return
        now = self._booth.now()
        sent.until = min(sent.until, max(now, (now if self.is_sparing else sent.at) + LISTENED_TO))
        self._visit.until(sent.until)
        self._changed()

    @callback
    def _handle_waited(self, entity_id: str, sent: Sent, _now: datetime) -> None:
        self._unsub_wait = None
        self.left_out += len(sent.pieces)
        self._booth.calls.name(entity_id, "did not come for what it was to play")
        sent.until = self._booth.now()
        self._changed()
