"""A record as the data that is kept for years, and back."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, NotRequired, TypedDict

from .errors import InvalidSnapshot
from .events import Reason
from .heart import per_zone
from .levels import Level
from .metrics import Amount, Source
from .peak import Peak
from .place import PlaceKind
from .record import Part, Rating, Record, Way
from .state import SessionState


class PartData(TypedDict):
    """What was done one way."""

    s: float
    """Seconds."""
    m: NotRequired[float]
    """Metres."""
    estimated: NotRequired[bool]


class RatingData(TypedDict, total=False):
    """How the athlete found it."""

    effort: int
    pain: int
    stumbles: int
    note: str


class RecordData(TypedDict):
    """A record on disk: short, because there are thousands, so what is none or nothing is absent."""

    id: str
    day: str
    started_at: str
    ended_at: str
    outcome: str
    workout: str
    level: str
    place: str
    parts: dict[str, PartData]
    reason: NotRequired[str]
    workout_id: NotRequired[str]
    waiting: NotRequired[float]
    kcal: NotRequired[float]
    kcal_net: NotRequired[float]
    heart_rate: NotRequired[float]
    heart_rate_highest: NotRequired[float]
    zones: NotRequired[list[float]]
    """Seconds in heart-rate zones 1 to 5."""
    skipped: NotRequired[int]
    top_kmh: NotRequired[float]
    """The fastest backward walk; records written before it was kept do not have it, nor the next two."""
    grade: NotRequired[float]
    """The steepest backward, percent."""
    ran: NotRequired[bool]
    rating: NotRequired[RatingData]


def record_to_data(record: Record) -> RecordData:
    """Write a record as data that JSON can hold."""
    data: RecordData = {
        "id": record.id,
        "day": record.day.isoformat(),
        "started_at": record.started_at.isoformat(),
        "ended_at": record.ended_at.isoformat(),
        "outcome": record.outcome.value,
        "workout": record.workout,
        "level": record.level.value,
        "place": record.place.value,
        "parts": {way.value: _part_to_data(part) for way, part in record.parts.items() if part.seconds},
    }
    if record.reason:
        data["reason"] = record.reason.value
    if record.workout_id:
        data["workout_id"] = record.workout_id
    if record.waiting_seconds:
        data["waiting"] = record.waiting_seconds
    if record.kcal is not None:
        data["kcal"] = round(record.kcal, 1)
    if record.kcal_net is not None:
        data["kcal_net"] = round(record.kcal_net, 1)
    _add_heart(data, record)
    if record.skipped:
        data["skipped"] = record.skipped
    _add_peak(data, record.peak)
    if rating := _rating_to_data(record.rating):
        data["rating"] = rating
    return data


def record_from_data(data: Mapping[str, Any]) -> Record:
    """Read what `record_to_data` wrote; raises InvalidSnapshot for anything else."""
    try:
        return Record(
            id=data["id"],
            day=date.fromisoformat(data["day"]),
            started_at=datetime.fromisoformat(data["started_at"]).astimezone(UTC),
            ended_at=datetime.fromisoformat(data["ended_at"]).astimezone(UTC),
            outcome=SessionState(data["outcome"]),
            reason=Reason(data["reason"]) if "reason" in data else None,
            workout=data["workout"],
            workout_id=data.get("workout_id", ""),
            level=Level(data["level"]),
            place=PlaceKind(data["place"]),
            parts={way: _part_from_data(data["parts"].get(way.value)) for way in Way},
            waiting_seconds=data.get("waiting", 0.0),
            kcal=data.get("kcal"),
            kcal_net=data.get("kcal_net"),
            heart_rate_mean=data.get("heart_rate"),
            heart_rate_highest=data.get("heart_rate_highest"),
            zones=per_zone(data.get("zones", ())),
            skipped=data.get("skipped", 0),
            peak=Peak(
                kmh=float(data["top_kmh"]) if "top_kmh" in data else None,
                grade_percent=float(data.get("grade", 0.0)),
                ran=data.get("ran", False),
            ),
            rating=Rating(**data.get("rating", {})),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InvalidSnapshot("damaged", f"expected a record, found something else ({error!r})") from error


def _add_heart(data: RecordData, record: Record) -> None:
    if record.heart_rate_mean is not None:
        data["heart_rate"] = round(record.heart_rate_mean, 1)
    if record.heart_rate_highest is not None:
        data["heart_rate_highest"] = record.heart_rate_highest
    if record.zones:
        data["zones"] = [round(seconds, 1) for seconds in record.zones]


def _add_peak(data: RecordData, peak: Peak) -> None:
    if peak.kmh is not None:
        data["top_kmh"] = round(peak.kmh, 2)
    if peak.grade_percent:
        data["grade"] = round(peak.grade_percent, 1)
    if peak.ran:
        data["ran"] = True


def _part_to_data(part: Part) -> PartData:
    data: PartData = {"s": round(part.seconds, 3)}
    if part.metres.value:
        data["m"] = round(part.metres.value, 1)
    if part.metres.source is Source.ESTIMATED:
        data["estimated"] = True
    return data


def _part_from_data(data: PartData | None) -> Part:
    if data is None:
        return Part()
    source = Source.ESTIMATED if data.get("estimated") else Source.MEASURED
    return Part(seconds=data["s"], metres=Amount(value=data.get("m", 0.0), source=source))


def _rating_to_data(rating: Rating) -> RatingData:
    data: RatingData = {}
    if rating.effort is not None:
        data["effort"] = rating.effort
    if rating.pain is not None:
        data["pain"] = rating.pain
    if rating.stumbles:
        data["stumbles"] = rating.stumbles
    if rating.note:
        data["note"] = rating.note
    return data
