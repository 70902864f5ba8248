"""The actions find whom they mean, do what they say, and name what to do where they cannot."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
import json
from pathlib import Path
import re
from string import Formatter
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
import voluptuous as vol

from custom_components.backstride.const import DOMAIN, SubentryType
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.fit import Finding as Excess, Over
from custom_components.backstride.engine.preflight import Blocker, Finding
from custom_components.backstride.engine.record import Record
from custom_components.backstride.engine.remarks import Code
from custom_components.backstride.selection import Selection
from custom_components.backstride.services import ACTIONS, STEERING
from custom_components.backstride.targets import coordinator_of
from homeassistant.components.person import ATTR_USER_ID
from homeassistant.core import Context, HomeAssistant, SupportsResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er, selector
from homeassistant.helpers.service import async_get_all_descriptions
from homeassistant.setup import async_setup_component

from .setup import ANNA, BEN, GYM, HALL, MINE, async_set_up, async_tick, new_entry, subentries, subentry

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")

PACKAGE = Path(__file__).parents[1] / "custom_components" / "backstride"
NOW = "2026-03-01 07:00:00+00:00"
BERLIN = "Europe/Berlin"
SHORT = "60s back @1"


async def call(
    hass: HomeAssistant, action: str, *, user_id: str | None = None, **data: Any
) -> dict[str, Any]:
    """Call an action, with a response where it gives one."""
    response: dict[str, Any] | None = await hass.services.async_call(
        DOMAIN,
        action,
        data,
        blocking=True,
        context=Context(user_id=user_id),
        return_response=ACTIONS[action][2] is not SupportsResponse.NONE,
    )
    return response or {}


async def refusal(hass: HomeAssistant, action: str, **data: Any) -> ServiceValidationError:
    """Call an action that is refused and give the reason, checked to be one that can be read."""
    with pytest.raises(ServiceValidationError) as caught:
        await call(hass, action, **data)
    error = caught.value
    assert error.translation_domain == DOMAIN
    assert error.translation_key is not None
    message = _translations()["exceptions"][error.translation_key]["message"]
    wanted = {name for _, name, _, _ in Formatter().parse(message) if name}
    assert wanted <= (error.translation_placeholders or {}).keys()
    return error


def reason(error: ServiceValidationError) -> tuple[str | None, dict[str, str]]:
    """Give the key of a reason, and what fills it."""
    return error.translation_key, error.translation_placeholders or {}


def device_of(hass: HomeAssistant, subentry_id: str) -> str:
    """Give the id of the device of a place or athlete."""
    device = dr.async_get(hass).async_get_device_by_identifier((DOMAIN, subentry_id), "backstride")
    assert device is not None
    return device.id


def _translations() -> dict[str, Any]:
    translations: dict[str, Any] = json.loads(
        (PACKAGE / "translations" / "en.json").read_text(encoding="utf-8")
    )
    return translations


async def one_of_each(hass: HomeAssistant) -> Coordinator:
    """Set up with one athlete and one place, as most people have it."""
    anna, _, gym, _, mine = subentries()
    return await async_set_up(hass, new_entry(anna, gym, mine))


async def walked(hass: HomeAssistant, freezer: FrozenDateTimeFactory, **data: Any) -> str:
    """Walk a whole session and give its id."""
    response = await call(hass, "start_session", notation=SHORT, **data)
    await async_tick(hass, freezer, 10)
    await async_tick(hass, freezer, 60)
    return str(response["session_id"])


# Whom and what a call means


NAMED: dict[str, tuple[str, str]] = {
    "by subentry": (HALL, BEN),
    "by name": ("Hall", "Ben"),
    "in another case": ("hALL", "BEN"),
    "with more spaces": ("  Hall ", " ben"),
}


@pytest.mark.parametrize(("place", "athlete"), NAMED.values(), ids=NAMED)
async def test_place_and_athlete_are_found_however_they_are_named(
    hass: HomeAssistant, place: str, athlete: str
) -> None:
    coordinator = await async_set_up(hass)
    response = await call(hass, "start_session", place=place, athlete=athlete, notation=SHORT)
    assert coordinator.athlete_at(HALL) == BEN
    assert (response["place"], response["athlete"]) == ("Hall", "Ben")


async def test_place_and_athlete_are_found_by_their_devices(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    where, who = device_of(hass, HALL), device_of(hass, BEN)
    await call(hass, "start_session", place=where, athlete=who, notation=SHORT)
    assert coordinator.athlete_at(HALL) == BEN


async def test_a_device_of_an_athlete_is_no_place(hass: HomeAssistant) -> None:
    await async_set_up(hass)
    device = device_of(hass, ANNA)
    error = await refusal(hass, "start_session", place=device, athlete=ANNA, notation=SHORT)
    assert reason(error) == ("unknown_place", {"place": device, "places": "Gym, Hall"})


async def test_who_has_one_of_each_never_has_to_name_them(hass: HomeAssistant) -> None:
    coordinator = await one_of_each(hass)
    await call(hass, "start_session", notation=SHORT)
    assert coordinator.athlete_at(GYM) == ANNA
    await call(hass, "stop_session")
    assert not coordinator.is_on(GYM)


WANTED: dict[str, tuple[Mapping[str, Selection], str | None, Mapping[str, str], tuple[str, str]]] = {
    "the athlete of the calling user, at the place chosen last": (
        {HALL: Selection(athlete_id=ANNA)},
        "user of Anna",
        {},
        (HALL, ANNA),
    ),
    "the calling user before who was chosen last": (
        {GYM: Selection(athlete_id=BEN)},
        "user of Anna",
        {"place": "Gym"},
        (GYM, ANNA),
    ),
    "who is named before the calling user": (
        {},
        "user of Anna",
        {"place": "Gym", "athlete": "Ben"},
        (GYM, BEN),
    ),
    "who was chosen last at the place": (
        {GYM: Selection(athlete_id=BEN)},
        None,
        {"place": "Gym"},
        (GYM, BEN),
    ),
    "who was chosen last, where the user is nobody's person": (
        {GYM: Selection(athlete_id=BEN)},
        "user of nobody",
        {"place": "Gym"},
        (GYM, BEN),
    ),
    "the place where the athlete was chosen last": (
        {GYM: Selection(athlete_id=ANNA), HALL: Selection(athlete_id=BEN)},
        None,
        {"athlete": "Ben"},
        (HALL, BEN),
    ),
}


@pytest.mark.parametrize(("chosen", "user_id", "said", "meant"), WANTED.values(), ids=WANTED)
async def test_what_is_left_out_at_a_start_is_decided_by_caller_and_last_choice(
    hass: HomeAssistant,
    chosen: Mapping[str, Selection],
    user_id: str | None,
    said: Mapping[str, str],
    meant: tuple[str, str],
) -> None:
    coordinator = await _with_persons(hass)
    for place, choice in chosen.items():
        coordinator.live(place).async_choose(choice)
    await call(hass, "start_session", user_id=user_id, notation=SHORT, **said)
    place, athlete = meant
    assert coordinator.athlete_at(place) == athlete


async def _with_persons(hass: HomeAssistant) -> Coordinator:
    """Let Anna be a person known by registry id, and Ben one without a user."""
    person = er.async_get(hass).async_get_or_create("person", "person", "anna", object_id_base="anna")
    hass.states.async_set(person.entity_id, "home", {ATTR_USER_ID: "user of Anna"})
    hass.states.async_set("person.ben", "home", {})
    anna, ben, *rest = subentries()
    return await async_set_up(
        hass,
        new_entry(
            {**anna, "data": {**anna["data"], "person": person.id}},
            {**ben, "data": {**ben["data"], "person": "person.ben"}},
            *rest,
        ),
    )


async def test_a_caller_without_a_user_is_not_taken_for_a_person_without_one(hass: HomeAssistant) -> None:
    await _with_persons(hass)
    error = await refusal(hass, "start_session", place=GYM, notation=SHORT)
    assert reason(error) == ("choose_athlete", {"athletes": "Anna, Ben"})


async def test_a_person_who_is_two_athletes_has_to_say_which(hass: HomeAssistant) -> None:
    hass.states.async_set("person.anna", "home", {ATTR_USER_ID: "user"})
    anna, ben, gym, *_ = subentries()
    both = [{**each, "data": {**each["data"], "person": "person.anna"}} for each in (anna, ben)]
    await async_set_up(hass, new_entry(*both, gym))  # type: ignore[arg-type] # a TypedDict loses its name in {**}
    error = await refusal(hass, "start_session", user_id="user", notation=SHORT)
    assert reason(error) == ("choose_athlete", {"athletes": "Anna, Ben"})


async def test_an_athlete_who_walks_is_started_nowhere_else(hass: HomeAssistant) -> None:
    """Left out, the place is where the athlete walks; the start there is refused, and says so."""
    await async_set_up(hass)
    await call(hass, "start_session", place=HALL, athlete=ANNA, notation=SHORT)
    error = await refusal(hass, "start_session", athlete=ANNA, notation=SHORT)
    assert reason(error) == ("place_busy", {"place": "Hall"})
    error = await refusal(hass, "start_session", place=GYM, athlete=ANNA, notation=SHORT)
    assert reason(error) == ("athlete_busy", {"athlete": "Anna", "place": "Hall"})


STEERED: dict[str, tuple[tuple[str, ...], str | None, Mapping[str, str], str]] = {
    "the place that is named": ((GYM, HALL), None, {"place": "Hall"}, HALL),
    "the place of the athlete who is named": ((GYM, HALL), None, {"athlete": "Ben"}, HALL),
    "both, where they agree": ((GYM, HALL), None, {"place": "Hall", "athlete": "Ben"}, HALL),
    "the place of the caller": ((GYM, HALL), "user of Anna", {}, GYM),
    "the only place with a session": ((HALL,), None, {}, HALL),
    "the only session, though it is not the caller's": ((HALL,), "user of Anna", {}, HALL),
}


@pytest.mark.parametrize(("live", "user_id", "said", "meant"), STEERED.values(), ids=STEERED)
async def test_a_command_reaches_the_session_that_is_meant(
    hass: HomeAssistant, live: tuple[str, ...], user_id: str | None, said: Mapping[str, str], meant: str
) -> None:
    coordinator = await _with_persons(hass)
    for place in live:
        athlete = {GYM: ANNA, HALL: BEN}[place]
        await call(hass, "start_session", place=place, athlete=athlete, notation=SHORT)
    await call(hass, "pause_session", user_id=user_id, **said)
    for place in live:
        session = coordinator.session(place)
        assert session is not None
        assert session.state == ("paused" if place == meant else "lead_in")


REFUSED_COMMANDS: dict[str, tuple[tuple[str, ...], Mapping[str, str], str, Mapping[str, str]]] = {
    "nobody walks": ((), {}, "nothing_running", {}),
    "two walk": ((GYM, HALL), {}, "choose_session", {"places": "Gym, Hall"}),
    "the athlete does not walk": ((GYM,), {"athlete": "Ben"}, "athlete_not_in_session", {"athlete": "Ben"}),
    "somebody else walks there": (
        (GYM,),
        {"athlete": "Ben", "place": "Gym"},
        "athlete_not_here",
        {"athlete": "Ben", "place": "Gym"},
    ),
    "nobody walks there": ((GYM,), {"place": "Hall"}, "no_session", {"place": "Hall"}),
    "there is no such place": (
        (GYM,),
        {"place": "Attic"},
        "unknown_place",
        {"place": "Attic", "places": "Gym, Hall"},
    ),
    "there is no such athlete": (
        (GYM,),
        {"athlete": "Cleo"},
        "unknown_athlete",
        {"athlete": "Cleo", "athletes": "Anna, Ben"},
    ),
}


@pytest.mark.parametrize(("live", "said", "key", "filled"), REFUSED_COMMANDS.values(), ids=REFUSED_COMMANDS)
async def test_a_command_that_reaches_nobody_says_what_to_do(
    hass: HomeAssistant, live: tuple[str, ...], said: Mapping[str, str], key: str, filled: Mapping[str, str]
) -> None:
    await async_set_up(hass)
    for place in live:
        await call(hass, "start_session", place=place, athlete={GYM: ANNA, HALL: BEN}[place], notation=SHORT)
    assert reason(await refusal(hass, "stop_session", **said)) == (key, filled)


REFUSED_STARTS: dict[str, tuple[Mapping[str, Any], str, Mapping[str, str]]] = {
    "no place can be told": ({"athlete": "Anna"}, "choose_place", {"places": "Gym, Hall"}),
    "neither place nor athlete can be told": ({}, "choose_place", {"places": "Gym, Hall"}),
    "no athlete can be told": ({"place": "Gym"}, "choose_athlete", {"athletes": "Anna, Ben"}),
    "a workout and a notation": (
        {"place": "Gym", "athlete": "Anna", "workout": "Mine", "notation": SHORT},
        "one_of_two",
        {"first": "workout", "second": "notation"},
    ),
}


@pytest.mark.parametrize(("said", "key", "filled"), REFUSED_STARTS.values(), ids=REFUSED_STARTS)
async def test_a_start_that_leaves_questions_asks_them(
    hass: HomeAssistant, said: Mapping[str, Any], key: str, filled: Mapping[str, str]
) -> None:
    coordinator = await async_set_up(hass)
    assert reason(await refusal(hass, "start_session", **said)) == (key, filled)
    assert not any(coordinator.is_on(place) for place in coordinator.places)


async def test_an_athlete_who_is_gone_is_not_chosen_again(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    coordinator.live(GYM).async_choose(Selection(athlete_id="cleo"))
    assert (
        await refusal(hass, "start_session", place=GYM, notation=SHORT)
    ).translation_key == "choose_athlete"


async def test_two_of_one_name_are_not_guessed_between(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(
        hass, new_entry(*subentries(), subentry(SubentryType.ATHLETE, "other", "anna", {}))
    )
    error = await refusal(hass, "start_session", place=GYM, athlete="Anna", notation=SHORT)
    assert reason(error) == ("ambiguous_name", {"name": "Anna"})
    await call(hass, "start_session", place=GYM, athlete="other", notation=SHORT)
    assert coordinator.athlete_at(GYM) == "other"


async def test_without_any_place_one_is_told_to_add_it(hass: HomeAssistant) -> None:
    anna, *_ = subentries()
    await async_set_up(hass, new_entry(anna))
    assert (await refusal(hass, "start_session", notation=SHORT)).translation_key == "no_places"
    assert (await refusal(hass, "pause_session")).translation_key == "nothing_running"


async def test_without_any_athlete_one_is_told_to_add_them(hass: HomeAssistant) -> None:
    _, _, gym, *_ = subentries()
    await async_set_up(hass, new_entry(gym))
    assert (await refusal(hass, "start_session", notation=SHORT)).translation_key == "no_athletes"
    assert (await refusal(hass, "get_sessions")).translation_key == "no_athletes"


async def test_actions_are_there_before_backstride_is_and_say_what_is_missing(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    needed: dict[str, dict[str, Any]] = {
        "extend_interval": {"seconds": 10},
        "log_session": {"backward_minutes": 5},
        "delete_session": {"session_id": "any"},
    }
    for action in ACTIONS:
        assert (await refusal(hass, action, **needed.get(action, {}))).translation_key == "not_set_up"


async def test_actions_of_an_unloaded_entry_say_so_too(hass: HomeAssistant) -> None:
    entry = new_entry()
    coordinator = await async_set_up(hass, entry)
    assert coordinator_of(hass) is coordinator
    await hass.config_entries.async_unload(entry.entry_id)
    assert (await refusal(hass, "get_workouts")).translation_key == "not_set_up"


# Which workout


async def test_a_workout_is_found_by_id_and_by_name_and_an_own_one_comes_first(hass: HomeAssistant) -> None:
    own = subentry(SubentryType.WORKOUT, "own", "First steps (5 min)", {"notation": SHORT})
    anna, _, gym, *_ = subentries()
    coordinator = await async_set_up(hass, new_entry(anna, gym, own))
    for named, meant in {
        "first-steps-5": "first-steps-5",
        "own": "own",
        "FIRST steps (5 min)": "own",
        "10-minute builder": "builder-10",
    }.items():
        await call(hass, "start_session", workout=named)
        session = coordinator.session(GYM)
        assert session is not None
        assert session.workout.id == meant
        await call(hass, "stop_session")


async def test_an_unknown_workout_is_answered_with_those_that_fit_the_place(hass: HomeAssistant) -> None:
    await async_set_up(hass)
    error = await refusal(hass, "start_session", place=HALL, athlete=ANNA, workout="Marathon")
    assert reason(error) == (
        "unknown_workout",
        {"workout": "Marathon", "workouts": "First steps (5 min), Mine, Older-adult balance"},
    )


async def test_without_workout_and_last_choice_the_gentlest_for_the_place_is_begun(
    hass: HomeAssistant,
) -> None:
    coordinator = await async_set_up(hass)
    await call(hass, "start_session", place=HALL, athlete=ANNA)
    session = coordinator.session(HALL)
    assert session is not None
    assert session.workout.id == "first-steps-5"


async def test_a_hallway_is_offered_what_it_is_long_enough_for(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    assert "First steps (5 min)" in coordinator.workouts_for(HALL)
    entry = coordinator.entry
    for metres, offered in ((10.0, True), (9.5, False)):
        data = {**entry.subentries[HALL].data, "clear_length_m": metres}
        hass.config_entries.async_update_subentry(entry, entry.subentries[HALL], data=data)
        await hass.async_block_till_done()
        assert ("First steps (5 min)" in coordinator.workouts_for(HALL)) is offered
    first_steps = coordinator.workouts["first-steps-5"]
    with pytest.raises(ServiceValidationError) as error:
        coordinator.async_start(HALL, athlete_id=ANNA, workout=first_steps)
    assert reason(error.value) == (
        "place_too_short",
        {"workout": "First steps (5 min)", "place": "Hall", "needs": "10", "has": "9.5"},
    )
    assert coordinator.session(HALL) is None


async def test_where_no_workout_fits_the_start_says_what_is_wrong_with_the_place(hass: HomeAssistant) -> None:
    hall = subentry(SubentryType.PLACE, HALL, "Hall", {"kind": "hallway", "clear_length_m": 2.0})
    anna = next(each for each in subentries() if each["subentry_id"] == ANNA)
    coordinator = await async_set_up(hass, new_entry(anna, hall))
    assert coordinator.workouts_for(HALL) == {}
    with pytest.raises(ServiceValidationError, match="m of clear way; Hall has 2 m"):
        coordinator.async_start_chosen(HALL)


MINUTES: dict[str, tuple[Mapping[str, Any], float]] = {
    "the last choice keeps its minutes": ({}, 10),
    "minutes that are said win": ({"duration": 12}, 12),
    "another workout has its own": ({"workout": "first-steps-5"}, 5),
    "so has one written out": ({"notation": SHORT}, 1),
}


@pytest.mark.parametrize(("said", "minutes"), MINUTES.values(), ids=MINUTES)
async def test_only_the_workout_chosen_last_keeps_the_minutes_chosen_for_it(
    hass: HomeAssistant, said: Mapping[str, Any], minutes: float
) -> None:
    coordinator = await one_of_each(hass)
    coordinator.live(GYM).async_choose(Selection(workout_id="busy-3x3", athlete_id=ANNA, minutes=10))
    assert (await call(hass, "start_session", **said))["minutes"] == minutes


async def test_a_workout_that_is_gone_is_not_chosen_again(hass: HomeAssistant) -> None:
    coordinator = await one_of_each(hass)
    coordinator.live(GYM).async_choose(Selection(workout_id="gone", athlete_id=ANNA))
    assert (await call(hass, "start_session"))["workout"] == "First steps (5 min)"


async def test_notation_that_is_none_is_refused_with_the_column(hass: HomeAssistant) -> None:
    await one_of_each(hass)
    key, filled = reason(await refusal(hass, "start_session", notation="2m bakc"))
    assert key == "notation"
    assert filled == {
        "column": "4",
        "found": "bakc",
        "reason": "Expected back, fwd, side, turn or rest",
    }


async def test_a_workout_over_the_level_is_refused(hass: HomeAssistant) -> None:
    coordinator = await one_of_each(hass)
    assert reason(await refusal(hass, "start_session", notation="11m back @6")) == (
        "over_ceiling",
        {
            "workout": "Custom workout",
            "level": "L1",
            "reasons": "6 km/h backward, this level allows 3.2; "
            "660 s of backward work at a stretch, this level allows 600",
        },
    )
    assert reason(await refusal(hass, "start_session", workout="retro-run-intro")) == (
        "wrong_place",
        {"workout": "Backward running intro", "place": "Treadmill", "kinds": "Outdoors"},
    )
    assert coordinator.session(GYM) is None


# What a start gives back


async def test_a_start_gives_back_what_became_of_it(hass: HomeAssistant) -> None:
    coordinator = await one_of_each(hass)
    response = await call(hass, "start_session", workout="Mine")
    session = coordinator.session(GYM)
    assert session is not None
    assert response == {
        "session_id": session.id,
        "place": "Gym",
        "athlete": "Anna",
        "workout": "Mine",
        "minutes": 2.5,
        "reminders": response["reminders"],
    }
    assert [one["kind"] for one in response["reminders"]] == [
        "silent",
        "shoes",
        "clip",
        "handrail",
        "clear_behind",
    ]


async def test_a_time_that_cannot_be_reached_is_said(hass: HomeAssistant) -> None:
    await one_of_each(hass)
    response = await call(hass, "start_session", notation="60s back @1", duration=60)
    assert response["minutes"] == 10, "the longest bout of the level"
    assert response["message"] == ("Custom workout cannot last 60 min at this level. The nearest is 10 min")


async def test_a_start_gives_nothing_back_to_who_wants_nothing(hass: HomeAssistant) -> None:
    coordinator = await one_of_each(hass)
    await hass.services.async_call(DOMAIN, "start_session", {"notation": SHORT}, blocking=True)
    assert coordinator.is_on(GYM)


# Steering


async def test_every_command_can_be_given(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    anna, _, gym, *_ = subentries()
    gym = subentry(SubentryType.PLACE, GYM, "Gym", {"kind": "treadmill", "confirm_turns": True})
    coordinator = await async_set_up(hass, new_entry(anna, gym))

    def stands() -> tuple[str, int]:
        session = coordinator.session(GYM)
        assert session is not None
        return session.state.value, session.index

    await call(hass, "start_session", notation="60s back @2, 60s back @1, 30s turn, 60s fwd @3, 60s fwd @2")
    await async_tick(hass, freezer, 10)
    assert stands() == ("running", 0)
    await call(hass, "skip_interval")
    assert stands() == ("running", 1)
    await call(hass, "previous_interval")
    assert stands() == ("running", 0)
    await call(hass, "extend_interval", seconds="30")
    await async_tick(hass, freezer, 80)
    assert stands() == ("running", 0), "90 s now"
    await call(hass, "skip_interval")
    await async_tick(hass, freezer, 60)
    assert stands() == ("running", 2)
    assert (await refusal(hass, "skip_interval")).translation_key == "turn_not_skipped"
    await async_tick(hass, freezer, 30)
    assert stands() == ("waiting", 2)
    await call(hass, "confirm")
    assert stands() == ("running", 3)
    await call(hass, "pause_session")
    assert stands() == ("paused", 3)
    assert reason(await refusal(hass, "pause_session")) == (
        "illegal_command",
        {"command": "Pause", "state": "Paused"},
    )
    await call(hass, "resume_session")
    assert stands() == ("lead_in", 3)
    await async_tick(hass, freezer, 3)
    assert (await refusal(hass, "confirm")).translation_key == "nothing_to_confirm"
    assert (await refusal(hass, "extend_interval", seconds=600)).translation_key == "over_longest_bout"
    await call(hass, "stop_session")
    assert stands() == ("stopped", 3)
    assert reason(await refusal(hass, "stop_session")) == ("no_session", {"place": "Gym"})


async def test_of_two_starts_at_once_one_is_first(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    results = await asyncio.gather(
        call(hass, "start_session", place=GYM, athlete=ANNA, notation=SHORT),
        call(hass, "start_session", place=GYM, athlete=BEN, notation=SHORT),
        call(hass, "start_session", place=HALL, athlete=ANNA, notation=SHORT),
        return_exceptions=True,
    )
    refused = [each.translation_key for each in results if isinstance(each, ServiceValidationError)]
    assert refused == ["place_busy", "athlete_busy"]
    assert coordinator.athlete_at(GYM) == ANNA


# Sessions logged by hand


async def test_a_session_is_logged_with_all_that_was_told(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await hass.config.async_set_time_zone(BERLIN)
    freezer.move_to(NOW)
    coordinator = await async_set_up(hass)
    logged = await call(
        hass,
        "log_session",
        athlete="Anna",
        place_kind="outdoor",
        started_at="2026-02-28 23:50:00",
        backward_minutes=15,
        forward_minutes=5,
        distance_m=500,
        workout="In the park",
        effort=4,
        pain=0,
        stumbles=1,
        note="Fine",
    )
    response = await call(hass, "get_sessions", athlete="Anna")
    (session,) = response["sessions"]
    assert response["athlete"] == "Anna"
    kcal, kcal_net = session.pop("kcal"), session.pop("kcal_net")
    assert session == {
        "id": logged["session_id"],
        "day": "2026-02-28",
        "started_at": "2026-02-28T22:50:00+00:00",
        "ended_at": "2026-02-28T23:10:00+00:00",
        "outcome": "completed",
        "workout": "In the park",
        "level": "l1",
        "place": "outdoor",
        "parts": {"backward": {"s": 900.0, "m": 500.0, "estimated": True}, "forward": {"s": 300.0}},
        "rating": {"effort": 4, "pain": 0, "stumbles": 1, "note": "Fine"},
        "minutes": 20.0,
        "backward_minutes": 15.0,
        "backward_m": 500.0,
    }
    assert 50 < kcal_net < kcal < 120, "about a quarter of an hour of slow backward walking at 70 kg"
    assert coordinator.book(ANNA).streak.current == 1


async def test_only_the_minutes_are_needed_and_it_has_just_ended(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    coordinator = await async_set_up(hass)
    coordinator.live(HALL).async_choose(Selection(athlete_id=BEN))
    await call(hass, "log_session", athlete=BEN, backward_minutes=7.5)
    (record,) = await coordinator.book(BEN).async_records()
    assert record.place == "hallway"
    assert record.ended_at == datetime.fromisoformat(NOW)
    assert (record.backward_seconds, record.metres.value) == (450, 0)
    assert record.kcal is None, "nothing is known of Ben's mass"


async def test_logging_the_same_start_again_replaces_it(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    coordinator = await one_of_each(hass)
    for minutes in (5, 6):
        await call(hass, "log_session", started_at="2026-02-28T10:00:00+00:00", backward_minutes=minutes)
    (record,) = await coordinator.book(ANNA).async_records()
    assert record.backward_seconds == 360


async def test_sessions_logged_at_once_are_all_kept(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    coordinator = await one_of_each(hass)
    await asyncio.gather(
        *(
            call(hass, "log_session", started_at=f"2026-02-{day:02}T10:00:00+00:00", backward_minutes=5)
            for day in range(1, 11)
        )
    )
    assert len(await coordinator.book(ANNA).async_records()) == 10
    assert coordinator.book(ANNA).totals["sessions"] == 10


REFUSED_LOGS: dict[str, tuple[Mapping[str, Any], str, Mapping[str, str]]] = {
    "in the future": (
        {"backward_minutes": 5, "started_at": "2026-03-02 07:00:00"},
        "not_over_yet",
        {"now": "2026-03-01 08:00"},
    ),
    "not over yet": (
        {"backward_minutes": 5, "started_at": "2026-03-01 07:56:00"},
        "not_over_yet",
        {"now": "2026-03-01 08:00"},
    ),
    "at the end of time": (
        {"backward_minutes": 5, "started_at": "9999-12-31T23:59:00+00:00"},
        "not_over_yet",
        {"now": "2026-03-01 08:00"},
    ),
    "in another age": (
        {"backward_minutes": 5, "started_at": "0206-03-01 07:00:00"},
        "too_long_ago",
        {"oldest": "2016-02-29"},
    ),
    "too long in all": ({"backward_minutes": 239, "forward_minutes": 2}, "too_long", {"longest": "240"}),
    "a place and a kind": (
        {"backward_minutes": 5, "place": "Gym", "place_kind": "hallway"},
        "one_of_two",
        {"first": "place", "second": "place_kind"},
    ),
    "an unknown place": (
        {"backward_minutes": 5, "place": "Attic"},
        "unknown_place",
        {"place": "Attic", "places": "Gym"},
    ),
}


@pytest.mark.parametrize(("said", "key", "filled"), REFUSED_LOGS.values(), ids=REFUSED_LOGS)
async def test_what_cannot_have_been_is_not_logged(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    said: Mapping[str, Any],
    key: str,
    filled: Mapping[str, str],
) -> None:
    await hass.config.async_set_time_zone(BERLIN)
    freezer.move_to(NOW)
    coordinator = await one_of_each(hass)
    assert reason(await refusal(hass, "log_session", **said)) == (key, filled)
    assert await coordinator.book(ANNA).async_records() == []


async def test_a_session_may_end_this_instant(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to(NOW)
    await one_of_each(hass)
    await call(hass, "log_session", started_at="2026-03-01T06:55:00+00:00", backward_minutes=5)
    error = await refusal(hass, "log_session", started_at="2026-03-01T06:55:01+00:00", backward_minutes=5)
    assert error.translation_key == "not_over_yet"


# Rating and deleting


async def test_the_latest_session_is_rated_and_what_is_left_out_stays(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await one_of_each(hass)
    await walked(hass, freezer)
    await async_tick(hass, freezer, 60)
    latest = await walked(hass, freezer)
    await call(hass, "rate_session", effort=5.0, note="Good")
    await call(hass, "rate_session", pain=2, session_id="")
    first, second = await coordinator.book(ANNA).async_records()
    assert (second.id, second.rating.effort, second.rating.pain, second.rating.note) == (latest, 5, 2, "Good")
    assert first.rating.effort is None


async def test_any_session_can_be_rated_by_its_id(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await one_of_each(hass)
    first = await walked(hass, freezer)
    await async_tick(hass, freezer, 60)
    await walked(hass, freezer)
    await call(hass, "rate_session", session_id=first, stumbles=3)
    assert [record.rating.stumbles for record in await coordinator.book(ANNA).async_records()] == [3, 0]


async def test_two_ratings_at_once_are_both_kept(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    coordinator = await one_of_each(hass)
    await walked(hass, freezer)
    await asyncio.gather(call(hass, "rate_session", effort=5), call(hass, "rate_session", pain=2))
    (record,) = await coordinator.book(ANNA).async_records()
    assert (record.rating.effort, record.rating.pain) == (5, 2)


async def test_a_session_that_has_just_ended_is_never_taken_for_the_one_before(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is written a moment later; a rating that came in between must not end up with another session."""
    coordinator = await one_of_each(hass)
    await walked(hass, freezer)
    await async_tick(hass, freezer, 60)
    started = await call(hass, "start_session", notation=SHORT)
    await async_tick(hass, freezer, 20)
    book, written = coordinator.book(ANNA), asyncio.Event()
    add = book.async_add

    async def add_later(record: Record) -> None:
        await written.wait()
        await add(record)

    monkeypatch.setattr(book, "async_add", add_later)
    await call(hass, "stop_session")
    key, filled = reason(await refusal(hass, "rate_session", effort=5))
    assert (key, filled["session"]) == ("unknown_session", started["session_id"])
    written.set()
    await hass.async_block_till_done()
    await call(hass, "rate_session", effort=6)
    assert [record.rating.effort for record in await coordinator.book(ANNA).async_records()] == [None, 6]


