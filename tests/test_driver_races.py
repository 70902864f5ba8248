"""What happens in between: a machine that is told by hand what it says and when, and what it is asked meanwhile."""

import asyncio
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
from custom_components.backstride.machine.controls import Controls
from custom_components.backstride.machine.ears import Ears
from custom_components.backstride.output.speaker import Speaker
from custom_components.backstride.starting import AS_IT_IS
from homeassistant.const import EVENT_HOMEASSISTANT_STARTED
from homeassistant.core import CoreState, HomeAssistant, ServiceCall
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er

from .setup import ANNA, ANYWAY, GYM, HALL, async_set_up, new_entry, subentries, subentry

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
        self.sensor = SPEED
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
            self.hass.states.async_set(self.sensor, str(self.speed), KMH)

    async def wait(self, seconds: float, step: float = 0.5) -> None:
        for _ in range(round(seconds / step)):
            self.freezer.tick(timedelta(seconds=step))
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

    def start(self, notation: str = "2m back @2, 20s turn, 2m fwd @3", *, override: bool = False) -> None:
        self.coordinator.async_start(
            GYM, athlete_id=ANNA, workout=parse(notation), how=ANYWAY if override else AS_IT_IS
        )

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
    mill.speed = 0.0
    await mill.wait(40)
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
    mill.speed = 1.6
    await mill.wait(0.5)
    mill.start()
    mill.speed = 2.0
    await mill.wait(2)
    assert mill.asked == [STOP, 0.8]
    await mill.wait(20)
    assert mill.asked == [STOP, 0.8]
    await mill.wait(50)
    mill.speed = 3.0
    await mill.wait(2)
    assert mill.driver.steering is Steering.ATHLETE, "it is watched again"


async def test_an_emergency_stop_that_was_acknowledged_goes_on(mill: Mill) -> None:
    await mill.walk()
    mill.emergency()
    mill.driver.async_acknowledge()
    await mill.wait(2)
    assert mill.asked == [STOP, 0.8]
    with pytest.raises(ServiceValidationError, match="no belt to steer now"):
        mill.driver.async_take_over()


async def test_closing_in_the_middle_of_an_emergency_stop_asks_nothing_of_the_belt(mill: Mill) -> None:
    await mill.walk()
    mill.emergency()
    mill.speed = 1.5
    await mill.wait(0.5)
    mill.start()
    await mill.wait(12)
    mill.speed = 4.0
    await mill.wait(10)
    before = list(mill.asked)
    await mill.hass.config_entries.async_unload(mill.coordinator.entry.entry_id)
    await mill.wait(70)
    assert mill.asked == before


async def test_whoever_presses_again_while_the_belt_moves_has_it_stopped_again(mill: Mill) -> None:
    await mill.walk()
    mill.emergency()
    await mill.wait(5)
    assert mill.asked == [STOP, 0.8]
    mill.emergency()
    await mill.wait(5)
    assert mill.asked == [STOP, 0.8, STOP], "but no speed is written twice"


# Restart, and what is set up meanwhile


async def reload(mill: Mill) -> None:
    entry = mill.coordinator.entry
    await mill.hass.config_entries.async_reload(entry.entry_id)
    await mill.hass.async_block_till_done()
    mill.coordinator = entry.runtime_data
    for button in ("set_value", "press"):
        domain = "number" if button == "set_value" else "button"
        mill.hass.services.async_register(domain, button, mill._take)  # noqa: SLF001 - its own machine


async def test_a_session_that_was_paused_before_a_restart_moves_nothing_after_it(mill: Mill) -> None:
    await mill.walk()
    mill.command(Command.PAUSE)
    await mill.obey(3)
    mill.asked.clear()
    await reload(mill)
    assert mill.session == (SessionState.PAUSED, Reason.ATHLETE)
    mill.speed = 6.0
    await mill.wait(20)
    assert mill.asked == [], "somebody else may be on the belt by now"
    mill.command(Command.RESUME)
    await mill.wait(2)
    assert mill.driver.steering is Steering.ON


