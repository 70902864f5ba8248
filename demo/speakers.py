"""The demo's third page: every speaker of the gym, what it said, how slow it is, and what can go wrong with it."""

from collections.abc import Callable, Mapping
from typing import Final

from demo import cards
from demo.cards import FULL, Card

SPEAKERS: Final[Mapping[str, str]] = {
    "gym_speaker": "Gym: announces, and goes on with the music",
    "gym_wall_speaker": "Gym: sleeps, and forgets the music",
    "gym_amplifier": "Gym: fills a buffer first",
    "garage_speaker": "Garage: announces, and goes on with the music",
}

# With tenths of a second, because that is what it is about; newest first.
SAID: Final = """\
{{% set said = state_attr('{speaker}', 'played') or [] %}}
{{% for clip in (said | reverse | list)[:5] %}}

`{{{{ as_local(as_datetime(clip.at)).strftime('%H:%M:%S.%f')[:10] }}}}` {{{{ clip.text }}}}
{{% else %}}
_Nothing yet._
{{% endfor %}}
"""

type Find = Callable[[str, str, str], str]
"""Gives an entity's id by its domain, device and key."""


def view(find: Find) -> Card:
    """Give the page."""
    return {
        "title": "Speakers",
        "path": "speakers",
        "icon": "mdi:speaker-multiple",
        "type": "sections",
        "max_columns": 4,
        "sections": [
            *(cards.section(*_speaker(find, device, title)) for device, title in SPEAKERS.items()),
            cards.section(*_voice(find)),
        ],
    }


def _speaker(find: Find, device: str, title: str) -> list[Card]:
    player = find("media_player", device, "speaker")
    rows = [
        ("number", "wakes", "Wakes up in"),
        ("number", "buffers", "Buffers for"),
        ("select", "speaker_manners", "Manners"),
        ("switch", "plugged_in", "Plugged in"),
    ]
    return [
        cards.heading(title, "mdi:speaker"),
        cards.tile(player, "Speaker", width=FULL),
        _entities([(find(domain, device, key), name) for domain, key, name in rows]),
        cards.markdown(SAID.format(speaker=player), title="Said"),
    ]


def _voice(find: Find) -> list[Card]:
    device = "virtual_gym_voice"
    rows = [("number", "voice_delay", "Takes"), ("select", "voice_manners", "Manners")]
    return [
        cards.heading("Voice", "mdi:account-voice"),
        _entities([(find(domain, device, key), name) for domain, key, name in rows]),
    ]


def _entities(rows: list[tuple[str, str]]) -> Card:
    return {
        "type": "entities",
        "entities": [{"entity": entity_id, "name": name} for entity_id, name in rows],
        "show_header_toggle": False,
        "grid_options": {"columns": FULL, "rows": "auto"},
    }
