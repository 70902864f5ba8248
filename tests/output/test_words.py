"""What the coach says: one next interval at a time, short enough to take in while walking."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.backstride.engine.belt import News
from custom_components.backstride.engine.cues import CueKind
from custom_components.backstride.engine.events import Event, EventKind, Reason
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.preflight import Blocker
from custom_components.backstride.engine.session import Command, advance, apply, start, timeline
from custom_components.backstride.engine.timeline import Cue
from custom_components.backstride.engine.workout import Direction, Gait, Interval, parse
from custom_components.backstride.output.phrases import load_phrases
from custom_components.backstride.output.words import Words

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ENGLISH = load_phrases("en")


def words(place: PlaceKind = PlaceKind.TREADMILL) -> Words:
    return Words(ENGLISH, place)


def cues(notation: str, place: PlaceKind = PlaceKind.TREADMILL, seconds: float = 0) -> list[Cue]:
    session = advance(start(parse(notation), NOON, place=place).session, NOON + timedelta(seconds=seconds))
    return [entry for entry in timeline(session.session) if isinstance(entry, Cue)]


def spoken(notation: str, kind: CueKind, place: PlaceKind = PlaceKind.TREADMILL) -> list[str]:
    speaker = words(place)
    return [speaker.cue(cue) for cue in cues(notation, place) if cue.spoken and cue.kind is kind]


def test_before_the_start_the_first_interval_is_named() -> None:
    assert spoken("60s back @1.6", CueKind.PREVIEW)[0] == (
        "Take hold and look ahead. First, walk backward at 1.6."
    )


def test_an_interval_is_announced_with_its_speed_and_length() -> None:
    assert spoken("90s back @1.6, 60s rest, 2m fwd run @6, 45s side", CueKind.CHANGE, PlaceKind.OUTDOOR) == [
        "Walk backward at 1.6, 1 minute 30.",
        "Stand and rest, one minute.",
        "Run forward at 6, 2 minutes.",
        "Step sideways, 45 seconds.",
    ]


def test_on_a_belt_a_turn_and_a_rest_begin_on_the_rails() -> None:
    said = spoken("60s back @1.6, 30s turn, 60s fwd @3, 60s rest", CueKind.CHANGE)
    assert said[1] == "Feet on the side rails and turn around."
    assert said[3] == "Feet on the side rails and rest, one minute."


def test_the_warnings_name_what_comes_next() -> None:
    plan = "60s back @1.6, 60s fwd @3"
    previews = spoken(plan, CueKind.PREVIEW, PlaceKind.OUTDOOR)
    assert previews[1:] == ["In 15 seconds, walk forward at 3.", "15 seconds to go."]
    assert spoken(plan, CueKind.IMMINENT, PlaceKind.OUTDOOR) == [
        "Forward in five.",
        "Five more seconds.",
    ]


def test_the_last_minute_is_said_as_one() -> None:
    said = spoken("12m back @1.6", CueKind.MINUTES_LEFT)
    assert said == ["5 minutes left.", "2 more minutes.", "One minute left."]


def test_a_late_change_is_one_word() -> None:
    change = next(cue for cue in cues("60s back @1.6") if cue.kind is CueKind.CHANGE)
    assert words().cue(change, shortened=True) == "Backward."


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("gait", Gait)
@pytest.mark.parametrize("place", PlaceKind)
def test_every_movement_has_words(direction: Direction, gait: Gait, place: PlaceKind) -> None:
    change = next(cue for cue in cues("60s back") if cue.kind is CueKind.CHANGE)
    interval = Interval(direction=direction, gait=Gait.NONE, seconds=60)
    object.__setattr__(interval, "gait", gait)  # also what no workout may hold: nothing said may ever fail
    text = words(place).cue(replace(change, interval=interval))
    assert text[0].isupper()
    assert "{" not in text


@pytest.mark.parametrize(
    ("kind", "reason", "said"),
    [
        (EventKind.PAUSED, Reason.ATHLETE, "Paused."),
        (EventKind.PAUSED, Reason.RESTART, "I was away. Your session is paused."),
        (EventKind.HELD, Reason.OBSTACLE, "Stop. Something is behind you."),
        (EventKind.HELD, Reason.MACHINE, "Stop walking, please."),
        (EventKind.STOPPED, Reason.EMERGENCY, "Press the red stop."),
        (EventKind.INTERVAL_STARTED, None, None),
        (EventKind.COMPLETED, None, "Well done. Your session is complete."),
    ],
)
def test_an_event_is_told_by_its_reason_where_that_has_words(
    kind: EventKind, reason: Reason | None, said: str | None
) -> None:
    assert words().event(Event(number=0, kind=kind, at=NOON, reason=reason)) == said


def test_a_pause_and_its_end_are_told() -> None:
    paused = apply(start(parse("60s back"), NOON).session, Command.PAUSE, NOON)
    assert [words().event(event) for event in paused.events] == ["Paused."]


@pytest.mark.parametrize("language", ["en", "en-GB", "xx", ""])
def test_a_language_without_phrases_is_spoken_in_english(language: str) -> None:
    assert load_phrases(language) == ENGLISH


def _sentences(node: str | list[str] | dict[str, str]) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    else:
        for each in node.values() if isinstance(node, dict) else node:
            yield from _sentences(each)


@pytest.mark.parametrize("news", News)
def test_whatever_there_is_to_tell_of_the_belt_has_its_sentence(news: News) -> None:
    assert words().safety(news)


def test_safety_takes_at_most_eight_words_and_coaching_sixteen() -> None:
    for sentence in _sentences(ENGLISH["safety"]):
        assert len(sentence.split()) <= 8, sentence
    for sentence in _sentences(ENGLISH["walk_test"]):
        assert len(sentence.format(names="").split()) <= 16, sentence
    urgent = {"held", "released", "stopped_emergency"}
    for key, phrase in ENGLISH["events"].items():
        for sentence in _sentences(phrase):
            assert len(sentence.split()) <= (8 if key.split("_")[0] in urgent else 16), sentence
    speaker = words()
    plan = "3m back @1.6 rpe 4, 90s rest, 2m fwd @4, 3m back @1.6, 30s turn"
    for cue in cues(plan):
        if cue.kind is CueKind.COMPLETE:
            continue  # the end is told by its event
        assert len(speaker.cue(cue).split()) <= 16


def test_every_blocker_that_somebody_hears_has_words() -> None:
    """A session that is on is not disturbed, and speakers that cannot speak need no words."""
    unheard = {Blocker.SESSION_ON, Blocker.SPEAKER_LOST, Blocker.NO_VOICE}
    said = {key.removeprefix("blocked_") for key in ENGLISH["safety"] if key.startswith("blocked_")}
    assert said == set(Blocker) - unheard


def test_a_repeat_is_announced_like_any_other_interval() -> None:
    """Repeats are the same interval again; the lead-in's words are for the lead-in only."""
    said = spoken("2x(40s back @1.2)", CueKind.PREVIEW, PlaceKind.HALLWAY)
    assert said == [
        "Stand tall and look ahead. First, walk backward at 1.2.",
        "In 15 seconds, walk backward at 1.2.",
        "15 seconds to go.",
    ]
