"""A session is started by the treadmill, a tag, a button, an alarm or a calendar: once, and only when it is meant."""

from datetime import date, datetime, timedelta
from typing import Any, override

import pytest
from pytest_homeassistant_custom_component.common import setup_test_component_platform

from custom_components.backstride.engine.session import Command
from homeassistant.components.calendar import CalendarEntity, CalendarEvent
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.service import async_get_all_descriptions
from homeassistant.setup import async_setup_component

from ..gym.visit import IN_THE_GYM
from ..setup import ANNA, BEN, GYM
from .driving import NOON, Drive, async_run, async_use

pytestmark = IN_THE_GYM
LONG_AGO = "2026-02-28T09:00:00.000+00:00"


def _starts(drive: Drive) -> list[dict[str, Any]]:
    return [data for _, data in drive.called("backstride.start_session")]


# The treadmill

PLUG, POWER = "switch.treadmill_plug", "sensor.treadmill_power"


async def _with_treadmill(drive: Drive, **more: Any) -> None:
    await drive.see(PLUG, "off")
    await drive.see(POWER, "4.2", unit_of_measurement="W")
    what: dict[str, Any] = {"running": [PLUG], "measured": [POWER], "above": 30, **more}
    await async_use(drive.hass, "start_with_the_treadmill", place=drive.device(GYM), **what)


async def test_a_belt_that_runs_for_a_while_starts_the_session_that_was_chosen(drive: Drive) -> None:
    ben = drive.device(BEN)
    await _with_treadmill(drive, athlete=ben, workout="Mine", duration=5)
    await drive.see(POWER, "120")
    await drive.wait(3, 1)
    await drive.see(POWER, "4")
    await drive.wait(5, 1)
    assert _starts(drive) == [], "somebody only tried the belt"
    await drive.see(POWER, "120")
    await drive.wait(6, 1)
    place = drive.device(GYM)
    assert _starts(drive) == [{"place": place, "athlete": ben, "workout": "Mine", "duration": 5}]
    assert drive.session() == "lead_in"
    assert drive.coordinator.athlete_at(GYM) == BEN
    await drive.see(PLUG, "on")
    await drive.wait(6, 1)
    assert len(_starts(drive)) == 1, "one is on already"


async def test_a_sensor_that_comes_back_tells_of_no_start(drive: Drive) -> None:
    await _with_treadmill(drive)
    for gone in ("unavailable", "unknown"):
        await drive.see(POWER, gone)
        await drive.see(PLUG, gone)
        await drive.see(POWER, "120")
        await drive.see(PLUG, "on")
        await drive.wait(6, 1)
    assert _starts(drive) == []
    await drive.see(PLUG, "off")
    await drive.see(PLUG, "on")
    await drive.wait(6, 1)
    assert _starts(drive) == [{"place": drive.device(GYM)}]


# A tag or a button

TAG, BUTTON, HELPER, WIRE = "tag.gym", "event.remote", "input_button.walk", "binary_sensor.mat"


async def _with_buttons(drive: Drive, **more: Any) -> None:
    for each in (TAG, HELPER):
        await drive.see(each, LONG_AGO)
    await drive.see(BUTTON, "unknown", event_type=None)
    await drive.see(WIRE, "off")
    touched = [TAG, BUTTON, HELPER, WIRE]
    other = [
        {"trigger": "event", "event_type": "knocked"},
        {"trigger": "event", "event_type": "rung", "id": "touched"},
        {"trigger": "event", "event_type": "clapped", "id": "backstride_buttons"},
    ]
    what = {"touched": touched, "other_triggers": other, **more}
    await drive.choose()
    await async_use(drive.hass, "start_by_tag_or_button", place=drive.device(GYM), **what)


@pytest.mark.parametrize("what", [TAG, BUTTON, HELPER, WIRE, "knocked", "rung", "clapped"])
async def test_whatever_is_touched_starts_a_session_with_its_lead_in(drive: Drive, what: str) -> None:
    await _with_buttons(drive)
    if what == WIRE:
        await drive.see(WIRE, "on")
    elif "." not in what:
        drive.hass.bus.async_fire(what)
        await drive.settle()
    else:
        await drive.happens(what, "press")
    assert _starts(drive) == [{"place": drive.device(GYM)}]
    assert drive.session() == "lead_in"


