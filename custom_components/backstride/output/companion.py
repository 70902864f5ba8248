"""What is known of the companion app behind an action of notify, and what it is told so that it shows a notice.

Keys and their meaning are those of the companion apps' own documentation; each app leaves out what it does not know.
"""

from collections.abc import Mapping
from enum import Enum, auto
from typing import Any, Final

from homeassistant.components.notify.const import ATTR_DATA, ATTR_MESSAGE, DOMAIN as NOTIFY
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import slugify

from .notice import Button, Notice

MOBILE_APP: Final = "mobile_app"
APPLE: Final = "Apple"
"""The manufacturer as which such a phone registers."""
MAY_START: Final = "start_live_activity_token"
"""Among an app's data where its phone shows live activities, and lets them be started from afar."""
WHOLE: Final = 100
"""Progress is told in percent."""
QUIET: Final[Mapping[str, str]] = {"sound": "none", "interruption-level": "passive"}
"""An iPhone knows no `alert_once`: what only replaces something must say itself that it is worth no sound."""

AT_ONCE: Final[Mapping[str, Any]] = {"ttl": 0, "priority": "high"}
"""What the push service cannot deliver now it throws away: words that come late are worse than none."""


class Live(Enum):
    """How a phone shows what goes on."""

    UNKNOWN = auto()
    """Nobody knows which phone it is, or it cannot: as an ordinary notification."""
    WITHIN = auto()
    """Android: the notification itself is the live update, and keeps its buttons."""
    BESIDE = auto()
    """An iPhone: a live activity has no buttons and stands in place of a notification, so it gets one of its own."""


@callback
def live(hass: HomeAssistant, action: str) -> Live:
    """Tell how the phone behind an action shows what goes on; of a group of phones that is not known."""
    for entry in hass.config_entries.async_entries(MOBILE_APP):
        if slugify(f"{MOBILE_APP}_{entry.data.get('device_name')}") == action:
            if entry.data.get("manufacturer") != APPLE:
                return Live.WITHIN
            return Live.BESIDE if MAY_START in entry.data.get("app_data", {}) else Live.UNKNOWN
    return Live.UNKNOWN


@callback
def can_speak(hass: HomeAssistant, target: str) -> bool:
    """Tell whether a phone says aloud what it is sent: Android's app does, Apple's cannot."""
    domain, _, action = target.partition(".")
    return domain == NOTIFY and live(hass, action) is Live.WITHIN


def speech(text: str, *, is_urgent: bool) -> dict[str, Any]:
    """Have an Android phone say something in its own voice; what is urgent is heard although its media are muted."""
    data = {"tts_text": text, **AT_ONCE}
    return {ATTR_MESSAGE: "TTS", ATTR_DATA: data | ({"media_stream": "alarm_stream"} if is_urgent else {})}


def silence() -> dict[str, Any]:
    """Have it break off what it is saying."""
    return {ATTR_MESSAGE: "command_stop_tts", ATTR_DATA: dict(AT_ONCE)}


def beside(tag: str) -> str:
    """Name what stands beside what is shown under a tag."""
    return f"{tag}_live"


def notification(notice: Notice, how: Live, *, is_new: bool) -> dict[str, Any]:
    """Say a notice in the companion apps' terms."""
    data: dict[str, Any] = {
        "tag": notice.tag,
        # Closed by a first touch, an emergency stop would be lost; and what replaces something needs no second sound.
        "sticky": True,
        "persistent": notice.is_pinned,
        "alert_once": True,
        "actions": [_action(button) for button in notice.buttons],
        **_progress(notice),
    }
    if how is Live.WITHIN and notice.is_live:
        data |= {"live_update": True, "critical_text": notice.short}
    return data if is_new else data | {"push": dict(QUIET)}


def activity(notice: Notice) -> dict[str, Any]:
    """Say it to an iPhone's live activity."""
    return {
        "tag": beside(notice.tag),
        "live_update": True,
        "critical_text": notice.short,
        **_progress(notice),
        # Where it comes out as an ordinary notification after all, the one with the buttons has made the sound.
        "push": dict(QUIET),
    }


def _action(button: Button) -> dict[str, Any]:
    return (
        {"action": button.action, "title": button.title}
        | ({"destructive": True} if button.is_danger else {})
        | ({"behavior": "textInput"} if button.asks_text else {})
    )


def _progress(notice: Notice) -> dict[str, Any]:
    """Say how far it is; to an instant that is given the phone counts down by itself."""
    said: dict[str, Any] = {}
    if notice.percent is not None:
        said |= {"progress": notice.percent, "progress_max": WHOLE}
    if notice.ends_at is not None:
        said |= {"chronometer": True, "when": round(notice.ends_at.timestamp())}
    return said
