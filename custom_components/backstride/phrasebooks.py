"""The words of this house: its language's phrases, and for each athlete those with their own in the place of ours."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import DOMAIN
from .output.phrasebook import Flaw, rewritten
from .output.phrases import Phrases, load_phrases
from .settings import AthleteSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """An athlete's phrases, and what they were made of."""

    athlete: AthleteSettings
    house: Phrases
    phrases: Phrases

    def holds_for(self, athlete: AthleteSettings, house: Phrases) -> bool:
        """Tell whether they are what they were."""
        known = (self.athlete.name, self.athlete.phrases)
        return self.house is house and known == (athlete.name, athlete.phrases)


class Phrasebooks:
    """Keeps everybody's phrases; the same object as long as nothing about them changed."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with no language."""
        self._hass = hass
        self._house: Phrases = {}
        self._own: dict[str, _Own] = {}

    async def async_follow_language(self, athletes: Mapping[str, AthleteSettings]) -> None:
        """Speak the language that the server has now."""
        self._house = await self._hass.async_add_executor_job(load_phrases, self._hass.config.language)
        self.async_follow(athletes)

    @callback
    def async_follow(self, athletes: Mapping[str, AthleteSettings]) -> None:
        """Take on what these athletes wrote, and tell of what cannot be said; who is gone has no phrases any more."""
        for gone in self._own.keys() - athletes.keys():
            del self._own[gone]
            ir.async_delete_issue(self._hass, DOMAIN, _issue_id(gone))
        for athlete in athletes.values():
            own = self._own.get(athlete.id)
            if own is None or not own.holds_for(athlete, self._house):
                phrases, flaws = rewritten(self._house, athlete.phrases)
                self._own[athlete.id] = _Own(athlete=athlete, house=self._house, phrases=phrases)
                self._tell(athlete, flaws)

    def of(self, athlete: AthleteSettings | None) -> Phrases:
        """Give the phrases that somebody is spoken to with; nobody in particular hears those of the house."""
        own = self._own.get(athlete.id) if athlete else None
        return own.phrases if own else self._house

    def _tell(self, athlete: AthleteSettings, flaws: Iterable[Flaw]) -> None:
        """Tell once which phrases cannot be said, and no more when they can."""
        broken = ", ".join(f"`{flaw.phrase or 'phrases'}`" for flaw in flaws)
        if not broken:
            ir.async_delete_issue(self._hass, DOMAIN, _issue_id(athlete.id))
            return
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            _issue_id(athlete.id),
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key="broken_phrases",
            translation_placeholders={"athlete": athlete.name, "phrases": broken},
        )


def _issue_id(athlete_id: str) -> str:
    return f"phrases_{athlete_id}"
