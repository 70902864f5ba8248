"""What every blueprint is driven with."""

from collections.abc import AsyncIterator

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
) -> AsyncIterator[Drive]:
    """Give a Backstride without speakers or lamps of its own; what is called is the blueprint's doing."""
    freezer.move_to(NOON)
    drive = Drive(hass, freezer, await async_set_up(hass))
    yield drive
    await drive.close()
