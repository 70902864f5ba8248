"""Setting up: the first flow asks what must be known before anybody walks; the others add and change what there is."""

from functools import cached_property
from typing import override

from homeassistant.auth.models import User
from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryData,
    ConfigSubentryFlow,
)
from homeassistant.const import CONF_NAME
from homeassistant.core import callback
from homeassistant.helpers.http import current_request
from homeassistant.util import dt as dt_util

from . import flow_data, flow_forms as forms
from .const import (
    CONF_BLUEPRINTS,
    CONF_KIND,
    CONF_OBSTACLES,
    CONF_PERSON,
    CONF_SCREENING,
    CONF_SPEAKERS,
    DOMAIN,
    SCREENING_VERSION,
    TITLE,
    SubentryType,
)
from .engine.levels import Level
from .engine.place import PlaceKind
from .flow_data import Form, Problems
from .flow_fields import integrations_with_devices, phones
from .flow_obstacles import ObstacleQuestions
from .flow_proposal import MachineProposal
from .flow_sound import SoundQuestions
from .options_flow import BackstrideOptionsFlow
from .subentry_flow import AthleteFlow, PlaceFlow, WorkoutFlow


class BackstrideConfigFlow(ConfigFlow, domain=DOMAIN):
    """Asks what must be known first, then for one athlete and one place."""

    VERSION = 1
    MINOR_VERSION = 1

    def __init__(self) -> None:
        """Begin with nothing answered."""
        self._answers: dict[str, str] = {}
        self._screened = ""
        self._athlete: Form = {}
        self._place: Form = {}
        self._options: Form = {}

    @cached_property
    def _machine(self) -> MachineProposal:
        return MachineProposal(self.hass, {})

    @cached_property
    def _obstacles(self) -> ObstacleQuestions:
        return ObstacleQuestions(self.hass, ())

    @cached_property
    def _sound(self) -> SoundQuestions:
        return SoundQuestions({})

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

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> BackstrideOptionsFlow:
        return BackstrideOptionsFlow()

    @override
    async def async_step_user(self, user_input: Form | None = None) -> ConfigFlowResult:
        """Ask what speaks for care, and that nobody takes this for medical advice."""
        problems: Problems = {}
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

    async def async_step_careful(self, user_input: Form | None = None) -> ConfigFlowResult:
        """Say why there is one level to begin with."""
        if user_input is not None:
            return await self.async_step_athlete()
        return self.async_show_form(step_id="careful", last_step=False)

    async def async_step_athlete(self, user_input: Form | None = None) -> ConfigFlowResult:
        """Ask about the athlete."""
        problems: Problems = {}
        if user_input is not None:
            self._athlete, problems = forms.with_wearable(self.hass, user_input)
            problems |= forms.name_problems(user_input) | forms.athlete_problems(user_input)
            problems |= forms.phone_problems(self.hass, user_input)
            if not problems:
                return await self.async_step_place()
        levels = [Level.L0] if forms.asks_for_care(self._answers) else list(Level)
        return self.async_show_form(
            step_id="athlete",
            data_schema=self.add_suggested_values_to_schema(
                forms.athlete_form(levels, integrations_with_devices(self.hass), phones(self.hass)),
                self._current_user() if user_input is None else user_input,
            ),
            errors=problems,
            last_step=False,
        )

    async def async_step_place(self, user_input: Form | None = None) -> ConfigFlowResult:
        """Ask about the place."""
        problems: Problems = {}
        if user_input is not None:
            problems = forms.name_problems(user_input)
            if not problems:
                self._place = user_input
                if user_input[CONF_KIND] == PlaceKind.TREADMILL:
                    return await self.async_step_machine()
                return await self.async_step_sound_and_light()
        return self.async_show_form(
            step_id="place",
            data_schema=self.add_suggested_values_to_schema(forms.PLACE, user_input),
            errors=problems,
            last_step=False,
        )

    async def async_step_machine(self, user_input: Form | None = None) -> ConfigFlowResult:
        """Ask which machine stands there."""
        problems: Problems = {}
        if user_input is not None:
            problems = self._machine.pick(user_input)
            if not problems:
                return await self.async_step_controls()
        return self.async_show_form(
            step_id="machine",
            data_schema=self.add_suggested_values_to_schema(self._machine.machine_form(), user_input),
            errors=problems,
            last_step=False,
        )

    async def async_step_controls(self, user_input: Form | None = None) -> ConfigFlowResult:
        """Ask what of the machine does what, and whether its belt may be steered."""
        problems: Problems = {}
        if user_input is not None:
            problems = self._machine.take(user_input)
            if not problems:
                return await self.async_step_sound_and_light()
        return self.async_show_form(
            step_id="controls",
            data_schema=self.add_suggested_values_to_schema(
                self._machine.controls_form(), self._machine.filled
            ),
            errors=problems,
            description_placeholders=await self._machine.async_words(),
            last_step=False,
        )

    async def async_step_sound_and_light(self, user_input: Form | None = None) -> ConfigFlowResult:
        """Ask how the place speaks and shows, and what watches there."""
        problems: Problems = {}
        if user_input is not None:
            problems = self._obstacles.pick(user_input)
            if not problems:
                self._options = {CONF_BLUEPRINTS: user_input[CONF_BLUEPRINTS]}
                answers = {key: value for key, value in user_input.items() if key != CONF_BLUEPRINTS}
                self._place = {**self._place, **self._machine.answers, **answers}
                self._sound.pick(user_input[CONF_SPEAKERS])
                return await self.async_step_sound()
        schema = forms.sound_and_light_form(
            self._place[CONF_KIND], self._obstacles.field(), no_flashing=forms.asks_for_care(self._answers)
        ).extend(forms.BLUEPRINTS)
        return self.async_show_form(
            step_id="sound_and_light",
            data_schema=self.add_suggested_values_to_schema(schema, user_input),
            errors=problems,
        )

    async def async_step_sound(self, user_input: Form | None = None) -> ConfigFlowResult:
        """Ask which cues are given and how loud, where there is a speaker."""
        sound = self._sound
        problems = {} if user_input is None else sound.take(user_input)
        if sound.is_done:
            self._place = {**self._place, **sound.answers}
            return await self.async_step_obstacle()
        return self.async_show_form(
            step_id="sound",
            data_schema=self.add_suggested_values_to_schema(
                sound.form(), user_input if problems else sound.shown
            ),
            errors=problems,
        )

    async def async_step_obstacle(self, user_input: Form | None = None) -> ConfigFlowResult:
        """Ask about each sensor that watches; then everything is made at once."""
        problems = {} if user_input is None else self._obstacles.take(user_input)
        if self._obstacles.is_done:
            return self._create()
        return self.async_show_form(
            step_id="obstacle",
            data_schema=self.add_suggested_values_to_schema(
                self._obstacles.form(), user_input if problems else self._obstacles.shown
            ),
            errors=problems,
            description_placeholders=self._obstacles.words,
        )

    def _create(self) -> ConfigFlowResult:
        place = {**self._place, CONF_OBSTACLES: self._obstacles.answers}
        return self.async_create_entry(
            title=TITLE,
            data={
                CONF_SCREENING: {
                    forms.CONF_ANSWERS: self._answers,
                    "date": self._screened,
                    "version": SCREENING_VERSION,
                }
            },
            options=self._options,
            subentries=[
                self._subentry(SubentryType.ATHLETE, self._athlete),
                self._subentry(SubentryType.PLACE, place),
            ],
        )

    def _subentry(self, kind: SubentryType, form: Form) -> ConfigSubentryData:
        return ConfigSubentryData(
            data=flow_data.to_data(self.hass, form),
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
