"""What is heard of a place's sources: how fast each speaks, what is passed on, and what is not believed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.backstride.engine.metrics import Quantity, Reading
from custom_components.backstride.machine.sources import Pace, SourceEntity, Sources, pace
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
STRAP, GRIPS, SPEED, WAY = "sensor.strap", "sensor.grips", "sensor.speed", "sensor.way"
WORN = SourceEntity(entity_id=STRAP, quantity=Quantity.HEART_RATE, is_worn=True)
ON_THE_MACHINE = SourceEntity(entity_id=GRIPS, quantity=Quantity.HEART_RATE)
BELT = SourceEntity(entity_id=SPEED, quantity=Quantity.SPEED)
TRAINER = SourceEntity(entity_id=WAY, quantity=Quantity.DIRECTION)


@pytest.mark.parametrize(
    ("ago", "judged"),
    [
        pytest.param([], Pace.UNKNOWN, id="never"),
        pytest.param([0], Pace.UNKNOWN, id="once, just now"),
        pytest.param([60], Pace.UNKNOWN, id="once, a minute ago"),
        pytest.param([60.1], Pace.DELAYED, id="once, more than a minute ago"),
        pytest.param([30, 0], Pace.UNKNOWN, id="twice in a minute"),
        pytest.param([7200, 61], Pace.DELAYED, id="twice in two hours"),
        pytest.param([2, 1, 0], Pace.LIVE, id="every second"),
        pytest.param([59.9, 30, 0], Pace.LIVE, id="three times in less than a minute"),
        pytest.param([60, 30, 0], Pace.LIVE, id="three times in a minute"),
        pytest.param([60.1, 30, 0], Pace.DELAYED, id="three times in more than a minute"),
        pytest.param([900, 600, 300, 0], Pace.DELAYED, id="every five minutes"),
        pytest.param([900, 30, 20, 10], Pace.LIVE, id="slow before, fast now"),
        pytest.param([62, 61, 60.5], Pace.DELAYED, id="fast before, silent for a minute"),
        pytest.param([21600], Pace.DELAYED, id="six hours ago"),
        pytest.param([21601], Pace.DAILY, id="more than six hours ago"),
        pytest.param([172800, 86400, 0], Pace.DELAYED, id="each day, and just now: nobody can tell yet"),
    ],
)
def test_a_source_is_judged_by_its_last_three_updates(ago: list[float], judged: Pace) -> None:
    assert pace([NOW - timedelta(seconds=seconds) for seconds in ago], NOW) is judged


@pytest.mark.parametrize(
    ("ago", "judged"),
    [
        pytest.param([], Pace.DAILY, id="never"),
        pytest.param([300], Pace.DAILY, id="minutes ago"),
        pytest.param([20, 10, 0], Pace.LIVE, id="three times in a minute, whatever it adds up"),
    ],
)
def test_what_adds_up_a_day_is_daily_unless_it_is_seen_to_be_live(ago: list[float], judged: Pace) -> None:
    assert pace([NOW - timedelta(seconds=seconds) for seconds in ago], NOW, is_day_total=True) is judged


class _Ear:
    """Sources, and what they passed on."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.told: list[Reading] = []
        self.sources = Sources(hass, dt_util.utcnow, self.told.append)

    @property
    def said(self) -> list[tuple[float | None, bool]]:
        """What was passed on since it was last asked for: value, and whether live."""
        told = [(one.value, one.is_live) for one in self.told]
        self.told.clear()
        return told


