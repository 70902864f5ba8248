"""What the coach says: a cue or an event of a session, in the words of one language."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from ..engine.cues import CueKind
from ..engine.events import Event, EventKind
from ..engine.levels import Level
from ..engine.place import PlaceKind
from ..engine.praise import Merit, Praise
from ..engine.technique import fitting as fitting_technique
from ..engine.timeline import Cue
from ..engine.workout import Direction, Interval, Workout
from .answers import Sentences, answers
from .phrases import Phrases, form_for

LIBRARY_LANGUAGE: Final = "en"
"""In which the built-in workouts' own cues are written; a voice of another language cannot say them."""
type Path = tuple[str, ...]
"""Where a phrase stands, key by key."""

_WARNS: Final = frozenset({CueKind.PREVIEW, CueKind.IMMINENT})
_HAS_RAILS: Final = frozenset({PlaceKind.TREADMILL, PlaceKind.STAIRS})
_COUNT: Final[Path] = ("count",)
_OWN: Final[Path] = ("own",)
"""Of a workout's own cue, which stands in no phrases."""
_URGENT: Final[tuple[Path, ...]] = (
    ("safety", "obstacle"),
    ("events", "held_obstacle"),
    ("events", "held"),
    ("events", "stopped_emergency"),
    ("safety", "press_stop"),
    ("events", "stopped_stumble"),
    ("events", "held_heart_rate"),
    ("events", "held_sensor_lost"),
    ("events", "stopped_obstacle"),
    ("safety", "blind"),
    ("safety", "heart_rate"),
)
"""What cannot wait until it is rendered, the worst first; the rest has its place behind in the order of the phrases."""


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _alike(text: str, other: str) -> bool:
    """Tell whether two cues of form sound the same."""
    return text.rstrip(".").casefold() == other.rstrip(".").casefold()


