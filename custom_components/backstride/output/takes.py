"""What is to sound when, and what of it there is still time for: put together for the instant at which a player is ready."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ..engine.cues import LATEST, LATEST_CHANGE, CueKind, Priority
from .chimes import Chime
from .sound import Clip, Placed

SAME: Final = timedelta(milliseconds=50)
"""A plan that is made anew may have shifted by rounding."""
COUNT_LATEST: Final = timedelta(milliseconds=300)
"""A number of a countdown that comes later counts something else."""
ALWAYS: Final = timedelta.max
NOT_AT_ALL: Final = timedelta(days=-1)
LONGEST: Final = timedelta(seconds=15)
"""No file goes on for longer than this: much of it could become untrue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One sound that has its instant."""

    due: datetime
    text: str
    """What is said; a chime only where it is empty."""
    chime: Chime | None = None
    """What sounds in place of words that are not there."""
    priority: Priority
    kind: CueKind | None = None
    """None for what happened, and for safety."""
    latest: timedelta = LATEST
    """Later than this by then it is left out."""
    late: str = ""
    """What is said in place of `text` where that comes too late, up to `LATEST_CHANGE`."""
    waits: timedelta = timedelta(seconds=1)
    """How long after its instant words are waited for that are still being made; then a chime has to do."""
    seconds: float
    """How long it takes, estimated as long as nobody knows."""

    def is_same(self, other: Piece) -> bool:
        """Tell whether both are the same sound of two plans."""
        is_same_sound = self.kind is other.kind if self.kind else self.text == other.text
        return is_same_sound and abs(self.due - other.due) < SAME

    def said(self, late_by: timedelta) -> str | None:
        """Give what there is still time to say, or None."""
        if late_by <= self.latest:
            return self.text
        return self.late if self.late and late_by <= LATEST_CHANGE else None


type Find = Callable[[str, Chime | None], Clip | None]
"""Gives the sound of a text, or else the chime in its place, if either is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """What one fetch of a sound gives."""

    placed: tuple[Placed, ...]
    left_out: tuple[Piece, ...]

    @property
    def seconds(self) -> float:
        """Tell how long it takes."""
        return self.placed[-1].offset + self.placed[-1].clip.seconds if self.placed else 0.0


def compose(pieces: Iterable[Piece], at: datetime, find: Find) -> Take:
    """Put together what sounds from an instant on: each piece when it is due, or as soon as what is ahead of it is over.

    What is too late by then is left out, and so is what would run into something more important.
    """
    placed, left_out = list[Placed](), list[Piece]()
    free = at
    fits = fitting(tuple(pieces), find)
    for piece, is_fit in fits:
        begin = max(piece.due, free)
        text = piece.said(begin - piece.due) if is_fit else None
        clip = None if text is None else find(text, piece.chime)
        if text is None or clip is None:
            left_out.append(piece)
            continue
        placed.append(Placed((begin - at).total_seconds(), clip.says or text, clip))
        free = begin + timedelta(seconds=clip.seconds)
    return Take(placed=tuple(placed), left_out=tuple(left_out))


def fitting(pieces: Sequence[Piece], find: Find) -> list[tuple[Piece, bool]]:
    """Tell of each piece whether it is over before anything more important is due."""

    def runs_into(piece: Piece) -> bool:
        end = over(piece, find)
        return any(piece.due <= other.due < end and other.priority < piece.priority for other in pieces)

    return [(piece, not runs_into(piece)) for piece in pieces]


def over(piece: Piece, find: Find) -> datetime:
    """Tell when a piece that begins in time is over."""
    clip = find(piece.text, piece.chime)
    return piece.due + timedelta(seconds=clip.seconds if clip else piece.seconds)


def together(pieces: Sequence[Piece], apart: timedelta, find: Find) -> tuple[Piece, ...]:
    """Give the first of some pieces, and what follows so closely upon one another that it belongs into the same file."""
    run = list(pieces[:1])
    for piece in pieces[1:]:
        if piece.due - over(run[-1], find) >= apart or piece.due - run[0].due > LONGEST:
            break
        run.append(piece)
    return tuple(run)
