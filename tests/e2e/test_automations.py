"""An automation is made in the editor, without a template, by picking a room; then somebody walks there, and it runs."""

from collections.abc import Iterator

import pytest

from demo import scene
from demo.server import Server

from .walk import Walk

ROOM, NAME = "Fitness room", "Tell me when we walk backward"
SESSION, AUTOMATION = "sensor.corridor_session", "automation.tell_me_when_we_walk_backward"
WISH = {"place": "Corridor", "athlete": "Ada", "notation": "2m back, 10s turn, 1m fwd"}
OF_A_PLACE = (
    "Hazard cleared",
    "Hazard raised",
    "Interval started",
    "Session completed",
    "Session held",
    "Session paused",
    "Session started",
    "Session stopped",
)

ALL = (*OF_A_PLACE, "Streak at risk", "Streak extended", "Streak milestone reached")


@pytest.fixture
def corridor(server: Server) -> Iterator[Server]:
    """Set up a corridor with nothing in it, in a room of its own; leave no automation behind."""
    entities = scene.Entities(server)
    entry_id = server.command("config_entries/get", domain=scene.BACKSTRIDE)[0]["entry_id"]
    ada = {"name": "Ada", "birth_year": 1970, "level": "l1"}
    scene.fill_in(server, scene.SUBENTRY_FLOW, [entry_id, "athlete"], ada)
    place = {"name": "Corridor", "kind": "hallway", "clear_length_m": 20}
    scene.fill_in(server, scene.SUBENTRY_FLOW, [entry_id, "place"], place, {})
    there = scene.subentries(server, entry_id)
    entities.wait_for(scene.BACKSTRIDE, "sensor", f"{there['Corridor']}_session")
    entities.wait_for(scene.BACKSTRIDE, "sensor", f"{there['Ada']}_streak")
    room = server.command("config/area_registry/create", name=ROOM, icon="mdi:dumbbell")["area_id"]
    device = next(
        one
        for one in server.command("config/device_registry/list")
        if (one["name"], one["model_id"]) == ("Corridor", "place")
    )
    server.command("config/device_registry/update", device_id=device["id"], area_id=room)
    yield server
    server.command("config/area_registry/delete", area_id=room)
    if AUTOMATION in _there(server):
        made = server.request("GET", f"/api/states/{AUTOMATION}")["attributes"]["id"]
        server.request("DELETE", f"/api/config/automation/config/{made}")


def test_a_room_is_offered_what_happens_there_and_what_is_made_of_it_runs(
    corridor: Server, walk: Walk
) -> None:
    page = walk.page
    page.set_viewport_size({"width": 1280, "height": 1000})
    page.goto(f"{corridor.url}/config/automation/edit/new")
    page.get_by_text("Add trigger").first.click(timeout=60_000)
    page.get_by_text(ROOM, exact=True).click()
    first = page.get_by_text(OF_A_PLACE[0])
    first.wait_for()
    first.hover()
    seen: set[str] = set()

    def look() -> bool:
        """Look at what is on the screen, and scroll on: only that is drawn."""
        seen.update(each for each in ALL if page.get_by_text(each).count())
        page.mouse.wheel(0, 200)
        return seen >= set(OF_A_PLACE)

    walk.until(look, "what happens at a place is offered", 10)
    walk.picture("editor_triggers")
    assert seen == set(OF_A_PLACE)
    page.get_by_text("Interval started").click()
    page.get_by_text("Direction", exact=True).click()
    page.get_by_text("Backward", exact=True).click()
    page.get_by_text(f"{ROOM} (1)").wait_for()
    walk.picture("editor_interval")
    page.get_by_text("Save", exact=True).click()
    page.get_by_text("Add description").wait_for()
    page.get_by_role("textbox").last.fill(NAME)
    page.get_by_role("button", name="Save").last.click()
    walk.until(lambda: AUTOMATION in _there(corridor), "it is saved", 10)

    assert walk.entity(AUTOMATION)["attributes"]["last_triggered"] is None
    corridor.request("POST", "/api/services/backstride/start_session", WISH)
    walk.until_state(SESSION, "running", 15)
    walk.until(lambda: walk.entity(AUTOMATION)["attributes"]["last_triggered"], "it ran", 5)
    corridor.act("button.press", "button.corridor_stop")
    walk.until_state(SESSION, "stopped", 5)


def _there(server: Server) -> set[str]:
    return {one["entity_id"] for one in server.request("GET", "/api/states")}