async def test_a_belt_that_must_not_be_steered_any_more_is_not_when_a_restored_session_goes_on(
    mill: Mill,
) -> None:
    await mill.walk()
    await reload(mill)
    mill.change(belt_control=False)
    await mill.wait(1)
    mill.asked.clear()
    mill.command(Command.RESUME)
    await mill.wait(20)
    assert mill.asked == []
    assert mill.driver.steering is Steering.OFF


async def test_a_belt_that_was_given_back_after_a_restart_stays_the_athletes(mill: Mill) -> None:
    await mill.walk()
    await reload(mill)
    mill.driver.async_release()
    mill.asked.clear()
    mill.command(Command.RESUME)
    await mill.wait(20)
    assert mill.driver.steering is Steering.OFF


async def test_a_hold_does_not_touch_a_belt_that_must_not_be_steered_any_more(mill: Mill) -> None:
    await mill.walk()
    mill.change(belt_control=False)
    await mill.wait(1)
    mill.asked.clear()
    mill.command(Command.HOLD, Reason.OBSTACLE)
    await mill.wait(5)
    mill.command(Command.STOP, Reason.OBSTACLE)
    await mill.wait(5)
    assert mill.asked == []


async def finish_starting(mill: Mill) -> None:
    mill.hass.set_state(CoreState.running)
    mill.hass.bus.async_fire(EVENT_HOMEASSISTANT_STARTED)
    await mill.hass.async_block_till_done()


async def test_a_session_that_begins_while_home_assistant_starts_is_steered(
    hass: HomeAssistant, open_mill: OpenMill
) -> None:
    hass.set_state(CoreState.starting)
    mill = await open_mill()
    mill.start()
    await mill.wait(11)
    mill.speed = 1.8
    await mill.obey(5)
    assert mill.driver.steering is Steering.ON
    assert mill.asked == [2.0]
    await finish_starting(mill)
    assert mill.driver.steering is Steering.ON
    assert mill.asked == [2.0]


@pytest.mark.parametrize(("resumed", "steering"), [(True, Steering.ON), (False, Steering.OFF)])
async def test_a_session_that_was_brought_back_while_home_assistant_starts_is_steered_once_the_athlete_goes_on(
    hass: HomeAssistant, mill: Mill, *, resumed: bool, steering: Steering
) -> None:
    await mill.walk()
    hass.set_state(CoreState.starting)
    await reload(mill)
    mill.asked.clear()
    if resumed:
        mill.command(Command.RESUME)
    await mill.wait(12)
    await finish_starting(mill)
    assert mill.driver.steering is steering
    mill.command(Command.RESUME if not resumed else Command.PAUSE)
    await mill.wait(2)
    assert mill.driver.steering is Steering.ON


async def test_other_roles_count_from_the_next_session_on(mill: Mill) -> None:
    await mill.walk()
    mill.change(roles={})
    await mill.wait(1)
    mill.command(Command.PAUSE)
    await mill.wait(1)
    assert mill.asked[-1] == 0.8


# Ends and pauses that nobody chose now


async def test_a_session_that_was_left_does_not_stop_the_belt_under_whoever_walks_there_now(
    mill: Mill,
) -> None:
    await mill.walk()
    mill.command(Command.PAUSE)
    await mill.obey(3)
    mill.speed = 0.0
    await mill.wait(30)
    mill.asked.clear()
    mill.speed = 6.0
    await mill.wait(29 * 60 + 40, step=4)
    assert mill.session == (SessionState.STOPPED, Reason.ABANDONED)
    await mill.wait(20)
    assert mill.asked == []


async def test_whoever_starts_the_belt_again_right_after_the_session_keeps_it(mill: Mill) -> None:
    await mill.walk()
    mill.command(Command.STOP)
    await mill.obey(6)
    assert mill.asked[-1] == STOP
    await mill.wait(4)
    mill.asked.clear()
    mill.speed = 2.0
    await mill.wait(25)
    assert mill.asked == []


