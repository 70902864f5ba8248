"""The belt's physics, without Home Assistant."""

from dataclasses import replace

from hypothesis import given, strategies as st
import pytest

from demo.custom_components.virtual_gym.belt import Belt, Phase

RUNNING = Belt(speed=3.0, target_speed=3.0, driven=True, finished=False)


def test_a_belt_nobody_started_stands_and_has_nothing_to_tell() -> None:
    belt = Belt().advance(3600)
    assert belt == Belt()
    assert (belt.phase, belt.reports_in) == (Phase.STANDING, None)


def test_start_moves_the_belt_gently_up_to_one_kilometre_per_hour() -> None:
    belt = Belt().start()
    assert belt.phase is Phase.STARTING
    assert belt.advance(1).speed == pytest.approx(0.3)
    assert belt.advance(1).phase is Phase.RUNNING
    assert belt.advance(60).speed == 1.0


def test_a_speed_asked_for_is_ignored_while_the_belt_stands_or_is_being_stopped() -> None:
    assert Belt().aim(5) == Belt()
    stopping = RUNNING.stop()
    assert stopping.aim(5) == stopping


def test_a_running_belt_needs_time_to_reach_a_speed() -> None:
    faster = RUNNING.aim(4.5)
    assert faster.advance(2).speed == pytest.approx(3.6)
    assert faster.advance(5).speed == 4.5
    slower = RUNNING.aim(1)
    assert slower.advance(1).speed == pytest.approx(2.2)
    assert slower.advance(3).speed == 1.0


@pytest.mark.parametrize(("asked", "given_speed"), [(0.1, 0.5), (0.5, 0.5), (12.0, 12.0), (30.0, 12.0)])
def test_a_speed_stays_within_what_the_machine_can_do(asked: float, given_speed: float) -> None:
    assert RUNNING.aim(asked).target_speed == given_speed


def test_stop_slows_the_belt_down_until_it_stands() -> None:
    belt = RUNNING.stop()
    assert belt.phase is Phase.STOPPING
    assert belt.advance(1).speed == pytest.approx(2.2)
    assert belt.advance(3.75).speed == 0
    assert belt.advance(3.75).phase is Phase.STANDING


def test_a_pulled_key_halts_the_fastest_belt_within_a_second_and_nothing_starts_it() -> None:
    belt = replace(RUNNING, speed=12.0, target_speed=12.0).pull_key()
    assert belt.reports_in is not None
    assert belt.reports_in < 1
    assert belt.advance(1).speed == 0
    assert belt.advance(1).start().advance(5).speed == 0
    assert belt.advance(1).insert_key().start().advance(5).speed == 1.0


def test_a_key_put_back_does_not_start_the_belt() -> None:
    assert RUNNING.pull_key().advance(1).insert_key().advance(10).speed == 0


def test_distance_is_what_the_speed_makes_of_the_time() -> None:
    assert replace(RUNNING, speed=3.6, target_speed=3.6).advance(100).distance == pytest.approx(100)
    # From a standstill to 0.9 km/h in three seconds, at half of it on average.
    assert Belt().start().advance(3).distance == pytest.approx(0.45 / 3.6 * 3)


def test_steps_come_faster_at_a_higher_speed() -> None:
    slow = replace(RUNNING, speed=2.0, target_speed=2.0).advance(60)
    fast = replace(RUNNING, speed=5.0, target_speed=5.0).advance(60)
    assert slow.steps == pytest.approx(70)
    assert fast.steps == pytest.approx(130)


def test_a_paused_workout_goes_on_and_a_stopped_one_begins_anew() -> None:
    walked = RUNNING.advance(60)
    resumed = walked.pause().advance(10).start()
    assert resumed.target_speed == 3.0
    assert resumed.distance > walked.distance
    anew = walked.stop().advance(10).start()
    assert (anew.target_speed, anew.distance, anew.steps) == (1.0, 0, 0)


def test_start_pressed_again_changes_nothing() -> None:
    assert RUNNING.start() == RUNNING


