"""What an entity of an unknown integration has to be for each role: by device class and unit first, then by its words.

A guess rather finds nothing than something that is not so: what is proposed may end up moving a belt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
import re
from types import MappingProxyType
from typing import Final

from homeassistant.const import PERCENTAGE, Platform, UnitOfLength, UnitOfSpeed

from ..catalog.integration import BINARY_SENSOR, BUTTON, MEDIA_PLAYER, NUMBER, SELECT, SENSOR, SWITCH
from ..roles import Role
from ..vocabulary import (
    AVERAGE,
    BELT,
    DIRECTION,
    DISTANCE,
    HEART,
    INCLINE,
    LIMIT,
    MOVES,
    NOT_THE_BELT,
    OTHER_TIME,
    PAUSE,
    RUNNING_STATES,
    SPEED,
    STANDING_STATES,
    START,
    STATE,
    STEPS,
    STOP,
    TOGGLE,
    WISH,
)
from .candidate import Candidate

BPM: Final = frozenset({"bpm", "BPM", "beats/min", "beats per minute", "count/min", "1/min"})
"""Home Assistant has no device class and no unit for a heart rate. Breaths are counted in some of these too."""
STEP_UNITS: Final = frozenset({"steps", "step", "Steps", "Schritte", "pas", "pasos", "passi", "stappen"})
SPEEDS: Final = frozenset(UnitOfSpeed) - {UnitOfSpeed.BEAUFORT}
FAR: Final = frozenset(
    {UnitOfLength.METERS, UnitOfLength.KILOMETERS, UnitOfLength.MILES, UnitOfLength.FEET, UnitOfLength.YARDS}
)
"""What a belt's way is told in; centimetres and millimetres are a radar's, or a stride."""
COUNTS: Final = frozenset({"total", "total_increasing", None})
NONE: Final = frozenset({None})
WAYS: Final = frozenset({"forward", "backward"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What an entity has to be; whatever is not said may be anything."""

    domain: Platform
    says: re.Pattern[str] | None = None
    never: str | None = None
    """A pattern of words that belong to something else."""
    classes: frozenset[str | None] | None = None
    units: frozenset[str | None] | None = None
    state_classes: frozenset[str | None] | None = None
    values: frozenset[str] | None = None
    """States of which it must have one."""
    beside: Role | None = None
    """A role that something of the same device must fill, or else this means nothing."""

    def fits(self, candidate: Candidate) -> bool:
        """Tell whether an entity is such a one. What is there to configure is neither reading nor control."""
        return (
            candidate.domain == self.domain
            and not candidate.is_configuration
            and (self.says is None or self.says.search(candidate.words) is not None)
            and (self.never is None or re.search(self.never, candidate.words) is None)
            and (self.classes is None or candidate.device_class in self.classes)
            and (self.units is None or candidate.unit in self.units)
            and (self.state_classes is None or candidate.state_class in self.state_classes)
            and (self.values is None or not self.values.isdisjoint(candidate.values))
        )


def _or(*patterns: str) -> str:
    return "|".join(patterns)


_NOT_A_SPEED: Final = _or(WISH, LIMIT, r"\bwind\b|\bgust|\bfan\b|download|upload|\bstride|\bstep")
_NOT_A_WAY: Final = _or(
    *(WISH, LIMIT, AVERAGE, OTHER_TIME),
    r"remaining|elevation|altitude|climb|height|hohe|\bstride|\bstep|\bmoving|\bstill|\bstatic|detection",
)
_NOT_A_PULSE: Final = _or(
    *(WISH, LIMIT, AVERAGE, OTHER_TIME),
    r"\brest|ruhe|\brepos|riposo|\brust|variab|\bhrv\b|recover|erholung|\bresp|breath|atem|sleep|schlaf|\bzone|alarm"
    r"|\bage\b|score|balance|baseline|threshold|schwelle|burden|reserve|wave",
)
_NOT_STEPS: Final = _or(
    *(WISH, LIMIT, AVERAGE, OTHER_TIME),
    r"\brate\b|cadence|kadenz|frequenz|length|lange\b|\bsize|\bper\b|\bstride|remaining|distan|\bspeed",
)
_NOT_A_SETPOINT: Final = _or(
    LIMIT, r"\bfan\b|\bwind\b|vibrat|\bstart\b|initial|default|preset|warm|\bcool|\bramp|volume|\bstep"
)
_NOT_ITS_OWN: Final = _or(NOT_THE_BELT, TOGGLE.pattern)
"""What keeps a button from doing one thing only."""
_BELT_SWITCH: Final = Guess(domain=SWITCH, says=BELT, never=NOT_THE_BELT, beside=Role.SPEED)
"""Without a speed beside it, it is more likely the plug, and cutting a belt's power is no way to stop it."""
_PLAYER: Final = Guess(domain=MEDIA_PLAYER, says=BELT, never=NOT_THE_BELT, beside=Role.SPEED)
_SELECT: Final = Guess(
    domain=SELECT, says=BELT, values=frozenset({"stop", "stopped"}), never=NOT_THE_BELT, beside=Role.SPEED
)
_TOGGLE: Final = Guess(domain=BUTTON, says=TOGGLE, never=NOT_THE_BELT)

