"""A satellite plays our sounds like any speaker; only where there is no speech engine it speaks with its own voice."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed_exact,
    async_mock_service,
)

from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.session import Command
from custom_components.backstride.output.shelf import PATH
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .gym.visit import IN_THE_GYM
from .hall import Hall, OpenHall, entry_with
from .listening import AMPLIFIER, words
from .setup import ANNA, GYM, MINE, async_set_up

pytestmark = IN_THE_GYM

FIRST = "Take hold and look ahead. First, walk backward at 1.2."


class Satellite:
    """A satellite with a player beside it, neither of which needs to be more than what it was told."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Put it there."""
        entry = MockConfigEntry(domain="esphome")
        entry.add_to_hass(hass)
        device = dr.async_get(hass).async_get_or_create(
            config_entry_id=entry.entry_id, identifiers={("esphome", "box")}
        )
        add = er.async_get(hass).async_get_or_create
        self.hass = hass
        self.entity_id = add("assist_satellite", "esphome", "1", device_id=device.id).entity_id
        self.player = add("media_player", "esphome", "2", device_id=device.id).entity_id
        self.told: list[tuple[str, Any]] = []
        hass.states.async_set(self.entity_id, "idle")
        self.show(0.3)
        hass.services.async_register("assist_satellite", "announce", self._announce)
        hass.services.async_register("media_player", "volume_set", self._volume)

    def show(self, volume: float) -> None:
        self.hass.states.async_set(self.player, "idle", {"supported_features": 4, "volume_level": volume})

    async def _announce(self, call: ServiceCall) -> None:
        self.told.append((call.data["message"], call.data.get("media_id")))

    async def _volume(self, call: ServiceCall) -> None:
        self.told.append(("volume", call.data["volume_level"]))
        self.show(call.data["volume_level"])

    @property
    def said(self) -> list[str]:
        return [text for text, _ in self.told if text != "volume"]


@pytest.fixture
def satellite(hass: HomeAssistant) -> Satellite:
    return Satellite(hass)


async def _wait(hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float) -> None:
    for _ in range(round(seconds * 2)):
        freezer.tick(0.5)
        async_fire_time_changed_exact(hass)
        await hass.async_block_till_done(wait_background_tasks=True)


async def test_without_an_engine_it_speaks_itself_each_thing_when_it_is_due_and_counts_nothing_down(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, satellite: Satellite
) -> None:
    """What it says begins when it has made it; a countdown in such a voice would count something else."""
    data = {"speakers": [satellite.entity_id], "tts_engine": None, "lights": [], "obstacles": []}
    coordinator = await async_set_up(hass, entry_with(**data, announce_volume=0.7))
    coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
    await _wait(hass, freezer, 3)
    assert satellite.told == [("volume", 0.7), (FIRST, None)]
    await _wait(hass, freezer, 6)
    assert satellite.said == [FIRST], "neither the countdown nor the change before its time"
    await _wait(hass, freezer, 2)
    assert satellite.said == [FIRST, "Walk backward at 1.2, one minute."]
    coordinator.async_command(GYM, Command.STOP, reason=Reason.EMERGENCY)
    await _wait(hass, freezer, 5)
    assert satellite.told[-2:] == [("Press the red stop.", None), ("volume", 0.3)]
    await _wait(hass, freezer, 90)


async def test_with_an_engine_it_gets_our_sound_and_its_words(
    open_hall: OpenHall, satellite: Satellite
) -> None:
    hall = await open_hall(speakers=[satellite.entity_id, AMPLIFIER], announce_volume=0.7)
    hall.start()
    await hall.wait(3)
    assert satellite.told[0] == ("volume", 0.7)
    text, address = satellite.told[1]
    assert text == FIRST
    assert PATH in address
    assert words(hall, AMPLIFIER) == [FIRST]


