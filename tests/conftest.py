"""What holds for all tests: properties are tried without a stopwatch, and in CI always with the same examples."""

from collections.abc import AsyncIterator, Generator, Iterator
import importlib
import importlib.util
from itertools import islice
import logging
import os
from pathlib import Path
import sys
import traceback
from types import FrameType, ModuleType
from typing import Any, override

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


# The harness has asyncio debug, and then it notes for each future the stack it was made in: under pytest sixty frames, each
# with its line of source, which took a third of all time. The innermost ones tell who made it.
FRAMES_NOTED = 3
_walk_stack = traceback.walk_stack


def _walk_few(f: FrameType | None) -> Iterator[tuple[FrameType, int]]:
    return islice(_walk_stack(f), FRAMES_NOTED)


traceback.walk_stack = _walk_few

DEMO = Path(__file__).parents[1] / "demo"


@pytest.fixture
def gym_can_be_found(monkeypatch: pytest.MonkeyPatch, enable_custom_integrations: None) -> None:  # noqa: ARG001 - a fixture is asked for by name
    """Let Home Assistant find the simulated gym beside our own integration."""
    monkeypatch.syspath_prepend(str(DEMO))


@pytest.fixture
async def open_hall(request: pytest.FixtureRequest, hass: Any, freezer: Any) -> AsyncIterator[Any]:  # noqa: ANN401 - where there is no Home Assistant, its types are not either
    """Give a way to open a gym with Backstride in it; at the end everything falls silent."""
    marks = request.node.iter_markers("rooms")
    others = [room for mark in marks for room in mark.args]
    async with importlib.import_module("tests.hall").halls(hass, freezer, *others) as open_it:
        yield open_it


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Give every test a configuration folder of its own, so that what is written to disk is really written."""
    return hass_tmp_config_dir


@pytest.fixture
def hass_storage() -> dict[str, Any]:
    """Leave Home Assistant's storage as it is: real files, in the folder above."""
    return {}


class _Heard(logging.Handler):
    """Keeps what we log, and puts every line into words, so that a line that cannot be fails too."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.warnings: list[str] = []

    @override
    def emit(self, record: logging.LogRecord) -> None:
        words = record.getMessage()
        if record.levelno >= logging.WARNING:
            self.warnings.append(words)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test in which we warn of something it did not announce with the mark `logs`.

    Only we are listened to down to the last detail. Whoever asks for `caplog` has Home Assistant tell all it does as well,
    hundreds of lines for each test, and that took an eighth of all time.
    """
    heard, ours = _Heard(), logging.getLogger("custom_components.backstride")
    level = ours.level
    ours.addHandler(heard)
    ours.setLevel(logging.DEBUG)
    try:
        result = yield
    finally:
        ours.setLevel(level)
        ours.removeHandler(heard)
    if item.get_closest_marker("logs") is None:
        assert heard.warnings == []
    return result