async def test_what_only_comes_back_and_other_presses_start_nothing(drive: Drive) -> None:
    await _with_buttons(drive, press_types=["single"])
    for each, state in ((TAG, LONG_AGO), (BUTTON, LONG_AGO), (WIRE, "on")):
        await drive.see(each, "unavailable")
        await drive.see(each, state)
    drive.hass.states.async_remove(HELPER)
    await drive.happens(BUTTON, "double")
    await drive.wait(1, 1)
    assert _starts(drive) == []
    await drive.happens(BUTTON, "single")
    assert len(_starts(drive)) == 1


async def test_one_button_pauses_resumes_and_confirms(hass: HomeAssistant, drive: Drive) -> None:
    """Who stands on a belt with the back to the console has one button within reach."""
    entry = drive.coordinator.entry
    gym = entry.subentries[GYM]
    hass.config_entries.async_update_subentry(entry, gym, data={**gym.data, "confirm_turns": True})
    await drive.settle()
    await _with_buttons(drive, workout="Mine")

    async def press() -> str:
        await drive.wait(1, 1)
        await drive.happens(BUTTON, "press")
        return drive.session()

    assert await press() == "lead_in"
    await drive.wait(15)
    assert await press() == "paused"
    assert await press() == "lead_in"
    await drive.wait(100)
    assert drive.session() == "waiting"
    assert await press() == "running"
    steered = [name for name, _ in drive.called("backstride")]
    assert steered == [
        f"backstride.{each}" for each in ("start_session", "pause_session", "resume_session", "confirm")
    ]


@pytest.mark.parametrize(("while_on", "then"), [("stop", "stopped"), ("nothing", "running")])
async def test_what_it_does_meanwhile_can_be_chosen(drive: Drive, while_on: str, then: str) -> None:
    await _with_buttons(drive, while_on=while_on)
    drive.start()
    await drive.wait(15)
    await drive.happens(TAG)
    assert drive.session() == then
    assert _starts(drive) == []


async def test_a_stop_that_is_pressed_twice_starts_nothing_anew(drive: Drive) -> None:
    await _with_buttons(drive, while_on="stop")
    drive.start()
    await drive.wait(15)
    for _ in range(2):
        await drive.happens(TAG)
        assert drive.session() == "stopped"
        await drive.wait(1, 1)
    await drive.wait(8, 1)
    assert _starts(drive) == []
    assert len(drive.called("backstride.stop_session")) == 1
    await drive.wait(2, 1)
    assert drive.session() == "stopped"
    await drive.happens(TAG)
    assert len(_starts(drive)) == 1


async def test_what_the_guard_holds_no_button_lets_go(hass: HomeAssistant, drive: Drive) -> None:
    await drive.see("binary_sensor.dog", "off")
    entry = drive.coordinator.entry
    gym = entry.subentries[GYM]
    obstacles = [{"entity_id": "binary_sensor.dog", "reaction": "hold"}]
    hass.config_entries.async_update_subentry(entry, gym, data={**gym.data, "obstacles": obstacles})
    await drive.settle()
    await _with_buttons(drive)
    drive.start()
    await drive.wait(15)
    await drive.see("binary_sensor.dog", "on")
    await drive.wait(2, 0.5)
    await drive.happens(TAG)
    assert drive.session() == "held"
    assert drive.called("backstride") == []


# The alarm

ALARM, CLOCK, RINGS, MAT = (
    "sensor.phone_next_alarm",
    "event.alarm_clock",
    "binary_sensor.alarm_rings",
    "binary_sensor.gym_mat",
)
SIX = datetime.fromisoformat("2026-03-02T06:00:00-08:00")
"""A quarter past the hour at which tests live."""


