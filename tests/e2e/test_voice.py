"""A walk that is started, steered and ended by what is said to a real server, over the door that phones and browsers use."""

from datetime import UTC, datetime
import time

from demo.server import LOG, Server

from .walk import Walk

SESSION = "sensor.garage_session"
SATELLITE = "assist_satellite.garage_satellite"
FIRST = "Take hold and look ahead. First, walk backward at 1.2."
ANSWERED = 6.0
"""Seconds that the answer has before the first cue."""


def _say(server: Server, text: str, language: str = "en") -> str:
    result = server.request("POST", "/api/conversation/process", {"text": text, "language": language})
    speech: str = result["response"]["speech"]["plain"]["speech"]
    return speech


def _played(walk: Walk, since: datetime) -> list[tuple[float, str]]:
    played = walk.entity(SATELLITE)["attributes"]["played"]
    heard = [((datetime.fromisoformat(one["at"]) - since).total_seconds(), one["text"]) for one in played]
    return [(seconds, text) for seconds, text in heard if seconds >= 0]


def test_a_walk_by_voice(server: Server, walk: Walk) -> None:
    sentences = server.command("conversation/sentences/list")["trigger_sentences"]
    assert any("backward" in sentence for sentence in sentences), "closed speech-to-text learns them here"
    began = datetime.now(UTC)
    answer = _say(server, "Start the ninety seconds workout in the garage for Ben.")
    walk.note("answered", {"seconds": (datetime.now(UTC) - began).total_seconds()})
    assert answer == "1 minute 30, one backward stretch. Get on and hold the rails."
    walk.until_state(SESSION, "lead_in", 2)
    walk.until(lambda: _played(walk, began), "the first cue", 10)
    seconds, text = _played(walk, began)[0]
    walk.note("first_cue", {"seconds": seconds})
    assert text == FIRST
    assert ANSWERED <= seconds < ANSWERED + 1.5, "the answer is heard before it"
    assert _say(server, "what's next").startswith("Walk backward at 1.2, in ")
    walk.until_state(SESSION, "running", 15)
    assert "to go" in _say(server, "how long left")
    assert _say(server, "pause") == "Say resume when you are ready."
    walk.until_state(SESSION, "paused", 2)
    assert _say(server, "I'm ready") == "We go on. Hold the rails."
    walk.until_state(SESSION, "running", 10)
    assert _say(server, "stop the walk").startswith("You did ")
    walk.until_state(SESSION, "stopped", 2)
    assert "to go" not in _say(server, "how long left")
    assert _say(server, "how long is Ben's streak").startswith("No streak yet")


def test_the_switch_is_reached_by_sentences_that_every_home_assistant_has(server: Server, walk: Walk) -> None:
    assert _say(server, "turn on the garage backward walk") == "Turned on the switch"
    walk.until_state(SESSION, "lead_in", 2)
    assert _say(server, "Schalte Garage Backward walk aus", "de") != ""
    walk.until_state(SESSION, "stopped", 2)


def test_nothing_that_is_said_holds_the_server_up(server: Server, walk: Walk) -> None:
    for text in ("start a timer", "turn on the moon", "how long is my streak"):
        _say(server, text)
    time.sleep(1)
    log = (server.folder / LOG).read_text(encoding="utf-8")
    assert "blocking call" not in log
    assert "Error" not in "".join(line for line in log.splitlines() if "backstride" in line)
    assert walk.state(SESSION) in {"idle", "stopped"}
