"""Sensors: what goes on at a place, and what an athlete has done. Written at boundaries; nothing counts seconds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, UnitOfEnergy, UnitOfLength, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.typing import StateType
from homeassistant.util import dt as dt_util

from .athletes import AthleteBook
from .const import SubentryType
from .coordinator import BackstrideConfigEntry
from .engine.record import Tally, Way
from .engine.session import Session
from .engine.state import SessionState, current, following
from .engine.timeline import interval_ends_at, session_ends_at
from .engine.workout import Direction
from .entity import AthleteEntity, PlaceStateEntity

PARALLEL_UPDATES = 0
IDLE = "idle"


def _interval(session: Session) -> str:
    return current(session).direction.value


def _next(session: Session) -> str:
    after = following(session)
    return after.direction.value if after else IDLE


def _progress(session: Session) -> float:
    if session.state is SessionState.COMPLETED:
        return 100.0
    whole = sum(interval.seconds for interval in session.plan)
    return round(100 * sum(interval.seconds for interval in session.plan[: session.index]) / whole, 1)


@dataclass(frozen=True, kw_only=True)
class SessionSensorDescription(SensorEntityDescription):
    """A sensor that is told by the session alone."""

    value_fn: Callable[[Session], StateType | datetime]
    idle: StateType = None
    """What it says while nothing is on."""


@dataclass(frozen=True, kw_only=True)
class TallySensorDescription(SensorEntityDescription):
    """A sensor of what the session amounts to so far."""

    value_fn: Callable[[Tally], StateType]


@dataclass(frozen=True, kw_only=True)
class BookSensorDescription(SensorEntityDescription):
    """A sensor of an athlete's history."""

    value_fn: Callable[[AthleteBook], StateType | datetime]
    resets_fn: Callable[[AthleteBook], datetime | None] = lambda _: None


_DIRECTIONS = [IDLE, *(direction.value for direction in Direction)]

SESSION_SENSORS = (
    SessionSensorDescription(
        key="session",
        device_class=SensorDeviceClass.ENUM,
        options=[IDLE, *(state.value for state in SessionState)],
        value_fn=lambda session: session.state.value,
        idle=IDLE,
    ),
    SessionSensorDescription(
        key="interval",
        device_class=SensorDeviceClass.ENUM,
        options=_DIRECTIONS,
        value_fn=_interval,
        idle=IDLE,
    ),
    SessionSensorDescription(
        key="next_interval",
        device_class=SensorDeviceClass.ENUM,
        options=_DIRECTIONS,
        value_fn=_next,
        idle=IDLE,
    ),
    SessionSensorDescription(
        key="interval_ends_at", device_class=SensorDeviceClass.TIMESTAMP, value_fn=interval_ends_at
    ),
    SessionSensorDescription(
        key="session_ends_at", device_class=SensorDeviceClass.TIMESTAMP, value_fn=session_ends_at
    ),
    SessionSensorDescription(key="workout", value_fn=lambda session: session.workout.name),
    SessionSensorDescription(
        key="progress",
        native_unit_of_measurement=PERCENTAGE,
        suggested_display_precision=0,
        value_fn=_progress,
    ),
)

TALLY_SENSORS = (
    TallySensorDescription(
        key="backward_time",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.SECONDS,
        suggested_unit_of_measurement=UnitOfTime.MINUTES,
        suggested_display_precision=1,
        value_fn=lambda done: round(done.parts[Way.BACKWARD].seconds, 1),
    ),
    TallySensorDescription(
        key="backward_distance",
        device_class=SensorDeviceClass.DISTANCE,
        native_unit_of_measurement=UnitOfLength.METERS,
        suggested_display_precision=0,
        value_fn=lambda done: round(done.parts[Way.BACKWARD].metres.value, 1),
    ),
    TallySensorDescription(
        key="energy",
        device_class=SensorDeviceClass.ENERGY,
        native_unit_of_measurement=UnitOfEnergy.KILO_CALORIE,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=0,
        value_fn=lambda done: None if done.kcal is None else round(done.kcal, 1),
    ),
    TallySensorDescription(
        key="heart_rate_average",
        native_unit_of_measurement="bpm",
        suggested_display_precision=0,
        value_fn=lambda done: None if done.heart_rate.mean is None else round(done.heart_rate.mean),
    ),
)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _begins(book: AthleteBook, day: date) -> datetime:
    return dt_util.start_of_local_day(day) + timedelta(hours=book.settings.day_start_hour)


BOOK_SENSORS = (
    BookSensorDescription(
        key="streak", native_unit_of_measurement=UnitOfTime.DAYS, value_fn=lambda book: book.streak.current
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


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001 - Home Assistant's signature
    entry: BackstrideConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Make the sensors of every place and athlete."""
    coordinator = entry.runtime_data
    coordinator.entities.async_register(
        SubentryType.PLACE,
        coordinator.places,
        lambda place_id: [
            *(SessionSensor(coordinator, place_id, description) for description in SESSION_SENSORS),
            *(TallySensor(coordinator, place_id, description) for description in TALLY_SENSORS),
        ],
        async_add_entities,
    )
    coordinator.entities.async_register(
        SubentryType.ATHLETE,
        coordinator.athletes,
        lambda athlete_id: [BookSensor(coordinator, athlete_id, description) for description in BOOK_SENSORS],
        async_add_entities,
    )


class SessionSensor(PlaceStateEntity[StateType | datetime], SensorEntity):
    """What the session is doing."""

    entity_description: SessionSensorDescription

    @override
    def _says(self) -> StateType | datetime:
        session = self.live.session
        return self.entity_description.idle if session is None else self.entity_description.value_fn(session)

    @property
    @override
    def native_value(self) -> StateType | datetime:
        return self._said


class TallySensor(PlaceStateEntity[tuple[StateType, datetime | None]], SensorEntity):
    """What the session amounts to, as of its last boundary, and since when."""

    entity_description: TallySensorDescription

    @override
    def _says(self) -> tuple[StateType, datetime | None]:
        session, done = self.live.session, self._coordinator.tally(self._subentry_id)
        if session is None or done is None:
            return None, None
        begun = session.started_at if self.entity_description.state_class is SensorStateClass.TOTAL else None
        return self.entity_description.value_fn(done), begun

    @property
    @override
    def native_value(self) -> StateType:
        return self._said[0]

    @property
    @override
    def last_reset(self) -> datetime | None:
        return self._said[1]


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
