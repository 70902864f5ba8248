"""Sensors of an athlete: what was done, as the book has it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import UnitOfEnergy, UnitOfLength, UnitOfTime
from homeassistant.helpers.typing import StateType
from homeassistant.util import dt as dt_util

from .athletes import AthleteBook
from .const import Kind
from .coordinator import Coordinator
from .entity import AthleteEntity
from .suggestion_sensor import SuggestionSensor


@dataclass(frozen=True, kw_only=True)
class BookSensorDescription(SensorEntityDescription):
    """A sensor of an athlete's history."""

    value_fn: Callable[[AthleteBook], StateType | datetime]
    resets_fn: Callable[[AthleteBook], datetime | None] = lambda _: None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _begins(book: AthleteBook, day: date) -> datetime:
    return dt_util.start_of_local_day(day) + timedelta(hours=book.settings.day_start_hour)


BOOK_SENSORS = (
    BookSensorDescription(
        key="streak",
        device_class=cast(SensorDeviceClass, Kind.STREAK.value),
        native_unit_of_measurement=UnitOfTime.DAYS,
        value_fn=lambda book: book.streak.current,
    ),
    BookSensorDescription(
        key="best_streak", native_unit_of_measurement=UnitOfTime.DAYS, value_fn=lambda book: book.streak.best
    ),
    BookSensorDescription(
        key="backward_time_today",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=1,
        state_class=SensorStateClass.TOTAL,
        value_fn=lambda book: round(book.backward_seconds_on(book.today(), book.today()), 1),
        resets_fn=lambda book: _begins(book, book.today()),
    ),
    BookSensorDescription(
        key="backward_time_week",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=0,
        state_class=SensorStateClass.TOTAL,
        value_fn=lambda book: round(book.backward_seconds_on(_monday(book.today()), book.today()), 1),
        resets_fn=lambda book: _begins(book, _monday(book.today())),
    ),
    BookSensorDescription(
        key="total_backward_time",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.HOURS,
        state_class=SensorStateClass.TOTAL,
        value_fn=lambda book: round(book.totals["backward_seconds"], 1),
    ),
    BookSensorDescription(
        key="total_backward_distance",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        suggested_unit_of_measurement=UnitOfLength.KILOMETERS,
        suggested_display_precision=1,
        state_class=SensorStateClass.TOTAL,
        value_fn=lambda book: round(book.totals["backward_m"], 1),
    ),
    BookSensorDescription(
        key="total_energy",
        device_class=SensorDeviceClass.ENERGY,
        native_unit_of_measurement=UnitOfEnergy.KILO_CALORIE,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=0,
        value_fn=lambda book: round(book.totals["kcal"], 1),
    ),
    BookSensorDescription(
        key="total_sessions",
        state_class=SensorStateClass.TOTAL,
        value_fn=lambda book: book.totals["sessions"],
    ),
    BookSensorDescription(
        key="last_session",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=lambda book: book.last.ended_at if book.last else None,
    ),
    BookSensorDescription(key="level", value_fn=lambda book: book.settings.level.value.upper()),
)


class BookSensor(AthleteEntity, SensorEntity):
    """What an athlete has done."""

    entity_description: BookSensorDescription

    @property
    @override
    def native_value(self) -> StateType | datetime:
        return self.entity_description.value_fn(self.book)

    @property
    @override
    def last_reset(self) -> datetime | None:
        return self.entity_description.resets_fn(self.book)


def athlete_sensors(coordinator: Coordinator, athlete_id: str) -> list[SensorEntity]:
    """Give the sensors of an athlete."""
    told = [BookSensor(coordinator, athlete_id, description) for description in BOOK_SENSORS]
    return [*told, SuggestionSensor(coordinator, athlete_id)]
