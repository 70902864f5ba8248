"""A player is left as it was: after the last sound, not between two that follow soon, and never while it is busy."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed_exact

from custom_components.backstride.output.calls import Calls
from custom_components.backstride.output.players import SEEKS, SETS_VOLUME
from custom_components.backstride.output.shelf import PATH
from custom_components.backstride.output.visit import Visit
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLAYER = "media_player.gym"
SONG, OTHER, OURS = "http://music.example/song", "http://music.example/other", f"http://x{PATH}?of=it"


class Stay:
    """A visit to a player that plays a song at its eightieth second, and a list of what it is told."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
        """Be there with a sound of ours."""
        self.hass = hass
        self.freezer = freezer
        self.due: datetime | None = None
        self.told: list[str] = []
        for action in ("play_media", "media_seek", "volume_set"):
            hass.services.async_register("media_player", action, self._note)
        self.answer: Callable[[ServiceCall], Awaitable[None] | None] = lambda _call: None
        self.show("playing", SONG)
        self.calls = Calls(hass, "Gym")
        self.visit = Visit(hass, self.calls, now=dt_util.utcnow, next_due=lambda: self.due)

    async def _note(self, call: ServiceCall) -> None:
        value = call.data.get(
            "volume_level", call.data.get("seek_position", call.data.get("media_content_id"))
        )
        self.told.append(f"{call.service} {value}")
        if (answer := self.answer(call)) is not None:
            await answer

    def show(self, state: str, content: str, volume: float = 0.3) -> None:
        """Let the player tell what it does."""
        shown = {
            "supported_features": SETS_VOLUME | SEEKS,
            "volume_level": volume,
            "media_content_id": content,
            "media_content_type": "music",
            "media_position": 80,
            "media_position_updated_at": dt_util.utcnow(),
        }
        self.hass.states.async_set(PLAYER, state, shown)

    def speak(self, seconds: float = 2) -> None:
        """Play a sound of ours that takes so long, louder."""
        list(self.visit.before(PLAYER, 0.8))
        self.show("playing", OURS, 0.8)
        self.visit.until(dt_util.utcnow() + timedelta(seconds=seconds))

    async def wait(self, seconds: float) -> list[str]:
        """Let time pass, and give what the player was told meanwhile."""
        for _ in range(round(seconds * 2)):
            self.freezer.tick(0.5)
            async_fire_time_changed_exact(self.hass)
            await self.hass.async_block_till_done()
        told, self.told = self.told, []
        return told


