"""What the demo says before any server is started."""

from collections.abc import Iterator
import fcntl
from pathlib import Path
import signal
import socket
import subprocess
import sys

import pytest

from demo import run, server


@pytest.fixture(autouse=True)
def _signals_as_they_were() -> Iterator[None]:
    """Put back what the demo does with signals: pytest must not take them as Ctrl-C."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def listener(socket_enabled: None) -> Iterator[int]:  # noqa: ARG001 - a socket is what this is about
    """Start somebody else's server, and give its port."""
    with socket.socket() as listening:
        listening.bind((server.HOST, 0))
        listening.listen()
        port: int = listening.getsockname()[1]
        yield port


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((server.HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def take(folder: Path, process: str) -> Iterator[None]:
    folder.mkdir(parents=True)
    with (folder / server.LOCK).open("w") as lock:
        lock.write(process)
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def running(tmp_path: Path) -> Iterator[None]:
    """Let a demo run on the data of the long form, as process 4711."""
    yield from take(tmp_path / "full", "4711")


def test_a_port_in_use_is_one_sentence(
    tmp_path: Path, listener: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["--port", str(listener)], tmp_path) == 1
    assert capsys.readouterr().err == (
        f"demo: Something already listens on port {listener}; choose another with --port\n"
    )


def test_after_a_port_in_use_the_data_can_be_taken_again(tmp_path: Path, listener: int) -> None:
    assert run.main(["--port", str(listener)], tmp_path) == 1
    server.Server(tmp_path / "full", listener).forget()


@pytest.mark.parametrize("words", [[], ["--reset"]], ids=["start", "reset"])
@pytest.mark.usefixtures("running")
def test_a_second_start_on_the_same_data_is_one_sentence(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "full" / "kept").touch()
    assert run.main(words, tmp_path) == 1
    assert capsys.readouterr().err == (
        f"demo: The demo already runs on the data in {tmp_path / 'full'} (process 4711); stop it first\n"
    )
    assert (tmp_path / "full" / "kept").exists()


@pytest.mark.usefixtures("running")
def test_the_quick_demo_has_data_of_its_own(
    tmp_path: Path, listener: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.main(["--quick", "--port", str(listener)], tmp_path) == 1
    assert "listens on port" in capsys.readouterr().err


def test_reset_forgets_the_data_but_not_what_it_links_to(tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "manifest.json").touch()
    folder = tmp_path / "full"
    (folder / "custom_components").mkdir(parents=True)
    (folder / "custom_components" / "ours").symlink_to(ours)
    (folder / "straight").symlink_to(ours)
    (folder / ".storage").mkdir()
    (folder / ".storage" / "onboarding").touch()
    server.Server(folder).forget()
    assert [path.name for path in folder.iterdir()] == [server.LOCK]
    assert (ours / "manifest.json").exists()


@pytest.mark.usefixtures("socket_enabled")
def test_a_missing_package_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(server, "NEEDED", ("no_such_package",))
    assert run.main(["--port", str(free_port())], tmp_path) == 1
    assert capsys.readouterr().err == (
        "demo: The package no_such_package is missing; scripts/setup installs it\n"
    )


def test_without_any_package_it_is_one_sentence_too() -> None:
    bare = subprocess.run(
        [sys.executable, "-S", "-m", "demo.run"],
        cwd=server.CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert bare.returncode == 1
    assert bare.stderr == "demo: the package aiohttp is missing; scripts/setup installs it\n"


@pytest.mark.parametrize("port", ["0", "65536", "-1", "much"])
def test_a_port_that_is_none_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run.main([f"--port={port}"])
    assert "--port" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variable", "zone"), [("Europe/Berlin", "Europe/Berlin"), (":Asia/Tokyo", "Asia/Tokyo")]
)
def test_the_time_zone_is_that_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, variable: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", variable)
    assert server.time_zone() == zone
