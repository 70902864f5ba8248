"""What is understood as an answer to a question after a session, in the phrases of one language."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

SKIP: Final = "skip"
"""The answer of who wants to answer nothing."""
_ENDS: Final = " .,!?。、，！？"  # noqa: RUF001 - punctuation as it is typed in Japanese and Chinese
_OF_TEN: Final = "/10"

type Sentences = dict[str, list[str]]
"""Answer -> the templates of what is said for it."""


def answers(phrases: Mapping[str, Any], *, none_is_zero: bool) -> Sentences:
    """Give what may be answered: "0" to "10", and that nothing is; to a question of pain, "no" is a number too."""
    wanted = phrases["rating_sentences"]
    said = {
        str(number): [template.replace("<number>", f"({forms})") for template in wanted["number"]]
        for number, forms in enumerate(phrases["numbers"])
    }
    if none_is_zero:
        said["0"] += wanted["no_pain"]
    return said | {SKIP: list(wanted["skip"])}


def typed_number(phrases: Mapping[str, Any], text: str) -> int | None:
    """Understand a number that was typed, in digits or as a word; None for anything that is none from zero to ten."""
    plain = text.strip(_ENDS).casefold().replace(" ", "").removesuffix(_OF_TEN)
    if plain.isdecimal():
        number = int(plain)
        return number if number < len(phrases["numbers"]) else None
    return next((number for number, forms in _forms(phrases) if plain in forms), None)


def _forms(phrases: Mapping[str, Any]) -> Iterable[tuple[int, list[str]]]:
    for number, forms in enumerate(phrases["numbers"]):
        yield number, forms.casefold().split("|")
