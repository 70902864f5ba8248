"""The written forms of a workout: the short notation, read and written, and the data it stands for.

    workout  = item ("," item)*
    item     = times "x" "(" workout ")" | interval
    interval = [part] duration direction [gait] detail*
    part     = "warmup" | "cooldown"
    duration = 90s | 2m | 2m30s | 1.5m
    detail   = "@" speed ["km/h" | "mph"] | grade "%" | "rpe" effort | "confirm" | "a cue in quotes"

This module knows text only. What the numbers may be is decided by the values in `workout`, which `read` is handed
as `check`, so that an impossible interval is refused at its own column.
"""

from collections.abc import Callable
from decimal import Decimal
import re
from typing import Final, NotRequired, TypedDict, cast, final

from .errors import InvalidWorkout, NotationError
from .remarks import Code, Detail, Remark


@final
class IntervalData(TypedDict):
    """One interval as YAML, storage and forms hold it; what is left out goes without saying."""

    direction: str
    seconds: int
    gait: NotRequired[str]
    speed_kmh: NotRequired[float]
    grade_percent: NotRequired[float]
    effort: NotRequired[int]
    cue: NotRequired[str]
    ends: NotRequired[str]
    part: NotRequired[str]


@final
class RepeatData(TypedDict):
    """A repeat as data."""

    repeat: int
    intervals: list[ItemData]


type ItemData = IntervalData | RepeatData

KMH_PER_MPH: Final = 1.609344
LONGEST_TEXT: Final = 8000
"""Characters; more than the most intervals a workout may have would need in sensible use."""
DEEPEST: Final = 4
"""Repeats inside repeats; nobody counts further, and the reader calls itself."""

DIRECTION_WORDS: Final = {
    "back": "backward",
    "backward": "backward",
    "fwd": "forward",
    "forward": "forward",
    "side": "sideways",
    "sideways": "sideways",
    "turn": "turn",
    "rest": "rest",
}
GAIT_WORDS: Final = {"walk": "walk", "run": "run", "shuffle": "sideways", "jump": "none"}
PART_WORDS: Final = {"warmup": "warm_up", "cooldown": "cool_down"}
_WORD_FOR: Final = {
    "backward": "back",
    "forward": "fwd",
    "sideways": "side",
    "turn": "turn",
    "rest": "rest",
    "walk": "walk",
    "run": "run",
    "none": "jump",
    "warm_up": "warmup",
    "cool_down": "cooldown",
}
UNMARKED_GAIT: Final = {
    "backward": "walk",
    "forward": "walk",
    "sideways": "sideways",
    "turn": "none",
    "rest": "none",
}

_REPEAT: Final = re.compile(r"(\d{1,3})\s*[x×]\s*\(", re.IGNORECASE)  # noqa: RUF001 - both are typed
_MINUTES: Final = re.compile(r"(\d+(?:\.\d+)?)\s*m(?:in)?(?![a-z])", re.IGNORECASE)
_SECONDS: Final = re.compile(r"(\d+)\s*s(?:ec)?(?![a-z])", re.IGNORECASE)
_WORD: Final = re.compile(r"[a-z]+", re.IGNORECASE)
_COMMA: Final = re.compile(",")
_CLOSE: Final = re.compile(r"\)")


def _speed(match: re.Match[str]) -> float:
    mph = (match[2] or "").lower() == "mph"
    return round(float(match[1]) * KMH_PER_MPH, 2) if mph else float(match[1])


_DETAILS: Final[tuple[tuple[re.Pattern[str], str, Callable[[re.Match[str]], object]], ...]] = (
    (re.compile(r"@\s*(\d+(?:\.\d+)?)\s*(km/?h|mph)?(?![a-z])", re.IGNORECASE), "speed_kmh", _speed),
    (re.compile(r"([+-]?\d+(?:\.\d+)?)\s*%"), "grade_percent", lambda match: float(match[1])),
    (re.compile(r"rpe\s*(\d{1,2})(?![\d.])", re.IGNORECASE), "effort", lambda match: int(match[1])),
    (re.compile(r"confirm(?![a-z])", re.IGNORECASE), "ends", lambda _: "confirmed"),
    (re.compile(r'"((?:[^"\\]|\\.)*)"'), "cue", lambda match: re.sub(r"\\(.)", r"\1", match[1])),
)


def read(text: str, *, check: Callable[[ItemData], object]) -> list[ItemData]:
    """Turn notation into data; `check` raises InvalidWorkout for an item that makes no sense."""
    if len(text) > LONGEST_TEXT:
        raise InvalidWorkout(Code.NOTATION_TOO_LONG, longest=LONGEST_TEXT)
    reader = _Reader(text, check)
    items = reader.items(depth=0)
    if not reader.at_end:
        raise reader.error(Code.EXPECTED_END)
    return items


