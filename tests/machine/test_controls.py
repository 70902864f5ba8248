"""Whatever a belt is controlled by, it is asked in that machine's own way and unit, and never to start."""

from collections.abc import Iterator, Mapping
import math
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.backstride.engine.reach import Asked, Axis, Order
from custom_components.backstride.machine.controls import Call, Controls, Stops
from custom_components.backstride.machine.roles import Role
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

NUMBER = "number.treadmill_speed"
KMH = {"min": 0.8, "max": 12.0, "step": 0.1, "unit_of_measurement": "km/h"}
MPH = {"min": 0.5, "max": 7.5, "step": 0.1, "unit_of_measurement": "mph"}
PERCENT = {"min": 0.0, "max": 15.0, "step": 0.5, "unit_of_measurement": "%"}


def machine(hass: HomeAssistant, **roles: str) -> Controls:
    """Give the controls of a machine."""
    return Controls(hass, {Role(role): entity_id for role, entity_id in roles.items()}, "Gym")


async def sent(
    hass: HomeAssistant, controls: Controls, order: Order
) -> list[tuple[str, str, dict[str, Any]]]:
    """Give every call that an order leads to."""
    calls: list[tuple[str, str, dict[str, Any]]] = []
    for domain, service in (
        ("number", "set_value"),
        ("button", "press"),
        ("switch", "turn_on"),
        ("switch", "turn_off"),
        ("media_player", "media_stop"),
        ("media_player", "media_pause"),
        ("media_player", "media_play"),
        ("select", "select_option"),
    ):
        hass.services.async_register(
            domain,
            service,
            lambda call: calls.append((call.domain, call.service, dict(call.data))),
        )
    controls.send(order)
    await hass.async_block_till_done(wait_background_tasks=True)
    return calls


@pytest.mark.parametrize(
    ("attributes", "axis"),
    [
        pytest.param(KMH, Axis(low=0.8, high=12.0, step=0.1), id="km/h"),
        pytest.param(MPH, Axis(low=0.804672, high=12.07008, step=0.1609344), id="mph"),
        pytest.param({**KMH, "unit_of_measurement": "m/s"}, Axis(low=2.88, high=43.2, step=0.36), id="m/s"),
        pytest.param({**KMH, "unit_of_measurement": None}, None, id="without a unit nobody knows"),
        pytest.param({**KMH, "unit_of_measurement": "rpm"}, None, id="no speed at all"),
    ],
)
def test_the_speeds_that_can_be_set_are_known_in_kmh(
    hass: HomeAssistant, attributes: Mapping[str, Any], axis: Axis | None
) -> None:
    hass.states.async_set(NUMBER, "1.0", attributes)
    found = machine(hass, set_speed=NUMBER).reach().speed
    if axis is None or found is None:
        assert found is axis
    else:
        assert (found.low, found.high, found.step) == pytest.approx((axis.low, axis.high, axis.step))


@pytest.mark.parametrize(
    "nonsense",
    [{"min": math.nan}, {"max": math.inf}, {"step": math.nan}, {"step": 0}, {"min": None}, {"max": 0.5}],
    ids=str,
)
def test_settings_that_make_no_sense_are_none(hass: HomeAssistant, nonsense: dict[str, Any]) -> None:
    hass.states.async_set(NUMBER, "1.0", {**KMH, **nonsense})
    controls = machine(hass, set_speed=NUMBER)
    assert controls.reach().speed is None
    assert controls.stops() == Stops(plain=(), cautious=())


async def test_a_speed_is_written_in_the_numbers_own_unit_on_a_setting_that_it_has(
    hass: HomeAssistant,
) -> None:
    hass.states.async_set(NUMBER, "1.0", MPH)
    controls = machine(hass, set_speed=NUMBER)
    axis = controls.reach().speed
    assert axis is not None
    setting = axis.at_most(3.2)
    assert setting is not None
    assert await sent(hass, controls, Order(asked=Asked.SPEED, value=setting)) == [
        ("number", "set_value", {"entity_id": NUMBER, "value": 1.9})
    ]


