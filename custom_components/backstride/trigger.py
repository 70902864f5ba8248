"""Triggers: what happens in a session, behind the athlete and to a streak, for automations made in the editor.

They hear our event entities, whose every state is one event, and read nothing else: they may be set up before Backstride
is, and outlive its being loaded anew. What an event told is handed on by name, so that an automation can say it without
digging in attributes.
"""

from asyncio import Task
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, override

import voluptuous as vol

from homeassistant.components.event.const import ATTR_EVENT_TYPE, DOMAIN as EVENT_DOMAIN
from homeassistant.const import CONF_OPTIONS
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State, callback
from homeassistant.helpers import config_validation as cv, device_registry as dr
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerActionRunner,
    TriggerConfig,
    TriggerNotTriggeredReporter,
)

from .const import CONF_ATHLETE, DOMAIN
from .engine.events import EventKind, Reason
from .engine.guard import Cause, NewsKind
from .engine.streak import StreakNews
from .engine.workout import Direction
from .entity_filter import ours

ATTR_ATHLETE_ID: Final = "athlete_id"

TOLD: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "session": (
            "athlete",
            "place",
            "workout",
            "interval",
            "intervals",
            "direction",
            "gait",
            "seconds",
            "speed_kmh",
            "reason",
            "due",
            "backward_seconds",
            "backward_m",
            "kcal",
        ),
        "hazard": ("athlete", "place", "cause", "source", "reaction"),
        "streak": ("athlete", "streak", "best"),
    }
)
"""What a trigger hands on, by the event entity it hears; what an event has nothing to say about is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One kind of thing an event entity tells, and what can be asked of it."""

    key: str
    """Of the event entity."""
    kind: StrEnum
    choices: Mapping[str, type[StrEnum]] = field(default_factory=dict)
    """Options: what is told under this name must be among those chosen."""
    of_athlete: bool = False
    """Whether it can be asked for somebody's only."""


class MomentTrigger(StatelessEntityTriggerBase):
    """Fires for each event of one kind."""

    _domain_specs = MappingProxyType({EVENT_DOMAIN: DomainSpec()})
    moment: Moment

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Know what was chosen."""
        super().__init__(hass, config)
        self._athletes: list[str] = self._options.get(CONF_ATHLETE, [])
        self._chosen = {name: self._options[name] for name in self.moment.choices if name in self._options}

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        return ours(self._hass, super().entity_filter(entities), self.moment.key)

    @override
    def is_valid_state(self, state: State, report_not_triggered: NotTriggeredReasonReporter) -> bool:
        told = state.attributes
        return (
            told.get(ATTR_EVENT_TYPE) == self.moment.kind
            and all(told.get(name) in among for name, among in self._chosen.items())
            and (not self._athletes or self._is_of_chosen(told))
        )

    def _is_of_chosen(self, told: Mapping[str, Any]) -> bool:
        """Tell whether one of the chosen athletes is meant: by name, or by the device the editor puts in."""
        registry, key = dr.async_get(self._hass), (DOMAIN, told.get(ATTR_ATHLETE_ID))
        return told.get("athlete") in self._athletes or any(
            key in device.identifiers for each in self._athletes if (device := registry.async_get(each))
        )

    @override
    async def async_attach_runner(
        self, run_action: TriggerActionRunner, did_not_trigger: TriggerNotTriggeredReporter | None = None
    ) -> CALLBACK_TYPE:
        """Hand on what was told, beside what every trigger of an entity does."""

        @callback
        def run(
            extra_trigger_payload: dict[str, Any], description: str, context: Context | None = None
        ) -> Task[Any]:
            told: State = extra_trigger_payload["to_state"]
            named = {name: told.attributes.get(name) for name in TOLD[self.moment.key]}
            return run_action(extra_trigger_payload | named, description, context)

        return await super().async_attach_runner(run, did_not_trigger)


def _make(moment: Moment) -> type[Trigger]:
    options: dict[Any, Any] = {
        vol.Optional(name): vol.All(cv.ensure_list, vol.Length(min=1), [vol.Coerce(kind)])
        for name, kind in moment.choices.items()
    }
    if moment.of_athlete:
        options[vol.Optional(CONF_ATHLETE)] = vol.All(cv.ensure_list, vol.Length(min=1), [cv.string])
    schema = ENTITY_STATE_TRIGGER_SCHEMA.extend({vol.Required(CONF_OPTIONS, default={}): options})
    return type(
        f"{moment.key.capitalize()}{moment.kind.name}",
        (MomentTrigger,),
        {"moment": moment, "_schema": schema},
    )


def _session(kind: EventKind, **choices: type[StrEnum]) -> type[Trigger]:
    return _make(Moment(key="session", kind=kind, choices=choices, of_athlete=True))


def _hazard(kind: NewsKind) -> type[Trigger]:
    return _make(Moment(key="hazard", kind=kind, choices={"cause": Cause}))


def _streak(kind: StreakNews) -> type[Trigger]:
    return _make(Moment(key="streak", kind=kind))


TRIGGERS: Final[Mapping[str, type[Trigger]]] = MappingProxyType(
    {
        "session_started": _session(EventKind.STARTED),
        "session_completed": _session(EventKind.COMPLETED),
        "session_stopped": _session(EventKind.STOPPED, reason=Reason),
        "session_paused": _session(EventKind.PAUSED, reason=Reason),
        "session_held": _session(EventKind.HELD, reason=Reason),
        "interval_started": _session(EventKind.INTERVAL_STARTED, direction=Direction),
        "hazard_raised": _hazard(NewsKind.RAISED),
        "hazard_cleared": _hazard(NewsKind.CLEARED),
        "streak_extended": _streak(StreakNews.EXTENDED),
        "streak_at_risk": _streak(StreakNews.AT_RISK),
        "milestone_reached": _streak(StreakNews.MILESTONE),
    }
)


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:  # noqa: ARG001 - Home Assistant's signature
    """Give the triggers."""
    return dict(TRIGGERS)
