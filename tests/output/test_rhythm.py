"""However places warn, calm down and show things: never more than 2.5 flashes a second, and a first flash never waits."""

from itertools import pairwise
from typing import Any

from hypothesis import example, given, settings, strategies as st
import pytest

from custom_components.backstride.engine.workout import Direction
from custom_components.backstride.output.lights import Lights

from .room import COLOUR, DIMMER, PLAIN, Room, in_a_room

MOST = 5
"""Changes in a second; a flash is a pair of them."""
AMBER, DIM = (255, (38, 95)), (128, (38, 95))

PLACE = st.integers(0, 2)
WAIT = st.sampled_from([0.0, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5, 1.0, 6.0])
DEED = st.one_of(
    st.tuples(st.just("warn"), PLACE, st.booleans()),
    st.tuples(st.just("calm"), PLACE),
    st.tuples(st.just("show"), PLACE, st.sampled_from(list(Direction))),
    st.tuples(st.just("pulse"), PLACE, st.sampled_from([0.0, 0.5])),
    st.tuples(st.sampled_from(["hide", "restore", "begin", "hang", "vanish"]), PLACE),
)
DEEDS = st.lists(st.tuples(WAIT, DEED), min_size=1, max_size=50)
LAMPS = ("light.a", "light.b", "light.c")
SHARED, CEILING = "light.shared", "light.ceiling"


class House:
    """Up to three places; each has a lamp of its own, all have one in common and a plain one."""

    def __init__(self, room: Room, places: int) -> None:
        """Begin every session."""
        self.room = room
        for lamp in LAMPS[:places]:
            room.lamp(lamp, COLOUR, brightness=77, hs_color=(10, 20))
        room.lamp(SHARED, DIMMER, on=False)
        room.lamp(CEILING, PLAIN, on=False)
        self.places = [room.session(LAMPS[index], SHARED, CEILING) for index in range(places)]

    def do(self, deed: str, place: int, *more: Any) -> None:
        """Have a place do something."""
        place %= len(self.places)
        lights, lamp = self.places[place], LAMPS[place]
        if deed == "warn":
            self._warn(lights, lamp, urgent=more[0])
        elif deed == "hang":
            self.room.hanging ^= {lamp}
        elif deed == "vanish":
            self.room.away(SHARED)
            self.room.say(SHARED, on=True, brightness=255)
        elif deed == "begin":
            lights.begin()
            lights.remember()
        elif deed == "show":
            lights.remember()
            lights.show(more[0])
        else:
            getattr(lights, deed)(*more)

    def _warn(self, lights: Lights, lamp: str, *, urgent: bool) -> None:
        was_on, before = lights.is_warning, self._shown(lamp)
        told = len(self.room.told)
        lights.warn(urgent=urgent)
        assert lights.is_warning
        shown = self._shown(lamp)
        if not was_on and shown != DIM:
            assert shown == AMBER, "the first flash goes out in the instant of the warning"
            if before != DIM and lamp in {one.lamp for one in self.room.told[told:]}:
                assert self.room.last(SHARED).data["brightness"] == 255, (
                    "and what is not told shows another's"
                )

    def _shown(self, lamp: str) -> tuple[Any, Any] | None:
        mine = [one.data for one in self.room.told if one.lamp == lamp]
        return (mine[-1].get("brightness"), mine[-1].get("hs_color")) if mine else None


def _most_in_a_second(instants: list[float]) -> int:
    return max((sum(1 for one in instants if at <= one < at + 0.9999) for at in instants), default=0)


type Deeds = list[tuple[float, tuple[Any, ...]]]


def _play(places: int, deeds: Deeds) -> None:
    async def happens(room: Room) -> None:
        house = House(room, places)
        for wait, (deed, place, *more) in deeds:
            await room.wait(wait)
            house.do(deed, place, *more)
        await room.wait(8)
        quiet_from = room.loop.now
        await room.wait(8)
        late = [one for one in room.told if one.at > quiet_from and one.data.get("brightness") == DIM[0]]
        assert late == [], "five seconds, then it stands still"
        if places < 3:
            assert _most_in_a_second(room.since(0)) <= MOST, "over all lamps together"
        for lamp in (*LAMPS, SHARED, CEILING):
            assert _most_in_a_second(room.since(0, lamp)) <= MOST
        room.hanging.clear()
        for lights in house.places:
            lights.restore()
        await room.wait(45)
        assert room.noted == [], "all of them are put back"
        for lamp in LAMPS[:places]:
            state = room.hass.states.get(lamp)
            assert state is not None
            assert (state.attributes["brightness"], tuple(state.attributes["hs_color"])) == (77, (10, 20))
        for lights in house.places:
            lights.close()

    in_a_room(happens)


HASTE: Deeds = [(0.02, ("show", 0, direction)) for direction in list(Direction) * 9]
BOTH: Deeds = [(0.01, ("show", place, direction)) for direction in Direction for place in (0, 1)]

THREE: Deeds = [(0.0, ("warn", 0, True)), (1.01, ("warn", 1, False)), (0.01, ("warn", 2, False))]
AGAIN: Deeds = [
    (0.0, ("warn", 0, True)),
    (0.76, ("calm", 0)),
    (0.01, ("warn", 1, True)),
    (0.01, ("warn", 0, True)),
    (0.01, ("warn", 2, True)),
]
"""The second place warns while the lamps of the first are calmed and dim, so that they are due when the third warns."""


