"""What a place is asked about the sensors that watch behind: which, and then for each what is near and what it leads to."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, override

import voluptuous as vol

from homeassistant.const import CONF_ENTITY_ID, Platform, UnitOfLength, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import EntitySelector, EntitySelectorConfig

from .const import CONF_BELOW, CONF_OBSTACLES, CONF_REACTION, CONF_STALE_AFTER
from .engine.guard import Reaction
from .engine.sight import BELOW_M, Kind
from .flow_data import Form, Problems
from .flow_fields import choice, number
from .machine.watchers import candidates, is_own, kind
from .naming import name_of

POSITIVE: Final = (CONF_BELOW, CONF_STALE_AFTER)


class _Offered(EntitySelector):
    """Offers some entities only; what else arrives is refused in words by whoever takes the form."""

    @override
    def __call__(self, data: object) -> str | list[str]:
        return EntitySelector(
            EntitySelectorConfig(domain=[Platform.BINARY_SENSOR, Platform.SENSOR], multiple=True)
        )(data)


def obstacles_field(hass: HomeAssistant, kept: Iterable[str]) -> EntitySelector:
    """Ask which sensors watch: those there are, and those that are kept whatever they are now."""
    offered = [*candidates(hass), *kept]
    return _Offered(EntitySelectorConfig(include_entities=list(dict.fromkeys(offered)), multiple=True))


def obstacle_form(what: Kind | None) -> vol.Schema:
    """Ask about one sensor, and only what makes sense of its kind."""
    fields: dict[vol.Marker, Any] = {}
    if what is Kind.DISTANCE:
        fields[vol.Required(CONF_BELOW, default=BELOW_M)] = number(0, 10, UnitOfLength.METERS, 0.1)
        fields[vol.Optional(CONF_STALE_AFTER)] = number(0, 3600, UnitOfTime.SECONDS)
    fields[vol.Required(CONF_REACTION, default=Reaction.REMIND.value)] = choice(Reaction, "reaction")
    return vol.Schema(fields)


class ObstacleQuestions:
    """The sensors of one place, from the form that picks them through one form for each to the answers that are kept."""

    def __init__(self, hass: HomeAssistant, kept: Iterable[Mapping[str, Any]] | None) -> None:
        """Begin with what the place keeps."""
        self._hass = hass
        self._registry = er.async_get(hass)
        found = {self._resolve(one.get(CONF_ENTITY_ID) or ""): dict(one) for one in kept or ()}
        self._kept = {entity_id: one for entity_id, one in found.items() if entity_id}
        self._picked: list[str] = []
        self.answers: list[dict[str, Any]] = []
        """What there is to keep, by entity id."""

    # Which sensors

    def field(self) -> EntitySelector:
        """Ask which sensors watch."""
        return obstacles_field(self._hass, self._kept)

    def pick(self, form: Form) -> Problems:
        """Take the sensors, or tell what does not fit."""
        self.answers = []
        named = [self._resolve(each) for each in form[CONF_OBSTACLES]]
        self._picked = [each for each in named if each is not None]
        if any(is_own(self._hass, each) for each in self._picked):
            return {CONF_OBSTACLES: "own_entity"}
        if len(set(self._picked)) < len(self._picked):
            return {CONF_OBSTACLES: "entity_twice"}
        new = [each for each in self._picked if each not in self._kept]
        if None in named or any(kind(self._hass, each) is None for each in new):
            return {CONF_OBSTACLES: "cannot_watch"}
        return {}

    # What of each

    @property
    def is_done(self) -> bool:
        """Whether all were asked about."""
        return len(self.answers) == len(self._picked)

    def form(self) -> vol.Schema:
        """Ask about the next sensor."""
        return obstacle_form(self._kind)

    @property
    def shown(self) -> Form:
        """What the form shows as filled in: what is kept of this sensor."""
        kept = dict(self._kept.get(self._next, {}))
        if CONF_REACTION in kept and kept[CONF_REACTION] not in set(Reaction):
            # What somebody wrote by hand and nobody understands holds, and must not come out as a reminder.
            kept[CONF_REACTION] = Reaction.HOLD.value
        return kept

    @property
    def words(self) -> dict[str, str]:
        """What the form says of this very sensor."""
        return {
            "sensor": name_of(self._hass, self._next),
            "number": str(len(self.answers) + 1),
            "count": str(len(self._picked)),
        }

    def take(self, form: Form) -> Problems:
        """Take the answers about one sensor, or tell what does not fit; what was not asked stays as it is kept."""
        if problems := {key: "not_positive" for key in POSITIVE if key in form and form[key] <= 0}:
            return problems
        asked = {str(field) for field in self.form().schema}
        kept = {key: value for key, value in self._kept.get(self._next, {}).items() if key not in asked}
        self.answers.append({**kept, CONF_ENTITY_ID: self._next, **form})
        return {}

    @property
    def _next(self) -> str:
        return self._picked[len(self.answers)]

    @property
    def _kind(self) -> Kind | None:
        return kind(self._hass, self._next)

    def _resolve(self, source: str) -> str | None:
        return er.async_resolve_entity_id(self._registry, source)
