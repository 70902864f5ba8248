"""The switch of a place is reached by the sentences that every Home Assistant has, in every language, without one of ours."""

import pytest

from custom_components.backstride.const import CONF_VOICE
from custom_components.backstride.output.phrases import NATIVE_NAMES
from homeassistant.core import HomeAssistant

from .conversing import OVER_THE_WEB, async_converse, said
from .setup import ANNA, GYM, async_set_up, new_entry, subentries

pytestmark = [pytest.mark.usefixtures("enable_custom_integrations"), OVER_THE_WEB]

NAME = "Gym Backward walk"
SWITCHED = {
    "de": ("Schalte {} ein", "Schalte {} aus"),
    "en": ("turn on {}", "turn off {}"),
    "es": ("enciende {}", "apaga {}"),
    "fr": ("allume {}", "éteins {}"),
    "it": ("accendi {}", "spegni {}"),
    "ja": ("{}をオンにして", "{}をオフにして"),
    "nl": ("zet {} aan", "zet {} uit"),
    "pt-BR": ("ligar {}", "desligar {}"),
    "zh-Hans": ("打开{}", "关闭{}"),
}


@pytest.mark.parametrize("language", NATIVE_NAMES)
async def test_it_begins_and_ends_a_session_with_its_lead_in(hass: HomeAssistant, language: str) -> None:
    hass.config.language = language
    assert await async_converse(hass)
    anna, _, gym, _, mine = subentries()
    entry = new_entry(anna, gym, mine)
    entry.add_to_hass(hass)
    # With none of our own sentences in its way.
    hass.config_entries.async_update_entry(entry, options={CONF_VOICE: False})
    coordinator = await async_set_up(hass, entry)
    on, off = SWITCHED[language]
    await said(hass, on.format(NAME), language=language)
    session = coordinator.session(GYM)
    assert session is not None
    assert (session.state, coordinator.athlete_at(GYM)) == ("lead_in", ANNA)
    await said(hass, off.format(NAME), language=language)
    assert not coordinator.is_on(GYM)
