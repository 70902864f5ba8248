"""How a session was found is written into its record: the one way there, whoever was told."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from homeassistant.util.hass_dict import HassKey

from .athletes import AthleteBook
from .const import DOMAIN

WRITING: Final[HassKey[asyncio.Lock]] = HassKey(f"{DOMAIN}_writing")
"""Held while a book is read and written: of two ratings at once, one of effort and one of pain, both must be kept."""


async def async_rate(book: AthleteBook, record_id: str, told: Mapping[str, Any]) -> bool:
    """Add what was told to a record, and keep what was told before; false where there is no such record.

    Who calls holds `WRITING`.
    """
    # Reading one day is enough for the latest; of any other, nobody knows the day.
    day = book.last.day if book.last is not None and book.last.id == record_id else None
    found = [record for record in await book.async_records(day, day) if record.id == record_id]
    return bool(found) and await book.async_rate(record_id, replace(found[0].rating, **told))
