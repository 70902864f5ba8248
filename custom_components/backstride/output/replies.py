"""What is answered to somebody who spoke: short sentences in that person's language, with what fills them in words."""

from typing import Any, Final

from ..engine.place import PlaceKind
from ..engine.state import SessionState
from ..engine.workout import Interval
from .phrases import Phrases, form_for
from .words import Words

HAS_RAILS: Final = frozenset({PlaceKind.TREADMILL, PlaceKind.STAIRS})
EXACT_BELOW: Final = 60
"""Seconds; longer times are told in tens of seconds, and from `ROUGH_FROM` on in minutes: more is not taken in."""
ROUGH_FROM: Final = 600


class Replies:
    """The answers of one language."""

    def __init__(self, phrases: Phrases) -> None:
        """Take the phrases of a language."""
        self._phrases = phrases
        self._texts: Phrases = phrases["replies"]

    def say(self, *path: str, count: int | None = None, **fill: object) -> str:
        """Give the sentence that stands at a path, in the form that goes with a `count`, with that and whatever else fills it."""
        return capitalised(self.part(*path, count=count, **fill))

    def part(self, *path: str, count: int | None = None, **fill: object) -> str:
        """Give what is a part of a sentence."""
        node: Any = self._texts
        for key in path:
            node = node[key]
        text: str = form_for(node, count)
        return text.format(count=count, **fill)

    def problem(self, key: str, fill: dict[str, str]) -> str:
        """Say why something was not done; what has no words here is said in general."""
        errors = self._texts["errors"]
        return self.say("errors", key if key in errors else "other", count=None, **fill)

    def blocked(self, kind: str) -> str:
        """Say what stands in the way of a start."""
        safety, kinds = self._phrases["safety"], self._texts["blocked_kinds"]
        text: str = safety.get(f"blocked_{kind}") or kinds[kind]
        return text

    def duration(self, seconds: float) -> str:
        """Say a length of time as far as it matters."""
        unit = 1 if seconds < EXACT_BELOW else 10 if seconds < ROUGH_FROM else 60
        return self._words(PlaceKind.TREADMILL).duration(round(seconds / unit) * unit)

    def move(self, interval: Interval, place: PlaceKind) -> str:
        """Name an interval."""
        return self._words(place).move(interval)

    def standing(self, state: SessionState) -> str | None:
        """Say that a session stands still, where it does."""
        text: str | None = self._texts["state"].get(state)
        return text

    def _words(self, place: PlaceKind) -> Words:
        return Words(self._phrases, place)


def capitalised(text: str) -> str:
    """Begin a sentence."""
    return text[:1].upper() + text[1:]
