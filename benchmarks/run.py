"""Measure what DESIGN claims: `python -m benchmarks.run [NAME ...]`. Figures are medians; compare ratios, not machines."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
import sys
import tempfile

from . import boundaries, guard, history, recorder_rows, speech, spoken, switching

BENCHMARKS: dict[str, Callable[[Path], Awaitable[list[str]]]] = {
    "history": history.measure,
    "boundaries": boundaries.measure,
    "guard": guard.measure,
    "switching": switching.measure,
    "recorder": recorder_rows.measure,
    "speech": speech.measure,
    "spoken": spoken.measure,
}


def main() -> None:
    """Run the named benchmarks, or all."""
    for name in sys.argv[1:] or BENCHMARKS:
        with tempfile.TemporaryDirectory() as folder:
            for line in asyncio.run(BENCHMARKS[name](Path(folder)), debug=False):
                print(f"{name:11} {line}", flush=True)


if __name__ == "__main__":
    main()
