"""The coach says the same things in every language, each as short as it has to be, and nothing is left in English."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, product
from string import Formatter

import pytest

from custom_components.backstride.engine.cues import CueKind
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.praise import Merit, Praise
from custom_components.backstride.engine.session import start, timeline
from custom_components.backstride.engine.timeline import Cue
from custom_components.backstride.engine.workout import Direction, Gait, Interval, parse
from custom_components.backstride.library import load_library
from custom_components.backstride.output.phrases import PHRASES, Phrases, load_phrases
from custom_components.backstride.output.speaker import SAFETY_EVENTS, SAFETY_REASONS
from custom_components.backstride.output.words import Words

LANGUAGES = ("de", "en", "es", "fr", "it", "ja", "nl", "pt-BR", "zh-Hans")
OTHERS = tuple(language for language in LANGUAGES if language != "en")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ENGLISH = load_phrases("en")

DONE, THEN = ("belt", "session", "nothing"), ("press_stop", "get_help")
FORMS = {"one", "other"}
HEARD = {
    "sentence_words",
    "sentences",
    "sentences_in_session",
    "choices",
    "suggested",
    "spans",
    "numbers",
    "rating_sentences",
}
"""What people say; how many of these a language needs, and from what they are put together, is its own affair."""
FACTS = {"language", "decimal", "longest"}

LONGEST = dict.fromkeys(LANGUAGES, (5, 8, 16)) | {"ja": (12, 20, 40), "zh-Hans": (9, 14, 29)}
"""Of what comes five seconds before a change, of a safety sentence, and of any other: words, and where words have no spaces,
characters without punctuation.

