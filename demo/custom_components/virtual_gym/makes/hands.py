"""What makes have in common that is no part of a machine: hands in the room, and faults a tester can choose."""

from functools import partial
from typing import Final

from homeassistant.const import EntityCategory

from ..belt import NUDGE, Belt
from ..descriptions import GymButtonDescription, GymSelectDescription, GymSwitchDescription
from ..manners import KEYS, Manner
from ..treadmill import Link, Treadmill

CONSOLE: Final = (
    *(
        GymButtonDescription[Treadmill](
            key=f"console_{key}",
            entity_category=EntityCategory.CONFIG,
            press_fn=partial(Treadmill.async_do, deed=deed),
        )
        for key, deed in KEYS.items()
    ),
    GymButtonDescription[Treadmill](
        key="console_faster",
        entity_category=EntityCategory.CONFIG,
        press_fn=lambda treadmill: treadmill.async_do(lambda belt: belt.nudge(NUDGE)),
    ),
    GymButtonDescription[Treadmill](
        key="console_slower",
        entity_category=EntityCategory.CONFIG,
        press_fn=lambda treadmill: treadmill.async_do(lambda belt: belt.nudge(-NUDGE)),
    ),
)
SAFETY_KEY: Final = GymSwitchDescription[Treadmill](
    key="safety_key",
    is_on_fn=lambda treadmill: treadmill.belt.key_in,
    turn_on_fn=lambda treadmill: treadmill.async_do(Belt.insert_key),
    turn_off_fn=lambda treadmill: treadmill.async_do(Belt.pull_key),
)
LINK: Final = GymSwitchDescription[Link](
    key="link",
    always=True,
    entity_category=EntityCategory.CONFIG,
    is_on_fn=lambda link: link.is_up,
    turn_on_fn=lambda link: link.async_connect(is_up=True),
    turn_off_fn=lambda link: link.async_connect(is_up=False),
)
MANNERS: Final = GymSelectDescription[Link](
    key="manners",
    always=True,
    entity_category=EntityCategory.CONFIG,
    options=list(Manner),
    current_fn=lambda link: link.manner,
    choose_fn=lambda link, option: link.async_behave(Manner(option)),
)
