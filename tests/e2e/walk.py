"""A person in front of the demo's dashboard: presses what is there, waits, looks and listens."""

from collections.abc import Callable, Mapping
from datetime import datetime
import json
from pathlib import Path
import time
from typing import Any

from demo import dashboard
from demo.server import Server

PLAYER = "media_player.gym_speaker"
LOOKS_EVERY = 0.1


class Walk:
    """What a person does and notices."""

    def __init__(self, server: Server, page: Any, pictures: Path | None) -> None:  # noqa: ANN401 - see conftest
        """Stand in front of a page that is not opened yet."""
        self.server = server
        self.page = page
        self._pictures = pictures

    def open(self) -> None:
        """Open the dashboard, and wait until it shows something to press."""
        self.page.goto(f"{self.server.url}/{dashboard.URL_PATH}")
        self.button("Start").first.wait_for(timeout=30_000)

    def button(self, name: str) -> Any:  # noqa: ANN401 - see conftest
        """Find a button by what is written on it."""
        return self.page.get_by_role("button", name=name, exact=True)

    def tile(self, name: str) -> Any:  # noqa: ANN401 - see conftest
        """Find a tile by its name; its text alone takes no clicks."""
        return self.page.locator("hui-tile-card").filter(has_text=name).first

    def picture(self, name: str) -> None:
        """Keep a picture, where somebody wants one."""
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=self._pictures / f"{name}.png", full_page=True)

    def note(self, name: str, figures: Mapping[str, float]) -> None:
        """Keep figures beside the pictures."""
        if self._pictures is not None:
            self._pictures.mkdir(parents=True, exist_ok=True)
            (self._pictures / f"{name}.json").write_text(json.dumps(figures, indent=1))

    def entity(self, entity_id: str) -> dict[str, Any]:
        """Look at an entity."""
        found: dict[str, Any] = self.server.request("GET", f"/api/states/{entity_id}")
        return found

    def state(self, entity_id: str) -> str:
        """Look at its state only."""
        state: str = self.entity(entity_id)["state"]
        return state

    def until(self, seen: Callable[[], object], what: str, seconds: float) -> None:
        """Wait until something is seen."""
        end = time.monotonic() + seconds
        while not seen():
            assert time.monotonic() < end, f"within {seconds} s: {what}"
            time.sleep(LOOKS_EVERY)

    def until_state(self, entity_id: str, state: str, seconds: float) -> None:
        """Wait until an entity has a state."""
        self.until(lambda: self.state(entity_id) == state, f"{entity_id} is {state}", seconds)

    def heard(self, since: datetime) -> list[tuple[float, str]]:
        """Give what was said since an instant, and how many seconds after it."""
        played = self.entity(PLAYER)["attributes"]["played"]
        said = [((datetime.fromisoformat(one["at"]) - since).total_seconds(), one["text"]) for one in played]
        return [(seconds, text) for seconds, text in said if seconds >= 0]

    def lamp(self, entity_id: str) -> tuple[Any, ...]:
        """Give everything a person notices of a lamp."""
        lamp = self.entity(entity_id)
        seen = ("brightness", "hs_color", "effect")
        return lamp["state"], *(lamp["attributes"].get(key) for key in seen)
