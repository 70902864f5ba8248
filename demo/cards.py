"""Home Assistant's own cards, as the demo's pages use them."""

from typing import Any, Final

FULL: Final = 12
"""Columns of a section."""

type Card = dict[str, Any]


def section(*cards: Card) -> Card:
    """Give cards one below the other."""
    return {"type": "grid", "cards": list(cards)}


def heading(text: str, icon: str) -> Card:
    """Say what comes below."""
    return {"type": "heading", "heading": text, "heading_style": "title", "icon": icon}


def tile(entity_id: str, name: str, *, width: int = FULL // 2, **more: object) -> Card:
    """Give a tile."""
    sizes = {"grid_options": {"columns": width}}
    return {"type": "tile", "entity": entity_id, "name": name, **sizes, **more}


def only_while(entity_id: str, state: str) -> list[Card]:
    """Say when a card is shown."""
    return [{"condition": "state", "entity": entity_id, "state": state}]


def button(entity_id: str, name: str, icon: str, color: str = "primary", *, width: int = FULL // 2) -> Card:
    """Give a tile that is pressed, without the time at which it last was."""
    tap = press(entity_id)
    return tile(
        entity_id,
        name,
        width=width,
        icon=icon,
        color=color,
        hide_state=True,
        tap_action=tap,
        icon_tap_action=tap,
    )


def press(entity_id: str) -> Card:
    """Say that a tap presses a button."""
    return {
        "action": "perform-action",
        "perform_action": "button.press",
        "target": {"entity_id": entity_id},
    }


def key(entity_id: str, name: str, icon: str, *, width: int) -> Card:
    """Give a large key."""
    return {
        "type": "button",
        "entity": entity_id,
        "name": name,
        "icon": icon,
        "show_state": False,
        "tap_action": press(entity_id),
        "grid_options": {"columns": width, "rows": 2},
    }


def markdown(content: str, **more: object) -> Card:
    """Give text, which may ask for states."""
    return {"type": "markdown", "content": content, "grid_options": {"columns": FULL, "rows": "auto"}, **more}
