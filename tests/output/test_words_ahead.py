"""What may be said is known before it is said: only what is rendered in time is heard in time."""

from collections.abc import Iterator
from datetime import UTC, datetime

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine.cues import CueKind
from custom_components.backstride.engine.events import Event, EventKind, Reason
from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.session import start, timeline
from custom_components.backstride.engine.timeline import Cue
from custom_components.backstride.engine.workout import parse
from custom_components.backstride.output.phrases import PHRASES, load_phrases
from custom_components.backstride.output.words import Words

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LANGUAGES = sorted(path.stem for path in PHRASES.glob("*.yaml"))
PLAN = '3m back @1.6, 30s turn, 2m fwd @4, 30s turn, 12m back @1.6 "think of your toes", 60s rest'


def cues(place: PlaceKind = PlaceKind.TREADMILL) -> list[Cue]:
    session = start(parse(PLAN), NOON, place=place).session
    return [entry for entry in timeline(session) if isinstance(entry, Cue)]


def speaker(language: str = "en", place: PlaceKind = PlaceKind.TREADMILL) -> Words:
    words = Words(load_phrases(language), place)
    words.begin(parse(PLAN), Level.L1)
    return words


@given(said=st.lists(st.integers(min_value=0, max_value=len(cues()) - 1), max_size=60))
def test_whatever_was_said_before_what_is_next_is_known_and_so_is_all_that_may_follow(
    said: list[int],
) -> None:
    words, planned = speaker(), cues()
    ahead = [set(words.sentences(cue)) for cue in planned]
    for index in said:
        first = words.sentences(planned[index])[0]
        assert words.sentences(planned[index])[0] == first, "asking changes nothing"
        assert words.cue(planned[index]) == first
        assert first in ahead[index]


@pytest.mark.parametrize("place", PlaceKind)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_planned_cue_has_sentences_to_render(language: str, place: PlaceKind) -> None:
    words = speaker(language, place)
    for cue in cues(place):
        sentences = words.sentences(cue)
        assert sentences
        assert all(sentences)
        assert len(set(sentences)) == len(sentences)


def test_a_change_that_comes_late_is_known_as_well() -> None:
    words = speaker()
    change = next(cue for cue in cues() if cue.kind is CueKind.CHANGE)
    assert words.cue(change, shortened=True) in words.sentences(change)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_countdown_has_one_word_a_second(language: str) -> None:
    words = speaker(language)
    countdown = next(cue for cue in cues() if cue.kind is CueKind.COUNTDOWN)
    assert all(len(word.split()) == 1 for word in words.count())
    assert words.sentences(countdown) == (" ".join(words.count()),)
    assert words.cue(countdown) == " ".join(words.count())


def _told(words: Words) -> Iterator[str]:
    for kind in EventKind:
        for reason in (None, *Reason):
            said = words.event(Event(number=0, kind=kind, at=NOON, reason=reason))
            if said is not None:
                yield said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_plan_knows_of_is_listed_the_worst_first(language: str) -> None:
    words = speaker(language)
    fixed = words.fixed()
    assert fixed[:2] == (words.safety("obstacle"), load_phrases(language)["events"]["held_obstacle"])
    assert {words.safety(key) for key in load_phrases(language)["safety"]} <= set(fixed)
    assert {each for _ in range(3) for each in _told(words)} <= set(fixed)
    assert len(set(fixed)) == len(fixed)


def test_the_end_is_told_by_its_event_in_the_words_of_its_cue() -> None:
    words = speaker()
    complete = next(cue for cue in cues() if cue.kind is CueKind.COMPLETE)
    assert words.event(Event(number=0, kind=EventKind.COMPLETED, at=NOON)) in words.sentences(complete)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_know_their_language(language: str) -> None:
    assert speaker(language).language == language
