"""Conditions: how a session, a goal or a streak stands, for automations made in the editor.

They read the states of our own entities and nothing else, so that they can be asked whether or not Backstride is loaded.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Final, override

import voluptuous as vol

from homeassistant.components.binary_sensor.const import DOMAIN as BINARY_SENSOR_DOMAIN
from homeassistant.components.sensor.const import DOMAIN as SENSOR_DOMAIN
from homeassistant.const import CONF_OPTIONS, CONF_TARGET, STATE_ON
from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.condition import (
    ATTR_BEHAVIOR,
    BEHAVIOR_ALL,
    BEHAVIOR_ANY,
    ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL,
    Condition,
    ConditionConfig,
    EntityConditionBase,
)

from .const import DOMAIN
from .engine.state import FINAL, SessionState
from .engine.workout import Direction
from .entity_filter import ours

CONF_DAYS: Final = "days"
ACTIVE: Final = frozenset(state.value for state in SessionState if state not in FINAL)


class OwnCondition(EntityConditionBase):
    """A condition of our entities with one key."""

    key: ClassVar[str]

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return ours(self._hass, super().entity_filter(entities), self.key)


class SessionIsActive(OwnCondition):
    """True from the lead-in to the end, pauses included."""

    key = "session"
    _domain_specs = MappingProxyType({SENSOR_DOMAIN: DomainSpec()})

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        return entity_state.state in ACTIVE


class IsWalkingBackward(OwnCondition):
    """True while somebody really walks backward: during a pause the interval stays, and nobody walks.

    How long cannot be asked, because it depends on two entities.
    """

    key = "interval"
    _domain_specs = MappingProxyType({SENSOR_DOMAIN: DomainSpec()})
    _schema = vol.Schema(
        {
            vol.Required(CONF_TARGET): cv.TARGET_FIELDS,
            vol.Required(CONF_OPTIONS, default={}): {
                vol.Required(ATTR_BEHAVIOR, default=BEHAVIOR_ANY): vol.In([BEHAVIOR_ANY, BEHAVIOR_ALL])
            },
        }
    )

    @property
    @override
    def needs_polling(self) -> bool:
        return True

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        return (
            entity_state.state == Direction.BACKWARD
            and self._session_beside(entity_state) == SessionState.RUNNING
        )

    def _session_beside(self, interval: State) -> str | None:
        """Give what the session of the same place does."""
        registry = er.async_get(self._hass)
        entry = registry.async_get(interval.entity_id)
        place = entry.unique_id.removesuffix(self.key) if entry else ""
        beside = registry.async_get_entity_id(SENSOR_DOMAIN, DOMAIN, f"{place}{SessionIsActive.key}")
        session = self._hass.states.get(beside) if beside else None
        return session.state if session else None


class GoalIsMet(OwnCondition):
    """True from the second the daily goal is met until the athlete's day ends."""

    key = "goal_met_today"
    _domain_specs = MappingProxyType({BINARY_SENSOR_DOMAIN: DomainSpec()})

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        return entity_state.state == STATE_ON


class StreakIsAtLeast(OwnCondition):
    """True while the streak is that long, or longer."""

    key = "streak"
    _domain_specs = MappingProxyType({SENSOR_DOMAIN: DomainSpec()})
    _schema = ENTITY_STATE_CONDITION_SCHEMA_ANY_ALL.extend(
        {vol.Required(CONF_OPTIONS): {vol.Required(CONF_DAYS): cv.positive_int}}
    )

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Know how long it has to be."""
        super().__init__(hass, config)
        options: Mapping[str, Any] = config.options or {}
        self._days: int = options[CONF_DAYS]

    @override
    def is_valid_state(self, entity_state: State) -> bool:
        return int(entity_state.state) >= self._days


CONDITIONS: Final[Mapping[str, type[Condition]]] = MappingProxyType(
    {
        "session_is_active": SessionIsActive,
        "is_walking_backward": IsWalkingBackward,
        "goal_is_met": GoalIsMet,
        "streak_is_at_least": StreakIsAtLeast,
    }
)


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:  # noqa: ARG001 - Home Assistant's signature
    """Give the conditions."""
    return dict(CONDITIONS)
