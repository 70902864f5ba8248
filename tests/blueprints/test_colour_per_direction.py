"""Each direction has its colour and brightness, and afterwards every lamp is as it was."""

from custom_components.backstride.engine.session import Command
from homeassistant.core import HomeAssistant

from ..gym.visit import IN_THE_GYM
from ..setup import GYM
from .driving import Drive, async_use
from .lamps import ALL, LAMP, STRIP, async_hang, shine

pytestmark = IN_THE_GYM


def _colour(hass: HomeAssistant) -> tuple[tuple[int, int, int], int]:
    state = hass.states.get(LAMP)
    assert state is not None
    return state.attributes["rgb_color"], round(state.attributes["brightness"] / 2.55)


async def test_lamps_show_the_direction_and_are_put_back_at_the_end(
    hass: HomeAssistant, drive: Drive
) -> None:
    await async_hang(hass)
    before = shine(hass)
    place = drive.device(GYM)
    await async_use(
        hass,
        "colour_per_direction",
        place=place,
        lamps=[ALL],
        backward_colour=[0, 0, 255],
        backward_brightness=60,
        forward_colour=[0, 255, 0],
        turn_brightness=0,
    )
    drive.start()
    await drive.wait(5)
    assert shine(hass) == before, "the lead-in is no direction"
    await drive.wait(10)
    assert _colour(hass) == ((0, 0, 255), 60)
    assert [state for state, *_ in shine(hass)] == ["on", "on", "on"], "a group means its members"
    await drive.wait(60)
    assert _colour(hass) == ((0, 0, 255), 60), "a turn at 0 % leaves them"
    await drive.wait(30)
    assert _colour(hass) == ((0, 255, 0), 80)
    await drive.wait(60)
    assert drive.session() == "completed"
    assert shine(hass) == before


async def test_a_session_that_is_stopped_puts_them_back_and_the_next_begins_anew(
    hass: HomeAssistant, drive: Drive
) -> None:
    await async_hang(hass)
    await async_use(hass, "colour_per_direction", place=drive.device(GYM), lamps=[STRIP, LAMP, "light.gone"])
    for changed in (False, True):
        if changed:
            await hass.services.async_call("light", "turn_off", {"entity_id": LAMP}, blocking=True)
        before = shine(hass)
        drive.start()
        await drive.wait(15)
        assert shine(hass) != before
        drive.command(Command.STOP)
        await drive.settle()
        assert shine(hass) == before


async def test_a_session_without_an_interval_leaves_lamps_alone(hass: HomeAssistant, drive: Drive) -> None:
    await async_hang(hass)
    before = shine(hass)
    await async_use(hass, "colour_per_direction", place=drive.device(GYM), lamps=[ALL])
    drive.start()
    await drive.wait(5)
    drive.command(Command.STOP)
    await drive.settle()
    assert shine(hass) == before
    assert drive.called("scene") == []