class _Reader:
    """A place in the text, moving right."""

    def __init__(self, text: str, check: Callable[[ItemData], object]) -> None:
        self._text = text
        self._check = check
        self._at = len(text) - len(text.lstrip())

    @property
    def at_end(self) -> bool:
        return self._at == len(self._text)

    def error(self, code: Code, column: int | None = None, **details: Detail) -> NotationError:
        """Point at what stands here, or at an earlier column."""
        return self.error_at(self._at if column is None else column, Remark(code=code, details=details))

    def error_at(self, at: int, reason: Remark) -> NotationError:
        """Point at a column for any reason."""
        found = self._text[at : at + 20].split(maxsplit=1)
        return NotationError(at + 1, reason, found[0] if found else "")

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Step over what matches here, and over the space behind it."""
        if match := pattern.match(self._text, self._at):
            rest = self._text[match.end() :]
            self._at = len(self._text) - len(rest.lstrip())
        return match

    def take_word(self, words: dict[str, str]) -> str | None:
        """Step over one of these words; any other word stays where it is."""
        here = self._at
        if (match := self.take(_WORD)) and (meaning := words.get(match[0].lower())):
            return meaning
        self._at = here
        return None

    def items(self, depth: int) -> list[ItemData]:
        items = [self.item(depth)]
        while self.take(_COMMA):
            items.append(self.item(depth))
        return items

    def item(self, depth: int) -> ItemData:
        column = self._at
        item: ItemData
        if match := self.take(_REPEAT):
            if depth == DEEPEST:
                raise self.error(Code.NOTATION_DEPTH, column, deepest=DEEPEST)
            item = {"repeat": int(match[1]), "intervals": self.items(depth + 1)}
            if not self.take(_CLOSE):
                raise self.error(Code.EXPECTED_BRACKET)
        else:
            item = self.interval()
        try:
            self._check(item)
        except InvalidWorkout as error:
            raise self.error_at(column, error.remark) from error
        return item

    def interval(self) -> IntervalData:
        part = self.take_word(PART_WORDS)
        seconds = self.duration()
        direction = self.take_word(DIRECTION_WORDS)
        if not direction:
            raise self.error(Code.EXPECTED_DIRECTION)
        found: dict[str, object] = {"direction": direction, "seconds": seconds}
        if gait := self.take_word(GAIT_WORDS):
            found["gait"] = gait
        if part:
            found["part"] = part
        while not self.at_end and self._text[self._at] not in ",)":
            self.detail(found)
        return cast(IntervalData, found)

    def duration(self) -> int:
        minutes = self.take(_MINUTES)
        seconds = self.take(_SECONDS)
        if not minutes and not seconds:
            raise self.error(Code.EXPECTED_DURATION)
        return round(60 * float(minutes[1] if minutes else 0)) + int(seconds[1] if seconds else 0)

    def detail(self, found: dict[str, object]) -> None:
        """Read one detail; each may be given once."""
        column = self._at
        for pattern, key, meaning in _DETAILS:
            if match := self.take(pattern):
                if key in found:
                    raise self.error(Code.EXPECTED_ONCE, column)
                found[key] = meaning(match)
                return
        if self._text[column] == '"':
            raise self.error(Code.EXPECTED_QUOTE, column)
        raise self.error(Code.EXPECTED_DETAIL)


def write(items: list[ItemData]) -> str:
    """Turn data into notation."""
    return ", ".join(
        f"{item['repeat']}x({write(item['intervals'])})" if "repeat" in item else _write_interval(item)
        for item in items
    )


def _write_interval(data: IntervalData) -> str:
    direction = data["direction"]
    gait = data.get("gait", UNMARKED_GAIT[direction])
    minutes, seconds = divmod(data["seconds"], 60)
    words = [
        _WORD_FOR[data["part"]] if data.get("part", "main") in _WORD_FOR else "",
        (f"{minutes}m" if minutes else "") + (f"{seconds}s" if seconds else ""),
        _WORD_FOR[direction],
        "" if gait == UNMARKED_GAIT[direction] else _WORD_FOR[gait],
        f"@{_number(data['speed_kmh'])}" if "speed_kmh" in data else "",
        f"{_number(data['grade_percent'])}%" if data.get("grade_percent") else "",
        f"rpe {data['effort']}" if "effort" in data else "",
        "confirm" if data.get("ends") == "confirmed" else "",
        '"' + re.sub(r'(["\\])', r"\\\1", data["cue"]) + '"' if data.get("cue") else "",
    ]
    return " ".join(word for word in words if word)


def _number(value: float) -> str:
    """Write a number so that it reads back the same, never as 1e-05."""
    return format(Decimal(repr(value)), "f").removesuffix(".0")
