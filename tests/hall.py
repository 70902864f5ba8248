"""A gym with Backstride in it, as a person in it hears and sees it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from math import inf
from time import sleep
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed_exact

from custom_components.backstride.const import SubentryType
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.session import Command
from custom_components.backstride.output.shelf import PATH
from custom_components.backstride.starting import AS_IT_IS
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import Event, HomeAssistant
from homeassistant.util import dt as dt_util

from .setup import ANNA, ANYWAY, GYM, MINE, async_set_up, new_entry, subentries, subentry

PLAYER = "media_player.gym_speaker"
STRIP, LAMP, CEILING = "light.gym_lights_strip", "light.gym_lights_lamp", "light.gym_lights_ceiling"
DOOR = "binary_sensor.gym_rear_sensor_obstacle"
NOON = datetime.fromisoformat("2026-03-01T12:00:00+00:00")
MOMENT = 0.002
PLAN = "60s back @1.2, 30s turn, 60s fwd @3"
BLUE, GREEN, AMBER = (215.0, 100.0), (130.0, 90.0), (38.0, 95.0)


def place(**data: object) -> ConfigSubentryDataWithId:
    """Give a gym with everything in it."""
    given: dict[str, Any] = {
        "kind": "treadmill",
        "speakers": [PLAYER],
        "tts_engine": "tts.virtual_gym_voice",
        "lights": [STRIP, LAMP, CEILING],
        "no_flashing": False,
        "obstacles": [{"entity_id": DOOR}],
    }
    return subentry(SubentryType.PLACE, GYM, "Gym", given | data)


def entry_with(**data: object) -> MockConfigEntry:
    """Give an entry with that gym and its workout."""
    others = [each for each in subentries() if each["subentry_id"] not in {GYM, MINE}]
    return new_entry(*others, place(**data), subentry(SubentryType.WORKOUT, MINE, "Mine", {"notation": PLAN}))


class Hall:
    """The place as a person in it hears and sees it, and the clock on its wall."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, coordinator: Coordinator) -> None:
        """Listen to what is called."""
        self.hass = hass
        self.freezer = freezer
        self.coordinator = coordinator
        self.began = NOON
        self.calls: list[tuple[float, str, str]] = []
        hass.bus.async_listen(EVENT_CALL_SERVICE, self._note)

    def _note(self, event: Event[Any]) -> None:
        if event.data["domain"] == "light":
            seconds = (event.time_fired - self.began).total_seconds()
            self.calls.append((seconds, event.data["service_data"]["entity_id"], event.data["service"]))

    @property
    def heard(self) -> list[tuple[float, str]]:
        """What was said by now, and how many seconds after the start."""
        state = self.hass.states.get(PLAYER)
        assert state is not None
        played = [(datetime.fromisoformat(one["at"]), one["text"]) for one in state.attributes["played"]]
        now = dt_util.utcnow()
        # What says nothing is known by its address only.
        said = [(at, text) for at, text in played if at <= now and PATH not in text]
        return [((at - self.began).total_seconds(), text) for at, text in said]

    @property
    def words(self) -> list[str]:
        """What was said."""
        return [text for _, text in self.heard]

    def colour(self, lamp: str = STRIP) -> tuple[float, float] | None:
        """Tell what colour a lamp has."""
        state = self.hass.states.get(lamp)
        assert state is not None
        return state.attributes.get("hs_color") if state.state == "on" else None

    def state(self, lamp: str) -> tuple[Any, ...]:
        """Everything a person would notice about a lamp."""
        state = self.hass.states.get(lamp)
        assert state is not None
        seen = ("brightness", "hs_color", "effect")
        return state.state, *(state.attributes.get(key) for key in seen)

    def start(self, *, override: bool = False) -> None:
        workout = self.coordinator.workouts[MINE]
        self.coordinator.async_start(
            GYM, athlete_id=ANNA, workout=workout, how=ANYWAY if override else AS_IT_IS
        )

    def command(self, command: Command) -> None:
        self.coordinator.async_command(GYM, command)

    async def wait(self, seconds: float, step: float = 0.5) -> None:
        """Let time pass in small steps, so that everything happens in its order."""
        for _ in range(round(seconds / step)):
            self.freezer.tick(timedelta(seconds=step))
            async_fire_time_changed_exact(self.hass)
            await self.hass.async_block_till_done(wait_background_tasks=True)

    async def wait_beside_what_hangs(self, seconds: float, step: float = 0.5) -> None:
        """Let time pass while something never comes back: nothing can be waited for, so each step gets a real moment."""
        for _ in range(round(seconds / step)):
            self.freezer.tick(timedelta(seconds=step))
            async_fire_time_changed_exact(self.hass)
            for _ in range(5):
                await self.hass.async_add_executor_job(sleep, MOMENT)

    async def press(self, key: str) -> None:
        await self.hass.services.async_call(
            "button", "press", {"entity_id": f"button.gym_{key}"}, blocking=True
        )
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def press_other(self, name: str) -> None:
        """Press a button of another room."""
        await self.hass.services.async_call("button", "press", {"entity_id": f"button.{name}"}, blocking=True)
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def dog(self, *, there: bool) -> None:
        await self.press("rear_sensor_dog_walks_in" if there else "rear_sensor_dog_leaves")


type OpenHall = Callable[..., Awaitable[Hall]]


@asynccontextmanager
async def halls(hass: HomeAssistant, freezer: FrozenDateTimeFactory, *others: str) -> AsyncIterator[OpenHall]:
    """Give a way to open a gym with Backstride in it; at the end everything falls silent.

    There is one room, and what else of the gym is asked for: all of them take as long to open as a session to walk.
    Its voice hums: it is as exact wherever these tests run, and takes no time.
    """
    freezer.move_to(NOON)
    # The clock is moved within a callback, which asyncio takes for a slow one, and says so, at each of thousands of steps.
    hass.loop.slow_callback_duration = inf
    speak = patch("shutil.which", return_value=None)
    speak.start()
    gym = MockConfigEntry(domain="virtual_gym", title="Virtual gym", data={"rooms": ["Gym", *others]})
    gym.add_to_hass(hass)
    assert await hass.config_entries.async_setup(gym.entry_id)
    await hass.async_block_till_done()
    opened: list[Hall] = []

    async def open_it(**data: object) -> Hall:
        opened.append(Hall(hass, freezer, await async_set_up(hass, entry_with(**data))))
        return opened[-1]

    try:
        yield open_it
    finally:
        speak.stop()
    for hall in opened:
        if GYM in hall.coordinator.places and hall.coordinator.is_on(GYM):
            hall.command(Command.STOP)
        await hall.wait(10)
