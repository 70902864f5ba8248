"""One place and the session that is on there: one armed boundary, sources heard, checkpoints written."""

from collections import deque
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from .checkpoint import Checkpoint, Finished, Kept, SessionWriting
from .clock import SteadyClock
from .const import CHECKPOINT_EVERY, IDLE_AFTER
from .engine import events as engine_events, session as engine
from .engine.events import Reason
from .engine.metrics import Reading
from .engine.record import Tallied, Tally, tally
from .engine.session import Command, Session, Step
from .engine.state import FINAL, SessionState
from .fence import call_each
from .machine.sources import SourceEntity, Sources
from .output.lamps import LampData
from .output.lead import Lead
from .selection import Selection
from .settings import AthleteSettings, PlaceSettings
from .store import CheckpointWriter, async_read, place_store

type SessionEvents = tuple[engine_events.Event, ...]
type Listener = Callable[[SessionEvents], None]
type Ended = Callable[[LivePlace, Session, str], None]


class LivePlace:
    """Owns a place's session. Only the coordinator makes and commands it."""

    def __init__(
        self, hass: HomeAssistant, settings: PlaceSettings, ended: Ended, writer: CheckpointWriter
    ) -> None:
        """Begin idle; `ended` is called for every session that is over and not yet recorded."""
        self._hass = hass
        self._ended = ended
        self.settings = settings
        self.clock = SteadyClock()
        self.sources = Sources(hass, self.clock.now, self._hear)
        self.session: Session | None = None
        self.athlete_id: str | None = None
        self.awaits_athlete = False
        """Whether a restart interrupted the session, and nobody has gone on with it since."""
        self._tallied: Tallied | None = None
        self.choice = Selection()
        self.lamps: list[LampData] = []
        """Lamps that are to be put back, as they were."""
        self.leads: dict[str, Lead] = {}
        """What is known of the speakers, by the ids they are set up with."""
        self._store = place_store(hass, settings.id)
        self._writer = writer
        self._writing = SessionWriting()
        self._listeners: list[Listener] = []
        self._indifferent: list[Listener] = []
        """Those who are not told of switches."""
        self._heralds: list[Listener] = []
        """Those who are told last."""
        self._hearers: list[Callable[[Reading], None]] = []
        self._news: deque[tuple[SessionEvents, bool]] = deque()
        self._untold: SessionEvents = ()
        self._due: datetime | None = None
        self._at_boundary = HassJob(self._handle_boundary, "interval boundary")
        self._at_idle = HassJob(self._handle_idle, "session over")
        self._unsub_boundary: CALLBACK_TYPE | None = None
        self._unsub_checkpoint: CALLBACK_TYPE | None = None
        self._unrecorded: dict[str, Finished] = {}

    @property
    def is_on(self) -> bool:
        """Whether a session is on, however it stands."""
        return self.session is not None and self.session.state not in FINAL

    def tally(self, athlete: AthleteSettings | None) -> Tally | None:
        """Give what the session of an athlete amounts to; four sensors ask, and it is added up once."""
        if self.session is None:
            return None
        if self._tallied is None or self._tallied.session is not self.session:
            body = athlete.body(self.session.started_at.year) if athlete else None
            self._tallied = tally(self.session, body, self._tallied)
        return self._tallied.whole

    async def async_load(self) -> None:
        """Read the checkpoint and bring back what it holds, paused; it is told once everybody listens."""
        kept = await async_read(self._hass, self._store, lambda data: Kept.read(data, self.clock.now()))
        if kept is None:
            return
        self.choice, self.lamps, self.leads = kept.choice, kept.lamps, kept.leads
        self._unrecorded = {session.id: (session, athlete) for session, athlete in kept.finished}
        if kept.step is not None:
            self.athlete_id = kept.athlete_id
            self.session, self.awaits_athlete = kept.step.session, True
            self._untold = kept.step.events

    @callback
    def async_tell_restored(self, sources: Iterable[SourceEntity]) -> None:
        """Go on with what was brought back."""
        for session, athlete_id in list(self._unrecorded.values()):
            self._ended(self, session, athlete_id)
        if self.session is not None:
            self.sources.start(sources)
            self._take(Step(session=self.session, events=self._untold), None)
            self._untold = ()

    @callback
    def async_begin(self, step: Step, athlete_id: str, sources: Iterable[SourceEntity]) -> None:
        """Take on a session that has just begun."""
        self.athlete_id = athlete_id
        self._take(step, None)
        if self.is_on:
            self.sources.start(sources)

    @callback
    def async_command(
        self,
        command: Command,
        *,
        seconds: int | None = None,
        reason: Reason | None = None,
        lead_in: timedelta | None = None,
    ) -> None:
        """Carry out a command; raises what the engine raises, and does nothing while nothing is on."""
        now = self.clock.now()
        self._step(
            lambda session: engine.apply(
                session, command, now, seconds=seconds, reason=reason, lead_in=lead_in
            ),
            commanded=True,
        )

    @callback
    def async_choose(self, choice: Selection) -> None:
        """Remember what was chosen here."""
        self.choice = choice
        self._keep()

    @callback
    def async_keep_lamps(self, lamps: list[LampData]) -> None:
        """Remember lamps that are to be put back, so that a crash cannot leave them changed."""
        if lamps != self.lamps:
            self.lamps = lamps
            self._keep()

    @callback
    def async_subscribe(
        self, listener: Listener, *, switches: bool = True, last: bool = False
    ) -> CALLBACK_TYPE:
        """Be told of everything that happens here; without `switches`, not of an interval that follows another in its time.

        Who makes automations run is told `last`: what they look at then must already say what they are told.
        """
        listeners = self._heralds if last else self._listeners if switches else self._indifferent
        listeners.append(listener)
        return lambda: listeners.remove(listener)

    @callback
    def async_listen(self, hearer: Callable[[Reading], None]) -> CALLBACK_TYPE:
        """Be told of every reading of a session, after the session was."""
        self._hearers.append(hearer)
        return lambda: self._hearers.remove(hearer)

    @callback
    def async_publish(self, events: SessionEvents = (), *, is_switch: bool = False) -> None:
        """Tell everybody, or all to whom a switch makes a difference.

        What a listener causes is told when all have heard what came before it.
        """
        self._news.append((events, is_switch))
        if len(self._news) > 1:
            return
        try:
            while self._news:
                told, only_switched = self._news[0]
                indifferent = () if only_switched else self._indifferent
                call_each([*self._listeners, *indifferent, *self._heralds], told)
                self._news.popleft()
        finally:
            self._news.clear()

    def _step(self, make: Callable[[Session], Step], *, commanded: bool = False) -> None:
        if self.session is not None:
            self._take(make(self.session), self.session.state, commanded=commanded)

    def _take(self, step: Step, before: SessionState | None, *, commanded: bool = False) -> None:
        session, athlete_id = step.session, self.athlete_id or ""
        self.session = session
        self.awaits_athlete = self.awaits_athlete and session.state is not SessionState.LEAD_IN
        self._arm(session)
        # First what must not be lost, then those who are told: one of them may fail.
        if session.state in FINAL and before not in FINAL:
            self._unrecorded[session.id] = session, athlete_id
            self.sources.stop()
            self._ended(self, session, athlete_id)
        # An extension, or a jump while paused, is no event; who counts down to a turn must hear of it all the same.
        if step.events or before is not session.state or commanded:
            self._keep()
            self.async_publish(step.events, is_switch=before is session.state and not commanded)

    def _arm(self, session: Session) -> None:
        """Wake at the next boundary and, while the athlete moves, for the next checkpoint; after the end, to become idle."""
        over = session.state in FINAL
        due = session.since + IDLE_AFTER if over else engine.next_boundary(session)
        if due is not None and due != self._due:
            self._disarm_boundary()
            action = self._at_idle if over else self._at_boundary
            left = max(due - self.clock.now(), timedelta())
            self._due, self._unsub_boundary = due, async_call_later(self._hass, left, action)
        if self._unsub_checkpoint is None and session.state in {
            SessionState.RUNNING,
            SessionState.WAITING,
        }:
            self._unsub_checkpoint = async_call_later(self._hass, CHECKPOINT_EVERY, self._handle_checkpoint)

    def _disarm_boundary(self) -> None:
        if self._unsub_boundary is not None:
            self._unsub_boundary()
        self._due = self._unsub_boundary = None

    @callback
    def _handle_boundary(self, _now: datetime) -> None:
        self._due = self._unsub_boundary = None
        self._step(lambda session: engine.advance(session, self.clock.now()))

    @callback
    def _handle_checkpoint(self, _now: datetime) -> None:
        self._unsub_checkpoint = None
        if self.is_on:
            self._step(lambda session: engine.advance(session, self.clock.now()))
            self._keep()

    @callback
    def _handle_idle(self, _now: datetime) -> None:
        self._due = self._unsub_boundary = None
        self.session = self.athlete_id = None
        self.clock.set()
        self.async_publish()

    def _hear(self, said: Reading) -> None:
        self._step(lambda session: engine.measure(session, said))
        call_each(list(self._hearers), said)

    async def async_forget(self, session_id: str) -> None:
        """Let go of a session that is recorded."""
        self._unrecorded.pop(session_id, None)
        await self._writer.async_write(self._store, self._checkpoint)

    def _keep(self) -> None:
        self._writer.async_request(self._store, self._checkpoint)

    def _checkpoint(self) -> Checkpoint:
        return Checkpoint(
            choice=self.choice,
            lamps=self.lamps,
            leads={source: lead.to_data() for source, lead in self.leads.items()},
            session=self.session if self.is_on else None,
            athlete_id=self.athlete_id or "",
            finished=tuple(self._unrecorded.values()),
            writing=self._writing,
        )

    async def async_close(self) -> None:
        """Write down where the session stands, and stop waking for it; nothing is moved and nothing is ended."""
        self._disarm_boundary()
        self.sources.stop()
        if self._unsub_checkpoint is not None:
            self._unsub_checkpoint()
            self._unsub_checkpoint = None
        if self.session is not None and self.is_on:
            self.session = engine.advance(self.session, self.clock.now()).session
        await self._writer.async_write(self._store, self._checkpoint)

    async def async_remove(self) -> None:
        """Forget the place, its checkpoint included."""
        await self.async_close()
        await self._store.async_remove()
