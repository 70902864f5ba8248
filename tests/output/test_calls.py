"""A device that fails, hangs or is missing never delays or breaks anything, and is named once."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from custom_components.backstride.output import calls as calls_module
from custom_components.backstride.output.calls import Calls, Ready
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError

LAMP, OTHER = "light.lamp", "light.other"
ACTION = ("lamps", "change")


@pytest.fixture
def calls(hass: HomeAssistant) -> Calls:
    hass.states.async_set(LAMP, "on")
    hass.states.async_set(OTHER, "on")
    return Calls(hass, "Gym")


class Lamps:
    """An action whose answer can be made to wait or to fail."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with an action that answers at once."""
        self.hass = hass
        self.called: list[str] = []
        self.came_back: list[str] = []
        self.answer: Callable[[str], Awaitable[None]] | None = None
        hass.services.async_register(*ACTION, self._change)

    async def _change(self, call: ServiceCall) -> None:
        lamp: str = call.data["entity_id"]
        self.called.append(lamp)
        if self.answer is not None:
            await self.answer(lamp)
        self.came_back.append(lamp)


@pytest.fixture
def lamps(hass: HomeAssistant) -> Lamps:
    return Lamps(hass)


async def _hang(_lamp: str) -> None:
    await asyncio.Event().wait()


async def test_a_call_is_on_its_way_when_calling_returns(calls: Calls, lamps: Lamps) -> None:
    assert calls.call(LAMP, ACTION, {"entity_id": LAMP})
    assert lamps.came_back == [LAMP]
    assert not calls.is_pending(LAMP)


async def test_a_lamp_that_hangs_keeps_no_other_waiting(calls: Calls, lamps: Lamps) -> None:
    async def only_one_hangs(lamp: str) -> None:
        if lamp == LAMP:
            await _hang(lamp)

    lamps.answer = only_one_hangs
    for lamp in (LAMP, OTHER):
        calls.call(lamp, ACTION, {"entity_id": lamp})
    assert calls.is_pending(LAMP)
    assert lamps.came_back == [OTHER]
    await calls.async_finish(0.01)
    assert calls.is_pending(LAMP), "and nobody waits for it for ever"


async def test_a_busy_lamp_is_left_alone_unless_it_matters(calls: Calls, lamps: Lamps) -> None:
    lamps.answer = _hang
    assert calls.call(LAMP, ACTION, {"entity_id": LAMP})
    assert not calls.call(LAMP, ACTION, {"entity_id": LAMP})
    assert calls.call(LAMP, ACTION, {"entity_id": LAMP}, overtake=True)
    await asyncio.sleep(0.01)
    assert lamps.called == [LAMP, LAMP]
    lamps.answer = None
    assert calls.is_pending(LAMP), "the call that was overtaken takes nothing away from the one after it"
    assert calls.call(LAMP, ACTION, {"entity_id": LAMP}, overtake=True)
    await calls.async_finish(1)
    assert not calls.is_pending(LAMP)
    assert lamps.came_back == [LAMP]


@pytest.mark.logs
async def test_a_call_that_does_not_come_back_is_given_up(
    calls: Calls, lamps: Lamps, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(calls_module, "TIME_OUT", 0.01)
    lamps.answer = _hang
    calls.call(LAMP, ACTION, {"entity_id": LAMP})
    await calls.async_finish(1)
    assert not calls.is_pending(LAMP)
    assert "Gym: light.lamp did not come back from lamps.change" in caplog.text


async def _fail(_lamp: str) -> None:
    raise HomeAssistantError("the bridge is gone")


async def _break(_lamp: str) -> None:
    raise RuntimeError("not even an error of ours")


@pytest.mark.logs
@pytest.mark.parametrize("answer", [_fail, _break])
async def test_a_failure_is_named_once_a_session(
    answer: Callable[[str], Awaitable[None]],
    calls: Calls,
    lamps: Lamps,
    caplog: pytest.LogCaptureFixture,
) -> None:
    lamps.answer = answer
    for _ in range(3):
        assert calls.call(LAMP, ACTION, {"entity_id": LAMP})
    await calls.async_finish(1)
    assert caplog.text.count("light.lamp failed at lamps.change") == 1
    calls.begin()
    calls.call(LAMP, ACTION, {"entity_id": LAMP})
    assert caplog.text.count("light.lamp failed at lamps.change") == 2


@pytest.mark.logs
@pytest.mark.parametrize(
    ("lamp", "named"), [(LAMP, "light.lamp is unavailable"), ("light.gone", "light.gone is not there")]
)
async def test_what_is_not_there_is_not_called(
    calls: Calls, lamps: Lamps, lamp: str, named: str, caplog: pytest.LogCaptureFixture
) -> None:
    lamps.hass.states.async_set(LAMP, "unavailable")
    for _ in range(2):
        assert not calls.call(lamp, ACTION, {"entity_id": lamp})
    assert lamps.called == []
    assert caplog.text.count(named) == 1


async def test_what_overtakes_begins_when_the_other_has_cleared_up(calls: Calls, lamps: Lamps) -> None:
    """A satellite refuses to speak as long as it has not put its last announcement away."""
    busy = False

    async def one_at_a_time(_lamp: str) -> None:
        nonlocal busy
        assert not busy
        busy = True
        try:
            await asyncio.sleep(0.05 if len(lamps.called) > 1 else 10)
        finally:
            busy = False

    lamps.answer = one_at_a_time
    told: list[bool] = []
    calls.call(LAMP, ACTION, {"entity_id": LAMP}, done=told.append)
    calls.call(LAMP, ACTION, {"entity_id": LAMP}, overtake=True, done=told.append)
    await asyncio.sleep(0)
    await calls.async_finish(1)
    assert lamps.came_back == [LAMP]
    assert told == [False, True]


def _ready(lamp: str) -> Ready:
    return Ready(entity_id=lamp, action=ACTION, data={"entity_id": lamp})


async def test_what_is_ready_goes_at_once_and_waits_for_nothing_that_hangs(
    calls: Calls, lamps: Lamps
) -> None:
    lamps.answer = _hang
    calls.call(LAMP, ACTION, {"entity_id": LAMP})
    calls.launch([_ready(LAMP), _ready(OTHER)])
    assert lamps.called == [LAMP, LAMP, OTHER]
    assert calls.is_pending(LAMP)
    assert calls.is_pending(OTHER)


@pytest.mark.logs
async def test_of_what_was_ready_a_failure_keeps_no_other_from_going(
    calls: Calls, lamps: Lamps, caplog: pytest.LogCaptureFixture
) -> None:
    async def one_fails(lamp: str) -> None:
        if lamp == LAMP:
            await _fail(lamp)

    lamps.answer = one_fails
    calls.launch([_ready(LAMP), Ready(entity_id="light.odd", action=("no", "such"), data={}), _ready(OTHER)])
    assert lamps.came_back == [OTHER]
    assert "light.lamp failed at lamps.change" in caplog.text
    assert "light.odd failed at no.such" in caplog.text
