"""A person's own phrases in the place of ours: each is taken if it fits where ours stands, and else ours is kept.

They are written as our own are, by key: `cues.halfway: Half done!`, with one text, a list of texts that are said in turn,
or the forms `one` and `other` where ours has them. What is filled in stands in braces, as in ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter
from typing import Any, Final

from ..engine.workout import LONGEST_CUE
from .phrases import FORMS, Phrases
from .speaker import SAFETY_EVENTS, SAFETY_REASONS


class FlawKind(StrEnum):
    """What can be wrong with a phrase of one's own."""

    NO_KEYS = "phrases_without_keys"
    """There is something, but not phrases by their keys."""
    UNKNOWN = "phrase_unknown"
    NO_TEXT = "phrase_no_text"
    """Nothing that can be said, or several texts where one is needed."""
    PLACEHOLDER = "phrase_placeholder"
    """Something in braces that is not filled in there, or a brace by itself."""
    LEFT_OUT = "phrase_left_out"
    """It does not say what ours fills in, such as which way to go next."""
    TOO_LONG = "phrase_too_long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """Why a phrase of one's own cannot be said."""

    kind: FlawKind
    phrase: str = ""
    """Its key, as it was written."""
    detail: str = ""
    """The placeholder it is about, or how long the phrase may be."""


type _Forms = Mapping[str, list[str]]
"""The texts of a phrase by form; `other` alone where it has no form of its own for one."""

_SENTENCES: Final = frozenset({"cues", "form", "events", "safety", "praise"})
"""Sections of whole sentences, of which there may be several that are said in turn."""
_PARTS: Final = frozenset({"moves", "on_belt", "briefly", "durations", "count", "pace", "lasting"})
"""What sentences are put together from: it may be as long as the longest of ours, so that they stay short enough."""
_LATE: Final = "late"
_IMMINENT: Final = frozenset({"cues.imminent", "cues.imminent_end", _LATE})
"""What has two seconds."""
_NUMBERS: Final = {"minutes": "20", "seconds": "59", "days": "1000", "speed": "12.5"}