GUESSES: Final[Mapping[Role, tuple[Guess, ...]]] = MappingProxyType(
    {
        Role.SPEED: (
            Guess(
                domain=SENSOR, classes=frozenset({"speed"}), units=SPEEDS, never=_or(_NOT_A_SPEED, AVERAGE)
            ),
            Guess(domain=SENSOR, classes=NONE, units=SPEEDS, says=SPEED, never=_or(_NOT_A_SPEED, AVERAGE)),
            Guess(
                domain=SENSOR,
                classes=frozenset({"speed", None}),
                units=SPEEDS,
                says=SPEED,
                never=_NOT_A_SPEED,
            ),
        ),
        Role.DISTANCE: (
            Guess(
                domain=SENSOR,
                classes=frozenset({"distance"}),
                units=FAR,
                state_classes=COUNTS,
                never=_or(_NOT_A_WAY, r"total|lifetime|odometer|daily|today|gesamt"),
            ),
            Guess(
                domain=SENSOR,
                classes=frozenset({"distance"}),
                units=FAR,
                state_classes=COUNTS,
                never=_NOT_A_WAY,
            ),
            Guess(domain=SENSOR, says=DISTANCE, units=FAR, never=_NOT_A_WAY, beside=Role.SPEED),
        ),
        Role.INCLINE: (
            Guess(
                domain=SENSOR,
                says=INCLINE,
                units=frozenset({PERCENTAGE}),
                never=_or(WISH, LIMIT, AVERAGE, r"\blevel"),
            ),
        ),
        Role.HEART_RATE: (
            Guess(domain=SENSOR, says=HEART, units=BPM, never=_NOT_A_PULSE),
            Guess(domain=SENSOR, says=HEART, units=NONE, classes=NONE, never=_NOT_A_PULSE),
        ),
        Role.STEPS: (
            Guess(domain=SENSOR, units=STEP_UNITS, never=_NOT_STEPS),
            Guess(domain=SENSOR, says=STEPS, units=NONE, classes=NONE, never=_NOT_STEPS),
        ),
        Role.BELT_RUNNING: (
            Guess(
                domain=SENSOR,
                says=re.compile(_or(STATE.pattern, BELT.pattern)),
                classes=frozenset({"enum", None}),
                units=NONE,
                values=RUNNING_STATES | STANDING_STATES,
                never=_or(NOT_THE_BELT, r"training|\bmode\b"),
            ),
            Guess(domain=BINARY_SENSOR, classes=frozenset({"running"}), never=NOT_THE_BELT),
            Guess(
                domain=BINARY_SENSOR,
                says=re.compile(_or(BELT.pattern, MOVES.pattern)),
                classes=frozenset({"moving", None}),
                never=_or(NOT_THE_BELT, PAUSE.pattern, r"\btarget"),
            ),
            _BELT_SWITCH,
            _PLAYER,
        ),
        Role.SET_SPEED: (
            Guess(domain=NUMBER, classes=frozenset({"speed"}), never=_NOT_A_SETPOINT),
            Guess(domain=NUMBER, units=SPEEDS, never=_NOT_A_SETPOINT),
            Guess(domain=NUMBER, says=SPEED, units=NONE, classes=NONE, never=_NOT_A_SETPOINT),
        ),
        Role.SET_INCLINE: (
            Guess(domain=NUMBER, says=INCLINE, units=frozenset({PERCENTAGE}), never=_NOT_A_SETPOINT),
        ),
        Role.START: (
            Guess(domain=BUTTON, says=START, never=NOT_THE_BELT),
            _BELT_SWITCH,
            _PLAYER,
            _SELECT,
            _TOGGLE,
        ),
        Role.STOP: (
            Guess(domain=BUTTON, says=STOP, never=_NOT_ITS_OWN),
            _BELT_SWITCH,
            _PLAYER,
            _SELECT,
            _TOGGLE,
        ),
        Role.PAUSE: (
            Guess(domain=BUTTON, says=PAUSE, never=_NOT_ITS_OWN),
            Guess(domain=SWITCH, says=PAUSE, never=NOT_THE_BELT),
            _PLAYER,
            replace(_SELECT, values=frozenset({"pause", "paused"})),
            Guess(domain=BUTTON, says=TOGGLE, never=_or(NOT_THE_BELT, r"\bstop")),
        ),
        Role.DIRECTION: (Guess(domain=SENSOR, says=DIRECTION, values=WAYS),),
    }
)

PLUG: Final = Guess(domain=SENSOR, classes=frozenset({"power"}))
"""What a plug with a meter tells of a machine that tells nothing itself."""
