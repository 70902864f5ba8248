"""Settings, as the rest reads them."""

from custom_components.backstride.engine.metrics import Quantity
from custom_components.backstride.machine.roles import Role
from custom_components.backstride.settings import AthleteSettings, PlaceSettings


def test_only_what_is_a_reading_is_listened_to() -> None:
    roles = {role: f"{role}.of_the_machine" for role in Role}
    place = PlaceSettings(id="gym", name="Gym", roles=roles)
    assert place.sources(None) == {
        "speed.of_the_machine": Quantity.SPEED,
        "distance.of_the_machine": Quantity.DISTANCE,
        "incline.of_the_machine": Quantity.INCLINE,
        "heart_rate.of_the_machine": Quantity.HEART_RATE,
        "steps.of_the_machine": Quantity.STEPS,
    }


def test_an_athletes_own_source_is_heard_before_the_places() -> None:
    place = PlaceSettings(
        id="gym", name="Gym", roles={Role.HEART_RATE: "sensor.grips", Role.STOP: "button.stop"}
    )
    anna = AthleteSettings(id="anna", name="Anna", heart_rate="sensor.strap")
    assert place.sources(anna) == {"sensor.strap": Quantity.HEART_RATE}
