"""Lights of one place: they show the direction, warn, and are put back exactly as they were.

A warning is amber: 1 Hz for a caution, 2 Hz where the session is being stopped, five seconds at most, then steady. A lamp
that can dim blinks between bright and half as bright. One that is only on or off is turned on and stays on, also where a
place has no other: somebody walks backward there, and half a second of darkness is a greater danger than a warning that
is only heard. When lamps may change is for the rhythm to say; only the first flash asks nobody.
"""

import asyncio
from collections.abc import Callable, Iterable
from functools import partial

from homeassistant.core import HomeAssistant, callback

from ..engine.workout import Direction
from .brush import Brush
from .calls import Calls, Ready
from .debts import Debts
from .groups import lamps_of
from .held import HeldLamp, house_of
from .lamps import LampData
from .looks import DIRECTIONS, WARNING, Look
from .picture import HALF_A_PULSE, Picture
from .rhythm import CAUTION, URGENT


class Lights:
    """The lamps of one place: from when they are taken until each has been put back, however long that takes."""

    def __init__(
        self,
        hass: HomeAssistant,
        calls: Calls,
        *,
        lights: Iterable[str],
        may_flash: bool,
        owed: Iterable[LampData],
        noted: Callable[[list[LampData]], None],
    ) -> None:
        """Take the lamps, by registry or entity id.

        `owed` are lamps that were not put back last time, and `noted` is told of all that are still to be put back.
        """
        self._hass = hass
        self._calls = calls
        self._brush = Brush(hass, calls)
        self._lights = tuple(lights)
        self.may_flash = may_flash
        self._noted = noted
        self._house = house_of(hass)
        self._rhythm = self._house.rhythm
        self._is_wanted = False
        self._taken: dict[str, HeldLamp] = {}
        self._left_to_hands: set[str] = set()
        self._ready: tuple[Ready, ...] = ()
        self._picture = Picture()
        self._returned: set[str] = set()
        self._is_warning = False
        self._is_urgent = False
        self._is_lit = False
        """Whether the lamps show a warning; for a moment also one that is over."""
        self._applied: asyncio.Event | None = None
        self._debts = Debts(hass, self._brush, owed, due=partial(self._rhythm.ask, self), paid=self.note)
        if self._lights:
            self._rhythm.join(self)

    @property
    def is_warning(self) -> bool:
        """Whether a warning is on."""
        return self._is_warning

    @property
    def is_showing(self) -> bool:
        """Whether the lamps are to look like something."""
        return self._is_warning or self._picture.look is not None

    @callback
    def start(self) -> None:
        """Put back what is owed, now that everything is there that will be."""
        self._debts.start()
        self.note()

    @callback
    def begin(self) -> None:
        """Begin a session: lamps that were left to a hand are ours again."""
        self._left_to_hands.clear()

    @callback
    def remember(self) -> None:
        """Take the lamps, note how each is, and make a warning ready, unless that is done already."""
        if self._is_wanted:
            return
        self._is_wanted = True
        for entity_id in lamps_of(self._hass, self._lights):
            if entity_id not in self._taken and entity_id not in self._left_to_hands:
                self._taken[entity_id] = self._house.take(entity_id, self)
        self.prepare()
        self.note()

    @callback
    def prepare(self) -> None:
        """Make the calls of a warning ready, so that nothing is left to do for it but to send them."""
        self._ready = self._brush.ready(list(self._taken.values()), WARNING)

    @callback
    def show(self, direction: Direction) -> bool:
        """Show a direction, while a warning is on afterwards; gives whether it looks different from before."""
        is_new = self._picture.show(DIRECTIONS[direction])
        if is_new and not self._is_warning:
            self._rhythm.ask(self)
        return is_new

    @callback
    def refresh(self) -> None:
        """Paint what is shown once more."""
        self._picture.repaint()
        if not self._is_warning:
            self._rhythm.ask(self)

    @callback
    def pulse(self, after: float = 0.0) -> None:
        """Dim what is shown for a moment, now or so many seconds later, as far as lamps can."""
        if self._picture.look is not None and not self._is_warning:
            self._picture.pulse()
            self._rhythm.ask(self, after)

    @callback
    def hide(self) -> None:
        """Show nothing any more, and stay ready to warn; a warning that is on goes on."""
        self._picture.show(None)
        if not self._is_warning:
            self._rhythm.ask(self)

    @callback
    def warn(self, *, urgent: bool = False) -> None:
        """Warn at once; while a warning is on, an urgent one makes it blink faster."""
        if not self._is_lit:
            if not self._is_wanted:
                self.remember()
            self._house.is_flashing = True
            try:
                launched = self._launch()
            finally:
                self._house.is_flashing = False
            self._is_lit = self._is_warning = True
            self._is_urgent = urgent
            self._note_flash(launched)
        elif not self._is_warning or (urgent and not self._is_urgent):
            anew, self._is_warning, self._is_urgent = not self._is_warning, True, urgent
            if self.may_flash:
                self._rhythm.go_on(self, URGENT if urgent else CAUTION, anew=anew)

    @callback
    def calm(self) -> None:
        """End the warning: back to what is shown, or to how the lamps were where nothing is."""
        if self._is_warning:
            self._is_warning = False
            self.refresh()

    @callback
    def restore(self) -> None:
        """Put every lamp back as it was; what cannot be put back now stays owed until it can."""
        self._is_warning = self._is_wanted = False
        self._picture.show(None)
        if self._taken:
            self._rhythm.ask(self)
        else:
            self._is_lit = False

    async def async_restore(self) -> None:
        """Put every lamp back, and wait until there was room for it."""
        self.restore()
        if self._rhythm.is_asking(self):
            self._applied = asyncio.Event()
            await self._applied.wait()

    @callback
    def close(self) -> None:
        """Let go of the lamps and listen to nothing any more; what was not put back stays written down."""
        self._is_warning = self._is_wanted = False
        self._debts.stop()
        self._debts.add(self._let_go())
        self._rhythm.leave(self)
        self.note()
        self._tell_applied()

    # What the house asks for

    def blink(self, *, bright: bool, last: bool) -> None:
        """Change to the other half of a blink.

        A lamp that has not come back from the last change skips a beat: changes must not pile up and arrive at once. The
        last is not skipped: it is light to see by.
        """
        look = WARNING if bright else WARNING.dimmed()
        self._paint(look, [lamp for lamp in self._taken.values() if lamp.may_flash], dim=True, overtake=last)

    def apply(self) -> bool:
        """Show what is to be shown now; gives whether a lamp was told to change."""
        if self._is_warning:
            has_changed = self._paint(WARNING, self._lately_returned())
        else:
            look = self._picture.look
            has_changed = self._put_back() if look is None else self._paint_next(look)
            self._is_lit = False
        has_changed |= self._debts.pay()
        self._returned.clear()
        self._tell_applied()
        return has_changed

    def _tell_applied(self) -> None:
        if self._applied is not None:
            self._applied.set()

    def returned(self, lamp: HeldLamp) -> None:
        """Take note of a lamp that was away: it is to look like the others."""
        self._returned.add(lamp.entity_id)
        self.prepare()
        self.note()
        if self.is_showing:
            self._rhythm.ask(self)

    def lose(self, lamp: HeldLamp) -> None:
        """Leave a lamp to the hand that changed it, for the rest of the session."""
        self._left_to_hands.add(lamp.entity_id)
        del self._taken[lamp.entity_id]
        self._house.release(lamp, self)
        self.prepare()
        self.note()

    def note(self) -> None:
        """Write down how the lamps are to be put back."""
        self._noted([*self._debts, *(lamp.was for lamp in self._taken.values() if lamp.was)])

    # Painting

    def _launch(self) -> list[Ready]:
        """Send the first flash, but not to a lamp that shows those of other places as often as a lamp may change."""
        ready = [one for one in self._ready if self._rhythm.has_room(one.entity_id)]
        self._calls.launch(ready)
        return ready

    def _note_flash(self, launched: list[Ready]) -> None:
        """Write down what the first flash did, now that it is on its way."""
        for ready in launched:
            self._brush.note(self._taken[ready.entity_id], ready)
        if self._ready:
            self._picture.repaint()
            every = URGENT if self._is_urgent else CAUTION
            lamps = [ready.entity_id for ready in launched]
            self._rhythm.flash(self, lamps, every if self.may_flash else None)

    def _paint_next(self, look: Look) -> bool:
        if (stroke := self._picture.stroke(look)) is None:
            return self._paint(look, self._lately_returned())
        if stroke.more:
            self._rhythm.ask(self, HALF_A_PULSE)
        return self._paint(stroke.look, self._taken.values(), dim=stroke.dim)

    def _lately_returned(self) -> list[HeldLamp]:
        return [self._taken[entity_id] for entity_id in self._returned if entity_id in self._taken]

    def _paint(
        self, look: Look, lamps: Iterable[HeldLamp], *, dim: bool = False, overtake: bool = True
    ) -> bool:
        """Give lamps a look; one with which another place warns is left to it."""
        mine = [lamp for lamp in lamps if lamp.warner in {None, self}]
        told = [self._brush.paint(lamp, look, dim=dim, overtake=overtake) for lamp in mine]
        return any(told)

    def _put_back(self) -> bool:
        """Put back every lamp that was changed, and let go of all of them unless they are still wanted."""
        lamps = list(self._taken.values())
        if not self._is_wanted:
            self._debts.add(self._let_go())
        told: list[bool] = []
        for lamp in lamps:
            others = [holder for holder in lamp.holders if holder is not self]
            showing = [holder for holder in others if holder.is_showing]
            for other in showing:
                other.refresh()
            if lamp.was is not None and lamp.is_touched and lamp.holders and not showing:
                done = partial(lamp.put_back, lamp.strokes)
                told.append(self._brush.put_back(lamp.was, lamp, done))
        self.note()
        return any(told)

    def _let_go(self) -> list[LampData]:
        """Let go of every lamp; gives those that nobody else holds and that were changed."""
        owed: list[LampData] = []
        for lamp in self._taken.values():
            self._house.release(lamp, self)
            if lamp.is_touched and lamp.was is not None and not lamp.holders:
                owed.append(lamp.was)
        self._taken = {}
        self._ready = ()
        return owed
