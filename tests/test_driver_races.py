"""What happens in between: a machine that is told by hand what it says and when, and what it is asked meanwhile."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed_exact

from custom_components.backstride.const import SubentryType
from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.driver import Driver
from custom_components.backstride.engine.belt import Steering
from custom_components.backstride.engine.events import Reason
from custom_components.backstride.engine.session import Command, SessionState
from custom_components.backstride.engine.workout import parse
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import ServiceValidationError

from .setup import ANNA, GYM, async_set_up, new_entry, subentries, subentry

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")

SPEED, TARGET, STOP, PAUSE = "sensor.mill_speed", "number.mill_speed", "button.mill_stop", "button.mill_pause"
ROLES = {"speed": SPEED, "set_speed": TARGET, "stop": STOP}
KMH = {"unit_of_measurement": "km/h"}
SETTINGS = {**KMH, "min": 0.8, "max": 12.0, "step": 0.1}


class Mill:
    """A treadmill of which somebody else decides what it says."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, coordinator: Coordinator) -> None:
        """Stand in the gym, at rest."""
        self.hass = hass
        self.freezer = freezer
        self.coordinator = coordinator
        self.asked: list[float | str] = []
        self.answers: Callable[[float | str], Awaitable[None]] | None = None
        self.speed: float | None = 0.0
        """What it reports twice a second; None for nothing."""
        hass.services.async_register("number", "set_value", self._take)
        hass.services.async_register("button", "press", self._take)
        hass.states.async_set(TARGET, "1.0", SETTINGS)
        for button in (STOP, PAUSE):
            hass.states.async_set(button, "unknown")
        self.report()

    async def _take(self, call: ServiceCall) -> None:
        what = call.data.get("value", call.data["entity_id"])
        self.asked.append(what)
        if self.answers is not None:
            await self.answers(what)

    def report(self) -> None:
        if self.speed is not None:
            self.hass.states.async_set(SPEED, str(self.speed), KMH)

    async def wait(self, seconds: float) -> None:
        for _ in range(round(seconds * 2)):
            self.freezer.tick(timedelta(seconds=0.5))
            async_fire_time_changed_exact(self.hass)
            self.report()
            await self.hass.async_block_till_done()

    async def obey(self, seconds: float) -> None:
        """Let time pass while the belt does what it is asked."""
        for _ in range(round(seconds * 2)):
            if self.asked and not isinstance(self.asked[-1], str):
                self.speed = self.asked[-1]
            elif self.asked:
                self.speed = 0.0
            await self.wait(0.5)

    def start(self, notation: str = "2m back @2, 20s turn, 2m fwd @3") -> None:
        self.coordinator.async_start(GYM, athlete_id=ANNA, workout=parse(notation))

    async def walk(self, speed: float = 2.0) -> None:
        """Begin a session and walk for a while, steered."""
        self.start()
        await self.wait(11)
        self.speed = speed
        await self.wait(10)
        assert self.driver.steering is Steering.ON

    def command(self, command: Command, reason: Reason | None = None) -> None:
        self.coordinator.async_command(GYM, command, reason=reason)

    @property
    def driver(self) -> Driver:
        return self.coordinator.coach(GYM).driver

    @property
    def session(self) -> tuple[SessionState, Reason | None]:
        session = self.coordinator.session(GYM)
        assert session is not None
        return session.state, session.reason

    def emergency(self) -> None:
        self.coordinator.coach(GYM).async_emergency_stop()

    def change(self, **data: Any) -> None:
        entry = self.coordinator.entry
        place = entry.subentries[GYM]
        self.hass.config_entries.async_update_subentry(entry, place, data={**place.data, **data})


type OpenMill = Callable[..., Awaitable[Mill]]


