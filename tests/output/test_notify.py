"""A phone that hangs is given up, and then told how things are by now, not what came in between."""

import asyncio

import pytest

from custom_components.backstride.output import notify
from custom_components.backstride.output.notice import Notice
from custom_components.backstride.output.notify import Phone
from homeassistant.core import HomeAssistant, ServiceCall

TARGET = "notify.mobile_app_annas_phone"


def notice(message: str) -> Notice:
    return Notice(tag="backstride_gym", title="Backstride: Gym", message=message, buttons=())


@pytest.mark.logs
async def test_a_phone_that_hangs_is_given_up_and_told_the_latest(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notify, "TIME_OUT", 0.01)
    told: list[str] = []

    async def hang(call: ServiceCall) -> None:
        told.append(call.data["message"])
        await asyncio.Event().wait()

    hass.services.async_register("notify", "mobile_app_annas_phone", hang)
    phone = Phone(hass, TARGET)
    phone.begin("Gym")
    for message in ("Walking", "Paused", "Walking again"):
        phone.show(notice(message))
    phone.clear("backstride_gym")
    await hass.async_block_till_done(wait_background_tasks=True)
    assert told == ["Walking", "clear_notification"]
    assert caplog.text.count(f"Gym: {TARGET} did not come back within 0 s") == 1
    phone.show(notice("Walking once more"))
    await hass.async_block_till_done(wait_background_tasks=True)
    assert told[2:] == ["Walking once more"]
