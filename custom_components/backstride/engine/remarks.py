"""What the engine has to say to people: a code and what fills its text, so that it can be said in any language.

The words here are plain English for developers. A remark may hold others: what is wrong with an interval is part of
what is wrong with the notation it stands in.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from types import MappingProxyType
from typing import Final


class Code(StrEnum):
    """Everything there is to say."""

    # An interval makes no sense
    INTERVAL_SECONDS = "interval_seconds"
    INTERVAL_TOO_LONG = "interval_too_long"
    INTERVAL_SPEED = "interval_speed"
    INTERVAL_GRADE = "interval_grade"
    INTERVAL_EFFORT = "interval_effort"
    INTERVAL_STANDING = "interval_standing"
    INTERVAL_GAIT = "interval_gait"
    INTERVAL_CUE = "interval_cue"
    INTERVAL_DATA = "interval_data"
    INTERVAL_FIELD = "interval_field"
    REPEAT = "repeat"
    # A workout makes no sense, or not here
    WORKOUT_EMPTY = "workout_empty"
    WORKOUT_TOO_LONG = "workout_too_long"
    WORKOUT_DATA = "workout_data"
    WORKOUT_FIELD = "workout_field"
    WRONG_PLACE = "wrong_place"
    UNREACHABLE = "unreachable"
    NEAREST = "nearest"
    # It is over what a level allows
    OVER_CEILING = "over_ceiling"
    OVER_SPEED = "over_speed"
    OVER_GRADE = "over_grade"
    OVER_EFFORT = "over_effort"
    OVER_RUN = "over_run"
    OVER_RUN_EFFORT = "over_run_effort"
    OVER_BOUT = "over_bout"
    AT_PLACE = "at_place"
    # Notation cannot be read
    NOTATION = "notation"
    NOTATION_ENDS = "notation_ends"
    NOTATION_TOO_LONG = "notation_too_long"
    NOTATION_DEPTH = "notation_depth"
    EXPECTED_DURATION = "expected_duration"
    EXPECTED_DIRECTION = "expected_direction"
    EXPECTED_DETAIL = "expected_detail"
    EXPECTED_ONCE = "expected_once"
    EXPECTED_QUOTE = "expected_quote"
    EXPECTED_BRACKET = "expected_bracket"
    EXPECTED_END = "expected_end"
    # A command is refused
    ILLEGAL_COMMAND = "illegal_command"
    NOTHING_TO_CONFIRM = "nothing_to_confirm"
    TURN_NOT_SKIPPED = "turn_not_skipped"
    EXTENSION = "extension"
    OVER_LONGEST_BOUT = "over_longest_bout"
    # It may not start yet
    BLOCKED_SESSION_ON = "blocked_session_on"
    BLOCKED_BELT_MOVING = "blocked_belt_moving"
    BLOCKED_OBSTACLE = "blocked_obstacle"
    BLOCKED_SENSOR_UNSAFE = "blocked_sensor_unsafe"
    BLOCKED_LINK_LOST = "blocked_link_lost"
    BLOCKED_BELT_UNSEEN = "blocked_belt_unseen"
    BLOCKED_SPEAKER_LOST = "blocked_speaker_lost"
    BLOCKED_NO_VOICE = "blocked_no_voice"
    BLOCKED_UNCONFIRMED = "blocked_unconfirmed"
    # Why a workout is suggested
    SUGGEST_FIRST = "suggest_first"
    SUGGEST_REPEAT = "suggest_repeat"
    SUGGEST_ONCE_MORE = "suggest_once_more"
    SUGGEST_MORE_TIME = "suggest_more_time"
    SUGGEST_LIGHTER_HANDS = "suggest_lighter_hands"
    SUGGEST_FASTER = "suggest_faster"
    SUGGEST_STEEPER = "suggest_steeper"
    SUGGEST_KEEP = "suggest_keep"
    SUGGEST_STUMBLED = "suggest_stumbled"
    SUGGEST_EMERGENCY = "suggest_emergency"
    SUGGEST_PAIN = "suggest_pain"
    SUGGEST_EFFORT = "suggest_effort"
    SUGGEST_SHORT_BREAK = "suggest_short_break"
    SUGGEST_LONG_BREAK = "suggest_long_break"
    SUGGEST_WEEK_LIMIT = "suggest_week_limit"
    SUGGEST_REST = "suggest_rest"
    SUGGEST_NEW_LEVEL = "suggest_new_level"
    SUGGEST_LEVEL_READY = "suggest_level_ready"
    # Parts of the others
    LIST = "list"
    MINUTES = "minutes"
    MINUTES_AND_SECONDS = "minutes_and_seconds"


WORDS: Final[Mapping[Code, str]] = MappingProxyType(
    {
        Code.INTERVAL_SECONDS: "expected a whole number of seconds, at least 1",
        Code.INTERVAL_TOO_LONG: "expected an interval of at most {longest}",
        Code.INTERVAL_SPEED: "expected a speed above 0 and at most {fastest} km/h",
        Code.INTERVAL_GRADE: "expected a grade between -{steepest} and {steepest} %",
        Code.INTERVAL_EFFORT: "expected an effort from 0 to {hardest}, in whole numbers",
        Code.INTERVAL_STANDING: "expected no speed and no gait for a turn or a rest",
        Code.INTERVAL_GAIT: "expected the sideways gait only where the direction is sideways",
        Code.INTERVAL_CUE: "expected a cue of at most {longest} printable characters",
        Code.INTERVAL_DATA: "expected an interval or a repeat ({problem})",
        Code.INTERVAL_FIELD: "expected no {field} in an interval",
        Code.REPEAT: "expected 1 to {most} repeats of at least one interval",
        Code.WORKOUT_EMPTY: "expected at least one interval",
        Code.WORKOUT_TOO_LONG: "expected at most {most} intervals and {longest} in all",
        Code.WORKOUT_DATA: "expected a workout ({problem})",
        Code.WORKOUT_FIELD: "expected no {field} in a workout",
        Code.WRONG_PLACE: "{workout} is made for {kinds}, not for {place}",
        Code.UNREACHABLE: "expected a time between {shortest} and {longest}",
        Code.NEAREST: "{workout} cannot last {wanted} at this level; the nearest is {nearest}",
        Code.OVER_CEILING: "{workout} is too much for level {level}: {reasons}",
        Code.OVER_SPEED: "{found} km/h backward, this level allows {allowed}",
        Code.OVER_GRADE: "a grade of {found} % backward, this level allows {allowed} %",
        Code.OVER_EFFORT: "an effort of {found}, this level allows {allowed}",
        Code.OVER_RUN: "running or jumping backward here, which this level does not allow",
        Code.OVER_RUN_EFFORT: "a backward run without an effort, this level allows up to {allowed}",
        Code.OVER_BOUT: "{found} s of backward work at a stretch, this level allows {allowed}",
        Code.AT_PLACE: "{place}: {reason}",
        Code.NOTATION: "Column {column}: {reason}, found '{found}'",
        Code.NOTATION_ENDS: "Column {column}: {reason}, found the end",
        Code.NOTATION_TOO_LONG: "expected at most {longest} characters",
        Code.NOTATION_DEPTH: "expected repeats at most {deepest} deep",
        Code.EXPECTED_DURATION: "expected a repeat such as 3x(...) or a duration such as 90s or 2m",
        Code.EXPECTED_DIRECTION: "expected back, fwd, side, turn or rest",
        Code.EXPECTED_DETAIL: (
            'expected @speed, a grade such as 5%, rpe 0-10, confirm, a cue in quotes, ",", ")" or the end'
        ),
        Code.EXPECTED_ONCE: "expected each detail once",
        Code.EXPECTED_QUOTE: "expected a closing quote behind the cue",
        Code.EXPECTED_BRACKET: 'expected "," or ")"',
        Code.EXPECTED_END: 'expected "," or the end',
        Code.ILLEGAL_COMMAND: "A session that is {state} cannot take the command {command}",
        Code.NOTHING_TO_CONFIRM: "Nothing waits for a confirmation now",
        Code.TURN_NOT_SKIPPED: "A turn is never skipped; finish it and confirm",
        Code.EXTENSION: "expected an extension from 1 to {longest} seconds",
        Code.OVER_LONGEST_BOUT: "This level allows {longest} seconds at a stretch",
        Code.BLOCKED_SESSION_ON: "a session is already on here",
        Code.BLOCKED_BELT_MOVING: "{what} measures a belt that is faster than {limit} km/h",
        Code.BLOCKED_OBSTACLE: "{what} sees something in the way",
        Code.BLOCKED_SENSOR_UNSAFE: "{what} says nothing that can be trusted",
        Code.BLOCKED_LINK_LOST: "{what} says nothing of the belt",
        Code.BLOCKED_BELT_UNSEEN: "nothing tells the speed of a belt that is to be steered",
        Code.BLOCKED_SPEAKER_LOST: "{what} cannot be reached, so nobody would hear the cues",
        Code.BLOCKED_NO_VOICE: "{what} has no speech engine to speak with",
        Code.BLOCKED_UNCONFIRMED: "to be confirmed first: {what}",
        Code.SUGGEST_FIRST: "the first time here: short, slow and flat",
        Code.SUGGEST_REPEAT: "the last time was not quite clean: the same again",
        Code.SUGGEST_ONCE_MORE: "that went well: the same once more before anything changes",
        Code.SUGGEST_MORE_TIME: "that went well twice: {minutes} min backward now",
        Code.SUGGEST_LIGHTER_HANDS: "that went well twice: the same with lighter hands on the rails",
        Code.SUGGEST_FASTER: "that went well twice: up to {speed} km/h now",
        Code.SUGGEST_STEEPER: "that went well twice: {grade} % uphill now",
        Code.SUGGEST_KEEP: "this is all that your level allows: keep it up",
        Code.SUGGEST_STUMBLED: "you stumbled last time: slower, with hands on the rails or a wall",
        Code.SUGGEST_EMERGENCY: "the last time ended with an emergency stop: slower, with hands on the rails or a wall",
        Code.SUGGEST_PAIN: "a pain of {pain} last time: half the time, and flat",
        Code.SUGGEST_EFFORT: "an effort of {effort} last time: one step back",
        Code.SUGGEST_SHORT_BREAK: "{days} days off: one step back",
        Code.SUGGEST_LONG_BREAK: "{days} days off: begin again gently",
        Code.SUGGEST_WEEK_LIMIT: "no more than 30 % above the minutes of the week before",
        Code.SUGGEST_REST: "less than 48 hours since hills or running: flat and easy",
        Code.SUGGEST_NEW_LEVEL: "the first time at {level}: as much as before",
        Code.SUGGEST_LEVEL_READY: "you may move to {level} in your settings; until then it goes on like this",
        Code.LIST: "{first}; {rest}",
        Code.MINUTES: "{minutes} min",
        Code.MINUTES_AND_SECONDS: "{minutes} min {seconds} s",
    }
)

type Detail = str | float | Remark | tuple[Remark | StrEnum, ...]
"""A member of a closed set is said by its name, a tuple as a list; any other text is said as it stands."""
type Words = Callable[[StrEnum], str]
"""Gives a code's text with its placeholders, or the name of a member of another closed set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to say, and what fills its text."""

    code: Code
    details: Mapping[str, Detail]

    def __str__(self) -> str:
        """Say it in plain English."""
        return tell(self, english)


def tell(detail: Detail, words: Words) -> str:
    """Say a remark, or several, or what fills the text of one, in the language whose words these are."""
    match detail:
        case Remark():
            filled = {name: tell(inner, words) for name, inner in detail.details.items()}
            return words(detail.code).format_map(filled)
        case StrEnum():
            return words(detail)
        case tuple():
            told = (tell(one, words) for one in detail)
            return reduce(lambda first, rest: words(Code.LIST).format(first=first, rest=rest), told)
        case float():
            return f"{detail:g}"
    return str(detail)


def duration(seconds: int) -> Remark:
    """Say how long something lasts."""
    minutes, rest = divmod(seconds, 60)
    if rest:
        return Remark(code=Code.MINUTES_AND_SECONDS, details={"minutes": minutes, "seconds": rest})
    return Remark(code=Code.MINUTES, details={"minutes": minutes})


def english(member: StrEnum) -> str:
    """Give the words of this file."""
    return WORDS[member] if isinstance(member, Code) else member.replace("_", " ")
