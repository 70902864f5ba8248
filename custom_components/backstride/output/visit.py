"""A stay at a player: what it was doing when we came, and everything as it was when we leave."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from .calls import Action, Calls
from .players import Interruption

BACK_AFTER: Final = timedelta(seconds=1)
"""Until then a player is surely done with what it played."""
BACK_FOR: Final = timedelta(seconds=8)
"""What was playing comes back where nothing is said for so long; less of it would be worse than silence."""


class Visit:
    """Puts a player's volume and music back as soon as there is time for it."""

    def __init__(
        self,
        hass: HomeAssistant,
        calls: Calls,
        *,
        now: Callable[[], datetime],
        next_due: Callable[[], datetime | None],
    ) -> None:
        """Begin with nothing touched; `next_due` tells when the player is needed again."""
        self._hass = hass
        self._calls = calls
        self._now = now
        self._next_due = next_due
        self._interruption: Interruption | None = None
        self._unsub: CALLBACK_TYPE | None = None

    @callback
    def before(self, entity_id: str, volume: float | None) -> Iterable[Action]:
        """Give what is to be done before a player plays a sound of ours at some volume."""
        if self._interruption is None:
            self._interruption = Interruption.begin(self._hass, entity_id)
        return self._interruption.before(self._hass, volume)

    @callback
    def until(self, over: datetime) -> None:
        """Put everything back when a sound is over, unless more is to come soon."""
        if self._unsub is not None:
            self._unsub()
        left = max(over + BACK_AFTER - self._now(), timedelta())
        self._unsub = async_call_later(self._hass, left, self._handle_silence)

    @callback
    def leave(self) -> None:
        """Put everything back at once."""
        if self._unsub is not None:
            self._unsub()
            self._unsub = None
        interruption, self._interruption = self._interruption, None
        if interruption is not None and (actions := list(interruption.after(self._hass))):
            self._calls.call_all(interruption.entity_id, actions, overtake=True)

    @callback
    def _handle_silence(self, _now: datetime) -> None:
        self._unsub = None
        due = self._next_due()
        if due is None or due - self._now() > BACK_FOR:
            self.leave()
