"""The switch that starts a backward walk, because every voice assistant can turn on a switch."""

from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import SubentryType
from .coordinator import BackstrideConfigEntry
from .engine.session import Command
from .entity import PlaceStateEntity

PARALLEL_UPDATES = 0

BACKWARD_WALK = SwitchEntityDescription(key="backward_walk")


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001 - Home Assistant's signature
    entry: BackstrideConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Make the switch of every place."""
    coordinator = entry.runtime_data
    coordinator.entities.async_register(
        SubentryType.PLACE,
        coordinator.places,
        lambda place_id: [WalkSwitch(coordinator, place_id, BACKWARD_WALK)],
        async_add_entities,
    )


class WalkSwitch(PlaceStateEntity, SwitchEntity):
    """On while a session is on; turning it on starts what was chosen, with its lead-in, turning it off stops."""

    @override
    def _says(self) -> object:
        return self.is_on

    @property
    @override
    def is_on(self) -> bool:
        return self.live.is_on

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        if not self.live.is_on:
            self._coordinator.async_start_chosen(self._subentry_id)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        if self.live.is_on:
            self._coordinator.async_command(self._subentry_id, Command.STOP)
