"""Whatever is commanded, and whenever: the books balance, nothing is told twice, and nobody turns round on a moving belt."""

from collections.abc import Sequence
from datetime import datetime, timedelta
import json

from hypothesis import given, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from custom_components.backstride.engine.errors import CommandRefused, IllegalCommand
from custom_components.backstride.engine.events import Event, EventKind
from custom_components.backstride.engine.metrics import Quantity, Reading
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.record import Body, Tallied, tally
from custom_components.backstride.engine.session import (
    TRANSITIONS,
    Command,
    Dumped,
    Session,
    SessionState,
    Step,
    advance,
    apply,
    measure,
    next_boundary,
    restore,
    snapshot,
    start,
    timeline,
)
from custom_components.backstride.engine.state import FINAL, RESUME_LEAD_IN, current, elapsed, position
from custom_components.backstride.engine.turns import with_turns
from custom_components.backstride.engine.workout import WALKING, Direction, Interval, Workout, parse

PIECES = ("40s back @2", "25s fwd @3", "8s rest", "20s side @4", "30s turn", "15s rest confirm", "3s back @1")
PLANS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map(", ".join)
SECONDS = st.integers(0, 90_000).map(lambda thousandths: thousandths / 1000) | st.just(2000.0)
BODY = Body(mass_kg=70, height_cm=175, age=40)
MOVING = {SessionState.RUNNING, SessionState.WAITING}


class AnySession(RuleBasedStateMachine):
    """A session that is told anything at any time, beside a stopwatch that only looks at its state."""

    @initialize(plan=PLANS, confirm_turns=st.booleans())
    def begin(self, plan: str, confirm_turns: bool) -> None:
        self.now = datetime.fromisoformat("2026-03-01T07:00:00+00:00")
        step = start(parse(plan), self.now, place=PlaceKind.TREADMILL, confirm_turns=confirm_turns)
        self.session = step.session
        self.events: list[Event] = list(step.events)
        self.stopwatch = timedelta()
        self.written: Dumped | None = None
        self.tallied: Tallied | None = None

    def _take(self, step: Step) -> None:
        self.session = step.session
        self.events.extend(step.events)

    def _pass(self, until: datetime) -> None:
        """Let time pass from boundary to boundary, and time by the clock what is neither standing nor leading in."""
        while self.now < until:
            due = next_boundary(self.session)
            stop = until if due is None else min(due, until)
            if self.session.state in MOVING:
                self.stopwatch += stop - self.now
            self._take(advance(self.session, stop))
            self.now = stop

    @rule(seconds=SECONDS)
    def time_passes(self, seconds: float) -> None:
        self._pass(self.now + timedelta(seconds=seconds))

    @rule(command=st.sampled_from(Command), seconds=st.integers(-5, 400), leads_in=st.booleans())
    def somebody_commands(self, command: Command, seconds: int, leads_in: bool) -> None:
        self._pass(self.now)
        before = self.session
        try:
            step = apply(
                self.session, command, self.now, seconds=seconds, lead_in=RESUME_LEAD_IN if leads_in else None
            )
        except IllegalCommand:
            assert command not in TRANSITIONS[before.state]
        except CommandRefused:
            assert command in {Command.CONFIRM, Command.SKIP, Command.EXTEND}
        else:
            reached = TRANSITIONS[before.state][command]
            if leads_in and command in {Command.CONFIRM, Command.SKIP} and reached is SessionState.RUNNING:
                reached = SessionState.LEAD_IN
            assert step.session.state in {reached, SessionState.COMPLETED}
            self._take(step)

    @rule(quantity=st.sampled_from(Quantity), value=st.none() | st.floats(0, 20))
    def a_source_speaks(self, quantity: Quantity, value: float | None) -> None:
        self._pass(self.now)
        self._take(measure(self.session, Reading(quantity=quantity, value=value, at=self.now)))

    @precondition(lambda self: self.session.state not in FINAL)
    @rule(away=SECONDS)
    def the_power_fails(self, away: float) -> None:
        """Keep what was seen before the checkpoint, and move nothing."""
        before = elapsed(self.session, self.now)
        here = position(self.session, self.now)
        known = json.loads(json.dumps(snapshot(self.session)))
        self.now += timedelta(seconds=away)
        self._take(restore(known, self.now))
        assert self.session.state in {SessionState.PAUSED, SessionState.STOPPED}
        assert elapsed(self.session, self.now) == before
        if self.session.state is SessionState.PAUSED:
            assert position(self.session, self.now) == here

    @invariant()
    def what_was_written_before_changes_nothing_that_is_written(self) -> None:
        """However much of an earlier writing is taken over."""
        written = snapshot(self.session, self.written)
        assert written == snapshot(self.session)
        self.written = self.session, written

    @invariant()
    def what_was_added_up_before_changes_no_sum(self) -> None:
        """However much of an earlier sum is taken over."""
        self.tallied = tally(self.session, BODY, self.tallied)
        assert self.tallied == tally(self.session, BODY)
        assert tally(self.session, None, self.tallied) == tally(self.session)

    @invariant()
    def elapsed_is_intervals_and_waiting(self) -> None:
        visits = [*self.session.done, *((self.session.visit,) if self.session.visit else ())]
        booked = sum((visit.active + visit.waiting for visit in visits), timedelta())
        ongoing = self.now - self.session.since if self.session.state in MOVING else timedelta()
        assert elapsed(self.session, self.now) == booked + ongoing == self.stopwatch

    @invariant()
    def nothing_is_told_twice_and_instants_never_run_backward(self) -> None:
        assert [event.number for event in self.events] == list(range(len(self.events)))
        instants = [event.at for event in self.events]
        assert instants == sorted(instants)
        starts = [event.visit for event in self.events if event.kind is EventKind.INTERVAL_STARTED]
        assert len(set(starts)) == len(starts)
        endings = [event for event in self.events if event.kind in {EventKind.COMPLETED, EventKind.STOPPED}]
        assert len(endings) == (self.session.state in FINAL)

    @invariant()
    def on_a_treadmill_no_direction_changes_without_a_turn_done(self) -> None:
        walked: Direction | None = None
        for visit in [*self.session.done, *((self.session.visit,) if self.session.visit else ())]:
            direction = visit.interval.direction
            if direction is Direction.TURN:
                walked = None
            elif direction in WALKING:
                assert walked in {None, direction}
                walked = direction
        if self.session.visit is None and self.session.done and current(self.session).direction in WALKING:
            assert walked in {None, current(self.session).direction}

    @invariant()
    def the_future_is_in_order_and_begins_now(self) -> None:
        ahead = timeline(self.session)
        assert [entry.due for entry in ahead] == sorted(entry.due for entry in ahead)
        assert (next_boundary(self.session) is None) == (self.session.state in FINAL) == (not ahead)


