"""A stay at a player: what it was doing when we came, and everything as it was when we leave."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later, async_track_state_change_event

from .calls import Action, Calls
from .players import Interruption

BACK_AFTER: Final = timedelta(seconds=1)
"""Until then a player is surely done with what it played."""
BACK_FOR: Final = timedelta(seconds=8)
"""What was playing comes back where nothing is said for so long; less of it would be worse than silence."""
BACK_WITHIN: Final = timedelta(seconds=8)
"""How long a player may take until it plays again, and can be moved to where it was."""


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
        self._unsubs_seek: list[CALLBACK_TYPE] = []

    @property
    def is_owing(self) -> bool:
        """Whether something is to be put back."""
        return self._interruption is not None and self._interruption.is_changed

    @callback
    def before(self, entity_id: str, volume: float | None) -> Iterable[Action]:
        """Give what is to be done before a player plays a sound of ours at some volume."""
        self._stop_seeking()
        if self._interruption is None:
            self._interruption = Interruption.begin(self._hass, entity_id)
        return self._interruption.before(self._hass, volume)

    @callback
    def until(self, over: datetime) -> None:
        """Put everything back when a sound is over, unless more is to come soon."""
        self._disarm()
        left = max(over - self._now(), timedelta()) + BACK_AFTER
        self._unsub = async_call_later(self._hass, left, self._handle_silence)

    @callback
    def leave(self) -> None:
        """Put everything back; what was playing is moved to where it was as soon as it plays."""
        interruption, steps = self._end()
        if interruption is not None and steps:
            self._calls.call_all(
                interruption.entity_id, steps, overtake=True, done=partial(self._handle_back, interruption)
            )

    @callback
    def close(self) -> None:
        """Put everything back at once, and wait for nothing."""
        interruption, steps = self._end()
        if interruption is not None and steps:
            self._calls.call_all(interruption.entity_id, [*steps, *interruption.seek()], overtake=True)

    def _end(self) -> tuple[Interruption | None, list[Action]]:
        self._disarm()
        self._stop_seeking()
        interruption, self._interruption = self._interruption, None
        return interruption, list(interruption.after(self._hass)) if interruption else []

    def _disarm(self) -> None:
        if self._unsub is not None:
            self._unsub()
            self._unsub = None

    @callback
    def _handle_silence(self, _now: datetime) -> None:
        self._unsub = None
        due = self._next_due()
        if due is not None and due - self._now() <= BACK_FOR:
            # It may be muted by then, or no longer planned.
            self.until(due)
        elif self._interruption is not None and self._calls.is_pending(self._interruption.entity_id):
            # A satellite comes back when it has said everything.
            self.until(self._now())
        else:
            self.leave()

    @callback
    def _handle_back(self, interruption: Interruption, is_well: bool) -> None:  # noqa: FBT001 - as calls tell it
        """Move what was playing to where it was: at once, or when a player has filled its buffer."""
        if not is_well or not interruption.position:
            return
        if interruption.is_back(self._hass.states.get(interruption.entity_id)):
            self._seek(interruption)
            return

        @callback
        def handle_state(event: Event[EventStateChangedData]) -> None:
            if interruption.is_back(event.data["new_state"]):
                self._seek(interruption)

        self._unsubs_seek = [
            async_track_state_change_event(self._hass, interruption.entity_id, handle_state),
            async_call_later(self._hass, BACK_WITHIN, self._stop_seeking),
        ]

    def _seek(self, interruption: Interruption) -> None:
        self._stop_seeking()
        self._calls.call_all(interruption.entity_id, list(interruption.seek()))

    @callback
    def _stop_seeking(self, _now: datetime | None = None) -> None:
        while self._unsubs_seek:
            self._unsubs_seek.pop()()