@pytest.fixture
async def open_mill(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> AsyncIterator[OpenMill]:
    """Give a way to set up a gym with such a treadmill; at the end it is taken down."""
    opened: list[Mill] = []

    async def open_it(**data: Any) -> Mill:
        place = {"kind": "treadmill", "roles": ROLES, "belt_control": True, **data}
        others = [each for each in subentries() if each["subentry_id"] != GYM]
        entry = new_entry(*others, subentry(SubentryType.PLACE, GYM, "Gym", place))
        opened.append(Mill(hass, freezer, await async_set_up(hass, entry)))
        return opened[-1]

    yield open_it
    for mill in opened:
        await hass.config_entries.async_unload(mill.coordinator.entry.entry_id)


@pytest.fixture
async def mill(open_mill: OpenMill) -> Mill:
    """Give a gym with such a treadmill."""
    return await open_mill()


# Emergency


async def test_an_emergency_stop_while_the_belt_counts_down_is_sent_all_the_same(mill: Mill) -> None:
    mill.start()
    await mill.wait(5)
    mill.emergency()
    assert mill.asked == [STOP]
    await mill.wait(3)
    mill.speed = 1.0
    await mill.wait(2)
    assert mill.asked == [STOP, 0.8], "it started in spite of it, so everything else is tried"


async def test_an_emergency_stop_does_not_believe_an_old_zero(mill: Mill) -> None:
    mill.speed = None
    await mill.wait(600)
    mill.emergency()
    await mill.wait(2)
    assert mill.asked == [STOP], "and a speed is not written to a belt that may stand"


async def test_a_belt_that_stands_since_the_last_report_is_not_started_by_the_emergency_stop(
    mill: Mill,
) -> None:
    await mill.walk()
    mill.speed = None
    mill.emergency()
    await mill.wait(20)
    assert mill.asked == [STOP], "nobody knows whether it worked, and a speed would start it again"


async def test_one_zero_does_not_end_an_emergency_stop(mill: Mill) -> None:
    await mill.walk()
    mill.emergency()
    mill.speed = 0.0
    await mill.wait(0.5)
    mill.speed = 2.0
    await mill.wait(2)
    assert mill.asked == [STOP, 0.8]


async def test_nothing_but_the_emergency_stop_speaks_to_a_belt_that_was_held(mill: Mill) -> None:
    await mill.walk()
    mill.command(Command.HOLD, Reason.OBSTACLE)
    await mill.wait(0.5)
    mill.asked.clear()
    mill.emergency()
    for speed in (1.8, 1.5, 1.2, 0.9, 0.5, 0.2, 0.0):
        mill.speed = speed
        await mill.wait(0.5)
    assert mill.asked == [STOP]
    assert mill.session == (SessionState.STOPPED, Reason.EMERGENCY)


async def test_nobody_takes_a_belt_over_while_it_is_stopped_in_an_emergency_or_after_the_session(
    mill: Mill,
) -> None:
    await mill.walk()
    mill.emergency()
    with pytest.raises(ServiceValidationError, match="no belt to steer now"):
        mill.driver.async_take_over()
    await mill.wait(20)
    assert mill.asked == [STOP, 0.8]
    mill.driver.async_acknowledge()
    await mill.walk()
    mill.command(Command.STOP)
    with pytest.raises(ServiceValidationError, match="no belt to steer now"):
        mill.driver.async_take_over()


async def test_a_stop_that_comes_within_reach_during_an_emergency_is_pressed(
    hass: HomeAssistant, mill: Mill
) -> None:
    await mill.walk()
    for entity_id in (STOP, TARGET, SPEED):
        hass.states.async_set(entity_id, "unavailable")
    mill.speed = None
    mill.emergency()
    await mill.wait(3)
    assert mill.asked == []
    hass.states.async_set(STOP, "unknown")
    await mill.wait(4)
    assert mill.asked == [STOP]


async def test_a_session_that_begins_does_not_end_an_emergency_stop_and_steers_after_it(mill: Mill) -> None:
    await mill.walk()
    mill.emergency()
    await mill.wait(0.5)
    mill.start()
    await mill.wait(2)
    assert mill.asked == [STOP, 0.8]
    await mill.wait(20)
    assert mill.asked == [STOP, 0.8]
    mill.driver.async_acknowledge()
    await mill.wait(10)
    mill.speed = 3.0
    await mill.wait(2)
    assert mill.driver.steering is Steering.ATHLETE, "it is watched again"


async def test_whoever_presses_again_while_the_belt_moves_has_it_stopped_again(mill: Mill) -> None:
    await mill.walk()
    mill.emergency()
    await mill.wait(5)
    assert mill.asked == [STOP, 0.8]
    mill.emergency()
    await mill.wait(5)
    assert mill.asked == [STOP, 0.8, STOP], "but no speed is written twice"
