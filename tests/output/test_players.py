"""Each kind of speaker is asked in its own way, and given back what it does not put back by itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.backstride.output import players, shelf
from custom_components.backstride.output.calls import Action
from custom_components.backstride.output.players import ANNOUNCES, SEEKS, SETS_VOLUME, Interruption
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLAYER, SATELLITE = "media_player.gym", "assist_satellite.gym"
ADDRESS = f"http://10.0.0.1:8123{shelf.PATH}?of=it"
SONG = "http://music.example/song"
ALL = SETS_VOLUME | SEEKS


def registered(hass: HomeAssistant, platform: str, domain: str = "media_player", **more: Any) -> str:
    """Have an integration bring a speaker."""
    entry = er.async_get(hass).async_get_or_create(domain, platform, "1", **more)
    return entry.entity_id


def playing(hass: HomeAssistant, entity_id: str = PLAYER, state: str = "playing", **more: Any) -> None:
    """Let a player play a song."""
    given: dict[str, Any] = {
        "supported_features": ALL,
        "volume_level": 0.3,
        "media_content_id": SONG,
        "media_content_type": "music",
        "media_position": 40,
        "media_position_updated_at": NOW - timedelta(seconds=5),
    }
    shown = {key: value for key, value in (given | more).items() if value is not None}
    hass.states.async_set(entity_id, state, shown)


def set_volume(level: float, entity_id: str = PLAYER) -> Action:
    return ("media_player", "volume_set"), {"entity_id": entity_id, "volume_level": level}


PLAY = (
    ("media_player", "play_media"),
    {"entity_id": PLAYER, "media_content_id": SONG, "media_content_type": "music"},
)


@pytest.fixture(autouse=True)
def _clock(freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to(NOW)


# How each is asked


@pytest.mark.parametrize("volume", [None, 0.4])
async def test_a_player_is_asked_to_announce(hass: HomeAssistant, volume: float | None) -> None:
    """Those that know no announcements take no notice; its volume is set before."""
    assert players.play(hass, PLAYER, ADDRESS, "Turn.", volume) == (
        ("media_player", "play_media"),
        {
            "entity_id": PLAYER,
            "media_content_id": ADDRESS,
            "media_content_type": "music",
            "announce": True,
        },
    )


@pytest.mark.parametrize(
    ("platform", "extra"),
    [
        ("sonos", {"volume": 35}),
        ("bang_olufsen", {"overlay_absolute_volume": 35}),
        ("squeezebox", {"announce_volume": 0.35}),
    ],
)
async def test_some_are_told_the_volume_together_with_the_sound(
    hass: HomeAssistant, platform: str, extra: dict[str, Any]
) -> None:
    """Those that count to a hundred take whole numbers only, and refuse others together with the sound."""
    player = registered(hass, platform)
    _, data = players.play(hass, player, ADDRESS, "Turn.", 0.35)
    assert data["extra"] == extra
    assert {key: type(value) for key, value in data["extra"].items()} == {
        key: type(value) for key, value in extra.items()
    }
    _, data = players.play(hass, player, ADDRESS, "Turn.", None)
    assert "extra" not in data


@pytest.mark.parametrize(("volume", "told"), [(None, None), (0.4, 40), (0.004, 1), (1.0, 100)])
async def test_music_assistant_announces_without_a_chime_of_its_own(
    hass: HomeAssistant, volume: float | None, told: int | None
) -> None:
    player = registered(hass, "music_assistant")
    action, data = players.play(hass, player, ADDRESS, "Turn.", volume)
    assert action == ("music_assistant", "play_announcement")
    louder = {} if told is None else {"announce_volume": told}
    assert data == {"entity_id": player, "url": ADDRESS, "use_pre_announce": False} | louder


async def test_a_satellite_plays_our_sound_and_shows_its_words(hass: HomeAssistant) -> None:
    assert players.play(hass, SATELLITE, ADDRESS, "Turn.", 0.4) == (
        ("assist_satellite", "announce"),
        {"entity_id": SATELLITE, "message": "Turn.", "media_id": ADDRESS, "preannounce": False},
    )
    assert players.say(SATELLITE, "Turn.", is_urgent=False) == (
        ("assist_satellite", "announce"),
        {"entity_id": SATELLITE, "message": "Turn.", "preannounce": False},
    )


# What is put back


async def test_music_and_volume_are_put_back(hass: HomeAssistant) -> None:
    playing(hass)
    interruption = Interruption.begin(hass, PLAYER)
    assert not Interruption.begin(hass, "media_player.gone").is_changed
    assert interruption.position == 45, "what it tells is five seconds old"
    assert list(interruption.before(hass, 0.8)) == [set_volume(0.8)]
    playing(hass, media_content_id=ADDRESS, volume_level=0.8)
    assert not interruption.is_back(hass.states.get(PLAYER))
    assert list(interruption.before(hass, 0.8)) == [], "it is as loud already"
    assert list(interruption.after(hass)) == [set_volume(0.3), PLAY]
    playing(hass)
    assert interruption.is_back(hass.states.get(PLAYER))
    seek = {"entity_id": PLAYER, "seek_position": 45}
    assert list(interruption.seek()) == [(("media_player", "media_seek"), seek)]


@pytest.mark.parametrize(
    "shown",
    [
        {"state": "off"},
        {"state": "standby"},
        {"state": "paused"},
        {"state": "unavailable"},
        {"media_content_id": "http://music.example/other"},
        {"state": "buffering", "media_content_id": "http://music.example/other"},
        {"media_content_id": None},
    ],
)
async def test_what_somebody_did_meanwhile_stays(hass: HomeAssistant, shown: dict[str, Any]) -> None:
    playing(hass)
    interruption = Interruption.begin(hass, PLAYER)
    playing(hass, **shown)
    assert list(interruption.after(hass)) == []


@pytest.mark.parametrize(
    "shown",
    [
        {"state": "idle", "media_content_id": None},
        {"state": "idle", "media_content_id": "http://music.example/other"},
        {"media_content_id": ADDRESS},
        {},
    ],
)
async def test_who_is_done_with_our_sound_goes_on(hass: HomeAssistant, shown: dict[str, Any]) -> None:
    """Also where it still tells what it played before: some are asked only every ten seconds."""
    playing(hass)
    interruption = Interruption.begin(hass, PLAYER)
    playing(hass, **shown)
    assert list(interruption.after(hass)) == [PLAY]


async def test_a_player_that_is_gone_gets_nothing(hass: HomeAssistant) -> None:
    playing(hass)
    interruption = Interruption.begin(hass, PLAYER)
    list(interruption.before(hass, 0.8))
    hass.states.async_remove(PLAYER)
    assert list(interruption.after(hass)) == []
    assert not interruption.is_back(None)


@pytest.mark.parametrize(
    "shown",
    [
        {"state": "idle"},
        {"state": "paused"},
        {"media_content_id": None},
        {"media_content_id": ADDRESS},
        {"supported_features": ALL | ANNOUNCES},
    ],
)
async def test_nothing_is_played_that_was_not_heard_before(
    hass: HomeAssistant, shown: dict[str, Any]
) -> None:
    playing(hass, **shown)
    interruption = Interruption.begin(hass, PLAYER)
    assert not interruption.is_changed
    playing(hass, state="idle", media_content_id=None)
    assert list(interruption.after(hass)) == []
    assert list(interruption.seek()) == []


@pytest.mark.parametrize(
    "shown",
    [
        {"supported_features": SETS_VOLUME},
        {"media_position": None},
        {"media_position": "0:40"},
        {"media_position_updated_at": None},
        {"media_position_updated_at": "2026-03-01T12:00:00+00:00"},
        {"media_position_updated_at": datetime(2026, 3, 1)},  # noqa: DTZ001 - as a careless integration tells it
    ],
)
async def test_where_a_player_does_not_tell_how_far_it_is_it_begins_anew(
    hass: HomeAssistant, shown: dict[str, Any]
) -> None:
    playing(hass, **shown)
    interruption = Interruption.begin(hass, PLAYER)
    assert list(interruption.after(hass)) == [PLAY]
    assert list(interruption.seek()) == []


async def test_what_has_no_type_is_music(hass: HomeAssistant) -> None:
    playing(hass, media_content_type=None)
    assert list(Interruption.begin(hass, PLAYER).after(hass)) == [PLAY]


@pytest.mark.parametrize("shown", [{"supported_features": SEEKS}, {"volume_level": "loud"}])
async def test_the_volume_of_a_player_that_has_none_is_left_alone(
    hass: HomeAssistant, shown: dict[str, Any]
) -> None:
    playing(hass, **shown)
    assert list(Interruption.begin(hass, PLAYER).before(hass, 0.8)) == []


async def test_no_volume_of_the_place_changes_none(hass: HomeAssistant) -> None:
    playing(hass)
    interruption = Interruption.begin(hass, PLAYER)
    assert list(interruption.before(hass, None)) == []
    assert list(interruption.after(hass)) == [PLAY]


@pytest.mark.parametrize(
    ("shown", "is_ours"),
    [(0.8, True), (0.833, True), (0.77, True), (0.76, False), (0.84, False), (0.3, True), (0.5, False)],
)
async def test_what_a_player_made_of_our_volume_is_ours_and_any_other_is_somebodys_choice(
    hass: HomeAssistant, shown: float, is_ours: bool
) -> None:
    """One that is asked only every ten seconds may still tell the old one; then it is set all the same."""
    playing(hass, state="idle")
    interruption = Interruption.begin(hass, PLAYER)
    assert list(interruption.before(hass, 0.8)) == [set_volume(0.8)]
    playing(hass, state="idle", volume_level=shown)
    assert list(interruption.after(hass)) == ([set_volume(0.3)] if is_ours else [])
    again = [set_volume(0.6)] if is_ours else []
    assert list(interruption.before(hass, 0.6)) == again


async def test_a_player_that_was_off_is_set_as_soon_as_it_tells_how_loud_it_is(hass: HomeAssistant) -> None:
    hass.states.async_set(PLAYER, "off", {"supported_features": ALL})
    interruption = Interruption.begin(hass, PLAYER)
    assert list(interruption.before(hass, 0.8)) == []
    playing(hass, state="idle", volume_level=0.2)
    assert list(interruption.before(hass, 0.8)) == [set_volume(0.8)]
    playing(hass, state="idle", volume_level=0.8)
    assert list(interruption.after(hass)) == [set_volume(0.2)]


@pytest.mark.parametrize("platform", ["sonos", "squeezebox", "bang_olufsen", "music_assistant"])
async def test_who_is_told_the_volume_with_the_sound_keeps_its_own(
    hass: HomeAssistant, platform: str
) -> None:
    player = registered(hass, platform)
    playing(hass, player)
    interruption = Interruption.begin(hass, player)
    assert list(interruption.before(hass, 0.8)) == []


async def test_a_satellite_is_as_loud_as_the_player_beside_it(hass: HomeAssistant) -> None:
    entry = MockConfigEntry(domain="esphome")
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("esphome", "box")}
    )
    satellite = registered(hass, "esphome", "assist_satellite", device_id=device.id)
    player = registered(hass, "esphome", device_id=device.id)
    registered(hass, "esphome", "light", device_id=device.id)
    hass.states.async_set(satellite, "idle")
    playing(hass, player)
    interruption = Interruption.begin(hass, satellite)
    assert list(interruption.before(hass, 0.8)) == [set_volume(0.8, player)]
    playing(hass, player, volume_level=0.8)
    assert list(interruption.after(hass)) == [set_volume(0.3, player)], "it goes on with music by itself"


@pytest.mark.parametrize("is_registered", [True, False])
async def test_a_satellite_with_no_player_beside_it_keeps_its_volume(
    hass: HomeAssistant, is_registered: bool
) -> None:
    satellite = registered(hass, "esphome", "assist_satellite") if is_registered else SATELLITE
    hass.states.async_set(satellite, "idle")
    assert list(Interruption.begin(hass, satellite).before(hass, 0.8)) == []
