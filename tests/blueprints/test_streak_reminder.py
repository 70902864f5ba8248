"""A reminder comes only where it helps, and its button starts nothing that another start would not."""

from datetime import datetime
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.backstride.engine.session import Command
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr

from ..setup import ANNA, GYM
from .driving import Drive, async_use, mock

PERSON = "person.anna"
EVENING = datetime.fromisoformat("2026-03-02T18:29:30-08:00")
"""A Monday, where the tests live."""
NOTIFY = "notify.mobile_app_anna_s_phone"
ASKED, CLEARED = "Today's goal is still open.", "clear_notification"


async def _remind(drive: Drive, now: datetime = EVENING, *, at_home_only: bool = True, **more: Any) -> None:
    """Give Anna a phone, and let it be half past six."""
    hass = drive.hass
    mock(hass, NOTIFY)
    entry = MockConfigEntry(domain="mobile_app")
    entry.add_to_hass(hass)
    phone = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("mobile_app", "1")}, name="Anna's phone"
    )
    await drive.choose()
    drive.freezer.move_to(now)
    inputs = {
        "athlete": drive.device(ANNA),
        "place": drive.device(GYM),
        "phone": phone.id,
        **({"person": PERSON} if at_home_only else {}),
        "workout": "Mine",
        "at": "18:30:00",
        **more,
    }
    await async_use(hass, "streak_reminder", **inputs)


def _shown(drive: Drive) -> list[str]:
    return [data["message"] for _, data in drive.called(NOTIFY)]


async def _press(drive: Drive, title: str) -> None:
    """Press a button of the latest notification, as the companion app tells it."""
    notice = next(data for _, data in reversed(drive.called(NOTIFY)) if "actions" in data["data"])
    action = {each["title"]: each["action"] for each in notice["data"]["actions"]}[title]
    drive.hass.bus.async_fire("mobile_app_notification_action", {"action": action})
    await drive.settle()


async def test_at_home_with_the_goal_open_it_reminds_and_start_starts(drive: Drive) -> None:
    await drive.see(PERSON, "home")
    await _remind(drive)
    await drive.wait(31, 31)
    assert _shown(drive) == [ASKED]
    drive.hass.bus.async_fire("mobile_app_notification_action", {"action": "SOMEBODY_ELSES"})
    await drive.settle()
    assert drive.called("backstride") == []
    await _press(drive, "Start")
    assert _shown(drive) == [ASKED, CLEARED]
    assert drive.session() == "lead_in"
    assert drive.coordinator.athlete_at(GYM) == ANNA
    started = drive.called("backstride.start_session")[0][1]
    assert started == {"place": drive.device(GYM), "athlete": drive.device(ANNA), "workout": "Mine"}


async def test_what_stands_in_the_way_is_told_and_nothing_starts(hass: HomeAssistant, drive: Drive) -> None:
    await drive.see(PERSON, "home")
    await drive.see("binary_sensor.dog", "on")
    entry = drive.coordinator.entry
    gym = entry.subentries[GYM]
    hass.config_entries.async_update_subentry(
        entry, gym, data={**gym.data, "obstacles": [{"entity_id": "binary_sensor.dog"}]}
    )
    await drive.settle()
    await _remind(drive)
    await drive.wait(31, 31)
    await _press(drive, "Start")
    assert drive.session() == "idle"
    assert drive.called("backstride.start_session") == []
    last = drive.called(NOTIFY)[-1][1]
    assert last["title"] == "Not ready"
    assert "dog" in last["message"]


async def test_later_asks_again_a_few_times_and_silence_is_an_answer(drive: Drive) -> None:
    await drive.see(PERSON, "home")
    await _remind(drive, later=10)
    await drive.wait(31, 31)
    for asked in range(1, 4):
        assert _shown(drive).count(ASKED) == asked
        await _press(drive, "Later")
        await drive.wait(601, 601)
    assert _shown(drive).count(ASKED) == 4
    await drive.wait(2 * 3600 + 60, 1800)
    assert _shown(drive)[-1] == CLEARED, "nobody wants to find it the next morning"
    assert _shown(drive).count(ASKED) == 4
    assert drive.session() == "idle"


async def test_who_starts_otherwise_or_goes_out_meanwhile_is_not_asked_again(drive: Drive) -> None:
    await drive.see(PERSON, "home")
    await _remind(drive, later=10)
    await drive.wait(31, 31)
    await _press(drive, "Later")
    await drive.see(PERSON, "not_home")
    await drive.wait(601, 601)
    assert _shown(drive) == [ASKED, CLEARED]
    await drive.see(PERSON, "home")
    await drive.wait(24 * 3600 - 600, 6 * 3600 - 150)
    assert _shown(drive).count(ASKED) == 2
    drive.start()
    await drive.settle()
    assert _shown(drive) == [ASKED, CLEARED] * 2
    assert drive.called("backstride") == []


