"""Makes automations and scripts of the blueprints that ship, as somebody does in the editor, and lets a session happen."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
import shutil
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component.common import async_fire_time_changed_exact, async_mock_service

from custom_components.backstride.coordinator import Coordinator
from custom_components.backstride.engine.session import Command
from homeassistant.components.blueprint.models import Blueprint
from homeassistant.components.blueprint.schemas import BLUEPRINT_SCHEMA
from homeassistant.const import EVENT_CALL_SERVICE, MATCH_ALL
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.selector import selector
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util, slugify, yaml as yaml_util

from ..setup import ANNA, GYM, MINE, entity_id, state_of

NOON = datetime.fromisoformat("2026-03-01T12:00:00+00:00")
"""A Sunday."""
QUIET = 30
"""Turns of the event loop; within one automation fewer lie between two events."""
SHIPPED = Path(__file__).parents[2] / "custom_components" / "backstride" / "blueprints"


def shipped(domain: str, name: str) -> Blueprint:
    """Read a blueprint as Home Assistant reads it."""
    data = yaml_util.load_yaml_dict(SHIPPED / domain / "backstride" / f"{name}.yaml")
    return Blueprint(data, expected_domain=domain, path=f"backstride/{name}.yaml", schema=BLUEPRINT_SCHEMA)


def as_chosen(one: dict[str, Any], value: object) -> object:
    """Give a value as the form of an input takes it; raises where it takes no such value."""
    takes: Any = selector(one["selector"])
    return takes(value)


def mock(hass: HomeAssistant, *actions: str, fails: bool = False) -> None:
    """Take the place of actions of others; what is called is seen by a Drive, also where it fails."""
    for action in actions:
        domain, name = action.split(".")
        gone = HomeAssistantError(f"{action} does not answer") if fails else None
        async_mock_service(hass, domain, name, raise_exception=gone)


async def async_use(hass: HomeAssistant, name: str, /, **inputs: Any) -> str:
    """Make an automation or a script of a blueprint, with inputs that its form would take, and give its entity."""
    (file,) = SHIPPED.rglob(f"{name}.yaml")
    domain = file.relative_to(SHIPPED).parts[0]
    for key, value in inputs.items():
        as_chosen(shipped(domain, name).inputs[key], value)
    target = Path(hass.config.path("blueprints", domain, "backstride", f"{name}.yaml"))
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(file, target)
    use = {"use_blueprint": {"path": f"backstride/{name}.yaml", "input": inputs}}
    config: Any = {name: use} if domain == "script" else [{"alias": name, "id": name, **use}]
    assert await async_setup_component(hass, domain, {domain: config})
    await hass.async_block_till_done()
    made = hass.states.get(f"{domain}.{slugify(name)}")
    assert made is not None
    assert made.state == ("off" if domain == "script" else "on"), "its inputs make no valid configuration"
    return made.entity_id


async def async_run(hass: HomeAssistant, script: str, **fields: Any) -> dict[str, Any]:
    """Run a script, and give what it gives back."""
    domain, name = script.split(".")
    response = await hass.services.async_call(domain, name, fields, blocking=True, return_response=True)
    assert response is not None
    return dict(response)


class Drive:
    """A Backstride that is set up, the clock on its wall, and every action that is called."""

    def __init__(self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, coordinator: Coordinator) -> None:
        """Listen to what is called."""
        self.hass = hass
        self.freezer = freezer
        self.coordinator = coordinator
        self._calls: list[tuple[str, dict[str, Any]]] = []
        self._happened = 0
        hass.bus.async_listen(MATCH_ALL, self._note)

    @callback
    def _note(self, event: Event[Any]) -> None:
        self._happened += 1
        if event.event_type != EVENT_CALL_SERVICE:
            return
        name = f"{event.data['domain']}.{event.data['service']}"
        self._calls.append((name, event.data["service_data"]))

    def called(self, *names: str) -> list[tuple[str, dict[str, Any]]]:
        """Give what was called so far of these actions, in its order, with its data."""
        return [call for call in self._calls if call[0] in names or call[0].split(".")[0] in names]

    def device(self, subentry_id: str) -> str:
        """Give the device of a place or an athlete, as a form gives it."""
        entry_id = self.coordinator.entry.entry_id
        found = dr.async_get(self.hass).async_get_device_by_identifier(("backstride", subentry_id), entry_id)
        assert found is not None
        return found.id

    def session(self, place: str = GYM) -> str:
        """Give what the session of a place does."""
        return state_of(self.hass, "sensor", place, "session")

    async def choose(self, place: str = GYM, athlete: str = "Anna") -> None:
        """Choose who walks at a place, as everybody once has."""
        select = entity_id(self.hass, "select", place, "athlete")
        await self.hass.services.async_call(
            "select", "select_option", {"entity_id": select, "option": athlete}, blocking=True
        )

    def start(self, place: str = GYM, workout: str = MINE) -> None:
        """Let Anna begin."""
        plan = self.coordinator.workouts[workout]
        self.coordinator.async_start(place, athlete_id=ANNA, workout=plan)

    def command(self, command: Command, place: str = GYM) -> None:
        """Steer the session."""
        self.coordinator.async_command(place, command)

    async def settle(self) -> None:
        """Let everything happen that is due, beside automations that wait and are not waited for.

        What is used for the first time is imported in a thread, one after the other; who is behind all others knows that
        they are done.
        """
        for _ in range(2):
            await self._quiet()
            await self.hass.async_add_import_executor_job(int)
        await self._quiet()

    async def _quiet(self) -> None:
        """Wait until nothing happens: whatever happens fires events."""
        quiet = 0
        while quiet < QUIET:
            happened = self._happened
            await asyncio.sleep(0)
            quiet = quiet + 1 if happened == self._happened else 0

    async def close(self) -> None:
        """Let nothing wait any longer."""
        for place in self.coordinator.places:
            if self.coordinator.is_on(place):
                self.command(Command.STOP, place)
        for domain in ("automation", "script"):
            for each in self.hass.states.async_entity_ids(domain):
                await self.hass.services.async_call(domain, "turn_off", {"entity_id": each}, blocking=True)
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def see(self, entity_id: str, state: str, **attributes: Any) -> None:
        """Let an entity of another integration have a state."""
        self.hass.states.async_set(entity_id, state, attributes)
        await self.settle()

    async def happens(self, entity_id: str, event_type: str | None = None, **attributes: Any) -> None:
        """Let an event entity, a tag or a button tell that something has just happened."""
        told = {"event_type": event_type} if event_type else {}
        await self.see(entity_id, dt_util.utcnow().isoformat(timespec="milliseconds"), **told, **attributes)

    async def wait(self, seconds: float, step: float = 5) -> None:
        """Let time pass in steps, after all that is due now."""
        await self.settle()
        for part in _steps(seconds, step):
            self.freezer.tick(part)
            async_fire_time_changed_exact(self.hass)
            await self.settle()


def _steps(seconds: float, step: float) -> Iterator[float]:
    whole, rest = divmod(seconds, step)
    yield from [step] * int(whole)
    if rest:
        yield rest
