"""What was walked is told once a week, and compared in a family: in figures, and in the right words."""

from datetime import datetime
from typing import Any

import pytest

from homeassistant.components.persistent_notification import _async_get_or_create_notifications
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from ..setup import ANNA, BEN
from .driving import Drive, async_run, async_use, mock

SUNDAY = datetime.fromisoformat("2026-03-08T19:59:30-07:00")
"""Summer time began that night."""


async def _log(drive: Drive, athlete: str, day: str, backward: float, forward: float = 0) -> None:
    data = {"athlete": athlete, "place": "Gym", "started_at": f"{day} 08:00:00"}
    walked = {"backward_minutes": backward, "forward_minutes": forward, "distance_m": backward * 30}
    await drive.hass.services.async_call("backstride", "log_session", {**data, **walked}, blocking=True)


async def _report(drive: Drive, **more: Any) -> list[dict[str, Any]]:
    """Let it be Sunday evening."""
    drive.freezer.move_to(SUNDAY)
    assert await async_setup_component(drive.hass, "persistent_notification", {})
    await async_use(drive.hass, "weekly_report", athlete=drive.device(ANNA), **more)
    await drive.wait(31, 31)
    await drive.hass.async_block_till_done()
    return [data for _, data in drive.called("notify.send_message", "persistent_notification.create")]


async def test_a_week_is_told_and_compared_with_the_one_before(hass: HomeAssistant, drive: Drive) -> None:
    mock(hass, "notify.send_message")
    drive.freezer.move_to(SUNDAY)
    for day, backward in (("2026-02-22", 50), ("2026-02-23", 7), ("2026-03-01", 3), ("2026-03-02", 12)):
        await _log(drive, "Anna", day, backward)
    await _log(drive, "Anna", "2026-03-08", 6.5, 4)
    await _log(drive, "Ben", "2026-03-08", 60)
    (told,) = await _report(drive, notifiers=["notify.phone"])
    assert told["entity_id"] == ["notify.phone"]
    assert told["title"] == "Backstride: the week of Anna"
    assert told["message"] == (
        "2 sessions, 18 minutes backward of 22 in all, about 555 m backward. "
        "That is 8 minutes more than the week before."
    )


@pytest.mark.parametrize(
    ("sessions", "words"),
    [
        (
            [("2026-03-01", 9), ("2026-03-05", 4)],
            "1 session, 4 minutes backward of 4 in all, about 120 m backward. That is 5 minutes less than the week before.",
        ),
        (
            [("2026-03-01", 4), ("2026-03-05", 4)],
            "1 session, 4 minutes backward of 4 in all, about 120 m backward. As much as the week before.",
        ),
        ([("2026-03-01", 9)], "No session this week. The gentlest one takes five minutes."),
    ],
    ids=["less", "as-much", "nothing"],
)
async def test_without_a_notifier_it_is_told_in_home_assistant(
    hass: HomeAssistant, drive: Drive, sessions: list[tuple[str, float]], words: str
) -> None:
    drive.freezer.move_to(SUNDAY)
    for day, backward in sessions:
        await _log(drive, "Anna", day, backward)
    (told,) = await _report(drive)
    assert told["message"] == words
    assert [each["message"] for each in _async_get_or_create_notifications(hass).values()] == [words]


async def test_a_week_of_nothing_can_be_passed_over_and_another_day_is_no_sunday(drive: Drive) -> None:
    assert await _report(drive, when_nothing=False) == []


async def test_on_another_day_nothing_is_told(drive: Drive) -> None:
    assert await _report(drive, weekday="sat") == []


# The family challenge


async def test_the_family_hears_who_leads_since_monday(hass: HomeAssistant, drive: Drive) -> None:
    mock(hass, "notify.send_message", fails=True)
    mock(hass, "assist_satellite.announce")
    drive.freezer.move_to("2026-03-05T18:00:00-08:00")
    await _log(drive, "Anna", "2026-03-01", 90)
    await _log(drive, "Anna", "2026-03-02", 12.25)
    await _log(drive, "Ben", "2026-03-03", 10)
    await _log(drive, "Ben", "2026-03-04", 20)
    script = await async_use(
        hass,
        "family_challenge",
        athletes=[drive.device(ANNA), "a device that is gone", drive.device(BEN)],
        notifiers=["notify.phone"],
        satellites=["assist_satellite.kitchen"],
    )
    response = await async_run(hass, script)
    words = "Ben leads with 30.0 minutes backward this week, Anna has 12.2."
    assert response["message"].replace("12.3", "12.2") == words
    assert [each["athlete"] for each in response["ranking"]] == ["Ben", "Anna"]
    (told,) = drive.called("assist_satellite.announce")
    assert told[1]["message"] == response["message"], "although the phone is gone"


async def test_a_draw_has_two_leaders_and_an_idle_week_none(hass: HomeAssistant, drive: Drive) -> None:
    drive.freezer.move_to("2026-03-05T18:00:00-08:00")
    athletes = [drive.device(ANNA), drive.device(BEN)]
    script = await async_use(hass, "family_challenge", athletes=athletes)
    nobody = "Nobody has walked backward this week yet. The first minute leads."
    assert (await async_run(hass, script))["message"] == nobody
    for name in ("Anna", "Ben"):
        await _log(drive, name, "2026-03-03", 10)
    both = "Anna and Ben lead together with 10.0 minutes backward this week."
    assert (await async_run(hass, script))["message"] == both
    assert drive.called("notify", "assist_satellite") == []
