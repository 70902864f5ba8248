"""Who has phrases of their own hears them, and nobody else does; what of them cannot be said is told once, and ours said."""

from typing import Any

import pytest

from custom_components.backstride.const import DOMAIN
from custom_components.backstride.engine.session import Command
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir

from .gym.visit import IN_THE_GYM
from .hall import Hall, OpenHall
from .setup import ANNA, BEN, GYM, MINE

pytestmark = IN_THE_GYM

OURS = "Take hold and look ahead. First, walk backward at 1.2."
HERS = {"cues.first": "Up you go: {next}!", "safety.obstacle": "Mind the dog!"}
WARNING = "Careful. Something is behind you."


@pytest.fixture
async def hall(open_hall: OpenHall) -> Hall:
    """Give a gym where Anna has phrases of her own."""
    hall = await open_hall()
    await writes(hall, HERS)
    return hall


async def writes(hall: Hall, own: object, athlete: str = ANNA) -> None:
    """Let an athlete write phrases, past any form that would check them."""
    entry = hall.coordinator.entry
    subentry = entry.subentries[athlete]
    data: dict[str, Any] = {**subentry.data, "phrases": own}
    hall.hass.config_entries.async_update_subentry(entry, subentry, data=data)
    await hall.hass.async_block_till_done()


def walks(hall: Hall, athlete: str) -> None:
    hall.coordinator.async_start(GYM, athlete_id=athlete, workout=hall.coordinator.workouts[MINE])


def told(hall: Hall) -> dict[str, dict[str, str] | None]:
    """Give what is told of phrases."""
    return {
        key: issue.translation_placeholders
        for (domain, key), issue in ir.async_get(hall.hass).issues.items()
        if domain == DOMAIN
    }


async def test_who_walks_hears_their_own_phrases_and_the_next_one_ours(hall: Hall) -> None:
    walks(hall, ANNA)
    await hall.wait(20)
    await hall.dog(there=True)
    assert hall.words[0] == "Up you go: walk backward at 1.2!"
    assert hall.words[-1] == "Mind the dog!"
    await hall.dog(there=False)
    hall.command(Command.STOP)
    await hall.wait(10)
    before = len(hall.words)
    walks(hall, BEN)
    await hall.wait(20)
    await hall.dog(there=True)
    assert hall.words[before] == OURS
    assert hall.words[-1] == WARNING
    await hall.dog(there=False)


async def test_a_session_keeps_its_phrases_and_the_next_has_the_new_ones(hall: Hall) -> None:
    walks(hall, ANNA)
    await hall.wait(15)
    await writes(hall, {})
    await hall.wait(5)
    await hall.dog(there=True)
    assert hall.words[-1] == "Mind the dog!"
    await hall.dog(there=False)
    hall.command(Command.STOP)
    await hall.wait(10)
    walks(hall, ANNA)
    await hall.wait(1)
    assert hall.words[-1] == OURS


async def test_why_nothing_begins_is_said_in_the_words_of_who_is_chosen_there(hall: Hall) -> None:
    await writes(hall, {"safety.blocked": "Not yet, dear!"}, BEN)
    select = {"entity_id": "select.gym_athlete", "option": "Ben"}
    await hall.hass.services.async_call("select", "select_option", select, blocking=True)
    await hall.dog(there=True)
    with pytest.raises(ServiceValidationError):
        walks(hall, BEN)
    await hall.wait(1)
    assert hall.words[-1].startswith("Not yet, dear!")
    await hall.dog(there=False)


async def test_a_broken_phrase_is_told_once_and_ours_is_said(hall: Hall) -> None:
    await writes(hall, HERS | {"cues.first": "Go {there}!", "cues.old": "Once upon a time."})
    assert told(hall) == {
        "phrases_anna": {"athlete": "Anna", "phrases": "`cues.first`, `cues.old`"},
    }
    walks(hall, ANNA)
    await hall.wait(20)
    await hall.dog(there=True)
    assert hall.words[0] == OURS
    assert hall.words[-1] == "Mind the dog!", "what fits is said all the same"
    await hall.dog(there=False)
    await writes(hall, HERS)
    assert told(hall) == {}


async def test_phrases_that_are_none_are_told_as_well(hall: Hall) -> None:
    await writes(hall, ["Go!"])
    assert told(hall) == {"phrases_anna": {"athlete": "Anna", "phrases": "`phrases`"}}


async def test_another_language_may_break_a_phrase_and_mend_it_again(hall: Hall) -> None:
    """What is eight words in English may have too many letters for Japanese."""
    assert told(hall) == {}
    await writes(hall, {"safety.obstacle": "Careful, something is standing behind you"})
    await hall.hass.config.async_update(language="ja")
    await hall.hass.async_block_till_done()
    assert set(told(hall)) == {"phrases_anna"}
    await hall.hass.config.async_update(language="en")
    await hall.hass.async_block_till_done()
    assert told(hall) == {}


async def test_of_who_is_gone_nothing_is_told_any_more(hall: Hall) -> None:
    await writes(hall, {"cues.old": "Once upon a time."})
    assert set(told(hall)) == {"phrases_anna"}
    hall.hass.config_entries.async_remove_subentry(hall.coordinator.entry, ANNA)
    await hall.hass.async_block_till_done()
    assert told(hall) == {}


async def test_what_is_told_is_told_with_todays_name(hall: Hall) -> None:
    await writes(hall, {"cues.old": "Once upon a time."})
    entry = hall.coordinator.entry
    hall.hass.config_entries.async_update_subentry(entry, entry.subentries[ANNA], title="Anna B.")
    await hall.hass.async_block_till_done()
    assert told(hall)["phrases_anna"] == {"athlete": "Anna B.", "phrases": "`cues.old`"}


async def test_phrases_are_there_after_a_restart(hall: Hall) -> None:
    entry = hall.coordinator.entry
    await hall.hass.config_entries.async_reload(entry.entry_id)
    hall.coordinator = entry.runtime_data
    walks(hall, ANNA)
    await hall.wait(1)
    assert hall.words[-1] == "Up you go: walk backward at 1.2!"
