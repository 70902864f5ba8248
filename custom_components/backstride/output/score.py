"""What a session's timeline gives to hear at a place: each cue with its words, its chime and its instant."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from ..engine.cues import PRIORITY, CueKind, Priority
from ..engine.session import Session, timeline
from ..engine.timeline import Cue
from ..engine.workout import Interval
from . import chimes
from .chimes import CueStyle
from .loudness import Loudness
from .takes import COUNT_LATEST, NOT_AT_ALL, Piece
from .words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounds:
    """How a place is to sound."""

    players: tuple[str, ...] = ()
    """Speakers, by registry or entity id."""
    engine: str | None = None
    delays: Mapping[str, float]
    """Speaker -> seconds from when it comes for a sound until it is heard, set by ear."""
    kinds: frozenset[CueKind] = frozenset(CueKind)
    style: CueStyle = CueStyle.WORDS
    loudness: Loudness
    glance_seconds: float
    chimes_at_glances: bool = False
    """Whether the glances that are not spoken are heard: where no lamps show them."""

    def also(self, phone: str | None) -> Self:
        """Let a phone speak too, where there is one."""
        return self if phone is None else replace(self, players=(*self.players, phone))


class Score:
    """Puts cues into pieces for the speakers."""

    def __init__(self, words: Words, sounds: Sounds) -> None:
        """Speak in these words, as the place is to sound."""
        self._words = words
        self._sounds = sounds
        self._texts: dict[tuple[CueKind, datetime, Interval | None], str] = {}

    def begin(self) -> None:
        """Begin a session: no words have been chosen yet."""
        self._texts.clear()

    def read(self, session: Session) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
        """Give everything that is planned, in its order, and the changes that have no instant yet: they wait for somebody."""
        pieces, waiting = list[Piece](), list[str]()
        for entry in timeline(session, glance_seconds=self._sounds.glance_seconds):
            # Only its event knows that the end was reached.
            if (
                isinstance(entry, Cue)
                and entry.kind in self._sounds.kinds
                and entry.kind is not CueKind.COMPLETE
                and (entry.spoken or entry.kind is not CueKind.GLANCE or self._sounds.chimes_at_glances)
            ):
                if not entry.provisional:
                    pieces.extend(self._of(entry))
                elif entry.kind is CueKind.CHANGE and self._speaks(entry):
                    waiting.extend(self._words.sentences(entry))
        return tuple(pieces), tuple(waiting)

    def count(
        self, at: datetime, *, kind: CueKind | None = CueKind.COUNTDOWN, speaks: bool = True
    ) -> Iterator[Piece]:
        """Count three, two, one, from an instant on."""
        words = self._words.count() if speaks else ("", "", "")
        for number, (word, tick) in enumerate(zip(words, chimes.COUNT, strict=True)):
            yield Piece(
                due=at + timedelta(seconds=number),
                text=word,
                chime=tick,
                priority=Priority.COUNTDOWN,
                kind=kind,
                latest=COUNT_LATEST,
                waits=NOT_AT_ALL,
                seconds=1,
            )

    def _of(self, cue: Cue) -> Iterator[Piece]:
        speaks = self._speaks(cue)
        if cue.kind is CueKind.COUNTDOWN:
            yield from self.count(cue.due, speaks=speaks)
            return
        text, chime = self._text(cue) if speaks else "", chimes.chime(cue)
        if text or chime:
            is_change = cue.kind is CueKind.CHANGE
            yield Piece(
                due=cue.due,
                text=text,
                chime=chime,
                priority=PRIORITY[cue.kind],
                kind=cue.kind,
                late=self._words.cue(cue, shortened=True) if text and is_change else "",
                seconds=cue.length,
            )

    def _speaks(self, cue: Cue) -> bool:
        return cue.spoken and self._sounds.style is CueStyle.WORDS

    def _text(self, cue: Cue) -> str:
        """Choose the words once, however often the plan is made anew, so that they can be rendered ahead."""
        key = (cue.kind, cue.due, cue.names)
        if key not in self._texts:
            self._texts[key] = self._words.cue(cue)
        return self._texts[key]
