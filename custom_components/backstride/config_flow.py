"""Setting up: the first flow asks what must be known before anybody walks; the others add and change what there is."""

from collections.abc import Mapping
from typing import Any, Final, override

import voluptuous as vol

from homeassistant.auth.models import User
from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentry,
    ConfigSubentryData,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.const import CONF_NAME
from homeassistant.core import callback
from homeassistant.helpers.http import current_request
from homeassistant.util import dt as dt_util

from . import flow_forms as forms
from .const import CONF_LEVEL, CONF_PERSON, CONF_SCREENING, DOMAIN, SCREENING_VERSION, TITLE, SubentryType
from .engine.levels import Level

CONF_ANSWERS: Final = "answers"


class BackstrideConfigFlow(ConfigFlow, domain=DOMAIN):
    """Asks what must be known first, then for one athlete and one place."""

    VERSION = 1
    MINOR_VERSION = 1

    def __init__(self) -> None:
        """Begin with nothing answered."""
        self._answers: dict[str, str] = {}
        self._screened = ""
        self._athlete: forms.Form = {}
        self._place: forms.Form = {}

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        return {
            SubentryType.ATHLETE: AthleteFlow,
            SubentryType.PLACE: PlaceFlow,
            SubentryType.WORKOUT: WorkoutFlow,
        }

    @override
    async def async_step_user(self, user_input: forms.Form | None = None) -> ConfigFlowResult:
        """Ask what speaks for care, and that nobody takes this for medical advice."""
        problems: forms.Problems = {}
        if user_input is not None:
            if user_input[forms.CONF_ACCEPTED]:
                self._answers = {question: user_input[question] for question in forms.QUESTIONS}
                self._screened = dt_util.utcnow().isoformat()
                careful = forms.asks_for_care(self._answers)
                return await (self.async_step_careful() if careful else self.async_step_athlete())
            problems[forms.CONF_ACCEPTED] = "not_accepted"
        return self.async_show_form(
            step_id="user",
            data_schema=self.add_suggested_values_to_schema(forms.SCREENING, user_input),
            errors=problems,
            last_step=False,
        )

    async def async_step_careful(self, user_input: forms.Form | None = None) -> ConfigFlowResult:
        """Say why there is one level to begin with."""
        if user_input is not None:
            return await self.async_step_athlete()
        return self.async_show_form(step_id="careful", last_step=False)

    async def async_step_athlete(self, user_input: forms.Form | None = None) -> ConfigFlowResult:
        """Ask about the athlete."""
        problems: forms.Problems = {}
        if user_input is not None:
            problems = forms.name_problems(user_input) | forms.athlete_problems(user_input)
            if not problems:
                self._athlete = user_input
                return await self.async_step_place()
        levels = [Level.L0] if forms.asks_for_care(self._answers) else list(Level)
        return self.async_show_form(
            step_id="athlete",
            data_schema=self.add_suggested_values_to_schema(
                forms.athlete_form(levels), self._current_user() if user_input is None else user_input
            ),
            errors=problems,
            last_step=False,
        )

    async def async_step_place(self, user_input: forms.Form | None = None) -> ConfigFlowResult:
        """Ask about the place."""
        problems: forms.Problems = {}
        if user_input is not None:
            problems = forms.name_problems(user_input)
            if not problems:
                self._place = user_input
                return await self.async_step_sound_and_light()
        return self.async_show_form(
            step_id="place",
            data_schema=self.add_suggested_values_to_schema(forms.PLACE, user_input),
            errors=problems,
            last_step=False,
        )

    async def async_step_sound_and_light(self, user_input: forms.Form | None = None) -> ConfigFlowResult:
        """Ask how the place speaks and shows; then everything is made at once."""
        if user_input is None:
            careful = forms.asks_for_care(self._answers)
            return self.async_show_form(
                step_id="sound_and_light",
                data_schema=forms.sound_and_light_form(no_flashing=careful),
                last_step=True,
            )
        return self.async_create_entry(
            title=TITLE,
            data={
                CONF_SCREENING: {
                    CONF_ANSWERS: self._answers,
                    "date": self._screened,
                    "version": SCREENING_VERSION,
                }
            },
            subentries=[
                self._subentry(SubentryType.ATHLETE, self._athlete),
                self._subentry(SubentryType.PLACE, {**self._place, **user_input}),
            ],
        )

    def _subentry(self, kind: SubentryType, form: forms.Form) -> ConfigSubentryData:
        return ConfigSubentryData(
            data=forms.to_data(self.hass, form),
            subentry_type=kind,
            title=form[CONF_NAME].strip(),
            unique_id=None,
        )

    def _current_user(self) -> dict[str, str]:
        """Suggest whoever sits in front of the form; a flow's context does not say, only the request does."""
        request = current_request.get()
        user: User | None = request.get(KEY_HASS_USER) if request else None
        if user is None:
            return {}
        suggested = {CONF_NAME: user.name or ""}
        for person in self.hass.states.async_all("person"):
            if person.attributes.get("user_id") == user.id:
                suggested[CONF_PERSON] = person.entity_id
        return suggested


