"""What can be asked can be asked in every language, and is answered as shortly, whatever has to be filled in."""

from itertools import chain, product

import pytest

from custom_components.backstride.engine.pick import Choice
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.workout import Direction, Gait, Interval
from custom_components.backstride.output.phrases import load_phrases
from custom_components.backstride.output.replies import Replies

from .test_phrases import ENGLISH, LANGUAGES, LONGEST, OTHERS, length, sentences

WRITTEN = ("sentence_words", "sentences", "sentences_in_session", "choices", "spans")
PUNCTUATION = set(".,?!;:")
"""Of the languages that write spaces; elsewhere some of it stays within what was said."""


def moves(replies: Replies) -> list[str]:
    """Give every way to name an interval."""
    found = []
    for place, direction, gait, speed in product(PlaceKind, Direction, Gait, (None, 1.6)):
        interval = Interval(direction=direction, gait=Gait.NONE, seconds=60)
        for key, value in (("gait", gait), ("speed_kmh", speed)):
            object.__setattr__(interval, key, value)  # nothing said may ever fail
        found.append(replies.move(interval, place))
    return found


def longest_fillings(language: str) -> dict[str, object]:
    """Give the longest of everything that may stand in a reply; names are such as people give."""
    replies = Replies(load_phrases(language))

    def longest(of: list[str]) -> str:
        return max(of, key=lambda text: length(language, text))

    time = longest([replies.duration(seconds) for seconds in (1, 59, 60, 90, 590, 595, 610, 14400)])
    move = longest(moves(replies))
    return {
        **dict.fromkeys(("duration", "backward", "left", "goal", "seconds"), time),
        **dict.fromkeys(("move", "next"), move),
        "stretches": longest([replies.part("stretches", count=count) for count in (1, 12)]),
        "count": 100,
        "athlete": "Anna",
        "athletes": "Anna, Ben",
        "place": "Long Hallway",
        "places": "Gym, Long Hallway",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reply_is_short_with_whatever_fills_it(language: str) -> None:
    fillings = longest_fillings(language)
    over = {}
    for path, sentence in sentences({"replies": load_phrases(language)["replies"]}):
        said = sentence.format(**fillings)
        assert not set("{}") & set(said), path
        if length(language, said) > LONGEST[language][2]:
            over[path] = said
    assert over == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reply_begins_and_ends_as_a_sentence_does(language: str) -> None:
    """They are said one after the other, and a voice pauses only where one ends."""
    replies = load_phrases(language)["replies"]
    whole = {key: node for key, node in replies.items() if key != "stretches"}
    for path, sentence in sentences({"replies": whole}):
        assert sentence[-1] in ".?!。？！", path  # noqa: RUF001 - as it is written in Japanese and Chinese
        assert sentence[0] == sentence[0].upper(), path


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_can_be_asked_in_every_language(language: str) -> None:
    phrases = load_phrases(language)
    for section in ("sentences", "sentences_in_session", "choices", "spans"):
        assert phrases[section].keys() == ENGLISH[section].keys(), section


def test_every_kind_of_workout_has_words() -> None:
    assert ENGLISH["choices"].keys() == set(Choice)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", ["choices", "spans"])
def test_a_word_means_one_thing(language: str, section: str) -> None:
    words = list(chain.from_iterable(said.split("|") for said in load_phrases(language)[section].values()))
    assert all(words)
    assert len(words) == len(set(words))
    assert words == [word.lower() for word in words]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", WRITTEN)
def test_nothing_is_heard_with_punctuation(language: str, section: str) -> None:
    """It is taken from what was said before that is compared, so that a sentence with it would never be heard."""
    node = load_phrases(language)[section]
    written = chain.from_iterable([each] if isinstance(each, str) else each for each in node.values())
    assert [text for text in written if PUNCTUATION & set(text)] == []
