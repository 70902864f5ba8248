"""The speakers and voices there are, and what a tester can turn on them."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components.number import NumberDeviceClass
from homeassistant.components.number.const import NumberMode
from homeassistant.const import EntityCategory, UnitOfTime

from .deck import Deck
from .descriptions import GymKnobDescription, GymSelectDescription, GymSwitchDescription
from .speaker_make import SpeakerMake, SpeakerManner
from .voice_box import VoiceBox, VoiceManner

SPEAKERS: Final[Mapping[str, Mapping[str, SpeakerMake]]] = {
    "Gym": {
        "speaker": SpeakerMake(),
        # As those that are asleep between two sounds, and know no announcements.
        "wall speaker": SpeakerMake(announces=False, wakes=0.8, starts=0.2),
        # As those that fill a buffer first.
        "amplifier": SpeakerMake(announces=False, buffers=0.3),
    },
    "Garage": {"speaker": SpeakerMake()},
}
"""What stands in the furnished rooms, by its device."""

LONGEST: Final = 10.0
"""Seconds."""

SPEAKER_MANNERS: Final = GymSelectDescription[Deck](
    key="speaker_manners",
    always=True,
    entity_category=EntityCategory.CONFIG,
    options=list(SpeakerManner),
    current_fn=lambda deck: deck.manner,
    choose_fn=lambda deck, option: deck.async_behave(SpeakerManner(option)),
)
SPEAKER_PLUG: Final = GymSwitchDescription[Deck](
    key="plugged_in",
    always=True,
    entity_category=EntityCategory.CONFIG,
    is_on_fn=lambda deck: deck.plugged_in,
    turn_on_fn=lambda deck: deck.async_plug(plugged_in=True),
    turn_off_fn=lambda deck: deck.async_plug(plugged_in=False),
)
WAKES: Final = GymKnobDescription[Deck](
    key="wakes",
    always=True,
    device_class=NumberDeviceClass.DURATION,
    entity_category=EntityCategory.CONFIG,
    mode=NumberMode.BOX,
    native_max_value=LONGEST,
    native_min_value=0.0,
    native_step=0.1,
    native_unit_of_measurement=UnitOfTime.SECONDS,
    value_fn=lambda deck: deck.make.wakes,
    turn_fn=lambda deck, seconds: deck.async_set_delays(wakes=seconds),
)
BUFFERS: Final = GymKnobDescription[Deck](
    key="buffers",
    always=True,
    device_class=NumberDeviceClass.DURATION,
    entity_category=EntityCategory.CONFIG,
    mode=NumberMode.BOX,
    native_max_value=LONGEST,
    native_min_value=0.0,
    native_step=0.1,
    native_unit_of_measurement=UnitOfTime.SECONDS,
    value_fn=lambda deck: deck.make.buffers,
    turn_fn=lambda deck, seconds: deck.async_set_delays(buffers=seconds),
)
VOICE_MANNERS: Final = GymSelectDescription[VoiceBox](
    key="voice_manners",
    entity_category=EntityCategory.CONFIG,
    options=list(VoiceManner),
    current_fn=lambda box: box.manner,
    choose_fn=lambda box, option: box.async_behave(VoiceManner(option)),
)
VOICE_DELAY: Final = GymKnobDescription[VoiceBox](
    key="voice_delay",
    device_class=NumberDeviceClass.DURATION,
    entity_category=EntityCategory.CONFIG,
    mode=NumberMode.BOX,
    native_max_value=LONGEST,
    native_min_value=0.0,
    native_step=0.1,
    native_unit_of_measurement=UnitOfTime.SECONDS,
    value_fn=lambda box: box.delay,
    turn_fn=lambda box, seconds: box.async_set_delay(seconds),
)


def makes_in(room: str, more: Mapping[str, Any]) -> dict[str, SpeakerMake]:
    """Give the speakers of a room. Those that the entry's data asks for stand in the gym."""
    added = {device: SpeakerMake(**make) for device, make in more.items()} if room == "Gym" else {}
    return {**SPEAKERS[room], **added}
