"""What is known of integrations for treadmills and other machines, each as read in its code.

Left out on purpose, because they look right and are wrong: switches of the Bluetooth link (connection, stay connected,
connect, auto-reconnect), of a lamp and of other sources; averages and highest speeds where there is the speed itself;
limits (minimum, maximum, increment); inclines in levels, which are no percent; strides, which are two steps; a training
status, which stays at "manual mode" on a paused belt; and resets, which stop nothing.
"""

from types import MappingProxyType
from typing import Final

from homeassistant.const import UnitOfSpeed

from ..roles import Role
from .integration import BINARY_SENSOR, BUTTON, MEDIA_PLAYER, NUMBER, ONE_WORD, SENSOR, SWITCH, Integration

ADDRESS: Final = r"(?P<machine>[0-9a-f]{2}(?:[:-]?[0-9a-f]{2})+)"
"""A Bluetooth address, or the longer identifier that stands for it on some systems."""

FTMS: Final = Integration(
    platform="ftms",
    source="dudanov/hassio-ftms 0.24.6: sensor.py, number.py, button.py, switch.py",
    unique_id=r"(?P<machine>.+)-(?P<key>[^-]+)",
    roles=MappingProxyType(
        {
            Role.SPEED: ((SENSOR, "speed_instant"), (SENSOR, "speed_average")),
            Role.DISTANCE: ((SENSOR, "distance_total"),),
            Role.INCLINE: ((SENSOR, "inclination"),),
            Role.HEART_RATE: ((SENSOR, "heart_rate"),),
            Role.STEPS: ((SENSOR, "step_count"),),
            Role.SET_SPEED: ((NUMBER, "target_speed"),),
            Role.SET_INCLINE: ((NUMBER, "target_inclination"),),
            Role.START: ((BUTTON, "start"),),
            Role.STOP: ((BUTTON, "stop"),),
            Role.PAUSE: ((BUTTON, "pause"),),
            Role.DIRECTION: ((SENSOR, "movement_direction"),),
        }
    ),
)

KING_SMITH: Final = Integration(
    platform="king_smith",
    source="madmatah/hass-walkingpad 0.3.0, mcdax/hass-walkingpad 0.5.1, indiefan/king_smith (all versions)",
    # The oldest has unique ids that are an address and nothing else.
    unique_id=ADDRESS + r"(?:[-_](?P<key>.+))?",
    roles=MappingProxyType(
        {
            Role.SPEED: ((SENSOR, "walkingpad_current_speed"), (SENSOR, "speed")),
            Role.DISTANCE: (
                (SENSOR, "walkingpad_distance"),
                (SENSOR, "distance"),
                (SENSOR, "total_distance"),
            ),
            Role.HEART_RATE: ((SENSOR, "walkingpad_heart_rate"),),
            Role.STEPS: ((SENSOR, "walkingpad_steps"), (SENSOR, "steps"), (SENSOR, "total_steps")),
            # Not walkingpad_belt_switch: in automatic mode it tells the mode and nothing about the belt.
            Role.BELT_RUNNING: ((SENSOR, "walkingpad_state"), (SWITCH, "switch"), (SWITCH, "")),
            Role.SET_SPEED: ((NUMBER, "walkingpad_speed"), (NUMBER, "speed"), (NUMBER, "")),
            Role.START: ((SWITCH, "walkingpad_belt_switch"), (SWITCH, "switch"), (SWITCH, "")),
            Role.STOP: (
                (BUTTON, "walkingpad_stop_session"),
                (SWITCH, "walkingpad_belt_switch"),
                (SWITCH, "switch"),
                (SWITCH, ""),
            ),
            Role.PAUSE: ((SWITCH, "walkingpad_belt_switch"),),
        }
    ),
    # Where there is a button that ends the session, off only pauses; in the other versions off stops.
    beside=MappingProxyType({Role.PAUSE: (BUTTON, "walkingpad_stop_session")}),
    speed_unit=UnitOfSpeed.MILES_PER_HOUR,
    is_one_machine=True,
)

