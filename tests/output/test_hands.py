"""What somebody does to a lamp by hand stands; what a lamp merely says about our own commands is no hand."""

from collections.abc import Callable
from typing import Any

import pytest

from custom_components.backstride.engine.workout import Direction
from custom_components.backstride.output.lights import Lights
from homeassistant.core import Context

from .room import COLOUR, DIMMER, PLAIN, Room, in_a_room

LAMP, OTHER = "light.lamp", "light.other"
BLUE: dict[str, Any] = {"brightness": 255, "hs_color": (215, 100)}
WARM: dict[str, Any] = {"brightness": 77, "hs_color": (30, 40)}


def _with_blue_lamp(
    then: Callable[[Room], Any], *, after: float = 10, on: bool = True, silent: bool = False
) -> list[bool]:
    """Show blue, let a lamp say something a while later, and tell whether it is still ours at the next switch."""
    ours: list[bool] = []

    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, on=on, **(WARM if on else {})))
        if silent:
            room.silent.add(LAMP)
        lights.show(Direction.BACKWARD)
        await room.wait(after)
        await then(room)
        ours.append(await _is_ours(room, lights, Direction.FORWARD))
        lights.close()

    in_a_room(happens)
    return ours


async def _is_ours(room: Room, lights: Lights, direction: Direction) -> bool:
    room.silent.clear()
    count = len(room.told)
    lights.show(direction)
    await room.wait(2)
    return len(room.told) > count


def _says(*reports: tuple[float, dict[str, Any]]) -> Callable[[Room], Any]:
    async def then(room: Room) -> None:
        for wait, report in reports:
            await room.wait(wait)
            room.say(LAMP, **report)
        await room.wait(1)

    return then


HANDS = {
    "a wall switch": {"on": False},
    "a dimmer": {**BLUE, "brightness": 120},
    "an app with another colour": {"brightness": 255, "hs_color": (10, 90)},
    "an app with white": {"brightness": 255, "hs_color": (30, 35)},
    "an app with an effect": {**BLUE, "effect": "candle"},
    "a scene as it was before": WARM,
}


@pytest.mark.parametrize("report", HANDS.values(), ids=HANDS)
def test_what_a_hand_chose_stands_for_the_rest_of_the_session_and_is_not_restored_over(
    report: dict[str, Any],
) -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, **WARM), room.lamp(OTHER, COLOUR))
        lights.show(Direction.BACKWARD)
        await room.wait(10)
        room.say(LAMP, **report)
        assert [one["entity_id"] for one in room.noted] == [OTHER]
        count = len([one for one in room.told if one.lamp == LAMP])
        lights.warn()
        await room.wait(6)
        lights.calm()
        await room.wait(2)
        lights.restore()
        await room.wait(2)
        lights.remember()
        lights.show(Direction.FORWARD)
        await room.wait(2)
        assert len([one for one in room.told if one.lamp == LAMP]) == count, "also after a long pause"
        assert room.last(OTHER).data["hs_color"] == (130, 90)
        lights.restore()
        await room.wait(1)
        lights.begin()
        lights.remember()
        lights.show(Direction.FORWARD)
        assert room.last(LAMP).at == room.loop.now, "the next session asks anew"
        lights.close()

    in_a_room(happens)


def test_a_hand_on_a_plain_lamp_stands_too() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, PLAIN, on=False))
        lights.show(Direction.BACKWARD)
        await room.wait(10)
        room.say(LAMP, on=False)
        assert room.noted == []
        lights.restore()
        assert len(room.told) == 1
        lights.close()

    in_a_room(happens)


def test_what_a_user_does_is_a_hand_at_any_time() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, **WARM))
        lights.show(Direction.BACKWARD)
        room.say(LAMP, **WARM, context=Context(user_id="anna"))
        assert room.noted == []
        lights.close()

    in_a_room(happens)


def test_a_hand_while_lamps_blink_stands_as_well() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, **WARM))
        lights.show(Direction.BACKWARD)
        await room.wait(10)
        lights.warn(urgent=True)
        await room.wait(2.1)
        room.say(LAMP, on=False)
        assert room.noted == []
        count = len(room.told)
        await room.wait(10)
        assert len(room.told) == count
        lights.close()

    in_a_room(happens)


