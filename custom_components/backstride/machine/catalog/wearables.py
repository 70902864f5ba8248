"""What is known of integrations for watches, straps, rings and health clouds: where a heart rate and steps are.

Left out on purpose: resting, lowest, highest and average heart rates, which say nothing about now, so that a cloud that
has nothing else gives no heart rate; heart rate variability and recovery; breaths, of which some are also in "bpm"; goals,
yesterday's and average steps; walking speed and distance, which are nobody's belt.
"""

from types import MappingProxyType
from typing import Final

from ..roles import Role
from .integration import ONE_WORD, SENSOR, Integration

POLAR_BLUETOOTH: Final = Integration(
    platform="polar_bluetooth",
    source="dnx231/hass-polar-bluetooth: sensor.py",
    unique_id=ONE_WORD,
    roles=MappingProxyType({Role.HEART_RATE: ((SENSOR, "heart_rate"),)}),
)

HRM_BLE: Final = Integration(
    platform="hrm_ble",
    source="JustReit/Homeassistant-HRM-Integration: sensor.py; it makes no device",
    unique_id=ONE_WORD,
    roles=MappingProxyType({Role.HEART_RATE: ((SENSOR, "heart_rate"),)}),
)

MOBILE_APP: Final = Integration(
    platform="mobile_app",
    source="home-assistant/android (HeartRate-, HealthServices-, HealthConnectSensorManager), "
    "home-assistant/iOS (HealthKitMetric, Pedometer); webhook.py of Home Assistant for the unique id",
    unique_id=ONE_WORD,
    roles=MappingProxyType(
        {
            # A watch's own, then a phone's latest sample of Health Connect or Apple Health.
            Role.HEART_RATE: (
                (SENSOR, "heart_rate"),
                (SENSOR, "health_connect_heart_rate"),
                (SENSOR, "health_heart_rate"),
            ),
            # A watch's day, a phone's day with the watch's steps in it, and what the phone itself counts.
            Role.STEPS: (
                (SENSOR, "daily_steps"),
                (SENSOR, "health_connect_steps"),
                (SENSOR, "health_steps"),
                (SENSOR, "pedometer_steps"),
                (SENSOR, "steps_sensor"),
            ),
        }
    ),
)

GARMIN_CONNECT: Final = Integration(
    platform="garmin_connect",
    source="cyberjunky/home-assistant-garmin_connect 3.0.16: sensor_descriptions.py; no heart rate of now (#285, #530)",
    unique_id=r"(?P<machine>.+)_(?P<key>[^_]+)",
    roles=MappingProxyType({Role.STEPS: ((SENSOR, "totalSteps"),)}),
)

FITBIT: Final = Integration(
    platform="fitbit",
    source="Home Assistant 2026.10 fitbit/sensor.py; activities/heart is the resting heart rate",
    unique_id=ONE_WORD,
    roles=MappingProxyType(
        {Role.STEPS: ((SENSOR, "activities/steps"), (SENSOR, "activities/tracker/steps"))}
    ),
)

GOOGLE_HEALTH: Final = Integration(
    platform="google_health",
    source="Home Assistant 2026.10 google_health/sensor.py",
    unique_id=ONE_WORD,
    roles=MappingProxyType({Role.STEPS: ((SENSOR, "steps"),)}),
)

WITHINGS: Final = Integration(
    platform="withings",
    source="Home Assistant 2026.10 withings/sensor.py, entity.py",
    unique_id=r"(?P<machine>withings_[^_]+)_(?P<key>.+)",
    roles=MappingProxyType(
        {
            Role.HEART_RATE: ((SENSOR, "heart_pulse_bpm"),),
            Role.STEPS: ((SENSOR, "activity_steps_today"),),
        }
    ),
)

OURA: Final = Integration(
    platform="oura",
    source="louispires/Oura-Home-Assistant-Integration: sensor.py, const.py",
    unique_id=ONE_WORD,
    roles=MappingProxyType(
        {Role.HEART_RATE: ((SENSOR, "current_heart_rate"),), Role.STEPS: ((SENSOR, "steps"),)}
    ),
)

WEARABLES: Final = (
    POLAR_BLUETOOTH,
    HRM_BLE,
    MOBILE_APP,
    GARMIN_CONNECT,
    FITBIT,
    GOOGLE_HEALTH,
    WITHINGS,
    OURA,
)
