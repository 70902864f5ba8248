"""A newcomer adds a treadmill in the settings: picks it once, presses Next, and is told what does not fit where it stands."""

from typing import Any

import pytest

from demo import scene
from demo.server import Server

from .walk import Walk

SETTINGS = "/config/integrations/integration/backstride"


class Forms:
    """The forms of a treadmill, as a person in front of the browser fills them in."""

    def __init__(self, server: Server, walk: Walk) -> None:
        """Open the settings, and begin to add a place."""
        self._walk = walk
        self.page: Any = walk.page
        self.page.set_viewport_size({"width": 1000, "height": 1400})
        self.page.goto(server.url + SETTINGS)
        self.page.get_by_role("button", name="Add place").first.click(timeout=60_000)
        self.dialog = self.page.locator("dialog-data-entry-flow")

    def reads(self, text: str, picture: str = "") -> None:
        """Wait for words; what comes with them may still be unfolding when a picture is taken."""
        self.dialog.get_by_text(text).first.wait_for(timeout=10_000)
        if picture:
            self.page.wait_for_timeout(800)
            self._walk.picture(picture)

    def presses(self, name: str) -> None:
        """Press a button below the form."""
        self.dialog.get_by_role("button", name=name, exact=True).click()

    def opens(self, section: str) -> None:
        """Open or close a section."""
        self.dialog.get_by_text(section, exact=True).click()

    def names_a_treadmill(self, name: str) -> None:
        """Fill in the first form."""
        self.reads("Where the walking happens")
        self.dialog.locator("ha-selector-text input").fill(name)
        self.dialog.locator("ha-radio-option").first.click()
        self.presses("Next")

    def picks(self, device: str) -> None:
        """Look for a device by its name, and pick it."""
        self.dialog.locator("ha-device-picker").click()
        # Typed too early, a letter is one of Home Assistant's shortcuts.
        self.page.locator("ha-picker-combo-box input").fill(device)
        self.page.get_by_role("option", name=device).first.click()

    def finishes(self) -> None:
        """Leave everything else as it is."""
        self.presses("Next")
        self.reads("How the coach reaches you")
        self.presses("Submit")
        self.reads("Created")


@pytest.fixture
def forms(server: Server, walk: Walk) -> Forms:
    """Give the forms."""
    return Forms(server, walk)


def _kept(server: Server, name: str) -> dict[str, Any]:
    """Give what the forms of a place show when it is changed: the machine, and what of it does what."""
    entry_id = server.command("config_entries/get", domain=scene.BACKSTRIDE)[0]["entry_id"]
    subentry_id = scene.subentries(server, entry_id)[name]
    step = server.request(
        "POST", scene.SUBENTRY_FLOW, {"handler": [entry_id, "place"], "subentry_id": subentry_id}
    )
    kept: dict[str, Any] = {}
    for _ in range(3):
        shown = scene.shown(step["data_schema"])
        kept |= shown
        step = server.request("POST", f"{scene.SUBENTRY_FLOW}/{step['flow_id']}", shown)
    server.request("DELETE", f"{scene.SUBENTRY_FLOW}/{step['flow_id']}")
    return kept


def test_a_newcomer_picks_a_treadmill_and_presses_next(server: Server, forms: Forms) -> None:
    forms.names_a_treadmill("Loft")
    forms.reads("Pick your treadmill once", "7-machine")
    forms.picks("Loft treadmill")
    forms.presses("Next")
    forms.reads("Found: Speed, Distance, Steps", "8-controls")
    forms.finishes()
    kept = _kept(server, "Loft")
    assert kept["roles"]["speed"] == "sensor.loft_treadmill_current_speed"
    assert kept["roles"]["stop"] == "button.loft_treadmill_stop_session"
    assert kept["belt_control"] is False


def test_who_lets_a_belt_be_steered_is_asked_what_the_machine_does_not_say(
    server: Server, forms: Forms
) -> None:
    forms.names_a_treadmill("Barn")
    forms.picks("Barn treadmill")
    forms.presses("Next")
    forms.reads("Read this before you turn it on")
    forms.dialog.locator("ha-switch").first.click()
    forms.presses("Next")
    forms.reads("Please choose what the speed control counts in", "9-unit")
    forms.opens("Limits and habits")
    forms.reads("Start a session with the belt", "9-limits")
    forms.dialog.locator("ha-selector-select").click()
    forms.page.get_by_role("menuitem", name="mph").first.click()
    forms.finishes()
    kept = _kept(server, "Barn")
    assert (kept["belt_control"], kept["set_speed_unit"]) == (True, "mph")
    assert kept["sessions"]["idle_finish_minutes"] == 10
