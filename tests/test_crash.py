"""A real process is killed at a bad moment; nothing that was finished is lost, and nothing counts twice."""

from concurrent.futures import ThreadPoolExecutor
import json
import os
from pathlib import Path
import subprocess
import sys
import time
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
DRIVER = Path(__file__).parent / "crash_driver.py"
LEAD_IN = 10
"""Seconds; then three intervals of one second each."""
KILL_AFTER = (LEAD_IN + 1.8, LEAD_IN + 3.0, LEAD_IN + 3.03, LEAD_IN + 5.0)


def _run(folder: Path, mode: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and file
        [sys.executable, str(DRIVER), str(folder), mode],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def _walk_and_kill(folder: Path, after: float) -> None:
    (folder / "custom_components").symlink_to(ROOT / "custom_components")
    with _run(folder, "walk") as process:
        assert process.stdout is not None
        while process.stdout.readline() != "walking\n":
            assert process.poll() is None
        time.sleep(after)
        process.kill()


def _look(folder: Path) -> dict[str, Any]:
    with _run(folder, "look") as process:
        told, _ = process.communicate(timeout=60)
    seen: dict[str, Any] = json.loads(told.splitlines()[-1])
    return seen


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[float, list[dict[str, Any]]]:
    """Start a session in several processes at once, kill each at its moment, and look twice at what is there."""
    folders = {after: tmp_path_factory.mktemp("killed") for after in KILL_AFTER}
    with ThreadPoolExecutor(len(folders)) as pool:
        list(pool.map(_walk_and_kill, folders.values(), folders.keys()))
        first = list(pool.map(_look, folders.values()))
        again = list(pool.map(_look, folders.values()))
    return {after: [one, other] for after, one, other in zip(folders, first, again, strict=True)}


@pytest.mark.parametrize("after", KILL_AFTER)
def test_after_a_kill_the_session_is_paused_or_recorded_exactly_once(
    seen: dict[float, list[dict[str, Any]]], after: float
) -> None:
    first, again = seen[after]
    assert again == first, "looking twice changes nothing"
    if first["records"]:
        ((_, backward, outcome),) = first["records"]
        assert (backward, outcome, first["state"]) == (3.0, "completed", "idle")
        assert after >= LEAD_IN + 3
    else:
        assert (first["state"], first["reason"]) == ("paused", "restart")
        assert first["seconds"] >= 1, "what was walked until the last boundary"
        assert after < LEAD_IN + 5, "two seconds after its end a session is recorded"
