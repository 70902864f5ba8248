"""How far, and how we know."""

from collections.abc import Sequence

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine.metrics import (
    Amount,
    Average,
    Measurement,
    Quantity,
    Reading,
    Source,
    distance,
    prefer_athletes,
    step_length_m,
    total,
)
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.session import Command, Session, advance, apply, measure
from custom_components.backstride.engine.workout import Interval, parse

from .instants import at, begin, walking

PLAN = "60s back @1.8, 30s turn, 60s fwd @3.6"


def _told(session: Session, quantity: Quantity, values: Sequence[tuple[float, float | None]]) -> Session:
    for seconds, value in values:
        session = measure(session, Reading(quantity=quantity, value=value, at=at(seconds))).session
    return session


def _measured(session: Session) -> list[Measurement]:
    visits = [*session.done, *((session.visit,) if session.visit else ())]
    return [visit.measured for visit in visits]


def _counted(session: Session) -> list[float]:
    return [round(measured.counted_m, 3) for measured in _measured(session)]


class TestHeldValues:
    """Speed, heart rate and incline hold until they change."""

    def test_a_value_counts_from_when_it_was_told_until_the_next(self) -> None:
        session = _told(begin(PLAN), Quantity.HEART_RATE, [(10, 100), (30, 130), (50, None)])
        session = advance(session, at(90)).session
        heart = session.done[0].measured.heart_rate
        assert heart == Average(total=100 * 20 + 130 * 20, seconds=40, highest=130)
        assert heart.mean == 115
        assert session.done[1].measured.heart_rate.mean is None

    def test_each_interval_gets_its_own_share_however_rarely_a_sensor_speaks(self) -> None:
        session = _told(begin(PLAN), Quantity.SPEED, [(-5, 1.8)])
        session = advance(session, at(150)).session
        assert [visit.measured.speed.seconds for visit in session.done] == [60, 30, 60]

    def test_nothing_counts_while_standing(self) -> None:
        session = _told(walking(PLAN, 20), Quantity.SPEED, [(20, 1.8)])
        session = apply(session, Command.PAUSE, at(30)).session
        session = apply(session, Command.RESUME, at(100)).session
        session = apply(session, Command.PAUSE, at(113)).session
        (visit,) = _measured(session)
        assert visit.speed.seconds == 10 + 10

    def test_a_reading_out_of_order_takes_nothing_back(self) -> None:
        session = _told(walking(PLAN, 0), Quantity.INCLINE, [(10, 2), (5, 4), (20, 4)])
        (visit,) = _measured(session)
        assert visit.incline == Average(total=40, seconds=10, highest=4)

    def test_a_reading_first_lets_happen_what_was_due(self) -> None:
        step = measure(walking(PLAN, 55), Reading(quantity=Quantity.SPEED, value=2, at=at(65)))
        assert step.session.index == 1
        assert len(step.events) == 1


