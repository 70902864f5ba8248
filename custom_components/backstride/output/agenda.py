"""What one speaker is still to say: what happened first, then what is planned, each once."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from .takes import SAME, Piece

TRIES_FOR: Final = timedelta(seconds=30)
"""What was due longer ago is past; nothing has the patience of half of it."""


class Agenda:
    """The pieces of one speaker."""

    def __init__(self) -> None:
        """Begin with nothing to say."""
        self._planned: tuple[Piece, ...] = ()
        self._urgent: tuple[Piece, ...] = ()
        self._done: list[Piece] = []

    def plan(self, pieces: Sequence[Piece]) -> None:
        """Say these, and nothing else that was planned."""
        self._planned = tuple(pieces)

    def urge(self, piece: Piece) -> None:
        """Say what has just happened before anything else; what happened before it is no longer so."""
        self._urgent = (piece,)

    def clear(self) -> None:
        """Say nothing any more."""
        self._planned = self._urgent = ()

    def strike(self, pieces: Iterable[Piece]) -> None:
        """Take off what was said, or passed over."""
        self._done.extend(pieces)

    def put_back(self, pieces: Iterable[Piece]) -> None:
        """Put on again what was to be said and was cut off."""
        cut_off = tuple(pieces)
        self._done = [piece for piece in self._done if piece not in cut_off]

    def ahead(self, now: datetime) -> tuple[Piece, ...]:
        """Give what is still to be said, in its order."""
        since = now - TRIES_FOR
        self._done = [piece for piece in self._done if piece.due > since]
        # Most of a plan lies further ahead than anything that was said can.
        until = max((piece.due for piece in self._done), default=since) + SAME
        return tuple(
            piece
            for piece in (*self._urgent, *self._planned)
            if piece.due >= until or (piece.due > since and not is_among(piece, self._done))
        )


def is_among(piece: Piece, pieces: Iterable[Piece]) -> bool:
    """Tell whether a sound is one of several."""
    return any(piece.is_same(each) for each in pieces)