async def test_the_indiefan_number_without_a_unit_is_in_miles(
    hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    entry = entity_registry.async_get_or_create(
        "number", "king_smith", "AA:BB:CC:DD:EE:FF_speed", suggested_object_id="treadmill_speed"
    )
    hass.states.async_set(entry.entity_id, "1.0", {"min": 0, "max": 4, "step": 0.1})
    axis = machine(hass, set_speed=entry.id).reach().speed
    assert axis is not None
    assert axis.high == pytest.approx(6.437376)


@pytest.mark.parametrize(
    ("named", "said", "highest"),
    [
        pytest.param(None, "mph", 12 * 1.609344, id="what its owner says of a number without a unit"),
        pytest.param(None, "m/s", 43.2, id="in every unit of the form"),
        pytest.param("km/h", "mph", 12, id="never against what the number itself says"),
        pytest.param("rpm", "mph", None, id="nor to read as a speed what is none"),
        pytest.param(None, "knots per day", None, id="nor what nobody can convert"),
    ],
)
async def test_the_owner_may_say_in_which_unit_a_speed_is_written(
    hass: HomeAssistant, named: str | None, said: str, highest: float | None
) -> None:
    hass.states.async_set(NUMBER, "1.0", {**KMH, "unit_of_measurement": named})
    controls = Controls(hass, {Role.SET_SPEED: NUMBER}, "Gym", said)
    axis = controls.reach().speed
    assert (axis and axis.high) == (highest and pytest.approx(highest))


async def test_a_speed_without_a_unit_is_written_in_the_one_its_owner_says(hass: HomeAssistant) -> None:
    hass.states.async_set(NUMBER, "1.0", {**MPH, "unit_of_measurement": None})
    controls = Controls(hass, {Role.SET_SPEED: NUMBER}, "Gym", "mph")
    assert await sent(hass, controls, Order(asked=Asked.SPEED, value=3.2)) == [
        ("number", "set_value", {"entity_id": NUMBER, "value": 2.0})
    ]


async def test_what_is_known_of_an_integration_outranks_what_its_owner_says(
    hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    """Wrongly said, a speed would be sixty percent too high."""
    entry = entity_registry.async_get_or_create("number", "king_smith", "AA:BB:CC:DD:EE:FF_speed")
    hass.states.async_set(entry.entity_id, "1.0", {"min": 0, "max": 4, "step": 0.1})
    axis = Controls(hass, {Role.SET_SPEED: entry.id}, "Gym", "km/h").reach().speed
    assert axis is not None
    assert axis.high == pytest.approx(6.437376)


def test_a_number_that_is_out_of_reach_cannot_be_asked(hass: HomeAssistant) -> None:
    hass.states.async_set(NUMBER, "unavailable", KMH)
    assert machine(hass, set_speed=NUMBER).reach().speed is None
    assert machine(hass, set_speed="number.gone").reach().speed is None
    assert machine(hass).reach().speed is None


async def test_what_the_machine_does_not_have_is_not_asked_for(hass: HomeAssistant) -> None:
    controls = machine(hass)
    for asked in Asked:
        assert await sent(hass, controls, Order(asked=asked, value=1.0)) == []
    assert not controls.reach().can_halt
    assert controls.stops() == Stops(plain=(), cautious=())


async def test_a_speed_that_is_no_number_is_not_asked_for(hass: HomeAssistant) -> None:
    hass.states.async_set("select.speed", "2", {"options": ["2"], "unit_of_measurement": "km/h"})
    assert machine(hass, set_speed="select.speed").reach().speed is None


@pytest.mark.parametrize(("unit", "known"), [("%", True), ("°", False), (None, False)])
async def test_an_incline_is_set_in_percent_only(hass: HomeAssistant, unit: str | None, known: bool) -> None:
    hass.states.async_set("number.incline", "0", {**PERCENT, "unit_of_measurement": unit})
    controls = machine(hass, set_incline="number.incline")
    assert controls.reach().grade == (Axis(low=0.0, high=15.0, step=0.5) if known else None)
    if known:
        assert await sent(hass, controls, Order(asked=Asked.GRADE, value=2.5)) == [
            ("number", "set_value", {"entity_id": "number.incline", "value": 2.5})
        ]


SELECT = {"options": ["Run", "Pause", "Stop"]}


@pytest.mark.parametrize(
    ("roles", "states", "asked", "call"),
    [
        pytest.param({"stop": "button.stop"}, {}, Asked.STOP, ("button", "press", {}), id="button"),
        pytest.param(
            {"stop": "button.stop"}, {}, Asked.PAUSE, ("button", "press", {}), id="stop for a pause"
        ),
        pytest.param(
            {"stop": "button.stop", "pause": "button.pause"},
            {},
            Asked.PAUSE,
            ("button", "press", {}),
            id="pause for a pause",
        ),
        pytest.param({"pause": "switch.belt"}, {}, Asked.PAUSE, ("switch", "turn_off", {}), id="belt switch"),
        pytest.param(
            {"stop": "switch.belt"}, {}, Asked.STOP, ("switch", "turn_off", {}), id="switch that stops"
        ),
        pytest.param(
            {"pause": "media_player.belt", "stop": "media_player.belt"},
            {},
            Asked.PAUSE,
            ("media_player", "media_pause", {}),
            id="player pauses",
        ),
        pytest.param(
            {"pause": "media_player.belt", "stop": "media_player.belt"},
            {},
            Asked.STOP,
            ("media_player", "media_stop", {}),
            id="player stops",
        ),
        pytest.param(
            {"stop": "select.belt"},
            SELECT,
            Asked.STOP,
            ("select", "select_option", {"option": "Stop"}),
            id="select",
        ),
        pytest.param(
            {"pause": "select.belt"},
            SELECT,
            Asked.PAUSE,
            ("select", "select_option", {"option": "Pause"}),
            id="select pauses",
        ),
    ],
)
async def test_every_control_makes_a_belt_stand_in_its_own_way(
    hass: HomeAssistant,
    roles: dict[str, str],
    states: dict[str, Any],
    asked: Asked,
    call: tuple[str, str, dict[str, Any]],
) -> None:
    for entity_id in roles.values():
        hass.states.async_set(entity_id, "on", states)
    controls = machine(hass, **roles)
    assert controls.reach().can_halt
    wanted = roles.get("pause" if asked is Asked.PAUSE else "stop") or next(iter(roles.values()))
    domain, service, data = call
    assert await sent(hass, controls, Order(asked=asked)) == [
        (domain, service, {"entity_id": wanted, **data})
    ]


async def test_a_select_without_a_word_for_it_cannot_stop(hass: HomeAssistant) -> None:
    hass.states.async_set("select.belt", "Run", {"options": ["Run", "Walk"]})
    assert not machine(hass, stop="select.belt").reach().can_halt


async def test_a_switch_that_is_named_after_pausing_is_turned_on(
    hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    entry = entity_registry.async_get_or_create("switch", "mqtt", "qz_1_pause", original_name="Pause")
    hass.states.async_set(entry.entity_id, "off")
    assert await sent(hass, machine(hass, pause=entry.id), Order(asked=Asked.PAUSE)) == [
        ("switch", "turn_on", {"entity_id": entry.entity_id})
    ]


async def test_an_entity_that_was_renamed_is_still_asked(
    hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    entry = entity_registry.async_get_or_create("button", "ftms", "a_stop")
    controls = machine(hass, stop=entry.id)
    entity_registry.async_update_entity(entry.entity_id, new_entity_id="button.halt")
    hass.states.async_set("button.halt", "unknown")
    assert await sent(hass, controls, Order(asked=Asked.STOP)) == [
        ("button", "press", {"entity_id": "button.halt"})
    ]


def test_a_start_button_is_never_pressed_not_even_to_stop(hass: HomeAssistant) -> None:
    hass.states.async_set("button.start", "unknown")
    controls = machine(hass, start="button.start")
    assert controls.stops() == Stops(plain=(), cautious=())
    assert not controls.reach().can_halt


def test_in_an_emergency_everything_is_tried_what_only_stops_first(
    hass: HomeAssistant, entity_registry: er.EntityRegistry
) -> None:
    toggle = entity_registry.async_get_or_create(
        "button", "esphome", "t_start_stop", original_name="Start/Stop"
    )
    hass.states.async_set(toggle.entity_id, "unknown")
    hass.states.async_set("button.pause", "unknown")
    hass.states.async_set("switch.belt", "on")
    hass.states.async_set(NUMBER, "3.0", KMH)
    controls = machine(hass, stop=toggle.id, pause="button.pause", start="switch.belt", set_speed=NUMBER)
    assert controls.stops() == Stops(
        plain=(
            Call(domain="button", service="press", data={"entity_id": "button.pause"}),
            Call(domain="switch", service="turn_off", data={"entity_id": "switch.belt"}),
        ),
        cautious=(
            (0.8, Call(domain="number", service="set_value", data={"entity_id": NUMBER, "value": 0.8})),
            (0.2, Call(domain="button", service="press", data={"entity_id": toggle.entity_id})),
        ),
    )


async def test_a_toggle_is_no_way_to_pause(hass: HomeAssistant, entity_registry: er.EntityRegistry) -> None:
    toggle = entity_registry.async_get_or_create(
        "button", "esphome", "t_start_stop", original_name="Start/Stop"
    )
    hass.states.async_set(toggle.entity_id, "unknown")
    controls = machine(hass, stop=toggle.id)
    assert not controls.reach().can_halt
    assert await sent(hass, controls, Order(asked=Asked.PAUSE)) == []


@pytest.mark.parametrize(
    ("entity_id", "name"),
    [("button.treadmill_start_stop", None), ("button.treadmill_1", "Play/Pause")],
)
async def test_a_toggle_that_no_registry_knows_is_one_by_what_it_is_called(
    hass: HomeAssistant, entity_id: str, name: str | None
) -> None:
    hass.states.async_set(entity_id, "unknown", {"friendly_name": name} if name else {})
    controls = machine(hass, stop=entity_id)
    assert not controls.reach().can_halt
    assert controls.stops().plain == ()
    assert len(controls.stops().cautious) == 1


async def test_a_pause_switch_that_no_registry_knows_is_turned_on_to_pause(hass: HomeAssistant) -> None:
    hass.states.async_set("switch.treadmill_pause", "off")
    assert await sent(hass, machine(hass, pause="switch.treadmill_pause"), Order(asked=Asked.PAUSE)) == [
        ("switch", "turn_on", {"entity_id": "switch.treadmill_pause"})
    ]


@pytest.mark.parametrize("options", [None, [1, 2]])
def test_options_that_make_no_sense_are_none(hass: HomeAssistant, options: object) -> None:
    hass.states.async_set("select.belt", "run", {"options": options})
    controls = machine(hass, stop="select.belt")
    assert controls.stops() == Stops(plain=(), cautious=())
    assert not controls.reach().can_halt


class Hostile(list[str]):
    """Options that nobody can read."""

    def __iter__(self) -> Iterator[str]:
        """Fail in a way that nobody thought of."""
        raise RuntimeError("nobody thought of this")


@pytest.mark.logs
async def test_a_control_that_cannot_be_read_keeps_nobody_from_the_next(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    hass.states.async_set("select.belt", "run", {"options": Hostile(["stop"])})
    hass.states.async_set("button.pause", "unknown")
    controls = machine(hass, stop="select.belt", pause="button.pause", start="select.belt")
    press = Call(domain="button", service="press", data={"entity_id": "button.pause"})
    assert controls.stops() == Stops(plain=(press,), cautious=())
    assert controls.reach().can_halt
    assert await sent(hass, controls, Order(asked=Asked.STOP)) == [
        ("button", "press", {"entity_id": "button.pause"})
    ]
    assert "Gym: a control could not be read: RuntimeError('nobody thought of this')" in caplog.text


def test_one_switch_in_several_roles_is_tried_once(hass: HomeAssistant) -> None:
    hass.states.async_set("switch.belt", "on")
    stops = machine(hass, start="switch.belt", stop="switch.belt", pause="switch.belt").stops()
    assert stops.plain == (Call(domain="switch", service="turn_off", data={"entity_id": "switch.belt"}),)


@pytest.mark.logs
async def test_a_control_that_fails_is_named_in_the_log_and_nothing_else(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    async_mock_service(hass, "button", "press", raise_exception=HomeAssistantError("out of range"))
    hass.states.async_set("button.stop", "unknown")
    machine(hass, stop="button.stop").send(Order(asked=Asked.STOP))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert "Gym: button.press failed: HomeAssistantError('out of range')" in caplog.text


async def test_a_control_that_hangs_keeps_nobody_waiting(hass: HomeAssistant) -> None:
    begun: list[ServiceCall] = []

    async def hang(call: ServiceCall) -> None:
        begun.append(call)
        await hass.loop.create_future()

    hass.services.async_register("button", "press", hang)
    for name in ("stop", "pause"):
        hass.states.async_set(f"button.{name}", "unknown")
    controls = machine(hass, stop="button.stop", pause="button.pause")
    for call in controls.stops().plain:
        controls.call(call)
    assert [call.data["entity_id"] for call in begun] == ["button.stop", "button.pause"]
