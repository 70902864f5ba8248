"""One speaker during a session: what it says next, and what gives way.

Every sound is sent early by as much as the speaker needs. Sounds between which it could not be asked again are one
file.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ..engine.cues import CueKind, Priority
from .agenda import Agenda, is_among
from .delivery import Booth, Delivery, Sent
from .lead import Lead, Moment
from .takes import Piece, together

APART: Final = timedelta(seconds=0.2)
"""Sounds need this much more than the lead between them, or else they are one file: no player is that exact."""
SPARED: Final = frozenset({Priority.IMMINENT, Priority.GLANCE, Priority.FORM})
"""What a sparing speaker leaves out."""
WORDS_WITHIN: Final = timedelta(seconds=10)
"""How long the words of a warning are waited for; an alarm stands for them meanwhile."""


class Mouth:
    """One speaker."""

    def __init__(
        self, hass: HomeAssistant, booth: Booth, *, source: str, lead: Lead, delay: timedelta
    ) -> None:
        """Take a speaker by registry or entity id; `delay` is how long after it came for a sound it is heard."""
        self._hass = hass
        self._booth = booth
        self.lead = lead
        self._agenda = Agenda()
        self._delivery = Delivery(
            hass, booth, source=source, lead=lead, delay=delay, next_due=self._next_due, changed=self._arm
        )
        self._left_out = 0
        self._unsub: CALLBACK_TYPE | None = None

    @property
    def left_out(self) -> int:
        """Tell how much it could not say in time."""
        return self._left_out + self._delivery.left_out

    @callback
    def plan(self, pieces: Sequence[Piece]) -> None:
        """Say these in their order, each at its instant, and nothing else that was planned."""
        now = self._booth.now()
        self._agenda.plan(pieces)
        on = self._delivery.on
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
        on = self._delivery.on
        if piece.priority is Priority.SAFETY:
            self._send((piece,))
            if self._booth.studio.clip(piece.text) is None:
                self._booth.studio.when_made(piece.text, partial(self._say_in_words, piece))
        elif on is None or on.priority is not Priority.SAFETY:
            self._agenda.urge(piece)
        self._arm()

    def _say_in_words(self, piece: Piece) -> None:
        last = self._delivery.last
        # Who has not come yet gets the words when it does.
        stands = (
            last is not None and last.pieces == (piece,) and last.fetched_at is not None and not last.is_whole
        )
        if stands and self._booth.studio.clip(piece.text) and self._booth.now() - piece.due < WORDS_WITHIN:
            self._send((piece,))
            self._arm()

    @callback
    def hush(self) -> None:
        """Break off whatever is being said, but for safety."""
        on = self._delivery.on
        if on is not None and on.priority is not Priority.SAFETY:
            self._send(())
            self._arm()

    @callback
    def stop(self) -> None:
        """Say nothing more that was planned; what is being said is said to its end."""
        self._agenda.clear()
        self._arm()

    @callback
    def tidy(self) -> None:
        """Offer no longer what nobody comes for any more."""
        self._delivery.tidy()

    async def async_finish(self, seconds: float) -> None:
        """Give what was sent a while to be heard."""
        await self._delivery.async_finish(seconds)

    @callback
    def close(self) -> None:
        """Put back at once what was playing, and offer nothing any more."""
        self.stop()
        self._delivery.close()

    def _next_due(self) -> datetime | None:
        ahead = self._agenda.ahead(self._booth.now())
        may_say = self._booth.may_say
        return next((each.due for each in ahead if each.kind is None or may_say(each.priority)), None)

    def _arm(self) -> None:
        """Send what is due, and wake for what is next; while safety is spoken nothing is."""
        while True:
            if self._unsub is not None:
                self._unsub()
                self._unsub = None
            self._delivery.tidy()
            now = self._booth.now()
            if not (ahead := self._agenda.ahead(now)):
                return
            first, on = ahead[0], self._delivery.on
            at = first.due - self._delivery.lead(first.due)
            if on is not None and (
                on.priority is Priority.SAFETY or on.until <= first.due or self._can_wait(first)
            ):
                at = max(at, on.until)
            if at <= now < first.due + first.waits and self._booth.studio.is_coming(first.text):
                self._booth.studio.when_made(first.text, self._arm)
                at = first.due + first.waits
            if at > now:
                self._unsub = async_call_later(self._hass, at - now, self._handle_due)
                return
            if (until := self._delivery.talks_until) is not None:
                # What is answered there was asked for, and would be cut off.
                self._unsub = self._delivery.when_free(until, self._handle_free)
                return
            self._take(ahead, on, now)

    @callback
    def _handle_due(self, _at: datetime) -> None:
        self._unsub = None
        self._arm()

    @callback
    def _handle_free(self) -> None:
        self._unsub = None
        self._arm()

    @staticmethod
    def _can_wait(piece: Piece) -> bool:
        """Tell whether something that happened is said as well a little later, as praise."""
        return piece.kind is None and piece.priority > Priority.COUNTDOWN

    def _take(self, ahead: Sequence[Piece], on: Sent | None, now: datetime) -> None:
        """Send what is due, or pass it over: it is too late, runs into something as important, or has no sound."""
        first = ahead[0]
        speaks_itself = self._delivery.speaks_itself
        is_late = first.said(max(now - first.due, timedelta())) is None
        runs_into = (
            on is not None
            and on.until > first.due
            and first.priority > Priority.CHANGE
            and on.priority <= first.priority
        )
        # Nobody counts who is asked for each number anew, in a voice that takes its time.
        is_mute = (
            first.priority is Priority.COUNTDOWN or (self._delivery.is_sparing and first.priority in SPARED)
            if speaks_itself
            else self._booth.find(first.text, first.chime) is None
        )
        if first.kind is not None and not self._booth.may_say(first.priority):
            self._agenda.strike([first])
        elif is_late or runs_into or is_mute:
            self._agenda.strike([first])
            self._left_out += 1
        elif speaks_itself:
            self._send((first,))
        else:
            # So close together are sounds between which the speaker could not be asked again.
            apart = timedelta(seconds=self.lead.seconds(Moment.NEXT)) + APART
            self._send(together(ahead, apart, self._booth.find))

    def _send(self, pieces: tuple[Piece, ...]) -> None:
        """Have the speaker say something in place of what it says."""
        is_safety = any(piece.priority is Priority.SAFETY for piece in pieces)
        self._agenda.put_back(self._cut_off(by_safety=is_safety))
        self._agenda.strike(pieces)
        self._delivery.send(pieces)

    def _cut_off(self, *, by_safety: bool) -> Iterator[Piece]:
        """Give what is still to be said of what is cut off, where there will be time for it.

        After a warning that is also a change of which only a part was heard; and everything that was to be fetched.
        """
        now, last = self._booth.now(), self._delivery.last
        for piece in last.pieces if last is not None else ():
            is_planned = piece.kind is not None
            is_unheard = last is not None and (
                last.fetched_at is None
                or (piece.kind is CueKind.CHANGE and self._delivery.ends(piece, last) > now)
            )
            if piece.due > now or (by_safety and is_planned and is_unheard):
                yield piece
