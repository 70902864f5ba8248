"""What is said, beeped or shown at which offset of an interval, and what gives way where there is no room.

Lengths of speech are estimates until the real ones are known. A cue is planned only where it starts inside its own
interval and is over before the next one begins: two voices at once, or a voice over the change itself, are worse than
silence.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum, StrEnum
from itertools import accumulate
from types import MappingProxyType
from typing import Final

from .levels import CEILINGS, Level
from .place import GLANCING, PlaceKind
from .workout import Direction, Ends, Interval


class CueKind(StrEnum):
    """What a cue is for."""

    PREVIEW = "preview"
    IMMINENT = "imminent"
    COUNTDOWN = "countdown"
    """Three, two, one: one cue, not four."""
    CHANGE = "change"
    HALFWAY = "halfway"
    LAST_INTERVAL = "last_interval"
    MINUTES_LEFT = "minutes_left"
    FORM = "form"
    GLANCE = "glance"
    COMPLETE = "complete"


class Priority(IntEnum):
    """Who goes first where two cues want the same moment; the guard's own words come before all planned ones."""

    SAFETY = 0
    CHANGE = 1
    COUNTDOWN = 2
    IMMINENT = 3
    PREVIEW = 4
    GLANCE = 5
    PROGRESS = 6
    FORM = 7


PRIORITY: Final[Mapping[CueKind, Priority]] = MappingProxyType(
    {
        CueKind.CHANGE: Priority.CHANGE,
        CueKind.COMPLETE: Priority.CHANGE,
        CueKind.COUNTDOWN: Priority.COUNTDOWN,
        CueKind.IMMINENT: Priority.IMMINENT,
        CueKind.PREVIEW: Priority.PREVIEW,
        CueKind.GLANCE: Priority.GLANCE,
        CueKind.LAST_INTERVAL: Priority.PROGRESS,
        CueKind.HALFWAY: Priority.PROGRESS,
        CueKind.MINUTES_LEFT: Priority.PROGRESS,
        CueKind.FORM: Priority.FORM,
    }
)

SPOKEN_SECONDS: Final[Mapping[CueKind, float]] = MappingProxyType(
    {
        CueKind.PREVIEW: 4.0,
        CueKind.IMMINENT: 1.8,
        CueKind.COUNTDOWN: 3.0,
        CueKind.CHANGE: 3.0,
        CueKind.HALFWAY: 2.5,
        CueKind.LAST_INTERVAL: 2.5,
        CueKind.MINUTES_LEFT: 2.0,
        CueKind.FORM: 4.0,
        CueKind.GLANCE: 1.5,
        CueKind.COMPLETE: 4.0,
    }
)
"""Estimated lengths: at most 16 words of coaching at about four words a second."""
CHIME_SECONDS: Final = 0.5

PREVIEW_BEFORE: Final = 15
IMMINENT_BEFORE: Final = 5
COUNTDOWN_BEFORE: Final = 3
PREVIEW_BEFORE_START: Final = 10
"""Seconds before the first interval at which the athlete hears what comes: time to put the remote away and take hold."""
"""Seconds before the change. Drivers want the last turn message about 8 s ahead, older people earlier: hence two."""
SHORT: Final = 20
"""Seconds; a shorter interval has room for its change only."""
VERY_SHORT: Final = 6
"""Seconds; here even words are too long, and a chime has to do."""
FIRST_FORM: Final = 8
"""Seconds of backward work before the first form cue."""
FORM_SLACK: Final = 15.0
"""Seconds a form cue may wait for a gap: at the lowest levels one every 30 to 45 s."""
PROGRESS_SLACK: Final = 10.0
MINUTES: Final = (10, 5, 2, 1)
"""Minutes left that are worth saying."""
GLANCE_SPOKEN_EVERY: Final = 30.0
"""Seconds; between them a glance is a chime or a light pulse."""
LATEST: Final = timedelta(seconds=1.5)
"""Later than this a cue tells the athlete something that is no longer so."""
LATEST_CHANGE: Final = timedelta(seconds=10)
"""The change is worth a late word, but not when the athlete has long found out."""


