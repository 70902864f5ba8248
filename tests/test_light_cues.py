"""What the lamps show of a session: directions, a pulse at each switch, a pulse for each glance, and what may be left out."""

from itertools import pairwise
from typing import Any

import pytest

from custom_components.backstride.engine.session import Command
from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import Event, HomeAssistant

from .gym.visit import IN_THE_GYM
from .hall import AMBER, BLUE, CEILING, GREEN, STRIP, Hall, OpenHall
from .setup import GYM, MINE, entity_id

pytestmark = IN_THE_GYM

BACK_TWICE = "30s back @1.2, 30s back @1.2"


class Shown:
    """What the strip is told, and how many seconds after the start."""

    def __init__(self, hall: Hall) -> None:
        """Listen."""
        self.hall = hall
        self.told: list[tuple[float, int | None]] = []
        hall.hass.bus.async_listen(EVENT_CALL_SERVICE, self._note)

    def _note(self, event: Event[Any]) -> None:
        if event.data["service_data"].get("entity_id") == STRIP:
            at = (event.time_fired - self.hall.began).total_seconds()
            self.told.append((at, event.data["service_data"].get("brightness")))

    def between(self, begin: float, end: float) -> list[tuple[float, int | None]]:
        """Give what it was told from one second on until another."""
        return [one for one in self.told if begin <= one[0] < end]


def _planned(hall: Hall, notation: str) -> Hall:
    """Plan another workout than the usual one."""
    entry = hall.coordinator.entry
    data = {**entry.subentries[MINE].data, "notation": notation}
    hall.hass.config_entries.async_update_subentry(entry, entry.subentries[MINE], data=data)
    return hall


async def test_a_switch_between_intervals_of_one_colour_is_seen_by_its_pulse(open_hall: OpenHall) -> None:
    hall = _planned(await open_hall(), BACK_TWICE)
    await hall.hass.async_block_till_done()
    shown = Shown(hall)
    hall.start()
    await hall.wait(45)
    assert shown.between(9, 12) == [(10, 255), (10.5, 128), (11, 255)]
    assert shown.between(12, 39) == []
    assert shown.between(39, 45) == [(40, 128), (40.5, 255)]
    assert hall.colour() == BLUE
    assert [action for _, lamp, action in hall.calls if lamp == CEILING] == ["turn_on"], "it cannot pulse"


@pytest.mark.parametrize(("kind", "glances"), [("hallway", True), ("outdoor", True), ("stairs", False)])
async def test_each_glance_is_a_pulse_and_some_of_them_are_said(
    open_hall: OpenHall, kind: str, glances: bool
) -> None:
    hall = await open_hall(kind=kind, glance_seconds=5, obstacles=[])
    shown = Shown(hall)
    hall.start()
    await hall.wait(75)
    dim = [at for at, brightness in shown.between(12, 69.5) if brightness == 128]
    said = [at for at, text in hall.heard if "behind you" in text or "shoulder" in text]
    if not glances:
        assert (dim, said) == ([], [])
        return
    assert {round(later - earlier, 1) % 5 for earlier, later in pairwise(dim)} == {0}, "every five seconds"
    assert len(dim) >= 8
    assert said
    assert all(later - earlier >= 30 for earlier, later in pairwise(said))
    assert {round(at) % 5 for at in said} == {0}, "the words follow the same setting"
    bright = [at for at, brightness in shown.between(12, 69.9) if brightness == 255]
    assert bright == [at + 0.5 for at in dim]


async def test_on_a_treadmill_nobody_is_asked_to_glance(open_hall: OpenHall) -> None:
    hall = await open_hall(glance_seconds=5)
    shown = Shown(hall)
    hall.start()
    await hall.wait(65)
    assert shown.between(12, 65) == []
    assert not any("shoulder" in text or "Glance" in text for text in hall.words)


@pytest.mark.parametrize("setting", [{"no_flashing": True}, {"light_effects": ["flash"]}])
async def test_without_pulses_the_words_of_a_glance_stay(
    open_hall: OpenHall, setting: dict[str, Any]
) -> None:
    hall = await open_hall(kind="hallway", obstacles=[], **setting)
    shown = Shown(hall)
    hall.start()
    await hall.wait(65)
    assert [one for one in shown.told if one[1] == 128] == []
    assert any("shoulder" in text or "Glance" in text for text in hall.words)


