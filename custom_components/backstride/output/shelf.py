"""Where players fetch what they are to play: each sound has an address of its own, and is put together when it is fetched."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
import secrets
from typing import Final

from aiohttp import web

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView
from homeassistant.helpers.network import get_url
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN

PATH: Final = f"/api/{DOMAIN}/cue.wav"
NAME: Final = "of"
"""What is asked for stands behind the path: Home Assistant would sign a bare path, and some players cannot take the length of that."""

type Make = Callable[[], Awaitable[bytes]]
"""Makes the file for who fetches it now."""

SHELF: HassKey[dict[str, Make]] = HassKey(f"{DOMAIN}_shelf")


@callback
def put(hass: HomeAssistant, make: Make) -> tuple[str, str]:
    """Offer a sound; gives the name to take it back by, and its address. Raises NoURLAvailableError."""
    base = get_url(hass)
    name = secrets.token_urlsafe(12)
    hass.data.setdefault(SHELF, {})[name] = make
    return name, f"{base}{PATH}?{NAME}={name}"


@callback
def take_back(hass: HomeAssistant, name: str) -> None:
    """Offer a sound no longer."""
    hass.data.get(SHELF, {}).pop(name, None)


class CueView(HomeAssistantView):
    """Gives sounds to players. They have no account here: what keeps others away is that nobody can guess a name."""

    url = PATH
    name = f"api:{DOMAIN}:cue"
    requires_auth = False

    async def get(self, request: web.Request) -> web.Response:
        """Make a sound for who plays it now."""
        make = self._find(request)
        if make is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        return web.Response(
            body=await make(), content_type="audio/wav", headers={"Cache-Control": "no-store"}
        )

    async def head(self, request: web.Request) -> web.Response:
        """Tell that there is such a sound, as some players ask first."""
        found = self._find(request) is not None
        return web.Response(status=HTTPStatus.OK if found else HTTPStatus.NOT_FOUND, content_type="audio/wav")

    @staticmethod
    def _find(request: web.Request) -> Make | None:
        return request.app[KEY_HASS].data.get(SHELF, {}).get(request.query.get(NAME, ""))
