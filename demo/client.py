"""Talks to a Home Assistant as its own pages do: over REST, and over the websocket for what REST does not offer."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
import json
import time
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import aiohttp

type Json = Any
"""What a Home Assistant answers; its shape depends on what was asked."""

NAME: Final = "Demo"
USERNAME: Final = "demo"
PASSWORD: Final = "backstride"  # noqa: S105 - anybody may know it: only this machine can reach the door

ANSWERS_WITHIN: Final = 30.0
LARGEST_MESSAGE: Final = 64 * 2**20
"""Bytes; the registry of a large home is more than a websocket takes by default."""


class DemoError(Exception):
    """Something a person can mend; its text is one sentence that says what."""


class Refused(DemoError):
    """Home Assistant answered, but did not do it."""

    def __init__(self, what: str, status: int, why: str) -> None:
        """Say what was refused and why."""
        super().__init__(f"Home Assistant refused {what}: {why or status}")
        self.status = status


class Client:
    """A signed-in user of a Home Assistant on this machine."""

    def __init__(self, url: str) -> None:
        """Know the address; nobody is signed in yet."""
        self.url = url
        self.client_id = f"{url}/"
        self.tokens: dict[str, Any] = {}

    @property
    def access_token(self) -> str:
        """The token a signed-in user shows; empty while nobody is."""
        token: str = self.tokens.get("access_token", "")
        return token

    def request(self, method: str, path: str, body: object = None) -> Json:
        """Ask over REST, and give the answer's JSON."""
        data = None if body is None else json.dumps(body).encode()
        return self._send(method, path, data, "application/json")

    def command(self, command: str, /, **data: object) -> Json:
        """Ask over the websocket, and give the result."""
        # In a thread of its own, because whoever asks may be inside an event loop, as Playwright's users are.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, self._command({"type": command, **data})).result()

    def act(self, action: str, entity_id: str, **data: object) -> None:
        """Perform an action on an entity."""
        self.request("POST", f"/api/services/{action.replace('.', '/')}", {"entity_id": entity_id, **data})

    @property
    def answers(self) -> bool:
        """Whether anybody answers at the address."""
        try:
            self._send("GET", "/manifest.json", None, "")
        except Refused:
            return True
        except OSError:
            return False
        return True

    def sign_in(self) -> dict[str, Any]:
        """Sign in, as the first user if there is none yet."""
        return self.log_in() if self._has_user() else self.onboard()

    def onboard(self) -> dict[str, Any]:
        """Make the first user and sign in."""
        made = self.request(
            "POST",
            "/api/onboarding/users",
            {
                "client_id": self.client_id,
                "name": NAME,
                "username": USERNAME,
                "password": PASSWORD,
                "language": "en",
            },
        )
        return self._take_tokens(made["auth_code"])

    def log_in(self) -> dict[str, Any]:
        """Sign in as the user there is."""
        flow = self.request(
            "POST",
            "/auth/login_flow",
            {
                "client_id": self.client_id,
                "handler": ["homeassistant", None],
                "redirect_uri": self.client_id,
            },
        )
        step = self.request(
            "POST",
            f"/auth/login_flow/{flow['flow_id']}",
            {"client_id": self.client_id, "username": USERNAME, "password": PASSWORD},
        )
        if step["type"] != "create_entry":
            raise DemoError(
                f"Nobody called {USERNAME} with the demo's password is known; begin anew with --reset"
            )
        return self._take_tokens(step["result"])

    def browser_tokens(self) -> dict[str, Any]:
        """Give what the frontend keeps in `localStorage.hassTokens` of a signed-in browser."""
        expires = int((time.time() + self.tokens["expires_in"]) * 1000)
        return {**self.tokens, "hassUrl": self.url, "clientId": self.client_id, "expires": expires}

    def _has_user(self) -> bool:
        try:
            steps = self.request("GET", "/api/onboarding")
        except Refused as refused:
            # Once everything is done, nobody is there to be asked.
            if refused.status == HTTPStatus.NOT_FOUND:
                return True
            raise
        return any(step["step"] == "user" and step["done"] for step in steps)

    def _take_tokens(self, code: str) -> dict[str, Any]:
        form = {"client_id": self.client_id, "grant_type": "authorization_code", "code": code}
        tokens: dict[str, Any] = self._send(
            "POST", "/auth/token", urlencode(form).encode(), "application/x-www-form-urlencoded"
        )
        self.tokens = tokens
        return tokens

    def _send(self, method: str, path: str, data: bytes | None, content_type: str) -> Json:
        request = Request(self.url + path, data=data, method=method)  # noqa: S310 - our own address
        if data is not None:
            request.add_header("Content-Type", content_type)
        if self.access_token:
            request.add_header("Authorization", f"Bearer {self.access_token}")
        try:
            with urlopen(request, timeout=ANSWERS_WITHIN) as response:  # noqa: S310 - as above
                return json.loads(response.read() or b"null")
        except HTTPError as error:
            with error:
                why = error.read().decode(errors="replace").strip()
            raise Refused(f"{method} {path}", error.code, why) from error

    async def _command(self, message: dict[str, object]) -> Json:
        async with (
            aiohttp.ClientSession() as http,
            http.ws_connect(f"{self.url}/api/websocket", max_msg_size=LARGEST_MESSAGE) as socket,
            asyncio.timeout(ANSWERS_WITHIN),
        ):
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": self.access_token})
            if (await socket.receive_json())["type"] != "auth_ok":
                raise Refused(str(message["type"]), HTTPStatus.UNAUTHORIZED, "nobody is signed in")
            await socket.send_json({"id": 1, **message})
            answer = await socket.receive_json()
        if not answer["success"]:
            raise Refused(str(message["type"]), HTTPStatus.BAD_REQUEST, answer["error"]["message"])
        return answer["result"]
