"""The demo's dashboard, of Home Assistant's own cards: what a walk looks like, on a phone as on a desktop."""

from collections.abc import Callable
from typing import Final

from demo import cards, machines, speakers
from demo.cards import FULL, Card
from demo.client import Client

URL_PATH: Final = "backstride-demo"
TITLE: Final = "Backstride"
ICON: Final = "mdi:walk"

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

# What stands in the way of a start, and what to see to before; nothing where there is neither.
BEFORE: Final = """\
{{% for text in state_attr('{ready}', 'blockers') or [] %}}
- **{{{{ text }}}}**
{{% endfor %}}
{{% for text in state_attr('{ready}', 'reminders') or [] %}}
- {{{{ text }}}}
{{% endfor %}}
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


def make(server: Client, named: Named, parts: machines.Parts, find: speakers.Find) -> None:
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
    server.command("lovelace/config/save", url_path=URL_PATH, config=config(named, parts, find))
    known = server.command("frontend/get_system_data", key="core")["value"] or {}
    server.command("frontend/set_system_data", key="core", value={**known, "default_panel": URL_PATH})


def config(named: Named, parts: machines.Parts, find: speakers.Find) -> Card:
    """Give the whole dashboard."""
    walk = {
        "title": "Walk",
        "path": "walk",
        "icon": ICON,
        "type": "sections",
        "max_columns": 3,
        "dense_section_placement": True,
        "sections": [cards.section(*those) for those in (_session(named), _gym(named), _said(named))],
    }
    return {"title": TITLE, "views": [walk, machines.view(parts), speakers.view(find)]}


def _session(named: Named) -> list[Card]:
    # What stands in the way of a start is of no interest while somebody walks.
    resting = cards.only_while(named("place.binary_sensor.active"), "off")
    return [
        cards.heading("Session", "mdi:walk"),
        cards.markdown(
            NOW.format(
                session=named("place.sensor.session"),
                interval=named("place.sensor.interval"),
                workout=named("place.select.workout"),
                athlete=named("place.select.athlete"),
            )
        ),
        cards.tile(named("place.sensor.interval"), "Now", icon="mdi:shoe-print", color="primary"),
        cards.tile(named("place.sensor.next_interval"), "Next", icon="mdi:arrow-right-bold", color="grey"),
        cards.tile(named("place.sensor.interval_ends_at"), "Changes", icon="mdi:timer-sand", color="amber"),
        cards.tile(named("place.sensor.session_ends_at"), "Ends", icon="mdi:flag-checkered", color="amber"),
        cards.tile(
            named("place.sensor.progress"),
            "Progress",
            width=FULL,
            icon="mdi:progress-clock",
            color="green",
            features=[{"type": "bar-gauge"}],
            features_position="inline",
        ),
        cards.tile(
            named("place.binary_sensor.hazard"),
            "Hazard",
            width=FULL,
            color="red",
            state_content=["state", "reason"],
            visibility=cards.only_while(named("place.binary_sensor.hazard"), "on"),
        ),
        cards.tile(
            named("place.binary_sensor.ready"), "Ready", width=FULL, color="green", visibility=resting
        ),
        cards.markdown(
            BEFORE.format(ready=named("place.binary_sensor.ready")), show_empty=False, visibility=resting
        ),
        *(
            cards.key(named(f"place.button.{key}"), name, icon, width=FULL // 3)
            for key, name, icon in COMMANDS
        ),
        cards.button(
            named("place.button.emergency_stop"),
            "Emergency stop",
            "mdi:alert-octagon",
            color="red",
            width=FULL,
        ),
        cards.heading("What comes next", "mdi:clipboard-list-outline"),
        {
            "type": "entities",
            "entities": [
                {"entity": named("place.select.workout"), "name": "Workout"},
                {"entity": named("place.select.athlete"), "name": "Athlete"},
            ],
            "grid_options": {"columns": FULL, "rows": "auto"},
        },
        cards.tile(
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
        cards.heading("Anna's streak", "mdi:fire"),
        cards.tile(named("athlete.sensor.streak"), "Streak", icon="mdi:fire", color="deep-orange"),
        cards.tile(
            named("athlete.binary_sensor.goal_met_today"),
            "Goal today",
            icon="mdi:flag-checkered",
            color="green",
        ),
        cards.tile(
            named("athlete.sensor.backward_time_today"),
            "Backward today",
            width=FULL,
            icon="mdi:clock-check-outline",
            color="blue",
        ),
        cards.heading("Treadmill", "mdi:run"),
        cards.tile(named("treadmill.sensor.speed_instant"), "Belt", icon="mdi:speedometer", color="blue"),
        cards.tile(named("strap.sensor.heart_rate"), "Heart rate", icon="mdi:heart-pulse", color="red"),
        cards.tile(
            named("treadmill.number.target_speed"),
            "Speed asked for",
            width=FULL,
            icon="mdi:speedometer-medium",
            features=[{"type": "numeric-input", "style": "buttons"}],
            features_position="inline",
        ),
        cards.button(named("treadmill.button.start"), "Start the belt", "mdi:play-circle-outline"),
        cards.button(named("treadmill.button.stop"), "Stop the belt", "mdi:stop-circle-outline"),
        cards.heading("Room", "mdi:sofa-outline"),
        cards.tile(named("lights.light.strip"), "Strip"),
        cards.tile(named("lights.light.lamp"), "Lamp"),
        cards.tile(named("lights.light.ceiling"), "Ceiling"),
        cards.button(named("rear_sensor.button.dog_walks_in"), "Dog walks in", "mdi:dog-side", color="brown"),
    ]


def _said(named: Named) -> list[Card]:
    speaker = named("speaker.media_player.speaker")
    return [
        cards.heading("What the speaker said", "mdi:bullhorn-outline"),
        cards.tile(speaker, "Speaker", width=FULL),
        cards.markdown(SAID.format(speaker=speaker)),
    ]
