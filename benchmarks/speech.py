"""How late the coach's words are, on a real mpd and on simulated players and speech engines of known delay.

Budget: within 250 ms of the due instant on a player whose delay is known; nothing later than 1.5 s. All cases run at the
same time in one Home Assistant, each in a place of its own, at true speed. Yardstick, in the same run: a script that says
as many sentences at the same instants with `tts.speak` and `delay`, on a player and with an engine just the same.

Nothing here knows how the coach does it: sessions are started by the action, and what is heard is compared with the
timeline.
"""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime
import gc
import importlib.util
import logging
from pathlib import Path
import sys
from types import MappingProxyType
from typing import Any, Final

from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.cues import CueKind
from custom_components.backstride.engine.session import timeline
from custom_components.backstride.engine.timeline import Cue
from custom_components.backstride.live import SessionEvents
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.script import Script, async_validate_actions_config

from . import music_daemon
from .core import ROOT, add_entry, core, subentry
from .heard import Due, Figures, Kinds, Sound, of_script, of_session
from .served import listen, store_address
from .speech_cases import CASES, Case

NOTATION: Final = "45s back @1.6, 19s turn, 19s fwd @3, 30s fwd @2.5, 60s fwd @3"
"""Changes after 19 to 45 s, warnings before the longer ones, and half a minute of silence in the last."""
APART: Final = 1.7
"""Seconds between the starts of two cases, so that they do not all speak at once."""
GRACE: Final = 4.0
BUDGET: Final = 250


class Run:
    """One case: a place and its session, and the script beside it."""

    def __init__(self, number: int, case: Case) -> None:
        """Give everything a name."""
        self.number = number
        self.case = case
        self.place = f"place{number}"
        self.due: dict[tuple[str, float], Due] = {}
        self.script_due: list[Due] = []
        self.began = 0.0
        self.over = asyncio.Event()
        self.players: dict[str, str] = {}
        """The player of the session and that of the script, by entity id."""
        self.daemons: dict[str, music_daemon.Daemon] = {}
        self.sounds: dict[str, list[Sound]] = {"session": [], "script": []}

    @property
    def voice(self) -> str:
        """Name the engine."""
        return f"tts.virtual_gym_voice{self.number}"

    def device(self, what: str) -> str:
        """Name a speaker of the gym."""
        return f"{what}{self.number}"

    def heard(self, what: str) -> list[Sound]:
        """Give all that was heard from one of the players."""
        return self.daemons[what].ear.sounds if what in self.daemons else self.sounds[what]

    def place_data(self) -> dict[str, Any]:
        """Give the place's settings."""
        player = self.case.player or {}
        speakers = [self.players["session"]]
        if self.case.beside:
            speakers.insert(0, self.players["beside"])
        return {
            "kind": "treadmill",
            "speakers": speakers,
            "tts_engine": self.voice,
            "speaker_delays": {self.players["session"]: player.get("buffers", 0.0)},
        }


def _gym_data(runs: Iterable[Run]) -> dict[str, Any]:
    """Say what has to be in the gym."""
    speakers = {
        run.device(what): dict(run.case.player)
        for run in runs
        if run.case.player is not None
        for what in ("session", "script", *(["beside"] if run.case.beside else []))
    }
    return {"speakers": speakers, "voices": {f"voice{run.number}": dict(run.case.engine) for run in runs}}


async def _add(hass: HomeAssistant, domain: str, data: dict[str, Any]) -> ConfigEntry[Any]:
    entry: ConfigEntry[Any] = ConfigEntry(
        data=data,
        discovery_keys=MappingProxyType({}),
        domain=domain,
        minor_version=1,
        options={},
        source="user",
        subentries_data=[],
        title=domain,
        unique_id=None,
        version=1,
    )
    await hass.config_entries.async_add(entry)
    await hass.async_block_till_done()
    return entry


async def _add_players(hass: HomeAssistant, runs: list[Run], folder: Path) -> None:
    """Set the gym up, and an mpd for each session and each script that wants one."""
    gym = (await _add(hass, "virtual_gym", _gym_data(runs))).runtime_data
    boxes = {box.name: box for box in gym.voices}
    for run in runs:
        texts = boxes[f"voice{run.number}"].texts
        for what in ("session", "script"):
            if run.case.player is not None:
                run.players[what] = f"media_player.gym_{run.device(what)}"
                continue

            def text_at(pitch: int, texts: list[str] = texts) -> str | None:
                return texts[pitch] if pitch < len(texts) else None

            daemon = music_daemon.Daemon(folder / f"{what}{run.number}", text_at)
            run.daemons[what] = daemon
            await daemon.async_start()
            entry = await _add(hass, "mpd", {"host": music_daemon.HOST, "port": daemon.port})
            player = er.async_get(hass).async_get_entity_id("media_player", "mpd", entry.entry_id)
            assert player is not None
            run.players[what] = player
        if run.case.beside:
            run.players["beside"] = f"media_player.gym_{run.device('beside')}"
            await hass.services.async_call(
                "select",
                "select_option",
                {"entity_id": f"select.gym_{run.device('beside')}_manners", "option": run.case.beside},
                blocking=True,
            )
    _listen_to_gym(hass, runs, boxes)


