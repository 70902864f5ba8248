"""Sentences are spoken before they are needed, two at a time and the next first, by whatever engine there is."""

from collections.abc import AsyncIterator
import logging

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.backstride.output.calls import Calls
from custom_components.backstride.output.studio import Studio, engine_for
from homeassistant.components.tts.const import DATA_COMPONENT
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ..gym.visit import IN_THE_GYM, async_do
from .singer import ENGINE, Desk, Singer, async_open_desk, wav_file

pytestmark = IN_THE_GYM

VOICE, MANNERS = "tts.virtual_gym_voice", "select.virtual_gym_voice_manners"
BROKEN = HomeAssistantError("the quota is used up")
LOGS = pytest.mark.logs


@pytest.fixture
async def desk(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> AsyncIterator[Desk]:
    """Give a desk whose engine answers when it is told to."""
    opened = await async_open_desk(hass, freezer)
    yield opened
    await opened.async_end()


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.name == "custom_components.backstride" and record.levelno >= logging.WARNING
    ]


def has_voice(desk: Desk) -> bool:
    return desk.studio.has_voice


# Made ahead


async def test_a_sentence_is_coming_and_then_there_without_the_silence_around_it(desk: Desk) -> None:
    assert desk.studio.clip("Stop.") is None
    assert not desk.studio.is_coming("Stop.")
    await desk.prepare("Stop.")
    assert desk.studio.is_coming("Stop.")
    assert desk.studio.clip("Stop.") is None
    sound = wav_file(0.5)
    await desk.answer("Stop.", sound + bytes(2 * 44_100))
    clip = desk.studio.clip("Stop.")
    assert clip is not None
    assert clip.seconds == pytest.approx(0.5)
    assert not desk.studio.is_coming("Stop.")


async def test_nothing_is_made_twice(desk: Desk) -> None:
    await desk.prepare("one", "one", "two", "one")
    await desk.prepare("two", "three")
    await desk.answer("one")
    await desk.prepare("one", "two")
    for text in ("two", "three"):
        await desk.answer(text)
    await desk.prepare("one", "two", "three")
    assert desk.singer.texts == ["one", "two", "three"]


async def test_two_are_made_at_once_and_the_next_as_soon_as_one_is_done(desk: Desk) -> None:
    await desk.prepare("1", "2", "3", "4", "5")
    assert desk.open_requests == ["1", "2"]
    await desk.answer("2")
    assert desk.open_requests == ["1", "3"]
    await desk.answer("3")
    assert desk.open_requests == ["1", "4"]
    for text in ("1", "4", "5"):
        await desk.answer(text)
    assert desk.singer.texts == ["1", "2", "3", "4", "5"]
    assert desk.singer.most_at_once == 2
    await desk.prepare("6", "7", "8")
    assert desk.open_requests == ["6", "7"]


async def test_what_was_asked_for_last_is_made_first_and_in_its_order(desk: Desk) -> None:
    await desk.prepare("1", "2", "3", "4", "5")
    await desk.prepare("new", "5", "newer")
    while desk.open_requests:
        await desk.answer(desk.open_requests[0])
    assert desk.singer.texts == ["1", "2", "new", "5", "newer", "3", "4"]