async def _with_alarm(drive: Drive, now: datetime = SIX, **more: Any) -> None:
    drive.freezer.move_to(now)
    await drive.see(ALARM, SIX.isoformat())
    await drive.see(CLOCK, LONG_AGO, event_type="alert_start")
    await drive.see(RINGS, "off")
    await drive.see(MAT, "off")
    alarms: dict[str, Any] = {"next_alarms": [ALARM], "alarm_events": [CLOCK], "ringing": [RINGS]}
    await drive.choose()
    await async_use(drive.hass, "start_after_the_alarm", place=drive.device(GYM), **alarms, **more)


@pytest.mark.parametrize("alarm", [ALARM, CLOCK, RINGS])
async def test_after_a_dismissed_alarm_it_waits_for_whoever_gets_up(drive: Drive, alarm: str) -> None:
    await _with_alarm(drive, presence=[MAT], minutes=30)
    await drive.see(RINGS, "on") if alarm == RINGS else None
    await drive.wait(60, 30)
    if alarm == ALARM:
        await drive.see(ALARM, "unavailable")
    elif alarm == CLOCK:
        await drive.happens(CLOCK, "snooze_clicked")
        await drive.wait(1, 1)
        await drive.happens(CLOCK, "alert_dismiss")
    else:
        await drive.see(RINGS, "off")
    await drive.wait(20 * 60, 300)
    assert _starts(drive) == []
    await drive.see(MAT, "on")
    assert _starts(drive) == [{"place": drive.device(GYM)}]
    assert drive.session() == "lead_in"


async def test_who_does_not_come_is_not_started(drive: Drive) -> None:
    await _with_alarm(drive, presence=[MAT], minutes=10)
    await drive.see(ALARM, "unavailable")
    await drive.wait(11 * 60, 60)
    await drive.see(MAT, "on")
    assert _starts(drive) == []


async def test_without_a_sensor_it_starts_after_a_while_unless_somebody_already_has(drive: Drive) -> None:
    await _with_alarm(drive, minutes=10)
    await drive.see(ALARM, "unavailable")
    await drive.wait(9 * 60, 60)
    assert _starts(drive) == []
    await drive.wait(61, 61)
    assert len(_starts(drive)) == 1
    await drive.see(RINGS, "on")
    await drive.see(RINGS, "off")
    await drive.wait(9 * 60, 60)
    drive.start() if drive.session() == "idle" else None
    await drive.wait(61, 61)
    assert len(_starts(drive)) == 1, "one is on"


async def test_who_stands_there_already_does_not_wait(drive: Drive) -> None:
    await _with_alarm(drive, presence=[MAT], minutes=10)
    await drive.see(MAT, "on")
    await drive.see(RINGS, "on")
    await drive.see(RINGS, "off")
    assert len(_starts(drive)) == 1


@pytest.mark.parametrize(
    ("hours", "new"),
    [(-1, "unavailable"), (7, "unavailable"), (0, None)],
    ids=["cancelled-before-it-rang", "in-the-afternoon", "of-yesterday"],
)
async def test_an_alarm_that_is_about_something_else_starts_nothing(
    drive: Drive, hours: int, new: str | None
) -> None:
    await _with_alarm(drive, SIX + timedelta(hours=hours), minutes=1)
    if new is None:
        await drive.see(CLOCK, "unavailable")
        await drive.see(CLOCK, LONG_AGO, event_type="alert_dismiss")
        drive.hass.states.async_remove(ALARM)
    else:
        await drive.see(ALARM, new)
    await drive.wait(65)
    assert _starts(drive) == []


@pytest.mark.parametrize(("minutes", "starts"), [(10, 0), (29, 0), (30, 1), (24 * 60, 1)])
async def test_an_alarm_that_is_put_off_is_not_dismissed(drive: Drive, minutes: int, starts: int) -> None:
    await _with_alarm(drive, minutes=1)
    await drive.see(ALARM, (SIX + timedelta(minutes=minutes)).isoformat())
    await drive.wait(65)
    assert len(_starts(drive)) == starts


# The calendar

