"""What an athlete's phone asks after a session, and what comes back; it says itself what it is about, so that it keeps."""

from dataclasses import dataclass
from typing import Final, Self

from homeassistant.core import HomeAssistant, callback

from .const import DOMAIN, TITLE
from .engine.asking import CHOICES, HIGHEST, Choice, Hint, Question
from .output.notice import Button, Notice
from .problems import say
from .session_notice import OURS

TYPED: Final = "TYPED"
"""In place of a number: one comes along as text."""
_PARTS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Which session is asked about, and whose."""

    place_id: str
    athlete_id: str
    session_id: str

    @property
    def tag(self) -> str:
        """Name what is shown: who has walked again is asked about the later session only."""
        return f"{DOMAIN}_rating_{self.athlete_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was pressed."""

    about: About
    question: Question
    number: int | None
    """None where it is typed."""

    @classmethod
    def read(cls, name: str) -> Self | None:
        """Understand what comes back when something is pressed; None for anybody else's."""
        parts = name.split("_")
        if len(parts) < _PARTS or parts[0] != OURS:
            return None
        question = next((each for each in Question if each.name == parts[1]), None)
        if question is None or not (parts[2] == TYPED or _is_number(parts[2])):
            return None
        place_id, athlete_id, session_id = "_".join(parts[3:-2]), parts[-2], parts[-1]
        return cls(
            about=About(place_id=place_id, athlete_id=athlete_id, session_id=session_id),
            question=question,
            number=None if parts[2] == TYPED else int(parts[2]),
        )


@callback
def rating_notice(
    hass: HomeAssistant, about: About, place: str, question: Question, *, hint: Hint | None = None
) -> Notice:
    """Ask a question, three answers to choose from first: Android shows no more."""
    told = "\n".join(say(hass, part) for part in (hint, question) if part is not None)
    choices = [
        Button(action=_action(about, question, str(number)), title=say(hass, choice))
        for choice, number in CHOICES[question].items()
    ]
    typed = Button(action=_action(about, question, TYPED), title=say(hass, Choice.OTHER), asks_text=True)
    return Notice(
        tag=about.tag,
        title=place if place == TITLE else f"{TITLE}: {place}",
        message=told,
        buttons=(*choices, typed),
        is_pinned=False,
    )


def _action(about: About, question: Question, answer: str) -> str:
    return f"{OURS}_{question.name}_{answer}_{about.place_id}_{about.athlete_id}_{about.session_id}"


def _is_number(text: str) -> bool:
    return text.isdecimal() and int(text) <= HIGHEST
