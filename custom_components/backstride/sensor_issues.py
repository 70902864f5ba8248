"""Repairs about obstacle sensors: what a walk test found stays told until it is no longer so, also over a restart."""

from collections.abc import Iterable, Mapping
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er, issue_registry as ir

from .const import DOMAIN
from .engine.walk_test import Verdict
from .machine.obstacles import Obstacle

SEES_ATHLETE: Final = "sensor_sees_athlete"


def _known(hass: HomeAssistant, source: str) -> str:
    """Give what a sensor keeps when it is renamed."""
    registry = er.async_get(hass)
    entry = registry.async_get(er.async_resolve_entity_id(registry, source) or source)
    return entry.id if entry else source


@callback
def async_note_finding(
    hass: HomeAssistant, place: tuple[str, str], obstacle: Obstacle, name: str, verdict: Verdict
) -> None:
    """Tell of a sensor that sees the athlete, or no more of one that does not; what was not decided changes nothing.

    The place is its id and its name.
    """
    place_id, place_name = place
    sensor = _known(hass, obstacle.entity_id)
    issue_id = f"{SEES_ATHLETE}_{place_id}_{sensor}"
    if verdict is Verdict.CLEAR:
        ir.async_delete_issue(hass, DOMAIN, issue_id)
    elif verdict is Verdict.SEES_ATHLETE:
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue_id,
            data={"place_id": place_id, "sensor": sensor},
            is_fixable=False,
            is_persistent=True,
            severity=ir.IssueSeverity.WARNING,
            translation_key=SEES_ATHLETE,
            translation_placeholders={"sensor": name, "place": place_name},
        )


@callback
def async_drop_findings(hass: HomeAssistant, watching: Mapping[str, Iterable[Obstacle]]) -> None:
    """Tell no more of sensors that none of these places, by their ids, watches with."""
    known = {place_id: {_known(hass, one.entity_id) for one in each} for place_id, each in watching.items()}
    for (domain, issue_id), issue in list(ir.async_get(hass).issues.items()):
        if domain == DOMAIN and issue.translation_key == SEES_ATHLETE and issue.data is not None:
            place_id, sensor = str(issue.data["place_id"]), issue.data["sensor"]
            if sensor not in known.get(place_id, ()):
                ir.async_delete_issue(hass, DOMAIN, issue_id)
