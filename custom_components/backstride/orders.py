"""What is asked of Backstride in words and done: each intent but the cries for help, and what is answered to it.

Answers are short, in the language of who spoke, and say what happens next.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from . import targets
from .coordinator import Coordinator
from .engine.fit import backward_stretches
from .engine.pick import Choice, pick
from .engine.session import ANSWERED_RESUME, Command, Session
from .engine.state import FINAL, SessionState, current, next_boundary, upcoming, walked_for
from .engine.streak import DayKind
from .engine.timeline import session_ends_at
from .engine.workout import Direction, Workout, seconds_of
from .output.replies import HAS_RAILS, Replies
from .problems import problem
from .settings import AthleteSettings, PlaceSettings
from .starting import Conditions
from .wish import Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asked for, and in which language."""

    coordinator: Coordinator
    wish: Wish
    replies: Replies
    minutes: int | None = None
    workout: str | None = None
    """A name or an id."""
    choice: Choice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scene:
    """A session that is on, where somebody asks about it or steers it."""

    asked: Asked
    place: PlaceSettings
    session: Session

    def say(self, *path: str, count: int | None = None, **fill: object) -> str:
        return self.asked.replies.say(*path, count=count, **fill)

    @property
    def now(self) -> datetime:
        """The session's clock."""
        return self.asked.coordinator.live(self.place.id).clock.now()

    @property
    def left(self) -> str:
        """How long the session still takes, if everything is confirmed at once."""
        session, now = self.session, self.now
        ends_at = session_ends_at(session)
        if ends_at is not None:
            return self.duration(ends_at - now)
        # While it stands still nobody knows when it goes on; what is planned is left all the same.
        later = timedelta(seconds=seconds_of(session.plan[session.index + (0 if session.turn else 1) :]))
        planned = timedelta(seconds=current(session).seconds)
        this = session.visit.planned - session.visit.active if session.visit else planned
        return self.duration(later + this)

    @property
    def backward(self) -> str:
        """How long was walked backward by now."""
        return self.duration(walked_for(self.session, Direction.BACKWARD, self.now))

    @property
    def next_move(self) -> str | None:
        """What comes next; None where nothing does."""
        interval = upcoming(self.session)
        return self.asked.replies.move(interval, self.place.kind) if interval else None

    @property
    def until_next(self) -> str | None:
        """How long it is until then, where that is known."""
        session = self.session
        due = next_boundary(session) if session.state in _ON_TIME else None
        return None if due is None else self.duration(due - self.now)

    def duration(self, length: timedelta) -> str:
        """Say a length of time."""
        return self.asked.replies.duration(length.total_seconds())


_ON_TIME: Final = frozenset({SessionState.LEAD_IN, SessionState.RUNNING})
"""States whose end is known."""

type Order = Callable[[Asked], str]
type _Answer = Callable[[_Scene], str]


# Beginning


def _start(asked: Asked) -> str:
    coordinator, replies = asked.coordinator, asked.replies
    place, athlete = targets.place_and_athlete(coordinator, asked.wish)
    workout, minutes = _workout(asked, place, athlete)
    started = coordinator.async_start(
        place.id, athlete_id=athlete.id, workout=workout, minutes=minutes, how=Conditions(is_spoken=True)
    )
    plan = _scene(asked, place).session.plan
    said = [
        *_for_whom(asked, place, athlete),
        replies.say(
            "started",
            duration=replies.duration(seconds_of(plan)),
            stretches=replies.part("stretches", count=sum(1 for _ in backward_stretches(plan))),
        ),
    ]
    if started.scaled is not None and started.scaled.remark is not None:
        said.append(replies.say("nearest"))
    said.append(replies.say("get_on" if place.kind in HAS_RAILS else "get_ready"))
    return " ".join(said)


def _workout(asked: Asked, place: PlaceSettings, athlete: AthleteSettings) -> tuple[Workout, int | None]:
    if asked.choice is None or asked.workout is not None:
        data = {"workout": asked.workout, "duration": asked.minutes}
        return targets.workout_for(asked.coordinator, place, data, athlete)
    workout = pick(
        asked.coordinator.workouts.values(),
        asked.choice,
        level=athlete.level,
        place=place.kind,
        clear_length_m=place.clear_length_m,
    )
    if workout is None:
        raise problem("no_choice", place=place.name)
    return workout, asked.minutes


def _for_whom(asked: Asked, place: PlaceSettings, athlete: AthleteSettings) -> Iterator[str]:
    """Say what nobody said, where it could have been somebody or somewhere else."""
    if asked.wish.athlete is None and len(asked.coordinator.athletes) > 1:
        yield asked.replies.say("for_athlete", athlete=athlete.name)
    if asked.wish.place is None and len(asked.coordinator.places) > 1:
        yield asked.replies.say("at_place", place=place.name)


