"""What there is to say in each language, as it stands in the folder of phrases."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from homeassistant.util.language import matches

PHRASES: Final = Path(__file__).parents[1] / "phrases"
FALLBACK: Final = "en"
DIALECTS: Final[Mapping[str, str]] = {"gsw": "de"}
"""Languages whose speakers have those words and voices of another one, with a tag that does not show it."""

NATIVE_NAMES: Final[Mapping[str, str]] = {
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "ja": "日本語",
    "nl": "Nederlands",
    "pt-BR": "Português (Brasil)",
    "zh-Hans": "简体中文",
}
"""What those who speak a language call it."""

FORMS: Final = frozenset({"one", "other"})
"""Keys of a phrase that has a form of its own for one."""

# The one written in C is ten times as fast, and not everywhere.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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
    text = (PHRASES / f"{name}.yaml").read_text(encoding="utf-8")
    phrases: Phrases = yaml.load(text, _LOADER)  # noqa: S506 - safe, in either form
    return phrases


def form_for[Form: (str, list[str])](forms: Form | Mapping[str, Form], count: int | None) -> Form:
    """Give the form that goes with a number; a phrase without forms is one for all.

    One and other are all the forms that these languages have for whole numbers from one on; French and Portuguese have
    the singular for none as well, which is never said.
    """
    if not isinstance(forms, Mapping):
        return forms
    return forms["one" if count == 1 else "other"]
