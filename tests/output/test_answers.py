"""Answers from zero to ten are understood in every language, as Assist hears them and as people type them."""

from itertools import chain, product
from typing import Any

from hassil import Intents, recognize
import pytest

from custom_components.backstride.engine.asking import HIGHEST
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.grammar import sentences
from custom_components.backstride.intent import CRIES
from custom_components.backstride.output.answers import SKIP, Sentences, answers, typed_number
from custom_components.backstride.output.phrases import PHRASES, Phrases, load_phrases
from custom_components.backstride.output.words import Words
from homeassistant.components.assist_satellite.services import has_no_punctuation, is_valid_sentence

LANGUAGES = tuple(sorted(path.stem for path in PHRASES.glob("*.yaml")))
EACH = pytest.mark.parametrize("language", LANGUAGES)


def heard(language: str, said: Sentences, text: str) -> str | None:
    """Understand a text as the action `ask_question` does."""
    data = [{"sentences": templates, "metadata": {"id": key}} for key, templates in said.items()]
    grammar: dict[str, Any] = {"language": language, "intents": {"Answer": {"data": data}}}
    result = recognize(text, Intents.from_dict(grammar))
    return None if result is None or result.intent_metadata is None else str(result.intent_metadata["id"])


def spoken(phrases: Phrases) -> dict[int, list[str]]:
    return {number: forms.split("|") for number, forms in enumerate(phrases["numbers"])}


@EACH
@pytest.mark.parametrize("none_is_zero", [False, True])
def test_every_number_is_understood_in_words_and_in_digits(language: str, none_is_zero: bool) -> None:
    phrases = load_phrases(language)
    said = answers(phrases, none_is_zero=none_is_zero)
    assert said.keys() == {*map(str, range(HIGHEST + 1)), SKIP}
    for number, forms in spoken(phrases).items():
        assert str(number) in forms
        for form in forms:
            assert heard(language, said, form) == heard(language, said, f"{form}.") == str(number), form


@EACH
def test_no_word_is_two_numbers(language: str) -> None:
    forms = list(chain.from_iterable(spoken(load_phrases(language)).values()))
    assert len(forms) == len(set(forms))


@EACH
def test_home_assistant_takes_every_answer(language: str) -> None:
    phrases = load_phrases(language)
    for templates in (answers(phrases, none_is_zero=True) | sentences(phrases)).values():
        assert is_valid_sentence(has_no_punctuation(templates)) == templates


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("en", "I'd say about a seven out of ten.", "7"),
        ("en", "Maybe 3", "3"),
        ("en", "No thanks.", SKIP),
        ("en", "Seventeen", None),
        ("en", "Banana", None),
        ("de", "Ich würde sagen ungefähr fünf von zehn.", "5"),
        ("de", "Nein danke.", SKIP),
        ("fr", "Je dirais un six sur dix.", "6"),
        ("fr", "Un.", "1"),
        ("fr", "Non merci.", SKIP),
        ("es", "Yo diría un ocho de diez.", "8"),
        ("es", "No, gracias.", SKIP),
        ("it", "Direi circa sei su dieci.", "6"),
        ("it", "No grazie.", SKIP),
        ("nl", "Ik denk een zeven.", "7"),
        ("nl", "Nee, dank je.", SKIP),
        ("pt-BR", "Acho que uns quatro.", "4"),
        ("pt-BR", "Não, obrigada.", SKIP),
        ("ja", "だいたい7くらいです。", "7"),
        ("ja", "結構です。", SKIP),
        ("zh-Hans", "我觉得是七分吧。", "7"),
        ("zh-Hans", "不用了。", SKIP),
    ],
)
def test_what_people_say_around_a_number_is_understood(language: str, text: str, answer: str | None) -> None:
    phrases = load_phrases(language)
    for none_is_zero in (False, True):
        assert heard(language, answers(phrases, none_is_zero=none_is_zero), text) == answer


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "No."),
        ("en", "None at all."),
        ("de", "Nein, gar keine."),
        ("fr", "Non, rien du tout."),
        ("es", "No, nada."),
        ("it", "No, per niente."),
        ("nl", "Nee, helemaal geen pijn."),
        ("pt-BR", "Não senti nada."),
        ("ja", "全然痛くないです。"),
        ("zh-Hans", "一点都不痛。"),
    ],
)
def test_no_is_a_number_only_where_pain_is_asked(language: str, text: str) -> None:
    phrases = load_phrases(language)
    assert heard(language, answers(phrases, none_is_zero=True), text) == "0"
    assert heard(language, answers(phrases, none_is_zero=False), text) is None


@EACH
def test_a_cry_for_help_is_no_number_and_no_number_a_cry(language: str) -> None:
    """Both are listened for at once."""
    phrases = load_phrases(language)
    said = answers(phrases, none_is_zero=True)
    cries = {intent: templates for intent, templates in sentences(phrases).items() if intent in CRIES}
    assert cries.keys() == CRIES.keys()
    for number, forms in spoken(phrases).items():
        assert heard(language, {**cries, **said}, forms[0]) == str(number)


@EACH
def test_the_questions_are_three_sentences_in_the_same_words_each_time(language: str) -> None:
    words = Words(load_phrases(language), PlaceKind.TREADMILL)
    asked = [words.asking(key) for key in ("effort", "pain", "again")]
    assert len(set(asked)) == 3
    assert asked == [words.asking(key) for key in ("effort", "pain", "again")]
    assert words.answers(none_is_zero=True) == answers(load_phrases(language), none_is_zero=True)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("7", 7),
        (" 7. ", 7),
        ("10", 10),
        ("7/10", 7),
        ("7 / 10", 7),
        ("Seven", 7),
        ("seven!", 7),
        ("11", None),
        ("-1", None),
        ("7.5", None),
        ("7,5", None),
        ("²", None),
        ("banana", None),
        ("", None),
        ("   ", None),
        ("/10", None),
        ("one|1", None),
    ],
)
def test_a_number_is_understood_as_it_is_typed(text: str, number: int | None) -> None:
    assert typed_number(load_phrases("en"), text) == number


@EACH
def test_a_number_is_understood_as_it_is_typed_in_every_language(language: str) -> None:
    phrases = load_phrases(language)
    for number, form in product(range(HIGHEST + 1), (0, -1)):
        assert typed_number(phrases, spoken(phrases)[number][form]) == number
