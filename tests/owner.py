"""Somebody who sets Backstride up: fills in one form after the other, and sees what each shows."""

from typing import Any, Self

import voluptuous as vol

from custom_components.backstride.const import SubentryType
from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import section
from homeassistant.helpers import entity_registry as er

from .gym.visit import async_open
from .setup import async_set_up, new_entry, subentry

type Form = dict[str, Any]


class Owner:
    """Sits in front of a form."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Have an entry to add to and to change."""
        self._hass = hass
        self._entry = entry
        self.sees: Any = {}
        """What the flow answered last; its typed form makes every key of it optional."""

    async def adds(self, kind: SubentryType) -> Self:
        """Begin to add an athlete or a place."""
        self.sees = await self._hass.config_entries.subentries.async_init(
            (self._entry.entry_id, kind), context={"source": SOURCE_USER}
        )
        return self

    async def changes(self, subentry: ConfigSubentry) -> Self:
        """Begin to change one."""
        self.sees = await self._hass.config_entries.subentries.async_init(
            (self._entry.entry_id, subentry.subentry_type),
            context={"source": SOURCE_RECONFIGURE, "subentry_id": subentry.subentry_id},
        )
        return self

    async def fills_in(self, **answers: object) -> None:
        """Leave what a form shows as it is, but for these answers, and press the button below it; None empties a field."""
        form = {key: value for key, value in (self.shown | answers).items() if value is not None}
        self.sees = await self._hass.config_entries.subentries.async_configure(self.sees["flow_id"], form)
        await self._hass.async_block_till_done()

    @property
    def step(self) -> str:
        """The form's name; where there is none any more, how it ended."""
        found: str = self.sees.get("step_id") or self.sees["type"].value
        return found

    @property
    def shown(self) -> Form:
        """What the form shows in its fields, as a browser would send it."""
        return shown_in(self.sees["data_schema"])

    @property
    def errors(self) -> dict[str, str]:
        """What does not fit, and at which field."""
        found: dict[str, str] = self.sees["errors"] or {}
        return found

    @property
    def told(self) -> str:
        """What the form says of this very machine."""
        found: str = self.sees["description_placeholders"]["notes"]
        return found

    def only(self, kind: SubentryType) -> ConfigSubentry:
        """Give the one of a kind that there is."""
        (found,) = self._entry.get_subentries_of_type(kind)
        return found


def shown_in(schema: vol.Schema) -> Form:
    """Give what the fields of a form show: what is suggested, else what holds without an answer."""
    shown: Form = {}
    for key, field in schema.schema.items():
        if isinstance(field, section):
            if inner := shown_in(field.schema):
                shown[str(key)] = inner
        elif key.description and "suggested_value" in key.description:
            shown[str(key)] = key.description["suggested_value"]
        elif not isinstance(key.default, vol.Undefined):
            shown[str(key)] = key.default()
    return shown


def device_of(hass: HomeAssistant, machine: str) -> str:
    """Give the device of a machine of the gym."""
    return next(
        entry.device_id
        for entry in er.async_get(hass).entities.values()
        if entry.unique_id.startswith(f"{machine}-") and entry.device_id
    )


def named(hass: HomeAssistant, kept: dict[str, str]) -> dict[str, str | None]:
    """Give what is kept by registry id as it is called today."""
    return {role: er.async_resolve_entity_id(er.async_get(hass), source) for role, source in kept.items()}


async def async_owner(hass: HomeAssistant) -> Owner:
    """Open the gym, set up a Backstride that has no place yet, and give its owner."""
    await async_open(hass)
    entry = new_entry(subentry(SubentryType.ATHLETE, "anna", "Anna", {}))
    await async_set_up(hass, entry)
    return Owner(hass, entry)


async def at_the_machine(owner: Owner) -> Owner:
    """Begin to add a treadmill, up to the question which."""
    await owner.adds(SubentryType.PLACE)
    await owner.fills_in(name="Gym", kind="treadmill")
    assert owner.step == "machine"
    return owner


async def at_the_controls(owner: Owner, **picked: str) -> Owner:
    """Begin to add a treadmill, up to what of it does what."""
    await at_the_machine(owner)
    await owner.fills_in(**picked)
    assert owner.step == "controls"
    return owner


async def add(owner: Owner, picked: dict[str, str], **answers: object) -> None:
    """Add a treadmill."""
    await at_the_controls(owner, **picked)
    await owner.fills_in(**answers)
    await owner.fills_in()
    assert owner.step == "create_entry", owner.errors


async def change(owner: Owner, picked: dict[str, str | None]) -> None:
    """Begin to change that place, up to what of the machine does what."""
    await owner.changes(owner.only(SubentryType.PLACE))
    await owner.fills_in()
    await owner.fills_in(**picked)
    assert owner.step == "controls"


async def finish(owner: Owner, **answers: object) -> dict[str, Any]:
    """Fill in what is left, and give what the place keeps then."""
    await owner.fills_in(**answers)
    await owner.fills_in()
    assert owner.sees["reason"] == "reconfigure_successful"
    return dict(owner.only(SubentryType.PLACE).data)
