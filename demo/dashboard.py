"""The demo's dashboard, of Home Assistant's own cards: what a walk looks like, on a phone as on a desktop."""

from collections.abc import Callable
from typing import Any, Final

from demo.client import Client

URL_PATH: Final = "backstride-demo"
TITLE: Final = "Backstride"
ICON: Final = "mdi:walk"

FULL: Final = 12
"""Columns of a section."""

type Card = dict[str, Any]
type Named = Callable[[str], str]
"""Gives the entity id of `place.sensor.session`, `athlete.sensor.streak`, `treadmill.button.start` and so on."""

COMMANDS: Final = (
    ("start", "Start", "mdi:play"),
    ("pause", "Pause", "mdi:pause"),
    ("resume", "Resume", "mdi:play-pause"),
    ("confirm", "Confirm", "mdi:check-bold"),
    ("skip", "Skip", "mdi:skip-next"),
    ("stop", "Stop", "mdi:stop"),
)

# What is going on, large enough to be read from the belt.
NOW: Final = """\
{{% set session = states('{session}') %}}
# {{{{ state_translated('{interval}' if session == 'running' else '{session}') }}}}
{{{{ states('{workout}') }}}} · {{{{ states('{athlete}') }}}}
"""

# Newest first: who looks up wants to know what was just said.
SAID: Final = """\
{{% set said = state_attr('{speaker}', 'played') or [] %}}
{{% for clip in (said | reverse | list)[:10] %}}

`{{{{ as_local(as_datetime(clip.at)).strftime('%H:%M:%S') }}}}` \
{{{{ '**' ~ clip.text ~ '**' if loop.first else clip.text }}}}
{{% else %}}
_Nothing yet. Start the belt, then press Start._
{{% endfor %}}
"""


def is_there(server: Client) -> bool:
    """Tell whether the dashboard was made; one that somebody changed is theirs."""
    return any(one["url_path"] == URL_PATH for one in server.command("lovelace/dashboards/list"))


def make(server: Client, named: Named) -> None:
    """Make the dashboard, and what opens when one signs in."""
    server.command(
        "lovelace/dashboards/create",
        url_path=URL_PATH,
        title=TITLE,
        icon=ICON,
        mode="storage",
        require_admin=False,
        show_in_sidebar=True,
    )
    server.command("lovelace/config/save", url_path=URL_PATH, config=config(named))
    known = server.command("frontend/get_system_data", key="core")["value"] or {}
    server.command("frontend/set_system_data", key="core", value={**known, "default_panel": URL_PATH})


def config(named: Named) -> Card:
    """Give the whole dashboard."""
    walk = {
        "title": "Walk",
        "path": "walk",
        "icon": ICON,
        "type": "sections",
        "max_columns": 3,
        "dense_section_placement": True,
        "sections": [_section(*cards) for cards in (_session(named), _gym(named), _said(named))],
    }
    return {"title": TITLE, "views": [walk]}


