"""Makes the entities of every place and athlete, also of those that are added while the entry is loaded."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN

type EntityFactory = Callable[[str], Iterable[Entity]]


class EntityMaker:
    """Remembers how each platform makes its entities, because Home Assistant asks a platform only once."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Begin with no platform."""
        self._hass = hass
        self._entry_id = entry_id
        self._factories: list[tuple[str, EntityFactory, AddConfigEntryEntitiesCallback]] = []
        self._choices: dict[str, list[CALLBACK_TYPE]] = defaultdict(list)

    @callback
    def async_register(
        self, kind: str, there: Iterable[str], make: EntityFactory, add: AddConfigEntryEntitiesCallback
    ) -> None:
        """Make a platform's entities for each of a kind that is there, and for each that will be."""
        self._factories.append((kind, make, add))
        for subentry_id in there:
            add(make(subentry_id), config_subentry_id=subentry_id)

    @callback
    def async_add(self, kind: str, subentry_id: str) -> None:
        """Make all entities of a newcomer."""
        for known, make, add in self._factories:
            if known == kind:
                add(make(subentry_id), config_subentry_id=subentry_id)

    @callback
    def async_rename(self, subentry_id: str, name: str) -> None:
        """Let a device be called what its athlete or place is called now."""
        registry = dr.async_get(self._hass)
        device = registry.async_get_device_by_identifier((DOMAIN, subentry_id), self._entry_id)
        if device is not None and device.name != name:
            registry.async_update_device(device.id, name=name)

    @callback
    def async_subscribe_choices(self, place_id: str, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Be told when another choice was made, or there are other athletes or workouts to choose from."""
        self._choices[place_id].append(listener)
        return lambda: self._choices[place_id].remove(listener)

    @callback
    def async_refresh_choices(self, place_id: str | None = None) -> None:
        """Tell so: of a choice one place, of what there is to choose from all."""
        for listeners in list(self._choices.values()) if place_id is None else [self._choices[place_id]]:
            for listener in list(listeners):
                listener()
