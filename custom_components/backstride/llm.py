"""What language models may do: everything that can be said, and looking back and ahead; for the Assist API only."""

from abc import abstractmethod
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, override

import voluptuous as vol

from homeassistant.components.llm import LLMTools
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv, intent
from homeassistant.helpers.llm import (
    LLM_API_ASSIST,
    IntentResponseDict,
    IntentTool,
    LLMContext,
    Tool,
    ToolAnnotations,
    ToolInput,
    ToolResult,
)

from . import targets
from .areas import area_of_speaker
from .const import DOMAIN, SUGGESTED
from .coordinator import Coordinator
from .history_actions import in_minutes
from .intent import CRIES, EMERGENCY_STOP, STUMBLE, handlers
from .problems import say
from .settings import AthleteSettings
from .suggesting import suggestion
from .wish import Wish

LATELY: Final = timedelta(days=365)
"""How far back is looked for the latest sessions: reading all of ten years would take long for an answer."""
MOST_SESSIONS: Final = 20

_READS: Final = ToolAnnotations(read_only=True, destructive=False, idempotent=True, open_world=False)
_STEERS: Final = ToolAnnotations(destructive=False, open_world=False)
_ENDS: Final = ToolAnnotations(destructive=True, open_world=False)

TOOLS: Final[Mapping[str, tuple[str, str, ToolAnnotations]]] = MappingProxyType(
    {
        "BackstrideStart": ("start", "Start a backward walk", _STEERS),
        "BackstridePause": ("pause", "Pause the backward walk", _STEERS),
        "BackstrideResume": ("resume", "Resume the backward walk", _STEERS),
        "BackstrideConfirm": ("confirm", "Confirm and go on", _STEERS),
        "BackstrideSkip": ("skip", "Skip an interval", _STEERS),
        "BackstrideStop": ("stop", "End the backward walk", _ENDS),
        EMERGENCY_STOP: ("emergency_stop", "Emergency stop", _ENDS),
        STUMBLE: ("stumble", "Report a stumble", _ENDS),
        "BackstrideStatus": ("status", "How the backward walk stands", _READS),
        "BackstrideWhatsNext": ("whats_next", "What comes next", _READS),
        "BackstrideStreak": ("streak", "The streak", _READS),
    }
)
"""Intent -> a tool's name, its title, and what it does to the world."""

PROMPT: Final = (
    "Backstride guides backward walking and running on treadmills and elsewhere. Whoever walks there may be in danger: "
    f"where somebody falls, cries for help or wants the belt to stop, call {DOMAIN}__emergency_stop at once and ask "
    "nothing. Start a session only when asked for backward walking, and give the result's speech as the answer. "
    "Never promise that it heals or treats anything."
)


@callback
def async_get_tools(hass: HomeAssistant, llm_context: LLMContext, api_id: str) -> LLMTools | None:  # noqa: ARG001 - Home Assistant's signature
    """Give our tools to whoever talks to people; none where Backstride is not loaded."""
    if api_id != LLM_API_ASSIST or not hass.config_entries.async_loaded_entries(DOMAIN):
        return None
    spoken = [Spoken(handler) for handler in handlers()]
    return LLMTools(tools=[*spoken, History(), NextTime()], prompt=PROMPT)


class Spoken(IntentTool):
    """One intent as a tool; whatever is refused comes back as an error that says why."""

    def __init__(self, handler: intent.IntentHandler) -> None:
        """Stand for a handler."""
        name, title, annotations = TOOLS[handler.intent_type]
        super().__init__(
            f"{DOMAIN}__{name}", handler, title=title, integration=DOMAIN, annotations=annotations
        )

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        # A model says null for what it leaves out.
        given = {name: value for name, value in tool_input.tool_args.items() if value is not None}
        if self.intent_type in CRIES:
            # Nobody is refused help for what was said beside it.
            given = {
                name: value for name, value in given.items() if name == "place" and isinstance(value, str)
            }
        asked = ToolInput(tool_name=tool_input.tool_name, tool_args=given)
        try:
            self.parameters(given)
            result = await super().async_call(hass, asked, llm_context)
        except (vol.Invalid, HomeAssistantError) as error:
            return _error(str(error))
        said = result.data
        if isinstance(said, IntentResponseDict) and said["response_type"] == "error":
            return _error(said["speech"]["plain"]["speech"])
        return result


class _Reader(Tool):
    """A tool that looks something up for one athlete."""

    annotations = _READS
    integration = DOMAIN
    parameters = vol.Schema(
        {vol.Optional("athlete", description="Who walks, as named in Backstride"): cv.string}
    )

    @override
    async def async_call(
        self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext
    ) -> ToolResult:
        try:
            given = self.parameters(tool_input.tool_args)
            coordinator = targets.coordinator_of(hass)
            context = llm_context.context
            wish = Wish(
                athlete=given.get("athlete"),
                user_id=context.user_id if context else None,
                area_id=area_of_speaker(hass, None, llm_context.device_id),
            )
            athlete = targets.athlete_for(coordinator, wish)
            return ToolResult(data=await self._async_read(coordinator, athlete, given))
        except (vol.Invalid, ServiceValidationError) as error:
            return _error(str(error))

    @abstractmethod
    async def _async_read(
        self, coordinator: Coordinator, athlete: AthleteSettings, given: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Give what is asked for."""


class History(_Reader):
    """The latest sessions."""

    name = f"{DOMAIN}__history"
    title = "Latest backward walks"
    description = (
        "Lists somebody's latest sessions of backward walking, and the streak, totals and today's minutes"
    )
    parameters = _Reader.parameters.extend(
        {
            vol.Optional("count", default=5, description="How many sessions, the latest first"): vol.All(
                vol.Coerce(int), vol.Range(min=1, max=MOST_SESSIONS)
            )
        }
    )

    @override
    async def _async_read(
        self, coordinator: Coordinator, athlete: AthleteSettings, given: Mapping[str, Any]
    ) -> dict[str, Any]:
        book = coordinator.book(athlete.id)
        today = book.today()
        records = await book.async_records(first=today - LATELY)
        return {
            "athlete": athlete.name,
            "streak_days": book.streak.current,
            "best_streak_days": book.streak.best,
            "backward_minutes_today": round(book.backward_seconds_on(today, today) / 60, 1),
            "daily_goal_minutes": round(book.goal_seconds / 60, 1),
            "sessions": [
                {
                    "day": record.day.isoformat(),
                    "workout": record.workout,
                    "ended": record.outcome.value,
                    **in_minutes(record),
                    "effort": record.rating.effort,
                    "pain": record.rating.pain,
                }
                for record in reversed(records[-given["count"] :])
            ],
        }


class NextTime(_Reader):
    """What to walk next."""

    name = f"{DOMAIN}__suggestion"
    title = "Suggested backward walk"
    description = (
        "Tells which workout somebody is to walk next, from which day on, and why; "
        f"{DOMAIN}__start starts it where its workout is '{SUGGESTED}'"
    )

    @override
    async def _async_read(
        self, coordinator: Coordinator, athlete: AthleteSettings, given: Mapping[str, Any]
    ) -> dict[str, Any]:
        found = suggestion(coordinator, athlete.id)
        if found is None:
            return {"athlete": athlete.name, "workout": None}
        return {
            "athlete": athlete.name,
            "workout": found.workout.name,
            "from_day": found.day.isoformat(),
            "backward_minutes": round(found.seconds / 60, 1),
            "why": say(coordinator.hass, found.remark),
        }


def _error(text: str) -> ToolResult:
    return ToolResult(data={"error": text}, error=True)
