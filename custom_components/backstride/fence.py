"""A fence around what is called on the way: whatever it raises goes no further than the log."""

from collections.abc import Callable, Iterable

from .const import LOGGER


def call_each[**Given](
    parts: Iterable[Callable[Given, object]], *args: Given.args, **more: Given.kwargs
) -> None:
    """Call one part after the other; none of them keeps another from being called."""
    for part in parts:
        try:
            part(*args, **more)
        except Exception:  # noqa: BLE001 - of those who are told or asked, one must not keep the others from their part
            LOGGER.exception("A part failed; the others go on")


def fenced[**Given](part: Callable[Given, object]) -> Callable[Given, None]:
    """Give a part that can be called without any harm to who calls it."""

    def run(*args: Given.args, **more: Given.kwargs) -> None:
        call_each((part,), *args, **more)

    return run
