"""Makes the entities of every place and athlete, also of those that are added while the entry is loaded."""

from collections.abc import Callable, Iterable

from homeassistant.core import CALLBACK_TYPE, callback
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

type EntityFactory = Callable[[str], Iterable[Entity]]


class EntityMaker:
    """Remembers how each platform makes its entities, because Home Assistant asks a platform only once."""

    def __init__(self) -> None:
        """Begin with no platform."""
        self._factories: list[tuple[str, EntityFactory, AddConfigEntryEntitiesCallback]] = []
        self._choices: list[CALLBACK_TYPE] = []

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
    def async_subscribe_choices(self, listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Be told when another choice was made, or there are other athletes or workouts to choose from."""
        self._choices.append(listener)
        return lambda: self._choices.remove(listener)

    @callback
    def async_refresh_choices(self) -> None:
        """Tell so."""
        for listener in list(self._choices):
            listener()
