"""Players fetch sounds under names nobody can guess, and each fetch is answered with what is to be heard now."""

from http import HTTPStatus
from typing import Any

from aiohttp.test_utils import TestClient
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.backstride.output.shelf import PATH, CueView, put, take_back
from demo.custom_components.virtual_gym import inside
from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError
from homeassistant.setup import async_setup_component

from ..setup import async_set_up

type Player = TestClient[Any, Any]

pytestmark = pytest.mark.filterwarnings("ignore:It is recommended to use web.(App|Request)Key")


class Kitchen:
    """Makes what is asked for, each time anew."""

    def __init__(self) -> None:
        """Begin with nothing made."""
        self.made = 0

    async def make(self) -> bytes:
        self.made += 1
        return b"RIFF%d" % self.made


@pytest.fixture
async def kitchen(hass: HomeAssistant) -> Kitchen:
    """Open a web server with our page, at an address that players can reach."""
    assert await async_setup_component(hass, "http", {})
    hass.http.register_view(CueView)
    await hass.config.async_update(internal_url="http://192.168.1.2:8123")
    return Kitchen()


@pytest.fixture
async def player(
    kitchen: Kitchen,  # noqa: ARG001 - it is there before anybody comes
    hass_client_no_auth: ClientSessionGenerator,
) -> Player:
    """Give a player; it has no account here."""
    return await hass_client_no_auth()


def path(address: str) -> str:
    return URL(address).path_qs


async def test_a_player_without_an_account_gets_the_sound_made_for_this_moment(
    hass: HomeAssistant, kitchen: Kitchen, player: Player
) -> None:
    _, address = put(hass, kitchen.make)
    assert kitchen.made == 0, "it is made when it is fetched"
    for fetched in (1, 2):
        answer = await player.get(path(address))
        assert answer.status == HTTPStatus.OK
        assert answer.content_type == "audio/wav"
        assert answer.headers["Cache-Control"] == "no-store", "the next fetch must come to us again"
        assert await answer.read() == b"RIFF%d" % fetched
        assert answer.headers["Content-Length"] == "5"


async def test_who_asks_first_whether_there_is_a_sound_has_none_made(
    hass: HomeAssistant, kitchen: Kitchen, player: Player
) -> None:
    _, address = put(hass, kitchen.make)
    answer = await player.head(path(address))
    assert answer.status == HTTPStatus.OK
    assert answer.content_type == "audio/wav"
    assert kitchen.made == 0
    assert (await player.head(f"{PATH}?of=unknown")).status == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("query", ["", "?of=", "?of=unknown", "?name=unknown", "?of=a&of=b"])
async def test_what_nobody_offered_is_not_found(
    hass: HomeAssistant, kitchen: Kitchen, player: Player, query: str
) -> None:
    assert (await player.get(f"{PATH}{query}")).status == HTTPStatus.NOT_FOUND
    put(hass, kitchen.make)
    assert (await player.get(f"{PATH}{query}")).status == HTTPStatus.NOT_FOUND
    assert kitchen.made == 0


async def test_what_was_taken_back_is_not_found_and_everything_else_is(
    hass: HomeAssistant, kitchen: Kitchen, player: Player
) -> None:
    name, address = put(hass, kitchen.make)
    _, other = put(hass, kitchen.make)
    take_back(hass, name)
    take_back(hass, name)
    assert (await player.get(path(address))).status == HTTPStatus.NOT_FOUND
    assert (await player.get(path(other))).status == HTTPStatus.OK


def test_nothing_can_be_taken_back_before_there_was_anything(hass: HomeAssistant) -> None:
    take_back(hass, "unknown")
    take_back(hass, "")


async def test_a_sound_that_cannot_be_made_is_an_error_and_the_next_is_made(
    hass: HomeAssistant, kitchen: Kitchen, player: Player
) -> None:
    async def fail() -> bytes:
        raise OSError

    _, address = put(hass, fail)
    assert (await player.get(path(address))).status == HTTPStatus.INTERNAL_SERVER_ERROR
    _, other = put(hass, kitchen.make)
    assert (await player.get(path(other))).status == HTTPStatus.OK


@pytest.mark.usefixtures("kitchen")
async def test_each_sound_has_a_short_whole_address_of_its_own(hass: HomeAssistant, kitchen: Kitchen) -> None:
    offered = [put(hass, kitchen.make) for _ in range(50)]
    assert len(dict(offered)) == len({address for _, address in offered}) == 50
    for name, address in offered:
        assert address == f"http://192.168.1.2:8123{PATH}?of={name}"
        assert len(name) >= 16, "nobody guesses that"
        assert len(address) < 128, "some players have no more room for it"


async def test_players_cannot_be_told_where_home_assistant_is_if_it_does_not_know(
    hass: HomeAssistant, kitchen: Kitchen
) -> None:
    hass.config.api = None
    await hass.config.async_update(internal_url=None)
    with pytest.raises(NoURLAvailableError):
        put(hass, kitchen.make)
    await hass.config.async_update(internal_url="http://192.168.1.2:8123")
    _, address = put(hass, kitchen.make)
    assert address.startswith("http://192.168.1.2:8123/")


@pytest.mark.usefixtures("enable_custom_integrations")
async def test_the_page_is_there_as_soon_as_backstride_is(hass: HomeAssistant) -> None:
    """Asked as the gym's players ask, where there is no network."""
    assert await async_setup_component(hass, "http", {})
    await async_set_up(hass)
    _, address = put(hass, Kitchen().make)
    assert await inside.async_get(hass, URL(address)) == b"RIFF1"
    assert await inside.async_get(hass, URL(f"{PATH}?of=unknown")) is None
