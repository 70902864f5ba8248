"""A place with speakers is asked what is heard and how loud, and each speaker how late it is, where somebody wants that."""

from typing import Any

import pytest

from custom_components.backstride.const import DOMAIN, SubentryType
from custom_components.backstride.engine.cues import CueKind
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import InvalidData
from homeassistant.helpers import entity_registry as er

from .gym.visit import IN_THE_GYM, async_open
from .owner import Owner, async_owner
from .setup import async_set_up, new_entry, subentry

pytestmark = IN_THE_GYM

PLAYER, OTHER, SATELLITE = (
    "media_player.gym_speaker",
    "media_player.garage_speaker",
    "assist_satellite.gym_satellite",
)
ALL = [kind.value for kind in CueKind]
USUAL = {"cue_style": "words", "cue_kinds": ALL}


def registry_id(hass: HomeAssistant, entity_id: str) -> str:
    """Give what a place keeps of an entity."""
    entry = er.async_get(hass).async_get(entity_id)
    assert entry is not None
    return entry.id


def heard(owner: Owner) -> dict[str, Any]:
    """Give what the place keeps of how it sounds."""
    data = owner.only(SubentryType.PLACE).data
    keys = ("cue_style", "cue_kinds", "announce_volume", "night_volume", "quiet_hours", "speaker_delays")
    return {key: data[key] for key in keys if key in data}


async def adding(hass: HomeAssistant, *speakers: str) -> Owner:
    """Begin to add a hallway with these speakers, up to what comes after them."""
    owner = await async_owner(hass)
    await owner.adds(SubentryType.PLACE)
    await owner.fills_in(name="Hall", kind="hallway")
    await owner.fills_in(speakers=list(speakers))
    return owner


async def changing(hass: HomeAssistant, speakers: list[str], **stored: object) -> Owner:
    """Begin to change a hallway that keeps this, up to what comes after its speakers."""
    await async_open(hass)
    place = subentry(SubentryType.PLACE, "hall", "Hall", {"kind": "hallway", "speakers": speakers, **stored})
    entry = new_entry(subentry(SubentryType.ATHLETE, "anna", "Anna", {}), place)
    await async_set_up(hass, entry)
    owner = Owner(hass, entry)
    await owner.changes(owner.only(SubentryType.PLACE))
    await owner.fills_in()
    await owner.fills_in()
    return owner


async def test_a_place_without_speakers_is_not_asked(hass: HomeAssistant) -> None:
    owner = await adding(hass)
    assert owner.step == "create_entry"
    assert heard(owner) == {}


async def test_who_only_presses_next_hears_everything_in_words(hass: HomeAssistant) -> None:
    owner = await adding(hass, PLAYER)
    assert (owner.step, owner.shown) == ("sound", USUAL)
    await owner.fills_in()
    assert owner.step == "create_entry", "who has heard nothing yet is not asked how late it was"
    assert heard(owner) == USUAL


async def test_everything_can_be_chosen_and_is_shown_again(hass: HomeAssistant) -> None:
    chosen = {
        "cue_style": "chimes",
        "cue_kinds": ["change", "countdown"],
        "announce_volume": 29.0,
        "night_volume": 0.0,
        "quiet_from": "22:00:00",
        "quiet_to": "07:00:00",
    }
    owner = await adding(hass, PLAYER)
    await owner.fills_in(**chosen)
    kept = {
        "cue_style": "chimes",
        "cue_kinds": ["change", "countdown"],
        "announce_volume": 0.29,
        "night_volume": 0,
        "quiet_hours": ["22:00:00", "07:00:00"],
    }
    assert heard(owner) == kept
    await owner.changes(owner.only(SubentryType.PLACE))
    await owner.fills_in()
    await owner.fills_in()
    assert owner.shown == chosen | {"cue_kinds": ["countdown", "change"], "set_delays": False}
    await owner.fills_in()
    assert owner.sees["reason"] == "reconfigure_successful"
    assert heard(owner) == kept | {"cue_kinds": ["countdown", "change"]}


