"""The short notation says what it means, and says where it does not."""

import pytest

from custom_components.backstride.engine.errors import InvalidWorkout, NotationError
from custom_components.backstride.engine.notation import LONGEST_TEXT
from custom_components.backstride.engine.workout import (
    Direction,
    Ends,
    Gait,
    Interval,
    Part,
    Repeat,
    format_notation,
    parse,
)


def test_the_example_of_the_manual_reads_as_it_says() -> None:
    workout = parse("6x(2m back @2.4, 30s turn, 1m fwd @4)", name="Six")
    assert workout.name == "Six"
    assert workout.items == (
        Repeat(
            times=6,
            items=(
                Interval(direction=Direction.BACKWARD, gait=Gait.WALK, seconds=120, speed_kmh=2.4),
                Interval(direction=Direction.TURN, gait=Gait.NONE, seconds=30),
                Interval(direction=Direction.FORWARD, gait=Gait.WALK, seconds=60, speed_kmh=4),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        pytest.param("90s back", "seconds", 90, id="seconds"),
        pytest.param("90 sec back", "seconds", 90, id="seconds in a longer word, with a space"),
        pytest.param("2min back", "seconds", 120, id="minutes"),
        pytest.param("1.5m back", "seconds", 90, id="a fraction of a minute"),
        pytest.param("2m30s back", "seconds", 150, id="minutes and seconds"),
        pytest.param("2m 30s back", "seconds", 150, id="minutes and seconds apart"),
        pytest.param("1M BACK", "direction", Direction.BACKWARD, id="capitals"),
        pytest.param("1m backward", "direction", Direction.BACKWARD, id="the whole word"),
        pytest.param("1m forward", "direction", Direction.FORWARD, id="forward"),
        pytest.param("1m side", "gait", Gait.SIDEWAYS, id="sideways has a gait of its own"),
        pytest.param("1m side walk", "gait", Gait.WALK, id="unless it says otherwise"),
        pytest.param("5s fwd jump", "gait", Gait.NONE, id="a jump has no steady gait"),
        pytest.param("1m back run", "gait", Gait.RUN, id="running"),
        pytest.param("1m rest", "gait", Gait.NONE, id="a rest"),
        pytest.param("1m back @2.4", "speed_kmh", 2.4, id="speed in km/h"),
        pytest.param("1m back @ 2.4 km/h", "speed_kmh", 2.4, id="speed with its unit"),
        pytest.param("1m back @2.4kmh", "speed_kmh", 2.4, id="speed with its unit as it is typed"),
        pytest.param("1m back @1.5mph", "speed_kmh", 2.41, id="speed in mph, to a hundredth"),
        pytest.param("1m back", "speed_kmh", None, id="no speed"),
        pytest.param("1m back 5%", "grade_percent", 5.0, id="grade"),
        pytest.param("1m back -2.5 %", "grade_percent", -2.5, id="downhill"),
        pytest.param("1m back rpe 6", "effort", 6, id="effort"),
        pytest.param("1m back rpe10", "effort", 10, id="effort without a space"),
        pytest.param(
            '1m back "big toe, (first)"', "cue", "big toe, (first)", id="a cue with the notation's own signs"
        ),
        pytest.param(r'1m back "say \"hi\" \\"', "cue", 'say "hi" \\', id="a cue with quotes"),
        pytest.param("30s turn confirm", "ends", Ends.CONFIRMED, id="ends when confirmed"),
        pytest.param("warmup 3m fwd", "part", Part.WARM_UP, id="warm-up"),
        pytest.param("cooldown 3m fwd", "part", Part.COOL_DOWN, id="cool-down"),
    ],
)
def test_each_word_means_one_thing(text: str, field: str, value: object) -> None:
    (interval,) = parse(text).items
    assert getattr(interval, field) == value


def test_space_and_lines_do_not_matter() -> None:
    assert parse("  2 x ( 1m back ,\n 30s rest )  ").items == parse("2x(1m back,30s rest)").items


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        pytest.param("", 1, "a duration", id="nothing"),
        pytest.param("back 2m", 1, "a duration", id="the duration comes first"),
        pytest.param("2m", 3, "back, fwd, side, turn or rest", id="no direction"),
        pytest.param("2m bak", 4, "back, fwd, side, turn or rest", id="a misspelt direction"),
        pytest.param("2m back,", 9, "a duration", id="a comma and nothing"),
        pytest.param("2m back 1m fwd", 9, "@speed", id="a missing comma"),
        pytest.param("2m back quickly", 9, "@speed", id="a detail nobody knows"),
        pytest.param("2m back @2 @3", 12, "each detail once", id="a detail twice"),
        pytest.param('2m back "big toe', 9, "a closing quote", id="an open quote"),
        pytest.param("2x(2m back, 30s rest", 21, '"," or ")"', id="an open bracket"),
        pytest.param("2m back)", 8, '"," or the end', id="a bracket that nobody opened"),
        pytest.param("1m rest, 0s back", 10, "a whole number of seconds, at least 1", id="no time"),
        pytest.param("1m rest, 3000m back", 10, "at most 120 min", id="too much time"),
        pytest.param("1m rest, 1m back @99", 10, "at most 25 km/h", id="too fast"),
        pytest.param("1m rest, 1m back 45%", 10, "a grade between", id="too steep"),
        pytest.param("1m rest, 1m back rpe 11", 10, "an effort from 0 to 10", id="too hard"),
        pytest.param("1m rest, 1m turn @2", 10, "no speed", id="a turn with a speed"),
        pytest.param("1m rest, 0x(1m back)", 10, "1 to 99 repeats", id="no repeats"),
        pytest.param("2x(2x(2x(2x(2x(1s back)))))", 13, "at most 4 deep", id="repeats in repeats in repeats"),
    ],
)
def test_a_mistake_is_told_with_its_column_and_what_was_expected(
    text: str, column: int, expected: str
) -> None:
    with pytest.raises(NotationError) as refusal:
        parse(text)
    assert refusal.value.column == column
    assert expected in str(refusal.value.reason)
    assert f"Column {column}: expected" in str(refusal.value)
    assert refusal.value.remark.details["column"] == column


def test_a_text_as_long_as_a_book_is_not_read() -> None:
    with pytest.raises(InvalidWorkout, match=f"at most {LONGEST_TEXT} characters"):
        parse("1m back," * LONGEST_TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "6x(2m back @2.4, 30s turn, 1m fwd @4)",
        'warmup 3m fwd @3.2, 30s turn confirm, 1m30s back run -3% rpe 6 "toes", 5s side jump, cooldown 2m rest',
    ],
)
def test_what_is_written_reads_as_it_was_written(text: str) -> None:
    assert format_notation(parse(text)) == text
