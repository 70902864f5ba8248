"""Asks Home Assistant's own pages for something without a network, as tests have none."""

from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from yarl import URL

from homeassistant.core import HomeAssistant


async def async_get(hass: HomeAssistant, url: URL) -> bytes | None:
    """Give what a page answers to somebody who is not signed in; nothing comes of what is not there."""
    app = hass.http.app
    request = make_mocked_request("GET", url.path_qs, app=app)
    page = await app.router.resolve(request)
    page.add_app(app)
    request._match_info = page  # noqa: SLF001 - the server's part is played here
    try:
        response = await page.handler(request)
    except web.HTTPException:
        return None
    if isinstance(response, web.FileResponse):
        return await hass.async_add_executor_job(response._path.read_bytes)  # noqa: SLF001 - as above
    body = response.body if isinstance(response, web.Response) else None
    return body if isinstance(body, bytes) else None