def test_a_knob_that_is_turned_slowly_is_a_hand_in_the_end() -> None:
    steps = [(1.0, {**BLUE, "brightness": 255 - step}) for step in range(5, 60, 5)]
    assert _with_blue_lamp(_says(*steps)) == [False]


def test_of_a_lamp_that_two_places_hold_neither_takes_the_other_for_a_hand_and_both_see_one() -> None:
    async def happens(room: Room) -> None:
        room.lamp(LAMP, COLOUR, **WARM)
        first, second = room.session(LAMP), room.session(LAMP)
        first.show(Direction.BACKWARD)
        await room.wait(10)
        second.show(Direction.FORWARD)
        await room.wait(10)
        second.warn()
        await room.wait(10)
        second.calm()
        await room.wait(2)
        assert len(room.noted) == 1
        room.say(LAMP, on=False)
        assert await _is_ours(room, first, Direction.REST) is False
        assert await _is_ours(room, second, Direction.REST) is False
        first.close()
        second.close()

    in_a_room(happens)


NO_HANDS: dict[str, tuple[tuple[float, dict[str, Any]], ...]] = {
    "rounded": ((0, {"brightness": 252, "hs_color": (215.294, 98.6)}),),
    "the nearest colour it can show": ((0, {"brightness": 255, "hs_color": (224, 88)}),),
    "itself once more": ((0, BLUE), (20, BLUE)),
    "no colour at all": ((0, {"brightness": 255, "hs_color": None}),),
    "no brightness": ((0, {"brightness": None, "hs_color": (215, 100)}),),
}


@pytest.mark.parametrize("reports", NO_HANDS.values(), ids=NO_HANDS)
def test_long_after_a_command_a_lamp_may_still_say_what_it_was_told(
    reports: tuple[tuple[float, dict[str, Any]], ...],
) -> None:
    assert _with_blue_lamp(_says(*reports)) == [True]


LATE: dict[str, tuple[tuple[float, dict[str, Any]], ...]] = {
    "at the next poll": ((30, BLUE),),
    "how it was before, once more": ((1, WARM), (2, BLUE)),
    "an optimistic report that is taken back for a moment": ((0, BLUE), (1, WARM), (2, BLUE)),
    "a transition step by step": (
        (0.2, {"brightness": 130, "hs_color": (30, 40)}),
        (0.5, {"brightness": 200, "hs_color": (100, 60)}),
        (0.5, BLUE),
    ),
    "first the brightness and then the colour": (
        (0.2, {"brightness": 255, "hs_color": (30, 40)}),
        (3, BLUE),
    ),
    "first how it was when it last showed colours, darker than before and after": (
        (0.3, {"brightness": 40, "hs_color": (120, 100)}),
        (0.5, BLUE),
    ),
}


@pytest.mark.parametrize("reports", LATE.values(), ids=LATE)
def test_a_lamp_that_reports_late_or_step_by_step_is_no_hand(
    reports: tuple[tuple[float, dict[str, Any]], ...],
) -> None:
    assert _with_blue_lamp(_says(*reports), after=0, silent=True) == [True]


FROM_OFF: dict[str, tuple[tuple[float, dict[str, Any]], ...]] = {
    "on as it was last": ((0.2, {"brightness": 40, "hs_color": (30, 40)}), (1, BLUE)),
    "off once more": ((0.2, BLUE), (1, {"on": False}), (1, BLUE)),
    "on without more": ((0.2, {}), (20, BLUE)),
}


@pytest.mark.parametrize("reports", FROM_OFF.values(), ids=FROM_OFF)
def test_a_lamp_that_was_off_may_come_on_in_steps(
    reports: tuple[tuple[float, dict[str, Any]], ...],
) -> None:
    assert _with_blue_lamp(_says(*reports), after=0, on=False, silent=True) == [True]


@pytest.mark.parametrize(("seconds", "ours"), [(4.9, True), (5, True), (5.1, False)])
def test_what_was_before_may_be_said_for_five_seconds(seconds: float, ours: bool) -> None:
    assert _with_blue_lamp(_says((0, WARM)), after=seconds) == [ours]


@pytest.mark.parametrize(("brightness", "ours"), [(255, True), (242, True), (241, False)])
def test_five_percent_of_brightness_are_rounding(brightness: int, ours: bool) -> None:
    assert _with_blue_lamp(_says((0, {**BLUE, "brightness": brightness}))) == [ours]


