"""The coach's voice: each cue of a session's timeline, said at its instant on every speaker of a place.

Nothing is queued. What comes while a speaker is still talking is left out, except words about safety, which overtake;
what comes too late is shortened or left out, as the engine's cue rules say.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from homeassistant.const import Platform
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later

from ..engine.cues import PRIORITY, CueKind, Delivery, Priority, delivery
from ..engine.events import Event, EventKind, Reason
from ..engine.session import Session, timeline
from ..engine.timeline import Cue
from .calls import Calls, is_there
from .words import Words

SAFETY_EVENTS: Final = frozenset({EventKind.HELD, EventKind.RELEASED})
SAFETY_REASONS: Final = frozenset(
    {Reason.EMERGENCY, Reason.OBSTACLE, Reason.RESTART, Reason.SENSOR_LOST, Reason.STUMBLE}
)
"""Events of these kinds or with these reasons are told although the coach was muted."""
SAFETY_SECONDS: Final = timedelta(seconds=3)
"""How long a safety sentence of eight words takes; until then nothing else is said."""
BREATH: Final = timedelta(milliseconds=100)
"""Between them; a timer may also be a trifle early."""


@callback
def brings_a_voice(entity_id: str) -> bool:
    """Tell whether a speaker speaks by itself; any other needs a speech engine."""
    return entity_id.startswith(f"{Platform.ASSIST_SATELLITE}.")


@callback
def voice(hass: HomeAssistant, engine: str | None) -> str | None:
    """Give the speech engine that was chosen, or any there is, if possible one that can speak now."""
    if engine is not None:
        return er.async_resolve_entity_id(er.async_get(hass), engine) or engine
    engines = sorted(hass.states.async_entity_ids(Platform.TTS))
    return min(engines, key=lambda each: not is_there(hass, each), default=None)


class Speaker:
    """Speaks for one place during one session."""

    def __init__(
        self,
        hass: HomeAssistant,
        words: Words,
        calls: Calls,
        *,
        players: Iterable[str],
        engine: str | None,
        now: Callable[[], datetime],
        may_coach: Callable[[], bool],
        glance_seconds: float,
    ) -> None:
        """Take the players and the speech engine, by registry or entity id, and the session's clock.

        Coaching may be muted, safety never is.
        """
        self._hass = hass
        self._words = words
        self._calls = calls
        self._players = tuple(players)
        self._engine = engine
        self._now = now
        self._may_coach = may_coach
        self._glance_seconds = glance_seconds
        self._said_cues: set[tuple[CueKind, datetime]] = set()
        self._safe_from = datetime.min.replace(tzinfo=UTC)
        self._due: list[Cue] = []
        self._unsub: CALLBACK_TYPE | None = None

    @callback
    def begin(self) -> None:
        """Begin a session: nothing of it has been said."""
        self._said_cues.clear()

    @callback
    def follow(self, session: Session, events: Iterable[Event]) -> None:
        """Say what happened, and wake for what comes next."""
        if not self._players:
            return
        self.stop()
        for event in events:
            if (text := self._words.event(event)) is not None:
                # What just happened makes untrue whatever is being said.
                is_safety = event.kind in SAFETY_EVENTS or event.reason in SAFETY_REASONS
                self.say(text, Priority.SAFETY if is_safety else Priority.CHANGE)
        # What lies after a confirmation has no instant yet, and only its event knows that the end was reached.
        self._due = [
            entry
            for entry in timeline(session, glance_seconds=self._glance_seconds)
            if isinstance(entry, Cue)
            and entry.spoken
            and not entry.provisional
            and entry.kind is not CueKind.COMPLETE
            and (entry.kind, entry.due) not in self._said_cues
        ]
        self._arm()

    @callback
    def stop(self) -> None:
        """Wake for nothing any more; what is being said is said to its end."""
        self._due = []
        self._arm()

    @callback
    def say(self, text: str, priority: Priority) -> None:
        """Say something on every speaker; a change, or more, overtakes what a speaker is busy with."""
        if priority is Priority.SAFETY:
            self._safe_from = self._now() + SAFETY_SECONDS
            self._arm()
        elif not self._may_coach() or self._now() < self._safe_from:
            return
        registry = er.async_get(self._hass)
        for player in self._players:
            entity_id = er.async_resolve_entity_id(registry, player) or player
            data: dict[str, Any]
            if brings_a_voice(entity_id):
                action = ("assist_satellite", "announce")
                data = {"entity_id": entity_id, "message": text, "preannounce": False}
            elif (speaks := voice(self._hass, self._engine)) is not None:
                action = ("tts", "speak")
                data = {"entity_id": speaks, "media_player_entity_id": entity_id, "message": text}
            else:
                self._calls.name(entity_id, "has no speech engine to speak with")
                continue
            self._calls.call(entity_id, action, data, overtake=priority <= Priority.CHANGE)

    def _arm(self) -> None:
        """Wake for the next cue; a change waits for what safety has to say, because it is worth a late word."""
        if self._unsub is not None:
            self._unsub()
            self._unsub = None
        if self._due:
            at = self._due[0].due
            if self._due[0].kind is CueKind.CHANGE:
                at = max(at, self._safe_from + BREATH)
            self._unsub = async_call_later(self._hass, max(at - self._now(), timedelta()), self._handle_due)

    @callback
    def _handle_due(self, _at: datetime) -> None:
        self._unsub = None
        self._speak(self._due.pop(0))
        self._arm()

    def _speak(self, cue: Cue) -> None:
        self._said_cues.add((cue.kind, cue.due))
        how = delivery(cue.kind, max(self._now() - cue.due, timedelta()))
        if how is not Delivery.DROPPED:
            self.say(self._words.cue(cue, shortened=how is Delivery.SHORTENED), PRIORITY[cue.kind])