class Answer:
    """A satellite that speaks itself, and answers somebody just as a change is due."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, satellite: Satellite) -> None:
        """Be silent."""
        self._hass = hass
        self._freezer = freezer
        self._satellite = satellite

    async def begin(self) -> Coordinator:
        """Walk, and speak to the satellite in the last second of the lead-in."""
        data = {"speakers": [self._satellite.entity_id], "tts_engine": None, "lights": [], "obstacles": []}
        coordinator = await async_set_up(self._hass, entry_with(**data))
        coordinator.async_start(GYM, athlete_id=ANNA, workout=coordinator.workouts[MINE])
        await self.said_within(9)
        self._hass.states.async_set(self._satellite.entity_id, "responding")
        return coordinator

    async def said_within(self, seconds: float) -> list[str]:
        """Give what the satellite was told to say since the last time."""
        await _wait(self._hass, self._freezer, seconds)
        said = self._satellite.said
        self._satellite.told.clear()
        return said

    def end(self) -> None:
        """Have answered."""
        self._hass.states.async_set(self._satellite.entity_id, "idle")


@pytest.fixture
def answer(hass: HomeAssistant, freezer: FrozenDateTimeFactory, satellite: Satellite) -> Answer:
    return Answer(hass, freezer, satellite)


async def test_the_coach_does_not_cut_off_an_answer_and_says_a_change_after_it(answer: Answer) -> None:
    await answer.begin()
    assert await answer.said_within(2) == []
    answer.end()
    assert await answer.said_within(0.5) == ["Walk backward at 1.2, one minute."]


async def test_what_is_too_late_after_an_answer_is_left_out_and_what_comes_then_is_said(
    answer: Answer,
) -> None:
    await answer.begin()
    assert await answer.said_within(12) == []
    answer.end()
    assert await answer.said_within(2) == []
    assert len(await answer.said_within(30)) == 1


async def test_a_warning_cuts_off_an_answer(answer: Answer) -> None:
    coordinator = await answer.begin()
    coordinator.async_command(GYM, Command.STOP, reason=Reason.EMERGENCY)
    assert await answer.said_within(0.5) == ["Press the red stop."]


async def test_a_satellite_that_is_stuck_in_an_answer_is_not_waited_for_for_ever(answer: Answer) -> None:
    coordinator = await answer.begin()
    assert await answer.said_within(14.5) == []
    coordinator.async_command(GYM, Command.PAUSE)
    assert await answer.said_within(1) == ["Paused."]


async def test_nothing_is_waited_for_when_the_session_is_over(answer: Answer) -> None:
    coordinator = await answer.begin()
    coordinator.async_command(GYM, Command.PAUSE)
    assert await answer.said_within(1) == []
    assert await coordinator.hass.config_entries.async_unload(coordinator.entry.entry_id)
    answer.end()
    assert await answer.said_within(2) == []


@pytest.mark.logs
async def test_one_that_takes_as_long_as_the_sound_lasts_is_not_given_up(
    open_hall: OpenHall, satellite: Satellite, caplog: pytest.LogCaptureFixture
) -> None:
    """Its call comes back when everything was said, and what is said of a walk test takes more than ten seconds."""
    hall = await open_hall(speakers=[satellite.entity_id])
    over: list[None] = []

    async def announce(_call: ServiceCall) -> None:
        while not over:
            await hall.hass.async_add_executor_job(int)

    hall.hass.services.async_register("assist_satellite", "announce", announce)
    hall.coordinator.coach(GYM).async_say(*["press_stop"] * 15)
    await hall.wait_beside_what_hangs(14)
    assert "did not come back" not in caplog.text
    over.append(None)
    await hall.wait(1)


@pytest.mark.logs
async def test_music_assistant_announces_at_the_volume_of_the_place(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    player = er.async_get(hass).async_get_or_create("media_player", "music_assistant", "1").entity_id
    hass.states.async_set(player, "playing", {"supported_features": 1 << 20 | 4, "volume_level": 0.2})
    announced = async_mock_service(hass, "music_assistant", "play_announcement")
    others = async_mock_service(hass, "media_player", "volume_set")
    hall: Hall = await open_hall(speakers=[player], announce_volume=0.45)
    hall.start()
    await hall.wait(1)
    assert [call.data["announce_volume"] for call in announced] == [45]
    assert announced[0].data["use_pre_announce"] is False
    assert PATH in announced[0].data["url"]
    hall.command(Command.STOP)
    await hall.wait(5)
    assert others == []
