"""What the coach says: a cue or an event of a session, in the words of one language."""

from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from homeassistant.util.language import matches

from ..engine.cues import CueKind
from ..engine.events import Event
from ..engine.place import PlaceKind
from ..engine.timeline import Cue
from ..engine.workout import Direction, Interval, Workout
from .answers import Sentences, answers

PHRASES: Final = Path(__file__).parents[1] / "phrases"
FALLBACK: Final = "en"
LIBRARY_LANGUAGE: Final = "en"
"""In which the built-in workouts' own cues are written; a voice of another language cannot say them."""
DIALECTS: Final[Mapping[str, str]] = {"gsw": "de"}
"""Languages whose speakers have those words and voices of another one, with a tag that does not show it."""

_WARNS: Final = frozenset({CueKind.PREVIEW, CueKind.IMMINENT})

type Phrases = Mapping[str, Any]


def load_phrases(language: str) -> Phrases:
    """Give the phrases of a language, or of the nearest one of its kind, or English; reads files.

    Where a script or a country tells two of a kind apart, the spoken words are near enough: any Portuguese is served by
    that of Brazil, and readers of traditional characters hear the same Mandarin.
    """
    spoken = sorted(path.stem for path in PHRASES.glob("*.yaml"))
    return _read(next(iter(matches(DIALECTS.get(language, language), spoken)), FALLBACK))


@cache
def _read(name: str) -> Phrases:
    phrases: Phrases = yaml.safe_load((PHRASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return phrases


def _form_for[Form: (str, list[str])](forms: Form | Mapping[str, Form], count: int | None) -> Form:
    """Give the form that goes with a number; a phrase without forms is one for all.

    One and other are all the forms that these languages have for whole numbers from one on; French and Portuguese have
    the singular for none as well, which is never said.
    """
    if not isinstance(forms, Mapping):
        return forms
    return forms["one" if count == 1 else "other"]


class Words:
    """Puts one session in words; says of several sentences each in turn, so that it does not drone."""

    def __init__(self, phrases: Phrases, place: PlaceKind) -> None:
        """Speak for one kind of place."""
        self._phrases = phrases
        self._place = place
        self._said: Counter[str] = Counter()
        self._says_own_cues = True

    def begin(self, workout: Workout) -> None:
        """Begin a session: a workout's own cues are said in the language in which they were written, or not at all."""
        is_built_in = bool(workout.source)
        self._says_own_cues = not is_built_in or self._phrases["language"] == LIBRARY_LANGUAGE

    def cue(self, cue: Cue, *, shortened: bool = False) -> str:
        """Give the words of a spoken cue."""
        if shortened:
            late: str = self._phrases["late"]
            return late.format(move=self._phrases["briefly"][cue.interval.direction])
        if cue.kind is CueKind.FORM:
            return (cue.interval.cue if self._says_own_cues else "") or self._form()
        text = self._in_turn("cues", self._key(cue), count=cue.minutes).format(
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
        return cue.kind.value

    def _form(self) -> str:
        if self._place is PlaceKind.TREADMILL:
            return self._in_turn("form")
        return self._in_turn("form_off_belt")

    def _in_turn(self, *path: str, count: int | None = None) -> str:
        node: Any = self._phrases
        for key in path:
            node = node[key]
        sentences: list[str] = _form_for(node, count)
        turn = self._said[path[-1]]
        self._said[path[-1]] += 1
        return sentences[turn % len(sentences)]

    def _move(self, interval: Interval) -> str:
        key = f"{interval.direction}_{interval.gait}"
        on_belt: Mapping[str, str] = self._phrases["on_belt"]
        move: str | None = on_belt.get(key) if self._place is PlaceKind.TREADMILL else None
        move = move or self._phrases["moves"].get(key) or self._phrases["briefly"][interval.direction].lower()
        if interval.speed_kmh:
            speed = f"{interval.speed_kmh:g}".replace(".", self._phrases["decimal"])
            move = self._phrases["pace"].format(move=move, speed=speed)
        return move

    def _whole(self, interval: Interval) -> str:
        """Name an interval with its length; a turn takes as long as it takes."""
        move = self._move(interval)
        if interval.direction is not Direction.TURN:
            move = self._phrases["lasting"].format(move=move, duration=self._duration(interval.seconds))
        return move

    def _duration(self, seconds: int) -> str:
        minutes, rest = divmod(seconds, 60)
        key = "seconds" if not minutes else "minutes_and_seconds" if rest else "minutes"
        text: str = _form_for(self._phrases["durations"][key], minutes or rest)
        return text.format(minutes=minutes, seconds=rest)

    def asking(self, key: str) -> str:
        """Give what is asked after a session."""
        question: str = self._phrases["asking"][key]
        return question

    def answers(self, *, none_is_zero: bool) -> Sentences:
        """Give what may be answered to it."""
        return answers(self._phrases, none_is_zero=none_is_zero)
