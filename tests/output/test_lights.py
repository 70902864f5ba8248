"""Lamps of every kind show what they can, are never dark under somebody who walks, and are put back exactly."""

import asyncio
from typing import Any

import pytest

from custom_components.backstride.engine.workout import Direction
from custom_components.backstride.output.looks import DIRECTIONS, WARNING, Look
from homeassistant.core import ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.color import color_hs_to_RGB

from .room import COLOUR, DIMMER, FADING, PLAIN, WHITE, Room, in_a_room

LAMP, OTHER, CEILING = "light.lamp", "light.other", "light.ceiling"
UNKNOWING: dict[str, Any] = {}
DIM: dict[str, Any] = {"brightness": 77, "hs_color": [30, 40]}


@pytest.mark.parametrize("look", [*DIRECTIONS.values(), WARNING])
def test_no_look_is_saturated_red(look: Look) -> None:
    red, green, blue = color_hs_to_RGB(look.hue, look.saturation)
    assert red / (red + green + blue) < 0.8, "the limit of WCAG 2.2"
    assert look.dimmed().brightness >= look.brightness / 2


@pytest.mark.parametrize(
    ("kind", "backward", "warning"),
    [
        (COLOUR, {"brightness": 255, "hs_color": (215, 100)}, {"brightness": 255, "hs_color": (38, 95)}),
        (
            FADING,
            {"brightness": 255, "hs_color": (215, 100), "transition": 0.2},
            {"brightness": 255, "hs_color": (38, 95), "transition": 0.2},
        ),
        (DIMMER, {"brightness": 255}, {"brightness": 255}),
        (
            WHITE,
            {"brightness": 255, "color_temp_kelvin": 4000},
            {"brightness": 255, "color_temp_kelvin": 2202},
        ),
        (
            {"supported_color_modes": ["color_temp", "xy"]},
            {"brightness": 255, "hs_color": (215, 100)},
            {"brightness": 255, "hs_color": (38, 95)},
        ),
        (
            {"supported_color_modes": ["color_temp"]},
            {"brightness": 255, "color_temp_kelvin": 6500},
            {"brightness": 255, "color_temp_kelvin": 2000},
        ),
        (PLAIN, {}, {}),
        (UNKNOWING, {}, {}),
    ],
    ids=["colour", "fading", "dimmer", "white", "colour and white", "any white", "plain", "unknowing"],
)
def test_a_lamp_shows_what_it_can(
    kind: dict[str, Any], backward: dict[str, Any], warning: dict[str, Any]
) -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, kind, on=False))
        lights.show(Direction.BACKWARD)
        assert (room.last(LAMP).on, room.last(LAMP).data) == (True, backward)
        await room.wait(2)
        lights.warn()
        assert (room.last(LAMP).on, room.last(LAMP).data) == (True, warning)
        await room.wait(0.6)
        dim = warning | ({"brightness": 128} if warning else {})
        assert (room.last(LAMP).on, room.last(LAMP).data) == (True, dim), "half as bright and no darker"
        lights.close()

    in_a_room(happens)


@pytest.mark.parametrize("others", [(), (LAMP,)], ids=["alone", "beside one that dims"])
def test_a_plain_lamp_stays_on_during_a_warning(others: tuple[str, ...]) -> None:
    async def happens(room: Room) -> None:
        room.lamp(LAMP, COLOUR)
        lights = room.session(room.lamp(CEILING, PLAIN, on=False), *others)
        lights.warn(urgent=True)
        assert room.told[-1].lamp == CEILING, "what shows the most goes first"
        await room.wait(10)
        assert [one.on for one in room.told if one.lamp == CEILING] == [True]
        assert len(room.told) == 1 + 21 * len(others)
        lights.close()

    in_a_room(happens)


def test_where_nothing_may_flash_a_warning_stands_still() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR), may_flash=False)
        lights.warn()
        await room.wait(10)
        lights.warn(urgent=True)
        await room.wait(10)
        assert [one.data["brightness"] for one in room.told] == [255]
        lights.calm()
        lights.close()

    in_a_room(happens)


def test_a_lamp_shared_with_a_place_that_must_not_flash_does_not() -> None:
    async def happens(room: Room) -> None:
        room.lamp(LAMP, COLOUR)
        room.lamp(OTHER, COLOUR)
        flashing = room.session(LAMP, OTHER)
        still = room.session(LAMP, may_flash=False)
        flashing.warn()
        await room.wait(10)
        assert [one.data["brightness"] for one in room.told if one.lamp == LAMP] == [255]
        assert len([one for one in room.told if one.lamp == OTHER]) == 11
        flashing.close()
        still.close()

    in_a_room(happens)