CALENDAR, ANNA_HERSELF = "calendar.anna", "person.anna"


class Diary(CalendarEntity):
    """A calendar with one event ten minutes from now; what it shows of itself nobody looks at."""

    _attr_name = "Anna"
    _attr_unique_id = "anna"

    def __init__(self, summary: str, *, day: date | None = None) -> None:
        """Write it down, for a whole day where there is one."""
        begins = NOON + timedelta(minutes=10)
        self._event = CalendarEvent(start=begins, end=begins + timedelta(minutes=20), summary=summary)
        if day:
            self._event = CalendarEvent(start=day, end=day + timedelta(days=1), summary=summary)

    @property
    @override
    def event(self) -> None:
        return None

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        begins = self._event.start_datetime_local
        return [self._event] if start_date <= begins < end_date else []


async def _with_calendar(
    drive: Drive, summary: str = "Backward walk", *, day: date | None = None, **more: Any
) -> None:
    hass = drive.hass
    setup_test_component_platform(hass, "calendar", [Diary(summary, day=day)])
    assert await async_setup_component(hass, "calendar", {"calendar": {"platform": "test"}})
    await drive.see(MAT, "off")
    await drive.choose()
    await async_use(hass, "start_from_the_calendar", place=drive.device(GYM), calendar=CALENDAR, **more)
    await drive.wait(11 * 60, 60)


async def test_an_event_about_it_starts_a_session_when_somebody_comes(drive: Drive) -> None:
    await drive.see(ANNA_HERSELF, "home")
    await _with_calendar(drive, "To walk BACKWARD", person=ANNA_HERSELF, presence=[MAT])
    assert _starts(drive) == []
    await drive.see(MAT, "on")
    assert _starts(drive) == [{"place": drive.device(GYM)}]
    assert drive.session() == "lead_in"


async def test_without_a_sensor_an_event_starts_it_at_once(drive: Drive) -> None:
    await _with_calendar(drive, workout="Mine")
    assert _starts(drive) == [{"place": drive.device(GYM), "workout": "Mine"}]


async def test_an_event_that_lasts_all_day_starts_nothing_at_midnight(drive: Drive) -> None:
    midnight = datetime.fromisoformat("2026-03-02T00:00:00-08:00")
    drive.freezer.move_to(midnight - timedelta(minutes=10))
    await _with_calendar(drive, day=midnight.date())
    assert _starts(drive) == []


@pytest.mark.parametrize(
    ("summary", "where", "minutes"),
    [("Dentist", "home", 0), ("Backward", "not_home", 0), ("Backward", "home", 20)],
    ids=["about-something-else", "nobody-at-home", "nobody-came"],
)
async def test_an_event_alone_starts_nothing(drive: Drive, summary: str, where: str, minutes: int) -> None:
    await drive.see(ANNA_HERSELF, where)
    await _with_calendar(drive, summary, person=ANNA_HERSELF, presence=[MAT])
    await drive.wait(minutes * 60, 60)
    await drive.see(MAT, "on")
    assert _starts(drive) == []


# The script


async def test_the_script_starts_what_is_chosen_when_it_is_run_and_gives_it_back(
    hass: HomeAssistant, drive: Drive
) -> None:
    script = await async_use(
        hass,
        "start_session",
        place=drive.device(GYM),
        athlete=drive.device(ANNA),
        workouts=["Mine", "first-steps-5"],
    )
    described = (await async_get_all_descriptions(hass))["script"]["start_session"]["fields"]
    assert described["workout"]["selector"]["select"]["options"] == ["Mine", "first-steps-5"]
    started = await async_run(hass, script, workout="Mine", minutes=4)
    assert (started["place"], started["athlete"], started["workout"]) == ("Gym", "Anna", "Mine")
    assert _starts(drive)[-1]["duration"] == 4
    drive.command(Command.STOP)
    await drive.wait(61, 61)
    await async_run(hass, script)
    assert set(_starts(drive)[-1]) == {"place", "athlete"}
    with pytest.raises(ServiceValidationError, match="already"):
        await async_run(hass, script)
