"""Each shape of treadmill controls under a session in a real server, all at once: two that obey, and two that do not."""

from collections.abc import Mapping
import time
from typing import Final

from demo import scene
from demo.server import Server

from .walk import Walk

ROOMS = {"Loft": "Cleo", "Study": "Dora", "Cellar": "Emil", "Barn": "Fred"}
"""A room for each shape, and who walks there."""
PLACE = {"Loft": "Pad", "Study": "Player", "Cellar": "Choice", "Barn": "Miles"}
"""What the places are called: somebody else set one up by its room's name."""
SPEED = {"Loft": "current_speed", "Study": "speed", "Cellar": "speed", "Barn": "speed"}
PLAYER = "media_player.study_treadmill"
CORRECTED: Final[Mapping[str, Mapping[str, object]]] = {
    # A player without a name may be anything, and a number without a unit is written by nobody who guesses.
    "Study": {"roles": dict.fromkeys(("start", "stop", "pause", "belt_running"), PLAYER)},
    "Barn": {"set_speed_unit": "mph"},
}


def test_every_shape_of_controls_is_steered_and_each_fault_is_noticed(server: Server, walk: Walk) -> None:
    _set_up(server)
    for room, athlete in ROOMS.items():
        server.act("select.select_option", f"select.{room.lower()}_treadmill_manners", option=_manners(room))
        _start(server, room, athlete)
    for room in ROOMS:
        walk.until_state(_session(room), "running", 15)
        server.act("button.press", f"button.{room.lower()}_treadmill_console_start")

    for room in ("Cellar", "Barn"):
        walk.until(lambda room=room: 1.4 < _speed(walk, room) <= 1.6, f"{room} follows", 25)  # type: ignore[misc]  # a default binds the room
    for room in ("Loft", "Study"):
        walk.until(lambda room=room: _steering(walk, room) in {"athlete", "ignored"}, f"{room} is let go", 25)  # type: ignore[misc]  # as above
    assert [_steering(walk, room) for room in ("Cellar", "Barn")] == ["on", "on"]

    server.act("button.press", "button.barn_treadmill_console_faster")
    walk.until(lambda: _steering(walk, "Barn") == "athlete", "a hand on the console has the belt", 3)
    server.act("switch.turn_off", "switch.cellar_treadmill_link")
    walk.until_state(_session("Cellar"), "paused", 14)
    server.act("switch.turn_on", "switch.cellar_treadmill_link")
    time.sleep(1)

    server.request("POST", "/api/services/backstride/emergency_stop", {})
    for room in ROOMS:
        walk.until(lambda room=room: _speed(walk, room) == 0, f"{room} stands", 15)  # type: ignore[misc]  # as above
        assert "start" not in _asked(walk, room)
        walk.until_state(_session(room), "stopped", 3)


def _manners(room: str) -> str:
    return {"Loft": "reverts", "Study": "ignores_speed"}.get(room, "obeys")


def _set_up(server: Server) -> None:
    """Add the places and people, the machines picked as their owners would."""
    entities = scene.Entities(server)
    entry_id = server.command("config_entries/get", domain=scene.BACKSTRIDE)[0]["entry_id"]
    for room, athlete in ROOMS.items():
        born = {"name": athlete, "birth_year": 1960, "level": "l1"}
        scene.fill_in(server, scene.SUBENTRY_FLOW, [entry_id, "athlete"], born)
        place = {"name": PLACE[room], "kind": "treadmill"}
        machine = {"device": entities.device(scene.GYM, f"{room.lower()}_treadmill")}
        controls = {"belt_control": True, **CORRECTED.get(room, {})}
        scene.fill_in(server, scene.SUBENTRY_FLOW, [entry_id, "place"], place, machine, controls, {})
        there = scene.subentries(server, entry_id)
        entities.wait_for(scene.BACKSTRIDE, "sensor", f"{there[PLACE[room]]}_session")
        entities.wait_for(scene.BACKSTRIDE, "sensor", f"{there[athlete]}_streak")


def _start(server: Server, room: str, athlete: str) -> None:
    wish = {"place": PLACE[room], "athlete": athlete, "notation": "2m back @1.6"}
    server.request("POST", "/api/services/backstride/start_session", wish)


def _session(room: str) -> str:
    return f"sensor.{PLACE[room].lower()}_session"


def _speed(walk: Walk, room: str) -> float:
    return float(walk.state(f"sensor.{room.lower()}_treadmill_{SPEED[room]}"))


def _steering(walk: Walk, room: str) -> object:
    return walk.entity(_session(room))["attributes"].get("steering")


def _asked(walk: Walk, room: str) -> list[str]:
    asked = walk.entity(f"select.{room.lower()}_treadmill_manners")["attributes"]["commands"]
    return [one["command"] for one in asked]
