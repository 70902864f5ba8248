"""Runs the demo: a Home Assistant with Backstride and a simulated gym, for this machine only, until Ctrl-C."""

import argparse
from collections.abc import Sequence
from pathlib import Path
import shutil
import signal
import sys

try:
    from demo import dashboard, scene
    from demo.client import PASSWORD, USERNAME, DemoError
    from demo.server import CHECKOUT, PORT, RESTART, Server
except ModuleNotFoundError as missing:
    sys.exit(f"demo: the package {missing.name} is missing; scripts/setup installs it")

NO_PORT = 2**16


def main(words: Sequence[str] | None = None, data: Path = CHECKOUT / ".demo") -> int:
    """Run the demo, and give the exit code."""
    chosen = _parser().parse_args(words)
    server = Server(data / ("quick" if chosen.quick else "full"), chosen.port)
    # Being ended, or losing the terminal, is no reason to leave a server behind.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        if chosen.reset:
            server.forget()
        _run(server, quick=chosen.quick)
    except DemoError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopping.", flush=True)
    finally:
        server.stop()
    return 0


def _run(server: Server, *, quick: bool) -> None:
    """Run until it is stopped; who restarts it in its own settings gets it back."""
    print("Home Assistant starts; the first time takes a little longer.", flush=True)
    code = RESTART
    while code == RESTART:
        server.start()
        server.wait_until_running()
        scene.set_up(server, quick=quick)
        _welcome(server, quick=quick)
        code = server.wait()
    raise DemoError(f"Home Assistant ended by itself with {code}; its log ends with:\n{server.log_tail()}")


def _welcome(server: Server, *, quick: bool) -> None:
    session = f"{scene.QUICK_WORKOUT} is chosen" if quick else "Choose a workout"
    print(
        f"""
  Open      {server.url}/{dashboard.URL_PATH}
  User      {USERNAME}
  Password  {PASSWORD}

  {session}; start the belt, press Start, and read what the speaker says. Let the dog in if you dare.
  Only this machine can open it. Ctrl-C ends it{_aloud()}
""",
        flush=True,
    )


def _aloud() -> str:
    return "." if shutil.which("espeak-ng") else "; without espeak-ng the speaker hums instead of speaking."


def _port(word: str) -> int:
    if word.isdecimal() and 0 < (port := int(word)) < NO_PORT:
        return port
    raise argparse.ArgumentTypeError(f"{word} is no port; a port is a number from 1 to {NO_PORT - 1}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/demo", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a workout of ninety seconds and a small goal")
    parser.add_argument(
        "--reset", action="store_true", help="forget what was done in the demo, and begin anew"
    )
    parser.add_argument("--port", type=_port, default=PORT, help=f"where it answers (default {PORT})")
    return parser


if __name__ == "__main__":
    sys.exit(main())
