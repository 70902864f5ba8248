"""The hardest that was walked backward: as planned, as far as somebody kept up with it."""

import pytest

from custom_components.backstride.engine.metrics import Quantity, Reading
from custom_components.backstride.engine.peak import Peak
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.record import summarise
from custom_components.backstride.engine.session import Command, Session, advance, apply, measure

from .instants import T0, at, begin


def _peak(session: Session, seconds: float) -> Peak:
    over = apply(advance(session, at(seconds)).session, Command.STOP, at(seconds)).session
    return summarise(over, day=T0.date()).peak


def _told(session: Session, quantity: Quantity, value: float) -> Session:
    return measure(session, Reading(quantity=quantity, value=value, at=at(1))).session


def test_the_fastest_and_the_steepest_count_wherever_they_were() -> None:
    assert _peak(begin("1m back @2 3%, 1m back @3, 1m fwd @6 5%"), 200) == Peak(kmh=3, grade_percent=3)


def test_what_was_not_walked_does_not_count() -> None:
    assert _peak(begin("1m back @2, 1m back @3 4%"), 60) == Peak(kmh=2)
    assert _peak(begin("1m fwd @5"), 59) == Peak()


@pytest.mark.parametrize(("seconds", "kmh"), [(69, 2), (70, 3), (71, 3)])
def test_a_pace_counts_after_ten_seconds_of_it(seconds: float, kmh: float) -> None:
    assert _peak(begin("1m back @2, 1m back @3"), seconds).kmh == kmh


def test_a_pace_whose_whole_interval_is_shorter_counts_too() -> None:
    assert _peak(begin("1m back @2, 8s back @3, 1m rest"), 80).kmh == 3


@pytest.mark.parametrize(("measured", "kmh"), [(3.5, 3), (3, 3), (2.81, 3), (2.8, 2.8), (2, 2)])
def test_who_walks_slower_than_planned_walked_slower(measured: float, kmh: float) -> None:
    assert _peak(_told(begin("1m back @3"), Quantity.SPEED, measured), 59).kmh == kmh


def test_without_a_plan_it_is_what_was_measured_or_nothing() -> None:
    assert _peak(_told(begin("1m back"), Quantity.SPEED, 2.4), 59).kmh == 2.4
    assert _peak(begin("1m back"), 59).kmh is None


def test_a_measured_slope_is_believed_up_or_down() -> None:
    assert _peak(_told(begin("1m back @2"), Quantity.INCLINE, 6), 59).grade_percent == 6
    assert _peak(_told(begin("1m back @2 2%"), Quantity.INCLINE, -3), 59).grade_percent == 3


def test_running_is_running_for_however_short_and_its_speed_is_no_walking_speed() -> None:
    session = begin("1m back @2, 1m back run rpe 3", place=PlaceKind.OUTDOOR)
    assert _peak(session, 62) == Peak(kmh=2, ran=True)
