"""Names that Backstride and Home Assistant share."""

from datetime import timedelta
from enum import StrEnum
import logging
from typing import Final

from homeassistant.const import Platform

DOMAIN: Final = "backstride"
LOGGER: Final = logging.getLogger(__package__)
MANUFACTURER: Final = "Backstride"
TITLE: Final = "Backstride"

PLATFORMS: Final = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.EVENT,
    Platform.NUMBER,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SWITCH,
)


class SubentryType(StrEnum):
    """What a subentry describes; also the model of its device."""

    ATHLETE = "athlete"
    PLACE = "place"
    WORKOUT = "workout"


class Kind(StrEnum):
    """Device classes of our own: the editor offers a trigger or condition by it, and Home Assistant has none that fits."""

    SESSION = "backstride__session"
    HAZARD = "backstride__hazard"
    STREAK = "backstride__streak"
    GOAL = "backstride__goal"


# Keys of an athlete's subentry data.
CONF_BIRTH_YEAR: Final = "birth_year"
CONF_HEIGHT: Final = "height_cm"
CONF_MASS: Final = "mass_kg"
CONF_SEX: Final = "sex"
CONF_RESTING_HEART_RATE: Final = "resting_heart_rate"
CONF_HEART_CEILING: Final = "heart_rate_ceiling"
CONF_PERSON: Final = "person"
CONF_HEART_RATE: Final = "heart_rate"
CONF_STEPS: Final = "steps"
CONF_LEVEL: Final = "level"
CONF_DAILY_GOAL: Final = "daily_goal_minutes"
CONF_REST_WEEKDAYS: Final = "rest_weekdays"
CONF_DAY_START: Final = "day_start_hour"
CONF_AT_RISK: Final = "at_risk_hour"
AT_RISK_DEFAULT: Final = 20
"""Late enough to be worth a word, and early enough for five minutes of walking."""
CONF_NOTIFY: Final = "notify"
CONF_PHONE_SPEAKS: Final = "phone_speaks"
CONF_PHRASES: Final = "phrases"

# Keys of a place's subentry data.
CONF_KIND: Final = "kind"
CONF_CLEAR_LENGTH: Final = "clear_length_m"
CONF_ROLES: Final = "roles"
CONF_DEVICE: Final = "device"
CONF_MACHINE_ENTITY: Final = "machine_entity"
CONF_SPEED_UNIT: Final = "set_speed_unit"
CONF_BELT_CONTROL: Final = "belt_control"
CONF_CONFIRM_TURNS: Final = "confirm_turns"
CONF_IDLE_FINISH: Final = "idle_finish_minutes"
CONF_AUTO_START: Final = "auto_start"
CONF_MAX_SPEED: Final = "max_speed_kmh"
CONF_SPEAKERS: Final = "speakers"
CONF_TTS_ENGINE: Final = "tts_engine"
CONF_CUE_KINDS: Final = "cue_kinds"
CONF_CUE_STYLE: Final = "cue_style"
CONF_ANNOUNCE_VOLUME: Final = "announce_volume"
CONF_NIGHT_VOLUME: Final = "night_volume"
CONF_QUIET_HOURS: Final = "quiet_hours"
CONF_SPEAKER_DELAYS: Final = "speaker_delays"
CONF_LIGHTS: Final = "lights"
CONF_LIGHT_EFFECTS: Final = "light_effects"
CONF_NO_FLASHING: Final = "no_flashing"
CONF_GLANCE: Final = "glance_seconds"
CONF_OBSTACLES: Final = "obstacles"
CONF_REMINDERS: Final = "reminders"
CONF_BELOW: Final = "below_m"
CONF_STALE_AFTER: Final = "stale_after_s"
CONF_REACTION: Final = "reaction"

# Keys of a custom workout's subentry data.
CONF_NOTATION: Final = "notation"
CONF_PLACE_KINDS: Final = "place_kinds"

CONF_ATHLETE: Final = "athlete"
"""In a form: which athlete."""
CONF_WEARABLE: Final = "wearable"
"""In a form: the device an athlete wears; its sensors are what is kept."""

# Keys of the entry's data: what was asked before anything else, and when it was answered.
CONF_SCREENING: Final = "screening"
SCREENING_VERSION: Final = 1
"""Of the questions' text; answers are stored with it."""

# Keys of the entry's options.
CONF_VOICE: Final = "voice"
CONF_LANGUAGES: Final = "languages"
VOICE_DEFAULT: Final = True
"""Sentences are heard unless somebody says otherwise."""
CONF_BLUEPRINTS: Final = "blueprints"
BLUEPRINTS_DEFAULT: Final = False
"""Nothing is written into a user's folder unasked; setting up asks, with a box that is ticked at first."""

EVENT_HAZARD: Final = f"{DOMAIN}_hazard"
EVENT_SESSION: Final = f"{DOMAIN}_session"
EVENT_STREAK: Final = f"{DOMAIN}_streak"
"""Fired on the bus for the logbook, whose lines are made of nothing else; automations use the triggers."""

CHECKPOINT_EVERY: Final = timedelta(seconds=10)
"""A crash may cost 15 s of a running session's measurements; this leaves room for the write."""
IDLE_AFTER: Final = timedelta(seconds=60)
"""How long a place shows the end of its session."""

SUGGESTED: Final = "suggested"
"""Names the suggested workout wherever a workout is named by its id."""
