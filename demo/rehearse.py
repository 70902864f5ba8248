"""A dress rehearsal in the terminal: the real session engine, with a clock that may run faster.

It shows what a speaker would say and when, and takes the commands a button or a voice would give.
"""

import argparse
from datetime import UTC, datetime, timedelta
from pathlib import Path
import select
import sys
import time

sys.path.insert(0, str(Path(__file__).parents[1]))

from custom_components.backstride.engine import record, session as engine, workout as workouts
from custom_components.backstride.engine.cues import CueKind
from custom_components.backstride.engine.errors import EngineError
from custom_components.backstride.engine.events import Event, EventKind
from custom_components.backstride.engine.levels import Level
from custom_components.backstride.engine.metrics import Source
from custom_components.backstride.engine.place import PlaceKind
from custom_components.backstride.engine.scaling import scale
from custom_components.backstride.engine.session import Command, Session, SessionState
from custom_components.backstride.engine.state import FINAL
from custom_components.backstride.engine.timeline import Cue
from custom_components.backstride.engine.workout import Interval, Workout
from custom_components.backstride.library import load_library

KEYS = {
    "p": Command.PAUSE,
    "r": Command.RESUME,
    "c": Command.CONFIRM,
    "s": Command.SKIP,
    "b": Command.PREVIOUS,
    "q": Command.STOP,
}
HELP = "p pause, r resume, c confirm, s skip, b back, q stop (then Enter)"
BODY = record.Body(mass_kg=70, height_cm=170, age=50)


class Clock:
    """A clock that starts now and runs faster."""

    def __init__(self, faster: float) -> None:
        """Set it to now."""
        self.faster = faster
        self._started = time.monotonic()
        self.began = datetime.now(UTC)

    def now(self) -> datetime:
        """Tell the time."""
        return self.began + timedelta(seconds=(time.monotonic() - self._started) * self.faster)

    def seconds_until(self, due: datetime) -> float:
        """Tell how long to sleep, in real seconds."""
        return max((due - self.now()).total_seconds() / self.faster, 0.0)


def describe(interval: Interval | None) -> str:
    """Put an interval in words."""
    if interval is None:
        return "the end"
    speed = f" at {interval.speed_kmh:g} km/h" if interval.speed_kmh else ""
    grade = f", {interval.grade_percent:g} %" if interval.grade_percent else ""
    return f"{interval.direction}{speed}{grade}, {interval.seconds} s"


def event_words(event: Event) -> str:
    """Put an event in words."""
    about = f": {describe(event.interval)}" if event.kind is EventKind.INTERVAL_STARTED else ""
    return f"** {event.kind.upper()}{about}" + (f" ({event.reason})" if event.reason else "")


def cue_words(cue: Cue) -> str:
    """Put a cue in words, roughly as a coach would."""
    named = f": {describe(cue.names)}" if cue.names else ""
    minutes = f" {cue.minutes}" if cue.minutes else ""
    form = f': "{cue.interval.cue}"' if cue.kind is CueKind.FORM and cue.interval.cue else ""
    return f"{cue.kind}{minutes}{named}{form}" + ("" if cue.spoken else " (chime)")


