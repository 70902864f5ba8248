"""A dog behind the treadmill, a sensor unplugged, a guard switched off: in a real server, at true speed."""

from datetime import UTC, datetime
import time
from typing import Final

import pytest

from demo import scene
from demo.server import Server

from .walk import Walk

LAMPS: Final = ("light.garage_lights_strip", "light.garage_lights_lamp", "light.garage_lights_ceiling")
SATELLITE, SENSOR = "assist_satellite.garage_satellite", "binary_sensor.garage_rear_sensor_obstacle"
SESSION, HAZARD, SPEED = "sensor.lane_session", "binary_sensor.lane_hazard", "sensor.garage_treadmill_speed"
WISH: Final = {"place": "Lane", "athlete": "Gina", "notation": "5m back @1.5"}
OVER: Final = {"idle", "stopped", "completed"}
BLUE, AMBER = [215, 100], [38, 95]
LINES: Final = {
    f"Something is behind (Garage rear sensor Obstacle): {became}"
    for became in ("Noticed", "Warn and hold the session", "Over")
}
CAP: Final = 2.5
"""Hertz; a flash is two commanded changes."""


@pytest.fixture(scope="module")
def lane(server: Server) -> Server:
    """Set up a lane with everything in the garage, where an obstacle holds the session."""
    entities = scene.Entities(server)
    entry_id = server.command("config_entries/get", domain=scene.BACKSTRIDE)[0]["entry_id"]
    gina = {"name": "Gina", "birth_year": 1960, "level": "l1"}
    scene.fill_in(server, scene.SUBENTRY_FLOW, [entry_id, "athlete"], gina)
    forms = scene.place_forms(entities, "Garage", name="Lane", belt_control=True, reaction="hold")
    scene.fill_in(server, scene.SUBENTRY_FLOW, [entry_id, "place"], *forms)
    there = scene.subentries(server, entry_id)
    entities.wait_for(scene.BACKSTRIDE, "sensor", f"{there['Lane']}_session")
    entities.wait_for(scene.BACKSTRIDE, "sensor", f"{there['Gina']}_streak")
    return server


def test_a_dog_holds_the_session_and_slows_the_belt_until_it_is_gone(lane: Server, walk: Walk) -> None:
    lane.act("light.turn_on", LAMPS[0], brightness=77, hs_color=[30, 50], effect="candle")
    _set_off(lane, walk)
    walk.until_state(SPEED, "1.5", 15)

    changes = _Changes(walk)
    lane.act("button.press", "button.garage_rear_sensor_dog_walks_in")
    walk.until(lambda: changes.look() and _colour(walk) == AMBER, "the lamps warn", 2)
    saw, lit = _since(walk, SENSOR), _since(walk, LAMPS[0])
    walk.note("first_light", {"milliseconds": (lit - saw).total_seconds() * 1000})
    assert (lit - saw).total_seconds() < 0.05, "one turn of the loop, and the lamp's own answer"
    walk.until_state(SESSION, "held", 2)
    assert walk.state(HAZARD) == "on"
    assert walk.entity(HAZARD)["attributes"]["reason"] == "obstacle"
    walk.until(lambda: _said(walk)[-1] == "Stop. Something is behind you.", "it is said", 2)
    walk.until(lambda: changes.look() and walk.state(SPEED) == "0.5", "the belt slows down", 8)
    walk.note("flashes", {"commanded changes in the busiest two seconds": changes.busiest})
    assert 2 <= changes.busiest <= 2 * 2 * CAP

    lane.act("button.press", "button.garage_rear_sensor_dog_leaves")
    walk.until_state(SESSION, "paused", 4)
    walk.until(lambda: _said(walk)[-1] == "The way is clear. Resume when ready.", "it is asked", 2)
    assert walk.state(HAZARD) == "off"
    lane.act("button.press", "button.lane_resume")
    walk.until_state(SESSION, "running", 6)
    walk.until(lambda: _colour(walk) == BLUE, "the lamps show the direction", 3)
    walk.until_state(SPEED, "1.5", 25)
    walk.until(lambda: _logbook(lane, saw) >= LINES, "the logbook tells it", 10)


def test_a_sensor_that_is_unplugged_is_said_aloud_and_so_is_a_guard_that_is_off(
    lane: Server, walk: Walk
) -> None:
    _set_off(lane, walk)
    lane.act("switch.turn_off", "switch.garage_rear_sensor_plugged_in")
    walk.until(lambda: _said(walk)[-1] == "Careful. I cannot see behind you.", "it is said", 3)
    assert walk.entity(HAZARD)["attributes"]["reason"] == "sensor_lost"
    lane.act("switch.turn_on", "switch.garage_rear_sensor_plugged_in")
    walk.until_state(HAZARD, "off", 5)
    assert walk.state(SESSION) == "running", "it was away for less than ten seconds"

    lane.act("switch.turn_off", "switch.lane_obstacle_guard")
    walk.until(lambda: _said(walk)[-1] == "Nobody watches behind you this session.", "it is said", 3)
    lane.act("button.press", "button.garage_rear_sensor_dog_walks_in")
    walk.until_state(SENSOR, "on", 3)
    time.sleep(1)
    assert walk.state(SESSION) == "running"
    assert _colour(walk) == BLUE
    lane.act("button.press", "button.garage_rear_sensor_dog_leaves")
    lane.act("button.press", "button.lane_stop")
    walk.until_state("switch.lane_obstacle_guard", "on", 3)
    # For half a minute the belt is looked after; only one that has stood for a while is left to whoever starts it next.
    walk.until_state(SPEED, "0.0", 15)
    time.sleep(5)


class _Changes:
    """Counts what the lamps are told, all together: those that change in one instant are one change."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._instants: set[float] = set()

    def look(self) -> bool:
        """Look once; often enough, because lamps change at most every fifth of a second."""
        self._instants |= {round(_since(self._walk, lamp).timestamp(), 1) for lamp in LAMPS}
        return True

    @property
    def busiest(self) -> int:
        """The most changes in any two seconds."""
        instants = sorted(self._instants)[1:]
        return max(sum(begin <= at < begin + 2 for at in instants) for begin in instants)


def _set_off(server: Server, walk: Walk) -> None:
    """Walk backward on a belt that a person started, in a session of its own."""
    if walk.state(SESSION) not in OVER:
        server.act("button.press", "button.lane_stop")
    walk.until_state(SPEED, "0.0", 15)
    server.request("POST", "/api/services/backstride/start_session", WISH)
    walk.until_state(SESSION, "running", 15)
    server.act("button.press", "button.garage_treadmill_console_start")
    walk.until(lambda: _colour(walk) == BLUE, "the lamps are blue", 3)


def _logbook(server: Server, since: datetime) -> set[str]:
    """Read what the logbook tells of the lane since then."""
    lines = server.request("GET", f"/api/logbook/{since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    return {line.get("message", "") for line in lines if line.get("name") == "Lane"}


def _colour(walk: Walk) -> object:
    return walk.entity(LAMPS[0])["attributes"].get("hs_color")


def _since(walk: Walk, entity_id: str) -> datetime:
    return datetime.fromisoformat(walk.entity(entity_id)["last_updated"])


def _said(walk: Walk) -> list[str]:
    return [one["text"] for one in walk.entity(SATELLITE)["attributes"]["played"]]
