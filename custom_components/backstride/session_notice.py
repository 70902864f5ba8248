"""What an athlete's phone shows of a session: what is on, what comes next, how far it is, and what can be pressed."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from .const import DOMAIN, TITLE
from .engine.session import Command, Session
from .engine.state import SessionState, current, next_boundary, progress, upcoming
from .engine.workout import Direction
from .output.notice import Button, Notice
from .problems import say
from .settings import PlaceSettings

OURS: Final = "BACKSTRIDE"


class Press(StrEnum):
    """What can be pressed; each is called as our button of the same key."""

    PAUSE = "pause"
    RESUME = "resume"
    CONFIRM = "confirm"
    SKIP = "skip"
    STOP = "stop"
    EMERGENCY_STOP = "emergency_stop"


COMMAND: Final = MappingProxyType(
    {
        Press.PAUSE: Command.PAUSE,
        Press.RESUME: Command.RESUME,
        Press.CONFIRM: Command.CONFIRM,
        Press.SKIP: Command.SKIP,
        Press.STOP: Command.STOP,
    }
)
PRESSES: Final[Mapping[SessionState, tuple[Press, ...]]] = MappingProxyType(
    {
        SessionState.LEAD_IN: (Press.PAUSE, Press.STOP, Press.EMERGENCY_STOP),
        # Only while somebody walks is there something to skip; a stop is one pause, or one emergency, away.
        SessionState.RUNNING: (Press.PAUSE, Press.SKIP, Press.EMERGENCY_STOP, Press.STOP),
        SessionState.WAITING: (Press.CONFIRM, Press.STOP, Press.EMERGENCY_STOP, Press.PAUSE, Press.SKIP),
        SessionState.PAUSED: (Press.RESUME, Press.STOP, Press.EMERGENCY_STOP, Press.SKIP),
        # Only the guard lets go of what it holds.
        SessionState.HELD: (Press.STOP, Press.EMERGENCY_STOP),
    }
)
"""A session's state -> what can be pressed, what matters most first: Android shows three, an iPhone all."""
_COUNTS_DOWN: Final = frozenset({SessionState.LEAD_IN, SessionState.RUNNING})
"""In any other state the next boundary is the end of somebody's patience."""


@callback
def session_notice(hass: HomeAssistant, place: PlaceSettings, session: Session) -> Notice:
    """Show a session as it is; what is shown changes only where the session does."""
    walks = session.state is SessionState.RUNNING
    now = say(hass, current(session).direction if walks else session.state)
    name = session.workout.name
    lines = [f"{name}: {now}" if name else now]
    if (after := upcoming(session)) is not None:
        lines.append(f"{_name(hass, 'sensor.next_interval')}: {say(hass, after.direction)}")
    return Notice(
        tag=tag(place.id),
        title=f"{TITLE}: {place.name}",
        message="\n".join(lines),
        buttons=tuple(
            Button(
                action=action(press, place.id, session.id),
                title=_name(hass, f"button.{press}"),
                is_danger=press is Press.EMERGENCY_STOP,
            )
            for press in presses(session)
        ),
        short=now,
        percent=round(progress(session)),
        ends_at=next_boundary(session) if session.state in _COUNTS_DOWN else None,
    )


def presses(session: Session) -> tuple[Press, ...]:
    """Tell what can be pressed now; a turn is never skipped."""
    turns = current(session).direction is Direction.TURN
    return tuple(press for press in PRESSES[session.state] if not (turns and press is Press.SKIP))


def tag(place_id: str) -> str:
    """Name what is shown of a place: the next session there takes its room, whatever was left."""
    return f"{DOMAIN}_{place_id}"


def action(press: Press, place_id: str, session_id: str) -> str:
    """Name what comes back when something is pressed."""
    return f"{OURS}_{_word(press)}_{place_id}_{session_id}"


def pressed(name: str) -> tuple[Press, str, str] | None:
    """Take such a name apart again: what, at which place, in which session; None for anybody else's."""
    ours, _, rest = name.partition("_")
    named, _, about = rest.partition("_")
    place_id, _, session_id = about.rpartition("_")
    press = next((each for each in Press if _word(each) == named), None)
    return (press, place_id, session_id) if ours == OURS and press is not None else None


def _word(press: Press) -> str:
    """Give its first word; some phones take nothing but capitals."""
    return press.name.partition("_")[0]


def _name(hass: HomeAssistant, key: str) -> str:
    """Call it as our entity of that key, in the language of the server; in English where nobody loaded it yet."""
    texts = async_get_cached_translations(hass, hass.config.language, "entity", DOMAIN)
    plain = key.partition(".")[2].replace("_", " ").capitalize()
    return texts.get(f"component.{DOMAIN}.entity.{key}.name", plain)
