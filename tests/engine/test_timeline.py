"""The timeline says what lies ahead, and does not pretend to know what nobody knows."""

from datetime import timedelta

import pytest

from custom_components.backstride.engine.cues import SPOKEN_SECONDS, CueKind
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.session import (
    Command,
    Session,
    advance,
    apply,
    next_boundary,
    timeline,
)
from custom_components.backstride.engine.timeline import (
    Boundary,
    BoundaryKind,
    Cue,
    interval_ends_at,
    session_ends_at,
)
from custom_components.backstride.engine.workout import Direction

from .instants import T0, at, begin, walking

PLAN = "60s back @2, 30s turn, 60s fwd @3"


def _boundaries(session: Session) -> list[tuple[BoundaryKind, float, bool]]:
    return [
        (entry.kind, (entry.due - T0).total_seconds(), entry.provisional)
        for entry in timeline(session)
        if isinstance(entry, Boundary)
    ]


def _cues(session: Session) -> list[tuple[CueKind, float]]:
    return [
        (entry.kind, (entry.due - T0).total_seconds())
        for entry in timeline(session)
        if isinstance(entry, Cue)
    ]


def test_from_the_lead_in_on_everything_is_there_in_order() -> None:
    session = begin(PLAN)
    assert _boundaries(session) == [
        (BoundaryKind.LEAD_IN_OVER, 0, False),
        (BoundaryKind.INTERVAL_OVER, 60, False),
        (BoundaryKind.INTERVAL_OVER, 90, False),
        (BoundaryKind.SESSION_OVER, 150, False),
    ]
    assert _cues(session) == [
        (CueKind.PREVIEW, -10),
        (CueKind.COUNTDOWN, -3),
        (CueKind.CHANGE, 0),
        (CueKind.FORM, 8),
        (CueKind.FORM, 38),
        (CueKind.PREVIEW, 45),
        (CueKind.IMMINENT, 55),
        (CueKind.COUNTDOWN, 57),
        (CueKind.CHANGE, 60),
        (CueKind.PREVIEW, 75),
        (CueKind.IMMINENT, 85),
        (CueKind.COUNTDOWN, 87),
        (CueKind.CHANGE, 90),
        (CueKind.MINUTES_LEFT, 93),
        (CueKind.PREVIEW, 135),
        (CueKind.IMMINENT, 145),
        (CueKind.COUNTDOWN, 147),
        (CueKind.COMPLETE, 150),
    ]
    assert interval_ends_at(session) == at(60)
    assert session_ends_at(session) == at(150)


def test_what_was_foretold_is_what_happens() -> None:
    session = walking("60s back @2, 30s turn, 45s fwd @3, 20s rest", 5)
    foretold = [entry.due for entry in timeline(session) if isinstance(entry, Boundary)]
    assert foretold == [event.at for event in advance(session, at(1000)).events]
    assert next_boundary(session) == foretold[0]


def test_words_name_only_what_is_certain() -> None:
    ahead = [entry for entry in timeline(begin(PLAN)) if isinstance(entry, Cue)]
    named = {(entry.kind, entry.interval.direction): entry.names and entry.names.direction for entry in ahead}
    assert named[CueKind.CHANGE, Direction.BACKWARD] is Direction.BACKWARD
    assert named[CueKind.IMMINENT, Direction.BACKWARD] is Direction.TURN
    assert named[CueKind.COUNTDOWN, Direction.TURN] is Direction.FORWARD
    assert named[CueKind.PREVIEW, Direction.FORWARD] is None, "behind the last interval comes nothing"
    assert named[CueKind.FORM, Direction.BACKWARD] is None
    assert named[CueKind.COMPLETE, Direction.FORWARD] is None


def test_what_lies_after_a_confirmation_is_provisional() -> None:
    session = walking(PLAN, 20, confirm_turns=True)
    assert _boundaries(session) == [
        (BoundaryKind.INTERVAL_OVER, 60, False),
        (BoundaryKind.CONFIRMATION_DUE, 90, False),
        (BoundaryKind.SESSION_OVER, 150, True),
    ]
    provisional = {entry.due for entry in timeline(session) if entry.provisional}
    assert min(provisional) == at(90)
    cues = [
        entry
        for entry in timeline(session)
        if isinstance(entry, Cue) and entry.interval.direction is Direction.TURN
    ]
    assert [cue.kind for cue in cues] == [CueKind.CHANGE], (
        "nothing counts down to a confirmation, or distracts from the turn"
    )


def test_a_last_interval_that_is_confirmed_ends_when_it_is() -> None:
    session = walking("60s back @2, 20s rest confirm", 70)
    assert _boundaries(session) == [
        (BoundaryKind.CONFIRMATION_DUE, 80, False),
        (BoundaryKind.SESSION_OVER, 80, True),
    ]