def _session(named: Named) -> list[Card]:
    return [
        _heading("Session", "mdi:walk"),
        {
            "type": "markdown",
            "content": NOW.format(
                session=named("place.sensor.session"),
                interval=named("place.sensor.interval"),
                workout=named("place.select.workout"),
                athlete=named("place.select.athlete"),
            ),
            "grid_options": {"columns": FULL, "rows": "auto"},
        },
        _tile(named("place.sensor.interval"), "Now", icon="mdi:shoe-print", color="primary"),
        _tile(named("place.sensor.next_interval"), "Next", icon="mdi:arrow-right-bold", color="grey"),
        _tile(named("place.sensor.interval_ends_at"), "Changes", icon="mdi:timer-sand", color="amber"),
        _tile(named("place.sensor.session_ends_at"), "Ends", icon="mdi:flag-checkered", color="amber"),
        _tile(
            named("place.sensor.progress"),
            "Progress",
            width=FULL,
            icon="mdi:progress-clock",
            color="green",
            features=[{"type": "bar-gauge"}],
            features_position="inline",
        ),
        *(
            {
                "type": "button",
                "entity": named(f"place.button.{key}"),
                "name": name,
                "icon": icon,
                "show_state": False,
                "tap_action": _press(named(f"place.button.{key}")),
                "grid_options": {"columns": FULL // 3, "rows": 2},
            }
            for key, name, icon in COMMANDS
        ),
        _button(
            named("place.button.emergency_stop"),
            "Emergency stop",
            "mdi:alert-octagon",
            color="red",
            width=FULL,
        ),
        _heading("What comes next", "mdi:clipboard-list-outline"),
        {
            "type": "entities",
            "entities": [
                {"entity": named("place.select.workout"), "name": "Workout"},
                {"entity": named("place.select.athlete"), "name": "Athlete"},
            ],
            "grid_options": {"columns": FULL, "rows": "auto"},
        },
        _tile(
            named("place.number.duration"),
            "Minutes in all",
            width=FULL,
            icon="mdi:timer-cog-outline",
            features=[{"type": "numeric-input", "style": "buttons"}],
            features_position="inline",
        ),
    ]


def _gym(named: Named) -> list[Card]:
    return [
        _heading("Anna's streak", "mdi:fire"),
        _tile(named("athlete.sensor.streak"), "Streak", icon="mdi:fire", color="deep-orange"),
        _tile(
            named("athlete.binary_sensor.goal_met_today"),
            "Goal today",
            icon="mdi:flag-checkered",
            color="green",
        ),
        _tile(
            named("athlete.sensor.backward_time_today"),
            "Backward today",
            width=FULL,
            icon="mdi:clock-check-outline",
            color="blue",
        ),
        _heading("Treadmill", "mdi:run"),
        _tile(named("treadmill.sensor.speed_instant"), "Belt", icon="mdi:speedometer", color="blue"),
        _tile(named("strap.sensor.heart_rate"), "Heart rate", icon="mdi:heart-pulse", color="red"),
        _tile(
            named("treadmill.number.target_speed"),
            "Speed asked for",
            width=FULL,
            icon="mdi:speedometer-medium",
            features=[{"type": "numeric-input", "style": "buttons"}],
            features_position="inline",
        ),
        _button(named("treadmill.button.start"), "Start the belt", "mdi:play-circle-outline"),
        _button(named("treadmill.button.stop"), "Stop the belt", "mdi:stop-circle-outline"),
        _heading("Room", "mdi:sofa-outline"),
        _tile(named("lights.light.strip"), "Strip"),
        _tile(named("lights.light.lamp"), "Lamp"),
        _tile(named("lights.light.ceiling"), "Ceiling"),
        _button(named("rear_sensor.button.dog_walks_in"), "Dog walks in", "mdi:dog-side", color="brown"),
    ]


def _said(named: Named) -> list[Card]:
    speaker = named("speaker.media_player.speaker")
    return [
        _heading("What the speaker said", "mdi:bullhorn-outline"),
        _tile(speaker, "Speaker", width=FULL),
        {
            "type": "markdown",
            "content": SAID.format(speaker=speaker),
            "grid_options": {"columns": FULL, "rows": "auto"},
        },
    ]


def _section(*cards: Card) -> Card:
    return {"type": "grid", "cards": list(cards)}


def _heading(text: str, icon: str) -> Card:
    return {"type": "heading", "heading": text, "heading_style": "title", "icon": icon}


def _tile(entity_id: str, name: str, *, width: int = FULL // 2, **more: object) -> Card:
    sizes = {"grid_options": {"columns": width}}
    return {"type": "tile", "entity": entity_id, "name": name, **sizes, **more}


def _button(entity_id: str, name: str, icon: str, color: str = "primary", *, width: int = FULL // 2) -> Card:
    """Give a tile that is pressed, without the time at which it last was."""
    press = _press(entity_id)
    return _tile(
        entity_id,
        name,
        width=width,
        icon=icon,
        color=color,
        hide_state=True,
        tap_action=press,
        icon_tap_action=press,
    )


def _press(entity_id: str) -> Card:
    return {
        "action": "perform-action",
        "perform_action": "button.press",
        "target": {"entity_id": entity_id},
    }
