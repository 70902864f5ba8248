"""A restart brings a session back paused, with everything done so far."""

from dataclasses import replace
from datetime import timedelta
import json
from typing import Any

import pytest

from custom_components.backstride.engine.errors import InvalidSnapshot
from custom_components.backstride.engine.events import EventKind, Reason
from custom_components.backstride.engine.metrics import Quantity, Reading
from custom_components.backstride.engine.session import (
    Command,
    Session,
    SessionState,
    advance,
    apply,
    measure,
    next_boundary,
    restore,
    snapshot,
)
from custom_components.backstride.engine.state import elapsed

from .instants import at, begin, told, walking

PLAN = "60s back @2, 30s turn, 60s fwd @3"
FLOORS = (0.0, 100.0, 130.0, 150.0, 170.0)
YOUNGER = {"zone_floors"}
"""What sessions that were written earlier do not have."""


def _over_json(session: Session) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(snapshot(session)))
    return data


@pytest.mark.parametrize(
    ("session", "spent"),
    [
        pytest.param(begin(PLAN), 0, id="in its lead-in"),
        pytest.param(walking(PLAN, 20), 20, id="running"),
        pytest.param(walking(PLAN, 100, confirm_turns=True), 100, id="waiting"),
        pytest.param(apply(walking(PLAN, 20), Command.HOLD, at(20)).session, 20, id="held"),
    ],
)
def test_whatever_it_did_it_comes_back_paused_where_it_was_last_seen(session: Session, spent: float) -> None:
    step = restore(_over_json(session), at(200))
    assert step.session.state is SessionState.PAUSED
    assert step.session.reason is Reason.RESTART
    assert told(step.events) == [(EventKind.PAUSED, (session.seen - at(0)).total_seconds())]
    assert step.events[0].number == session.events
    assert elapsed(step.session, at(200)) == timedelta(seconds=spent), "the time of the outage does not count"


def test_a_pause_stays_the_pause_it_was_and_is_not_told_again() -> None:
    paused = apply(walking(PLAN, 20), Command.PAUSE, at(20)).session
    step = restore(_over_json(paused), at(60))
    assert step.events == ()
    assert (step.session.reason, step.session.since) == (Reason.ATHLETE, at(20))


@pytest.mark.parametrize(
    ("minutes", "state"),
    [
        pytest.param(29.99, SessionState.PAUSED, id="back within half an hour"),
        pytest.param(30, SessionState.STOPPED, id="back after half an hour"),
        pytest.param(60 * 24 * 7, SessionState.STOPPED, id="back after a week"),
    ],
)
def test_an_outage_too_long_abandons_it_at_the_instant_it_was_due(
    minutes: float, state: SessionState
) -> None:
    step = restore(_over_json(walking(PLAN, 20)), at(20, minutes=minutes))
    assert step.session.state is state
    if state is SessionState.STOPPED:
        assert told(step.events) == [(EventKind.PAUSED, 20), (EventKind.STOPPED, 20 + 1800)]
        assert step.session.reason is Reason.ABANDONED


def test_what_is_over_stays_over() -> None:
    over = walking(PLAN, 500)
    step = restore(_over_json(over), at(900))
    assert (step.session.state, step.session.done, step.events) == (SessionState.COMPLETED, over.done, ())


def test_measurements_and_an_inserted_turn_survive() -> None:
    session = walking(PLAN, 92, zone_floors=FLOORS)
    session = measure(session, Reading(quantity=Quantity.SPEED, value=3.0, at=at(92))).session
    for quantity, value in ((Quantity.HEART_RATE, 120), (Quantity.DIRECTION, -1), (Quantity.DISTANCE, 500)):
        said = Reading(quantity=quantity, value=value, at=at(92), is_live=True)
        session = measure(session, said).session
    session = measure(session, Reading(quantity=Quantity.DISTANCE, value=510, at=at(94))).session
    session = apply(session, Command.PREVIOUS, at(95)).session
    assert session.turn is not None
    back = restore(_over_json(session), at(95)).session
    assert back.turn == session.turn
    assert [visit.measured for visit in back.done] == [visit.measured for visit in session.done]
    assert back.meter.counters == session.meter.counters
    assert back.meter.unshared == session.meter.unshared
    assert back.meter.zone_floors == FLOORS
    assert [visit.measured.zones for visit in back.done] == [(), (), (0, 3, 0, 0, 0)]
    assert [visit.measured.other_way for visit in back.done] == [0, 0, 3]
    assert back.workout == session.workout
    assert advance(back, at(96)).session.index == 0


