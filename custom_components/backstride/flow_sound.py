"""What a place with speakers is asked about how it sounds: which cues and how loud, and how late each speaker is."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import voluptuous as vol

from homeassistant.const import PERCENTAGE, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import BooleanSelector, TimeSelector
from homeassistant.util import dt as dt_util

from . import sound_settings
from .const import (
    CONF_ANNOUNCE_VOLUME,
    CONF_CUE_KINDS,
    CONF_CUE_STYLE,
    CONF_NIGHT_VOLUME,
    CONF_QUIET_HOURS,
    CONF_SPEAKER_DELAYS,
)
from .engine.cues import CueKind
from .flow_data import Form, Problems
from .flow_fields import choice, number
from .naming import name_of
from .output.chimes import CueStyle
from .sound_settings import LONGEST_DELAY

# In a form only: quiet hours as two fields, whether delays are asked for, and the delay of one speaker.
CONF_QUIET_FROM: Final = "quiet_from"
CONF_QUIET_TO: Final = "quiet_to"
CONF_SET_DELAYS: Final = "set_delays"
CONF_DELAY: Final = "delay"

VOLUMES: Final = (CONF_ANNOUNCE_VOLUME, CONF_NIGHT_VOLUME)
KEYS: Final = frozenset(
    {CONF_CUE_STYLE, CONF_CUE_KINDS, *VOLUMES, CONF_QUIET_HOURS, CONF_SPEAKER_DELAYS},
)
"""All that a place keeps only where it has speakers."""

# Boxes, not sliders: a slider cannot be emptied again, and stands at the lowest volume where nothing was chosen.
SOUND: Final = vol.Schema(
    {
        vol.Optional(CONF_CUE_STYLE, default=CueStyle.WORDS.value): choice(CueStyle, "cue_style"),
        vol.Optional(CONF_CUE_KINDS, default=lambda: [kind.value for kind in CueKind]): choice(
            CueKind, "cue_kind", several=True
        ),
        vol.Optional(CONF_ANNOUNCE_VOLUME): number(5, 100, PERCENTAGE),
        vol.Optional(CONF_QUIET_FROM): TimeSelector(),
        vol.Optional(CONF_QUIET_TO): TimeSelector(),
        vol.Optional(CONF_NIGHT_VOLUME): number(0, 100, PERCENTAGE),
    }
)
DELAYS: Final = vol.Schema({vol.Optional(CONF_SET_DELAYS, default=False): BooleanSelector()})
"""Asked of a place that is changed: who sets one up has heard nothing yet."""
SPEAKER: Final = vol.Schema(
    {vol.Optional(CONF_DELAY): number(0, LONGEST_DELAY, UnitOfTime.SECONDS, step=0.05)}
)


class SoundQuestions:
    """How one place sounds, from the speakers that were picked through the form to the answers that are kept."""

    def __init__(self, kept: Mapping[str, Any], *, asks_delays: bool = False) -> None:
        """Begin with what the place keeps."""
        self._kept = kept
        self._asks_delays = asks_delays
        self._is_asked = False
        self._answers: dict[str, Any] | None = None
        self.wants_delays = False
        """Whether somebody wants to be asked how late each speaker is."""

    def pick(self, speakers: Collection[str]) -> None:
        """Take the speakers; without any there is nothing to ask."""
        self._is_asked, self._answers, self.wants_delays = bool(speakers), None, False

    @property
    def is_done(self) -> bool:
        """Whether everything was asked."""
        return not self._is_asked or self._answers is not None

    @property
    def answers(self) -> Mapping[str, Any]:
        """What there is to keep."""
        return self._answers or {}

    @property
    def asked(self) -> Iterable[str]:
        """What was asked for: of this, what has no answer is kept no longer."""
        return KEYS if self._is_asked else ()

    def form(self) -> vol.Schema:
        """Ask about the place."""
        return SOUND.extend(DELAYS.schema) if self._asks_delays else SOUND

    @property
    def shown(self) -> Form:
        """What the form shows as filled in."""
        kept, kinds = sound_settings.loudness(self._kept), sound_settings.cue_kinds(self._kept)
        shown: dict[str, Any] = {
            CONF_CUE_STYLE: sound_settings.cue_style(self._kept).value,
            CONF_CUE_KINDS: [kind.value for kind in CueKind if kind in kinds],
            CONF_ANNOUNCE_VOLUME: _percent(kept.normal),
            CONF_NIGHT_VOLUME: _percent(kept.night),
            CONF_QUIET_FROM: kept.quiet_from and kept.quiet_from.isoformat(),
            CONF_QUIET_TO: kept.quiet_to and kept.quiet_to.isoformat(),
        }
        return {key: value for key, value in shown.items() if value is not None}

    def take(self, form: Form) -> Problems:
        """Take the answers, or tell what does not fit."""
        if problems := _quiet_problems(form):
            return problems
        answers = {key: form[key] for key in (CONF_CUE_STYLE, CONF_CUE_KINDS)}
        answers |= {key: round(form[key] / 100, 4) for key in VOLUMES if key in form}
        if CONF_QUIET_FROM in form:
            answers[CONF_QUIET_HOURS] = [form[CONF_QUIET_FROM], form[CONF_QUIET_TO]]
        self._answers, self.wants_delays = answers, form.get(CONF_SET_DELAYS, False)
        return {}


class DelayQuestions:
    """How late each speaker of one place sounds, asked of one after the other."""

    def __init__(self, hass: HomeAssistant, kept: Mapping[str, Any]) -> None:
        """Begin with what the place keeps, its speakers as they are called today."""
        self._hass = hass
        self._kept = sound_settings.speaker_delays(kept)
        self._delays: dict[str, float] = {}
        self._to_ask: tuple[str, ...] = ()
        self._at = 0

    def pick(self, speakers: Iterable[str], *, asks: bool) -> None:
        """Take the speakers, and whether to ask about them; what is kept of others is forgotten."""
        registry = er.async_get(self._hass)
        named = dict.fromkeys(er.async_resolve_entity_id(registry, each) or each for each in speakers)
        self._delays = {each: self._kept[each] for each in named if each in self._kept}
        self._to_ask, self._at = tuple(named) if asks else (), 0

    @property
    def is_done(self) -> bool:
        """Whether all were asked about."""
        return self._at == len(self._to_ask)

    @property
    def answers(self) -> Mapping[str, Any]:
        """What there is to keep."""
        return {CONF_SPEAKER_DELAYS: self._delays} if self._delays else {}

    @property
    def shown(self) -> Form:
        """What the form shows of the next speaker."""
        return {CONF_DELAY: self._delays[self._next]} if self._next in self._delays else {}

    @property
    def words(self) -> dict[str, str]:
        """What the form says of this very speaker."""
        return {
            "speaker": name_of(self._hass, self._next),
            "number": str(self._at + 1),
            "count": str(len(self._to_ask)),
        }

    def take(self, form: Form) -> None:
        """Take how late the speaker is; an emptied field leaves that to what is learned."""
        self._delays.pop(self._next, None)
        if CONF_DELAY in form:
            self._delays[self._next] = form[CONF_DELAY]
        self._at += 1

    @property
    def _next(self) -> str:
        return self._to_ask[self._at]


def _percent(volume: float | None) -> float | None:
    return None if volume is None else round(volume * 100, 2)


def _quiet_problems(form: Form) -> Problems:
    """Check what the fields of quiet hours cannot check by themselves."""
    missing = [key for key in (CONF_QUIET_FROM, CONF_QUIET_TO) if key not in form]
    if len(missing) == 1:
        return {missing[0]: "quiet_needs_both"}
    if missing:
        return {CONF_NIGHT_VOLUME: "night_needs_hours"} if CONF_NIGHT_VOLUME in form else {}
    begin, end = (dt_util.parse_time(form[key]) for key in (CONF_QUIET_FROM, CONF_QUIET_TO))
    return {CONF_QUIET_TO: "quiet_is_nothing"} if begin == end else {}
