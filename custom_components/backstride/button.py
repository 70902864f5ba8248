"""Buttons that start and steer a session. Each works from a wall switch, a remote or an automation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import SubentryType
from .coordinator import BackstrideConfigEntry, Coordinator
from .engine.session import Command
from .entity import PlaceEntity

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class PlaceButtonDescription(ButtonEntityDescription):
    """A button and what it does at its place."""

    press_fn: Callable[[Coordinator, str], object]


def _commands(command: Command) -> Callable[[Coordinator, str], None]:
    return lambda coordinator, place_id: coordinator.async_command(place_id, command)


BUTTONS = (
    PlaceButtonDescription(
        key="start", press_fn=lambda coordinator, place_id: coordinator.async_start_chosen(place_id)
    ),
    PlaceButtonDescription(key="pause", press_fn=_commands(Command.PAUSE)),
    PlaceButtonDescription(key="resume", press_fn=_commands(Command.RESUME)),
    PlaceButtonDescription(key="confirm", press_fn=_commands(Command.CONFIRM)),
    PlaceButtonDescription(key="skip", press_fn=_commands(Command.SKIP)),
    PlaceButtonDescription(key="previous", press_fn=_commands(Command.PREVIOUS)),
    PlaceButtonDescription(key="stop", press_fn=_commands(Command.STOP)),
    PlaceButtonDescription(
        key="emergency_stop",
        press_fn=lambda coordinator, place_id: coordinator.coach(place_id).async_emergency_stop(),
    ),
    PlaceButtonDescription(
        key="take_over",
        press_fn=lambda coordinator, place_id: coordinator.coach(place_id).driver.async_take_over(),
    ),
    PlaceButtonDescription(
        key="walk_test",
        entity_category=EntityCategory.CONFIG,
        press_fn=lambda coordinator, place_id: coordinator.walk_tests.async_begin(place_id),
    ),
    PlaceButtonDescription(
        key="test_cues",
        entity_category=EntityCategory.CONFIG,
        press_fn=lambda coordinator, place_id: coordinator.coach(place_id).async_test(),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001 - Home Assistant's signature
    entry: BackstrideConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Make the buttons of every place."""
    coordinator = entry.runtime_data
    coordinator.entities.async_register(
        SubentryType.PLACE,
        coordinator.places,
        lambda place_id: [PlaceButton(coordinator, place_id, description) for description in BUTTONS],
        async_add_entities,
    )


class PlaceButton(PlaceEntity, ButtonEntity):
    """A button of a place. What makes no sense now says so when it is pressed, rather than being greyed out."""

    entity_description: PlaceButtonDescription

    @override
    async def async_press(self) -> None:
        self.entity_description.press_fn(self._coordinator, self._subentry_id)
