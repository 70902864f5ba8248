"""Lets Home Assistant find the simulated gym beside our own integration."""

from pathlib import Path

import pytest

DEMO = Path(__file__).parents[2] / "demo"


@pytest.fixture
def gym_can_be_found(monkeypatch: pytest.MonkeyPatch, enable_custom_integrations: None) -> None:  # noqa: ARG001 - a fixture is asked for by name
    """Let the folder of the demo take part in the package all custom integrations are in."""
    monkeypatch.syspath_prepend(str(DEMO))
