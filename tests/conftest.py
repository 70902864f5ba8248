"""What holds for all tests: properties are tried without a stopwatch, and in CI always with the same examples."""

from collections.abc import AsyncIterator, Iterator
import importlib
import importlib.util
import logging
import os
from pathlib import Path
import sys
from types import ModuleType
from typing import Any

from hypothesis import settings
import pytest

if importlib.util.find_spec("homeassistant") is None:
    # The engine's tests need no Home Assistant, but importing the engine imports the package around it, which does.
    for name in ("custom_components", "custom_components.backstride"):
        package = ModuleType(name)
        package.__path__ = [str(Path(__file__).parents[1].joinpath(*name.split(".")))]
        sys.modules[name] = package
else:
    # Before Home Assistant does: it takes the package as it finds it, or else makes one of the tests' empty folder.
    importlib.import_module("custom_components")

# A slow machine must not fail a property, and a change must not be refused for an example it did not bring.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


DEMO = Path(__file__).parents[1] / "demo"


@pytest.fixture
def gym_can_be_found(monkeypatch: pytest.MonkeyPatch, enable_custom_integrations: None) -> None:  # noqa: ARG001 - a fixture is asked for by name
    """Let Home Assistant find the simulated gym beside our own integration."""
    monkeypatch.syspath_prepend(str(DEMO))


@pytest.fixture
async def open_hall(hass: Any, freezer: Any) -> AsyncIterator[Any]:  # noqa: ANN401 - where there is no Home Assistant, its types are not either
    """Give a way to open a gym with Backstride in it; at the end everything falls silent."""
    async with importlib.import_module("tests.hall").halls(hass, freezer) as open_it:
        yield open_it


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Give every test a configuration folder of its own, so that what is written to disk is really written."""
    return hass_tmp_config_dir


@pytest.fixture
def hass_storage() -> dict[str, Any]:
    """Leave Home Assistant's storage as it is: real files, in the folder above."""
    return {}


@pytest.fixture(autouse=True)
def _nothing_in_the_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which we warn of something it did not announce with the mark `logs`."""
    yield
    ours = [one for one in caplog.get_records("call") if one.name.startswith("custom_components.backstride")]
    if request.node.get_closest_marker("logs") is None:
        assert [one.getMessage() for one in ours if one.levelno >= logging.WARNING] == []