async def test_an_emptied_field_is_gone(hass: HomeAssistant) -> None:
    owner = await changing(
        hass, [PLAYER], announce_volume=0.5, night_volume=0.2, quiet_hours=["22:00:00", "07:00:00"]
    )
    await owner.fills_in(announce_volume=None, night_volume=None, quiet_from=None, quiet_to=None)
    assert heard(owner) == USUAL


async def test_data_edited_by_hand_can_be_changed(hass: HomeAssistant) -> None:
    owner = await changing(
        hass,
        [PLAYER],
        cue_style="mime",
        cue_kinds=["change", "song"],
        announce_volume="loud",
        quiet_hours=["22:00:00"],
        speaker_delays=None,
    )
    assert owner.shown == {"cue_style": "words", "cue_kinds": ["change"], "set_delays": False}
    await owner.fills_in(set_delays=True)
    await owner.fills_in(delay=0.1)
    assert heard(owner) == {
        "cue_style": "words",
        "cue_kinds": ["change"],
        "speaker_delays": {registry_id(hass, PLAYER): 0.1},
    }


async def test_what_was_set_up_stays_while_there_is_no_speaker(hass: HomeAssistant) -> None:
    """A speaker may be on loan for a week."""
    owner = await changing(hass, [], announce_volume=0.5, speaker_delays={PLAYER: 0.3})
    assert owner.sees["reason"] == "reconfigure_successful"
    assert heard(owner) == {"announce_volume": 0.5, "speaker_delays": {PLAYER: 0.3}}


# What does not fit is said at its field


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        pytest.param({"quiet_from": "22:00:00"}, {"quiet_to": "quiet_needs_both"}, id="no end"),
        pytest.param({"quiet_to": "07:00:00"}, {"quiet_from": "quiet_needs_both"}, id="no beginning"),
        pytest.param(
            {"quiet_from": "22:00", "quiet_to": "22:00:00"}, {"quiet_to": "quiet_is_nothing"}, id="no hours"
        ),
        pytest.param({"night_volume": 20}, {"night_volume": "night_needs_hours"}, id="a night without hours"),
        pytest.param(
            {"night_volume": 20, "quiet_to": "07:00:00"},
            {"quiet_from": "quiet_needs_both"},
            id="half a night",
        ),
    ],
)
async def test_quiet_hours_that_are_none_are_refused_in_words(
    hass: HomeAssistant, form: dict[str, Any], errors: dict[str, str]
) -> None:
    owner = await adding(hass, PLAYER)
    await owner.fills_in(**form)
    assert (owner.step, owner.errors) == ("sound", errors)
    assert owner.shown == USUAL | form
    await owner.fills_in(quiet_from="22:00:00", quiet_to="07:00:00")
    assert owner.step == "create_entry"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("announce_volume", 4),
        ("announce_volume", 101),
        ("night_volume", -1),
        ("night_volume", 101),
        ("quiet_from", "25:00"),
        ("cue_kinds", ["song"]),
        ("cue_style", "mime"),
    ],
)
async def test_a_value_out_of_range_is_refused_at_its_field(
    hass: HomeAssistant, field: str, value: object
) -> None:
    owner = await adding(hass, PLAYER)
    with pytest.raises(InvalidData) as caught:
        await owner.fills_in(**{field: value})
    assert set(caught.value.schema_errors) == {field}


# How late each speaker is


async def test_each_speaker_is_asked_about_by_its_name_where_somebody_wants_that(hass: HomeAssistant) -> None:
    owner = await changing(hass, [PLAYER, OTHER], speaker_delays={OTHER: 0.8})
    await owner.fills_in(set_delays=True)
    assert (owner.step, owner.shown) == ("speaker", {})
    words = {"speaker": "Gym speaker", "number": "1", "count": "2"}
    assert owner.sees["description_placeholders"] == words
    await owner.fills_in(delay=0.25)
    assert (owner.step, owner.shown) == ("speaker", {"delay": 0.8})
    assert owner.sees["description_placeholders"]["number"] == "2"
    await owner.fills_in(delay=None)
    assert owner.sees["reason"] == "reconfigure_successful"
    assert heard(owner) == USUAL | {"speaker_delays": {registry_id(hass, PLAYER): 0.25}}


