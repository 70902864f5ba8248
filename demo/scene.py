"""Sets Backstride up in a running server through its own doors, as a person would; what is there already stays."""

from collections.abc import Mapping
import time
from typing import Any, Final

from demo import dashboard
from demo.client import Client, DemoError
from demo.machines import Part

BACKSTRIDE: Final = "backstride"
GYM: Final = "virtual_gym"

FLOW: Final = "/api/config/config_entries/flow"
SUBENTRY_FLOW: Final = "/api/config/config_entries/subentries/flow"

GOAL_MINUTES: Final = 5
QUICK_GOAL_MINUTES: Final = 1
QUICK_WORKOUT: Final = "Ninety seconds"
QUICK_NOTATION: Final = "60s back @1.2, 10s turn, 20s fwd @2"
"""Backward for just as long as the quick goal asks."""

SPEAKERS: Final = ("speaker", "wall_speaker", "amplifier")
"""What the gym speaks with."""

ARRIVES_WITHIN: Final = 30.0
LOOKS_EVERY: Final = 0.2

CAREFREE: Final = {
    "manual_allows_backward": "yes",
    "balance": "no",
    "pregnancy": "no",
    "surgery": "no",
    "seizures": "no",
    "heart": "no",
    "accepted": True,
}
"""Answers of somebody for whom nothing speaks for special care."""

type Form = dict[str, Any]


def set_up(server: Client, *, quick: bool = False) -> None:
    """Set everything up that is missing: two athletes, two places, a short workout if wanted, and the dashboard."""
    entities = Entities(server)
    entities.wait_for(GYM, "tts", "voice")
    minutes = QUICK_GOAL_MINUTES if quick else GOAL_MINUTES
    anna = _athlete("Anna", 1966, 168, 70, minutes)
    # Only here, so that the other place shows what a treadmill is that nobody steers.
    gym = place_forms(entities, "Gym", belt_control=True)
    entry_id = _entry_id(server)
    if entry_id is None:
        made = fill_in(server, FLOW, BACKSTRIDE, CAREFREE, anna, *gym)
        entry_id = made["result"]["entry_id"]
    there = subentries(server, entry_id)
    # Each waits for the one before: a person is not faster either.
    if "Ben" not in there:
        ben = _athlete("Ben", 1961, 181, 84, minutes)
        fill_in(server, SUBENTRY_FLOW, [entry_id, "athlete"], ben)
        entities.wait_for(BACKSTRIDE, "sensor", f"{subentries(server, entry_id)['Ben']}_streak")
    if "Garage" not in there:
        fill_in(server, SUBENTRY_FLOW, [entry_id, "place"], *place_forms(entities, "Garage"))
        entities.wait_for(BACKSTRIDE, "select", f"{subentries(server, entry_id)['Garage']}_athlete")
    if quick and QUICK_WORKOUT not in there:
        workout = {"name": QUICK_WORKOUT, "notation": QUICK_NOTATION, "place_kinds": ["treadmill"]}
        fill_in(server, SUBENTRY_FLOW, [entry_id, "workout"], workout)
    if not dashboard.is_there(server):
        ids = subentries(server, entry_id)
        _choose(server, entities, ids, quick=quick)
        now = Entities(server)
        dashboard.make(server, _named(entities, ids["Gym"], ids["Anna"]), now.parts, now.of_gym)


def subentries(server: Client, entry_id: str) -> dict[str, str]:
    """Give the ids of all athletes, places and workouts by name."""
    listed = server.command("config_entries/subentries/list", entry_id=entry_id)
    return {subentry["title"]: subentry["subentry_id"] for subentry in listed}


class Entities:
    """Entity ids by what never changes: who made the entity, of what domain, and under which unique id."""

    def __init__(self, server: Client) -> None:
        """Read the registry."""
        self._server = server
        self._ids: dict[tuple[str, str, str], str] = {}
        self._listed: list[dict[str, Any]] = []
        self._read()

    def __call__(self, platform: str, domain: str, unique_id: str) -> str:
        """Give one entity's id."""
        try:
            return self._ids[platform, domain, unique_id]
        except KeyError:
            raise DemoError(f"{platform} has no {domain} with the unique id {unique_id}") from None

    def wait_for(self, platform: str, domain: str, unique_id: str) -> None:
        """Wait until an entity is there: entities come a little after what brings them."""
        end = time.monotonic() + ARRIVES_WITHIN
        while (platform, domain, unique_id) not in self._ids:
            if time.monotonic() > end:
                raise DemoError(f"{platform} did not bring the {domain} {unique_id}; see the server's log")
            time.sleep(LOOKS_EVERY)
            self._read()

    def parts(self, machine: str) -> list[Part]:
        """Give everything that belongs to one machine of the gym."""
        return [
            Part(
                entity_id=entry["entity_id"],
                key=entry["unique_id"].removeprefix(f"{machine}-"),
                name=entry["original_name"] or "Belt",
                is_extra=entry["entity_category"] == "config",
            )
            for entry in self._listed
            if entry["platform"] == GYM and entry["unique_id"].startswith(f"{machine}-")
        ]

    def of_gym(self, domain: str, device: str, key: str) -> str:
        """Give an entity of the gym."""
        return self(GYM, domain, f"{device}-{key}")

    def device(self, platform: str, machine: str) -> str:
        """Give the device of one machine."""
        for entry in self._listed:
            if entry["platform"] == platform and entry["unique_id"].startswith(f"{machine}-"):
                device: str = entry["device_id"]
                return device
        raise DemoError(f"{platform} has no device for {machine}")

    def _read(self) -> None:
        self._listed = self._server.command("config/entity_registry/list")
        self._ids = {
            (entry["platform"], entry["entity_id"].split(".")[0], entry["unique_id"]): entry["entity_id"]
            for entry in self._listed
        }


