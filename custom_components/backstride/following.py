"""Listens to the sessions of all places, also of those that come later."""

from collections.abc import Callable
from functools import partial

from homeassistant.core import CALLBACK_TYPE, callback

from .coordinator import Coordinator
from .live import LivePlace, SessionEvents


class Following:
    """Follows the places there are."""

    def __init__(
        self, coordinator: Coordinator, listener: Callable[[LivePlace, SessionEvents], None]
    ) -> None:
        """Follow nothing yet."""
        self._coordinator = coordinator
        self._listener = listener
        self._unsubs: dict[str, CALLBACK_TYPE] = {}

    @callback
    def async_follow(self) -> list[LivePlace]:
        """Follow the places there are now, and give the new ones; one that is gone tells nothing any more."""
        new = [self._coordinator.live(key) for key in self._coordinator.places if key not in self._unsubs]
        for live in new:
            self._unsubs[live.settings.id] = live.async_subscribe(partial(self._listener, live))
        for place_id in self._unsubs.keys() - self._coordinator.places.keys():
            self._unsubs.pop(place_id)()
        return new

    @callback
    def async_stop(self) -> None:
        """Follow nothing any more."""
        while self._unsubs:
            self._unsubs.popitem()[1]()