# Steering


def _steers(command: Command, answer: _Answer) -> Order:
    def steer(asked: Asked) -> str:
        coordinator = asked.coordinator
        place = coordinator.places[targets.steered_place(coordinator, asked.wish)]
        # Who speaks may have no hand on anything: what moves a belt leads in.
        leads_in = command is Command.RESUME or place.belt_control
        coordinator.async_command(place.id, command, lead_in=ANSWERED_RESUME if leads_in else None)
        return answer(_scene(asked, place))

    return steer


def _resumed(scene: _Scene) -> str:
    return scene.say("resumed" if scene.place.kind in HAS_RAILS else "resumed_without_rails")


def _confirm(asked: Asked) -> str:
    """Go on from what waits for the athlete, and from a pause: who says to be ready means either."""
    coordinator = asked.coordinator
    session = coordinator.session(targets.steered_place(coordinator, asked.wish))
    is_paused = session is not None and session.state is SessionState.PAUSED
    return (ORDERS["BackstrideResume"] if is_paused else _CONFIRM)(asked)


_CONFIRM: Final = _steers(Command.CONFIRM, lambda scene: scene.say("confirmed"))


# Asking


def _status(asked: Asked) -> str:
    """Say how long it takes and how much was done; where nobody walks, how the day stands."""
    if (scene := _live_scene(asked)) is None:
        return _today(asked)
    running = scene.say("running", left=scene.left, backward=scene.backward)
    session, replies = scene.session, asked.replies
    if (standing := replies.standing(session.state)) is not None:
        return f"{standing} {running}"
    move = replies.move(current(session), scene.place.kind)
    return f"{running} {scene.say('lead_in' if session.state is SessionState.LEAD_IN else 'now', move=move)}"


def _whats_next(asked: Asked) -> str:
    place = asked.coordinator.places[targets.steered_place(asked.coordinator, asked.wish)]
    scene = _scene(asked, place)
    if scene.session.state in FINAL:
        raise problem("no_session", place=place.name)
    if (move := scene.next_move) is None:
        return scene.say("next_none", left=scene.left)
    if (when := scene.until_next) is None:
        return scene.say("next_waiting", next=move)
    return scene.say("next", next=move, seconds=when)


def _today(asked: Asked) -> str:
    coordinator, replies = asked.coordinator, asked.replies
    athlete = targets.athlete_for(coordinator, asked.wish)
    book = coordinator.book(athlete.id)
    done = book.backward_seconds_on(book.today(), book.today())
    return replies.say("today", backward=replies.duration(done), goal=replies.duration(book.goal_seconds))


def _streak(asked: Asked) -> str:
    coordinator, replies = asked.coordinator, asked.replies
    athlete = targets.athlete_for(coordinator, asked.wish)
    book = coordinator.book(athlete.id)
    streak, goal = book.streak, book.goal_seconds
    if not streak.current:
        return replies.say("streak", "none", goal=replies.duration(goal))
    said = [replies.say("streak", "some", count=streak.current)]
    if streak.best > streak.current:
        said.append(replies.say("streak", "best", count=streak.best))
    if streak.today is DayKind.MET:
        said.append(replies.say("streak", "done"))
    elif streak.today is DayKind.OPEN:
        left = goal - book.backward_seconds_on(book.today(), book.today())
        said.append(replies.say("streak", "left", left=replies.duration(left)))
    return " ".join(said)


def _live_scene(asked: Asked) -> _Scene | None:
    """Find the session somebody asks about; None where none is on."""
    coordinator = asked.coordinator
    if not any(map(coordinator.is_on, coordinator.places)):
        return None
    place = coordinator.places[targets.steered_place(coordinator, asked.wish)]
    return _scene(asked, place) if coordinator.is_on(place.id) else None


def _scene(asked: Asked, place: PlaceSettings) -> _Scene:
    session = asked.coordinator.session(place.id)
    if session is None:
        raise problem("no_session", place=place.name)
    return _Scene(asked=asked, place=place, session=session)


ORDERS: Final[Mapping[str, Order]] = MappingProxyType(
    {
        "BackstrideStart": _start,
        "BackstridePause": _steers(Command.PAUSE, lambda scene: scene.say("paused")),
        "BackstrideResume": _steers(Command.RESUME, _resumed),
        "BackstrideConfirm": _confirm,
        "BackstrideSkip": _steers(Command.SKIP, lambda scene: scene.say("skipped")),
        "BackstrideStop": _steers(Command.STOP, lambda scene: scene.say("stopped", backward=scene.backward)),
        "BackstrideStatus": _status,
        "BackstrideWhatsNext": _whats_next,
        "BackstrideStreak": _streak,
    }
)
"""What each intent does."""
