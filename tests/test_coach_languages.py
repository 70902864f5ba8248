"""The coach speaks the language that the server has; who changes it hears the new one from the next session on."""

import pytest

from custom_components.backstride.engine.session import Command
from homeassistant.core import HomeAssistant

from .gym.visit import IN_THE_GYM
from .hall import Hall, OpenHall

pytestmark = IN_THE_GYM


@pytest.fixture
async def hall(hass: HomeAssistant, open_hall: OpenHall) -> Hall:
    """Give a gym in a house that speaks German."""
    await hass.config.async_update(language="de")
    return await open_hall()


async def test_a_session_is_spoken_in_the_servers_language(hall: Hall) -> None:
    hall.start()
    await hall.wait(12)
    assert hall.words == [
        "Halt dich fest und schau geradeaus. Zuerst rückwärts gehen mit Tempo 1,2.",
        "Drei.",
        "Zwei.",
        "Eins.",
        "Rückwärts gehen mit Tempo 1,2, eine Minute.",
    ]


async def test_another_language_is_spoken_from_the_next_session_on(hall: Hall) -> None:
    hall.start()
    await hall.wait(1)
    await hall.hass.config.async_update(language="pt")
    await hall.wait(11)
    hall.command(Command.STOP)
    await hall.wait(4)
    assert hall.words[-1] == "Training beendet."
    hall.start()
    await hall.wait(1)
    assert hall.words[-1] == "Segure firme e olhe para frente. Primeiro, caminhe para trás a 1,2."


async def test_a_test_of_the_speaker_is_in_the_language_of_now(hall: Hall) -> None:
    await hall.hass.config.async_update(language="ja")
    await hall.hass.async_block_till_done()
    await hall.press("test_sound_and_lights")
    await hall.wait(1)
    assert hall.words == ["コーチです。声はここから聞こえます。"]