async def _met(drive: Drive) -> None:
    drive.start()
    await drive.wait(75)
    drive.command(Command.STOP)
    await drive.hass.async_block_till_done()


@pytest.mark.parametrize(
    ("where", "more"),
    [
        ("not_home", {}),
        ("unavailable", {}),
        ("home", {"weekdays": ["tue"]}),
        ("home", {"quiet_from": "18:00:00", "quiet_to": "07:00:00"}),
        ("home", {"quiet_from": "12:00:00", "quiet_to": "19:00:00"}),
    ],
    ids=["out", "nobody-knows", "another-day", "quiet-past-midnight", "quiet-in-the-evening"],
)
async def test_it_is_silent(drive: Drive, where: str, more: dict[str, Any]) -> None:
    await drive.see(PERSON, where)
    await _remind(drive, **more)
    await drive.wait(31, 31)
    assert _shown(drive) == []


async def test_a_goal_that_is_met_needs_no_reminder(drive: Drive) -> None:
    await drive.see(PERSON, "home")
    drive.freezer.move_to(EVENING)
    await _met(drive)
    await _remind(drive)
    await drive.wait(31, 31)
    assert _shown(drive) == []


async def test_a_streak_at_risk_reminds_at_any_time_but_the_quiet_hours(
    hass: HomeAssistant, drive: Drive
) -> None:
    await drive.see(PERSON, "home")
    await _remind(drive, at_home_only=False, at="06:00:00", quiet_from="21:00:00", quiet_to="07:00:00")
    streak = "event.anna_streak_event"
    for clock, times in (("06:30:00", 0), ("20:59:00", 1), ("21:00:00", 1)):
        drive.freezer.move_to(f"2026-03-03T{clock}-08:00")
        await _at_risk(hass, drive, streak)
        assert _shown(drive).count(ASKED) == times
        await drive.wait(60, 60)
        if times == 1 and clock.startswith("20"):
            await _press(drive, "Start")
            await drive.settle()
            drive.command(Command.STOP)
            await drive.wait(61, 61)


async def test_a_streak_at_risk_does_not_wait_behind_a_reminder_without_an_answer(
    hass: HomeAssistant, drive: Drive
) -> None:
    await drive.see(PERSON, "home")
    await _remind(drive)
    await drive.wait(31, 31)
    await drive.wait(90 * 60, 1800)
    assert _shown(drive) == [ASKED]
    await _at_risk(hass, drive, "event.anna_streak_event")
    assert _shown(drive) == [ASKED] * 2
    await _press(drive, "Start")
    assert drive.session() == "lead_in"


async def test_what_comes_in_quiet_hours_leaves_the_buttons_of_before_alone(
    hass: HomeAssistant, drive: Drive
) -> None:
    await drive.see(PERSON, "home")
    await _remind(drive, quiet_from="19:00:00")
    await drive.wait(31, 31)
    await drive.wait(3600, 1800)
    await _at_risk(hass, drive, "event.anna_streak_event")
    assert _shown(drive) == [ASKED]
    await _press(drive, "Start")
    assert drive.session() == "lead_in"


@pytest.mark.parametrize(("weekdays", "shown"), [(["0"], []), (["1"], [ASKED])])
async def test_a_day_of_rest_is_one(
    hass: HomeAssistant, drive: Drive, weekdays: list[str], shown: list[str]
) -> None:
    await drive.see(PERSON, "home")
    entry = drive.coordinator.entry
    anna = entry.subentries[ANNA]
    hass.config_entries.async_update_subentry(entry, anna, data={**anna.data, "rest_weekdays": weekdays})
    await drive.settle()
    await _remind(drive)
    await drive.wait(31, 31)
    assert _shown(drive) == shown


async def test_a_phone_that_cannot_clear_still_starts(hass: HomeAssistant, drive: Drive) -> None:
    await drive.see(PERSON, "home")
    await _remind(drive)

    async def answers(call: ServiceCall) -> None:
        if call.data["message"] == CLEARED:
            raise HomeAssistantError("not connected")

    hass.services.async_register("notify", NOTIFY.removeprefix("notify."), answers)
    await drive.wait(31, 31)
    await _press(drive, "Start")
    assert drive.session() == "lead_in"


async def _at_risk(hass: HomeAssistant, drive: Drive, streak: str) -> None:
    state = hass.states.get(streak)
    assert state is not None, hass.states.async_entity_ids("event")
    await drive.happens(streak, "at_risk", **{k: v for k, v in state.attributes.items() if k != "event_type"})