# Groups


def test_of_groups_each_lamp_is_addressed_once_and_by_itself() -> None:
    async def happens(room: Room) -> None:
        for lamp in (LAMP, OTHER):
            room.lamp(lamp, COLOUR)
        states = room.hass.states
        states.async_set("light.all", "on", {"entity_id": ["light.both", OTHER, "switch.fan", "light.all"]})
        states.async_set("light.both", "on", {"entity_id": [LAMP, OTHER]})
        lights = room.session("light.all", LAMP, "light.both")
        lights.warn()
        assert sorted(one.lamp for one in room.told) == [LAMP, OTHER]
        assert [one["entity_id"] for one in room.noted] == [LAMP, OTHER]
        lights.close()

    in_a_room(happens)


# Effects


CANDLE: dict[str, Any] = {
    **COLOUR,
    "supported_features": 4,
    "effect_list": ["None", "candle"],
}


def test_an_effect_is_ended_while_something_is_shown_and_runs_again_afterwards() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, CANDLE, brightness=90, hs_color=(30, 20), effect="candle"))
        lights.show(Direction.REST)
        assert room.last(LAMP).data["effect"] == "None"
        await room.wait(10)
        lights.restore()
        assert room.last(LAMP).data == {"brightness": 90, "hs_color": [30, 20], "effect": "candle"}
        lights.close()

    in_a_room(happens)


def test_an_effect_that_runs_when_a_lamp_is_put_back_and_did_not_before_is_ended() -> None:
    async def happens(room: Room) -> None:
        room.lamp(LAMP, CANDLE, brightness=255, effect="candle")
        lights = room.place(LAMP, owed=({"entity_id": LAMP, "on": True, "data": {"brightness": 90}},))
        assert room.last(LAMP).data == {"effect": "None", "brightness": 90}
        assert room.noted == []
        lights.close()

    in_a_room(happens)


def test_an_effect_without_a_word_for_none_is_left_to_the_lamp() -> None:
    async def happens(room: Room) -> None:
        kind = {**COLOUR, "supported_features": 4, "effect_list": ["candle"]}
        lights = room.session(room.lamp(LAMP, kind, effect="candle"))
        lights.warn()
        assert "effect" not in room.last(LAMP).data
        lights.close()

    in_a_room(happens)


# Putting back


@pytest.mark.parametrize(
    ("kind", "shown", "back"),
    [
        (COLOUR, {"brightness": 77, "hs_color": (10, 20)}, {"brightness": 77, "hs_color": [10, 20]}),
        (
            FADING,
            {"brightness": 77, "hs_color": (10, 20)},
            {"brightness": 77, "hs_color": [10, 20], "transition": 0.0},
        ),
        (
            WHITE,
            {"brightness": 77, "color_temp_kelvin": 2700},
            {"brightness": 77, "color_temp_kelvin": 2700},
        ),
        (FADING, None, {"transition": 0.0}),
        (PLAIN, None, {}),
    ],
)
def test_each_lamp_is_put_back_at_once_and_as_it_was(
    kind: dict[str, Any], shown: dict[str, Any] | None, back: dict[str, Any]
) -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, kind, on=shown is not None, **(shown or {})))
        lights.show(Direction.BACKWARD)
        await room.wait(3)
        lights.restore()
        assert (room.last(LAMP).on, room.last(LAMP).data) == (shown is not None, back)
        assert room.noted == []
        lights.close()

    in_a_room(happens)


def test_what_was_never_changed_is_not_put_back() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR))
        assert len(room.noted) == 1, "though its way back is written down before anything is changed"
        room.say(LAMP, brightness=3)
        await room.wait(10)
        assert room.noted[0]["data"]["brightness"] == 3, "until then the room's own light may change"
        lights.restore()
        assert room.told == []
        assert room.noted == []
        lights.close()

    in_a_room(happens)


def test_after_a_calm_without_colours_lamps_are_as_before_and_still_ready() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, brightness=77, hs_color=(10, 20)))
        for _ in range(2):
            lights.warn()
            await room.wait(7)
            lights.calm()
            await room.wait(1)
            assert room.last(LAMP).data == {"brightness": 77, "hs_color": [10, 20]}
        count = len(room.told)
        lights.restore()
        assert len(room.told) == count, "it is back already"
        lights.close()

    in_a_room(happens)