async def test_while_a_session_is_on_the_latest_is_the_one_before(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await one_of_each(hass)
    await walked(hass, freezer)
    await call(hass, "start_session", notation=SHORT)
    await call(hass, "rate_session", effort=1)
    (record,) = await coordinator.book(ANNA).async_records()
    assert record.rating.effort == 1


async def test_a_deleted_session_is_gone_for_good(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await one_of_each(hass)
    session_id = await walked(hass, freezer)
    await call(hass, "delete_session", session_id=session_id)
    assert await coordinator.book(ANNA).async_records() == []
    assert coordinator.book(ANNA).streak.current == 0
    error = await refusal(hass, "delete_session", session_id=session_id)
    assert reason(error) == ("unknown_session", {"athlete": "Anna", "session": session_id})


REFUSED_RATINGS: dict[str, tuple[Mapping[str, Any], str, Mapping[str, str]]] = {
    "nothing is told": ({}, "nothing_to_rate", {}),
    "nothing is recorded": ({"effort": 3}, "nothing_recorded", {"athlete": "Anna"}),
    "no such session": (
        {"effort": 3, "session_id": "gone"},
        "unknown_session",
        {"athlete": "Anna", "session": "gone"},
    ),
}


@pytest.mark.parametrize(("said", "key", "filled"), REFUSED_RATINGS.values(), ids=REFUSED_RATINGS)
async def test_a_rating_of_nothing_is_refused(
    hass: HomeAssistant, said: Mapping[str, Any], key: str, filled: Mapping[str, str]
) -> None:
    await one_of_each(hass)
    assert reason(await refusal(hass, "rate_session", **said)) == (key, filled)


async def test_the_history_of_another_athlete_is_left_alone(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    coordinator = await async_set_up(hass)
    session_id = await walked(hass, freezer, place=GYM, athlete=ANNA)
    error = await refusal(hass, "delete_session", athlete=BEN, session_id=session_id)
    assert reason(error) == ("unknown_session", {"athlete": "Ben", "session": session_id})
    assert len(await coordinator.book(ANNA).async_records()) == 1


# What can be asked


async def test_sessions_are_given_by_day_both_ends_included(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to(NOW)
    await one_of_each(hass)
    for day in (25, 26, 27, 28):
        await call(hass, "log_session", started_at=f"2026-02-{day}T10:00:00+00:00", backward_minutes=5)

    async def days(**said: Any) -> list[str]:
        return [session["day"][-2:] for session in (await call(hass, "get_sessions", **said))["sessions"]]

    assert await days() == ["25", "26", "27", "28"]
    assert await days(start_date="2026-02-26", end_date="2026-02-27") == ["26", "27"]
    assert await days(start_date="2026-02-28") == ["28"]
    assert await days(end_date=datetime.fromisoformat("2026-02-25T12:00:00")) == ["25"], "only its day"
    error = await refusal(hass, "get_sessions", start_date="2026-02-28", end_date="2026-02-27")
    assert reason(error) == ("dates_reversed", {"start": "2026-02-28", "end": "2026-02-27"})


async def test_the_only_places_last_athlete_is_asked_about(hass: HomeAssistant) -> None:
    anna, ben, gym, *_ = subentries()
    coordinator = await async_set_up(hass, new_entry(anna, ben, gym))
    assert (await refusal(hass, "get_sessions")).translation_key == "choose_athlete"
    coordinator.live(GYM).async_choose(Selection(athlete_id=BEN))
    assert (await call(hass, "get_sessions"))["athlete"] == "Ben"


async def test_workouts_are_given_with_all_that_a_choice_needs(hass: HomeAssistant) -> None:
    coordinator = await async_set_up(hass)
    workouts = {workout["id"]: workout for workout in (await call(hass, "get_workouts"))["workouts"]}
    assert workouts.keys() == coordinator.workouts.keys()
    assert workouts[MINE] == {
        "id": "mine",
        "name": "Mine",
        "level": "l1",
        "place_kinds": ["treadmill", "hallway", "outdoor", "stairs"],
        "requires": [],
        "minutes": 2.5,
        "notation": "1m back @2, 30s turn, 1m fwd @3",
    }
    assert workouts["first-steps-5"]["requires"] == ["clip", "handrail", "clear_behind", "clear_ground"]


async def test_workouts_are_given_by_place_and_by_level(hass: HomeAssistant) -> None:
    own = subentry(SubentryType.WORKOUT, "own", "Own", {"notation": "60s back @2, 60s fwd @3"})
    await async_set_up(hass, new_entry(*subentries()[:4], own))

    async def ids(**said: Any) -> list[str]:
        return [workout["id"] for workout in (await call(hass, "get_workouts", **said))["workouts"]]

    assert await ids(place="Hall") == ["own", "first-steps-5", "older-balance"]
    assert await ids(place="Hall", level="l0") == ["first-steps-5", "older-balance"]
    assert await ids(place="Gym", level="l2") == ["fb-intervals-treadmill", "steady-20"]
    response = await call(hass, "get_workouts", place="Gym", level="l1")
    assert response["workouts"][0]["minutes"] == 2.5, "with the turn that a treadmill needs"
    assert (await refusal(hass, "get_workouts", place="Attic")).translation_key == "unknown_place"


# What is no answer at all


WRONG: dict[str, tuple[str, Mapping[str, Any]]] = {
    "no minutes": ("log_session", {}),
    "zero minutes": ("log_session", {"backward_minutes": 0}),
    "negative minutes": ("log_session", {"backward_minutes": 5, "forward_minutes": -1}),
    "too many minutes": ("log_session", {"backward_minutes": 240.5}),
    "not a number of minutes": ("log_session", {"backward_minutes": "nan"}),
    "endless minutes": ("log_session", {"backward_minutes": "inf"}),
    "not a time": ("log_session", {"backward_minutes": 5, "started_at": "yesterday"}),
    "before all time": ("log_session", {"backward_minutes": 5, "started_at": "0001-01-01 00:30:00"}),
    "no such kind of place": ("log_session", {"backward_minutes": 5, "place_kind": "moon"}),
    "too far": ("log_session", {"backward_minutes": 5, "distance_m": 100_001}),
    "too much effort": ("rate_session", {"effort": 11}),
    "half an effort": ("rate_session", {"effort": 4.5}),
    "negative pain": ("rate_session", {"pain": -1}),
    "no number of stumbles": ("rate_session", {"stumbles": "nan"}),
    "endless stumbles": ("rate_session", {"stumbles": "inf"}),
    "a novel": ("rate_session", {"note": "x" * 501}),
    "no session to delete": ("delete_session", {}),
    "no seconds": ("extend_interval", {}),
    "zero seconds": ("extend_interval", {"seconds": 0}),
    "too many seconds": ("extend_interval", {"seconds": 601}),
    "zero duration": ("start_session", {"duration": 0}),
    "too long a duration": ("start_session", {"duration": 241}),
    "not a date": ("get_sessions", {"start_date": "2026-02-30"}),
    "no such level": ("get_workouts", {"level": "l9"}),
    "no such field": ("pause_session", {"seconds": 5}),
}


@pytest.mark.parametrize(("action", "said"), WRONG.values(), ids=WRONG)
async def test_what_makes_no_sense_is_refused_before_anything_happens(
    hass: HomeAssistant, action: str, said: Mapping[str, Any]
) -> None:
    await hass.config.async_set_time_zone(BERLIN)
    coordinator = await one_of_each(hass)
    with pytest.raises(vol.Invalid):
        await call(hass, action, **said)
    assert await coordinator.book(ANNA).async_records() == []


# The seams


async def test_every_action_is_described_and_nothing_else_is(hass: HomeAssistant) -> None:
    """Code, services.yaml, translations and icons know the same actions and the same fields."""
    await one_of_each(hass)
    described = (await async_get_all_descriptions(hass))[DOMAIN]
    texts = _translations()["services"]
    icons = json.loads((PACKAGE / "icons.json").read_text(encoding="utf-8"))["services"]
    assert ACTIONS.keys() == described.keys() == texts.keys() == icons.keys()
    assert STEERING.keys() <= ACTIONS.keys()
    for name, (_, schema, _) in ACTIONS.items():
        fields = {str(marker): isinstance(marker, vol.Required) for marker in schema}
        yaml = described[name]["fields"]
        assert {field: entry.get("required", False) for field, entry in yaml.items()} == fields, name
        named = texts[name].get("fields", {})
        assert named.keys() == fields.keys(), name
        for text in (texts[name], *named.values()):
            assert text["name"]
            assert text["description"]
        for entry in yaml.values():
            selector.validate_selector(entry["selector"])
            assert "example" in entry


def test_every_reason_for_a_refusal_is_written_and_every_written_one_is_a_sentence() -> None:
    used = {
        key
        for file in ("services.py", "targets.py", "coordinator.py", "starting.py", "problems.py")
        for key in re.findall(r'problem\(\s*"(\w+)"', (PACKAGE / file).read_text(encoding="utf-8"))
    }
    written = _translations()["exceptions"]
    assert used | set(Code) <= written.keys()
    parts = {over.remark.code for over in (Excess(over=each) for each in Over)} | {Code.AT_PLACE, Code.LIST}
    parts |= {Code.MINUTES, Code.MINUTES_AND_SECONDS}
    parts |= {Finding(kind=kind).remark().code for kind in Blocker}
    assert {key for key, text in written.items() if not text["message"].endswith(".")} == parts
