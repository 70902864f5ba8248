"""What goes wrong, said once, at the border: what the engine says becomes what Home Assistant translates.

The outermost text is translated by whoever shows it, in the reader's own language. What fills its placeholders is said
here, in the language of the server, because a placeholder cannot be translated later.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.translation import async_get_cached_translations

from .const import DOMAIN
from .engine.asking import Choice, Hint, Question
from .engine.errors import Refusal
from .engine.events import EventKind, Reason
from .engine.guard import Cause, NewsKind, Reaction
from .engine.place import PlaceKind, Requirement
from .engine.preflight import Blocker, Reminder
from .engine.remarks import Code, Detail, english, tell
from .engine.session import Command, SessionState
from .engine.streak import StreakNews
from .engine.workout import Direction

_TEXTS: Final[Mapping[type[StrEnum], tuple[str, str]]] = MappingProxyType(
    {
        Code: ("exceptions", "exceptions.{}.message"),
        PlaceKind: ("selector", "selector.place_kind.options.{}"),
        Requirement: ("selector", "selector.requirement.options.{}"),
        Reminder: ("selector", "selector.reminder.options.{}"),
        SessionState: ("entity", "entity.sensor.session.state.{}"),
        Direction: ("entity", "entity.sensor.interval.state.{}"),
        Cause: ("selector", "selector.hazard_cause.options.{}"),
        NewsKind: ("entity", "entity.event.hazard.state_attributes.event_type.state.{}"),
        Reaction: ("selector", "selector.reaction.options.{}"),
        Command: ("selector", "selector.command.options.{}"),
        Reason: ("selector", "selector.reason.options.{}"),
        EventKind: ("selector", "selector.logbook.options.{}"),
        StreakNews: ("selector", "selector.logbook.options.{}"),
        Question: ("selector", "selector.rating_question.options.{}"),
        Choice: ("selector", "selector.rating_choice.options.{}"),
        Hint: ("selector", "selector.rating_hint.options.{}"),
    }
)
"""Where the translations of a closed set are: their category, and the key."""


def problem(key: str, **placeholders: str | float) -> ServiceValidationError:
    """Give the caller's mistake in the caller's language."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders={name: str(value) for name, value in placeholders.items()},
    )


class NotReady(ServiceValidationError):
    """Something stands in the way of a start."""

    def __init__(self, kinds: Iterable[Blocker], *, place: str, blockers: str) -> None:
        """Take what it is, and all of it in words."""
        super().__init__(
            translation_domain=DOMAIN,
            translation_key="not_ready",
            translation_placeholders={"place": place, "blockers": blockers},
        )
        self.kinds = tuple(kinds)


def failure(key: str, **placeholders: str) -> HomeAssistantError:
    """Give what we could not do, though it was rightly asked for, in the caller's language."""
    return HomeAssistantError(
        translation_domain=DOMAIN, translation_key=key, translation_placeholders=placeholders
    )


def from_engine(hass: HomeAssistant, error: Refusal) -> ServiceValidationError:
    """Translate what the engine refused; raise it `from` the original."""
    filled = {name: say(hass, detail) for name, detail in error.remark.details.items()}
    return problem(error.remark.code, **filled)


def say(hass: HomeAssistant, detail: Detail) -> str:
    """Say a remark, or several, or what fills one, in the language of the server."""

    def words(member: StrEnum) -> str:
        category, path = _TEXTS[type(member)]
        texts = async_get_cached_translations(hass, hass.config.language, category, DOMAIN)
        # What nobody loaded yet is said in English rather than not at all.
        text = texts.get(f"component.{DOMAIN}.{path.format(member)}") or english(member)
        # As Home Assistant does: it may stand in the middle of another.
        return text.rstrip(".")

    return tell(detail, words)