class _Flow(ConfigSubentryFlow):
    """What adds or changes one athlete, place or workout; both ask the same."""

    def __init__(self) -> None:
        """Begin with an empty form."""
        self._form: forms.Form = {}

    @property
    def _changed(self) -> ConfigSubentry | None:
        """What is being changed; None while something is added."""
        return self._get_reconfigure_subentry() if self.source == SOURCE_RECONFIGURE else None

    @property
    def _careful(self) -> bool:
        """Whether the first flow's answers ask for care."""
        screening: Mapping[str, Any] = self._get_entry().data.get(CONF_SCREENING, {})
        return forms.asks_for_care(screening.get(CONF_ANSWERS, {}))

    def _name_problems(self, form: forms.Form) -> forms.Problems:
        changed = self._changed
        others = self._get_entry().get_subentries_of_type(self._subentry_type)
        return forms.name_problems(form, [other.title for other in others if other is not changed])

    def _shown(self) -> dict[str, Any]:
        """Fill a form with what is stored."""
        if (changed := self._changed) is None:
            return {}
        return {CONF_NAME: changed.title, **forms.to_form(self.hass, changed.data)}

    def _show(
        self,
        step_id: str,
        schema: vol.Schema,
        values: forms.Form | None = None,
        problems: forms.Problems | None = None,
        words: Mapping[str, str] | None = None,
        *,
        last: bool = True,
    ) -> SubentryFlowResult:
        """Show a form with what was just filled in, or with what is stored."""
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                schema, self._shown() if values is None else values
            ),
            errors=problems,
            description_placeholders=words,
            last_step=last,
        )

    def _save(self, *asked: vol.Schema) -> SubentryFlowResult:
        """Keep what was filled in; what these forms did not ask for stays as it is stored."""
        title = self._form[CONF_NAME].strip()
        data = forms.to_data(self.hass, self._form)
        if (changed := self._changed) is None:
            return self.async_create_entry(title=title, data=data)
        answered = {str(key) for schema in asked for key in schema.schema}
        kept = {key: value for key, value in changed.data.items() if key not in answered}
        return self.async_update_and_abort(self._get_entry(), changed, title=title, data=kept | data)


class AthleteFlow(_Flow):
    """Adds or changes an athlete."""

    async def async_step_athlete(self, user_input: forms.Form | None = None) -> SubentryFlowResult:
        """Ask about the athlete."""
        problems: forms.Problems = {}
        if user_input is not None:
            problems = self._name_problems(user_input) | forms.athlete_problems(user_input)
            if not problems:
                self._form = user_input
                if self._leaves_first_level():
                    return await self.async_step_confirm_level()
                return self._save(forms.athlete_form())
        return self._show("athlete", forms.athlete_form(), user_input, problems)

    async_step_user = async_step_athlete
    async_step_reconfigure = async_step_athlete

    def _leaves_first_level(self) -> bool:
        """Tell whether the level leaves the first one although the first flow's answers ask for care."""
        before = self._shown().get(CONF_LEVEL, Level.L0)
        return self._careful and before == Level.L0 != self._form[CONF_LEVEL]

    async def async_step_confirm_level(self, user_input: forms.Form | None = None) -> SubentryFlowResult:
        """Let the athlete say that somebody who knows agrees; without that the first level stays."""
        if user_input is None:
            return self._show("confirm_level", forms.CONFIRM_LEVEL)
        if not user_input[forms.CONF_CONFIRMED]:
            self._form = {**self._form, CONF_LEVEL: Level.L0.value}
        return self._save(forms.athlete_form())


class PlaceFlow(_Flow):
    """Adds or changes a place."""

    async def async_step_place(self, user_input: forms.Form | None = None) -> SubentryFlowResult:
        """Ask about the place."""
        problems: forms.Problems = {}
        if user_input is not None:
            problems = self._name_problems(user_input)
            if not problems:
                self._form = user_input
                return await self.async_step_sound_and_light()
        return self._show("place", forms.PLACE, user_input, problems, last=False)

    async_step_user = async_step_place
    async_step_reconfigure = async_step_place

    async def async_step_sound_and_light(self, user_input: forms.Form | None = None) -> SubentryFlowResult:
        """Ask how the place speaks and shows."""
        schema = forms.sound_and_light_form(no_flashing=self._careful)
        if user_input is None:
            return self._show("sound_and_light", schema)
        self._form = {**self._form, **user_input}
        return self._save(forms.PLACE, schema)


class WorkoutFlow(_Flow):
    """Adds or changes a custom workout."""

    async def async_step_workout(self, user_input: forms.Form | None = None) -> SubentryFlowResult:
        """Ask for the workout in its short notation."""
        problems: forms.Problems = {}
        words: dict[str, str] = {}
        if user_input is not None:
            problems, words = forms.workout_problems(user_input)
            problems |= self._name_problems(user_input)
            if not problems:
                self._form = user_input
                return self._save(forms.WORKOUT)
        words["example"] = forms.NOTATION_EXAMPLE
        return self._show("workout", forms.WORKOUT, user_input, problems, words)

    async_step_user = async_step_workout
    async_step_reconfigure = async_step_workout
