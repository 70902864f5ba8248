"""The players and speech engines of known delay on which speech is measured."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A player and an engine of known delays."""

    name: str
    engine: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({"delay": 0.3}))
    """What a voice of the gym has."""
    player: Mapping[str, Any] | None = None
    """What a speaker of the gym has; where there is none a real mpd is listened to."""
    beside: str | None = None
    """How another speaker of the place behaves."""


CASES: Final = (
    Case(name="mpd, engine 0 s", engine={"delay": 0}),
    Case(name="mpd, engine 0.3 s, mp3", engine={"delay": 0.3, "converted": True}),
    Case(name="mpd, engine 0.8 s", engine={"delay": 0.8}),
    Case(name="mpd, engine 2 s", engine={"delay": 2}),
    Case(name="wakes in 0.2 s", player={"announces": False, "wakes": 0.2, "starts": 0.2}),
    Case(name="wakes in 0.8 s", player={"announces": False, "wakes": 0.8, "starts": 0.8}),
    Case(name="wakes in 2 s", player={"announces": False, "wakes": 2, "starts": 2}),
    Case(name="wakes in 1.5 s, then 0.3 s", player={"announces": False, "wakes": 1.5, "starts": 0.3}),
    Case(name="buffers 0.2 s", player={"announces": False, "buffers": 0.2}),
    Case(name="buffers 0.8 s", player={"announces": False, "buffers": 0.8}),
    Case(name="buffers 2 s", player={"announces": False, "buffers": 2}),
    Case(name="announces, engine 2 s", player={}, engine={"delay": 2}),
    Case(name="beside one that hangs", player={}, beside="hangs"),
)