@pytest.mark.logs
def test_a_bridge_that_is_busy_is_asked_again_after_a_while_but_not_for_ever() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, on=False))
        lights.show(Direction.REST)
        await room.wait(3)
        asked: list[float] = []

        async def refuse(_call: ServiceCall) -> None:
            asked.append(room.loop.now - began)
            raise HomeAssistantError("busy")

        room.hass.services.async_register("light", "turn_off", refuse)
        began = room.loop.now
        lights.restore()
        await room.wait(600)
        assert asked == [0, 30, 60, 90, 120, 150]
        assert len(room.noted) == 1
        room.away(LAMP)
        room.hass.services.async_register("light", "turn_off", room._obey)  # noqa: SLF001 - the bridge has time again
        room.say(LAMP)
        assert room.noted == []
        lights.close()

    in_a_room(happens)


def test_who_closes_while_something_is_shown_leaves_it_written_down_for_the_next() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, on=False))
        lights.show(Direction.REST)
        lights.close()
        assert room.noted == [{"entity_id": LAMP, "on": False, "data": {}}]
        assert room.last(LAMP).on
        after = room.place(LAMP, owed=tuple(room.noted))
        assert not room.last(LAMP).on
        assert room.noted == []
        after.close()

    in_a_room(happens)


@pytest.mark.logs
def test_two_lamps_on_a_busy_bridge_are_asked_again_together() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, on=False), room.lamp(OTHER, COLOUR, on=False))
        lights.show(Direction.REST)
        await room.wait(3)

        async def refuse(_call: ServiceCall) -> None:
            raise HomeAssistantError("busy")

        room.hass.services.async_register("light", "turn_off", refuse)
        lights.restore()
        await room.wait(20)
        room.hass.services.async_register("light", "turn_off", room._obey)  # noqa: SLF001 - the bridge has time again
        await room.wait(9)
        assert len(room.noted) == 2
        await room.wait(2)
        assert room.noted == []
        lights.close()

    in_a_room(happens)


def test_who_waits_for_room_is_let_go_when_the_place_is_closed() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, on=False))
        for direction in Direction:
            lights.show(direction)
            await room.wait(0.01)
        giving = room.hass.async_create_task(lights.async_restore())
        lights.close()
        await room.wait(0)
        assert giving.done()
        assert len(room.noted) == 1

    in_a_room(happens)


def test_giving_back_because_the_place_goes_waits_for_room() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, on=False))
        for direction in Direction:
            lights.show(direction)
            await room.wait(0.01)
        giving = room.hass.async_create_task(lights.async_restore())
        await room.wait(0.5)
        assert not giving.done()
        assert room.last(LAMP).on
        await room.wait(0.6)
        assert giving.done()
        assert not room.last(LAMP).on
        await lights.async_restore()
        lights.close()

    in_a_room(happens)


def test_a_session_that_begins_before_there_was_room_to_put_back_knows_the_first_way_back() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, on=False))
        for direction in Direction:
            lights.show(direction)
            await room.wait(0.01)
        lights.restore()
        lights.begin()
        lights.remember()
        await room.wait(2)
        assert not room.last(LAMP).on, "the lead-in has the room's own light"
        lights.show(Direction.REST)
        await room.wait(2)
        lights.restore()
        assert not room.last(LAMP).on
        assert room.noted == []
        lights.close()

    in_a_room(happens)


@pytest.mark.parametrize("silent", [False, True], ids=["busy", "reporting late"])
def test_a_session_that_begins_while_a_lamp_is_still_put_back_knows_the_first_way_back(silent: bool) -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, on=False))
        lights.show(Direction.BACKWARD)
        await room.wait(10)
        room.silent.add(LAMP)
        room.hanging |= set() if silent else {LAMP}
        lights.restore()
        await room.wait(2)
        room.hanging.clear()
        lights.begin()
        lights.remember()
        assert room.noted == [{"entity_id": LAMP, "on": False, "data": {}}]
        lights.show(Direction.FORWARD)
        await room.wait(2)
        lights.restore()
        await room.wait(1)
        assert not room.last(LAMP).on
        assert room.noted == []
        lights.close()

    in_a_room(happens)


