"""What a place's machine is proposed to be, while its forms are filled in: picked once, filled in, shown, corrected."""

from collections.abc import Iterable
from typing import Any, Final

import voluptuous as vol

from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations

from .const import (
    CONF_BELT_CONTROL,
    CONF_DEVICE,
    CONF_MACHINE_ENTITY,
    CONF_ROLES,
    CONF_SPEED_UNIT,
    DOMAIN,
    SubentryType,
)
from .flow_data import Form, Problems
from .flow_fields import integrations_with_devices, is_ours, our_entities
from .flow_machine import (
    CONF_SESSIONS,
    KEPT_OF_SESSIONS,
    PICKED,
    controls_form,
    flat,
    machine_form,
    steering_problems,
)
from .machine.controls import named_unit
from .machine.detect import look_at, propose
from .machine.roles import Role

_LABELS: Final = (
    f"component.{DOMAIN}.config_subentries.{SubentryType.PLACE}.step.controls.sections.roles.data"
)


class MachineProposal:
    """The machine of one place, from the form that picks it to the answers that are kept."""

    def __init__(self, hass: HomeAssistant, stored: Form) -> None:
        """Begin with what the place keeps, as a form shows it; with nothing where it is new."""
        self._hass = hass
        self._stored = stored
        self._picked: dict[str, Any] = {}
        self._filled: dict[str, Any] = {}
        """What the form of the controls shows."""
        self.answers: Form = {}
        """What there is to keep."""

    # Which machine

    def machine_form(self) -> vol.Schema:
        """Ask for the machine."""
        return machine_form(integrations_with_devices(self._hass), our_entities(self._hass))

    def pick(self, form: Form) -> Problems:
        """Take the machine; fill in what is kept of it, or for another one what is found on it."""
        if is_ours(self._hass, form.get(CONF_DEVICE)):
            return {CONF_DEVICE: "own_device"}
        # A device says everything that an entity could.
        self._picked = next(({key: form[key]} for key in PICKED if key in form), {})
        stored = self._stored
        if self._picked == {key: stored[key] for key in PICKED if key in stored}:
            kept = {key: stored[key] for key in (CONF_BELT_CONTROL, CONF_SPEED_UNIT) if key in stored}
            kept[CONF_ROLES] = stored.get(CONF_ROLES, {})
        else:
            # Nobody has said yet that this other belt may be steered, nor in which unit.
            found = propose(
                self._hass,
                self._picked.get(CONF_DEVICE),
                entity_id=self._picked.get(CONF_MACHINE_ENTITY),
            )
            kept = {CONF_ROLES: {role.value: entity_id for role, entity_id in found.roles.items()}}
        kept[CONF_SESSIONS] = {key: stored[key] for key in KEPT_OF_SESSIONS if key in stored}
        self._filled = kept
        return {}

    # What of it does what

    def controls_form(self) -> vol.Schema:
        """Ask about the machine's entities; for the unit of its speed only where nobody else knows it."""
        return controls_form(asks_unit=self._needs_unit())

    @property
    def filled(self) -> Form:
        """What the form shows as filled in."""
        return self._filled

    def take(self, form: Form) -> Problems:
        """Take the answers, or tell what does not fit; then they are what the form shows."""
        asked_about, roles = self._set_speed(), form.get(CONF_ROLES, {})
        self._filled = dict(form)
        if self._set_speed() != asked_about or not self._needs_unit():
            # The unit of one number says nothing about another.
            self._filled.pop(CONF_SPEED_UNIT, None)
        if form[CONF_BELT_CONTROL]:
            chosen = {Role(role): entity_id for role, entity_id in roles.items()}
            problems = steering_problems(self._hass, chosen, self._filled.get(CONF_SPEED_UNIT))
            if problems:
                return problems
        self.answers = {**self._picked, **flat({**self._filled, CONF_ROLES: roles})}
        return {}

    async def async_words(self) -> dict[str, str]:
        """Tell what is filled in and what somebody has to do about it, in the language of the server.

        A form's placeholders are not translated by whoever shows it.
        """
        language = self._hass.config.language
        texts = await async_get_translations(self._hass, language, "common", {DOMAIN})
        labels = await async_get_translations(self._hass, language, "config_subentries", {DOMAIN})
        shown = look_at(
            self._hass, {Role(role): source for role, source in self._filled.get(CONF_ROLES, {}).items()}
        )

        def names(roles: Iterable[Role]) -> str:
            return ", ".join(labels[f"{_LABELS}.{role}"] for role in Role if role in roles)

        # Who has to find one needs to know what it is called.
        disabled = ", ".join(
            f"{names([role])} ({shown.roles[role]})" for role in Role if role in shown.disabled
        )
        notes = [
            ("machine_found", names(shown.roles)),
            ("machine_disabled", disabled),
            ("machine_unavailable", names(shown.unavailable)),
        ]
        if not shown.roles:
            notes = [("machine_unknown" if self._picked else "machine_none", "-")]
        said = [
            texts[f"component.{DOMAIN}.common.{key}"].format(names=filled) for key, filled in notes if filled
        ]
        return {"notes": "\n\n".join(said)}

    def _set_speed(self) -> str | None:
        found: str | None = self._filled.get(CONF_ROLES, {}).get(Role.SET_SPEED)
        return found

    def _needs_unit(self) -> bool:
        number = self._set_speed()
        return number is not None and named_unit(self._hass, number) is None
