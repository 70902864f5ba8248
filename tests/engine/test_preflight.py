"""Whether a session may start: every blocker and every reminder, and what of it can be passed over."""

from typing import Any

import pytest

from custom_components.backstride.engine.place import TO_CONFIRM, PlaceKind, Requirement
from custom_components.backstride.engine.preflight import (
    BUSY,
    CAN_OVERRIDE,
    OF_PLACE,
    OF_WORKOUT,
    Blocker,
    Facts,
    Finding,
    Reminder,
    Report,
    check,
)
from custom_components.backstride.engine.workout import Workout, parse

WALK = parse("60s back @1")
RUN = parse("60s back run @7")
DOOR, RADAR, SPEED, RUNS, PLAYER, OTHER = "door", "radar", "speed", "runs", "player", "other"


def asking(*requires: Requirement) -> Workout:
    return Workout(id="", name="", items=WALK.items, requires=requires)


def looked(place: PlaceKind = PlaceKind.TREADMILL, workout: Workout = WALK, **facts: Any) -> Report:
    return check(Facts(place=place, workout=workout, speakers=facts.pop("speakers", (PLAYER,)), **facts))


def blockers(**facts: Any) -> list[tuple[Blocker, object]]:
    return [(each.kind, each.subject) for each in looked(**facts).blockers]


BLOCKED: dict[str, tuple[dict[str, Any], list[tuple[Blocker, object]]]] = {
    "nothing": ({}, []),
    "an obstacle": ({"sensors": (DOOR, RADAR), "obstacles": (DOOR,)}, [(Blocker.OBSTACLE, DOOR)]),
    "a blind sensor": ({"sensors": (DOOR, RADAR), "blind": (RADAR,)}, [(Blocker.SENSOR_UNSAFE, RADAR)]),
    "both": (
        {"sensors": (DOOR, RADAR), "obstacles": (DOOR,), "blind": (RADAR,)},
        [(Blocker.OBSTACLE, DOOR), (Blocker.SENSOR_UNSAFE, RADAR)],
    ),
    "nobody watches": (
        {"sensors": (DOOR, RADAR), "obstacles": (DOOR,), "blind": (RADAR,), "is_guarding": False},
        [],
    ),
    "a standing belt": ({"speed_sensor": SPEED, "speed_kmh": 0.0}, []),
    "a belt at 1.6": ({"speed_sensor": SPEED, "speed_kmh": 1.6}, []),
    "a belt at 1.0 mph": ({"speed_sensor": SPEED, "speed_kmh": 1.609344}, []),
    "a belt at 1.65": ({"speed_sensor": SPEED, "speed_kmh": 1.65}, []),
    "a belt at 1.7": ({"speed_sensor": SPEED, "speed_kmh": 1.7}, [(Blocker.BELT_MOVING, SPEED)]),
    "a belt at 1.1 mph": ({"speed_sensor": SPEED, "speed_kmh": 1.770}, [(Blocker.BELT_MOVING, SPEED)]),
    "a lost link": (
        {"speed_sensor": SPEED, "lost": (SPEED, RUNS)},
        [(Blocker.LINK_LOST, SPEED), (Blocker.LINK_LOST, RUNS)],
    ),
    "a steered belt that is lost": (
        {"speed_sensor": SPEED, "lost": (SPEED,), "is_steered": True},
        [(Blocker.LINK_LOST, SPEED)],
    ),
    "a steered belt that nothing measures": ({"is_steered": True}, [(Blocker.BELT_UNSEEN, None)]),
    "a belt that nothing measures": ({}, []),
    "no speaker": ({"speakers": ()}, []),
    "one speaker of two": ({"speakers": (PLAYER, OTHER), "lost_speakers": (OTHER,)}, []),
    "one voice of two": ({"speakers": (PLAYER, OTHER), "mute_speakers": (PLAYER,)}, []),
    "no speaker of two": (
        {"speakers": (PLAYER, OTHER), "lost_speakers": (OTHER,), "mute_speakers": (PLAYER,)},
        [(Blocker.SPEAKER_LOST, OTHER), (Blocker.NO_VOICE, PLAYER)],
    ),
    "no speaker, and no cues": ({"lost_speakers": (PLAYER,), "is_spoken": False}, []),
    "a harness": ({"workout": asking(Requirement.HARNESS)}, [(Blocker.UNCONFIRMED, Requirement.HARNESS)]),
    "a harness that is confirmed": (
        {"workout": asking(Requirement.HARNESS), "confirmed": frozenset({Requirement.HARNESS})},
        [],
    ),
    "another one that is confirmed": (
        {"workout": asking(Requirement.HELPER), "confirmed": frozenset({Requirement.HARNESS})},
        [(Blocker.UNCONFIRMED, Requirement.HELPER)],
    ),
    "a run on a belt": (
        {"workout": RUN},
        [(Blocker.UNCONFIRMED, Requirement.SPOTTER), (Blocker.UNCONFIRMED, Requirement.HARNESS)],
    ),
    "a run outdoors": ({"workout": RUN, "place": PlaceKind.OUTDOOR}, []),
    "all at once, the most pressing first": (
        {
            "speed_sensor": SPEED,
            "speed_kmh": 3.0,
            "sensors": (DOOR,),
            "blind": (DOOR,),
            "lost": (RUNS,),
            "lost_speakers": (PLAYER,),
            "workout": asking(Requirement.PHYSIO_OK),
        },
        [
            (Blocker.BELT_MOVING, SPEED),
            (Blocker.SENSOR_UNSAFE, DOOR),
            (Blocker.LINK_LOST, RUNS),
            (Blocker.SPEAKER_LOST, PLAYER),
            (Blocker.UNCONFIRMED, Requirement.PHYSIO_OK),
        ],
    ),
}


