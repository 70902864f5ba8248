"""A Home Assistant of our own: prepared in a folder, started as a child process, and stopped by its process id."""

from datetime import UTC, datetime
import errno
import fcntl
import importlib.util
import json
import os
from pathlib import Path
import shutil
import signal
import socket
import subprocess
import sys
import time
from typing import Final, TextIO

from demo.client import Client, DemoError

CHECKOUT: Final = Path(__file__).resolve().parents[1]
CONFIGURATION: Final = CHECKOUT / "demo" / "config" / "configuration.yaml"
COMPONENTS: Final = (
    CHECKOUT / "custom_components" / "backstride",
    CHECKOUT / "demo" / "custom_components" / "virtual_gym",
)
HOST: Final = "127.0.0.1"
PORT: Final = 8123

NEEDED: Final = ("homeassistant", "hass_frontend", "hassil", "home_assistant_intents", "pymicro_vad")
"""Without these the server would start with half of its parts and complain only in its log."""

LOCK: Final = "demo.lock"
LOG: Final = "server.log"
RESTART: Final = 100
"""How Home Assistant ends when somebody asked it to restart."""

STARTS_WITHIN: Final = 180.0
STOPS_WITHIN: Final = 30.0
LOOKS_EVERY: Final = 0.1


class Server(Client):
    """A Home Assistant with Backstride and the simulated gym, for this machine only."""

    def __init__(self, folder: Path, port: int = PORT) -> None:
        """Know where its data is kept and where it will answer."""
        super().__init__(f"http://{HOST}:{port}")
        self.folder = folder.resolve()
        self.port = port
        self._lock: TextIO | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether its process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start the process on a prepared folder; it answers a little later."""
        lock = self._take()
        try:
            _check_port(self.port)
            _check_packages()
        except DemoError:
            self._ended()
            raise
        self._prepare()
        with (self.folder / LOG).open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "homeassistant", "-c", ".", "--skip-pip", "--log-no-color"],
                cwd=self.folder,
                env=os.environ | {"BACKSTRIDE_TIME_ZONE": time_zone(), "BACKSTRIDE_URL": self.url},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C in our terminal is for us: we stop it the way it wants to be stopped.
                start_new_session=True,
                # It holds the lock too, so that the folder stays taken should only we be killed.
                pass_fds=[lock.fileno()],
            )
        lock.seek(0)
        lock.truncate()
        lock.write(str(self._process.pid))
        lock.flush()

    def wait_until_running(self) -> None:
        """Wait until everything is set up, signing in on the way: before that nobody is told."""
        end = time.monotonic() + STARTS_WITHIN
        while not self.answers:
            self._sleep(end)
        if not self.access_token:
            self.sign_in()
        while self._state() != "RUNNING":
            self._sleep(end)

    def wait(self) -> int:
        """Wait until it ends by itself, and give its exit code."""
        return 0 if self._process is None else self._process.wait()

    def stop(self) -> None:
        """Let it end properly; one that does not is killed."""
        if self._process is not None and self.is_running:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(STOPS_WITHIN)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._ended()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None and self.is_running:
            self._process.kill()
            self._process.wait()
        self._ended()

    def forget(self) -> None:
        """Remove all data."""
        self._take()
        for path in self.folder.iterdir():
            if path.name == LOCK:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        self._ended()

    def log_tail(self, lines: int = 40) -> str:
        """Give the last lines of its log."""
        try:
            text = (self.folder / LOG).read_text(errors="replace")
        except FileNotFoundError:
            return ""
        return "\n".join(text.splitlines()[-lines:])

    def _take(self) -> TextIO:
        """Take the folder, so that nobody else starts on the same data."""
        if self._lock is not None:
            return self._lock
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = (self.folder / LOCK).open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            process = lock.read().strip() or "still starting"
            lock.close()
            raise DemoError(
                f"The demo already runs on the data in {self.folder} (process {process}); stop it first"
            ) from error
        self._lock = lock
        return lock

    def _ended(self) -> None:
        self._process = None
        self.tokens = {}
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _prepare(self) -> None:
        """Put what Home Assistant reads into the folder; what it has written there stays."""
        shutil.copyfile(CONFIGURATION, self.folder / "configuration.yaml")
        # Here the editor keeps what is made in it; the configuration above needs it from the start.
        (self.folder / "automations.yaml").touch()
        components = self.folder / "custom_components"
        components.mkdir(exist_ok=True)
        for component in COMPONENTS:
            link = components / component.name
            link.unlink(missing_ok=True)
            link.symlink_to(component)
        storage = self.folder / ".storage"
        storage.mkdir(exist_ok=True)
        _store(storage, "http", 3, {"stable": _http(self.port), "pending": None, "yaml_migration_done": True})
        # Names of devices are looked up by multicast; this way nobody outside is asked.
        _store(storage, "core.network", 1, {"configured_adapters": ["lo"]})
        if not (storage / "onboarding").exists():
            # Only the user is left to ask for: the other steps set up integrations that use the network.
            _store(storage, "onboarding", 4, {"done": ["core_config", "analytics", "integration"]})

    def _state(self) -> str:
        try:
            state: str = self.request("GET", "/api/config")["state"]
        except OSError:
            return ""
        return state

    def _sleep(self, end: float) -> None:
        """Wait a moment, unless there is nothing left to wait for."""
        if self._process is None:
            raise DemoError("Home Assistant was not started")
        code = self._process.poll()
        if code is None and time.monotonic() < end:
            time.sleep(LOOKS_EVERY)
            return
        what = f"did not start within {STARTS_WITHIN:.0f} s" if code is None else f"ended at once with {code}"
        raise DemoError(f"Home Assistant {what}; its log ends with:\n{self.log_tail()}")


def time_zone() -> str:
    """Give the machine's time zone by name; where it has none, UTC."""
    if name := os.environ.get("TZ", "").removeprefix(":"):
        return name
    _, found, name = str(Path("/etc/localtime").resolve()).partition("/zoneinfo/")
    return name.removeprefix("posix/") if found else "UTC"


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        # As Home Assistant does: a port whose last connections are only dying is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise DemoError(
                    f"Something already listens on port {port}; choose another with --port"
                ) from error
            raise DemoError(
                f"Port {port} cannot be used ({error.strerror}); choose another with --port"
            ) from error


def _check_packages() -> None:
    for module in NEEDED:
        if importlib.util.find_spec(module) is None:
            raise DemoError(f"The package {module} is missing; scripts/setup installs it")


def _http(port: int) -> dict[str, object]:
    """Say where to listen, as the settings of a person who tried it and was content."""
    return {
        "server_host": [HOST],
        "server_port": port,
        "cors_allowed_origins": [],
        "login_attempts_threshold": -1,
        "ip_ban_enabled": False,
        "ssl_profile": "modern_v4",
        "use_x_frame_options": True,
        "created_at": datetime.now(UTC).isoformat(),
        "error": None,
        "error_message": None,
    }


def _store(storage: Path, key: str, version: int, data: dict[str, object]) -> None:
    whole = {"version": version, "minor_version": 1, "key": key, "data": data}
    (storage / key).write_text(json.dumps(whole), encoding="utf-8")