def test_a_session_a_while_later_finds_the_rooms_own_light() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, on=False))
        lights.show(Direction.BACKWARD)
        await room.wait(10)
        lights.restore()
        await room.wait(6)
        room.say(LAMP, brightness=50)
        lights.remember()
        assert room.noted == [{"entity_id": LAMP, "on": True, "data": {"brightness": 50}}]
        lights.close()

    in_a_room(happens)


# Two places


def test_of_a_shared_lamp_the_warning_goes_before_a_direction_and_what_is_shown_comes_back() -> None:
    async def happens(room: Room) -> None:
        room.lamp(LAMP, COLOUR, on=False)
        first, second = room.session(LAMP), room.session(LAMP)
        first.show(Direction.BACKWARD)
        await room.wait(2)
        second.warn()
        await room.wait(8)
        first.show(Direction.FORWARD)
        await room.wait(2)
        assert room.last(LAMP).data["hs_color"] == (38, 95), "a direction does not paint over a warning"
        second.calm()
        await room.wait(1)
        assert room.last(LAMP).data["hs_color"] == (130, 90)
        first.restore()
        await room.wait(1)
        assert not room.last(LAMP).on, "the other holds it and shows nothing"
        second.restore()
        await room.wait(1)
        assert room.noted == []
        first.close()
        second.close()

    in_a_room(happens)


# Lamps that come and go


def test_a_lamp_that_returns_looks_like_the_others() -> None:
    async def happens(room: Room) -> None:
        room.lamp(LAMP, COLOUR)
        room.lamp(OTHER, COLOUR, brightness=40, hs_color=(10, 20))
        room.away(OTHER)
        lights = room.session(LAMP, OTHER, "light.gone")
        assert [one["entity_id"] for one in room.noted] == [LAMP]
        lights.show(Direction.BACKWARD)
        await room.wait(5)
        room.say(OTHER, brightness=40, hs_color=(10, 20))
        assert room.last(OTHER).data["hs_color"] == (215, 100)
        assert [one["entity_id"] for one in room.noted] == [LAMP, OTHER]
        room.away(OTHER)
        lights.warn()
        await room.wait(8)
        room.say(OTHER, brightness=255, hs_color=(30, 35))
        assert room.last(OTHER).data["hs_color"] == (38, 95)
        lights.restore()
        await room.wait(1)
        assert room.last(OTHER).data == {"brightness": 40, "hs_color": [10, 20]}
        lights.close()

    in_a_room(happens)


def test_a_lamp_that_goes_out_of_reach_as_it_flashes_is_owed() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, on=False))

        async def break_down(_call: ServiceCall) -> None:
            room.away(LAMP)

        room.hass.services.async_register("light", "turn_on", break_down)
        lights.warn()
        await room.wait(10)
        lights.restore()
        await room.wait(1)
        assert room.noted == [{"entity_id": LAMP, "on": False, "data": {}}]
        room.say(LAMP)
        assert not room.last(LAMP).on
        assert room.noted == []
        lights.close()

    in_a_room(happens)


@pytest.mark.parametrize("turns", range(8))
def test_a_warning_in_the_very_instant_in_which_a_lamp_was_put_back_is_put_back_too(turns: int) -> None:
    """A call has come back before anybody hears of it."""

    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, **DIM), may_flash=False)
        lights.warn()
        await room.wait(10)
        comes_back = asyncio.Event()

        async def linger(call: ServiceCall) -> None:
            data = {key: value for key, value in call.data.items() if key != "entity_id"}
            room.say(LAMP, context=call.context, **data)
            await comes_back.wait()

        room.hass.services.async_register("light", "turn_on", linger)
        lights.calm()
        await room.wait(1)
        comes_back.set()
        for _ in range(turns):
            await asyncio.sleep(0)
        lights.warn()
        await room.wait(2)
        lights.restore()
        await room.wait(2)
        state = room.hass.states.get(LAMP)
        assert state is not None
        assert state.attributes["brightness"] == DIM["brightness"]
        lights.close()

    in_a_room(happens)


def test_after_a_place_is_closed_nothing_is_noted_for_it_however_late_a_lamp_comes_back() -> None:
    """It may be written into the file of a place that is gone, or over what the next one has noted by then."""

    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR, **DIM))
        lights.show(Direction.BACKWARD)
        await room.wait(10)
        comes_back = asyncio.Event()

        async def linger(_call: ServiceCall) -> None:
            await comes_back.wait()

        room.hass.services.async_register("light", "turn_on", linger)
        lights.restore()
        await room.wait(1)
        lights.close()
        noted = room.noted
        assert noted == [{"entity_id": LAMP, "on": True, "data": DIM}]
        comes_back.set()
        await room.wait(1)
        assert room.noted is noted

    in_a_room(happens)