def test_the_deck_tilts_slowly_and_stays_where_it_is_when_the_key_is_pulled() -> None:
    belt = Belt().tilt(20)
    assert belt.target_incline == 12
    assert belt.reports_in == 1
    assert belt.advance(4).incline == 2
    pulled = belt.advance(4).pull_key()
    assert pulled.advance(10).incline == 2
    assert pulled.tilt(0) == pulled


def test_a_machine_that_counts_down_stands_until_it_is_over() -> None:
    belt = replace(Belt(), countdown=3.0).start()
    assert (belt.phase, belt.reports_in) == (Phase.STARTING, 1)
    almost = belt.advance(2.9)
    assert (almost.phase, almost.speed, almost.distance) == (Phase.STARTING, 0, 0)
    assert belt.advance(3).speed == 0
    assert belt.advance(4).speed == pytest.approx(0.3)
    assert belt.advance(4).phase is Phase.RUNNING


def test_a_countdown_that_is_broken_off_moves_nothing() -> None:
    belt = replace(Belt(), countdown=3.0).start().advance(2)
    for broken_off in (belt.pause(), belt.stop(), belt.pull_key()):
        assert broken_off.advance(60).speed == 0


def test_a_hand_presses_faster_and_slower_within_what_the_machine_can_do() -> None:
    assert RUNNING.nudge(0.5).target_speed == 3.5
    assert RUNNING.nudge(-0.5).target_speed == 2.5
    assert replace(RUNNING, target_speed=0.7).nudge(-0.5).target_speed == 0.5
    assert replace(RUNNING, max_speed=6.0, target_speed=5.8).nudge(0.5).target_speed == 6.0
    assert Belt().nudge(0.5) == Belt()


def test_zero_asked_for_lets_the_belt_run_out_as_a_pause_does() -> None:
    assert RUNNING.aim(0) == RUNNING.pause()


def test_a_speed_that_is_only_acknowledged_is_shown_and_not_followed() -> None:
    belt = RUNNING.acknowledge(5)
    assert belt.shown_target == 5
    assert belt.advance(30).speed == 3.0
    assert belt.nudge(0.5).shown_target == 3.5


def test_a_speed_that_does_not_last_is_followed_and_then_given_up() -> None:
    belt = RUNNING.aim_for(3.6, 4)
    assert belt.advance(3.9).speed == pytest.approx(3.6)
    assert belt.advance(4).target_speed == 1.0
    assert belt.advance(10).speed == 1.0
    by_hand = belt.advance(1).nudge(0.5)
    assert by_hand.advance(30).speed == 4.1, "what a hand chose lasts"
    assert belt.pause().advance(10).target_speed == 3.6
    assert Belt().aim_for(3, 4) == Belt()


def test_a_sluggish_motor_takes_four_times_as_long_but_not_when_the_key_is_pulled() -> None:
    sluggish = replace(RUNNING, responds=0.25)
    assert sluggish.aim(4.2).advance(4).speed == pytest.approx(3.3)
    assert sluggish.stop().advance(4).speed == pytest.approx(2.2)
    assert sluggish.pull_key().advance(1).speed == 0


def test_it_draws_little_while_it_stands_more_the_faster_it_runs_and_nothing_without_power() -> None:
    assert Belt().watts == 6
    assert replace(RUNNING, speed=0.5).watts == 165
    assert RUNNING.watts == 240
    assert Belt().pull_key().watts == 0


@given(
    target=st.floats(0.5, 12),
    stopped=st.booleans(),
    lasts=st.none() | st.floats(0.1, 40),
    countdown=st.sampled_from([0.0, 3.0]),
    cuts=st.lists(st.floats(0, 30), min_size=1, max_size=12),
)
def test_it_does_not_matter_in_which_pieces_time_passes(
    *, target: float, stopped: bool, lasts: float | None, countdown: float, cuts: list[float]
) -> None:
    belt = replace(Belt(), countdown=countdown).start() if countdown else RUNNING
    belt = (belt.aim(target) if lasts is None else belt.aim_for(target, lasts)).tilt(5)
    belt = belt.stop() if stopped else belt
    pieces = belt
    for seconds in cuts:
        pieces = pieces.advance(seconds)
    whole = belt.advance(sum(cuts))
    for name in ("speed", "incline", "distance", "steps"):
        assert getattr(pieces, name) == pytest.approx(getattr(whole, name), abs=1e-5)
