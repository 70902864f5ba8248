"""What a place keeps of how it sounds; data edited by hand must not keep the rest from loading."""

from collections.abc import Iterator, Mapping
from datetime import time
from types import MappingProxyType
from typing import Any, Final

from homeassistant.util import dt as dt_util

from .const import (
    CONF_ANNOUNCE_VOLUME,
    CONF_CUE_KINDS,
    CONF_CUE_STYLE,
    CONF_NIGHT_VOLUME,
    CONF_QUIET_HOURS,
    CONF_SPEAKER_DELAYS,
)
from .engine.cues import CueKind
from .output.chimes import CueStyle
from .output.loudness import Loudness

LONGEST_DELAY: Final = 3.0
"""Seconds between a speaker's fetching a sound and the sound itself; twice the largest buffer that was measured."""


def cue_kinds(data: Mapping[str, Any]) -> frozenset[CueKind]:
    """Read which cues are given; all of them unless somebody chose."""
    chosen = data.get(CONF_CUE_KINDS)
    return frozenset(kind for kind in CueKind if not isinstance(chosen, list | tuple) or kind in chosen)


def cue_style(data: Mapping[str, Any]) -> CueStyle:
    """Read how they are given."""
    return CueStyle.CHIMES if data.get(CONF_CUE_STYLE) == CueStyle.CHIMES else CueStyle.WORDS


def loudness(data: Mapping[str, Any]) -> Loudness:
    """Read volumes and quiet hours. A volume of nothing by day is none: muting is done by a switch that shows it."""
    hours = tuple(_times(data.get(CONF_QUIET_HOURS)))
    quiet_from, quiet_to = hours if len(hours) == 2 else (None, None)  # noqa: PLR2004 - a beginning and an end
    return Loudness(
        normal=_within(data.get(CONF_ANNOUNCE_VOLUME), 1) or None,
        night=_within(data.get(CONF_NIGHT_VOLUME), 1),
        quiet_from=quiet_from,
        quiet_to=quiet_to,
    )


def speaker_delays(data: Mapping[str, Any]) -> Mapping[str, float]:
    """Read by how many seconds each speaker sounds late, as far as somebody said, by the ids that `speakers` has."""
    said = data.get(CONF_SPEAKER_DELAYS)
    delays = {
        speaker: seconds
        for speaker, value in (said.items() if isinstance(said, Mapping) else ())
        if (seconds := _within(value, LONGEST_DELAY)) is not None
    }
    return MappingProxyType(delays)


def _within(value: object, highest: float) -> float | None:
    """Read a number from 0 up."""
    return float(value) if isinstance(value, int | float) and 0 <= value <= highest else None


def _times(value: object) -> Iterator[time]:
    for each in value if isinstance(value, list | tuple) else ():
        if (found := dt_util.parse_time(str(each))) is not None:
            yield found