def _entry_id(server: Client) -> str | None:
    entries = server.command("config_entries/get", domain=BACKSTRIDE)
    return entries[0]["entry_id"] if entries else None


def fill_in(server: Client, path: str, handler: str | list[str], *forms: Mapping[str, object]) -> Form:
    """Fill in one form after the other, and leave what it shows as it is; give what comes after the last."""
    step: Form = server.request("POST", path, {"handler": handler})
    for form in forms:
        if step["type"] != "form":
            raise DemoError(f"Setting up {handler} ended early: {step.get('reason', step['type'])}")
        filled = _with(shown(step["data_schema"] or []), form)
        step = server.request("POST", f"{path}/{step['flow_id']}", filled)
        if step.get("errors"):
            raise DemoError(f"The form {step['step_id']} of {handler} was not accepted: {step['errors']}")
    if step["type"] != "create_entry":
        raise DemoError(f"Setting up {handler} asks for more than the demo knows: {step.get('step_id')}")
    return step


def shown(schema: list[Form]) -> Form:
    """Give what a form shows in its fields, and in the sections of them, as a browser would send it."""
    filled: Form = {}
    for field in schema:
        suggested = (field.get("description") or {}).get("suggested_value", field.get("default"))
        value = shown(field["schema"]) if field.get("type") == "expandable" else suggested
        if value is not None:
            filled[field["name"]] = value
    return filled


def _with(before: Form, answers: Mapping[str, object]) -> Form:
    """Put answers in the place of what stood there, in a section only those it has."""
    return {
        **before,
        **{
            key: _with(before.get(key, {}), answer) if isinstance(answer, Mapping) else answer
            for key, answer in answers.items()
        },
    }


def _athlete(name: str, born: int, height_cm: int, mass_kg: int, goal_minutes: int) -> Form:
    return {
        "name": name,
        "birth_year": born,
        "height_cm": height_cm,
        "mass_kg": mass_kg,
        "level": "l1",
        "daily_goal_minutes": goal_minutes,
    }


def place_forms(
    entities: Entities,
    room: str,
    *,
    name: str | None = None,
    belt_control: bool = False,
    reaction: str = "remind",
) -> tuple[Form, ...]:
    """Give the forms of a place that uses everything in a room of the gym; it is called as the room, or otherwise."""

    def one(domain: str, machine: str, key: str) -> str:
        return entities(GYM, domain, f"{room.lower()}_{machine}-{key}")

    place = {"name": name or room, "kind": "treadmill"}
    machine = {"device": entities.device(GYM, f"{room.lower()}_treadmill")}
    controls = {
        # All else is found on the treadmill; whose heart it is, it cannot know.
        "roles": {"heart_rate": one("sensor", "strap", "heart_rate")},
        "belt_control": belt_control,
    }
    sound_and_light = {
        # One room speaks with players, each of another kind, the other with a voice satellite: all are common.
        "speakers": [one("media_player", speaker, "speaker") for speaker in SPEAKERS]
        if room == "Gym"
        else [one("assist_satellite", "satellite", "satellite")],
        "tts_engine": entities(GYM, "tts", "voice"),
        "lights": [one("light", "lights", light) for light in ("strip", "lamp", "ceiling")],
        "obstacles": [one("binary_sensor", "rear_sensor", "obstacle")],
        "no_flashing": False,
    }
    sound: Form = {}
    return place, machine, controls, sound_and_light, sound, {"reaction": reaction}


def _choose(server: Client, entities: Entities, ids: Mapping[str, str], *, quick: bool) -> None:
    """Choose who walks where, and what."""
    for place, athlete in (("Gym", "Anna"), ("Garage", "Ben")):
        select = entities(BACKSTRIDE, "select", f"{ids[place]}_athlete")
        server.act("select.select_option", select, option=athlete)
    if quick:
        select = entities(BACKSTRIDE, "select", f"{ids['Gym']}_workout")
        server.act("select.select_option", select, option=QUICK_WORKOUT)


def _named(entities: Entities, place_id: str, athlete_id: str) -> dashboard.Named:
    """Give what the dashboard shows its own names for things."""

    def named(what: str) -> str:
        whose, domain, key = what.split(".")
        match whose:
            case "place":
                return entities(BACKSTRIDE, domain, f"{place_id}_{key}")
            case "athlete":
                return entities(BACKSTRIDE, domain, f"{athlete_id}_{key}")
            case machine:
                return entities(GYM, domain, f"gym_{machine}-{key}")

    return named
