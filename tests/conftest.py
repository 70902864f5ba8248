"""What holds for all tests: properties are tried without a stopwatch, and in CI always with the same examples."""

import os
from typing import Any

from hypothesis import settings
import pytest

# A slow machine must not fail a property, and a change must not be refused for an example it did not bring.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Give every test a configuration folder of its own, so that what is written to disk is really written."""
    return hass_tmp_config_dir


@pytest.fixture
def hass_storage() -> dict[str, Any]:
    """Leave Home Assistant's storage as it is: real files, in the folder above."""
    return {}
