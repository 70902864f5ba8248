"""What remains of a session: one record in the athlete's history, written once, read for years."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from operator import add, is_

from . import energy, metrics
from .errors import EngineError
from .events import Reason
from .levels import Level
from .metrics import Amount, Average, Source
from .peak import Peak, peak
from .place import PlaceKind
from .state import FINAL, EndedBy, Session, SessionState, Visit, is_fresh
from .workout import Direction


class Way(StrEnum):
    """The ways that totals are kept apart by."""

    BACKWARD = "backward"
    FORWARD = "forward"
    SIDEWAYS = "sideways"
    STANDING = "standing"


_WAYS = {
    Direction.BACKWARD: Way.BACKWARD,
    Direction.FORWARD: Way.FORWARD,
    Direction.SIDEWAYS: Way.SIDEWAYS,
    Direction.TURN: Way.STANDING,
    Direction.REST: Way.STANDING,
}
_OTHER_WAY = {Way.BACKWARD: Way.FORWARD, Way.FORWARD: Way.BACKWARD}


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What estimates need to know about the athlete."""

    mass_kg: float
    height_cm: float
    age: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What was done one way."""

    seconds: float = 0.0
    metres: Amount = field(default_factory=Amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """How the athlete found it, told afterwards."""

    effort: int | None = None
    """0-10."""
    pain: int | None = None
    """0-10."""
    stumbles: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A finished session."""

    id: str
    """The session's own, so that writing it twice changes nothing."""
    day: date
    """The athlete's day on which it started; kept, so that no later setting moves it."""
    started_at: datetime
    ended_at: datetime
    outcome: SessionState
    reason: Reason | None = None
    workout: str
    """Its name."""
    workout_id: str = ""
    level: Level
    place: PlaceKind
    parts: Mapping[Way, Part]
    waiting_seconds: float = 0.0
    kcal: float | None = None
    """About, gross; None where the athlete's mass is not known."""
    kcal_net: float | None = None
    """About, on top of resting."""
    heart_rate_mean: float | None = None
    heart_rate_highest: float | None = None
    zones: tuple[float, ...] = ()
    """Seconds in heart-rate zones 1 to 5, while moving and by a live heart rate only; empty where that is not known."""
    skipped: int = 0
    """Intervals begun and left early."""
    peak: Peak = field(default_factory=Peak)
    """What the next workout is measured by."""
    rating: Rating = Rating()

    @property
    def backward_seconds(self) -> float:
        """What the streak counts."""
        return self.parts[Way.BACKWARD].seconds

    @property
    def seconds(self) -> float:
        """Time in intervals; waiting is kept apart."""
        return sum(part.seconds for part in self.parts.values())

    @property
    def metres(self) -> Amount:
        """Metres in all."""
        return metrics.total(part.metres for part in self.parts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a session amounts to so far: as of the last change of it, for nothing here ticks."""

    parts: Mapping[Way, Part]
    kcal: float | None
    kcal_net: float | None
    heart_rate: Average
    zones: tuple[float, ...]
    """Seconds in heart-rate zones 1 to 5; empty where no zone was known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallied:
    """A session added up, and what makes it cheap to add up a later one."""

    session: Session
    body: Body | None
    over: Tally
    """What the visits that are over amount to."""
    whole: Tally
    """With the visit that goes on, as far as it is booked."""

    def holds_for(self, later: Session, body: Body | None) -> bool:
        """Tell whether what is over is still the same; a distance counter speaks of earlier visits too."""
        done = self.session.done
        return (
            self.body == body
            and not later.meter.coarsest_step
            and len(done) <= len(later.done)
            and all(map(is_, done, later.done[: len(done)], strict=True))
        )


def tally(session: Session, body: Body | None = None, before: Tallied | None = None) -> Tallied:
    """Add up every visit; what was added up `before` makes it cheaper and changes nothing else."""
    if before is not None and before.holds_for(session, body):
        over, first = before.over, len(before.session.done)
    else:
        over, first = _nothing(body), 0
    for number in range(first, len(session.done)):
        over = _plus(over, session, number, session.done[number], body)
    whole = over
    if session.visit is not None and not is_fresh(session.visit, session.meter):
        whole = _plus(over, session, len(session.done), session.visit, body)
    return Tallied(session=session, body=body, over=over, whole=whole)


def summarise(session: Session, *, day: date, body: Body | None = None) -> Record:
    """Make the record of a session that is over; raises EngineError for one that is not."""
    if session.state not in FINAL:
        raise EngineError("not_over", f"A session that is {session.state} has no record yet")
    done = tally(session, body).whole
    return Record(
        id=session.id,
        day=day,
        started_at=session.started_at,
        ended_at=session.since,
        outcome=session.state,
        reason=session.reason,
        workout=session.workout.name,
        workout_id=session.workout.id,
        level=session.level,
        place=session.place,
        parts=done.parts,
        waiting_seconds=sum(visit.waiting.total_seconds() for visit in session.done),
        kcal=done.kcal,
        kcal_net=done.kcal_net,
        heart_rate_mean=done.heart_rate.mean,
        heart_rate_highest=done.heart_rate.highest,
        zones=done.zones,
        skipped=sum(visit.ended_by is EndedBy.SKIP for visit in session.done),
        peak=peak(session.done),
        rating=Rating(stumbles=int(session.reason is Reason.STUMBLE)),
    )


def _nothing(body: Body | None) -> Tally:
    kcal = 0.0 if body else None
    return Tally(parts=dict.fromkeys(Way, Part()), kcal=kcal, kcal_net=kcal, heart_rate=Average(), zones=())


def _plus(done: Tally, session: Session, number: int, visit: Visit, body: Body | None) -> Tally:
    heart, zones = done.heart_rate, visit.measured.zones
    kcal, kcal_net = _energy(session, number, visit, body) if body else (0.0, 0.0)
    return Tally(
        parts=_with(done.parts, visit, _metres(session, number, visit, body)),
        kcal=None if done.kcal is None else done.kcal + kcal,
        kcal_net=None if done.kcal_net is None else done.kcal_net + kcal_net,
        heart_rate=heart.plus(visit.measured.heart_rate) if visit.measured.heart_rate.seconds else heart,
        zones=tuple(map(add, done.zones, zones, strict=True))
        if done.zones and zones
        else done.zones or zones,
    )


def _with(parts: Mapping[Way, Part], visit: Visit, metres: Amount) -> dict[Way, Part]:
    way, seconds = _WAYS[visit.interval.direction], visit.active.total_seconds()
    other_way = min(visit.measured.other_way, seconds)
    if not other_way:
        return {**parts, way: _joined(parts[way], seconds, metres)}
    # Which of the metres were walked which way nobody counts; at an even pace it is as with the seconds.
    share, other = other_way / seconds, _OTHER_WAY[way]
    right, wrong = (replace(metres, value=metres.value * part) for part in (1 - share, share))
    return {
        **parts,
        way: _joined(parts[way], seconds - other_way, right),
        other: _joined(parts[other], other_way, wrong),
    }


def _joined(part: Part, seconds: float, metres: Amount) -> Part:
    return Part(seconds=part.seconds + seconds, metres=metrics.total((part.metres, metres)))


def _metres(session: Session, number: int, visit: Visit, body: Body | None) -> Amount:
    step = None
    if body and session.place is not PlaceKind.TREADMILL:
        step = metrics.step_length_m(visit.interval, height_cm=body.height_cm, age=body.age)
    return metrics.distance(
        visit.interval,
        visit.active.total_seconds(),
        visit.measured,
        coarsest_step=session.meter.coarsest_step,
        uncounted_m=session.meter.uncounted_m(number),
        step_length_m=step,
    )


def _speed(session: Session, number: int, visit: Visit, body: Body) -> float | None:
    """Give the measured speed of a visit in km/h; None where only the target is known."""
    seconds = visit.active.total_seconds()
    if metrics.speed_covers(visit.measured, seconds):
        return visit.measured.speed.mean
    walked = _metres(session, number, visit, body)
    measured = seconds and walked.source is Source.MEASURED
    return walked.value / seconds * metrics.KMH_PER_MS if measured else None


def _energy(session: Session, number: int, visit: Visit, body: Body) -> tuple[float, float]:
    """Gross and net kcal of a visit, waiting included."""
    gross = net = 0.0
    cost = energy.interval_mets(
        visit.interval,
        session.done[number - 1].interval.effort if number else None,
        speed_kmh=_speed(session, number, visit, body),
        grade_percent=visit.measured.incline.mean,
    )
    spent = ((cost, visit.active.total_seconds()), (energy.REST, visit.waiting.total_seconds()))
    for mets, seconds in spent:
        gross += energy.kcal_per_minute(mets, body.mass_kg) * seconds / 60
        net += energy.kcal_per_minute(mets, body.mass_kg, net=True) * seconds / 60
    return gross, net
