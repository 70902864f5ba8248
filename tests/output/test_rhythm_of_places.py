"""What the warnings of several places do to one another, and to a lamp that they share."""

from custom_components.backstride.engine.workout import Direction
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, callback

from .room import COLOUR, DIMMER, Room, in_a_room

LAMPS = ("light.a", "light.b", "light.c")
AMBER = (38, 95)


def test_two_places_blink_in_one_phase_from_the_first_flash_of_the_second_on() -> None:
    async def happens(room: Room) -> None:
        first = room.session(room.lamp(LAMPS[0], COLOUR))
        second = room.session(room.lamp(LAMPS[1], COLOUR))
        first.warn()
        await room.wait(0.7)
        assert room.last(LAMPS[0]).data["brightness"] == 128
        began = room.loop.now
        second.warn(urgent=True)
        assert [(one.lamp, one.data["brightness"]) for one in room.told if one.at == began] == [
            (LAMPS[1], 255),
            (LAMPS[0], 255),
        ], "its own lamps first"
        await room.wait(4)
        both = [[one.data["brightness"] for one in room.told if one.lamp == lamp] for lamp in LAMPS[:2]]
        assert both[0][2:] == both[1], "one phase, and the faster rhythm for all"
        await room.wait(10)
        assert max(room.since(began, LAMPS[0])) < max(room.since(began, LAMPS[1])), (
            "each five seconds of its own"
        )
        assert {room.last(lamp).data["brightness"] for lamp in LAMPS[:2]} == {255}
        first.close()
        second.close()

    in_a_room(happens)


def test_lamps_that_are_dim_when_another_warning_begins_do_not_wait_for_their_beat() -> None:
    async def happens(room: Room) -> None:
        lights, other = room.session(room.lamp(LAMPS[0], COLOUR)), room.session(room.lamp(LAMPS[1], COLOUR))
        lights.show(Direction.BACKWARD)
        await room.wait(0.1)
        lights.warn()
        await room.wait(0.6)
        lights.calm()
        assert room.last(LAMPS[0]).data["brightness"] == 128, "there is no room yet for a calm look"
        lights.warn()
        assert room.last(LAMPS[0]).data["brightness"] == 255
        assert room.last(LAMPS[0]).at == room.loop.now
        lights.close()
        other.close()

    in_a_room(happens)


def test_of_a_lamp_that_three_places_share_the_cap_outranks_the_third_first_flash() -> None:
    async def happens(room: Room) -> None:
        shared = room.lamp("light.shared", DIMMER)
        places = [room.session(room.lamp(lamp, COLOUR), shared) for lamp in LAMPS]
        began = room.loop.now
        places[0].warn(urgent=True)
        await room.wait(1.01)
        places[1].warn()
        await room.wait(0.01)
        places[2].warn()
        assert room.last(LAMPS[2]).at == room.loop.now, "a lamp of its own flashes at once"
        assert room.since(began, shared) == [0, 0.25, 0.5, 0.75, 1.0, 1.01], "five in the last second"
        assert room.last(shared).data["brightness"] == 255, "and it shows the first flash of another"
        await room.wait(1)
        assert room.since(began, shared)[6:] == room.since(began, LAMPS[2])[1:], "then they blink as one"
        for lights in places:
            lights.close()

    in_a_room(happens)


def test_a_lamp_that_comes_back_while_a_beat_waits_for_room_waits_with_it() -> None:
    async def happens(room: Room) -> None:
        lamp, away = room.lamp(LAMPS[0], COLOUR), room.lamp(LAMPS[1], COLOUR)
        first, second = room.session(lamp, away), room.session(room.lamp(LAMPS[2], COLOUR))
        began = room.loop.now
        first.warn()
        await room.wait(0.02)
        second.warn()
        await room.wait(0.01)
        second.calm()
        await room.wait(0.26)
        second.warn(urgent=True)
        await room.wait(0.26)
        room.away(away)
        room.say(away)
        await room.wait(1)
        told = room.since(began)
        assert told[:7] == [0, 0.02, 0.03, 0.29, 1.0, 1.25, 1.5], "nobody asks again and again meanwhile"
        first.close()
        second.close()

    in_a_room(happens)


def test_a_first_flash_goes_out_in_the_midst_of_another_change() -> None:
    async def happens(room: Room) -> None:
        first, second = (room.session(room.lamp(lamp, COLOUR)) for lamp in LAMPS[:2])
        began = room.loop.now

        def warn(event: Event[EventStateChangedData]) -> None:
            if event.data["entity_id"] == LAMPS[0]:
                second.warn(urgent=True)

        room.hass.bus.async_listen(EVENT_STATE_CHANGED, callback(warn))
        first.show(Direction.BACKWARD)
        assert second.is_warning, "the report of a lamp began it"
        assert room.last(LAMPS[1]).data["hs_color"] == AMBER
        await room.wait(1)
        assert room.since(began) == [0, 0.25, 0.5, 0.75, 1.0], "both are one change"
        first.close()
        second.close()

    in_a_room(happens)