KINGSMITH_WALKINGPAD: Final = Integration(
    platform="kingsmith_walkingpad",
    source="UrbanTechIO/KingSmith-WalkingPad 1.0.8: sensor.py, number.py, control.py",
    unique_id=ADDRESS + r"_(?P<key>.+)",
    roles=MappingProxyType(
        {
            Role.SPEED: ((SENSOR, "speed"),),
            Role.DISTANCE: ((SENSOR, "distance"),),
            Role.HEART_RATE: ((SENSOR, "heart_rate"),),
            Role.STEPS: ((SENSOR, "steps"),),
            Role.BELT_RUNNING: ((MEDIA_PLAYER, "media"),),
            Role.SET_SPEED: ((NUMBER, "speed_control"),),
            Role.START: ((MEDIA_PLAYER, "media"),),
            Role.STOP: ((MEDIA_PLAYER, "media"),),
            Role.PAUSE: ((MEDIA_PLAYER, "media"),),
        }
    ),
)

SPORTSTECH: Final = Integration(
    platform="sportstech_walkingpad",
    source="deniskie/ha-sportstech-walkingpad-integration 0.2.0: sensor.py, number.py, button.py, switch.py",
    unique_id=ADDRESS + r"_(?P<key>.+)",
    roles=MappingProxyType(
        {
            Role.SPEED: ((SENSOR, "speed"),),
            Role.DISTANCE: ((SENSOR, "distance"), (SENSOR, "total_distance")),
            Role.INCLINE: ((SENSOR, "incline"),),
            Role.HEART_RATE: ((SENSOR, "heart_rate"),),
            Role.STEPS: ((SENSOR, "steps"), (SENSOR, "total_steps")),
            Role.BELT_RUNNING: ((SENSOR, "state"),),
            Role.SET_SPEED: ((NUMBER, "speed_control"),),
            Role.SET_INCLINE: ((NUMBER, "incline_control"),),
            Role.START: ((BUTTON, "start"),),
            Role.STOP: ((BUTTON, "stop"),),
            Role.PAUSE: ((BUTTON, "pause"),),
        }
    ),
)

WALKINGPAD: Final = Integration(
    platform="walkingpad",
    source="Thom-x/ha-walkingpad: sensor.py; it has no controls",
    unique_id=ONE_WORD,
    roles=MappingProxyType(
        {
            Role.SPEED: ((SENSOR, "speed"),),
            Role.DISTANCE: ((SENSOR, "total_distance"), (SENSOR, "daily_distance")),
            Role.STEPS: ((SENSOR, "total_steps"), (SENSOR, "daily_steps")),
        }
    ),
)

WAHOO_DIRCON: Final = Integration(
    platform="wahoo_dircon",
    source="kvj/hass_Wahoo_Dircon 0.1.0: coordinator.py, sensor.py, number.py, switch.py",
    unique_id=r"(?P<machine>wahoo_dircon_[^_]+)_(?P<key>.+)",
    roles=MappingProxyType(
        {
            Role.SPEED: ((SENSOR, "Speed_Sensor"),),
            Role.DISTANCE: ((SENSOR, "Distance"),),
            Role.INCLINE: ((SENSOR, "Incline_Sensor"),),
            Role.HEART_RATE: ((SENSOR, "Heart Rate"),),
            Role.SET_SPEED: ((NUMBER, "Speed"),),
            Role.SET_INCLINE: ((NUMBER, "Incline"),),
        }
    ),
)

NORDICTRACK: Final = Integration(
    platform="nordictrack_treadmill",
    source="aamat09/nordictrack_treadmill: sensor.py; set up in YAML, without device or config entry",
    unique_id=r"(?P<machine>nordictrack_treadmill)_(?P<key>.+)",
    roles=MappingProxyType(
        {
            Role.SPEED: ((SENSOR, "speed"),),
            Role.DISTANCE: ((SENSOR, "distance"),),
            Role.INCLINE: ((SENSOR, "incline"),),
            Role.BELT_RUNNING: ((SENSOR, "status"),),
        }
    ),
)