@pytest.mark.logs
@pytest.mark.parametrize("away", [True, False], ids=["back in the session", "busy before it"])
def test_what_one_place_owes_is_put_back_by_the_place_that_holds_the_lamp_now(away: bool) -> None:
    """It would be painted over in the middle of a session, and taken for a hand there."""

    async def happens(room: Room) -> None:
        lamp = room.lamp("light.lamp", COLOUR, **DIM)
        first, second = room.session(lamp), room.place(lamp)
        first.show(Direction.BACKWARD)
        await room.wait(10)
        room.away(lamp)
        first.restore()
        await room.wait(10)
        if not away:
            room.hanging.add(lamp)
            room.say(lamp, brightness=255, hs_color=(215, 100))
            await room.wait(15)
            room.hanging.clear()
        second.begin()
        second.remember()
        second.show(Direction.FORWARD)
        await room.wait(2)
        if away:
            room.say(lamp, brightness=255, hs_color=(215, 100))
        await room.wait(40)
        assert room.last(lamp).data["hs_color"] == (130, 90)
        second.show(Direction.REST)
        assert room.last(lamp).data["hs_color"] == (30, 60), "nobody's hand was on it"
        second.restore()
        await room.wait(2)
        assert room.last(lamp).data == DIM
        count = len(room.told)
        await room.wait(100)
        assert len(room.told) == count
        first.close()
        second.close()

    in_a_room(happens)


def test_what_a_lamp_can_is_looked_up_again_when_it_changes() -> None:
    async def happens(room: Room) -> None:
        room.lamp(LAMP, PLAIN)
        lights = room.session(LAMP)
        room.hass.states.async_set(LAMP, "on", COLOUR)
        lights.warn()
        assert room.last(LAMP).data["hs_color"] == (38, 95)
        lights.close()

    in_a_room(happens)


def test_a_warning_without_any_lamp_is_no_matter() -> None:
    async def happens(room: Room) -> None:
        lights = room.place()
        lights.warn()
        seen = [lights.is_warning]
        lights.calm()
        lights.warn(urgent=True)
        lights.restore()
        seen.append(lights.is_warning)
        assert seen == [True, False]
        lights.pulse()
        lights.close()
        await room.wait(1)
        assert room.told == []

    in_a_room(happens)


# Pulses


def test_a_pulse_is_half_a_second_half_as_bright_on_lamps_that_can() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR), room.lamp(CEILING, PLAIN))
        lights.show(Direction.FORWARD)
        began = room.loop.now
        lights.pulse(0.5)
        await room.wait(5)
        told = [(round(one.at - began, 6), one.data["brightness"]) for one in room.told if one.lamp == LAMP]
        assert told == [(0, 204), (0.5, 102), (1.0, 204)]
        assert room.since(began, CEILING) == [0]
        lights.close()

    in_a_room(happens)


def test_a_switch_in_the_middle_of_a_pulse_is_bright_at_once() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR))
        lights.show(Direction.FORWARD)
        await room.wait(1)
        lights.pulse()
        await room.wait(0.1)
        lights.show(Direction.BACKWARD)
        assert room.last(LAMP).data == {"brightness": 255, "hs_color": (215, 100)}
        await room.wait(5)
        assert len(room.told) == 3
        lights.close()

    in_a_room(happens)


def test_a_pulse_that_finds_no_room_comes_after_the_switch() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR))
        for direction in Direction:
            lights.show(direction)
            await room.wait(0.01)
        lights.pulse(0.5)
        await room.wait(4)
        assert [one.data["brightness"] for one in room.told[-3:]] == [128, 64, 128]
        lights.close()

    in_a_room(happens)


@pytest.mark.parametrize("before", [0.2, 0.7])
def test_a_warning_ends_a_pulse(before: float) -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMP, COLOUR))
        lights.show(Direction.FORWARD)
        lights.pulse(0.5)
        await room.wait(before)
        lights.warn()
        lights.pulse()
        await room.wait(8)
        lights.calm()
        await room.wait(5)
        assert room.last(LAMP).data == {"brightness": 204, "hs_color": (130, 90)}
        lights.close()

    in_a_room(happens)