class Rehearsal:
    """Drives one session as a home would: wakes when something is due, and listens in between."""

    def __init__(self, step: engine.Step, clock: Clock) -> None:
        """Take a session that has just begun."""
        self.session = step.session
        self.clock = clock
        self.said_until = step.session.since - timedelta.resolution
        self._take(step)
        self.listening = sys.stdin.isatty()

    def run(self) -> Session:
        """Go on until it is over."""
        while self.session.state not in FINAL:
            due = engine.next_boundary(self.session)
            ahead = [entry.due for entry in engine.timeline(self.session) if entry.due > self.said_until]
            wake = min([instant for instant in (due, *ahead[:1]) if instant], default=self.clock.now())
            self._listen(self.clock.seconds_until(wake))
            self._take(engine.advance(self.session, self.clock.now()))
        return self.session

    def _listen(self, seconds: float) -> None:
        if not self.listening:
            time.sleep(seconds)
        elif select.select([sys.stdin], [], [], seconds)[0]:
            command = KEYS.get(sys.stdin.readline().strip()[:1])
            if command is None:
                print(f"          {HELP}")
                return
            try:
                self._take(engine.apply(self.session, command, self.clock.now()))
            except EngineError as error:
                print(f"          ({error})")

    def _take(self, step: engine.Step) -> None:
        """Show what happened and what was due to be said, each at its own instant."""
        now = step.session.seen
        # What the session before the change had in store up to now, and what the one after it has.
        entries = {*engine.timeline(self.session), *engine.timeline(step.session)}
        due = [entry for entry in entries if isinstance(entry, Cue) and self.said_until < entry.due <= now]
        moments = [(event.at, event_words(event)) for event in step.events] + [
            (cue.due, cue_words(cue)) for cue in due
        ]
        for instant, words in sorted(moments, key=lambda moment: moment[0]):
            self._show(instant, words)
        self.session = step.session
        self.said_until = max(now, self.said_until)

    def _show(self, instant: datetime, text: str) -> None:
        minutes, seconds = divmod(round((instant - self.clock.began).total_seconds()), 60)
        print(f"{minutes:4d}:{seconds:02d}  {text}", flush=True)


def choose(name: str, level: Level | None) -> Workout:
    """Find a built-in workout, or read the words as notation."""
    library = load_library()
    if name in library:
        return library[name]
    try:
        return workouts.parse(name)
    except EngineError as error:
        ids = "\n  ".join(
            f"{key:24} {each.level}  {each.name}"
            for key, each in library.items()
            if level in {None, each.level}
        )
        raise SystemExit(
            f"{name!r} is no built-in workout and no notation ({error}).\nBuilt in:\n  {ids}"
        ) from error


def main() -> None:
    """Rehearse what the command line asks for."""
    parser = argparse.ArgumentParser(prog="scripts/demo", description=__doc__)
    parser.add_argument(
        "workout", nargs="?", default="starter-treadmill", help="a built-in id, or notation in quotes"
    )
    parser.add_argument(
        "--minutes", type=int, help="time in all; the workout is stretched or shortened to it"
    )
    parser.add_argument("--level", type=Level, choices=list(Level))
    parser.add_argument("--place", type=PlaceKind, choices=list(PlaceKind))
    parser.add_argument(
        "--confirm-turns", action="store_true", help="turns wait until they are confirmed (key c)"
    )
    parser.add_argument("--faster", type=float, default=20, help="how much faster than life; 1 is true speed")
    asked = parser.parse_args()
    workout = choose(asked.workout, asked.level)
    place = asked.place or next(iter(workout.place_kinds), PlaceKind.TREADMILL)
    try:
        if asked.minutes:
            scaled = scale(
                workout, asked.minutes * 60, level=asked.level or workout.level or Level.L1, place=place
            )
            print(scaled)
            workout = scaled.workout
        clock = Clock(asked.faster)
        step = engine.start(
            workout, clock.began, place=place, level=asked.level, confirm_turns=asked.confirm_turns
        )
    except EngineError as error:
        raise SystemExit(f"That cannot be started: {error}.") from error
    print(f"{workout.name} on the {place}, {asked.faster:g} times as fast as life. {HELP}")
    over = Rehearsal(step, clock).run()
    done = record.summarise(over, day=clock.began.date(), body=BODY)
    about = "about " if done.metres.source is Source.ESTIMATED else ""
    print(
        f"{'Completed' if over.state is SessionState.COMPLETED else 'Stopped'}: "
        f"{done.backward_seconds / 60:.1f} min backward, {done.seconds / 60:.1f} min in all, "
        f"{about}{done.metres.value:.0f} m, about {done.kcal:.0f} kcal for 70 kg."
    )


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nEnded.")
