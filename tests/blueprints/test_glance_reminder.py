"""Who walks backward on the ground is reminded to look round; who walks on a belt never is."""

from custom_components.backstride.engine.session import Command
from homeassistant.core import HomeAssistant

from ..gym.visit import IN_THE_GYM
from ..setup import GYM, HALL
from .driving import Drive, async_use, mock
from .lamps import CEILING, LAMP, STRIP, async_hang, shine

pytestmark = IN_THE_GYM


async def _remind(hass: HomeAssistant, drive: Drive, place: str) -> None:
    mock(hass, "tts.speak")
    await async_hang(hass)
    await async_use(
        hass,
        "glance_reminder",
        place=drive.device(place),
        lamps=[STRIP, LAMP],
        media_players=["media_player.hall"],
        tts_engine="tts.piper",
        seconds=10,
    )


async def test_light_pulses_each_time_and_words_come_every_thirty_seconds_while_walking_backward(
    hass: HomeAssistant, drive: Drive
) -> None:
    await _remind(hass, drive, HALL)
    before = shine(hass)
    drive.start(HALL)
    await drive.wait(20, 1)
    assert len(drive.called("scene.create")) == 1
    assert [data["brightness_pct"] for _, data in drive.called("light.turn_on")[-2:]] == [80, 40]
    assert shine(hass) != before
    await drive.wait(1, 0.5)
    assert shine(hass) == before
    await drive.wait(49, 1)
    assert len(drive.called("scene.create")) == 5, "every ten seconds, and what the pulses took"
    assert [data["message"] for _, data in drive.called("tts")] == ["Look behind you."] * 2
    await drive.wait(90, 5)
    assert len(drive.called("scene.create")) == 5, "forward one sees where one goes"
    assert shine(hass) == before


async def test_a_pause_is_no_time_to_look_and_after_it_the_reminding_goes_on(
    hass: HomeAssistant, drive: Drive
) -> None:
    await _remind(hass, drive, HALL)
    before = shine(hass)
    drive.start(HALL)
    await drive.wait(20, 1)
    assert shine(hass) != before
    drive.command(Command.PAUSE, HALL)
    await drive.wait(30, 1)
    assert len(drive.called("scene.create")) == 1
    assert shine(hass) == before
    drive.command(Command.RESUME, HALL)
    await drive.wait(15, 1)
    assert len(drive.called("scene.create")) == 2


async def test_what_is_skipped_in_the_middle_of_a_pulse_is_put_back(
    hass: HomeAssistant, drive: Drive
) -> None:
    await _remind(hass, drive, HALL)
    before = shine(hass)
    drive.start(HALL)
    await drive.wait(20, 1)
    assert shine(hass) != before
    drive.command(Command.SKIP, HALL)
    await drive.settle()
    assert shine(hass) == before
    assert hass.states.get(CEILING) is not None


async def test_on_a_belt_nobody_is_asked_to_look_round(hass: HomeAssistant, drive: Drive) -> None:
    await _remind(hass, drive, GYM)
    drive.start(GYM)
    await drive.wait(70)
    assert drive.called("scene", "tts") == []