class Delivery(StrEnum):
    """What to do with a cue whose moment has come."""

    FULL = "full"
    SHORTENED = "shortened"
    DROPPED = "dropped"


def delivery(kind: CueKind, late_by: timedelta) -> Delivery:
    """Decide about a cue that comes late: only the change is worth a late word, and a short one."""
    if late_by <= LATEST:
        return Delivery.FULL
    worth_it = kind is CueKind.CHANGE and late_by <= LATEST_CHANGE
    return Delivery.SHORTENED if worth_it else Delivery.DROPPED


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A cue at its place in an interval."""

    kind: CueKind
    offset: float
    """Seconds from the interval's start."""
    length: float
    spoken: bool = True
    minutes: int | None = None
    """For `minutes_left`: how many."""


def _change(left: float, offset: float, lengths: Mapping[CueKind, float]) -> Slot:
    if left < max(VERY_SHORT, lengths[CueKind.CHANGE]):
        return Slot(kind=CueKind.CHANGE, offset=offset, length=CHIME_SECONDS, spoken=False)
    return Slot(kind=CueKind.CHANGE, offset=offset, length=lengths[CueKind.CHANGE])


class _Track:
    """One interval's time, filled by priority."""

    def __init__(self, interval: Interval, seconds: float, lengths: Mapping[CueKind, float]) -> None:
        self.interval = interval
        self.seconds = seconds
        change = _change(seconds, 0.0, lengths)
        # In order, and none reaches into the next, so what is around an offset is found without looking at all.
        self._slots = [change]
        self._begins = [change.offset]
        self._ends = [change.offset + change.length]
        self._lengths = lengths
        # Where the end waits for the athlete nothing is counted down to: nobody knows when it comes.
        if interval.ends is Ends.TIMED:
            self.add(CueKind.COUNTDOWN, seconds - COUNTDOWN_BEFORE)
            self.add(CueKind.IMMINENT, seconds - IMMINENT_BEFORE)
            self.add(CueKind.PREVIEW, seconds - PREVIEW_BEFORE)

    def add(
        self,
        kind: CueKind,
        wanted: float,
        *,
        slack: float = 0.0,
        spoken: bool = True,
        minutes: int | None = None,
    ) -> float | None:
        """Take a cue where it is wanted, or in the first gap within its slack; gives the offset it got."""
        if self.seconds < SHORT:
            return None
        length = self._lengths[kind] if spoken else CHIME_SECONDS
        gaps = self._ends[bisect_right(self._ends, wanted) : bisect_right(self._ends, wanted + slack)]
        for offset in (wanted, *gaps):
            after = bisect_right(self._ends, offset)
            if self._free(offset, length, after):
                slot = Slot(kind=kind, offset=offset, length=length, spoken=spoken, minutes=minutes)
                self._slots.insert(after, slot)
                self._begins.insert(after, offset)
                self._ends.insert(after, offset + length)
                return offset
        return None

    def _free(self, offset: float, length: float, after: int) -> bool:
        """Tell whether there is room before the slot that is not over by then."""
        end = offset + length
        is_inside = offset >= 0 and end <= self.seconds
        return is_inside and (after == len(self._begins) or end <= self._begins[after])

    def in_order(self) -> tuple[Slot, ...]:
        return tuple(self._slots)


def frame(interval: Interval, lengths: Mapping[CueKind, float] = SPOKEN_SECONDS) -> tuple[Slot, ...]:
    """Plan what every interval has, whatever stands around it: its change, and the warnings of the next."""
    return _Track(interval, interval.seconds, lengths).in_order()


def entered_late(
    slots: Sequence[Slot], seconds: float, begin: float, lengths: Mapping[CueKind, float] = SPOKEN_SECONDS
) -> tuple[Slot, ...]:
    """Keep what is left of an interval that is taken up again at `begin`: it is announced anew."""
    if begin >= seconds:
        return ()
    change = _change(seconds - begin, begin, lengths)
    if seconds - begin < SHORT:
        return (change,)
    return (change, *(slot for slot in slots if slot.offset >= begin + change.length))