# A machine that comes, goes, hangs, and is renamed


async def test_a_stop_that_comes_within_reach_after_the_start_can_halt_the_belt(
    hass: HomeAssistant, open_mill: OpenMill
) -> None:
    mill = await open_mill(roles={"speed": SPEED, "stop": STOP})
    hass.states.async_set(STOP, "unavailable")
    mill.start()
    await mill.wait(11)
    hass.states.async_set(STOP, "unknown")
    mill.speed = 2.0
    await mill.wait(10)
    mill.command(Command.PAUSE)
    await mill.wait(1)
    assert mill.asked == [STOP]


async def test_without_a_speed_sensor_a_hold_halts_the_belt_and_an_obstacle_stops_it(
    open_mill: OpenMill,
) -> None:
    mill = await open_mill(roles={"stop": STOP, "pause": PAUSE})
    mill.start(override=True)
    await mill.wait(20)
    mill.command(Command.HOLD, Reason.OBSTACLE)
    await mill.wait(2)
    assert mill.asked == [PAUSE]
    mill.command(Command.STOP, Reason.OBSTACLE)
    await mill.wait(5)
    assert mill.asked == [PAUSE, STOP, PAUSE]


async def test_a_speed_that_hangs_is_taken_back_when_the_belt_stops(mill: Mill) -> None:
    await mill.walk()
    arrived: list[float | str] = []
    link = asyncio.Event()

    async def hang(what: float | str) -> None:
        await link.wait()
        arrived.append(what)

    mill.answers = hang
    mill.command(Command.SKIP)
    await mill.wait(0.5)
    assert mill.asked[-1] == 0.8
    mill.speed = 0.0
    await mill.wait(1)
    link.set()
    await mill.wait(1)
    assert arrived == [], "it would start the belt"


async def test_of_two_speeds_that_hang_only_the_newer_arrives(mill: Mill) -> None:
    await mill.walk()
    arrived: list[float | str] = []
    link = asyncio.Event()

    async def hang(what: float | str) -> None:
        await link.wait()
        arrived.append(what)

    mill.change(max_speed_kmh=1.5)
    mill.answers = hang
    await mill.wait(0.5)
    mill.change(max_speed_kmh=1.0)
    await mill.wait(0.5)
    mill.command(Command.SKIP)
    await mill.wait(0.5)
    link.set()
    await mill.wait(0.5)
    assert arrived == [0.8]


async def test_a_sensor_that_is_renamed_in_a_session_is_still_heard(hass: HomeAssistant, mill: Mill) -> None:
    registry = er.async_get(hass)
    entry = registry.async_get_or_create("sensor", "mill", "speed", suggested_object_id="mill_speed")
    hass.states.async_remove(SPEED)
    mill.sensor = entry.entity_id
    mill.change(roles={**ROLES, "speed": entry.id})
    await mill.wait(1)
    await mill.walk()
    registry.async_update_entity(entry.entity_id, new_entity_id="sensor.mill_belt")
    hass.states.async_remove(mill.sensor)
    mill.sensor = "sensor.mill_belt"
    await mill.wait(12)
    assert mill.session == (SessionState.RUNNING, None)
    mill.speed = 4.0
    await mill.wait(1)
    assert mill.driver.steering is Steering.ATHLETE


async def test_one_wild_speed_does_not_hand_the_belt_over_and_two_do(mill: Mill) -> None:
    await mill.walk()
    before = list(mill.asked)
    for wild in (9.0, 0.4, 9.0):
        mill.speed = wild
        await mill.wait(0.5)
        mill.speed = 2.0
        await mill.wait(4)
    after_one = mill.driver.steering
    mill.speed = 9.0
    await mill.wait(1)
    assert (after_one, mill.driver.steering) == (Steering.ON, Steering.ATHLETE)
    assert mill.asked == before


