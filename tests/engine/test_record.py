"""What remains of a session says what was done, each way apart, and where each figure comes from."""

from datetime import date
import json
from operator import itemgetter
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine import energy
from custom_components.backstride.engine.archive import record_from_data, record_to_data
from custom_components.backstride.engine.errors import EngineError, InvalidSnapshot
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.heart import zone_floors
from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.metrics import Amount, Quantity, Reading, Source
from custom_components.backstride.engine.peak import Peak
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.record import Body, Part, Rating, Record, Way, summarise, tally
from custom_components.backstride.engine.session import Command, Session, advance, apply, measure
from custom_components.backstride.engine.state import SessionState
from custom_components.backstride.engine.workout import Direction, Gait

from .instants import at, begin, walking

PLAN = "60s back @1.8, 30s turn, 60s fwd @3.6, 60s rest"
DAY = date(2026, 3, 1)
BODY = Body(mass_kg=70, height_cm=175, age=40)


def _told(session: Session, quantity: Quantity, *values: tuple[float, float | None]) -> Session:
    for seconds, value in values:
        session = measure(session, Reading(quantity=quantity, value=value, at=at(seconds))).session
    return session


def _close(amount: Amount, metres: float, source: Source) -> bool:
    return amount.source is source and amount.value == pytest.approx(metres)


def test_times_and_ways_are_kept_apart() -> None:
    session = walking(PLAN, 100, confirm_turns=True)
    session = apply(session, Command.CONFIRM, at(110)).session
    record = summarise(advance(session, at(900)).session, day=DAY)
    assert (record.outcome, record.reason) == (SessionState.COMPLETED, None)
    assert {way: part.seconds for way, part in record.parts.items()} == {
        Way.BACKWARD: 60,
        Way.FORWARD: 60,
        Way.SIDEWAYS: 0,
        Way.STANDING: 90,
    }
    assert record.backward_seconds == 60
    assert record.seconds == 210
    assert record.waiting_seconds == 20
    assert (record.started_at, record.ended_at) == (at(-10), at(230))
    assert (record.id, record.workout, record.level, record.place) == (
        "s1",
        "Test",
        Level.L1,
        PlaceKind.TREADMILL,
    )


def test_without_sensors_distance_is_estimated_from_the_target() -> None:
    record = summarise(walking(PLAN, 500), day=DAY)
    assert _close(record.parts[Way.BACKWARD].metres, 30, Source.ESTIMATED)
    assert _close(record.metres, 90, Source.ESTIMATED)


def test_with_a_counter_it_is_measured() -> None:
    session = _told(
        begin(PLAN), Quantity.DISTANCE, (0, 0), (20, 11), (59, 33), (91, 34), (110, 60), (149, 93)
    )
    record = summarise(advance(session, at(500)).session, day=DAY)
    assert _close(record.metres, 93 + 1, Source.MEASURED), "and the last second, by its target"


def test_a_counter_that_falls_silent_leaves_the_rest_to_the_speed() -> None:
    session = _told(begin("6m back @3.6"), Quantity.SPEED, (0, 3.6))
    session = _told(session, Quantity.DISTANCE, *((seconds, seconds) for seconds in range(0, 61, 10)))
    record = summarise(advance(session, at(360)).session, day=DAY, body=BODY)
    assert _close(record.metres, 360, Source.MEASURED)
    assert record.kcal == pytest.approx(
        6 * energy.kcal_per_minute(energy.mets(Direction.BACKWARD, Gait.WALK, 3.6), 70)
    )


def test_a_belt_that_runs_under_a_person_on_the_rails_takes_nobody_anywhere() -> None:
    session = _told(begin("60s back @3.6, 60s turn, 60s fwd @3.6"), Quantity.SPEED, (0, 3.6))
    assert _close(summarise(advance(session, at(180)).session, day=DAY).metres, 120, Source.MEASURED)


def test_where_nothing_is_known_nothing_is_called_measured() -> None:
    record = summarise(walking("5m back", 300, place=PlaceKind.HALLWAY), day=DAY)
    assert record.metres == Amount(source=Source.ESTIMATED)
    assert record_from_data(record_to_data(record)).metres == record.metres


