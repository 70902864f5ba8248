"""Which sound was which cue, and how late: what was heard against what was due."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
import math
from pathlib import Path
import re
from statistics import median
from typing import Any, Final

import yaml

from custom_components.backstride.engine.cues import CueKind

PHRASES: Final = Path(__file__).parents[1] / "custom_components" / "backstride" / "phrases" / "en.yaml"

EARLIEST: Final = 1.0
"""So many seconds before its instant a sound may be taken for a cue whose words it says."""
LATEST: Final = 10.0
NEAR: Final = 1.0
"""The same on both sides where the words are not known, as of a chime."""
TOO_LATE: Final = 1.5
"""Seconds; what comes later should not have come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A cue that is to be heard at an instant, in seconds since 1970."""

    kind: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """Something that was heard from an instant on; without words where they are not known."""

    at: float
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How late the cues of one case were, in milliseconds; negative is early."""

    late_by: tuple[float, ...]
    due: int
    first: float | None
    """That of what is said at the instant of the start itself, which nobody can prepare: it is not among the others."""

    @property
    def median(self) -> float:
        """Give the middle one."""
        return median(self.late_by) if self.late_by else math.nan

    @property
    def p95(self) -> float:
        """Give the one that 95 of 100 do not exceed."""
        ordered = sorted(self.late_by)
        return ordered[math.ceil(0.95 * len(ordered)) - 1] if ordered else math.nan

    def __str__(self) -> str:
        """Say it in one line."""
        too_late = sum(each > TOO_LATE * 1000 for each in self.late_by)
        span = f"({min(self.late_by):+.0f}..{max(self.late_by):+.0f})" if self.late_by else "(none)"
        first = "not heard" if self.first is None else f"{self.first:+.0f}"
        return (
            f"median {self.median:+5.0f}, p95 {self.p95:+5.0f} {span} ms; {len(self.late_by)} of {self.due} heard, "
            f"{too_late} over 1.5 s; first {first}"
        )


class Kinds:
    """Tells of which kind a sentence is, by the phrases it may be made from."""

    def __init__(self, phrases: Mapping[str, Any]) -> None:
        """Read the phrases; whatever says what is now is a change, because it may say anything."""
        kinds = sorted(CueKind, key=len, reverse=True)
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        for key, forms in phrases["cues"].items():
            kind = next((kind for kind in kinds if key.startswith(kind)), CueKind.PREVIEW)
            if kind is not CueKind.CHANGE:
                self._patterns += [(_pattern(text), kind) for text in _texts(forms)]
        for key, forms in phrases.items():
            if key.startswith("form"):
                self._patterns += [(_pattern(text), CueKind.FORM) for text in _texts(forms)]
        three, *others = phrases["count"].values()
        self._patterns.append((_pattern(three), CueKind.COUNTDOWN))
        self._patterns += [(_pattern(text), "event") for text in (*others, *_texts(phrases["events"]))]

    @classmethod
    def read(cls) -> Kinds:
        """Read those of English."""
        return cls(yaml.safe_load(PHRASES.read_text(encoding="utf-8")))

    def of(self, text: str) -> str:
        """Give the kind of a sentence."""
        return next((kind for pattern, kind in self._patterns if pattern.fullmatch(text)), CueKind.CHANGE)


def _texts(forms: object) -> Iterable[str]:
    if isinstance(forms, str):
        yield forms
    elif isinstance(forms, Mapping):
        for each in forms.values():
            yield from _texts(each)
    elif isinstance(forms, list):
        for each in forms:
            yield from _texts(each)


def _pattern(text: str) -> re.Pattern[str]:
    pieces = re.split(r"\{\w+\}", text)
    return re.compile(".+".join(map(re.escape, pieces)), re.IGNORECASE)


def of_session(due: Iterable[Due], sounds: Iterable[Sound], kinds: Kinds, *, began: float) -> Figures:
    """Find for each cue the sound that said it: by its words, and what has none by its instant."""
    said = [(sound, None if sound.text is None else kinds.of(sound.text)) for sound in sounds]
    late_by: dict[Due, float] = {}
    ordered = sorted(due, key=lambda one: one.at)
    for knows_words in (True, False):
        for one in ordered:
            near = [
                each
                for each in said
                if one not in late_by
                and (each[1] == one.kind if knows_words else each[1] is None)
                and (-EARLIEST if knows_words else -NEAR)
                <= each[0].at - one.at
                <= (LATEST if knows_words else NEAR)
            ]
            if near:
                best = min(near, key=lambda each: abs(each[0].at - one.at))
                said.remove(best)
                late_by[one] = (best[0].at - one.at) * 1000
    return _figures(ordered, late_by, began)


def of_script(due: Iterable[Due], sounds: Iterable[Sound], *, began: float) -> Figures:
    """Find for each cue of a script the sound that said it: each has words of its own."""
    heard = {sound.text: sound.at for sound in reversed(list(sounds))}
    ordered = sorted(due, key=lambda one: one.at)
    late_by = {one: (heard[one.kind] - one.at) * 1000 for one in ordered if one.kind in heard}
    return _figures(ordered, late_by, began)


def _figures(ordered: list[Due], late_by: Mapping[Due, float], began: float) -> Figures:
    at_start = [one for one in ordered if one.at - began < NEAR]
    rest = [one for one in ordered if one not in at_start]
    return Figures(
        late_by=tuple(late_by[one] for one in rest if one in late_by),
        due=len(rest),
        first=next((late_by[one] for one in at_start if one in late_by), None),
    )
