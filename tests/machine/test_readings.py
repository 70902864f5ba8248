"""What a state says: a value in the engine's unit, nothing, or what cannot be."""

from datetime import UTC, datetime, timedelta

import pytest

from custom_components.backstride.engine.metrics import Quantity
from custom_components.backstride.engine.workout import Direction
from custom_components.backstride.machine.readings import belt_running, direction, is_fresh, reading
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import State

NOW = datetime(2026, 3, 1, 7, tzinfo=UTC)


def _state(value: str, unit: str | None = None, entity_id: str = "sensor.x") -> State:
    return State(entity_id, value, {ATTR_UNIT_OF_MEASUREMENT: unit} if unit else {})


@pytest.mark.parametrize(
    ("quantity", "state", "unit", "value"),
    [
        pytest.param(Quantity.SPEED, "2.5", None, 2.5, id="a speed without a unit is km/h"),
        pytest.param(Quantity.SPEED, "1", "mph", 1.609344, id="miles an hour"),
        pytest.param(Quantity.SPEED, "1", "m/s", 3.6, id="metres a second"),
        pytest.param(Quantity.SPEED, "0", "km/h", 0, id="a belt that stands"),
        pytest.param(Quantity.SPEED, "25", "km/h", 25, id="the fastest belt"),
        pytest.param(Quantity.DISTANCE, "1.2", "km", 1200, id="kilometres"),
        pytest.param(Quantity.DISTANCE, "12", None, 12, id="a distance without a unit is metres"),
        pytest.param(Quantity.DISTANCE, "0", "m", 0, id="no distance yet"),
        pytest.param(Quantity.STEPS, "1200", "steps", 1200, id="steps"),
        pytest.param(Quantity.HEART_RATE, "120", "bpm", 120, id="a heart rate"),
        pytest.param(Quantity.HEART_RATE, "25", "bpm", 25, id="the slowest heart"),
        pytest.param(Quantity.HEART_RATE, "250", "count/min", 250, id="the fastest heart"),
        pytest.param(Quantity.INCLINE, "-40", "%", -40, id="as steep downward as it gets"),
        pytest.param(Quantity.INCLINE, "40", "%", 40, id="as steep upward as it gets"),
        pytest.param(Quantity.INCLINE, "5", "°", 8.748866, id="a ramp's angle"),
        pytest.param(Quantity.DIRECTION, "forward", None, 1, id="forward"),
        pytest.param(Quantity.DIRECTION, "Backward", None, -1, id="backward"),
    ],
)
def test_a_state_is_read_in_the_engines_unit(
    quantity: Quantity, state: str, unit: str | None, value: float
) -> None:
    said = reading(quantity, _state(state, unit), NOW)
    assert said.value == pytest.approx(value)
    assert (said.quantity, said.at, said.is_wild) == (quantity, NOW, False)


@pytest.mark.parametrize(
    ("quantity", "state", "unit"),
    [
        pytest.param(Quantity.SPEED, "60", "km/h", id="60 km/h"),
        pytest.param(Quantity.SPEED, "25.1", "km/h", id="faster than any belt"),
        pytest.param(Quantity.SPEED, "20", "mph", id="too fast in another unit"),
        pytest.param(Quantity.SPEED, "-0.1", "km/h", id="a speed below zero"),
        pytest.param(Quantity.HEART_RATE, "24.9", "bpm", id="a heart too slow"),
        pytest.param(Quantity.HEART_RATE, "250.1", "bpm", id="a heart too fast"),
        pytest.param(Quantity.HEART_RATE, "-5", "bpm", id="a heart rate below zero"),
        pytest.param(Quantity.INCLINE, "40.1", "%", id="too steep upward"),
        pytest.param(Quantity.INCLINE, "-40.1", "%", id="too steep downward"),
        pytest.param(Quantity.DISTANCE, "-1", "m", id="a distance below zero"),
        pytest.param(Quantity.STEPS, "-1", "steps", id="steps below zero"),
    ],
)
def test_what_cannot_be_is_wild_and_no_value(quantity: Quantity, state: str, unit: str) -> None:
    said = reading(quantity, _state(state, unit), NOW)
    assert (said.value, said.is_wild) == (None, True)


