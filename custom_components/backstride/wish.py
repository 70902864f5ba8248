"""What a caller said, before anybody asks what it means."""

from dataclasses import dataclass
from typing import Self

from homeassistant.core import ServiceCall
from homeassistant.helpers import intent

from .areas import area_of_speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a caller said, and who it was; everything may be left out."""

    place: str | None = None
    """A device id, a subentry id or a name."""
    athlete: str | None = None
    """As for the place."""
    user_id: str | None = None
    """The Home Assistant user who called; None for an automation, and for most satellites."""
    area_id: str | None = None
    """Where the caller spoke; None where nobody did."""

    @classmethod
    def of(cls, call: ServiceCall) -> Self:
        """Read it from a call."""
        return cls(
            place=call.data.get("place"), athlete=call.data.get("athlete"), user_id=call.context.user_id
        )

    @classmethod
    def spoken(cls, said: intent.Intent) -> Self:
        """Read it from what was understood of a sentence; what is no name there counts as not said."""

        def slot(name: str) -> str | None:
            value = said.slots.get(name, {}).get("value")
            return value if isinstance(value, str) and value.strip() else None

        return cls(
            place=slot("place"),
            athlete=slot("athlete"),
            user_id=said.context.user_id,
            area_id=slot("preferred_area_id")
            or area_of_speaker(said.hass, said.satellite_id, said.device_id),
        )