AnySession.TestCase.settings = settings(max_examples=150, stateful_step_count=25)
TestAnySession = AnySession.TestCase


def _walked(intervals: Sequence[Interval]) -> bool:
    """Whether every change of direction has a turn between."""
    facing: Direction | None = None
    for interval in intervals:
        if interval.direction is Direction.TURN:
            facing = None
        elif interval.direction in WALKING:
            if facing not in {None, interval.direction}:
                return False
            facing = interval.direction
    return True


@given(PLANS)
def test_any_plan_gets_the_turns_it_lacks_and_no_more(plan: str) -> None:
    given_intervals = tuple(item for item in parse(plan).items if isinstance(item, Interval))
    planned = with_turns(given_intervals, confirmed=False)
    assert _walked(planned)
    assert with_turns(planned, confirmed=False) == planned
    if _walked(given_intervals):
        assert [interval.direction for interval in planned] == [
            interval.direction for interval in given_intervals
        ]


@given(PLANS, st.floats(0, 400))
def test_a_checkpoint_comes_back_as_it_was(plan: str, seconds: float) -> None:
    now = datetime.fromisoformat("2026-03-01T07:00:00+00:00")
    step = start(parse(plan), now, place=PlaceKind.TREADMILL)
    session: Session = advance(step.session, now + timedelta(seconds=seconds)).session
    known = Command.PAUSE in TRANSITIONS[session.state]
    paused = apply(session, Command.PAUSE, session.seen).session if known else session
    again = restore(json.loads(json.dumps(snapshot(paused))), paused.seen).session
    assert isinstance(again.workout, Workout)
    assert (again.done, again.plan, again.turn, again.facing, again.index) == (
        paused.done,
        paused.plan,
        paused.turn,
        paused.facing,
        paused.index,
    )
    if paused.state is SessionState.PAUSED:
        assert (again.visit, again.since, again.events) == (paused.visit, paused.since, paused.events)
