"""Somebody at the door pauses the session, and is told; nothing goes on by itself, and what is held stays held."""

import asyncio

import pytest

from homeassistant.core import HomeAssistant, ServiceCall

from ..setup import GYM
from .driving import Drive, async_use, mock

DOOR, BELL, CHIME = "binary_sensor.front_door", "event.doorbell", "binary_sensor.chime"
RINGS = {"device_class": "doorbell", "event_types": ["ring", "motion"]}


@pytest.fixture
async def watched(hass: HomeAssistant, drive: Drive) -> Drive:
    """Give a gym whose doors and bells are watched, and everybody is told."""
    mock(hass, "tts.speak", fails=True)
    mock(hass, "assist_satellite.announce", "notify.send_message")
    await drive.see(DOOR, "off")
    await drive.see(CHIME, "off")
    await drive.see(BELL, "unknown", **RINGS)
    await async_use(
        hass,
        "pause_at_the_door",
        place=drive.device(GYM),
        doors=[DOOR],
        open_for=2,
        doorbells=[BELL, CHIME],
        media_players=["media_player.gone"],
        tts_engine="tts.piper",
        satellites=["assist_satellite.gym"],
        notifiers=["notify.phone"],
    )
    return drive


TOLD = ["backstride.pause_session", "tts.speak", "assist_satellite.announce", "notify.send_message"]


def _told(drive: Drive) -> list[str]:
    return [name for name, _ in drive.called(*TOLD)]


async def test_a_door_that_stays_open_pauses_and_tells_although_a_speaker_fails(watched: Drive) -> None:
    watched.start()
    await watched.wait(15)
    await watched.see(DOOR, "on")
    await watched.wait(1, 1)
    await watched.see(DOOR, "off")
    await watched.wait(5, 1)
    assert _told(watched) == [], "it only rattled"
    await watched.see(DOOR, "on")
    await watched.wait(3, 1)
    assert watched.session() == "paused"
    assert _told(watched) == TOLD
    assert watched.called("notify")[0][1]["message"] == "Somebody is at the door."
    await watched.see(DOOR, "off")
    await watched.wait(30)
    assert watched.session() == "paused", "who goes on says so"


async def test_every_kind_of_bell_pauses_and_a_bell_that_tells_of_something_else_does_not(
    watched: Drive,
) -> None:
    watched.start()
    await watched.wait(15)
    await watched.see(BELL, "2026-02-28T09:00:00.000+00:00", event_type="ring", **RINGS)
    await watched.happens(BELL, "motion", **RINGS)
    await watched.see(BELL, "unavailable")
    await watched.see(CHIME, "unavailable")
    await watched.see(CHIME, "on")
    assert watched.session() == "running", "a ring of yesterday, a passer-by, and sensors that come and go"
    await watched.happens(BELL, "ring", **RINGS)
    assert watched.session() == "paused"
    await watched.hass.services.async_call("backstride", "resume_session", {"place": GYM}, blocking=True)
    await watched.see(CHIME, "off")
    await watched.see(CHIME, "on")
    assert watched.session() == "paused"
    assert len(watched.called("notify")) == 2


async def test_who_comes_while_the_first_is_told_pauses_again(hass: HomeAssistant, watched: Drive) -> None:
    told = asyncio.Event()

    async def announces(_call: ServiceCall) -> None:
        await told.wait()

    hass.services.async_register("assist_satellite", "announce", announces)
    watched.start()
    await watched.wait(15)
    await watched.happens(BELL, "ring", **RINGS)
    await hass.services.async_call("backstride", "resume_session", {"place": GYM}, blocking=True)
    await watched.see(CHIME, "on")
    assert watched.session() == "paused"
    told.set()


async def test_a_session_that_is_held_stays_held_and_the_ring_is_told_all_the_same(
    hass: HomeAssistant, watched: Drive
) -> None:
    """Whoever resumes after a pause is asked by nobody; only the guard lets go of what it holds."""
    entry = watched.coordinator.entry
    subentry = entry.subentries[GYM]
    obstacles = [{"entity_id": "binary_sensor.dog", "reaction": "hold"}]
    await watched.see("binary_sensor.dog", "off")
    hass.config_entries.async_update_subentry(entry, subentry, data={**subentry.data, "obstacles": obstacles})
    await watched.settle()
    watched.start()
    await watched.wait(15)
    await watched.see("binary_sensor.dog", "on")
    await watched.wait(2, 0.5)
    assert watched.session() == "held"
    await watched.happens(BELL, "ring", **RINGS)
    assert watched.session() == "held"
    assert len(watched.called("notify")) == 1


async def test_while_nobody_walks_a_bell_is_nothing(watched: Drive) -> None:
    await watched.happens(BELL, "ring", **RINGS)
    await watched.see(DOOR, "on")
    await watched.wait(3, 1)
    assert _told(watched) == []