@pytest.mark.parametrize(
    ("session", "kind", "due"),
    [
        pytest.param(walking(PLAN, 100, confirm_turns=True), BoundaryKind.NO_ANSWER, 210, id="waiting"),
        pytest.param(
            apply(walking(PLAN, 20), Command.PAUSE, at(20)).session, BoundaryKind.ABANDONED, 1820, id="paused"
        ),
        pytest.param(
            apply(walking(PLAN, 20), Command.HOLD, at(20)).session, BoundaryKind.ABANDONED, 1820, id="held"
        ),
    ],
)
def test_while_it_stands_only_the_end_of_patience_is_known(
    session: Session, kind: BoundaryKind, due: float
) -> None:
    assert _boundaries(session) == [(kind, due, False)]
    assert _cues(session) == []
    assert interval_ends_at(session) is None
    assert session_ends_at(session) is None


def test_when_it_is_over_nothing_lies_ahead() -> None:
    session = walking(PLAN, 200)
    assert timeline(session) == ()
    assert session_ends_at(session) is None


def test_after_a_pause_the_interval_is_announced_again_and_its_rest_follows() -> None:
    session = apply(walking(PLAN, 30), Command.PAUSE, at(30)).session
    session = apply(session, Command.RESUME, at(100)).session
    assert _cues(session)[:6] == [
        (CueKind.COUNTDOWN, 100),
        (CueKind.CHANGE, 103),
        (CueKind.FORM, 111),
        (CueKind.PREVIEW, 118),
        (CueKind.IMMINENT, 128),
        (CueKind.COUNTDOWN, 130),
    ]
    assert interval_ends_at(session) == at(133)
    running = advance(session, at(105)).session
    assert timeline(running) == tuple(entry for entry in timeline(session) if entry.due >= at(103))[1:]


def test_resuming_what_only_waits_for_its_answer_waits_at_once_and_says_nothing() -> None:
    session = apply(walking("20s rest confirm, 60s fwd @3", 100), Command.PAUSE, at(100)).session
    session = apply(session, Command.RESUME, at(200)).session
    assert _boundaries(session)[:2] == [
        (BoundaryKind.LEAD_IN_OVER, 203, False),
        (BoundaryKind.CONFIRMATION_DUE, 203, False),
    ]
    assert _cues(session)[:2] == [(CueKind.COUNTDOWN, 200), (CueKind.CHANGE, 203)], (
        "of the interval that follows"
    )
    assert [entry.provisional for entry in timeline(session) if isinstance(entry, Cue)][:2] == [False, True]


def test_a_turn_that_was_interrupted_lies_ahead_in_full() -> None:
    session = apply(walking(PLAN, 89), Command.PAUSE, at(89)).session
    session = apply(session, Command.RESUME, at(200)).session
    assert _boundaries(session)[1] == (BoundaryKind.INTERVAL_OVER, 233, False)


def test_what_is_past_does_not_lie_ahead() -> None:
    session = apply(walking("3m back @2", 70), Command.EXTEND, at(70), seconds=30).session
    assert min(due for _, due in _cues(session)) >= 70 - 1.5


@pytest.mark.parametrize(("late", "kinds"), [(1.5, 1), (3, 1), (10, 1), (10.1, 0)])
def test_a_change_is_still_ahead_as_long_as_it_is_worth_saying(late: float, kinds: int) -> None:
    session = advance(begin(PLAN), at(60 + late)).session
    assert [kind for kind, due in _cues(session) if due == 60] == [CueKind.CHANGE] * kinds


def test_an_inserted_turn_comes_before_the_interval_it_leads_to() -> None:
    session = apply(walking(PLAN, 92), Command.PREVIOUS, at(92)).session
    assert [due for _, due, _ in _boundaries(session)] == [122, 182, 212, 272]
    assert _cues(session)[:4] == [
        (CueKind.CHANGE, 92),
        (CueKind.PREVIEW, 107),
        (CueKind.IMMINENT, 117),
        (CueKind.COUNTDOWN, 119),
    ]


def test_half_of_the_time_is_not_told_again_after_going_back() -> None:
    session = walking("60s back @2, 60s back @3, 60s back @2", 125)
    assert CueKind.HALFWAY in [
        kind for kind, _ in _cues(walking("60s back @2, 60s back @3, 60s back @2", 61))
    ]
    again = apply(session, Command.PREVIOUS, at(125)).session
    assert again.index == 1
    assert CueKind.HALFWAY not in [kind for kind, _ in _cues(again)]


def test_an_extension_moves_everything_behind_it() -> None:
    session = apply(walking(PLAN, 20), Command.EXTEND, at(20), seconds=40).session
    assert session_ends_at(session) == at(190)
    assert (CueKind.COUNTDOWN, 97) in _cues(session)


def test_known_lengths_and_the_glance_rhythm_can_be_given() -> None:
    session = walking("60s back @2", 0, place=PlaceKind.OUTDOOR)
    glances = [entry for entry in timeline(session, glance_seconds=10) if entry.kind is CueKind.GLANCE]
    assert glances[1].due - glances[0].due == timedelta(seconds=10)
    long = {**SPOKEN_SECONDS, CueKind.PREVIEW: 12.0}
    assert CueKind.PREVIEW not in [entry.kind for entry in timeline(session, lengths=long)]