async def test_without_colours_a_warning_still_blinks_and_nothing_else_is_shown(open_hall: OpenHall) -> None:
    hall = await open_hall(light_effects=["flash"])
    before = hall.state(STRIP)
    await hall.press("test_sound_and_lights")
    hall.start()
    await hall.wait(20)
    assert hall.calls == []
    await hall.dog(there=True)
    assert hall.colour() == AMBER
    await hall.wait(0.5)
    assert hall.state(STRIP)[1] == 128
    await hall.wait(12)
    assert hall.state(STRIP) == before
    hall.command(Command.PAUSE)
    await hall.wait(2)
    assert hall.state(STRIP) == before


async def test_without_flashing_but_with_colours_a_warning_is_steady(open_hall: OpenHall) -> None:
    hall = await open_hall(light_effects=["colours"])
    shown = Shown(hall)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(4)
    assert shown.between(12, 24) == [(20, 255)]
    assert hall.colour() == AMBER
    await hall.wait(10)
    assert hall.colour() == BLUE


async def test_light_cues_that_are_switched_off_and_on_take_the_glances_along(open_hall: OpenHall) -> None:
    hall = await open_hall(kind="hallway", glance_seconds=4, obstacles=[])
    shown = Shown(hall)
    switch = {"entity_id": entity_id(hall.hass, "switch", GYM, "light_cues")}
    hall.start()
    await hall.wait(20)
    await hall.hass.services.async_call("switch", "turn_off", switch, blocking=True)
    shown.told.clear()
    await hall.wait(12)
    assert shown.told == []
    await hall.hass.services.async_call("switch", "turn_on", switch, blocking=True)
    await hall.wait(12)
    assert len([one for one in shown.told if one[1] == 128]) >= 2


async def test_glances_that_come_too_late_are_left_out(open_hall: OpenHall) -> None:
    """Twenty seconds in which nothing could run: no five pulses afterwards."""
    hall = await open_hall(kind="hallway", glance_seconds=4, obstacles=[])
    shown = Shown(hall)
    hall.start()
    await hall.wait(20)
    shown.told.clear()
    await hall.wait(20.2, step=20.2)
    await hall.wait(1.5)
    assert len([one for one in shown.told if one[1] == 128]) <= 1


async def test_a_pause_of_a_minute_and_the_way_back_pulse_as_well(open_hall: OpenHall) -> None:
    hall = await open_hall()
    shown = Shown(hall)
    before = hall.state(STRIP)
    hall.start()
    await hall.wait(20)
    hall.command(Command.PAUSE)
    await hall.wait(62)
    assert hall.state(STRIP) == before
    hall.command(Command.RESUME)
    await hall.wait(90)
    assert hall.colour() == GREEN
    assert any(brightness == 102 for _, brightness in shown.told), "a pulse in green"


async def test_a_room_that_has_its_light_back_in_a_long_pause_keeps_it_whatever_is_told_meanwhile(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await open_hall()
    before = hall.state(STRIP)
    hall.start()
    await hall.wait(20)
    hall.command(Command.PAUSE)
    await hall.wait(62)
    calls = len(hall.calls)
    entry = hall.coordinator.entry
    hass.config_entries.async_update_subentry(entry, entry.subentries[GYM], title="Other gym")
    await hall.wait(1)
    hall.command(Command.SKIP)
    await hall.wait(1)
    assert hall.state(STRIP) == before
    assert len(hall.calls) == calls
    hall.command(Command.RESUME)
    await hall.wait(10)
    assert hall.state(STRIP) != before
    hall.command(Command.PAUSE)
    await hall.wait(2)
    assert hall.state(STRIP) != before, "the next pause has its minute again"


async def test_a_warning_is_ready_before_anybody_walks_also_without_light_cues(
    hass: HomeAssistant, open_hall: OpenHall
) -> None:
    hall = await open_hall()
    switch = {"entity_id": entity_id(hass, "switch", GYM, "light_cues")}
    await hass.services.async_call("switch", "turn_off", switch, blocking=True)
    hall.start()
    await hall.wait(1)
    assert {lamp["entity_id"] for lamp in hall.coordinator.live(GYM).lamps} >= {STRIP, CEILING}
    hall.command(Command.STOP)
    await hall.wait(1)
    assert hall.calls == []
    assert hall.coordinator.live(GYM).lamps == []


async def test_unloading_in_the_middle_of_a_flash_puts_back(open_hall: OpenHall) -> None:
    hall = await open_hall()
    before = hall.state(STRIP)
    hall.start()
    await hall.wait(20)
    await hall.dog(there=True)
    await hall.wait(0.6, step=0.1)
    entry = hall.coordinator.entry
    assert await hall.hass.config_entries.async_unload(entry.entry_id)
    assert hall.state(STRIP) == before
    assert await hall.hass.config_entries.async_setup(entry.entry_id)
    hall.coordinator = entry.runtime_data
    await hall.wait(1)
