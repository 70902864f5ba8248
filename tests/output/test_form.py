"""Cues of form: each about as often as any other, none twice in a row, and on a belt none that asks to look round."""

from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise, product
import re

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine.cues import CueKind
from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.session import start, timeline
from custom_components.backstride.engine.technique import Technique, fitting
from custom_components.backstride.engine.timeline import Cue
from custom_components.backstride.engine.workout import Direction, Gait, expand, parse
from custom_components.backstride.library import load_library
from custom_components.backstride.output.phrases import PHRASES, load_phrases
from custom_components.backstride.output.words import Words

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
LANGUAGES = sorted(path.stem for path in PHRASES.glob("*.yaml"))
OWN = "think of your toes"


def form_cue(notation: str) -> Cue:
    session = start(parse(notation), NOON, place=PlaceKind.OUTDOOR).session
    return next(entry for entry in timeline(session) if isinstance(entry, Cue) and entry.kind is CueKind.FORM)


WALK, RUN = form_cue("5m back @1.6"), form_cue("5m back run @6")
WALK_OWN, RUN_OWN = form_cue(f'5m back @1.6 "{OWN}"'), form_cue('5m back run @6 "Head up, stand tall"')


def speaker(language: str, place: PlaceKind, level: Level) -> Words:
    words = Words(load_phrases(language), place)
    words.begin(parse("5m back"), level)
    return words


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_every_technique_and_for_nothing_else(language: str) -> None:
    assert set(load_phrases(language)["form"]) == set(Technique)


@pytest.mark.parametrize(("cue", "gait"), [(WALK, Gait.WALK), (RUN, Gait.RUN)])
@pytest.mark.parametrize(("place", "level"), product(PlaceKind, Level))
def test_what_fits_is_said_each_as_often_as_the_others(
    cue: Cue, gait: Gait, place: PlaceKind, level: Level
) -> None:
    words, form = speaker("en", place, level), load_phrases("en")["form"]
    said = Counter(words.cue(cue) for _ in range(100))
    assert set(said) == {form[each] for each in fitting(gait, place, level)}
    assert max(said.values()) - min(said.values()) <= 1


@given(
    said=st.lists(st.sampled_from([WALK, RUN, WALK_OWN, RUN_OWN]), max_size=60),
    place=st.sampled_from(PlaceKind),
    level=st.sampled_from(Level),
)
def test_nothing_is_said_twice_in_a_row_in_whosever_words(
    said: list[Cue], place: PlaceKind, level: Level
) -> None:
    """A walk and a run take turns, and the workout has cues of its own, one of them in our words."""
    words = speaker("en", place, level)
    heard = [words.cue(cue).rstrip(".") for cue in said]
    assert all(one != other for one, other in pairwise(heard))


def test_a_workouts_own_cue_is_said_every_other_time() -> None:
    words = speaker("en", PlaceKind.TREADMILL, Level.L1)
    heard = [words.cue(WALK_OWN) for _ in range(20)]
    assert heard[::2] == [OWN] * 10
    assert len(set(heard[1::2])) > 5


def test_another_athlete_at_the_same_place_hears_what_fits_them() -> None:
    """What has never been said does not catch up on what has."""
    words = speaker("en", PlaceKind.TREADMILL, Level.L0)
    for _ in range(50):
        words.cue(WALK)
    words.begin(parse("5m back"), Level.L3)
    said = Counter(words.cue(WALK) for _ in range(50))
    assert max(said.values()) - min(said.values()) <= 1


LOOKS_ROUND = {
    "en": r"look (?!straight ahead)|glance|behind|over your|check",
    "de": r"schau|blick zurück|hinter dir|über die",
    "fr": r"œil|par-dessus|derrière toi|vérifie",
    "es": r"mira |por encima|detrás|comprueba",
    "it": r"occhiata|guarda|\bdietro\b|controlla",
    "nl": r"kijk even|achter je|over je|achterom",
    "pt-BR": r"olhada|olhe|atrás|confira",
    "ja": r"後ろを|肩越し|確認|振り",
    "zh-Hans": r"身后|回头|后面|看看",
}
"""Words of a glance in each language; all glances are written with them."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_belt_nobody_is_told_to_look_round(language: str) -> None:
    asks = re.compile(LOOKS_ROUND[language], re.IGNORECASE)
    assert all(asks.search(glance) for glance in load_phrases(language)["cues"]["glance"])
    for cue, place, level in product((WALK, RUN), (PlaceKind.TREADMILL, PlaceKind.STAIRS), Level):
        for said in speaker(language, place, level).sentences(cue):
            assert not asks.search(said), said


def test_on_a_belt_no_built_in_workout_asks_to_look_round_while_walking_backward() -> None:
    asks = re.compile(LOOKS_ROUND["en"], re.IGNORECASE)
    for workout in load_library().values():
        if workout.place_kinds and PlaceKind.TREADMILL not in workout.place_kinds:
            continue
        for interval in expand(workout.items):
            assert interval.direction is not Direction.BACKWARD or not asks.search(interval.cue), workout.id