class TestCounters:
    """A counter's steps, shared among the visits they were walked in."""

    def test_the_first_value_is_only_where_counting_begins(self) -> None:
        session = _told(walking(PLAN, 0), Quantity.DISTANCE, [(10, 5300)])
        assert session.meter.coarsest_step == 0
        assert _counted(session) == [0]

    def test_fine_steps_belong_to_the_visit_they_come_in(self) -> None:
        session = _told(walking(PLAN, 0), Quantity.DISTANCE, [(0, 100), (20, 110), (50, 125)])
        assert _counted(session) == [25]

    def test_of_the_first_step_only_what_can_have_been_walked_here_counts(self) -> None:
        # A counter of 100 m that stood at 5399 m when the session began; 2 m by target, twice that at most.
        session = _told(walking(PLAN, 0), Quantity.DISTANCE, [(0, 5300), (4, 5400), (30, 5410)])
        assert _counted(session) == [4 + 10]

    def test_a_coarse_step_is_shared_by_what_was_walked_in_each_interval(self) -> None:
        # 0.5 m/s for 60 s, then (the turn is walked at no speed) 1 m/s for 60 s: 30 m and 60 m by target.
        session = _told(walking(PLAN, 0), Quantity.DISTANCE, [(0, 0), (150 - 0.001, 90)])
        assert _counted(session) == [30, 0, 60]

    def test_measured_speed_shares_before_target_speed(self) -> None:
        session = _told(walking(PLAN, 0), Quantity.SPEED, [(0, 3.6), (60, 0), (90, 1.8)])
        session = _told(session, Quantity.DISTANCE, [(90, 0), (149, 90)])
        assert _counted(session) == [pytest.approx(60.337, abs=0.01), 0, pytest.approx(29.663, abs=0.01)]

    def test_where_nothing_is_known_to_have_moved_the_current_visit_takes_it(self) -> None:
        session = _told(walking("60s rest, 60s rest", 0), Quantity.DISTANCE, [(0, 0), (70, 5)])
        assert _counted(session) == [0, 5]

    @pytest.mark.parametrize(
        ("values", "metres"),
        [
            pytest.param([(0, 500), (10, 505), (20, 0), (30, 8)], 13, id="power cycle: counted on from zero"),
            pytest.param(
                [(0, 65530), (10, 65534), (20, 4), (30, 10)], 14, id="wrap: what it shows was walked since"
            ),
            pytest.param(
                [(0, 500), (10, 505), (11, 0), (55, 515)],
                15,
                id="a drop-out and back: what is new was walked",
            ),
            pytest.param([(0, 0), (10, 5), (11, 4.9), (20, 10)], 10, id="a flicker downward"),
            pytest.param(
                [(0, 500), (10, 505), (20, 0), (21, 0), (30, 5)], 10, id="zero told twice after a reset"
            ),
            pytest.param([(0, 500), (10, 505), (12, float("nan")), (20, 510)], 10, id="no number"),
            pytest.param([(0, 500), (10, 5000), (20, 5010)], 10, id="a jump nobody can run is not walked"),
            pytest.param(
                [(0, 5000), (10, 6000), (20, 5010), (30, 5020)], 20, id="one wild kilometre more, and back"
            ),
            pytest.param(
                [(0, 5000), (10, 4000), (20, 5010), (30, 5020)], 20, id="one wild kilometre less, and back"
            ),
            pytest.param([(0, 5000), (10, 6000), (20, 7500), (30, 5020)], 20, id="two wild values, and back"),
            pytest.param(
                [(0, 6000), (10, 5000), (20, 5010), (30, 5020)], 20, id="wild where counting begins"
            ),
            pytest.param(
                [(0, 5000), (10, 6000), (20, 4999.9), (30, 6001), (40, 5020)],
                20,
                id="wild, a flicker, and wild again",
            ),
            pytest.param(
                [(0, 5000), (10, 400), (20, 410), (30, 5020)],
                10,
                id="a counter that was another for a while",
            ),
            pytest.param([(0, 500), (10, 500), (20, 500)], 0, id="standing"),
            pytest.param([(0, 500), (10, None), (20, 510)], 10, id="silence in between"),
        ],
    )
    def test_resets_wraps_and_drop_outs_are_survived(
        self, values: list[tuple[float, float | None]], metres: float
    ) -> None:
        assert _counted(_told(walking(PLAN, 0), Quantity.DISTANCE, values)) == [metres]

    def test_a_counter_that_jumps_is_doubted_each_time(self) -> None:
        values = [(0, 5000), (10, 6000), (20, 5010), (30, 9000), (40, 9010), (50, 9010)]
        session = _told(walking(PLAN, 0), Quantity.DISTANCE, values)
        assert session.meter.counters[Quantity.DISTANCE].doubts == 2

    def test_what_the_belt_counts_during_a_pause_is_not_walked(self) -> None:
        session = _told(walking(PLAN, 0), Quantity.DISTANCE, [(0, 0), (20, 10)])
        session = apply(session, Command.PAUSE, at(20)).session
        session = _told(session, Quantity.DISTANCE, [(60, 60)])
        assert _counted(session) == [10]

    def test_a_coarse_step_just_after_stopping_was_walked_before(self) -> None:
        session = _told(walking("9m fwd @3.6", 0), Quantity.DISTANCE, [(0, 0), (95, 0)])
        session = apply(session, Command.PAUSE, at(95)).session
        session = _told(session, Quantity.DISTANCE, [(97, 100)])
        assert _counted(session) == [100]
        session = _told(session, Quantity.DISTANCE, [(300, 200)])
        assert _counted(session) == [100]

    def test_in_a_pause_between_two_visits_a_step_goes_to_the_one_before(self) -> None:
        session = _told(walking("2m fwd @3.6, 1m fwd @3.6", 0), Quantity.DISTANCE, [(0, 0), (95, 0)])
        session = apply(apply(session, Command.PAUSE, at(95)).session, Command.SKIP, at(96)).session
        assert session.visit is None
        assert _counted(_told(session, Quantity.DISTANCE, [(97, 100)])) == [100]

    def test_steps_are_counted_while_moving(self) -> None:
        session = _told(begin(PLAN), Quantity.STEPS, [(-5, 40), (-1, 42), (30, 90), (59, 130)])
        assert [measured.steps for measured in _measured(session)] == [88]
        session = apply(session, Command.PAUSE, at(70)).session
        session = _told(session, Quantity.STEPS, [(80, 150), (400, 9999)])
        assert [measured.steps for measured in _measured(session)] == [88, 0]

    @given(
        st.lists(st.tuples(st.floats(0, 60), st.floats(1000, 90_000) | st.none()), min_size=1, max_size=20)
    )
    def test_wild_values_among_the_true_ones_change_nothing(
        self, walked: list[tuple[float, float | None]]
    ) -> None:
        session, metres = walking("10m fwd @7", 0), 5000.0
        session = _told(session, Quantity.DISTANCE, [(0, metres - 1), (1, metres)])
        for number, (way, wild) in enumerate(walked):
            metres += way
            if wild is not None:
                session = _told(session, Quantity.DISTANCE, [(20 * number + 10, metres + wild)])
            session = _told(session, Quantity.DISTANCE, [(20 * number + 20, metres)])
        (counted,) = _measured(session)
        assert counted.counted_m == pytest.approx(metres - 5000 + 1, abs=1e-6)

    @given(st.lists(st.tuples(st.floats(0.1, 20), st.floats(0, 30)), max_size=20))
    def test_shares_add_up_to_what_was_counted(self, walked: list[tuple[float, float]]) -> None:
        session, seconds, metres = walking("5x(20s back @2, 10s rest)", 0), 1.0, 1.0
        session = _told(session, Quantity.DISTANCE, [(0, 0), (1, 1)])
        for duration, way in walked:
            seconds, metres = seconds + duration, metres + way
            if seconds >= 149:
                metres -= way
                break
            session = _told(session, Quantity.DISTANCE, [(seconds, metres)])
        assert sum(measured.counted_m for measured in _measured(session)) == pytest.approx(metres)


