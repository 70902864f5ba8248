"""Facts about controls that no state tells: what a button toggles, what off does, and in which unit a number is written."""

import pytest
import yaml

from custom_components.backstride.machine.catalog import CATALOG, is_toggle, number_unit, pauses_when_off
from custom_components.backstride.machine.roles import QUANTITY, Role
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .registered import FOLDER, register, variant, variants

QZ = "qdomyos_zwift: a treadmill under a nickname with underscores"
PACEKEEPER = "pacekeeper: the original"
MCDAX = "king_smith: mcdax, where off pauses and a button stops"
FTMS = "ftms: a treadmill that is switched off"
OLDEST = "king_smith: the oldest indiefan, whose unique ids are the bare address"


def _entry(hass: HomeAssistant, of: str, name: str) -> er.RegistryEntry:
    entry = er.async_get(hass).async_get(register(hass, variant(of))[name])
    assert entry is not None
    return entry


def _new(hass: HomeAssistant, domain: str, unique_id: str, name: str | None = None) -> er.RegistryEntry:
    return er.async_get(hass).async_get_or_create(domain, "unheard_of", unique_id, original_name=name)


@pytest.mark.parametrize(
    ("of", "name", "toggles"),
    [
        pytest.param(QZ, "button start", True, id="its start pauses what runs"),
        pytest.param(QZ, "button stop", False, id="its stop stops"),
        pytest.param(QZ, "switch pause", False, id="its pause is a switch"),
        pytest.param(PACEKEEPER, "button pause", True, id="its pause starts what is paused"),
        pytest.param(FTMS, "button stop", False, id="the stop of a machine"),
        pytest.param(MCDAX, "switch walkingpad_belt_switch", False, id="a switch is on or off"),
    ],
)
async def test_a_control_that_toggles_without_saying_so_is_known(
    hass: HomeAssistant, of: str, name: str, *, toggles: bool
) -> None:
    assert is_toggle(_entry(hass, of, name)) is toggles


@pytest.mark.parametrize(
    ("unique_id", "name", "toggles"),
    [
        ("pad_start_stop", None, True),
        ("pad_startstop", None, True),
        ("pad_start_or_stop", None, True),
        ("pad_play_pause", None, True),
        ("pad-playPause", None, True),
        ("pad_toggle", None, True),
        ("pad_1", "Start/Stop", True),
        ("pad_start", "Start", False),
        ("pad_start", "Stop", False),
        ("pad_stop", None, False),
        ("pad_pause", None, False),
    ],
)
async def test_a_control_that_says_that_it_toggles_does(
    hass: HomeAssistant, unique_id: str, name: str | None, *, toggles: bool
) -> None:
    assert is_toggle(_new(hass, "button", unique_id, name)) is toggles


async def test_off_pauses_a_belts_switch_and_on_a_switch_that_is_called_pause(hass: HomeAssistant) -> None:
    assert pauses_when_off(_entry(hass, MCDAX, "switch walkingpad_belt_switch"))
    assert not pauses_when_off(_entry(hass, QZ, "switch pause"))


@pytest.mark.parametrize(
    ("of", "name", "shown", "unit"),
    [
        pytest.param(OLDEST, "number", None, "mph", id="miles that nobody says"),
        pytest.param(
            "king_smith: indiefan, whose sensor and number share a unique id",
            "number speed",
            "km/h",
            "km/h",
            id="a later version says kilometres",
        ),
        pytest.param(
            "walkingpad_mqtt: with its Russian names", "number speed_set", None, "km/h", id="kilometres"
        ),
        pytest.param(FTMS, "number target_speed", None, "km/h", id="unavailable, but registered"),
        pytest.param(
            "pacekeeper: a fork that has start, stop and more numbers",
            "number speed",
            "mph",
            "mph",
            id="miles beside kilometres",
        ),
    ],
)
async def test_a_speed_is_written_in_the_numbers_own_unit(
    hass: HomeAssistant, of: str, name: str, shown: str | None, unit: str
) -> None:
    assert number_unit(_entry(hass, of, name), shown) == unit


async def test_the_unit_of_a_strange_number_without_one_is_not_guessed(hass: HomeAssistant) -> None:
    assert number_unit(_new(hass, "number", "pad_speed"), None) is None
    assert number_unit(_new(hass, "number", "pad_speed"), "m/s") == "m/s"


def test_every_integration_in_the_catalogue_has_its_rows_here() -> None:
    here = {yaml.safe_load(path.read_text(encoding="utf-8"))["platform"] for path in FOLDER.glob("*.yaml")}
    assert {integration.platform for integration, _, _ in CATALOG} == here - {"esphome"}
    assert all(integration.source for integration, _, _ in CATALOG)


def test_every_first_choice_in_the_catalogue_is_made_somewhere_here() -> None:
    made = {
        (given["platform"], role, *name.partition(" ")[::2])
        for _, given in variants()
        for role, name in given["roles"].items()
    }
    known = {
        (integration.platform, role.value, *keys[0])
        for integration, _, _ in CATALOG
        for role, keys in integration.roles.items()
    }
    assert known <= made


def test_only_readings_are_quantities() -> None:
    readings = {Role.SPEED, Role.DISTANCE, Role.INCLINE, Role.HEART_RATE, Role.STEPS, Role.DIRECTION}
    assert set(QUANTITY) == readings
    assert [quantity.value for quantity in QUANTITY.values()] == [role.value for role in QUANTITY]
