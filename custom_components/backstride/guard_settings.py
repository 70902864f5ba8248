"""How a place's obstacle sensors are set up, read from what is stored."""

from collections.abc import Iterable, Iterator, Mapping
import math
from typing import Any

from homeassistant.const import CONF_ENTITY_ID

from .const import CONF_BELOW, CONF_REACTION, CONF_STALE_AFTER
from .engine.guard import Reaction
from .engine.sight import BELOW_M
from .machine.obstacles import Obstacle


def obstacles(data: Iterable[Mapping[str, Any]]) -> Iterator[Obstacle]:
    """Read obstacle sensors; data edited by hand must not keep the rest from loading, and least of all unguard it."""
    for one in data:
        if entity_id := one.get(CONF_ENTITY_ID):
            reaction = one.get(CONF_REACTION, Reaction.REMIND)
            yield Obstacle(
                entity_id=entity_id,
                below_m=_positive(one.get(CONF_BELOW)) or BELOW_M,
                stale_after_s=_positive(one.get(CONF_STALE_AFTER)),
                reaction=Reaction(reaction) if reaction in set(Reaction) else Reaction.HOLD,
            )


def _positive(value: object) -> float | None:
    """Read a number above zero; what was edited by hand may be anything."""
    return value if isinstance(value, int | float) and 0 < value < math.inf else None
