"""The demo's second page: every machine of the gym with its controls, the keys of its console, and its faults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from demo import cards
from demo.cards import FULL, Card

MACHINES: Final[Mapping[str, str]] = {
    "gym_treadmill": "Gym: a number and three buttons",
    "garage_treadmill": "Garage: the same once more",
    "loft_treadmill": "Loft: a switch that pauses",
    "study_treadmill": "Study: a media player",
    "cellar_treadmill": "Cellar: a choice, and miles",
    "barn_treadmill": "Barn: miles without a unit",
    "shed_treadmill": "Shed: nothing but a plug",
    "studio_cross_trainer": "Studio: a cross trainer",
}
PLUGS: Final[Mapping[str, str]] = {"shed_treadmill": "shed_plug"}
"""What stands before a machine that tells nothing itself."""

CONSOLE: Final[Mapping[str, tuple[str, str, int]]] = {
    "console_start": ("Start", "mdi:play", FULL // 2),
    "console_pause": ("Pause", "mdi:pause", FULL // 2),
    "console_stop": ("Stop", "mdi:stop", FULL),
    "console_slower": ("Slower", "mdi:minus", FULL // 2),
    "console_faster": ("Faster", "mdi:plus", FULL // 2),
}
"""The keys a hand can reach: what they are called, how they look and how wide they are."""

SAFETY_KEY: Final = "safety_key"

ORDER: Final = ("media_player", "switch", "select", "number", "button", "sensor", "binary_sensor")
"""What is to be found first: what moves something."""

# Newest first, as it is looked up while something is tried.
ASKED: Final = """\
{{% set asked = state_attr('{manners}', 'commands') or [] %}}
{{% for one in (asked | reverse | list)[:5] %}}
`{{{{ as_local(as_datetime(one.at)).strftime('%H:%M:%S') }}}}` {{{{ one.command }}}} \
{{{{ '' if one.value is none else one.value | round(2) }}}}
{{% else %}}
_Nothing was asked of it yet._
{{% endfor %}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An entity of a machine."""

    entity_id: str
    key: str
    name: str
    is_extra: bool
    """Whether it is a hand or a fault, which no real machine has."""

    @property
    def rank(self) -> int:
        """Tell how far up it belongs."""
        return ORDER.index(self.entity_id.partition(".")[0])


type Parts = Callable[[str], list[Part]]
"""Gives the parts of a machine."""


def view(parts: Parts) -> Card:
    """Give the page."""
    return {
        "title": "Machines",
        "path": "machines",
        "icon": "mdi:wrench-outline",
        "type": "sections",
        "max_columns": 4,
        "sections": [
            cards.section(
                *_machine(title, [*parts(machine), *(parts(PLUGS[machine]) if machine in PLUGS else [])])
            )
            for machine, title in MACHINES.items()
        ],
    }


def _machine(title: str, parts: list[Part]) -> list[Card]:
    keys = {part.key: part for part in parts if part.key in CONSOLE}
    others = sorted((part for part in parts if part.key not in CONSOLE), key=lambda part: part.rank)
    faults = [part for part in others if part.is_extra or part.key == SAFETY_KEY]
    controls = [part for part in others if part not in faults]
    manners = next((part for part in parts if part.key == "manners"), None)
    return [
        cards.heading(title, "mdi:run"),
        _entities(controls),
        *_console(keys),
        *([cards.heading("What can go wrong", "mdi:alert-outline"), _entities(faults)] if faults else []),
        *(
            [cards.markdown(ASKED.format(manners=manners.entity_id), title="Asked over the link")]
            if manners
            else []
        ),
    ]


def _console(keys: Mapping[str, Part]) -> list[Card]:
    if not keys:
        return []
    return [
        cards.heading("A hand at the console", "mdi:hand-back-left-outline"),
        *(
            cards.button(keys[key].entity_id, name, icon, width=width)
            for key, (name, icon, width) in CONSOLE.items()
        ),
    ]


def _entities(parts: list[Part]) -> dict[str, Any]:
    rows = [{"entity": part.entity_id, "name": part.name} for part in parts]
    return {
        "type": "entities",
        "entities": rows,
        "show_header_toggle": False,
        "grid_options": {"columns": FULL, "rows": "auto"},
    }