class _Misfit(Exception):
    """A phrase does not fit where ours stands."""

    def __init__(self, kind: FlawKind, detail: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.detail = detail


def rewritten(phrases: Phrases, own: object) -> tuple[Phrases, tuple[Flaw, ...]]:
    """Put somebody's own phrases in the place of ours, and tell which do not fit there."""
    if not own:
        return phrases, ()
    if not isinstance(own, Mapping):
        return phrases, (Flaw(kind=FlawKind.NO_KEYS),)
    measure, taken, flaws = _Measure(phrases), dict(phrases), list[Flaw]()
    for key, written in _by_key(own):
        section, _, name = key.partition(".")
        try:
            fitted = _fit(measure, key, written, _ours(phrases, key))
        except _Misfit as misfit:
            flaws.append(Flaw(kind=misfit.kind, phrase=key, detail=misfit.detail))
        else:
            taken[section] = {**taken[section], name: fitted} if name else fitted
    return taken, tuple(flaws)


def _by_key(own: Mapping[Any, object], above: str = "") -> Iterator[tuple[str, object]]:
    """Give every phrase with its whole key, however it was written: with a dot, or under its section as ours."""
    for name, written in own.items():
        if isinstance(written, Mapping) and not above and name in _SENTENCES | _PARTS:
            yield from _by_key(written, f"{name}.")
        else:
            yield f"{above}{name}", written


def _ours(phrases: Phrases, key: str) -> _Forms:
    section, _, name = key.partition(".")
    node: Any = phrases[section] if section in {*_SENTENCES, *_PARTS, _LATE} else {}
    if isinstance(node, Mapping):
        node = node.get(name)
    elif name:
        node = None
    if node is None:
        raise _Misfit(FlawKind.UNKNOWN)
    return _forms(node)


def _forms(node: str | list[str] | Mapping[str, str | list[str]]) -> _Forms:
    forms = node if isinstance(node, Mapping) else {"other": node}
    return {name: [each] if isinstance(each, str) else each for name, each in forms.items()}


def _fit(measure: _Measure, key: str, written: object, ours: _Forms) -> Any:  # noqa: ANN401 - as it stands in phrases
    """Give what is said in the place of ours, form by form where it was written so."""
    if not isinstance(written, Mapping):
        return _fit_form(measure, key, written, ours)
    if "other" not in written or not written.keys() <= FORMS & ours.keys():
        raise _Misfit(FlawKind.NO_TEXT)
    return {name: _fit_form(measure, key, each, ours, name) for name, each in written.items()}


def _fit_form(
    measure: _Measure, key: str, written: object, ours: _Forms, form: str = "other"
) -> str | list[str]:
    may_be_several = _section(key) in _SENTENCES
    several = written if may_be_several and isinstance(written, list) else [written]
    texts = [" ".join(each.split()) for each in several if isinstance(each, str)]
    if not texts or len(texts) < len(several) or not all(any(map(str.isalnum, text)) for text in texts):
        raise _Misfit(FlawKind.NO_TEXT)
    may_have = {name for each in ours.values() for text in each for name in _placeholders(text)}
    needs = {name for name in may_have if all(name in _placeholders(text) for text in ours[form])}
    for text in texts:
        has = _placeholders(text)
        if odd := has - may_have:
            raise _Misfit(FlawKind.PLACEHOLDER, min(odd))
        if left_out := needs - has:
            raise _Misfit(FlawKind.LEFT_OUT, min(left_out))
        if measure.of(key, text) > (most := measure.most(key)) or len(text) > LONGEST_CUE:
            raise _Misfit(FlawKind.TOO_LONG, str(most))
    return texts if isinstance(written, list) else texts[0]


def _placeholders(text: str) -> set[str]:
    """Give what is filled in; anything else in braces, or a brace by itself, counts as a placeholder nobody knows."""
    found = set()
    try:
        for literal, name, how, conversion in Formatter().parse(text):
            plain = not how and not conversion and not set("{}") & set(literal)
            if name is not None or not plain:
                found.add(name if name and plain else text)
    except ValueError:
        found.add(text)
    return found


class _Measure:
    """Tells how long phrases are when the longest there is has been filled in, and how long they may be."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._longest: Mapping[str, Any] = phrases["longest"]
        # Each is filled into the next: a move into its pace, and that with its duration into the whole.
        self._filling: dict[str, Mapping[str, str]] = {}
        move = self._longest_of("moves", "on_belt")
        self._filling["pace"] = {"move": move}
        named, duration = self._longest_of("pace"), self._longest_of("durations")
        self._filling["lasting"] = {"move": named, "duration": duration}
        whole, brief = self._longest_of("lasting"), self._longest_of("briefly")
        self._any: Mapping[str, str] = {"move": brief, "next": named, "now": whole}

    def of(self, key: str, text: str) -> int:
        """Tell how long a phrase is at its longest."""
        filling = self._filling.get(key, {} if _section(key) in _PARTS else self._any)
        return self._length(text.format(**_NUMBERS, **filling))

    def most(self, key: str) -> int:
        """Tell how long a phrase may be."""
        section = _section(key)
        if section in _PARTS:
            return self._length(self._longest_of(section))
        most: int = self._longest[
            "imminent" if key in _IMMINENT else "safety" if _is_safety(key) else "other"
        ]
        return most

    def _longest_of(self, *sections: str) -> str:
        """Give the longest of some parts."""
        nodes = [self._phrases[section] for section in sections]
        phrases = [
            each for node in nodes for each in (node.values() if isinstance(node, Mapping) else [node])
        ]
        texts = [text for phrase in phrases for form in _forms(phrase).values() for text in form]
        filling = self._filling.get(sections[0], {})
        return max((text.format(**_NUMBERS, **filling) for text in texts), key=self._length)

    def _length(self, text: str) -> int:
        """Count words, or letters in a language that writes no words apart."""
        if self._longest["in"] == "letters":
            return sum(map(str.isalnum, text))
        return len(text.split())


def _section(key: str) -> str:
    return key.partition(".")[0]


def _is_safety(key: str) -> bool:
    """Tell whether a phrase is said with the priority of safety; events have `kind` or `kind_reason` for a name."""
    section, _, name = key.partition(".")
    kind, _, reason = name.partition("_")
    return section == "safety" or (
        section == "events" and (kind in SAFETY_EVENTS or reason in SAFETY_REASONS)
    )
