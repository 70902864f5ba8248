"""The fields that forms are made of."""

from collections.abc import Iterable
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.selector import (
    DeviceSelector,
    DeviceSelectorConfig,
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)

from .const import DOMAIN

COMPANION: Final = "mobile_app_"
"""How the actions of phones and tablets with the companion app begin."""


def choice(options: Iterable[str], translation_key: str, *, several: bool = False) -> SelectSelector:
    """Ask for one of these, or several, each with its name in the translations."""
    return SelectSelector(
        SelectSelectorConfig(
            # Plain text, because what is chosen by default is stored as it stands here.
            options=[str(option) for option in options],
            translation_key=translation_key,
            multiple=several,
            mode=SelectSelectorMode.LIST,
        )
    )


def number(low: float, high: float, unit: str = "", step: float = 1) -> NumberSelector:
    """Ask for a number."""
    config = NumberSelectorConfig(min=low, max=high, step=step, mode=NumberSelectorMode.BOX)
    if unit:
        config["unit_of_measurement"] = unit
    return NumberSelector(config)


def entity(*domains: str, several: bool = False, without: Iterable[str] = ()) -> EntitySelector:
    """Ask for an entity of these domains, or several, and for none of those left out."""
    config = EntitySelectorConfig(domain=list(domains), multiple=several)
    if left_out := list(without):
        config["exclude_entities"] = left_out
    return EntitySelector(config)


def source(*filters: EntityWithDeviceFilterSelectorConfig) -> EntitySelector:
    """Ask for an entity that any of these filters lets through."""
    return EntitySelector(EntitySelectorConfig(filter=list(filters)))


def device(domains: Iterable[str], integrations: Iterable[str]) -> DeviceSelector:
    """Ask for a device of these integrations that has an entity of one of these domains."""
    wanted = [str(domain) for domain in domains]
    # A filter cannot say "not ours", so it names all the others.
    return DeviceSelector(
        DeviceSelectorConfig(entity=[{"integration": each, "domain": wanted} for each in integrations])
    )


def one_of(options: Iterable[SelectOptionDict]) -> SelectSelector:
    """Ask for one of these; what is not there just now can be written by hand."""
    return SelectSelector(
        SelectSelectorConfig(options=list(options), custom_value=True, mode=SelectSelectorMode.DROPDOWN)
    )


@callback
def phones(hass: HomeAssistant) -> list[SelectOptionDict]:
    """Give what can notify somebody: companion apps first, which alone have buttons, then notify entities.

    A companion app's own entity is left out: it is the same phone without the buttons.
    """
    apps = sorted(
        name for name in hass.services.async_services_for_domain("notify") if name.startswith(COMPANION)
    )
    entities = [
        state
        for state in hass.states.async_all("notify")
        if (entry := er.async_get(hass).async_get(state.entity_id)) is None or entry.platform != "mobile_app"
    ]
    return [
        *(SelectOptionDict(value=f"notify.{app}", label=_plain(app)) for app in apps),
        *(SelectOptionDict(value=state.entity_id, label=state.name) for state in entities),
    ]


def _plain(app: str) -> str:
    return app.removeprefix(COMPANION).replace("_", " ").capitalize()


@callback
def can_notify(hass: HomeAssistant, target: str) -> bool:
    """Tell whether there is such an action of notify, or such a notify entity."""
    domain, _, name = target.partition(".")
    return domain == "notify" and (
        hass.services.has_service(domain, name) or hass.states.get(target) is not None
    )


@callback
def integrations_with_devices(hass: HomeAssistant) -> list[str]:
    """Give every integration but ours that has entities of devices."""
    entries = er.async_get(hass).entities.values()
    return sorted({entry.platform for entry in entries if entry.device_id} - {DOMAIN})


@callback
def our_entities(hass: HomeAssistant) -> list[str]:
    """Give our own entities; a place that listened to itself would count what it counted."""
    return [entry.entity_id for entry in er.async_get(hass).entities.values() if entry.platform == DOMAIN]


@callback
def is_ours(hass: HomeAssistant, device_id: str | None) -> bool:
    """Tell whether a device is one of our places or athletes."""
    found = dr.async_get(hass).async_get(device_id) if device_id else None
    return found is not None and any(domain == DOMAIN for domain, *_ in found.identifiers)
