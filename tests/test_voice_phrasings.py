"""What people say, in every language: what is meant is heard with everything in it, and what is not meant is left alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, override

import pytest
import yaml

from custom_components.backstride.const import SubentryType
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.intent import handlers
from custom_components.backstride.output.phrases import PHRASES
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent

from .conversing import OVER_THE_WEB, async_converse, said
from .setup import ANNA, ANYWAY, BEN, GYM, HALL, MINE, async_set_up, new_entry, subentry

pytestmark = [pytest.mark.usefixtures("enable_custom_integrations"), OVER_THE_WEB]

LANGUAGES = sorted(path.stem for path in PHRASES.glob("*.yaml"))
SPOKEN = Path(__file__).parent / "voice"
WANTED = {"en": (60, 60)}
"""How many phrasings and near misses a language has at least; the others have 20 and 15."""


class Notebook(intent.IntentHandler):
    """Writes down what was understood, and does nothing."""

    def __init__(self, handler: intent.IntentHandler, notes: list[tuple[str, dict[str, Any]]]) -> None:
        """Stand in the place of a handler of ours."""
        self.intent_type = handler.intent_type
        self._notes = notes

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        self._notes.append(
            (self.intent_type, {name: slot["value"] for name, slot in intent_obj.slots.items()})
        )
        response = intent_obj.create_response()
        response.async_set_speech("noted")
        return response


def house(names: dict[str, str]) -> Iterator[ConfigSubentryDataWithId]:
    """Give a house whose names may be those of its language."""
    athlete = {"birth_year": 1976, "height_cm": 175.0, "mass_kg": 70.0, "level": "l2"}
    yield subentry(SubentryType.ATHLETE, ANNA, "Anna", athlete)
    yield subentry(SubentryType.ATHLETE, BEN, "Ben", {"level": "l2"})
    yield subentry(SubentryType.PLACE, GYM, names.get("gym", "Gym"), {"kind": "treadmill"})
    hallway = {"kind": "hallway", "clear_length_m": 12.0}
    yield subentry(SubentryType.PLACE, HALL, names.get("hall", "Long Hallway"), hallway)
    workout = {"notation": "60s back @2, 30s turn, 60s fwd @3"}
    yield subentry(SubentryType.WORKOUT, MINE, names.get("workout", "Morning stroll"), workout)


class Room:
    """A house in which somebody speaks one language."""

    def __init__(self, hass: HomeAssistant, coordinator: Coordinator, language: str) -> None:
        """Write down what is understood from now on."""
        self.hass = hass
        self.coordinator = coordinator
        self.language = language
        self.notes: list[tuple[str, dict[str, Any]]] = []
        for handler in handlers():
            intent.async_remove(hass, handler.intent_type)
            intent.async_register(hass, Notebook(handler, self.notes))

    async def hears(self, sentence: str) -> list[tuple[str, dict[str, Any]]]:
        """Say a sentence, and give what was understood."""
        self.notes.clear()
        await said(self.hass, sentence, language=self.language)
        return list(self.notes)


async def enter(hass: HomeAssistant, language: str, spoken: dict[str, Any]) -> Room:
    """Set up a house in one language."""
    hass.config.language = language
    assert await async_converse(hass)
    coordinator = await async_set_up(hass, new_entry(*house(spoken.get("names", {}))))
    return Room(hass, coordinator, language)


def spoken_in(language: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((SPOKEN / f"{language}.yaml").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_people_say_is_heard_as_it_is_meant(hass: HomeAssistant, language: str) -> None:
    """Through the conversation that every satellite, phone and browser uses; each sentence means one thing only."""
    spoken = spoken_in(language)
    room = await enter(hass, language, spoken)
    wrong = {}
    phrasings = [
        (sentence, (intent_type, slots))
        for intent_type, told in spoken["heard"].items()
        for one in told
        for sentence, slots in one.items()
    ]
    for sentence, meant in phrasings:
        if (heard := await room.hears(sentence)) != [meant]:
            wrong[sentence] = heard
    assert wrong == {}
    missed = [sentence for sentence in spoken["not_heard"] if await room.hears(sentence)]
    assert missed == [], "these are not ours"
    least, least_missed = WANTED.get(language, (20, 15))
    assert len(phrasings) >= least
    assert len(spoken["not_heard"]) >= least_missed


@pytest.mark.parametrize("language", LANGUAGES)
async def test_short_sentences_are_heard_only_while_somebody_walks(
    hass: HomeAssistant, language: str
) -> None:
    spoken = spoken_in(language)
    room = await enter(hass, language, spoken)
    short = [
        (sentence, intent_type) for intent_type, told in spoken["in_session"].items() for sentence in told
    ]
    assert [sentence for sentence, _ in short if await room.hears(sentence)] == [], "nobody walks"
    workout = room.coordinator.workouts[MINE]
    room.coordinator.async_start(GYM, athlete_id=ANNA, workout=workout, how=ANYWAY)
    await hass.async_block_till_done(wait_background_tasks=True)
    wrong = {
        sentence: heard for sentence, meant in short if (heard := await room.hears(sentence)) != [(meant, {})]
    }
    assert wrong == {}
    taken = [sentence for sentence in spoken["not_heard_in_session"] if await room.hears(sentence)]
    assert taken == []