def _interval(notation: str) -> Interval:
    (interval,) = parse(notation).items
    assert isinstance(interval, Interval)
    return interval


class TestDistance:
    """The best source there is, and its name."""

    BACK = _interval("100s back @3.6")

    @pytest.mark.parametrize(
        ("measured", "sources", "amount"),
        [
            pytest.param(Measurement(counted_m=80), {"coarsest_step": 1}, Amount(value=80), id="the counter"),
            pytest.param(
                Measurement(), {"coarsest_step": 1}, Amount(value=0), id="the counter that did not move here"
            ),
            pytest.param(
                Measurement(counted_m=80),
                {"coarsest_step": 20, "uncounted_m": 8},
                Amount(value=88),
                id="the counter, and a little it had not told yet",
            ),
            pytest.param(
                Measurement(counted_m=50),
                {"coarsest_step": 10, "uncounted_m": 45},
                Amount(value=60, source=Source.ESTIMATED),
                id="a counter that fell silent is trusted for one step more",
            ),
            pytest.param(
                Measurement(counted_m=10, speed=Average(total=360, seconds=100)),
                {"coarsest_step": 10, "uncounted_m": 90},
                Amount(value=100),
                id="unless the speed tells what it missed",
            ),
            pytest.param(
                Measurement(speed=Average(total=360 * 0.9, seconds=90)), {}, Amount(value=90), id="the speed"
            ),
            pytest.param(
                Measurement(speed=Average(total=36 * 5, seconds=50)),
                {},
                Amount(value=50 + 50, source=Source.ESTIMATED),
                id="the speed for half of it, the target for the rest",
            ),
            pytest.param(
                Measurement(steps=150),
                {"step_length_m": 0.5},
                Amount(value=75, source=Source.ESTIMATED),
                id="steps over ground",
            ),
            pytest.param(
                Measurement(steps=150),
                {},
                Amount(value=100, source=Source.ESTIMATED),
                id="never steps on a belt",
            ),
            pytest.param(
                Measurement(),
                {"step_length_m": 0.5},
                Amount(value=100, source=Source.ESTIMATED),
                id="the target",
            ),
        ],
    )
    def test_it_is_counted_or_integrated_or_estimated(
        self, measured: Measurement, sources: dict[str, float], amount: Amount
    ) -> None:
        got = distance(self.BACK, 100, measured, **sources)
        assert got.value == pytest.approx(amount.value)
        assert got.source is amount.source

    @pytest.mark.parametrize("notation", ["100s turn", "100s rest"])
    def test_who_stands_on_the_rails_goes_nowhere_whatever_the_belt_does(self, notation: str) -> None:
        belt = Measurement(counted_m=50, speed=Average(total=360, seconds=100))
        assert distance(_interval(notation), 100, belt, coarsest_step=1) == Amount()

    def test_without_a_target_an_estimate_is_nothing(self) -> None:
        assert distance(_interval("100s back"), 100, Measurement()) == Amount(source=Source.ESTIMATED)

    def test_one_estimated_part_makes_the_whole_an_estimate(self) -> None:
        known, guessed = Amount(value=5), Amount(value=3, source=Source.ESTIMATED)
        assert total([known, known]) == Amount(value=10)
        assert total([known, guessed]) == Amount(value=8, source=Source.ESTIMATED)
        nothing_known = Amount(source=Source.ESTIMATED)
        assert total([known, nothing_known]) == Amount(value=5, source=Source.ESTIMATED)
        assert total([]) == Amount()


