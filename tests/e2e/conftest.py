"""Starts the demo's own server and Debian's Chromium; nothing is simulated but the gym."""

from collections.abc import Iterator
import json
from pathlib import Path
import shutil
import socket
from typing import Any

import pytest

# Where the demo's environment is not, there is no browser either.
sync_api = pytest.importorskip("playwright.sync_api")

from demo import scene  # noqa: E402 - only here is it known that what it needs is installed
from demo.server import HOST, Server  # noqa: E402 - as above

from .walk import Walk  # noqa: E402 - as above

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start the quick demo on an empty folder."""
    server = Server(tmp_path_factory.mktemp("demo") / "data", _free_port())
    try:
        server.start()
        server.wait_until_running()
        scene.set_up(server, quick=True)
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start the browser."""
    found = shutil.which("chromium")
    assert found, (
        "there is no chromium; scripts/system-packages installs it, scripts/test --no-e2e does without"
    )
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, headless=True, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(server: Server, browser: Any) -> Iterator[Any]:  # noqa: ANN401 - playwright has types only where it is installed
    """Open a page that is signed in, and reaches nothing but the server."""
    context = browser.new_context(
        viewport={"width": 1680, "height": 1000}, service_workers="block", locale="en-US"
    )
    tokens = json.dumps(json.dumps(server.browser_tokens()))
    context.add_init_script(f"localStorage.setItem('hassTokens', {tokens});")
    context.route(
        "**/*",
        lambda route: (
            route.continue_()
            if route.request.url.startswith((server.url, "data:", "blob:"))
            else route.abort()
        ),
    )
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def walk(server: Server, page: Any, request: pytest.FixtureRequest) -> Walk:  # noqa: ANN401 - as above
    """Give a person in front of the dashboard; pictures go where `--pictures` says."""
    folder: Path | None = request.config.getoption("--pictures")
    return Walk(server, page, folder)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Ask where to keep pictures of what is seen."""
    parser.addoption("--pictures", type=Path, default=None, help="keep screenshots in this folder")
