"""Lamps flash no faster and no longer than is safe, never in red, whatever was written by hand, and are put back."""

from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest

from homeassistant.const import EVENT_CALL_SERVICE
from homeassistant.core import Event, HomeAssistant, callback

from ..gym.visit import IN_THE_GYM
from ..setup import GYM
from .driving import Drive, async_use
from .lamps import ALL, async_hang, shine

pytestmark = IN_THE_GYM

DOOR = "binary_sensor.somebody_behind"
STEP = 0.05


class Changes:
    """Every change of all lamps together that is commanded, and when."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with none."""
        self.calls: list[tuple[datetime, dict[str, Any]]] = []
        hass.bus.async_listen(EVENT_CALL_SERVICE, self._note)

    @callback
    def _note(self, event: Event[Any]) -> None:
        data = event.data["service_data"]
        if event.data["domain"] == "light" and isinstance(data["entity_id"], list):
            self.calls.append((event.time_fired, data))

    @property
    def apart(self) -> list[float]:
        """Seconds between two."""
        return [(after - before).total_seconds() for (before, _), (after, _) in pairwise(self.calls)]

    @property
    def lasted(self) -> float:
        """Seconds from the first to the last."""
        return (self.calls[-1][0] - self.calls[0][0]).total_seconds()


async def _somebody(hass: HomeAssistant, drive: Drive, *, there: bool) -> None:
    hass.states.async_set(DOOR, "on" if there else "off")
    await drive.settle()


@pytest.mark.parametrize(
    ("chosen", "seen"),
    [
        ({}, (9, 0.5, 4)),
        ({"rate": 2, "seconds": 4, "to_dark": True}, (17, 0.25, 4)),
        ({"never_flash": True}, (1, None, 0)),
    ],
    ids=["as-it-comes", "as-fast-as-the-form-allows", "never"],
)
async def test_a_sensor_behind_somebody_who_walks_backward_lets_lamps_flash(
    hass: HomeAssistant, drive: Drive, chosen: dict[str, Any], seen: tuple[int, float | None, float]
) -> None:
    count, gap, lasts = seen
    await async_hang(hass)
    before = shine(hass)
    await _somebody(hass, drive, there=False)
    await async_use(
        hass, "flash_as_a_reminder", place=drive.device(GYM), lamps=[ALL], sensors=[DOOR], **chosen
    )
    changes = Changes(hass)
    await _somebody(hass, drive, there=True)
    await _somebody(hass, drive, there=False)
    assert changes.calls == [], "nobody walks"
    drive.start()
    await drive.wait(15)
    await _somebody(hass, drive, there=True)
    await drive.wait(5.5, STEP)
    assert len(changes.calls) == count
    assert changes.lasted == pytest.approx(lasts, abs=0.1)
    if gap is not None:
        assert min(changes.apart) >= gap - 0.001
    colours = [data["rgb_color"] for _, data in changes.calls if "rgb_color" in data]
    assert {tuple(colour) for colour in colours} == {(255, 191, 0)}
    assert shine(hass) != before
    await drive.wait(10)
    assert shine(hass) == before


async def test_what_is_written_by_hand_is_held_to_what_is_safe(hass: HomeAssistant, drive: Drive) -> None:
    """The form offers no such values, but YAML is no form."""
    await async_hang(hass)
    place = drive.device(GYM)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.blueprints.driving.selector", lambda _: lambda value: value)
        await async_use(
            hass,
            "flash_as_a_reminder",
            place=place,
            lamps=[ALL],
            at_intervals=True,
            rate=25,
            seconds=60,
            steady=60,
        )
    changes = Changes(hass)
    drive.start()
    await drive.wait(10)
    await drive.wait(8, STEP)
    assert 4 < changes.lasted <= 5
    assert min(changes.apart) >= 0.2 - 0.001, "two and a half flashes a second are five changes"
    assert len(changes.calls) <= 26


async def test_a_hazard_flashes_once_and_its_end_puts_the_lamps_back(
    hass: HomeAssistant, drive: Drive
) -> None:
    """Flapping must not add up to a flashing without end."""
    await async_hang(hass)
    await _somebody(hass, drive, there=False)
    entry = drive.coordinator.entry
    subentry = entry.subentries[GYM]
    obstacles = [{"entity_id": DOOR, "reaction": "remind"}]
    hass.config_entries.async_update_subentry(entry, subentry, data={**subentry.data, "obstacles": obstacles})
    await drive.settle()
    before = shine(hass)
    await async_use(hass, "flash_as_a_reminder", place=drive.device(GYM), lamps=[ALL], steady=60)
    changes = Changes(hass)
    drive.start()
    await drive.wait(15)
    await _somebody(hass, drive, there=True)
    await drive.wait(1, STEP)
    await _somebody(hass, drive, there=False)
    await drive.wait(2.5, STEP)
    await _somebody(hass, drive, there=True)
    await drive.wait(4, STEP)
    assert len(changes.calls) == 9
    await _somebody(hass, drive, there=False)
    await drive.wait(4, 0.5)
    assert shine(hass) == before


async def test_what_comes_and_goes_does_not_flash_on_and_on(hass: HomeAssistant, drive: Drive) -> None:
    await async_hang(hass)
    await _somebody(hass, drive, there=False)
    await async_use(
        hass, "flash_as_a_reminder", place=drive.device(GYM), lamps=[ALL], sensors=[DOOR], steady=1
    )
    changes = Changes(hass)
    drive.start()
    await drive.wait(15)
    for _ in range(14):
        await _somebody(hass, drive, there=True)
        await drive.wait(0.5, 0.25)
        await _somebody(hass, drive, there=False)
        await drive.wait(0.5, 0.25)
    assert len(changes.calls) == 9, "four seconds of flashing in fourteen"
    await drive.wait(3, 0.25)
    await _somebody(hass, drive, there=True)
    await drive.wait(1, 0.25)
    assert len(changes.calls) > 9, "and then again"


async def test_what_a_reminder_that_was_cut_short_left_is_put_back(hass: HomeAssistant, drive: Drive) -> None:
    await async_hang(hass)
    before = shine(hass)
    await _somebody(hass, drive, there=False)
    made = await async_use(hass, "flash_as_a_reminder", place=drive.device(GYM), lamps=[ALL], sensors=[DOOR])
    drive.start()
    await drive.wait(15)
    await _somebody(hass, drive, there=True)
    await drive.wait(1, 0.25)
    for action in ("turn_off", "turn_on"):
        await hass.services.async_call("automation", action, {"entity_id": made}, blocking=True)
    assert shine(hass) != before
    await _somebody(hass, drive, there=False)
    await _somebody(hass, drive, there=True)
    await drive.wait(16, 0.5)
    assert shine(hass) == before


async def test_hazards_and_intervals_are_left_to_those_who_want_none(
    hass: HomeAssistant, drive: Drive
) -> None:
    await async_hang(hass)
    await async_use(hass, "flash_as_a_reminder", place=drive.device(GYM), lamps=[ALL], at_hazards=False)
    changes = Changes(hass)
    drive.start()
    await drive.wait(165)
    assert changes.calls == []
