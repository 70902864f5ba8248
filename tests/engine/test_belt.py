"""A belt is never started, never sped up in a jerk, never over a ceiling, and never steered against the athlete's hand."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given, strategies as st
import pytest

from custom_components.backstride.engine import belt as policy
from custom_components.backstride.engine.belt import Belt, News, Steering
from custom_components.backstride.engine.goal import Goal, Want
from custom_components.backstride.engine.reach import Asked, Axis, Order, Reach

from .belts import HOME, Track, ignores, walking
from .instants import T0


def test_a_standing_belt_is_never_written_to() -> None:
    track = Track().run(10)
    track.want(Want.MOVE, 3.0)
    track.run(60)
    assert track.orders == []


def test_a_belt_that_the_athlete_started_is_steered_once_it_runs_evenly() -> None:
    track = Track()
    track.want(Want.MOVE, 2.0)
    track.run(5)
    for speed in (0.3, 0.7, 1.0):
        track.hand(speed)
        track.run(0.5)
    assert track.orders == [], "it is still coming to speed"
    track.run(15)
    assert track.speeds == [1.3, 1.6, 1.9, 2.0]


def test_a_belt_rises_by_three_tenths_in_two_seconds_at_most() -> None:
    track = walking(1.0)
    track.want(Want.MOVE, 3.0)
    track.run(30)
    assert track.speeds == [1.3, 1.6, 1.9, 2.2, 2.5, 2.8, 3.0]
    times = [at for at, _, _ in track.orders]
    assert all(later - sooner >= timedelta(seconds=2) for sooner, later in pairwise(times))


def test_a_belt_is_slowed_at_once() -> None:
    track = walking(4.0)
    track.want(Want.MOVE, 2.0)
    assert track.speeds == [2.0]


def test_a_limit_that_falls_while_the_belt_is_on_its_way_up_counts_at_once() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 3.0)
    track.want(Want.MOVE, 2.1)
    assert track.speeds == [2.3, 2.1]
    track.run(10)
    assert (track.speeds, track.speed) == ([2.3, 2.1], 2.1)


def test_a_belt_that_runs_as_wanted_is_left_alone_and_yet_watched() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.0)
    track.run(10)
    assert track.orders == []
    track.hand(3.0)
    track.run(1)
    assert (track.belt.steering, track.news) == (Steering.ATHLETE, [News.HANDS_OFF])


@pytest.mark.parametrize("speed", [2.7, 3.3], ids=["slower", "faster"])
def test_hands_are_off_at_once_when_the_athlete_changes_the_speed(speed: float) -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 3.05)
    track.run(20)
    before = list(track.orders)
    track.hand(speed)
    track.run(0.5)
    assert track.news == [], "one report may be wild"
    track.run(0.5)
    assert track.news == [News.HANDS_OFF]
    for want in (Want.MOVE, Want.SLOW, Want.STOP):
        track.want(want, 2.0)
        track.run(20)
    assert track.orders == before, "it stays the athlete's until it is handed back"


def test_one_wild_speed_is_no_hand() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.0)
    track.run(6)
    for wild in (9.0, 0.3, 12.0):
        track.take(policy.observe(track.belt, wild, track.at))
        track.run(5)
    assert (track.orders, track.news, track.belt.steering) == ([], [], Steering.ON)


def test_a_report_that_comes_twice_in_one_breath_is_one_report() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.0)
    for piece in (0.1, 0.29):
        track.take(policy.observe(track.belt, 9.0, track.at + timedelta(seconds=piece)))
    assert track.news == []
    track.take(policy.observe(track.belt, 9.0, track.at + timedelta(seconds=0.3)))
    assert track.news == [News.HANDS_OFF]


@pytest.mark.parametrize("want", [Want.MOVE, Want.SLOW, Want.STOP])
def test_while_it_is_not_known_whether_it_was_a_hand_nothing_is_asked(want: Want) -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.0, percent=1.0)
    track.run(6)
    before = list(track.orders)
    track.take(policy.observe(track.belt, 3.0, track.at))
    track.want(want, 1.5, percent=2.0)
    assert track.orders == before
    track.run(0.5)
    assert len(track.orders) > len(before), "it was none"


def test_a_doubt_that_no_report_settles_keeps_nothing_waiting() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.0, percent=1.0)
    track.run(6)
    track.take(policy.observe_grade(track.belt, 5.0, track.at))
    for _ in range(12):
        track.at += timedelta(seconds=0.5)
        track.take(policy.observe(track.belt, track.speed, track.at))
    track.want(Want.MOVE, 1.5, percent=1.0)
    assert (track.speeds, track.news) == ([1.5], []), (
        "the incline is silent, and it is the speed that is asked for"
    )


def test_a_wild_report_and_then_silence_counts_as_a_belt_that_nobody_sees() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.0)
    track.run(6)
    track.take(policy.observe(track.belt, 9.0, track.at))
    track.sees = False
    track.run(60)
    assert (track.orders, track.news) == ([], [News.UNSEEN])


def test_noise_and_rounding_are_no_hand() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.0)
    track.hand(2.2)
    track.run(10)
    assert (track.news, track.belt.steering) == ([], Steering.ON)


def test_taking_over_steers_again_from_the_speed_the_athlete_chose() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.0)
    track.run(6)
    track.hand(3.0)
    track.run(5)
    track.take(policy.take_over(track.belt, track.at))
    track.run(10)
    assert track.speeds == [2.0]
    assert track.belt.steering is Steering.ON


def test_taking_over_again_and_again_speeds_nothing_up() -> None:
    track = walking(1.0)
    track.want(Want.MOVE, 3.0)
    for _ in range(5):
        track.take(policy.take_over(track.belt, track.at))
    assert track.speeds == [1.3]


def test_giving_the_belt_away_asks_for_nothing_more() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 3.0)
    track.belt = policy.release(track.belt)
    before = list(track.orders)
    track.run(20)
    assert track.orders == before
    assert track.belt.steering is Steering.OFF


def test_a_belt_that_ignores_what_is_asked_is_asked_no_more() -> None:
    track = walking(1.0, follows=ignores)
    track.want(Want.MOVE, 3.0)
    track.run(4.5)
    assert track.news == []
    track.run(1)
    assert (track.speeds, track.news) == ([1.3], [News.NOT_FOLLOWING])
    track.run(60)
    assert track.speeds == [1.3]


@pytest.mark.parametrize(("goal", "news"), [(1.2, [News.NOT_FOLLOWING]), (1.1, [])])
def test_a_small_step_must_be_made_too_unless_no_display_would_show_it(goal: float, news: list[News]) -> None:
    track = walking(1.0, follows=ignores)
    track.want(Want.MOVE, goal)
    track.run(20)
    assert track.news == news


def test_a_belt_that_falls_back_to_one_is_asked_no_more() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 3.0)
    track.run(7)
    track.hand(1.0)
    before = list(track.orders)
    track.run(30)
    assert track.orders == before
    assert track.news == [News.HANDS_OFF]


def test_a_long_way_down_may_take_longer_than_one_check() -> None:
    track = walking(6.0, follows=lambda speed, asked: max(speed - 0.15, asked))
    track.want(Want.SLOW)
    track.run(30)
    assert (track.speeds, track.news) == ([0.8], [])
    assert track.speed == 0.8


def test_a_way_down_that_ends_halfway_is_noticed() -> None:
    track = walking(6.0, follows=lambda speed, asked: max(speed - 0.15, asked, 4.0))
    track.want(Want.SLOW)
    track.run(30)
    assert track.news == [News.NOT_FOLLOWING]


def test_on_the_rails_the_belt_runs_at_its_slowest() -> None:
    track = walking(3.0)
    track.want(Want.SLOW)
    track.run(20)
    assert (track.speeds, track.halts, track.speed) == ([0.8], 0, 0.8)
    track.want(Want.MOVE, 1.4)
    track.run(10)
    assert track.speeds == [0.8, 1.1, 1.4], "it still moves, so it speeds up by itself"


@pytest.mark.parametrize(
    ("slowest", "halts"),
    [
        pytest.param(0.8, 0, id="the limit"),
        pytest.param(0.804672, 0, id="half a mile, of which the limit is the rounded form"),
        pytest.param(0.81, 0, id="a tenth of the finest step of a console"),
        pytest.param(0.811, 1, id="more than rounding"),
        pytest.param(0.9, 1, id="the next step"),
    ],
)
def test_a_belt_that_cannot_run_slowly_enough_is_stopped(slowest: float, halts: int) -> None:
    reach = replace(HOME, speed=Axis(low=slowest, high=12.0, step=0.1))
    track = walking(3.0, belt=Belt(reach=reach, steering=Steering.ON))
    track.want(Want.SLOW)
    track.run(20)
    assert track.halts == halts
    orders = list(track.orders)
    track.want(Want.MOVE, 2.0)
    track.run(20)
    if halts:
        assert (track.speed, track.orders) == (0, orders), "the athlete starts it"
        track.hand(1.0)
        track.run(10)
    assert 1.9 < track.speeds[-1] <= 2.0, "then it is steered again"


def test_without_anything_to_stop_it_with_the_slowest_is_the_best_there_is() -> None:
    reach = replace(HOME, speed=Axis(low=1.2, high=12.0, step=0.1), can_halt=False)
    track = walking(3.0, belt=Belt(reach=reach, steering=Steering.ON))
    track.want(Want.SLOW)
    track.run(20)
    assert (track.speeds, track.halts) == ([1.2], 0)


def test_without_a_speed_to_set_a_belt_is_stopped_for_a_turn() -> None:
    track = walking(3.0, belt=Belt(reach=replace(HOME, speed=None), steering=Steering.ON))
    track.want(Want.MOVE, 2.0)
    track.run(10)
    assert track.orders == []
    track.want(Want.SLOW)
    track.run(10)
    assert (track.halts, track.speed) == (1, 0)


def test_a_belt_with_nothing_to_ask_of_it_is_left_alone() -> None:
    track = walking(3.0, belt=Belt(reach=Reach(), steering=Steering.ON))
    for want in Want:
        track.want(want, 2.0, urgent=want is Want.SLOW)
        track.run(10)
    assert track.orders == []


def test_at_the_end_the_belt_slows_down_before_it_stops() -> None:
    track = walking(3.0)
    track.want(Want.STOP)
    track.run(20)
    assert [order.asked for _, order, _ in track.orders] == [Asked.SPEED, Asked.STOP]
    assert (track.speed, track.news) == (0, [])
    (_, _, _), (at, _, speed) = track.orders
    assert speed <= 1.0
    assert at - T0 < timedelta(seconds=20)


def test_at_the_end_a_belt_that_slows_down_slowly_is_stopped_after_five_seconds() -> None:
    track = walking(6.0, follows=lambda speed, asked: max(speed - 0.2, asked))
    start = track.at
    track.want(Want.STOP)
    track.run(30)
    assert track.halts == 1
    assert track.orders[-1][0] - start == timedelta(seconds=5)


def test_nothing_is_asked_of_a_belt_that_nobody_sees_and_it_is_said_once() -> None:
    track = walking(2.0)
    track.sees = False
    track.run(6)
    track.want(Want.MOVE, 3.0)
    track.run(9.5)
    assert (track.orders, track.news) == ([], [])
    track.run(60)
    assert (track.orders, track.news) == ([], [News.UNSEEN])


def test_a_sensor_that_reports_seldom_gets_no_steering() -> None:
    belt = Belt(reach=HOME, steering=Steering.ON)
    belt = policy.aim(belt, Goal(want=Want.MOVE, kmh=3.0), T0).belt
    for count in range(20):
        step = policy.observe(belt, 2.0, T0 + timedelta(seconds=5.1) * count)
        assert step.orders == ()
        belt = step.belt


def test_a_sensor_that_reports_every_five_seconds_is_often_enough() -> None:
    belt = policy.aim(Belt(reach=HOME, steering=Steering.ON), Goal(want=Want.MOVE, kmh=3.0), T0).belt
    sent: list[Order] = []
    for count in range(4):
        step = policy.observe(belt, 2.0, T0 + timedelta(seconds=5) * count)
        belt = step.belt
        sent += step.orders
    assert sent, "and then it is checked"


def test_a_sensor_that_falls_silent_after_something_was_asked_counts_as_not_following() -> None:
    track = walking(1.0)
    track.want(Want.MOVE, 3.0)
    track.sees = False
    track.run(10)
    assert (track.speeds, track.news) == ([1.3], [News.NOT_FOLLOWING])


def test_a_sensor_that_is_gone_is_as_silent_as_one_that_says_nothing() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 3.0)
    track.sees = False
    track.take(policy.observe(track.belt, None, track.at))
    track.run(30)
    assert track.speeds == [2.3]


def test_a_machine_that_says_it_does_not_run_is_not_written_to() -> None:
    track = walking(2.0)
    track.belt = replace(track.belt, runs=False)
    track.want(Want.MOVE, 3.0)
    track.run(20)
    assert (track.orders, track.news) == ([], [])


def test_somebody_behind_slows_the_belt_whoever_steers() -> None:
    track = walking(3.0)
    track.belt = replace(track.belt, steering=Steering.ATHLETE)
    track.want(Want.SLOW, urgent=True)
    track.run(10)
    assert (track.speeds, track.belt.steering) == ([0.8], Steering.ATHLETE)


def test_somebody_behind_stops_a_belt_that_nobody_sees() -> None:
    track = walking(3.0)
    track.sees = False
    track.run(6)
    track.want(Want.SLOW, urgent=True)
    track.run(1)
    assert track.halts == 1


def test_somebody_behind_while_the_athlete_takes_the_speed_slows_the_belt_all_the_same() -> None:
    track = walking(3.0)
    track.want(Want.MOVE, 3.0)
    track.run(6)
    track.belt = replace(track.belt, goal=Goal(want=Want.SLOW, urgent=True))
    track.hand(4.0)
    track.report()
    assert (track.news, track.speeds) == ([News.HANDS_OFF], [0.8])


def test_a_hand_on_the_speed_within_a_change_that_goes_elsewhere_is_noticed() -> None:
    track = walking(4.0)
    track.want(Want.MOVE, 2.0)
    track.hand(4.6)
    track.run(1)
    assert track.news == [News.HANDS_OFF]


def test_what_is_left_to_the_athlete_is_not_judged() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.0)
    track.want(Want.LEAVE)
    track.hand(8.0)
    track.run(10)
    track.want(Want.SLOW)
    track.run(20)
    assert (track.news, track.speeds) == ([], [0.8])


def test_an_interval_without_a_speed_leaves_the_speed_as_it_is() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.4)
    track.run(10)
    track.want(Want.MOVE, None)
    track.hand(5.0)
    track.run(10)
    assert (track.news, track.speeds) == ([], [2.3, 2.4])


def fast_machine(speed: float, slowest: float = 2.0, **changes: object) -> Track:
    """Walk on a belt whose slowest is fast."""
    reach = replace(HOME, speed=Axis(low=slowest, high=12.0, step=0.1))
    return walking(speed, belt=Belt(reach=reach, steering=Steering.ON), **changes)


def test_a_machine_that_is_too_fast_for_a_goal_runs_at_its_slowest_and_it_is_said_once() -> None:
    track = fast_machine(4.0)
    track.want(Want.MOVE, 1.6)
    track.run(20)
    track.want(Want.MOVE, 1.2)
    track.run(20)
    assert (track.speeds, track.speed) == ([2.0], 2.0)
    assert (track.news, track.belt.steering) == ([News.TOO_FAST], Steering.ON)
    track.want(Want.MOVE, 2.2)
    track.run(20)
    assert track.speeds == [2.0, 2.2], "and where it can it is steered as ever"


@pytest.mark.parametrize("speed", [1.0, 1.9, 2.0, 2.04])
def test_a_machine_that_is_too_fast_for_a_goal_is_never_sped_up_to_its_slowest(speed: float) -> None:
    track = fast_machine(speed)
    track.want(Want.MOVE, 1.6)
    track.run(20)
    assert (track.speeds, track.news) == ([], [News.TOO_FAST])


@pytest.mark.parametrize("speed", [1.0, 1.9, 2.0, 4.0])
def test_a_hand_on_a_machine_that_is_too_fast_is_a_hand(speed: float) -> None:
    track = fast_machine(speed)
    track.want(Want.MOVE, 1.6)
    track.run(20)
    before = list(track.orders)
    track.hand(3.0)
    track.run(20)
    assert track.belt.steering is Steering.ATHLETE
    assert track.orders == before, "what the athlete set is not fought"


def test_a_change_that_is_under_way_comes_back_when_the_limit_falls_below_the_slowest() -> None:
    track = fast_machine(2.0)
    track.want(Want.MOVE, 3.0)
    track.want(Want.MOVE, 1.6)
    track.run(20)
    assert (track.speeds, track.speed) == ([2.3, 2.0], 2.0)


@pytest.mark.parametrize(("slowest", "news"), [(1.61, []), (1.62, [News.TOO_FAST])])
def test_a_mile_an_hour_is_as_slow_as_the_gentlest_level_asks(slowest: float, news: list[News]) -> None:
    track = fast_machine(3.0, slowest)
    track.want(Want.MOVE, 1.6)
    track.run(20)
    assert (track.speeds, track.news) == ([slowest], news)


@pytest.mark.parametrize("speed", [1.0, 1.1])
def test_settings_that_lie_too_far_apart_are_never_reached_upward(speed: float) -> None:
    reach = replace(HOME, speed=Axis(low=0.5, high=6.0, step=0.5))
    track = walking(speed, belt=Belt(reach=reach, steering=Steering.ON))
    track.want(Want.MOVE, 3.0)
    track.run(30)
    assert track.orders == [], "half a km/h at once is more than the rule allows"
    track.want(Want.SLOW)
    track.run(30)
    assert track.speeds == [0.5], "slower is always possible"


@pytest.mark.parametrize(
    ("value", "setting"),
    [
        (0.79, None),
        (0.8, 0.8),
        (0.84, 0.8),
        (1.0, 1.0),
        (1.29, 1.2),
        (11.99, 11.9),
        (12.0, 12.0),
        (15.0, 12.0),
    ],
)
def test_a_setting_is_never_over_what_is_wanted(value: float, setting: float | None) -> None:
    assert Axis(low=0.8, high=12.0, step=0.1).at_most(value) == setting


@given(
    value=st.floats(0, 15, allow_nan=False),
    low=st.sampled_from([0.0, 0.31, 0.5, 0.8]),
    step=st.sampled_from([0.1, 0.05, 0.2, 0.5]),
    unit=st.sampled_from([1.0, 1.609344, 3.6]),
)
def test_a_setting_is_a_setting_also_in_miles(value: float, low: float, step: float, unit: float) -> None:
    axis = Axis(low=low * unit, high=7.5 * unit, step=step * unit)
    setting = axis.at_most(value)
    if setting is not None:
        assert axis.at_most(setting) == setting, "asked for again, it is the same"
        assert setting <= value + 1e-5


def test_a_belt_that_counts_in_miles_comes_as_near_as_its_settings_allow() -> None:
    mile = 1.609344
    reach = replace(HOME, speed=Axis(low=0.31 * mile, high=7.5 * mile, step=0.1 * mile))
    track = walking(1.0, belt=Belt(reach=reach, steering=Steering.ON))
    track.want(Want.MOVE, 1.6)
    track.run(20)
    assert track.speeds[-1] == pytest.approx(0.91 * mile)


def test_an_incline_changes_by_one_percent_at_most() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.0, percent=2.7)
    track.run(30)
    assert [(order.asked, order.value) for _, order, _ in track.orders] == [
        (Asked.GRADE, 1.0),
        (Asked.GRADE, 2.0),
        (Asked.GRADE, 2.5),
    ]
    track.want(Want.MOVE, 2.0, percent=-1.0)
    track.run(30)
    assert [order.value for _, order, _ in track.orders[3:]] == [1.5, 0.5, 0.0]


def test_a_hand_on_the_incline_is_a_hand() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.0, percent=1.0)
    track.run(20)
    track.percent = 4.0
    track.run(1)
    assert track.news == [News.HANDS_OFF]


def test_wanting_the_same_again_begins_nothing_anew() -> None:
    track = walking(2.0)
    track.want(Want.STOP)
    track.run(2)
    since = track.belt.goal_since
    track.want(Want.STOP)
    assert track.belt.goal_since == since


def test_nothing_is_known_before_the_first_report() -> None:
    belt = Belt(reach=HOME, steering=Steering.ON)
    assert not belt.is_moving
    assert policy.decide(belt, T0).orders == ()
    assert policy.next_wake(belt, T0) is None


# What only looks like a belt that moves, that stands, or that nobody touched


def test_a_belt_that_falls_silent_while_all_is_well_is_told_too() -> None:
    track = walking(2.0)
    track.want(Want.MOVE, 2.0)
    track.sees = False
    track.run(14.5)
    assert track.news == []
    track.run(2)
    assert track.news == [News.UNSEEN]


def test_a_speed_that_was_reached_and_falls_back_a_little_is_not_built_upon() -> None:
    track = walking(1.0)
    track.want(Want.MOVE, 3.0)
    track.run(1.5)
    assert track.speeds == [1.3]
    track.hand(1.0)
    track.run(1.5)
    assert track.speeds == [1.3], "1.6 would be twice the step, and against the hand that took it back"
    track.run(10)
    assert (track.speeds, track.belt.steering) == ([1.3], Steering.ATHLETE)


@pytest.mark.parametrize(("age", "speeds"), [(1.0, [2.3]), (1.1, [])])
def test_a_belt_is_sped_up_only_by_what_was_seen_just_now(age: float, speeds: list[float]) -> None:
    track = walking(2.0)
    track.at += timedelta(seconds=age)
    track.want(Want.MOVE, 3.0)
    assert track.speeds == speeds, "the athlete may have pressed stop since"


@pytest.mark.parametrize(("noise", "orders"), [(0.2, 0), (0.21, 1)])
def test_what_a_sensor_shows_of_a_standing_belt_is_no_movement(noise: float, orders: int) -> None:
    reach = replace(HOME, speed=Axis(low=0.0, high=12.0, step=0.1))
    track = Track(belt=Belt(reach=reach, steering=Steering.ON)).run(5)
    track.speed = noise
    track.want(Want.MOVE, 3.0)
    track.run(4)
    assert len(track.orders) == orders


def test_reports_that_come_in_pieces_do_not_make_a_sensor_faster_than_it_is() -> None:
    belt = policy.aim(Belt(reach=HOME, steering=Steering.ON), Goal(want=Want.MOVE, kmh=3.0), T0).belt
    for count in range(10):
        for piece in (0.0, 0.0, 0.1):
            step = policy.observe(belt, 2.0, T0 + timedelta(seconds=10 * count + piece))
            assert step.orders == ()
            belt = step.belt


@pytest.mark.parametrize("want", [Want.SLOW, Want.STOP])
def test_a_belt_that_stood_and_is_started_by_hand_is_not_slowed_again(want: Want) -> None:
    reach = replace(HOME, speed=Axis(low=1.6, high=12.0, step=0.1))
    track = walking(3.0, belt=Belt(reach=reach, steering=Steering.ON))
    track.want(want)
    track.run(12)
    assert (track.halts, track.speed) == (1, 0)
    track.hand(2.5)
    track.run(20)
    assert (track.halts, track.speed) == (1, 2.5)
    track.want(Want.MOVE, 3.0)
    track.run(20)
    assert track.speeds[-1] == 3.0, "and it is steered again"


def test_one_zero_does_not_keep_a_belt_from_being_slowed() -> None:
    track = walking(3.0)
    track.take(policy.observe(track.belt, 0.0, track.at))
    track.want(Want.SLOW)
    track.run(10)
    assert (track.speeds, track.speed) == ([0.8], 0.8)


def test_somebody_behind_slows_also_a_belt_that_stood() -> None:
    track = Track().run(10)
    track.want(Want.SLOW, urgent=True)
    track.run(5)
    track.hand(3.0)
    track.run(5)
    assert track.speeds == [0.8]


@pytest.mark.parametrize("steering", [Steering.ON, Steering.OFF, Steering.ATHLETE])
def test_somebody_behind_stops_a_belt_that_does_not_slow_down(steering: Steering) -> None:
    track = walking(3.0, follows=ignores)
    track.belt = replace(track.belt, steering=steering)
    track.want(Want.SLOW, urgent=True)
    track.run(4.5)
    assert (track.speeds, track.halts) == ([0.8], 0)
    track.run(1)
    assert (track.speeds, track.halts) == ([0.8], 1)
    track.run(60)
    assert track.halts == 1, "asked once"


def test_somebody_behind_stops_a_belt_that_is_known_to_ignore_speeds_at_once() -> None:
    track = walking(3.0)
    track.belt = replace(track.belt, steering=Steering.IGNORED)
    track.want(Want.SLOW, urgent=True)
    assert (track.speeds, track.halts) == ([], 1)


def test_somebody_behind_stops_a_belt_that_moves_though_the_machine_denies_it() -> None:
    track = walking(3.0)
    track.belt = replace(track.belt, runs=False)
    track.want(Want.SLOW, urgent=True)
    assert track.halts == 1


def test_a_setting_that_is_near_but_not_the_same_is_asked_for() -> None:
    reach = replace(HOME, speed=Axis(low=0.5, high=6.0, step=0.5))
    track = walking(1.2, belt=Belt(reach=reach, steering=Steering.ON))
    track.want(Want.MOVE, 1.2)
    track.run(20)
    assert (track.speeds, track.news) == ([1.0], []), "nobody can ignore what was never asked"


def test_what_is_there_already_is_not_rounded_up_and_built_upon() -> None:
    reach = replace(HOME, speed=Axis(low=0.0, high=6.0, step=0.3))
    track = walking(0.51, belt=Belt(reach=reach, steering=Steering.ON))
    track.want(Want.MOVE, 1.6)
    assert track.speeds == [0.6], "0.9 would be more than the step from what was measured"