@pytest.mark.parametrize(
    ("quantity", "state"),
    [
        pytest.param(Quantity.SPEED, None, id="not there"),
        pytest.param(Quantity.HEART_RATE, _state("unavailable"), id="unavailable"),
        pytest.param(Quantity.DISTANCE, _state("unknown", "km"), id="unknown"),
        pytest.param(Quantity.STEPS, _state("inf"), id="infinite"),
        pytest.param(Quantity.INCLINE, _state("nan"), id="no number"),
        pytest.param(Quantity.SPEED, _state("1", "parsecs"), id="a unit nobody knows"),
        pytest.param(Quantity.DISTANCE, _state("1", "bpm"), id="a unit of something else"),
        pytest.param(Quantity.HEART_RATE, _state("0", "bpm"), id="nobody wears the strap"),
        pytest.param(Quantity.DIRECTION, _state("unknown"), id="no direction"),
        pytest.param(Quantity.DIRECTION, None, id="no sensor of direction"),
    ],
)
def test_who_says_nothing_is_silent_and_not_wild(quantity: Quantity, state: State | None) -> None:
    said = reading(quantity, state, NOW)
    assert (said.value, said.is_wild) == (None, False)


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        pytest.param(None, None, id="not there"),
        pytest.param(_state("on", entity_id="binary_sensor.x"), True, id="a binary sensor that is on"),
        pytest.param(_state("off", entity_id="binary_sensor.x"), False, id="a binary sensor that is off"),
        pytest.param(_state("unavailable", entity_id="binary_sensor.x"), None, id="one that is unavailable"),
        pytest.param(_state("on", entity_id="switch.x"), True, id="a switch that is on"),
        pytest.param(_state("off", entity_id="switch.x"), False, id="a switch that is off"),
        pytest.param(_state("unknown", entity_id="switch.x"), None, id="one that is unknown"),
        pytest.param(_state("playing", entity_id="media_player.x"), True, id="a player that plays"),
        pytest.param(_state("paused", entity_id="media_player.x"), False, id="a player that is paused"),
        pytest.param(_state("idle", entity_id="media_player.x"), False, id="a player that is idle"),
        pytest.param(_state("off", entity_id="media_player.x"), False, id="a player that is off"),
        pytest.param(_state("on", entity_id="media_player.x"), None, id="a player that is just on"),
        pytest.param(
            _state("countdown 3", entity_id="media_player.x"), False, id="a player that counts down"
        ),
        pytest.param(_state("running"), True, id="running"),
        pytest.param(_state("Active"), True, id="active, written large"),
        pytest.param(_state("starting"), False, id="starting: not yet"),
        pytest.param(_state("stopped"), False, id="stopped"),
        pytest.param(_state("paused"), False, id="paused"),
        pytest.param(_state("standby"), False, id="standby"),
        pytest.param(_state("sleep"), False, id="sleep"),
        pytest.param(_state("finished"), False, id="finished"),
        pytest.param(_state("manual_mode"), None, id="a word that says nothing of the belt"),
        pytest.param(_state("unavailable"), None, id="a sensor that is unavailable"),
        pytest.param(_state("unknown"), None, id="a sensor that is unknown"),
        pytest.param(_state("0", "W"), False, id="a plug that gives nothing"),
        pytest.param(_state("60", "W"), False, id="a plug that gives no more than a console draws"),
        pytest.param(_state("60.1", "W"), True, id="a plug that gives more"),
        pytest.param(_state("0.4", "kW"), True, id="a plug that tells kilowatts"),
        pytest.param(_state("0.05", "kW"), False, id="few kilowatts"),
        pytest.param(_state("nan", "W"), None, id="no power"),
        pytest.param(_state("400"), None, id="a number without a unit"),
        pytest.param(_state("400", "kWh"), None, id="no power but energy"),
    ],
)
def test_many_things_stand_for_a_moving_belt(state: State | None, *, moves: bool | None) -> None:
    assert belt_running(state) is moves


def test_a_direction_is_forward_backward_or_not_known() -> None:
    said = [direction(_state(word)) for word in ("forward", "backward", "unavailable", "sideways")]
    assert said == [Direction.FORWARD, Direction.BACKWARD, None, None]


@pytest.mark.parametrize(
    ("seconds", "fresh"),
    [
        pytest.param(-1, True, id="by a clock that was ahead"),
        pytest.param(0, True, id="just now"),
        pytest.param(9.9, True, id="before the end"),
        pytest.param(10, True, id="at the end"),
        pytest.param(10.1, False, id="after it"),
    ],
)
def test_a_state_is_fresh_for_a_while_after_it_was_reported(seconds: float, *, fresh: bool) -> None:
    state = State("sensor.x", "1", last_changed=NOW - timedelta(hours=1), last_updated=NOW)
    state.last_reported = NOW - timedelta(seconds=seconds)
    assert is_fresh(state, NOW, timedelta(seconds=10)) is fresh


@pytest.mark.parametrize("state", [None, _state("unavailable"), _state("unknown")])
def test_who_says_nothing_is_never_fresh(state: State | None) -> None:
    assert not is_fresh(state, NOW, timedelta(days=1))