async def test_a_sensor_that_falls_silent_is_said_once(mill: Mill, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(mill.driver, "_say", said.append)
    await mill.walk()
    mill.speed = None
    await mill.wait(14)
    assert said == []
    await mill.wait(20)
    assert said == ["unseen"]


@pytest.mark.parametrize("notation", ["2m back @2, 20s turn, 2m fwd @3", "2m back, 20s turn, 2m fwd"])
@pytest.mark.parametrize("sensor", ["disabled", "gone", "unavailable", "unknown", "stale", "not picked"])
async def test_a_belt_that_nobody_sees_from_the_start_is_not_steered_and_it_is_said(
    hass: HomeAssistant, open_mill: OpenMill, monkeypatch: pytest.MonkeyPatch, sensor: str, notation: str
) -> None:
    registry = er.async_get(hass)
    entry = registry.async_get_or_create(
        "sensor",
        "mill",
        "speed",
        suggested_object_id="mill_speed",
        disabled_by=er.RegistryEntryDisabler.USER if sensor == "disabled" else None,
    )
    roles = {**ROLES, "speed": entry.id}
    if sensor == "not picked":
        del roles["speed"]
    mill = await open_mill(roles=roles)
    mill.speed = None
    if sensor == "stale":
        hass.states.async_set(SPEED, "1.5", KMH)
        await mill.wait(60)
    elif sensor in {"unavailable", "unknown"}:
        hass.states.async_set(SPEED, sensor)
    else:
        hass.states.async_remove(SPEED)
    said: list[str] = []
    monkeypatch.setattr(mill.driver, "_say", said.append)
    mill.start(notation, override=True)
    await mill.wait(9)
    assert said == []
    await mill.wait(12)
    assert said == ["unseen"]
    await mill.wait(150)
    assert said == ["unseen"]
    assert mill.asked == []
    assert mill.session[0] is SessionState.WAITING


# Between the guard and the belt


async def test_a_session_that_begins_to_walk_with_somebody_behind_is_held_before_the_belt_is_sped_up(
    hass: HomeAssistant, open_mill: OpenMill
) -> None:
    door = "binary_sensor.door"
    hass.states.async_set(door, "off")
    mill = await open_mill(obstacles=[{"entity_id": door, "reaction": "hold"}])
    await mill.walk()
    mill.command(Command.PAUSE)
    await mill.obey(10)
    mill.asked.clear()
    hass.states.async_set(door, "on")
    mill.command(Command.RESUME)
    await mill.wait(10)
    assert mill.session == (SessionState.HELD, Reason.OBSTACLE)
    assert mill.asked == []


async def test_an_emergency_stop_of_a_place_that_nobody_knows_stops_every_belt(mill: Mill) -> None:
    await mill.walk()
    await mill.hass.services.async_call("backstride", "emergency_stop", {"place": "Gymn"}, blocking=True)
    assert mill.asked == [STOP]
    assert mill.session == (SessionState.STOPPED, Reason.EMERGENCY)


@pytest.mark.parametrize(
    ("speed", "attributes", "asked"),
    [
        pytest.param("2.0", KMH, [STOP], id="moves"),
        pytest.param("0.2", KMH, [], id="stands"),
        pytest.param("unknown", KMH, [], id="may do either"),
        pytest.param("2.0", {"unit_of_measurement": ["km/h"]}, [STOP], id="cannot be read"),
    ],
)
@pytest.mark.logs
async def test_an_emergency_stop_without_a_place_stops_also_a_belt_that_moves_without_a_session(
    hass: HomeAssistant, mill: Mill, speed: str, attributes: dict[str, Any], asked: list[str]
) -> None:
    mill.coordinator.async_start(HALL, athlete_id=ANNA, workout=parse("2m back"))
    mill.speed = None
    hass.states.async_set(SPEED, speed, attributes)
    await mill.wait(20)
    await hass.services.async_call("backstride", "emergency_stop", {}, blocking=True)
    assert mill.asked == asked
    assert not mill.coordinator.is_on(HALL)


async def test_whoever_asks_again_means_also_the_belt_that_is_being_stopped(
    hass: HomeAssistant, open_mill: OpenMill
) -> None:
    mill = await open_mill(roles={"stop": STOP})
    mill.coordinator.async_start(HALL, athlete_id=ANNA, workout=parse("2m back"))
    mill.emergency()
    await mill.wait(2)
    await hass.services.async_call("backstride", "emergency_stop", {}, blocking=True)
    assert mill.asked == [STOP, STOP]


async def test_acknowledging_without_a_place_reaches_every_emergency_stop(
    hass: HomeAssistant, open_mill: OpenMill, monkeypatch: pytest.MonkeyPatch
) -> None:
    mill = await open_mill(roles={"stop": STOP})
    mill.coordinator.async_start(HALL, athlete_id=ANNA, workout=parse("2m back"))
    mill.emergency()
    said: list[object] = []
    monkeypatch.setattr(Speaker, "say", lambda _speaker, text, _priority: said.append(text))
    await hass.services.async_call("backstride", "acknowledge_hazard", {}, blocking=True)
    await mill.wait(9)
    assert "Press the red stop." not in said
    with pytest.raises(ServiceValidationError, match="Gymn"):
        await hass.services.async_call("backstride", "acknowledge_hazard", {"place": "Gymn"}, blocking=True)


@pytest.mark.parametrize("settings", [{"min": None}, {"step": 0}, {"max": "fast"}])
async def test_a_number_whose_settings_make_no_sense_keeps_nothing_from_being_stopped(
    hass: HomeAssistant, mill: Mill, settings: dict[str, Any]
) -> None:
    await mill.walk()
    hass.states.async_set(TARGET, "1.0", {**SETTINGS, **settings})
    mill.emergency()
    assert mill.asked == [STOP]
    assert mill.session == (SessionState.STOPPED, Reason.EMERGENCY)


def fail(*_args: object) -> None:
    raise RuntimeError("nobody thought of this")


@pytest.mark.parametrize(("part", "name"), [(Controls, "stops"), (Controls, "call"), (Ears, "speed_now")])
@pytest.mark.logs
async def test_an_emergency_stop_ends_the_session_and_goes_on_whatever_the_machine_raises(
    open_mill: OpenMill, monkeypatch: pytest.MonkeyPatch, part: type, name: str
) -> None:
    mill = await open_mill(roles={**ROLES, "pause": PAUSE})
    await mill.walk()
    mill.speed = None
    with monkeypatch.context() as broken:
        broken.setattr(part, name, fail)
        mill.emergency()
        assert mill.session == (SessionState.STOPPED, Reason.EMERGENCY)
        assert mill.asked == []
    await mill.wait(6)
    assert mill.asked == ([PAUSE] if name == "call" else [STOP, PAUSE]), (
        "the next control is tried all the same"
    )
    await mill.wait(60)
    mill.speed = 0.0
    await mill.wait(0.5)
    await mill.walk()
    assert mill.driver.steering is Steering.ON, "and nothing is stuck"


@pytest.mark.parametrize(("part", "name"), [(Controls, "stops"), (Speaker, "say")])
@pytest.mark.logs
async def test_an_emergency_stop_is_over_some_time_whatever_fails(
    mill: Mill, monkeypatch: pytest.MonkeyPatch, part: type, name: str
) -> None:
    mill.speed = None
    await mill.wait(10)
    with monkeypatch.context() as broken:
        broken.setattr(part, name, fail)
        mill.emergency()
        await mill.wait(10)
    mill.speed = 0.0
    await mill.walk()
    mill.driver.async_take_over()


async def test_an_emergency_stop_in_the_instant_of_the_last_boundary_is_no_error(mill: Mill) -> None:
    mill.start("20s back @2")
    await mill.wait(11)
    mill.speed = 2.0
    await mill.wait(18.5)
    mill.freezer.tick(timedelta(seconds=2))
    mill.emergency()
    assert mill.asked == [STOP]
    await mill.wait(1)
    assert mill.session[0] is SessionState.COMPLETED
