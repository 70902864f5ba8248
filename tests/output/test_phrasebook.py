"""A person's own phrases are said in the place of ours, as long as they fit there; what does not fit changes nothing."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine.cues import CueKind
from custom_components.backstride.engine.events import Event, EventKind
from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.session import start, timeline
from custom_components.backstride.engine.timeline import Cue
from custom_components.backstride.engine.workout import parse
from custom_components.backstride.output.phrasebook import Flaw, FlawKind, rewritten
from custom_components.backstride.output.phrases import PHRASES, Phrases, load_phrases
from custom_components.backstride.output.words import Words

from .test_phrases import LONGEST, every_cue, length

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LANGUAGES = sorted(path.stem for path in PHRASES.glob("*.yaml"))
ENGLISH = load_phrases("en")
SECTIONS = {"moves", "on_belt", "briefly", "durations", "count", "cues", "form", "events", "safety", "praise"}
SINGLE = {"late", "pace", "lasting"}
PLAN = "3m back @1.6, 30s turn, 12m fwd @4"


def replaceable(phrases: Phrases) -> dict[str, Any]:
    """Give everything that may be replaced, by key."""
    sections = {f"{name}.{key}": said for name in SECTIONS for key, said in phrases[name].items()}
    return sections | {name: phrases[name] for name in SINGLE}


def said(phrases: Phrases, kind: CueKind) -> list[str]:
    session = start(parse(PLAN), NOON, place=PlaceKind.TREADMILL).session
    words = Words(phrases, PlaceKind.TREADMILL)
    words.begin(session.workout, Level.L1)
    cues = [entry for entry in timeline(session) if isinstance(entry, Cue) and entry.kind is kind]
    return [words.cue(cue) for cue in cues]


def flaws(own: object, language: str = "en") -> tuple[Flaw, ...]:
    phrases = load_phrases(language)
    taken, found = rewritten(phrases, own)
    assert not found or taken == phrases
    return found


@pytest.mark.parametrize("own", [None, {}, "", []])
def test_who_has_no_phrases_hears_ours(own: object) -> None:
    assert rewritten(ENGLISH, own) == (ENGLISH, ())
    assert rewritten(ENGLISH, own)[0] is ENGLISH


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_of_ours_would_fit(language: str) -> None:
    """Who copies ours to change a word finds nothing wrong with the rest."""
    phrases = load_phrases(language)
    assert rewritten(phrases, replaceable(phrases)) == (phrases, ())
    as_written = {name: phrases[name] for name in SECTIONS | SINGLE}
    assert rewritten(phrases, as_written) == (phrases, ())


def test_ones_own_are_said_in_the_place_of_ours() -> None:
    own = {
        "cues.halfway": "Half   done,\nmate!",
        "cues.preview": ["Soon: {next}.", "Almost: {next}."],
        "events": {"paused": "Hold on."},
        "safety.obstacle": "Watch out!",
        "form.head_up": "Proud like a giraffe.",
        "moves.forward_walk": "stroll",
        "pace": "{move} with {speed}",
    }
    phrases, found = rewritten(ENGLISH, own)
    assert found == ()
    assert said(phrases, CueKind.HALFWAY) == ["Half done, mate!"]
    assert said(phrases, CueKind.PREVIEW)[1:] == [
        "Soon: feet on the side rails and turn around.",
        "Almost: stroll with 4.",
        "15 seconds to go.",
    ]
    assert said(phrases, CueKind.FORM)[0] == "Proud like a giraffe."
    words = Words(phrases, PlaceKind.TREADMILL)
    assert words.safety("obstacle") == words.fixed()[0] == "Watch out!"
    assert words.event(Event(number=0, kind=EventKind.PAUSED, at=NOON)) == "Hold on."
    assert words.language == "en"
    assert ENGLISH["safety"]["obstacle"] == "Careful. Something is behind you.", "nobody else hears them"


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        pytest.param(
            "{minutes} to go!", ["10 to go!", "5 to go!", "2 to go!", "1 to go!"], id="one text for all"
        ),
        pytest.param(
            {"one": "Only {minutes}!", "other": "{minutes} to go!"},
            ["10 to go!", "5 to go!", "2 to go!", "Only 1!"],
            id="a form for one with the number",
        ),
        pytest.param(
            {"one": "Last one!", "other": "{minutes} to go!"},
            ["10 to go!", "5 to go!", "2 to go!", "Last one!"],
            id="a form for one",
        ),
    ],
)
def test_a_phrase_with_a_number_may_have_a_form_for_one(written: object, heard: list[str]) -> None:
    phrases, found = rewritten(ENGLISH, {"cues.minutes_left": written})
    assert found == ()
    session = start(parse("25m fwd @4"), NOON, place=PlaceKind.OUTDOOR).session
    words = Words(phrases, PlaceKind.OUTDOOR)
    cues = [e for e in timeline(session) if isinstance(e, Cue) and e.kind is CueKind.MINUTES_LEFT]
    assert [words.cue(cue) for cue in cues] == heard


@pytest.mark.parametrize(
    ("key", "written", "kind", "detail"),
    [
        ("cues.half", "Half.", FlawKind.UNKNOWN, ""),
        ("cues", "Half.", FlawKind.UNKNOWN, ""),
        ("form", ["Head up."], FlawKind.UNKNOWN, ""),
        ("late.turn", "Turn.", FlawKind.UNKNOWN, ""),
        ("halfway", "Half.", FlawKind.UNKNOWN, ""),
        ("language", "de", FlawKind.UNKNOWN, ""),
        ("longest.safety", "100", FlawKind.UNKNOWN, ""),
        ("answers.belt", "Aye.", FlawKind.UNKNOWN, ""),
        (7, "Half.", FlawKind.UNKNOWN, ""),
        ("safety.obstacle", "", FlawKind.NO_TEXT, ""),
        ("safety.obstacle", " ... ", FlawKind.NO_TEXT, ""),
        ("safety.obstacle", None, FlawKind.NO_TEXT, ""),
        ("safety.obstacle", [], FlawKind.NO_TEXT, ""),
        ("safety.obstacle", ["Look out!", ""], FlawKind.NO_TEXT, ""),
        ("safety.obstacle", ["Look out!", 5], FlawKind.NO_TEXT, ""),
        ("cues.halfway", 50, FlawKind.NO_TEXT, ""),
        ("cues.halfway", True, FlawKind.NO_TEXT, ""),
        ("cues.halfway", {"one": "Half.", "other": "Half."}, FlawKind.NO_TEXT, ""),
        ("cues.change", {"now": None}, FlawKind.NO_TEXT, ""),
        ("cues.minutes_left", {"one": "One!"}, FlawKind.NO_TEXT, ""),
        ("cues.minutes_left", {"few": "{minutes}", "other": "{minutes}!"}, FlawKind.NO_TEXT, ""),
        ("moves.turn_none", ["turn", "spin"], FlawKind.NO_TEXT, ""),
        ("count.three", ["Three.", "Drei."], FlawKind.NO_TEXT, ""),
        ("cues.halfway", "Half of {minutes}.", FlawKind.PLACEHOLDER, "minutes"),
        ("cues.preview", "{next}, {now}.", FlawKind.PLACEHOLDER, "now"),
        ("cues.preview", "{next.seconds}.", FlawKind.PLACEHOLDER, "next.seconds"),
        ("cues.preview", "{next!r}.", FlawKind.PLACEHOLDER, "{next!r}."),
        ("cues.preview", "{next:>99}.", FlawKind.PLACEHOLDER, "{next:>99}."),
        ("cues.preview", "{next} {}.", FlawKind.PLACEHOLDER, "{next} {}."),
        ("cues.preview", "{next", FlawKind.PLACEHOLDER, "{next"),
        ("safety.obstacle", "Careful {{you}}.", FlawKind.PLACEHOLDER, "Careful {{you}}."),
        ("cues.preview", "Soon.", FlawKind.LEFT_OUT, "next"),
        ("cues.preview", ["Soon: {next}.", "Soon."], FlawKind.LEFT_OUT, "next"),
        ("cues.minutes_left", "Some minutes.", FlawKind.LEFT_OUT, "minutes"),
        ("late", "Go!", FlawKind.LEFT_OUT, "move"),
        ("safety.obstacle", "one two three four five six seven eight nine", FlawKind.TOO_LONG, "8"),
        ("events.held_obstacle", "one two three four five six seven eight nine", FlawKind.TOO_LONG, "8"),
        ("events.paused", " ".join("abcdefghijklmnopq"), FlawKind.TOO_LONG, "16"),
        ("cues.halfway", " ".join("abcdefghijklmnopq"), FlawKind.TOO_LONG, "16"),
        ("cues.halfway", "a" * 121, FlawKind.TOO_LONG, "16"),
        ("cues.preview", "a b c d e f g {next}", FlawKind.TOO_LONG, "16"),
        ("cues.imminent", "well now it is time: {move}", FlawKind.TOO_LONG, "5"),
        ("late", "quick as you can now {move}", FlawKind.TOO_LONG, "5"),
        ("moves.turn_none", "turn a b c d", FlawKind.TOO_LONG, "4"),
        ("pace", "{move} at the speed of {speed}", FlawKind.TOO_LONG, "10"),
        ("count.two", "Two more.", FlawKind.TOO_LONG, "1"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(
    key: str | int, written: object, kind: FlawKind, detail: str
) -> None:
    assert flaws({key: written}) == (Flaw(kind=kind, phrase=str(key), detail=detail),)


@pytest.mark.parametrize("own", ["Half!", ["Half!"], 7])
def test_phrases_without_keys_are_none(own: object) -> None:
    assert flaws(own) == (Flaw(kind=FlawKind.NO_KEYS),)


def test_eight_words_are_not_too_many_for_safety_nor_sixteen_for_the_rest() -> None:
    for key, words in (
        ("safety.obstacle", 8),
        ("events.released", 8),
        ("cues.halfway", 16),
        ("events.paused", 16),
    ):
        assert flaws({key: " ".join("a" * words)}) == ()
    assert flaws({"cues.preview": "a b c d e f {next}"}) == ()


@pytest.mark.parametrize(("language", "most"), [("ja", 20), ("zh-Hans", 14)])
def test_where_no_words_are_written_apart_letters_count(language: str, most: int) -> None:
    assert flaws({"safety.obstacle": "後" * most + "。"}, language) == ()
    (flaw,) = flaws({"safety.obstacle": "後" * (most + 1)}, language)
    assert (flaw.kind, flaw.detail) == (FlawKind.TOO_LONG, str(most))


def test_what_fits_is_taken_beside_what_does_not() -> None:
    phrases, found = rewritten(ENGLISH, {"cues.halfway": "Half!", "cues.glance": "{behind}"})
    assert [flaw.phrase for flaw in found] == ["cues.glance"]
    assert said(phrases, CueKind.HALFWAY) == ["Half!"]
    assert phrases["cues"]["glance"] == ENGLISH["cues"]["glance"]


WORDS = st.lists(
    st.sampled_from(["go", "{next}", "{move}", "{now}", "{minutes}", "{speed}", "{duration}"]), max_size=9
)


@given(own=st.dictionaries(st.sampled_from(sorted(replaceable(ENGLISH))), WORDS.map(" ".join), max_size=12))
def test_whatever_is_taken_composes_and_stays_short_enough(own: dict[str, str]) -> None:
    phrases, _ = rewritten(ENGLISH, own)
    speakers = {place: Words(phrases, place) for place in PlaceKind}
    imminent, _, other = LONGEST["en"]
    for place, cue in SOME_CUES:
        for sentence in speakers[place].sentences(cue):
            assert sentence
            assert not set("{}") & set(sentence)
            assert length("en", sentence) <= (imminent if cue.kind is CueKind.IMMINENT else other)


SOME_CUES = [each for each in every_cue() if each[1].interval.seconds in {90, 1200} or each[1].names is None]
