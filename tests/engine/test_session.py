"""A session goes from interval to interval, waits, pauses, is held and ends: at the right instants, once each."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest

from custom_components.backstride.engine.errors import (
    CommandRefused,
    IllegalCommand,
    InvalidInstant,
    InvalidWorkout,
)
from custom_components.backstride.engine.events import Event, EventKind, Reason
from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.session import (
    Command,
    Session,
    SessionState,
    Step,
    advance,
    apply,
    next_boundary,
    start,
)
from custom_components.backstride.engine.state import EndedBy, current, elapsed, following, position
from custom_components.backstride.engine.workout import Direction, Ends, parse
from custom_components.backstride.engine.written import workout_from_data

from .instants import LEAD_IN, T0, at, begin, told, walking

THREE = "60s back @2, 30s turn, 60s fwd @3"


def _direction(session: Session) -> Direction:
    return current(session).direction


class TestStarting:
    """What a session needs to begin."""

    def test_it_begins_with_a_lead_in_and_says_so(self) -> None:
        step = start(parse(THREE), T0, lead_in=LEAD_IN)
        assert told(step.events) == [(EventKind.STARTED, 0)]
        assert step.session.state is SessionState.LEAD_IN
        assert next_boundary(step.session) == at(10)
        assert position(step.session, at(5)) == timedelta()

    def test_without_an_id_it_is_named_after_its_instant(self) -> None:
        assert start(parse(THREE), T0).session.id == "20260301T070000000000"

    def test_only_an_aware_utc_instant_will_do(self) -> None:
        for instant in (datetime(2026, 3, 1, 7, 0), T0.astimezone(timezone(timedelta(hours=1)))):  # noqa: DTZ001 - the case
            with pytest.raises(InvalidInstant):
                start(parse(THREE), instant)
            with pytest.raises(InvalidInstant):
                advance(begin(THREE), instant)

    def test_a_workout_made_for_other_places_is_refused(self) -> None:
        stairs = workout_from_data(
            {"name": "Up", "place_kinds": ["stairs"], "intervals": [{"direction": "rest", "seconds": 60}]}
        )
        assert start(stairs, T0).session.place is PlaceKind.STAIRS
        with pytest.raises(InvalidWorkout, match="Up is made for stairs, not for treadmill"):
            start(stairs, T0, place=PlaceKind.TREADMILL)

    def test_a_workout_over_the_level_is_refused_with_every_reason(self) -> None:
        with pytest.raises(
            InvalidWorkout, match=r"level L0: 2 km/h backward, .* 1\.6; 600 s of backward work .* 300"
        ):
            begin("10m back @2", level=Level.L0)

    def test_nobody_walks_backward_faster_than_the_last_level(self) -> None:
        begin("1m back @6.4")
        with pytest.raises(InvalidWorkout, match="level L4"):
            begin("1m back @6.5")

    def test_the_level_is_the_given_one_or_the_workouts_or_the_lowest_that_allows_it(self) -> None:
        data = {"name": "Rated", "level": "l2", "intervals": [{"direction": "rest", "seconds": 60}]}
        assert begin("1m back @3").level is Level.L1
        assert begin("1m back @3", level=Level.L3).level is Level.L3
        assert start(workout_from_data(data), T0).session.level is Level.L2


class TestBoundaries:
    """Intervals are half-open: what happens at the end happens in the next."""

    @pytest.mark.parametrize(
        ("seconds", "state", "index"),
        [
            pytest.param(-0.001, SessionState.LEAD_IN, 0, id="just before the lead-in is over"),
            pytest.param(0, SessionState.RUNNING, 0, id="at the first interval's start"),
            pytest.param(30, SessionState.RUNNING, 0, id="inside it"),
            pytest.param(59.999, SessionState.RUNNING, 0, id="just before its end"),
            pytest.param(60, SessionState.RUNNING, 1, id="at its end"),
            pytest.param(89.999, SessionState.RUNNING, 1, id="just before the turn's end"),
            pytest.param(90, SessionState.RUNNING, 2, id="at the turn's end"),
            pytest.param(149.999, SessionState.RUNNING, 2, id="just before the end of all"),
            pytest.param(150, SessionState.COMPLETED, 2, id="at the end of all"),
            pytest.param(500, SessionState.COMPLETED, 2, id="long after"),
        ],
    )
    def test_an_interval_lasts_from_its_start_to_just_before_its_end(
        self, seconds: float, state: SessionState, index: int
    ) -> None:
        session = walking(THREE, seconds)
        assert (session.state, session.index) == (state, index)

    def test_waking_late_tells_everything_missed_at_the_instant_it_was_due(self) -> None:
        step = advance(begin(THREE), at(minutes=20))
        assert told(step.events) == [
            (EventKind.INTERVAL_STARTED, 0),
            (EventKind.INTERVAL_STARTED, 60),
            (EventKind.INTERVAL_STARTED, 90),
            (EventKind.COMPLETED, 150),
        ]
        assert [event.number for event in step.events] == [1, 2, 3, 4]
        assert [event.visit for event in step.events] == [0, 1, 2, None]
        assert [visit.ended_by for visit in step.session.done] == [EndedBy.TIME] * 3
        assert next_boundary(step.session) is None

    def test_waking_often_tells_the_same_as_waking_once(self) -> None:
        session = begin(THREE)
        events: list[Event] = []
        for second in range(200):
            step = advance(session, at(second))
            session = step.session
            events.extend(step.events)
        assert events == list(advance(begin(THREE), at(200)).events)

    def test_two_hundred_intervals_do_not_drift(self) -> None:
        session = begin("99x(6s rest, 7s fwd @3), 2x(9s rest)")
        starts = [
            event.at
            for event in advance(session, at(minutes=60)).events
            if event.kind is EventKind.INTERVAL_STARTED
        ]
        lengths = [(later - earlier).total_seconds() for earlier, later in pairwise(starts)]
        assert len(starts) == 200
        assert lengths == [6, 7] * 99 + [9]

    def test_a_clock_that_goes_back_makes_no_negative_time(self) -> None:
        session = walking(THREE, 40)
        back = advance(session, at(10)).session
        assert back == session
        paused = apply(session, Command.PAUSE, at(5)).session
        assert elapsed(paused, at(5)) == timedelta(seconds=40)
        assert paused.since == at(40)
        assert position(session, at(-100)) == timedelta()

    def test_a_command_comes_after_what_was_due_before_it(self) -> None:
        step = apply(begin(THREE), Command.PAUSE, at(60))
        assert told(step.events) == [
            (EventKind.INTERVAL_STARTED, 0),
            (EventKind.INTERVAL_STARTED, 60),
            (EventKind.PAUSED, 60),
        ]
        assert position(step.session, at(60)) == timedelta()

    def test_a_command_too_late_for_its_state_is_illegal(self) -> None:
        with pytest.raises(IllegalCommand, match="completed cannot take the command skip"):
            apply(begin("60s back @2"), Command.SKIP, at(60))


class TestPausing:
    """Standing still keeps the place and does not count."""

    def test_time_stands_still_and_goes_on_after_three_seconds(self) -> None:
        session = apply(walking(THREE, 20), Command.PAUSE, at(20)).session
        assert elapsed(session, at(500)) == timedelta(seconds=20)
        resumed = apply(session, Command.RESUME, at(500))
        assert told(resumed.events) == []
        assert next_boundary(resumed.session) == at(503)
        later = advance(resumed.session, at(503))
        assert told(later.events) == [(EventKind.RESUMED, 503)]
        assert position(later.session, at(510)) == timedelta(seconds=27)
        assert next_boundary(later.session) == at(543)

    def test_a_pause_in_the_first_lead_in_loses_nothing(self) -> None:
        session = apply(begin(THREE), Command.PAUSE, at(-5)).session
        events = advance(apply(session, Command.RESUME, at(0)).session, at(3)).events
        assert told(events) == [(EventKind.RESUMED, 3), (EventKind.INTERVAL_STARTED, 3)]

    def test_a_pause_in_the_lead_in_after_a_pause_tells_no_moving_in_between(self) -> None:
        session = apply(walking(THREE, 20), Command.PAUSE, at(20)).session
        session = apply(session, Command.RESUME, at(30)).session
        step = apply(session, Command.PAUSE, at(32))
        assert told(step.events) == [(EventKind.PAUSED, 32)]
        assert position(step.session, at(32)) == timedelta(seconds=20)

    @pytest.mark.parametrize(
        ("minutes", "state"),
        [
            pytest.param(29.99, SessionState.PAUSED, id="before"),
            pytest.param(30, SessionState.STOPPED, id="at"),
            pytest.param(600, SessionState.STOPPED, id="after"),
        ],
    )
    @pytest.mark.parametrize("command", [Command.PAUSE, Command.HOLD])
    def test_left_for_thirty_minutes_it_is_abandoned(
        self, minutes: float, state: SessionState, command: Command
    ) -> None:
        session = apply(walking(THREE, 20), command, at(20)).session
        step = advance(session, at(20, minutes=minutes))
        if state is SessionState.PAUSED:
            assert step == Step(session=replace(session, seen=at(20, minutes=minutes)))
        else:
            assert told(step.events) == [(EventKind.STOPPED, 20 + 30 * 60)]
            assert step.session.reason is Reason.ABANDONED
            assert step.events[0].reason is Reason.ABANDONED
            assert step.session.done[-1].active == timedelta(seconds=20)

    def test_neither_a_hold_nor_a_jump_begins_another_half_hour(self) -> None:
        session = apply(walking(THREE, 20), Command.PAUSE, at(20)).session
        session = apply(session, Command.HOLD, at(20, minutes=20)).session
        session = apply(session, Command.RELEASE, at(20, minutes=25)).session
        session = apply(session, Command.PREVIOUS, at(20, minutes=29)).session
        assert next_boundary(session) == at(20, minutes=30)

    def test_who_comes_back_and_pauses_again_has_another_half_hour(self) -> None:
        session = apply(walking(THREE, 20), Command.PAUSE, at(20)).session
        session = apply(session, Command.RESUME, at(20, minutes=29)).session
        session = apply(session, Command.PAUSE, at(22, minutes=29)).session
        assert next_boundary(session) == at(22, minutes=59)

    def test_the_reason_is_kept_while_it_stands_and_gone_when_it_moves(self) -> None:
        session = apply(walking(THREE, 20), Command.PAUSE, at(20)).session
        assert session.reason is Reason.ATHLETE
        assert apply(session, Command.RESUME, at(21)).session.reason is None


class TestHolding:
    """The guard stops the session, and asks before it goes on."""

    def test_a_hold_freezes_and_a_release_pauses(self) -> None:
        held = apply(walking(THREE, 20), Command.HOLD, at(20), reason=Reason.SENSOR_LOST)
        assert told(held.events) == [(EventKind.HELD, 20)]
        assert held.session.reason is Reason.SENSOR_LOST
        released = apply(held.session, Command.RELEASE, at(40))
        assert told(released.events) == [(EventKind.RELEASED, 40)]
        assert (released.session.state, released.session.reason) == (SessionState.PAUSED, Reason.RELEASED)
        assert elapsed(released.session, at(40)) == timedelta(seconds=20)

    def test_a_second_hazard_changes_the_reason_and_tells_nothing_twice(self) -> None:
        held = apply(walking(THREE, 20), Command.HOLD, at(20)).session
        assert held.reason is Reason.OBSTACLE
        again = apply(held, Command.HOLD, at(25), reason=Reason.HEART_RATE)
        assert again.events == ()
        assert again.session.reason is Reason.HEART_RATE
        assert apply(again.session, Command.HOLD, at(26)).session.reason is Reason.HEART_RATE
        assert next_boundary(again.session) == at(20, minutes=30)

    def test_a_pause_can_be_held_too(self) -> None:
        paused = apply(walking(THREE, 20), Command.PAUSE, at(20)).session
        assert told(apply(paused, Command.HOLD, at(30)).events) == [(EventKind.HELD, 30)]

    def test_stopping_is_always_possible_and_keeps_what_was_done(self) -> None:
        stopped = apply(walking(THREE, 20), Command.STOP, at(20), reason=Reason.EMERGENCY)
        assert told(stopped.events) == [(EventKind.STOPPED, 20)]
        assert stopped.session.reason is Reason.EMERGENCY
        (visit,) = stopped.session.done
        assert (visit.active, visit.ended_by) == (timedelta(seconds=20), EndedBy.STOP)
        assert stopped.session.visit is None


class TestConfirming:
    """Where an interval waits for the athlete."""

    def test_turns_wait_only_where_the_place_asks_for_it(self) -> None:
        assert [interval.ends for interval in begin(THREE).plan] == [Ends.TIMED] * 3
        assert [interval.ends for interval in begin("60s back @2, 30s turn confirm, 60s fwd @3").plan] == [
            Ends.TIMED
        ] * 3
        assert begin(THREE, confirm_turns=True).plan[1].ends is Ends.CONFIRMED

    @pytest.mark.parametrize(
        ("seconds", "state"),
        [
            pytest.param(89.9, SessionState.RUNNING, id="before its time"),
            pytest.param(90, SessionState.WAITING, id="at its time"),
            pytest.param(209.9, SessionState.WAITING, id="as long as there is patience"),
            pytest.param(210, SessionState.PAUSED, id="when patience ends"),
        ],
    )
    def test_a_confirmed_turn_waits_for_two_minutes(self, seconds: float, state: SessionState) -> None:
        assert walking(THREE, seconds, confirm_turns=True).state is state

    def test_waiting_counts_apart(self) -> None:
        waiting = walking(THREE, 100, confirm_turns=True)
        step = apply(waiting, Command.CONFIRM, at(110))
        assert told(step.events) == [(EventKind.CONFIRMED, 110), (EventKind.INTERVAL_STARTED, 110)]
        turn = step.session.done[-1]
        assert (turn.active, turn.waiting) == (timedelta(seconds=30), timedelta(seconds=20))
        assert turn.ended_by is EndedBy.CONFIRM
        assert elapsed(step.session, at(115)) == timedelta(seconds=115)

    def test_no_answer_pauses_and_resuming_turns_again(self) -> None:
        step = advance(begin(THREE, confirm_turns=True), at(300))
        assert told(step.events)[-2:] == [(EventKind.WAITING, 90), (EventKind.PAUSED, 210)]
        assert step.session.reason is Reason.NO_ANSWER
        again = advance(apply(step.session, Command.RESUME, at(300)).session, at(303))
        assert told(again.events) == [(EventKind.RESUMED, 303), (EventKind.INTERVAL_STARTED, 303)]
        assert elapsed(again.session, at(303)) == timedelta(seconds=60 + 30 + 120)

    def test_another_interval_that_had_no_answer_waits_again(self) -> None:
        session = advance(begin("20s rest confirm, 60s back @2"), at(300)).session
        again = advance(apply(session, Command.RESUME, at(300)).session, at(303))
        assert told(again.events) == [(EventKind.RESUMED, 303), (EventKind.WAITING, 303)]

    @pytest.mark.parametrize("seconds", [60, 60.2, 64.999])
    def test_a_turn_just_begun_cannot_be_confirmed_away(self, seconds: float) -> None:
        session = walking(THREE, seconds, confirm_turns=True)
        with pytest.raises(CommandRefused, match="Nothing waits"):
            apply(session, Command.CONFIRM, at(seconds))
        assert apply(session, Command.CONFIRM, at(65)).session.index == 2

    def test_what_is_no_turn_is_confirmed_when_it_waits_and_not_before(self) -> None:
        with pytest.raises(CommandRefused, match="Nothing waits"):
            apply(walking("60s back @2 confirm, 60s rest", 30), Command.CONFIRM, at(30))

    @pytest.mark.parametrize("command", [Command.PAUSE, Command.HOLD])
    def test_an_interrupted_turn_is_done_again_in_full(self, command: Command) -> None:
        session = apply(walking(THREE, 89), command, at(89)).session
        session = apply(session, Command.RELEASE, at(95)).session if command is Command.HOLD else session
        step = advance(apply(session, Command.RESUME, at(100)).session, at(103))
        assert told(step.events) == [(EventKind.RESUMED, 103), (EventKind.INTERVAL_STARTED, 103)]
        assert (_direction(step.session), next_boundary(step.session)) == (Direction.TURN, at(133))
        assert step.session.done[-1].ended_by is EndedBy.INTERRUPTION
        assert elapsed(step.session, at(103)) == timedelta(seconds=89)

    @pytest.mark.parametrize("confirm_turns", [True, False])
    def test_a_turn_may_be_confirmed_before_its_time(self, confirm_turns: bool) -> None:
        step = apply(walking(THREE, 70, confirm_turns=confirm_turns), Command.CONFIRM, at(70))
        assert told(step.events) == [(EventKind.CONFIRMED, 70), (EventKind.INTERVAL_STARTED, 70)]
        assert step.session.index == 2

    def test_where_nothing_waits_there_is_nothing_to_confirm(self) -> None:
        with pytest.raises(CommandRefused, match="Nothing waits"):
            apply(walking(THREE, 20), Command.CONFIRM, at(20))

    def test_confirming_the_last_interval_completes(self) -> None:
        step = apply(walking("60s back @2, 20s rest confirm", 100), Command.CONFIRM, at(100))
        assert told(step.events) == [(EventKind.CONFIRMED, 100), (EventKind.COMPLETED, 100)]


class TestSkipping:
    """On to the next."""

    def test_the_next_interval_begins_at_once(self) -> None:
        step = apply(walking(THREE, 20), Command.SKIP, at(20))
        assert told(step.events) == [(EventKind.INTERVAL_STARTED, 20)]
        assert step.session.done[0].ended_by is EndedBy.SKIP
        assert next_boundary(step.session) == at(50)

    @pytest.mark.parametrize("command", [None, Command.PAUSE])
    def test_a_turn_is_never_skipped(self, command: Command | None) -> None:
        session = walking(THREE, 70)
        session = apply(session, command, at(70)).session if command else session
        with pytest.raises(CommandRefused, match="never skipped"):
            apply(session, Command.SKIP, at(70))

    def test_a_waiting_turn_is_not_skipped_either(self) -> None:
        with pytest.raises(CommandRefused, match="never skipped"):
            apply(walking(THREE, 100, confirm_turns=True), Command.SKIP, at(100))

    def test_skipping_the_last_interval_completes(self) -> None:
        step = apply(walking(THREE, 100), Command.SKIP, at(100))
        assert told(step.events) == [(EventKind.COMPLETED, 100)]

    def test_in_a_pause_the_next_interval_begins_when_the_athlete_moves(self) -> None:
        paused = apply(walking("60s back @2, 60s back @3", 20), Command.PAUSE, at(20)).session
        step = apply(paused, Command.SKIP, at(30))
        assert told(step.events) == []
        assert (step.session.state, step.session.index, step.session.visit) == (SessionState.PAUSED, 1, None)
        assert step.session.reason is Reason.ATHLETE
        later = advance(apply(step.session, Command.RESUME, at(40)).session, at(43))
        assert told(later.events) == [(EventKind.RESUMED, 43), (EventKind.INTERVAL_STARTED, 43)]
        assert elapsed(later.session, at(43)) == timedelta(seconds=20)

    def test_skipping_the_last_interval_in_a_pause_completes(self) -> None:
        paused = apply(walking("60s back @2", 20), Command.PAUSE, at(20)).session
        assert told(apply(paused, Command.SKIP, at(30)).events) == [(EventKind.COMPLETED, 30)]


THREE_SECONDS = timedelta(seconds=3)


class TestLeadingIn:
    """Who confirms or skips without a hand on anything gets three seconds before the next interval begins."""

    def test_a_confirmation_leads_in_to_the_next_interval(self) -> None:
        waiting = walking("1m back @2, 20s turn, 1m fwd @3", 90, confirm_turns=True)
        assert waiting.state is SessionState.WAITING
        step = apply(waiting, Command.CONFIRM, at(95), lead_in=THREE_SECONDS)
        assert told(step.events) == [(EventKind.CONFIRMED, 95)]
        assert (step.session.state, _direction(step.session)) == (SessionState.LEAD_IN, Direction.FORWARD)
        assert next_boundary(step.session) == at(98)
        begun = advance(step.session, at(98))
        assert told(begun.events) == [(EventKind.INTERVAL_STARTED, 98)]
        assert begun.session.state is SessionState.RUNNING
        assert elapsed(begun.session, at(98)) == timedelta(seconds=95), "the lead-in is not walked"

    def test_so_does_a_skip_also_while_walking(self) -> None:
        step = apply(walking("1m fwd @2, 1m fwd @3", 20), Command.SKIP, at(20), lead_in=THREE_SECONDS)
        assert (step.session.state, step.session.index) == (SessionState.LEAD_IN, 1)
        assert told(advance(step.session, at(23)).events) == [(EventKind.INTERVAL_STARTED, 23)]

    def test_a_skip_while_paused_moves_nothing(self) -> None:
        paused = apply(walking("1m fwd @2, 1m fwd @3", 20), Command.PAUSE, at(20)).session
        step = apply(paused, Command.SKIP, at(30), lead_in=THREE_SECONDS)
        assert (step.session.state, step.session.index) == (SessionState.PAUSED, 1)

    def test_after_the_last_interval_there_is_nothing_to_lead_in_to(self) -> None:
        step = apply(walking("1m fwd @2", 20), Command.SKIP, at(20), lead_in=THREE_SECONDS)
        assert step.session.state is SessionState.COMPLETED

    def test_what_cannot_be_confirmed_is_refused_all_the_same(self) -> None:
        walker = walking("1m fwd @2, 1m fwd @3", 20)
        with pytest.raises(CommandRefused):
            apply(walker, Command.CONFIRM, at(20), lead_in=THREE_SECONDS)

    def test_interrupted_it_comes_back_to_the_interval_that_was_about_to_begin(self) -> None:
        step = apply(walking("1m fwd @2, 1m fwd @3", 20), Command.SKIP, at(20), lead_in=THREE_SECONDS)
        held = apply(step.session, Command.HOLD, at(21)).session
        again = apply(apply(held, Command.RELEASE, at(30)).session, Command.RESUME, at(31)).session
        assert told(advance(again, at(34)).events) == [
            (EventKind.RESUMED, 34),
            (EventKind.INTERVAL_STARTED, 34),
        ]

    def test_a_resume_may_lead_in_for_longer(self) -> None:
        paused = apply(walking("1m fwd @2, 1m fwd @3", 20), Command.PAUSE, at(20)).session
        step = apply(paused, Command.RESUME, at(30), lead_in=timedelta(seconds=6.5))
        assert next_boundary(step.session) == at(36.5)
        assert next_boundary(apply(paused, Command.RESUME, at(30)).session) == at(33)


class TestGoingBack:
    """Once more, or the one before."""

    @pytest.mark.parametrize(
        ("seconds", "index"),
        [
            pytest.param(60, 0, id="at its start: the one before"),
            pytest.param(65, 0, id="at five seconds: the one before"),
            pytest.param(65.001, 1, id="after five seconds: once more"),
        ],
    )
    def test_it_restarts_an_old_interval_and_leaves_a_young_one(self, seconds: float, index: int) -> None:
        session = walking("60s back @2, 60s back @3", seconds)
        step = apply(session, Command.PREVIOUS, at(seconds))
        assert step.session.index == index
        assert position(step.session, at(seconds)) == timedelta()
        assert told(step.events) == [(EventKind.INTERVAL_STARTED, seconds)]

    def test_the_first_interval_is_only_restarted(self) -> None:
        session = apply(walking(THREE, 3), Command.PREVIOUS, at(3)).session
        assert (session.index, len(session.done)) == (0, 1)
        assert session.done[0].active == timedelta(seconds=3)

    def test_going_back_is_another_visit_and_nothing_measured_is_lost(self) -> None:
        session = apply(walking(THREE, 30), Command.PREVIOUS, at(30)).session
        assert [visit.active.total_seconds() for visit in session.done] == [30]
        assert elapsed(session, at(40)) == timedelta(seconds=40)

    def test_on_a_treadmill_going_back_to_the_other_direction_turns_first(self) -> None:
        step = apply(walking(THREE, 92), Command.PREVIOUS, at(92))
        assert _direction(step.session) is Direction.TURN
        assert step.session.index == 0, "the turn leads to the backward interval, past the planned turn"
        nxt = following(step.session)
        assert nxt is not None
        assert nxt.direction is Direction.BACKWARD
        after = advance(step.session, at(92 + 30))
        assert (_direction(after.session), after.session.turn) == (Direction.BACKWARD, None)
        assert after.session.facing is Direction.BACKWARD

    def test_out_of_an_unfinished_turn_one_turns_again(self) -> None:
        session = apply(walking(THREE, 62), Command.PREVIOUS, at(62)).session
        assert _direction(session) is Direction.TURN
        assert session.index == 0

    def test_an_inserted_turn_waits_where_turns_wait_and_is_not_skipped(self) -> None:
        session = apply(walking(THREE, 62, confirm_turns=True), Command.PREVIOUS, at(62)).session
        assert current(session).ends is Ends.CONFIRMED
        with pytest.raises(CommandRefused):
            apply(session, Command.SKIP, at(63))
        assert apply(session, Command.CONFIRM, at(70)).session.index == 0

    def test_going_back_in_an_inserted_turn_restarts_it(self) -> None:
        session = apply(walking(THREE, 92), Command.PREVIOUS, at(92)).session
        for seconds in (94, 110):
            again = apply(session, Command.PREVIOUS, at(seconds)).session
            assert (_direction(again), again.index) == (Direction.TURN, 0)
            assert position(again, at(seconds)) == timedelta()

    def test_before_anybody_walked_nobody_has_to_turn(self) -> None:
        session = apply(begin("60s fwd @3, 30s turn, 60s back @2"), Command.PAUSE, at(-5)).session
        session = apply(apply(session, Command.SKIP, at(-4)).session, Command.PREVIOUS, at(-3)).session
        assert (session.index, session.turn) == (0, None)

    def test_over_ground_nobody_is_told_to_turn(self) -> None:
        session = walking("60s back @2, 60s fwd @3", 62, place=PlaceKind.OUTDOOR)
        assert _direction(apply(session, Command.PREVIOUS, at(62)).session) is Direction.BACKWARD

    def test_in_a_pause_a_jump_that_is_taken_back_needs_no_turn(self) -> None:
        # Paused while walking forward, back to the backward interval and, still standing, back to a forward one.
        plan = "60s fwd @3, 30s turn, 60s back @2, 30s turn, 60s fwd @3"
        session = apply(walking(plan, 182), Command.PAUSE, at(182)).session
        session = apply(session, Command.PREVIOUS, at(183)).session
        assert (session.index, _direction(session)) == (2, Direction.TURN)
        session = apply(session, Command.PREVIOUS, at(184)).session
        assert (session.index, _direction(session)) == (0, Direction.FORWARD)


class TestExtending:
    """A little longer, within the level."""

    def test_the_interval_gets_longer_and_what_follows_comes_later(self) -> None:
        session = apply(walking(THREE, 20), Command.EXTEND, at(20), seconds=30).session
        assert next_boundary(session) == at(90)
        assert advance(session, at(90)).session.index == 1

    @pytest.mark.parametrize("seconds", [None, 0, -5, 601])
    def test_an_extension_is_one_second_to_ten_minutes(self, seconds: int | None) -> None:
        with pytest.raises(CommandRefused, match="from 1 to 600 seconds"):
            apply(walking(THREE, 20), Command.EXTEND, at(20), seconds=seconds)

    @pytest.mark.parametrize(
        ("plan", "spare"),
        [
            pytest.param("60s back @1", 240, id="one interval"),
            pytest.param("60s back @1, 60s back @1.2, 30s rest", 180, id="with the backward work behind it"),
            pytest.param("60s back @1, 30s rest, 60s back @1", 240, id="a rest begins a new bout"),
            pytest.param("60s fwd @3", 240, id="forward, by itself"),
        ],
    )
    def test_a_bout_stays_below_the_levels_longest(self, plan: str, spare: int) -> None:
        session = walking(plan, 20, level=Level.L0)
        longest = apply(session, Command.EXTEND, at(20), seconds=spare).session
        with pytest.raises(CommandRefused, match="allows 300 seconds"):
            apply(longest, Command.EXTEND, at(20), seconds=1)

    def test_a_rest_left_at_once_is_no_rest(self) -> None:
        session = apply(
            walking("290s back @1, 30s rest, 20s back @1", 291, level=Level.L0), Command.SKIP, at(291)
        ).session
        with pytest.raises(CommandRefused):
            apply(session, Command.EXTEND, at(292), seconds=1)
        rested = walking("290s back @1, 30s rest, 20s back @1", 321, level=Level.L0)
        assert apply(rested, Command.EXTEND, at(321), seconds=280).session.index == 2

    def test_backward_work_already_done_counts(self) -> None:
        session = walking("60s back @1, 60s back @1.2", 20, level=Level.L0)
        session = apply(session, Command.PREVIOUS, at(20)).session
        with pytest.raises(CommandRefused):
            apply(session, Command.EXTEND, at(20), seconds=161)
        assert apply(session, Command.EXTEND, at(20), seconds=160).session.visit is not None
