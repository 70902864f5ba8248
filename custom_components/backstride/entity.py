"""What every entity of Backstride has in common."""

from abc import abstractmethod
from typing import override

from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity, EntityDescription

from .athletes import AthleteBook
from .const import DOMAIN, MANUFACTURER, SubentryType
from .coordinator import Coordinator
from .engine.guard import Hazard
from .engine.streak import StreakNews
from .live import LivePlace, SessionEvents


def hazard_data(hazard: Hazard) -> dict[str, str | None]:
    """Tell of a hazard what an automation can use: what it is, which sensor sees it, and how far it has gone."""
    return {
        "cause": hazard.cause.value,
        "source": hazard.source or None,
        "reaction": hazard.reached.value if hazard.reached else None,
    }


class BackstrideEntity(Entity):
    """An entity of an athlete's or a place's device."""

    _attr_has_entity_name = True
    _attr_should_poll = False
    _kind: SubentryType

    def __init__(self, coordinator: Coordinator, subentry_id: str, description: EntityDescription) -> None:
        """Belong to a device; its key is the last part of the unique id."""
        self.entity_description = description
        self._coordinator = coordinator
        self._subentry_id = subentry_id
        self._attr_unique_id = f"{subentry_id}_{description.key}"
        self._attr_translation_key = description.key
        settings = coordinator.places if self._kind is SubentryType.PLACE else coordinator.athletes
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, subentry_id)},
            manufacturer=MANUFACTURER,
            model=self._kind.value.capitalize(),
            model_id=self._kind.value,
            name=settings[subentry_id].name,
        )

    @callback
    def async_entity_id_changed(self, old_entity_id: str) -> None:
        """Stay as it is: a renamed entity is the same entity; new in 2026.11, so no override in 2026.10."""


class PlaceEntity(BackstrideEntity):
    """An entity of a place."""

    _kind = SubentryType.PLACE

    def __init__(self, coordinator: Coordinator, subentry_id: str, description: EntityDescription) -> None:
        """Belong to a place."""
        super().__init__(coordinator, subentry_id, description)
        self.live: LivePlace = coordinator.live(subentry_id)


class ThriftyEntity[T](PlaceEntity):
    """An entity of a place that is written when what it says changes, and never in between."""

    _said: T
    """What it said last, from which the state is made: looked at once, and not again for the writing."""

    @abstractmethod
    def _says(self) -> T:
        """Look at what there is to say."""

    @override
    async def async_added_to_hass(self) -> None:
        """Begin with what there is to say now."""
        self._said = self._says()

    @callback
    def _refresh(self, _events: SessionEvents = ()) -> None:
        says = self._says()
        if says != self._said:
            self._said = says
            self.async_write_ha_state()


class PlaceStateEntity[T](ThriftyEntity[T]):
    """An entity of what goes on at a place."""

    _tells_interval = False
    """Whether it may say something else in the next interval; asking all would take longer than telling what changed."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the place."""
        await super().async_added_to_hass()
        self.async_on_remove(self.live.async_subscribe(self._refresh, switches=self._tells_interval))


class PlaceChoiceEntity[T](ThriftyEntity[T]):
    """An entity of what was chosen for the next start; what goes on in a session is nothing to it."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to choices, here and of what there is to choose from."""
        await super().async_added_to_hass()
        choices = self._coordinator.entities
        self.async_on_remove(choices.async_subscribe_choices(self._subentry_id, self._refresh))


class AthleteEntity(BackstrideEntity):
    """An entity of an athlete, written when the book changes and when a day begins."""

    _kind = SubentryType.ATHLETE
    _is_told_last = False
    """Whether it makes automations run, so that what they look at must be written before."""

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the book."""
        self.async_on_remove(self.book.async_subscribe(self._handle_news, last=self._is_told_last))

    @callback
    def _handle_news(self, _news: tuple[StreakNews, ...]) -> None:
        self.async_write_ha_state()

    @property
    def book(self) -> AthleteBook:
        """The athlete's history."""
        return self._coordinator.book(self._subentry_id)