@pytest.mark.parametrize(("facts", "found"), BLOCKED.values(), ids=BLOCKED)
def test_what_stands_in_the_way(facts: dict[str, Any], found: list[tuple[Blocker, object]]) -> None:
    assert blockers(**facts) == found
    assert looked(**facts).is_ready is not bool(found)


def test_everything_that_can_stand_in_the_way_does_so_in_some_row() -> None:
    seen = {kind for _, found in BLOCKED.values() for kind, _ in found}
    assert seen | {each.kind for each in BUSY.blockers} == set(Blocker)


def test_where_a_session_is_on_that_is_all() -> None:
    assert BUSY.blockers == (Finding(kind=Blocker.SESSION_ON),)
    assert BUSY.left(override=True) == BUSY.blockers
    assert not BUSY.reminders


@pytest.mark.parametrize("requirement", Requirement)
def test_a_requirement_is_either_asked_for_or_a_reminder(requirement: Requirement) -> None:
    report = looked(PlaceKind.OUTDOOR, asking(requirement))
    asked = [each.subject for each in report.blockers]
    assert (asked == [requirement]) is (requirement in TO_CONFIRM)
    assert (OF_WORKOUT.get(requirement) in report.reminders) is (requirement not in TO_CONFIRM)


# What can be passed over


def test_only_a_moving_belt_and_another_session_cannot_be_passed_over() -> None:
    assert CAN_OVERRIDE.keys() == set(Blocker)
    assert {kind for kind, can in CAN_OVERRIDE.items() if not can} == {
        Blocker.BELT_MOVING,
        Blocker.SESSION_ON,
    }


def test_an_override_leaves_what_cannot_be_passed_over() -> None:
    report = looked(speed_sensor=SPEED, speed_kmh=3.0, sensors=(DOOR,), obstacles=(DOOR,), lost=(RUNS,))
    assert report.left(override=False) == report.blockers
    assert report.left(override=True) == (Finding(kind=Blocker.BELT_MOVING, subject=SPEED),)
    assert looked(sensors=(DOOR,), obstacles=(DOOR,)).left(override=True) == ()


# What is said


@pytest.mark.parametrize(
    ("finding", "said"),
    [
        (Finding(kind=Blocker.OBSTACLE, subject=DOOR), "Door sees something in the way"),
        (
            Finding(kind=Blocker.BELT_MOVING, subject=DOOR),
            "Door measures a belt that is faster than 1.6 km/h",
        ),
        (
            Finding(kind=Blocker.UNCONFIRMED, subject=Requirement.PHYSIO_OK),
            "to be confirmed first: physio ok",
        ),
    ],
)
def test_a_blocker_is_told_with_what_it_is_about(finding: Finding, said: str) -> None:
    assert str(finding.remark("Door")) == said


@pytest.mark.parametrize("kind", Blocker)
def test_every_blocker_can_be_told(kind: Blocker) -> None:
    assert str(Finding(kind=kind).remark())


# What the athlete is reminded of


REMINDED: dict[str, tuple[dict[str, Any], list[Reminder]]] = {
    "a treadmill": (
        {},
        [Reminder.SHOES, Reminder.CLIP, Reminder.HANDRAIL, Reminder.CLEAR_BEHIND],
    ),
    "a hallway": ({"place": PlaceKind.HALLWAY}, [Reminder.SHOES, Reminder.CLEAR_GROUND]),
    "outdoors": ({"place": PlaceKind.OUTDOOR}, [Reminder.SHOES, Reminder.CLEAR_GROUND]),
    "stairs": (
        {"place": PlaceKind.STAIRS},
        [Reminder.SHOES, Reminder.HANDRAIL, Reminder.DRY_LIT_STAIRS],
    ),
    "a workout that asks for more": (
        {
            "place": PlaceKind.HALLWAY,
            "workout": asking(Requirement.SPOTTER, Requirement.CLEAR_GROUND, Requirement.CONES),
        },
        [Reminder.SHOES, Reminder.CLEAR_GROUND, Reminder.CONES, Reminder.SPOTTER],
    ),
    "what was confirmed": (
        {"confirmed": frozenset({Requirement.CLIP, Requirement.HARNESS})},
        [Reminder.SHOES, Reminder.HANDRAIL, Reminder.CLEAR_BEHIND],
    ),
    "what must be confirmed": (
        {"place": PlaceKind.TREADMILL, "workout": RUN, "reminded": frozenset(OF_PLACE[PlaceKind.TREADMILL])},
        [],
    ),
    "what was shown today": (
        {"reminded": frozenset({Reminder.SHOES, Reminder.CLIP})},
        [Reminder.HANDRAIL, Reminder.CLEAR_BEHIND],
    ),
    "a guard that is off, however often": (
        {
            "sensors": (DOOR,),
            "is_guarding": False,
            "reminded": frozenset(Reminder),
        },
        [Reminder.UNGUARDED],
    ),
    "a guard that is off where nothing could watch": (
        {"is_guarding": False, "reminded": frozenset(Reminder)},
        [],
    ),
    "a place without speakers, however often": (
        {"speakers": (), "reminded": frozenset(Reminder)},
        [Reminder.SILENT],
    ),
    "a place without speakers where none are wanted": (
        {"speakers": (), "is_spoken": False, "reminded": frozenset(Reminder)},
        [],
    ),
}


@pytest.mark.parametrize(("facts", "shown"), REMINDED.values(), ids=REMINDED)
def test_what_the_athlete_is_reminded_of(facts: dict[str, Any], shown: list[Reminder]) -> None:
    assert list(looked(**facts).reminders) == shown


def test_every_kind_of_place_reminds_of_something() -> None:
    assert OF_PLACE.keys() == set(PlaceKind)
    assert all(OF_PLACE.values())
