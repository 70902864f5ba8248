"""How a fact about another integration is written down: which of its entities fills which role."""

from collections.abc import Mapping
from dataclasses import dataclass, field
import re
from types import MappingProxyType
from typing import Final

from homeassistant.const import Platform, UnitOfSpeed

from ..roles import Role

SENSOR: Final = Platform.SENSOR
BINARY_SENSOR: Final = Platform.BINARY_SENSOR
NUMBER: Final = Platform.NUMBER
BUTTON: Final = Platform.BUTTON
SWITCH: Final = Platform.SWITCH
MEDIA_PLAYER: Final = Platform.MEDIA_PLAYER
SELECT: Final = Platform.SELECT

ONE_WORD: Final = r"(?P<machine>[^_]+)_(?P<key>.+)"
"""A shape of unique ids: that of an entry, an account or a phone, none of which has an underscore, and the key."""

type Key = tuple[str, str]
"""A domain and what an integration calls the entity there: the end of its unique id, or its translation key.

Both are needed: several integrations give one unique id to entities of different domains.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration:
    """What is known of one integration, or of one that speaks over another's, as many do over MQTT."""

    platform: str
    """The registry's platform. Several integrations may share it; then their unique ids tell them apart."""
    source: str
    """Where the facts were read."""
    unique_id: str
    """A pattern with the groups `machine` and `key`; KEYS in it stands for the keys of the table."""
    roles: Mapping[Role, tuple[Key, ...]]
    """For each role the entities that can fill it, the best first. What fills none is left out on purpose."""
    beside: Mapping[Role, Key] = field(default_factory=lambda: MappingProxyType({}))
    """Roles that hold only where this other entity is there too, because versions of the integration differ."""
    toggles: frozenset[Key] = frozenset()
    """Controls that start a standing belt and halt a moving one, though their names do not say so."""
    speed_unit: UnitOfSpeed | None = None
    """What a speed is written in where the number itself names no unit."""
    is_one_machine: bool = False
    """Whether all entities of a config entry are one machine, though some versions spread them over devices."""

    def keys(self) -> frozenset[Key]:
        """Give every entity that fills a role."""
        return frozenset(key for keys in self.roles.values() for key in keys)

    def pattern(self) -> re.Pattern[str]:
        """Make of the shape of its unique ids a pattern; the longest key is tried first."""
        keys = sorted({name for _, name in self.keys()}, key=len, reverse=True)
        return re.compile(self.unique_id.replace("KEYS", "|".join(map(re.escape, keys))), re.IGNORECASE)