@pytest.fixture
def ear(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> _Ear:
    freezer.move_to(NOW)
    return _Ear(hass)


async def _say(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    entity_id: str,
    value: float | str,
    *,
    after: float = 1,
    attributes: Mapping[str, Any] | None = None,
) -> None:
    freezer.tick(after)
    hass.states.async_set(entity_id, str(value), attributes)
    await hass.async_block_till_done()


async def test_it_begins_with_what_is_there_and_hears_every_change_until_the_end(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear
) -> None:
    hass.states.async_set(SPEED, "2")
    hass.states.async_set(WAY, "backward")
    ear.sources.start([BELT, TRAINER])
    await _say(hass, freezer, SPEED, 2.5)
    await _say(hass, freezer, WAY, "forward")
    hass.states.async_remove(SPEED)
    await hass.async_block_till_done()
    told = [(one.quantity, one.value) for one in ear.told]
    assert told == [
        (Quantity.SPEED, 2),
        (Quantity.DIRECTION, -1),
        (Quantity.SPEED, 2.5),
        (Quantity.DIRECTION, 1),
        (Quantity.SPEED, None),
    ]
    assert ear.told[2].at == NOW + timedelta(seconds=1)
    ear.told.clear()
    ear.sources.stop()
    await _say(hass, freezer, WAY, "backward")
    assert ear.told == []


async def test_without_sources_there_is_nothing_to_hear(ear: _Ear) -> None:
    ear.sources.start([])
    assert ear.said == []
    assert ear.sources.look(BELT).pace(NOW) is Pace.UNKNOWN


async def test_a_source_that_is_missing_is_silent_until_it_comes(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear
) -> None:
    ear.sources.start([BELT])
    await _say(hass, freezer, SPEED, 3)
    assert [value for value, _ in ear.said] == [None, 3]


async def test_wild_values_are_counted_and_not_passed_on(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear
) -> None:
    hass.states.async_set(SPEED, "3")
    ear.sources.start([BELT])
    for value in (60, 3.1, "unavailable", 61, 61, 3.2):
        await _say(hass, freezer, SPEED, value)
    assert [value for value, _ in ear.said] == [3, None, 3.1, None, None, 3.2]
    assert ear.sources.look(BELT).wild == 3, "the same wild value twice is wild twice"
    assert ear.sources.look(BELT).pace(dt_util.utcnow()) is Pace.UNKNOWN, "once since it was unavailable"


async def test_a_heart_rate_is_live_from_its_third_word_within_a_minute(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear
) -> None:
    ear.sources.start([WORN])
    for value, after in ((100, 20), (101, 20), (102, 20), (103, 20), (104, 41), (105, 1)):
        await _say(hass, freezer, STRAP, value, after=after)
    assert ear.said == [(100, False), (101, False), (102, True), (103, True), (104, False), (105, True)]


async def test_a_heart_rate_that_stays_the_same_is_told_again_and_is_live(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear
) -> None:
    hass.states.async_set(STRAP, "100")
    ear.sources.start([WORN])
    for _ in range(3):
        await _say(hass, freezer, STRAP, 100)
    assert ear.said == [(100, False), (100, False), (100, True), (100, True)]


async def test_a_speed_that_stays_the_same_is_no_news_but_counts_for_its_pace(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear
) -> None:
    hass.states.async_set(SPEED, "3")
    ear.sources.start([BELT])
    for _ in range(3):
        await _say(hass, freezer, SPEED, 3)
    assert [value for value, _ in ear.said] == [3]
    assert ear.sources.look(BELT).pace(dt_util.utcnow()) is Pace.LIVE


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        pytest.param(60, [(80, False)], id="a minute old"),
        pytest.param(61, [], id="older"),
    ],
)
async def test_the_heart_rate_of_earlier_is_not_that_of_the_session(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    ear: _Ear,
    ago: float,
    told: list[tuple[float, bool]],
) -> None:
    hass.states.async_set(STRAP, "80")
    freezer.tick(ago)
    ear.sources.start([WORN])
    assert ear.said == told
    await _say(hass, freezer, STRAP, 120)
    assert ear.said == [(120, False)]


async def test_a_strap_that_comes_off_is_silent_and_must_prove_itself_again(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear
) -> None:
    ear.sources.start([WORN])
    for value in (100, 101, 102, "unavailable", 103):
        await _say(hass, freezer, STRAP, value)
    assert ear.said == [(100, False), (101, False), (102, True), (None, False), (103, False)]


