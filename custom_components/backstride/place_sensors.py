"""Sensors of a place: what goes on there. Written at boundaries; nothing counts seconds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, UnitOfEnergy, UnitOfLength, UnitOfTime
from homeassistant.helpers.typing import StateType

from .coordinator import Coordinator
from .engine.record import Tally, Way
from .engine.session import Session
from .engine.state import SessionState, current, following, progress
from .engine.timeline import interval_ends_at, session_ends_at
from .engine.workout import Direction
from .entity import PlaceStateEntity

IDLE = "idle"


def _interval(session: Session) -> str:
    return current(session).direction.value


def _next(session: Session) -> str:
    after = following(session)
    return after.direction.value if after else IDLE


@dataclass(frozen=True, kw_only=True)
class SessionSensorDescription(SensorEntityDescription):
    """A sensor that is told by the session alone."""

    value_fn: Callable[[Session], StateType | datetime]
    idle: StateType = None
    """What it says while nothing is on."""
    tells_steering: bool = False
    """Whether it also tells who steers the belt."""
    tells_interval: bool = False
    """Whether it may say something else in the next interval."""


@dataclass(frozen=True, kw_only=True)
class TallySensorDescription(SensorEntityDescription):
    """A sensor of what the session amounts to so far."""

    value_fn: Callable[[Tally], StateType]


_DIRECTIONS = [IDLE, *(direction.value for direction in Direction)]

SESSION_SENSORS = (
    SessionSensorDescription(
        key="session",
        device_class=SensorDeviceClass.ENUM,
        options=[IDLE, *(state.value for state in SessionState)],
        value_fn=lambda session: session.state.value,
        idle=IDLE,
        tells_steering=True,
    ),
    SessionSensorDescription(
        key="interval",
        device_class=SensorDeviceClass.ENUM,
        options=_DIRECTIONS,
        value_fn=_interval,
        idle=IDLE,
        tells_interval=True,
    ),
    SessionSensorDescription(
        key="next_interval",
        device_class=SensorDeviceClass.ENUM,
        options=_DIRECTIONS,
        value_fn=_next,
        idle=IDLE,
        tells_interval=True,
    ),
    SessionSensorDescription(
        key="interval_ends_at",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=interval_ends_at,
        tells_interval=True,
    ),
    SessionSensorDescription(
        key="session_ends_at",
        device_class=SensorDeviceClass.TIMESTAMP,
        value_fn=session_ends_at,
        tells_interval=True,
    ),
    SessionSensorDescription(key="workout", value_fn=lambda session: session.workout.name),
    SessionSensorDescription(
        key="progress",
        native_unit_of_measurement=PERCENTAGE,
        suggested_display_precision=0,
        value_fn=progress,
        tells_interval=True,
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


class SessionSensor(PlaceStateEntity[tuple[StateType | datetime, dict[str, str] | None]], SensorEntity):
    """What the session is doing."""

    entity_description: SessionSensorDescription

    def __init__(
        self, coordinator: Coordinator, place_id: str, description: SessionSensorDescription
    ) -> None:
        """Belong to a place; the description knows whether a switch makes a difference."""
        super().__init__(coordinator, place_id, description)
        self._tells_interval = description.tells_interval

    @override
    def _says(self) -> tuple[StateType | datetime, dict[str, str] | None]:
        session = self.live.session
        if session is None:
            return self.entity_description.idle, None
        return self.entity_description.value_fn(session), self._more()

    def _more(self) -> dict[str, str] | None:
        """Give what is told beside the state."""
        if not self.entity_description.tells_steering:
            return None
        steering = self._coordinator.coach(self._subentry_id).driver.steering
        return None if steering is None else {"steering": steering.value}

    @property
    @override
    def native_value(self) -> StateType | datetime:
        return self._said[0]

    @property
    @override
    def extra_state_attributes(self) -> dict[str, str] | None:
        return self._said[1]


class TallySensor(PlaceStateEntity[tuple[StateType, datetime | None]], SensorEntity):
    """What the session amounts to, as of its last boundary, and since when."""

    _tells_interval = True
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


def place_sensors(coordinator: Coordinator, place_id: str) -> list[SensorEntity]:
    """Give the sensors of a place."""
    return [
        *(SessionSensor(coordinator, place_id, description) for description in SESSION_SENSORS),
        *(TallySensor(coordinator, place_id, description) for description in TALLY_SENSORS),
    ]