@pytest.fixture
async def stay(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> AsyncIterator[Stay]:
    freezer.move_to(NOW)
    stay = Stay(hass, freezer)
    yield stay
    stay.visit.close()
    await hass.async_block_till_done()


BACK = ["volume_set 0.3", f"play_media {SONG}"]
SEEK = "media_seek 80.0"


async def test_it_is_left_a_second_after_the_sound(stay: Stay) -> None:
    stay.speak(2)
    was_owing = stay.visit.is_owing
    assert await stay.wait(2.5) == []
    assert await stay.wait(0.5) == BACK
    assert (was_owing, stay.visit.is_owing) == (True, False)
    assert await stay.wait(30) == []


async def test_what_was_playing_is_moved_to_where_it_was_once_it_plays(stay: Stay) -> None:
    """One that fills a buffer first knows nothing yet that could be moved."""
    stay.speak(2)
    assert await stay.wait(4) == BACK
    stay.show("buffering", SONG)
    assert await stay.wait(1) == []
    stay.show("playing", SONG)
    assert await stay.wait(0.5) == [SEEK]
    stay.show("paused", SONG)
    stay.show("playing", SONG)
    assert await stay.wait(0.5) == [], "once is enough"


async def test_what_plays_at_once_is_moved_at_once(stay: Stay) -> None:
    def play(call: ServiceCall) -> None:
        if call.service == "play_media":
            stay.show("playing", SONG)

    stay.answer = play
    stay.speak(2)
    assert await stay.wait(4) == [*BACK, SEEK]


async def test_what_does_not_come_back_is_waited_for_a_while_only(stay: Stay) -> None:
    stay.speak(2)
    assert await stay.wait(12) == BACK
    stay.show("playing", SONG)
    assert await stay.wait(1) == []


@pytest.mark.usefixtures("caplog")
@pytest.mark.logs
async def test_what_cannot_be_played_again_is_not_moved(stay: Stay) -> None:
    async def fail() -> None:
        raise HomeAssistantError

    stay.answer = lambda call: fail() if call.service == "play_media" else None
    stay.speak(2)
    assert await stay.wait(4) == BACK
    stay.show("playing", SONG)
    assert await stay.wait(1) == []


async def test_the_next_sound_comes_before_the_music_has_found_its_place(stay: Stay) -> None:
    stay.speak(2)
    assert await stay.wait(4) == BACK
    stay.speak(2)
    stay.show("playing", SONG)
    assert await stay.wait(1) == []


async def test_music_that_tells_no_position_begins_anew(stay: Stay) -> None:
    stay.hass.states.async_set(PLAYER, "playing", {"media_content_id": SONG})
    stay.speak(2)
    assert await stay.wait(4) == BACK[1:]
    stay.show("playing", SONG)
    assert await stay.wait(1) == []


async def test_it_is_not_left_where_more_is_due_soon(stay: Stay) -> None:
    stay.speak(2)
    stay.due = NOW + timedelta(seconds=11)
    assert await stay.wait(3.5) == []
    assert await stay.wait(7) == []
    stay.speak(1)
    stay.due = None
    assert await stay.wait(3) == BACK


@pytest.mark.parametrize(("due", "is_left"), [(11.0, False), (11.5, True)])
async def test_eight_seconds_are_soon(stay: Stay, due: float, is_left: bool) -> None:
    stay.speak(2)
    stay.due = NOW + timedelta(seconds=due)
    assert bool(await stay.wait(4)) is is_left


async def test_it_is_left_where_what_was_due_is_not_said_after_all(stay: Stay) -> None:
    stay.speak(2)
    stay.due = NOW + timedelta(seconds=8)
    assert await stay.wait(8) == []
    stay.due = None
    assert await stay.wait(1.5) == BACK


async def test_what_is_due_and_stays_due_does_not_keep_the_clock_busy(stay: Stay) -> None:
    stay.speak(0)
    stay.due = NOW - timedelta(seconds=5)
    assert await stay.wait(5) == []
    stay.due = None
    assert await stay.wait(2) == BACK


async def test_a_player_that_is_busy_is_left_when_it_has_said_everything(stay: Stay) -> None:
    """A satellite's call comes back only then; another call would cut it off."""
    is_over = asyncio.Event()

    async def busy(_call: ServiceCall) -> None:
        await is_over.wait()

    stay.hass.services.async_register("assist_satellite", "announce", busy)
    stay.speak(1)
    stay.calls.call(PLAYER, ("assist_satellite", "announce"), {})
    assert await stay.wait(4) == []
    is_over.set()
    await stay.calls.async_finish(5)
    assert await stay.wait(2) == BACK


async def test_closed_it_puts_everything_back_at_once_and_waits_for_nothing(stay: Stay) -> None:
    stay.speak(20)
    stay.visit.close()
    assert await stay.wait(0.5) == [*BACK, SEEK]
    assert await stay.wait(30) == []
    stay.visit.close()
    assert await stay.wait(1) == []


async def test_where_nothing_was_touched_nothing_is_put_back(stay: Stay) -> None:
    stay.visit.until(NOW)
    assert await stay.wait(2) == []
    stay.show("idle", SONG)
    list(stay.visit.before(PLAYER, None))
    assert not stay.visit.is_owing
    stay.visit.until(NOW)
    assert await stay.wait(2) == []
    stay.visit.close()
