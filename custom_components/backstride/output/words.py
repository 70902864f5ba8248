"""What the coach says: a cue or an event of a session, in the words of one language."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from ..engine.cues import CueKind
from ..engine.events import Event
from ..engine.place import PlaceKind
from ..engine.timeline import Cue
from ..engine.workout import Direction, Interval

PHRASES: Final = Path(__file__).parents[1] / "phrases"
FALLBACK: Final = "en"

_WARNS: Final = frozenset({CueKind.PREVIEW, CueKind.IMMINENT})

type Phrases = Mapping[str, Any]


def load_phrases(language: str) -> Phrases:
    """Read the phrases of a language, or of the one it is a dialect of, or English; reads a file."""
    names = (language, language.partition("-")[0], FALLBACK)
    path = next(path for name in names if (path := PHRASES / f"{name}.yaml").is_file())
    phrases: Phrases = yaml.safe_load(path.read_text(encoding="utf-8"))
    return phrases


class Words:
    """Puts one session in words; says of several sentences each in turn, so that it does not drone."""

    def __init__(self, phrases: Phrases, place: PlaceKind) -> None:
        """Speak for one kind of place."""
        self._phrases = phrases
        self._place = place
        self._said: Counter[str] = Counter()

    def cue(self, cue: Cue, *, shortened: bool = False) -> str:
        """Give the words of a spoken cue."""
        if shortened:
            return f"{self._phrases['briefly'][cue.interval.direction]}."
        if cue.kind is CueKind.FORM:
            return cue.interval.cue or self._form()
        text = self._in_turn("cues", self._key(cue)).format(
            next=self._move(cue.names) if cue.names else "",
            now=self._whole(cue.interval),
            minutes=cue.minutes,
        )
        return text[:1].upper() + text[1:]

    def event(self, event: Event) -> str | None:
        """Give the words of an event; None for one that needs none."""
        said: Mapping[str, str] = self._phrases["events"]
        return said.get(f"{event.kind}_{event.reason}") or said.get(event.kind)

    def safety(self, key: str) -> str:
        """Give a safety sentence."""
        sentence: str = self._phrases["safety"][key]
        return sentence

    def test(self) -> str:
        """Give a sentence to try a speaker with."""
        sentence: str = self._phrases["test"]
        return sentence

    def walk_test(self, key: str, names: str) -> str:
        """Give a sentence of a walk test, with the names of the sensors it is about."""
        sentence: str = self._phrases["walk_test"][key].format(names=names)
        return sentence

    def _key(self, cue: Cue) -> str:
        if cue.kind is CueKind.PREVIEW and cue.leads_in:
            return "first"
        if cue.kind in _WARNS and cue.names is None:
            return f"{cue.kind}_end"
        if cue.kind is CueKind.MINUTES_LEFT and cue.minutes == 1:
            return "last_minute"
        return cue.kind.value

    def _form(self) -> str:
        if self._place is PlaceKind.TREADMILL:
            return self._in_turn("form")
        return self._in_turn("form_off_belt")

    def _in_turn(self, *path: str) -> str:
        sentences: Any = self._phrases
        for key in path:
            sentences = sentences[key]
        count = self._said[path[-1]]
        self._said[path[-1]] += 1
        sentence: str = sentences[count % len(sentences)]
        return sentence

    def _move(self, interval: Interval) -> str:
        key = f"{interval.direction}_{interval.gait}"
        on_belt: Mapping[str, str] = self._phrases["on_belt"]
        move: str | None = on_belt.get(key) if self._place is PlaceKind.TREADMILL else None
        move = move or self._phrases["moves"].get(key) or self._phrases["briefly"][interval.direction].lower()
        if interval.speed_kmh:
            move = self._phrases["pace"].format(move=move, speed=f"{interval.speed_kmh:g}")
        return move

    def _whole(self, interval: Interval) -> str:
        """Name an interval with its length; a turn takes as long as it takes."""
        move = self._move(interval)
        if interval.direction is not Direction.TURN:
            move = self._phrases["lasting"].format(move=move, duration=self._duration(interval.seconds))
        return move

    def _duration(self, seconds: int) -> str:
        minutes, rest = divmod(seconds, 60)
        key = "minute" if minutes == 1 else "minutes" if minutes else "seconds"
        if minutes and rest:
            key += "_and"
        text: str = self._phrases["durations"][key].format(minutes=minutes, seconds=rest)
        return text