English has about 2.5 words a second, so that 5 are over in 2 s, just before the countdown, 8 in 3.2 s and 16 in 6.4 s. In
that time Mandarin has 9, 14 and 29 syllables, each a character, at 4.5 a second. Japanese has 14, 22 and 45 morae at 7 a
second; a kana is one and a kanji about two, so that 12, 20 and 40 characters may take a second or two longer: polite Japanese
cannot be had for less. What is said of an obstacle has 15 at most in either.
"""
UNSPOKEN = " .,:?!'-。、，"  # noqa: RUF001 - punctuation as it is written in Japanese and Chinese
"""Punctuation that speech engines make a pause of, or nothing; any other is read out, or swallows a word."""

type Path = tuple[str, ...]
type Phrase = str | list[str] | Mapping[str, str | list[str]]


def leaves(node: Phrase | Phrases, path: Path = ()) -> Iterator[tuple[Path, Phrase]]:
    """Give every phrase with its path; all its variants, and all its forms for numbers, are one phrase."""
    if isinstance(node, Mapping) and node.keys() != FORMS:
        for key, inner in node.items():
            yield from leaves(inner, (*path, key))
    else:
        yield path, node


def told(phrases: Phrases) -> dict[Path, Phrase]:
    """Give what the coach says."""
    return dict(leaves({key: node for key, node in phrases.items() if key not in HEARD | FACTS}))


def variants(phrase: Phrase, *, form: str = "other") -> list[str]:
    """Give the sentences that are said in turn."""
    if isinstance(phrase, Mapping):
        phrase = phrase[form]
    return phrase if isinstance(phrase, list) else [phrase]


def sentences(phrases: Phrases) -> Iterator[tuple[Path, str]]:
    """Give everything that is said, one by one."""
    for path, phrase in told(phrases).items():
        forms = phrase if isinstance(phrase, Mapping) else ("other",)
        for sentence in chain.from_iterable(variants(phrase, form=form) for form in forms):
            yield path, sentence


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def without_placeholders(sentence: str) -> str:
    return "".join(text for text, *_ in Formatter().parse(sentence))


def length(language: str, sentence: str) -> int:
    """Give how long a sentence is to listen to; see `LONGEST`."""
    if language in {"ja", "zh-Hans"}:
        return sum(letter not in UNSPOKEN for letter in sentence)
    return len(sentence.split())


def is_safety(event: str) -> bool:
    """Tell whether an event is told with the priority of safety, by its key: `kind` or `kind_reason`."""
    kind, _, reason = event.partition("_")
    return kind in SAFETY_EVENTS or reason in SAFETY_REASONS


def every_cue() -> Iterator[tuple[PlaceKind, Cue]]:
    """Give every cue with words, for every interval there is, and for those that no workout may hold."""
    session = start(parse("60s back @1.6"), NOON).session
    cue = next(entry for entry in timeline(session) if isinstance(entry, Cue))
    for place, direction, gait, speed, seconds in product(
        PlaceKind, Direction, Gait, (None, 1.6), (1, 45, 60, 61, 90, 1200)
    ):
        interval = Interval(direction=direction, gait=Gait.NONE, seconds=seconds)
        for key, value in (("gait", gait), ("speed_kmh", speed)):
            object.__setattr__(interval, key, value)  # nothing said may ever fail
        named = replace(cue, interval=interval, names=interval, leads_in=False)
        yield place, replace(named, kind=CueKind.PREVIEW, leads_in=True)
        for kind in (CueKind.PREVIEW, CueKind.IMMINENT, CueKind.CHANGE):
            yield place, replace(named, kind=kind)
    unnamed = replace(cue, names=None, leads_in=False)
    for place, kind in product(PlaceKind, set(CueKind) - {CueKind.MINUTES_LEFT, CueKind.COMPLETE}):
        yield place, replace(unnamed, kind=kind)
    for place, minutes in product(PlaceKind, (1, 2, 5, 10)):
        yield place, replace(unnamed, kind=CueKind.MINUTES_LEFT, minutes=minutes)


def test_these_are_the_languages() -> None:
    assert {path.stem for path in PHRASES.glob("*.yaml")} == set(LANGUAGES)
    assert {load_phrases(language)["language"] for language in LANGUAGES} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("de", "de"),
        ("de-CH", "de"),
        ("gsw", "de"),
        ("en-GB", "en"),
        ("es-419", "es"),
        ("fr-CA", "fr"),
        ("pt", "pt-BR"),
        ("pt-PT", "pt-BR"),
        ("pt-BR", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hans", "zh-Hans"),
        ("zh-Hant", "zh-Hans"),
        ("zh-TW", "zh-Hans"),
        ("pl", "en"),
        ("", "en"),
    ],
)
def test_a_dialect_gets_the_nearest_there_is(language: str, spoken: str) -> None:
    assert load_phrases(language)["language"] == spoken


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_phrases_with_as_many_variants(language: str) -> None:
    ours, english = told(load_phrases(language)), told(ENGLISH)
    assert ours.keys() == english.keys()
    assert load_phrases(language).keys() == ENGLISH.keys()
    fewer = [path for path in english if len(variants(ours[path])) < len(variants(english[path]))]
    assert fewer == []


OFTEN = ["preview", "imminent", "halfway", "last_interval", "minutes_left", "glance"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("section", "key", "at_least"),
    [
        *(("cues", key, 3) for key in OFTEN),
        *(("cues", key, 2) for key in ("preview_end", "imminent_end")),
        *(("events", key, 2) for key in ("waiting", "paused", "stopped", "completed")),
        *(("praise", key, 2) for key in ("longest_session", "streak")),
    ],
)
def test_what_is_said_again_and_again_has_variants(
    language: str, section: str, key: str, at_least: int
) -> None:
    said = variants(load_phrases(language)[section][key])
    assert len(set(said)) == len(said) >= at_least


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_phrases_themselves_say_how_long_they_may_be(language: str) -> None:
    imminent, safety, other = LONGEST[language]
    counted = "letters" if language in {"ja", "zh-Hans"} else "words"
    longest = {"in": counted, "imminent": imminent, "safety": safety, "other": other}
    assert load_phrases(language)["longest"] == longest


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_variant_has_the_placeholders_of_the_english_one(language: str) -> None:
    english = told(ENGLISH)
    for path, phrase in told(load_phrases(language)).items():
        wanted = placeholders(variants(english[path])[0])
        assert all(placeholders(sentence) == wanted for sentence in variants(phrase)), path
        if isinstance(phrase, Mapping):
            # A form for one may say the number in its own words.
            assert all(placeholders(sentence) <= wanted for sentence in variants(phrase, form="one")), path


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_left_in_english(language: str) -> None:
    english = {sentence for _, sentence in sentences(ENGLISH)}
    left = {
        sentence
        for path, sentence in sentences(load_phrases(language))
        if sentence in english
        and path[0] != "durations"  # minutes are minutes in French, too
        and any(letter.isalpha() for letter in without_placeholders(sentence))
    }
    assert left == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_speech_engine_can_read_everything(language: str) -> None:
    for path, sentence in sentences(load_phrases(language)):
        read = without_placeholders(sentence)
        odd = {letter for letter in read if not letter.isalpha() and not letter.isdecimal()} - set(UNSPOKEN)
        assert not odd, path
        assert sentence == " ".join(sentence.split()), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_over_long(language: str) -> None:
    imminent, safety, other = LONGEST[language]
    over = []
    for path, sentence in sentences(load_phrases(language)):
        is_urgent = path[0] in {"safety", "answers"} or (path[0] == "events" and is_safety(path[1]))
        # What is filled in counts where the whole is put together, below.
        words = length(language, without_placeholders(sentence))
        is_brief = path[:2] in {("cues", "imminent"), ("cues", "imminent_end")}
        if words > (safety if is_urgent else imminent if is_brief else other):
            over.append((words, sentence))
    assert over == []


@pytest.mark.parametrize("language", ["ja", "zh-Hans"])
@pytest.mark.parametrize(
    ("section", "key"), [("safety", "obstacle"), ("safety", "blind"), ("events", "held_obstacle")]
)
def test_a_warning_of_what_is_behind_is_shorter_still(language: str, section: str, key: str) -> None:
    assert length(language, load_phrases(language)[section][key]) <= 15


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_is_short_enough_to_be_heard_in_trouble(language: str) -> None:
    answers = load_phrases(language)["answers"]
    begun = [f"{answers[done]} {answers[then]}" for done, then in product(DONE, THEN)]
    assert [one for one in begun if length(language, one) > LONGEST[language][1]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cue_composes_and_is_short(language: str) -> None:
    speakers = {place: Words(load_phrases(language), place) for place in PlaceKind}
    imminent, _, other = LONGEST[language]
    over = set()
    for place, cue in every_cue():
        for said in speakers[place].sentences(cue):
            assert said == said[:1].upper() + said[1:]
            assert not set("{}") & set(said)
            if length(language, said) > (imminent if cue.kind is CueKind.IMMINENT else other):
                over.add((length(language, said), said))
    assert over == set()


RAILS = {
    "en": "side rails",
    "de": "Seitenschienen",
    "fr": "rebords",
    "es": "laterales",
    "it": "pedane laterali",
    "nl": "zijkanten",
    "pt-BR": "laterais",
    "ja": "サイドレール",
    "zh-Hans": "两侧边条",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_belt_every_turn_is_announced_and_begun_with_the_feet_on_the_rails(language: str) -> None:
    plan = "60s back @1.6, 30s turn, 60s fwd @3"
    session = start(parse(plan), NOON, place=PlaceKind.TREADMILL).session
    speaker = Words(load_phrases(language), PlaceKind.TREADMILL)
    turns = [
        (entry.kind, said)
        for entry in timeline(session)
        if isinstance(entry, Cue) and entry.kind in {CueKind.PREVIEW, CueKind.CHANGE}
        if (entry.names or entry.interval).direction is Direction.TURN
        for said in speaker.sentences(entry)
        if said != speaker.cue(entry, shortened=True)
    ]
    assert [kind for kind, _ in turns] == [*[CueKind.PREVIEW] * 3, CueKind.CHANGE]
    assert all(RAILS[language] in said for _, said in turns)


def spoken(language: str, notation: str, kind: CueKind) -> list[str]:
    """Give what is said of one kind on a treadmill."""
    session = start(parse(notation), NOON, place=PlaceKind.TREADMILL).session
    speaker = Words(load_phrases(language), PlaceKind.TREADMILL)
    return [
        speaker.cue(entry)
        for entry in timeline(session)
        if isinstance(entry, Cue) and entry.kind is kind and entry.spoken
    ]


@pytest.mark.parametrize(
    ("language", "change"),
    [
        ("en", "Walk backward at 1.6, 1 minute 30."),
        ("de", "Rückwärts gehen mit Tempo 1,6, eine Minute 30."),
        ("fr", "Marche à reculons à 1,6, une minute 30."),
        ("es", "Camina hacia atrás a 1,6, un minuto y 30."),
        ("it", "Cammina all'indietro a 1,6, un minuto e 30."),
        ("nl", "Achteruit lopen met snelheid 1,6, één minuut 30."),
        ("pt-BR", "Caminhe para trás a 1,6, um minuto e 30."),
        ("ja", "速度1.6で後ろ歩き、1分30秒です。"),
        ("zh-Hans", "倒着走，速度1.6，1分30秒。"),  # noqa: RUF001 - as it is written in Chinese
    ],
)
def test_numbers_are_said_as_the_language_writes_them(language: str, change: str) -> None:
    assert spoken(language, "90s back @1.6", CueKind.CHANGE) == [change]


def test_one_of_something_has_its_own_form() -> None:
    assert spoken("de", "12m back @1.6", CueKind.MINUTES_LEFT) == [
        "Noch 5 Minuten.",
        "2 Minuten hast du noch.",
        "Noch eine Minute.",
    ]
    assert spoken("ja", "12m back @1.6", CueKind.MINUTES_LEFT)[-1] == "あと1分続けましょう。"


@pytest.mark.parametrize(
    ("language", "first", "seventh"),
    [
        ("en", "That is the first day of a new streak.", "7 days in a row now."),
        ("de", "Das ist der erste Tag deiner Serie.", "Schon 7 Tage hintereinander."),
        ("fr", "C'est le premier jour de ta série.", "Déjà 7 jours d'affilée."),
        ("es", "Es el primer día de tu racha.", "Llevas 7 días seguidos."),
        ("it", "È il primo giorno della tua serie.", "Già 7 giorni consecutivi."),
        ("nl", "Dat is de eerste dag van je reeks.", "Al 7 dagen achter elkaar."),
        ("pt-BR", "É o primeiro dia da sua sequência.", "Você completou 7 dias seguidos."),
        ("ja", "連続記録の初日です。", "これで7日続きました。"),
        ("zh-Hans", "这是连续记录的第一天。", "连续7天，做得好。"),  # noqa: RUF001 - as it is written in Chinese
    ],
)
def test_a_streak_is_praised_by_its_days(language: str, first: str, seventh: str) -> None:
    speaker = Words(load_phrases(language), PlaceKind.TREADMILL)
    said = [speaker.praise(Merit(praise=Praise.STREAK, days=days)) for days in (1, 7)]
    assert said == [first, seventh]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("praise", Praise)
def test_whatever_is_earned_has_a_short_sentence(language: str, praise: Praise) -> None:
    speaker = Words(load_phrases(language), PlaceKind.TREADMILL)
    for days in (1, 2, 1000):
        said = speaker.praise(Merit(praise=praise, days=days))
        assert "{" not in said
        assert length(language, said) <= LONGEST[language][2]


@pytest.mark.parametrize(("language", "says_it"), [("en", True), ("de", False)])
def test_a_built_in_workouts_own_cue_is_said_in_its_language_only(language: str, says_it: bool) -> None:
    """A voice reads English with the sounds of its own language, and nobody understands it."""
    workout = load_library()["builder-10"]
    session = start(workout, NOON, place=PlaceKind.TREADMILL).session
    cue = next(entry for entry in timeline(session) if isinstance(entry, Cue) and entry.kind is CueKind.FORM)
    speaker = Words(load_phrases(language), PlaceKind.TREADMILL)
    speaker.begin(workout, session.level)
    said = speaker.cue(cue)
    assert (said == cue.interval.cue) is says_it
    assert (said in load_phrases(language)["form"].values()) is not says_it


def test_an_athletes_own_cue_is_said_in_every_language() -> None:
    """They wrote it, so it is theirs."""
    workout = parse('5m back @1.6 "denk an die Zehen"')
    session = start(workout, NOON, place=PlaceKind.TREADMILL).session
    speaker = Words(load_phrases("de"), PlaceKind.TREADMILL)
    speaker.begin(workout, session.level)
    cue = next(entry for entry in timeline(session) if isinstance(entry, Cue) and entry.kind is CueKind.FORM)
    assert speaker.cue(cue) == "denk an die Zehen"
