"""An athlete's phone is picked from what is there; what has no buttons is told apart, and what is gone is kept."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service

from custom_components.backstride.const import SubentryType
from custom_components.backstride.settings import athlete_settings
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .owner import Owner
from .setup import async_set_up, new_entry, subentry

pytestmark = pytest.mark.usefixtures("enable_custom_integrations")

PHONE, TV = "notify.mobile_app_annas_phone", "notify.tv"


async def async_athletes(hass: HomeAssistant, **kept: Any) -> Owner:
    """Set up one athlete, with a phone, a television and what belongs to neither around."""
    async_mock_service(hass, "notify", "mobile_app_annas_phone")
    async_mock_service(hass, "notify", "send_message")
    registry = er.async_get(hass)
    registry.async_get_or_create("notify", "tv", "1", suggested_object_id="tv")
    registry.async_get_or_create("notify", "mobile_app", "2", suggested_object_id="annas_phone")
    hass.states.async_set(TV, "unknown", {"friendly_name": "Television"})
    hass.states.async_set("notify.annas_phone", "unknown", {"friendly_name": "Anna's phone"})
    entry = new_entry(subentry(SubentryType.ATHLETE, "anna", "Anna", kept))
    await async_set_up(hass, entry)
    return Owner(hass, entry)


async def changing(owner: Owner) -> Owner:
    return await owner.changes(owner.only(SubentryType.ATHLETE))


def offered(owner: Owner) -> list[tuple[str, str]]:
    """Give what the form offers, and how it is called."""
    config = owner.sees["data_schema"].schema["notify"].config
    return [(option["value"], option["label"]) for option in config["options"]]


async def test_phones_and_whatever_else_notifies_are_offered_each_once(hass: HomeAssistant) -> None:
    owner = await changing(await async_athletes(hass))
    assert offered(owner) == [(PHONE, "Annas phone"), (TV, "Television")]


async def test_a_phone_is_kept_by_its_action_and_an_entity_by_its_registry_id(hass: HomeAssistant) -> None:
    owner = await changing(await async_athletes(hass))
    await owner.fills_in(notify=PHONE)
    athlete = owner.only(SubentryType.ATHLETE)
    assert athlete_settings(athlete).notify == PHONE
    await changing(owner)
    assert owner.shown["notify"] == PHONE
    await owner.fills_in(notify=TV)
    entry = er.async_get(hass).async_get(TV)
    assert entry is not None
    assert athlete.data["notify"] == entry.id
    await changing(owner)
    assert owner.shown["notify"] == TV
    await owner.fills_in(notify=None)
    assert "notify" not in athlete.data


@pytest.mark.parametrize("target", ["notify.nobody", "light.tv", "Annas phone"])
async def test_what_does_not_notify_is_refused_in_words(hass: HomeAssistant, target: str) -> None:
    owner = await changing(await async_athletes(hass))
    await owner.fills_in(notify=target)
    assert (owner.step, owner.errors) == ("athlete", {"notify": "no_phone"})
    await owner.fills_in(notify=PHONE)
    assert owner.sees["reason"] == "reconfigure_successful"


async def test_a_phone_that_is_away_just_now_is_kept(hass: HomeAssistant) -> None:
    owner = await changing(await async_athletes(hass, notify="notify.mobile_app_old_phone"))
    await owner.fills_in(height_cm=170)
    assert owner.only(SubentryType.ATHLETE).data["notify"] == "notify.mobile_app_old_phone"


def paired(hass: HomeAssistant, manufacturer: str) -> None:
    """Let the companion app of Anna's phone be known."""
    data = {"device_name": "Annas Phone", "manufacturer": manufacturer}
    MockConfigEntry(domain="mobile_app", data=data).add_to_hass(hass)


async def test_an_android_phone_may_speak(hass: HomeAssistant) -> None:
    paired(hass, "Fairphone")
    owner = await changing(await async_athletes(hass))
    assert owner.shown["phone_speaks"] is False
    await owner.fills_in(notify=PHONE, phone_speaks=True)
    assert athlete_settings(owner.only(SubentryType.ATHLETE)).speaking_phone == PHONE
    await changing(owner)
    await owner.fills_in(phone_speaks=False)
    assert athlete_settings(owner.only(SubentryType.ATHLETE)).speaking_phone is None


@pytest.mark.parametrize(
    ("manufacturer", "target"),
    [
        pytest.param("Apple", PHONE, id="an iPhone"),
        pytest.param("Fairphone", TV, id="an entity"),
        pytest.param("Fairphone", None, id="no phone"),
    ],
)
async def test_what_cannot_speak_is_refused_in_words(
    hass: HomeAssistant, manufacturer: str, target: str | None
) -> None:
    paired(hass, manufacturer)
    owner = await changing(await async_athletes(hass))
    await owner.fills_in(notify=target, phone_speaks=True)
    assert (owner.step, owner.errors) == ("athlete", {"phone_speaks": "phone_is_mute"})
    await owner.fills_in(notify=target, phone_speaks=False)
    assert owner.sees["reason"] == "reconfigure_successful"


async def test_one_that_speaks_and_is_away_just_now_is_kept(hass: HomeAssistant) -> None:
    kept = {"notify": "notify.mobile_app_old_phone", "phone_speaks": True}
    owner = await changing(await async_athletes(hass, **kept))
    await owner.fills_in(height_cm=170)
    assert athlete_settings(owner.only(SubentryType.ATHLETE)).speaking_phone == kept["notify"]


async def test_the_first_flow_asks_for_a_phone_too(hass: HomeAssistant) -> None:
    async_mock_service(hass, "notify", "mobile_app_annas_phone")
    flows = hass.config_entries.flow
    result: Any = await flows.async_init("backstride", context={"source": "user"})
    questions = dict.fromkeys(("balance", "pregnancy", "surgery", "seizures", "heart"), "no")
    forms: list[dict[str, Any]] = [
        {**questions, "manual_allows_backward": "yes", "accepted": True},
        {"name": "Anna", "notify": "notify.nobody"},
    ]
    for form in forms:
        result = await flows.async_configure(result["flow_id"], form)
    assert (result["step_id"], result["errors"]) == ("athlete", {"notify": "no_phone"})
    result = await flows.async_configure(result["flow_id"], {"name": "Anna", "notify": PHONE})
    assert result["step_id"] == "place"