def test_what_sensors_held_until_the_checkpoint_is_there() -> None:
    session = measure(walking(PLAN, 0), Reading(quantity=Quantity.SPEED, value=2.0, at=at(0))).session
    session = measure(session, Reading(quantity=Quantity.HEART_RATE, value=110, at=at(10))).session
    back = restore(_over_json(advance(session, at(50)).session), at(200)).session
    assert back.visit is not None
    assert (back.visit.measured.speed.seconds, back.visit.measured.heart_rate.seconds) == (50, 40)


def test_a_coarse_counter_goes_on_counting_over_the_restart() -> None:
    session = walking("9m fwd @3.6", 0)
    for seconds, metres in ((0, 0), (100, 100), (195, 100)):
        session = measure(session, Reading(quantity=Quantity.DISTANCE, value=metres, at=at(seconds))).session
    back = restore(_over_json(session), at(240)).session
    back = measure(back, Reading(quantity=Quantity.DISTANCE, value=200, at=at(241))).session
    assert back.visit is not None
    assert back.visit.measured.counted_m == 200


def test_a_clock_that_was_ahead_does_not_freeze_the_session() -> None:
    ahead = advance(walking(PLAN, 20), at(50)).session
    back = restore(_over_json(ahead), at(-500)).session
    assert elapsed(back, at(-500)) == timedelta(seconds=50)
    resumed = apply(back, Command.RESUME, at(-490)).session
    assert next_boundary(resumed) == at(-487)
    paused = apply(walking(PLAN, 50), Command.PAUSE, at(50)).session
    assert next_boundary(restore(_over_json(paused), at(0)).session) == at(0, minutes=30)


def test_an_earlier_snapshot_makes_it_cheaper_and_changes_nothing() -> None:
    session, other = walking(PLAN, 20), walking("60s fwd @3", 20)
    earlier = session, snapshot(session)
    later = advance(session, at(100)).session
    assert snapshot(later, earlier) == snapshot(later)
    assert snapshot(later, earlier)["plan"] is earlier[1]["plan"]
    assert snapshot(replace(other, id="s2"), earlier)["plan"] != earlier[1]["plan"], (
        "of another session it is no help"
    )


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param({"version": 2}, id="of a version to come"),
        pytest.param({"state": "flying"}, id="a state nobody knows"),
        pytest.param({"since": "yesterday"}, id="no instant"),
        pytest.param(
            {"plan": [{"repeat": 2, "intervals": [{"direction": "rest", "seconds": 1}]}]},
            id="a repeat in a plan",
        ),
        pytest.param({"plan": [{"direction": "backward", "seconds": 0}]}, id="an interval nobody can walk"),
        pytest.param({"done": None}, id="no visits"),
        pytest.param({"index": 7}, id="an interval beyond the plan"),
        pytest.param({"visit": None, "state": "running", "unshared": {}}, id="running nowhere"),
        pytest.param({"workout": []}, id="no workout"),
        pytest.param({"zone_floors": [1, 2, 3, 4]}, id="a zone too few"),
        pytest.param({"lead_in": 1e300}, id="a lead-in longer than time"),
        pytest.param({"unshared": {"distance": {"7": 5.0}}}, id="metres of a visit there was not"),
    ],
)
def test_damaged_data_is_refused_whole(damage: dict[str, Any]) -> None:
    data = {**_over_json(walking(PLAN, 20)), **damage}
    with pytest.raises(InvalidSnapshot):
        restore(data, at(30))


def test_data_with_something_missing_is_refused() -> None:
    data = _over_json(walking(PLAN, 20))
    for key in data.keys() - YOUNGER:
        with pytest.raises(InvalidSnapshot):
            restore({name: value for name, value in data.items() if name != key}, at(30))


def test_a_session_written_before_there_were_zones_comes_back_without() -> None:
    data = _over_json(walking(PLAN, 20, zone_floors=FLOORS))
    del data["zone_floors"], data["visit"]["zones"], data["visit"]["other_way"]
    back = restore(data, at(30)).session
    assert back.visit is not None
    assert (back.meter.zone_floors, back.visit.measured.zones, back.visit.measured.other_way) == ((), (), 0)
