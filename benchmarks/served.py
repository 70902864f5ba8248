"""Home Assistant's web server on this machine only, on a free port: players fetch what they play from there."""

from datetime import UTC, datetime
import json
from pathlib import Path
from typing import Final

from homeassistant.auth import auth_manager_from_config
from homeassistant.components.http import config as http_config
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from .music_daemon import HOST, free_port

KEY: Final = "http"


def store_address(folder: Path) -> None:
    """Write where to listen as the settings of a person who tried it and was content; before the core starts."""
    stable = {
        "server_host": [HOST],
        "server_port": free_port(),
        "cors_allowed_origins": [],
        "login_attempts_threshold": -1,
        "ip_ban_enabled": False,
        "ssl_profile": "modern_v4",
        "use_x_frame_options": True,
        "created_at": datetime.now(UTC).isoformat(),
        "error": None,
        "error_message": None,
    }
    storage = folder / ".storage"
    storage.mkdir()
    whole = {
        "version": http_config.STORAGE_VERSION,
        "minor_version": http_config.STORAGE_MINOR_VERSION,
        "key": KEY,
        "data": {"stable": stable, "pending": None, "yaml_migration_done": True},
    }
    (storage / KEY).write_text(json.dumps(whole), encoding="utf-8")


async def listen(hass: HomeAssistant) -> None:
    """Begin to listen."""
    hass.auth = await auth_manager_from_config(hass, [], [])
    assert await async_setup_component(hass, KEY, {})
    await hass.config.async_update(internal_url=f"http://{HOST}:{hass.http.server_port}")
    if hass.http.runner is None:
        await hass.http.start()
