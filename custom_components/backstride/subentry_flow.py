"""Adding and changing one athlete, place or workout while everything else goes on."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import voluptuous as vol

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigSubentry,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.const import CONF_NAME
from homeassistant.helpers.translation import async_load_integrations

from . import flow_data, flow_forms as forms
from .const import (
    CONF_KIND,
    CONF_LEVEL,
    CONF_NOTIFY,
    CONF_OBSTACLES,
    CONF_PHRASES,
    CONF_SCREENING,
    CONF_SPEAKERS,
    DOMAIN,
)
from .engine.levels import Level
from .engine.place import PlaceKind
from .flow_data import Form, Problems
from .flow_fields import integrations_with_devices, phones
from .flow_machine import KEYS as OF_THE_MACHINE
from .flow_obstacles import ObstacleQuestions
from .flow_proposal import MachineProposal
from .flow_sound import SPEAKER, DelayQuestions, SoundQuestions
from .output.phrases import load_phrases


class _Flow(ConfigSubentryFlow):
    """What adds or changes one athlete, place or workout; both ask the same."""

    def __init__(self) -> None:
        """Begin with an empty form."""
        self._form: Form = {}

    @property
    def _changed(self) -> ConfigSubentry | None:
        """What is being changed; None while something is added."""
        return self._get_reconfigure_subentry() if self.source == SOURCE_RECONFIGURE else None

    @property
    def _careful(self) -> bool:
        """Whether the first flow's answers ask for care."""
        screening: Mapping[str, Any] = self._get_entry().data.get(CONF_SCREENING, {})
        return forms.asks_for_care(screening.get(forms.CONF_ANSWERS, {}))

    def _name_problems(self, form: Form) -> Problems:
        changed = self._changed
        others = self._get_entry().get_subentries_of_type(self._subentry_type)
        return forms.name_problems(form, [other.title for other in others if other is not changed])

    def _shown(self) -> dict[str, Any]:
        """Fill a form with what is stored."""
        if (changed := self._changed) is None:
            return {}
        return {CONF_NAME: changed.title, **flow_data.to_form(self.hass, changed.data)}

    def _show(
        self,
        step_id: str,
        schema: vol.Schema,
        values: Form | None = None,
        problems: Problems | None = None,
        words: Mapping[str, str] | None = None,
        *,
        last: bool | None = True,
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

    def _save(self, *asked: Iterable[object]) -> SubentryFlowResult:
        """Keep what was filled in; what was not among the fields asked for stays as it is stored."""
        title = self._form[CONF_NAME].strip()
        data = flow_data.to_data(self.hass, self._form)
        if (changed := self._changed) is None:
            return self.async_create_entry(title=title, data=data)
        answered = {str(field) for fields in asked for field in fields}
        kept = {key: value for key, value in changed.data.items() if key not in answered}
        return self.async_update_and_abort(self._get_entry(), changed, title=title, data=kept | data)


class AthleteFlow(_Flow):
    """Adds or changes an athlete."""

    @property
    def _asked(self) -> vol.Schema:
        asked = forms.athlete_form(
            integrations=integrations_with_devices(self.hass), phones=phones(self.hass)
        )
        return asked.extend(forms.OWN_PHRASES)

    async def async_step_athlete(self, user_input: Form | None = None) -> SubentryFlowResult:
        """Ask about the athlete."""
        problems: Problems = {}
        words: dict[str, str] = {}
        if user_input is not None:
            if not user_input.get(CONF_PHRASES):
                # An editor that was emptied gives something empty, not nothing.
                user_input = {key: value for key, value in user_input.items() if key != CONF_PHRASES}
            house = await self.hass.async_add_executor_job(load_phrases, self.hass.config.language)
            phrases_problems, words = forms.phrases_problems(house, user_input)
            self._form, problems = forms.with_wearable(self.hass, user_input)
            problems |= phrases_problems
            problems |= self._name_problems(user_input) | forms.athlete_problems(user_input)
            problems |= forms.phone_problems(self.hass, user_input, self._shown().get(CONF_NOTIFY))
            if not problems:
                if self._leaves_first_level():
                    return await self.async_step_confirm_level()
                return self._save(self._asked.schema)
        return self._show("athlete", self._asked, user_input, problems, words)

    async_step_user = async_step_athlete
    async_step_reconfigure = async_step_athlete

    def _leaves_first_level(self) -> bool:
        """Tell whether the level leaves the first one although the first flow's answers ask for care."""
        before = self._shown().get(CONF_LEVEL, Level.L0)
        return self._careful and before == Level.L0 != self._form[CONF_LEVEL]

    async def async_step_confirm_level(self, user_input: Form | None = None) -> SubentryFlowResult:
        """Let the athlete say that somebody who knows agrees; without that the first level stays."""
        if user_input is None:
            return self._show("confirm_level", forms.CONFIRM_LEVEL)
        if not user_input[forms.CONF_CONFIRMED]:
            self._form = {**self._form, CONF_LEVEL: Level.L0.value}
        return self._save(self._asked.schema)


class PlaceFlow(_Flow):
    """Adds or changes a place."""

    @cached_property
    def _machine(self) -> MachineProposal:
        return MachineProposal(self.hass, self._shown())

    @cached_property
    def _obstacles(self) -> ObstacleQuestions:
        changed = self._changed
        return ObstacleQuestions(self.hass, changed.data.get(CONF_OBSTACLES) if changed else ())

    @cached_property
    def _sound(self) -> SoundQuestions:
        # Who adds a place has not heard yet how late its speakers are.
        return SoundQuestions(self._shown(), asks_delays=self._changed is not None)

    @cached_property
    def _delays(self) -> DelayQuestions:
        return DelayQuestions(self.hass, self._shown())

    async def async_step_place(self, user_input: Form | None = None) -> SubentryFlowResult:
        """Ask about the place."""
        problems: Problems = {}
        if user_input is not None:
            problems = self._name_problems(user_input)
            if not problems:
                self._form = user_input
                if user_input[CONF_KIND] == PlaceKind.TREADMILL:
                    return await self.async_step_machine()
                return await self.async_step_sound_and_light()
        return self._show("place", forms.PLACE, user_input, problems, last=False)

    async_step_user = async_step_place
    async_step_reconfigure = async_step_place

    async def async_step_machine(self, user_input: Form | None = None) -> SubentryFlowResult:
        """Ask which machine stands there."""
        problems: Problems = {}
        if user_input is not None:
            problems = self._machine.pick(user_input)
            if not problems:
                return await self.async_step_controls()
        return self._show("machine", self._machine.machine_form(), user_input, problems, last=False)

    async def async_step_controls(self, user_input: Form | None = None) -> SubentryFlowResult:
        """Ask what of the machine does what, and whether its belt may be steered."""
        problems: Problems = {}
        if user_input is not None:
            problems = self._machine.take(user_input)
            if not problems:
                return await self.async_step_sound_and_light()
        words = await self._machine.async_words()
        schema = self._machine.controls_form()
        return self._show("controls", schema, self._machine.filled, problems, words, last=False)

    async def async_step_sound_and_light(self, user_input: Form | None = None) -> SubentryFlowResult:
        """Ask how the place speaks and shows, and what watches there."""
        problems: Problems = {}
        if user_input is not None:
            problems = self._obstacles.pick(user_input)
            if not problems:
                self._form = {**self._form, **self._machine.answers, **user_input}
                self._sound.pick(user_input[CONF_SPEAKERS])
                return await self.async_step_sound()
        return self._show("sound_and_light", self._sound_and_light, user_input, problems, last=None)

    async def async_step_sound(self, user_input: Form | None = None) -> SubentryFlowResult:
        """Ask which cues are given and how loud, where there is a speaker."""
        sound = self._sound
        problems = {} if user_input is None else sound.take(user_input)
        if sound.is_done:
            self._delays.pick(self._form[CONF_SPEAKERS], asks=sound.wants_delays)
            return await self.async_step_speaker()
        return self._show("sound", sound.form(), user_input if problems else sound.shown, problems, last=None)

    async def async_step_speaker(self, user_input: Form | None = None) -> SubentryFlowResult:
        """Ask how late each speaker is."""
        delays = self._delays
        if user_input is not None:
            delays.take(user_input)
        if delays.is_done:
            self._form = {**self._form, **self._sound.answers, **delays.answers}
            return await self.async_step_obstacle()
        return self._show("speaker", SPEAKER, delays.shown, words=delays.words, last=None)

    async def async_step_obstacle(self, user_input: Form | None = None) -> SubentryFlowResult:
        """Ask about each sensor that watches."""
        questions = self._obstacles
        problems = {} if user_input is None else questions.take(user_input)
        if questions.is_done:
            self._form = {**self._form, CONF_OBSTACLES: questions.answers}
            # What is no treadmill any more has no machine either.
            asked = (OF_THE_MACHINE, self._sound_and_light.schema, self._sound.asked)
            return self._save(forms.PLACE.schema, *asked)
        values = user_input if problems else questions.shown
        return self._show("obstacle", questions.form(), values, problems, questions.words, last=None)

    @property
    def _sound_and_light(self) -> vol.Schema:
        return forms.sound_and_light_form(
            self._form[CONF_KIND], self._obstacles.field(), no_flashing=self._careful
        )


class WorkoutFlow(_Flow):
    """Adds or changes a custom workout."""

    async def async_step_workout(self, user_input: Form | None = None) -> SubentryFlowResult:
        """Ask for the workout in its short notation."""
        problems: Problems = {}
        words: dict[str, str] = {}
        if user_input is not None:
            # What is wrong is said in the server's language, which somebody may have changed since the start.
            await async_load_integrations(self.hass, {DOMAIN})
            problems, words = forms.workout_problems(self.hass, user_input)
            problems |= self._name_problems(user_input)
            if not problems:
                self._form = user_input
                return self._save(forms.WORKOUT.schema)
        words["example"] = forms.NOTATION_EXAMPLE
        return self._show("workout", forms.WORKOUT, user_input, problems, words)

    async_step_user = async_step_workout
    async_step_reconfigure = async_step_workout
