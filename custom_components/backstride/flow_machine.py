"""What a place's machine is asked about: which device it is, what of it does what, and whether its belt may be steered."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import voluptuous as vol

from homeassistant.const import Platform, UnitOfLength, UnitOfSpeed, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from .const import (
    CONF_AUTO_START,
    CONF_BELT_CONTROL,
    CONF_CONFIRM_TURNS,
    CONF_DEVICE,
    CONF_IDLE_FINISH,
    CONF_MACHINE_ENTITY,
    CONF_MAX_SPEED,
    CONF_ROLES,
    CONF_SPEED_UNIT,
)
from .engine.belt import RISE_KMH
from .engine.workout import FASTEST
from .flow_data import Form, Problems
from .flow_fields import device, entity, number, source
from .machine.controls import KMH, Controls
from .machine.roles import Role
from .settings import IDLE_FINISH

CONF_SESSIONS: Final = "sessions"
"""In a form: the section that asks how sessions go here; what is in it is kept beside everything else."""

MACHINE_DOMAINS: Final = (
    Platform.SENSOR,
    Platform.NUMBER,
    Platform.BUTTON,
    Platform.SWITCH,
    Platform.MEDIA_PLAYER,
    Platform.SELECT,
    Platform.BINARY_SENSOR,
)
_HALTS: Final = (Platform.BUTTON, Platform.SWITCH, Platform.MEDIA_PLAYER, Platform.SELECT)

FIELDS: Final[Mapping[Role, EntitySelector]] = MappingProxyType(
    {
        # Sensors only: a number tells what the belt was asked to do, not what it does.
        Role.SPEED: source(
            {"domain": Platform.SENSOR, "device_class": "speed"},
            # Some treadmills name the unit and forget the device class.
            {"domain": Platform.SENSOR, "unit_of_measurement": list(UnitOfSpeed)},
        ),
        Role.DISTANCE: source(
            {"domain": Platform.SENSOR, "device_class": "distance"},
            {"domain": Platform.SENSOR, "unit_of_measurement": list(UnitOfLength)},
        ),
        Role.INCLINE: entity(Platform.SENSOR),
        Role.HEART_RATE: entity(Platform.SENSOR),
        Role.STEPS: entity(Platform.SENSOR),
        Role.DIRECTION: entity(Platform.SENSOR),
        Role.BELT_RUNNING: entity(
            Platform.BINARY_SENSOR, Platform.SENSOR, Platform.SWITCH, Platform.MEDIA_PLAYER
        ),
        Role.SET_SPEED: entity(Platform.NUMBER),
        Role.SET_INCLINE: entity(Platform.NUMBER),
        Role.START: entity(*_HALTS),
        Role.STOP: entity(*_HALTS),
        Role.PAUSE: entity(*_HALTS),
    }
)
"""What may fill each role, in the order of the form: first what is told, then what can be asked."""

SESSIONS: Final = vol.Schema(
    {
        vol.Optional(CONF_MAX_SPEED): number(0.5, FASTEST, UnitOfSpeed.KILOMETERS_PER_HOUR, 0.1),
        vol.Optional(CONF_CONFIRM_TURNS, default=False): BooleanSelector(),
        vol.Optional(CONF_IDLE_FINISH, default=IDLE_FINISH): number(1, 29, UnitOfTime.MINUTES),
        vol.Optional(CONF_AUTO_START, default=False): BooleanSelector(),
    }
)

PICKED: Final = (CONF_DEVICE, CONF_MACHINE_ENTITY)
KEPT_OF_SESSIONS: Final = tuple(str(key) for key in SESSIONS.schema)
KEYS: Final = frozenset({*PICKED, *KEPT_OF_SESSIONS, CONF_ROLES, CONF_BELT_CONTROL, CONF_SPEED_UNIT})
"""All that a place keeps only where it has a machine."""
STEERS: Final = frozenset({Role.SET_SPEED, Role.STOP, Role.PAUSE})
"""Controls of which steering a belt needs one."""


def machine_form(integrations: Iterable[str] = (), without: Iterable[str] = ()) -> vol.Schema:
    """Ask for the machine: a device of these integrations, or any entity but those left out."""
    return vol.Schema(
        {
            vol.Optional(CONF_DEVICE): device(MACHINE_DOMAINS, integrations),
            vol.Optional(CONF_MACHINE_ENTITY): entity(*MACHINE_DOMAINS, without=without),
        }
    )


def controls_form(*, asks_unit: bool) -> vol.Schema:
    """Ask what of the machine does what, whether it is steered, and how sessions go."""
    unit = SelectSelectorConfig(
        options=[UnitOfSpeed.KILOMETERS_PER_HOUR, UnitOfSpeed.MILES_PER_HOUR, UnitOfSpeed.METERS_PER_SECOND],
        mode=SelectSelectorMode.DROPDOWN,
    )
    # Sections without defaults: an empty one would win over the values suggested for the fields inside.
    fields: dict[vol.Marker, Any] = {
        vol.Optional(CONF_ROLES): section(
            vol.Schema({vol.Optional(role.value): field for role, field in FIELDS.items()}),
            {"collapsed": True},
        ),
        vol.Optional(CONF_BELT_CONTROL, default=False): BooleanSelector(),
    }
    if asks_unit:
        fields[vol.Optional(CONF_SPEED_UNIT)] = SelectSelector(unit)
    fields[vol.Optional(CONF_SESSIONS)] = section(SESSIONS, {"collapsed": True})
    return vol.Schema(fields)


def steering_problems(hass: HomeAssistant, roles: Mapping[Role, str], unit: str | None) -> Problems:
    """Tell why this machine's belt cannot be steered; what cannot be reached just now cannot be judged and may be."""
    if Role.SPEED not in roles:
        return {CONF_BELT_CONTROL: "belt_needs_speed"}
    if not roles.keys() & STEERS:
        return {CONF_BELT_CONTROL: "belt_needs_controls"}
    said, guessed = (Controls(hass, roles, "", each) for each in (unit, KMH))
    if said.state(Role.SET_SPEED) is None:
        return {}
    if guessed.reach().speed is None:
        return {CONF_BELT_CONTROL: "not_a_speed"}
    if (axis := said.reach().speed) is None:
        return {CONF_SPEED_UNIT: "unit_unknown"}
    # A unit that is converted comes back a trifle off.
    return {CONF_BELT_CONTROL: "steps_too_coarse"} if axis.step > RISE_KMH + 1e-6 else {}


def flat(form: Form) -> dict[str, Any]:
    """Take the answers of the section on sessions out of it."""
    return {
        **{key: value for key, value in form.items() if key != CONF_SESSIONS},
        **form.get(CONF_SESSIONS, {}),
    }
