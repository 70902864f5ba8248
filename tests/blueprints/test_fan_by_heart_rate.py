"""A real fan follows the zones of the heart rate, and is as it was some minutes after the end."""

from typing import Any, override

import pytest
from pytest_homeassistant_custom_component.common import setup_test_component_platform

from custom_components.backstride.engine import heart
from custom_components.backstride.engine.session import Command
from homeassistant.components.fan import FanEntity
from homeassistant.components.fan.const import FanEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from ..setup import GYM
from .driving import Drive, async_use

STRAP = "sensor.strap"


class Fan(FanEntity):
    """A fan with a speed that was left on at a little."""

    _attr_name = "Gym"
    _attr_unique_id = "gym"
    _attr_percentage = 15
    _attr_supported_features = (
        FanEntityFeature.SET_SPEED | FanEntityFeature.TURN_ON | FanEntityFeature.TURN_OFF
    )

    @override
    async def async_set_percentage(self, percentage: int) -> None:
        self._attr_percentage = percentage
        self.async_write_ha_state()

    @override
    async def async_turn_on(
        self, percentage: int | None = None, preset_mode: str | None = None, **kwargs: Any
    ) -> None:
        await self.async_set_percentage(percentage or 15)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        await self.async_set_percentage(0)


async def _with_fan(drive: Drive, **more: Any) -> None:
    setup_test_component_platform(drive.hass, "fan", [Fan()])
    for component, config in (("fan", {"platform": "test"}), ("scene", [])):
        assert await async_setup_component(drive.hass, component, {component: config})
    await drive.hass.async_block_till_done()
    what = {"fans": ["fan.gym"], "heart_rate": STRAP, "age": 40, "resting": 60, **more}
    await async_use(drive.hass, "fan_by_heart_rate", place=drive.device(GYM), **what)


def _speed(hass: HomeAssistant) -> int:
    state = hass.states.get("fan.gym")
    assert state is not None
    return int(state.attributes["percentage"]) if state.state == "on" else 0


async def test_each_zone_has_its_speed_and_the_end_puts_it_back_after_a_while(
    hass: HomeAssistant, drive: Drive
) -> None:
    """The zones are those of the engine, or the fan and the record would speak of different ones."""
    floors = heart.zone_floors(highest=heart.maximum(40), resting=60)
    await drive.see(STRAP, "unavailable")
    await _with_fan(drive, zone_1=0, after=2)
    drive.start()
    await drive.wait(15)
    assert _speed(hass) == 15, "nobody knows the heart rate"
    for below, zone in zip(floors[1:], (0, 40, 60, 80), strict=True):
        await drive.see(STRAP, str(below - 0.1))
        await drive.wait(11, 11)
        assert _speed(hass) == zone
        await drive.see(STRAP, str(below))
        await drive.wait(11, 11)
        assert _speed(hass) == (zone + 20 if zone else 40)
    await drive.see(STRAP, "unknown")
    await drive.wait(11, 11)
    assert _speed(hass) == 100
    drive.command(Command.STOP)
    await drive.wait(115)
    assert _speed(hass) == 100, "one is still warm"
    await drive.wait(10)
    assert _speed(hass) == 15


async def test_a_border_of_two_zones_is_looked_at_every_ten_seconds_only(drive: Drive) -> None:
    await _with_fan(drive)
    drive.start()
    await drive.wait(15)
    before = len(drive.called("fan.set_percentage"))
    for beats in ("107", "109") * 15:
        await drive.see(STRAP, beats)
        await drive.wait(1, 1)
    assert len(drive.called("fan.set_percentage")) - before <= 3


@pytest.mark.parametrize("gone", ["fan.gone"])
async def test_a_fan_that_is_gone_and_a_restart_end_nothing_early(
    hass: HomeAssistant, drive: Drive, gone: str
) -> None:
    """After a restart the session is paused, and its start is long past."""
    await drive.see(STRAP, "130")
    drive.start()
    await drive.wait(15)
    drive.command(Command.PAUSE)
    await _with_fan(drive, fans=[gone, "fan.gym"], highest=190)
    await drive.wait(15)
    assert _speed(hass) == 15
    drive.command(Command.RESUME)
    await drive.wait(15)
    assert _speed(hass) == 40
