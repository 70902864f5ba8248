"""The session on the athlete's phone: what can be pressed there, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.start import async_at_started

from .const import LOGGER
from .coordinator import Coordinator
from .engine.session import Session
from .engine.state import FINAL
from .following import Following
from .live import LivePlace, SessionEvents
from .output.notice import Notice
from .output.notify import Phone
from .session_notice import COMMAND, Press, pressed, session_notice, tag
from .targets import places_to_stop

EVENT_ACTION: Final = "mobile_app_notification_action"
"""What the companion apps send when a button of a notification is pressed."""


@dataclass(slots=True, kw_only=True)
class _Page:
    """What one session shows on a phone."""

    session_id: str
    phone: Phone | None
    """None where the athlete has none."""
    shown: Notice | None = None


class Phones:
    """The phones of whoever walks, at all places."""

    def __init__(self, hass: HomeAssistant, coordinator: Coordinator) -> None:
        """Show and hear everything once Home Assistant has started: companion apps come late."""
        self._hass = hass
        self._coordinator = coordinator
        self._is_ready = False
        self._pages: dict[str, _Page] = {}
        self._phones: dict[tuple[str, str], Phone] = {}
        """By place and target, from one session to the next: what is sent must arrive in its order."""
        self._following = Following(coordinator, self._follow)
        self._unsubs = [
            async_at_started(hass, self._handle_started),
            hass.bus.async_listen(EVENT_ACTION, self._handle_action),
        ]
        self.async_follow_places()

    @callback
    def async_follow_places(self) -> None:
        """Follow the places there are now; one that is gone tells nothing any more."""
        for live in self._following.async_follow():
            if live.session is not None:
                # A phone still shows what was on before a restart, even where it is over by now.
                self._pages[live.settings.id] = self._open(live, live.session)

    @callback
    def async_close(self) -> None:
        """Take everything away: nobody would hear what is pressed; a second time does nothing."""
        self._following.async_stop()
        while self._unsubs:
            self._unsubs.pop()()
        for place_id in list(self._pages):
            self._clear(place_id)

    # What is shown

    @callback
    def _handle_started(self, _hass: HomeAssistant) -> None:
        self._is_ready = True
        for place_id in self._coordinator.places:
            self._follow(self._coordinator.live(place_id), ())

    @callback
    def _follow(self, live: LivePlace, _events: SessionEvents) -> None:
        session, place_id = live.session, live.settings.id
        if not self._is_ready:
            return
        if session is None or session.state in FINAL:
            self._clear(place_id)
            return
        page = self._pages.get(place_id)
        if page is None or page.session_id != session.id:
            page = self._pages[place_id] = self._open(live, session)
        if page.phone is None:
            return
        notice = session_notice(self._hass, live.settings, session)
        if page.shown != notice:
            page.shown = notice
            page.phone.show(notice)

    def _open(self, live: LivePlace, session: Session) -> _Page:
        """Begin with the phone that is set up now; a session keeps it to its end."""
        athlete = self._coordinator.athletes.get(live.athlete_id or "")
        target = athlete.notify if athlete else None
        return _Page(session_id=session.id, phone=self._phone(live, target) if target else None)

    def _phone(self, live: LivePlace, target: str) -> Phone:
        phone = self.phone(live.settings.id, live.settings.name, target)
        phone.begin(live.settings.name)
        return phone

    @callback
    def phone(self, place_id: str, place: str, target: str) -> Phone:
        """Give the phone that was told of sessions at a place: whatever else it is sent arrives in its order."""
        if (place_id, target) not in self._phones:
            self._phones[place_id, target] = Phone(self._hass, target)
            self._phones[place_id, target].begin(place)
        return self._phones[place_id, target]

    def _clear(self, place_id: str) -> None:
        page = self._pages.pop(place_id, None)
        if page is not None and page.phone is not None:
            page.phone.clear(tag(place_id))

    # What is pressed

    @callback
    def _handle_action(self, event: Event[Mapping[str, Any]]) -> None:
        if (what := pressed(str(event.data.get("action")))) is None:
            return
        press, place_id, session_id = what
        if press is Press.EMERGENCY_STOP:
            self._stop_everything(place_id)
            return
        session = self._coordinator.session(place_id) if place_id in self._coordinator.places else None
        if session is None or session.id != session_id:
            return
        try:
            self._coordinator.async_command(place_id, COMMAND[press])
        except HomeAssistantError as error:
            # Pressed twice, or on a phone that has not been told yet what happened.
            LOGGER.debug("%s on a phone came too late: %s", press, error)

    def _stop_everything(self, place_id: str) -> None:
        """Stop at this place, however long its session is over; where there is no such place, wherever somebody walks."""
        known = place_id in self._coordinator.places
        for each in [place_id] if known else places_to_stop(self._coordinator, None):
            self._coordinator.coach(each).async_emergency_stop()
