"""What is said to Backstride in one language: templates in which it is heard, and what is understood of a sentence heard.

Sentences are heard by triggers, which know neither lists nor rules and keep no slots of words. So everything is written
out for them, and what they heard is read once more, with lists.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from .action_fields import LONGEST_MINUTES
from .const import SUGGESTED
from .engine.pick import Choice
from .naming import said
from .output.phrases import Phrases

if TYPE_CHECKING:
    from hassil.intents import Intents

ALWAYS, IN_SESSION = "sentences", "sentences_in_session"
"""Where sentences stand: what is heard at any time, and what is heard as well while a session is on."""
MINUTES, SPAN, CHOICE, WORKOUT, PLACE, ATHLETE = "minutes", "span", "choice", "workout", "place", "athlete"
SPELLED: Final = (*range(1, 21), *range(25, 65, 5), 75, 90, 120)
"""Minutes that are written out for those who learn the sentences, as closed speech-to-text does: it knows no ranges. Every
word costs whoever reads them time, so only those that people say."""
NOBODY: Final = "backstride"
"""Stands in a list that has nothing in it: without a value no template with that list would be one."""
_LIST: Final = re.compile(r"\{(\w+)\}")
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What people call things: each name, and what is meant by it."""

    workouts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    places: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    athletes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def sentences(phrases: Phrases, section: str = ALWAYS) -> dict[str, list[str]]:
    """Give the templates of each intent with its words in angle brackets written out; lists stay as they are."""
    words: dict[str, str] = {}

    def written_out(text: str) -> str:
        for name, meaning in words.items():
            text = text.replace(f"<{name}>", f"({meaning})")
        return text

    for name, meaning in phrases["sentence_words"].items():
        # One may use those before it.
        words[name] = written_out(meaning)
    return {
        intent_type: [written_out(template) for template in templates]
        for intent_type, templates in phrases[section].items()
    }


class Grammar:
    """The sentences of one language, with the names of one house in them; made outside of the event loop."""

    def __init__(self, phrases: Phrases, names: Names) -> None:
        """Take the phrases of a language; reads how its numbers are spelled."""
        self.phrases = phrases
        self.language: str = phrases["language"]
        self._spelled = _spelled(self.language)
        minutes = {word: number for number, words in self._spelled.items() for word in words}
        minutes |= {str(number): number for number in range(1, LONGEST_MINUTES + 1)}
        self._lists: Mapping[str, Mapping[str, str | int]] = {
            MINUTES: minutes,
            SPAN: _alternatives(phrases["spans"]),
            CHOICE: _alternatives({choice: phrases["choices"][choice] for choice in Choice}),
            WORKOUT: {**_alternatives({SUGGESTED: phrases["suggested"]}), **self._named(names.workouts)},
            PLACE: self._named(names.places),
            ATHLETE: self._named(names.athletes),
        }

    def templates(self, section: str) -> dict[str, list[str]]:
        """Give the templates of each intent as a trigger takes them."""
        return {
            intent_type: [_LIST.sub(self._written_out, template) for template in templates]
            for intent_type, templates in sentences(self.phrases, section).items()
        }

    def understand(self, intent_type: str, sentence: str) -> dict[str, Any]:
        """Give the slots of a sentence that was heard as an intent; of several readings the one that knows most."""
        from hassil import recognize_all  # noqa: PLC0415 - comes with the conversation, without which nothing is heard

        readings = (
            {name: entity.value for name, entity in result.entities.items() if entity.value != NOBODY}
            for result in recognize_all(sentence, self._readers[intent_type], language=self.language)
        )
        slots = max(readings, key=len, default={})
        if (span := slots.pop(SPAN, None)) is not None:
            slots[MINUTES] = span
        return slots

    def warm(self) -> None:
        """Do everything once that is slow the first time."""
        for intent_type in self._readers:
            self.understand(intent_type, self.language)

    @cached_property
    def _readers(self) -> Mapping[str, Intents]:
        """What reads a sentence that was heard as an intent, with lists; each intent's own, because the others need not be tried."""
        from hassil import Intents  # noqa: PLC0415 - as above

        lists = {
            name: {"values": [{"in": word, "out": meant} for word, meant in values.items()]}
            for name, values in self._lists.items()
        }
        sections = [sentences(self.phrases, section) for section in (ALWAYS, IN_SESSION)]
        return {
            intent_type: Intents.from_dict(
                {
                    "language": self.language,
                    "intents": {
                        intent_type: {
                            "data": [
                                {"sentences": found[intent_type]}
                                for found in sections
                                if intent_type in found
                            ]
                        }
                    },
                    "lists": lists,
                }
            )
            for intent_type in sections[0]
        }

    def _written_out(self, found: re.Match[str]) -> str:
        name = found[1]
        if name != MINUTES:
            return f"({'|'.join(self._lists[name])})"
        words = (word for number in SPELLED for word in self._spelled[number])
        return f"({{1..{LONGEST_MINUTES}:{MINUTES}}}|{'|'.join(words)})"

    def _named(self, names: Mapping[str, str]) -> Mapping[str, str | int]:
        return {self._said(name): meant for name, meant in names.items() if said(name)} or {NOBODY: NOBODY}

    def _said(self, name: str) -> str:
        """Write a name as a template, so that its numbers are heard as words too."""

        def number(found: re.Match[str]) -> str:
            words = self._spelled.get(int(found[0]), ())
            return f"({'|'.join((found[0], *words))})"

        # In small letters, but as they are written: nobody who hears writes ss for a sharp s.
        return _DIGITS.sub(number, said(name))


def warm_range(language: str) -> None:
    """Have the numbers spelled that triggers of a server with this language hear; it reads files, once."""
    from hassil import Intents, recognize_all  # noqa: PLC0415 - as above

    template = f"{{1..{LONGEST_MINUTES}:{MINUTES}}}"
    intents = {"warm": {"data": [{"sentences": [template]}]}}
    list(recognize_all(NOBODY, Intents.from_dict({"language": language, "intents": intents})))


def _alternatives[T: (str, int)](said: Mapping[T, str]) -> dict[str, str | int]:
    return {word: meant for meant, words in said.items() for word in words.split("|")}


def _spelled(language: str) -> dict[int, tuple[str, ...]]:
    """Spell the numbers that can be minutes, each in every form it has before a noun; reads files."""
    from hassil.numbers import get_rbnf_engine  # noqa: PLC0415 - as above

    engine = get_rbnf_engine(language)

    def forms(number: int) -> Iterable[str]:
        for kind, word in engine.format_number(number).text_by_ruleset.items():
            if "financial" not in kind and "days" not in kind:
                # A hyphen is heard where a space is written, and not the other way round.
                yield word.replace("\N{SOFT HYPHEN}", "").replace("-", " ")

    return {number: tuple(dict.fromkeys(forms(number))) for number in range(1, LONGEST_MINUTES + 1)}
