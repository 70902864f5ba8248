"""What a place's checkpoint holds: frozen values taken on the event loop, made into data by the thread that writes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from .engine import session as engine
from .engine.session import Session, Step
from .output.lamps import LampData, read_lamp
from .output.lead import Lead, LeadData, read_lead
from .selection import Selection, read_selection
from .store import PlaceData

type Finished = tuple[Session, str]
"""A session that is over and not recorded yet, and whose it was."""


class SessionWriting:
    """Writes a session down again and again, and does not write anew what has not changed."""

    def __init__(self) -> None:
        """Begin with nothing written."""
        self._written: engine.Dumped | None = None

    def write(self, session: Session) -> dict[str, Any]:
        """Write it as plain data."""
        data = engine.snapshot(session, self._written)
        # Taken over as a whole and never changed: whichever thread comes next finds one writing or the other.
        self._written = session, data
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A place as it is at one instant."""

    choice: Selection
    lamps: list[LampData]
    """Lamps that are to be put back."""
    leads: dict[str, LeadData]
    session: Session | None
    """The session that is on."""
    athlete_id: str
    finished: tuple[Finished, ...]
    writing: SessionWriting

    def to_data(self) -> PlaceData:
        """Make it into data; done in the thread that writes."""
        data = self.choice.to_data()
        if self.lamps:
            data["lamps"] = self.lamps
        if self.leads:
            data["leads"] = self.leads
        if self.session is not None:
            data["session"] = self.writing.write(self.session)
            data["athlete"] = self.athlete_id
        if self.finished:
            data["finished"] = [
                {"session": engine.snapshot(session), "athlete": athlete_id}
                for session, athlete_id in self.finished
            ]
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a checkpoint brings back."""

    choice: Selection
    lamps: list[LampData]
    leads: dict[str, Lead]
    step: Step | None
    """The session, paused where it was last seen, and what there is to tell of that."""
    athlete_id: str | None
    finished: tuple[Finished, ...]

    @classmethod
    def read(cls, data: PlaceData, now: datetime) -> Self:
        """Read what was written; raises InvalidSnapshot and what else damaged data can raise."""
        session: Mapping[str, Any] | None = data.get("session")
        return cls(
            choice=read_selection(data),
            lamps=[read_lamp(lamp) for lamp in data.get("lamps", [])],
            leads={source: read_lead(lead) for source, lead in data.get("leads", {}).items()},
            step=engine.restore(session, now) if session else None,
            athlete_id=data.get("athlete"),
            finished=tuple(
                (engine.restore(one["session"], now).session, one["athlete"])
                for one in data.get("finished", [])
            ),
        )