class TestTwoHeartRates:
    """The athlete's own, and the machine's."""

    async def test_while_both_are_live_the_athletes_own_is_heard(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear
    ) -> None:
        ear.sources.start([WORN, ON_THE_MACHINE])
        for beat in range(4):
            await _say(hass, freezer, STRAP, 100 + beat)
            await _say(hass, freezer, GRIPS, 90 + beat)
        assert ear.said == [(100, False), (101, False), (102, True), (103, True)]

    async def test_a_watch_that_tells_later_gives_way_to_live_grips_and_takes_over_when_they_are_let_go(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear
    ) -> None:
        ear.sources.start([WORN, ON_THE_MACHINE])
        await _say(hass, freezer, STRAP, 70)
        for beat in range(4):
            await _say(hass, freezer, GRIPS, 90 + beat)
        assert ear.said == [(70, False), (92, True), (93, True)]
        await _say(hass, freezer, STRAP, 71)
        assert ear.said == []
        await _say(hass, freezer, GRIPS, "unavailable")
        assert ear.said == [(None, False)]
        await _say(hass, freezer, STRAP, 72, after=100)
        assert ear.said == [(72, False)]

    async def test_a_strap_that_dies_without_a_word_leaves_it_to_the_grips(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear
    ) -> None:
        ear.sources.start([WORN, ON_THE_MACHINE])
        for beat in range(3):
            await _say(hass, freezer, STRAP, 100 + beat)
        assert ear.said == [(100, False), (101, False), (102, True)]
        for beat in range(4):
            await _say(hass, freezer, GRIPS, 90 + beat, after=19)
        assert ear.said == [(93, True)]

    async def test_a_strap_that_is_not_worn_does_not_keep_the_grips_from_being_heard(
        self, hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear
    ) -> None:
        hass.states.async_set(STRAP, "unavailable")
        ear.sources.start([WORN, ON_THE_MACHINE])
        await _say(hass, freezer, GRIPS, 90)
        assert ear.said == [(90, False)]


async def test_a_source_is_found_by_its_registry_id_and_followed_when_it_is_renamed(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear
) -> None:
    registry = er.async_get(hass)
    entry = registry.async_get_or_create("sensor", "gym", "speed", suggested_object_id="speed")
    source = SourceEntity(entity_id=entry.id, quantity=Quantity.SPEED)
    ear.sources.start([source])
    await _say(hass, freezer, SPEED, 60)
    registry.async_update_entity(SPEED, name="Belt")
    await hass.async_block_till_done()
    registry.async_update_entity(SPEED, new_entity_id="sensor.belt")
    await hass.async_block_till_done()
    await _say(hass, freezer, "sensor.belt", 61)
    await _say(hass, freezer, "sensor.belt", 4)
    assert [value for value, _ in ear.said][-1] == 4
    heard = ear.sources.look(source)
    assert (heard.entity_id, heard.wild) == ("sensor.belt", 2)


@pytest.mark.parametrize(
    ("last_reset", "judged"),
    [
        pytest.param("2026-03-02T00:00:00-08:00", Pace.DAILY, id="began at midnight here"),
        pytest.param("2026-03-02T08:00:00+00:00", Pace.DAILY, id="the same midnight, told in UTC"),
        pytest.param(
            "2026-03-02T14:30:00+00:00", Pace.DELAYED, id="began in the morning: a session's counter"
        ),
        pytest.param("today", Pace.DELAYED, id="no instant"),
    ],
)
async def test_a_total_that_began_at_midnight_is_of_the_day(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, ear: _Ear, last_reset: str, judged: Pace
) -> None:
    await hass.config.async_set_time_zone("America/Los_Angeles")
    steps = SourceEntity(entity_id="sensor.steps", quantity=Quantity.STEPS, is_worn=True)
    await _say(hass, freezer, "sensor.steps", 900, attributes={"last_reset": last_reset})
    freezer.tick(300)
    assert ear.sources.look(steps).pace(dt_util.utcnow()) is judged