@pytest.mark.parametrize(
    ("notation", "age", "length"),
    [
        pytest.param("1m fwd", 40, 0.7245, id="forward"),
        pytest.param("1m back", 40, 0.5434, id="backward"),
        pytest.param("1m back", 64, 0.5434, id="backward, just before 65"),
        pytest.param("1m back", 65, 0.4347, id="backward from 65 on"),
        pytest.param("1m back run", 40, None, id="running"),
        pytest.param("1m side walk", 40, None, id="sideways"),
        pytest.param("1m rest", 40, None, id="standing"),
    ],
)
def test_a_step_is_a_share_of_the_height_and_shorter_backward(
    notation: str, age: int, length: float | None
) -> None:
    got = step_length_m(_interval(notation), height_cm=175, age=age)
    assert got == (None if length is None else pytest.approx(length, abs=1e-4))


@pytest.mark.parametrize(
    ("athletes", "athletes_live", "places", "places_live", "chosen"),
    [
        pytest.param("strap", True, "grip", True, "strap", id="both live: the athlete's"),
        pytest.param("strap", False, "grip", True, "grip", id="a delayed watch gives way to live grips"),
        pytest.param("strap", False, "grip", False, "strap", id="both delayed: the athlete's"),
        pytest.param("strap", False, None, False, "strap", id="only the athlete has one"),
        pytest.param(None, False, "grip", False, "grip", id="only the place has one"),
        pytest.param(None, False, None, False, None, id="nobody has one"),
    ],
)
def test_a_live_source_of_the_athlete_beats_the_places(
    athletes: str | None, athletes_live: bool, places: str | None, places_live: bool, chosen: str | None
) -> None:
    assert prefer_athletes(athletes, places, athletes_live=athletes_live, places_live=places_live) == chosen


def test_averages_of_parts_add_up() -> None:
    both = Average(total=100, seconds=1, highest=100).plus(Average(total=240, seconds=2, highest=130))
    assert both == Average(total=340, seconds=3, highest=130)
    assert Average().plus(Average()) == Average()
    assert Average().held(None, 5) == Average()


def test_outdoors_the_sources_work_as_on_a_belt() -> None:
    session = _told(walking(PLAN, 0, place=PlaceKind.OUTDOOR), Quantity.DISTANCE, [(0, 0), (30, 25)])
    assert _counted(session) == [25]