def _listen_to_gym(hass: HomeAssistant, runs: list[Run], boxes: Mapping[str, Any]) -> None:
    """Note what sounds in simulated speakers. Where all else is lost the pitch says which words it is."""
    whose = {player: (run, what) for run in runs for what, player in run.players.items() if what != "beside"}

    def handle(event: Event[Any]) -> None:
        if (found := whose.get(event.data["entity_id"])) is None:
            return
        run, what = found
        texts, pitch = boxes[f"voice{run.number}"].texts, event.data["pitch"]
        text = texts[pitch] if pitch is not None and pitch < len(texts) else None
        at = datetime.fromisoformat(event.data["at"]).timestamp()
        run.sounds[what].append(Sound(at=at + (event.data["onset"] or 0.0), text=text))
        # Of a file that says several things only the first is listened for; the rest is where the file says it is.
        run.sounds[what] += [Sound(at=at + part["at"], text=part["text"]) for part in event.data["parts"][1:]]

    hass.bus.async_listen("virtual_gym_heard", handle)


def _follow(run: Run, coordinator: Coordinator) -> None:
    """Note what is due, as far as it is known at each event."""
    live = coordinator.live(run.place)

    def handle(_events: SessionEvents) -> None:
        session = live.session
        if session is None or not live.is_on:
            run.over.set()
            return
        now = session.seen.timestamp()
        ahead = {
            (cue.kind.value, cue.due.timestamp()): Due(kind=cue.kind, at=cue.due.timestamp())
            for cue in timeline(session)
            if isinstance(cue, Cue)
            and cue.spoken
            and not cue.provisional
            and cue.kind is not CueKind.COMPLETE
        }
        run.due = {key: due for key, due in run.due.items() if due.at <= now} | ahead

    live.async_subscribe(handle)


async def _say_by_script(hass: HomeAssistant, run: Run) -> None:
    """Say as many sentences at the same instants as people do it without us."""
    sequence: list[dict[str, Any]] = []
    before = run.began
    for number, due in enumerate(sorted(run.due.values(), key=lambda one: one.at)):
        text = f"This is sentence number {number} of script {run.number}"
        run.script_due.append(Due(kind=text, at=due.at))
        if due.at > before:
            sequence.append({"delay": {"milliseconds": round((due.at - before) * 1000)}})
        before = due.at
        sequence.append(
            {
                "action": "tts.speak",
                "target": {"entity_id": run.voice},
                "data": {"media_player_entity_id": run.players["script"], "message": text},
            }
        )
    actions = await async_validate_actions_config(hass, cv.SCRIPT_SCHEMA(sequence))
    await Script(hass, actions, run.place, "script").async_run()


async def _begin(hass: HomeAssistant, run: Run, coordinator: Coordinator) -> asyncio.Task[None]:
    """Start a case's session, and its script at the same instant."""
    _follow(run, coordinator)
    await hass.services.async_call(
        "backstride",
        "start_session",
        {
            "place": run.place.capitalize(),
            "athlete": f"Athlete{run.number}",
            "notation": NOTATION,
            "override_blockers": True,
        },
        blocking=True,
    )
    session = coordinator.live(run.place).session
    assert session is not None
    run.began = min(due.at for due in run.due.values())
    return hass.async_create_background_task(_say_by_script(hass, run), "yardstick")


def _available() -> tuple[list[Case], list[str]]:
    """Leave out what cannot be measured here, and say so."""
    if not music_daemon.is_installed():
        why = "mpd is not installed (Debian: apt-get install mpd)"
    elif importlib.util.find_spec("mpd") is None:
        why = "the package python-mpd2 is missing (scripts/setup installs it)"
    else:
        return list(CASES), []
    return [case for case in CASES if case.player is not None], [f"no real player was measured: {why}"]


async def measure(folder: Path) -> list[str]:
    """Run every case and compare."""
    sys.path.insert(0, str(ROOT / "demo"))
    # What hangs here is meant to, and named once for its place.
    logging.getLogger("custom_components.backstride").setLevel(logging.ERROR)
    logging.getLogger("homeassistant").setLevel(logging.ERROR)
    # A player that drops what it fetches, because something else is to be played, is told of as an error.
    for server in ("aiohttp.server", "homeassistant.components.tts"):
        logging.getLogger(server).setLevel(logging.CRITICAL)
    cases, lines = _available()
    runs = [Run(number, case) for number, case in enumerate(cases)]
    store_address(folder)
    async with core(folder) as hass:
        await listen(hass)
        await _add_players(hass, runs, folder)
        ears = music_daemon.Listener([daemon.ear for run in runs for daemon in run.daemons.values()])
        ears.start()
        try:
            await _run(hass, runs)
        finally:
            ears.stop()
            for run in runs:
                for daemon in run.daemons.values():
                    await daemon.async_stop()
    return lines + [line for run in runs for line in _told(run)]


async def _run(hass: HomeAssistant, runs: list[Run]) -> None:
    people = [subentry("athlete", f"athlete{run.number}", level="l1") for run in runs]
    places = [subentry("place", run.place, **run.place_data()) for run in runs]
    coordinator: Coordinator = (await add_entry(hass, [*people, *places])).runtime_data
    # One full collection of Home Assistant's own objects takes longer than a sentence may be late.
    gc.collect()
    gc.freeze()
    scripts = []
    for run in runs:
        scripts.append(await _begin(hass, run, coordinator))
        await asyncio.sleep(APART)
    await asyncio.gather(*(run.over.wait() for run in runs))
    await asyncio.wait(scripts, timeout=GRACE)
    await asyncio.sleep(GRACE)
    await coordinator.async_close()


def _told(run: Run) -> list[str]:
    session = of_session(run.due.values(), run.heard("session"), Kinds.read(), began=run.began)
    script = of_script(run.script_due, run.heard("script"), began=run.began)
    return [
        f"{run.case.name:26} {session} (budget {BUDGET}; {_ratio(session, script)} x the yardstick)",
        f"{'  yardstick':26} {script}",
    ]


def _ratio(session: Figures, script: Figures) -> str:
    return f"{abs(session.median) / abs(script.median):.2f}" if script.late_by and session.late_by else "?"