def test_steps_that_come_late_belong_to_whom_walked_them() -> None:
    session = _told(
        begin("60s back, 60s fwd, 60s rest", place=PlaceKind.HALLWAY),
        Quantity.STEPS,
        (0, 0),
        (63, 100),
        (125, 200),
    )
    assert [round(visit.measured.steps, 1) for visit in session.done] == [95.2, 104.8]


def test_going_back_counts_both_visits() -> None:
    session = apply(walking(PLAN, 40), Command.PREVIOUS, at(40)).session
    record = summarise(advance(session, at(500)).session, day=DAY)
    assert record.backward_seconds == 100


def test_over_ground_steps_tell_the_distance_and_on_a_belt_they_do_not() -> None:
    steps = ((0, 0), (30, 60), (59, 110))
    outdoors = _told(begin("60s back @1.8", place=PlaceKind.OUTDOOR), Quantity.STEPS, *steps)
    belt = _told(begin("60s back @1.8"), Quantity.STEPS, *steps)
    per_step = 0.414 * 1.75 * 0.75
    walked = summarise(advance(outdoors, at(60)).session, day=DAY, body=BODY).metres
    assert _close(walked, 110 * per_step, Source.ESTIMATED)
    assert summarise(advance(belt, at(60)).session, day=DAY, body=BODY).metres.value == pytest.approx(30)


def test_energy_is_about_the_mass_and_none_without_it() -> None:
    session = walking("10m back @2.4", 600)
    record = summarise(session, day=DAY, body=BODY)
    assert record.kcal == pytest.approx(36.681, abs=0.01)
    assert record.kcal_net == pytest.approx(24.431, abs=0.01)
    without = summarise(session, day=DAY)
    assert (without.kcal, without.kcal_net) == (None, None)


def test_energy_follows_the_measured_speed_and_incline() -> None:
    session = _told(begin("10m back @2.4"), Quantity.SPEED, (0, 4.02336))
    session = _told(session, Quantity.INCLINE, (0, 10))
    record = summarise(advance(session, at(600)).session, day=DAY, body=BODY)
    assert record.kcal == pytest.approx(89.296, abs=0.01)


def test_waiting_costs_what_resting_costs() -> None:
    session = apply(walking("60s rest confirm", 120), Command.CONFIRM, at(120)).session
    record = summarise(session, day=DAY, body=BODY)
    assert record.kcal == pytest.approx(2 * 1.1839 * 3.5 * 70 / 200, abs=0.01)


def test_heart_rate_is_averaged_over_the_time_it_was_known() -> None:
    session = _told(begin(PLAN), Quantity.HEART_RATE, (30, 100), (60, 120))
    record = summarise(advance(session, at(900)).session, day=DAY)
    assert record.heart_rate_mean == pytest.approx((100 * 30 + 120 * 150) / 180)
    assert record.heart_rate_highest == 120


FLOORS = zone_floors(highest=180, resting=60)
"""108, 132, 150 and 168 beats a minute."""


def _beating(session: Session, *values: tuple[float, float | None], is_live: bool = True) -> Session:
    for seconds, value in values:
        said = Reading(quantity=Quantity.HEART_RATE, value=value, at=at(seconds), is_live=is_live)
        session = measure(session, said).session
    return session


def _zones(session: Session, seconds: float = 900) -> tuple[float, ...]:
    return summarise(advance(session, at(seconds)).session, day=DAY).zones


def test_time_in_zone_adds_up_over_the_intervals() -> None:
    beats = [(-5, 100), (20, 107.9), (40, 108), (75, 131.9), (100, 132), (140, 150), (180, 168), (200, 90)]
    zones = _zones(_beating(begin(PLAN, zone_floors=FLOORS), *beats, (205, None)))
    assert zones == pytest.approx((40 + 5, 60, 40, 40, 20))


@pytest.mark.parametrize(
    ("seconds", "counted"),
    [
        pytest.param(59.9, 59.9, id="before its minute is over"),
        pytest.param(60, 60, id="at its end"),
        pytest.param(61, 60, id="after it"),
        pytest.param(200, 60, id="long after it"),
    ],
)
def test_a_live_heart_rate_that_falls_silent_tells_the_zone_for_a_minute(
    seconds: float, counted: float
) -> None:
    session = _beating(begin("5m back @2", zone_floors=FLOORS), (0, 120))
    session = _told(session, Quantity.SPEED, (seconds * 0.9, 2))
    stopped = apply(session, Command.STOP, at(seconds)).session
    assert summarise(stopped, day=DAY).zones == pytest.approx((0, counted, 0, 0, 0))


