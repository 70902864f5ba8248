"""What every blueprint is driven with."""

from collections.abc import AsyncIterator
import logging

from freezegun.api import FrozenDateTimeFactory
import pytest

from homeassistant.core import HomeAssistant

from ..setup import async_set_up
from .driving import NOON, Drive


@pytest.fixture
async def drive(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    gym_can_be_found: None,  # noqa: ARG001 - a fixture is asked for by name
    caplog: pytest.LogCaptureFixture,
) -> AsyncIterator[Drive]:
    """Give a Backstride without speakers or lamps of its own; what is called is the blueprint's doing."""
    # An automation takes a hundred turns of the loop: with every one accounted for, these tests take twice as long.
    hass.loop.set_debug(False)
    caplog.set_level(logging.WARNING, logger="homeassistant")
    freezer.move_to(NOON)
    drive = Drive(hass, freezer, await async_set_up(hass))
    yield drive
    await drive.close()