@pytest.mark.logs
@settings(max_examples=300)
@given(deeds=DEEDS, places=st.integers(1, 3))
@example(places=1, deeds=[(0.25, ("warn", 0, True)), (0.01, ("calm", 0)), (0.01, ("warn", 0, False))] * 8)
@example(places=2, deeds=[(0.1, ("warn", 0, True)), (0.0, ("warn", 1, True)), (0.0, ("calm", 0))] * 8)
@example(places=1, deeds=[*HASTE, (0.05, ("warn", 0, True))])
@example(places=2, deeds=[*BOTH, (0.1, ("warn", 0, True)), (0.3, ("warn", 1, True))])
@example(places=2, deeds=[(0.0, ("warn", 0, True)), (2.8, ("warn", 1, True)), (0.2, ("calm", 1))])
@example(places=3, deeds=THREE)
@example(places=3, deeds=AGAIN)
def test_no_sequence_makes_lamps_flash_faster_than_two_and_a_half_times_a_second(
    deeds: Deeds, places: int
) -> None:
    _play(places, deeds)


async def _watch(
    room: Room, lights: Lights, seconds: float, **how: bool
) -> tuple[float, list[tuple[float, Any]]]:
    """Let a place warn for a while; gives when it began, and what its lamp was told at which second after that."""
    began = room.loop.now
    lights.warn(**how)
    await room.wait(seconds)
    told = [one for one in room.told if one.lamp == LAMPS[0] and one.at >= began]
    return began, [(round(one.at - began, 6), one.data["brightness"]) for one in told]


def _alternating(every: float, until: float) -> list[tuple[float, int]]:
    return [(count * every, 128 if count % 2 else 255) for count in range(round(until / every) + 1)]


@pytest.mark.parametrize(("urgent", "every"), [(False, 0.5), (True, 0.25)])
def test_a_warning_blinks_for_five_seconds_and_then_stands_bright(urgent: bool, every: float) -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMPS[0], COLOUR))
        _, told = await _watch(room, lights, 30, urgent=urgent)
        assert told == _alternating(every, 5)
        lights.close()

    in_a_room(happens)


@pytest.mark.parametrize("seconds", [0.1, 0.5, 0.75, 4.9, 5, 8])
def test_a_caution_that_becomes_urgent_blinks_faster_from_then_on(seconds: float) -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMPS[0], COLOUR))
        await _watch(room, lights, seconds)
        _, told = await _watch(room, lights, 30, urgent=True)
        instants = [at for at, _ in told]
        assert instants[0] <= 0.25, "that is seen at once"
        assert 4.5 <= instants[-1] <= 5.25
        assert told[-1][1] == 255
        assert all(abs(after - before - 0.25) < 1e-6 for before, after in pairwise(instants))
        lights.close()

    in_a_room(happens)


def test_an_urgent_warning_is_not_slowed_down_by_a_caution() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMPS[0], COLOUR))
        began = room.loop.now
        lights.warn(urgent=True)
        await room.wait(1)
        lights.warn()
        lights.warn(urgent=True)
        await room.wait(10)
        assert room.since(began) == [at for at, _ in _alternating(0.25, 5)], "and begins nothing anew either"
        lights.close()

    in_a_room(happens)


def test_what_has_to_wait_is_shown_as_soon_as_there_is_room() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMPS[0], COLOUR))
        began = room.loop.now
        for direction in Direction:
            lights.show(direction)
            await room.wait(0.01)
        await room.wait(3)
        assert room.since(began) == [0, 0.01, 0.02, 0.03, 1.0], "and one is left for a warning all the time"
        assert room.last(LAMPS[0]).data["hs_color"] == (30, 60)
        lights.close()

    in_a_room(happens)


def test_a_busy_lamp_skips_beats_and_is_bright_in_the_end() -> None:
    async def happens(room: Room) -> None:
        lamp, other = room.lamp(LAMPS[0], COLOUR), room.lamp(LAMPS[1], COLOUR)
        lights = room.session(lamp, other)
        room.hanging.add(lamp)
        began = room.loop.now
        lights.warn()
        await room.wait(6)
        assert room.since(began, lamp) == [0, 5], "changes do not pile up"
        assert room.since(began, other) == [0.5 * count for count in range(11)]
        assert room.last(lamp).data["brightness"] == 255
        lights.close()

    in_a_room(happens)


def test_after_the_loop_stood_still_no_beat_is_made_up_for() -> None:
    async def happens(room: Room) -> None:
        lights = room.session(room.lamp(LAMPS[0], COLOUR))
        began = room.loop.now
        lights.warn()
        room.loop.now += 3.2
        await room.wait(10)
        assert [at for at in room.since(began) if at >= 0] == [0, 3.2, 3.7, 4.2, 4.7]
        began = room.loop.now
        lights.calm()
        lights.warn()
        room.loop.now += 7
        await room.wait(10)
        assert [at for at in room.since(began) if at >= 0] == [0], "its time to blink was over"
        lights.close()

    in_a_room(happens)