PELOTON: Final = Integration(
    platform="peloton",
    source="edwork/homeassistant-peloton-sensor: __init__.py, sensor.py, binary_sensor.py",
    unique_id=ONE_WORD,
    roles=MappingProxyType(
        {
            Role.SPEED: ((SENSOR, "speed:_current"),),
            Role.DISTANCE: ((SENSOR, "distance"),),
            Role.HEART_RATE: ((SENSOR, "heart_rate:_current"),),
            Role.BELT_RUNNING: ((BINARY_SENSOR, "workout"),),
        }
    ),
)

QDOMYOS_ZWIFT: Final = Integration(
    platform="mqtt",
    source="cagnulein/qdomyos-zwift: mqttpublisher.cpp, homeform.cpp",
    # What stands between is a nickname, which may have underscores of its own.
    unique_id=r"(?P<machine>qz_.+?)_(?P<key>KEYS|[^_]+)",
    roles=MappingProxyType(
        {
            Role.SPEED: ((SENSOR, "speed_current"), (SENSOR, "speed_avg")),
            Role.DISTANCE: ((SENSOR, "distance"),),
            Role.INCLINE: ((SENSOR, "treadmill_inclination"),),
            Role.HEART_RATE: ((SENSOR, "heart_current"),),
            # Nothing tells that the belt runs: connected and paused can stay unknown for ever, and on means paused.
            Role.SET_SPEED: ((NUMBER, "treadmill_speed"), (NUMBER, "elliptical_speed")),
            Role.SET_INCLINE: ((NUMBER, "treadmill_inclination"),),
            Role.START: ((BUTTON, "start"),),
            Role.STOP: ((BUTTON, "stop"),),
            Role.PAUSE: ((SWITCH, "pause"),),
        }
    ),
    # Its start pauses what runs, and the machine's own (FTMS op 07, issue 5100) stops it.
    toggles=frozenset({(BUTTON, "start")}),
)

PACEKEEPER: Final = Integration(
    platform="mqtt",
    source="peteh/pacekeeper and its forks: mqttview.h, main.cpp",
    unique_id=r"(?P<machine>pacekeeper-[0-9a-f]+)-(?P<key>.+)",
    roles=MappingProxyType(
        {
            Role.SPEED: ((SENSOR, "speed-feedback"),),
            Role.DISTANCE: ((SENSOR, "distance"),),
            Role.STEPS: ((SENSOR, "steps"),),
            Role.BELT_RUNNING: ((SENSOR, "state"),),
            Role.SET_SPEED: ((NUMBER, "speed"),),
            Role.START: ((BUTTON, "start"),),
            Role.STOP: ((BUTTON, "stop"),),
            Role.PAUSE: ((BUTTON, "pause"),),
        }
    ),
    # Pressed on a paused belt, it starts it again.
    toggles=frozenset({(BUTTON, "pause")}),
)

WALKINGPAD_MQTT: Final = Integration(
    platform="mqtt",
    source="VladimirHulagov/walkingpad-mqtt: mqtt_payloads.py",
    unique_id=r"(?P<machine>walkingpad)_(?P<key>KEYS|connected|calories|session_time_s)",
    roles=MappingProxyType(
        {
            Role.SPEED: ((SENSOR, "speed"),),
            Role.DISTANCE: ((SENSOR, "distance"),),
            Role.STEPS: ((SENSOR, "steps"),),
            Role.BELT_RUNNING: ((SENSOR, "belt_state"),),
            Role.SET_SPEED: ((NUMBER, "speed_set"),),
            Role.START: ((BUTTON, "start"),),
            Role.STOP: ((BUTTON, "stop"),),
        }
    ),
    speed_unit=UnitOfSpeed.KILOMETERS_PER_HOUR,
)

TREADMILLS: Final = (
    FTMS,
    KING_SMITH,
    KINGSMITH_WALKINGPAD,
    SPORTSTECH,
    WALKINGPAD,
    WAHOO_DIRCON,
    NORDICTRACK,
    PELOTON,
    QDOMYOS_ZWIFT,
    PACEKEEPER,
    WALKINGPAD_MQTT,
)
