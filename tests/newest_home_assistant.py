"""Lets the harness of one Home Assistant release run on the next one; loaded with `-p` before the harness itself.

The harness takes two names from where they were, and a library under the name it had.
"""

import homeassistant  # noqa: F401 - its import gives httpx its old name
from homeassistant.components import logger
from homeassistant.components.logger import helpers

for name in ("_clear_logger_overwrites", "SERVICE_SET_LEVEL"):
    if not hasattr(logger, name):
        setattr(logger, name, getattr(helpers, name, "set_level"))