def test_a_live_heart_rate_that_stays_the_same_goes_on_telling_the_zone() -> None:
    session = _beating(
        begin("5m back @2", zone_floors=FLOORS), *((seconds, 120) for seconds in range(0, 300, 50))
    )
    assert _zones(session) == pytest.approx((0, 300, 0, 0, 0))


@pytest.mark.parametrize(
    "session",
    [
        pytest.param(
            _beating(begin(PLAN, zone_floors=FLOORS), (0, 120), is_live=False),
            id="a heart rate that is not live",
        ),
        pytest.param(_beating(begin(PLAN), (0, 120)), id="an athlete whose zones are not known"),
        pytest.param(begin(PLAN, zone_floors=FLOORS), id="no heart rate"),
        pytest.param(
            _beating(begin(PLAN, zone_floors=FLOORS), (-5, 120), (0, None)), id="one that fell silent"
        ),
    ],
)
def test_where_it_is_not_known_there_is_no_time_in_zone(session: Session) -> None:
    assert _zones(session) == ()


def test_a_watch_that_tells_later_does_not_go_on_for_a_live_strap() -> None:
    session = _beating(begin(PLAN, zone_floors=FLOORS), (0, 120))
    assert _zones(_beating(session, (20, 150), is_live=False)) == pytest.approx((0, 20, 0, 0, 0))


def test_standing_is_no_time_in_zone() -> None:
    session = _beating(walking(PLAN, 0, zone_floors=FLOORS), (0, 120))
    session = apply(session, Command.PAUSE, at(10)).session
    session = _beating(session, (30, 120))
    session = apply(session, Command.RESUME, at(40)).session
    stopped = apply(session, Command.STOP, at(53)).session
    assert summarise(stopped, day=DAY).zones == pytest.approx((0, 20, 0, 0, 0))


TRAINER = "60s back @3.6, 60s fwd @7.2"


def _there(record: Record) -> tuple[float, float, float, float]:
    backward, forward = record.parts[Way.BACKWARD], record.parts[Way.FORWARD]
    return backward.seconds, backward.metres.value, forward.seconds, forward.metres.value


@pytest.mark.parametrize(
    ("ways", "there"),
    [
        pytest.param([], (60, 60, 60, 120), id="it does not tell"),
        pytest.param([(0, -1), (60, 1)], (60, 60, 60, 120), id="as planned"),
        pytest.param([(0, 1), (60, -1)], (60, 120, 60, 60), id="all the other way round"),
        pytest.param([(0, 1), (15, -1), (60, 1)], (45, 45, 75, 135), id="a quarter of it the other way"),
        pytest.param([(0, -1), (60, 1), (90, -1)], (90, 120, 30, 60), id="half of the forward walk backward"),
        pytest.param([(-5, 1), (30, None)], (30, 30, 90, 150), id="it falls silent: as planned"),
    ],
)
def test_a_machine_that_tells_which_way_it_is_walked_is_believed(
    ways: list[tuple[float, float | None]], there: tuple[float, ...]
) -> None:
    session = _told(begin(TRAINER, place=PlaceKind.OUTDOOR), Quantity.DIRECTION, *ways)
    assert _there(summarise(advance(session, at(120)).session, day=DAY)) == pytest.approx(there)


@given(st.lists(st.tuples(st.floats(0, 120), st.sampled_from([1, -1, None])), max_size=8))
def test_whichever_way_it_was_walked_nothing_is_lost_or_won(ways: list[tuple[float, float | None]]) -> None:
    session = _told(
        begin(TRAINER, place=PlaceKind.OUTDOOR), Quantity.DIRECTION, *sorted(ways, key=itemgetter(0))
    )
    record = summarise(advance(session, at(120)).session, day=DAY)
    assert record.seconds == pytest.approx(120)
    assert record.metres.value == pytest.approx(180)
    assert all(part.seconds >= 0 and part.metres.value >= 0 for part in record.parts.values())