def before_start(seconds: float, lengths: Mapping[CueKind, float] = SPOKEN_SECONDS) -> tuple[Slot, ...]:
    """Plan a lead-in: what comes, where there is time to say it, and the countdown.

    Of a longer one the beginning is left free: somebody is still being answered.
    """
    countdown = Slot(
        kind=CueKind.COUNTDOWN, offset=seconds - COUNTDOWN_BEFORE, length=lengths[CueKind.COUNTDOWN]
    )
    offset = max(seconds - PREVIEW_BEFORE_START, 0.0)
    preview = Slot(kind=CueKind.PREVIEW, offset=offset, length=lengths[CueKind.PREVIEW])
    if seconds < COUNTDOWN_BEFORE:
        return ()
    has_time = preview.offset + preview.length <= countdown.offset
    return (preview, countdown) if has_time else (countdown,)


def plan_slots(
    plan: Sequence[Interval],
    seconds: Sequence[float],
    *,
    level: Level,
    place: PlaceKind,
    glance_seconds: float = 6.0,
    lengths: Mapping[CueKind, float] = SPOKEN_SECONDS,
) -> tuple[tuple[Slot, ...], ...]:
    """Plan the cues of every interval of a plan; `seconds` are the lengths with extensions.

    Planned as a whole, because some cues look across intervals: half of the time, the last interval, and how much
    backward work lies between two form cues.
    """
    tracks = [_Track(interval, length, lengths) for interval, length in zip(plan, seconds, strict=True)]
    if place in GLANCING and glance_seconds > 0:
        _glances(tracks, glance_seconds)
    _progress(tracks, plan, lengths)
    _form(tracks, CEILINGS[level].form_every)
    return tuple(track.in_order() for track in tracks)


def _glances(tracks: Sequence[_Track], every: float) -> None:
    quiet = GLANCE_SPOKEN_EVERY
    for track in tracks:
        if track.interval.direction is not Direction.BACKWARD:
            quiet += track.seconds
            continue
        for count in range(1, int(track.seconds // every) + 1):
            quiet += every
            if quiet >= GLANCE_SPOKEN_EVERY and track.add(CueKind.GLANCE, count * every) is not None:
                quiet = 0.0
            else:
                track.add(CueKind.GLANCE, count * every, spoken=False)


def _progress(tracks: Sequence[_Track], plan: Sequence[Interval], lengths: Mapping[CueKind, float]) -> None:
    backward = [track for track in tracks if track.interval.direction is Direction.BACKWARD]
    if len(backward) > 1:
        backward[-1].add(CueKind.LAST_INTERVAL, lengths[CueKind.CHANGE], slack=PROGRESS_SLACK)
    # Half of the time as planned: an extension must not bring "halfway" a second time.
    _at(tracks, sum(interval.seconds for interval in plan) / 2, CueKind.HALFWAY, None)
    whole = sum(track.seconds for track in tracks)
    for minutes in MINUTES:
        if whole > 2 * minutes * 60:
            _at(tracks, whole - minutes * 60, CueKind.MINUTES_LEFT, minutes)


def _at(tracks: Sequence[_Track], instant: float, kind: CueKind, minutes: int | None) -> None:
    starts = [0.0, *accumulate(track.seconds for track in tracks)]
    index = bisect_right(starts, instant) - 1
    # Turning takes all attention; what would fall into it is left out.
    if tracks[index].interval.direction is not Direction.TURN:
        tracks[index].add(kind, instant - starts[index], slack=PROGRESS_SLACK, minutes=minutes)


def _form(tracks: Sequence[_Track], every: int) -> None:
    since_last = float(every - FIRST_FORM)
    for track in tracks:
        if track.interval.direction is not Direction.BACKWARD:
            continue
        wanted = every - since_last
        last = -since_last
        while wanted < track.seconds:
            got = track.add(CueKind.FORM, max(wanted, 0.0), slack=FORM_SLACK)
            last = last if got is None else got
            wanted = wanted + FORM_SLACK if got is None else got + every
        since_last = track.seconds - last
