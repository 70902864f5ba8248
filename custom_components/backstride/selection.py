"""What was chosen at a place last: it holds for the next start, and survives a restart."""

from dataclasses import dataclass, replace

from .store import PlaceData

SPOKEN = "spoken"
LIGHT = "light"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What was chosen at a place."""

    workout_id: str | None = None
    athlete_id: str | None = None
    minutes: int | None = None
    spoken_cues: bool = True
    light_cues: bool = True

    def after_start(self, workout_id: str, athlete_id: str, minutes: int | None) -> Selection:
        """Give what is chosen once something was started: the same again; a workout without an id cannot be chosen."""
        return replace(self, workout_id=workout_id or self.workout_id, athlete_id=athlete_id, minutes=minutes)

    def to_data(self) -> PlaceData:
        """Write it for the checkpoint, without what goes without saying."""
        data: PlaceData = {}
        if self.workout_id is not None:
            data["workout_id"] = self.workout_id
        if self.athlete_id is not None:
            data["athlete_id"] = self.athlete_id
        if self.minutes is not None:
            data["minutes"] = self.minutes
        if muted := [
            cues for cues, heard in ((SPOKEN, self.spoken_cues), (LIGHT, self.light_cues)) if not heard
        ]:
            data["muted"] = muted
        return data


def read_selection(data: PlaceData) -> Selection:
    """Read what `to_data` wrote."""
    muted = data.get("muted", [])
    return Selection(
        workout_id=data.get("workout_id"),
        athlete_id=data.get("athlete_id"),
        minutes=data.get("minutes"),
        spoken_cues=SPOKEN not in muted,
        light_cues=LIGHT not in muted,
    )