class Words:
    """Puts one session in words; says of several sentences each in turn, so that it does not drone."""

    def __init__(self, phrases: Phrases, place: PlaceKind) -> None:
        """Speak for one kind of place."""
        self._phrases = phrases
        self._place = place
        self._level = Level.L0
        self._said: Counter[Path] = Counter()
        self._form_said: list[Path] = []
        """Each once, in the order in which it was last said."""
        self._last_form = ""
        self._says_own_cues = True

    @property
    def language(self) -> str:
        """The language of what is said."""
        code: str = self._phrases["language"]
        return code

    def begin(self, workout: Workout, level: Level) -> None:
        """Begin a session; what is asked of the form depends on the level.

        A workout's own cues are said in the language in which they were written, or not at all.
        """
        self._level = level
        is_built_in = bool(workout.source)
        self._says_own_cues = not is_built_in or self.language == LIBRARY_LANGUAGE

    # What is planned

    def cue(self, cue: Cue, *, shortened: bool = False) -> str:
        """Give the words of a spoken cue, and let the next such cue have other words."""
        if shortened:
            return self._late(cue.interval)
        path, said = self._candidates(cue)[0]
        self._said[path] += 1
        if cue.kind is CueKind.FORM:
            self._form_said = [*(each for each in self._form_said if each != path), path]
            self._last_form = said
        return said

    def sentences(self, cue: Cue) -> tuple[str, ...]:
        """Give everything that may be said at a cue, now or later, so that it can be rendered ahead; what is next comes first.

        A change may come late, so that its short form is among them.
        """
        said = [text for _, text in self._candidates(cue)]
        if cue.kind is CueKind.CHANGE:
            said.append(self._late(cue.interval))
        return tuple(dict.fromkeys(said))

    def count(self) -> tuple[str, str, str]:
        """Give the three words of the countdown, which belong one second apart."""
        words: Mapping[str, str] = self._phrases["count"]
        return words["three"], words["two"], words["one"]

    # What happens

    def fixed(self) -> tuple[str, ...]:
        """Give every sentence that no plan knows of, so that it can be rendered ahead: the most urgent first."""
        rest = ((section, key) for section in ("safety", "events") for key in self._phrases[section])
        # A streak's length is known only when the session has counted.
        bests = (("praise", each) for each in Praise if each is not Praise.STREAK)
        paths = dict.fromkeys((*_URGENT, *rest, *bests))
        return tuple(dict.fromkeys(each for path in paths for each in self._variants(path)))

    def event(self, event: Event) -> str | None:
        """Give the words of an event; None for one that needs none."""
        for key in (f"{event.kind}_{event.reason}", event.kind.value):
            if key in self._phrases["events"]:
                return self._in_turn(("events", key))
        return None

    def safety(self, key: str) -> str:
        """Give a safety sentence."""
        return self._in_turn(("safety", key))

    def praise(self, merit: Merit) -> str:
        """Give the words for what a session earned."""
        return self._in_turn(("praise", merit.praise), merit.days).format(days=merit.days)

    def test(self) -> str:
        """Give a sentence to try a speaker with."""
        sentence: str = self._phrases["test"]
        return sentence

    def walk_test(self, key: str, names: str) -> str:
        """Give a sentence of a walk test, with the names of the sensors it is about."""
        sentence: str = self._phrases["walk_test"][key].format(names=names)
        return sentence

    # How it is put together

    def _candidates(self, cue: Cue) -> list[tuple[Path, str]]:
        """Give what may be said at a cue, each with where it stands; what is next comes first."""
        if cue.kind is CueKind.COUNTDOWN:
            return [(_COUNT, " ".join(self.count()))]
        if cue.kind is CueKind.FORM:
            return self._form(cue.interval)
        path = self._path(cue)
        return [(path, self._filled(template, cue)) for template in self._variants(path, cue.minutes)]

    def _form(self, interval: Interval) -> list[tuple[Path, str]]:
        """Give cues of form: a workout's own every other time, of ours the one that was not said for longest.

        What was said last is never said again, in whosever words.
        """
        fitting = fitting_technique(interval.gait, self._place, self._level)
        paths: list[Path] = [("form", each) for each in fitting]
        paths.sort(key=lambda path: self._form_said.index(path) if path in self._form_said else -1)
        cues = [(path, text) for path in paths for text in self._variants(path)]
        if interval.cue and self._says_own_cues:
            cues.insert(0, (_OWN, interval.cue))
        return sorted(cues, key=lambda cue: _alike(cue[1], self._last_form))

    def _path(self, cue: Cue) -> Path:
        """Tell where the sentences of a cue stand."""
        if cue.kind is CueKind.COMPLETE:
            return ("events", EventKind.COMPLETED)
        if cue.kind is CueKind.PREVIEW and cue.leads_in:
            return ("cues", "first" if self._place in _HAS_RAILS else "first_without_rails")
        if cue.kind in _WARNS and cue.names is None:
            return ("cues", f"{cue.kind}_end")
        return ("cues", cue.kind)

    def _variants(self, path: Path, count: int | None = None) -> tuple[str, ...]:
        """Give the sentences that are said in turn, the next one first."""
        node: Any = self._phrases
        for key in path:
            node = node[key]
        node = form_for(node, count)
        sentences: list[str] = node if isinstance(node, list) else [node]
        turn = self._said[path] % len(sentences)
        return (*sentences[turn:], *sentences[:turn])

    def _in_turn(self, path: Path, count: int | None = None) -> str:
        said = self._variants(path, count)[0]
        self._said[path] += 1
        return said

    def _filled(self, template: str, cue: Cue) -> str:
        text = template.format(
            move=self._phrases["briefly"][cue.names.direction] if cue.names else "",
            next=self.move(cue.names) if cue.names else "",
            now=self._whole(cue.interval),
            minutes=cue.minutes,
        )
        return _capitalised(text)

    def _late(self, interval: Interval) -> str:
        late: str = self._phrases["late"]
        return _capitalised(late.format(move=self._phrases["briefly"][interval.direction]))

    def move(self, interval: Interval) -> str:
        """Name an interval, with its speed."""
        key = f"{interval.direction}_{interval.gait}"
        on_belt: Mapping[str, str] = self._phrases["on_belt"]
        move: str | None = on_belt.get(key) if self._place is PlaceKind.TREADMILL else None
        move = move or self._phrases["moves"].get(key) or self._phrases["briefly"][interval.direction]
        if interval.speed_kmh:
            speed = f"{interval.speed_kmh:g}".replace(".", self._phrases["decimal"])
            move = self._phrases["pace"].format(move=move, speed=speed)
        return move

    def _whole(self, interval: Interval) -> str:
        """Name an interval with its length; a turn takes as long as it takes."""
        move = self.move(interval)
        if interval.direction is not Direction.TURN:
            move = self._phrases["lasting"].format(move=move, duration=self.duration(interval.seconds))
        return move

    def duration(self, seconds: int) -> str:
        """Say a length of time."""
        minutes, rest = divmod(seconds, 60)
        key = "seconds" if not minutes else "minutes_and_seconds" if rest else "minutes"
        text: str = form_for(self._phrases["durations"][key], minutes or rest)
        return text.format(minutes=minutes, seconds=rest)

    def asking(self, key: str) -> str:
        """Give what is asked after a session."""
        question: str = self._phrases["asking"][key]
        return question

    def answers(self, *, none_is_zero: bool) -> Sentences:
        """Give what may be answered to it."""
        return answers(self._phrases, none_is_zero=none_is_zero)