@pytest.mark.parametrize(
    ("colour", "ours"), [((232, 100), True), ((233, 100), False), ((215, 71), True), ((215, 69), False)]
)
def test_a_colour_near_the_one_that_was_asked_for_is_what_the_lamp_could_reach(
    colour: tuple[float, float], ours: bool
) -> None:
    assert _with_blue_lamp(_says((0, {**BLUE, "hs_color": colour}))) == [ours]


def test_a_step_out_of_the_way_is_a_hand_even_while_a_lamp_settles() -> None:
    assert _with_blue_lamp(_says((0, {**BLUE, "brightness": 20})), after=1) == [False]
    assert _with_blue_lamp(_says((0, {"on": False})), after=1) == [False]
    assert _with_blue_lamp(_says((0, {**BLUE, "effect": "candle"})), after=1) == [False]


def test_a_switch_between_directions_is_reported_late_and_no_hand() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, **WARM))
        room.silent.add(LAMP)
        lights.show(Direction.BACKWARD)
        await room.wait(30)
        lights.show(Direction.FORWARD)
        await room.wait(1)
        room.say(LAMP, **BLUE)
        await room.wait(1)
        room.say(LAMP, brightness=204, hs_color=(130, 90))
        await room.wait(30)
        assert len(room.noted) == 1
        room.say(LAMP, **BLUE)
        assert room.noted == [], "but a minute later blue is somebody's choice"
        lights.close()

    in_a_room(happens)


def test_lamps_that_blink_and_report_late_are_left_to_nobody() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, **WARM))
        room.silent.add(LAMP)
        lights.warn(urgent=True)
        for _ in range(24):
            await room.wait(0.25)
            told = [one for one in room.told if one.at <= room.loop.now - 1.5]
            for one in told[-1:]:
                room.say(LAMP, **one.data)
        await room.wait(2)
        room.say(LAMP, **room.last(LAMP).data)
        assert len(room.noted) == 1
        lights.close()

    in_a_room(happens)


def test_a_lamp_that_never_told_its_brightness_may_begin_to() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, hs_color=(30, 40)))
        room.silent.add(LAMP)
        lights.show(Direction.BACKWARD)
        room.say(LAMP, brightness=90, hs_color=(215, 100))
        assert len(room.noted) == 1
        lights.close()

    in_a_room(happens)


def test_what_a_lamp_said_to_the_first_flash_counts_afterwards() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, **WARM), may_flash=False)
        lights.show(Direction.BACKWARD)
        await room.wait(10)
        lights.warn()
        await room.wait(30)
        room.say(LAMP, **BLUE)
        assert room.noted == [], "blue again is somebody's choice"
        lights.close()

    in_a_room(happens)


def test_a_lamp_that_is_away_is_no_hand_however_it_comes_back() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, **WARM))
        lights.show(Direction.BACKWARD)
        await room.wait(10)
        room.away(LAMP)
        await room.wait(60)
        room.say(LAMP, brightness=255, hs_color=(30, 35))
        await room.wait(10)
        assert room.last(LAMP).data == BLUE, "it shows the direction again"
        assert len(room.noted) == 1
        room.hass.states.async_remove(LAMP)
        await room.wait(1)
        assert len(room.noted) == 1
        lights.close()

    in_a_room(happens)


def test_a_dimmer_that_says_nothing_about_its_colour_is_watched_too() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, DIMMER, brightness=40))
        lights.show(Direction.FORWARD)
        await room.wait(10)
        room.say(LAMP, brightness=200)
        assert len(room.noted) == 1
        room.say(LAMP, brightness=120)
        assert room.noted == []
        lights.close()

    in_a_room(happens)


def test_fading_out_after_a_warning_is_no_hand() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, on=False))
        lights.warn()
        await room.wait(10)
        room.silent.add(LAMP)
        lights.calm()
        for brightness in (200, 90, 10):
            await room.wait(0.3)
            room.say(LAMP, brightness=brightness, hs_color=(38, 95))
        room.say(LAMP, on=False)
        await room.wait(5)
        room.silent.clear()
        lights.warn()
        assert room.last(LAMP).at == room.loop.now
        assert room.noted == [{"entity_id": LAMP, "on": False, "data": {}}]
        lights.close()

    in_a_room(happens)
