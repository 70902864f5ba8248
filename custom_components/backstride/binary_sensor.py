"""Binary sensors: whether a session is on, and how today's goal and the streak stand."""

from typing import Any, cast, override

from homeassistant.components.binary_sensor import BinarySensorEntity, BinarySensorEntityDescription
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import Kind, SubentryType
from .coordinator import BackstrideConfigEntry
from .engine.guard import News
from .engine.preflight import Report
from .entity import AthleteEntity, PlaceChoiceEntity, PlaceStateEntity, ThriftyEntity, hazard_data
from .live import SessionEvents
from .preflight import told
from .surroundings import Surroundings

PARALLEL_UPDATES = 0

ACTIVE = BinarySensorEntityDescription(key="active", device_class=BinarySensorDeviceClass.RUNNING)
READY = BinarySensorEntityDescription(key="ready")
HAZARD = BinarySensorEntityDescription(key="hazard", device_class=BinarySensorDeviceClass.SAFETY)
GOAL_MET_TODAY = BinarySensorEntityDescription(
    key="goal_met_today", device_class=cast(BinarySensorDeviceClass, Kind.GOAL.value)
)
STREAK_AT_RISK = BinarySensorEntityDescription(key="streak_at_risk")


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001 - Home Assistant's signature
    entry: BackstrideConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Make the binary sensors of every place and athlete."""
    coordinator = entry.runtime_data
    coordinator.entities.async_register(
        SubentryType.PLACE,
        coordinator.places,
        lambda place_id: [
            ActiveSensor(coordinator, place_id, ACTIVE),
            ReadySensor(coordinator, place_id, READY),
            HazardSensor(coordinator, place_id, HAZARD),
        ],
        async_add_entities,
    )
    coordinator.entities.async_register(
        SubentryType.ATHLETE,
        coordinator.athletes,
        lambda athlete_id: [
            GoalSensor(coordinator, athlete_id, GOAL_MET_TODAY),
            RiskSensor(coordinator, athlete_id, STREAK_AT_RISK),
        ],
        async_add_entities,
    )


class ActiveSensor(PlaceStateEntity[bool], BinarySensorEntity):
    """On from the lead-in to the end, pauses included."""

    @override
    def _says(self) -> bool:
        return self.live.is_on

    @property
    @override
    def is_on(self) -> bool:
        return self._said


class HazardSensor(ThriftyEntity[list[dict[str, str | None]]], BinarySensorEntity):
    """On while something makes walking backward unsafe; while nobody walks, nothing does."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the lookout."""
        await super().async_added_to_hass()
        lookout = self._coordinator.coach(self._subentry_id).lookout
        self.async_on_remove(lookout.async_subscribe(self._handle_hazards))

    @callback
    def _handle_hazards(self, _news: tuple[News, ...]) -> None:
        self._refresh()

    @override
    def _says(self) -> list[dict[str, str | None]]:
        return [hazard_data(each) for each in self._coordinator.coach(self._subentry_id).lookout.hazards]

    @property
    @override
    def is_on(self) -> bool:
        return bool(self._said)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Give the worst as the reason, and every one."""
        return {
            "reason": self._said[0]["cause"] if self._said else None,
            "hazards": self._said,
        }


class ReadySensor(PlaceStateEntity[Report], PlaceChoiceEntity[Report], BinarySensorEntity):
    """On where the chosen workout may start now; off while a session is on, because then none can start."""

    # Only the latest is of use, and a day's worth of sentences fills a database.
    _unrecorded_attributes = frozenset({"blockers", "reminders"})

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to what stands around the place, too."""
        self._surroundings = Surroundings(self.hass, self.live, self._refresh)
        await super().async_added_to_hass()
        self._surroundings.follow()
        self.async_on_remove(self._surroundings.stop)
        lookout = self._coordinator.coach(self._subentry_id).lookout
        self.async_on_remove(lookout.async_subscribe(self._handle_sight))

    @callback
    def _handle_sight(self, _news: tuple[News, ...]) -> None:
        # In a session it says nothing else, and nothing takes time then that need not.
        if not self.live.is_on:
            self._refresh()

    @override
    def _says(self) -> Report:
        return self._coordinator.check(self._subentry_id)

    @callback
    @override
    def _refresh(self, _events: SessionEvents = ()) -> None:
        if not self.live.is_on:
            self._surroundings.follow()
        super()._refresh()

    @property
    @override
    def is_on(self) -> bool:
        return self._said.is_ready

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        blockers, reminders = told(self.hass, self._said)
        return {"blockers": blockers, "reminders": reminders}


class GoalSensor(AthleteEntity, BinarySensorEntity):
    """On from the second the daily goal is met until the athlete's day ends."""

    # For automations, which leave people alone on their days off.
    _unrecorded_attributes = frozenset({"day"})

    @property
    @override
    def is_on(self) -> bool:
        today = self.book.today()
        return self.book.backward_seconds_on(today, today) >= self.book.goal_seconds

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """Tell what the day does to the streak."""
        return {"day": self.book.streak.today.value}


class RiskSensor(AthleteEntity, BinarySensorEntity):
    """On from the athlete's late hour on, as long as a streak waits for today's goal."""

    @property
    @override
    def is_on(self) -> bool:
        return self.book.streak.is_at_risk
