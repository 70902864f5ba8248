"""Proposes which entity of a machine is there for what, so that a person picks a device once.

Where the integration is known, its entities are told by platform, domain and unique id, else by their device class, unit
and words. The proposal is shown in the form and can be corrected there; nothing is used that nobody confirmed.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ...const import DOMAIN
from ..roles import Role
from ..vocabulary import in_common, words_of
from . import siblings
from .candidate import Candidate
from .guesses import GUESSES, PLUG

ANY_WILL_DO: Final = frozenset({Role.HEART_RATE, Role.STEPS})
"""Roles in which one that is enabled is better than a better one that is not: all of them count the same.

In others a second choice is something else, such as an average speed, and the first is worth enabling.
"""

type Ranked = tuple[int, Candidate]
"""A candidate, and how well it fills a role; 0 is best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is proposed for a machine, and what somebody has to do about it."""

    roles: Mapping[Role, str] = field(default_factory=lambda: MappingProxyType({}))
    """The entity for each role that one was found for. One entity may have several."""
    disabled: frozenset[Role] = frozenset()
    """Roles whose entity has to be enabled first."""
    unavailable: frozenset[Role] = frozenset()
    """Roles whose entity cannot be read just now, as some controls while the belt stands."""


@callback
def propose_roles(
    hass: HomeAssistant, device_id: str | None = None, *, entity_id: str | None = None
) -> dict[Role, str]:
    """Propose an entity for each role a machine can fill; see `propose`."""
    return dict(propose(hass, device_id, entity_id=entity_id).roles)


@callback
def propose(hass: HomeAssistant, device_id: str | None = None, *, entity_id: str | None = None) -> Proposal:
    """Propose entities for the roles of a device, or of what belongs with an entity where it has no device."""
    found = _choose(_candidates(hass, device_id, entity_id))
    return Proposal(
        roles=MappingProxyType({role: candidate.entity_id for role, candidate in found.items()}),
        disabled=frozenset(role for role, candidate in found.items() if candidate.is_disabled),
        unavailable=frozenset(role for role, candidate in found.items() if candidate.is_unavailable),
    )


@callback
def look_at(hass: HomeAssistant, roles: Mapping[Role, str]) -> Proposal:
    """Tell of entities that somebody chose what a proposal tells of those it found."""
    registry = er.async_get(hass)
    entries = {role: registry.async_get(entity_id) for role, entity_id in roles.items()}
    disabled = frozenset(role for role, entry in entries.items() if entry and entry.disabled)
    states = {role: hass.states.get(roles[role]) for role in roles.keys() - disabled}
    return Proposal(
        roles=MappingProxyType(dict(roles)),
        disabled=disabled,
        unavailable=frozenset(
            role for role, state in states.items() if state is None or state.state == STATE_UNAVAILABLE
        ),
    )


def _candidates(hass: HomeAssistant, device_id: str | None, entity_id: str | None) -> list[Candidate]:
    if device_id is not None:
        entries = siblings.of_device(hass, device_id)
    elif entity_id is None:
        return []
    elif picked := er.async_get(hass).async_get(entity_id):
        entries = siblings.of_entity(hass, picked)
    else:
        return [Candidate.of_state(state)] if (state := hass.states.get(entity_id)) else []
    entries = [entry for entry in entries if entry.platform != DOMAIN]  # or a place would listen to itself
    machine = in_common(entry.unique_id for entry in entries)
    name = in_common(entry.original_name for entry in entries)
    return [Candidate.of_entry(hass, entry, words_of(entry, machine, name)) for entry in entries]


def _choose(candidates: list[Candidate]) -> dict[Role, Candidate]:
    """Fill each role by what is known, else by a guess among those that nothing is known of."""
    found: dict[Role, Candidate] = {}
    for role in Role:  # speed first: some guesses mean something only beside one
        ranked = list(_known(role, candidates)) or list(_guessed(role, candidates, found))
        if ranked:
            found[role] = min(ranked, key=_order(role))[1]
    if not found and (meter := next(filter(PLUG.fits, candidates), None)):
        found[Role.BELT_RUNNING] = meter
    return found


def _known(role: Role, candidates: list[Candidate]) -> Iterator[Ranked]:
    keys = {candidate.known.key for candidate in candidates if candidate.known}
    for candidate in candidates:
        if (known := candidate.known) and (rank := known.rank(role)) is not None:
            beside = known.integration.beside.get(role)
            if beside is None or beside in keys:
                yield rank, candidate


def _guessed(role: Role, candidates: list[Candidate], found: Container[Role]) -> Iterator[Ranked]:
    for rank, guess in enumerate(GUESSES[role]):
        if guess.beside is None or guess.beside in found:
            yield from ((rank, each) for each in candidates if each.known is None and guess.fits(each))


def _order(role: Role) -> Callable[[Ranked], tuple[float, ...]]:
    """Put the best first; of equals the one with the shortest name, which says nothing more than what is wanted."""

    def order(ranked: Ranked) -> tuple[float, ...]:
        rank, candidate = ranked
        first = (candidate.is_disabled, rank) if role in ANY_WILL_DO else (rank, candidate.is_disabled)
        return (*first, len(candidate.words))

    return order
