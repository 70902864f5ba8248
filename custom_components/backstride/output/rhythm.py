"""When lamps may change: one rhythm for all lamps of the house, because two places may share a room.

A flash is a pair of opposing changes, and at most 2.5 of them may be commanded in any second, which is five changes over
all lamps together; what happens at one instant is one change. The first flash of a warning never waits. There is always
room for it, because everything else does wait: it leaves room for every place that may still begin to warn. Lamps blink
in one phase: where one warning begins while the lamps of another are dim, all of them are bright at that instant.

Of each lamp the cap holds however changes are counted. Where several places share one and begin to warn within a second,
the later of them find it told five times: what it was told last was the first flash of another, and nothing has dimmed
it since, because a beat waits for room. It is bright already, so it is told nothing, and the lamps that a place has to
itself flash at once all the same. Over all lamps together the cap holds so with two places, and with more of them for
opposing changes: first flashes that follow each other all go the same way.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol

from homeassistant.core import HomeAssistant, callback

from .cap import MOST, SLACK, Changes

MOST_OF_A_BEAT: Final = 4
"""Changes in a second of lamps that blink, twice a second at most: one is left for a place that begins to warn."""
CAUTION: Final = 0.5
"""Seconds between two changes of a caution: 1 Hz."""
URGENT: Final = 0.25
"""Seconds between two changes where a session is stopped: 2 Hz."""
FLASHES_FOR: Final = 5.0
"""Seconds, then a warning stands still."""


class Painter(Protocol):
    """The lamps of one place, as the rhythm sees them."""

    @property
    def is_warning(self) -> bool:
        """Whether a warning is on; its first flash has been."""

    def blink(self, *, bright: bool, last: bool) -> None:
        """Change to the other half of a blink; after the last one the lamps stand still."""

    def apply(self) -> bool:
        """Show what is to be shown now; gives whether a lamp was told to change."""


@dataclass(slots=True, kw_only=True)
class _Blinking:
    every: float
    """Seconds between two changes."""
    until: float
    is_dim: bool = False


class Rhythm:
    """Gives every change of every lamp its instant, on the loop's clock."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with nothing changed."""
        self._loop = hass.loop
        self._changes = Changes()
        self._told: defaultdict[str, Changes] = defaultdict(Changes)
        """The changes of each lamp by itself; it outlives whoever holds the lamp."""
        self._painters: set[Painter] = set()
        self._blinking: dict[Painter, _Blinking] = {}
        self._turned = 0.0
        """When lamps changed last that blink."""
        self._asking: dict[Painter, float] = {}
        """Who wants to change, and not before when."""
        self._is_changing = False
        self._instant = 0.0
        """When lamps changed last; of a change that goes on, when it began."""
        self._timer: asyncio.TimerHandle | None = None

    @callback
    def join(self, painter: Painter) -> None:
        """Leave room for the warnings of a place."""
        self._painters.add(painter)

    @callback
    def leave(self, painter: Painter) -> None:
        """Forget a place."""
        self._painters.discard(painter)
        self._blinking.pop(painter, None)
        self._asking.pop(painter, None)
        self._arm()

    def is_asking(self, painter: Painter) -> bool:
        """Tell whether a place still waits for room to change."""
        return painter in self._asking

    def has_room(self, lamp: str) -> bool:
        """Tell whether a lamp may be told to change."""
        return self._told[lamp].has_room(self._instant if self._is_changing else self._loop.time())

    @callback
    def note(self, lamp: str) -> None:
        """Note that a lamp is told to change, with all others that change now."""
        self._told[lamp].note(self._instant)

    @callback
    def ask(self, painter: Painter, after: float = 0.0) -> None:
        """Have a place's lamps show what they are to show, as soon as there is room; at once if there is now."""
        at = self._loop.time() + after
        self._asking[painter] = min(at, self._asking.get(painter, at))
        self._turn()

    @callback
    def flash(self, painter: Painter, lamps: Iterable[str], every: float | None) -> None:
        """Note the first flash of a warning, which has just gone out, and blink on from there; None stands still."""
        with self._one_change() as now:
            self._changes.note(now)
            for lamp in lamps:
                self.note(lamp)
            self._turned = now
            for other, one in self._warning():
                if one.is_dim:
                    self._brighten(other, one)
        if every is not None:
            self._blinking[painter] = _Blinking(every=every, until=now + FLASHES_FOR)
        self._arm()

    @callback
    def go_on(self, painter: Painter, every: float, *, anew: bool) -> None:
        """Blink on for another warning, or a graver one, where the lamps already show one.

        One that begins `anew` while they are dim makes them bright at once, if there is room.
        """
        now = self._loop.time()
        is_dim = painter in self._blinking and self._blinking[painter].is_dim
        self._blinking[painter] = _Blinking(every=every, until=now + FLASHES_FOR, is_dim=is_dim)
        if anew and is_dim:
            self._turned = now - every
        self._turn()

    # What is due

    def _warning(self) -> list[tuple[Painter, _Blinking]]:
        """Give who blinks; who was calmed only waits for room to show something else."""
        return [(painter, one) for painter, one in self._blinking.items() if painter.is_warning]

    def _beat_at(self) -> float | None:
        """Tell when the lamps that blink change next: all of them bright, or all dim that still may."""
        blinking = [one for _, one in self._warning()]
        going = [one for one in blinking if one.is_dim or one.until > self._turned + one.every + SLACK]
        return self._turned + min(one.every for one in going) if going else None

    def _quiet_most(self) -> int:
        """Tell how many changes leave room for the first flash of every place that does not warn yet.

        Never more than for a beat: what is asked for while a beat waits for room would ask again and again.
        """
        calm = sum(not painter.is_warning for painter in self._painters)
        return min(MOST_OF_A_BEAT, max(1, MOST - calm))

    @callback
    def _turn(self) -> None:
        """Make every change that is due, all at one instant, if there is room; else wait for it."""
        if self._is_changing:
            return
        soon = self._loop.time() + SLACK
        beat = self._beat_at()
        beats = beat is not None and beat <= soon
        asked = any(at <= soon for at in self._asking.values())
        most = MOST_OF_A_BEAT if beats else self._quiet_most()
        if (beats or asked) and self._changes.free_at(most) <= soon:
            with self._one_change() as now:
                self._change(now, beats=beats)
        self._arm()

    @contextmanager
    def _one_change(self) -> Iterator[float]:
        """Count all that lamps are told meanwhile as one change, at one instant; a first flash may fall into another."""
        is_within = self._is_changing
        if not is_within:
            self._is_changing, self._instant = True, self._loop.time()
        try:
            yield self._instant
        finally:
            self._is_changing = is_within

    def _change(self, now: float, *, beats: bool) -> None:
        has_changed = beats and self._beat(now)
        # One that changes may make another change: what two places share has a new look.
        while due := [painter for painter, at in self._asking.items() if at <= now + SLACK]:
            for painter in due:
                del self._asking[painter]
                if not painter.is_warning:
                    self._blinking.pop(painter, None)
                has_changed |= painter.apply()
        if has_changed:
            self._changes.note(now)

    def _beat(self, now: float) -> bool:
        self._turned = now
        warning = self._warning()
        if dim := [(painter, one) for painter, one in warning if one.is_dim]:
            for painter, one in dim:
                self._brighten(painter, one)
            return True
        # One that comes late finds that its time to blink is over.
        going = [(painter, one) for painter, one in warning if one.until > now + SLACK]
        for painter, one in going:
            one.is_dim = True
            painter.blink(bright=False, last=False)
        return bool(going)

    def _brighten(self, painter: Painter, one: _Blinking) -> None:
        one.is_dim = False
        painter.blink(bright=True, last=one.until <= self._turned + one.every + SLACK)

    def _arm(self) -> None:
        """Wake for the next change."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        times: list[float] = []
        if (beat := self._beat_at()) is not None:
            times.append(max(beat, self._changes.free_at(MOST_OF_A_BEAT)))
        if self._asking:
            times.append(max(min(self._asking.values()), self._changes.free_at(self._quiet_most())))
        if times:
            self._timer = self._loop.call_at(min(times), self._handle_due)

    @callback
    def _handle_due(self) -> None:
        self._timer = None
        self._turn()
