"""Says what a session earned, once its end has been told; spoken like any coaching."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from .engine.cues import SPOKEN_SECONDS, CueKind
from .engine.praise import Merit
from .engine.session import Session
from .live import LivePlace

AFTER_END: Final = timedelta(seconds=SPOKEN_SECONDS[CueKind.COMPLETE])
"""How long the end itself takes to tell."""


class Praises:
    """Praises at one place."""

    def __init__(
        self,
        hass: HomeAssistant,
        live: LivePlace,
        *,
        word: Callable[[Iterable[Merit]], str],
        prepare: Callable[[str], object],
        say: Callable[[str], object],
    ) -> None:
        """Begin with nothing to praise; what is put in words is prepared at once, and said later."""
        self._hass = hass
        self._live = live
        self._word = word
        self._prepare = prepare
        self._say = say
        self._unsub: CALLBACK_TYPE | None = None

    @callback
    def async_give(self, session: Session, earned: tuple[Merit, ...]) -> None:
        """Praise what a session earned; one that is long over, as after a restart, has nobody there to hear it."""
        if earned and self._live.session is session:
            self.stop()
            left = session.since + AFTER_END - self._live.clock.now()
            text = self._word(earned)
            self._prepare(text)
            say = partial(self._handle_due, session, text)
            self._unsub = async_call_later(self._hass, max(left, timedelta()), say)

    @callback
    def stop(self) -> None:
        """Praise nothing any more."""
        if self._unsub is not None:
            self._unsub()
            self._unsub = None

    @callback
    def _handle_due(self, session: Session, text: str, _at: datetime) -> None:
        self._unsub = None
        # Who has begun anew listens to that.
        if self._live.session is session:
            self._say(text)
