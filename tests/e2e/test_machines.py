"""The page on which every machine of the gym can be tried, with its console and its faults."""

from typing import Any

from demo import dashboard, machines
from demo.server import Server

from .walk import Walk

RUNNING, SPEED = "binary_sensor.garage_treadmill_belt_running", "sensor.garage_treadmill_speed"
GARAGE = list(machines.MACHINES).index("garage_treadmill")
"""Where it stands on the page; nobody steers it, whatever went on before."""


def test_a_person_finds_every_machine_lays_a_hand_on_one_and_cuts_its_link(
    server: Server, walk: Walk
) -> None:
    walk.page.goto(f"{server.url}/{dashboard.URL_PATH}/machines")
    for title in machines.MACHINES.values():
        walk.page.get_by_text(title, exact=True).wait_for(timeout=30_000)
    assert walk.page.locator("hui-error-card, hui-warning").count() == 0
    walk.picture("6-machines")
    assert walk.state(RUNNING) == "off"

    def key(name: str) -> Any:  # noqa: ANN401 - see conftest
        return walk.page.locator("hui-tile-card").filter(has_text=name).nth(GARAGE)

    key("Start").click()
    walk.until_state(RUNNING, "on", 5)
    walk.until_state(SPEED, "1.0", 10)
    key("Faster").click()
    walk.until_state(SPEED, "1.5", 5)
    server.act("number.set_value", "number.garage_treadmill_target_speed", value=1.8)
    asked = walk.page.locator("hui-markdown-card").filter(has_text="Asked over the link").nth(GARAGE)
    asked.get_by_text("speed 1.8").wait_for(timeout=5_000)
    link = walk.page.locator("hui-toggle-entity-row").filter(has_text="Link").nth(GARAGE)
    link.locator("ha-entity-toggle").click()
    walk.until_state(SPEED, "unavailable", 5)
    key("Stop").click()
    server.act("switch.turn_on", "switch.garage_treadmill_link")
    walk.until_state(SPEED, "0.0", 5)
