"""What things are called, in texts that people read, hear or say, and how they are found by it."""

from collections.abc import Iterable, Mapping
import re
from typing import Final, Protocol

from homeassistant.core import HomeAssistant, callback

from .problems import problem


class Named(Protocol):
    """Something that people gave a name."""

    @property
    def name(self) -> str:
        """The name."""


@callback
def name_of(hass: HomeAssistant, entity_id: str) -> str:
    """Name an entity as people do; what is not there is called by its id."""
    state = hass.states.get(entity_id)
    return state.name if state else entity_id


_NOT_SAID: Final = re.compile(r"\([^)]*\)|[^\w' ]|_")
"""What of a name nobody says: what stands in brackets, and signs; a template of sentences would take them for its own."""


def said(name: str) -> str:
    """Give a name as it is said: without signs, in small letters."""
    return " ".join(_NOT_SAID.sub(" ", name).lower().split())


def plain(name: str) -> str:
    """Give it so that names can be compared that sound alike."""
    return said(name).casefold()


def by_name[T: Named](things: Mapping[str, T], named: str) -> T | None:
    """Find a thing by its name; names are typed and spoken, so neither case nor spacing tells them apart."""
    found = [thing for thing in things.values() if _written(thing.name) == _written(named)]
    if len(found) > 1:
        # Guessing between two of one name would start, stop or delete at the wrong one half of the time.
        raise problem("ambiguous_name", name=named)
    return single(found)


def as_said[T: Named](things: Mapping[str, T], named: str) -> list[T]:
    """Find things by what is said of their names."""
    return [thing for thing in things.values() if plain(thing.name) == plain(named)]


def names(things: Iterable[Named]) -> str:
    """List what things are called."""
    return ", ".join(sorted((thing.name for thing in things), key=_written))


def single[T](things: Iterable[T]) -> T | None:
    """Give the only thing there is; None of several, and of none."""
    match list(things):
        case [one]:
            return one
    return None


def _written(name: str) -> str:
    return " ".join(name.split()).casefold()
