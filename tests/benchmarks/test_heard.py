"""Sounds are matched with the cues they say, and what was not said counts as silence."""

import pytest

from benchmarks.heard import Due, Figures, Kinds, Sound, of_script, of_session

KINDS = Kinds.read()
BEGAN = 1000.0


def due(kind: str, after: float) -> Due:
    return Due(kind=kind, at=BEGAN + after)


def sound(text: str | None, after: float) -> Sound:
    return Sound(at=BEGAN + after, text=text)


def figures(dues: list[Due], sounds: list[Sound]) -> Figures:
    return of_session(dues, sounds, KINDS, began=BEGAN)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Three.", "countdown"),
        ("Five seconds: forward.", "imminent"),
        ("In 15 seconds, turn around.", "preview"),
        ("Take hold and look ahead. First, walk backward at 1.6.", "preview"),
        ("One minute left.", "minutes_left"),
        ("Keep your knees soft.", "form"),
        ("Well done. Your session is complete.", "event"),
        ("Walk forward at 3, 19 seconds.", "change"),
    ],
)
def test_the_kind_of_a_sentence_is_known_by_its_words(text: str, kind: str) -> None:
    assert KINDS.of(text) == kind


def test_a_late_countdown_is_not_taken_for_the_change_it_falls_into() -> None:
    """Three seconds late it sounds when the change is due; by its instant alone it would pass for a change on time."""
    found = figures([due("countdown", 57), due("change", 60)], [sound("Three.", 60)])
    assert list(found.late_by) == [3000]
    assert found.due == 2


def test_what_is_early_is_negative_and_what_is_far_too_late_was_not_heard() -> None:
    dues = [due("countdown", 27), due("countdown", 57)]
    found = figures(dues, [sound("Three.", 26.75), sound("Three.", 67.5)])
    assert list(found.late_by) == [-250]


def test_a_sound_without_words_is_matched_by_its_instant() -> None:
    dues = [due("change", 30), due("change", 60)]
    assert figures(dues, [sound(None, 30.5), sound(None, 61.25)]).late_by[0] == 500


def test_what_is_said_at_the_start_itself_is_told_apart() -> None:
    found = figures([due("preview", 0), due("change", 10)], [sound("In 15 seconds, rest.", 2)])
    assert found.first == 2000
    assert not found.late_by
    assert found.due == 1
    assert "not heard" not in str(found)
    assert "(none)" in str(found)


def test_of_a_script_each_sentence_is_known_however_late_it_is() -> None:
    dues = [Due(kind="one", at=BEGAN + 10), Due(kind="two", at=BEGAN + 20), Due(kind="three", at=BEGAN + 30)]
    found = of_script(dues, [sound("one", 10.5), sound("two", 44)], began=BEGAN)
    assert list(found.late_by) == [500, 24000]
    assert (found.median, found.p95) == (12250, 24000)
    assert str(found) == (
        "median +12250, p95 +24000 (+500..+24000) ms; 2 of 3 heard, 1 over 1.5 s; first not heard"
    )
