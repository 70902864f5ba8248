"""What is to sound when, and what of it there is still time for: put together for the instant at which a player is ready."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from ..engine.cues import LATEST, LATEST_CHANGE, CueKind, Priority
from .chimes import Chime
from .sound import Clip, Placed

SAME: Final = timedelta(milliseconds=50)
"""A plan that is made anew may have shifted by rounding."""
COUNT_LATEST: Final = timedelta(milliseconds=300)
"""A number of a countdown that comes later counts something else."""
COUNT_EVERY: Final = timedelta(seconds=1)
ALWAYS: Final = timedelta.max
NOT_AT_ALL: Final = timedelta(days=-1)
LONGEST: Final = timedelta(seconds=15)
"""No file of several sounds goes on for longer than this: much of it could become untrue."""


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
        # Words are chosen anew with each plan; what happened has nothing else to be known by.
        is_same_sound = (self.kind, self.chime) == (other.kind, other.chime) and (
            self.kind is not None or self.text == other.text
        )
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


def compose(pieces: Sequence[Piece], at: datetime, find: Find) -> Take:
    """Put together what sounds from an instant on: each piece when it is due, or as soon as what is ahead of it is over.

    What is too late by then is left out, and so is what would hold up something more important.
    """
    placed, left_out = list[Placed](), list[Piece]()
    free = at
    for number, piece in enumerate(pieces, start=1):
        begin = max(piece.due, free)
        sound = _sound(piece, begin, find)
        end = begin + timedelta(seconds=sound[1].seconds if sound else 0)
        if sound is None or _holds_up(piece, begin, end, pieces[number:]):
            left_out.append(piece)
        else:
            placed.append(Placed((begin - at).total_seconds(), *sound))
            free = end
    return Take(placed=tuple(placed), left_out=tuple(left_out))


def _sound(piece: Piece, begin: datetime, find: Find) -> tuple[str, Clip] | None:
    """Give what is heard of a piece that begins at some instant, and what that is called."""
    text = piece.said(begin - piece.due)
    if text is None or (clip := find(text, piece.chime)) is None:
        return None
    return clip.says or text, clip


def _holds_up(piece: Piece, begin: datetime, end: datetime, later: Iterable[Piece]) -> bool:
    """Tell whether a piece that sounds from one instant to another is in the way of something more important."""
    return any(
        other.priority < piece.priority
        and other.due < end
        and other.said(max(begin - other.due, timedelta())) is not None
        for other in later
    )


def over(piece: Piece, find: Find) -> datetime:
    """Tell when a piece that begins in time is over."""
    clip = find(piece.text, piece.chime)
    return piece.due + timedelta(seconds=clip.seconds if clip else piece.seconds)


def together(pieces: Sequence[Piece], apart: timedelta, find: Find) -> tuple[Piece, ...]:
    """Give the first of some pieces, and what follows so closely upon one another that it belongs into the same file.

    A countdown and what it counts down to are never parted. What is too long for one file is parted where the player
    has most time to be asked again.
    """
    first, end = pieces[0], over(pieces[0], find)
    pauses = dict[int, timedelta]()
    for number, (before, piece) in enumerate(pairwise(pieces), start=1):
        if not (before.priority is Priority.COUNTDOWN and piece.due - before.due < COUNT_EVERY + SAME):
            pauses[number] = piece.due - end
            if pauses[number] >= apart:
                return tuple(pieces[:number])
        end = max(end, over(piece, find))
        if pauses and end - first.due > LONGEST:
            return tuple(pieces[: max(pauses, key=pauses.__getitem__)])
    return tuple(pieces)