async def test_thousands_of_sentences_are_put_in_order_at_once(desk: Desk) -> None:
    """A plan is made anew at each event of a session, while the engine is still busy with the one before."""
    texts = [f"sentence {number}" for number in range(3000)]
    desk.studio.prepare(texts)
    comparisons = 0

    class Text(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            nonlocal comparisons
            comparisons += 1
            return super().__eq__(other)

    desk.studio.prepare([Text(text) for text in reversed(texts)])
    assert comparisons < 100_000, "looked for one in the other it is millions"


# Who waits for it


async def test_who_waits_for_a_sentence_is_told_once_when_it_is_ready(desk: Desk) -> None:
    await desk.prepare("1", "2")
    desk.watch("1")
    desk.watch("1")
    desk.watch("2")
    assert desk.made == []
    await desk.answer("1")
    assert desk.made == ["1", "1"]
    assert desk.studio.clip("1") is not None
    await desk.answer("2")
    assert desk.made == ["1", "1", "2"]


async def test_who_asks_to_be_told_twice_is_told_once(desk: Desk) -> None:
    told: list[str] = []

    def then() -> None:
        told.append("ready")

    await desk.prepare("1")
    desk.studio.when_made("1", then)
    desk.studio.when_made("1", then)
    await desk.answer("1")
    assert told == ["ready"]


async def test_who_is_told_may_ask_for_more(desk: Desk) -> None:
    def then() -> None:
        desk.studio.prepare(["2", "3"])
        desk.studio.when_made("2", lambda: desk.made.append("2"))
        desk.studio.when_made("1", lambda: desk.made.append("never again"))

    await desk.prepare("1")
    desk.studio.when_made("1", then)
    await desk.answer("1")
    assert desk.open_requests == ["2", "3"]
    await desk.answer("2")
    assert desk.made == ["2"]


# Engines that fail


@LOGS
async def test_an_engine_that_fails_is_named_once_left_alone_and_asked_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.prepare("1", "2", "3")
    desk.watch("1")
    await desk.answer("1", BROKEN)
    assert desk.made == ["1"], "who waited for it must go on without"
    await desk.answer("2", BROKEN)
    assert complaints(caplog) == [f"Gym: tts.singer cannot speak: {BROKEN!r}; the session goes on without it"]
    await desk.wait(9.9)
    assert desk.open_requests == []
    await desk.wait(0.2)
    assert desk.open_requests == ["3"], "one is enough to see whether it is back"
    await desk.answer("3")
    assert desk.open_requests == ["1", "2"]
    while desk.open_requests:
        await desk.answer(desk.open_requests[0])
    assert all(desk.studio.clip(text) for text in "123")
    assert len(complaints(caplog)) == 1


@LOGS
async def test_a_sentence_that_fails_while_others_are_spoken_is_given_up(desk: Desk) -> None:
    def sing(text: str) -> bytes:
        if text == "bad":
            raise BROKEN
        return wav_file()

    desk.singer.sings = sing
    for number in range(40):
        await desk.prepare("bad", str(number))
        await desk.wait(5)
    assert desk.singer.texts.count("bad") == 4
    assert not desk.studio.is_coming("bad")
    assert desk.studio.clip("39")


@LOGS
async def test_an_engine_that_was_away_for_long_speaks_everything_when_it_is_back(desk: Desk) -> None:
    """A warning must not stay without its words because the network was down for some minutes."""
    desk.studio.prepare(["Stop.", "Slow down."])
    await desk.settle()
    for _ in range(200):
        while desk.open_requests:
            await desk.answer(desk.open_requests[0], BROKEN)
        await desk.wait(2)
    tried = len(desk.singer.asked)
    assert tried == 10, "Home Assistant logs every failure"
    assert desk.open_requests == []
    desk.singer.sings = lambda _text: wav_file()
    await desk.wait(60)
    await desk.convert()
    assert desk.studio.clip("Stop.")
    assert desk.studio.clip("Slow down.")


@LOGS
async def test_who_cannot_wait_does_not_wait_for_an_engine_that_is_in_trouble(desk: Desk) -> None:
    """A chime that comes late for nothing is worse than one in time."""
    await desk.prepare("1", "2", "3", "4")
    await desk.answer("1", BROKEN)
    await desk.answer("2", BROKEN)
    assert not desk.studio.is_coming("3"), "it rests"
    await desk.wait(10.1)
    assert "3" in desk.open_requests
    assert not desk.studio.is_coming("3"), "it has not shown yet that it can"
    await desk.answer("3")
    assert desk.studio.is_coming("4")


@LOGS
async def test_an_engine_that_hangs_is_given_up_and_asked_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.prepare("1")
    desk.watch("1")
    await desk.wait(14.9)
    assert desk.made == []
    await desk.wait(0.2)
    assert desk.made == ["1"]
    assert complaints(caplog) == [
        "Gym: tts.singer did not say anything within 15 s; the session goes on without it"
    ]
    await desk.wait(10.1)
    await desk.answer("1")
    assert desk.studio.clip("1"), "the second time it is the answer to the first"


async def test_an_engine_that_is_not_there_is_not_asked_and_nobody_waits_for_it(desk: Desk) -> None:
    await desk.prepare("1", "2", "3")
    await desk.singer.async_be_there(available=False)
    assert has_voice(desk) is False
    assert not desk.studio.is_coming("3")
    await desk.answer("1")
    await desk.answer("2")
    await desk.prepare("4")
    assert desk.singer.texts == ["1", "2"]
    await desk.singer.async_be_there(available=True)
    assert has_voice(desk) is True
    await desk.prepare("3", "4")
    assert desk.open_requests == ["3", "4"]


@LOGS
async def test_an_engine_that_is_gone_while_its_state_is_still_there_is_a_failure(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.hass.states.async_set("tts.ghost", "unknown")
    studio = desk.open(engine="tts.ghost")
    studio.prepare(["1"])
    await desk.settle()
    assert studio.clip("1") is None
    assert "tts.ghost cannot speak" in complaints(caplog)[0]
    studio.clear()


async def test_without_any_engine_nothing_is_coming(hass: HomeAssistant) -> None:
    studio = Studio(hass, engine=None, language="en", name=Calls(hass, "Gym").name)
    studio.prepare(["1"])
    assert not studio.has_voice
    assert not studio.is_coming("1")
    studio.clear()


# What engines make


@pytest.mark.parametrize(
    "form", [{"rate": 22_050}, {"channels": 2}, {"rate": 48_000, "channels": 2}], ids=str
)
async def test_an_engine_of_another_form_is_heard_as_well(desk: Desk, form: dict[str, int]) -> None:
    """Home Assistant converts for it."""
    desk.singer.sings = lambda _text: wav_file(0.5, **form)
    desk.studio.prepare(["1", "2", "3", "4"])
    await desk.convert()
    for text in "1234":
        clip = desk.studio.clip(text)
        assert clip is not None, text
        assert clip.seconds == pytest.approx(0.5, abs=0.03)
    assert desk.singer.texts.count("1") == 2
    assert desk.singer.texts[-2:] == ["3", "4"], "only the first of them twice"


async def test_two_sentences_in_another_form_at_once_are_no_failure(desk: Desk) -> None:
    """Both were asked for before it was known in which form this engine speaks."""
    await desk.prepare("1", "2", "3")
    stereo = wav_file(0.5, channels=2)
    await desk.answer("1", stereo)
    await desk.answer("2", stereo)
    desk.singer.sings = lambda _text: stereo
    while desk.open_requests:
        await desk.answer(desk.open_requests[0], stereo)
    await desk.convert()
    assert all(desk.studio.clip(text) for text in "123")


async def test_the_form_is_asked_of_home_assistant_only_where_it_is_needed(desk: Desk) -> None:
    """What Home Assistant is told to convert it sends through a program, even where that changes nothing."""
    await desk.prepare("1")
    assert desk.singer.asked[0].options == {}
    await desk.answer("1")
    assert desk.studio.clip("1")
    assert desk.singer.texts == ["1"]


@LOGS
@pytest.mark.parametrize("file", [b"", b"<html>Too many requests</html>", wav_file(0.3)[:30]])
async def test_what_is_no_sound_is_a_failure(
    desk: Desk, file: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    desk.singer.sings = lambda _text: file
    desk.studio.prepare(["1"])
    desk.watch("1")
    await desk.convert()
    assert desk.studio.clip("1") is None
    assert desk.made == ["1"]
    assert "cannot speak" in complaints(caplog)[0]


@LOGS
@pytest.mark.parametrize("loudness", [0, 300])
async def test_silence_is_no_sentence_and_no_reason_to_leave_the_engine_alone(
    desk: Desk, loudness: int, caplog: pytest.LogCaptureFixture
) -> None:
    """Where there are no words, a chime has to be heard."""
    await desk.prepare("...", "2", "3")
    desk.watch("...")
    await desk.answer("...", wav_file(0.5, loudness=loudness))
    assert desk.studio.clip("...") is None
    assert desk.made == ["..."]
    assert desk.open_requests == ["2", "3"]
    await desk.prepare("...")
    assert desk.singer.texts.count("...") == 1
    assert complaints(caplog) == ["Gym: tts.singer gave only silence; the session goes on without it"]


# Its language


@pytest.mark.parametrize(
    ("wanted", "spoken", "expected"),
    [
        ("de", ["en", "de-AT", "de-DE"], "de-DE"),
        ("de", ["fr", "de-CH"], "de-CH"),
        ("pt-BR", ["pt-PT", "pt-BR", "en"], "pt-BR"),
        ("zh-Hans", ["en", "zh-CN"], "zh-CN"),
        ("en", ["en"], "en"),
        ("ja", ["en", "nl"], "en"),
    ],
)
async def test_of_what_an_engine_speaks_the_nearest_is_chosen_or_its_own(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, wanted: str, spoken: list[str], expected: str
) -> None:
    desk = await async_open_desk(hass, freezer, *spoken)
    hass.config.country = "DE"
    studio = desk.open(language=wanted)
    studio.prepare(["1"])
    await desk.settle()
    assert [one.language for one in desk.singer.asked] == [expected]
    studio.clear()
    await desk.async_end()


# The end


async def test_what_is_in_the_making_at_the_end_comes_to_nothing(desk: Desk) -> None:
    await desk.prepare("1", "2", "3")
    desk.watch("1")
    desk.watch("3")
    desk.studio.clear()
    assert not any(desk.studio.is_coming(text) for text in "123")
    for text in ("1", "2"):
        await desk.answer(text)
    assert desk.made == []
    assert not any(desk.studio.clip(text) for text in "123")
    assert desk.singer.texts == ["1", "2"]


async def test_what_was_in_the_making_at_the_end_is_made_for_the_next_session(desk: Desk) -> None:
    await desk.prepare("1", "2", "3")
    desk.studio.clear()
    await desk.prepare("1", "4")
    desk.watch("1")
    while desk.open_requests:
        await desk.answer(desk.open_requests[0])
    assert desk.made == ["1"]
    assert desk.studio.clip("1")
    assert desk.studio.clip("4")
    assert desk.studio.clip("3") is None


@LOGS
async def test_at_the_end_of_a_session_its_failures_are_forgotten(desk: Desk) -> None:
    await desk.prepare("1")
    await desk.answer("1", BROKEN)
    desk.studio.clear()
    desk.studio.clear()
    await desk.prepare("1")
    assert desk.open_requests == ["1"]
    assert desk.studio.is_coming("1")


async def test_at_the_end_of_a_session_its_sentences_are_forgotten(desk: Desk) -> None:
    await desk.prepare("1")
    await desk.answer("1")
    desk.studio.clear()
    assert desk.studio.clip("1") is None


async def test_when_home_assistant_stops_nothing_new_is_begun(desk: Desk) -> None:
    await desk.prepare("1", "2", "3", "4")
    await desk.hass.async_stop(force=True)
    await desk.settle()
    assert desk.singer.texts == ["1", "2"]


# Which engine


async def test_an_engine_is_found_by_its_registry_id_also_after_it_was_renamed(desk: Desk) -> None:
    registry = er.async_get(desk.hass)
    entry = registry.async_get(ENGINE)
    assert entry is not None
    assert engine_for(desk.hass, entry.id) == ENGINE
    registry.async_update_entity(ENGINE, new_entity_id="tts.alto")
    await desk.hass.async_block_till_done()
    assert engine_for(desk.hass, entry.id) == "tts.alto"
    assert engine_for(desk.hass, "tts.unknown") == "tts.unknown"


async def test_where_none_was_chosen_one_speaks_that_can(desk: Desk) -> None:
    other = Singer("en", entity_id="tts.alto")
    await desk.hass.data[DATA_COMPONENT].async_add_entities([other])
    assert engine_for(desk.hass, None) == "tts.alto"
    await other.async_be_there(available=False)
    assert engine_for(desk.hass, None) == ENGINE
    await desk.singer.async_be_there(available=False)
    assert engine_for(desk.hass, None) == "tts.alto"
    assert not desk.open(engine=None).has_voice


def test_where_there_is_no_engine_none_is_found(hass: HomeAssistant) -> None:
    assert engine_for(hass, None) is None


# The gym's engines


@pytest.fixture
async def gym(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    gym_can_be_found: None,  # noqa: ARG001 - it has to be found before it is opened
) -> None:
    """Open a gym whose voice hums, with a quick and a slow one that Home Assistant converts."""
    monkeypatch.setattr("shutil.which", lambda _name: None)
    voices = {"converted": {"converted": True}, "slow": {"delay": 0.05}}
    entry = MockConfigEntry(domain="virtual_gym", data={"voices": voices})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()


@pytest.mark.usefixtures("gym")
@pytest.mark.parametrize("engine", [VOICE, "tts.virtual_gym_converted", "tts.virtual_gym_slow"])
async def test_every_voice_of_the_gym_is_made_ready(hass: HomeAssistant, engine: str) -> None:
    studio = Studio(hass, engine=engine, language="en", name=Calls(hass, "Gym").name)
    studio.prepare(["Walk backward.", "Three.", "Two.", "One."])
    await hass.async_block_till_done(wait_background_tasks=True)
    for text in ("Walk backward.", "Three.", "Two.", "One."):
        clip = studio.clip(text)
        assert clip is not None
        assert 0.05 < clip.seconds < 1
    studio.clear()


@LOGS
@pytest.mark.usefixtures("gym")
@pytest.mark.parametrize("manner", ["fails", "hangs"])
async def test_a_voice_of_the_gym_that_comes_back_speaks(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, manner: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(hass, freezer, Singer())
    studio = desk.open(engine=VOICE)
    await async_do(hass, "select.select_option", MANNERS, option=manner)
    studio.prepare(["1", "2", "3"])
    await desk.wait(16)
    assert not any(studio.clip(text) for text in "123")
    await async_do(hass, "select.select_option", MANNERS, option="speaks")
    # A second try may still get the answer to the first.
    for _ in range(5):
        await desk.wait(20)
    await desk.convert()
    assert all(studio.clip(text) for text in "123")
    assert len(complaints(caplog)) == 1
    studio.clear()