async def test_delays_stay_with_speakers_that_stay_and_follow_their_names(hass: HomeAssistant) -> None:
    owner = await changing(hass, [PLAYER, OTHER], speaker_delays={PLAYER: 0, OTHER: 0.8})
    await owner.fills_in()
    assert heard(owner)["speaker_delays"] == {registry_id(hass, PLAYER): 0, registry_id(hass, OTHER): 0.8}
    player = registry_id(hass, PLAYER)
    er.async_get(hass).async_update_entity(PLAYER, new_entity_id="media_player.loud")
    await owner.changes(owner.only(SubentryType.PLACE))
    await owner.fills_in()
    assert owner.shown["speakers"] == ["media_player.loud", OTHER]
    await owner.fills_in(speakers=["media_player.loud"])
    await owner.fills_in(set_delays=True)
    assert owner.shown == {"delay": 0}
    await owner.fills_in()
    assert heard(owner)["speaker_delays"] == {player: 0}
    assert owner.only(SubentryType.PLACE).data["speakers"] == [player]


async def test_a_speaker_picked_twice_is_asked_about_once(hass: HomeAssistant) -> None:
    owner = await changing(hass, [PLAYER, PLAYER])
    await owner.fills_in(set_delays=True)
    assert owner.sees["description_placeholders"]["count"] == "1"
    await owner.fills_in()
    assert heard(owner) == USUAL


@pytest.mark.parametrize("delay", [-0.05, 3.05])
async def test_a_delay_that_no_speaker_has_is_refused(hass: HomeAssistant, delay: float) -> None:
    owner = await changing(hass, [PLAYER])
    await owner.fills_in(set_delays=True)
    with pytest.raises(InvalidData):
        await owner.fills_in(delay=delay)


async def test_sensors_are_asked_about_after_the_speakers(hass: HomeAssistant) -> None:
    obstacle = {"entity_id": "binary_sensor.gym_rear_sensor_obstacle", "reaction": "hold"}
    owner = await changing(hass, [PLAYER], obstacles=[obstacle])
    await owner.fills_in(set_delays=True)
    await owner.fills_in(delay=3.0)
    assert (owner.step, owner.shown) == ("obstacle", {"reaction": "hold"})
    await owner.fills_in()
    assert heard(owner)["speaker_delays"] == {registry_id(hass, PLAYER): 3}


async def test_the_first_flow_says_the_same_in_words(hass: HomeAssistant) -> None:
    await async_open(hass)
    flows = hass.config_entries.flow
    result: Any = await flows.async_init(DOMAIN, context={"source": "user"})
    forms: list[dict[str, Any]] = [
        {"manual_allows_backward": "yes", **dict.fromkeys(("balance", "pregnancy", "surgery"), "no")}
        | {"seizures": "no", "heart": "no", "accepted": True},
        {"name": "Anna"},
        {"name": "Hall", "kind": "hallway"},
        {"speakers": [SATELLITE]},
        {"quiet_from": "22:00:00", "cue_kinds": ["change"]},
    ]
    for form in forms:
        result = await flows.async_configure(result["flow_id"], form)
    assert (result["step_id"], result["errors"]) == ("sound", {"quiet_to": "quiet_needs_both"})
    result = await flows.async_configure(result["flow_id"], {"cue_kinds": ["change"]})
    assert result["type"] == "create_entry"
    await hass.async_block_till_done()
    (place,) = result["result"].get_subentries_of_type("place")
    assert (place.data["cue_style"], place.data["cue_kinds"]) == ("words", ["change"])
