"""A fence around what is called on the way: whatever it raises goes no further than the log."""

from collections.abc import Callable

from .const import LOGGER


def fenced[**Given](part: Callable[Given, object]) -> Callable[Given, None]:
    """Give a part that can be called without any harm to who calls it."""

    def run(*args: Given.args, **more: Given.kwargs) -> None:
        try:
            part(*args, **more)
        except Exception:  # noqa: BLE001 - of those who are told or asked, one must not keep the others from their part
            LOGGER.exception("A part failed; the others go on")

    return run