def test_the_way_of_a_turn_a_rest_or_a_sideways_step_is_not_looked_at() -> None:
    plan = "60s side, 60s turn, 60s rest"
    session = _told(begin(plan, place=PlaceKind.OUTDOOR), Quantity.DIRECTION, (0, 1), (90, -1))
    record = summarise(advance(session, at(180)).session, day=DAY)
    assert [part.seconds for part in record.parts.values()] == [0, 0, 60, 120]


def test_in_the_middle_of_a_visit_no_more_is_taken_away_than_is_booked() -> None:
    session = _told(begin(TRAINER, place=PlaceKind.OUTDOOR), Quantity.DIRECTION, (0, 1), (30, 1))
    parts = tally(session).whole.parts
    assert (parts[Way.BACKWARD].seconds, parts[Way.FORWARD].seconds) == (0, 0)


def test_what_was_stopped_or_skipped_says_so() -> None:
    session = apply(walking(PLAN, 20), Command.SKIP, at(20)).session
    stopped = apply(session, Command.STOP, at(30), reason=Reason.STUMBLE).session
    record = summarise(stopped, day=DAY)
    assert (record.outcome, record.reason, record.skipped) == (SessionState.STOPPED, Reason.STUMBLE, 1)


def test_what_goes_on_has_no_record_yet() -> None:
    with pytest.raises(EngineError, match="running has no record yet"):
        summarise(walking(PLAN, 20), day=DAY)


def test_nothing_walked_is_a_record_too() -> None:
    stopped = apply(begin(PLAN), Command.STOP, at(-5)).session
    record = summarise(stopped, day=DAY, body=BODY)
    assert (record.seconds, record.kcal, record.metres) == (0, 0, Amount())


RECORDS = [
    pytest.param(summarise(walking(PLAN, 500), day=DAY), id="an estimate"),
    pytest.param(
        Record(
            id="s2",
            day=DAY,
            started_at=at(0),
            ended_at=at(600),
            outcome=SessionState.STOPPED,
            reason=Reason.EMERGENCY,
            workout="Hills",
            workout_id="hills",
            level=Level.L3,
            place=PlaceKind.OUTDOOR,
            parts={
                Way.BACKWARD: Part(seconds=300.5, metres=Amount(value=250.5)),
                Way.FORWARD: Part(seconds=10, metres=Amount(value=9, source=Source.ESTIMATED)),
                Way.SIDEWAYS: Part(),
                Way.STANDING: Part(seconds=5),
            },
            waiting_seconds=12.5,
            kcal=50.5,
            kcal_net=40.0,
            heart_rate_mean=120.5,
            heart_rate_highest=151.0,
            zones=(0.0, 120.5, 60.0, 10.5, 0.0),
            skipped=2,
            peak=Peak(kmh=4.2, grade_percent=6.5, ran=True),
            rating=Rating(effort=3, pain=0, stumbles=1, note="fine"),
        ),
        id="everything",
    ),
]


def _same(one: Record, other: Record) -> bool:
    return record_to_data(one) == record_to_data(other)


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_comes_back_from_disk(record: Record) -> None:
    text = json.dumps(record_to_data(record))
    assert _same(record_from_data(json.loads(text)), record)
    assert len(text) <= 640, "thousands of them are kept"


def test_everything_in_a_record_survives_the_disk() -> None:
    (record,) = RECORDS[1].values
    assert isinstance(record, Record)
    assert record_from_data(record_to_data(record)) == record


@pytest.mark.parametrize(
    "damage",
    [
        {"day": "someday"},
        {"outcome": "won"},
        {"parts": {"backward": {}}},
        {"parts": None},
        {"rating": {"mood": 5}},
        {"level": 3},
        {"zones": [1, 2, 3]},
        {"top_kmh": "fast"},
        {"grade": None},
        {"zones": ["a", "b", "c", "d", "e"]},
    ],
)
def test_a_damaged_record_is_refused(damage: dict[str, Any]) -> None:
    (record,) = RECORDS[1].values
    assert isinstance(record, Record)
    with pytest.raises(InvalidSnapshot, match="expected a record"):
        record_from_data({**record_to_data(record), **damage})


def test_a_record_written_before_there_was_a_peak_comes_back_without() -> None:
    data = record_to_data(summarise(walking(PLAN, 500), day=DAY))
    data.pop("top_kmh")
    assert record_from_data(data).peak == Peak()
