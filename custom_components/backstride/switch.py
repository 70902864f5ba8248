"""Switches: one that starts a backward walk, because every voice can turn on a switch, and those that mute outputs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import SubentryType
from .coordinator import BackstrideConfigEntry, Coordinator
from .engine.session import Command
from .entity import PlaceStateEntity

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class PlaceSwitchDescription(SwitchEntityDescription):
    """A switch, what it says and what it does at its place."""

    is_on_fn: Callable[[Coordinator, str], bool]
    turn_fn: Callable[[Coordinator, str, bool], None]


def _walk(coordinator: Coordinator, place_id: str, on: bool) -> None:  # noqa: FBT001 - it is the switch's position
    """Start what was chosen, with its lead-in, or stop; a second time changes nothing."""
    if on == coordinator.is_on(place_id):
        return
    if on:
        coordinator.async_start_chosen(place_id)
    else:
        coordinator.async_command(place_id, Command.STOP)


def _speak(coordinator: Coordinator, place_id: str, on: bool) -> None:  # noqa: FBT001 - as above
    coordinator.async_choose(place_id, replace(coordinator.selection(place_id), spoken_cues=on))
    if not on:
        coordinator.coach(place_id).async_mute()


def _light(coordinator: Coordinator, place_id: str, on: bool) -> None:  # noqa: FBT001 - as above
    coordinator.async_choose(place_id, replace(coordinator.selection(place_id), light_cues=on))
    coordinator.coach(place_id).async_light_up(on=on)


# Those that mute are of category config: "turn off the switches in the gym" must not disarm the guard.
SWITCHES = (
    PlaceSwitchDescription(key="backward_walk", is_on_fn=Coordinator.is_on, turn_fn=_walk),
    PlaceSwitchDescription(
        key="spoken_cues",
        entity_category=EntityCategory.CONFIG,
        is_on_fn=lambda coordinator, place_id: coordinator.selection(place_id).spoken_cues,
        turn_fn=_speak,
    ),
    PlaceSwitchDescription(
        key="light_cues",
        entity_category=EntityCategory.CONFIG,
        is_on_fn=lambda coordinator, place_id: coordinator.selection(place_id).light_cues,
        turn_fn=_light,
    ),
    PlaceSwitchDescription(
        key="obstacle_guard",
        entity_category=EntityCategory.CONFIG,
        is_on_fn=lambda coordinator, place_id: coordinator.coach(place_id).lookout.is_guarding,
        turn_fn=lambda coordinator, place_id, on: coordinator.coach(place_id).lookout.async_guard(on=on),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001 - Home Assistant's signature
    entry: BackstrideConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Make the switches of every place."""
    coordinator = entry.runtime_data
    coordinator.entities.async_register(
        SubentryType.PLACE,
        coordinator.places,
        lambda place_id: [PlaceSwitch(coordinator, place_id, description) for description in SWITCHES],
        async_add_entities,
    )


class PlaceSwitch(PlaceStateEntity[bool], SwitchEntity):
    """A switch of a place."""

    entity_description: PlaceSwitchDescription

    @override
    def _says(self) -> bool:
        return self.entity_description.is_on_fn(self._coordinator, self._subentry_id)

    @property
    @override
    def is_on(self) -> bool:
        return self._said

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        self._turn(on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        self._turn(on=False)

    def _turn(self, *, on: bool) -> None:
        self.entity_description.turn_fn(self._coordinator, self._subentry_id, on)
        self._refresh()
